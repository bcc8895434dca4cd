"""The real server over a database, with its compressed static files, for tests that need a browser or many requests."""

from __future__ import annotations

import fcntl
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a running site. It runs in a process apart: this one has no clock of its own to share with a browser's,
    and Django refuses to work beside the loop that drives one."""
    environment = {**environment, "PYTHONPATH": str(ROOT), "JAMSOSTEK_LOG_LEVEL": "ERROR"}
    _collect_static(environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--blocking-threads", "4", "--no-ws", "--log-level", "error", "jamsostek.config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _await(f"http://127.0.0.1:{port}/siap/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _collect_static(environment: Mapping[str, str]) -> None:
    """One process at a time: they share the folder."""
    with (Path(environment["JAMSOSTEK_DATA"]) / "static.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        assert process.poll() is None, "the site ended at once"
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the site does not answer")
