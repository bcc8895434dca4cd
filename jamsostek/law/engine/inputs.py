"""The inputs of rules: how a person writes each, how a rule gets it, and what is refused at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import parse_date, parse_month
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.engine.arrays import EPOCH, NO_DATE, NONE, Array, Ragged

_FIRST_DAY, _LAST_DAY = (dt.date(1850, 1, 1) - EPOCH).days, (dt.date(2200, 12, 31) - EPOCH).days


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
        return _known(self.name, values, wrong, self.options)


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
        return _known(self.name, values, wrong, self.options)


@dataclass(frozen=True)
class Date(Input):
    """A day, held as days since 1970-01-01."""

    def one(self, value: Any) -> int:
        """See Input.one."""
        if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
            return int(self.checked(np.array([value], dtype=np.int64))[0])
        try:
            days = (parse_date(value) - EPOCH).days
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


def _known(name: str, values: Array, wrong: npt.NDArray[np.bool_], options: tuple[str, ...]) -> Array:
    """The values where none is wrong; else the first wrong one is named as unknown."""
    if wrong.any():
        row = int(np.argmax(wrong))
        error = unknown_name(name, int(values[row]), options)
        error.field, error.row = name, row + 1
        raise error
    return values


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
