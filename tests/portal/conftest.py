"""A site and a browser for the tests of pages: the real server with its compressed static files, and Debian's Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from browsing import COUNT_SHIFTS, SIZES, Visit
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from serving import served

if TYPE_CHECKING:
    from desks import Town

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def town(module_db: Any) -> Town:
    """A town's people and their users."""
    from desks import build  # Django is not there yet when this file is read

    return build()


@pytest.fixture
def town_undone(town: Town) -> Iterator[None]:
    """What a test does to the town is taken back."""
    from desks import undone

    with undone():
        yield


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any]) -> Iterator[str]:
    """The address of a running site over an empty database of the module's own."""
    with fresh_database() as mine, served(mine) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without its own network chatter."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def visit(site: str, chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page: `visit("/hitung/", language="en", size="phone")`. Further options are the browser context's."""
    opened: list[BrowserContext] = []

    def go(path: str, language: str = "id", size: str = "phone", **options: Any) -> Visit:
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context)
        context.add_cookies([{"name": "jamsostek_language", "value": language, "url": site}])
        context.add_init_script(COUNT_SHIFTS)
        found = Visit(context.new_page())
        found.listen()
        found.page.goto(site + path, wait_until="load")
        return found

    yield go
    for context in opened:
        context.close()
