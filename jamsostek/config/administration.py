"""Looking after the database: migrating, telling its state, a shell, stopping. Nothing here shows a password."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from jamsostek.config import embedded
from jamsostek.config.postgres import ROLES_SQL, is_embedded
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import separated
from jamsostek.core.text import _

MIGRATING = 4_096_2026
"""The advisory lock held while migrating, so that of several servers that start together one migrates and the rest wait."""


def pending(alias: str = "owner") -> list[str]:
    """Migrations of this version that the database does not have yet, by name."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate() -> list[str]:
    """Brings the tables to this version; says which migrations ran."""
    with _alone():
        todo = pending()
        if todo:
            call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections["owner"].close()
    return todo


def migrated_or_told() -> list[str]:
    """Migrates where the owner is at hand; elsewhere refuses to go on with tables of another version."""
    if is_embedded() or os.environ.get("DATABASE_OWNER_URL"):
        return migrate()
    todo = pending("default")
    if todo:
        raise InputError(
            _("{count} migrasi belum dijalankan.").format(count=len(todo)),
            remedy=_("Jalankan jamsostek db migrate dengan DATABASE_OWNER_URL."),
        )
    return []


@contextmanager
def _alone() -> Iterator[None]:
    """Holds the lock on a connection of its own; it goes with the connection, whatever happens."""
    connection = connections.create_connection("owner")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            yield
    finally:
        connection.close()


def migrate_told() -> list[str]:
    """Migrates, and tells what ran and how long it took."""
    begun = time.monotonic()
    ran = migrate()
    if not ran:
        return [_("Tabel sudah mutakhir.")]
    seconds = separated(f"{time.monotonic() - begun:.1f}")
    return [*ran, _("{count} migrasi dijalankan dalam {seconds} detik.").format(count=len(ran), seconds=seconds)]


def status() -> list[str]:
    """Where the database is, whether it runs, what it holds. Does not start one that is asleep."""
    if is_embedded():
        here = embedded.server()
        lines = [_("Basis data bawaan di {folder}").format(folder=here.folder)]
        if not here.folder.exists():
            return [*lines, _("Belum dibuat; dibuat saat pertama kali dipakai.")]
        pid = here.running()
        if pid is None:
            return [*lines, _("Tidak menyala; menyala saat dipakai.")]
        return [*lines, _("Menyala, proses {pid}.").format(pid=pid), *_inside()]
    settings = connections["default"].settings_dict
    where = ":".join(part for part in (settings["HOST"], settings["PORT"]) if part)
    return [
        _("Basis data {name} di {where}, sebagai {user}").format(name=settings["NAME"], where=where, user=settings["USER"]),
        *_inside(),
    ]


def _inside() -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    todo = len(pending("default"))
    return [
        _("PostgreSQL {version}, {size}").format(version=version, size=size),
        _("{count} migrasi belum dijalankan.").format(count=todo) if todo else _("Tabel sudah mutakhir."),
    ]


def stop() -> list[str]:
    """Stops an embedded server that nobody uses."""
    if not is_embedded():
        raise InputError(_("Basis data di DATABASE_URL tidak dijalankan dari sini."), remedy=_("Hentikan di servernya sendiri."))
    here = embedded.server()
    if here.running() is None:
        return [_("Basis data tidak menyala.")]
    if not here.stop_if_unused():
        raise InputError(
            _("Basis data masih dipakai."), remedy=_("Hentikan dahulu jamsostek serve atau perintah yang memakainya.")
        )
    return [_("Basis data berhenti.")]


def roles() -> list[str]:
    """SQL that an administrator runs once on a server of their own."""
    return [ROLES_SQL.rstrip()]


def shell(role: str) -> int:
    """Runs psql as one of the roles; its status. The password goes by the environment, never by the command line."""
    settings = connections["owner" if role == embedded.OWNER else "default"].settings_dict
    given: dict[str, Any]
    if is_embedded():
        here = embedded.server()
        here.use()
        program = str(embedded.program("psql"))
        given = {"PGHOST": here.socket_folder, "PGUSER": role, "PGPASSWORD": here.password(role), "PGDATABASE": settings["NAME"]}
    else:
        program = shutil.which("psql") or ""
        if not program:
            raise InputError(_("psql tidak ada."), remedy=_("Pasang paket postgresql-client."))
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        given = {name: settings[key] for name, key in names.items()}
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is psql's
    try:
        return subprocess.run([program], env=environment, check=False).returncode  # noqa: S603
    finally:
        signal.signal(signal.SIGINT, before)
