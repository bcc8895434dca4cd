"""The notice that somebody paid a virtual account: the body of a webhook, read strictly.

    {"type": "va.payment", "data": {"bank": "…", "account": "…", "reference": "…", "payment_code": "81234…", "amount":
     "1008000000", "currency": "IDR", "paid_at": "2025-11-03T09:12:00+07:00"}}

The amount is text of digits: a JSON number passes through floats on its way, and a separator means two things. Fields we do
not know are passed over, so that a bank may add some; a field twice is refused, for two readers could see two amounts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.bank.problems import short
from jamsostek.messages.bank.records import CURRENCY, LARGEST_RUPIAH

TYPE = "va.payment"
LARGEST_BYTES = 20_000
"""What Standard Webhooks recommends; a notice has about 300."""
_BANK = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._\-]{0,39}")
_ACCOUNT = re.compile(r"[0-9A-Z]{5,34}")
_REFERENCE = re.compile(r"[!-~]{1,64}")
_CODE = re.compile(r"[0-9]{1,20}")
"""Also one that is none of ours: money that came is told, and waits for somebody who knows whose it is."""
_AMOUNT = re.compile(r"[1-9][0-9]{0,15}")
_PAID_AT = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})")


class NotificationError(InputError):
    """A notice that is not of its form: names the field, what stands there, and the way out."""


@dataclass(frozen=True, slots=True)
class Notification:
    """A payment into a virtual account. `reference` is the bank's own and stands in its statements too (`references`)."""

    bank: str
    account: str
    """The account that the money reached, letters and digits only."""
    reference: str
    payment_code: str
    amount_rupiah: int
    paid_at: dt.datetime
    """With the bank's offset."""


def read_notification(body: bytes) -> Notification:
    """Reads the body of a verified webhook. Raises `NotificationError`."""
    told = _json(body)
    _need(told.get("type") == TYPE, "type", told.get("type"), _("Jenis pemberitahuan ini {type}.").format(type=TYPE))
    data = told.get("data")
    if not isinstance(data, dict):
        raise _wrong("data", data, _("Isi pembayaran berada di dalam data."))
    currency = data.get("currency")
    _need(currency == CURRENCY, "currency", currency, _("Hanya rupiah (IDR) yang diterima."))
    amount = int(
        _matching(data, "amount", _AMOUNT.fullmatch, _("Tulis rupiah bulat sebagai teks angka saja, misalnya “1008000”."))
    )
    _need(amount <= LARGEST_RUPIAH, "amount", amount, _("Jumlahnya terlalu besar."))
    return Notification(
        bank=_matching(data, "bank", _BANK.fullmatch, _("Tulis nama bank, paling panjang 40 huruf.")),
        account=_matching(data, "account", _ACCOUNT.fullmatch, _("Tulis nomor rekening, angka dan huruf besar saja.")),
        reference=_matching(
            data, "reference", _REFERENCE.fullmatch, _("Tulis nomor referensi bank, tanpa spasi, paling panjang 64.")
        ),
        payment_code=_matching(
            data, "payment_code", _CODE.fullmatch, _("Tulis kode bayar seperti diketik pembayar, paling panjang 20 angka.")
        ),
        amount_rupiah=amount,
        paid_at=_paid_at(data),
    )


def write_notification(notification: Notification) -> bytes:
    """The body that `read_notification` reads; the bytes to sign."""
    data = {
        "bank": notification.bank,
        "account": notification.account,
        "reference": notification.reference,
        "payment_code": notification.payment_code,
        "amount": str(notification.amount_rupiah),
        "currency": CURRENCY,
        "paid_at": notification.paid_at.isoformat(),
    }
    return json.dumps({"type": TYPE, "data": data}, separators=(",", ":")).encode()


def _json(body: bytes) -> dict[str, Any]:
    remedy = _("Kirim satu objek JSON (UTF-8) dengan type dan data, setiap nama sekali.")
    if len(body) > LARGEST_BYTES:
        raise _wrong("body", f"{len(body)} byte", remedy)
    try:
        told = json.loads(body.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _wrong("body", body[:60].decode("utf-8", "replace"), remedy) from None
    if not isinstance(told, dict):
        raise _wrong("body", told, remedy)
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _matching(data: dict[str, Any], name: str, is_right: Callable[[str], object], remedy: str) -> str:
    """A field that is text of the right form."""
    value = data.get(name)
    if not isinstance(value, str) or not is_right(value):
        raise _wrong(name, value, remedy)
    return value


def _paid_at(data: dict[str, Any]) -> dt.datetime:
    remedy = _("Tulis waktu dengan selisih jamnya, misalnya 2025-11-03T09:12:00+07:00.")
    written = _matching(data, "paid_at", _PAID_AT.fullmatch, remedy)
    try:
        return dt.datetime.fromisoformat(written)
    except ValueError:
        raise _wrong("paid_at", written, remedy) from None


def _need(right: bool, field: str, value: object, remedy: str) -> None:
    if not right:
        raise _wrong(field, value, remedy)


def _wrong(field: str, value: object, remedy: str) -> NotificationError:
    """The error; `None` is a field that is missing."""
    if value is None:
        return NotificationError(_("{field} tidak ada.").format(field=field), field=field, remedy=remedy)
    return NotificationError(
        _("{field} tidak sesuai bentuknya.").format(field=field), field=field, value=short(value), remedy=remedy
    )
