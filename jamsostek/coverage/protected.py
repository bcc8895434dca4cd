"""What everybody may see of the newest snapshot: protected lines, kept in memory while it is the newest."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from jamsostek.coverage import cube


def told(
    months: tuple[int, ...], measures: tuple[str, ...], by: tuple[str, ...] = (), **where: Collection[int | str]
) -> list[dict[str, Any]]:
    """Lines of the newest snapshot, every count rounded to tens and none under ten; none where no snapshot was made yet.

    A province's lines are taken from an answer for all of them: who looks at one looks at others, and charts are of each.
    """
    found = cube.latest()
    if found is None:
        return []
    folder = str(found.folder)
    if by and set(where) == {"province"}:
        parts = _of_provinces(folder, months, measures, by)
        return [line for code in where["province"] for line in parts.get(code, ())]
    asked = tuple(sorted((name, tuple(values)) for name, values in where.items()))
    return _told(folder, months, measures, by, asked)


@lru_cache(maxsize=2048)
def _told(
    _folder: str, months: tuple[int, ...], measures: tuple[str, ...], by: tuple[str, ...], where: Any
) -> list[dict[str, Any]]:
    return cube.protect(cube.ask(cube.Question(months, measures, by, dict(where)))).dicts()


@lru_cache(maxsize=64)
def _of_provinces(
    folder: str, months: tuple[int, ...], measures: tuple[str, ...], by: tuple[str, ...]
) -> dict[int | str, list[dict[str, Any]]]:
    found: dict[int | str, list[dict[str, Any]]] = {}
    for line in _told(folder, months, measures, (*by, "province"), ()):
        found.setdefault(line["province"], []).append(line)
    return found


def at(region: int) -> dict[str, tuple[int, ...]]:
    """A region as `told` takes it: the nation (0), a province or a regency."""
    return {} if not region else {"province": (region,)} if region < 100 else {"regency": (region,)}
