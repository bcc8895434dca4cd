"""The brief of a region as a PDF of two A4 pages: what was published, then what this registry knows, and every source.

Typst sets the pages (`brief.typ`) with the fonts of the card and no others; charts come as SVG. PDFs meet PDF/UA-1.
Texts come in words already; bytes out, nothing is written. There is never a third page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2

from jamsostek.messages.chart import in_colours
from jamsostek.messages.typesetting import pdf

PAGES = 2
SCALES = (1.0, 0.92, 0.85, 0.78)
"""How large everything stands: as large as two pages allow."""
_TEMPLATE = Path(__file__).parent / "brief.typ"


@dataclass(frozen=True)
class Picture:
    """A chart with its title, and what it shows in words; no picture where the SVG is empty."""

    title: str
    svg: str
    said: str
    source: str


@dataclass(frozen=True)
class Grid:
    """A table: the first column is text, the rest figures; with `halves` a long one stands in two columns."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    halves: bool = False


@dataclass(frozen=True)
class Brief:
    """What stands on the two pages, in order."""

    language: str
    title: str
    subtitle: str
    made_on: dt.date
    tiles: Sequence[tuple[str, str, str]]
    notes: Sequence[str]
    first: Sequence[Picture | Grid]
    second_title: str
    second: Sequence[Picture | Grid]
    ends: Sequence[str]
    """Sources, how to cite."""


def draw_brief_pdf(told: Brief) -> bytes:
    """The two pages, smaller where there is much to tell; raises `ValueError` where even then they became more."""
    data = asdict(told) | {
        "made_on": told.made_on.isoformat(),
        "first": [_block(one) for one in told.first],
        "second": [_block(one) for one in told.second],
    }
    for scale in SCALES:
        found = pdf(_TEMPLATE, data, told.made_on, scale=str(scale))
        with pypdfium2.PdfDocument(found) as document:
            if len(document) == PAGES:
                return found
    raise ValueError(f"more than {PAGES} pages even at {SCALES[-1]:.0%}")


def _block(one: Picture | Grid) -> dict[str, object]:
    told = asdict(one) | {"kind": "picture" if isinstance(one, Picture) else "table"}
    if isinstance(one, Picture):
        told["svg"] = in_colours(one.svg).replace("<g ", '<g font-family="Plus Jakarta Sans" ', 1)
    return told
