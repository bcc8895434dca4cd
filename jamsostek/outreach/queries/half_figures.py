"""The figures of a half-yearly report, as plain data that is kept as it was computed.

People are told in groups of five and more: a smaller group is None, and so is the next smallest of the same count, so that nobody
finds it by subtraction. Whole rupiah; months are of people (one person paid for in six months is six).
Claims are told as people are: nobody's illness or death is to be guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from jamsostek.access.scope import acting, system_scope
from jamsostek.claims.queries.families import Paid, paid_of, sent_until
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.outreach.duties import PILLARS
from jamsostek.outreach.models import Candidate, Decree, FundedMonth, PlanItem, Programme, Reconciliation
from jamsostek.outreach.queries.candidates import READER
from jamsostek.outreach.queries.strategy import regulations_on
from jamsostek.outreach.strategy import OPEN, ItemState, half_days

LEAST = 5
AGES = ((0, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 200))
UNKNOWN = "unknown"
ALWAYS = ("jkk", "jkm")
"""Programmes that are told where nothing was paid, too: every programme of a region covers both."""
BATCH = 20_000


def figures(region_code: int, year: int, half: int) -> dict[str, Any]:
    """What a region has and did in a half-year, from its own rows in sight."""
    first, last = half_days(year, half)
    return {
        "regulations": _regulations(region_code, last),
        "plan": _plan(region_code, year, first, last),
        "programmes": _programmes(region_code, year),
        "states": told(_states(region_code, year)),
        "decrees": _decrees(region_code, first, last),
        "protected": _protected(region_code, first, last),
        "reconciled": _reconciled(region_code, first, last),
        "benefits": _benefits(region_code, first, last),
    }


def one_told(count: int) -> int | None:
    """A count by itself as it may be told; None for a few people."""
    return None if 0 < count < LEAST else count


def told(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Counts of people as they may be told."""
    small = {name for name, count in cells.items() if 0 < count < LEAST}
    if len(small) == 1:
        rest = sorted((count, name) for name, count in cells.items() if count >= LEAST)
        small |= {rest[0][1]} if rest else set()
    return {name: None if name in small else count for name, count in cells.items()}


def _regulations(region_code: int, last: dt.date) -> list[dict[str, Any]]:
    rows = regulations_on(region_code, last)
    return [{"code": one.code, "kind": one.kind, "number": one.number, "year": one.year, "title": one.title} for one in rows]


def _plan(region_code: int, year: int, first: dt.date, last: dt.date) -> dict[str, dict[str, int]]:
    rows = PlanItem.objects.filter(plan__region_code=region_code, plan__year=year)
    counted = rows.values("pillar").annotate(
        items=Count("pk", ~Q(state=ItemState.DROPPED)), done=Count("pk", Q(state=ItemState.DONE)),
        done_now=Count("pk", Q(state=ItemState.DONE, state_on__gte=first, state_on__lte=last)),
        late=Count("pk", Q(state__in=OPEN, due_on__lte=last)),
    )  # fmt: skip
    nothing = dict.fromkeys(("items", "done", "done_now", "late"), 0)
    known: dict[str, dict[str, int]] = {}
    for pillar, *numbers in counted.order_by("pillar").values_list("pillar", *nothing):
        known[pillar] = dict(zip(nothing, numbers, strict=True))
    return {name: known.get(name, nothing) for name in PILLARS}


def _programmes(region_code: int, year: int) -> list[dict[str, Any]]:
    """Opened programmes of the year, each source with what it holds and what is promised from it."""
    made = []
    for one in Programme.objects.filter(region_code=region_code, year=year).exclude(state="draft").order_by("pk"):
        sources = one.sources.annotate(used=Sum("paid_for__rupiah")).order_by("position")
        made.append({
            "number": one.number, "title": one.title, "state": one.state, "invented": one.invented,
            "sources": [
                {"kind": each.kind, "title": each.title, "rupiah": each.rupiah, "used_rupiah": each.used or 0} for each in sources
            ],
        })  # fmt: skip
    return made


def _states(region_code: int, year: int) -> dict[str, int]:
    rows = Candidate.objects.filter(programme__region_code=region_code, programme__year=year).exclude(programme__state="draft")
    return dict(rows.values_list("state").annotate(people=Count("pk")).order_by("state"))


def _decrees(region_code: int, first: dt.date, last: dt.date) -> dict[str, Any]:
    rows = Decree.objects.filter(programme__region_code=region_code, approved_on__gte=first, approved_on__lte=last)
    whole = rows.aggregate(people=Sum("people"), rupiah=Sum("rupiah"))
    return {"count": rows.count(), "people": told({"": whole["people"] or 0})[""], "rupiah": whole["rupiah"] or 0}


_PROTECTED = """
    WITH paid AS (
        SELECT f.candidate_id, count(*) AS months FROM outreach_fundedmonth f
        WHERE f.month BETWEEN %(from)s AND %(to)s GROUP BY 1),
    who AS (
        SELECT c.nik_index, min(c.village_code) AS village, sum(paid.months) AS months, min(p.sex) AS sex,
               CASE WHEN count(p.id) = 0 THEN 'unknown' WHEN min(p.disability) IS NULL THEN 'no' ELSE 'yes' END AS disabled,
               extract(year FROM age(%(day)s, min(p.birth_date)))::int AS age
        FROM paid JOIN outreach_candidate c ON c.id = paid.candidate_id JOIN outreach_programme g ON g.id = c.programme_id
        LEFT JOIN outreach_person p ON p.id = c.person_id
        WHERE g.region_code = %(region)s AND (c.state = 'enrolled'
            OR EXISTS (SELECT FROM outreach_candidatestep s WHERE s.candidate_id = c.id AND s.state = 'enrolled'))
        GROUP BY c.nik_index)
    SELECT coalesce(sex, 'unknown'), disabled, age, village, months FROM who
"""


def _protected(region_code: int, first: dt.date, last: dt.date) -> dict[str, Any]:
    """People enrolled by the region's programmes whose months of the half-year are paid for."""
    asked: dict[str, int | dt.date] = {
        "region": region_code,
        "from": first.year * 100 + first.month,
        "to": last.year * 100 + last.month,
        "day": last,
    }
    by: dict[str, dict[str, int]] = {"sex": {}, "disability": {}, "age": {}}
    villages, people, months = set(), 0, 0
    with connection.cursor() as cursor:
        cursor.execute(_PROTECTED, asked)
        for sex, disabled, age, village, paid in cursor.fetchall():
            for name, key in (("sex", sex), ("disability", disabled), ("age", age_group(age))):
                by[name][key] = by[name].get(key, 0) + 1
            people, months = people + 1, months + int(paid)
            villages |= {village} - {None}
    few = 0 < people < LEAST
    return {
        "people": None if few else people, "months": None if few else months, "villages": None if few else len(villages),
        "by": {name: told(dict(sorted(cells.items()))) for name, cells in by.items()},
    }  # fmt: skip


def age_group(age: int | None) -> str:
    """`40` -> `35-44`; nothing known -> `unknown`."""
    return UNKNOWN if age is None else next((f"{least}-{most}" for least, most in AGES if least <= age <= most), UNKNOWN)


def _reconciled(region_code: int, first: dt.date, last: dt.date) -> dict[str, Any]:
    """What the monthly looks at everybody enrolled found."""
    months = (first.year * 100 + first.month, last.year * 100 + last.month)
    rows = Reconciliation.objects.filter(programme__region_code=region_code, month__range=months)
    lapsed = sum(count for one in rows for count in one.lapsed.values() if isinstance(count, int))
    saved = rows.aggregate(rupiah=Sum("saved_rupiah"))["rupiah"] or 0
    return {"lapsed": told({"": lapsed})[""], "saved_rupiah": saved, "months": rows.values("month").distinct().count()}


def _benefits(region_code: int, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """What was paid out in the half-year, by programme, for what happened to people in months the region paid for them."""
    rows = Candidate.objects.filter(programme__region_code=region_code, steps__state="enrolled")
    people = sorted({one for one in rows.values_list("participant_id", flat=True) if one is not None})
    paid: dict[str, Paid] = dict.fromkeys(ALWAYS, Paid(0, 0))
    for start in range(0, len(people), BATCH):
        for fund, one in _paid_to(region_code, people[start : start + BATCH], first, last).items():
            before = paid.get(fund, Paid(0, 0))
            paid[fund] = Paid(before.claims + one.claims, before.rupiah + one.rupiah)
    claims = told({fund: one.claims for fund, one in paid.items()})
    return [
        {"fund": fund, "claims": claims[fund], "rupiah": None if claims[fund] is None else one.rupiah}
        for fund, one in sorted(paid.items())
    ]


def _paid_to(region_code: int, people: Sequence[int], first: dt.date, last: dt.date) -> Mapping[str, Paid]:
    """The region sees no claim of its people, only these sums."""
    with acting(system_scope(_(READER))):
        sent = sent_until(people, last)
        about = {one.participant_id for one in sent}
        rows = FundedMonth.objects.filter(region_code=region_code, candidate__participant_id__in=about)
        funded = set(rows.values_list("candidate__participant_id", "month"))
        mine = [one.claim_id for one in sent if (one.participant_id, month_of(one.on)) in funded]
        return paid_of(mine, first, last)
