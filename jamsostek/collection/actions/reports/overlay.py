"""A month as it will be when a report's exceptions are applied: the registry's lines with the exceptions laid over them.

Nothing is computed here; the law's kernels take the lines as they take those of a bill.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.collection.billing import reading
from jamsostek.collection.billing.computing import BPU, RULES, Int64, Lines
from jamsostek.collection.billing.reading import Due
from jamsostek.core.months import add_months, month_of

PROVISIONAL = 1 << 39
"""From here on count people who have no number yet: above every participant, below what a key of `comparing` holds."""
_SEGMENTS = {"pu": 0, "non_asn": 1}
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Exceptions:
    """A report's exceptions by kind; each is a list of its facts."""

    month: int
    wages: tuple[tuple[int, int, int], ...] = ()
    """Participant, wage, the first later month with a wage of its own (999912: none)."""
    left: tuple[tuple[int, int], ...] = ()
    """Participant and the last month."""
    absent: tuple[int, ...] = ()
    come: tuple[tuple[int, int, int | None, int, int, int], ...] = ()
    """Those who are to be added: participant, first month, last month, segment, wage, day of birth."""
    first_month: int = 0
    """The first contribution month anything changes in."""


def exceptions_of(report_id: int, month: int) -> Exceptions:
    """The exceptions of a report, as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [month, report_id])
        rows = cursor.fetchall()
    wages: list[tuple[int, int, int]] = []
    left: list[tuple[int, int]] = []
    absent: list[int] = []
    come: list[tuple[int, int, int | None, int, int, int]] = []
    first = month
    for pk, kind, participant, wage, before, day, segment, birth, later in rows:
        person = participant if participant is not None else PROVISIONAL + pk
        born, sort = (birth - _EPOCH).days, _SEGMENTS.get(segment, 2)
        if kind == "wage":
            wages.append((person, wage, later or 999912))
        elif kind == "leave":
            left.append((person, month_of(day)))
            first = min(first, add_months(month_of(day), 1))
        elif kind == "absent":
            absent.append(person)
        elif kind == "present":
            come.append((person, month, month, sort, before, born))
        elif kind == "stay":
            come.append((person, add_months(month_of(day), 1), None, sort, before, born))
            first = min(first, add_months(month_of(day), 1))
        else:
            come.append((person, month_of(day), None, sort, wage, born))
            first = min(first, month_of(day))
    return Exceptions(month, tuple(wages), tuple(left), tuple(absent), tuple(come), first)


_CHANGES = """
    SELECT c.id, c.kind, c.participant_id, c.wage_rupiah, c.before_rupiah, c.day, c.segment, c.birth_date,
           CASE WHEN c.kind = 'wage' THEN (SELECT min(w.from_month) FROM registry_wage w
                                           WHERE w.employment_id = c.employment_id AND w.from_month > %s) END
    FROM collection_reportchange c WHERE c.report_id = %s ORDER BY c.id
"""


def due_with(employer_id: int, month: int, exceptions: Exceptions) -> Due:
    """Who will be billed for a month, and with what wage, once the exceptions are applied."""
    due = reading.due_of_employer(employer_id, month)
    lines = _without(due.lines, month, exceptions)
    lines = _with_those(lines, due, month, exceptions)
    lines = _waged(lines, month, exceptions)
    return reading.with_reliefs(month, due.payers, lines)


def _without(lines: Lines, month: int, exceptions: Exceptions) -> Lines:
    gone = [person for person, last in exceptions.left if month > last]
    if month == exceptions.month:
        gone += exceptions.absent
    return _chosen(lines, ~np.isin(lines.participant, np.array(gone, np.int64))) if gone else lines


def _with_those(lines: Lines, due: Due, month: int, exceptions: Exceptions) -> Lines:
    come = [one for one in exceptions.come if one[1] <= month and (one[2] is None or month <= one[2])]
    if not come or not len(due.payers):
        return lines
    person, _first, _last, segment, wage, birth = (np.array(column, object) for column in zip(*come, strict=True))
    employer = np.full(len(come), due.payers.ids[0], np.int64)
    parts = (_int(column) for column in (person, segment, wage, birth))
    participant, sort, rupiah, born = parts
    fresh = reading.work(due.payers, employer, participant, sort, rupiah, born)
    fresh = _chosen(fresh, ~np.isin(fresh.participant, lines.participant))
    both = [np.concatenate([getattr(lines, name), getattr(fresh, name)]) for name in _FIELDS]
    whole = Lines(*both)
    return _chosen(whole, np.argsort(whole.participant, kind="stable"))


def _waged(lines: Lines, month: int, exceptions: Exceptions) -> Lines:
    here = [(person, wage) for person, wage, later in exceptions.wages if exceptions.month <= month < later]
    if not here or not len(lines):
        return lines
    people, wages = (np.array(column, np.int64) for column in zip(*here, strict=True))
    at = np.minimum(np.searchsorted(lines.participant, people), len(lines) - 1)
    hit = (lines.participant[at] == people) & (lines.rule[at] != RULES.index(BPU))
    wage = lines.wage.copy()
    wage[at[hit]] = wages[hit]
    return Lines(lines.payer, lines.participant, lines.rule, lines.birth_days, lines.flags, wage)


_FIELDS = ("payer", "participant", "rule", "birth_days", "flags", "wage")


def _chosen(lines: Lines, rows: Any) -> Lines:
    return Lines(*(getattr(lines, name)[rows] for name in _FIELDS))


def _int(values: Any) -> Int64:
    return np.array([int(one) for one in values], np.int64)
