"""Reads `parameters.yaml` files and refuses what is not law data, naming file and line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import N_, _
from jamsostek.law.figures import GRADES, UNITS, Parameter, ParameterError, Reading, Row

_LINE = "__line__"
_ONE = dt.timedelta(days=1)
_LARGEST = 10**18
"""Larger numbers leave 64 bits when they are added."""
_FILE_KEYS = {"programme", "order", "readings", "parameters", "reform", "simulation"}
_READING_KEYS = {"name", "number", "options", "default"}
_PARAMETER_KEYS = {
    "id", "title", "unit", "keys", "columns", "scope", "otherwise", "interpretation", "gaps", "rows",
}  # fmt: skip
_ROW_KEYS = {
    "from", "to", "value", "regulation", "article", "grade", "source", "published", "temporary", "expected_until",
    "reading", "note",
}  # fmt: skip


def _wrong(place: str, id: str, message: str, /, **words: Any) -> ParameterError:
    """The error at a place (file:line), for a parameter ("" where it is not about one)."""
    return ParameterError(f"{place}: {f'{id}: ' if id else ''}{message.format(**words)}")


class _LineLoader(yaml.CSafeLoader):
    """Keeps the line of every mapping, and refuses a key written twice."""

    name: str


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise _wrong(f"{loader.name}:{key_node.start_mark.line + 1}", "", _("kunci {key!r} ditulis dua kali."), key=key)
        found[key] = loader.construct_object(value_node, deep=True)
    found[_LINE] = node.start_mark.line + 1
    return found


def _whole(loader: _LineLoader, node: yaml.ScalarNode) -> int | str:
    """YAML 1.1 reads 04500000 as octal and 1:30 as ninety: what is not plain digits stays text, for the reader to judge."""
    plain_digits = re.fullmatch(r"[-+]?(0|[1-9]\d*(_\d+)*)", node.value)
    return int(node.value) if plain_digits else str(node.value)


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_LineLoader.add_constructor("tag:yaml.org,2002:int", _whole)


def read_yaml(path: Path) -> Any:
    """The file as lists and dicts; every dict carries its line under `__line__`."""
    with path.open("rb") as file:
        return _read(file, str(path))


def read_text(text: str, name: str) -> Any:
    """A value written as YAML, without line marks; ParameterError names `name` and the line."""
    return plain(_read(text, name))


def _read(source: Any, path: str) -> Any:
    try:
        loader = _LineLoader(source)
        loader.name = path
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong(f"{path}:{line}", "", _("bukan YAML: {reason}."), reason=getattr(error, "problem", error)) from None
    except UnicodeDecodeError as error:
        raise _wrong(f"{path}:1", "", _("bukan teks UTF-8: {reason}."), reason=error) from None


def plain(value: Any) -> Any:
    """The same data without the line marks."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != _LINE}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def read_parameters(paths: Iterable[Path], overlays: Sequence[Path] = ()) -> tuple[dict[str, Parameter], dict[str, Reading]]:
    """All parameters and readings of `paths`, then the overlays; ParameterError names file and line."""
    by_id: dict[str, Parameter] = {}
    readings: dict[str, Reading] = {}
    for path in paths:
        file = _file(path)
        for entry in _listed(file, "readings", path):
            reading = _reading(entry, path)
            if reading.name in readings:
                raise _wrong(f"{path}:{entry[_LINE]}", "", _("tafsir {name} dinyatakan dua kali."), name=reading.name)
            readings[reading.name] = reading
        for entry in _listed(file, "parameters", path):
            parameter = _parameter(entry, path)
            if parameter.id in by_id:
                raise _wrong(parameter.where, parameter.id, _("sudah ada di {where}."), where=by_id[parameter.id].where)
            by_id[parameter.id] = parameter
    for path in overlays:
        for entry in _listed(_file(path), "parameters", path):
            overlaid = _overlaid(by_id.get(str(entry.get("id"))), entry, path)
            by_id[overlaid.id] = overlaid
    for parameter in by_id.values():
        _check_rows(parameter, readings)
    return by_id, readings


def _file(path: Path) -> dict[str, Any]:
    try:
        data = read_yaml(path)
    except OSError as error:
        raise _wrong(str(path), "", _("tidak dapat dibaca: {reason}."), reason=error.strerror) from None
    if not isinstance(data, dict):
        raise _wrong(f"{path}:1", "", _("berkas harus berisi `parameters`."))
    _known_keys(data, _FILE_KEYS, path)
    return data


def _listed(entry: Mapping[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    """The entries under a key: a list of mappings."""
    found = entry.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _wrong(f"{path}:{entry[_LINE]}", str(entry.get("id", "")), _("{key!r} harus berupa daftar isian bernama."), key=key)
    return found


def _of_kind(entry: Mapping[str, Any], key: str, kind: type, path: Path) -> Any:
    """What stands under a key, of the right kind: an empty one where nothing does."""
    found = entry.get(key)
    if found is None:
        return kind()
    if type(found) is not kind:
        raise _wrong(
            f"{path}:{entry[_LINE]}",
            str(entry.get("id", "")),
            _("{key!r} berisi {value!r}, bukan {kind}."),
            key=key,
            value=plain(found),
            kind=_(_KINDS[kind]),
        )
    return found


_KINDS = {list: N_("daftar"), dict: N_("isian bernama"), bool: "true/false", int: N_("bilangan bulat")}


def _known_keys(entry: Mapping[str, Any], known: set[str], path: Path) -> None:
    for key in entry:
        if key != _LINE and key not in known:
            raise _wrong(f"{path}:{entry[_LINE]}", "", "{error}", error=unknown_name(_("Kunci"), key, sorted(known)))


def _need(entry: Mapping[str, Any], key: str, path: Path) -> Any:
    if entry.get(key) is None:
        raise _wrong(f"{path}:{entry[_LINE]}", str(entry.get("id", "")), _("{key!r} belum ada."), key=key)
    return entry[key]


def _reading(entry: dict[str, Any], path: Path) -> Reading:
    _known_keys(entry, _READING_KEYS, path)
    _need(entry, "options", path)
    options = tuple(_of_kind(entry, "options", list, path))
    default = _need(entry, "default", path)
    if default not in options:
        raise _wrong(f"{path}:{entry[_LINE]}", "", "{error}", error=unknown_name(_("Pilihan tafsir"), default, options))
    _need(entry, "number", path)
    return Reading(_need(entry, "name", path), _of_kind(entry, "number", int, path), options, default)


def _parameter(entry: dict[str, Any], path: Path) -> Parameter:
    _known_keys(entry, _PARAMETER_KEYS, path)
    where = f"{path}:{entry[_LINE]}"
    unit = _need(entry, "unit", path)
    if unit not in UNITS:
        raise _wrong(where, str(entry.get("id", "")), "{error}", error=unknown_name(_("Satuan"), unit, UNITS))
    title = plain(_need(entry, "title", path))
    if not isinstance(title, dict) or set(title) != {"id", "en"}:
        raise _wrong(where, str(entry.get("id", "")), _("`title` perlu `id` dan `en`."))
    columns = plain(_of_kind(entry, "columns", dict, path))
    for column in columns.values():
        if column not in UNITS:
            raise _wrong(where, str(entry.get("id", "")), "{error}", error=unknown_name(_("Satuan"), column, UNITS))
    if (unit == "table") != bool(columns):
        raise _wrong(where, str(entry.get("id", "")), _("`columns` hanya untuk tabel, dan tabel memerlukannya."))
    parameter = Parameter(
        id=_need(entry, "id", path),
        folder=path.parent.name,
        title=MappingProxyType(title),
        unit=unit,
        keys=tuple(_of_kind(entry, "keys", list, path)),
        columns=MappingProxyType(columns),
        scope=MappingProxyType(plain(_of_kind(entry, "scope", dict, path))),
        otherwise=plain(entry.get("otherwise")),
        interpretation=_of_kind(entry, "interpretation", int, path) or None,
        gaps=_of_kind(entry, "gaps", bool, path),
        rows=(),
        where=where,
    )
    if parameter.otherwise is not None:
        _check_value(parameter, parameter.otherwise, where)
    rows = tuple(_row(parameter, row, path) for row in _listed(entry, "rows", path))
    return replace(parameter, rows=_in_order(rows))


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda r: r.start or dt.date.min))


def _row(parameter: Parameter, entry: dict[str, Any], path: Path) -> Row:
    _known_keys(entry, _ROW_KEYS, path)
    where = f"{path}:{entry[_LINE]}"
    grade = _need(entry, "grade", path)
    if grade not in GRADES:
        raise _wrong(where, parameter.id, "{error}", error=unknown_name(_("Bukti"), grade, GRADES))
    source = tuple(_of_kind(entry, "source", list, path))
    if not source and grade in ("gazette", "secondary"):
        raise _wrong(where, parameter.id, _("angka {grade} perlu sumbernya (`source`)."), grade=grade)
    if "value" not in entry or entry["value"] is None:
        raise _wrong(where, parameter.id, _("{key!r} belum ada."), key="value")
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
        temporary=_of_kind(entry, "temporary", bool, path),
        expected_until=_day(entry, "expected_until", where),
        reading=MappingProxyType(plain(_of_kind(entry, "reading", dict, path))),
        note=str(entry.get("note") or ""),
        where=where,
    )


def _day(entry: Mapping[str, Any], key: str, where: str) -> dt.date | None:
    value = entry.get(key)
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        raise _wrong(
            where, "", _("{key!r} berisi {value!r}; tulis hari seperti 2025-03-01 tanpa tanda kutip."), key=key, value=value
        )
    return value


def _check_value(parameter: Parameter, value: Any, where: str) -> None:
    if parameter.unit == "table":
        _check_table(parameter, value, where)
    elif parameter.keys:
        if not isinstance(value, dict) or set(value) != set(parameter.keys):
            raise _wrong(where, parameter.id, _("kuncinya harus tepat {keys}."), keys=", ".join(parameter.keys))
        for key in parameter.keys:
            _check_unit(parameter.unit, value[key], where, f"{parameter.id}[{key}]")
    else:
        _check_unit(parameter.unit, value, where, parameter.id)


def _check_table(parameter: Parameter, value: Any, where: str) -> None:
    if not isinstance(value, list) or not value:
        raise _wrong(where, parameter.id, _("tabel harus berupa daftar baris."))
    for number, line in enumerate(value, 1):
        if not isinstance(line, dict) or set(line) != set(parameter.columns):
            wanted = ", ".join(parameter.columns)
            raise _wrong(
                where, parameter.id, _("baris tabel {number}: kolomnya harus tepat {columns}."), number=number, columns=wanted
            )
        for column, unit in parameter.columns.items():
            if line[column] is not None:
                _check_unit(unit, line[column], where, f"{parameter.id}[{number}].{column}")


def _check_unit(unit: str, value: Any, where: str, id: str) -> None:
    if unit == "list":
        right = isinstance(value, list)
    elif unit == "text":
        right = isinstance(value, str)
    elif unit == "date":
        right = isinstance(value, dt.date)
    elif unit == "flag":
        right = type(value) is int and value in (0, 1)
    else:
        right = type(value) is int and 0 <= value <= _LARGEST
    if not right:
        raise _wrong(where, id, _("{value!r} bukan nilai dalam satuan {unit}."), value=value, unit=unit)


def _overlaid(base: Parameter | None, entry: dict[str, Any], path: Path) -> Parameter:
    """The parameter with the overlay's rows: what they overlap is cut, what follows them stands."""
    if base is None:
        return _parameter(entry, path)
    _known_keys(entry, _PARAMETER_KEYS, path)
    for key, own in (("unit", base.unit), ("keys", list(base.keys)), ("columns", dict(base.columns))):
        if key in entry and plain(entry[key]) != own:
            raise _wrong(
                f"{path}:{entry[_LINE]}",
                base.id,
                _("{key} tidak dapat diganti; di {where} {own}."),
                key=key,
                where=base.where,
                own=own,
            )
    rows = tuple(_row(base, row, path) for row in _listed(entry, "rows", path))
    kept = [piece for row in base.rows for piece in _cut(row, _last_day(row, base.rows), rows)]
    return replace(base, rows=_in_order([*kept, *rows]))


def _last_day(row: Row, rows: Iterable[Row]) -> dt.date | None:
    """The day a row ends: its own, or for an open one the day before the next ordinary row of its readings."""
    later = [
        r.start
        for r in rows
        if not r.temporary and r.start is not None and r.start > (row.start or dt.date.min) and _together(row, r)
    ]
    return row.end or (min(later) - _ONE if later else None)


def _together(row: Row, other: Row) -> bool:
    """Whether two rows can hold under the same readings."""
    return all(other.reading.get(name, option) == option for name, option in row.reading.items())


def _cut(row: Row, last: dt.date | None, by: Iterable[Row]) -> list[Row]:
    """What is left of a row beside the ordinary rows of an overlay."""
    pieces = [row]
    for cut in by:
        if not cut.temporary and not row.temporary and _together(row, cut):
            pieces = [part for piece in pieces for part in _beside(piece, piece.end or last, cut)]
    return pieces


def _beside(row: Row, last: dt.date | None, cut: Row) -> list[Row]:
    """The parts of a row (which ends on `last`) before and after another row."""
    first, start, end = row.start or dt.date.min, cut.start or dt.date.min, cut.end or dt.date.max
    if (last or dt.date.max) < start or first > end:
        return [row]
    before = [replace(row, end=start - _ONE)] if first < start else []
    after = [replace(row, start=end + _ONE)] if cut.end is not None and (last or dt.date.max) > end else []
    return before + after


def _check_rows(parameter: Parameter, readings: Mapping[str, Reading]) -> None:
    if not parameter.rows:
        raise _wrong(parameter.where, parameter.id, _("{key!r} belum ada."), key="rows")
    for row in parameter.rows:
        _check_row(parameter, row, readings)
    names = sorted({name for row in parameter.rows for name in row.reading})
    for chosen in _choices(names, readings):
        rows = [r for r in parameter.rows if all(chosen[n] == o for n, o in r.reading.items())]
        _check_order(parameter, [r for r in rows if not r.temporary])
        _check_order(parameter, [r for r in rows if r.temporary], gaps=True)


def _check_row(parameter: Parameter, row: Row, readings: Mapping[str, Reading]) -> None:
    if row.start and row.end and row.end < row.start:
        raise _wrong(row.where, parameter.id, _("berakhir {end} sebelum mulai {start}."), end=row.end, start=row.start)
    if row.temporary and (row.start is None or row.end is None):
        raise _wrong(row.where, parameter.id, _("baris sementara perlu `from` dan `to`."))
    for name, option in row.reading.items():
        if name not in readings:
            raise _wrong(row.where, parameter.id, "{error}", error=unknown_name(_("Tafsir"), name, readings))
        if option not in readings[name].options:
            raise _wrong(
                row.where, parameter.id, "{error}", error=unknown_name(_("Pilihan tafsir"), option, readings[name].options)
            )


def _choices(names: list[str], readings: Mapping[str, Reading]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    for name in names:
        found = [{**chosen, name: option} for chosen in found for option in readings[name].options]
    return found


def _check_order(parameter: Parameter, rows: list[Row], gaps: bool = False) -> None:
    for row, following in pairwise(rows):
        if following.start is None or (row.start is not None and following.start <= row.start):
            raise _wrong(following.where, parameter.id, _("mulai bersama atau sebelum baris di {where}."), where=row.where)
        if row.end is None:
            continue  # an open row ends where the next begins
        if following.start <= row.end:
            raise _wrong(following.where, parameter.id, _("tumpang tindih dengan baris di {where}."), where=row.where)
        if following.start > row.end + _ONE and not (gaps or parameter.gaps) and parameter.otherwise is None:
            first, last = row.end + _ONE, following.start - _ONE
            raise _wrong(
                following.where, parameter.id, _("celah: tidak ada yang berlaku {first} sampai {last}."), first=first, last=last
            )
