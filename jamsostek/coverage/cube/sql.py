"""A question as SQL: on cells, a sum of what was counted; on rows, one pass over the columns it needs.

Rows are grouped once by what is asked and by the first and last asked month they reach; months are spread afterwards, over
groups, so that a question of many months reads the rows no longer than one of a single month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from jamsostek.coverage.cube.lattice import column
from jamsostek.coverage.cube.schema import (
    ACTIVE,
    BIRTH_TO_MONTH,
    FLOWS,
    JOINED,
    LEFT,
    LISTS,
    MASKS,
    NEVER,
    PLACES,
    RETURNED,
    STOCKS,
    Question,
    at,
)

NOBODY_BIT = 256
"""The bit of those who have no segment, programme or payer at all."""
_ENTRY = {"joined": JOINED, "returned": RETURNED, "lapsed": LEFT}
_DEAD = 9
"""In place of a state: not a person of the month, but one who was active the month before it and died."""


def files_sql(files: Iterable[Path]) -> str:
    """A relation of Parquet files."""
    names = ", ".join("'" + str(one).replace("'", "''") + "'" for one in files)
    return f"read_parquet([{names}], hive_partitioning = false)"


def numbers(values: Iterable[int]) -> str:
    """A list for IN."""
    return ", ".join(map(str, values))


def band(months: str) -> str:
    """The age band (its number in `AGES`) of somebody so many months old."""
    return f"CASE WHEN ({months}) < 180 THEN 0 ELSE least((({months}) - 180) // 120 + 1, 6) END"


def whole(mask: str) -> str:
    """A mask with a bit for those who have none."""
    return f"CASE WHEN {mask} = 0 THEN {NOBODY_BIT} ELSE {mask}::USMALLINT END"


def bits(dimension: str, values: Collection[int | str]) -> int:
    """The mask of any of the values."""
    return sum(NOBODY_BIT if one == NEVER else 1 << LISTS[dimension].index(str(one)) for one in values)


def _dimension(name: str, question: Question, *, rows: bool) -> str:
    """What a line has of a dimension; ages on rows are dealt with by the caller."""
    place = "office" if rows and question.basis == "office" else "regency"
    if name == "province":
        return f"{place} // 100"
    if name == "regency":
        return place
    if name == "village":
        return "CASE WHEN village = 0 THEN NULL ELSE regency::BIGINT * 1000000 + village END"
    if name in MASKS:
        if rows and name == "segment" and "reported" in question.measures:
            return whole(f"(CASE WHEN state = {ACTIVE} THEN segments ELSE 0 END | declared)")
        return whole(column(name))
    return name


def _condition(name: str, values: Collection[int | str], expression: str) -> str:
    if name in MASKS:
        return f"({expression}) & {bits(name, values)} <> 0"
    wanted = values if name in PLACES else [LISTS[name].index(str(one)) for one in values]
    return f"({expression}) IN ({numbers(int(one) for one in wanted)})" if wanted else "false"


def _spread(question: Question, inner: str, sums: Sequence[str]) -> str:
    """The lines of an answer from `inner`, which has the dimensions by name: people of several bits are in several lines."""
    masks = [name for name in question.by if name in MASKS]
    joins = [f" JOIN ({_bit_table(question, name)}) AS t_{name}(bit, {name}_n) ON i.{name} & t_{name}.bit <> 0" for name in masks]
    keys = [f"t_{name}.{name}_n AS {name}" if name in masks else f"i.{name}" for name in question.by]
    having = " OR ".join(f"{one} > 0" for one in question.measures)
    told = ", ".join([*keys, *sums])
    if not keys:
        return f"SELECT {told} FROM ({inner}) AS i"
    lines = f"SELECT {told} FROM ({inner}) AS i{''.join(joins)} GROUP BY {numbers(range(1, len(keys) + 1))}"
    return f"SELECT * FROM ({lines}) WHERE {having} ORDER BY ALL"


def _bit_table(question: Question, name: str) -> str:
    wanted = question.where.get(name, (*LISTS[name], NEVER))
    places = [len(LISTS[name]) if one == NEVER else LISTS[name].index(str(one)) for one in wanted]
    return "VALUES " + ", ".join(f"({bits(name, [one])}, {place})" for one, place in zip(wanted, places, strict=True))


def cells_sql(question: Question, files: Iterable[Path]) -> str:
    """A question on the cells of a lattice that holds it."""
    parts = [f"{_dimension(name, question, rows=False)} AS {name}" for name in question.by]
    wheres = [f"month IN ({numbers(question.months)})"]
    wheres += [_condition(name, values, _dimension(name, question, rows=False)) for name, values in question.where.items()]
    inner = f"SELECT {', '.join([*parts, *question.measures])} FROM {files_sql(files)} WHERE {' AND '.join(wheres)}"
    return _spread(question, inner, [f"coalesce(sum({one}), 0)::BIGINT AS {one}" for one in question.measures])


def rows_sql(question: Question, files: Sequence[Path]) -> str:
    """A question on the rows; a month in the answer is its place among the months asked."""
    relation = files_sql(files)
    groups = []
    if set(question.measures) - {"died"}:
        groups.append(_grouped(question, relation, "from_month", "to_month", "state", _living(question)))
    if "died" in question.measures:
        groups.append(_grouped(question, relation, "to_month + 1", "to_month + 1", str(_DEAD), ["died", f"state = {ACTIVE}"]))
    months = [at(one) for one in question.months]
    inner = f"SELECT *, unnest(range(first_at, last_at + 1)) AS slot FROM ({' UNION ALL BY NAME '.join(groups)})"
    age = band(f"{_month_at(months)} + {BIRTH_TO_MONTH} - birth")
    parts = ["slot AS month" if name == "month" else f"{age} AS age" if name == "age" else name for name in question.by]
    wheres = [_condition("age", question.where["age"], age)] if "age" in question.where else []
    spread = f"SELECT {', '.join([*parts, 'state', 'entry', 'slot', 'first_at', 'n'])} FROM ({inner})"
    if wheres:
        spread += f" WHERE {' AND '.join(wheres)}"
    if question.measures in (("active",), ("registered",), ("reported",)):  # nobody else is in the groups
        return _spread(question, spread, [f"coalesce(sum(n), 0)::BIGINT AS {question.measures[0]}"])
    return _spread(
        question, spread, [f"coalesce(sum(n) FILTER (WHERE {_counted(one)}), 0)::BIGINT AS {one}" for one in question.measures]
    )


def _living(question: Question) -> list[str]:
    """Rows that can count at all."""
    asked = set(question.measures) - {"died"}
    if asked == {"active"}:
        return [f"state = {ACTIVE}"]
    if asked == {"reported"}:
        return [f"(state = {ACTIVE} OR declared <> 0)"]
    if asked <= set(FLOWS):
        return [
            f"entry IN ({numbers(_ENTRY[one] for one in sorted(asked))})",
            f"from_month IN ({numbers(map(at, question.months))})",
        ]
    return []


def _grouped(question: Question, relation: str, first: str, last: str, state: str, wheres: list[str]) -> str:
    months = [at(one) for one in question.months]
    flows = bool(set(question.measures) & set(FLOWS)) and state == "state"
    keys = [
        f"{_dimension(name, question, rows=True)} AS {name}" for name in question.by if name not in ("month", "age")
    ]  # fmt: skip
    if "age" in question.dimensions:
        keys.append("birth")
    entry = f"CASE WHEN from_month IN ({numbers(months)}) THEN entry ELSE 0 END" if flows else "0"
    others = {
        "state": _state(question, state), "entry": entry, "first_at": reached(months, first), "last_at": left(months, last),
    }  # fmt: skip
    fixed = [f"{value} AS {name}" for name, value in others.items() if value.isdigit()]  # the same in all rows: no key
    keys += [f"{value} AS {name}" for name, value in others.items() if not value.isdigit()]
    limits = [f"{first} <= {months[-1]}", f"{last} >= {months[0]}"]
    told = [
        _condition(name, values, _dimension(name, question, rows=True))
        for name, values in question.where.items()
        if name != "age"
    ]
    having = " HAVING first_at <= last_at" if len(months) > 1 else ""
    kept = " AND ".join(wheres + limits + told)
    groups = f"SELECT {', '.join([*keys, 'count(*) AS n'])} FROM {relation} WHERE {kept}{' GROUP BY ALL' if keys else ''}{having}"
    return f"SELECT {', '.join(['*', *fixed])} FROM ({groups})"


def _state(question: Question, state: str) -> str:
    """What of a row's state has to be told apart for the measures asked."""
    if state != "state":
        return state
    asked = set(question.measures) & set(STOCKS)
    if asked <= {"registered"} or asked == {"active"} == set(question.measures) - {"died"}:
        return str(ACTIVE)
    if asked == {"reported"} == set(question.measures) - {"died"}:
        return "4"
    if "reported" in asked:
        return f"CASE WHEN state = {ACTIVE} OR declared <> 0 THEN state + 4 ELSE state END"
    return "state"


def _counted(measure: str) -> str:
    if measure in _ENTRY:
        return f"state <> {_DEAD} AND entry = {_ENTRY[measure]} AND slot = first_at"
    return {
        "registered": f"state <> {_DEAD}",
        "ever": "state & 3 <> 0 AND state < 8",
        "active": f"state & 3 = {ACTIVE} AND state < 8",
        "reported": "state BETWEEN 4 AND 7",
        "died": f"state = {_DEAD}",
    }[measure]


def _month_at(months: Sequence[int]) -> str:
    """The month at a place."""
    step = _step(months)
    return f"({months[0]} + slot * {step})" if step else f"{list(months)}[slot + 1]"


def reached(months: Sequence[int], first: str) -> str:
    """The place in `months` of the first that is not before `first`; their number where all are."""
    step = _step(months)
    if step:
        return f"greatest(({first} - {months[0]} + {step - 1}) // {step}, 0)" if len(months) > 1 else "0"
    return " + ".join(f"({first} > {one})::INTEGER" for one in months)


def left(months: Sequence[int], last: str) -> str:
    """The place in `months` of the last that is not after `last`; -1 where all are."""
    step = _step(months)
    if step:
        return f"least(({last} - {months[0]}) // {step}, {len(months) - 1})" if len(months) > 1 else "0"
    return " + ".join(f"({last} >= {one})::INTEGER" for one in months) + " - 1"


def _step(months: Sequence[int]) -> int:
    """The distance between months that are evenly apart, else 0."""
    steps = {later - sooner for sooner, later in pairwise(months)} or {1}
    return steps.pop() if len(steps) == 1 else 0
