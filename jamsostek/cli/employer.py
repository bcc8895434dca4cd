"""`jamsostek employer`: an employer's payroll workbook in, an explained bill workbook out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from jamsostek.cli.law import Known, Reading, Reform, readings_of
from jamsostek.cli.screen import bar, console, measured
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _, language, speaking
from jamsostek.law import law_at
from jamsostek.messages.guards import FileUnreadable
from jamsostek.messages.payroll.bill import DEFAULT_RISK_CLASS, DEFAULT_SCALE, Bill, make_bill, programme_names
from jamsostek.messages.payroll.problems import RowProblem
from jamsostek.messages.payroll.reader import read_payroll
from jamsostek.messages.payroll.records import Payroll
from jamsostek.messages.payroll.write import DUE, firm_line, write_bill

SHOWN_PER_KIND = 5
"""Rows shown on the screen for each kind of repair; the workbook lists them all."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("employer", help="Hitung tagihan dari buku kerja upah (xlsx, xls, ods, csv), setiap angka dijelaskan.")(command)


def command(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="Buku kerja upah pekerja.")],
    month: Annotated[str, typer.Option(help="Bulan iuran, misalnya 2026-06.")],
    risk_class: Annotated[
        str, typer.Option(help="Kelas risiko perusahaan: very_low, low, medium, high, very_high.")
    ] = DEFAULT_RISK_CLASS,
    scale: Annotated[str, typer.Option(help="Skala usaha: large, medium, small, micro.")] = DEFAULT_SCALE,
    labour_intensive: Annotated[bool, typer.Option("--labour-intensive", help="Industri padat karya.")] = False,
    jkp: Annotated[bool, typer.Option(help="Pekerja peserta JKP.")] = True,
    output: Annotated[Path | None, typer.Option(help="Buku kerja tagihan; biasanya di samping berkas upah.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Nama lembar yang dibaca; biasanya yang judulnya terlengkap.")] = None,
    labels: Annotated[str | None, typer.Option("--language", help="Bahasa layar dan buku kerja: id, en.")] = None,
    masked: Annotated[bool, typer.Option("--masked", help="Samarkan nilai di lembar Perbaikan.")] = False,
    reading: Reading = None,
    known_on: Known = None,
    law: Reform = None,
) -> None:
    """Reads, bills, writes, and tells what to mend; status 1 when a row was refused, 2 when the file cannot be read."""
    if labels not in (None, "id", "en"):
        raise typer.BadParameter("id, en", param_hint="--language")
    number = parse_month(month)
    with speaking(labels or language()), measured(source.name):
        target = output or source.with_name(f"{source.stem}_tagihan_{format_month(number)}.xlsx")
        payroll = _read(source, target, number, sheet)
        in_force = law_at(number, known_on, readings_of(reading), tuple(law or ()))
        bill = make_bill(
            payroll, risk_class=risk_class, scale=scale, labour_intensive=labour_intensive, jkp_member=jkp, law=in_force
        )
        _write(bill, target, whole_values=not masked)
        _show_bill(bill)
        _show_problems(payroll)
        _show_end(payroll, target)
    if payroll.rows_refused:
        raise typer.Exit(1)


def _read(source: Path, target: Path, month: int, sheet: str | None) -> Payroll:
    if source.resolve() == target.resolve():
        raise InputError(_("Tagihan akan menimpa berkas upah."), remedy=_("Beri nama lain pada --output."))
    try:
        with bar() as progress:
            progress.add_task(_("Membaca {name}").format(name=source.name), total=None)
            return read_payroll(source, month=month, sheet=sheet)
    except OSError as error:
        raise FileUnreadable(
            _("Berkas {path} tidak dapat dibuka.").format(path=source),
            kind="missing",
            remedy=_("Periksa nama dan foldernya."),
            detail=str(error),
        ) from error


def _write(bill: Bill, target: Path, whole_values: bool) -> None:
    with bar() as progress:
        task = progress.add_task(_("Menulis tagihan"), total=len(bill.payroll.rows))
        write_bill(bill, target, whole_values=whole_values, progress=lambda rows: progress.advance(task, rows))


def _show_bill(bill: Bill) -> None:
    """The bill by programme, with its due dates."""
    table = Table(title=_("Tagihan iuran {month}").format(month=format_month(bill.month)), title_justify="left")
    for title in (_("Program"), _("Pemberi kerja"), _("Pekerja"), _("Jumlah"), _("Paling lambat")):
        table.add_column(title, justify="left" if title == _("Program") else "right")
    for name in programme_names():
        shares = {payer: bill.total(output) for programme, payer, output in bill.shares if programme == name}
        if shares:
            parts = [shares.get("employer", 0), shares.get("worker", 0)]
            table.add_row(name.upper(), *map(format_number, [*parts, sum(parts)]), _due(bill, name))
    totals = [bill.total(f"{name}_rupiah") for name in ("employer", "worker", "total")]
    table.add_section()
    table.add_row(_("Jumlah"), *map(format_number, totals), "", style="bold")
    console().print(table)
    console().print(_("Dihitung untuk: {firm}.").format(firm=firm_line(bill.firm)), highlight=False)


def _due(bill: Bill, programme: str) -> str:
    """The day a programme is due, from the law's calendar."""
    days = [day for name, day in bill.due_dates.items() if programme.upper() in DUE.get(name, "").split(", ")]
    return days[0].isoformat() if days else ""


def _show_problems(payroll: Payroll) -> None:
    """What to mend, by kind of repair: row, column, what was seen (masked), what was expected, how to mend it."""
    for problems in payroll.problems_by_kind().values():
        first = problems[0]
        colour = "red" if first.severity == "error" else "yellow"
        console().print(f"\n[bold {colour}]{escape(first.problem)}[/] ({format_number(len(problems))})", highlight=False)
        for problem in problems[:SHOWN_PER_KIND]:
            console().print(f"  {_where(problem)}", markup=False, highlight=False, soft_wrap=True)
        if len(problems) > SHOWN_PER_KIND:
            more = format_number(len(problems) - SHOWN_PER_KIND)
            console().print("  " + _("… dan {count} lagi di lembar Perbaikan.").format(count=more), style="dim")
        console().print(f"  → {first.remedy}", markup=False, highlight=False, soft_wrap=True)


def _where(problem: RowProblem) -> str:
    """One problem's place and values on a line."""
    title = " ".join(problem.title.split())
    place = problem.sheet if problem.row is None else _("baris {row}").format(row=problem.row)
    if problem.column:
        place += _(", kolom {letter} “{title}”").format(letter=problem.column, title=title)
    seen = f"“{problem.value_seen}”" if problem.value_seen else _("kosong")
    return _("{place}: {seen}; seharusnya {expected}").format(place=place, seen=seen, expected=problem.expected)


def _show_end(payroll: Payroll, target: Path) -> None:
    """What was read, what was left out, and where the bill is."""
    lines: Sequence[str] = (
        _("Lembar “{sheet}”, judul di baris {row}: {billed} pekerja ditagih, {refused} baris harus diperbaiki.").format(
            sheet=payroll.sheet,
            row=payroll.header_row,
            billed=format_number(len(payroll.rows)),
            refused=format_number(payroll.rows_refused),
        ),
        *(f"{note.problem}: {' '.join(note.value_seen.split())}" for note in payroll.notes),
        _("Tagihan: {path}").format(path=target),
    )
    console().print()
    for line in lines:
        console().print(line, markup=False, highlight=False, soft_wrap=True)
