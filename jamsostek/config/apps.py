"""The Django app of the installation itself: its commands and checks, and the grants before every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import pre_migrate

from jamsostek.config.embedded import APP, OWNER, READER
from jamsostek.config.postgres import grants
from jamsostek.core.errors import InputError
from jamsostek.core.text import _


class ConfigConfig(AppConfig):
    """No tables; commands, checks, grants."""

    name = "jamsostek.config"
    label = "config"

    def ready(self) -> None:
        """Every migration is prepared once. Django sends the signal for apps with tables only, so we listen for one of them."""
        pre_migrate.connect(before_migrating, sender=apps.get_app_config("contenttypes"), dispatch_uid="jamsostek.config")


def before_migrating(using: str, **_given: Any) -> None:
    """Refuses to migrate as the application, and grants what the application needs on tables to come."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_has_role(current_user, datdba, 'USAGE') FROM pg_database WHERE datname = current_database()")
        if cursor.fetchone() != (True,):
            raise InputError(
                _("Tabel hanya dimutakhirkan oleh pemilik basis data."),
                remedy=_("Pakai jamsostek db migrate, dan DATABASE_OWNER_URL dengan peran {owner}.").format(owner=OWNER),
            )
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [APP, READER])
        there = {name for (name,) in cursor.fetchall()}
        missing = sorted({APP, READER} - there)
        if missing:
            raise InputError(
                _("Peran {names} tidak ada di server basis data.").format(names=", ".join(missing)),
                remedy=_("Buat dengan SQL dari jamsostek db roles."),
            )
        for statement in grants():
            cursor.execute(statement)
