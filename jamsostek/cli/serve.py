"""`jamsostek serve`: the portal, its jobs and its database in one process tree."""

from __future__ import annotations

import typer

from jamsostek.cli.installation import django_command


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command("serve", help="Jalankan portal, pekerjaan latar dan basis data; berhenti dengan Ctrl-C.")
    def serve(
        port: int = typer.Option(8000, min=1, max=65535, help="Port portal."),
        host: str = typer.Option("127.0.0.1", help="Alamat tempat portal mendengar."),
        jobs: bool = typer.Option(True, "--jobs/--no-jobs", help="Jalankan juga pekerjaan latar."),
    ) -> None:
        """Runs until it is told to stop."""
        django_command("serve", host=host, port=port, jobs=jobs)
