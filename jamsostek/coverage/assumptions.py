"""What a plan assumes, each with its status, that a reader may change. What it starts from: `starts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from jamsostek.core.text import N_
from jamsostek.coverage.nation_history import GROWTH


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
