"""`jamsostek fund month-end`, `fund due`: months of the funds from the command line of whoever runs the installation."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, say
from jamsostek.cli.screen import console
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _


def add(group: typer.Typer) -> None:
    """Adds the commands."""
    group.command("month-end", help="Akhiri bulan dana: bunga berjalan, amortisasi, nilai pasar; sekali, berurutan.")(month_end)
    group.command("due", help="Kupon dan pelunasan yang jatuh tempo dan belum dicatat.")(due)


def month_end(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan yang sudah lewat, misalnya 2026-10.")],
    fund: Annotated[str | None, typer.Option(help="Satu dana saja: jkk, jkm, jht, jp, atau jkp.")] = None,
) -> None:
    """Every month that is still open until then, fund by fund; what was ended before stays as it is."""
    number = parse_month(month)
    with installation("fund month-end") as now:
        from jamsostek.fund.actions.month_end import end_months

        made = end_months(month=number, today=now.astimezone(JAKARTA).date(), fund=fund)
        for one in made:
            say(_("{fund} {month}: dibukukan.").format(fund=one.fund.upper(), month=format_month(one.month)))
    if not made:
        say(_("Tidak ada bulan yang perlu diakhiri."))


def due() -> None:
    """The oldest first."""
    with installation("fund due") as now:
        from jamsostek.fund.choices import EVENTS
        from jamsostek.fund.queries.due import due_events

        waiting = due_events(on=now.astimezone(JAKARTA).date())
        table = Table(title=_("Jatuh tempo, belum dicatat"), title_justify="left")
        for name in (_("Tanggal"), _("Dana"), _("Efek"), _("Jenis"), _("Rupiah")):
            table.add_column(name, overflow="fold", justify="right" if name == _("Rupiah") else "left")
        for one in waiting:
            table.add_row(
                one.due_on.isoformat(), one.fund.upper(), one.security.code, _(EVENTS[one.kind]), format_number(one.rupiah)
            )  # fmt: skip
    if waiting:
        console().print(table)
    else:
        say(_("Tidak ada yang jatuh tempo."))
