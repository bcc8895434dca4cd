"""Where Django's connections lead in a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Both aliases lead to a database, in every thread of this process; afterwards where they led before."""
    from django.db import connections

    before = {alias: connections.settings[alias]["NAME"] for alias in connections.settings}

    def point(names: dict[str, str]) -> None:
        for alias, wanted in names.items():
            connections[alias].close()
            connections.settings[alias]["NAME"] = wanted

    point(dict.fromkeys(before, name))
    try:
        yield
    finally:
        point(before)
