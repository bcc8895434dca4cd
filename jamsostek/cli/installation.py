"""Commands that need the database: Django is loaded when one is called, never before."""

from __future__ import annotations

import os
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _, language


def set_up_django() -> None:
    """Loads the settings and the apps; Django's own texts speak the language of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())


def django_command(name: str, *arguments: str, **options: Any) -> None:
    """Runs a command of an app. A database that cannot be reached is an `InputError`."""
    set_up_django()
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command(name, *arguments, **options)
    except OperationalError as error:
        raise InputError(
            _("Basis data tidak dapat dihubungi: {why}").format(why=str(error).splitlines()[0]),
            remedy=_("Periksa DATABASE_URL, atau lihat jamsostek db status."),
        ) from error
