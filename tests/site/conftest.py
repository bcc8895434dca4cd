"""A site over the living demo, and who visits it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.portal.serving import served

if TYPE_CHECKING:
    from exploring import Site

ROOT = Path(__file__).parents[2]
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo on a port, over a database, keys and files of its own: every page says that all is invented."""
    from exploring import Site, Visitor  # Django is not there yet when this file is read

    with fresh_database() as mine:
        reached = mine.parameters()
        address = f"postgresql://{reached['user']}:{quote(reached['password'], safe='')}@/{reached['dbname']}"
        environment = {
            **os.environ,
            "JAMSOSTEK_DATA": str(tmp_path_factory.mktemp("situs")),
            "DATABASE_URL": f"{address}?{urlencode({'host': reached['host']})}",
        }
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
