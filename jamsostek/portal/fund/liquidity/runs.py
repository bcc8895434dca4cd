"""Stress tests that were kept: the list, one with the chief's answer, two side by side, a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.text import N_, _
from jamsostek.fund import scenarios
from jamsostek.fund.actions import stress as actions
from jamsostek.fund.models import StressRun
from jamsostek.fund.queries import stressing
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.liquidity import results, words
from jamsostek.portal.fund.liquidity.home import home_link
from jamsostek.portal.fund.liquidity.testing import said
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, DecideForm, Empty, Fact, Form, Link, Table, Tag, done, export, paged, table
from jamsostek.portal.screens.words import date

LISTED = 200
"""So many runs can be chosen to be compared."""


def runs_link() -> Link:
    """The list of runs."""
    return Link(_("Uji yang tersimpan"), reverse("liquidity:runs"))


def state(run: StressRun) -> Tag:
    """Whether it was answered."""
    answer = getattr(run, "answer", None)
    if answer is None:
        return Tag(_("Menunggu pimpinan"), "warn")
    return Tag(_("Disetujui"), "good") if answer.approved else Tag(_("Ditolak"), "bad")


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first."""
    shown = paged(request, stressing.kept())
    columns = [
        Column(_("Uji"), lambda one: Link(one.title, reverse("liquidity:run", args=[one.pk]))),
        Column(_("Skenario"), lambda one: words.scenario(one.scenario)),
        Column(_("Keadaan"), lambda one: date(one.as_of)),
        Column(_("Disimpan"), lambda one: by(one.made_by, one.made_at)),
        Column(_("Keputusan"), state),
    ]
    context = {
        "table": table(_("Uji yang tersimpan"), columns, shown.rows), "paged": shown,
        "empty": Empty(_("Belum ada uji yang tersimpan"), _("Buat uji ketahanan, lalu simpan hasilnya."),
                       Link(_("Uji ketahanan"), reverse("liquidity:test"))),
    }  # fmt: skip
    return screen(
        request, "liquidity/runs.html", context, title=_("Uji yang tersimpan"), here="liquidity:runs", above=[home_link()]
    )


def _one(stress_id: int) -> StressRun:
    try:
        return stressing.run(stress_id)
    except Refused:
        raise Http404 from None


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, stress_id: int) -> HttpResponseBase:
    """All of it; the chief answers here what somebody else made."""
    run = _one(stress_id)
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.decide(run_id=stress_id, approved=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Uji disetujui.") if form.approved else _("Uji ditolak."))
    answer = getattr(run, "answer", None)
    context = {
        "run": run,
        "tag": state(run),
        "of": said(run.scenario, run.as_of, run.region, run.used),
        "facts": _facts(run, answer),
        **results.drawn(run.results, run.scenario, run.used),
        "parameters": results.parameters(scenarios.parameters(run.as_of), run.used),
        "form": form if answer is None and current().may(Can.APPROVE_FUND) and run.made_by != current().user_id else None,
    }
    return screen(request, "liquidity/run.html", context, title=run.title, above=[home_link(), runs_link()])


def _facts(run: StressRun, answer: Any) -> list[Fact]:
    found = [
        Fact(_("Rujukan"), run.reference),
        Fact(_("Disimpan"), by(run.made_by, run.made_at)),
        Fact(_("Sidik"), bytes(run.digest).hex()),
    ]
    if answer is not None:
        found.append(Fact(_("Keputusan"), f"{by(answer.by, answer.at)} {answer.reason}".strip()))
    return found


@door(*READERS)
@require_safe
def download(request: HttpRequest, stress_id: int) -> HttpResponseBase:
    """Every figure as a file."""
    run = _one(stress_id)
    audit.record("fund.figures_exported", "stress_run", run.pk, fields=("file",))
    return export(request, f"{_('uji-ketahanan')}-{run.pk}", *results.flat(run.results, run.scenario, run.used))


# --- two side by side --------------------------------------------------------------------------------------------------------


class PairForm(Form):
    """Which two."""

    a = forms.TypedChoiceField(label=N_("Uji pertama"), coerce=int)
    b = forms.TypedChoiceField(label=N_("Uji kedua"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(run.pk), f"{run.title} ({run.reference})") for run in stressing.kept()[:LISTED]]
        for name in ("a", "b"):
            self.fields[name].choices = found  # type: ignore[attr-defined]


@door(*READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """Two kept runs side by side: `?a=3&b=5`."""
    form = PairForm(request.GET if "a" in request.GET or "b" in request.GET else None)
    context: dict[str, Any] = {"form": form, "empty": Empty(_("Pilih dua uji"), _("Keduanya dibandingkan dana demi dana."))}
    if form.is_bound and form.is_valid():
        pair = [_one(form.cleaned_data[name]) for name in ("a", "b")]
        context |= {"pair": pair, "table": _beside(*pair), "changed": _changed(*pair)}
    return screen(request, "liquidity/compare.html", context, title=_("Bandingkan dua uji"), above=[home_link(), runs_link()])


def _beside(first: StressRun, second: StressRun) -> Table:
    rows = [
        (fund, name, first.results["funds"][fund]["after"], second.results["funds"][fund]["after"])
        for fund, _told in results.by_fund(first.results)
        for name in ("worth_after_rupiah", "lowest_rupiah", "lost_by_sales_rupiah", "unpaid_rupiah")
    ]
    columns = [
        Column(_("Dana"), lambda row: fund_title(row[0])),
        Column(_("Ukuran"), lambda row: _(results.MEASURES[row[1]])),
        Column(first.reference, lambda row: words.signed_rupiah(row[2][row[1]]), number=True),
        Column(second.reference, lambda row: words.signed_rupiah(row[3][row[1]]), number=True),
        Column(_("Selisih"), lambda row: words.signed_rupiah(row[3][row[1]] - row[2][row[1]]), number=True),
    ]
    return table(_("Hasilnya berdampingan"), columns, rows)


def _changed(first: StressRun, second: StressRun) -> Table:
    known = scenarios.parameters(second.as_of)
    differing = [one for name, one in known.items() if first.used.get(name) != second.used.get(name)]
    columns = [
        Column(_("Parameter"), lambda one: one.title),
        Column(first.reference, lambda one: words.value(one, first.used.get(one.id, one.value))),
        Column(second.reference, lambda one: words.value(one, second.used.get(one.id, one.value))),
    ]
    return table(_("Parameter yang berbeda"), columns, differing)
