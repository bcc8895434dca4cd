"""Running a rule: for one person, for many, split by the law in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, parse_date, parse_month
from jamsostek.core.text import _
from jamsostek.law.engine.arrays import EPOCH, Array, Outputs, Ragged
from jamsostek.law.engine.inputs import Records
from jamsostek.law.engine.outputs import Output
from jamsostek.law.engine.rules import Rule, get_rule
from jamsostek.law.parameters import Law, law_on


def _check_one_of(found: Rule, given: Mapping[str, Any]) -> None:
    for names in found.one_of:
        if sum(given.get(n) is not None for n in names) != 1:
            raise InputError(_("Isi tepat satu dari {names}.").format(names=", ".join(names)), field=names[0])


def arrays_of(found: Rule, inputs: Mapping[str, Any], rows: int) -> dict[str, Any]:
    """Every input of a rule as checked arrays of `rows` rows."""
    for name in inputs:
        found.input(name)
    _check_one_of(found, inputs)
    return {i.name: i.many(inputs.get(i.name), rows) for i in found.inputs}


def moment(found: Rule, month: Any, date: Any) -> tuple[dt.date, int]:
    """The day whose law holds and the int a rule `at_dates` gets, for one month or date."""
    if found.when == "month":
        if month is None:
            raise InputError(_("Bulan iuran belum ada."), field="month", remedy=_("Tulis --month 2025-03."))
        number = parse_month(month)
        return first_day(number), number
    if date is None:
        raise InputError(_("Tanggal kejadian belum ada."), field="date", remedy=_("Tulis --date 2025-03-01."))
    day = parse_date(date)
    return day, (day - EPOCH).days


def compute(found: Rule, law: Law, arrays: Mapping[str, Any], when: Any) -> Outputs:
    """Runs the rule's kernel on checked arrays under one law."""
    if found.at_dates:
        return found.compute(law, when=when, **arrays)
    return found.compute(law, **arrays)


def one_person(found: Rule, month: Any, date: Any, inputs: Mapping[str, Any]) -> tuple[dt.date, Array, dict[str, Any]]:
    """(the day whose law holds, the moment a rule `at_dates` gets, every input as an array of one)."""
    day, number = moment(found, month, date)
    for name in inputs:
        found.input(name)
    _check_one_of(found, inputs)
    arrays = {
        i.name: i.many([inputs.get(i.name)], 1)
        if isinstance(i, Records)
        else np.array([i.one_or_default(inputs.get(i.name))], dtype=np.int64)
        for i in found.inputs
    }
    return day, np.array([number], dtype=np.int64), arrays


def calculate(
    rule: str,
    *,
    month: int | str | None = None,
    date: str | dt.date | None = None,
    law: Law | None = None,
    **inputs: Any,
) -> dict[str, Any]:
    """One person: inputs by the names of the vocabulary, outputs likewise; what the rule does not give is left out.

    `law` replaces the law of the month or date (another reading, an earlier knowledge, a reform).
    """
    found = get_rule(rule)
    day, when, arrays = one_person(found, month, date, inputs)
    outputs = compute(found, law or law_on(day), arrays, when)
    return present_row(found, outputs, 0)


def present_row(found: Rule, outputs: Outputs, row: int) -> dict[str, Any]:
    """One row's outputs as Python has them, those that are None left out."""
    shown = {o.name: o.present(outputs[o.name], row) for o in found.outputs}
    return {name: value for name, value in shown.items() if value is not None}


def calculate_many(
    rule: str,
    *,
    month: Any = None,
    date: Any = None,
    law: Callable[[dt.date], Law] | Law | None = None,
    only: Sequence[str] | None = None,
    **inputs: Any,
) -> dict[str, Any]:
    """Many people at once: arrays (or scalars for all) in, arrays of the same length out.

    `month` or `date` may be one value or one per row; rows are split by the law in force. Money, counts and days come as
    int64, flags as bool, dates as datetime64[D], names and lists as lists; `only` names the outputs wanted (all when left out).
    A wrong row is named and nothing is computed.
    """
    found = get_rule(rule)
    wanted = found.outputs if only is None else tuple(found.output(name) for name in only)
    moments = month if found.when == "month" else date
    rows = _rows(inputs, moments)
    arrays = arrays_of(found, inputs, rows)
    days, numbers, groups = _moments(found, moments, rows)
    outputs: dict[str, Any] = {o.name: np.empty(0, _DTYPES[o.kind]) if o.kind in _DTYPES else [] for o in wanted if not rows}
    for group in groups:
        law_of_group = _law_for(law, days[int(group[0])])
        part = arrays if len(groups) == 1 else {n: _taken(a, group) for n, a in arrays.items()}
        when = numbers if len(groups) == 1 else numbers[group]
        try:
            computed = compute(found, law_of_group, part, when)
        except InputError as error:  # a kernel knows the row of its group; the caller knows their own
            error.row = int(group[(error.row or 1) - 1]) + 1
            raise
        _place(wanted, outputs, computed, group, rows)
    return {o.name: outputs[o.name] for o in wanted if o.name in outputs}


def _law_for(law: Callable[[dt.date], Law] | Law | None, day: dt.date) -> Law:
    if law is None:
        return law_on(day)
    return law if isinstance(law, Law) else law(day)


def _rows(inputs: Mapping[str, Any], moments: Any) -> int:
    """The number of rows, from whatever input has one value per row."""
    lengths = {
        name: len(v)
        for name, v in {**inputs, "month": moments}.items()
        if isinstance(v, (np.ndarray, list, tuple)) and not _scalar_list(name, v)
    }
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{n} {k}" for n, k in lengths.items())
        raise InputError(_("Panjang kolom berbeda: {told}.").format(told=told))
    return next(iter(lengths.values()), 1)


def _scalar_list(name: str, value: Any) -> bool:
    """`programmes=["jkk", "jkm"]` is one value for all rows, not two rows."""
    return name == "programmes" and isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)


def _moments(found: Rule, moments: Any, rows: int) -> tuple[list[dt.date], Array, list[Array]]:
    """The days of law, the ints for the rule, and the rows grouped by law."""
    month = found.when == "month"
    if not isinstance(moments, (np.ndarray, list, tuple)):
        day, number = moment(found, moments if month else None, None if month else moments)
        return [day] * rows if rows else [], np.full(rows, number, np.int64), [np.arange(rows)] if rows else []
    listed = _listed(moments)
    told = {v: moment(found, v if month else None, None if month else v) for v in dict.fromkeys(listed)}
    regimes = {v: law_on(day).regime for v, (day, _number) in told.items()}
    by_law: dict[int, list[int]] = {}
    for row, value in enumerate(listed):
        by_law.setdefault(regimes[value], []).append(row)
    numbers = np.array([told[v][1] for v in listed], dtype=np.int64)
    return [told[v][0] for v in listed], numbers, [np.array(g) for g in by_law.values()]


def _listed(moments: Any) -> list[Any]:
    """Months or dates of any array or sequence as a list of Python values."""
    if isinstance(moments, np.ndarray):
        found: list[Any] = (moments.astype("datetime64[D]") if moments.dtype.kind == "M" else moments).tolist()
        return found
    return list(moments)


def _taken(values: Any, rows: Array) -> Any:
    if not isinstance(values, Ragged):
        return values[rows]
    lengths = np.diff(values.starts)[rows]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    lines = np.concatenate([np.arange(values.starts[r], values.starts[r + 1]) for r in rows] or [np.zeros(0, np.int64)])
    return Ragged(starts, {n: c[lines.astype(np.int64)] for n, c in values.columns.items()})


def _place(wanted: tuple[Output, ...], outputs: dict[str, Any], part: Outputs, group: Array, rows: int) -> None:
    """Puts a group's outputs at their rows, in the form of the population API."""
    for output in wanted:
        value = part[output.name]
        if output.kind in _DTYPES:
            column = outputs.setdefault(output.name, np.empty(rows, dtype=_DTYPES[output.kind]))
            column[group] = value.astype("datetime64[D]") if output.kind == "date" else value
        else:
            listed = outputs.setdefault(output.name, [None] * rows)
            for i, row in enumerate(group.tolist()):
                listed[row] = output.present(value, i)


_DTYPES: dict[str, Any] = {"rupiah": np.int64, "count": np.int64, "flag": np.bool_, "date": "datetime64[D]"}
