"""The command line: its commands, its languages, and how errors reach a person."""

from __future__ import annotations

import os
import sys

import typer

from jamsostek import __version__
from jamsostek.cli import demo, employer, law, month, synth
from jamsostek.cli.screen import error_console
from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, _, set_language
from jamsostek.law.parameters import ParameterError

app = typer.Typer(
    name="jamsostek",
    help="Jaminan sosial ketenagakerjaan sebagai perangkat lunak: satu hukum, setiap rupiah menjelaskan dirinya.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for room in (law, month, synth, employer, demo):
    room.register(app)


def _language(value: str | None) -> None:
    chosen = value or os.environ.get("JAMSOSTEK_LANGUAGE") or "id"
    if chosen not in LANGUAGES:
        raise typer.BadParameter("id, en")
    set_language(chosen)


@app.callback()
def choose(
    lang: str = typer.Option(None, "--lang", help="Bahasa / language: id, en (JAMSOSTEK_LANGUAGE).", callback=_language),
    version: bool = typer.Option(False, "--version", help="Versi."),
) -> None:
    """Options that hold for every command."""
    if version:
        print(__version__)
        raise typer.Exit


def main() -> None:
    """Runs the command; a person's error is one line and status 2, an interruption 130, a full disk 3."""
    if "--version" in sys.argv[1:2]:
        print(__version__)
        return
    try:
        app()
    except (InputError, ParameterError) as error:
        error_console().print(f"[bold red]{_('Galat')}:[/] {_escape(str(error))}", soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        error_console().print(_("Dihentikan. Yang sudah selesai tetap ada; jalankan lagi untuk melanjutkan."))
        sys.exit(130)
    except OSError as error:
        error_console().print(f"[bold red]{_('Galat')}:[/] {_escape(_disk(error))}", soft_wrap=True)
        sys.exit(3)


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _disk(error: OSError) -> str:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Penyimpanan penuh. Kosongkan tempat, lalu jalankan lagi; yang sudah selesai tidak diulang.")
    return f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
