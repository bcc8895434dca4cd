"""Provinces, regencies and cities by their Kemendagri code, with BPS codes and the map before 2022.

A code is an int: 11 is Aceh, 1171 Kota Banda Aceh. The tables are data/provinces.csv and data/regencies.csv (sources in
data/SOURCES.md), read on first use. A fact keeps the code of its day: a regency that moved to a new Papua province in
2022 is found under its former code through `successor`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import Int64Array
from jamsostek.core.text import _

ZONES = ("Sumatera", "Jawa-Bali", "Kalimantan", "Sulawesi", "Nusra-Maluku-Papua")
"""The five zones of the Paritrana Award."""


@dataclass(frozen=True)
class Province:
    """One of the 38 provinces. Counts are those of 2024-2025; `parent_before_2022` is set for the four new ones."""

    code: int
    bps_code: int
    bps_code_status: str
    """'verified', or 'weak' where one third-party file alone gives it."""
    name: str
    zone: str
    parent_before_2022: int | None
    kabupaten: int
    kota: int
    kecamatan: int
    kelurahan: int
    desa: int
    area_km2: Decimal
    population_2024h2: int
    source: str


@dataclass(frozen=True)
class Regency:
    """One of the 514 kabupaten and kota."""

    code: int
    province_code: int
    name: str
    kind: str
    """'kabupaten', 'kota', 'kabupaten administrasi' or 'kota administrasi'."""
    bps_code_2020: int
    bps_match: str
    code_before_2022: int | None
    """Its Kemendagri code before the provinces of 2022, where that differs."""
    population_2024h2: int
    source: str


class UnknownRegion(InputError):
    """A region code that is on no map we have; it offers the nearest one."""


Region = TypeVar("Region", Province, Regency)


class _Table(Mapping[int, Region], Generic[Region]):
    """A read-only mapping from code to region that is read from its file on first use."""

    def __init__(self, load: Callable[[], dict[int, Region]]) -> None:
        self._load: Callable[[], dict[int, Region]] = load

    def __getitem__(self, code: int) -> Region:
        return self._load()[code]

    def __iter__(self) -> Iterator[int]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("jamsostek.core") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _optional(text: str) -> int | None:
    return int(text) if text else None


@cache
def _provinces() -> dict[int, Province]:
    return {
        int(row["code"]): Province(
            code=int(row["code"]),
            bps_code=int(row["bps_code"]),
            bps_code_status=row["bps_code_status"],
            name=row["name"],
            zone=row["zone"],
            parent_before_2022=_optional(row["parent_before_2022"]),
            kabupaten=int(row["kabupaten"]),
            kota=int(row["kota"]),
            kecamatan=int(row["kecamatan"]),
            kelurahan=int(row["kelurahan"]),
            desa=int(row["desa"]),
            area_km2=Decimal(row["area_km2"]),
            population_2024h2=int(row["population_2024h2"]),
            source=row["source"],
        )
        for row in _rows("provinces.csv")
    }


@cache
def _regencies() -> dict[int, Regency]:
    return {
        int(row["code"]): Regency(
            code=int(row["code"]),
            province_code=int(row["province_code"]),
            name=row["name"],
            kind=row["kind"],
            bps_code_2020=int(row["bps_code_2020"]),
            bps_match=row["bps_match"],
            code_before_2022=_optional(row["code_before_2022"]),
            population_2024h2=int(row["population_2024h2"]),
            source=row["source"],
        )
        for row in _rows("regencies.csv")
    }


PROVINCES: Mapping[int, Province] = _Table(_provinces)
"""The 38 provinces by code, in the order of their codes."""
REGENCIES: Mapping[int, Regency] = _Table(_regencies)
"""The 514 regencies and cities by code, in the order of their codes."""


def province(code: int) -> Province:
    """The province with this code; raises `UnknownRegion`, which names the nearest."""
    return _find(PROVINCES, code)


def regency(code: int) -> Regency:
    """The regency or city with this code of today; raises `UnknownRegion`, which names the nearest."""
    return _find(REGENCIES, code)


def regencies_of(province_code: int) -> tuple[Regency, ...]:
    """The regencies and cities of a province, by code; raises `UnknownRegion`."""
    province(province_code)
    return tuple(r for r in REGENCIES.values() if r.province_code == province_code)


def successor(code: int) -> int:
    """The code of today for a regency's code of today or from before 2022; raises `UnknownRegion`."""
    return _moved().get(code) or regency(code).code


def known_regions(region_codes: Int64Array) -> npt.NDArray[np.bool_]:
    """Whether the first four of a NIK's six region digits are a regency of today or of the map before 2022.

    Sub-districts are not checked. An unknown region is worth a warning, not a refusal: old numbers keep old codes.
    """
    known = np.array(sorted({*REGENCIES, *_moved()}), dtype=np.int64)
    return np.isin(np.asarray(region_codes, dtype=np.int64) // 100, known)


@cache
def _moved() -> dict[int, int]:
    return {r.code_before_2022: r.code for r in REGENCIES.values() if r.code_before_2022 is not None}


def _find(table: Mapping[int, Region], code: int) -> Region:
    found = table.get(code)
    if found is not None:
        return found
    close = min(table.values(), key=lambda region: abs(region.code - code))
    raise UnknownRegion(
        _("Kode wilayah {code} tidak dikenal.").format(code=code),
        value=code,
        remedy=_("Yang terdekat: {code} {name}.").format(code=close.code, name=close.name),
    )
