"""A decision as a PDF: to whom, what, then sections of steps, points with their articles, tables; one language after the other.

Typst sets the pages (`decision.typ`) with the fonts of the card and no others. PDFs are tagged and meet PDF/UA-1. Texts come in
words already, a part for each language; bytes out, nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "decision.typ"


@dataclass(frozen=True)
class Table:
    """A table: the first `texts` columns stand left, the rest are figures; `total` is its last row."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    total: Sequence[str] = ()


@dataclass(frozen=True)
class Step:
    """A step of a computation: how deep it lies, what it is, its formula with numbers, what it gives, its article."""

    depth: int
    title: str
    numbers: str
    result: str
    article: str


@dataclass(frozen=True)
class Item:
    """A point: its title, what it came to in a word, and lines about it."""

    title: str
    word: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Section:
    """A part of the letter under a heading."""

    title: str
    paragraphs: Sequence[str] = ()
    steps: Sequence[Step] = ()
    items: Sequence[Item] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Part:
    """The letter in one language."""

    language: str
    title: str
    subtitle: str
    paragraphs: Sequence[str]
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


@dataclass(frozen=True)
class Decision:
    """A letter. `made_on` is its own day: the same letter makes the same bytes."""

    number: str
    made_on: dt.date
    made: str
    to: Sequence[str]
    parts: Sequence[Part]
    sample: bool = False


def draw_decision_pdf(letter: Decision) -> bytes:
    """The letter on A4."""
    told = asdict(letter) | {"made_on": letter.made_on.isoformat()}
    return pdf(_TEMPLATE, told, letter.made_on)
