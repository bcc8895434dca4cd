"""A report looked at before and after it is decided: sums, flags, exceptions; submitting, approving, giving back, history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions import reports as actions
from jamsostek.collection.actions.reports import flags as finding
from jamsostek.collection.actions.reports.deciding import ALONE_MOST, may_alone
from jamsostek.collection.queries import reports
from jamsostek.collection.queries.reports import EDITED, Totals
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.account.shown import asks_again
from jamsostek.portal.bills import words as bill_words
from jamsostek.portal.bills.who import url as bill_url
from jamsostek.portal.employer import report_words as words
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.employer.report_of import above, months_link, report_of, url
from jamsostek.portal.screens import Column, Confirm, Fact, Form, Link, done, page, paged, part, table, today, wants_part
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Report

NAMED = ("name", "wage_rupiah")


class WhyForm(Form):
    """Why a report goes back, or is withdrawn."""

    reason = forms.CharField(
        label=N_("Alasan"), max_length=200, help_text=N_("Tulis apa yang perlu diperbaiki, atau mengapa laporan ini ditarik.")
    )


class _Changes:
    """Exceptions, a page at a time."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __getitem__(self, wanted: slice) -> list[Any]:
        return reports.lines_changed(self.report, skip=wanted.start, take=wanted.stop - wanted.start)


# --- before it is submitted -------------------------------------------------------------------------------------------


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """What the draft comes to, beside last month; then submitting it."""
    _company, report = report_of(request, npp, month)
    if report.state not in EDITED:
        return HttpResponseRedirect(url(report))
    problem = ""
    if request.method == "POST":
        try:
            actions.prepare(report_id=report.pk, now=timezone.now())
        except Refused:
            raise
        except InputError as error:
            problem = str(error)
        else:
            return done(request, url(report), _("Diajukan. Sekarang menunggu persetujuan orang lain."))
    totals = reports.totals_of(report)
    context = {
        **_figures(request, report, totals),
        "flags": words.flags_shown(reports.looked_up(finding.look(report))),
        "problem": problem,
        "edit_url": url(report),
    }
    title = _("Periksa laporan {month}").format(month=month_words(report.month))
    return page(request, "employer/report_check.html", context, title=title, crumbs=above(report), status=409 if problem else 200)


def _figures(request: HttpRequest, report: Report, totals: Totals) -> dict[str, Any]:
    """Sums, differences and exceptions."""
    found = paged(request, _Changes(report))
    audit.looked([one.participant_id for one in found.rows if one.participant_id], NAMED, "laporan upah")
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Yang berubah"), words.change_text),
        Column(_("Sebelumnya"), words.before_text),
    ]
    return {
        "report": report,
        "late": totals.late,
        "totals": words.totals_table(totals),
        "differences": words.differences_table(totals),
        "due": date(_day(totals)),
        "changes": table(_("Yang berubah"), columns, found.rows) if found.rows else None,
        "paged": found,
        "difference": words.signed(totals.difference_rupiah),
    }


def _day(totals: Totals) -> dt.date:
    return dt.date.fromisoformat(totals.due_on)


# --- once submitted ---------------------------------------------------------------------------------------------------


def review(request: HttpRequest, report: Report, *, problem: str = "", status: int = 200) -> HttpResponse:
    """A version that is not being written any more, and what can be done with it."""
    totals = Totals.read(report.totals) if report.totals else reports.totals_of(report)
    scope = current()
    may = scope.may(Can.APPROVE_REPORT, Place(employer=report.employer_id))
    own = report.prepared_by == scope.user_id
    shown = reports.flags(report)
    audit.looked([one.participant_id for flag in shown for one in flag.people if one.participant_id], NAMED, "laporan upah")
    waiting = report.state == "prepared"
    context = {
        **_figures(request, report, totals),
        "tag": words.state_tag(report),
        "problem": problem,
        "facts": _facts(report),
        "flags": words.flags_shown(shown),
        "bills": _bills(report),
        "running": report.state == "approved",
        "may_approve": waiting and may and not own,
        "may_alone": waiting and may and own and may_alone(report, scope.user_id),
        "own": waiting and own and may and not may_alone(report, scope.user_id),
        "may_recall": waiting and scope.may(Can.REPORT_WAGES, Place(employer=report.employer_id)),
        "may_amend": report.state == "billed",
        "alone_most": ALONE_MOST,
        "invite": scope.may(Can.GIVE_GRANT, Place(employer=report.employer_id)),
    }
    return page(
        request, "employer/report_whole.html", context, title=words.title(report), crumbs=above(report, inside=False),
        status=status, live=report.state == "approved",
    )  # fmt: skip


def _facts(report: Report) -> list[Fact]:
    def who(user_id: int | None, at: Any) -> str:
        return f"{reports.name_of(user_id) or NOTHING}, {moment(at)}"

    facts = []
    if report.prepared_at:
        facts.append(Fact(_("Diajukan"), who(report.prepared_by, report.prepared_at)))
    if report.approved_at:
        facts.append(Fact(_("Disetujui"), who(report.approved_by, report.approved_at)))
    if report.state == "withdrawn":
        facts.append(Fact(_("Ditarik karena"), report.reason))
    return facts


def _bills(report: Report) -> Table | None:
    found = reports.bills_of(report, today())
    columns = [
        Column(_("Tagihan"), lambda one: Link(bill_words.title(one.bill), bill_url(one.bill))),
        Column(_("Jumlah"), lambda one: format_rupiah(one.bill.total_rupiah), number=True),
        Column(_("Jatuh tempo"), lambda one: date(one.bill.due_on)),
        Column(_("Pembayaran"), lambda one: bill_words.state_tag(one.standing)),
    ]
    return table(_("Tagihan dari laporan ini"), columns, found) if found else None


@door(*OWNERS)
@require_safe
def state(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Whether a long report is done, for a page that looks again by itself."""
    _company, report = report_of(request, npp, month)
    if not wants_part(request):
        return HttpResponseRedirect(url(report))
    response = part(request, "employer/report_state.html", {"report": report, "tag": words.state_tag(report)})
    if report.state != "approved":
        response["HX-Refresh"] = "true"
    return response


# --- deciding ---------------------------------------------------------------------------------------------------------


def _approve(request: HttpRequest, report: Report, *, alone: bool = False) -> HttpResponse:
    try:
        done_ = actions.approve(report_id=report.pk, today=today(), now=timezone.now(), alone=alone)
    except Refused:
        raise
    except InputError as error:
        return review(request, reports.get(report.pk), problem=str(error), status=409)
    told = (
        _("Disetujui dan ditagihkan.")
        if done_.state == "billed"
        else _("Disetujui. Laporan panjang ini ditagihkan sebentar lagi.")
    )
    return done(request, url(report), told)


@door(Role.EMPLOYER_APPROVER)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Asks once more with the sums, then approves."""
    _company, report = report_of(request, npp, month)
    if request.method == "POST":
        return _approve(request, report)
    if report.state != "prepared" or report.prepared_by == current().user_id:
        return HttpResponseRedirect(url(report))
    return _confirm(request, report, _("Setujui laporan ini?"))


@door(Role.EMPLOYER_APPROVER)
@asks_again
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def approve_alone(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """As `approve`, for the only person of a household or micro firm, who has just signed in once more."""
    _company, report = report_of(request, npp, month)
    if request.method == "POST":
        return _approve(request, report, alone=True)
    if report.state != "prepared" or not may_alone(report, current().user_id):
        return HttpResponseRedirect(url(report))
    return _confirm(
        request, report, _("Setujui sendiri laporan ini?"), _("Kantor cabang melihat bahwa laporan ini dibuat satu orang.")
    )


def _confirm(request: HttpRequest, report: Report, question: str, text: str = "") -> HttpResponse:
    totals = Totals.read(report.totals or {})
    facts = [
        Fact(_("Jumlah pekerja"), format_number(totals.now.people)),
        Fact(_("Jumlah upah"), format_rupiah(totals.now.wage_rupiah)),
        Fact(_("Iuran seluruhnya"), format_rupiah(totals.now.total_rupiah)),
    ]
    if totals.months:
        facts.append(Fact(_("Selisih bulan lain"), words.signed(totals.difference_rupiah)))
    confirm = Confirm(
        question=question,
        text=text or _("Perubahan dicatat dan tagihannya dibuat. Sesudah itu hanya ada perbaikan dan selisih."),
        yes=_("Setujui dan tagihkan"), back=Link(_("Kembali"), url(report)), facts=facts,
    )  # fmt: skip
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Setujui laporan"), crumbs=above(report))


@door(Role.EMPLOYER_APPROVER)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Back to whoever wrote it, with a reason."""
    _company, report = report_of(request, npp, month)
    return _with_reason(
        request, report, _("Kembalikan laporan"), _("Kembalikan"), _("Laporan dikembalikan."),
        lambda reason: actions.send_back(report_id=report.pk, reason=reason, now=timezone.now()),
    )  # fmt: skip


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Ends a version that nobody approved."""
    company, report = report_of(request, npp, month)
    to = months_link(company).url
    return _with_reason(
        request, report, _("Tarik laporan"), _("Tarik laporan"), _("Laporan ditarik. Tidak ada yang dicatat."),
        lambda reason: actions.withdraw(report_id=report.pk, reason=reason), to=to,
    )  # fmt: skip


def _with_reason(
    request: HttpRequest, report: Report, title: str, button: str, told: str, act: Any, to: str = ""
) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, to or url(report), told)
    context = {"form": form, "button": button, "back": url(report)}
    return page(request, "employer/form.html", context, title=title, crumbs=above(report))


@door(*OWNERS)
@require_POST
def recall(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """Back to a draft, before anybody decided."""
    _company, report = report_of(request, npp, month)
    try:
        actions.recall(report_id=report.pk)
    except Refused:
        raise
    except InputError as error:
        return review(request, reports.get(report.pk), problem=str(error), status=409)
    return done(request, url(report), _("Laporan kembali menjadi draf."))


# --- versions ---------------------------------------------------------------------------------------------------------


@door(*OWNERS)
@require_safe
def history(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """All versions of a month."""
    company = company_of(request, npp)
    found = reports.versions(company.pk, month)
    if not found:
        raise Http404
    columns = [
        Column(_("Versi"), lambda one: Link(words.title(one), url(one, "report_version", one.version))),
        Column(_("Keadaan"), words.state_tag),
        Column(_("Disusun"), lambda one: f"{reports.name_of(one.began_by) or NOTHING}, {moment(one.began_at)}"),
        Column(_("Disetujui"), _approved),
        Column(_("Catatan"), lambda one: one.reason),
    ]
    title = _("Riwayat laporan {month}").format(month=month_words(month))
    context = {"table": table(_("Semua versi"), columns, found)}
    return page(request, "employer/report_history.html", context, title=title, crumbs=crumbs(company, months_link(company)))


def _approved(one: Report) -> str:
    return f"{reports.name_of(one.approved_by) or NOTHING}, {moment(one.approved_at)}" if one.approved_at else NOTHING


@door(*OWNERS)
@require_safe
def version(request: HttpRequest, npp: str, month: int, version: int) -> HttpResponse:
    """One version; the open draft is the month's own page."""
    company = company_of(request, npp)
    found = reports.by_version(company.pk, month, version)
    if found is None:
        raise Http404
    if found.state in EDITED:
        return HttpResponseRedirect(url(found))
    return review(request, found)
