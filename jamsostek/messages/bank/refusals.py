"""Statements refused as a whole: cut short, money that does not add up, another currency, or no statement at all.

Each names what was seen, where, and the way out; `kind` is its stable name.
"""

from __future__ import annotations

from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.bank.problems import ASK_BANK, short
from jamsostek.messages.limited import FileUnreadable

_AGAIN = N_("Unduh ulang mutasinya dari bank, lalu kirim lagi tanpa diubah.")


CALLED = {
    "opening": N_("saldo awal"),
    "closing": N_("saldo akhir"),
    "balance": N_("saldo"),
    "period": N_("masa mutasi"),
    "entries": N_("banyaknya baris"),
    "entries.sum": N_("jumlah semua baris"),
    "credits": N_("banyaknya uang masuk"),
    "credits.sum": N_("jumlah uang masuk"),
    "debits": N_("banyaknya uang keluar"),
    "debits.sum": N_("jumlah uang keluar"),
}
"""What people call the fields around the lines."""


def _called(field: str) -> str:
    name = _(CALLED[field])
    return name[:1].upper() + name[1:]


def _refusal(message: str, kind: str, remedy: str, field: str | None = None, value: object = None, **at: Any) -> FileUnreadable:
    return FileUnreadable(message, kind=kind, remedy=_(remedy), field=field, value=None if value is None else short(value), **at)


def empty() -> FileUnreadable:
    """No bytes at all."""
    return _refusal(_("Berkas kosong (0 byte)."), "empty", _AGAIN)


def too_large(megabytes: int) -> FileUnreadable:
    """More bytes than are looked at."""
    remedy = N_("Unduh mutasi untuk hari yang lebih sedikit, lalu kirim satu per satu.")
    return _refusal(_("Berkas lebih besar dari {size} MB.").format(size=megabytes), "too_large", remedy)


def not_a_statement(called: str) -> FileUnreadable:
    """Something else; `called` says what, in the reader's language."""
    remedy = N_("Unduh mutasi rekening sebagai camt.053, MT940, atau CSV, lalu kirim berkas itu.")
    message = _("Ini bukan mutasi rekening, melainkan {called}.").format(called=called)
    return _refusal(message, "not_a_statement", remedy, value=called)


def declarations() -> FileUnreadable:
    """XML with a DOCTYPE or entities: a bank's has none."""
    return _refusal(_("Berkas ini berisi deklarasi XML (DOCTYPE) yang tidak diizinkan."), "entity", _AGAIN)


def encoding(name: str) -> FileUnreadable:
    """XML in another encoding than ISO 20022 has."""
    return _refusal(_("Tulisan berkas ini bukan UTF-8."), "encoding", _AGAIN, "encoding", name)


def damaged(detail: str, row: int | None = None) -> FileUnreadable:
    """Bytes that no rule of the format explains; `detail` is for the log."""
    return FileUnreadable(_("Berkas rusak atau terpotong."), kind="damaged", remedy=_(_AGAIN), detail=detail, row=row)


def cut(missing: str, row: int | None = None) -> FileUnreadable:
    """A file that ends too early; `missing` is what should have come, as its format calls it."""
    return _refusal(_("Berkas terpotong: {missing} tidak ada.").format(missing=missing), "cut", _AGAIN, missing, row=row)


def foreign(currency: str, row: int | None = None) -> FileUnreadable:
    """Money other than rupiah."""
    remedy = N_("Kirim mutasi rekening rupiah; uang asing dibukukan sesudah ditukar.")
    message = _("Mata uangnya {currency}, bukan rupiah.").format(currency=currency)
    return _refusal(message, "currency", remedy, "currency", currency, row=row)


def wrong_totals(opening: int, entries: int, closing: int, row: int | None = None) -> FileUnreadable:
    """Opening plus entries is not closing; rupiah."""
    told = _("Jumlahnya tidak cocok: {opening} ditambah mutasi {entries} menjadi {counted}, tetapi saldo akhir {closing}.")
    amounts = {"opening": opening, "entries": entries, "counted": opening + entries, "closing": closing}
    message = told.format(**{name: format_number(amount) for name, amount in amounts.items()})
    return _refusal(message, "totals", _AGAIN, "closing", closing, row=row)


def wrong_sum(field: str, counted: int, declared: int | None) -> FileUnreadable:
    """A sum or count that the file declares is not ours; `field` is one of `CALLED`."""
    told = _("{field} tertulis {declared}, tetapi terhitung {counted}.")
    texts = {"field": _called(field), "declared": format_number(declared or 0), "counted": format_number(counted)}
    return _refusal(told.format(**texts), "sums", _AGAIN, field, declared)


def gap(closing: int, opening: int) -> FileUnreadable:
    """Statements in one file that do not follow each other."""
    told = _("Mutasi di berkas ini tidak bersambung: saldo akhir {closing} diikuti saldo awal {opening}.")
    remedy = N_("Kirim setiap mutasi sebagai berkas sendiri, atau unduh ulang seluruh masanya.")
    message = told.format(closing=format_number(closing), opening=format_number(opening))
    return _refusal(message, "gap", remedy, "opening", opening)


def several_accounts(first: str, second: str) -> FileUnreadable:
    """Statements of more than one account in one file."""
    remedy = N_("Unduh mutasi setiap rekening sebagai berkas sendiri.")
    message = _("Berkas ini berisi dua rekening: {first} dan {second}.").format(first=first, second=second)
    return _refusal(message, "accounts", remedy, "account", second)


def no_account() -> FileUnreadable:
    """A CSV that does not say whose it is."""
    remedy = N_("Unduh dengan kepala mutasi, atau beri nama berkas dengan nomor rekening, misalnya 1234567890.csv.")
    return _refusal(_("Nomor rekening tidak tertulis."), "no_account", remedy, "account")


def no_table(seen: str) -> FileUnreadable:
    """A CSV without titles that we know; `seen` is its first line."""
    remedy = N_("Kirim CSV dari bank apa adanya, dengan judul kolom tanggal, keterangan, debet, kredit (atau jumlah), saldo.")
    return _refusal(_("Judul kolom mutasi tidak ditemukan."), "no_header", remedy, "header", seen)


def no_date(seen: str) -> FileUnreadable:
    """A statement that says neither its days nor has entries."""
    return _refusal(_("Masa mutasi tidak tertulis dan tidak ada barisnya."), "no_period", _AGAIN, "period", seen)


def undecidable(first: str, row: int) -> FileUnreadable:
    """Amounts such as 1.000 where nothing in the table says whether the mark groups or divides."""
    told = _("Tidak dapat dipastikan apakah {value} berarti ribuan atau pecahan: tidak ada jumlah lain yang menjelaskannya.")
    remedy = N_("Unduh mutasi dengan dua angka sen (1.000,00 atau 1,000.00), atau sebagai camt.053 atau MT940.")
    return _refusal(told.format(value=short(first)), "style", remedy, "amount", first, row=row)


def mixed(first: str, first_row: int, second: str, row: int) -> FileUnreadable:
    """Amounts in both styles in one table."""
    told = _("Cara menulis jumlah bercampur: {first} di baris {first_row} dan {second} di baris {row}.")
    remedy = N_("Unduh ulang dari bank; jangan simpan lagi dari Excel, yang mengubah titik dan koma.")
    message = told.format(first=short(first), first_row=first_row, second=short(second), row=row)
    return _refusal(message, "style", remedy, "amount", second, row=row)


def not_whole_rupiah(field: str, value: str, row: int | None = None) -> FileUnreadable:
    """A balance or sum with sen, or that is no amount: nothing could be checked against it. `field` is one of `CALLED`."""
    return _refusal(_("{field} bukan rupiah bulat.").format(field=_called(field)), "balance", ASK_BANK, field, value, row=row)


def unreadable(field: str, value: str, row: int | None = None) -> FileUnreadable:
    """A count, a period or a balance that is not of its form. `field` is one of `CALLED`."""
    return _refusal(_("{field} tidak terbaca.").format(field=_called(field)), "head", ASK_BANK, field, value, row=row)


def no_year(value: str, row: int) -> FileUnreadable:
    """Days without a year, and no period above the table that gives it."""
    remedy = N_("Unduh dengan kepala mutasi yang memuat masanya, misalnya Periode 01/11/2025 - 30/11/2025.")
    return _refusal(_("Tanggal ditulis tanpa tahun, dan masa mutasi tidak tertulis."), "year", remedy, "date", value, row=row)


def month_first(value: str, row: int) -> FileUnreadable:
    """Dates as Americans write them: those up to the twelfth would be read as other days."""
    remedy = N_("Unduh ulang dengan tanggal hari/bulan/tahun; Excel berbahasa Inggris mengubahnya saat menyimpan.")
    return _refusal(_("Tanggal ditulis bulan dahulu."), "month_first", remedy, "date", value, row=row)


def no_direction() -> FileUnreadable:
    """Amounts with neither sign nor mark, and no balances that show which way they go."""
    remedy = N_("Unduh mutasi dengan kolom debet dan kredit, atau dengan saldo.")
    return _refusal(_("Tidak jelas mana uang masuk dan mana uang keluar."), "direction", remedy, "amount")
