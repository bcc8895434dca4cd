"""A register counted while its chunks pass: what is missing, what the NIKs are, who and where the people are.

Profiles add up, so a resumed import's is the sum of its parts. Only distinct family cards are not a sum: they are
counted by a sketch of fixed size that adds up too (an estimate, exact for small files).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.messages.register import sketch
from jamsostek.messages.register.chunks import SCHEMA, Chunk

AGE_BANDS = ((0, 4), (5, 14), (15, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 79), (80, 199))
"""Years at least and at most, on the day of the snapshot."""
TOP = 20
_KEPT_OCCUPATIONS = 2_000
"""Different occupations kept while counting; rarer ones are dropped beyond it."""
_COUNTED = ("row_number", "nik_written", "nik_state", "death_hint", "moved_hint")


@dataclass(frozen=True)
class Profile:
    """Counts of rows; of the values only of rows kept. Mappings are from a value to how many."""

    seen: int = 0
    kept: int = 0
    refused: int = 0
    passed: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    """Field -> rows without it."""
    nik: dict[str, int] = field(default_factory=dict)
    """See `chunks.SCHEMA`: nik_state."""
    kinds: dict[str, int] = field(default_factory=dict)
    """Every kind of problem: doubles, default and impossible dates, NIK against birth date and sex, ..."""
    sex: dict[str, int] = field(default_factory=dict)
    ages: dict[str, int] = field(default_factory=dict)
    """`18-24` -> rows; `unknown`."""
    deciles: dict[str, int] = field(default_factory=dict)
    villages: dict[str, int] = field(default_factory=dict)
    """Code -> rows; `unknown`."""
    occupations: dict[str, int] = field(default_factory=dict)
    disability: dict[str, int] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    """dead, moved, asn."""
    cards: tuple[int, ...] = field(default=(), repr=False)
    """The sketch of family cards."""

    @property
    def households(self) -> int:
        """Different family cards: exact up to `sketch.SIZE`, beyond it within about three per cent."""
        return sketch.count(self.cards)

    @property
    def top_occupations(self) -> list[tuple[str, int]]:
        """The twenty most frequent."""
        return Counter(self.occupations).most_common(TOP)

    def __add__(self, other: Profile) -> Profile:
        told: dict[str, Any] = {}
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if one.name == "cards":
                told[one.name] = sketch.union(mine, theirs)
            elif isinstance(mine, dict):
                added = Counter(mine) + Counter(theirs)
                told[one.name] = dict(
                    added.most_common(_KEPT_OCCUPATIONS) if one.name == "occupations" else sorted(added.items())
                )
            else:
                told[one.name] = mine + theirs
        return Profile(**told)

    def to_json(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Profile:
        """The inverse of `to_json`."""
        told = json.loads(text)
        return cls(**{**told, "cards": tuple(told["cards"])})


def profile(chunks: Iterable[Chunk], snapshot: dt.date) -> Profile:
    """The profile of all chunks; ages on the day of the snapshot."""
    total = Profile()
    for chunk in chunks:
        total += profile_of(chunk, snapshot)
    return total


def profile_of(chunk: Chunk, snapshot: dt.date) -> Profile:
    """The profile of one chunk."""
    rows, counts = chunk.rows, chunk.counts
    hints = {"dead": rows["death_hint"], "moved": rows["moved_hint"], "asn": rows["is_asn"]}
    return Profile(
        seen=counts.seen,
        kept=counts.kept,
        refused=counts.refused,
        passed=counts.passed,
        missing=_present({name: rows[name].null_count for name in SCHEMA.names if name not in _COUNTED}),
        nik=_counted(rows["nik_state"]),
        kinds=chunk.kinds(),
        sex=_counted(rows["sex"]),
        ages=_ages(rows["birth_date"], snapshot),
        deciles=_counted(rows["decile"]),
        villages=_counted(rows["village_code"]),
        occupations=_counted(pc.utf8_upper(rows["occupation"]), unknown=False),
        disability=_counted(rows["disability"], unknown=False),
        hints=_present({name: pc.sum(found).as_py() or 0 for name, found in hints.items()}),
        cards=sketch.of(rows["kk"]),
    )


def ages(births: pa.ChunkedArray, on: dt.date) -> pa.ChunkedArray:
    """Completed years on a day, null where the birth date is: the year less one before the birthday.

    Somebody of 29 February is a year older on 1 March.
    """
    months_days = pc.add(pc.multiply(pc.month(births), 100), pc.day(births))
    early = pc.cast(pc.greater(months_days, on.month * 100 + on.day), pa.int64())
    return pc.subtract(pc.subtract(on.year, pc.year(births)), early)


def _present(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _counted(column: pa.ChunkedArray, unknown: bool = True) -> dict[str, int]:
    counted = [(one["values"], one["counts"]) for one in pc.value_counts(column).to_pylist()]
    return {"unknown" if value is None else str(value): count for value, count in counted if unknown or value is not None}


def _ages(births: pa.ChunkedArray, snapshot: dt.date) -> dict[str, int]:
    years = ages(births.drop_null(), snapshot)
    found = {}
    for least, most in AGE_BANDS:
        inside = pc.and_(pc.greater_equal(years, least), pc.less_equal(years, most))
        found[f"{least}-{most}" if most < 199 else f"{least}+"] = pc.sum(inside).as_py() or 0
    return _present({**found, "unknown": births.null_count})
