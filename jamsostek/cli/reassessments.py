"""`jamsostek month reassess`: months billed before looked at again; the decision is somebody's who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jamsostek.cli import month as months
from jamsostek.cli.installation import installation
from jamsostek.cli.registry import JAKARTA, say
from jamsostek.cli.screen import bar, console
from jamsostek.core.months import format_month, parse_month, span
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    from jamsostek.collection.models import Reassessment

group = typer.Typer(
    help="Penetapan ulang: bulan yang sudah ditagih, sesudah hukum atau kenyataan berubah mundur.", no_args_is_help=True
)

STATES = {
    "looking": N_("sedang dihitung"), "ready": N_("menunggu keputusan"), "approved": N_("sedang ditagih"),
    "refused": N_("ditolak"), "done": N_("selesai"),
}  # fmt: skip


def register(_app: typer.Typer) -> None:
    """Adds the group to the month's."""
    months.group.add_typer(group, name="reassess")


@group.command("ask", help="Hitung apa yang akan berubah; kantor pusat memutuskannya di portal.")
def ask(
    first: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Bulan pertama.")],
    region: Annotated[int, typer.Option(metavar="CODE", help="Provinsi atau kabupaten/kota.")],
    reason: Annotated[str, typer.Option(help="Peraturan atau kenyataan yang berubah; tanpa NIK.")],
    last: Annotated[str | None, typer.Argument(metavar="YYYY-MM", help="Bulan terakhir; biasanya bulan pertama.")] = None,
) -> None:
    """Asks and computes here, with progress; status 1 when it stopped."""
    wanted = span(parse_month(first), parse_month(last or first))
    with installation("month reassess ask") as now:
        from jamsostek.collection.actions import reassessment

        made = reassessment.ask(months=wanted, region_code=region, reason=reason, enqueue_it=False).pk
    with bar() as progress:
        from django.utils import timezone

        task = progress.add_task(_("Menghitung"), total=len(wanted))
        reassessment.work(
            made, today=now.astimezone(JAKARTA).date(), now=timezone.now,
            told=lambda done, whole: progress.update(task, completed=done, total=whole),
        )  # fmt: skip
    if _show(made).problem:
        raise typer.Exit(1)


@group.command("list", help="Penetapan ulang yang pernah diminta, yang terbaru di atas.")
def listing() -> None:
    """All of them."""
    with installation("month reassess list"):
        from jamsostek.collection.queries import reassessments

        found = list(reassessments.reassessments())
    if not found:
        say(_("Belum pernah ada penetapan ulang."))
        return
    table = Table(box=None)
    for title in (_("Nomor"), _("Bulan"), _("Wilayah"), _("Apa yang berubah"), _("Keadaan")):
        table.add_column(title)
    for one in found:
        table.add_row(str(one.pk), _span(one), months.place(one.region_code), one.reason, _state(one))
    console().print(table, highlight=False, markup=False)


@group.command("show", help="Satu penetapan ulang: berapa yang berubah di setiap dana.")
def show(number: Annotated[int, typer.Argument(metavar="NUMBER", help="Nomornya, dari daftar.")]) -> None:
    """Its funds; payers by name are on the page, where whoever looks is remembered."""
    _show(number)


def _show(number: int) -> Reassessment:
    with installation("month reassess show"):
        from jamsostek.collection.queries import reassessments

        one = reassessments.reassessment(number)
        whole = reassessments.sums(one)
    words = _("Penetapan ulang {number}: {months}, {place}, {state}")
    title = words.format(number=one.pk, months=_span(one), place=months.place(one.region_code), state=_state(one))
    table = Table(title=title)
    table.add_column(_("Dana"))
    for name in (_("Ditagih lagi"), _("Diberikan kembali")):
        table.add_column(name, justify="right")
    for fund in whole.funds:
        table.add_row(fund.fund.upper(), format_rupiah(fund.more_rupiah), format_rupiah(fund.back_rupiah))
    console().print(table, highlight=False)
    told = _("Tagihan yang berbeda: {payers}; tagihan selisih dibuat: {billed}; berubah sejak dilihat: {skipped}.")
    say(told.format(**{name: format_number(getattr(whole, name)) for name in ("payers", "billed", "skipped")}))
    if one.problem:
        say(reassessments.problem_of(one))
    return one


def _span(one: Reassessment) -> str:
    first, last = format_month(one.months[0]), format_month(one.months[-1])
    return first if first == last else f"{first} – {last}"


def _state(one: Reassessment) -> str:
    return _("berhenti") if one.problem else _(STATES[one.state])
