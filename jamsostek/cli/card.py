"""`jamsostek card`: is this card genuine? Needs no network and no database, only the published keys."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from jamsostek.cli.screen import bar, console
from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_date
from jamsostek.core.numbers import format_number
from jamsostek.core.text import _
from jamsostek.messages.card.claims import JAKARTA, SEGMENT_TITLES, CardClaims
from jamsostek.messages.card.keys import KeySet, read_keys
from jamsostek.messages.card.scan import is_scannable, read_codes
from jamsostek.messages.card.token import PREFIX, State, Verdict, month_words, verify

group = typer.Typer(help="Kartu peserta: periksa keasliannya tanpa jaringan.", no_args_is_help=True)
COLOURS = {State.VALID: "green", State.LAPSED: "yellow", State.NOT_YET: "yellow"}
"""All else is red."""
ALL_SHOWN = 30


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="card")


@group.command("verify", help="Periksa kode kartu, foto, PDF, atau berkas teks; status 0 bila semua berlaku, 1 bila tidak.")
def verify_command(
    target: Annotated[
        str, typer.Argument(metavar="TOKEN|FILE", help="Kode JK1:… dalam tanda petik tunggal, atau gambar, PDF, atau teks.")
    ],
    keys: Annotated[Path, typer.Option(help="Kunci yang diterbitkan: kunci.json.")],
    date: Annotated[str | None, typer.Option(help="Periksa untuk tanggal ini, misalnya 2026-12-01; biasanya hari ini.")] = None,
) -> None:
    """Verifies every code found; status 0 when all are valid, 1 when one is not, 2 when there is nothing to verify."""
    today = parse_date(date) if date else dt.datetime.now(JAKARTA).date()
    known = read_keys(_read(keys))
    found = _codes(target)
    verdicts = [(place, verify(text, known, today=today)) for place, text in found]
    if len(verdicts) == 1:
        _show_one(verdicts[0][1], known)
    else:
        _show_many(verdicts)
    if any(verdict.state is not State.VALID for _place, verdict in verdicts):
        raise typer.Exit(1)


def _codes(target: str) -> list[tuple[str, str]]:
    """Where each code stands, and its text."""
    if PREFIX in target:
        return [("", target)]
    path = Path(target)
    content = _read(path)
    if is_scannable(content):
        with bar() as progress:
            progress.add_task(_("Membaca {name}").format(name=path.name), total=None)
            found = [(_("halaman {page}").format(page=code.page), code.text) for code in read_codes(content)]
    elif PREFIX.encode() not in content:
        found = []
    else:
        lines = content.decode("utf-8-sig", errors="replace").splitlines()
        found = [(_("baris {row}").format(row=row), line) for row, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise InputError(
            _("Tidak ada kode di {name}.").format(name=path.name), field="file", remedy=_("Pastikan kode QR tampak utuh.")
        )
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            _("Berkas {path} tidak dapat dibuka.").format(path=path), remedy=_("Periksa nama dan foldernya.")
        ) from error


def _show_one(verdict: Verdict, keys: KeySet) -> None:
    """The verdict, and what the card says where its signature holds."""
    colour = COLOURS.get(verdict.state, "red")
    console().print(f"[bold {colour}]{escape(verdict.title)}[/]", highlight=False)
    console().print(verdict.text, markup=False, highlight=False, soft_wrap=True)
    if verdict.state is State.UNKNOWN_KEY:
        issuers = sorted({key.issuer for key in keys.values()})
        console().print(_("Daftar ini memuat kunci: {names}.").format(names=", ".join(issuers)), markup=False, style="dim")
    if verdict.claims:
        table = Table(show_header=False, box=None)
        for title, value in _rows(verdict.claims):
            table.add_row(title, value)
        console().print(table, highlight=False)


def _rows(card: CardClaims) -> list[tuple[str, str]]:
    return [
        (_("Nama"), escape(card.name)),
        (_("Nomor peserta (KPJ)"), format_number("kpj", card.kpj)),
        (_("Program"), ", ".join(programme.upper() for programme in card.programmes)),
        (_("Segmen"), _(SEGMENT_TITLES[card.segment])),
        (_("Masa berlaku"), f"{month_words(card.from_month)} – {month_words(card.until_month)}"),
        (_("Nomor kartu"), format_number("card", card.serial)),
        (_("Penerbit"), escape(card.issuer)),
        (_("Tanggal terbit"), card.issued_on.isoformat()),
    ]


def _show_many(verdicts: list[tuple[str, Verdict]]) -> None:
    """One line for each code, of many only for those that are not valid; and how many are what."""
    table = Table(box=None)
    for title in (_("Tempat"), _("Hasil"), _("Nama"), _("Nomor peserta (KPJ)"), _("Berlaku sampai")):
        table.add_column(title)
    for place, verdict in verdicts:
        if verdict.state is State.VALID and len(verdicts) > ALL_SHOWN:
            continue
        said = verdict.claims
        facts = (escape(said.name), format_number("kpj", said.kpj), month_words(said.until_month)) if said else ("", "", "")
        table.add_row(place, f"[{COLOURS.get(verdict.state, 'red')}]{escape(verdict.title)}[/]", *facts)
    console().print(table, highlight=False)
    counts = Counter(verdict.title for _place, verdict in verdicts)
    console().print(", ".join(f"{title}: {count}" for title, count in counts.most_common()), highlight=False)
