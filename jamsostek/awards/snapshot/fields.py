"""A contest's field out of a snapshot: who competes, and every criterion as whole parts per million."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from jamsostek.awards.edition import Category
from jamsostek.awards.scoring import LARGEST, MILLION, MISSING, Field
from jamsostek.awards.snapshot.files import Snapshot
from jamsostek.awards.snapshot.schema import DEN, ENTRIES, MARKS, NUM
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _

if TYPE_CHECKING:
    import pyarrow as pa

Ints = npt.NDArray[np.int64]
MARK_PPM = 10_000
"""A mark of 100 is a million."""
_EASY = 2**42
"""Below it a denominator's remainder times a million stays inside 64 bits."""


def field_of(snapshot: Snapshot, category: Category | str, level: str, area: int, *, entries_only: bool = False) -> Field:
    """The field of a contest.

    Without `entries_only` all subjects that the category is about, by their public code, and the measured criteria alone (score
    it with `screen`). With it, accepted entries by their entry code, and judged criteria as the mean of their marks. An area
    where nobody competes is a field of none. Raises `InputError` for a level that the category is not decided at.
    """
    wanted = snapshot.edition.category(category) if isinstance(category, str) else category
    rows = _competing(snapshot, wanted, level, area)
    table = snapshot.of(wanted.subject).take(rows)
    keys = [str(one) for one in table.column("code").to_pylist()]
    weighed = [snapshot.edition.criteria[one.criterion] for one in wanted.criteria]
    if entries_only:
        entries = _entries(snapshot, wanted, level, area)
        places = {key: place for place, key in enumerate(table.column("key").to_pylist())}
        absent = [one["code"] for one in entries if one["key"] not in places]
        if absent:
            raise InputError(
                _("Calon {code} tidak termasuk kategori {name} di potret ini.").format(code=absent[0], name=wanted.name),
                field="entry", value=absent[0],
                remedy=_("Periksa skala, sektor, dan wilayah calon itu, atau tolak pencalonannya."),
            )  # fmt: skip
        table = table.take([places[one["key"]] for one in entries])
        keys = [one["code"] for one in entries]
    else:
        weighed = [one for one in weighed if one.kind == "measured"]
    columns = [
        measured_ppm(table, one.key) if one.kind == "measured" else judged_ppm(snapshot, keys, one.key) for one in weighed
    ]  # fmt: skip
    values = np.stack(columns, axis=1) if columns else np.empty((len(keys), 0), np.int64)
    return Field(tuple(keys), tuple(one.key for one in weighed), values, tuple(one.better for one in weighed))


def areas_of(snapshot: Snapshot, category: Category, level: str) -> list[int]:
    """The areas in which a category has somebody at a level."""
    stage = category.stage(level)
    if stage.area == "nation":
        return [0]
    column = "province" if stage.area == "province" else "zone"
    return sorted({int(one) for one in snapshot.of(category.subject).column(column).unique().to_pylist() if one})


def measured_ppm(table: pa.Table, criterion: str) -> Ints:
    """A measured criterion: numerator over denominator in ppm, rounded half up; MISSING without either, or over nothing."""
    if f"{NUM}{criterion}" not in table.column_names:
        return np.full(table.num_rows, MISSING, np.int64)
    known = np.ones(table.num_rows, bool)
    parts = []
    for name in (f"{NUM}{criterion}", f"{DEN}{criterion}"):
        column = table.column(name).combine_chunks()
        known &= ~np.asarray(column.is_null().to_numpy(zero_copy_only=False), bool)
        parts.append(np.asarray(column.fill_null(0).to_numpy(zero_copy_only=False), np.int64))
    return ratio_ppm(parts[0], parts[1], known)


def ratio_ppm(num: Ints, den: Ints, known: npt.NDArray[np.bool_]) -> Ints:
    """Whole ppm, half up, at most LARGEST either way; MISSING where not known or the denominator is not above 0."""
    good = known & (den > 0)
    over, below = np.where(good, num, 0), np.where(good, den, 1)
    whole, rest = over // below, over % below
    if below.size and int(below.max()) >= _EASY:
        part = np.array([(2 * MILLION * int(r) + int(d)) // (2 * int(d)) for r, d in zip(rest, below, strict=True)], np.int64)
    else:
        part = (2 * MILLION * rest + below) // (2 * below)
    whole = np.clip(whole, -LARGEST // MILLION, LARGEST // MILLION)
    return np.where(good, np.clip(whole * MILLION + part, -LARGEST, LARGEST), MISSING)


def judged_ppm(snapshot: Snapshot, entries: Sequence[str], criterion: str) -> Ints:
    """A judged criterion of entries: the mean of their marks, rounded half up; MISSING without a mark."""
    found: dict[str, list[int]] = {}
    for row in snapshot.tables[MARKS].to_pylist():
        if row["criterion"] == criterion:
            found.setdefault(row["entry_code"], []).append(int(row["marks"]))
    return np.array([mean_ppm(found.get(entry, [])) for entry in entries], np.int64)


def mean_ppm(marks: Sequence[int]) -> int:
    """The mean of marks (0 to 100) in ppm, half up."""
    return (2 * MARK_PPM * sum(marks) + len(marks)) // (2 * len(marks)) if marks else MISSING


def _competing(snapshot: Snapshot, category: Category, level: str, area: int) -> npt.NDArray[np.int64]:
    """Rows of the subjects that a category is about, in an area."""
    table, stage = snapshot.of(category.subject), category.stage(level)
    chosen = np.ones(table.num_rows, bool)
    if stage.area != "nation":
        column = table.column("province" if stage.area == "province" else "zone")
        chosen &= np.asarray(column.fill_null(0).to_numpy(), np.int64) == area
    for name, values in category.only.items():
        chosen &= _among(table, name, values)
    return np.flatnonzero(chosen)


def _among(table: pa.Table, name: str, values: Sequence[str]) -> npt.NDArray[np.bool_]:
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {"scale": "scale", "section": "section", "regency_kind": "kind"}
    if name not in columns:
        raise unknown_name(_("Saringan"), name, columns)
    found = pc.is_in(table.column(columns[name]), value_set=pa.array(list(values), pa.string()))
    return np.asarray(found.to_numpy(), bool)


def _entries(snapshot: Snapshot, category: Category, level: str, area: int) -> list[dict[str, Any]]:
    return [
        one for one in snapshot.tables[ENTRIES].to_pylist()
        if (one["category"], one["level"], one["area"]) == (category.key, level, area)
    ]  # fmt: skip
