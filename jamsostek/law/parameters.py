"""The law as dated data: every figure with its day, regulation, article, source and grade of evidence.

`law_at(month)` and `law_on(day)` give one frozen `Law`: the figures that apply then, as known on a day, under chosen readings
of the unsettled points. A rule asks it for a figure by id and unit; a figure that is not there is an error, never zero.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from jamsostek.core import rupiah
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import first_day, parse_date, parse_month
from jamsostek.core.rupiah import PPM, Int64Array
from jamsostek.core.text import _
from jamsostek.law.figures import COUNT_UNITS, Parameter, ParameterError, Reading, Row
from jamsostek.law.loading import read_parameters

LAW_FOLDER = Path(__file__).parent
Table: TypeAlias = Mapping[str, Any]


class NoLawError(InputError):
    """No figure is in force for the month or day asked."""


class InForce(NamedTuple):
    """What holds on a day: the value ready for computing, and the row it comes from (None: `otherwise`)."""

    value: Any
    row: Row | None
    parameter: Parameter


@dataclass(frozen=True, eq=False)
class Law:
    """The law of a day, frozen. Ask by id; the method names the unit, and a wrong unit is an error.

    Arrays come read-only. `digest` is the SHA-256 of all figures in force and the readings chosen: equal law, equal digest.
    """

    day: dt.date
    known_on: dt.date | None
    readings: Mapping[str, str]
    parameters: Parameters
    _found: dict[str, InForce] = field(default_factory=dict, repr=False)

    def in_force(self, id: str) -> InForce:
        """The figure `id` with its row; raises NoLawError where none is in force."""
        found = self._found.get(id)
        if found is None:
            found = self._found[id] = self.parameters.in_force(id, self)
        return found

    def _of_unit(self, id: str, keyed: bool, *units: str) -> Any:
        value, _row, parameter = self.in_force(id)
        if parameter.unit not in units or bool(parameter.keys) != keyed:
            raise ParameterError(f"{parameter.where}: {id} is in {parameter.unit}, keys {parameter.keys}: ask it that way")
        return value

    def rupiah(self, id: str) -> int:
        """Whole rupiah."""
        return int(self._of_unit(id, False, "rupiah"))

    def rupiahs(self, id: str) -> Int64Array:
        """Whole rupiah in the order of the figure's keys."""
        return self._array(id, "rupiah")

    def ppm(self, id: str) -> int:
        """Parts per million."""
        return int(self._of_unit(id, False, "ppm"))

    def ppms(self, id: str) -> Int64Array:
        """Parts per million in the order of the figure's keys."""
        return self._array(id, "ppm")

    def permille(self, id: str) -> int:
        """Parts per thousand."""
        return int(self._of_unit(id, False, "permille"))

    def number(self, id: str) -> int:
        """A count or a length of time in the figure's own unit."""
        return int(self._of_unit(id, False, *COUNT_UNITS))

    def numbers(self, id: str) -> Int64Array:
        """Counts in the order of the figure's keys."""
        return self._array(id, *COUNT_UNITS)

    def flag(self, id: str) -> int:
        """0 or 1."""
        return int(self._of_unit(id, False, "flag"))

    def flags(self, id: str) -> Int64Array:
        """0 or 1 in the order of the figure's keys."""
        return self._array(id, "flag")

    def _array(self, id: str, *units: str) -> Int64Array:
        array: Int64Array = self._of_unit(id, True, *units)
        return array

    def text(self, id: str) -> str:
        """A name."""
        return str(self._of_unit(id, False, "text"))

    def names(self, id: str) -> tuple[str, ...]:
        """A list of names."""
        found: tuple[str, ...] = self._of_unit(id, False, "list")
        return found

    def table(self, id: str) -> Table:
        """A table: column name -> read-only int64 array (or tuple of str)."""
        table: Table = self._of_unit(id, False, "table")
        return table

    def series(self, id: str) -> tuple[tuple[int, int, Any], ...]:
        """Every row through time as (first day, last day, value); days are int days since 1970-01-01, open ends are wide."""
        return self.parameters.series(id, self)

    def uses(self, id: str) -> None:
        """Says that a figure matters here although a table made from it is read; only a recording law listens."""

    def share(self, amount: Int64Array, rate_ppm: Int64Array | int) -> Int64Array:
        """The one rounding of the law: amount x rate, half up (see core.rupiah.share)."""
        return rupiah.share(amount, rate_ppm, self.flag("rounding.half_up"))

    def scale(self, amount: Int64Array, numerator: Int64Array | int, denominator: int) -> Int64Array:
        """amount x numerator / denominator under the law's rounding (see core.rupiah.scale)."""
        return rupiah.scale(amount, numerator, denominator, self.flag("rounding.half_up"))

    @property
    def regime(self) -> int:
        """The same for every day between two changes of the law."""
        return id(self._found)

    @property
    def digest(self) -> str:
        """SHA-256 of the figures in force and the readings chosen."""
        return self.parameters.digest(self)

    def provisional(self, id: str) -> bool:
        """True where a figure renewed every year is used past the day its successor was expected."""
        return self.past_renewal(self.in_force(id))

    def past_renewal(self, found: InForce) -> bool:
        """Whether a figure already found is used past the day its successor was expected."""
        row = found.row
        return row is not None and row.expected_until is not None and self.day > row.expected_until


_EPOCH = dt.date(1970, 1, 1)
_WIDE = 10**6


@dataclass(frozen=True, eq=False)
class Parameters:
    """All parameters of the law, loaded and checked."""

    by_id: Mapping[str, Parameter]
    readings: Mapping[str, Reading]
    reforms: tuple[Path, ...] = ()
    """The overlay files these parameters were read with."""
    _laws: dict[tuple[Any, ...], Law] = field(default_factory=dict, repr=False)
    _digests: dict[tuple[Any, ...], str] = field(default_factory=dict, repr=False)

    def law_on(self, day: dt.date, known_on: dt.date | None = None, readings: Mapping[str, str] | None = None) -> Law:
        """The law of a day (see the module's `law_on`)."""
        chosen = self._chosen(readings or {})
        regime = bisect_right(self._boundaries, day)
        key = (regime, known_on, tuple(chosen.items()))
        first = self._laws.get(key)
        if first is None:
            first = self._laws[key] = Law(day, known_on, MappingProxyType(chosen), self)
        # Days of one regime share the figures found; each law keeps its own day for what it says of itself.
        return first if first.day == day else Law(day, known_on, first.readings, self, first._found)

    def _chosen(self, readings: Mapping[str, str]) -> dict[str, str]:
        for name, option in readings.items():
            if name not in self.readings:
                raise unknown_name(_("Tafsir"), name, self.readings)
            if option not in self.readings[name].options:
                raise unknown_name(_("Pilihan tafsir"), option, self.readings[name].options)
        return {name: readings.get(name, reading.default) for name, reading in self.readings.items()}

    @property
    def _boundaries(self) -> list[dt.date]:
        return _boundaries(self)

    def in_force(self, id: str, law: Law) -> InForce:
        """The figure `id` in force under `law`; NoLawError where none is."""
        parameter = self.by_id.get(id)
        if parameter is None:
            raise unknown_name(_("Angka hukum"), id, self.by_id)
        row = _row_in_force(parameter, law)
        if row is not None:
            return InForce(_ready(parameter, row.value), row, parameter)
        if parameter.otherwise is not None:
            return InForce(_ready(parameter, parameter.otherwise), None, parameter)
        raise NoLawError(
            _("Belum ada hukum yang berlaku pada {day} untuk {title}.").format(
                day=law.day.isoformat(), title=parameter.title["id"]
            ),
            value=law.day,
            remedy=_first_row_remedy(parameter),
        )

    def row_in_force(self, id: str, law: Law) -> Row | None:
        """The row of `id` that holds under `law`, as the data have it; None where none does."""
        return _row_in_force(self.by_id[id], law)

    def known_rows(self, id: str, law: Law) -> list[Row]:
        """The ordinary rows of `id` known under `law`, in order, as the data have them."""
        return [r for r in _known(self.by_id[id].rows, law) if not r.temporary]

    def series(self, id: str, law: Law) -> tuple[tuple[int, int, Any], ...]:
        """The rows of `id` known under `law`, in order, with implied ends (see Law.series)."""
        parameter = self.by_id[id]
        rows = self.known_rows(id, law)
        if not rows:
            self.in_force(id, law)  # names the day and when the first row begins
        found = []
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            end = _believed_end(row, law) if following is None else _day_before(following.start)
            first = -_WIDE if row.start is None else (row.start - _EPOCH).days
            last = _WIDE if end is None else (end - _EPOCH).days
            found.append((first, last, _ready(parameter, row.value)))
        return tuple(found)

    def latest(self, id: str, law: Law) -> InForce:
        """The figure in force, or where it only begins later its last known row."""
        try:
            return self.in_force(id, law)
        except NoLawError:
            parameter = self.by_id[id]
            row = (_known(parameter.rows, law) or parameter.rows)[-1]
            return InForce(_ready(parameter, row.value), row, parameter)

    def digest(self, law: Law) -> str:
        """See Law.digest."""
        key = (bisect_right(self._boundaries, law.day), law.known_on, tuple(law.readings.items()))
        if key not in self._digests:
            figures = {id: _raw(p, law) for id, p in self.by_id.items()}
            text = json.dumps([figures, dict(law.readings)], sort_keys=True, default=str, separators=(",", ":"))
            self._digests[key] = hashlib.sha256(text.encode()).hexdigest()
        return self._digests[key]


def _raw(parameter: Parameter, law: Law) -> Any:
    row = _row_in_force(parameter, law)
    return parameter.otherwise if row is None else row.value


@lru_cache(maxsize=8)
def _boundaries(parameters: Parameters) -> list[dt.date]:
    """Every day on which some figure begins, ends or becomes provisional: between two of them the law is one."""
    one = dt.timedelta(days=1)
    days: set[dt.date] = set()
    for parameter in parameters.by_id.values():
        for row in parameter.rows:
            days.update(d for d in (row.start,) if d)
            days.update(d + one for d in (row.end, row.expected_until) if d)
    return sorted(days)


def _known(rows: Iterable[Row], law: Law) -> list[Row]:
    """The rows of the readings chosen that were known on `law.known_on`."""
    return [
        row
        for row in rows
        if all(law.readings[name] == option for name, option in row.reading.items())
        and (law.known_on is None or row.known_from is None or row.known_from <= law.known_on)
    ]


def _believed_end(row: Row, law: Law) -> dt.date | None:
    """The end of the last row known; none where the regulation that ended it was still unknown: it was believed to go on."""
    return None if law.known_on is not None and row.end is not None and law.known_on <= row.end else row.end


def _row_in_force(parameter: Parameter, law: Law) -> Row | None:
    rows = _known(parameter.rows, law)
    begun = [r for r in rows if r.start is None or r.start <= law.day]
    for row in reversed(begun):
        if row.temporary and row.end is not None and law.day <= row.end:
            return row
    ordinary = [r for r in begun if not r.temporary]
    if not ordinary:
        return None
    row = ordinary[-1]
    end = _believed_end(row, law)
    return row if end is None or law.day <= end else None


def _first_row_remedy(parameter: Parameter) -> str | None:
    starts = [r.start for r in parameter.rows if r.start is not None]
    return _("Angka pertama berlaku sejak {day}.").format(day=min(starts).isoformat()) if starts else None


def _day_before(day: dt.date | None) -> dt.date | None:
    return None if day is None else day - dt.timedelta(days=1)


def _frozen(values: Iterable[Any]) -> Int64Array:
    array = np.array([int(v) for v in values], dtype=np.int64)
    array.setflags(write=False)
    return array


def _ready(parameter: Parameter, value: Any) -> Any:
    """A raw value made ready for computing: ints, read-only arrays by key, tables by column."""
    if parameter.unit == "table":
        return MappingProxyType({name: _column([line[name] for line in value]) for name in parameter.columns})
    if parameter.keys:
        return _frozen(value[key] for key in parameter.keys)
    if parameter.unit == "list":
        return tuple(value)
    if parameter.unit in ("text", "date"):
        return value
    return int(value)


def _column(values: list[Any]) -> Any:
    if any(isinstance(v, str) for v in values):
        return tuple(values)
    return _frozen(_WIDE_COUNT if v is None else v for v in values)


_WIDE_COUNT = 10**15

# ---- loading


@cache
def load(*overlays: Path) -> Parameters:
    """Reads and checks every `parameters.yaml` of the law, then the overlays (reforms) in order.

    An overlay has the same form; its rows cut what they overlap, its new parameters are added.
    Raises ParameterError naming file and line.
    """
    return parameters_of(sorted(LAW_FOLDER.glob("*/parameters.yaml")), overlays)


def parameters_of(paths: Iterable[Path], overlays: tuple[Path, ...] = ()) -> Parameters:
    """The parameters of some files, then the overlays; ParameterError names file and line."""
    by_id, readings = read_parameters(paths, overlays)
    return Parameters(MappingProxyType(by_id), MappingProxyType(readings), tuple(overlays))


def law_on(
    day: dt.date | str,
    known_on: dt.date | str | None = None,
    readings: Mapping[str, str] | None = None,
    reforms: tuple[Path, ...] = (),
) -> Law:
    """The law of a day: benefits use the day of the event.

    `known_on` leaves out what was published later ("what we believed then"); `readings` chooses another reading of
    unsettled points; `reforms` are overlay files.
    """
    known = None if known_on is None else parse_date(known_on)
    return load(*reforms).law_on(parse_date(day), known, readings)


def law_at(
    month: int | str,
    known_on: dt.date | str | None = None,
    readings: Mapping[str, str] | None = None,
    reforms: tuple[Path, ...] = (),
) -> Law:
    """The law of a contribution month: the figures that apply on its first day. Other arguments as `law_on`."""
    return law_on(first_day(parse_month(month)), known_on, readings, reforms)


__all__ = [
    "PPM",
    "InForce",
    "Law",
    "NoLawError",
    "Parameter",
    "ParameterError",
    "Parameters",
    "Reading",
    "Row",
    "law_at",
    "law_on",
    "load",
]
