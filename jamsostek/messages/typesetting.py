"""Typst for all that is printed: one compiler for each template and thread.

A compiler serves one caller at a time and refuses a second ("Already borrowed"); a server answers several people at once.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_FONTS = Path(__file__).parent / "card" / "fonts"


class _Mine(threading.local):
    def __init__(self) -> None:
        self.compilers: dict[Path, typst.Compiler] = {}


_mine = _Mine()


def compiler(template: Path) -> typst.Compiler:
    """This thread's compiler of a template, with the fonts of the card and no others."""
    mine = _mine.compilers
    if template not in mine:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
        mine[template] = typst.Compiler(template, root=template.parent, font_paths=fonts, ignore_system_fonts=True)
    return mine[template]


def pdf(template: Path, data: Mapping[str, Any], made: dt.date | dt.datetime, **inputs: str) -> bytes:
    """What a template makes of its data, as PDF/UA-1; the same data and time make the same bytes."""
    if not isinstance(made, dt.datetime):
        made = dt.datetime(made.year, made.month, made.day, tzinfo=dt.UTC)
    told = {"data": json.dumps(data, ensure_ascii=False), **inputs}
    return one_document(compiler(template).compile(format="pdf", sys_inputs=told, pdf_standards="ua-1", timestamp=made))


def one_document(made: bytes | list[bytes] | None) -> bytes:
    """The only document Typst gave."""
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made
