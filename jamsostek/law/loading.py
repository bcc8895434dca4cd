"""Reads `parameters.yaml` files and refuses what is not law data, naming file and line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from jamsostek.core.errors import nearest
from jamsostek.law.parameters import GRADES, UNITS, Parameter, ParameterError, Parameters, Reading, Row

_LINE = "__line__"
_FILE_KEYS = {"programme", "order", "readings", "parameters", "reform"}
_READING_KEYS = {"name", "number", "options", "default"}
_PARAMETER_KEYS = {
    "id", "title", "unit", "keys", "columns", "scope", "otherwise", "interpretation", "gaps", "rows",
}  # fmt: skip
_ROW_KEYS = {
    "from", "to", "value", "regulation", "article", "grade", "source", "published", "temporary", "expected_until",
    "reading", "note",
}  # fmt: skip


class _LineLoader(yaml.CSafeLoader):
    """Keeps the line of every mapping, and refuses a key written twice."""

    name: str


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise ParameterError(f"{loader.name}:{key_node.start_mark.line + 1}: key {key!r} is written twice")
        found[key] = loader.construct_object(value_node, deep=True)
    found[_LINE] = node.start_mark.line + 1
    return found


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """The file as lists and dicts; every dict carries its line under `__line__`."""
    try:
        with path.open("rb") as file:
            loader = _LineLoader(file)
            loader.name = str(path)
            return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ParameterError(f"{path}:{line}: not YAML: {getattr(error, 'problem', error)}") from None
    except UnicodeDecodeError as error:
        raise ParameterError(f"{path}:1: not UTF-8 text: {error}") from None


def plain(value: Any) -> Any:
    """The same data without the line marks."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != _LINE}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def read_parameters(paths: Iterable[Path], overlays: Sequence[Path] = ()) -> Parameters:
    """All parameters and readings of `paths`, then the overlays; ParameterError names file and line."""
    by_id: dict[str, Parameter] = {}
    readings: dict[str, Reading] = {}
    for path in paths:
        file = _file(path)
        for entry in file.get("readings") or []:
            reading = _reading(entry, path)
            if reading.name in readings:
                raise ParameterError(f"{path}:{entry[_LINE]}: reading {reading.name} is declared twice")
            readings[reading.name] = reading
        for entry in file.get("parameters") or []:
            parameter = _parameter(entry, path)
            if parameter.id in by_id:
                raise ParameterError(f"{parameter.where}: {parameter.id} is already in {by_id[parameter.id].where}")
            by_id[parameter.id] = parameter
    for path in overlays:
        for entry in _file(path).get("parameters") or []:
            overlaid = _overlaid(by_id.get(str(entry.get("id"))), entry, path)
            by_id[overlaid.id] = overlaid
    for parameter in by_id.values():
        _check_rows(parameter, readings)
    return Parameters(MappingProxyType(by_id), MappingProxyType(readings), tuple(overlays))


def _file(path: Path) -> dict[str, Any]:
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise ParameterError(f"{path}:1: expected a mapping with `parameters`")
    _known_keys(data, _FILE_KEYS, path)
    return data


def _known_keys(entry: Mapping[str, Any], known: set[str], path: Path) -> None:
    for key in entry:
        if key != _LINE and key not in known:
            close = nearest(str(key), known)
            hint = f"; did you mean {close!r}?" if close else f"; known: {', '.join(sorted(known))}"
            raise ParameterError(f"{path}:{entry[_LINE]}: unknown key {key!r}{hint}")


def _need(entry: Mapping[str, Any], key: str, path: Path) -> Any:
    if entry.get(key) is None:
        raise ParameterError(f"{path}:{entry[_LINE]}: {entry.get('id', 'entry')}: {key!r} is missing")
    return entry[key]


def _reading(entry: dict[str, Any], path: Path) -> Reading:
    _known_keys(entry, _READING_KEYS, path)
    options = tuple(_need(entry, "options", path))
    default = _need(entry, "default", path)
    if default not in options:
        raise ParameterError(f"{path}:{entry[_LINE]}: default {default!r} is not one of {options}")
    return Reading(_need(entry, "name", path), int(_need(entry, "number", path)), options, default)


def _parameter(entry: dict[str, Any], path: Path) -> Parameter:
    _known_keys(entry, _PARAMETER_KEYS, path)
    where = f"{path}:{entry[_LINE]}"
    unit = _need(entry, "unit", path)
    if unit not in UNITS:
        raise ParameterError(f"{where}: unknown unit {unit!r}; known: {', '.join(UNITS)}")
    title = plain(_need(entry, "title", path))
    if not isinstance(title, dict) or set(title) != {"id", "en"}:
        raise ParameterError(f"{where}: title needs `id` and `en`")
    columns = plain(entry.get("columns") or {})
    if (unit == "table") != bool(columns):
        raise ParameterError(f"{where}: `columns` belong to unit table, and a table needs them")
    parameter = Parameter(
        id=_need(entry, "id", path),
        folder=path.parent.name,
        title=MappingProxyType(title),
        unit=unit,
        keys=tuple(entry.get("keys") or ()),
        columns=MappingProxyType(columns),
        scope=MappingProxyType(plain(entry.get("scope") or {})),
        otherwise=plain(entry.get("otherwise")),
        interpretation=entry.get("interpretation"),
        gaps=bool(entry.get("gaps", False)),
        rows=(),
        where=where,
    )
    if parameter.otherwise is not None:
        _check_value(parameter, parameter.otherwise, where)
    rows = tuple(_row(parameter, row, path) for row in _need(entry, "rows", path))
    return replace(parameter, rows=_in_order(rows))


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda r: r.start or dt.date.min))


def _row(parameter: Parameter, entry: dict[str, Any], path: Path) -> Row:
    _known_keys(entry, _ROW_KEYS, path)
    where = f"{path}:{entry[_LINE]}"
    grade = _need(entry, "grade", path)
    if grade not in GRADES:
        raise ParameterError(f"{where}: unknown grade {grade!r}; known: {', '.join(GRADES)}")
    source = tuple(entry.get("source") or ())
    if not source and grade in ("gazette", "secondary"):
        raise ParameterError(f"{where}: {parameter.id}: a {grade} value needs its source")
    if "value" not in entry or entry["value"] is None:
        raise ParameterError(f"{where}: {parameter.id}: 'value' is missing")
    value = plain(entry["value"])
    _check_value(parameter, value, where)
    return Row(
        start=_day(entry, "from", where),
        end=_day(entry, "to", where),
        value=value,
        regulation=str(_need(entry, "regulation", path)),
        article=str(_need(entry, "article", path)),
        grade=grade,
        source=source,
        published=_day(entry, "published", where),
        temporary=bool(entry.get("temporary", False)),
        expected_until=_day(entry, "expected_until", where),
        reading=MappingProxyType(plain(entry.get("reading") or {})),
        note=str(entry.get("note") or ""),
        where=where,
    )


def _day(entry: Mapping[str, Any], key: str, where: str) -> dt.date | None:
    value = entry.get(key)
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        raise ParameterError(f"{where}: {key!r} is {value!r}, expected a day like 2025-03-01 without quotes")
    return value


def _check_value(parameter: Parameter, value: Any, where: str) -> None:
    if parameter.unit == "table":
        _check_table(parameter, value, where)
    elif parameter.keys:
        if not isinstance(value, dict) or set(value) != set(parameter.keys):
            raise ParameterError(f"{where}: {parameter.id}: expected exactly the keys {', '.join(parameter.keys)}")
        for key in parameter.keys:
            _check_unit(parameter.unit, value[key], f"{where}: {parameter.id}[{key}]")
    else:
        _check_unit(parameter.unit, value, f"{where}: {parameter.id}")


def _check_table(parameter: Parameter, value: Any, where: str) -> None:
    if not isinstance(value, list) or not value:
        raise ParameterError(f"{where}: {parameter.id}: a table is a list of lines")
    for number, line in enumerate(value, 1):
        if not isinstance(line, dict) or set(line) != set(parameter.columns):
            wanted = ", ".join(parameter.columns)
            raise ParameterError(f"{where}: {parameter.id} line {number}: expected exactly the columns {wanted}")
        for column, unit in parameter.columns.items():
            if line[column] is not None:
                _check_unit(unit, line[column], f"{where}: {parameter.id} line {number}, {column}")


def _check_unit(unit: str, value: Any, where: str) -> None:
    if unit == "list":
        right = isinstance(value, list)
    elif unit == "text":
        right = isinstance(value, str)
    elif unit == "date":
        right = isinstance(value, dt.date)
    elif unit == "flag":
        right = value in (0, 1)
    else:
        right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not right:
        raise ParameterError(f"{where}: {value!r} is not a value in {unit} (whole, not negative)")


def _overlaid(base: Parameter | None, entry: dict[str, Any], path: Path) -> Parameter:
    """The parameter with the overlay's rows: what they overlap is cut, what follows them stands."""
    if base is None:
        return _parameter(entry, path)
    _known_keys(entry, _PARAMETER_KEYS, path)
    rows = tuple(_row(base, row, path) for row in _need(entry, "rows", path))
    kept = [piece for row in base.rows for piece in _cut(row, rows)]
    return replace(base, rows=_in_order([*kept, *rows]))


def _cut(row: Row, by: Iterable[Row]) -> list[Row]:
    one = dt.timedelta(days=1)
    pieces = [row]
    for cut in by:
        if cut.temporary or row.temporary or cut.start is None:
            continue
        before = [replace(p, end=cut.start - one) for p in pieces if p.start is None or p.start < cut.start]
        after = [
            replace(p, start=max(p.start or cut.end, cut.end + one))
            for p in pieces
            if cut.end is not None and (p.end is None or p.end > cut.end)
        ]
        pieces = before + after
    return pieces


def _check_rows(parameter: Parameter, readings: Mapping[str, Reading]) -> None:
    if not parameter.rows:
        raise ParameterError(f"{parameter.where}: {parameter.id} has no rows")
    for row in parameter.rows:
        _check_row(parameter, row, readings)
    names = sorted({name for row in parameter.rows for name in row.reading})
    for chosen in _choices(names, readings):
        rows = [r for r in parameter.rows if all(chosen[n] == o for n, o in r.reading.items())]
        _check_order(parameter, [r for r in rows if not r.temporary])
        _check_order(parameter, [r for r in rows if r.temporary], gaps=True)


def _check_row(parameter: Parameter, row: Row, readings: Mapping[str, Reading]) -> None:
    if row.start and row.end and row.end < row.start:
        raise ParameterError(f"{row.where}: {parameter.id}: ends {row.end} before it begins {row.start}")
    if row.temporary and (row.start is None or row.end is None):
        raise ParameterError(f"{row.where}: {parameter.id}: a temporary row needs `from` and `to`")
    for name, option in row.reading.items():
        if name not in readings or option not in readings[name].options:
            raise ParameterError(f"{row.where}: {parameter.id}: no reading {name}={option} is declared")


def _choices(names: list[str], readings: Mapping[str, Reading]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    for name in names:
        found = [{**chosen, name: option} for chosen in found for option in readings[name].options]
    return found


def _check_order(parameter: Parameter, rows: list[Row], gaps: bool = False) -> None:
    one = dt.timedelta(days=1)
    for row, following in pairwise(rows):
        if following.start is None or (row.start is not None and following.start <= row.start):
            raise ParameterError(f"{following.where}: {parameter.id}: begins with or before the row at {row.where}")
        if row.end is None:
            continue  # an open row ends where the next begins
        if following.start <= row.end:
            raise ParameterError(f"{following.where}: {parameter.id}: overlaps the row at {row.where}")
        if following.start > row.end + one and not (gaps or parameter.gaps) and parameter.otherwise is None:
            missing = f"{row.end + one} to {following.start - one}"
            raise ParameterError(f"{following.where}: {parameter.id}: gap, nothing holds from {missing}")
