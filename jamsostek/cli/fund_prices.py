"""`jamsostek fund prices` and `fund custody`: prices of a file recorded, a custodian's statement compared, by the operator."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_date
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.messages.tables.neutral import neutral

if TYPE_CHECKING:
    from jamsostek.fund.queries.price_files import Preview
    from jamsostek.messages.securities.problems import SecurityProblem

JAKARTA = dt.timezone(dt.timedelta(hours=7))
SHOWN = 20
File = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas CSV atau Excel.")]
Mend = Annotated[Path | None, typer.Option("--mend", help="Tulis baris yang perlu diperbaiki ke berkas CSV ini.", dir_okay=False)]


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command("prices", help="Catat harga efek dari berkas CSV atau Excel; dengan --dry-run hanya dilihat.")(prices)
    group.command("custody", help="Catat laporan posisi kustodian dan cocokkan dengan pembukuan.")(custody)


def prices(
    file: File,
    source: Annotated[str, typer.Option("--source", help="Dari mana harga ini, misalnya PHEI atau IDX.")],
    day: Annotated[str, typer.Option("--day", help="Tanggal harga bila berkas tanpa kolom tanggal, misalnya 2026-11-20.")] = "",
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", help="Kode yang perubahannya di atas 25 persen sudah dicocokkan.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Lihat saja, tidak dicatat.")] = False,
    mend: Mend = None,
) -> None:
    """Status 1 where rows were left out."""
    with installation("fund prices") as now:
        from jamsostek.fund.actions.price_files import send_prices, take_prices
        from jamsostek.fund.queries.price_files import look
        from jamsostek.messages.securities.reader import read_prices

        content, today = _content(file), now.astimezone(JAKARTA).date()
        given = parse_date(day) if day else None
        seen = look(read_prices(content, file.name, today=today), default_day=given)
        _tell(seen)
        if not dry_run:
            kept = send_prices(content=content, file_name=file.name, source=source, default_day=given, today=today)
            taking = take_prices(file_id=kept.pk, today=today, confirmed=[code.upper() for code in confirm or ()])
            _say(
                _("{added} harga baru dan {changed} perubahan dicatat.").format(
                    added=format_number(taking.added), changed=format_number(taking.changed)
                )
            )
        left_out = seen.left_out
        _problems(seen.problems, mend)
    if left_out:
        raise typer.Exit(1)


def custody(
    file: File,
    fund: Annotated[str, typer.Option("--fund", help="Dana: jkk, jkm, jht, jp, jkp.")],
    custodian: Annotated[str, typer.Option("--custodian", help="Nama bank kustodian.")],
    day: Annotated[str, typer.Option("--day", help="Posisi akhir hari ini, misalnya 2026-10-31.")],
    mend: Mend = None,
) -> None:
    """Status 1 where something differs or rows were left out."""
    with installation("fund custody") as now:
        from jamsostek.fund.actions.custody import record_custody
        from jamsostek.fund.queries.custody import problems_of, reconciliation

        today = now.astimezone(JAKARTA).date()
        kept = record_custody(
            content=_content(file), file_name=file.name, fund=fund, custodian=custodian, stated_on=parse_date(day), today=today
        )
        told, wrong = reconciliation(kept), problems_of(kept, today=today)
        table = Table(box=None)
        for title in (_("Kode"), _("Di pembukuan"), _("Di kustodian")):
            table.add_column(title)
        for line in told.open:
            table.add_row(line.code, f"{line.units_here:f}", f"{line.units_there:f}")
        _say(
            _("{count} efek cocok, {open} selisih terbuka.").format(
                count=format_number(told.count("agree")), open=format_number(len(told.open))
            )
        )
        if told.open:
            console().print(table, highlight=False, markup=False)
        _problems(wrong, mend)
        unsettled = bool(told.open or wrong)
    if unsettled:
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            _("Berkas {path} tidak dapat dibaca.").format(path=file), remedy=_("Periksa nama dan foldernya.")
        ) from error


def _say(text: str) -> None:
    console().print(text, markup=False, highlight=False, soft_wrap=True)


def _tell(seen: Preview) -> None:
    _say(
        _("{new} baru, {changed} berubah, {same} sama; {unknown} efek belum tercatat, {left} baris tidak dipakai.").format(
            new=format_number(seen.count("new")), changed=format_number(seen.count("changed")),
            same=format_number(seen.count("same")), unknown=format_number(seen.unknown), left=format_number(seen.left_out),
        )
    )  # fmt: skip
    for one in seen.large[:SHOWN]:
        _say(
            _("{code} berubah lebih dari 25 persen: dari {before} menjadi {price} rupiah per unit.").format(
                code=one.code, before=f"{one.before:f}", price=f"{one.price:f}"
            )
        )


def _problems(found: Sequence[SecurityProblem], mend: Path | None) -> None:
    for one in found[:SHOWN]:
        _say(
            _("Baris {row}, kolom {column}: {problem} ({value}). {remedy}").format(
                row=one.row, column=one.column or "–", problem=one.problem, value=one.value_seen or "–", remedy=one.remedy
            )
        )
    if len(found) > SHOWN:
        _say(_("Masih ada {count} lagi.").format(count=format_number(len(found) - SHOWN)))
    if mend is not None and found:
        try:
            with mend.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(
                    [
                        _("Baris"),
                        _("Kolom"),
                        _("Judul"),
                        _("Yang ditemukan"),
                        _("Tertulis"),
                        _("Seharusnya"),
                        _("Cara memperbaiki"),
                    ]
                )
                for one in found:
                    cells = [one.column, one.title, one.problem, one.value_whole, one.expected, one.remedy]
                    writer.writerow([one.row, *(neutral(cell) for cell in cells)])
        except OSError as error:
            raise InputError(
                _("Berkas tidak dapat ditulis ke {path}.").format(path=mend),
                remedy=_("Periksa apakah foldernya ada dan boleh ditulisi."),
            ) from error
