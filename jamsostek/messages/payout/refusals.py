"""Orders and answers refused as a whole. Each names what was seen and the way out; `kind` is its stable name."""

from __future__ import annotations

from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.bank.problems import short
from jamsostek.messages.limited import FileUnreadable

AGAIN = N_("Minta berkas itu sekali lagi, lalu kirim tanpa diubah.")


def refusal(message: str, kind: str, remedy: str, field: str | None = None, value: object = None, **at: Any) -> FileUnreadable:
    """The error; the value cut short, identity numbers starred."""
    return FileUnreadable(message, kind=kind, remedy=_(remedy), field=field, value=None if value is None else short(value), **at)


def empty() -> FileUnreadable:
    """No bytes at all."""
    return refusal(_("Berkas kosong (0 byte)."), "empty", AGAIN)


def too_large(megabytes: int) -> FileUnreadable:
    """More bytes than are looked at."""
    remedy = N_("Bagi menjadi beberapa berkas yang lebih kecil.")
    return refusal(_("Berkas lebih besar dari {size} MB.").format(size=megabytes), "too_large", remedy)


def not_an_answer(called: str) -> FileUnreadable:
    """Something else than an answer; `called` says what."""
    remedy = N_("Unduh jawaban bank sebagai pain.002, camt.054, camt.053, atau CSV, lalu kirim berkas itu.")
    message = _("Ini bukan jawaban bank atas perintah transfer, melainkan {called}.").format(called=short(called))
    return refusal(message, "not_an_answer", remedy, value=called)


def not_an_order(called: str) -> FileUnreadable:
    """Something else than an order; `called` says what."""
    remedy = N_("Kirim perintah transfer sebagai pain.001.001.09.")
    message = _("Ini bukan perintah transfer, melainkan {called}.").format(called=short(called))
    return refusal(message, "not_an_order", remedy, value=called)


def wrong_version(called: str, known: str) -> FileUnreadable:
    """A message that we know, in a version that we do not."""
    message = _("Versi {called} tidak dikenal.").format(called=short(called))
    return refusal(message, "version", _("Pakai {known}.").format(known=known), value=called)


def missing(name: str) -> FileUnreadable:
    """A file without a part that all else hangs on; `name` as its format calls it."""
    return refusal(_("{name} tidak ada di berkas ini.").format(name=name), "missing", AGAIN, name)


def unreadable(name: str, value: str, row: int | None = None) -> FileUnreadable:
    """A part that is not of its form; `name` as its format calls it."""
    return refusal(_("{field} tidak sesuai bentuknya.").format(field=name), "form", AGAIN, name, value, row=row)


def foreign(currency: str, row: int) -> FileUnreadable:
    """Money other than rupiah."""
    message = _("Mata uangnya {currency}, bukan rupiah.").format(currency=short(currency))
    return refusal(message, "currency", N_("Kirim perintah transfer dalam rupiah (IDR)."), "InstdAmt", currency, row=row)


def several(name: str, count: int) -> FileUnreadable:
    """More than one of what must be one."""
    message = _("{name} ada {count}; seharusnya satu.").format(name=name, count=count)
    return refusal(message, "several", N_("Kirim setiap hari bayar dan rekening sebagai berkas sendiri."), name, count)


def differs(name: str, declared: int, counted: int) -> FileUnreadable:
    """A count or sum that the file declares is not ours."""
    told = _("{field} tertulis {declared}, tetapi terhitung {counted}.")
    message = told.format(field=name, declared=format_number(declared), counted=format_number(counted))
    return refusal(message, "sums", AGAIN, name, declared)


def no_table(seen: str) -> FileUnreadable:
    """A CSV without the titles of an answer; `seen` is its first line."""
    remedy = N_("Judul kolom yang diperlukan: No. Acuan dan Status.")
    return refusal(_("Judul kolom jawaban bank tidak ditemukan."), "no_header", remedy, "header", seen)


def damaged(detail: str) -> FileUnreadable:
    """Bytes that no rule of the format explains; `detail` is for the log."""
    return FileUnreadable(_("Berkas rusak atau terpotong."), kind="damaged", remedy=_(AGAIN), detail=detail)


def binary() -> FileUnreadable:
    """Bytes that are no text."""
    return not_an_answer(_("berkas biner yang tidak dikenal"))
