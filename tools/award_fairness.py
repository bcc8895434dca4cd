"""Prints the figures of docs/award-fairness.md: the award's score over an invented field of 514 regencies.

python tools/award_fairness.py

True: the regencies, their people (Dukcapil, second half of 2024), their zones, the area and villages of their provinces, and
each province's published members and workers in 2025 (jamsostek/synth/data). Invented: everything below the province, by a
generator with fixed seeds. A regency's share is its province's, times an effect of its own, with the scatter of a count of so
many people.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

import jamsostek
from jamsostek.awards.edition import Edition
from jamsostek.awards.reading import read, samples
from jamsostek.awards.scoring import MILLION, Fairness, Field, fairness
from jamsostek.awards.scoring.field import Ints
from jamsostek.core.regions import PROVINCES, REGENCIES

SEED, FIELDS, PLACES = 514, 20, 50
DATA = Path(jamsostek.__file__).parent / "synth" / "data"
SHARES: dict[str, tuple[int, int]] = {
    "women": (900_000, 20), "disability": (20_000, 5), "vulnerable_paid": (300_000, 20), "months_kept": (800_000, 20),
    "budget_executed": (850_000, 1), "non_asn": (700_000, 300), "employers_kept": (750_000, 150),
    "claims_speed": (900_000, 2_000),
}  # fmt: skip
"""Criterion -> the share (ppm) around which regencies lie, and one counted per how many people. All invented."""
EFFECT_PPM = 200_000
"""The standard deviation of a regency's own effect on each share."""


def main() -> int:
    """Prints the tables."""
    sys.stdout.write("\n".join(lines()) + "\n")
    return 0


def lines() -> Iterator[str]:
    """The tables of the guide."""
    edition = read(samples()["peragaan-2026"])
    category = edition.category("regency_coverage")
    now, before, size, zones, also = invented(edition)
    found = fairness(category, now, size=size, zones=zones, places=PLACES, also=also, before=before)
    yield from _correlations(found)
    yield ""
    yield from _groups(found)
    yield ""
    yield from _others(found)
    yield ""
    yield f"| Mean of {FIELDS} invented fields | Spearman with people | Winners of the smallest quarter | Of the largest |"
    yield "|---|---|---|---|"
    rough, smooth, alike, both = (
        [invented(edition, seed=SEED + at, scatter=scatter, alike=alike)[0] for at in range(FIELDS)]
        for scatter, alike in ((True, False), (False, False), (True, True), (False, True))
    )
    for name, fields, normalise, aggregate in (
        ("min-max, weighted sum: the sample", rough, "min_max", "weighted_sum"),
        ("the same, no scatter of small counts", smooth, "min_max", "weighted_sum"),
        ("the same, every province with the nation's coverage", alike, "min_max", "weighted_sum"),
        ("the same, neither scatter nor provinces", both, "min_max", "weighted_sum"),
        ("z, weighted sum", rough, "z", "weighted_sum"),
        ("percentile, weighted sum", rough, "percentile", "weighted_sum"),
        ("min-max, TOPSIS", rough, "min_max", "topsis"),
    ):
        way = replace(category, normalise=normalise, aggregate=aggregate)
        all_of = [fairness(way, field, size=size, zones=zones, places=PLACES) for field in fields]
        least, most = (sum(one.by_size[at].winners for one in all_of) / FIELDS for at in (0, -1))
        rho = sum(one.goes_with[0].spearman or 0 for one in all_of) // FIELDS
        yield f"| {name} | {_share(rho)} | {least:.1f} | {most:.1f} |"


def _correlations(found: Fairness) -> Iterator[str]:
    yield "| The score goes with | Spearman | Kendall |"
    yield "|---|---|---|"
    for one in found.goes_with:
        yield f"| {'people' if one.what == 'size' else one.what} | {_share(one.spearman)} | {_share(one.kendall)} |"


def _groups(found: Fairness) -> Iterator[str]:
    yield "| Group | Regencies | Mean rank | Winners |"
    yield "|---|---|---|---|"
    names = {"1": "smallest quarter", "2": "second quarter", "3": "third quarter", "4": "largest quarter"}
    for one in (*found.by_size, *found.by_zone):
        yield f"| {names.get(one.name, one.name)} | {one.count} | {one.mean_rank_ppm / MILLION:.0f} | {one.winners} |"


def _others(found: Fairness) -> Iterator[str]:
    names = {
        "counts": "counts instead of shares", "progress": "share of last year's gap closed, coverage only",
        "size_classes": "the same score, a quarter of the winners from each size class",
    }  # fmt: skip
    yield "| Rule | Winners | Not winners by shares | Spearman with people | Mean people of winners |"
    yield "|---|---|---|---|---|"
    now = _share(found.goes_with[0].spearman)
    yield f"| shares, as the sample edition has it | {found.places} | | {now} | {found.mean_size_winners:,} |"
    for one in found.others:
        yield f"| {names[one.rule]} | {one.winners} | {one.changed} | {_share(one.with_size)} | {one.mean_size:,} |"


def invented(
    edition: Edition, *, seed: int = SEED, scatter: bool = True, alike: bool = False
) -> tuple[Field, Field, Ints, list[str], dict[str, Ints]]:
    """The field, coverage a year before, people, zones, and what else may be near or far."""
    criteria = tuple(
        one.criterion
        for one in edition.category("regency_coverage").criteria
        if edition.criteria[one.criterion].kind == "measured"
    )
    regencies, normal = list(REGENCIES.values()), _Normal(seed, scatter)
    covered = {segment: _by_province(segment, alike) for segment in ("PU", "BPU")}
    rows, old = [], []
    for one in regencies:
        people, province = one.population_2024h2, PROVINCES[one.province_code]
        share: dict[str, int] = {}
        for name, segment, per in (("coverage_pu", "PU", 5), ("coverage_bpu", "BPU", 4)):
            share[name] = normal.share(covered[segment][province.code], people // per)
        last = {name: value * (MILLION - 80_000 + normal.times(40_000)) // MILLION for name, value in share.items()}
        closed = [(share[name] - last[name]) * MILLION // max(1, MILLION - last[name]) for name in last]
        share["growth"] = sum(closed) // 2
        for name, (around, per) in SHARES.items():
            share[name] = normal.share(around, max(1, people // per))
        share["regulation"] = 200_000 * min(5, max(0, 2 + normal.times(1)))
        rows.append([share[name] for name in criteria])
        old.append([last["coverage_pu"], last["coverage_bpu"]])
    keys = tuple(str(one.code) for one in regencies)
    field = Field(keys, criteria, np.array(rows, np.int64), tuple(edition.criteria[name].better for name in criteria))
    before = Field(keys, ("coverage_pu", "coverage_bpu"), np.array(old, np.int64), ("more", "more"))
    places = [PROVINCES[one.province_code] for one in regencies]
    also = {
        "people per km² of its province": np.array([one.population_2024h2 * 1000 // int(one.area_km2 * 1000) for one in places]),
        "villages per million people of its province": np.array(
            [(one.desa + one.kelurahan) * MILLION // one.population_2024h2 for one in places]
        ),
    }
    return field, before, np.array([one.population_2024h2 for one in regencies], np.int64), [one.zone for one in places], also


class _Normal:
    """Near-normal deviates in whole numbers: twelve even ones added up, from the raw words of PCG64."""

    def __init__(self, seed: int, scatter: bool) -> None:
        self.words, self.scatter = np.random.PCG64(seed), scatter

    def times(self, deviation: int) -> int:
        """A deviate with this standard deviation."""
        total = sum(int(word >> np.uint64(44)) for word in self.words.random_raw(12))
        return (total - 6 * (1 << 20)) * deviation // (1 << 20)

    def share(self, around: int, counted: int) -> int:
        """A share (ppm) around another: an own effect, and the scatter of a count of so many."""
        moved = min(980_000, max(1_000, around * (MILLION + self.times(EFFECT_PPM)) // MILLION))
        scatter = math.isqrt(moved * (MILLION - moved) // max(1, counted))
        away = self.times(scatter)
        return min(MILLION, max(0, moved + (away if self.scatter else 0)))


def _by_province(segment: str, alike: bool) -> dict[int, int]:
    """Published members of a segment over published workers, ppm; `alike`: the nation's for all.

    Members of the provinces of 2022 were counted inside the one they came from, so both are added up there.
    """
    before = {code: 0 if alike else one.parent_before_2022 or code for code, one in PROVINCES.items()}
    members, workers = dict.fromkeys(before.values(), 0), dict.fromkeys(before.values(), 0)
    for row in _rows("labour_force_2025_08.csv"):
        formal, employed = int(row["employed_formal"]), int(row["employed"])
        workers[before[int(row["code"])]] += formal if segment == "PU" else employed - formal
    for row in _rows("coverage_by_province_2025.csv"):
        if row["segment"] == segment and row["status"] == "verified":
            members[before[int(row["code"])]] += int(row["persons"])
    return {code: min(MILLION, members[old] * MILLION // workers[old]) for code, old in before.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _share(ppm: int | None) -> str:
    return "none" if ppm is None else f"{ppm / MILLION:+.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
