"""Good rows as the registry takes them: people, with everything that needs no database made beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.access.vault import blind_indexes
from jamsostek.linkage.names import same_name, search_key
from jamsostek.registry.actions.people import ALIKE, Prepared, prepare
from jamsostek.registry.choices import Degree, Leaving, Sex
from jamsostek.registry.identity import Person

SEXES = {"male": str(Sex.MALE), "female": str(Sex.FEMALE), None: ""}
DEGREES = {"mild": str(Degree.LIGHT), "moderate": str(Degree.MODERATE), "severe": str(Degree.SEVERE), None: None}
LEAVINGS = {
    "resigned": Leaving.RESIGNED, "laid_off": Leaving.DISMISSED, "contract_ended": Leaving.CONTRACT_ENDED,
    "retired": Leaving.RETIRED, "died": Leaving.DIED, "transferred": Leaving.MOVED,
}  # fmt: skip
"""The reasons of a list as the registry stores them; all others are `other`."""
Cells = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """A slice of the good rows from `start`. Lists hold one entry a row; `joins` and `others` are places among them."""

    start: int
    rows: list[Cells]
    joins: list[int]
    others: list[int]
    nik_indexes: list[bytes | None]
    prepared: Prepared
    """Those who join, in the order of `joins`."""

    def does(self, activity: str) -> list[int]:
        """The places of an activity."""
        return [at for at in self.others if self.rows[at]["activity"] == activity]


def make_batch(table: pa.Table, start: int, count: int, regency_code: int, ids: Sequence[int]) -> Batch:
    """A batch ready to be written; `regency_code` stands in where a row names none. Touches no database."""
    rows: list[Cells] = table.slice(start, count).to_pylist()
    joins = [at for at, row in enumerate(rows) if row["activity"] == "join"]
    others = [at for at, row in enumerate(rows) if row["activity"] != "join"]
    niks = [row["nik"] or "" for row in rows]
    indexes = [index if nik else None for index, nik in zip(blind_indexes("nik", niks), niks, strict=True)]
    people = [_person(rows[at], regency_code) for at in joins]
    return Batch(start, rows, joins, others, indexes, prepare(people, ids[: len(joins)], [indexes[at] for at in joins]))


def joining(table: pa.Table, start: int, count: int) -> int:
    """How many rows of a slice join: so many ids are set aside."""
    return int(pc.sum(pc.equal(table["activity"].slice(start, count), "join")).as_py() or 0)


def _person(row: Cells, regency_code: int) -> Person:
    """The person of a row. The reader checked it by the same rules as `identity.check`; what is too long is cut."""
    village = row["village_code"]
    regency = row["regency_code"] or regency_code
    return Person(
        name=row["name"],
        sex=SEXES[row["sex"]],
        birth_date=row["birth_date"],
        regency_code=regency,
        nik=row["nik"],
        mother_name=(row["mother_name"] or "")[:120],
        birth_place=(row["birth_place"] or "")[:80],
        village_code=village if village and village // 1_000_000 == regency else None,
        address=(row["address"] or "")[:200],
        phone=row["phone"] or "",
        bank_code=(row["bank"] or "")[:60] if row["account"] else "",
        bank_account=row["account"] or "",
        disability_type=row["disability_type"],
        disability_degree=DEGREES[row["disability_degree"]] if row["disability_type"] else None,
    )


def same_person(row: Cells, name_key: str, birth_date: Any) -> bool:
    """Whether a row's name and birth date, where it has them, are those of the number it gives."""
    if row["birth_date"] is not None and row["birth_date"] != birth_date:
        return False
    return not row["name"] or same_name(search_key(row["name"]), name_key) >= ALIKE
