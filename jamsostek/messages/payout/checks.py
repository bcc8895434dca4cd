"""What a transfer and a batch must be before a bank sees them. A wrong one is not made: `InputError` names the field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.bank.problems import short
from jamsostek.messages.bank.records import LARGEST_RUPIAH
from jamsostek.messages.payout.letters import fold, lost
from jamsostek.messages.tables.problems import mask

LONGEST_ID, LONGEST_NAME, LONGEST_TEXT = 35, 140, 140
MOST_TRANSFERS = 100_000
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_ID = re.compile(rf"(?!.*//)(?!.*/$)[A-Za-z0-9][A-Za-z0-9.\-/]{{0,{LONGEST_ID - 1}}}")
"""A slash never ends an id and never stands twice: SWIFT divides by them."""
_BANK = re.compile(r"[A-Z0-9]{3,35}")
_ACCOUNT = re.compile(r"[0-9A-Z]{5,34}")
_PURPOSE = re.compile(r"[A-Z]{4}")
_LONG = re.compile(r"\d{16,}")
_NIK = re.compile(
    r"(?<!\d)[1-9]\d{S}\d\d{S}\d\d{S}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01]){S}(?:0[1-9]|1[0-2]){S}\d\d{S}\d\d{S}\d\d(?!\d)".replace(
        "{S}", r"[ .\-/]?"
    )
)
"""Sixteen digits with a birth date in them, in one piece or grouped as people group them."""

CALLED = {
    "message_id": N_("nomor berkas"),
    "made_at": N_("waktu dibuat"),
    "debtor_name": N_("nama pengirim"),
    "debtor_bank": N_("bank pengirim"),
    "debtor_account": N_("rekening pengirim"),
    "transfers": N_("daftar transfer"),
    "end_to_end_id": N_("nomor acuan transfer"),
    "amount_rupiah": N_("jumlah transfer"),
    "creditor_name": N_("nama penerima"),
    "creditor_bank": N_("bank penerima"),
    "creditor_account": N_("rekening penerima"),
    "text": N_("berita transfer"),
    "purpose": N_("kode tujuan"),
    "total_rupiah": N_("jumlah seluruhnya"),
}
"""What people call the fields."""


def called(field: str) -> str:
    """A field as a sentence begins with it."""
    name = _(CALLED[field])
    return name[:1].upper() + name[1:]


def check_id(field: str, value: str) -> None:
    """A number that we give, and that every bank on the way hands on unchanged. It is never a NIK."""
    remedy = _("Tulis 1 sampai 35 huruf, angka, titik, garis, atau garis miring; diawali huruf atau angka.")
    _need(bool(_ID.fullmatch(value)), field, value, remedy)
    _check_no_nik(field, value, _NIK)


def check_amount(rupiah: int) -> None:
    """Whole rupiah, more than nothing."""
    right = isinstance(rupiah, int) and 0 < rupiah <= LARGEST_RUPIAH
    _need(right, "amount_rupiah", rupiah, _("Tulis rupiah bulat lebih dari nol."))


def check_name(field: str, value: str) -> None:
    """A name that arrives as the name it is."""
    remedy = _("Tulis nama dengan huruf Latin seperti di buku tabungan, paling panjang 140.")
    folded = fold(value)
    right = any(sign.isalpha() for sign in folded) and not lost(value) and len(folded) <= LONGEST_NAME
    _need(right, field, value, remedy)
    _check_no_nik(field, folded, _LONG, _NIK)


def check_bank(field: str, value: str) -> None:
    """A BIC, or the number of a member of a clearing."""
    remedy = _("Tulis kode bank: BIC 8 atau 11 huruf, atau kode anggota kliring; huruf besar dan angka saja.")
    _need(bool(_BANK.fullmatch(value)), field, value, remedy)


def check_account(field: str, value: str) -> None:
    """An account's number, without marks between."""
    _need(bool(_ACCOUNT.fullmatch(value)), field, value, _("Tulis nomor rekening, angka dan huruf besar saja."))


def check_text(value: str) -> None:
    """What the receiver reads in the statement; banks on the way read it too."""
    remedy = _("Tulis berita transfer paling panjang 140 huruf.")
    _need(len(fold(value)) <= LONGEST_TEXT, "text", value, remedy)
    _check_no_nik("text", fold(value), _LONG, _NIK)


def check_purpose(value: str) -> None:
    """A code of ISO 20022's list of purposes."""
    remedy = _("Tulis kode tujuan ISO 20022 empat huruf, misalnya SSBE, PENS, atau BENE.")
    _need(bool(_PURPOSE.fullmatch(value)), "purpose", value, remedy)


def check_made_at(made_at: dt.datetime) -> None:
    """A moment with its offset, in whole minutes as XML has it."""
    offset = made_at.utcoffset()
    right = offset is not None and not offset.seconds % 60
    _need(right, "made_at", made_at, _("Tulis waktu dengan selisih jamnya, misalnya 2025-11-03T09:12:00+07:00."))


def check_transfers(ids: Iterable[str], total_rupiah: int) -> None:
    """Some transfers, each under a number of its own, and a sum that can be true."""
    seen: set[str] = set()
    for row, one in enumerate(ids, 1):
        if one in seen:
            raise InputError(
                _("Nomor acuan transfer {value} dipakai dua kali.").format(value=one),
                field="end_to_end_id",
                value=one,
                row=row,
                remedy=_("Beri setiap transfer nomor acuan sendiri."),
            )
        seen.add(one)
    remedy = _("Kirim 1 sampai 100.000 transfer dalam satu berkas.")
    _need(0 < len(seen) <= MOST_TRANSFERS, "transfers", len(seen), remedy)
    _need(total_rupiah <= LARGEST_RUPIAH, "total_rupiah", total_rupiah, _("Bagi menjadi beberapa berkas."))


def _need(right: bool, field: str, value: object, remedy: str) -> None:
    if not right:
        message = _("{field} tidak sesuai bentuknya.").format(field=called(field))
        raise InputError(message, field=field, value=mask(short(value)), remedy=remedy)


def _check_no_nik(field: str, text: str, *patterns: re.Pattern[str]) -> None:
    """Refuses a number that can be a NIK. It is not repeated in the error."""
    if any(pattern.search(text) for pattern in patterns):
        raise InputError(
            _("{field} memuat nomor yang dapat berupa NIK.").format(field=called(field)),
            field=field,
            value=mask(short(text)),
            remedy=_("Hapus NIK: berkas ini dibaca semua bank yang dilaluinya. Pakai nomor acuan."),
        )
