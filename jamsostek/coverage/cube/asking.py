"""Questions answered: from the cells counted in the night where they hold them, else on the rows."""

from __future__ import annotations

import time
from typing import Any, Literal

from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.coverage.cube.engine import Cancel, Progress, engine, watched
from jamsostek.coverage.cube.lattice import lattice_for
from jamsostek.coverage.cube.schema import LISTS, MASKS, NEVER, Answer, Question, TooLong
from jamsostek.coverage.cube.sql import cells_sql, rows_sql
from jamsostek.coverage.cube.store import Snapshot, broken, latest, none_yet

Source = Literal["cells", "rows"]


def ask(
    question: Question,
    *,
    snapshot: Snapshot | None = None,
    source: Source | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    most: int | None = None,
) -> Answer:
    """Answers with exact counts, for those who may see them; what everybody may see is `protect` of it.

    `source` "rows" counts again what cells hold; "cells" refuses what they do not hold. `progress` hears 0 to 1, `cancel` is
    asked all along. Raises `InputError`: nothing to ask yet, a month after the snapshot, a damaged snapshot; `Cancelled`;
    `TooLong` for more lines than `most`.
    """
    begun = time.perf_counter()
    wanted = question.checked()
    found = snapshot or latest()
    if found is None:
        raise none_yet()
    known(wanted, found)
    lattice = None if source == "rows" else lattice_for(wanted, found.first_month, found.last_month)
    if lattice is None and source == "cells":
        raise InputError(_("Sel yang disiapkan tidak memuat pertanyaan ini."), remedy=_("Tanyakan pada baris."))
    columns: list[list[Any]]
    if not all(wanted.where.values()):
        columns = []  # one of no values is nobody
    elif lattice is None:
        files = found.row_files(_provinces(wanted) if wanted.basis == "domicile" else None)
        columns = _columns(found, rows_sql(wanted, files) if files else "", progress, cancel, most)
    else:
        files = found.cell_files(lattice, _provinces(wanted))
        columns = _columns(found, cells_sql(wanted, files) if files else "", progress, cancel, most)
    if most is not None and columns and len(columns[0]) > most:
        raise TooLong(most)
    told = [
        _told(name, values, wanted.months if lattice is None else ())
        for name, values in zip((*wanted.by, *wanted.measures), columns, strict=False)
    ]
    rows = list(zip(*told, strict=True))
    if not rows and not wanted.by:
        rows = [(0,) * len(wanted.measures)]
    seconds = time.perf_counter() - begun
    return Answer((*wanted.by, *wanted.measures), rows, found.as_of, "cells" if lattice else "rows", seconds, wanted)


def known(question: Question, snapshot: Snapshot) -> None:
    """Raises `InputError` for a month after the snapshot."""
    last = snapshot.last_month
    late = [one for one in question.months if one > last]
    if late:
        raise InputError(
            _("Bulan {month} belum ada di potret {day}.").format(month=format_month(late[0]), day=snapshot.as_of.isoformat()),
            field="months", value=late[0], remedy=_("Pilih bulan sampai {month}.").format(month=format_month(last)),
        )  # fmt: skip


def _provinces(question: Question) -> frozenset[int] | None:
    """Provinces outside which nobody is asked about; None: anywhere."""
    found: frozenset[int] | None = None
    for name, size in (("province", 1), ("regency", 100), ("village", 100_000_000)):
        if name in question.where:
            these = frozenset(int(one) // size for one in question.where[name])
            found = these if found is None else found & these
    return found


def holds(question: Question, snapshot: Snapshot) -> bool:
    """Whether the night's cells answer a question (checked before), so that it comes at once."""
    return lattice_for(question, snapshot.first_month, snapshot.last_month) is not None


def _columns(snapshot: Snapshot, sql: str, progress: Progress | None, cancel: Cancel | None, most: int | None) -> list[list[Any]]:
    if not sql:
        return []
    if most is not None:
        sql = f"SELECT * FROM ({sql}) ORDER BY ALL LIMIT {most + 1}"
    import duckdb  # a portal whose pages ask nothing carries no engine

    try:
        with engine() as con:
            return watched(con, sql, progress=progress, cancel=cancel)
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        raise broken(snapshot.folder) from error


def _told(name: str, values: list[Any], months: tuple[int, ...]) -> list[Any]:
    """A column in words and codes; on rows a month is its place in `months`."""
    if name == "month" and months:
        return [months[value] for value in values]
    if name == "regency":
        provinces = {one: one // 100 for one in {*values} if one is not None and one % 100 == 0 and one not in REGENCIES}
        return [provinces.get(value, value) for value in values] if provinces else values  # a province is all that is known
    if name in LISTS:
        known = (*LISTS[name], NEVER) if name in MASKS else LISTS[name]
        return [known[value] for value in values]
    return values
