"""`jamsostek accounts`: credit a month's JHT return, and print a person's year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek.cli.installation import installation, told_when_unreachable
from jamsostek.cli.registry import JAKARTA, looked, say
from jamsostek.cli.screen import bar
from jamsostek.core import numbers
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.accounts.queries.crediting import Run

group = typer.Typer(help="Akun JHT dan JP peserta: kreditkan hasil sebulan, cetak rincian setahun.", no_args_is_help=True)


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
        from jamsostek.accounts.queries.crediting import runs

        (run,) = runs(month=number)
    say(_told(run))


def _told(run: Run) -> str:
    words = _("{month}: {accounts} akun, tingkat {rate} setahun, hasil {earned}, saldo {held}.")
    return words.format(
        month=format_month(run.month), accounts=format_number(run.accounts), rate=format_percent(run.rate_ppm),
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
