"""Reconciliation: looking at everybody enrolled now, and what each month's look found and saved."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach.actions import reconciling as actions
from jamsostek.outreach.models import Reconciliation
from jamsostek.outreach.queries import programmes as queries
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS, READERS, Section
from jamsostek.portal.programmes.rules import YesForm, sent
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tile, done, paged, table, today
from jamsostek.portal.screens.words import moment
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def listing(request: HttpRequest, number: int) -> HttpResponseBase:
    """Month by month."""
    programme = frame.programme_of(number)
    rows = queries.reconciliations(programme)
    found = paged(request, rows)
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Dijalankan"), lambda one: f"{moment(one.made_at)}, {name_of(one.made_by)}"),
        frame.count_column(_("Orang diperiksa"), lambda one: one.looked),
        Column(_("Berhenti"), _lapsed),
        Column(_("Dana kembali"), lambda one: format_rupiah(one.saved_rupiah), number=True),
        frame.count_column(_("Diganti"), lambda one: one.replaced),
    ]
    able = frame.plans(programme.region_code) and programme.state == "open"
    at = frame.at(programme, "candidates")
    context = {
        "tabs": frame.programme_tabs(programme, "checks"),
        "ways": [Link(_("Cocokkan sekarang"), frame.at(programme, "check_now"))] if able else [],
        "sections": [
            Section(tiles=_tiles(rows), facts=[_saved(rows)]) if rows else Section(),
            Section(
                text=_(
                    "Tiap awal bulan semua yang terlindungi diperiksa: siapa yang meninggal, pindah, bekerja pada pemberi kerja,"
                    " atau dibayari dua kali. Dananya kembali kepada yang menunggu."
                ),
                table=table(_("Pencocokan menurut bulan"), columns, found.rows),
                empty=Empty(_("Belum pernah dicocokkan"), _("Pencocokan pertama berjalan sendiri pada tanggal dua bulan depan.")),
                links=[Link(_("Lihat siapa yang berhenti dan mengapa"), f"{at}?keadaan=lapsed")],
            ),
        ],
        "paged": found,
    }
    title = _("Pencocokan: {title}").format(title=programme.title)
    return frame.screen(request, context, title=title, crumbs=frame.above(frame.link(programme)))


def _tiles(rows: list[Reconciliation]) -> list[Tile]:
    return [
        Tile(_("Berhenti"), format_number(sum(sum(one.lapsed.values()) for one in rows))),
        Tile(_("Diganti dari antrean"), format_number(sum(one.replaced for one in rows))),
    ]


def _saved(rows: list[Reconciliation]) -> Fact:
    return Fact(_("Dana kembali"), format_rupiah(sum(one.saved_rupiah for one in rows)))


def lapsed_words(lapsed: Mapping[str, int]) -> str:
    """`Tercatat meninggal: 2; Pindah ke daerah lain: 1`."""
    told = [f"{_(actions.WHY[kind]).rstrip('.')}: {format_number(count)}" for kind, count in sorted(lapsed.items())]
    return "; ".join(told) or _("Tidak ada")


def _lapsed(one: Reconciliation) -> str:
    return lapsed_words(one.lapsed)


@door(*PLANNERS)
def now(request: HttpRequest, number: int) -> HttpResponseBase:
    """What it would find, then done."""
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    (figures,) = queries.shown([programme])
    it: Ask[Reconciliation] = Ask(
        title=_("Cocokkan sekarang"), crumbs=frame.above(frame.link(programme)), yes=_("Cocokkan sekarang"),
        about=programme.title, base=frame.BASE, danger=True,
        text=_("Yang berhenti tidak dapat dikembalikan. Tempatnya diberikan kepada yang pertama di antrean, mulai bulan depan."),
        act=lambda _told: actions.reconcile(programme_id=programme.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Bulan"), month_words(month_of(today()))),
            Fact(_("Terlindungi"), frame.people_words(figures.people.get("enrolled", 0))),
            Fact(_("Menunggu dana"), frame.people_words(figures.people.get("waiting", 0))),
        ],
        done=lambda row, _told: done(request, frame.at(programme, "checks"), _said(row)),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


def _said(row: Reconciliation) -> str:
    words = _("{looked} orang diperiksa, {lapsed} berhenti, {rupiah} kembali, {replaced} tempat diisi lagi.")
    return words.format(
        looked=format_number(row.looked), lapsed=format_number(sum(row.lapsed.values())), rupiah=format_rupiah(row.saved_rupiah),
        replaced=format_number(row.replaced),
    )  # fmt: skip
