"""Who could be covered: the denominators in public use, each with its source, never mixed on one axis without saying so.

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
from jamsostek.coverage.published import NATION, Figure, figures

WORKERS, LABOUR_FORCE, WAGE, OWN, OFFICE = "bekerja", "angkatan-kerja", "upah", "mandiri", "kantor"


@dataclass(frozen=True)
class Definition:
    """A way to reckon: which members over which people. Texts are Indonesian, to be translated when shown."""

    key: str
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


DEFINITIONS = {
    one.key: one for one in (
        Definition(
            WORKERS, N_("Penduduk bekerja"),
            N_("Peserta aktif penerima upah dan bukan penerima upah, 2025, menurut domisili"),
            N_("Penduduk bekerja, Sakernas Agustus 2025"),
            N_("Pekerja konstruksi dan migran tidak termasuk; aparatur negara termasuk di pembagi."),
        ),
        Definition(
            LABOUR_FORCE, N_("Angkatan kerja"),
            N_("Peserta aktif penerima upah dan bukan penerima upah, 2025, menurut domisili"),
            N_("Angkatan kerja, Sakernas Agustus 2025: yang bekerja dan yang mencari kerja"),
            N_("Angkatan kerja per provinsi dihitung dari penduduk bekerja dan tingkat pengangguran yang tercetak."),
        ),
        Definition(
            WAGE, N_("Pekerja upah saja"),
            N_("Peserta aktif penerima upah, 2025, menurut domisili"),
            N_("Buruh, karyawan, dan pegawai, Sakernas Agustus 2025"),
            N_("Pegawai negeri termasuk di pembagi, padahal bukan peserta."),
        ),
        Definition(
            OWN, N_("Pekerja mandiri saja"),
            N_("Peserta aktif bukan penerima upah, 2025, menurut domisili"),
            N_("Penduduk bekerja selain buruh, karyawan, dan pegawai, Sakernas Agustus 2025"),
            N_("Pekerja keluarga tanpa upah termasuk di pembagi."),
        ),
        Definition(
            OFFICE, N_("Menurut kantor pendaftar"),
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


def group(code: int) -> tuple[int, ...]:
    """The provinces that published members count together with this one; itself alone outside Papua."""
    parent = province(code).parent_before_2022 or code
    return tuple(sorted({parent, *(one.code for one in PROVINCES.values() if one.parent_before_2022 == parent)}))


@cache
def share(key: str, region: int = NATION) -> Share | None:
    """By a definition, of a province or the nation; None where the source tells no figure."""
    with_it = group(region) if region != NATION else tuple(PROVINCES)
    active, eligible = _active(key, with_it), _eligible(key, with_it)
    return Share(region, active, eligible, with_it) if active and eligible else None


@cache
def spread(region: int = NATION) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest share in per cent: members by domicile of 2024 and 2025, over workers and over the labour force.

    It says how much the answer hangs on year and denominator; sampling errors are not in the published tables.
    """
    with_it = group(region) if region != NATION else tuple(PROVINCES)
    found = [
        Decimal(100) * active / eligible
        for year in ("2024", "2025")
        for measure in ("employed", "labour_force")
        if (active := _members(with_it, ("PU", "BPU"), year)) and (eligible := _labour(with_it, measure))
    ]
    return (min(found), max(found)) if found else None


def _active(key: str, codes: tuple[int, ...]) -> int:
    if key == OFFICE:
        return _office(codes)
    return _members(codes, {WAGE: ("PU",), OWN: ("BPU",)}.get(key, ("PU", "BPU")), "2025")


def _eligible(key: str, codes: tuple[int, ...]) -> int:
    if key == OWN:
        return _labour(codes, "employed") - _labour(codes, "employees")
    return _labour(codes, {LABOUR_FORCE: "labour_force", WAGE: "employees"}.get(key, "employed"))


def _members(codes: tuple[int, ...], segments: tuple[str, ...], year: str) -> int:
    table = _by_region("members", "active", year, "year", "domicile")
    return sum(table.get((code, segment), 0) for code in codes for segment in segments)


def _office(codes: tuple[int, ...]) -> int:
    table = _by_region("members", "active", "2023-12", "moment", "office")
    whole = [table.get((code, "all"), 0) for code in codes if province(code).parent_before_2022 is None]
    return sum(whole) if all(whole) else 0


def _labour(codes: tuple[int, ...], measure: str) -> int:
    table = _by_region("labour", measure, "2025-08", "moment", "domicile")
    return sum(table.get((code, "all"), 0) for code in codes)


@cache
def _by_region(series: str, measure: str, as_of: str, period: str, basis: str) -> dict[tuple[int, str], int]:
    return {
        (one.region, one.segment): int(one.value)
        for one in figures(series, measure)
        if one.value is not None and one.region != NATION and _of(one) == (as_of, period, basis)
    }


def _of(one: Figure) -> tuple[str, str, str]:
    return one.as_of, one.period, one.basis
