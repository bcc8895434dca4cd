"""A month as a workbook: this month's list to fill in, the file that comes back, what in it is to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions import reports as actions
from jamsostek.collection.queries import reports
from jamsostek.collection.queries.reports import EDITED
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.guards import DEFAULT_LIMITS, FileUnreadable
from jamsostek.messages.roster.choices import LEAVE_REASONS
from jamsostek.messages.roster.layouts import REPORT
from jamsostek.messages.tables.problems import ERROR
from jamsostek.portal.employer import report_words as words
from jamsostek.portal.employer.company import OWNERS
from jamsostek.portal.employer.report_of import above, report_of, url
from jamsostek.portal.screens import Column, Fact, Form, Link, Tag, Tile, export, page, paged, part, table, wants_part
from jamsostek.portal.screens.words import moment
from jamsostek.portal.uploads.downloads import sent
from jamsostek.portal.uploads.who import severity_tag

if TYPE_CHECKING:
    from jamsostek.collection.models import Report, ReportFile

COLUMNS = (
    "kpj", "name", "unit", "wage", "end_date", "leave_reason", "unpaid", "activity", "nik", "birth_date", "sex",
    "mother_name", "region_code", "start_date", "occupation", "segment",
)  # fmt: skip
"""Columns of the month's workbook, those filled in first; the rest is for people who join."""


class FileForm(Form):
    """The workbook, filled in."""

    file = forms.FileField(label=N_("Berkas laporan"), help_text=N_("Excel (.xlsx, .xls), .ods, atau .csv; paling besar 50 MB."))


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """The list to download, the file to send, what was sent before."""
    company, report = report_of(request, npp, month)
    if report.state not in EDITED:
        return HttpResponseRedirect(url(report))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = _take_in(report, form)
        if file is not None:
            return HttpResponseRedirect(url(report, "report_file", file.pk))
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, url(report, "report_file", one.pk))),
        Column(_("Keadaan"), file_tag),
        Column(_("Dikirim"), lambda one: moment(one.sent_at)),
    ]
    earlier = reports.files_of(report)
    context = {
        "form": form,
        "sheet_url": url(report, "report_sheet"),
        "reasons": ", ".join(_(text) for text in LEAVE_REASONS.values()),
        "earlier": table(_("Berkas yang pernah dikirim"), columns, earlier) if earlier else None,
        "may_export": current().may(Can.EXPORT_PEOPLE, Place(employer=company.pk)),
    }
    return page(request, "employer/report_upload.html", context, title=_("Isi laporan lewat Excel"), crumbs=above(report))


def _take_in(report: Report, form: FileForm) -> ReportFile | None:
    given = form.cleaned_data["file"]
    try:
        return actions.receive(report_id=report.pk, content=given.read(DEFAULT_LIMITS.file_bytes + 1), file_name=given.name)
    except FileUnreadable as error:
        form.add_error("file", str(error))
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
    return None


@door(*OWNERS)
@require_safe
def sheet(request: HttpRequest, npp: str, month: int) -> HttpResponse:
    """This month's list to fill in, as XLSX or CSV."""
    company, report = report_of(request, npp, month)
    current().need(Can.EXPORT_PEOPLE, Place(employer=company.pk))
    rows = list(reports.sheet_rows(report))
    fields = ("name", "kpj", "wage_rupiah")
    audit.looked([job.participant_id for job, *_rest in rows], fields, "unduh laporan upah", action="export")
    headings = [_(field.title) for name in COLUMNS if (field := REPORT.field(name)) is not None]
    name = f"{_('laporan')}-{company.npp}-{format_month(report.month)}"
    return export(request, name, headings, _lines(rows))  # type: ignore[return-value]


def _lines(rows: list[Any]) -> Iterator[list[Any]]:
    for job, wage, unpaid, unit in rows:
        filled = [job.participant.kpj, job.participant.name, unit, wage, "", "", _("Ya") if unpaid else ""]
        yield filled + [""] * (len(COLUMNS) - len(filled))


def file_tag(one: ReportFile) -> Tag:
    """The state in a word."""
    text, tone = words.FILE_STATES[one.state]
    return Tag(_(text), tone)


def _file(request: HttpRequest, npp: str, month: int, file_id: int) -> tuple[Report, ReportFile]:
    _company, report = report_of(request, npp, month)
    found = reports.file(report, file_id)
    if found is None:
        raise Http404
    return report, found


@door(*OWNERS)
@require_safe
def show(request: HttpRequest, npp: str, month: int, file_id: int) -> HttpResponse:
    """How far a file is, and what came of it; a page that looks again by itself asks for its upper part."""
    report, file = _file(request, npp, month, file_id)
    running = file.state in ("received", "reading")
    if wants_part(request):
        response = part(request, "employer/report_file_state.html", {"report": report, "file": file, "tag": file_tag(file)})
        if not running:
            response["HX-Refresh"] = "true"
        return response
    groups = reports.file_groups(file)
    columns = [
        Column(_("Yang ditemukan"), lambda one: Link(one.title, url(report, "report_file_rows", file.pk, one.kind))),
        Column(_("Akibat"), lambda one: severity_tag(one.severity)),
        Column(_("Cara memperbaiki"), lambda one: one.remedy),
        Column(_("Jumlah"), lambda one: format_number(one.count), number=True),
    ]
    context = {
        "report": report,
        "file": file,
        "tag": file_tag(file),
        "running": running,
        "tiles": _tiles(file),
        "facts": [Fact(_("Dikirim"), f"{reports.name_of(file.sent_by)}, {moment(file.sent_at)}")],
        "groups": table(_("Yang ditemukan di berkas"), columns, groups) if groups else None,
        "has_errors": any(one.severity == ERROR for one in groups) and bool(file.problems_digest),
        "report_url": url(report),
    }
    return page(request, "employer/report_file.html", context, title=file.file_name, crumbs=above(report), live=running)


def _tiles(file: ReportFile) -> list[Tile]:
    if file.state != "done":
        return []
    wrong = file.rows_wrong + sum(
        count for kind, count in file.counts.get("answers", {}).items() if reports.answer_words(kind)[0] == ERROR
    )
    return [
        Tile(_("Baris orang"), format_number(file.rows_total)),
        Tile(_("Menjadi perubahan"), format_number(file.rows_changed), tone="good"),
        Tile(_("Perlu diperbaiki"), format_number(wrong), tone="bad" if wrong else "plain"),
    ]


class _Rows:
    """Rows with one problem, a page at a time."""

    def __init__(self, file: ReportFile, kind: str) -> None:
        self.file, self.kind = file, kind

    def __getitem__(self, wanted: slice) -> list[Any]:
        return reports.file_rows(self.file, self.kind, wanted.start, wanted.stop - wanted.start)


@door(*OWNERS)
@require_safe
def rows(request: HttpRequest, npp: str, month: int, file_id: int, kind: str) -> HttpResponse:
    """Where one kind of problem stands."""
    report, file = _file(request, npp, month, file_id)
    told = next((one for one in reports.file_groups(file) if one.kind == kind), None)
    if told is None:
        raise Http404
    try:
        found = paged(request, _Rows(file, kind), total=told.count)
    except InputError as error:
        raise Http404 from error
    audit.looked([one.person.pk for one in found.rows if one.person], ("name",), "laporan upah")
    columns = [
        Column(_("Baris"), lambda one: _("Baris {row}").format(row=one.row) if one.row else _("Seluruh lembar")),
        Column(_("Nama"), lambda one: one.person.name if one.person else ""),
        Column(_("Kolom"), lambda one: one.where),
        Column(_("Terbaca"), lambda one: one.seen),
        Column(_("Seharusnya"), lambda one: one.expected),
    ]
    context = {
        "tag": severity_tag(told.severity), "remedy": told.remedy, "paged": found,
        "table": table(_("Baris-barisnya"), columns, found.rows),
    }  # fmt: skip
    crumbs = [*above(report), Link(file.file_name, url(report, "report_file", file.pk))]
    return page(request, "uploads/details.html", context, title=told.title, crumbs=crumbs)


@door(*OWNERS)
@require_safe
def back(request: HttpRequest, npp: str, month: int, file_id: int) -> HttpResponse:
    """The rows to mend, with remedies; the same workbook, mended, is sent again."""
    report, file = _file(request, npp, month, file_id)
    try:
        content = reports.returned_file(file)
    except InputError as error:
        raise Http404(str(error)) from error
    audit.record("report.file_downloaded", "report", report.pk, fields=("file",))
    stem = re.sub(r"[^\w.-]+", "-", file.file_name.rsplit(".", 1)[0]).strip("-.")[:60] or "laporan"
    return sent(content, f"{_('perbaikan')}-{stem}.xlsx")
