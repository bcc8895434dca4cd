"""What reading a register gives: a chunk of good rows as an Arrow table, and everything to mend in it as another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.nik import mask_nik
from jamsostek.messages.register.kinds import KINDS
from jamsostek.messages.register.problems import RegisterProblem
from jamsostek.messages.tables.problems import mask
from jamsostek.messages.tables.titles import letter

SCHEMA = pa.schema(
    [
        ("row_number", pa.int64()),  # the file's own, 1 = first
        ("name", pa.string()),  # without ALM, which is in death_hint
        ("nik", pa.string()),  # 16 digits that can be a person's, else null
        ("nik_written", pa.string()),  # what stood there where it cannot: digits for a near comparison
        ("nik_state", pa.string()),  # ok, repaired, missing, or what is wrong: short, long, cut, repeated, ...
        ("kk", pa.string()),
        ("sex", pa.string()),  # male, female; never from the NIK
        ("birth_date", pa.date32()),  # never from the NIK: it is compared with it
        ("birth_place", pa.string()),
        ("mother_name", pa.string()),
        ("phone", pa.string()),  # +62…
        ("village_code", pa.int64()),  # Kemendagri; the successor of a former code
        ("village", pa.string()),  # as written, as are district and regency
        ("district", pa.string()),
        ("regency", pa.string()),
        ("address", pa.string()),
        ("hamlet", pa.string()),  # RT, RW, hamlet, joined
        ("relation", pa.string()),  # head, spouse, child, child_in_law, grandchild, parent, parent_in_law, other
        ("decile", pa.int8()),
        ("occupation", pa.string()),
        ("employment", pa.string()),
        ("income_rupiah", pa.int64()),  # a month's, as stated: an estimate
        ("disability", pa.string()),  # physical, sensory, intellectual, mental, multiple
        ("marital", pa.string()),  # single, married, divorced, widowed
        ("woman_head", pa.bool_()),
        ("children_school", pa.int16()),
        ("is_asn", pa.bool_()),  # stated, or by occupation or NIP: a hint
        ("civil_status", pa.string()),  # alive, dead, moved
        ("death_hint", pa.bool_()),
        ("moved_hint", pa.bool_()),
        ("note", pa.string()),
        ("source_id", pa.string()),
    ]
)
"""Good rows. Null: not there, or not believable (then a problem says so)."""
PROBLEMS = pa.schema(
    [
        ("row", pa.int64()),
        ("column", pa.int16()),  # position, A = 0; null: the whole row
        ("kind", pa.string()),
        ("value", pa.string()),  # masked
        ("detail", pa.string()),  # JSON
    ]
)
_STARRED = frozenset({"nik", "kk", "phone"})
_DIGITS = re.compile(r"\d")
MOST_TEXT = 200


@dataclass(frozen=True)
class Counts:
    """Rows: seen = kept + refused + passed."""

    seen: int
    kept: int
    refused: int
    passed: int


@dataclass(frozen=True)
class Chunk:
    """Rows that follow each other in the file. Reading again from `next_row` gives the following chunk."""

    first_row: int
    next_row: int
    rows: pa.Table = field(repr=False)
    problem_table: pa.Table = field(repr=False)
    """As `PROBLEMS`, in the order of the file."""
    counts: Counts
    sheet: str
    titles: tuple[str, ...]
    """Of every column, from A."""

    def problems(self, kind: str | None = None, *, start: int = 0, count: int | None = None) -> Iterator[RegisterProblem]:
        """What is told, in the order of the file, or that of one kind; `start` and `count` for a page."""
        table = self.problem_table
        chosen = table if kind is None else table.filter(pc.equal(table["kind"], kind))
        for one in chosen.slice(start, count).to_pylist():
            at = one["column"]
            yield RegisterProblem(
                kind=one["kind"],
                sheet=self.sheet,
                row=one["row"],
                column="" if at is None else letter(at),
                title="" if at is None else self.titles[at],
                value_seen=one["value"],
                detail=json.loads(one["detail"]) if one["detail"] else {},
            )

    def kinds(self) -> dict[str, int]:
        """How many problems of each kind; of a note, how many rows."""
        counted = pc.value_counts(self.problem_table["kind"]).to_pylist()
        counts = {one["values"]: one["counts"] for one in counted}
        for one in self.problem_table.filter(pc.match_substring(self.problem_table["detail"], '"count"')).to_pylist():
            if KINDS[one["kind"]].severity == "note":
                counts[one["kind"]] += json.loads(one["detail"])["count"] - 1
        return counts


def shown(value: str, name: str) -> str:
    """A cell as a screen may show it: numbers of identity and telephone starred, and any long number in a text."""
    text = value[:MOST_TEXT]
    if name in _STARRED and len(_DIGITS.findall(text)) >= 6:
        return mask_nik(text) if len(text) >= 12 else "*" * len(text)
    return mask(text) if name != "village_code" else mask(text, minimum_digits=11)
