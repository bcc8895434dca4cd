"""The command line: its commands, its languages, and how errors reach a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from jamsostek import __version__
from jamsostek.cli import (
    access,
    accounts,
    arrears,
    award,
    card,
    claims,
    coverage,
    database,
    demo,
    employer,
    fund,
    law,
    ledger,
    link,
    month,
    movement,
    nation,
    payments,
    payouts,
    reassessments,
    registry,
    serve,
    simulate,
    synth,
    training,
)
from jamsostek.cli.screen import error_console
from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, _, set_language, translate
from jamsostek.law.figures import ParameterError

app = typer.Typer(
    name="jamsostek",
    help="Jaminan sosial ketenagakerjaan sebagai perangkat lunak: satu hukum, setiap rupiah menjelaskan dirinya.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
STOPPED = 130
"""The status after Ctrl-C."""

for room in (
    law, month, reassessments, synth, employer, nation, simulate, registry, accounts, payments, arrears, claims, payouts,
    training, ledger, fund, award, card, link, coverage, movement, demo, serve, database, access,
):  # fmt: skip
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


def wanted_language(arguments: Sequence[str]) -> str:
    """The language asked for by --lang or JAMSOSTEK_LANGUAGE, before the command line is read; "id" where none is known."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    given = [
        following if one == "--lang" else one[7:] for one, following in pairs if one == "--lang" or one.startswith("--lang=")
    ]
    chosen = next(iter(given), None) or os.environ.get("JAMSOSTEK_LANGUAGE") or ""
    return chosen if chosen in LANGUAGES else "id"


def command(lang: str) -> Any:
    """The tree of commands with its help, written in Indonesian, in a language."""
    root = typer.main.get_command(app)
    _translate_help(root, lang)
    return root


def _translate_help(node: Any, lang: str) -> None:
    for name in ("help", "short_help"):
        if getattr(node, name, None):
            setattr(node, name, translate(getattr(node, name), lang))
    for child in (*getattr(node, "params", ()), *getattr(node, "commands", {}).values()):
        _translate_help(child, lang)


def main() -> None:
    """Runs the command; a person's error is one line and status 2, an interruption 130, a full disk 3."""
    if "--version" in sys.argv[1:2]:
        print(__version__)
        return
    try:
        command(wanted_language(sys.argv[1:]))(prog_name="jamsostek")
    except (InputError, ParameterError) as error:
        error_console().print(f"[bold red]{_('Galat')}:[/] {_escape(str(error))}", soft_wrap=True)
        sys.exit(2)
    except SystemExit as end:  # typer itself turns Ctrl-C into a silent status
        if end.code == STOPPED:
            error_console().print(_("Dihentikan. Yang sudah selesai tetap ada; jalankan lagi untuk melanjutkan."))
        raise
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
