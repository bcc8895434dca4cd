"""Money given to people: funded in order, waiting, lapsed, replaced. Nobody is paid for twice in a month, whoever funds them.

A programme is held while its money is given; between programmes the database decides (`outreach_fundedmonth`): whoever comes
second with a month of a person finds it taken, and that person waits.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db import IntegrityError, connection, transaction

from jamsostek.access import audit
from jamsostek.access.bulk import ask, insert_rows, tell
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, span
from jamsostek.core.text import N_, _
from jamsostek.outreach import plan
from jamsostek.outreach.actions.holding import held
from jamsostek.outreach.models import Candidate, Programme, Quota
from jamsostek.outreach.queries.money import Purse, monthly, months_cost, purses
from jamsostek.registry import occupations
from jamsostek.registry.actions.sponsors import end_covers

ELSEWHERE = N_("Sudah dibayari program lain pada bulan yang sama.")
ATTEMPTS = 3
NO_MONEY = N_("Menunggu: dana atau kuota desanya sudah habis.")


@dataclass(frozen=True)
class Given:
    """What giving money did: persons funded, waiting for want of money or quota, held back as paid for elsewhere; rupiah."""

    funded: int
    waiting: int
    elsewhere: int
    rupiah: int


def fund(*, programme_id: int, today: dt.date, from_month: int | None = None) -> Given:
    """Gives what is left of the money to who is verified or waits, from first to last. `from_month`: not before this month."""
    programme = held(programme_id, Can.PLAN_MOVEMENT, "open")
    given = _given_again(programme, today, from_month)
    audit.record("programme.funded", "programme", programme.pk, fields=("candidates",))
    return given


def _given_again(programme: Programme, today: dt.date, from_month: int | None) -> Given:
    """Where another programme took a month of somebody in this moment, that person waits and the next is given to."""
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return give(programme, today, from_month)
        except IntegrityError:
            continue
    return give(programme, today, from_month)


def give(programme: Programme, today: dt.date, from_month: int | None = None) -> Given:
    """As `fund`, of a programme that is held."""
    rows = list(
        Candidate.objects.select_for_update(no_key=True)
        .filter(programme_id=programme.pk, state__in=("verified", "waiting"), nik_index__isnull=False)
        .order_by("-points", "lot", "pk").only("pk", "state", "village_code", "nik_index", "facts", "points", "lot", "reason")
    )  # fmt: skip
    there = [replace_left(one, from_month) for one in purses(programme)]
    sources = [one for one in there if one.source.from_month <= one.source.to_month]
    taken = taken_of([bytes(one.nik_index or b"") for one in rows], [one.source for one in sources])
    free = [one for one in rows if bytes(one.nik_index or b"") not in taken]
    costs = {one.source.key: monthly(one.source, programme.income_rupiah, programme.programmes) for one in sources}
    made = plan.allocate(people_of(free), [one.source for one in sources], costs, quota_left(programme))
    return _write(programme, free, [one for one in rows if bytes(one.nik_index or b"") in taken], sources, made, today)


def replace_left(purse: Purse, from_month: int | None) -> Purse:
    """The source with what is left of its money, from a month on."""
    first = max(purse.source.from_month, from_month or 0)
    return replace(purse, source=replace(purse.source, rupiah=purse.left_rupiah, from_month=first))


def people_of(rows: Sequence[Candidate]) -> plan.People:
    """As the plan reckons with them, in their order."""
    kinds = [one.facts.get("occupation") for one in rows]
    groups = {
        group: np.array([kind is not None and occupations.BY_KEY[kind].group == group for kind in kinds], dtype=np.bool_)
        for group in occupations.GROUPS
    }
    return plan.People(np.array([one.village_code or 0 for one in rows], dtype=np.int64), groups)


def quota_left(programme: Programme) -> dict[int, int] | None:
    """Room in each village; None where villages have no quota."""
    quotas: dict[int, int] = dict(Quota.objects.filter(programme_id=programme.pk).values_list("village_code", "people"))
    if not quotas:
        return None
    held_now = Candidate.objects.filter(programme_id=programme.pk, state__in=("funded", "enrolled"))
    used = Counter(held_now.values_list("village_code", flat=True))
    return {village: max(0, most - used.get(village, 0)) for village, most in quotas.items()}


def taken_of(indexes: Sequence[bytes], sources: Sequence[plan.Source]) -> set[bytes]:
    """Who is paid for in some of these months already, by whichever region; nothing else of them is told."""
    if not indexes or not sources:
        return set()
    first, last = min(one.from_month for one in sources), max(one.to_month for one in sources)
    rows = ask("SELECT nik_index FROM outreach_months_taken(%b::bytea[], %b::int[])", ("bytea", indexes), ("int", [first, last]))
    return {bytes(index) for (index,) in rows}


def _write(
    programme: Programme, free: Sequence[Candidate], elsewhere: Sequence[Candidate], purses_: Sequence[Purse], made: plan.Plan,
    today: dt.date,
) -> Given:  # fmt: skip
    funded = np.flatnonzero(made.source != plan.WAITING)
    given = [(free[int(at)], purses_[int(made.source[at])], made.spent[int(made.source[at])].each_rupiah) for at in funded]
    if given:
        tell(
            "UPDATE outreach_candidate c SET state = 'funded', state_on = g.day, reason = '', source_id = g.source,"
            " from_month = g.first, to_month = g.last, rupiah = g.rupiah"
            " FROM unnest(%b::bigint[], %b::date[], %b::bigint[], %b::int[], %b::int[], %b::bigint[])"
            " AS g (id, day, source, first, last, rupiah) WHERE c.id = g.id",
            ("bigint", [one.pk for one, _purse, _each in given]),
            ("date", [today] * len(given)),
            ("bigint", [purse.id for _one, purse, _each in given]),
            ("int", [purse.source.from_month for _one, purse, _each in given]),
            ("int", [purse.source.to_month for _one, purse, _each in given]),
            ("bigint", [each for _one, _purse, each in given]),
        )
    _take_months(programme, [(one, purse) for one, purse, _each in given])
    waiting = [free[int(at)] for at in made.waiting]
    _wait(waiting, NO_MONEY, today)
    _wait(elsewhere, ELSEWHERE, today)
    return Given(len(given), len(waiting), len(elsewhere), made.rupiah)


def _take_months(programme: Programme, given: Iterable[tuple[Candidate, Purse]]) -> None:
    """In one order for everybody, so that two who give at once wait for each other instead of standing in each other's way."""
    months = sorted(
        (bytes(one.nik_index or b""), month, one.pk)
        for one, purse in given
        for month in span(purse.source.from_month, purse.source.to_month)
    )
    insert_rows("outreach_fundedmonth", {
        "nik_index": ("bytea", [index for index, _month, _id in months]),
        "month": ("int", [month for _index, month, _id in months]),
        "candidate_id": ("bigint", [candidate for _index, _month, candidate in months]),
        "region_code": ("int", [programme.region_code] * len(months)),
    })  # fmt: skip


def _wait(rows: Sequence[Candidate], why: str, today: dt.date) -> None:
    changed = [one.pk for one in rows if one.state != "waiting" or one.reason != why]
    Candidate.objects.filter(pk__in=changed).update(state="waiting", state_on=today, reason=why)


# --- lapsing and replacing ---------------------------------------------------------------------------------------------------


def lapse(*, candidate_id: int, last_month: int, reason: str, today: dt.date) -> int:
    """Ends what is paid for one person with a month: left, moved, died. Returns the rupiah that come back."""
    row = Candidate.objects.select_related("programme", "source").filter(pk=candidate_id).first()
    if row is None:
        raise InputError(_("Calon ini tidak ada, atau bukan di daerah Anda."), remedy=_("Periksa nomornya."))
    current().need(Can.VERIFY_CANDIDATE, Place(regency=row.region_code, village=row.village_code))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa perlindungannya berhenti."))
    if row.state == "lapsed":
        return 0
    if row.state not in ("funded", "enrolled"):
        raise InputError(_("Calon ini belum dibayari."), remedy=_("Tolak calonnya, bila ia tidak berhak."))
    saved = end(row.programme, [(row, last_month, reason.strip())], today)
    audit.record("candidate.lapsed", "candidate", row.pk, fields=("to_month",), reason=reason.strip())
    return saved


def end(programme: Programme, rows: Sequence[tuple[Candidate, int, str]], today: dt.date) -> int:
    """Ends what is paid for people of one programme with a month each, and their cover; returns the rupiah that come back.

    Cover that was begun keeps its first month; who was only funded may end before it, and cost nothing.
    """
    ending, saved = [], 0
    for row, last, reason in rows:
        assert row.source is not None and row.from_month is not None and row.to_month is not None
        least = row.from_month if row.state == "enrolled" else add_months(row.from_month, -1)
        kept = min(max(last, least), row.to_month)
        cost = months_cost(row.source.kind, row.from_month, kept, programme.income_rupiah, tuple(programme.programmes))
        saved += row.rupiah - cost
        ending.append((row, kept, cost, reason))
    if not ending:
        return 0
    tell(
        "UPDATE outreach_candidate c SET state = 'lapsed', state_on = g.day, reason = g.reason, to_month = g.last,"
        " rupiah = g.rupiah"
        " FROM unnest(%b::bigint[], %b::date[], %b::text[], %b::int[], %b::bigint[]) AS g (id, day, reason, last, rupiah)"
        " WHERE c.id = g.id",
        ("bigint", [row.pk for row, *_rest in ending]),
        ("date", [today] * len(ending)),
        ("text", [reason for *_rest, reason in ending]),
        ("int", [kept for _row, kept, *_rest in ending]),
        ("bigint", [cost for _row, _kept, cost, _reason in ending]),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM outreach_fundedmonth m USING outreach_candidate c WHERE c.id = m.candidate_id AND c.id = ANY (%s)"
            " AND (c.rupiah = 0 OR m.month > c.to_month)",
            [[row.pk for row, *_rest in ending]],
        )
    covered = [(row.participant_id, kept) for row, kept, *_rest in ending if row.state == "enrolled" and row.participant_id]
    if covered:
        with acting(system_scope(_("Gerakan perlindungan pekerja rentan"))):
            end_covers(sponsor_id=programme.sponsor_id, people=covered, reason=programme.title)
    return saved


def replace_lapsed(*, programme_id: int, from_month: int, today: dt.date) -> Given:
    """Gives what came back to those who wait, from a month on; each of them stands for one who lapsed, first for first."""
    programme = held(programme_id, Can.PLAN_MOVEMENT, "open")
    before = set(Candidate.objects.filter(programme_id=programme.pk, state="funded").values_list("pk", flat=True))
    given = _given_again(programme, today, from_month)
    fresh = Candidate.objects.filter(programme_id=programme.pk, state="funded").exclude(pk__in=before).order_by("-points", "lot")
    _pair(programme, list(fresh))
    audit.record("programme.replaced", "programme", programme.pk, fields=("candidates",))
    return given


def _pair(programme: Programme, fresh: Collection[Candidate]) -> None:
    gone = Candidate.objects.filter(programme_id=programme.pk, state="lapsed", replaced_by=None).order_by("state_on", "pk")
    open_places: dict[int, list[int]] = {}
    for one in gone:
        open_places.setdefault(one.source_id or 0, []).append(one.pk)
    for one in fresh:
        places = open_places.get(one.source_id or 0)
        if places:
            Candidate.objects.filter(pk=one.pk).update(replaces_id=places.pop(0))
