"""What of a person goes into the codes: which parts, with how many bits each, and which parts together make a block key.

The numbers of bits follow what each part tells of a person in the clear-text linkage (`indonesia`): a name and a birth date
much, a village some, sex little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.linkage.vocabulary import CARRIERS

Explode = Callable[[str], list[str]]


@dataclass(frozen=True)
class Part:
    """One or several texts of a record, each taken apart into features that set `hashes` bits of the filter."""

    name: str
    hashes: int
    texts: Callable[[pa.Table], pa.Array]
    """Text, or list of text, a record; null for none."""
    explode: Explode = lambda text: [text]


def bigrams(word: str) -> list[str]:
    """Pairs of letters with the word's two ends: `adi` gives `_a ad di i_`."""
    padded = f"_{word}_"
    return [padded[at : at + 2] for at in range(len(padded) - 1)]


def _column(name: str, begin: int = 0, end: int | None = None) -> Callable[[pa.Table], pa.Array]:
    return lambda normal: pc.utf8_slice_codeunits(normal[name].combine_chunks().cast(pa.string()), begin, end)


def _words(name: str) -> Callable[[pa.Table], pa.Array]:
    return lambda normal: pc.split_pattern(normal[name].combine_chunks(), " ")


def _of_core(word: str) -> list[str]:
    return [] if word in CARRIERS else bigrams(word)


PARTS = (
    Part("name", 4, _words("name"), bigrams),
    Part("core", 10, _words("name"), _of_core),
    Part("skeleton", 10, _words("skeleton")),
    Part("year", 24, _column("born", 0, 4)),
    Part("month", 12, _column("born_x", 4, 6)),
    Part("day", 16, _column("born_x", 6, 8)),
    Part("born", 32, _column("born_x")),
    Part("sex", 12, _column("sex")),
    Part("village", 32, _column("village")),
    Part("district", 16, _column("district")),
    Part("regency", 10, _column("regency")),
)
MOTHER = (Part("mother", 3, _words("mother"), bigrams),)
MORE: dict[str, tuple[Part, ...]] = {"mother": MOTHER, "card": (), "phone": ()}
"""Parts that only go in where the agreement says so."""

BLOCKS: dict[str, tuple[str, ...]] = {
    "nik15": ("nik15",),
    "nik_tail": ("nik_tail", "regency"),
    "born_skeleton": ("born_x", "skeleton"),
    "born_village": ("born_x", "village"),
    "born_last": ("born_x", "last", "sex"),
    "name_born": ("name", "born", "sex"),
    "name_regency_year": ("name", "regency", "year"),
    "name_birthplace_year": ("name", "birth_place", "year"),
    "skeleton_village": ("skeleton", "village", "sex"),
    "village_year": ("village", "year", "sex"),
}
"""Columns of `NORMAL` that make a block key together; null where one is. Never a birth date alone, never a default date alone."""
MORE_BLOCKS: dict[str, dict[str, tuple[str, ...]]] = {
    "mother": {
        "mother_skeleton": ("mother_skeleton", "skeleton", "regency"),
        "mother_year": ("mother", "year", "sex", "regency"),
    },
    "card": {"card": ("kk", "sex")},
    "phone": {"phone": ("phone", "sex")},
}


def parts_of(more: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts under an agreement on these more fields."""
    return PARTS + tuple(part for name in more for part in MORE[name])


def blocks_of(more: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The block keys under an agreement on these more fields."""
    return BLOCKS | {block: columns for name in more for block, columns in MORE_BLOCKS[name].items()}
