"""Dates, months, instants, differences and large sums as people read them, in the reader's language."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from jamsostek.core.rupiah import format_decimal, format_rupiah
from jamsostek.core.text import N_, _, language

NOTHING = "–"
"""Shown where nothing is known."""
MONTHS = (
    N_("Januari"), N_("Februari"), N_("Maret"), N_("April"), N_("Mei"), N_("Juni"), N_("Juli"), N_("Agustus"),
    N_("September"), N_("Oktober"), N_("November"), N_("Desember"),
)  # fmt: skip


_SIZES = ((10**12, N_("Rp{number} triliun")), (10**9, N_("Rp{number} miliar")), (10**6, N_("Rp{number} juta")))


def inside(title: str) -> str:
    """A title within a sentence: `Pegawai non-ASN` -> `pegawai non-ASN`; what is all capitals stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def month(value: int) -> str:
    """`202603` -> `Maret 2026`."""
    return f"{_(MONTHS[value % 100 - 1])} {value // 100}"


def date(value: dt.date) -> str:
    """A calendar day -> `5 Maret 2026`; an instant is shown on its day in Jakarta."""
    day = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def moment(value: dt.datetime) -> str:
    """An instant -> `5 Maret 2026 14.30 WIB`, in English `14:30 WIB`: the clock is Jakarta's, and says so."""
    local = timezone.localtime(value)
    mark = ":" if language() == "en" else "."
    return f"{date(local)} {local:%H}{mark}{local:%M} WIB"


def signed(value: float, digits: int = 0) -> str:
    """A difference: `-3.21` with one digit -> `−3,2`; a gain has its plus, what rounds to nothing no sign."""
    rounded = round(value, digits)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{format_decimal(abs(value), digits)}"


def short_rupiah(amount: int, digits: int = 1) -> str:
    """`24000000` -> `Rp24,0 juta`, to stand large or in a narrow column; below a million to the rupiah."""
    for size, text in _SIZES:
        if amount >= size:
            return _(text).format(number=format_decimal(amount / size, digits))
    return format_rupiah(amount)


def today() -> dt.date:
    """The calendar day in Jakarta: pages read the clock here and hand it on."""
    return timezone.localdate()
