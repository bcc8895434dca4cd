"""One office with claims for the tests of a module; what a test does is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def desk(module_db: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The office, with a store of files of its own."""
    from claim_desks import build  # Django is not there yet when this file is read
    from django.test import override_settings

    with override_settings(JAMSOSTEK_DATA=tmp_path_factory.mktemp("data")):
        yield build()


@pytest.fixture
def desk_undone(desk: Any) -> Iterator[None]:
    """What a test does is taken back."""
    from desks import undone

    with undone():
        yield
