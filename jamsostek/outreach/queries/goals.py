"""Goals of regions as they are read, and how far they are: counted from the night's cells.

Whoever works for the region gets exact counts; everybody gets each count by itself rounded to tens, nothing under ten, and path
and standing worked out from the rounded counts alone, so that they tell nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.coverage import cube
from jamsostek.coverage.cube.protecting import shown
from jamsostek.outreach.goals import GoalState, Measured, Standing, last_month_of, on_path, standing
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.strategy import need_there

LEAST_SHARED = 100
"""Of fewer members everybody is told no share: both counts are rounded to the nearest ten."""
_WHERE: dict[str, dict[str, tuple[str, ...]]] = {
    "women_share": {"sex": ("f",)},
    "disability": {"disability": cube.LISTS["disability"][1:]},
    "own_account": {"segment": ("bpu_self", "bpu_sponsored")},
    "coverage": {},
}


@dataclass(frozen=True)
class Progress:
    """A goal with where it began, where it is, and where the path is by now; None where not known or not to be told."""

    goal: RegionGoal
    start: Measured | None
    now: Measured | None
    path: Fraction | None
    standing: Standing | None


def here(region_code: int) -> QuerySet[RegionGoal]:
    """All goals of one region in sight: what waits, what holds, what ended."""
    return RegionGoal.objects.filter(region_code=region_code).select_related("regulation", "replaces").order_by("year", "pk")


def goal(code: int) -> RegionGoal:
    """One in sight; raises `Refused`."""
    row = RegionGoal.objects.select_related("regulation", "replaces").filter(code=code).first()
    if row is None:
        raise not_yours(_("Sasaran ini tidak ada, atau bukan wewenang Anda."))
    return row


def public(region: int | None = None) -> QuerySet[RegionGoal]:
    """Confirmed goals, also those that ended; of a province with those of its regencies."""
    rows = RegionGoal.objects.filter(confirmed_on__isnull=False).select_related("regulation", "replaces")
    if region is not None:
        rows = rows.filter(region_code__in=[region, *(one.code for one in REGENCIES.values() if one.province_code == region)])
    return rows.order_by("region_code", "year", "pk")


def measured(kind: str, region: int, month: int) -> int:
    """People of a kind in a region in a month, exact. Raises `InputError` where the snapshot does not know the month."""
    return _counts(_snapshot_name(), kind, "province" if region in PROVINCES else "regency", month).get(region, 0)


def active(region: int, month: int) -> int:
    """All active members of a region in a month, exact."""
    return measured("coverage", region, month)


def _snapshot_name() -> str:
    found = cube.latest()
    return str(found.folder) if found is not None else ""


@lru_cache(maxsize=256)
def _counts(_folder: str, kind: str, level: str, month: int) -> dict[int, int]:
    """Of every region at once, kept while the snapshot is the newest: a page shows many goals."""
    told = cube.ask(cube.Question((month,), ("active",), (level,), _WHERE[kind]))
    return {int(region): persons for region, persons in told.rows if region is not None}


def progress(rows: Iterable[RegionGoal], month: int | None = None) -> list[Progress]:
    """Exact progress of goals of regions whoever asks works for, by a month or the last known. Raises `Refused`."""
    found = list(rows)
    for region in {one.region_code for one in found}:
        need_there(Can.SEE_MOVEMENT, region)
    return [_progress(one, _start(one), _now(one, month)) for one in found]


def public_progress(rows: Sequence[RegionGoal]) -> list[Progress]:
    """Progress as everybody may see it."""
    return [_progress(one, _protected(one, _start(one)), _protected(one, _now(one, None))) for one in rows]


def _start(row: RegionGoal) -> Measured | None:
    if row.start_month is None or row.start_persons is None:
        return None
    return Measured(row.start_month, row.start_persons, row.start_base)


def _now(row: RegionGoal, month: int | None) -> Measured | None:
    """The newest figure up to the month, and to the goal's own last month; None before its start."""
    found = cube.latest()
    if found is None or row.start_month is None or row.state != GoalState.CONFIRMED:
        return None
    at = min(found.last_month, last_month_of(row.year), month or found.last_month)
    if at < max(row.start_month, found.first_month):
        return None
    base = row.start_base
    if row.kind == "women_share":
        base = active(row.region_code, at)
        if not base:
            return None
    return Measured(at, measured(row.kind, row.region_code, at), base)


def _protected(row: RegionGoal, found: Measured | None) -> Measured | None:
    """As everybody may see it. What a coverage is of was published, and stays as printed."""
    if found is None:
        return None
    persons, base = shown(found.persons), found.base
    if row.kind == "women_share":
        base = shown(base)
        if base is None or base < LEAST_SHARED:
            return None
    return None if persons is None else Measured(found.month, min(persons, base) if base else persons, base)


def _progress(row: RegionGoal, start: Measured | None, now: Measured | None) -> Progress:
    if start is None or now is None:
        return Progress(row, start, now, None, None)
    path = on_path(start, row.target, row.year, now.month)
    return Progress(row, start, now, path, standing(start, now, row.target, row.year))
