"""`jamsostek month`: bill and allocation of every worker of a population."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from jamsostek.batch.embedded import run_month
from jamsostek.batch.parts import MonthReport
from jamsostek.batch.summary import Summary
from jamsostek.cli.screen import bar, console, measured, trillions
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.law import Law, law_at

PROGRAMME_COLUMNS = {
    "JKK": ("jkk_rupiah",),
    "JKM": ("jkm_rupiah",),
    "JHT": ("jht_employer_rupiah", "jht_worker_rupiah"),
    "JP": ("jp_employer_rupiah", "jp_worker_rupiah"),
    "PMI": ("package_rupiah",),
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("month", help="Hitung tagihan dan alokasi satu bulan untuk seluruh penduduk pekerja (Parquet ke Parquet).")(
        command
    )


def command(
    source: Annotated[Path, typer.Argument(help="Folder penduduk: province=NN/*.parquet.")],
    out: Annotated[Path, typer.Argument(help="Folder hasil.")],
    month: Annotated[str, typer.Option(help="Bulan iuran, misalnya 2026-06.")],
    engine: Annotated[str, typer.Option(help="embedded atau spark.")] = "embedded",
    master: Annotated[str | None, typer.Option(help="Alamat Spark, misalnya spark://host:7077.")] = None,
    summary_only: Annotated[bool, typer.Option("--summary-only", help="Hanya ringkasan, tanpa baris pekerja.")] = False,
    force: Annotated[bool, typer.Option(help="Tulis ulang folder hasil bulan lain.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="Banyaknya proses; biasanya sebanyak inti.")] = None,
    reading: Annotated[list[str] | None, typer.Option(help="Tafsir lain: NAMA=PILIHAN (boleh berulang).")] = None,
    known_on: Annotated[str | None, typer.Option(help="Hukum seperti diketahui pada tanggal ini.")] = None,
    reform: Annotated[list[Path] | None, typer.Option("--law", help="Berkas YAML perubahan hukum (boleh berulang).")] = None,
) -> None:
    """Computes a month of a nation and shows its summary."""
    from jamsostek.cli.law import readings_of

    number = parse_month(month)
    law = law_at(number, known_on, readings_of(reading), tuple(reform or ()))
    with measured(_("Bulan {month}").format(month=month)):
        report = run(source, out, number, law, engine, master, summary_only, force, processes)
    show_summary(report.summary, number)
    show_rest(report, out)
    if report.rejected_count:
        raise typer.Exit(1)


def run(
    source: Path, out: Path, month: int, law: Law, engine: str = "embedded", master: str | None = None,
    summary_only: bool = False, force: bool = False, processes: int | None = None,
) -> MonthReport:  # fmt: skip
    """Runs the month on the engine asked for, with progress."""
    if engine == "spark":
        from jamsostek.batch.spark import run_month_spark

        return run_month_spark(source, out, month, law, master=master, summary_only=summary_only, force=force)
    if engine != "embedded":
        from jamsostek.core.errors import unknown_name

        raise unknown_name(_("Mesin"), engine, ("embedded", "spark"))
    with bar() as progress:
        task = progress.add_task(_("Menghitung"), total=None)

        def tell(_file: str, rows: int) -> None:
            progress.advance(task, rows)

        return run_month(source, out, month, law, summary_only=summary_only, force=force, processes=processes, progress=tell)


def show_summary(summary: Summary, month: int) -> None:
    """Tables by province and by segment: workers and rupiah of each programme."""
    for key, title in (("province", _("Provinsi")), ("segment", _("Segmen"))):
        table = Table(title=_("Iuran {month} menurut {title}").format(month=format_month(month), title=title.lower()))
        table.add_column(title)
        table.add_column(_("Jumlah pekerja"), justify="right")
        for name in (*PROGRAMME_COLUMNS, _("Total"), _("JKP negara")):
            table.add_column(name, justify="right")
        for name, cell in summary.by(key).items():
            table.add_row(PROVINCES[name].name if key == "province" else name, *_cells(cell))
        table.add_section()
        table.add_row(_("Semua"), *_cells(summary.total()), style="bold")
        console().print(table)


def _cells(cell: dict[str, int]) -> list[str]:
    amounts = [sum(cell[c] for c in columns) for columns in PROGRAMME_COLUMNS.values()]
    amounts += [cell["total_rupiah"], cell["jkp_government_rupiah"]]
    return [format_number(cell["workers"]), *map(trillions, amounts)]


def show_rest(report: MonthReport, out: Path) -> None:
    """Rows left out, parts kept from an earlier run, and where the files are."""
    if report.rejected_count:
        count = format_number(report.rejected_count)
        console().print(_("{count} baris tidak dihitung:").format(count=count), style="bold red")
        for file, row, column, value, remedy in report.rejected[:20]:
            words = _("{file} baris {row}, {column}: {value}. {remedy}")
            console().print("  " + words.format(file=file, row=row, column=column, value=value, remedy=remedy), markup=False)
    if report.kept:
        console().print(_("{count} berkas sudah selesai sebelumnya dan dipakai lagi.").format(count=report.kept))
    console().print(_("Hasil: {path}").format(path=", ".join(str(p) for p in [out, *report.paths])), soft_wrap=True, markup=False)
