"""`manage.py serve`: what `jamsostek serve` calls."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from jamsostek.config.serving.supervisor import serve


class Command(BaseCommand):
    """Database, migrations, static files, jobs and web in one process tree."""

    requires_system_checks = []  # noqa: RUF012  as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether jobs run here."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-jobs", action="store_false", dest="jobs")

    def handle(self, *_args: Any, host: str, port: int, jobs: bool, **_options: Any) -> None:
        """Returns when it was told to stop."""
        serve(host=host, port=port, jobs=jobs, tell=self._tell)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
