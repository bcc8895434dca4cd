"""The cast of `town.py` in a database of each module's own. Commits are real, for a transaction sees what it made itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.db import connections
from town import Api, make_town, token_of


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
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The number of an account of ours that receives contributions."""
    from jamsostek.collection import banks

    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("keys") / "banks.json"
        patch.setattr(banks, "_path", lambda: path)
        yield banks.add_account("1234567890123456", "Bank Contoh").number


@pytest.fixture(scope="module")
def second(town: SimpleNamespace) -> Api:
    """Another person at the head office."""
    with cast.everyone():
        return Api(token_of(cast.user("pusat-kedua", "head_office")))


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
