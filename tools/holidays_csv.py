"""Writes `jamsostek/law/obligations/holidays.csv` from the `holidays` package.

The package is a development dependency, never read when the law runs. Run `uv run python tools/holidays_csv.py` after
updating it, then bring the version in SOURCES.md beside the file up to date.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 2015, 2027
KINDS = {"public": "national", "government": "collective_leave"}
"""The package's categories: public holidays (hari libur nasional) and collective leave (cuti bersama)."""
ESTIMATED = (" (perkiraan)", " (estimated)")
"""The package marks a date that was still computed, not announced, when it was released."""
TARGET = Path(__file__).parents[1] / "jamsostek" / "law" / "obligations" / "holidays.csv"


def lines() -> Iterator[tuple[dt.date, str, str, str, str]]:
    """(date, Indonesian name, English name, kind, official or estimated), a day's several holidays joined."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    for category, kind in KINDS.items():
        indonesian = holidays.country_holidays("ID", years=years, categories=category, language="id")
        english = holidays.country_holidays("ID", years=years, categories=category, language="en_US")
        for day in sorted(indonesian):
            status = "estimated" if ESTIMATED[0] in indonesian[day] else "official"
            yield day, _name(indonesian[day]), _name(english[day]), kind, status


def _name(label: str) -> str:
    for mark in ESTIMATED:
        label = label.replace(mark, "")
    return label.replace("Pegangti ", "Pengganti ")  # the package's spelling of "substitute"


def main() -> None:
    """Writes the file, sorted by day."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "name_id", "name_en", "kind", "status"])
        for day, *rest in sorted(lines()):
            writer.writerow([day.isoformat(), *rest])


if __name__ == "__main__":
    main()
