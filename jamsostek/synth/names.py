"""Invented names, by province: given and second names common in Indonesia, put together by rule.

The names are nobody's: no list of people was used (`data/names.csv` was written for this). Common names being common, a
pair may also be somebody's; what makes a row nobody is its NIK. The mix of naming cultures in a province
(`data/name_mixes.csv`, percent) is assumed. Many people have a single name.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.allocate import split
from jamsostek.synth.assumptions import SEXES

SLOTS = 65_536
"""A name is drawn by 16 random bits: each name has as many of these slots as it is frequent."""
_PAIRS_PER_PERCENT = 40
_KINDS = ("men", "women")


@dataclass(frozen=True)
class Names:
    """The names of a province and which of them each of 65,536 draws of a man and of a woman gives."""

    values: tuple[str, ...]
    draw: npt.NDArray[np.int16]
    """(2 x 65536,): places in `values`; a woman's draws start at 65536."""


@dataclass(frozen=True)
class _Culture:
    """How people are named: the lists by kind, and how many in a hundred have a single name."""

    single_percent: int
    lists: dict[str, list[str]]

    def given(self, sex: int) -> list[str]:
        """Given names of a sex, with the titles of birth order that stand before them."""
        titles = self.lists.get(f"before_{_KINDS[sex]}", [])
        names = self.lists[_KINDS[sex]]
        return [f"{title} {name}" for name in names for title in titles] if titles else names

    def pairs(self, sex: int, count: int) -> list[str]:
        """At most `count` different pairs of given and second name."""
        given, seconds = self.given(sex), self.lists[f"seconds_of_{_KINDS[sex]}"]
        turns = [divmod(i, len(given)) for i in range(min(count, len(given) * len(seconds)))]
        pairs = ((given[place], seconds[(turn + 7 * place) % len(seconds)]) for turn, place in turns)
        return [f"{first} {second}" for first, second in pairs if first != second]


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("jamsostek.synth") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _cultures() -> dict[str, _Culture]:
    found: dict[str, _Culture] = {}
    for row in _rows("names.csv"):
        culture = found.setdefault(row["culture"], _Culture(int(row["single_percent"]), {}))
        culture.lists[row["list"]] = [name.replace("_", " ") for name in row["names"].split()]
    return found


@cache
def _mixes() -> dict[int, list[tuple[str, int]]]:
    found = {}
    for row in _rows("name_mixes.csv"):
        words = row["mix"].split()
        found[int(row["code"])] = list(zip(words[::2], map(int, words[1::2]), strict=True))
    return found


@cache
def names_of(province: int) -> Names:
    """The names of a province by code; always the same."""
    places: dict[str, int] = {}
    draws = []
    for sex in range(len(SEXES)):
        for names, slots in _lists(_mixes()[province], sex):
            here = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int16)
            draws.append(np.repeat(here, split(slots, _frequencies(len(names)))))
    return Names(tuple(places), np.concatenate(draws))


def _lists(mix: list[tuple[str, int]], sex: int) -> list[tuple[list[str], int]]:
    """Lists of names with the slots each has: single names and pairs of every culture of the province."""
    lists = []
    shares = split(SLOTS, [percent for _, percent in mix]).tolist()
    for (name, percent), slots in zip(mix, shares, strict=True):
        culture = _cultures()[name]
        single, paired = split(slots, [culture.single_percent, 100 - culture.single_percent]).tolist()
        lists.append((culture.given(sex), single))
        lists.append((culture.pairs(sex, _PAIRS_PER_PERCENT * percent), paired))
    return lists


def _frequencies(count: int) -> Int64Array:
    """How frequent the names of a list are: the first some ten times the last."""
    return 1_000_000 // (np.arange(count, dtype=np.int64) + 1 + count // 10)
