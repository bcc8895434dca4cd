"""`jamsostek fund report`: a fund's month as PDF or workbook, as it was kept; asked for first where nobody has yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamsostek.cli.installation import installation
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import parse_month
from jamsostek.core.text import _

ENDINGS = (".pdf", ".xlsx")


def add(group: typer.Typer) -> None:
    """Adds the command."""
    group.command("report", help="Laporan bulanan satu dana, sebagai PDF atau Excel.")(report)


def report(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Bulan, misalnya 2026-03.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Berkas .pdf atau .xlsx yang ditulis.")],
    fund: Annotated[str, typer.Option("--fund", help="jkk, jkm, jht, jp, atau jkp.")] = "jht",
) -> None:
    """The newest edition; where there is none, one is asked for and made now, as a draft."""
    wanted = parse_month(month)
    if out.suffix not in ENDINGS:
        raise InputError(
            _("Berkasnya harus berakhiran .pdf atau .xlsx."), field="out", value=out.name, remedy=_("Ganti namanya.")
        )
    with installation("fund report") as now:
        from jamsostek.fund.actions import reports as actions
        from jamsostek.fund.queries import reports as queries
        from jamsostek.fund.reports import drawing
        from jamsostek.ledger.chart import PROGRAMMES
        from jamsostek.ledger.queries.balances import JAKARTA

        if fund not in PROGRAMMES:
            raise unknown_name(_("Dana"), fund, PROGRAMMES)
        row = queries.listed(kind="monthly", fund=fund).filter(period=wanted).first()
        if row is None:
            row = actions.ask(kind="monthly", fund=fund, period=wanted, today=now.astimezone(JAKARTA).date())
        actions.build(report_id=row.pk)  # where a job was to make it
        whole = queries.report(row.pk)
        content = drawing.pdf(whole) if out.suffix == ".pdf" else drawing.xlsx(whole)
    new = out.with_name(f"{out.name}.new")
    new.write_bytes(content)
    new.replace(out)
    told = _("{file}: edisi {edition}, {state}.").format(file=out, edition=row.edition, state=_(queries.STATES[whole.state]))
    console().print(told, markup=False, highlight=False, soft_wrap=True)
