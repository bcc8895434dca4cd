"""Reports of the funds: the list, one of them with its figures and the chief's signature, as paper and as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.text import _, language
from jamsostek.fund.actions import reports as actions
from jamsostek.fund.models import Report
from jamsostek.fund.queries import reports as queries
from jamsostek.fund.queries.reports import STATES, Whole
from jamsostek.fund.reports import blocks, building, drawing
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.fund_reports import drawn
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import (
    Column,
    DecideForm,
    Empty,
    Fact,
    Link,
    Progress,
    Tab,
    Tag,
    done,
    paged,
    part,
    table,
    wants_part,
    with_query,
)
from jamsostek.portal.screens.parts import Tone

TONES: dict[str, Tone] = {"making": "info", "draft": "warn", "signed": "good", "refused": "bad"}
BOOKS = frozenset({Role.HEAD_OFFICE, Role.AUDITOR, Role.ACTUARY})
"""Who may open the books themselves."""


def home_link() -> Link:
    """The first page of this part."""
    return Link(_("Laporan dana"), reverse("fund_reports:home"))


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Reports of every fund, or of one (`?dana=jht`)."""
    asked = request.GET.get("dana", "")
    chosen = asked if asked in (*FUNDS, "all") else ""
    shown = paged(request, queries.listed(fund=chosen))
    columns = [
        Column(_("Laporan"), lambda one: Link(blocks.title_of(one), reverse("fund_reports:one", args=[one.pk]))),
        Column(_("Edisi"), lambda one: str(one.edition)),
        Column(_("Diminta"), lambda one: by(one.asked_by, one.asked_at)),
        Column(_("Keadaan"), lambda one: tag(queries.state_of(one))),
    ]
    kinds = [("", _("Semua")), *((fund, fund_title(fund)) for fund in FUNDS), ("all", _("Tahunan"))]
    context = {
        "tabs_of_funds": [Tab(text, with_query(request, dana=name or None, hal=None), name == chosen) for name, text in kinds],
        "table": table(_("Laporan dana"), columns, shown.rows), "paged": shown, "may_ask": actions.may_ask(),
        "empty": Empty(_("Belum ada laporan"), _("Kantor pusat, risiko, aktuaris, atau pimpinan dana yang memintanya.")),
    }  # fmt: skip
    return screen(request, "fund_reports/home.html", context, title=_("Laporan dana"), here="fund_reports:home")


def tag(state: str) -> Tag:
    """How far a report is."""
    return Tag(_(STATES[state]), TONES[state])


def whole(fund_report_id: int) -> Whole:
    """A report in sight, or there is no such page."""
    try:
        return queries.report(fund_report_id)
    except Refused:
        raise Http404 from None


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, fund_report_id: int) -> HttpResponseBase:
    """Its figures, once they are made; the chief signs it here or sends it back."""
    found = whole(fund_report_id)
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.answer(report_id=fund_report_id, signed=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Laporan ditandatangani.") if form.approved else _("Laporan ditolak."))
    return _page(request, found, form)


def _page(request: HttpRequest, found: Whole, form: DecideForm) -> HttpResponse:
    row = found.row
    mine = current().may(Can.APPROVE_FUND) and row.asked_by != current().user_id
    linked = bool(request.scope.roles & BOOKS) and row.kind == "monthly"  # type: ignore[attr-defined]
    ready = found.state != "making"
    context = {
        **_state(found),
        "report": row,
        "of": blocks.subtitle_of(row),
        "notes": drawing.notes(found)[1 if found.state != "signed" else 0 :],
        "facts": _facts(found),
        "tables": drawn.tables(row, found.parts, linked=linked) if ready else [],
        "drawings": drawn.charts(row, found.parts) if ready else [],
        "charts": True,
        "live": not ready,
        "form": form if found.state == "draft" and mine else None,
        "public_url": reverse("annual_report:one", args=[row.period]) if found.state == "signed" and row.kind == "annual" else "",
    }
    return screen(request, "fund_reports/one.html", context, title=blocks.title_of(row), above=[home_link()])


def _state(found: Whole) -> dict[str, Any]:
    whole_ = len(found.row.parts)
    text = _("{done} dari {whole} bagian selesai").format(done=found.done, whole=whole_)
    return {
        "report_id": found.row.pk, "state": found.state, "tag": tag(found.state),
        "progress": Progress(text, found.done, whole_) if found.state == "making" else None,
    }  # fmt: skip


def _facts(found: Whole) -> list[Fact]:
    row, answer = found.row, found.answer
    facts = [Fact(_("Diminta"), by(row.asked_by, row.asked_at))]
    if answer is not None:
        label = _("Ditandatangani") if answer.signed else _("Ditolak")
        facts.append(Fact(label, f"{by(answer.by, answer.at)} {answer.reason}".strip()))
    if answer is not None and answer.signed:
        facts.append(Fact(_("Sidik"), bytes(answer.digest).hex()))
        holds = Tag(_("Cocok"), "good") if found.holds else Tag(_("Tidak cocok"), "bad")
        facts.append(Fact(_("Isinya sama dengan yang ditandatangani"), holds))
    return facts


@door(*READERS)
@require_safe
def state(request: HttpRequest, fund_report_id: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    found = whole(fund_report_id)
    if not wants_part(request):
        return _page(request, found, DecideForm())
    response = part(request, "fund/fund_reports/state.html", _state(found))
    if request.GET.get("dari") != found.state:
        response["HX-Refresh"] = "true"
    return response


@door(*READERS)
@require_safe
def pdf(request: HttpRequest, fund_report_id: int) -> HttpResponseBase:
    """On paper."""
    found = _ready(fund_report_id)
    return sent(drawing.pdf(found), "application/pdf", f"{file_name(found.row)}.pdf")


@door(*READERS)
@require_safe
def xlsx(request: HttpRequest, fund_report_id: int) -> HttpResponseBase:
    """As a workbook."""
    found = _ready(fund_report_id)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return sent(drawing.xlsx(found), kind, f"{file_name(found.row)}.xlsx")


def _ready(fund_report_id: int) -> Whole:
    found = whole(fund_report_id)
    if building.missing(found.row):
        raise Http404
    audit.record("fund.figures_exported", "fund_report", found.row.pk, fields=("file",))
    return found


def file_name(row: Report) -> str:
    """A name for a download, without its ending."""
    return f"{_('laporan-dana')}-{row.fund}-{row.period}-{row.edition}-{language()}"


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
