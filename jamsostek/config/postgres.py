"""How Django reaches PostgreSQL: the embedded server, or the one that `DATABASE_URL` names.

Two aliases of one database: `default` is the application's role, `owner` owns the tables and is for migrations alone.
Nothing here starts a server; that happens with the first connection (`database.base`).
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jamsostek.config.embedded import APP, OWNER, READER
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

ENGINE = "jamsostek.config.database"
TIME_ZONE = "Asia/Jakarta"
SCHEMES = ("postgresql", "postgres")
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
URL_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "channel_binding")
EXAMPLE = "postgresql://jamsostek_app:SANDI@db.example.id:5432/jamsostek?sslmode=verify-full"


def connections() -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Raises `InputError` for a URL that cannot be meant."""
    url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not url and not owner_url:
        name = os.environ.get("JAMSOSTEK_DATABASE") or "jamsostek"
        return {"default": _alias(USER=APP, NAME=name), "owner": _alias(USER=OWNER, NAME=name)}
    if not url:
        raise InputError(_("DATABASE_OWNER_URL tanpa DATABASE_URL."), remedy=_("Beri keduanya, atau tidak satu pun."))
    default = parsed("DATABASE_URL", url)
    if not owner_url:  # a web server needs no owner; only migrating does, and is told so by the database itself
        return {"default": default, "owner": {**default}}
    owner = parsed("DATABASE_OWNER_URL", owner_url)
    if owner["USER"] == default["USER"]:
        raise InputError(
            _("DATABASE_URL dan DATABASE_OWNER_URL memakai peran yang sama."),
            remedy=_("Peran aplikasi tidak boleh memiliki tabel; pakai {app} dan {owner}.").format(app=APP, owner=OWNER),
        )
    return {"default": default, "owner": owner}


def is_embedded() -> bool:
    """Whether the database is the embedded one."""
    return not os.environ.get("DATABASE_URL")


def parsed(variable: str, url: str) -> dict[str, Any]:
    """One alias from a URL. The URL, which holds a password, is never repeated in an error."""
    remedy = _("Bentuknya {example}").format(example=EXAMPLE)
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InputError(_("{variable} tidak terbaca.").format(variable=variable), field=variable, remedy=remedy) from error
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    name, user = unquote(parts.path[1:]), unquote(parts.username or "")
    unknown = sorted(set(query) - set(URL_OPTIONS))
    wrong = (
        _("{variable}: skemanya bukan postgresql.") if parts.scheme not in SCHEMES
        else _("{variable}: nama basis datanya tidak ada.") if not name or "/" in name
        else _("{variable}: nama perannya tidak ada.") if not user
        else _("{variable}: nama servernya tidak ada.") if not host
        else _("{variable}: pilihan {names} tidak dikenal.") if unknown
        else _("{variable}: sslmode tidak dikenal.") if query.get("sslmode", "prefer") not in SSL_MODES
        else ""
    )  # fmt: skip
    if wrong:
        raise InputError(wrong.format(variable=variable, names=", ".join(unknown)), field=variable, remedy=remedy)
    found = _alias(USER=user, NAME=name, HOST=host, PORT=str(port or ""), PASSWORD=unquote(parts.password or ""))
    found["OPTIONS"].update(query)
    return found


def _alias(**where: str) -> dict[str, Any]:
    """One entry of DATABASES. Without HOST it is the embedded server; the session's settings hold on every server."""
    return {
        "ENGINE": ENGINE,
        **where,
        "TIME_ZONE": TIME_ZONE,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": _session(), "application_name": "jamsostek", "connect_timeout": 10},
    }


def _session() -> str:
    settings = {
        "statement_timeout": os.environ.get("JAMSOSTEK_STATEMENT_TIMEOUT") or "0",  # wsgi.py sets it: only a page is hurried
        "lock_timeout": os.environ.get("JAMSOSTEK_LOCK_TIMEOUT") or "15s",
        "idle_in_transaction_session_timeout": "5min",
        "jit": "off",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def grants(app: str = APP, reader: str = READER) -> tuple[str, ...]:
    """What the owner grants before it makes tables, so that every table made later has it; running it again changes nothing.

    The reader is optional on a server of one's own, so its lines are only sent where the role exists.
    """
    later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    return (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f'GRANT USAGE ON SCHEMA public TO "{app}", "{reader}"',
        f'{later} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}"',
        f'{later} GRANT USAGE, SELECT ON SEQUENCES TO "{app}"',
        f'{later} GRANT SELECT ON TABLES TO "{reader}"',
    )


ROLES_SQL = f"""\
-- Run once as an administrator of the server; then set passwords with \\password.
CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE {READER} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE DATABASE jamsostek OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE jamsostek FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE jamsostek TO {APP};
GRANT CONNECT ON DATABASE jamsostek TO {READER};
"""
