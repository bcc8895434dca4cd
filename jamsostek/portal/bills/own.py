"""Paying for oneself ahead: what one, three, six and twelve months cost, then the bill; on one's own phone, at a counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.collection.actions.bills import AHEAD, bill_person
from jamsostek.collection.queries import offers
from jamsostek.collection.queries.offers import Offer
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.agent import people as agents
from jamsostek.portal.agent.home import AGENTS
from jamsostek.portal.bills.who import BASE, url
from jamsostek.portal.officer import person
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.screens import Column, Fact, Link, done, page, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker import who
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.own import Me

if TYPE_CHECKING:
    from jamsostek.registry.models import Participant

STARTS = 3
"""From this month on so many months may be the first."""
MONTHS = {1: N_("1 bulan"), 3: N_("3 bulan"), 6: N_("6 bulan"), 12: N_("12 bulan")}
METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Till:
    """Where a bill is made: whose it is, under which of their numbers, and the pages around."""

    person: Participant
    ids: Sequence[int]
    crumbs: Sequence[Link]
    list_url: str
    declare: Link | None
    """Where cover of one's own is declared, where this place can."""
    base: str = BASE
    own: bool = False


@who.about(Role.WORKER)
@require_http_methods(METHODS)
def by_self(request: HttpRequest, me: Me) -> HttpResponseBase:
    """On one's own phone."""
    here = [*who.crumbs(), Link(_("Tagihan saya"), reverse("worker:bills"))]
    return pay(request, Till(me.person, me.ids, here, reverse("worker:bills"), None, own=True))


@door(*OFFICERS)
@require_http_methods(METHODS)
def at_office(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """At a counter."""
    one = person.person_of(kpj)
    here = reverse("officer:person_bills", args=[one.kpj])
    declare = Link(_("Mulai perlindungan mandiri"), reverse("officer:begin_cover", args=[one.kpj]))
    crumbs = person.crumbs(one, Link(_("Daftar tagihan"), here))
    return pay(request, Till(one, tuple(one_person(one.pk)), crumbs, here, declare, base="officer/base.html"))


@door(*AGENTS)
@require_http_methods(METHODS)
def at_agent(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """At an agent's."""
    one = agents.mine(kpj)
    here = reverse("agent:bills", args=[one.kpj])
    above = [*agents.crumbs(), Link(one.name, reverse("agent:person", args=[one.kpj])), Link(_("Daftar tagihan"), here)]
    return pay(request, Till(one, tuple(one_person(one.pk)), above, here, None))


def pay(request: HttpRequest, till: Till) -> HttpResponseBase:
    """What each choice costs; a look at the one chosen; the bill."""
    audit.looked([till.person.pk], ("name", "income_rupiah"), "tagihan peserta")
    now = month_of(today())
    number = offers.own_cover_from(till.ids, now)
    if number is None or till.person.died_on is not None:
        return _page(request, till, "bills/own.html", declared=False, declare=till.declare)
    first = _asked_month(request, number, now)
    found = offers.offers(number, first)
    chosen = next((one for one in found if str(one.months) == request.POST.get("bulan") and _open(one)), None)
    if chosen is None:
        return _choose(request, till, now, first, found)
    if request.POST.get("langkah") != "simpan":
        return _look(request, till, first, chosen)
    try:
        bill = bill_person(participant_id=number, from_month=first, months=chosen.months, today=today())
    except Refused:
        raise
    except InputError as error:
        return _choose(request, till, now, first, offers.offers(number, first), problem=str(error))
    return done(request, url(bill), _("Tagihan dibuat. Bayar dengan kode di bawah ini."))


def _asked_month(request: HttpRequest, number: int, now: int) -> int:
    asked = request.POST.get("mulai") or request.GET.get("mulai") or ""
    starts = {str(add_months(now, at)): add_months(now, at) for at in range(STARTS)}
    return starts.get(asked) or min(offers.next_own_month(number, now), add_months(now, STARTS - 1))


def _open(one: Offer) -> bool:
    """Whether a bill could be made for it."""
    return not one.missing and not one.taken


def _choose(
    request: HttpRequest, till: Till, now: int, first: int, found: Sequence[Offer], problem: str = ""
) -> HttpResponseBase:
    able = [one for one in found if _open(one)]
    starts = [(month, month_words(month), month == first) for month in (add_months(now, at) for at in range(STARTS))]
    options = [(one.months, _(MONTHS[one.months]), format_rupiah(one.total_rupiah), _until(first, one)) for one in able]
    return _page(
        request, till, "bills/own.html", declared=True, starts=starts, first=first, options=options, problem=problem,
        why_not=_why_not(found) if len(able) < len(AHEAD) else "", relief=_relief(able), due=date(found[0].due_on),
        late=found[0].due_on < today(), nothing_asked=request.method == "POST" and not problem,
        table=_prices(able[-1]) if able else None,
    )  # fmt: skip


def _until(first: int, one: Offer) -> str:
    return _("sampai akhir {month}").format(month=month_words(add_months(first, one.months - 1)))


def _why_not(found: Sequence[Offer]) -> str:
    taken, missing = found[-1].taken, found[-1].missing
    if taken:
        return _("Sudah ada tagihan untuk {months}.").format(months=", ".join(map(month_words, taken)))
    return _("Perlindungan mandiri tercatat hanya sebelum {month}.").format(month=month_words(missing[0])) if missing else ""


def _relief(able: Sequence[Offer]) -> str:
    """Until when JKK and JKM cost half, where they do now."""
    if not able or not able[0].by_month[0].relieved:
        return ""
    last, full = offers.relief_until(able[-1]), format_rupiah(offers.unrelieved(able[-1]))
    told = _("Keringanan PP 50/2025: JKK dan JKM hanya setengah sampai {month}. Sesudah itu {rupiah} sebulan.")
    return told.format(month=month_words(last), rupiah=full)


def _prices(one: Offer) -> Table:
    """Month by month, by programme."""
    columns = [
        Column(_("Bulan"), lambda row: month_words(row.month)),
        Column(_("JKK"), lambda row: format_rupiah(row.jkk_rupiah), number=True),
        Column(_("JKM"), lambda row: format_rupiah(row.jkm_rupiah), number=True),
        Column(_("JHT"), lambda row: format_rupiah(row.jht_rupiah), number=True),
        Column(_("Jumlah"), lambda row: format_rupiah(row.total_rupiah), number=True),
    ]
    return table(_("Iuran setiap bulan"), columns, one.by_month)


def _look(request: HttpRequest, till: Till, first: int, chosen: Offer) -> HttpResponseBase:
    facts = [
        Fact(_("Untuk"), _(MONTHS[chosen.months])),
        Fact(_("Mulai"), month_words(first)),
        Fact(_("Sampai akhir"), month_words(add_months(first, chosen.months - 1))),
        Fact(_("Jumlah"), format_rupiah(chosen.total_rupiah)),
        Fact(_("Bayar paling lambat"), date(chosen.due_on) if chosen.due_on >= today() else _("hari ini juga")),
    ]
    hidden = [("bulan", str(chosen.months)), ("mulai", str(first))]
    return _page(
        request, till, "bills/own_check.html", facts=facts, hidden=hidden, table=_prices(chosen), relief=_relief([chosen])
    )


def _page(request: HttpRequest, till: Till, template: str, **context: Any) -> HttpResponseBase:
    told = {"base": till.base, "about": "" if till.own else till.person.name, "back": till.list_url, "own": till.own, **context}
    return page(request, template, told, title=_("Bayar iuran"), crumbs=till.crumbs)
