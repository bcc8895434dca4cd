"""Pairs that people look at: what waits for whom, by queue, reason and village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.audit import Entry
from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current
from jamsostek.core.text import _
from jamsostek.outreach.models import Answer, Person, Run

QUEUES = ("ask", "third", "village", "sample")
"""To be answered; where two disagree; what the village was asked; the sample that shows how good the run is."""
_PAIRS = """
    WITH said AS (
        SELECT record_key, coalesce(member_key, '') AS other, count(*) FILTER (WHERE answer = 'same') AS same,
               count(*) FILTER (WHERE answer = 'different') AS different, bool_or(answer = 'village') AS village,
               bool_or(by = %(me)s AND answer <> 'withdrawn') AS mine
        FROM outreach_latest WHERE region_code = %(region)s GROUP BY 1, 2
    ), pairs AS (
        SELECT l.person_id, l.outcome, l.reasons, l.weight, p.village_code, coalesce(s.same, 0) AS same,
               coalesce(s.different, 0) AS different, coalesce(s.village, false) AS village, coalesce(s.mine, false) AS mine
        FROM outreach_link l JOIN outreach_person p ON p.id = l.person_id
        LEFT JOIN said s ON s.record_key = l.record_key AND s.other = coalesce(l.member_key, '')
        WHERE l.run_id = %(run)s AND (l.outcome = 'ask' OR l.person_id = ANY (%(sample)s))
    ), open AS (
        SELECT *, CASE WHEN same > 0 AND same = different THEN 'third'
                       WHEN different > same OR (same > different AND same >= 2) THEN 'done'
                       WHEN village THEN 'village' ELSE 'ask' END AS queue
        FROM pairs
    )"""
_WAITING = {
    "ask": "outcome = 'ask' AND queue = 'ask' AND NOT mine",
    "third": "outcome = 'ask' AND queue = 'third' AND NOT mine",
    "village": "outcome = 'ask' AND queue = 'village' AND NOT mine",
    "sample": "person_id = ANY (%(sample)s) AND NOT mine AND NOT (greatest(same, different) >= 2 AND same <> different)",
}


@dataclass(frozen=True)
class Filter:
    """Which pairs of a queue."""

    queue: str = "ask"
    reason: str = ""
    village: int | None = None


def run_of(run_id: int) -> Run:
    """A run in sight; the same refusal whether it is another's or none."""
    found = Run.objects.select_related("register", "against_register").filter(pk=run_id).first()
    if found is None:
        raise not_yours(_("Padanan ini tidak ada, atau bukan di daerah Anda."))
    return found


def _given(run: Run, **more: Any) -> dict[str, Any]:
    sample = list(run.quality.get("sample", ()))
    return {"me": current().user_id or 0, "region": run.register.region_code, "run": run.pk, "sample": sample, **more}


def _ask(run: Run, what: str, where: str = "true", tail: str = "", **given: Any) -> list[tuple[Any, ...]]:
    """Rows over the pairs of a run and what was said of each. The SQL is ours; values are given by name."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_PAIRS} SELECT {what} FROM open WHERE {where} {tail}", _given(run, **given))  # noqa: S608
        return list(cursor.fetchall())


def waiting(run: Run) -> dict[str, int]:
    """How many pairs wait for whoever asks, by queue."""
    counts = ", ".join(f"count(*) FILTER (WHERE {_WAITING[name]})" for name in QUEUES)
    return dict(zip(QUEUES, _ask(run, counts)[0], strict=True))


def pairs(run: Run, which: Filter, count: int) -> list[int]:
    """People whose pairs come next, village by village."""
    where = _WAITING[which.queue]
    where += " AND %(reason)s = ANY (reasons)" if which.reason else ""
    where += " AND village_code = %(village)s" if which.village is not None else ""
    tail = "ORDER BY village_code NULLS LAST, person_id LIMIT %(count)s"
    rows = _ask(run, "person_id", where, tail, reason=which.reason, village=which.village, count=count)
    return [row[0] for row in rows]


def places(run: Run) -> tuple[dict[str, int], dict[int | None, int]]:
    """What waits to be answered, by reason and by village."""
    reasons = _ask(run, "unnest(reasons), count(*)", _WAITING["ask"], "GROUP BY 1")
    villages = _ask(run, "village_code, count(*)", _WAITING["ask"], "GROUP BY 1 ORDER BY 2 DESC")
    return dict(reasons), dict(villages)


def asked_of_villages(count: int) -> list[tuple[int, Person]]:
    """Run and person of pairs that villages in sight are asked about and have not answered yet; of the newest run."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (l.record_key, l.member_key) l.run_id, l.person_id
            FROM outreach_latest a
            JOIN outreach_link l ON l.record_key = a.record_key AND l.member_key IS NOT DISTINCT FROM a.member_key
            WHERE a.answer = 'village' AND l.outcome = 'ask' AND NOT EXISTS (
                SELECT FROM outreach_latest b WHERE b.region_code = a.region_code AND b.record_key = a.record_key
                AND b.member_key IS NOT DISTINCT FROM a.member_key AND b.by = %s AND b.answer <> 'withdrawn')
            ORDER BY l.record_key, l.member_key, l.run_id DESC LIMIT %s""",
            [current().user_id or 0, count],
        )
        rows = cursor.fetchall()
    people = Person.objects.in_bulk([person for _run, person in rows])
    audit.record_many(Entry("look", "person", one, ("name", "birth_date"), None, "pertanyaan untuk desa") for one in people)
    return [(run, people[person]) for run, person in rows if person in people]


def my_answers(run: Run, count: int) -> list[tuple[Person, Answer]]:
    """What whoever asks answered last, the newest first; each pair once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.person_id, a.id FROM outreach_latest a JOIN outreach_link l ON l.record_key = a.record_key"
            " AND l.member_key IS NOT DISTINCT FROM a.member_key WHERE a.by = %s AND a.region_code = %s AND l.run_id = %s"
            " AND a.answer <> 'withdrawn' ORDER BY a.id DESC LIMIT %s",
            [current().user_id or 0, run.register.region_code, run.pk, count],
        )
        found = cursor.fetchall()
    people, answers = Person.objects.in_bulk([row[0] for row in found]), Answer.objects.in_bulk([row[1] for row in found])
    return [(people[person], answers[answer]) for person, answer in found]


def judged(run: Run) -> list[tuple[float, int, int]]:
    """Of the sample: the weight of each pair, and how many called it one person, how many two."""
    rows = _ask(run, "weight, same, different", "person_id = ANY (%(sample)s)")
    return [(float(weight), same, different) for weight, same, different in rows]


def progress(run: Run) -> tuple[int, int]:
    """How many of the pairs that were asked about are settled, and how many there were."""
    ((done, whole),) = _ask(run, "count(*) FILTER (WHERE queue = 'done'), count(*)", "outcome = 'ask'")
    return done, whole
