"""The stage on which stories of claims are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telling import Stage


@pytest.fixture
def stage(portal_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Stage]:
    """The whole site over a database of its own, on a Monday in November 2026, with a browser for everybody."""
    from django.test import override_settings
    from telling import Stage, stopped_clock  # Django is not there yet when this file is read

    clock = stopped_clock(monkeypatch)
    with override_settings(JAMSOSTEK_DATA=tmp_path), Stage(portal_server.url, clock) as told:
        yield told
