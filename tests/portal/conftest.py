"""A site and a browser for the tests of pages: the real server with its compressed static files, and Debian's Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import COUNT_SHIFTS, SIZES, Visit
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).parents[2]
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(fresh_database: Callable[[], Any]) -> Iterator[str]:
    """The address of a running site over a database of the module's own. It runs in a process apart: this one has no clock
    of its own to share with a browser's, and Django refuses to work beside the loop that drives one."""
    with fresh_database() as mine, socket.socket() as free:
        environment = {**mine.environment, "PYTHONPATH": str(ROOT), "JAMSOSTEK_LOG_LEVEL": "ERROR"}
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment, check=True)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--blocking-threads", "4", "--no-ws", "--log-level", "error", "jamsostek.config.wsgi:application"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            _await(f"http://127.0.0.1:{port}/siap/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        assert process.poll() is None, "the site ended at once"
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the site does not answer")


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
