"""Starts everything, watches it, stops it."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from django.conf import settings
from django.db import connections

from jamsostek.config import administration, embedded, postgres
from jamsostek.config.serving.static_files import collect_if_stale
from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, N_, _, translate

ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104
LOOK_SECONDS = 0.2
DATABASE_LOOK_SECONDS = 2.0
READY_SECONDS = 120
STOP_SECONDS = 10
QUICK_SECONDS = 60
"""A process that lived longer than this did not fail at starting."""
PATIENCE = 5
"""After so many quick failures in a row everything stops."""
READY = N_("Portal siap di {address} (berhenti dengan Ctrl-C)")

Tell = Callable[[str], None]


def serve(*, host: str, port: int, jobs: bool, tell: Tell) -> None:
    """Runs until Ctrl-C or SIGTERM. Raises `InputError` for what a person can mend: port, host, database, repeated failures."""
    hosts = hosts_for(host)
    refuse_taken(host, port)
    with _stopping() as told_to_stop:
        ran = administration.migrated_or_told()
        if ran:
            tell(_("{count} migrasi dijalankan.").format(count=len(ran)))
        collect_if_stale()
        environment = {**os.environ, "JAMSOSTEK_HOSTS": ",".join(hosts)}
        watched = [Watched(_("web"), ["web", host, str(port)], environment)]
        if jobs:
            watched.append(Watched(_("pekerjaan latar"), ["jobs"], environment))
        try:
            for each in watched:
                each.start()
            _watch(watched, told_to_stop, _readiness(host, port, hosts), tell)
        finally:
            stop(watched)
            connections.close_all()
            if postgres.is_embedded():
                embedded.server().let_go()
    tell(_("Semua berhenti."))


@dataclass
class Watched:
    """A process under the supervisor, started again when it ends by itself."""

    title: str
    arguments: Sequence[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    again: float = field(default=0.0)

    def start(self) -> None:
        """In a session of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops things in order."""
        command = [sys.executable, "-m", "jamsostek.config.serving.child", str(os.getpid()), *self.arguments]
        self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        self.started = time.monotonic()

    def look(self, tell: Tell) -> None:
        """Starts it again if it ended, later each time. Raises `InputError` when it will not stay up."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.process = None
        self.failures = 1 if now - self.started > QUICK_SECONDS else self.failures + 1
        if self.failures > PATIENCE:
            raise InputError(
                _("Proses {title} berhenti {count} kali berturut-turut (status {status}).").format(
                    title=self.title, count=self.failures, status=status
                ),
                remedy=_("Sebabnya tertulis di atas."),
            )
        wait = min(0.5 * 2 ** (self.failures - 1), 30.0)
        self.again = now + wait
        tell(_("Proses {title} berhenti (status {status}); dimulai lagi.").format(title=self.title, status=status))


def stop(watched: Sequence[Watched]) -> None:
    """Asks all to end, and ends those that do not."""
    running = [each.process for each in watched if each.process is not None]
    for process in running:
        process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _watch(watched: Sequence[Watched], told_to_stop: list[int], ready: Callable[[], bool], tell: Tell) -> None:
    begun = looked = time.monotonic()
    announced = False
    while not told_to_stop:
        for each in watched:
            each.look(tell)
        now = time.monotonic()
        if not announced and ready():
            announced = True
            _announce(tell, *watched[0].arguments[1:])
        if not announced and now - begun > READY_SECONDS:
            raise InputError(_("Portal tidak juga siap."), remedy=_("Sebabnya tertulis di atas."))
        if postgres.is_embedded() and now - looked > DATABASE_LOOK_SECONDS:
            looked = now
            embedded.server().use()
        time.sleep(LOOK_SECONDS)


def _announce(tell: Tell, host: str, port: str) -> None:
    for language in LANGUAGES:
        tell(translate(READY, language).format(address=_address(host, port)))


def _address(host: str, port: int | str) -> str:
    return f"http://{'127.0.0.1' if host in ANY_ADDRESS else f'[{host}]' if ':' in host else host}:{port}/"


def _readiness(host: str, port: int, hosts: Sequence[str]) -> Callable[[], bool]:
    """A question to the running portal: database and all."""
    name = hosts[0].lstrip(".").replace("*", "localhost")
    request = urllib.request.Request(f"{_address(host, port)}siap/", headers={"Host": name})  # noqa: S310  our own address

    def ready() -> bool:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    return ready


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """Collects signals to stop instead of dying of them."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in signals}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def hosts_for(host: str) -> list[str]:
    """The names the portal answers to: those set, or those of this machine and the address given."""
    given = [part for part in os.environ.get("JAMSOSTEK_HOSTS", "").split(",") if part.strip()]
    if given:
        return given
    if host in ANY_ADDRESS:
        raise InputError(
            _("Alamat {host} terbuka untuk semua jaringan, tetapi nama portal belum disebut.").format(host=host),
            field="host",
            remedy=_("Sebutkan dengan JAMSOSTEK_HOSTS, misalnya JAMSOSTEK_HOSTS=jamsostek.example.id,192.0.2.10"),
        )
    local: list[str] = settings.ALLOWED_HOSTS
    name = f"[{host}]" if ":" in host else host
    return local if name in local else [*local, name]


def refuse_taken(host: str, port: int) -> None:
    """Refuses a port that another program has, before anything is started."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _name, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise _port_error(host, port, error) from error


def _port_error(host: str, port: int, error: Exception) -> InputError:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        words, remedy = (
            _("Port {port} sudah dipakai program lain."),
            _("Pilih port lain dengan --port, atau hentikan program itu."),
        )
    elif number == errno.EACCES:
        words, remedy = _("Port {port} hanya untuk root."), _("Pilih port di atas 1023 dengan --port.")
    else:
        words, remedy = _("{host}:{port} bukan alamat komputer ini."), _("Pakai --host 127.0.0.1, atau alamat komputer ini.")
    return InputError(words.format(host=host, port=port), field="port", value=port, remedy=remedy)
