"""A letter of a government as a PDF, in the order that letters of Indonesian offices have; dots stand where a hand fills in.

Typst sets the pages (`official.typ`) with the fonts of the card and no others. PDFs are tagged and meet PDF/UA-1. Texts come in
words already; bytes out, nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "official.typ"


@dataclass(frozen=True)
class Sheet:
    """The letter in one language. `mark` stands above all of it: a draft, a translation."""

    language: str
    mark: str
    head: Sequence[str]
    """The letterhead: who writes, large; then lines below it."""
    place: str
    """Where and when."""
    about: Sequence[tuple[str, str]]
    """Number, class, enclosures, subject."""
    to: Sequence[str]
    text: Sequence[str]
    facts: Sequence[tuple[str, str]]
    asks: Sequence[str]
    signs: str
    """The office that signs."""
    signer: Sequence[str]
    """What stands below the place of the signature."""
    copies: tuple[str, Sequence[str]]
    """What copies are called, and who gets one."""


@dataclass(frozen=True)
class Official:
    """A letter, with or without a translation. `made_on` is its own day: the same letter makes the same bytes."""

    title: str
    made_on: dt.date
    sheets: Sequence[Sheet]
    sample: bool = False


def draw_official_pdf(letter: Official) -> bytes:
    """The letter on A4."""
    told = asdict(letter) | {"made_on": letter.made_on.isoformat()}
    return pdf(_TEMPLATE, told, letter.made_on)
