"""Members over workers: five ways in public use, each with its denominator (`denominators`), never mixed on one axis unmarked.

Members by province are those of domicile (S06, 2025), people at work and in the labour force those of Sakernas August 2025.
The four provinces of 2022 are counted in their parents among members; so a parent's denominator takes its children in, and a
child has the figure of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jamsostek.core.regions import PROVINCES, province
from jamsostek.core.text import N_
from jamsostek.coverage.denominators import latest
from jamsostek.coverage.published import NATION, counted_with, figures

WORKERS, LABOUR_FORCE, WAGE, OWN, OFFICE = "bekerja", "angkatan-kerja", "upah", "mandiri", "kantor"


@dataclass(frozen=True)
class Way:
    """Which members over which people; `denominator` is a key of `denominators.DEFINITIONS`. Texts are Indonesian."""

    key: str
    denominator: str
    title: str
    above: str
    below: str
    note: str = ""


@dataclass(frozen=True)
class Share:
    """Members over people of a region (a province with those counted in it, or the nation)."""

    region: int
    active: int
    eligible: int
    counted_with: tuple[int, ...] = ()
    """Provinces that these figures hold together, more than one in Papua."""

    @property
    def percent(self) -> Decimal:
        """The share in per cent, unrounded."""
        return Decimal(100) * self.active / self.eligible


WAYS = {
    one.key: one for one in (
        Way(
            WORKERS, "employed", N_("Penduduk bekerja"),
            N_("Peserta aktif penerima upah dan bukan penerima upah, 2025, menurut domisili"),
            N_("Penduduk bekerja, Sakernas Agustus 2025"),
            N_("Pekerja konstruksi dan migran tidak termasuk; aparatur negara termasuk di pembagi."),
        ),
        Way(
            LABOUR_FORCE, "labour_force", N_("Angkatan kerja"),
            N_("Peserta aktif penerima upah dan bukan penerima upah, 2025, menurut domisili"),
            N_("Angkatan kerja, Sakernas Agustus 2025: yang bekerja dan yang mencari kerja"),
            N_("Angkatan kerja per provinsi dihitung dari penduduk bekerja dan tingkat pengangguran yang tercetak."),
        ),
        Way(
            WAGE, "employees", N_("Pekerja upah saja"),
            N_("Peserta aktif penerima upah, 2025, menurut domisili"),
            N_("Buruh, karyawan, dan pegawai, Sakernas Agustus 2025"),
            N_("Pegawai negeri termasuk di pembagi, padahal bukan peserta."),
        ),
        Way(
            OWN, "own", N_("Pekerja mandiri saja"),
            N_("Peserta aktif bukan penerima upah, 2025, menurut domisili"),
            N_("Penduduk bekerja selain buruh, karyawan, dan pegawai, Sakernas Agustus 2025"),
            N_("Pekerja keluarga tanpa upah termasuk di pembagi."),
        ),
        Way(
            OFFICE, "employed", N_("Menurut kantor pendaftar"),
            N_("Peserta aktif semua segmen, Desember 2023, menurut kantor cabang yang mendaftarkan"),
            N_("Penduduk bekerja menurut domisili, Sakernas Agustus 2025"),
            N_(
                "Dua dasar dan dua tahun yang berbeda: kantor pusat perusahaan mendaftarkan pekerja di provinsi lain, sehingga "
                "DKI Jakarta melebihi 100 %. Enam provinsi tidak terbaca pada sumbernya."
            ),
        ),
    )
}  # fmt: skip
"""What a visitor can choose between."""


@cache
def share(key: str, region: int = NATION) -> Share | None:
    """One way, of a province or the nation; None where the source tells no figure."""
    codes = _codes(region)
    active = _office(codes) if key == OFFICE else _members(codes, {WAGE: ("PU",), OWN: ("BPU",)}.get(key, ("PU", "BPU")), "2025")
    return Share(region, active, latest(WAYS[key].denominator, region=region), codes) if active else None


@cache
def spread(region: int = NATION) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest share in per cent: members by domicile of 2024 and 2025, over workers and over the labour force.

    It says how much the answer hangs on year and denominator; sampling errors are not in the published tables.
    """
    found = [
        Decimal(100) * active / latest(definition, region=region)
        for year in ("2024", "2025")
        for definition in ("employed", "labour_force")
        if (active := _members(_codes(region), ("PU", "BPU"), year))
    ]
    return (min(found), max(found)) if found else None


def _codes(region: int) -> tuple[int, ...]:
    return counted_with(region) if region != NATION else tuple(PROVINCES)


def _members(codes: tuple[int, ...], segments: tuple[str, ...], year: str) -> int:
    table = _by_region(year, "year", "domicile")
    return sum(table.get((code, segment), 0) for code in codes for segment in segments)


def _office(codes: tuple[int, ...]) -> int:
    table = _by_region("2023-12", "moment", "office")
    whole = [table.get((code, "all"), 0) for code in codes if province(code).parent_before_2022 is None]
    return sum(whole) if all(whole) else 0


@cache
def _by_region(as_of: str, period: str, basis: str) -> dict[tuple[int, str], int]:
    return {
        (one.region, one.segment): int(one.value)
        for one in figures("members", "active")
        if one.value is not None and one.region != NATION and (one.as_of, one.period, one.basis) == (as_of, period, basis)
    }
