"""`jamsostek accounts`: credit a month's JHT return, print a person's year, write down a declared rate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation, told_when_unreachable
from jamsostek.cli.registry import JAKARTA, looked, say
from jamsostek.cli.screen import bar, console
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_date, parse_month
from jamsostek.core.rupiah import PPM, format_number, format_percent, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.accounts.queries.crediting import Run
    from jamsostek.accounts.queries.rates import Declaration

group = typer.Typer(
    help="Akun JHT dan JP peserta: kreditkan hasil sebulan, cetak rincian setahun, catat tingkat.", no_args_is_help=True
)
rate = typer.Typer(help="Tingkat pengembangan JHT yang tidak ada di data hukum: lihat, catat.", no_args_is_help=True)
group.add_typer(rate, name="rate")


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="accounts")


@group.command("credit", help="Kreditkan hasil pengembangan JHT sebulan ke setiap akun; dijalankan lagi, melanjutkan.")
def credit(month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan yang sudah berakhir, misalnya 2020-11.")]) -> None:
    """What was begun goes on; another process at the same month is left alone and said so."""
    number = parse_month(month)
    with installation("accounts credit") as now:
        from jamsostek.accounts.actions import crediting

        crediting.begin(month=number, today=now.astimezone(JAKARTA).date())
    with told_when_unreachable(), bar() as progress:
        task = progress.add_task(_("Mengkreditkan hasil JHT {month}").format(month=format_month(number)), total=None)
        crediting.credit(month=number, told=lambda done, parts: progress.update(task, completed=done, total=parts))
    with installation("accounts credit"):
        from jamsostek.accounts.paper import rate_words
        from jamsostek.accounts.queries.crediting import runs
        from jamsostek.accounts.queries.rates import rate_of

        (run,) = runs(month=number)
        shown = rate_words(rate_of(run.rate_ppm, run.rate_id))
    say(_told(run, shown))


def _told(run: Run, rate: str) -> str:
    words = _("{month}: {accounts} akun, tingkat {rate} setahun, hasil {earned}, saldo {held}.")
    return words.format(
        month=format_month(run.month), accounts=format_number(run.accounts), rate=rate,
        earned=format_rupiah(run.return_rupiah), held=format_rupiah(run.balance_rupiah),
    )  # fmt: skip


@group.command("statement", help="Cetak rincian saldo JHT dan iuran JP seorang peserta setahun sebagai PDF.")
def statement(
    kpj: Annotated[str, typer.Argument(metavar="KPJ", help="Nomor peserta, 11 angka.")],
    year: Annotated[int | None, typer.Option(min=2009, max=2100, help="Tahunnya; biasanya tahun lalu.")] = None,
    out: Annotated[Path | None, typer.Option(help="Berkas PDF.")] = None,
) -> None:
    """In the language of the command line; the person finds it in their trail."""
    number = numbers.check("kpj", kpj)
    with installation("accounts statement") as now:
        from django.conf import settings

        from jamsostek.accounts.paper import face_of
        from jamsostek.accounts.queries.statement import statement as read
        from jamsostek.collection.queries.payers import payer_names
        from jamsostek.messages.statement.draw import draw_statement_pdf
        from jamsostek.registry.queries.merged import one_person
        from jamsostek.registry.queries.people import by_kpj

        today: dt.date = now.astimezone(JAKARTA).date()
        chosen = year or today.year - 1
        person = by_kpj(number)
        looked([person.pk], ("jht", "jp"), "jamsostek accounts statement")
        told = read(one_person(person.pk), chosen)
        sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
        pdf = draw_statement_pdf(face_of(person, told, names=payer_names, where="", today=today, sample=sample))
    target = out or Path(f"{_('rincian-jht')}-{number}-{chosen}.pdf")
    _written(target, pdf)
    say(_("Rincian {year}: saldo {held}, {path}").format(year=chosen, held=format_rupiah(told.closing_rupiah), path=target))


def _written(target: Path, content: bytes) -> None:
    """Whole or not at all."""
    from jamsostek.messages.tables.books import written_whole

    with written_whole(target) as (whole, _scratch):
        whole.write_bytes(content)


# --- the rate declared --------------------------------------------------------------------------------------------------


@rate.command("list", help="Tingkat yang dicatat, yang terbaru di atas, dengan sumbernya.")
def rates() -> None:
    """Waiting, confirmed and refused ones."""
    with installation("accounts rate list"):
        from jamsostek.accounts.paper import rate_words
        from jamsostek.accounts.queries.rates import Rate, declarations

        found = declarations()
        lines = [(_span(one), rate_words(Rate(one.rate_ppm, one)), _state(one), one.source) for one in found]
    if not lines:
        say(_("Belum ada tingkat yang dicatat."))
        return
    table = Table(box=None)
    for title in (_("Untuk"), _("Tingkat setahun"), _("Keadaan"), _("Sumber")):
        table.add_column(title)
    for line in lines:
        table.add_row(*line)
    console().print(table, highlight=False, markup=False)


def _span(one: Declaration) -> str:
    return f"{format_month(one.from_month)} – {format_month(one.to_month)}"


def _state(one: Declaration) -> str:
    if one.confirmed is None:
        return _("menunggu pengesahan")
    return _("disahkan") if one.confirmed else _("ditolak")


@rate.command("declare", help="Catat tingkat setahun yang diumumkan; kantor pusat mengesahkannya di portal.")
def declare(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan pertama; berlaku sampai Desember tahun itu.")],
    percent: Annotated[str, typer.Argument(metavar="PERCENT", help="Persen setahun, misalnya 5.63.")],
    source: Annotated[str, typer.Option(help="Di mana diumumkan: alamat halaman, siaran pers, atau surat.")],
    decree: Annotated[str, typer.Option(help="Nomor keputusannya.")] = "",
    decreed_on: Annotated[str | None, typer.Option(metavar="DATE", help="Tanggal keputusannya.")] = None,
    invented: Annotated[bool, typer.Option(help="Contoh, rekaan; hanya di pemasangan peragaan.")] = False,
) -> None:
    """The operator writes it down; whoever confirms it must sign in, so nobody does both."""
    day = parse_date(decreed_on) if decreed_on else None
    with installation("accounts rate declare"):
        from jamsostek.accounts.actions.rates import NewRate
        from jamsostek.accounts.actions.rates import declare as write

        made = write(NewRate(parse_month(month), _ppm(percent), source, decree, day, invented))
    words = _("{rate} untuk {span} dicatat. Berlaku sesudah disahkan di halaman Tingkat pengembangan JHT.")
    say(words.format(rate=format_percent(made.rate_ppm), span=_span(made)))


def _ppm(percent: str) -> int:
    try:
        ppm = Decimal(percent.replace("%", "").replace(",", ".").strip()) * PPM / 100
    except InvalidOperation:
        ppm = Decimal("NaN")
    if not ppm.is_finite() or ppm != int(ppm):
        raise InputError(
            _("Tingkat ini bukan persen dengan paling banyak empat angka di belakang koma."), field="percent", value=percent,
            remedy=_("Tulis misalnya 5.63."),
        )  # fmt: skip
    return int(ppm)
