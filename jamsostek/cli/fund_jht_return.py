"""`jamsostek fund jht-return`: a year of the JHT fund, the rate its result supports, and the floor beside it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA
from jamsostek.cli.screen import console
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import _


def add(group: typer.Typer) -> None:
    """Adds the command."""
    group.command("jht-return", help="Hasil dana JHT setahun, tingkat yang didukungnya, dan bunga deposito di sampingnya.")(show)


def show(
    year: Annotated[
        int, typer.Argument(metavar="YEAR", min=2009, max=2100, help="Tahun buku; yang berjalan, sampai bulan lalu.")
    ],
) -> None:
    """From the ledger and members' accounts; nothing is written."""
    with installation("fund jht-return") as now:
        from jamsostek.accounts.queries.floors import floor_of
        from jamsostek.fund.queries.jht_return import year_so_far
        from jamsostek.ledger.models import Account

        until = min(year * 100 + 12, add_months(month_of(now.astimezone(JAKARTA).date()), -1))
        if until // 100 != year:
            raise typer.BadParameter(_("Tahun itu belum mempunyai bulan yang berakhir."), param_hint="YEAR")
        told, floor = year_so_far(until), floor_of(until)
        titles = {one.code: one.title_id for one in Account.objects.filter(code__in=told.books.moved)}
    found, books = told.found, told.books
    lines = [(titles.get(code, code), _signed(rupiah)) for code, rupiah in books.moved.items()]
    lines += [
        (_("Hasil yang boleh dibagi"), _signed(found.distributable_rupiah)),
        (_("Disisihkan sebagai cadangan"), _signed(found.reserve_rupiah)),
        (_("Untuk peserta"), _signed(found.for_members_rupiah)),
        (_("Rata-rata saldo yang berkembang"), _signed(found.average_rupiah)),
        (_("Tingkat yang didukung hasil"), _("tidak ada") if found.rate_ppm is None else format_percent(found.rate_ppm)),
        (_("Rata-rata bunga deposito"), format_percent(floor.rate_ppm) if floor else _("belum dicatat")),
    ]
    table = Table(box=None, title=_("Dana JHT {year}, sampai {month}").format(year=year, month=format_month(until)))
    table.add_column(_("Apa"))
    table.add_column(_("Angka"), justify="right")
    for line in lines:
        table.add_row(*line)
    console().print(table, highlight=False, markup=False)


def _signed(rupiah: int) -> str:
    return f"−{format_rupiah(-rupiah)}" if rupiah < 0 else format_rupiah(rupiah)
