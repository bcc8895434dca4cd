"""`jamsostek award`: the Paritrana Award from the command line."""

from __future__ import annotations

import typer

from jamsostek.cli import award_editions, award_results, award_score, award_snapshot

group = typer.Typer(help="Paritrana: ukuran, nilai, dan hasil yang dapat dihitung ulang.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="award")


@group.callback()
def award() -> None:
    """The group's own help stands above."""


award_editions.add(group)
award_results.add(group)
award_score.add(group)
award_snapshot.add(group)
