"""Which report an address is about, what stands above its pages, and the list of months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import register_converter, reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.collection.queries import reports
from jamsostek.collection.queries.reports import MonthRow
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, month_of, parse_month
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.bills import words as bill_words
from jamsostek.portal.bills.who import url as bill_url
from jamsostek.portal.employer import report_words as words
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, tabs
from jamsostek.portal.screens import Column, Link, page, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Report
    from jamsostek.registry.models import Employer


class MonthInAddress:
    """`2026-11` outside, 202611 inside."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        """The month; what is none leads nowhere."""
        try:
            return parse_month(value)
        except InputError as error:
            raise ValueError from error

    def to_url(self, value: int | str) -> str:
        """As it is written."""
        return value if isinstance(value, str) else format_month(value)


register_converter(MonthInAddress, "bulan")


def report_of(request: HttpRequest, npp: str, month: int) -> tuple[Employer, Report]:
    """The company and the version of the month that counts; a 404 where none was begun."""
    company = company_of(request, npp)
    found = reports.newest(company.pk, month)
    if found is None:
        raise Http404
    return company, found


def url(report: Report, name: str = "report", *more: object) -> str:
    """One of a report's pages."""
    return reverse(f"employer:{name}", args=[report.employer.npp, report.month, *more])


def months_link(company: Employer) -> Link:
    """The list of months."""
    return Link(_("Laporan upah"), reverse("employer:reports", args=[company.npp]))


def above(report: Report, *, inside: bool = True) -> list[Link]:
    """The pages above a report's own."""
    own = [Link(words.title(report), url(report))] if inside else []
    return crumbs(report.employer, months_link(report.employer), *own)


@door(*OWNERS)
@require_safe
def months(request: HttpRequest, npp: str) -> HttpResponse:
    """The last twelve months: what was reported, billed, paid."""
    company = company_of(request, npp)
    day = today()
    rows = reports.months(company.pk, month_of(day), day)
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("employer:report", args=[npp, one.month]))),
        Column(_("Laporan"), _report_cell),
        Column(_("Tagihan"), _bill_cell),
        Column(_("Jatuh tempo"), _due_cell),
        Column(_("Pembayaran"), _paid_cell),
    ]
    now = rows[0]
    context = {
        "tabs": tabs(company, "reports"),
        "table": table(_("Dua belas bulan terakhir"), columns, rows),
        "now": month_words(now.month),
        "now_url": reverse("employer:report", args=[npp, now.month]),
        "now_report": now.report,
    }
    return page(request, "employer/report_months.html", context, title=_("Laporan upah"), crumbs=crumbs(company))


def _report_cell(one: MonthRow) -> object:
    return words.state_tag(one.report) if one.report else _("Belum dilaporkan")


def _bill_cell(one: MonthRow) -> object:
    """A link for each bill of the month: its own, and the differences after it."""
    found = [Link(format_rupiah(bill.bill.total_rupiah), bill_url(bill.bill)) for bill in one.bills]
    return format_html_join(" · ", "{}", ((str(link),) for link in found)) if found else NOTHING


def _due_cell(one: MonthRow) -> str:
    return date(one.bills[0].bill.due_on) if one.bills else NOTHING


def _paid_cell(one: MonthRow) -> object:
    """How far the month is paid: the worst of its bills, so that nothing overdue hides behind what is paid."""
    order = ("overdue", "open", "partly", "paid", "credit", "nothing", "void")
    found = sorted(one.bills, key=lambda bill: order.index(bill.standing.state))
    return bill_words.state_tag(found[0].standing) if found else NOTHING
