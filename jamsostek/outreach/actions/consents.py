"""Who may be written to at which telephone, for what: given, and taken back at any time.

A number is kept sealed under a key of its own and found by its blind index, the same that finds a participant's. Taken back,
key and number are destroyed; that somebody had agreed, and when that ended, stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.bulk import next_ids
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import blind_index, new_key
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _
from jamsostek.outreach.campaigning import HOWS, PURPOSES
from jamsostek.outreach.models import Consent
from jamsostek.registry.identity import phone_form

LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Contact:
    """A telephone as +62…, and how its owner is called."""

    phone: str
    name: str = ""
    language: str = "id"


def agree(
    *,
    contacts: Sequence[Contact],
    region_code: int,
    purposes: Collection[str],
    how: str,
    today: dt.date,
    village_code: int | None = None,
    can: Can = Can.RUN_CAMPAIGN,
) -> list[Consent]:
    """Notes that owners of telephones agreed; for more purposes than before the earlier consent is replaced.

    Raises `InputError`, `Refused`.
    """
    current().need(can, Place(regency=region_code))
    strange = next((one for one in purposes if one not in PURPOSES), None)
    if strange is not None or not purposes:
        raise unknown_name(_("Tujuan"), strange or "", list(PURPOSES))
    if how not in HOWS:
        raise unknown_name(_("Cara memberi izin"), how, list(HOWS))
    made = [_agree(one, region_code, village_code, set(purposes), how, today) for one in contacts]
    new = sum(fresh for _row, fresh in made)
    if new:
        audit.record("consent.given", "region", region_code, fields=("phone", "purpose"), reason=str(new))
    return [row for row, _fresh in made]


def _agree(
    one: Contact, region_code: int, village_code: int | None, purposes: set[str], how: str, today: dt.date
) -> tuple[Consent, bool]:
    phone = phone_form(one.phone)
    if not phone:
        raise InputError(_("Nomor telepon belum diisi."), field="phone")
    if one.language not in LANGUAGES:
        raise unknown_name(_("Bahasa"), one.language, LANGUAGES)
    index = blind_index("phone", phone)
    known = Consent.objects.select_for_update().filter(region_code=region_code, phone_index=index, withdrawn_on=None).first()
    if known is not None:
        if purposes <= set(known.purposes):
            return known, False
        purposes |= set(known.purposes)
        _withdraw(known, today)
    number = next_ids("outreach_consent_id_seq", 1)[0]
    key, wrapped = new_key(f"consent:{number}")
    name = " ".join(one.name.split())[:80]
    try:
        with transaction.atomic():
            row = Consent.objects.create(
                pk=number, region_code=region_code, village_code=village_code, phone_index=index, wrapped=wrapped,
                phone=key.seal("phone", phone), name=key.seal("name", name) if name else None, language=one.language,
                purposes=sorted(purposes), given_on=today, given_how=how, taken_by=current().user_id,
            )  # fmt: skip
    except IntegrityError:
        raise InputError(_("Nomor ini sedang dicatat orang lain."), field="phone", remedy=_("Coba sekali lagi.")) from None
    return row, True


def withdraw(*, phone: str, today: dt.date) -> int:
    """Takes back all consents of a telephone in sight; how many. Nothing is sent to it from here on."""
    index = blind_index("phone", phone_form(phone))
    rows = [
        one for one in Consent.objects.select_for_update().filter(phone_index=index, withdrawn_on=None)
        if current().may(Can.RUN_CAMPAIGN, Place(regency=one.region_code))
    ]  # fmt: skip
    for one in rows:
        _withdraw(one, today)
        audit.record("consent.withdrawn", "region", one.region_code, fields=("phone",))
    return len(rows)


def withdraw_one(*, consent_id: int, today: dt.date) -> Consent:
    """The same by the row; taken back it already is, nothing happens."""
    row = Consent.objects.select_for_update().filter(pk=consent_id).first()
    if row is None:
        raise not_yours(_("Izin ini tidak ada, atau bukan wewenang Anda."))
    current().need(Can.RUN_CAMPAIGN, Place(regency=row.region_code))
    if row.withdrawn_on is None:
        _withdraw(row, today)
        audit.record("consent.withdrawn", "region", row.region_code, fields=("phone",))
    return row


def _withdraw(row: Consent, today: dt.date) -> None:
    row.withdrawn_on, row.withdrawn_by = today, current().user_id
    row.wrapped = row.phone = row.name = None
    row.save()
