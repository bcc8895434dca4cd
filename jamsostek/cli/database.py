"""`jamsostek db`: migrate, status, shell, stop, roles."""

from __future__ import annotations

import typer

from jamsostek.cli.installation import django_command

group = typer.Typer(help="Basis data: mutakhirkan tabel, keadaan, psql, hentikan.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="db")


@group.command("migrate", help="Mutakhirkan tabel ke versi ini.")
def migrate() -> None:
    """Brings the tables to this version."""
    django_command("database", "migrate")


@group.command("status", help="Di mana basis data, apakah menyala, dan apakah tabelnya mutakhir.")
def status() -> None:
    """Where the database is and how it is; starts nothing."""
    django_command("database", "status")


@group.command("shell", help="Buka psql, tanpa menulis kata sandi.")
def shell(role: str = typer.Option("reader", help="reader, app, owner.")) -> None:
    """psql as one of the roles."""
    django_command("database", "shell", role=role)


@group.command("stop", help="Hentikan basis data bawaan yang tidak dipakai.")
def stop() -> None:
    """Stops the embedded server."""
    django_command("database", "stop")


@group.command("roles", help="SQL untuk membuat peran dan basis data di server sendiri.")
def roles() -> None:
    """What an administrator runs once."""
    django_command("database", "roles")
