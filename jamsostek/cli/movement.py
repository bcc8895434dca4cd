"""`jamsostek movement`: what a budget pays for, without a database; and a region's programmes as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli import month as months
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, say
from jamsostek.cli.screen import console
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _

if TYPE_CHECKING:
    from jamsostek.outreach.plan import Change, Plan, Source

group = typer.Typer(help="Gerakan perlindungan pekerja rentan: rencana anggaran dan program daerah.", no_args_is_help=True)
INCOME = 1_000_000


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="movement")


@group.command("plan", help="Berapa orang dibayari oleh anggaran ini, sampai rupiahnya, dan apa jadinya bila diubah.")
def plan_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="JENIS:RUPIAH:BULAN:BULAN, seperti apbd:1008000000:2025-01:2025-12; yang pertama dipakai dahulu.",
        ),
    ],
    people: Annotated[int, typer.Option(min=1, max=100_000_000, help="Orang yang berhak, dari yang pertama.")] = 100_000_000,
    jht: Annotated[bool, typer.Option("--jht", help="Dengan JHT.")] = False,
    income: Annotated[int, typer.Option(min=1, help="Penghasilan yang dipakai, rupiah sebulan.")] = INCOME,
    more: Annotated[float | None, typer.Option("--more", help="Bila anggaran bertambah sekian persen.")] = None,
    until: Annotated[str, typer.Option("--until", metavar="MONTH", help="Bila hanya sampai bulan ini (YYYY-MM).")] = "",
    monthly: Annotated[bool, typer.Option("--monthly", help="Bulan demi bulan.")] = False,
) -> None:
    """Persons, rupiah and what is left, by source; a question beside it for each option that asks one."""
    import numpy as np

    from jamsostek.outreach import plan

    money = [_source(f"{at}", text) for at, text in enumerate(sources, 1)]
    many = plan.People(np.zeros(min(people, _most(money, income, more or 0)), dtype=np.int64))
    package = ("jkk", "jkm", "jht") if jht else ("jkk", "jkm")
    costs = {one.key: plan.contributions(one, income_rupiah=income, programmes=package) for one in money}
    made = plan.allocate(many, money, costs)
    _print_plan(money, made)
    if monthly:
        _print_months(money, made, costs)
    for change in _questions(more, until):
        ((_name, other),) = plan.compare(many, money, costs, [change])
        text = _("{what}: {people} orang ({more}), {rupiah}.").format(
            what=change.name, people=format_number(other.funded), more=f"{other.funded - made.funded:+d}",
            rupiah=format_rupiah(other.rupiah),
        )  # fmt: skip
        say(text)


def _most(money: list[Source], income: int, more: float) -> int:
    """Were each source to pay one month only, of as much money as is asked about: more people cannot change an answer."""
    from jamsostek.outreach import plan

    def monthly(one: Source) -> int:
        return min(plan.contributions(one, income_rupiah=income).values())

    return sum(plan.persons_for(round(one.rupiah * (1 + max(more, 0) / 100)), monthly(one)) + 1 for one in money)


def _source(key: str, text: str) -> Source:
    from jamsostek.outreach.plan import KINDS, Source

    found = re.fullmatch(r"([a-z_]+):([\d._]+):(\d{4}-\d\d):(\d{4}-\d\d)", text.strip())
    if found is None:
        raise InputError(
            _("Sumber dana ini tidak terbaca."), field="SOURCE", value=text,
            remedy=_("Tulis JENIS:RUPIAH:BULAN:BULAN, seperti apbd:1008000000:2025-01:2025-12."),
        )  # fmt: skip
    kind, rupiah, first, last = found.groups()
    if kind not in KINDS:
        raise unknown_name(_("Jenis sumber dana"), kind, list(KINDS))
    return Source(key, kind, int(re.sub(r"[._]", "", rupiah)), parse_month(first), parse_month(last))


def _questions(more: float | None, until: str) -> list[Change]:
    from jamsostek.outreach.plan import Change

    asked = []
    if more is not None:
        asked.append(Change(_("Anggaran {more}%").format(more=f"{more:+g}"), money_ppm=1_000_000 + round(more * 10_000)))
    if until:
        asked.append(Change(_("Sampai {month}").format(month=until), to_month=parse_month(until)))
    return asked


def _print_plan(money: list[Source], made: Plan) -> None:
    from jamsostek.outreach.plan import KINDS

    table = Table(box=None)
    for title in (_("Sumber"), _("Bulan")):
        table.add_column(title)
    for title in (_("Dana"), _("Orang"), _("Tiap orang"), _("Dipakai"), _("Sisa dana")):
        table.add_column(title, justify="right")
    for one, spent in zip(money, made.spent, strict=True):
        table.add_row(
            _(KINDS[one.kind]), f"{format_month(one.from_month)} – {format_month(one.to_month)}", format_rupiah(one.rupiah),
            format_number(spent.persons), format_rupiah(spent.each_rupiah), format_rupiah(spent.rupiah),
            format_rupiah(spent.left_rupiah),
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)
    say(_("{people} orang, {rupiah}.").format(people=format_number(made.funded), rupiah=format_rupiah(made.rupiah)))


def _print_months(money: list[Source], made: Plan, costs: dict[str, dict[int, int]]) -> None:
    from jamsostek.outreach.plan import KINDS, ahead

    table = Table(box=None)
    for title in (_("Sumber"), _("Bulan")):
        table.add_column(title)
    for title in (_("Orang"), _("Rupiah"), _("Sisa dana")):
        table.add_column(title, justify="right")
    for one, spent in zip(money, made.spent, strict=True):
        for told in ahead(one, spent.persons, costs[one.key]):
            table.add_row(
                _(KINDS[one.kind]), format_month(told.month), format_number(told.persons), format_rupiah(told.rupiah),
                format_rupiah(told.left_rupiah),
            )  # fmt: skip
    console().print(table, highlight=False, markup=False)


@group.command("programmes", help="Program perlindungan daerah, yang terbaru di atas.")
def programmes() -> None:
    """With how many people stand where, and what is left of the money."""
    with installation("movement programmes"):
        from jamsostek.outreach.queries.overview import overviews

        found = overviews()
    if not found:
        say(_("Belum ada program."))
        return
    table = Table(box=None)
    for title in (_("Nomor"), _("Program"), _("Wilayah"), _("Tahun"), _("Keadaan")):
        table.add_column(title)
    for title in (_("Calon"), _("Didanai"), _("Terdaftar"), _("Menunggu"), _("Sisa dana")):
        table.add_column(title, justify="right")
    for one in found:
        row, count = one.programme, one.count
        table.add_row(
            str(row.number), row.title, months.place(row.region_code), str(row.year), one.state_words,
            *(format_number(many) for many in (sum(one.states.values()), count("funded"), count("enrolled"), count("waiting"))),
            format_rupiah(one.left_rupiah),
        )  # fmt: skip
    console().print(table, highlight=False, markup=False)


@group.command("reconcile", help="Cocokkan ulang penerima sebuah program: yang meninggal, pindah, atau sudah bekerja.")
def reconcile(number: Annotated[int, typer.Argument(metavar="NUMBER", help="Nomor program.")]) -> None:
    """As the job does at the begin of every month."""
    with installation("movement reconcile") as now:
        from jamsostek.outreach.actions import reconciling
        from jamsostek.outreach.queries.programmes import by_number

        kept = reconciling.reconcile(programme_id=by_number(number).pk, today=now.astimezone(JAKARTA).date())
    text = _("{looked} orang dilihat, {lapsed} berhenti, {rupiah} kembali, {replaced} orang menggantikan.").format(
        looked=format_number(kept.looked), lapsed=format_number(sum(kept.lapsed.values())),
        rupiah=format_rupiah(kept.saved_rupiah), replaced=format_number(kept.replaced),
    )  # fmt: skip
    say(text)


@group.command("annex", help="Tulis lampiran keputusan sebagai PDF atau XLSX.")
def annex(
    code: Annotated[int, typer.Argument(metavar="CODE", help="Kode lampiran.")],
    output: Annotated[Path, typer.Option("--output", help="Berkas .pdf atau .xlsx.")],
) -> None:
    """The list of a decree; NIK are masked on paper and whole in the workbook."""
    with installation("movement annex") as now:
        from jamsostek.outreach.queries import papers
        from jamsostek.outreach.queries.programmes import decree as decree_by_code

        decree = decree_by_code(code)
        if output.suffix.casefold() not in (".pdf", ".xlsx"):
            raise unknown_name(_("Bentuk berkas"), output.suffix, [".pdf", ".xlsx"])
        made = papers.annex_xlsx(decree) if output.suffix.casefold() == ".xlsx" else papers.annex_pdf(decree, now.date())
    output.write_bytes(made)
    say(_("Ditulis: {path}").format(path=output))
