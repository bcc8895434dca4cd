"""The real server over a database of one's own, in a process apart."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@contextmanager
def served(database: Any) -> Iterator[str]:
    """The address of a running site. It runs in a process apart: this one has no clock of its own to share with a browser's,
    and Django refuses to work beside the loop that drives one."""
    with socket.socket() as free:
        environment = {**database.environment, "PYTHONPATH": str(ROOT), "JAMSOSTEK_LOG_LEVEL": "ERROR"}
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


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Django's connections of this process lead to a database; afterwards where they led before."""
    from django.db import connections

    before = {alias: connections.settings[alias]["NAME"] for alias in connections.settings}
    for alias in before:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name
    try:
        yield
    finally:
        for alias, known in before.items():
            connections[alias].close()
            connections.settings[alias]["NAME"] = known


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        assert process.poll() is None, "the site ended at once"
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the site does not answer")
