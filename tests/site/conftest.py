"""A site over the living demo, and who visits it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.portal.serving import served

if TYPE_CHECKING:
    from exploring import Visitor

ROOT = Path(__file__).parents[2]
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@dataclass(frozen=True)
class Site:
    """A running site, its visitors, and texts that people typed into it."""

    url: str
    visitors: tuple[Visitor, ...]
    typed: frozenset[str]


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo on a port, over a database and keys of the module's own: with them every page says that all is invented."""
    from exploring import Visitor  # Django is not there yet when this file is read

    with fresh_database() as mine:
        keys = tmp_path_factory.mktemp("kunci") / "keys"
        shutil.copytree(Path(mine.environment["JAMSOSTEK_DATA"]) / "keys", keys)
        environment = {**mine.environment, "JAMSOSTEK_KEYS": str(keys)}
        command = [sys.executable, "-m", "tests.site.entering"]
        told = json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
        with served(SimpleNamespace(environment=environment)) as url:
            yield Site(url, tuple(Visitor(**one) for one in told["visitors"]), frozenset(told["typed"]))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without its own network chatter."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(QUIET))
        yield started
        started.close()
