"""`jamsostek arrears`: what is overdue by age, who owes it, and whether somebody is protected on a day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli import month as months
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, looked, say
from jamsostek.cli.screen import console
from jamsostek.core import numbers
from jamsostek.core.months import format_month, parse_date
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

group = typer.Typer(help="Tunggakan menurut umur dan pembayar; perlindungan seseorang pada suatu hari.", no_args_is_help=True)
Day = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Pada hari ini; biasanya hari ini.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="arrears")


def _day(given: str | None, now: dt.datetime) -> dt.date:
    return parse_date(given) if given else now.astimezone(JAKARTA).date()


@group.command("ageing", help="Tunggakan menurut umurnya, setiap program dan denda.")
def ageing(on: Day = None) -> None:
    """Sums, nobody's name."""
    with installation("arrears ageing") as now:
        from jamsostek.collection.queries import arrears

        day = _day(on, now)
        found = arrears.ageing(day)
    table = Table(title=_("Tunggakan pada {day}").format(day=day.isoformat()))
    table.add_column(_("Program"))
    for _first, _last, title in arrears.AGES:
        table.add_column(_(title), justify="right")
    for name in (_("Jumlah"), _("Pembayar")):
        table.add_column(name, justify="right")
    for one in (*found.programmes, found.whole):
        name = _("Denda") if one.key == "fine" else str(one.key).upper() or _("Semua")
        table.add_row(
            name, *map(format_rupiah, one.rupiah), format_rupiah(one.total), format_number(one.payers),
            style="" if one.key else "bold",
        )  # fmt: skip
    console().print(table, highlight=False)


@group.command("list", help="Pembayar yang menunggak, yang terbesar di atas.")
def listing(
    on: Day = None,
    region: Annotated[int | None, typer.Option(metavar="CODE", help="Hanya kabupaten atau kota ini.")] = None,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="Sebanyak-banyaknya sekian.")] = 50,
) -> None:
    """Employers and sponsors by their public numbers."""
    with installation("arrears list") as now:
        from jamsostek.collection.queries import arrears

        day = _day(on, now)
        found = arrears.debtors(day, regency=region, named=False)
        shown = arrears.with_names(found[:most])
    if not found:
        say(_("Tidak ada yang menunggak pada {day}.").format(day=day.isoformat()))
        return
    table = Table(box=None)
    for title in (_("Nomor"), _("Nama"), _("Wilayah")):
        table.add_column(title)
    for title in (_("Bulan"), _("Tagihan"), _("Jumlah")):
        table.add_column(title, justify="right")
    for one in shown:
        figures = (format_number(one.months), format_number(one.bills), format_rupiah(one.rupiah))
        table.add_row(one.number, one.name, months.place(one.regency_code), *figures)
    console().print(table, highlight=False, markup=False)
    if len(found) > len(shown):
        say(
            _("{shown} dari {count} pembayar; --most untuk lebih banyak.").format(
                shown=len(shown), count=format_number(len(found))
            )
        )


@group.command("cover", help="Apakah seseorang terlindung pada suatu hari, mengapa, dan siapa membayar lebih dahulu.")
def cover(kpj: Annotated[str, typer.Argument(metavar="KPJ", help="Nomor peserta, 11 angka.")], on: Day = None) -> None:
    """From what was paid by then; the person finds in their trail that somebody looked. Status 1 when they are not covered."""
    number = numbers.check("kpj", kpj)
    with installation("arrears cover") as now:
        from jamsostek.collection.queries import cover as queries
        from jamsostek.registry.queries.people import by_kpj

        day, person = _day(on, now), by_kpj(number)
        looked([person.pk], ("timeline",), "jamsostek arrears cover")
        told = queries.cover_on([person.pk], day)[person.pk]
        why = _(queries.WORDS[told.why])
    say(
        (_("{day}: terlindung. {why}") if told.covered else _("{day}: tidak terlindung. {why}")).format(
            day=day.isoformat(), why=why
        )
    )
    if told.programmes:
        say(_("Program: {names}").format(names=", ".join(one.upper() for one in told.programmes)))
    if told.last_paid_month is not None:
        say(_("Dibayar sampai {month}.").format(month=format_month(told.last_paid_month)))
    if told.until is not None:
        say(_("Berlaku sampai {day} bila tidak ada lagi yang dibayar.").format(day=told.until.isoformat()))
    if not told.covered:
        raise typer.Exit(1)
