"""The door of the law: rules by name, inputs checked once, arrays in, arrays out.

A rule is a function `f(law, **arrays) -> dict of arrays` marked `@rule`. Arrays are int64 (money in whole rupiah, days since
1970-01-01, months YYYYMM, choices as positions in the vocabulary). One person is an array of one; rows of several months are
split by the law in force, so no rule ever branches on a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

import numpy as np

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import first_day, parse_date, parse_month
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, Int64Array, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law, law_on

NO_DATE = int(np.iinfo(np.int64).min)
"""A date that is not given."""
NONE = -1
"""A number that is not given."""
Array: TypeAlias = Int64Array
Outputs: TypeAlias = dict[str, Any]
_EPOCH = dt.date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = (dt.date(1850, 1, 1) - _EPOCH).days, (dt.date(2200, 12, 31) - _EPOCH).days


@dataclass(frozen=True)
class Ragged:
    """Lists of different lengths, one per row: row i holds lines starts[i] to starts[i+1] of every column."""

    starts: Array
    columns: Mapping[str, Array]

    def rows(self) -> int:
        """How many lists there are."""
        return len(self.starts) - 1

    def row_of_line(self) -> Array:
        """The row each line belongs to."""
        return np.repeat(np.arange(self.rows(), dtype=np.int64), np.diff(self.starts))

    def sums(self, lines: Array) -> Array:
        """The sum of `lines` (one int64 per line) for each row; exact."""
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(lines, dtype=np.int64)])
        found: Array = running[self.starts[1:]] - running[self.starts[:-1]]
        return found


# ---- inputs


@dataclass(frozen=True)
class Input:
    """One named input of a rule: how a person writes it, how the rule gets it."""

    name: str
    default: Any = None
    required: bool = True

    def one(self, value: Any) -> int:
        """A single value as its int; InputError in the user's words."""
        raise NotImplementedError

    def absent(self) -> int:
        """What stands for 'not given'."""
        return NONE

    def one_or_default(self, value: Any) -> int:
        """The value, its default, or 'not given'."""
        if value is not None:
            return self.one(value)
        if self.required:
            raise InputError(_("Isian {name} belum ada.").format(name=self.name), field=self.name)
        return self.absent() if self.default is None else self.one(self.default)

    def many(self, values: Any, rows: int) -> Any:
        """A column: arrays pass by a vector check, anything else value by value; the first wrong row is named."""
        if not isinstance(values, (np.ndarray, list, tuple)):
            return np.full(rows, self.one_or_default(values), dtype=np.int64)
        if isinstance(values, np.ndarray) and values.dtype.kind in "iub":
            return self.checked(values.astype(np.int64, copy=False))
        if isinstance(values, np.ndarray) and values.dtype.kind == "M":
            values = values.astype("datetime64[D]").tolist()
        found = np.empty(rows, dtype=np.int64)
        for row, value in enumerate(values.tolist() if isinstance(values, np.ndarray) else values):
            try:
                found[row] = self.one_or_default(value)
            except InputError as error:
                error.row = row + 1
                raise
        return found

    def checked(self, values: Array) -> Array:
        """A vector of ints with this input's bounds kept; InputError names the first row outside."""
        return values


@dataclass(frozen=True)
class Whole(Input):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 10**6

    def one(self, value: Any) -> int:
        """See Input.one."""
        number = _whole(self.name, value)
        if not self.least <= number <= self.most:
            raise self.outside(number)
        return number

    def checked(self, values: Array) -> Array:
        """See Input.checked."""
        wrong = (values < self.least) | (values > self.most)
        if wrong.any():
            row = int(np.argmax(wrong))
            error = self.outside(int(values[row]))
            error.row = row + 1
            raise error
        return values

    def outside(self, number: int) -> InputError:
        """The error for a number out of bounds."""
        shown = self.shown
        if number < self.least:
            message = _("{name} {value} di bawah {least}.") if self.least else _("{name} {value} negatif.")
            remedy = _("Isi {least} atau lebih.")
        else:
            message, remedy = (
                _("{name} {value} di atas batas {most}."),
                _("Periksa angka nolnya; paling banyak {most}."),
            )
        words = {"name": self.name, "value": shown(number), "least": shown(self.least), "most": shown(self.most)}
        return InputError(message.format(**words), field=self.name, value=number, remedy=remedy.format(**words))

    def shown(self, number: int) -> str:
        """How the number is shown in an error."""
        return str(number)


@dataclass(frozen=True)
class Money(Whole):
    """Whole rupiah."""

    most: int = MAX_MONTHLY_RUPIAH

    def shown(self, number: int) -> str:
        """See Whole.shown."""
        return format_rupiah(number)


@dataclass(frozen=True)
class Share(Input):
    """A share as a decimal (0.4), held as whole parts of `parts` (ppm: 1,000,000)."""

    parts: int = 1_000_000
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1)

    def one(self, value: Any) -> int:
        """See Input.one."""
        try:
            exact = Decimal(str(value))
        except InvalidOperation:
            exact = Decimal("NaN")
        if not exact.is_finite() or not self.least <= exact <= self.most:
            raise InputError(
                _("{name} {value!r} bukan angka antara {least} dan {most}.").format(
                    name=self.name, value=str(value), least=self.least, most=self.most
                ),
                field=self.name,
                value=value,
            )
        scaled = exact * self.parts
        if scaled != scaled.to_integral_value():
            digits = len(str(self.parts)) - 1
            raise InputError(
                _("{name} {value} terlalu rinci.").format(name=self.name, value=value),
                field=self.name,
                value=value,
                remedy=_("Paling banyak {digits} angka di belakang koma.").format(digits=digits),
            )
        return int(scaled)

    def checked(self, values: Array) -> Array:
        """See Input.checked; whole numbers are the share itself, as everywhere."""
        wrong = (values < int(self.least)) | (values > int(self.most))
        if wrong.any():
            row = int(np.argmax(wrong))
            try:
                self.one(int(values[row]))
            except InputError as error:
                error.row = row + 1
                raise
        return values * self.parts


@dataclass(frozen=True)
class Choice(Input):
    """One name out of a vocabulary, held as its position."""

    options: tuple[str, ...] = ()

    def one(self, value: Any) -> int:
        """See Input.one."""
        if isinstance(value, str) and value in self.options:
            return self.options.index(value)
        error = unknown_name(self.name, value, self.options)
        error.field = self.name
        raise error

    def many(self, values: Any, rows: int) -> Any:
        """See Input.many; names are translated once each."""
        if isinstance(values, np.ndarray) and values.dtype.kind in "UO":
            names, where = np.unique(values.astype(str), return_inverse=True)
            try:
                return np.array([self.one(str(n)) for n in names], dtype=np.int64)[where]
            except InputError as error:
                error.row = int(np.argmax(values == error.value)) + 1
                raise
        return super().many(values, rows)

    def checked(self, values: Array) -> Array:
        """See Input.checked."""
        wrong = (values < 0) | (values >= len(self.options))
        if wrong.any():
            row = int(np.argmax(wrong))
            error = unknown_name(self.name, int(values[row]), self.options)
            error.field, error.row = self.name, row + 1
            raise error
        return values


@dataclass(frozen=True)
class Flag(Input):
    """True or false."""

    default: Any = False
    required: bool = False

    def one(self, value: Any) -> int:
        """See Input.one."""
        words = {"true": 1, "ya": 1, "yes": 1, "1": 1, "false": 0, "tidak": 0, "no": 0, "0": 0}
        known = words.get(str(value).strip().lower())
        if known is None:
            raise InputError(
                _("{name} {value!r} bukan ya atau tidak.").format(name=self.name, value=str(value)),
                field=self.name,
                value=value,
                remedy=_("Isi true atau false."),
            )
        return known

    def checked(self, values: Array) -> Array:
        """See Input.checked."""
        found: Array = (values != 0).astype(np.int64)
        return found


@dataclass(frozen=True)
class Choices(Input):
    """Several names out of a vocabulary, held as bits (bit i: option i)."""

    options: tuple[str, ...] = ()

    def one(self, value: Any) -> int:
        """See Input.one."""
        if isinstance(value, int):
            return int(self.checked(np.array([value], dtype=np.int64))[0])
        names = [n.strip() for n in value.strip("[] ").split(",")] if isinstance(value, str) else list(value)
        for name in names:
            if name not in self.options:
                error = unknown_name(self.name, name, self.options)
                error.field = self.name
                raise error
        if not names:
            raise InputError(_("{name} kosong.").format(name=self.name), field=self.name)
        return sum({1 << self.options.index(n) for n in names})

    def checked(self, values: Array) -> Array:
        """See Input.checked; at least one name, none unknown."""
        wrong = (values < 1) | (values >= 1 << len(self.options))
        if wrong.any():
            row = int(np.argmax(wrong))
            error = unknown_name(self.name, int(values[row]), self.options)
            error.field, error.row = self.name, row + 1
            raise error
        return values


@dataclass(frozen=True)
class Date(Input):
    """A day, held as days since 1970-01-01."""

    def one(self, value: Any) -> int:
        """See Input.one."""
        if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
            return int(self.checked(np.array([value], dtype=np.int64))[0])
        try:
            days = (parse_date(value) - _EPOCH).days
        except InputError as error:
            error.field = self.name
            raise
        return int(self.checked(np.array([days], dtype=np.int64))[0])

    def many(self, values: Any, rows: int) -> Any:
        """See Input.many; days of NumPy pass as they are, NaT is 'not given'."""
        if isinstance(values, np.ndarray) and values.dtype.kind == "M":
            return self.checked(values.astype("datetime64[D]").astype(np.int64))
        return super().many(values, rows)

    def checked(self, values: Array) -> Array:
        """See Input.checked; 1850 to 2200, and 'not given' only where the input may be left out."""
        wrong = (values < _FIRST_DAY) | (values > _LAST_DAY)
        if not self.required:
            wrong &= values != NO_DATE
        if wrong.any():
            row = int(np.argmax(wrong))
            raise InputError(
                _("{name}: tanggal di luar tahun 1850 sampai 2200 atau kosong.").format(name=self.name),
                field=self.name,
                row=row + 1,
                remedy=_("Tulis tahun, bulan, dan hari seperti 2025-03-01."),
            )
        return values

    def absent(self) -> int:
        """See Input.absent."""
        return NO_DATE


@dataclass(frozen=True)
class Month(Input):
    """A month, held as YYYYMM."""

    def one(self, value: Any) -> int:
        """See Input.one."""
        return parse_month(value)

    def checked(self, values: Array) -> Array:
        """See Input.checked."""
        for value in np.unique(values).tolist():
            parse_month(value)
        return values


@dataclass(frozen=True)
class Nik(Input):
    """A NIK as text, held as its number (NONE where it is not 16 digits)."""

    def one(self, value: Any) -> int:
        """See Input.one."""
        text = str(value).strip()
        return int(text) if len(text) == 16 and text.isascii() and text.isdigit() else NONE


@dataclass(frozen=True)
class Records(Input):
    """A list of small records per person, held as Ragged columns."""

    fields: tuple[Input, ...] = ()
    nested: str | None = None
    """The field of each record that holds a mapping of the `fields` (children: levels)."""

    def many(self, values: Any, rows: int) -> Any:
        """See Input.many."""
        lists = [None] * rows if values is None else values
        columns: dict[str, list[int]] = {f.name: [] for f in self.fields}
        starts = [0]
        for row, records in enumerate(lists):
            for number, record in enumerate(self.given(records), 1):
                self._add(columns, record, row, number)
            starts.append(len(columns[self.fields[0].name]))
        arrays = {name: np.array(lines, dtype=np.int64) for name, lines in columns.items()}
        return Ragged(np.array(starts, dtype=np.int64), arrays)

    def given(self, records: Any) -> list[Any]:
        """The records of one person; missing and wrong shapes refused."""
        if records is None:
            if self.required:
                raise InputError(_("Isian {name} belum ada.").format(name=self.name), field=self.name)
            return []
        if not isinstance(records, (list, tuple)):
            raise InputError(_("{name} harus berupa daftar.").format(name=self.name), field=self.name, value=records)
        return list(records)

    def _add(self, columns: dict[str, list[int]], record: Any, row: int, number: int) -> None:
        inner = record.get(self.nested) if self.nested and isinstance(record, Mapping) else record
        if not isinstance(inner, Mapping):
            raise InputError(
                _("{name} ke-{number} harus berupa isian bernama.").format(name=self.name, number=number),
                field=self.name,
            )
        known = [f.name for f in self.fields]
        for name in inner:
            if name not in known:
                raise unknown_name(_("Isian {name}").format(name=self.name), name, known)
        try:
            for f in self.fields:
                columns[f.name].append(f.one_or_default(inner.get(f.name)))
        except InputError as error:
            error.row, error.field = row + 1, f"{self.name}[{number}].{error.field or ''}"
            raise


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        text = str(value).strip()
        if not isinstance(value, str) or not text.lstrip("-").isdigit():
            if isinstance(value, (float, Decimal)) and Decimal(value).is_finite() and value == int(value):
                return int(value)
            raise InputError(
                _("{name} {value!r} bukan bilangan bulat.").format(name=name, value=str(value)),
                field=name,
                value=value,
                remedy=_("Tulis angka tanpa titik, koma, atau Rp, misalnya 4500000."),
            )
        return int(text)
    return int(value)


# ---- outputs


@dataclass(frozen=True)
class Output:
    """One named output: its kind says how a person reads it.

    Kinds: rupiah, count, flag, date, percent (held as 1/100,000 of a per cent: 1750000 = 17.5), region, choice, choices,
    rupiah_list (Ragged of column `rupiah`), rupiah_map (Ragged of columns `key`, `rupiah`).
    """

    name: str
    kind: str = "rupiah"
    options: tuple[str, ...] = ()

    def present(self, value: Any, row: int) -> Any:
        """The value of one row as Python has it; None where the rule gives none."""
        if isinstance(value, Ragged):
            lines = slice(int(value.starts[row]), int(value.starts[row + 1]))
            amounts = value.columns["rupiah"][lines].tolist()
            if self.kind == "rupiah_list":
                return amounts
            keys = value.columns["key"][lines].tolist()
            return {self.options[k] if self.options else k: a for k, a in zip(keys, amounts, strict=True)}
        return _PRESENT[self.kind](int(value[row]), self.options)


def _percent(number: int) -> int | Decimal:
    exact = Decimal(number) / 100_000
    return int(exact) if exact == int(exact) else exact.normalize()


_PRESENT: dict[str, Callable[[int, tuple[str, ...]], Any]] = {
    "rupiah": lambda v, _o: None if v == NONE else v,
    "count": lambda v, _o: None if v == NONE else v,
    "flag": lambda v, _o: bool(v),
    "date": lambda v, _o: None if v == NO_DATE else _EPOCH + dt.timedelta(days=v),
    "percent": lambda v, _o: _percent(v),
    "region": lambda v, _o: None if v == NONE else f"{v:06d}",
    "choice": lambda v, o: None if v == NONE else o[v],
    "choices": lambda v, o: [name for bit, name in enumerate(o) if v >> bit & 1],
}

# ---- rules


@dataclass(frozen=True)
class Rule:
    """A rule of law by its public name."""

    name: str
    title: str
    when: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    source: str
    one_of: tuple[tuple[str, ...], ...]
    at_dates: bool
    compute: Callable[..., Outputs]

    def input(self, name: str) -> Input:
        """The input of that name, or an error that offers the nearest."""
        for found in self.inputs:
            if found.name == name:
                return found
        raise unknown_name(_("Isian"), name, [i.name for i in self.inputs])

    def output(self, name: str) -> Output:
        """The output of that name, or an error that offers the nearest."""
        for found in self.outputs:
            if found.name == name:
                return found
        raise unknown_name(_("Hasil"), name, [o.name for o in self.outputs])


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    title: str,
    *,
    when: str,
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    source: str,
    one_of: Sequence[tuple[str, ...]] = (),
    at_dates: bool = False,
) -> Callable[[Callable[..., Outputs]], Callable[..., Outputs]]:
    """Registers a rule. `when` is month or date; `one_of` names inputs of which exactly one must be given.

    `at_dates` hands the rule the month (YYYYMM) or day (days since 1970) of each row as its argument `when`.
    """

    def registered(function: Callable[..., Outputs]) -> Callable[..., Outputs]:
        marked = step(title, unit="outputs", article=source)(function)
        RULES[name] = Rule(name, title, when, tuple(inputs), tuple(outputs), source, tuple(one_of), at_dates, function)
        return marked

    return registered


def get_rule(name: str) -> Rule:
    """The rule of that name, or an error that offers the nearest."""
    if name not in RULES:
        raise unknown_name(_("Aturan"), name, RULES)
    return RULES[name]


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
    return day, (day - _EPOCH).days


def compute(found: Rule, law: Law, arrays: Mapping[str, Any], when: Any) -> Outputs:
    """Runs the rule's kernel on checked arrays under one law."""
    if found.at_dates:
        return found.compute(law, when=when, **arrays)
    return found.compute(law, **arrays)


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
    outputs = compute(found, law or law_on(day), arrays, np.array([number], dtype=np.int64))
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
    pairs = [moment(found, v if month else None, None if month else v) for v in _listed(moments)]
    days = [p[0] for p in pairs]
    by_law: dict[int, list[int]] = {}
    for row, day in enumerate(days):
        by_law.setdefault(id(law_on(day)), []).append(row)
    return days, np.array([p[1] for p in pairs], dtype=np.int64), [np.array(g) for g in by_law.values()]


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
RISK_CLASSES = ("very_low", "low", "medium", "high", "very_high")
SCALES = ("large", "medium", "small", "micro")
