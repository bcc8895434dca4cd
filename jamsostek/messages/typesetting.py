"""Typst for all that is printed: one compiler for each template and thread.

A compiler serves one caller at a time and refuses a second ("Already borrowed"); a server answers several people at once.
"""

from __future__ import annotations

import threading
from pathlib import Path

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
