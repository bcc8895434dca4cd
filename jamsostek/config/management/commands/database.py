"""`manage.py database migrate|status|shell|stop|roles`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from jamsostek.config import administration
from jamsostek.config.embedded import APP, OWNER, READER
from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _

ROLES = {"app": APP, "owner": OWNER, "reader": READER}


class Command(BaseCommand):
    """Looks after the database."""

    requires_system_checks = []  # noqa: RUF012  as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and for a shell as whom."""
        parser.add_argument("what", choices=("migrate", "status", "shell", "stop", "roles"))
        parser.add_argument("--role", choices=tuple(ROLES), default="reader")

    def handle(self, *_args: Any, what: str, role: str, **_options: Any) -> None:
        """Does it and tells it line by line."""
        if role not in ROLES:
            raise unknown_name(_("Peran"), role, ROLES)
        if what == "shell":
            sys.exit(administration.shell(ROLES[role]))
        lines = {
            "migrate": administration.migrate_told,
            "status": administration.status,
            "stop": administration.stop,
            "roles": administration.roles,
        }[what]()
        self.stdout.write("\n".join(lines))
