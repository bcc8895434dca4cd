"""A server of one's own, older than the embedded one: Debian's PostgreSQL, as an administrator would set it up."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from jamsostek.config.embedded import APP, OWNER, READER
from jamsostek.config.postgres import ROLES_SQL

PASSWORDS = {"admin": "administrator", OWNER: "p@ss/owner", APP: "p@ss/app", READER: "p@ss/reader"}
MAIN = [sys.executable, "-c", "from jamsostek.cli.main import main; main()"]


@dataclass(frozen=True)
class Cluster:
    """A running server in a folder of its own."""

    folder: Path
    programs: Path

    def url(self, role: str) -> str:
        """As an administrator would write it."""
        return f"postgresql://{role}:{quote(PASSWORDS[role], safe='')}@/jamsostek?host={quote(str(self.folder), safe='')}"

    def connect(self, role: str, database: str = "jamsostek") -> psycopg.Connection[Any]:
        """A connection beside Django's."""
        return psycopg.connect(host=str(self.folder), user=role, password=PASSWORDS[role], dbname=database, autocommit=True)

    def run(self, *command: str, owner: bool = False) -> subprocess.CompletedProcess[str]:
        """Runs a command that knows this server only by its URLs."""
        urls = {"DATABASE_URL": self.url(APP), **({"DATABASE_OWNER_URL": self.url(OWNER)} if owner else {})}
        environment = {**os.environ, **urls, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def debian_programs() -> Path:
    """The oldest PostgreSQL of Debian that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    assert found, "run tools/install_test_needs.sh, as make test does"
    return found[0].parent


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster on a socket in a temporary folder, of the user postgres where we are root, gone afterwards."""
    folder, programs = Path(mkdtemp(prefix="jamsostek-pg-")), debian_programs()
    as_user: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    word = folder / "word"
    word.write_text(PASSWORDS["admin"])
    word.chmod(0o644)  # the folder itself is shut
    making = ["initdb", "-D", "data", "-U", "admin", "--auth=scram-sha-256", f"--pwfile={word}", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([programs / making[0], *making[1:]], check=True, capture_output=True, **as_user)
    settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", "data", *settings], stdout=log, stderr=log, **as_user)
    try:
        made = Cluster(folder, programs)
        set_up(made)
        yield made
    finally:
        server.terminate()
        server.wait(60)
        shutil.rmtree(folder)


def set_up(cluster: Cluster) -> None:
    """What the administrator does once: our SQL, then passwords."""
    end = time.monotonic() + 60
    while True:
        try:
            admin = cluster.connect("admin", "postgres")
            break
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.05)
    told = cluster.run(*MAIN, "db", "roles")
    assert told.stdout.strip() == ROLES_SQL.strip()
    with admin:
        for statement in told.stdout.split(";\n"):
            if statement.strip():
                admin.execute(statement)
        for role in (OWNER, APP, READER):
            admin.execute(f"ALTER ROLE {role} PASSWORD '{PASSWORDS[role]}'")


def test_it_is_not_the_version_that_is_embedded(cluster: Cluster) -> None:
    with cluster.connect("admin", "postgres") as admin:
        version = admin.info.server_version // 10000
    print(f"PostgreSQL {version}")
    assert 15 <= version < 18


def test_without_the_owner_nothing_is_migrated_and_serving_says_what_to_do(cluster: Cluster) -> None:
    told = cluster.run(*MAIN, "db", "migrate")
    assert (told.returncode, "DATABASE_OWNER_URL" in told.stderr) == (2, True), told.stderr
    told = cluster.run(*MAIN, "serve", "--port", "1")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_all_migrations_run_from_zero_and_the_application_works(cluster: Cluster) -> None:
    begun = time.monotonic()
    told = cluster.run(*MAIN, "db", "migrate", owner=True)
    assert told.returncode == 0, told.stderr
    print(f"migrations from zero: {time.monotonic() - begun:.1f} s in all; {told.stdout.splitlines()[-1]}")
    assert "migrasi belum dijalankan" not in cluster.run(*MAIN, "db", "status").stdout
    asked = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from django.db import connection\n"
        "store = SessionStore(); store['a'] = 1; store.create(); assert SessionStore(store.session_key)['a'] == 1\n"
        "print(Client(headers={'host': 'localhost'}).get('/siap/').content.decode().strip())\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('SELECT current_user, current_setting(%s), current_setting(%s)', ['jit', 'TimeZone'])\n"
        "print(*cursor.fetchone())\n"
    )
    told = cluster.run(sys.executable, "-c", asked)
    assert told.stdout.splitlines() == ["siap", f"{APP} off Asia/Jakarta"], told.stderr


def test_the_application_cannot_change_tables_and_the_reader_cannot_write(cluster: Cluster) -> None:
    assert cluster.run(*MAIN, "db", "migrate", owner=True).returncode == 0
    for role, statement in (
        (APP, "DROP TABLE django_session"), (APP, "CREATE TABLE mine ()"), (APP, "TRUNCATE django_session"),
        (READER, "DELETE FROM django_session"), (READER, "CREATE TABLE mine ()"),
    ):  # fmt: skip
        with cluster.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_no_command_shows_a_password(cluster: Cluster) -> None:
    for command in (["db", "status"], ["db", "stop"], ["db", "migrate"]):
        told = cluster.run(*MAIN, *command, owner=True)
        assert not [
            word for word in PASSWORDS.values() if word in told.stdout + told.stderr or quote(word, safe="") in told.stdout
        ]
