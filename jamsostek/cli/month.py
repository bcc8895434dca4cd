"""`jamsostek month`: the month of a population of Parquet files; `month bill`, `month status` of the people registered here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from typer.core import TyperGroup

from jamsostek.batch.embedded import run_month
from jamsostek.batch.parts import MonthReport
from jamsostek.batch.summary import Summary
from jamsostek.cli.installation import installation
from jamsostek.cli.screen import bar, console, measured, trillions
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law import Law, law_at

PROGRAMME_COLUMNS = {
    "JKK": ("jkk_rupiah",),
    "JKM": ("jkm_rupiah",),
    "JHT": ("jht_employer_rupiah", "jht_worker_rupiah"),
    "JP": ("jp_employer_rupiah", "jp_worker_rupiah"),
    "PMI": ("package_rupiah",),
}


class _Month(TyperGroup):
    """`month FOLDER OUT …` without a word in front is the population's month, as it always was."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the word in front."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [POPULATION, *args]
        return super().parse_args(ctx, args)


POPULATION = "population"
group = typer.Typer(
    cls=_Month, no_args_is_help=True, help="Bulan iuran: tagih orang yang terdaftar, atau hitung penduduk pekerja dari Parquet."
)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="month")


@group.command(POPULATION, help="Hitung tagihan dan alokasi satu bulan untuk seluruh penduduk pekerja (Parquet ke Parquet).")
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


# --- the installation's own month -------------------------------------------------------------------------------------

if TYPE_CHECKING:
    from jamsostek.collection.models import Run, RunRegion


@group.command("bill", help="Tagih bulan ini: semua yang belum ditagih. Dijalankan lagi, hanya yang tersisa.")
def bill(
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Bulan iuran, misalnya 2026-06.")],
    region: Annotated[int | None, typer.Option(metavar="CODE", help="Hanya provinsi atau kabupaten/kota ini.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Sekian wilayah sekaligus.")] = 1,
) -> None:
    """Starts a run, or goes on with the one that was left, and works it off here. Status 1 when a region was not billed."""
    number = parse_month(month)
    with installation("month bill") as now:
        from jamsostek.collection.actions import runs

        today = _jakarta(now)
        try:
            run_id = runs.start_run(month=number, region=region, today=today, workers=workers, enqueue_it=False).pk
        except runs.UnderWay as error:
            run_id = error.run_id
            _say(_("Melanjutkan penagihan {number} yang belum selesai.").format(number=run_id))
    with bar() as progress:
        task = progress.add_task(_("Menagih"), total=None)

        def told(_row: RunRegion, done: int, whole: int) -> None:
            progress.update(task, completed=done, total=whole)

        with measured(_("Bulan {month}").format(month=month)):
            from django.utils import timezone

            runs.work(run_id, now=timezone.now, told=told)
    if _show(run_id):
        raise typer.Exit(1)


@group.command("state", help="Tagih bagian pemerintah dari JKP menurut tagihan bulan itu; lagi, hanya selisihnya.")
def state(month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Bulan iuran, misalnya 2026-06.")]) -> None:
    """A run of the whole nation does this at its end; what was billed since is a difference. Status 0 also where none is left."""
    number = parse_month(month)
    with installation("month state") as now:
        from jamsostek.collection.actions.state import bill_state
        from jamsostek.collection.codes import code_of

        made = bill_state(month=number, today=_jakarta(now))
    if made is None:
        _say(_("Pemerintah sudah ditagih untuk semuanya."))
    else:
        words = _("Kode bayar {code}: {rupiah}, untuk {count} tagihan.")
        count = format_number(made.inputs["bills"])
        _say(words.format(code=code_of(made.number), rupiah=format_rupiah(made.total_rupiah), count=count))


@group.command("status", help="Penagihan yang pernah dijalankan, dan yang terakhir menurut wilayah.")
def status(
    month: Annotated[str | None, typer.Argument(metavar="YYYY-MM", help="Hanya bulan ini.")] = None,
) -> None:
    """Status 1 when nothing was ever run."""
    number = parse_month(month) if month else None
    with installation("month status"):
        from jamsostek.collection.queries import runs

        found = [one for one in runs.runs() if number in (None, one.month)]
    if not found:
        _say(_("Belum ada penagihan."))
        raise typer.Exit(1)
    table = Table(box=None)
    for title in (_("Nomor"), _("Bulan"), _("Wilayah"), _("Keadaan"), _("Diminta")):
        table.add_column(title)
    for one in found:
        table.add_row(
            str(one.pk), format_month(one.month), place(one.region_code), _state(one), one.asked_at.isoformat(" ", "minutes")
        )
    console().print(table, highlight=False, markup=False)
    _show(found[0].pk)


def _show(run_id: int) -> bool:
    """The regions of a run; whether something was not billed."""
    with installation("month status"):
        from jamsostek.collection.queries import runs

        run, regions = runs.run(run_id), runs.run_regions(run_id)
    table = Table(title=_("Penagihan {number}: {month}, {state}").format(
        number=run.pk, month=format_month(run.month), state=_state(run)
    ))  # fmt: skip
    table.add_column(_("Wilayah"))
    for title in (_("Tagihan"), _("Orang"), _("Jumlah")):
        table.add_column(title, justify="right")
    table.add_column(_("Keadaan"))
    for one in regions:
        figures = (format_number(one.bills), format_number(one.lines), format_rupiah(int(one.total_rupiah)))
        table.add_row(place(one.region_code), *figures, " ".join(filter(None, (_(REGION_STATES[one.state]), one.problem))))
    table.add_section()
    sums = [sum(one.bills for one in regions), sum(one.lines for one in regions)]
    table.add_row(
        _("Semua"), *map(format_number, sums), format_rupiah(int(sum(one.total_rupiah for one in regions))), "", style="bold"
    )
    console().print(table, highlight=False)
    if run.problem:
        _say(run.problem)
    return run.state != "done" or any(one.state in ("failed", "elsewhere") for one in regions)


STATES = {"waiting": N_("menunggu"), "running": N_("berjalan"), "done": N_("selesai"), "failed": N_("berhenti")}
REGION_STATES = {
    "waiting": N_("menunggu"), "done": N_("ditagih"), "nothing": N_("tidak ada yang tersisa"),
    "elsewhere": N_("sedang ditagih proses lain"), "failed": N_("tidak ditagih"),
}  # fmt: skip


def _state(run: Run) -> str:
    return _(STATES[run.state])


def place(region: int | None) -> str:
    """A region by name and code; the nation where there is none."""
    if region is None:
        return _("Seluruh Indonesia")
    known: Any = PROVINCES.get(region) or REGENCIES.get(region)
    return f"{known.name} ({region})" if known else str(region)


def _jakarta(now: dt.datetime) -> dt.date:
    return now.astimezone(dt.timezone(dt.timedelta(hours=7))).date()


def _say(text: str) -> None:
    console().print(text, markup=False, highlight=False, soft_wrap=True)
