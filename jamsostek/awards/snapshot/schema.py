"""What stands in a snapshot: its tables, their columns, and what each row is called by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jamsostek.awards.edition import Edition
from jamsostek.awards.measures.names import SUBJECT_OF

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "jamsostek.award.snapshot/1"
EDITION, SEAL = "edition.yaml", "seal.json"
ENTRIES, MARKS, EVIDENCE = "entries", "marks", "evidence"
NUM, DEN = "num_", "den_"
"""Before a criterion's key: the two whole numbers that its value is of."""
ABOUT: Mapping[str, str] = {
    "key": "int64", "code": "string", "name": "string", "province": "int32", "regency": "int32", "zone": "int32",
    "kind": "string", "scale": "string", "section": "string", "population": "int64", "invented": "bool", "absent": "string",
}  # fmt: skip
"""Of a subject. `zone` is its place in the edition, 1 and on; `absent` has `criterion=reason`, one after the other."""
TABLES: Mapping[str, Mapping[str, str]] = {
    ENTRIES: {
        "code": "string", "category": "string", "level": "string", "area": "int32", "subject": "string", "key": "int64",
        "name": "string", "province": "int32", "regency": "int32", "invented": "bool",
    },
    MARKS: {"entry_code": "string", "criterion": "string", "seat_code": "string", "marks": "int32"},
    EVIDENCE: {
        "code": "string", "entry_code": "string", "criterion": "string", "kind": "string", "digest": "string", "size": "int64",
        "received_at": "string",
    },
}  # fmt: skip
"""Tables beside the measures. Marks are 0 to 100; `received_at` is a moment in UTC."""
NAMES: Mapping[str, tuple[str, ...]] = {
    ENTRIES: ("code",), MARKS: ("entry_code", "criterion", "seat_code"), EVIDENCE: ("code",),
}  # fmt: skip
"""The columns a row is called by; of measures the key."""


@dataclass(frozen=True)
class Mark:
    """A juror's mark, 0 to 100."""

    entry_code: str
    criterion: str
    seat_code: str
    marks: int


def measures(subject: str) -> str:
    """The table of a kind of subject."""
    return f"measures-{subject}"


def member(table: str) -> str:
    """The file of a table."""
    return f"{table}.parquet"


def rows_member(table: str) -> str:
    """The file of a table's rows and their digests."""
    return f"rows-{table.removeprefix('measures-')}.txt"


def named_by(table: str) -> tuple[str, ...]:
    """The columns that a row is called by, and its table is sorted by."""
    return NAMES.get(table, ("key",))


def criteria_of(edition: Edition, subject: str) -> tuple[str, ...]:
    """Measured criteria that some category of a kind of subject weighs, in the order of the edition."""
    weighed = {
        one.criterion for category in edition.categories.values() if category.subject == subject for one in category.criteria
    }
    return tuple(
        key for key, one in edition.criteria.items()
        if key in weighed and one.kind == "measured" and subject in SUBJECT_OF.get(one.measure, ())
    )  # fmt: skip


def subjects_of(edition: Edition) -> tuple[str, ...]:
    """Kinds of subjects that compete in an edition."""
    return tuple(dict.fromkeys(category.subject for category in edition.categories.values()))


def tables_of(edition: Edition) -> tuple[str, ...]:
    """All tables of a snapshot of an edition, in their order."""
    return (*(measures(subject) for subject in subjects_of(edition)), *TABLES)


def columns_of(edition: Edition, table: str) -> dict[str, str]:
    """The columns of a table and their types, in their order."""
    if table in TABLES:
        return dict(TABLES[table])
    criteria = criteria_of(edition, table.removeprefix("measures-"))
    return {**ABOUT, **{f"{part}{key}": "int64" for key in criteria for part in (NUM, DEN)}}


def arrow_schema(columns: Mapping[str, str]) -> pa.Schema:
    """Columns for Arrow."""
    import pyarrow as pa

    kinds = {"int64": pa.int64(), "int32": pa.int32(), "string": pa.string(), "bool": pa.bool_()}
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])


def table_of(edition: Edition, name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table from rows, sorted; what a row does not tell is null."""
    import pyarrow as pa

    table = pa.Table.from_pylist([dict(row) for row in rows], arrow_schema(columns_of(edition, name)))
    return table.sort_by([(one, "ascending") for one in named_by(name)])
