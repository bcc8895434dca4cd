"""What was billed for a month beside what is owed by what is known now: differences, line by line.

Works on many payers of one kind at once. Stored lines are summed over every bill that asks for the month and was not taken
back, so a second reassessment sees the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from jamsostek.access.rows import copy_out
from jamsostek.collection.billing.computing import ALLOCATED, AMOUNTS, Int64, Lines, Owed, Payers, owed
from jamsostek.collection.billing.reading import Due

_BITS = 40
"""Room for a participant's id beside the place of its payer in one key."""


@dataclass(frozen=True)
class Differences:
    """Lines that differ and by how much (amounts may be negative); payers with at least one."""

    payers: Payers
    lines: Lines
    amounts: Owed

    def __len__(self) -> int:
        return len(self.payers)


def differences(month: int, due: Due) -> Differences:
    """How the lines of `due` differ from what was billed for a month; payers not billed yet are left out."""
    stored = _stored(month, due.payers)
    payers = due.payers
    now = owed(month, payers, due.lines)
    mine, theirs = (
        _keys(due.lines.payer, due.lines.participant),
        _keys(np.searchsorted(payers.ids, stored["payer_id"]), stored["participant_id"]),
    )
    keys = np.union1d(mine, theirs)
    at_now, at_then = _places(keys, mine), _places(keys, theirs)
    changed = np.zeros(len(keys), np.bool_)
    delta: dict[str, Int64] = {}
    for name in AMOUNTS:
        delta[name] = _taken(now[name], at_now) - _taken(stored[f"{name}_rupiah"].astype(np.int64), at_then)
        changed |= delta[name] != 0
    payer = keys >> _BITS
    changed &= np.isin(payers.ids[payer], billed(month, payers))
    kept = np.flatnonzero(changed)
    lines = Lines(
        payer[kept],
        keys[kept] & ((1 << _BITS) - 1),
        _taken(due.lines.rule, at_now)[kept],
        np.where(at_now >= 0, _taken(due.lines.birth_days, at_now), _taken(stored["birth_date"].astype(np.int64), at_then))[kept],
        np.where(at_now >= 0, _taken(due.lines.flags, at_now), _taken(stored["flags"].astype(np.int64), at_then))[kept],
        _taken(due.lines.wage, at_now)[kept],
    )
    columns = {name: values[kept] for name, values in delta.items()}
    return _of_those(payers, lines, Owed(month, {**columns, **_allocated(month, payers, now, due.lines, kept, payer)}))


def of_payer(found: Differences, at: int) -> Differences:
    """The differences of the payer in one place."""
    mine = np.flatnonzero(found.lines.payer == at)
    p, lines = found.payers, found.lines
    one = slice(at, at + 1)
    payers = Payers(p.kind, p.ids[one], p.regency[one], p.risk[one], p.scale[one], p.labour_intensive[one], p.industry[one])
    kept = (lines.participant, lines.rule, lines.birth_days, lines.flags, lines.wage)
    columns = {name: values[mine] for name, values in found.amounts.columns.items()}
    return Differences(payers, Lines(np.zeros(len(mine), np.int64), *(c[mine] for c in kept)), Owed(found.amounts.month, columns))


def _keys(payer: npt.NDArray[np.int64], participant: npt.NDArray[np.int64]) -> Int64:
    return (payer.astype(np.int64) << _BITS) | participant.astype(np.int64)


def _places(keys: Int64, own: Int64) -> Int64:
    """Where each key is among `own`, -1 where it is not; `own` is in any order and without doubles."""
    if not len(own):
        return np.full(len(keys), -1, np.int64)
    order = np.argsort(own, kind="stable")
    place = np.minimum(np.searchsorted(own, keys, sorter=order), len(own) - 1)
    found: Int64 = np.where(own[order[place]] == keys, order[place], -1)
    return found


def _taken(values: Int64, places: Int64) -> Int64:
    """Values at places, zero where there is none."""
    if not len(values):
        return np.zeros(len(places), np.int64)
    found: Int64 = np.where(places >= 0, values[places], 0)
    return found


def _allocated(month: int, payers: Payers, now: Owed, lines: Lines, kept: Int64, payer: Int64) -> dict[str, Int64]:
    """How the funds' shares change: by payer, put on the payer's first changed line."""
    then = _stored_shares(month, payers)
    found = {name: np.zeros(len(kept), np.int64) for name in ALLOCATED}
    if not len(kept):
        return found
    changed, first = np.unique(payer[kept], return_index=True)
    for name in ALLOCATED:
        total = np.zeros(len(payers), np.int64)
        np.add.at(total, lines.payer, now[name])
        found[name][first] = (total - then[name])[changed]
    return found


def _of_those(payers: Payers, lines: Lines, amounts: Owed) -> Differences:
    """Payers that have a line here, and lines that point to them."""
    there = np.unique(lines.payer)
    columns = (payers.ids, payers.regency, payers.risk, payers.scale, payers.labour_intensive, payers.industry)
    fewer = Payers(payers.kind, *(column[there] for column in columns))
    moved = Lines(np.searchsorted(there, lines.payer), lines.participant, lines.rule, lines.birth_days, lines.flags, lines.wage)
    return Differences(fewer, moved, amounts)


_BILLS = (
    "FROM collection_bill b WHERE b.payer_kind = %s AND b.payer_id = ANY (%s) AND b.{owner} = ANY (%s) AND b.kind IN (1, 2)"
    " AND %s BETWEEN b.from_month AND b.from_month + (b.months - 1) / 12 * 100 + (b.months - 1) %% 12"
    " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)"
)
_OWNERS = {1: "employer_id", 2: "sponsor_id", 3: "participant_id"}


def _bills(payers: Payers) -> str:
    return _BILLS.format(owner=_OWNERS[payers.kind])


def _stored(month: int, payers: Payers) -> npt.NDArray[np.void]:
    """What was billed, by payer and participant."""
    ids = payers.ids.tolist()
    sums = ", ".join(f"sum(l.{name}_rupiah)::bigint AS {name}_rupiah" for name in AMOUNTS)
    return copy_out(
        f"SELECT x.payer_id, l.participant_id, max(l.birth_date) AS birth_date, max(l.flags) AS flags, {sums}"  # noqa: S608
        f" FROM (SELECT b.id, b.payer_id, b.month, b.part {_bills(payers)} OFFSET 0) AS x"
        " JOIN collection_line l ON l.bill_id = x.id AND l.month = x.month AND l.part = x.part AND l.for_month = %s"
        " GROUP BY 1, 2",
        [payers.kind, ids, ids, month, month],
    )


def _stored_shares(month: int, payers: Payers) -> dict[str, Int64]:
    ids = payers.ids.tolist()
    sums = ", ".join(f"sum(b.{name}_rupiah)::bigint" for name in ALLOCATED)
    found = {name: np.zeros(len(payers), np.int64) for name in ALLOCATED}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT b.payer_id, {sums} {_bills(payers)} GROUP BY 1", [payers.kind, ids, ids, month])
        for payer, *values in cursor.fetchall():
            at = int(np.searchsorted(payers.ids, payer))
            for name, value in zip(ALLOCATED, values, strict=True):
                found[name][at] = value
    return found


def billed(month: int, payers: Payers) -> Int64:
    """Those payers who were billed for a month."""
    ids = payers.ids.tolist()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT b.payer_id {_bills(payers)}", [payers.kind, ids, ids, month])
        return np.array(sorted(row[0] for row in cursor.fetchall()), np.int64)


def months_billed(kind: int, payer_id: int) -> Sequence[int]:
    """The contribution months a payer was billed for, in order."""
    owner = _OWNERS[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT from_month FROM collection_bill b WHERE payer_kind = %s AND {owner} = %s AND kind = 1"  # noqa: S608
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id) ORDER BY 1",
            [kind, payer_id],
        )
        return [row[0] for row in cursor.fetchall()]
