"""The cast of `town.py` in a database of each module's own. Commits are real, for a transaction sees what it made itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from town import make_town


@pytest.fixture(scope="module")
def town(fresh_database: Callable[[], Any], django_test_environment: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The cast, and a token for each of them."""
    with fresh_database() as mine, django_db_blocker.unblock():
        before = {alias: connections.settings[alias]["NAME"] for alias in connections.settings}
        _point(dict.fromkeys(before, mine.name))
        try:
            yield make_town()
        finally:
            _point(before)


@pytest.fixture(scope="module")
def unlimited() -> Iterator[None]:
    """Limits out of the way: they are tried elsewhere, and would hide what lies behind them."""
    from jamsostek.api import limits

    all_of_them = [value for value in vars(limits).values() if isinstance(value, limits.Limit)]
    before = [one.most for one in all_of_them]
    for one in all_of_them:
        object.__setattr__(one, "most", 10**9)
    yield
    for one, most in zip(all_of_them, before, strict=True):
        object.__setattr__(one, "most", most)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections.settings[alias]["NAME"] = name
