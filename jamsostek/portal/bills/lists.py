"""The bills of an employer, a sponsor, a village, a person: the same list, each above its own crumbs and tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.collection.queries import bills, offers
from jamsostek.collection.queries.bills import Bills, Shown
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.agent import people as agents
from jamsostek.portal.agent.home import AGENTS
from jamsostek.portal.bills import words
from jamsostek.portal.bills.who import BASE, url
from jamsostek.portal.employer import company
from jamsostek.portal.officer import employers, frame, person
from jamsostek.portal.officer import sponsors as office_sponsors
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.screens import Column, Empty, Link, Tab, Tile, page, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor import payer as sponsors
from jamsostek.portal.village import place as villages
from jamsostek.portal.worker import who
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.own import Me


def listing(
    request: HttpRequest,
    found: Bills,
    *,
    title: str,
    crumbs: Sequence[Link],
    tabs: Sequence[Tab] = (),
    label: str = "",
    ways: Sequence[Link] = (),
    empty: str = "",
    base: str = BASE,
    own: bool = False,
) -> HttpResponse:
    """A page of a payer's bills, what is open above; `own` leads on to what this reader paid."""
    shown, waiting = paged(request, found), found.open()
    owed = sum(one.standing.left_rupiah for one in waiting)
    late = [one for one in waiting if one.standing.state == "overdue"]
    tiles = [
        Tile(
            _("Belum dibayar"),
            format_rupiah(owed),
            _("{count} tagihan").format(count=format_number(len(waiting))),
            tone="warn" if owed else "good",
        ),
        Tile(_("Lewat jatuh tempo"), format_number(len(late)), _("tagihan"), tone="bad" if late else "good"),
    ]
    context: dict[str, Any] = {
        "base": base,
        "tabs": tabs,
        "label": label,
        "tiles": tiles if shown.rows else [],
        "table": table(_("Tagihan, yang terbaru di atas"), columns(), shown.rows),
        "paged": shown,
        "own": own,
        "ways": ways,
        "empty": Empty(_("Belum ada tagihan"), empty, ways[0] if ways else None),
    }
    return page(request, "bills/list.html", context, title=title, crumbs=crumbs)


def columns() -> list[Column]:
    """Bills of one payer."""

    def link(one: Shown) -> Link:
        payers = bills.payers_of([one.bill]) if one.bill.payer_kind == 4 else {}
        return Link(words.title(one.bill, payers.get(one.bill.pk)), url(one.bill))

    return [
        Column(_("Tagihan"), link),
        Column(_("Kode bayar"), lambda one: format_public("bill", one.code)),
        Column(_("Orang"), lambda one: format_number(one.bill.people) if one.bill.people else "", number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.bill.total_rupiah), number=True),
        Column(_("Jatuh tempo"), lambda one: date(bills.first_due(one.bill))),
        Column(_("Keadaan"), lambda one: words.state_tag(one.standing)),
    ]


# --- an employer's ----------------------------------------------------------------------------------------------------


@door(*company.OWNERS)
@require_safe
def of_company(request: HttpRequest, npp: str) -> HttpResponse:
    """The employer's own."""
    mine = company.company_of(request, npp)
    return listing(
        request, bills.of_employer(mine.pk, today()), title=_("Daftar tagihan"), crumbs=company.crumbs(mine),
        tabs=company.tabs(mine, "bills"), label=_("Bagian perusahaan"), own=True,
        empty=_("Tagihan dibuat sesudah laporan upah bulan itu disetujui, atau oleh penagihan bulanan."),
    )  # fmt: skip


@door(*OFFICERS)
@require_safe
def of_employer(request: HttpRequest, npp: str) -> HttpResponse:
    """An employer's, at an office."""
    one = employers.employer_of(npp)
    above = [
        frame.home(),
        Link(_("Perusahaan"), reverse("officer:employers")),
        Link(one.name, reverse("officer:employer", args=[npp])),
    ]
    makes = current().may(Can.MAKE_BILL, Place(employer=one.pk, regency=one.regency_code)) and one.closed_on is None
    ways = [Link(_("Buat tagihan"), reverse("officer:bill_employer", args=[npp]))] if makes else []
    found = bills.of_employer(one.pk, today())
    title = _("Tagihan {name}").format(name=one.name)
    return listing(request, found, title=title, crumbs=above, ways=ways, base=OFFICE)


OFFICE = "officer/base.html"


# --- a sponsor's, a village's -----------------------------------------------------------------------------------------


@door(*sponsors.OWNERS)
@require_safe
def of_my_sponsor(request: HttpRequest, number: str) -> HttpResponse:
    """The sponsor's own."""
    mine = sponsors.sponsor_of(request, number)
    ways = [Link(_("Buat tagihan"), reverse("sponsor:make_bill", args=[number]))]
    return listing(
        request, bills.of_sponsor(mine.pk, today()), title=_("Daftar tagihan"), crumbs=sponsors.crumbs(mine),
        tabs=sponsors.tabs(mine, "bills"), label=_("Bagian pembayar iuran"), ways=ways, own=True,
        empty=_("Buat tagihan bulan ini dari daftar orang yang Anda lindungi."),
    )  # fmt: skip


@door(*OFFICERS)
@require_safe
def of_sponsor(request: HttpRequest, number: str) -> HttpResponse:
    """A sponsor's, at an office."""
    one = office_sponsors.sponsor_of(number)
    above = [
        frame.home(), Link(_("Pembayar iuran"), reverse("officer:sponsors")),
        Link(one.name, reverse("officer:sponsor", args=[number])),
    ]  # fmt: skip
    ways = [Link(_("Buat tagihan"), reverse("officer:bill_sponsor", args=[number]))] if current().may(Can.MAKE_BILL) else []
    title = _("Tagihan {name}").format(name=one.name)
    return listing(request, bills.of_sponsor(one.pk, today()), title=title, crumbs=above, ways=ways, base=OFFICE)


@door(*villages.OWNERS)
@require_safe
def of_village(request: HttpRequest, code: int) -> HttpResponse:
    """What the village is asked to pay."""
    name = villages.village_of(request, code)
    payer = villages.payer_of(code)
    return listing(
        request, bills.of_sponsor(payer.pk, today()), title=_("Tagihan desa"), crumbs=villages.crumbs(code, name),
        empty=_("Tagihan desa dibuat oleh kantor cabang, atau oleh penagihan bulanan."),
    )  # fmt: skip


# --- a person's -------------------------------------------------------------------------------------------------------


@who.about(Role.WORKER, Role.HEIR)
@require_safe
def mine(request: HttpRequest, me: Me) -> HttpResponse:
    """One's own."""
    declared = offers.own_cover_from(me.ids, month_of(today())) is not None
    ways = [Link(_("Bayar iuran"), reverse("worker:pay"))] if me.is_self and declared and me.person.died_on is None else []
    audit.looked([me.person.pk], ("name", "bill"), "tagihan peserta")
    return listing(
        request, bills.of_person(me.ids, today()), title=_("Tagihan saya"), crumbs=who.crumbs(), ways=ways, own=True,
        empty=_("Di sini ada tagihan iuran yang Anda bayar sendiri. Iuran dari perusahaan ditagih kepada perusahaan."),
    )  # fmt: skip


@door(*OFFICERS)
@require_safe
def of_person(request: HttpRequest, kpj: str) -> HttpResponse:
    """A person's, at an office."""
    one = person.person_of(kpj)
    audit.looked([one.pk], ("name", "bill"), "tagihan peserta")
    ways = [Link(_("Bayar iuran"), reverse("officer:pay", args=[one.kpj]))] if one.died_on is None else []
    ways += [
        Link(
            _("Tagih kontrak luar negeri mulai {month}").format(month=month_words(trip.contract_from)),
            reverse("bills:placement", args=[trip.pk]),
        )
        for trip, bill in offers.contracts_abroad(one.pk)
        if bill is None
    ]
    found = bills.of_person(one_person(one.pk), today())
    title = _("Tagihan {name}").format(name=one.name)
    return listing(
        request, found, title=title, crumbs=person.crumbs(one), tabs=person.tabs(one, "person_bills"), label=one.name, ways=ways,
        base=OFFICE, empty=_("Belum ada iuran sendiri yang ditagih."),
    )  # fmt: skip


@door(*AGENTS)
@require_safe
def of_registered(request: HttpRequest, kpj: str) -> HttpResponse:
    """Those of somebody an agent registered."""
    one = agents.mine(kpj)
    audit.looked([one.pk], ("name", "bill"), "tagihan peserta")
    above = [*agents.crumbs(), Link(one.name, reverse("agent:person", args=[one.kpj]))]
    ways = [Link(_("Bayar iuran"), reverse("agent:pay", args=[one.kpj]))] if one.died_on is None else []
    title = _("Tagihan {name}").format(name=one.name)
    return listing(
        request, bills.of_person(one_person(one.pk), today()), title=title, crumbs=above, ways=ways,
        empty=_("Belum ada iuran sendiri yang ditagih."),
    )  # fmt: skip
