"""`jamsostek training`: offers of training after a claim, inviting to one, and what came of them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from jamsostek.cli import month as months
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, say
from jamsostek.cli.screen import console
from jamsostek.core.errors import unknown_name
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

group = typer.Typer(help="Pelatihan sesudah klaim: yang ditawarkan, mengundang, dan hasilnya.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="training")


@group.command("offers", help="Pelatihan yang ditawarkan, yang terbaru di atas.")
def offers(
    state: Annotated[str, typer.Option(metavar="STATE", help="draft, open, closed, atau done; bila kosong semuanya.")] = "",
    most: Annotated[int, typer.Option(min=1, max=10_000, help="Sebanyak-banyaknya sekian.")] = 50,
) -> None:
    """Offers with their seats."""
    with installation("training offers"):
        from jamsostek.claims.queries import training as queries
        from jamsostek.claims.trainings import STANDINGS, Standing, kind_words, title_of

        if state and state not in list(Standing):
            raise unknown_name(_("Keadaan"), state, [str(one) for one in Standing])
        found = queries.seats(queries.trainings(state=state)[:most])
    if not found:
        say(_("Belum ada pelatihan."))
        return
    table = Table(box=None)
    for title in (_("Nomor"), _("Pelatihan"), _("Jenis"), _("Wilayah"), _("Mulai"), _("Keadaan")):
        table.add_column(title)
    for title in (_("Tempat terisi"), _("Biaya")):
        table.add_column(title, justify="right")
    for one in found:
        row = one.training
        table.add_row(
            str(row.number), title_of(row), kind_words(row.kind), months.place(row.region_code), row.starts_on.isoformat(),
            _(STANDINGS[Standing(row.state)]), f"{one.taken}/{row.capacity}", format_rupiah(one.cost_rupiah),
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)


@group.command("invite", help="Undang semua yang berhak ke sebuah pelatihan yang dibuka.")
def invite(number: Annotated[int, typer.Argument(metavar="NUMBER", help="Nomor pelatihan.")]) -> None:
    """Those of its region whose claim was paid in two years and who were not asked before; again it invites nobody."""
    with installation("training invite") as now:
        from jamsostek.claims.actions import training as actions
        from jamsostek.claims.queries import training as queries

        row = queries.by_number(number)
        made = actions.invite(training_id=row.pk, today=now.astimezone(JAKARTA).date())
    say(_("{count} orang diundang.").format(count=format_number(len(made))))


@group.command("results", help="Hasil pelatihan menurut jenis, program, wilayah, tahun, atau yang membiayai.")
def results(
    by: Annotated[str, typer.Option("--by", metavar="BY", help="kind, programme, regency, year, atau sponsor.")] = "kind",
    year: Annotated[int | None, typer.Option(min=2015, max=2100, help="Hanya yang dimulai tahun ini.")] = None,
) -> None:
    """Sums, nobody's name; of month twelve."""
    with installation("training results"):
        from jamsostek.claims.queries import training as queries
        from jamsostek.claims.trainings import MONTHS, name_words

        if by not in queries.DIMENSIONS:
            raise unknown_name(_("Menurut"), by, queries.DIMENSIONS)
        found = [(name_words(by, one.name), one) for one in queries.results(by, year=year)]
    if not found:
        say(_("Belum ada hasil."))
        return
    table = Table(box=None)
    table.add_column("")
    titles = (
        _("Diundang"), _("Ikut"), _("Menyelesaikan"), _("Biaya"), _("Setiap yang selesai"), _("Ditanya"), _("Bekerja"),
        _("Punya usaha"), _("Nilai tengahnya"),
    )  # fmt: skip
    for title in titles:
        table.add_column(title, justify="right")
    for name, one in found:
        after = one.months.get(MONTHS[-1])
        figures = map(format_number, (one.invited, one.accepted, one.finished))
        each = "–" if one.per_finished_rupiah is None else format_rupiah(one.per_finished_rupiah)
        told = (
            ["–"] * 4
            if after is None
            else [*map(format_number, (after.told, after.working, after.business)), _change(after.median_rupiah)]
        )
        table.add_row(name, *figures, format_rupiah(one.cost_rupiah), each, *told)
    console().print(table, highlight=False, markup=False)


def _change(rupiah: int | None) -> str:
    return "–" if rupiah is None else format_rupiah(rupiah)
