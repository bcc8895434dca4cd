"""A letter or an account as a PDF: what it is, to whom, what it says, facts and tables, who signs.

Typst sets the pages (`letter.typ`) with the fonts of the card and no others. PDFs are tagged and meet PDF/UA-1. Texts come in
words already, a part for each language; bytes out, nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "letter.typ"


@dataclass(frozen=True)
class Table:
    """A table: the first `texts` columns stand left, the rest are figures; `total` is its last row."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    total: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """The letter in one language."""

    language: str
    title: str
    subtitle: str = ""
    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = ()
    closing: Sequence[str] = ()
    sign: str = ""
    """The words above the place of a signature; none where nobody signs."""


@dataclass(frozen=True)
class Letter:
    """A letter. `made_on` is its own day: the same letter makes the same bytes."""

    number: str
    made_on: dt.date
    made: str
    to: Sequence[str]
    parts: Sequence[Part]
    signer: str = ""
    sample: bool = False
    dense: bool = False
    """Rows of tables closer together, for a page that must be one sheet."""


def draw_letter_pdf(letter: Letter) -> bytes:
    """The letter on A4."""
    told = asdict(letter) | {"made_on": letter.made_on.isoformat()}
    return pdf(_TEMPLATE, told, letter.made_on)
