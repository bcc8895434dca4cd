"""`jamsostek fund`: the funds from the command line of whoever runs the installation."""

from __future__ import annotations

import typer

from jamsostek.cli import fund_books, fund_jht_return, fund_prices, fund_projection, fund_report

group = typer.Typer(help="Dana program: proyeksi aktuaria, dan pekerjaan dana lainnya.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="fund")


@group.callback()
def funds() -> None:
    """The group's own help stands above."""


fund_prices.add(group)
fund_projection.add(group)
fund_jht_return.add(group)
fund_books.add(group)
fund_report.add(group)
