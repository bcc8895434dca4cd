"""Making a bill: of a sponsor's list for a month, of an employer's at an office, of a project, of a contract abroad.

What it would ask is shown first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions.bills import AlreadyBilled, bill_employer, bill_placement, bill_project, bill_sponsor
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import offers
from jamsostek.collection.queries.offers import Preview
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.law import calculate
from jamsostek.law.labels import choice
from jamsostek.portal.bills.who import BASE, OFFICES, url
from jamsostek.portal.employer import company
from jamsostek.portal.officer import employers, frame
from jamsostek.portal.officer import sponsors as office_sponsors
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.screens import Column, Confirm, Fact, Link, done, page, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor import payer as sponsors

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

METHODS = ("GET", "HEAD", "POST")
MONTHS_BACK, MONTHS_AHEAD = 11, 1
GROUPS_SHOWN = 12


@dataclass(frozen=True)
class Desk:
    """Where it is made: what it would ask in a month, how it is made, the pages around."""

    name: str
    preview: Callable[[int], Preview]
    make: Callable[[int], Bill]
    crumbs: Sequence[Link]
    first: int
    """The month offered first."""
    base: str = BASE
    may: bool = True


@door(*sponsors.OWNERS)
@require_http_methods(METHODS)
def own_sponsor(request: HttpRequest, number: str) -> HttpResponseBase:
    """A sponsor's month, by itself."""
    mine = sponsors.sponsor_of(request, number)
    above = sponsors.crumbs(mine, Link(_("Daftar tagihan"), reverse("sponsor:bills", args=[number])))
    return _make(request, _sponsor_desk(mine, above, BASE))


@door(*OFFICERS)
@require_http_methods(METHODS)
def sponsor_at_office(request: HttpRequest, number: str) -> HttpResponseBase:
    """A sponsor's month, at an office."""
    one = office_sponsors.sponsor_of(number)
    above = [
        frame.home(), Link(_("Pembayar iuran"), reverse("officer:sponsors")),
        Link(one.name, reverse("officer:sponsor", args=[number])),
        Link(_("Daftar tagihan"), reverse("officer:sponsor_bills", args=[number])),
    ]  # fmt: skip
    return _make(request, _sponsor_desk(one, above, "officer/base.html"))


def _sponsor_desk(sponsor: Any, above: Sequence[Link], base: str) -> Desk:
    now = month_of(today())
    return Desk(
        sponsor.name, lambda month: offers.preview_sponsor(sponsor.pk, month),
        lambda month: bill_sponsor(sponsor_id=sponsor.pk, month=month, today=today()), above, now, base,
    )  # fmt: skip


@door(*OFFICERS)
@require_http_methods(METHODS)
def employer_at_office(request: HttpRequest, npp: str) -> HttpResponseBase:
    """An employer's month, at an office: where no report and no run made it."""
    one = employers.employer_of(npp)
    above = [
        frame.home(), Link(_("Perusahaan"), reverse("officer:employers")),
        Link(one.name, reverse("officer:employer", args=[npp])),
        Link(_("Daftar tagihan"), reverse("officer:employer_bills", args=[npp])),
    ]  # fmt: skip
    it = Desk(
        one.name, lambda month: offers.preview_employer(one.pk, month),
        lambda month: bill_employer(employer_id=one.pk, month=month, today=today()), above, add_months(month_of(today()), -1),
        "officer/base.html", current().may(Can.MAKE_BILL, Place(employer=one.pk, regency=one.regency_code)),
    )  # fmt: skip
    return _make(request, it)


def _make(request: HttpRequest, it: Desk) -> HttpResponseBase:
    """What a bill of the month asked for would ask; made when it is wanted."""
    month = _asked(request, it)
    problem = ""
    if request.method == "POST":
        try:
            bill = it.make(month)
        except Refused:
            raise
        except AlreadyBilled as error:
            return done(request, url(error.bill), str(error))
        except InputError as error:
            problem = str(error)
        else:
            return done(request, url(bill), _("Tagihan {month} dibuat.").format(month=month_words(month)))
    told = it.preview(month)
    columns = [
        Column(_("Orang"), lambda row: format_number(row[0]), number=True),
        Column(_("Setiap orang"), lambda row: format_rupiah(row[1]), number=True),
        Column(_("Jumlah"), lambda row: format_rupiah(row[0] * row[1]), number=True),
    ]
    facts = [Fact(_("Orang"), format_number(told.people)), Fact(_("Jumlah tagihan"), format_rupiah(told.total_rupiah))]
    if told.worker_rupiah:
        facts.append(Fact(_("Bagian pekerja, dipotong dari upah"), format_rupiah(told.worker_rupiah)))
    facts.append(Fact(_("Jatuh tempo"), date(told.due_on)))
    now = month_of(today())
    months = [add_months(now, at) for at in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
    context: dict[str, Any] = {
        "base": it.base, "about": it.name, "problem": problem, "month": month, "facts": facts,
        "months": [(one, month_words(one), one == month) for one in months], "month_words": month_words(month),
        "people": told.people, "existing": url(told.existing) if told.existing else "", "may": it.may,
        "table": table(_("Menurut besarnya"), columns, told.groups[:GROUPS_SHOWN]) if told.people else None,
        "more": format_number(len(told.groups) - GROUPS_SHOWN) if len(told.groups) > GROUPS_SHOWN else "",
    }  # fmt: skip
    return page(request, "bills/make.html", context, title=_("Buat tagihan"), crumbs=it.crumbs)


def _asked(request: HttpRequest, it: Desk) -> int:
    now = month_of(today())
    known = {str(add_months(now, at)): add_months(now, at) for at in range(-MONTHS_BACK, MONTHS_AHEAD + 1)}
    return known.get(request.POST.get("bulan") or request.GET.get("bulan") or "", it.first)


# --- once for a whole contract ----------------------------------------------------------------------------------------


@door(*company.OWNERS, *OFFICES)
@require_http_methods(METHODS)
def project(request: HttpRequest, number: str) -> HttpResponseBase:
    """A project by its contract value."""
    one = offers.project(number)
    month = month_of(one.starts_on)
    there = offers.regular(PayerKind.PROJECT, one.pk, month)
    if there is not None:
        return HttpResponseRedirect(url(there))
    place = Place(employer=one.employer_id, regency=one.regency_code)
    current().need(Can.MAKE_BILL, place)
    mine = one.employer_id in current().targets(Kind.EMPLOYER)
    name = "employer:projects" if mine else "officer:employer"
    back = Link(_("Proyek"), reverse(name, args=[one.employer.npp]))
    told = calculate("contribution.construction", month=month, contract_value_rupiah=one.contract_rupiah)
    due = calculate("calendar.contract_due", date=one.starts_on, contract="project")["due_on"]
    facts = [
        Fact(_("Proyek"), one.name),
        Fact(_("Nomor"), format_public("npp", one.number)),
        Fact(_("Nilai kontrak"), format_rupiah(one.contract_rupiah)),
        Fact(_("JKK"), format_rupiah(told["jkk_rupiah"])),
        Fact(_("JKM"), format_rupiah(told["jkm_rupiah"])),
        Fact(_("Jumlah tagihan"), format_rupiah(told["total_rupiah"])),
        Fact(_("Jatuh tempo"), date(due)),
    ]
    return _contract(request, _("Buat tagihan proyek?"), facts, back, lambda: bill_project(project_id=one.pk, today=today()))


@door(*OFFICES)
@require_http_methods(METHODS)
def placement(request: HttpRequest, placement_id: int) -> HttpResponseBase:
    """A migrant worker's package."""
    one = offers.placement(placement_id)
    there = offers.regular(PayerKind.PLACEMENT, one.pk, one.contract_from)
    if there is not None:
        return HttpResponseRedirect(url(there))
    person = one.participant
    current().need(Can.MAKE_BILL, Place(participant=person.pk, regency=person.regency_code, village=person.village_code))
    told = calculate("contribution.migrant", month=one.contract_from, route=one.route, months=one.contract_months)
    due = calculate("calendar.contract_due", date=first_day(one.contract_from), contract="migrant")["due_on"]
    facts = [
        Fact(_("Nama"), person.name),
        Fact(_("Kontrak mulai"), month_words(one.contract_from)),
        Fact(_("Lamanya"), _("{count} bulan").format(count=one.contract_months)),
        Fact(_("Lewat"), choice("route", one.route)),
        Fact(_("Jumlah tagihan"), format_rupiah(told["total_rupiah"])),
        Fact(_("Jatuh tempo"), date(due)),
    ]
    back = Link(_("Daftar tagihan"), reverse("officer:person_bills", args=[person.kpj]))
    title = _("Buat tagihan kerja di luar negeri?")
    return _contract(request, title, facts, back, lambda: bill_placement(placement_id=one.pk, today=today()))


def _contract(
    request: HttpRequest, question: str, facts: Sequence[Fact], back: Link, make: Callable[[], Bill]
) -> HttpResponseBase:
    problem = ""
    if request.method == "POST":
        try:
            bill = make()
        except Refused:
            raise
        except AlreadyBilled as error:
            return done(request, url(error.bill), str(error))
        except InputError as error:
            problem = str(error)
        else:
            return done(request, url(bill), _("Tagihan dibuat. Bayar dengan kode di bawah ini."))
    confirm = Confirm(question, _("Buat tagihan"), Link(_("Batal"), back.url), problem, facts)
    return page(
        request, "parts/confirm.html", {"confirm": confirm}, title=question, crumbs=[back], status=409 if problem else 200
    )
