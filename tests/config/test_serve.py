"""`jamsostek serve` as a user runs it: it starts everything, answers, and leaves nothing behind, however it ends."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from jamsostek.config.embedded import Server
from jamsostek.config.serving.supervisor import Watched
from jamsostek.core.errors import InputError

COMMAND = [sys.executable, "-c", "from jamsostek.cli.main import main; main()"]
SECONDS = 180  # of a crowded machine; a quiet one needs five


@dataclass
class Portal:
    """A running `jamsostek serve` and what it said."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    said: list[str] = field(default_factory=list)

    def ask(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of a page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": "localhost", **headers})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def family(self) -> list[psutil.Process]:
        """Every process that works on this data folder."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                ours = process.environ().get("JAMSOSTEK_DATA") == str(self.data) or str(self.data) in " ".join(process.cmdline())
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def one(self, *words: str) -> psutil.Process:
        """The process whose command line has these words."""
        return next(p for p in self.family() if set(words) <= set(p.cmdline()) and p.ppid() == self.process.pid)


def until(true: Callable[[], object], seconds: float = SECONDS) -> None:
    """Waits for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def server(data: Path) -> Server:
    """The embedded server of a portal."""
    return Server(data, data / "keys")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data(module_folder: Path) -> Path:
    """One data folder for all starts, so that only the first makes a database."""
    return module_folder / "data"


@pytest.fixture
def serve(data: Path) -> Iterator[Callable[..., Portal]]:
    """Starts the portal and waits until it says that it is ready; ends what a failed test left."""
    started: list[Portal] = []

    def start(*options: str, ready: bool = True, **environment: str) -> Portal:
        port = free_port()
        given = {**os.environ, "JAMSOSTEK_DATA": str(data), **environment}
        command = [*COMMAND, "serve", "--port", str(port), *options]
        process = subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        portal = Portal(process, port, data)
        started.append(portal)
        threading.Thread(target=lambda: portal.said.extend(process.stdout or ()), daemon=True).start()
        if ready:
            until(lambda: process.poll() is not None or any("ready at" in line for line in portal.said))
            assert process.poll() is None, "".join(portal.said)
        return portal

    yield start
    for portal in started:
        for process in (
            (*portal.family(), psutil.Process(portal.process.pid)) if portal.process.poll() is None else portal.family()
        ):
            with contextlib.suppress(psutil.Error):
                process.kill()


def test_it_starts_from_nothing_answers_and_stops_within_seconds(serve: Callable[..., Portal]) -> None:
    begun = time.monotonic()
    portal = serve()
    print(f"first start {time.monotonic() - begun:.1f} s")
    address = f"http://127.0.0.1:{portal.port}/"
    assert f"Portal siap di {address} (berhenti dengan Ctrl-C)\n" in portal.said
    assert f"The portal is ready at {address} (stop with Ctrl-C)\n" in portal.said
    assert any(re.fullmatch(r"\d+ migrasi dijalankan\.\n", line) for line in portal.said)
    status, body, headers = portal.ask("/siap/")
    assert (status, body) == (200, "siap\n")
    assert headers["content-security-policy"].count("'self'") > 5
    assert "unsafe" not in headers["content-security-policy"]
    assert (portal.data / "static" / "staticfiles.json").exists()
    begun = time.monotonic()
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(SECONDS) == 0
    print(f"stopped in {time.monotonic() - begun:.1f} s")
    assert time.monotonic() - begun < 10
    assert portal.family() == []
    assert portal.said[-1] == "Semua berhenti.\n"


def test_whatever_dies_is_started_again_and_sigterm_stops_all(serve: Callable[..., Portal]) -> None:
    begun = time.monotonic()
    portal = serve()
    print(f"second start {time.monotonic() - begun:.1f} s")
    assert not any("migrasi" in line for line in portal.said)
    for word in ("jobs", "web"):
        died = portal.one(word)
        workers = died.children()
        died.kill()
        until(lambda died=died, word=word: any(p.pid != died.pid and word in p.cmdline() for p in portal.family()))
        until(lambda workers=workers: not any(worker.is_running() for worker in workers), 20)
    until(lambda: _quiet(lambda: portal.ask("/siap/")[0]) == 200)
    pid = server(portal.data).running()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: server(portal.data).running() not in (None, pid))
    until(lambda: _quiet(lambda: portal.ask("/siap/")[0]) == 200)
    assert sum("dimulai lagi" in line for line in portal.said) >= 2
    portal.process.terminate()
    assert portal.process.wait(SECONDS) == 0
    assert portal.family() == []


def test_kill_9_of_the_parent_leaves_no_process(serve: Callable[..., Portal]) -> None:
    portal = serve("--no-jobs")
    assert len(portal.family()) >= 5  # supervisor, database, web, two workers
    assert not [p for p in portal.family() if "jobs" in p.cmdline()]
    portal.process.kill()
    portal.process.wait()
    until(lambda: not portal.family(), 20)


def _quiet(asked: Callable[[], int]) -> int | None:
    try:
        return asked()
    except OSError:
        return None


def test_a_port_in_use_is_told_with_the_way_out(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = subprocess.run(
            [*COMMAND, "--lang", "en", "serve", "--port", str(port)], env={**os.environ, "JAMSOSTEK_DATA": str(data)},
            capture_output=True, text=True, check=False, timeout=SECONDS,
        )  # fmt: skip
    assert told.returncode == 2
    assert f"Port {port} is in use by another program. Choose another port with --port" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("options", "words"), [(["--host", "192.0.2.1"], "bukan alamat komputer ini"), (["--host", "0.0.0.0"], "JAMSOSTEK_HOSTS")]
)
def test_an_address_that_cannot_be_meant_is_refused(data: Path, options: list[str], words: str) -> None:
    command = [*COMMAND, "serve", "--port", str(free_port()), *options]
    environment = {**os.environ, "JAMSOSTEK_DATA": str(data)}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (told.returncode, words in told.stderr) == (2, True), told.stderr


def test_a_process_that_cannot_stay_up_is_an_error_at_last() -> None:
    told: list[str] = []
    hopeless = Watched("web", ["web", "a host without a port"], dict(os.environ))
    with pytest.raises(InputError, match="Proses web berhenti 6 kali berturut-turut"):
        while True:
            hopeless.look(told.append)
            waits = hopeless.again - time.monotonic()
            assert waits < 30
            hopeless.again = min(hopeless.again, time.monotonic() + 0.05)
            time.sleep(0.05)
    assert len(told) == 5
