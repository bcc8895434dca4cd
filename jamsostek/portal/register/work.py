"""The kinds of work of people who work for themselves, and what a month costs them by the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jamsostek import law
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.registry.actions.drafts import Answers

TRANSPORT, OTHER = "transport", "other"
LOOK_AHEAD = 12
"""Months in which a change of price already decided is told."""
OTHER_WORK = "lain"

WORKS: dict[str, tuple[str, str]] = {
    "petani": (N_("Petani atau pekebun"), OTHER),
    "buruh_tani": (N_("Buruh tani"), OTHER),
    "nelayan": (N_("Nelayan atau petambak"), OTHER),
    "ternak": (N_("Peternak"), OTHER),
    "pedagang": (N_("Pedagang pasar, warung, atau keliling"), OTHER),
    "ojek": (N_("Pengemudi ojek atau taksi daring"), TRANSPORT),
    "sopir": (N_("Sopir, kernet, atau penarik becak"), TRANSPORT),
    "kurir": (N_("Kurir pengantar barang"), TRANSPORT),
    "tukang": (N_("Tukang bangunan"), OTHER),
    "perajin": (N_("Penjahit atau perajin"), OTHER),
    "rumah_tangga": (N_("Pekerja rumah tangga"), OTHER),
    "harian": (N_("Buruh harian lepas"), OTHER),
    "rosok": (N_("Pengumpul barang bekas"), OTHER),
    "jasa": (N_("Jasa: bengkel, salon, pijat, servis"), OTHER),
    "guru": (N_("Guru mengaji, pengurus rumah ibadah"), OTHER),
    "seni": (N_("Seniman atau pekerja lepas"), OTHER),
    OTHER_WORK: (N_("Pekerjaan lain"), OTHER),
}
"""What it is called, and the sector that the relief on contributions asks for (PP 50/2025)."""


@dataclass(frozen=True)
class Band:
    """A band of income; the amount kept for it lies inside."""

    text: str
    income_rupiah: int


@lru_cache(maxsize=8)
def band_limits(day: dt.date) -> tuple[tuple[int, int | None, int], ...]:
    """From, to (None: no upper bound) and the base of each band in force."""
    table = law.law_on(day).table("bpu.bands")
    starts = [int(one) for one in table["from_rupiah"]]
    ends = [start - 1 for start in starts[1:]]
    bases = [int(one) for one in table["base_rupiah"]]
    return tuple(zip(starts, [*ends, None], bases, strict=True))


def bands(day: dt.date) -> list[Band]:
    """The bands in the reader's words, the lowest first."""
    found = []
    for start, end, base in band_limits(day):
        inside = base if start <= base <= (end or base) else max(start, 1)
        if end is None:
            text = _("{from_rupiah} atau lebih").format(from_rupiah=format_rupiah(start))
        elif start == 0:
            text = _("Kurang dari {to_rupiah}").format(to_rupiah=format_rupiah(end + 1))
        else:
            text = _("{from_rupiah} sampai {to_rupiah}").format(from_rupiah=format_rupiah(start), to_rupiah=format_rupiah(end))
        found.append(Band(text, inside))
    return found


def band_of(income_rupiah: int, day: dt.date) -> str:
    """The band an income lies in, in words."""
    return next((band.text for band in bands(day) if band.income_rupiah == income_rupiah), format_rupiah(income_rupiah))


@dataclass(frozen=True)
class Price:
    """What a month costs; `changes` is the first month ahead that costs something else, and how much."""

    rupiah: int
    changes: tuple[int, int] | None


def price(answers: Answers, *, jht: bool, today: dt.date) -> Price:
    """The contribution of the present month by the law."""
    month = month_of(today)
    now = _total(month, answers.income_rupiah or 0, answers.sector or OTHER, jht)
    for ahead in range(1, LOOK_AHEAD + 1):
        later = add_months(month, ahead)
        then = _total(later, answers.income_rupiah or 0, answers.sector or OTHER, jht)
        if then != now:
            return Price(now, (later, then))
    return Price(now, None)


def explained(answers: Answers, *, jht: bool, today: dt.date) -> law.Explanation:
    """Why it is so much."""
    return law.explain("contribution.bpu", **_inputs(month_of(today), answers.income_rupiah or 0, answers.sector or OTHER, jht))


@lru_cache(maxsize=4096)
def _total(month: int, income_rupiah: int, sector: str, jht: bool) -> int:
    return int(law.calculate("contribution.bpu", **_inputs(month, income_rupiah, sector, jht))["total_rupiah"])


def _inputs(month: int, income_rupiah: int, sector: str, jht: bool) -> dict[str, Any]:
    programmes = ["jkk", "jkm", "jht"] if jht else ["jkk", "jkm"]
    return {"month": month, "income_rupiah": income_rupiah, "programmes": programmes, "sector": sector}
