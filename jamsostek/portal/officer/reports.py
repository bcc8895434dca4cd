"""Wage reports at an office: those that wait for its supervisor, because the employer has nobody else; and what is flagged."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions import reports as actions
from jamsostek.collection.queries import reports
from jamsostek.collection.queries.reports import Totals
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.employer import report_words as words
from jamsostek.portal.employer.report_review import WhyForm
from jamsostek.portal.officer.frame import OFFICERS, home, screen
from jamsostek.portal.screens import Column, Confirm, Empty, Fact, Link, Tab, done, page, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date, moment

if TYPE_CHECKING:
    from jamsostek.collection.models import Report

DECIDERS = (Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)


def _tabs(here: str) -> list[Tab]:
    shown = (("reports", _("Menunggu penyelia")), ("reports_flagged", _("Dengan catatan")))
    return [Tab(text, reverse(f"officer:{name}"), name == here) for name, text in shown]


def _link(one: Report) -> Link:
    return Link(f"{one.employer.name}, {words.title(one)}", reverse("officer:report", args=[one.pk]))


@door(*OFFICERS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Reports whose employer has nobody to approve them, the oldest first."""
    found = paged(request, reports.waiting(alone=True))
    columns = [
        Column(_("Laporan"), _link),
        Column(_("Jumlah pekerja"), lambda one: format_number(Totals.read(one.totals).now.people), number=True),
        Column(_("Iuran"), lambda one: format_rupiah(Totals.read(one.totals).now.total_rupiah), number=True),
        Column(_("Diajukan"), lambda one: moment(one.prepared_at)),
    ]
    context = {
        "tabs": _tabs("reports"),
        "table": table(_("Laporan menunggu penyelia"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada laporan yang menunggu"), _("Laporan perusahaan yang punya penyetuju sendiri tidak ke sini.")),
    }
    return screen(request, "officer/list.html", context, title=_("Laporan upah"))


@door(*OFFICERS)
@require_safe
def flagged(request: HttpRequest) -> HttpResponseBase:
    """Reports that were carried out with something to look at, the newest first."""
    found = paged(request, reports.flagged())
    columns = [
        Column(_("Laporan"), _link),
        Column(_("Jenis catatan"), lambda one: format_number(one.kinds + int(one.alone)), number=True),
        Column(_("Selesai"), lambda one: moment(one.done_at) if one.done_at else NOTHING),
    ]
    context = {
        "tabs": _tabs("reports_flagged"),
        "table": table(_("Laporan dengan catatan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada catatan"), _("Catatan muncul saat laporan diajukan, dan tidak menolak laporannya.")),
    }
    return screen(request, "officer/list.html", context, title=_("Laporan dengan catatan"))


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """One report: sums, flags, exceptions, and the decision where it is the office's."""
    return _page(request, reports.get(report_id))


def _page(request: HttpRequest, report: Report, *, problem: str = "", status: int = 200) -> HttpResponseBase:
    totals = Totals.read(report.totals) if report.totals else reports.totals_of(report)
    found = paged(request, _Changes(report))
    flags = reports.flags(report)
    named = {one.participant_id for flag in flags for one in flag.people} | {one.participant_id for one in found.rows}
    audit.looked([one for one in named if one], ("name", "wage_rupiah"), "laporan upah")
    columns = [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Yang berubah"), words.change_text),
        Column(_("Sebelumnya"), words.before_text),
    ]
    employer = report.employer
    may = current().may(Can.APPROVE_REPORT, Place(employer=employer.pk, regency=employer.regency_code))
    context = {
        "report": report,
        "at_office": True,
        "tag": words.state_tag(report),
        "problem": problem,
        "facts": _facts(report),
        "late": totals.late,
        "difference": words.signed(totals.difference_rupiah),
        "due": date(dt.date.fromisoformat(totals.due_on)),
        "totals": words.totals_table(totals),
        "differences": words.differences_table(totals),
        "flags": words.flags_shown(flags, officer=True),
        "changes": table(_("Yang berubah"), columns, found.rows) if found.rows else None,
        "paged": found,
        "may_decide": report.state == "prepared" and may and report.prepared_by != current().user_id,
    }
    above = [Link(_("Laporan upah"), reverse("officer:reports"))]
    title = words.title(report)
    return screen(request, "officer/report.html", context, title=title, above=above, status=status)


class _Changes:
    """Exceptions, a page at a time."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __getitem__(self, wanted: slice) -> list[Any]:
        return reports.lines_changed(self.report, skip=wanted.start, take=wanted.stop - wanted.start)


def _facts(report: Report) -> list[Fact]:
    facts = [Fact(_("Perusahaan"), Link(report.employer.name, reverse("officer:employer", args=[report.employer.npp])))]
    if report.prepared_at:
        facts.append(Fact(_("Diajukan"), f"{reports.name_of(report.prepared_by) or NOTHING}, {moment(report.prepared_at)}"))
    if report.approved_at:
        facts.append(Fact(_("Disetujui"), f"{reports.name_of(report.approved_by) or NOTHING}, {moment(report.approved_at)}"))
    return facts


@door(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Asks with the sums, then approves in the place of the second person the employer lacks."""
    report = reports.get(report_id)
    if request.method == "POST":
        try:
            actions.approve(report_id=report.pk, today=today(), now=timezone.now())
        except Refused:
            raise
        except InputError as error:
            return _page(request, reports.get(report_id), problem=str(error), status=409)
        return done(request, reverse("officer:report", args=[report.pk]), _("Disetujui."))
    totals = Totals.read(report.totals) if report.totals else reports.totals_of(report)
    back = Link(words.title(report), reverse("officer:report", args=[report.pk]))
    confirm = Confirm(
        question=_("Setujui laporan ini?"),
        text=_(
            "Anda menjadi orang kedua bagi perusahaan ini. Pastikan jumlahnya wajar; bila ragu, hubungi perusahaannya dahulu."
        ),
        yes=_("Setujui dan tagihkan"),
        back=Link(_("Kembali"), back.url),
        facts=[
            Fact(_("Perusahaan"), report.employer.name),
            Fact(_("Jumlah pekerja"), format_number(totals.now.people)),
            Fact(_("Jumlah upah"), format_rupiah(totals.now.wage_rupiah)),
            Fact(_("Iuran seluruhnya"), format_rupiah(totals.now.total_rupiah)),
        ],
    )
    crumbs = [home(), Link(_("Laporan upah"), reverse("officer:reports")), back]
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Setujui laporan"), crumbs=crumbs)


@door(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, report_id: int) -> HttpResponse:
    """Back to the employer, with a reason."""
    report = reports.get(report_id)
    form = WhyForm(request.POST or None)
    back = Link(words.title(report), reverse("officer:report", args=[report.pk]))
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(report_id=report.pk, reason=form.cleaned_data["reason"], now=timezone.now())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, back.url, _("Laporan dikembalikan."))
    context = {"form": form, "button": _("Kembalikan"), "back": back.url}
    crumbs = [home(), Link(_("Laporan upah"), reverse("officer:reports")), back]
    return page(request, "officer/form.html", context, title=_("Kembalikan laporan"), crumbs=crumbs)
