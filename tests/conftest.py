"""What tests share: one embedded PostgreSQL under `var/test`, and databases copied from one migrated template.

Nothing starts before a test asks for a database. Fixtures:

    db             Django's connection to this process's own database; the test's changes are rolled back
    module_db      such a database for all tests of a module
    committed_db   a database of the test's own, for threads, processes and real commits; dropped afterwards
    portal_server  the whole site on a port, over `committed_db`, for a browser

Tests run without fsync and with a cheap password hash; nothing else differs from an installation.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.databases import pointed_at

if TYPE_CHECKING:
    import psycopg
    from pytest_django import DjangoDbBlocker
    from pytest_django.live_server_helper import LiveServer

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var" / "test"
for variable in [name for name in os.environ if name.startswith("DATABASE_") or name in ("JAMSOSTEK_KEYS", "JAMSOSTEK_DATABASE")]:
    del os.environ[variable]
os.environ["JAMSOSTEK_DATA"] = str(DATA)
if "DJANGO_SETTINGS_MODULE" in os.environ:  # then pytest-django has read the settings already, of another data folder
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: tests/conftest.py sets it when it is needed")

WITHOUT_DJANGO = ("core", "engines", "law", "messages", "synth")
"""Folders whose tests know no Django, and need not wait for it."""

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "max_connections=200")
KEPT_TEMPLATES = 3
LIBRARIES = ("django", "django-allauth", "django-axes", "procrastinate")
_number = count(1)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Sets Django up when the first file that may need it is found: earlier it would read the settings before this file."""
    needed = file_path.name.startswith("test_") and file_path.relative_to(ROOT / "tests").parts[0] not in WITHOUT_DJANGO
    if needed and "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "jamsostek.config.settings"
        _set_up_django(parent.config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole site first: its one file takes longest, and begun last it would be waited for alone."""
    items.sort(key=lambda item: ROOT / "tests" / "site" not in item.path.parents)


def _set_up_django(config: pytest.Config) -> None:
    """Django, with the database shut until a fixture opens it; passwords are cheap, static files come from their sources."""
    from django.conf import settings
    from django.contrib.auth.hashers import ScryptPasswordHasher
    from pytest_django import plugin

    ScryptPasswordHasher.work_factor = 2
    settings.STORAGES = {
        **settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }  # fmt: skip
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    (DATA / "static").mkdir(parents=True, exist_ok=True)
    plugin._setup_django(config)


@dataclass(frozen=True)
class Database:
    """A database of a test's own."""

    name: str

    def parameters(self, role: str = "jamsostek_app") -> dict[str, str]:
        """What `psycopg.connect` takes."""
        from jamsostek.config.embedded import server

        here = server()
        return {"host": str(here.socket_folder), "dbname": self.name, "user": role, "password": here.password(role)}

    def connect(self, role: str = "jamsostek_app", **given: Any) -> psycopg.Connection[Any]:
        """A connection beside Django's."""
        import psycopg

        return psycopg.connect(**self.parameters(role), **given)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that shall work on this database."""
        return {**os.environ, "JAMSOSTEK_DATA": str(DATA), "JAMSOSTEK_DATABASE": self.name}


@pytest.fixture(scope="session")
def database_server() -> None:
    """The running server. One whose files are damaged (they are never synced) is made anew."""
    from jamsostek.config.embedded import Server
    from jamsostek.core.errors import InputError

    here = Server(DATA, DATA / "keys", FAST)
    try:
        here.use()
    except InputError:
        shutil.rmtree(here.folder)
        here.use()


@pytest.fixture(scope="session")
def template(database_server: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The migrated database that others are copied from; its name is a digest of all migrations."""
    name = f"template_{_digest()}"
    with _one_at_a_time(), _superuser() as cursor:
        _drop_left_over(cursor, name)
        if not _exists(cursor, name):
            _execute(cursor, "DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{name}_new")
            _execute(cursor, "CREATE DATABASE {} OWNER jamsostek_owner", f"{name}_new")
            with django_db_blocker.unblock(), pointed_at(f"{name}_new"):
                from django.core.management import call_command

                call_command("migrate", database="owner", verbosity=0)
            _execute(cursor, "ALTER DATABASE {} RENAME TO {}", f"{name}_new", name)
    return name


@pytest.fixture(scope="session")
def fresh_database(template: str) -> Callable[[], Any]:
    """Makes a copy of the template, and drops it after the block."""

    @contextmanager
    def fresh() -> Iterator[Database]:
        name = f"test_{os.getpid()}_{next(_number)}"
        with _one_at_a_time(), _superuser() as cursor:
            _execute(cursor, "CREATE DATABASE {} OWNER jamsostek_owner TEMPLATE {}", name, template)
        try:
            yield Database(name)
        finally:
            with _superuser() as cursor:
                _execute(cursor, "DROP DATABASE {} WITH (FORCE)", name)

    return fresh


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, fresh_database: Callable[[], Any], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """pytest-django's own would create databases as the application, which may not."""
    with fresh_database() as mine, pointed_at(mine.name):
        yield


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, fresh_database: Callable[[], Any], django_db_blocker: DjangoDbBlocker
) -> Iterator[Database]:
    """A database where commits are real. Django's connections lead there while the test runs."""
    assert not {"db", "transactional_db", "live_server"} & set(request.fixturenames), "committed_db stands alone"
    with fresh_database() as mine, pointed_at(mine.name), django_db_blocker.unblock():
        yield mine


@pytest.fixture(scope="module")
def module_db(fresh_database: Callable[[], Any], django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """As `committed_db`, made once for a module whose tests only read, or write what does not matter to each other."""
    with fresh_database() as mine, pointed_at(mine.name), django_db_blocker.unblock():
        yield mine


@pytest.fixture
def portal_server(committed_db: Database) -> Iterator[LiveServer]:
    """The site on a port of its own; `.url` is its address."""
    from pytest_django.live_server_helper import LiveServer

    served = LiveServer("127.0.0.1")
    served._live_server_modified_settings.enable()
    try:
        yield served
    finally:
        served.stop()
        served._live_server_modified_settings.disable()


# --- inside -----------------------------------------------------------------------------------------------------------


def _digest() -> str:
    """Of everything that decides what migrations make."""
    sum_ = sha256()
    for path in sorted((ROOT / "jamsostek").glob("*/migrations/**/*")):
        if path.suffix in (".py", ".sql", ".csv", ".json"):
            sum_.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    sum_.update((ROOT / "jamsostek" / "config" / "postgres.py").read_bytes())
    sum_.update(" ".join(version(name) for name in LIBRARIES).encode())
    return sum_.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One process makes the template; and nobody copies it while somebody else does, which PostgreSQL would refuse."""
    with (DATA / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _superuser() -> Iterator[psycopg.Cursor[Any]]:
    with Database("postgres").connect("postgres", autocommit=True) as connection, connection.cursor() as cursor:
        yield cursor


def _execute(cursor: psycopg.Cursor[Any], statement: str, *names: str) -> None:
    from psycopg import sql

    cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def _exists(cursor: psycopg.Cursor[Any], name: str) -> bool:
    return cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop_left_over(cursor: psycopg.Cursor[Any], kept: str) -> None:
    """Databases of test processes that were killed, and templates of old migrations."""
    found = [name for (name,) in cursor.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()]
    templates = [name for name in found if name.startswith("template_") and name != kept]
    dead = [name for name in found if name.startswith("test_") and not Path(f"/proc/{name.split('_')[1]}").exists()]
    for name in [*dead, *templates[KEPT_TEMPLATES:]]:
        _execute(cursor, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits are counted in one window without end: the minute, or the hour, may turn between two of a test's requests."""
    from types import SimpleNamespace

    from jamsostek.api import limits
    from jamsostek.portal.filing import limits as filing
    from jamsostek.portal.register import limits as register

    monkeypatch.setattr(limits, "_period", lambda _limit, _now: 1)
    for guesses in (filing, register):
        monkeypatch.setattr(guesses, "time", SimpleNamespace(time=lambda: 0.0))
