"""What the tests of access share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def limits(db: None) -> Iterator[None]:
    """Nobody else's guesses count here."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
