"""What reading a list of people gives: good rows as one Arrow table, and everything to mend as another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.nik import mask_nik
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.roster.problems import RosterProblem
from jamsostek.messages.tables.problems import NOTE, SEVERITIES, mask
from jamsostek.messages.tables.titles import letter

SCHEMA = pa.schema(
    [
        ("row", pa.int32()),  # the sheet's own row number, 1 = first
        ("activity", pa.string()),  # join, leave, wage, change
        ("nik", pa.string()),  # 16 digits, or null for a participant known by KPJ
        ("kpj", pa.string()),
        ("name", pa.string()),
        ("birth_place", pa.string()),
        ("birth_date", pa.date32()),  # from its column, else from the NIK
        ("sex", pa.string()),  # male, female; from its column, else from the NIK
        ("mother_name", pa.string()),
        ("address", pa.string()),
        ("regency_code", pa.int32()),  # Kemendagri, of today
        ("village_code", pa.int64()),  # Kemendagri, of its day
        ("district", pa.string()),  # as written
        ("village", pa.string()),  # as written
        ("phone", pa.string()),  # +62…
        ("bank", pa.string()),
        ("account", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("leave_reason", pa.string()),
        ("wage_rupiah", pa.int64()),  # a month's
        ("daily_wage_rupiah", pa.int64()),  # instead of it, where a day's wage is stated
        ("unit", pa.string()),
        ("occupation", pa.string()),
        ("segment", pa.string()),
        ("income_rupiah", pa.int64()),
        ("disability_type", pa.string()),
        ("disability_degree", pa.string()),
        ("overwrite", pa.bool_()),  # null where nothing is said
        ("stated_correct", pa.bool_()),  # the sender says that the row matches the ID card
        ("unpaid", pa.bool_()),  # a month without pay; only of a month's whole list
    ]
)
"""The good rows of either layout; a column that the layout lacks is null."""
PROBLEMS = pa.schema(
    [
        ("row", pa.int32()),  # null: the sheet as a whole
        ("column", pa.int16()),  # position from the sheet's column A = 0; null: none
        ("kind", pa.string()),
        ("value", pa.string()),  # whole: only for the file that goes back to its sender
        ("detail", pa.string()),  # JSON
    ]
)
_FREE_TEXT = frozenset({"name", "mother_name", "address", "occupation", "unit", "village", "district", "birth_place"})
_STARRED = frozenset({"nik", "kpj", "account", "phone", "employee_number"})
_FEW_DIGITS = 6
"""Fewer digits are nobody's number."""


@dataclass(frozen=True)
class ColumnFound:
    """A column of the sheet: its position (A = 0), the title above it, the field it was read as ('' for none)."""

    position: int
    title: str
    field: str

    @property
    def letter(self) -> str:
        """As a spreadsheet names it."""
        return letter(self.position)


@dataclass(frozen=True)
class Counts:
    """How many rows: of people, good, refused, good with a warning; good ones by activity."""

    read: int
    good: int
    refused: int
    warned: int
    activities: Mapping[str, int]


@dataclass(frozen=True)
class Roster:
    """A list read. Rows with an error are told in the problems and never in `rows`; the others are all in `rows`."""

    name: str
    """The file's name."""
    layout: str
    month: int
    sheet: str
    header_row: int
    """The sheet's row of the titles, 1 = first."""
    body_row: int
    """The sheet's row below the titles."""
    columns: tuple[ColumnFound, ...]
    rows: pa.Table = field(repr=False)
    problem_table: pa.Table = field(repr=False)
    """Everything told, as `PROBLEMS`, in the order of the sheet; `problems` gives it in words."""
    counts: Counts

    def problems(self, kind: str | None = None, *, start: int = 0, count: int | None = None) -> list[RosterProblem]:
        """Errors and warnings in the order of the sheet, or those of one kind; `start` and `count` for a page of them."""
        return self._in_words(self._of(kind, lambda one: one != NOTE), start, count)

    @property
    def notes(self) -> list[RosterProblem]:
        """What was decided and needs nothing done."""
        return self._in_words(self._of(None, lambda severity: severity == NOTE))

    def kinds(self) -> dict[str, int]:
        """How many problems of each kind, errors first, then the largest groups: one kind is mended one way."""
        counted = pc.value_counts(self.problem_table["kind"]).to_pylist()
        counts = {one["values"]: one["counts"] for one in counted if KINDS[one["values"]].severity != NOTE}
        order = list(KINDS)
        return dict(
            sorted(
                counts.items(),
                key=lambda item: (SEVERITIES.index(KINDS[item[0]].severity), -item[1], order.index(item[0])),
            )
        )

    def problems_by_kind(self, each: int = 100) -> Iterator[tuple[str, int, list[RosterProblem]]]:
        """Kind, how many there are, and the first of them: what a page shows."""
        for kind, count in self.kinds().items():
            yield kind, count, self.problems(kind, count=each)

    def refused_rows(self) -> list[int]:
        """The sheet's rows that were not accepted."""
        return self._rows_of("error")

    def warned_rows(self) -> list[int]:
        """The sheet's rows with a warning, refused ones too."""
        return self._rows_of("warning")

    def _rows_of(self, severity: str) -> list[int]:
        kinds = pa.array([kind for kind, told in KINDS.items() if told.severity == severity], pa.string())
        found = self.problem_table.filter(pc.is_in(self.problem_table["kind"], value_set=kinds))["row"]
        return sorted(pc.unique(found.drop_null()).to_pylist())

    def _of(self, kind: str | None, wanted: Any) -> pa.Table:
        kinds = [kind] if kind else [name for name, told in KINDS.items() if wanted(told.severity)]
        chosen = pc.is_in(self.problem_table["kind"], value_set=pa.array(kinds, pa.string()))
        return self.problem_table.filter(chosen)

    def _in_words(self, table: pa.Table, start: int = 0, count: int | None = None) -> list[RosterProblem]:
        by_position = {column.position: column for column in self.columns}
        return [self._problem(one, by_position.get(one["column"])) for one in table.slice(start, count).to_pylist()]

    def _problem(self, one: Mapping[str, Any], column: ColumnFound | None) -> RosterProblem:
        return RosterProblem(
            kind=one["kind"],
            sheet=self.sheet,
            row=one["row"],
            column=column.letter if column else "",
            title=column.title if column else "",
            value_seen=shown(one["value"], column.field if column else ""),
            value_whole=one["value"],
            detail=json.loads(one["detail"]) if one["detail"] else {},
        )


def shown(value: str, name: str) -> str:
    """A cell's value as a screen may show it: numbers of identity, account and telephone starred, and any long number."""
    if name in _STARRED and sum(map(str.isdigit, value)) >= _FEW_DIGITS:
        return mask_nik(value)
    return mask(value, minimum_digits=10 if name in _FREE_TEXT else 12)
