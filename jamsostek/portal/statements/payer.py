"""The account of an employer or a sponsor: a year's opening, every bill, fine and payment, closing; as page, file and PDF.

The payer's own pages and the office's show the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.collection.actions.arrears.cases import STEPS
from jamsostek.collection.queries import arrears, statements
from jamsostek.collection.queries.statements import EVENTS, Account, Budget, Entry
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _, language
from jamsostek.messages.letter import Letter, Part, Table, draw_letter_pdf
from jamsostek.portal.arrears import frame as chasing
from jamsostek.portal.employer import company
from jamsostek.portal.officer import frame, sponsors
from jamsostek.portal.officer.employers import employer_of
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.payments.words import reference
from jamsostek.portal.screens import Column, Empty, Link, Tab, Tile, export, page, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor import payer as own_sponsor
from jamsostek.portal.uploads.downloads import sent

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Sponsor

PDF = "application/pdf"
YEARS = 5
"""So many years back can be chosen."""


@dataclass(frozen=True)
class Shown:
    """Whose account of which year, and the addresses of its file and PDF."""

    payer: Employer | Sponsor
    account: Account
    budget: Budget | None
    url: str

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.account.first.year


def year_of(request: HttpRequest) -> int:
    """The year asked for by `?tahun=`; this one where it is missing or nonsense."""
    asked, now = request.GET.get("tahun", ""), today().year
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else now
    return wanted if now - YEARS <= wanted <= now else now


def _shown(request: HttpRequest, payer: Employer | Sponsor, url: str) -> Shown:
    year = year_of(request)
    first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), today())
    if hasattr(payer, "npp"):
        return Shown(payer, statements.of_employer(payer.pk, first, last), None, url)
    return Shown(payer, statements.of_sponsor(payer.pk, first, last), statements.budget_of(payer.pk, year), url)


def _answer(
    request: HttpRequest,
    shown: Shown,
    form: str,
    *,
    crumbs: Sequence[Link],
    base: str,
    tabs: Sequence[Tab] = (),
    label: str = "",
    ways: Sequence[Link] = (),
) -> HttpResponseBase:
    """The account as it is wanted: a page, a file, a PDF."""
    kind = "employer" if hasattr(shown.payer, "npp") else "sponsor"
    if form == "file":
        audit.record("export", kind, shown.payer.pk, fields=("name",), reason="unduh rekening iuran")
        return _file(request, shown)
    if form == "pdf":
        return sent(_pdf(shown), f"{_('rekening')}-{_number(shown.payer)}-{shown.year}.pdf", PDF)
    account = shown.account
    context: dict[str, Any] = {
        "base": base,
        "tabs": tabs,
        "label": label,
        "name": shown.payer.name,
        "years": [(str(y), f"?tahun={y}", y == shown.year) for y in range(today().year, today().year - YEARS, -1)],
        "tiles": _tiles(shown),
        "opening": _("Saldo {day}: {rupiah}").format(day=date(account.first), rupiah=balance_words(account.opening_rupiah)),
        "table": _table(account),
        "closing": _("Saldo {day}: {rupiah}").format(day=date(account.last), rupiah=balance_words(account.closing_rupiah)),
        "budget": _budget(shown.budget) if shown.budget and shown.budget.months else None,
        "empty": Empty(_("Tidak ada mutasi tahun ini"), _("Tagihan dan pembayaran tampak di sini begitu ada.")),
        "file": f"{shown.url}unduh/?tahun={shown.year}",
        "pdf": f"{shown.url}rekening.pdf?tahun={shown.year}",
        "letters": _letters(shown.payer) if kind == "employer" else [],
        "ways": ways,
    }
    title = _("Rekening iuran {year}").format(year=shown.year)
    return page(request, "statements/payer.html", context, title=title, crumbs=crumbs)


def balance_words(rupiah: int) -> str:
    """What is still to be paid, or paid too much."""
    if rupiah < 0:
        return _("{rupiah} lebih bayar").format(rupiah=format_rupiah(-rupiah))
    return _("{rupiah} belum dibayar").format(rupiah=format_rupiah(rupiah)) if rupiah else _("lunas")


def _tiles(shown: Shown) -> list[Tile]:
    account = shown.account
    fines = account.sum_of("fine")
    tiles = [
        Tile(_("Ditagih"), format_rupiah(account.sum_of("bill", "difference", "fine", "void"))),
        Tile(_("Dibayar"), format_rupiah(-account.sum_of("payment", "bounce", "refund"))),
        Tile(
            _("Saldo akhir"),
            balance_words(account.closing_rupiah),
            date(account.last),
            tone="warn" if account.closing_rupiah > 0 else "good",
        ),
    ]
    if fines:
        tiles.insert(1, Tile(_("Di antaranya denda"), format_rupiah(fines), tone="warn"))
    if shown.budget is not None:
        tiles.append(Tile(_("Orang-bulan"), format_number(shown.budget.person_months), _("orang dikali bulan")))
    return tiles


def _what(one: Entry) -> str:
    words = _(EVENTS[one.event])
    return f"{words}, {month_words(one.month)}" if one.month else words


def _reference(one: Entry) -> str:
    return format_public("bill", one.reference) if one.month else reference(one.reference)


def _table(account: Account) -> Any:
    columns = [
        Column(_("Tanggal"), lambda one: date(one.on)),
        Column(_("Uraian"), _what),
        Column(_("Nomor"), _reference),
        Column(_("Ditagih"), lambda one: format_rupiah(one.rupiah) if one.rupiah > 0 else "", number=True),
        Column(_("Dibayar"), lambda one: format_rupiah(-one.rupiah) if one.rupiah < 0 else "", number=True),
        Column(_("Saldo"), lambda one: format_rupiah(one.balance_rupiah), number=True),
    ]
    return table(_("Mutasi"), columns, account.entries)


def _budget(budget: Budget) -> Any:
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Ditagih"), lambda one: format_rupiah(one.billed_rupiah), number=True),
        Column(_("Dibayar"), lambda one: format_rupiah(one.paid_rupiah), number=True),
    ]
    total = [
        _("Jumlah"), format_number(budget.person_months), format_rupiah(budget.billed_rupiah), format_rupiah(budget.paid_rupiah),
    ]  # fmt: skip
    return table(_("Anggaran yang terpakai, menurut bulan iuran"), columns, budget.months, total=total)


def _letters(payer: Any) -> list[tuple[str, str]]:
    """Sanction letters that were signed: the employer reads here what was sent."""
    return [
        (_(STEPS[step.step]), date(step.signed_on))
        for case in arrears.cases(employer_id=payer.pk).prefetch_related("steps")
        for step in case.steps.all()
        if step.signed and step.signed_on is not None
    ]


def _number(payer: Any) -> str:
    return str(getattr(payer, "npp", None) or payer.number)


def _file(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    headings = [_("Tanggal"), _("Uraian"), _("Nomor"), _("Orang"), _("Jatuh tempo"), _("Ditagih"), _("Dibayar"), _("Saldo")]
    account = shown.account
    rows: list[list[Any]] = [[account.first, _("Saldo awal"), "", "", "", "", "", account.opening_rupiah]]
    rows += [
        [
            one.on, _what(one), one.reference if one.month else reference(one.reference), one.people or "", one.due_on or "",
            one.rupiah if one.rupiah > 0 else "", -one.rupiah if one.rupiah < 0 else "", one.balance_rupiah,
        ]
        for one in account.entries
    ]  # fmt: skip
    rows.append([account.last, _("Saldo akhir"), "", "", "", "", "", account.closing_rupiah])
    return export(request, f"{_('rekening')}-{_number(shown.payer)}-{shown.year}", headings, rows)


def _pdf(shown: Shown) -> bytes:
    account = shown.account
    rows = [
        [
            date(one.on), _what(one), _reference(one), format_number(one.rupiah) if one.rupiah > 0 else "",
            format_number(-one.rupiah) if one.rupiah < 0 else "", format_number(one.balance_rupiah),
        ]
        for one in account.entries
    ]  # fmt: skip
    heads = [_("Tanggal"), _("Uraian"), _("Nomor"), _("Ditagih"), _("Dibayar"), _("Saldo")]
    tables = [Table(_("Mutasi"), heads, rows, 3)] if rows else []
    budget = shown.budget
    if budget is not None and budget.months:
        heads = [_("Bulan"), _("Orang"), _("Ditagih"), _("Dibayar")]
        lines = [
            [month_words(one.month), *map(format_number, (one.people, one.billed_rupiah, one.paid_rupiah))]
            for one in budget.months
        ]
        total = [_("Jumlah"), *map(format_number, (budget.person_months, budget.billed_rupiah, budget.paid_rupiah))]
        tables.append(Table(_("Anggaran yang terpakai, menurut bulan iuran"), heads, lines, 1, total))
    facts = [
        (_("Saldo {day}").format(day=date(account.first)), balance_words(account.opening_rupiah)),
        (_("Ditagih"), format_rupiah(account.sum_of("bill", "difference", "fine", "void"))),
        (_("Dibayar"), format_rupiah(-account.sum_of("payment", "bounce", "refund"))),
        (_("Saldo {day}").format(day=date(account.last)), balance_words(account.closing_rupiah)),
    ]
    part = Part(language(), _("Rekening iuran {year}").format(year=shown.year), "", (), facts, tables)
    number = format_public("npp", _number(shown.payer))
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    return draw_letter_pdf(Letter(number, account.last, date(today()), [shown.payer.name], [part], sample=sample))


# --- whose ------------------------------------------------------------------------------------------------------------------


def _company(request: HttpRequest, npp: str, form: str) -> HttpResponseBase:
    mine = company.company_of(request, npp)
    shown = _shown(request, mine, reverse("employer:account", args=[npp]))
    return _answer(
        request, shown, form, crumbs=company.crumbs(mine), base="agent/base.html", tabs=company.tabs(mine, "account"),
        label=_("Bagian perusahaan"),
    )  # fmt: skip


@door(*company.OWNERS)
@require_safe
def my_employer(request: HttpRequest, npp: str) -> HttpResponseBase:
    """The employer's own."""
    return _company(request, npp, "page")


@door(*company.OWNERS)
@require_safe
def my_employer_file(request: HttpRequest, npp: str) -> HttpResponseBase:
    """The same as a file."""
    return _company(request, npp, "file")


@door(*company.OWNERS)
@require_safe
def my_employer_pdf(request: HttpRequest, npp: str) -> HttpResponseBase:
    """The same on paper."""
    return _company(request, npp, "pdf")


def _my_sponsor(request: HttpRequest, number: str, form: str) -> HttpResponseBase:
    mine = own_sponsor.sponsor_of(request, number)
    shown = _shown(request, mine, reverse("sponsor:account", args=[number]))
    return _answer(
        request, shown, form, crumbs=own_sponsor.crumbs(mine), base="agent/base.html", tabs=own_sponsor.tabs(mine, "account"),
        label=_("Bagian pembayar iuran"),
    )  # fmt: skip


@door(*own_sponsor.OWNERS)
@require_safe
def my_sponsor(request: HttpRequest, number: str) -> HttpResponseBase:
    """The sponsor's own."""
    return _my_sponsor(request, number, "page")


@door(*own_sponsor.OWNERS)
@require_safe
def my_sponsor_file(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same as a file."""
    return _my_sponsor(request, number, "file")


@door(*own_sponsor.OWNERS)
@require_safe
def my_sponsor_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same on paper."""
    return _my_sponsor(request, number, "pdf")


def _at_office(request: HttpRequest, payer: Employer | Sponsor, name: str, form: str) -> HttpResponseBase:
    shown = _shown(request, payer, reverse(f"statements:{name}", args=[_number(payer)]))
    above = [frame.home(), *chasing.above(chasing.payer_link(payer))]
    return _answer(request, shown, form, crumbs=above, base="officer/base.html")


@door(*OFFICERS)
@require_safe
def employer(request: HttpRequest, npp: str) -> HttpResponseBase:
    """An employer's, at an office."""
    return _at_office(request, employer_of(npp), "employer", "page")


@door(*OFFICERS)
@require_safe
def employer_file(request: HttpRequest, npp: str) -> HttpResponseBase:
    """The same as a file."""
    return _at_office(request, employer_of(npp), "employer", "file")


@door(*OFFICERS)
@require_safe
def employer_pdf(request: HttpRequest, npp: str) -> HttpResponseBase:
    """The same on paper."""
    return _at_office(request, employer_of(npp), "employer", "pdf")


@door(*OFFICERS)
@require_safe
def sponsor(request: HttpRequest, number: str) -> HttpResponseBase:
    """A sponsor's, at an office."""
    return _at_office(request, sponsors.sponsor_of(number), "sponsor", "page")


@door(*OFFICERS)
@require_safe
def sponsor_file(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same as a file."""
    return _at_office(request, sponsors.sponsor_of(number), "sponsor", "file")


@door(*OFFICERS)
@require_safe
def sponsor_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same on paper."""
    return _at_office(request, sponsors.sponsor_of(number), "sponsor", "pdf")
