"""A decision: proposed by one with what it would pay, decided by another who sees all of it, above the limit by a third."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import deciding
from jamsostek.claims.choices import State
from jamsostek.claims.facts import Facts
from jamsostek.claims.models import Claim, Decision
from jamsostek.claims.queries import desk, signals
from jamsostek.claims.queries.cases import conditions_of, parts_of
from jamsostek.claims.queries.knowing import comes_to, facts_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import Condition, Met
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import DECIDERS, OFFICERS
from jamsostek.portal.claims.signals import told as signals_told
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.screens import Fact, Form, done, today

DECISION = [("setuju", N_("Setujui: hak ini dibayar")), ("tolak", N_("Tolak"))]


class ProposeForm(Form):
    """What should be decided, and why."""

    answer = forms.ChoiceField(label=N_("Usul Anda"), choices=DECISION, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=N_("Alasan"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=N_("Orang kedua membacanya; bila ditolak, juga pemohon. Sebut fakta dan berkasnya."),
    )


@door(*OFFICERS)
def propose(request: HttpRequest, number: str) -> HttpResponseBase:
    """On a computation of this moment."""
    claim = frame.of(number)
    frame.workable(claim)
    known = facts_of(claim, today=today())
    now = comes_to(claim, today=today(), facts=known)
    shares, why_nobody = shown.shares_of(claim, now.parts, known)

    def facts(told: Answers) -> Sequence[Fact]:
        if told["answer"] == "tolak":
            return [Fact(_("Usul"), _("Tolak")), *_grounds(now.conditions), Fact(_("Alasan"), told["reason"])]
        paid = [
            Fact(
                f"{one.party.name}: {desk.title_of(one.component)}",
                _paid(one.net_rupiah, monthly=one.monthly, held=bool(one.held)),
            )
            for one in shares
        ]
        return [
            Fact(_("Usul"), _("Setujui")),
            *paid,
            Fact(_("Sekaligus"), format_rupiah(now.rupiah)),
            Fact(_("Alasan"), told["reason"]),
        ]

    it: Ask[Decision] = Ask(
        title=_("Usulkan keputusan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Usulkan"),
        about=words.title(claim),
        text=_("Orang lain yang memutuskan; di atas batas, orang ketiga di kantor pusat."),
        act=lambda told: deciding.propose(
            claim_id=claim.pk, approve=told["answer"] == "setuju", reason=told["reason"], today=today()
        ),
        facts=facts,
        done=lambda _made, _told: done(request, frame.url("case", claim), _("Diusulkan. Sekarang orang kedua memeriksa.")),
    )
    context: dict[str, Any] = {
        "outcome": shown.outcome_words(now.outcome),
        "outcome_tone": shown.outcome_tone(now.outcome),
        "open_points": shown.unsettled(now.conditions),
        "shares": shown.shares_table(shares) if shares else None,
        "why_nobody": why_nobody if now.parts else "",
        "conditions": shown.conditions_table([one for one in now.conditions if one.met != Met.MET]),
    }
    return frame.ask_on(request, ProposeForm(request.POST or None), it, "claims/propose.html", context)


def _paid(rupiah: int, *, monthly: bool, held: bool) -> str:
    told = format_rupiah(rupiah)
    if monthly:
        return _("{rupiah} setiap bulan").format(rupiah=told)
    return _("{rupiah}, ditahan").format(rupiah=told) if held else told


def _grounds(conditions: Sequence[Condition]) -> list[Fact]:
    """The conditions a refusal rests on, each with its article."""
    return [
        Fact(one.title_words, f"{one.fact_words} ({one.article_words})")
        for one in conditions
        if one.required and (one.met == Met.NOT_MET or one.unsettled)
    ]


# --- the second and the third ---------------------------------------------------------------------------------------------


class DecideForm(Form):
    """Agreed, or sent back with what is wrong."""

    answer = forms.ChoiceField(
        label=N_("Keputusan Anda"),
        choices=[("setuju", N_("Setuju dengan usul ini")), ("kembali", N_("Kembalikan ke pengusul"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=N_("Alasan"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
        help_text=N_("Wajib bila dikembalikan: apa yang perlu diperbaiki."),
    )


@door(*DECIDERS)
def decide(request: HttpRequest, number: str) -> HttpResponseBase:
    """Shows what was proposed by whom on what, and what has changed since; by nobody who had a part in it."""
    claim = frame.of(number)
    third = claim.state == State.SECONDED
    frame.workable(claim, Can.DECIDE_LARGE_CLAIM if third else Can.DECIDE_CLAIM)
    audit.looked([claim.participant_id], ("claim",), "klaim")
    decision = claim.decisions.filter(final=None).select_related("assessment").first()
    if decision is None:
        return done(request, frame.url("case", claim), _("Tidak ada usul yang menunggu keputusan."))
    made = decision.assessment
    parts, stored = parts_of(made), Facts.from_plain(made.facts)
    shares, _why = shown.shares_of(claim, parts, stored) if decision.approve else ([], "")
    known = facts_of(claim, today=today())
    now = comes_to(claim, today=today(), facts=known)
    changes = shown.differences(claim, made, desk.changed_since(made, known, now.parts, now.law_digest), now.law_digest)
    users = desk.names([decision.proposed_by, decision.second_by, decision.third_by])
    it: Ask[Decision] = Ask(
        title=_("Putuskan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan keputusan"),
        about=words.title(claim),
        act=lambda told: deciding.decide(
            claim_id=claim.pk, agrees=told["answer"] == "setuju", reason=told["reason"], today=today()
        ),
        facts=lambda told: [
            Fact(_("Usul"), _("Setujui") if decision.approve else _("Tolak")),
            Fact(_("Besarnya"), format_rupiah(decision.rupiah)),
            Fact(_("Keputusan Anda"), _("Setuju") if told["answer"] == "setuju" else _("Kembalikan")),
            *([Fact(_("Alasan"), told["reason"])] if told["reason"] else []),
        ],
        done=lambda made, _told: done(request, frame.url("case", claim), _decided(made)),
    )
    context: dict[str, Any] = {
        "facts": shown.decision_facts(decision, users),
        "conditions": shown.conditions_table(conditions_of(made)),
        "open_points": shown.unsettled(conditions_of(made)),
        "parts": shown.parts_table(parts) if parts and decision.approve else None,
        "shares": shown.shares_table(shares) if shares else None,
        "other_amounts": shown.other_amounts(parts),
        "changes": changes,
        "case": frame.url("case", claim),
        "signals": signals_told(signals.of_claim(claim, today())),
        "mine": _mine(decision),
    }
    return frame.ask_on(request, DecideForm(request.POST or None), it, "claims/decide.html", context)


def _mine(decision: Decision) -> bool:
    return current().user_id in (decision.proposed_by, decision.second_by)


def _decided(made: Decision) -> str:
    if made.final is None:
        return _("Disetujui. Jumlahnya di atas batas: orang ketiga di kantor pusat memutuskan.")
    if not made.final:
        return _("Dikembalikan kepada pengusul.")
    return (
        _("Disetujui. Uangnya menjadi utang kami hari ini.")
        if made.approve
        else _("Ditolak. Suratnya menyebut pasal dan cara berkeberatan.")
    )


# --- taken up again -------------------------------------------------------------------------------------------------------


class ReopenForm(Form):
    """Why a decided claim is taken up again."""

    because = forms.CharField(label=N_("Alasan"), max_length=500, help_text=N_("Pemohon membacanya."))


@door(*OFFICERS)
def reopen(request: HttpRequest, number: str) -> HttpResponseBase:
    """Back at its old place in the order, with a fresh clock."""
    claim = frame.of(number)
    frame.workable(claim)
    it: Ask[Claim] = Ask(
        title=_("Buka lagi"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Buka lagi"),
        about=words.title(claim),
        text=_("Yang sudah dibayar tetap; keputusan baru hanya tentang selisihnya."),
        act=lambda told: deciding.reopen(claim_id=claim.pk, because=told["because"], today=today()),
        facts=lambda told: [Fact(_("Alasan"), told["because"])],
        done=lambda _claim, _told: done(request, frame.url("case", claim), _("Klaim dibuka lagi, di urutannya yang lama.")),
    )
    return ask(request, ReopenForm(request.POST or None), it)
