"""Any question to the coverage cube: what the night's cells hold at once, the rest counted apart from the request.

The address is the question, so it can be linked, cited and repeated. Counts are protected; exact ones are for who may take away
the list of everybody, and are written to the trail.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _, speaking
from jamsostek.coverage import cube, questions
from jamsostek.coverage.cube import Answer, Question, Snapshot
from jamsostek.coverage.questions import Asked
from jamsostek.portal.oversight import question_shown as shown
from jamsostek.portal.oversight.frame import CELL_READERS, crumbs
from jamsostek.portal.oversight.question_form import QuestionForm, in_words, question_of
from jamsostek.portal.screens import Empty, Link, Progress, page, part, printing, wants_part, with_query

ASKERS = (*CELL_READERS, Role.HEAD_OFFICE)
FOLDED = (
    "provinsi", "kabupaten", "desa", "segmen", "program", "kelamin", "umur", "disabilitas", "pekerjaan", "pembayar",
)  # fmt: skip
_WAITS = ("waiting", "counting")


@door(*ASKERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The form, and the answer to what the address asks."""
    if any(value == "" for values in dict(request.GET.lists()).values() for value in values):
        return HttpResponseRedirect(f"{request.path}?{_without_blanks(request)}")
    try:
        snapshot = cube.latest()
    except InputError as error:
        return _page(request, {"problem": str(error)})
    if snapshot is None:
        return _page(request, {"empty": Empty(_("Belum ada potret cakupan"), _("Potret pertama dibuat malam ini."))})
    form, question = question_of(request, snapshot, exact=questions.may_see_exact(current()))
    context = {"form": form, "folded": _folded(form), "examples": _examples(snapshot), "snapshot": snapshot}
    if question is None:
        return _page(request, context)
    if cube.holds(question, snapshot):
        try:
            answer = cube.ask(question, snapshot=snapshot, most=questions.MOST_LINES)
        except InputError as error:
            return _page(request, context | {"problem": str(error), "words": in_words(question)})
        return _answered(request, context, answer)
    return _on_rows(request, context, question, snapshot)


@door(*ASKERS)
@require_POST
def rows(request: HttpRequest) -> HttpResponse:
    """Has the question of the address counted on the rows, or gives up waiting for it."""
    back = HttpResponseRedirect(f"{reverse('oversight:ask')}?{request.GET.urlencode()}")
    snapshot = cube.latest()
    question = question_of(request, snapshot, exact=True)[1] if snapshot else None
    if question is None:
        return back
    try:
        if request.POST.get("langkah") == "berhenti":
            questions.give_up(question)
            messages.success(request, _("Anda tidak menunggu pertanyaan ini lagi."))
        else:
            questions.want(question)
    except InputError as error:
        messages.error(request, str(error))
    return back


def _on_rows(request: HttpRequest, context: dict[str, Any], question: Question, snapshot: Snapshot) -> HttpResponseBase:
    asked = questions.look(question)
    waits = asked.state in _WAITS
    about = {"asked": asked, "waits": waits, "query": _address(request), "progress": _progress(asked), "before": asked.before}
    if wants_part(request):
        answer = part(request, "oversight/question_state.html", about)
        if not waits:
            answer["HX-Refresh"] = "true"
        return answer
    context |= about | {"rows": format_number(snapshot.rows)}
    if asked.state == "answered" and asked.answer is not None:
        return _answered(request, context, asked.answer)
    return _page(request, context | {"words": in_words(question)}, live=waits)


def _progress(asked: Asked) -> Progress | None:
    if asked.state != "counting":
        return None
    return Progress(_("{percent} % sudah dihitung.").format(percent=round(100 * asked.done)), round(100 * asked.done), 100)


def _answered(request: HttpRequest, context: dict[str, Any], exact: Answer) -> HttpResponseBase:
    """The answer as this person may see it, on the page or as a file; what was seen exactly, or taken away, is remembered."""
    wants_exact = questions.may_see_exact(current()) and request.GET.get("tepat") == "on"
    answer = exact if wants_exact else cube.protect(exact)
    wants_file = request.GET.get("bentuk") in ("csv", "xlsx")
    if wants_exact or wants_file:
        with speaking("id"):
            reason = in_words(answer.question)
        action = "coverage.exact_seen" if wants_exact else "cells.read"
        audit.record(action, "region", None, fields=("file",) if wants_file else ("all",), reason=reason)
    if wants_file:
        return shown.file(request, answer)
    words = in_words(answer.question)
    lines, leaf = shown.shown_table(request, answer, words, printing=printing(request))
    query = _address(request)
    context |= {
        "answer": answer, "words": words, "table": lines, "paged": leaf, "query": query, "file": f"?{query}",
        "facts": shown.facts(answer, words, f"{request.path}?{query}"), "notes": shown.notes(answer),
        "chart": shown.chart_of(answer, words), "count": len(answer.rows),
        "most": shown.PRINTED if printing(request) else shown.ON_SCREEN, "print": with_query(request, cetak=1, hal=None),
    }  # fmt: skip
    return _page(request, context, charts=True)


def _page(request: HttpRequest, context: dict[str, Any], *, live: bool = False, charts: bool = False) -> HttpResponse:
    return page(
        request,
        "oversight/question.html",
        context,
        title=_("Tanya kubus cakupan"),
        crumbs=crumbs(request),
        live=live,
        charts=charts,
    )


def _folded(form: QuestionForm) -> list[tuple[Any, bool]]:
    """Filters, each with whether it is used or wrong, and so stands open."""
    return [(form[name], bool(form[name].errors) or bool(form.is_bound and form[name].value())) for name in FOLDED]


def _without_blanks(request: HttpRequest) -> str:
    told = {name: [one for one in values if one != ""] for name, values in request.GET.lists()}
    return urlencode({name: values for name, values in told.items() if values}, doseq=True)


def _address(request: HttpRequest) -> str:
    """The question alone: nothing of the page, the order or the form it is shown in."""
    told = {name: values for name, values in request.GET.lists() if name in QuestionForm.base_fields}
    return urlencode(told, doseq=True)


def _examples(snapshot: Snapshot) -> list[Link]:
    """Questions to begin with, of the last months; the last one is not held by the cells."""
    last = format_month(snapshot.last_month)
    year = format_month(max(add_months(snapshot.last_month, -11), snapshot.first_month))
    told: list[tuple[str, dict[str, Any]]] = [
        (_("Peserta aktif tiap provinsi"), {"dari": last, "ukuran": ["active"], "menurut": ["province"]}),
        (
            _("Siapa yang berhenti setahun ini, menurut pembayarnya"),
            {"dari": year, "sampai": last, "ukuran": ["lapsed"], "menurut": ["month", "payer"]},
        ),
        (
            _("Laki-laki dan perempuan yang membayar sendiri, menurut umur"),
            {"dari": last, "ukuran": ["active", "ever"], "menurut": ["sex", "age"], "segmen": ["bpu_self"]},
        ),
        (
            _("Dilaporkan dan aktif, menurut jenis kelamin (dihitung pada baris)"),
            {"dari": last, "ukuran": ["active", "reported"], "menurut": ["sex"]},
        ),
    ]  # fmt: skip
    address = reverse("oversight:ask")
    return [Link(text, f"{address}?{urlencode(asked, doseq=True)}") for text, asked in told]
