"""What a programme came to, on one page that prints: cover, the sponsor's bills, what families received."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach.queries import outcomes
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.outcomes import LEAST, Outcome
from jamsostek.portal.bills.words import state_tag
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import READERS, Section
from jamsostek.portal.programmes.programme import money_facts, tiles
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tile, table, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One page."""
    programme = frame.programme_of(number)
    (figures,) = queries.shown([programme])
    found = outcomes.outcome(programme, today())
    context = {
        "about": _("{region}, tahun {year}, keadaan {day}").format(
            region=frame.region_words(programme.region_code), year=programme.year, day=date(today())
        ),
        "tabs": frame.programme_tabs(programme, "results"),
        "ways": [Link(_("Tampilan cetak"), with_query(request, cetak=1))],
        "sections": [
            Section(_("Dana dan orang"), tiles=tiles(figures), facts=money_facts(figures)),
            _cover(found),
            _bills(found, programme.sponsor_id),
            _families(found),
        ],
    }
    title = _("Hasil: {title}").format(title=programme.title)
    return frame.screen(request, context, title=title, crumbs=frame.above(frame.link(programme)))


def _cover(found: Outcome) -> Section:
    return Section(
        _("Perlindungan"),
        tiles=[
            Tile(_("Terdaftar lewat program"), format_number(found.enrolled)),
            Tile(
                _("Terlindungi bulan ini"), format_number(found.by_sponsor), month_words(month_of(today())), tone="good"
            ),
            Tile(_("Terlindungi lewat jalur lain"), format_number(found.covered - found.by_sponsor)),
        ],
    )  # fmt: skip


def _bills(found: Outcome, sponsor_id: int) -> Section:
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Tagihan"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Belum dibayar"), lambda one: format_rupiah(one.left_rupiah), number=True),
        Column(_("Keadaan"), lambda one: state_tag(one.standing)),
    ]
    links = []
    if current().roles & {Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE}:
        links = [Link(_("Pembayar iuran"), reverse("officer:sponsors"))]
    return Section(
        _("Tagihan pembayar iuran"),
        _("Tagihan memuat semua orang yang dibayari pembayar ini, juga yang di luar program."),
        table=table(_("Tagihan menurut bulan"), columns, found.bills),
        empty=Empty(_("Belum ada tagihan"), _("Tagihan dibuat setiap bulan sesudah orang-orangnya terlindungi.")),
        links=links,
    )


def _few(count: int) -> str:
    """A count as it may be told of illness and death."""
    return format_number(count) if count == 0 or count >= LEAST else f"< {LEAST}"


def _families(found: Outcome) -> Section:
    one = found.families
    rupiah = format_rupiah(one.rupiah) if one.paid >= LEAST or not one.rupiah else _("tidak disebut")
    return Section(
        _("Manfaat bagi keluarga"),
        _("Bagian dari satu sampai empat orang tidak disebut."),
        tiles=[
            Tile(_("Klaim yang diajukan"), _few(one.claims)),
            Tile(_("Klaim yang dibayar"), _few(one.paid)),
            Tile(_("Ikut pelatihan"), _few(one.in_training), _("ahli waris dan pekerja sesudah klaim")),
        ],
        facts=[Fact(_("Manfaat yang dibayar"), rupiah)],
    )
