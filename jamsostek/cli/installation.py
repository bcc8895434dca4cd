"""Commands that need the database: Django is loaded when one is called, never before."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _, language

UNDEFINED_TABLE = "42P01"


def set_up_django() -> None:
    """Loads the settings and the apps; Django's own texts speak the language of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())


@contextmanager
def told_when_unreachable() -> Iterator[None]:
    """A database that cannot be reached, or lacks the tables of this version, is an `InputError`."""
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except OperationalError as error:
        raise InputError(
            _("Basis data tidak dapat dihubungi: {why}").format(why=str(error).splitlines()[0]),
            remedy=_("Periksa DATABASE_URL, atau lihat jamsostek db status."),
        ) from error
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != UNDEFINED_TABLE:
            raise
        raise InputError(_("Tabelnya belum dibuat."), remedy=_("Jalankan jamsostek db migrate.")) from error


def django_command(name: str, *arguments: str, **options: Any) -> None:
    """Runs a command of an app. A database that cannot be reached is an `InputError`."""
    set_up_django()
    from django.core.management import call_command

    with told_when_unreachable():
        call_command(name, *arguments, **options)


@contextmanager
def installation(command: str) -> Iterator[dt.datetime]:
    """Django, the installation's own scope under the operator's name, and the time now."""
    set_up_django()
    from jamsostek.access.scope import acting, system_scope

    with told_when_unreachable(), acting(system_scope(f"{getpass.getuser()}: {command}")):
        yield dt.datetime.now(dt.UTC)
