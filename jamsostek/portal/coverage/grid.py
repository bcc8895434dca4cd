"""Indonesia as tiles: a province each, at its place; on phones west above east.

Names and values are text, colour only repeats them.
No geometry of 38 provinces with a clear licence was found, and a tile shows Jakarta as well as Papua.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from django.urls import reverse
from django.utils.safestring import SafeString

from jamsostek.core.regions import PROVINCES, regencies_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.coverage.words import decimal

Number = TypeVar("Number", int, Decimal)
CLASSES = 5
_PLACES = tuple(map(SafeString, (
    'class="place q0"', 'class="place q1"', 'class="place q2"', 'class="place q3"', 'class="place q4"', 'class="place q5"',
)))  # fmt: skip
_SWATCHES = tuple(map(SafeString, (
    'class="swatch q0"', 'class="swatch q1"', 'class="swatch q2"', 'class="swatch q3"', 'class="swatch q4"', 'class="swatch q5"',
)))  # fmt: skip
WEST = 8
"""Columns of the western half; the eastern has the other seven."""
_AT = """
11 AC 0 0   12 SU 1 1   14 RI 2 1   21 KR 3 1   13 SB 1 2   15 JA 2 2   17 BE 1 3   16 SS 2 3   19 BB 3 3   18 LA 2 4
36 BT 2 5   31 JK 3 5   32 JB 4 5   33 JT 5 5   34 YO 5 6   35 JI 6 5   51 BA 7 6   52 NB 8 6   53 NT 9 6
65 KU 6 1   61 KB 4 2   62 KT 5 2   64 KI 6 2   63 KS 6 3
75 GO 9 1   71 SA 10 1  76 SR 8 2   72 ST 9 2   73 SN 8 3   74 SG 9 3
82 MU 11 2  81 MA 11 3  96 PD 12 2  92 PB 13 2  91 PA 14 2  94 PT 13 3  95 PE 14 3  93 PS 14 4
"""
_WORDS = _AT.split()
PLACES = {int(code): (short, int(x), int(y)) for code, short, x, y in zip(*[iter(_WORDS)] * 4, strict=True)}
"""Of a province's code: its short name, column and row on 15 by 7."""


@dataclass(frozen=True)
class Place:
    """A tile: a link with a name and a value; its class is 0 where nothing is known."""

    short: str
    name: str
    value: str
    url: str
    klass: int
    share: str = ""
    """What the value is of a whole, in words; the legend says which whole."""

    @property
    def shade(self) -> str:
        """Its attribute of the class of colour."""
        return _PLACES[self.klass]


@dataclass(frozen=True)
class Class:
    """A line of the legend."""

    klass: int
    text: str

    @property
    def shade(self) -> str:
        """Its attribute of the class of colour."""
        return _SWATCHES[self.klass]


@dataclass(frozen=True)
class Map:
    """Tiles in rows, west and east, None where there is sea; and the legend."""

    label: str
    west: Sequence[Place | None]
    east: Sequence[Place | None]
    legend: Sequence[Class]

    @property
    def halves(self) -> tuple[Sequence[Place | None], Sequence[Place | None]]:
        """West, then east."""
        return self.west, self.east


@dataclass(frozen=True)
class Tiles:
    """Tiles one after the other: the regencies of a province, by name."""

    label: str
    tiles: Sequence[Place]
    legend: Sequence[Class]
    note: str = ""
    """Of what the shares on the tiles are."""


def map_of(label: str, values: Mapping[int, Decimal | None], query: str = "") -> Map:
    """The provinces, with a value in per cent each; `query` is kept in the links."""
    bounds = bounds_of(values.values())
    placed = {
        (x, y): Place(
            short,
            PROVINCES[code].name,
            _said(values.get(code)),
            f"{reverse('coverage:province', args=[code])}{query}",
            class_of(values.get(code), bounds),
        )
        for code, (short, x, y) in PLACES.items()
    }
    return Map(
        label,
        [placed.get((x, y)) for y in range(7) for x in range(WEST)],
        [placed.get((x, y)) for y in range(7) for x in range(WEST, 15)],
        legend(bounds),
    )


def regencies(label: str, province: int, persons: Mapping[int, int | None], shares: Mapping[int, str], note: str) -> Tiles:
    """The regencies and cities of a province, with a number of people each and its `shares`, of what `note` says.

    The link leads to the table under the tiles.
    """
    bounds = bounds_of(persons.values())
    tiles = [
        Place(
            "",
            one.name,
            _people(persons.get(one.code)),
            "#kabupaten",
            class_of(persons.get(one.code), bounds),
            shares.get(one.code, ""),
        )
        for one in regencies_of(province)
    ]
    told = [Class(at, f"{_people(low)}–{_people(high)}") for at, (low, high) in enumerate(pairwise(bounds), 1) if low < high]
    return Tiles(label, tiles, [*told, Class(0, _("tidak ada, atau kurang dari 10 orang"))], note if shares else "")


def bounds_of(values: Iterable[Number | None]) -> list[Number]:
    """The lowest value, what parts the five classes of as many provinces, and the highest; empty where nothing is known."""
    known = sorted({one for one in values if one is not None})
    if not known:
        return []
    return [known[min(len(known) - 1, len(known) * at // CLASSES)] for at in range(CLASSES)] + [known[-1]]


def class_of(value: Number | None, bounds: Sequence[Number]) -> int:
    """1 (lowest) to 5; 0 where nothing is known."""
    return 0 if value is None else sum(value >= bound for bound in bounds[:CLASSES])


def legend(bounds: Sequence[Decimal]) -> list[Class]:
    """The classes from low to high, and the one of what is not known."""
    told = [Class(at, f"{decimal(low)}–{decimal(high)} %") for at, (low, high) in enumerate(pairwise(bounds), 1) if low < high]
    return [*told, Class(0, _("tidak ada angka"))]


def _people(persons: int | None) -> str:
    return "–" if persons is None else format_number(persons)


def _said(value: Decimal | None) -> str:
    return "–" if value is None else decimal(value)
