"""What everybody may see of the newest snapshot: protected lines, kept in memory while it is the newest."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from jamsostek.coverage import cube


def told(
    months: tuple[int, ...], measures: tuple[str, ...], by: tuple[str, ...] = (), **where: Collection[int | str]
) -> list[dict[str, Any]]:
    """Lines of the newest snapshot, every count rounded to tens and none under ten; none where no snapshot was made yet."""
    found = cube.latest()
    if found is None:
        return []
    asked = tuple(sorted((name, tuple(values)) for name, values in where.items()))
    return _told(str(found.folder), months, measures, by, asked)


@lru_cache(maxsize=2048)
def _told(
    _folder: str, months: tuple[int, ...], measures: tuple[str, ...], by: tuple[str, ...], where: Any
) -> list[dict[str, Any]]:
    return cube.protect(cube.ask(cube.Question(months, measures, by, dict(where)))).dicts()


def at(region: int) -> dict[str, tuple[int, ...]]:
    """A region as `told` takes it: the nation (0), a province or a regency."""
    return {} if not region else {"province": (region,)} if region < 100 else {"regency": (region,)}
