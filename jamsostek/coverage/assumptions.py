"""What a plan starts from: figures of a place with sources, and assumptions, each with its status, that a reader may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.months import span
from jamsostek.core.text import N_, _
from jamsostek.coverage.denominators import latest
from jamsostek.coverage.nation_history import GROWTH
from jamsostek.coverage.published import NATION, figures, old_map

YEAR = 2025
"""Of the newest figures."""
INCOME_RUPIAH = 1_000_000
"""The income on which budgets pay for vulnerable workers, as `outreach` plans with it."""
NATION_AT = "2025-05"
INACTIVE_AT = "2023-12"


@dataclass(frozen=True)
class Start:
    """A place at the end of `year`: people at work by kind, members by segment, those who lapsed; `apbd_rupiah` a person-year.

    `others` are construction and migrant workers, who are members and stand outside both kinds; they stay as they are.
    """

    region: int
    year: int
    formal: int
    informal: int
    pu: int
    bpu: int
    others: int
    lapsed: int
    apbd_rupiah: int
    sources: tuple[str, ...] = ()
    lapsed_estimated: bool = False
    """Whether lapsed people were not published for the place, and the nation's ratio was taken."""

    @property
    def workers(self) -> int:
        """Everybody at work."""
        return self.formal + self.informal

    @property
    def active(self) -> int:
        """All active members."""
        return self.pu + self.bpu + self.others


def apbd_rupiah(year: int) -> int:
    """What a vulnerable worker's accident and death insurance costs a budget in a year, by the law of its months."""
    months = span(year * 100 + 1, year * 100 + 12)
    return sum(
        int(law.calculate("contribution.bpu", month=month, income_rupiah=INCOME_RUPIAH, payer="apbd")["total_rupiah"])
        for month in months
    )  # fmt: skip


@cache
def start_of(region: int, first_year: int) -> Start:
    """The nation (0) or a province of the published map. Raises: InputError for another place."""
    if region != NATION and region not in old_map():
        raise InputError(
            _("Angka peserta hanya diterbitkan untuk provinsi sebelum pemekaran 2022."), field="region", value=region
        )
    if region == NATION:
        pu, bpu = _count("PU", as_of=NATION_AT), _count("BPU", as_of=NATION_AT)
        others = _count("all", as_of=NATION_AT) - pu - bpu
        sources: tuple[str, ...] = ("D02", "L10", "S06", "D01")
    else:
        pu, bpu, others = _count("PU", region=region, as_of=str(YEAR)), _count("BPU", region=region, as_of=str(YEAR)), 0
        sources = ("S06", "C09")
    lapsed, estimated = _lapsed(region, pu + bpu)
    formal, informal = latest("formal", region=region), latest("informal", region=region)
    return Start(region, YEAR, formal, informal, pu, bpu, others, lapsed, apbd_rupiah(first_year), sources, estimated)


def _count(segment: str, *, as_of: str, region: int = NATION, measure: str = "active") -> int:
    found = [one for one in figures("members", measure, segment=segment, region=region) if one.as_of == as_of and one.value]
    return int(found[0].value or 0)


def _lapsed(region: int, active: int) -> tuple[int, bool]:
    """Those who lapsed (December 2023), by the nation's ratio to the active where a place's were not printed."""
    found = [
        one for one in figures("members", "inactive", segment="all", region=region) if one.as_of == INACTIVE_AT and one.value
    ]
    if found:
        return int(found[0].value or 0), False
    whole, members = _count("all", as_of=INACTIVE_AT, measure="inactive"), _count("all", as_of=INACTIVE_AT)
    return active * whole // members, True


@dataclass(frozen=True)
class Assumed:
    """What nobody has measured. Shares as 0.4, money in whole rupiah; `budget_rupiah` a year, None without a ceiling."""

    compliance_rupiah: int = 60_000
    campaign_rupiah: int = 75_000
    renewal_rupiah: int = 15_000
    compliance_keep: float = 0.89
    campaign_keep: float = 0.60
    renewal_keep: float = 0.70
    compliance_most: float = 0.15
    campaign_most: float = 0.05
    renewal_most: float = 0.15
    vulnerable_share: float = 0.40
    workers_growth: float = GROWTH
    natural_growth: float = 0.0
    budget_rupiah: int | None = None

    def numbers(self) -> list[str]:
        """Names of those that can be made a fifth lower or higher."""
        return [one.name for one in fields(self) if getattr(self, one.name)]

    def times(self, name: str, factor: float) -> Assumed:
        """With one multiplied; a share stays at most 1, money whole."""
        value = getattr(self, name)
        made = round(value * factor) if name.endswith("_rupiah") else min(1.0, value * factor)
        return replace(self, **{name: made})


@dataclass(frozen=True)
class About:
    """An assumption in words: its title, whether it is assumed or derived, and why this figure."""

    title: str
    status: str
    why: str


_OWN_COST = N_("Belum ada angka terbit; isi dengan biaya Anda sendiri.")
_OWN_RATE = N_("Arus berhenti tidak diterbitkan; ganti dengan angka catatan Anda.")
ABOUT: Mapping[str, About] = {
    "compliance_rupiah": About(
        N_("Biaya menemukan satu pekerja lewat pengawasan"), "assumed", _OWN_COST
    ),
    "campaign_rupiah": About(
        N_("Biaya sosialisasi per orang yang mendaftar"), "assumed", _OWN_COST
    ),
    "renewal_rupiah": About(
        N_("Biaya mengajak kembali satu orang"), "assumed", _OWN_COST
    ),
    "compliance_keep": About(
        N_("Pekerja penerima upah yang tetap aktif setahun kemudian"), "derived",
        N_("Penerima upah turun dari 29,3 juta (Desember 2024) ke 26,1 juta (Maret 2025): kira-kira 89 persen bertahan."),
    ),
    "campaign_keep": About(
        N_("Pekerja mandiri yang tetap membayar setahun kemudian"), "assumed",
        _OWN_RATE,
    ),
    "renewal_keep": About(
        N_("Yang kembali dan tetap aktif setahun kemudian"), "assumed",
        _OWN_RATE,
    ),
    "compliance_most": About(
        N_("Pekerja formal di luar perlindungan yang dapat ditemukan setahun"), "assumed",
        N_("Kemampuan pengawas; bagian dari pekerja formal yang belum menjadi peserta."),
    ),
    "campaign_most": About(
        N_("Pekerja informal di luar perlindungan yang dapat diajak setahun"), "assumed",
        N_("Peserta mandiri bertambah paling banyak sekitar 4 juta setahun (2022 ke 2023), kira-kira 5 persen pekerja informal."),
    ),
    "renewal_most": About(
        N_("Yang pernah berhenti dan dapat diajak kembali setahun"), "assumed", N_("Kemampuan kantor cabang dan agen.")
    ),
    "vulnerable_share": About(
        N_("Bagian pekerja informal yang tergolong rentan"), "assumed",
        N_("Data P3KE menjangkau kira-kira 40 persen keluarga dengan kesejahteraan terendah."),
    ),
    "workers_growth": About(
        N_("Pertumbuhan orang bekerja setahun"), "assumed", N_("Di bawah 2,4 persen setahun pada 2016 sampai 2025.")
    ),
    "natural_growth": About(
        N_("Perubahan peserta tanpa upaya baru setahun"), "assumed", N_("Nol: yang masuk mengganti yang keluar.")
    ),
    "budget_rupiah": About(
        N_("Batas anggaran iuran setahun"), "assumed", N_("Kosong: tanpa batas, sampai semua pekerja rentan dibayari.")
    ),
}  # fmt: skip
