"""The embedded server: from nothing, again, after kill -9, for several at once, for root and others; never without a password."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from jamsostek.config import embedded, folders
from jamsostek.config.embedded import APP, NAMES, OWNER, READER, SUPERUSER, Server
from jamsostek.core.errors import InputError

NOBODY = 65534


@pytest.fixture
def made(folder: Path) -> Iterator[Server]:
    """A server made from nothing."""
    server = Server(folder / "data", folder / "data" / "keys", ("fsync=off",))
    server.use()
    yield server
    server.let_go()
    assert server.running() is None


def connect(server: Server, role: str, password: str | None = None, **given: Any) -> psycopg.Connection[Any]:
    """A connection as a role, by its own password unless another is given."""
    told = server.password(role) if password is None else password
    where = {"host": str(server.socket_folder), "dbname": "jamsostek", "passfile": "/nowhere"}
    return psycopg.connect(user=role, password=told, autocommit=True, **{**where, **given})


def test_a_server_is_made_from_nothing_with_its_database_and_roles(made: Server) -> None:
    with connect(made, SUPERUSER) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolcanlogin"
        ).fetchall()
        owner = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'jamsostek'").fetchone()
    assert {name: rest for name, *rest in found} == {SUPERUSER: [True] * 5, **dict.fromkeys(NAMES[1:], [False] * 5)}
    assert owner == (OWNER,)
    with connect(made, APP) as connection:
        names = "jit", "TimeZone", "shared_buffers", "listen_addresses"
        told = [connection.execute("SELECT current_setting(%s)", [name]).fetchone() for name in names]
    assert told == [("off",), ("Asia/Jakarta",), ("256MB",), ("",)]


def test_nobody_gets_in_without_the_password(made: Server) -> None:
    for role in (*NAMES, "jamsostek", "root", "nobody"):
        for password in ("", "wrong", made.password(OWNER) if role != OWNER else made.password(APP)):
            for database in ("jamsostek", "postgres", "template1"):
                with pytest.raises(psycopg.OperationalError, match="password"):
                    connect(made, role, password, dbname=database)
    with connect(made, SUPERUSER) as connection:
        rules = connection.execute("SELECT DISTINCT auth_method, error FROM pg_hba_file_rules").fetchall()
    assert rules == [("scram-sha-256", None)]


def test_passwords_are_for_their_owner_alone(made: Server) -> None:
    assert stat.S_IMODE(made.keys.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.passwords_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    words = json.loads(made.passwords_file.read_text())
    assert set(words) == set(NAMES)
    assert len(set(words.values())) == len(NAMES)
    written = made.log.read_bytes()
    assert not [role for role, word in words.items() if word.encode() in written]


def test_a_server_that_was_stopped_starts_again_with_what_it_held(made: Server) -> None:
    with connect(made, OWNER) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert made.let_go()
    assert made.running() is None
    begun = time.monotonic()
    made.use()
    print(f"started again in {time.monotonic() - begun:.2f} s")
    with connect(made, OWNER) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_what_was_committed_survives_kill_9(made: Server) -> None:
    for turn in range(3):
        with connect(made, OWNER) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (turn int)")
            connection.execute("INSERT INTO kept VALUES (%s)", [turn])
            pid = made.running()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        while made.running():  # a signal takes a moment
            time.sleep(0.001)
        made.use()
        with connect(made, OWNER) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (turn + 1,)


def test_a_stale_process_number_that_another_program_has_now_is_no_hindrance(made: Server) -> None:
    made.let_go()
    left = f"{os.getpid()}\n{made.folder}\n1\n5432\n{made.socket_folder}\n\n\nready\n"
    for name in ("postmaster.pid", f"{embedded.SOCKET_NAME}.lock"):
        (made.folder / name).write_text(left)
    assert made.running() is None
    made.use()
    with connect(made, APP) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


USER = """
import sys, time
from pathlib import Path
from jamsostek.config.embedded import Server
data = Path(sys.argv[1])
server = Server(data, data / "keys", ("fsync=off",))
server.use()
print(server.running(), flush=True)
sys.stdin.readline()
"""


def test_processes_that_come_at_once_share_one_server_and_the_last_one_stops_it(folder: Path) -> None:
    command = [sys.executable, "-c", USER, str(folder)]
    users = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    numbers = {user.stdout.readline().strip() for user in users if user.stdout}
    assert len(numbers) == 1
    server = Server(folder, folder / "keys")
    assert str(server.running()) in numbers
    users[0].kill()  # leaves nothing behind that would keep the server up
    for user in users[1:]:
        assert server.running() is not None
        user.communicate("\n", timeout=60)
    assert [user.returncode for user in users[1:]] == [0, 0, 0]
    assert server.running() is None
    users[0].communicate()


def test_a_process_that_was_killed_keeps_nobody_from_stopping_the_server(folder: Path) -> None:
    user = subprocess.Popen([sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    user.stdout.readline()
    server = Server(folder, folder / "keys")
    assert not server.stop_if_unused()
    user.kill()
    user.communicate()
    assert server.running() is not None
    assert server.stop_if_unused()


@pytest.mark.parametrize("running", [True, False])
def test_lost_passwords_are_drawn_anew(made: Server, running: bool) -> None:
    old = made.password(APP)
    if not running:
        made.let_go()
    made.passwords_file.unlink()
    made.use()
    assert made.password(APP) != old
    with connect(made, READER) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (READER,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        connect(made, APP, old)


def test_a_start_that_was_broken_off_is_begun_anew(folder: Path) -> None:
    half = folder / "postgres.new" / "base"
    half.mkdir(parents=True)
    server = Server(folder, folder / "keys", ("fsync=off",))
    server.use()
    assert server.let_go()
    assert not half.exists()


def test_a_folder_of_another_postgresql_is_left_alone(made: Server) -> None:
    made.let_go()
    (made.folder / "PG_VERSION").write_text("15\n")
    with pytest.raises(InputError, match=r"PostgreSQL 15.*JAMSOSTEK_DATA"):
        made.use()
    (made.folder / "PG_VERSION").write_text("18\n")


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(folder: Path) -> None:
    data = folder / ("panjang" * 12)
    server = Server(data, data / "keys", ("fsync=off",))
    server.use()
    assert server.socket_folder != server.folder
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    with connect(server, APP) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert server.let_go()
    assert not server.socket_folder.exists()


def as_nobody(work: Any) -> str:
    """Runs something in a child that is not root, and gives back what it returned or the error's words.

    A fork, not a program: the interpreter may stand where only root may go.
    """
    embedded.program("postgres")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            told = str(work())
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as file:
        return file.read()


@pytest.fixture
def folder_of_nobody(folder: Path) -> Path:
    """A folder an ordinary user may write to."""
    theirs = folder / "nobody"
    theirs.mkdir()
    if os.geteuid() == 0:
        os.chown(theirs, NOBODY, NOBODY)
    return theirs


def test_an_ordinary_user_needs_no_other_user(folder_of_nobody: Path) -> None:
    server = Server(folder_of_nobody, folder_of_nobody / "keys", ("fsync=off",))

    def work() -> str:
        server.use()
        with connect(server, APP) as connection:
            told = connection.execute("SELECT current_user").fetchone()
        server.let_go()
        return f"{told}"

    assert as_nobody(work) == f"('{APP}',)"
    assert server.folder.stat().st_uid == folder_of_nobody.stat().st_uid
    server.use()  # root may use it too, as its owner
    assert server.let_go()


def test_a_folder_that_cannot_be_written_is_told_with_the_way_out(folder: Path) -> None:
    shut = folder / "shut"
    shut.mkdir(mode=0o555)
    server = Server(shut, shut / "keys")
    assert "InputError" in as_nobody(server.use)
    (folder / "file").touch()
    with pytest.raises(InputError, match="JAMSOSTEK_DATA"):
        Server(folder / "file", folder / "file" / "keys").use()


def test_a_secret_is_drawn_once_however_many_ask(folder: Path) -> None:
    path = folder / "keys" / "secret"
    first = folders.kept_once(path, "one")
    assert (first, folders.kept_once(path, "two")) == ("one", "one")
    assert list(path.parent.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.parent.chmod(0o755)
    folders.kept_once(path.parent / "other", "three")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
