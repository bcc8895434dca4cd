"""Who competes: entries with where they stand, those of whoever looks, and which categories still stand open to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import ROLES, Can, Kind
from jamsostek.access.scope import current
from jamsostek.awards.choices import EntryState
from jamsostek.awards.competitors import Competitor, competitor, misfit
from jamsostek.awards.edition import Category
from jamsostek.awards.models import Entry, EntryStep
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

STANDING = (EntryState.NOMINATED, EntryState.ACCEPTED)
"""States in which somebody still competes."""


@dataclass(frozen=True)
class EntryRow:
    """Somebody who competes in a category at a level, in an area. `origin_id` is the entry that evidence hangs on."""

    id: int
    code: str
    edition_id: int
    category: str
    level: str
    area: int
    subject: str
    subject_code: int
    name: str
    province_code: int
    regency_code: int | None
    state: EntryState
    reason: str
    """Why it ended."""
    invented: bool
    made_by: int | None
    made_at: dt.datetime
    stepped_at: dt.datetime | None
    promoted_from_id: int | None
    origin_id: int


def database_now() -> dt.datetime:
    """The one clock that deadlines are held to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: dt.datetime = cursor.fetchone()[0]
    return found


def entries(
    edition_id: int,
    *,
    level: str | None = None,
    area: int | None = None,
    category: str | None = None,
    states: Iterable[EntryState] | None = None,
) -> list[EntryRow]:
    """Entries of an edition by category, level, area and name; all states where none are named."""
    rows = Entry.objects.filter(edition_id=edition_id).order_by("category", "level", "area", "name", "id")
    for name, value in (("level", level), ("area", area), ("category", category)):
        rows = rows.filter(**{name: value}) if value is not None else rows
    wanted = None if states is None else set(states)
    return [one for one in _rows(rows) if wanted is None or one.state in wanted]


def entry(code: str) -> EntryRow | None:
    """By its address; None where there is none."""
    return next(iter(_rows(Entry.objects.filter(code=code))), None)


def entry_of(entry_id: int) -> EntryRow:
    """By its id."""
    return _rows(Entry.objects.filter(pk=entry_id))[0]


def need_entry(code: str) -> EntryRow:
    """By its address; raises `Refused`."""
    found = entry(code)
    if found is None:
        raise not_yours(_("Pencalonan ini tidak ada."))
    return found


def _rows(rows: Iterable[Entry]) -> list[EntryRow]:
    found = list(rows)
    steps: dict[int, list[EntryStep]] = {}
    for step in EntryStep.objects.filter(entry__in=[one.pk for one in found]).order_by("id"):
        steps.setdefault(step.entry_id, []).append(step)
    return [_row(one, steps.get(one.pk, [])) for one in found]


def _row(one: Entry, steps: Sequence[EntryStep]) -> EntryRow:
    last = steps[-1] if steps else None
    origin = one
    while origin.promoted_from is not None:
        origin = origin.promoted_from
    return EntryRow(
        one.pk, one.code, one.edition_id, one.category, one.level, one.area, one.subject, one.subject_code, one.name,
        one.province_code, one.regency_code, EntryState(last.step) if last else EntryState.NOMINATED,
        last.reason if last else "", one.invented, one.made_by, one.made_at, last.at if last else None,
        one.promoted_from_id, origin.pk,
    )  # fmt: skip


def steps_of(entry_id: int) -> list[EntryStep]:
    """All that happened to it, in order."""
    return list(EntryStep.objects.filter(entry_id=entry_id).order_by("id"))


# --- whose -----------------------------------------------------------------------------------------------------------------


def own(subject: str, subject_code: int) -> bool:
    """Whether whoever looks competes as this."""
    scope = current()
    if scope.system:
        return True
    if not scope.may(Can.NOMINATE):
        return False
    if subject == "employer":
        return subject_code in scope.targets(Kind.EMPLOYER)
    return subject_code in (scope.targets(Kind.VILLAGE) if subject == "village" else scope.award_regions)


def runs(row: EntryRow) -> bool:
    """Whether whoever looks is of the committee that decides about an entry."""
    scope = current()
    if scope.system:
        return True
    if not scope.may(Can.RUN_AWARD):
        return False
    nation = any(one.kind == Kind.NATION and Can.RUN_AWARD in ROLES[one.role].can for one in scope.held)
    return nation or (row.level == "province" and row.province_code in run_provinces())


def run_provinces() -> frozenset[int]:
    """Provinces whose committee whoever looks is of."""
    held = (one for one in current().held if one.kind == Kind.REGION and Can.RUN_AWARD in ROLES[one.role].can)
    return frozenset(one.target for one in held)


def runs_nation() -> bool:
    """Whether whoever looks is of the national committee."""
    scope = current()
    return scope.system or any(one.kind == Kind.NATION and Can.RUN_AWARD in ROLES[one.role].can for one in scope.held)


def own_competitors() -> list[Competitor]:
    """As whom whoever looks may compete, of those that can."""
    scope, found = current(), []
    asked = [("province" if code < 100 else "regency", code) for code in sorted(scope.award_regions)]
    asked += [("village", code) for code in sorted(scope.targets(Kind.VILLAGE))]
    asked += [("employer", code) for code in sorted(scope.targets(Kind.EMPLOYER))]
    for subject, code in asked:
        try:
            found.append(competitor(subject, code))
        except Refused:
            raise
        except InputError:
            continue
    return found


def own_entries(edition_id: int | None = None) -> list[EntryRow]:
    """Entries of whoever looks: as whom they compete, and those they made; the newest first."""
    scope = current()
    rows = Entry.objects.order_by("-id")
    rows = rows.filter(edition_id=edition_id) if edition_id is not None else rows
    groups = {
        "employer": sorted(scope.targets(Kind.EMPLOYER)), "village": sorted(scope.targets(Kind.VILLAGE)),
        "regency": sorted(scope.award_regions), "province": sorted(scope.award_regions),
    }  # fmt: skip
    mine: set[int] = set()
    for subject, codes in groups.items():
        if codes:
            mine |= set(rows.filter(subject=subject, subject_code__in=codes).values_list("pk", flat=True))
    if scope.user_id:
        mine |= set(rows.filter(made_by=scope.user_id).values_list("pk", flat=True))
    return _rows(rows.filter(pk__in=mine))


@dataclass(frozen=True)
class Fit:
    """A category and somebody: `why` it is not for them (empty: it is), and their entry where there is one."""

    category: Category
    why: str
    entry: EntryRow | None


def fits(standing: Standing, one: Competitor) -> list[Fit]:
    """Every category of an edition, those that fit first."""
    there = {row.category: row for row in _rows(Entry.objects.filter(
        edition_id=standing.id, subject=one.subject, subject_code=one.code, promoted_from=None
    ))}  # fmt: skip
    found = [Fit(category, misfit(category, one), there.get(category.key)) for category in standing.says.categories.values()]
    return sorted(found, key=lambda fit: bool(fit.why))
