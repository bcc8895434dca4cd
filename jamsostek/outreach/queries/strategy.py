"""A region's strategy as it is read: regulations, plans with their history, reports, and who has done what in the nation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.outreach.duties import PILLARS, duty, words
from jamsostek.outreach.models import HalfReport, PlanChange, PlanItem, Programme, Regulation, StrategyPlan
from jamsostek.outreach.strategy import OPEN, ItemState, RegulationState, may_there

# --- regulations ----------------------------------------------------------------------------------------------------------


def in_force(first: dt.date, last: dt.date) -> Q:
    """Confirmed and in force on some day of these."""
    holds = Q(in_force_until=None) | Q(in_force_until__gte=first)
    return Q(state=RegulationState.CONFIRMED, in_force_from__lte=last) & holds


def public_regulations(
    *, search: str = "", kind: str = "", settles: str = "", region: int | None = None, year: int | None = None
) -> QuerySet[Regulation]:
    """Confirmed regulations, the newest first; of a province with those of its regencies."""
    rows = Regulation.objects.filter(state=RegulationState.CONFIRMED).order_by("-signed_on", "-pk")
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(number__icontains=search))
    if kind:
        rows = rows.filter(kind=kind)
    if settles:
        rows = rows.filter(settles__contains=[settles])
    if region is not None:
        rows = rows.filter(region_code__in=[region, *(one.code for one in REGENCIES.values() if one.province_code == region)])
    return rows if year is None else rows.filter(year=year)


def regulations_here(region_code: int) -> QuerySet[Regulation]:
    """All of one region in sight, those that wait on top."""
    return Regulation.objects.filter(region_code=region_code).order_by("confirmed_on", "-signed_on", "-pk").reverse()


def regulations_on(region_code: int, day: dt.date) -> QuerySet[Regulation]:
    """Regulations of one region in force on a day."""
    return Regulation.objects.filter(in_force(day, day), region_code=region_code).order_by("signed_on", "pk")


def regulation(code: int) -> Regulation:
    """One in sight; raises `Refused`."""
    row = Regulation.objects.select_related("replaces").filter(code=code).first()
    if row is None:
        raise not_yours(_("Peraturan ini tidak ada, atau bukan wewenang Anda."))
    return row


def replaced_by(row: Regulation) -> Regulation | None:
    """The confirmed one that took its place."""
    return row.replaced_by.filter(state=RegulationState.CONFIRMED).order_by("pk").first()


def paper(row: Regulation) -> bytes:
    """Its PDF. Raises `FileGone`."""
    return files.read(row.file_digest)


@dataclass(frozen=True)
class Held:
    """A confirmed regulation as whoever scores regions reads it."""

    code: int
    region_code: int
    village_code: int | None
    kind: str
    number: str
    year: int
    signed_on: dt.date
    title: str
    settles: tuple[str, ...]
    in_force_from: dt.date
    in_force_until: dt.date | None
    replaces: int | None


def regulations_of(region: int, year: int) -> list[Held]:
    """Regulations of one region (its own, with its villages') in force on some day of a year, the oldest first."""
    rows = Regulation.objects.filter(in_force(dt.date(year, 1, 1), dt.date(year, 12, 31)), region_code=region)
    return [
        Held(
            one.code, one.region_code, one.village_code, one.kind, one.number, one.year, one.signed_on, one.title,
            tuple(one.settles), one.in_force_from, one.in_force_until, one.replaces.code if one.replaces else None,
        )
        for one in rows.select_related("replaces").order_by("signed_on", "pk")
    ]  # fmt: skip


# --- plans ------------------------------------------------------------------------------------------------------------------


def item_title(item: PlanItem) -> str:
    """What an item is called: where it is a duty's own words, in the reader's language."""
    found = duty(item.duty) if item.duty else None
    if found is not None and found.plan is not None and item.title == found.plan["id"]:
        return words(found.plan)
    return item.title


def is_late(item: PlanItem, today: dt.date) -> bool:
    """Whether its day is over and it is neither done nor dropped."""
    return item.state in OPEN and item.due_on < today


@dataclass(frozen=True)
class Progress:
    """How far items are; dropped ones do not count."""

    items: int
    done: int
    late: int


@dataclass(frozen=True)
class Plan:
    """A region's plan: its items by part, in the order of their days."""

    region_code: int
    year: int
    items: Mapping[str, Sequence[PlanItem]]

    def progress(self, today: dt.date, pillar: str = "") -> Progress:
        """How far it is, all of it or a part."""
        found = [one for name, items in self.items.items() for one in items if pillar in ("", name)]
        count = [one for one in found if one.state != ItemState.DROPPED]
        done = sum(1 for one in count if one.state == ItemState.DONE)
        return Progress(len(count), done, sum(1 for one in count if is_late(one, today)))


def plan(region_code: int, year: int) -> Plan:
    """A plan in sight; one that was not begun is empty."""
    rows = PlanItem.objects.filter(plan__region_code=region_code, plan__year=year)
    found = list(rows.select_related("plan", "regulation", "programme").order_by("due_on", "pk"))
    return Plan(region_code, year, {name: [one for one in found if one.pillar == name] for name in PILLARS})


def plan_years(region_code: int) -> list[int]:
    """Years there are plans of, the newest first."""
    return list(StrategyPlan.objects.filter(region_code=region_code).order_by("-year").values_list("year", flat=True))


def item(item_id: int) -> PlanItem:
    """One in sight; raises `Refused`."""
    row = PlanItem.objects.select_related("plan", "regulation", "programme").filter(pk=item_id).first()
    if row is None:
        raise not_yours(_("Butir ini tidak ada, atau bukan wewenang Anda."))
    return row


def changes(row: PlanItem) -> list[PlanChange]:
    """All that happened to it, in order."""
    return list(PlanChange.objects.filter(item=row).order_by("pk"))


def proof_file(row: PlanItem) -> bytes:
    """The file that proves it. Raises `FileGone`."""
    return files.read(row.file_digest)


def proofs_for(region_code: int, year: int) -> tuple[list[Regulation], list[tuple[Programme, int]]]:
    """What may prove an item: confirmed regulations of the region and its province; opened programmes with their money."""
    places = [region_code, *([REGENCIES[region_code].province_code] if region_code in REGENCIES else [])]
    rules = Regulation.objects.filter(state=RegulationState.CONFIRMED, region_code__in=places).order_by("-signed_on")
    programmes = Programme.objects.filter(region_code=region_code, year=year).exclude(state="draft")
    return list(rules), [(one, one.rupiah or 0) for one in programmes.annotate(rupiah=Sum("sources__rupiah")).order_by("pk")]


def names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of users, for who did what."""
    return dict(User.objects.filter(pk__in=[one for one in user_ids if one]).values_list("pk", "name"))


# --- reports ----------------------------------------------------------------------------------------------------------------


def reads_reports(region_code: int) -> bool:
    """Whether the user works there, or reads sums there: somebody of another region does neither."""
    return any(may_there(one, region_code) for one in (Can.SEE_MOVEMENT, Can.READ_CELLS))


def reports(region_code: int) -> list[HalfReport]:
    """All versions in sight, the newest on top."""
    return list(HalfReport.objects.filter(region_code=region_code)) if reads_reports(region_code) else []


def report(report_id: int) -> HalfReport:
    """One in sight; raises `Refused`."""
    row = HalfReport.objects.filter(pk=report_id).first()
    if row is None or not reads_reports(row.region_code):
        raise not_yours(_("Laporan ini tidak ada, atau bukan wewenang Anda."))
    return row


def newest_sent(year: int, half: int, region_code: int) -> HalfReport | None:
    """The version that holds, of those that were sent."""
    rows = HalfReport.objects.filter(region_code=region_code, year=year, half=half, state="sent")
    return rows.order_by("-version").first()


def sent_in(year: int, regions: Iterable[int]) -> dict[int, dict[int, int]]:
    """Reports of a year that hold, of those that were sent: by region and half, the newest version's id."""
    found: dict[int, dict[int, int]] = {}
    rows = HalfReport.objects.filter(year=year, region_code__in=list(regions), state="sent").order_by("version")
    for region, half, pk in rows.values_list("region_code", "half", "pk"):
        found.setdefault(region, {})[half] = pk
    return found


# --- who has done what --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What regions have done in a year; whole rupiah. `hidden` regions have one to four people each, left out of `people`."""

    regulations: int = 0
    regulated: int = 0
    """Regions with at least one regulation in force."""
    budget_rupiah: int = 0
    people: int = 0
    hidden: int = 0
    items: int = 0
    items_done: int = 0
    items_late: int = 0
    first_sent: int = 0
    second_sent: int = 0
    regions: int = 0

    def plus(self, other: Told) -> Told:
        """Both together."""
        return Told(*(getattr(self, name) + getattr(other, name) for name in Told.__dataclass_fields__))


def told(year: int, today: dt.date) -> dict[int, Told]:
    """Of every province and regency of today by its code, also of those that have done nothing. Raises `Refused`."""
    if not any(current().may(one) for one in (Can.READ_CELLS, Can.SEE_MOVEMENT)):
        raise not_yours()
    found = {code: Told(regions=1) for code in (*PROVINCES, *REGENCIES)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_strategy_told(%s, %s)", [year, today])
        for row in cursor.fetchall():
            found[row[0]] = _told(row[1:])
    return found


def _told(row: Sequence[Any]) -> Told:
    rules, rupiah, people, items, done, late, first, second = row
    return Told(
        rules, int(rules > 0), rupiah, people or 0, int(people is None), items, done, late, int(first is not None),
        int(second is not None), 1,
    )  # fmt: skip


def of_province(found: Mapping[int, Told], province: int) -> Told:
    """A province's own and its regencies' together."""
    whole = found[province]
    for code, one in REGENCIES.items():
        whole = whole.plus(found[code]) if one.province_code == province else whole
    return whole
