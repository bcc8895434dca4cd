"""The published statistics, as they stand in `data/` with their sources."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

PARENTS = {93: 91, 94: 91, 95: 91, 96: 92}
"""Provinces of 2022 that the coverage table still counts inside their parent."""

SOURCES = {
    "S02": "Dukcapil, population by regency, second half of 2024 (github.com/cahyadsn/wilayah)",
    "S06": "Sakernas August 2025 and active members by province 2025 (github.com/den-econ/phk_dashboard)",
    "S10": "minimum wages of 2026, press lists",
    "C08": "BPJS Ketenagakerjaan, financial report 2023 (press)",
    "C16": "active members of April 2025 (kontan.co.id)",
    "C21": "workers paid by regions and villages, May 2025 (press)",
    "SEED": "non-ASN government workers, October 2023 (press)",
}
"""The sources that the report names, in short; in full in `data/SOURCES.md`."""

_FILES = ("coverage_by_province_2025.csv", "labour_force_2025_08.csv", "minimum_wages_2026.csv", "national.csv")


@dataclass(frozen=True)
class Figure:
    """One published number of persons (or rupiah) with its date, status and source."""

    value: int
    as_of: str
    status: str
    source: str
    note: str


@dataclass(frozen=True)
class LabourForce:
    """A province in August 2025 (Sakernas): employed and in formal work as printed, labour force by sex derived."""

    employed: int
    formal: int
    men: int
    women: int

    @property
    def informal(self) -> int:
        """Employed people outside formal work."""
        return self.employed - self.formal


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("jamsostek.synth") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def coverage(segment: str) -> dict[int, Figure]:
    """Active members of 'PU' or 'BPU' by province of domicile in 2025: the four new provinces inside their parents."""
    return {
        int(row["code"]): Figure(int(row["persons"]), "2025", row["status"], row["source"], row["note"])
        for row in _rows("coverage_by_province_2025.csv")
        if row["segment"] == segment
    }


@cache
def labour_force() -> dict[int, LabourForce]:
    """The labour force of the 38 provinces."""
    return {
        int(row["code"]): LabourForce(
            employed=int(row["employed"]),
            formal=int(row["employed_formal"]),
            men=int(row["labour_force_male"]),
            women=int(row["labour_force_female"]),
        )
        for row in _rows("labour_force_2025_08.csv")
    }


@cache
def minimum_wages() -> dict[int, Figure]:
    """Provincial minimum wage 2026 in rupiah a month, 38 provinces; where none was found the status is 'derived'."""
    return {
        int(row["code"]): Figure(int(row["rupiah"]), "2026-01", row["status"], row["source"], row["note"])
        for row in _rows("minimum_wages_2026.csv")
    }


@cache
def national() -> dict[str, Figure]:
    """National figures by key; see `data/national.csv`."""
    return {
        row["key"]: Figure(int(row["persons"]), row["as_of"], row["status"], row["source"], row["note"])
        for row in _rows("national.csv")
    }


@cache
def digest() -> str:
    """SHA-256 of the data files, so that partitions made from other figures are never mixed in."""
    total = hashlib.sha256()
    for folder, names in (("jamsostek.synth", _FILES), ("jamsostek.core", ("provinces.csv", "regencies.csv"))):
        for name in names:
            total.update((resources.files(folder) / "data" / name).read_bytes())
    return total.hexdigest()
