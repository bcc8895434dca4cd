"""What stands behind a group of the books: rooms that post say which page of theirs shows it.

behind.shown_by("bill", lambda reference: Link(…))      where the room's pages are made
"""

from __future__ import annotations

from collections.abc import Callable

from jamsostek.portal.screens import Link

Finder = Callable[[str], Link | None]
_finders: dict[str, Finder] = {}


def shown_by(kind: str, finder: Finder) -> None:
    """Says how the page behind groups of a kind is found from a reference; None where the reader may not see it."""
    _finders[kind] = finder


def behind(kind: str, reference: str) -> Link | None:
    """The way to what a group was made for, where there is one."""
    return _finders[kind](reference) if kind in _finders else None
