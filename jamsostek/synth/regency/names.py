"""Names put together word by word, whole arrays at a time: single names, two or three words, titles, old spelling.

The words are those of `data/names.csv` (by culture) and `data/more_names.csv` (nationwide), both written for this; no list
of people was used. Names being common, somebody may bear one: what makes a row nobody is its NIK.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.allocate import split
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw

MALE, FEMALE = 0, 1
_KINDS = ("men", "women")
_SLOTS = 4_096
"""A word is drawn by 12 random bits: each has as many of these slots as it is frequent."""
_OWN, _OWN_SECOND, _COMMON, _COMMON_SECOND, _BEFORE = range(5)
_LISTS = 5
_OLD = (("Su", "Soe"), ("Ju", "Djoe"), ("Jo", "Djo"), ("Ja", "Dja"), ("Yu", "Joe"), ("Ci", "Tji"), ("Ca", "Tja"), ("Bu", "Boe"))
_DEGREES = ("S.E.", "S.Pd.", "S.H.", "S.T.", "S.Kom.", "A.Md.", "S.Sos.", "S.Kep., Ns.", "M.M.")
_PILGRIMS = ("H.", "Hj.")


@dataclass(frozen=True)
class _Words:
    """Every word of a province once, and which word each draw gives: `slots[(culture, sex, list)]`."""

    words: pa.Array
    old: Int64Array
    """The place of the word's old spelling; its own place where it has none."""
    slots: npt.NDArray[np.int32]
    percents: tuple[int, ...]
    """How frequent each culture is in the province."""
    single_percent: Int64Array
    mixes: Bools
    """Whether the culture takes words of the nationwide list."""


@dataclass(frozen=True)
class People:
    """Whose names are wanted: sex (0 male, 1 female) and year of birth of each, and who has what before or after it."""

    sex: Int64Array
    birth_year: Int64Array
    culture: Int64Array
    schooled: Bools | None = None
    """Who may write an academic title; None for nobody, and nobody a pilgrim's either."""


class Names:
    """Names of a province."""

    def __init__(self, province: int) -> None:
        self._words = _words(province)

    def cultures(self, draw: Draw, count: int) -> Int64Array:
        """The naming culture of `count` people."""
        return draw.weighted(count, self._words.percents)

    def names(self, draw: Draw, people: People, year: int) -> pa.Array:
        """Their names as their cards have them in `year`."""
        count = len(people.sex)
        age = year - people.birth_year
        mixes = self._words.mixes[people.culture]
        single = draw.chance(count, 10 * self._single_percent(people.culture, age))
        parts = [
            self._draw(draw, people, mixes & ~single & draw.chance(count, assumed.BEFORE_NAME), _BEFORE, age),
            self._either(draw, people, np.ones(count, dtype=np.bool_), _OWN, age),
            self._draw(draw, people, mixes & ~single & (age < 45) & draw.chance(count, assumed.MIDDLE_NAME), _COMMON, age),
            self._either(draw, people, ~single, _OWN_SECOND, age),
        ]
        # No word twice in one name.
        parts[0] = np.where((parts[0] == parts[1]) | (parts[0] == parts[3]), -1, parts[0])
        parts[2] = np.where((parts[2] == parts[1]) | (parts[2] == parts[3]), -1, parts[2])
        parts[3] = np.where(parts[3] == parts[1], -1, parts[3])
        columns = [self._texts(part) for part in parts]
        if people.schooled is not None:
            columns.insert(0, self._pilgrims(draw, people, age, mixes))
        joined = pc.binary_join_element_wise(*columns, " ", null_handling="skip")
        return joined if people.schooled is None else _with_degrees(draw, joined, people.schooled, age)

    def _single_percent(self, culture: Int64Array, age: Int64Array) -> Int64Array:
        own = self._words.single_percent[culture]
        factor = np.select([age >= first for first, _ in assumed.SINGLE_NAME_BY_AGE], [f for _, f in assumed.SINGLE_NAME_BY_AGE])
        return np.asarray(np.minimum(own * factor // 100, 90))

    def _either(self, draw: Draw, people: People, wanted: Bools, own: int, age: Int64Array) -> Int64Array:
        """A word of the culture's own list or of the nationwide one of the same kind."""
        common = self._words.mixes[people.culture] & draw.chance(len(age), assumed.COMMON_NAME)
        return self._draw(draw, people, wanted, np.where(common, own + _COMMON, own), age)

    def _draw(self, draw: Draw, people: People, wanted: Bools, kind: int | Int64Array, age: Int64Array) -> Int64Array:
        """Places of words; -1 where none is wanted."""
        row = (people.culture * 2 + people.sex) * _LISTS + kind
        word = self._words.slots[row, draw.whole(len(age), 0, _SLOTS - 1)].astype(np.int64)
        old = (age >= 65) & draw.chance(len(age), assumed.OLD_SPELLING)
        return np.asarray(np.where(wanted, np.where(old, self._words.old[word], word), -1))

    def _texts(self, places: Int64Array) -> pa.Array:
        return self._words.words.take(pa.array(places, mask=places < 0))

    def _pilgrims(self, draw: Draw, people: People, age: Int64Array, mixes: Bools) -> pa.Array:
        gone = mixes & (age > 40) & draw.chance(len(age), assumed.PILGRIM)
        return pa.array(_PILGRIMS).take(pa.array(people.sex, mask=~gone))


def _with_degrees(draw: Draw, names: pa.Array, schooled: Bools, age: Int64Array) -> pa.Array:
    has = schooled & (age > 22) & draw.chance(len(age), assumed.TITLED_OF_SCHOOLED)
    degree = pa.array(_DEGREES).take(pa.array(draw.whole(len(age), 0, len(_DEGREES) - 1), mask=~has))
    return pc.binary_join_element_wise(names, degree, ", ", null_handling="skip")


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("jamsostek.synth") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _words(province: int) -> _Words:
    own: dict[str, dict[str, list[str]]] = {}
    single: dict[str, int] = {}
    for row in _rows("names.csv"):
        own.setdefault(row["culture"], {})[row["list"]] = [word.replace("_", " ") for word in row["names"].split()]
        single[row["culture"]] = int(row["single_percent"])
    mix = next(row["mix"] for row in _rows("name_mixes.csv") if int(row["code"]) == province).split()
    cultures = mix[::2]
    places: dict[str, int] = {}
    slots = []
    for culture in cultures:
        for kind in _KINDS:
            for words in _lists(own[culture], kind):
                here = np.array([places.setdefault(word, len(places)) for word in words], dtype=np.int32)
                slots.append(np.repeat(here, split(_SLOTS, _frequencies(len(here)))))
    old = np.array([places.setdefault(_old(word), len(places)) for word in list(places)], dtype=np.int64)
    return _Words(
        words=pa.array(list(places)),
        old=old,
        slots=np.stack(slots),
        percents=tuple(map(int, mix[1::2])),
        single_percent=np.array([single[culture] for culture in cultures], dtype=np.int64),
        mixes=np.array([culture not in assumed.OWN_NAMES_ONLY for culture in cultures]),
    )


def _lists(culture: dict[str, list[str]], kind: str) -> list[list[str]]:
    """The word lists of one sex in the order of `_OWN` … `_BEFORE`."""
    common = {row["list"]: row["names"].split() for row in _rows("more_names.csv")}
    given = culture[kind]
    order = culture.get(f"before_{kind}", [])
    own = [f"{before} {name}" for name in given for before in order] if order else given
    second = f"seconds_of_{kind}"
    return [own, culture[second], common[kind], common[second], common[f"before_{kind}"]]


def _old(word: str) -> str:
    """The spelling of before 1972 at the beginning of a word; elsewhere it is left."""
    return next((old + word[len(new) :] for new, old in _OLD if word.startswith(new)), word)


def _frequencies(count: int) -> Int64Array:
    """How frequent the words of a list are: the first some four times the last."""
    return 1_000_000 // (np.arange(count, dtype=np.int64) + 1 + count // 3)
