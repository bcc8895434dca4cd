"""What another rule would change: who would come in, who would fall out, among as many as the money pays for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from jamsostek.outreach import priority
from jamsostek.outreach.models import Candidate, Programme, Rule
from jamsostek.outreach.queries.money import capacity

BY = ("village_code", "sex", "disability", "occupation")
"""What an effect is told by."""
_SCHEMA = {
    "decile": pa.int8(), "occupation_risk": pa.int8(), "disability": pa.bool_(), "woman_head": pa.bool_(),
    "children_school": pa.int16(), "age": pa.int64(), "sex": pa.string(), "occupation": pa.string(), "village_code": pa.int64(),
    "key": pa.string(),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """For one programme: how many it pays for, how many stay, enter and leave, and the same for each value of each of `BY`."""

    number: int
    title: str
    count: int
    stay: int
    enter: int
    leave: int
    by: Mapping[str, Mapping[str, tuple[int, int, int]]]


def effect_of(rule: Rule) -> dict[str, Any]:
    """As kept with a rule: the effect on every programme of its region that is not closed."""
    programmes = Programme.objects.filter(region_code=rule.region_code).exclude(state="closed").select_related("rule")
    changes = [change_of(one, priority.Rule.from_json(json.dumps(rule.rule))) for one in programmes]
    return {"programmes": [vars(one) | {"by": {name: dict(cells) for name, cells in one.by.items()}} for one in changes]}


def change_of(programme: Programme, rule: priority.Rule, count: int | None = None) -> Change:
    """What `rule` would change in a programme in the place of the one it has; `count` people, else as many as its money pays."""
    people = candidates_table(programme)
    many = min(count if count is not None else capacity(programme), people.num_rows)
    held = priority.Rule.from_json(json.dumps(programme.rule.rule))
    found = priority.effect(people, held, rule, many)
    by = {name: found.by(people, name) for name in BY}
    return Change(programme.number, programme.title, many, len(found.stay), len(found.enter), len(found.leave), by)


def candidates_table(programme: Programme) -> pa.Table:
    """Everybody who stands in line or is paid for: the facts points are given for, `key`."""
    rows = Candidate.objects.filter(programme_id=programme.pk).exclude(state__in=("refused", "lapsed"))
    return as_table(rows.values_list("facts", "record_key"))


def as_table(rows: Iterable[tuple[Mapping[str, Any], Any]]) -> pa.Table:
    """Facts and keys of candidates as points are given for them."""
    told = [{**facts, "key": bytes(key).hex()} for facts, key in rows]
    return pa.Table.from_pylist(told, schema=pa.schema(list(_SCHEMA.items())))


def facts_kept(facts: pa.Table, snapshot_on: dt.date) -> list[dict[str, Any]]:
    """What is kept of each person for points and figures, with the day it speaks of."""
    names = [name for name in _SCHEMA if name != "key"]
    return [{**row, "snapshot_on": snapshot_on.isoformat()} for row in facts.select(names).to_pylist()]
