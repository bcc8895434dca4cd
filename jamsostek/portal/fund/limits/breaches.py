"""Broken limits: since when, with which plan and until when; risk proposes, the chief answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import breaches as actions
from jamsostek.fund.limits.rules import mending, rules
from jamsostek.fund.queries import limits as limit_queries
from jamsostek.fund.queries.breaches import NONE, OVERDUE, REFUSED, Broken, Plan, approved_trades, broken_now, plans
from jamsostek.fund.queries.limits import key_of
from jamsostek.law.labels import GRADES
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.limits.words import (
    BREACHES,
    above,
    basis_words,
    cited,
    limit_link,
    limit_words,
    of_fund,
    plan_tag,
    share_words,
    subject_words,
)
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, DateField, DecideForm, Empty, Fact, Form, Link, Table, Tag, done, table, today
from jamsostek.portal.screens.words import date

PROPOSERS = (Role.RISK,)


def _list() -> Link:
    return Link(_(BREACHES), reverse("limits:breaches"))


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """What is broken now, every plan there was, and trades that passed a limit by a named approval."""
    now = limit_queries.day(today())
    broken, planned, traded = broken_now(now), plans(now), approved_trades()
    told = mending()
    law = _("Batas yang dilampaui karena harga dipatuhi lagi dalam {months} bulan: {cited} ({grade}).")
    context = {
        "about": law.format(months=told.months, cited=cited(told.regulation, told.article), grade=_(GRADES[told.grade])),
        "table": _broken_table(broken),
        "plans": _plan_table(planned),
        "trades": _trade_table(traded),
        "empty": Empty(_("Tidak ada batas yang dilampaui"), _("Semua dana mematuhi batasnya hari ini.")),
    }
    return screen(request, "limits/breaches.html", context, title=_(BREACHES), here="limits:breaches", above=[above()])


def _broken_table(found: list[Broken]) -> Table:
    columns = [
        Column(_("Batas"), lambda one: limit_link(one.standing)),
        Column(_("Dana"), lambda one: of_fund(one.standing.limit.fund, one.standing.limit.rule.base)),
        Column(_("Tentang"), lambda one: subject_words(one.standing.subject_name)),
        Column(_("Bagian"), lambda one: share_words(one.standing.held_rupiah, one.standing.base_rupiah), number=True),
        Column(_("Kelebihan atau kekurangan"), lambda one: format_rupiah(-one.standing.room_rupiah), number=True),
        Column(_("Sejak"), lambda one: date(one.since)),
        Column(_("Rencana"), _plan_cell),
    ]
    return table(_("Dilampaui hari ini"), columns, found)


def _plan_cell(one: Broken) -> Link | Tag:
    """To the plan; or to the form, for whoever may propose one."""
    if one.plan is not None and one.state not in (REFUSED, OVERDUE, NONE):
        return Link(_("Rencana sampai {day}").format(day=date(one.plan.mend_by)), reverse("limits:plan", args=[one.plan.pk]))
    if current().may(Can.CHECK_TRADE):
        fund, rule, subject = key_of(one.standing)
        return Link(
            _("Usulkan rencana"), f"{reverse('limits:propose')}?{urlencode({'dana': fund, 'batas': rule, 'tentang': subject})}"
        )
    return plan_tag(one.state)


def _plan_table(found: list[Plan]) -> Table:
    columns = [
        Column(_("Rencana"), lambda one: Link(one.title, reverse("limits:plan", args=[one.row.pk]))),
        Column(_("Dana"), lambda one: _fund_of(one)),
        Column(_("Tentang"), lambda one: subject_words(one.row.subject_name)),
        Column(_("Sejak"), lambda one: date(one.row.since)),
        Column(_("Pulih paling lambat"), lambda one: date(one.row.mend_by)),
        Column(_("Keadaan"), lambda one: plan_tag(one.state)),
    ]
    return table(_("Semua rencana, yang terbaru di atas"), columns, found)


def _fund_of(one: Plan) -> str:
    rule = rules().get(one.row.rule.removeprefix("board:"))
    return of_fund(one.row.fund, rule.base if rule and not one.row.rule.startswith("board:") else "")


def _trade_table(found: list[Any]) -> Table:
    columns = [
        Column(_("Transaksi"), lambda one: one.trade.reference),
        Column(_("Dana"), lambda one: fund_title(one.trade.fund)),
        Column(_("Efek"), lambda one: one.trade.instrument.code),
        Column(_("Rencana"), lambda one: one.plan),
        Column(_("Disetujui"), lambda one: by(one.by, one.at)),
        Column(_("Pulih paling lambat"), lambda one: _mended(one)),
    ]
    return table(_("Transaksi yang melampaui batas dengan persetujuan"), columns, found)


def _mended(one: Any) -> Any:
    return date(one.mended_by) if one.mended_by >= today() else Tag(_("lewat: {day}").format(day=date(one.mended_by)), "bad")


# --- proposing --------------------------------------------------------------------------------------------------------


class PlanForm(Form):
    """How, and until when."""

    plan = forms.CharField(
        label=N_("Rencana perbaikan"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=N_("Apa yang dijual atau dibeli, dan kapan."),
    )
    mend_by = DateField(label=N_("Pulih paling lambat"))


@door(*PROPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponseBase:
    """A plan for a limit that is broken."""
    asked = (request.GET.get("dana", ""), request.GET.get("batas", ""), request.GET.get("tentang", ""))
    found = next((one for one in broken_now(limit_queries.day(today())) if key_of(one.standing) == asked), None)
    if found is None:
        return done(request, "limits:breaches", _("Batas itu tidak dilampaui sekarang."))
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.propose(
                fund=asked[0], rule=asked[1], subject=asked[2], plan=given["plan"], mend_by=given["mend_by"], today=today()
            )
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            words = _("Rencana diusulkan. Berlaku sesudah pimpinan dana menyetujuinya.")
            return done(request, reverse("limits:plan", args=[made.pk]), words)
    latest = actions.latest_mending(found.since)
    context = {
        "facts": [*_broken_facts(found), Fact(_("Paling lambat menurut peraturan"), date(latest))],
        "form": form, "yes": _("Usulkan rencana"), "back": reverse("limits:breaches"),
    }  # fmt: skip
    title = _("Usulkan rencana perbaikan")
    return screen(request, "limits/form.html", context, title=title, here="limits:breaches", above=[above(), _list()])


def _broken_facts(one: Broken) -> list[Fact]:
    standing = one.standing
    return [
        Fact(_("Batas"), limit_link(standing)),
        Fact(_("Dana"), of_fund(standing.limit.fund, standing.limit.rule.base)),
        Fact(_("Tentang"), subject_words(standing.subject_name)),
        Fact(_("Batasnya"), limit_words(standing.limit)),
        Fact(_("Dasar"), basis_words(standing.limit)),
        Fact(_("Sekarang"), format_rupiah(standing.held_rupiah)),
        Fact(_("Bagian"), share_words(standing.held_rupiah, standing.base_rupiah)),
        Fact(_("Kelebihan atau kekurangan"), format_rupiah(-standing.room_rupiah)),
        Fact(_("Dilampaui sejak"), date(one.since)),
    ]


# --- one, and the answer ----------------------------------------------------------------------------------------------


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, breach_id: int) -> HttpResponseBase:
    """A plan with its history; the chief answers here."""
    found = next(iter(plans(limit_queries.day(today()), ids=[breach_id])), None)
    if found is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.did(lambda: actions.answer(breach_id=breach_id, approved=form.approved, reason=form.cleaned_data["decision"])):
        return done(request, request.path, _("Rencana disetujui.") if form.approved else _("Rencana dikembalikan."))
    why_not = _why_not(found)
    context = {
        "tag": plan_tag(found.state), "facts": _plan_facts(found), "why_not": why_not,
        "form": form if not _answer(found) and not why_not else None,
        "about": _("Lihat keadaan batasnya sekarang sebelum menjawab."), "yes": _("Simpan keputusan"),
        "back": reverse("limits:breaches"),
    }  # fmt: skip
    title = _("Rencana untuk {limit}").format(limit=found.title)
    return screen(request, "limits/form.html", context, title=title, here="limits:breaches", above=[above(), _list()])


def _answer(found: Plan) -> Any:
    return getattr(found.row, "answer", None)


def _why_not(found: Plan) -> str:
    if _answer(found):
        return ""
    if not current().may(Can.APPROVE_BREACH):
        return _("Pimpinan dana yang menjawabnya.")
    return _("Anda sendiri yang mengusulkan rencana ini.") if found.row.proposed_by == current().user_id else ""


def _plan_facts(found: Plan) -> list[Fact]:
    row, answer = found.row, _answer(found)
    facts = [
        Fact(_("Dana"), _fund_of(found)),
        Fact(_("Tentang"), subject_words(row.subject_name)),
        Fact(_("Dilampaui sejak"), date(row.since)),
        Fact(_("Dilihat"), date(row.seen_on)),
        Fact(_("Ketika itu"), format_rupiah(row.held_rupiah)),
        Fact(_("Bagian"), share_words(row.held_rupiah, row.base_rupiah)),
        Fact(_("Batas"), format_rupiah(row.limit_rupiah)),
        Fact(_("Rencana perbaikan"), row.plan),
        Fact(_("Pulih paling lambat"), date(row.mend_by)),
        Fact(_("Diusulkan"), by(row.proposed_by, row.proposed_at)),
    ]
    if answer:
        label = _("Disetujui") if answer.approved else _("Dikembalikan")
        facts.append(Fact(label, f"{by(answer.answered_by, answer.answered_at)} {answer.reason}".strip()))
    return facts
