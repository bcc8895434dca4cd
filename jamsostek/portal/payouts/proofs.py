"""Proofs at an office: the queue, one of them judged against the law, and one recorded for somebody at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.actions import rights as actions
from jamsostek.claims.actions.common import place_of
from jamsostek.claims.models import Proof, ProofPaper
from jamsostek.claims.queries import evidence, rights
from jamsostek.claims.queries.desk import may
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.entitlement import Condition, Met
from jamsostek.portal.payouts import papers, words
from jamsostek.portal.payouts.frame import (
    ASSESSORS,
    RIGHT_READERS,
    above_right,
    claim_link,
    right_tabs,
    screen,
    who,
)
from jamsostek.portal.payouts.giving import FORMS, given
from jamsostek.portal.payouts.rights import LISTED
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name

MET: dict[Met, Tone] = {Met.MET: "good", Met.NOT_MET: "bad", Met.UNKNOWN: "warn"}


class JudgeForm(Form):
    """Whether a proof shows what it should."""

    answer = forms.ChoiceField(
        label=N_("Apakah buktinya cukup?"), choices=[("ya", N_("Ya, terima")), ("tidak", N_("Tidak"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=N_("Alasan bila tidak"), max_length=500, required=False, widget=forms.Textarea,
        help_text=N_("Penerima membaca alasan ini."),
    )  # fmt: skip


@door(*RIGHT_READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """Proofs that nobody has looked at, the oldest first."""
    found = paged(request, rights.waiting_proofs())
    rights.looked([one.benefit for one in found.rows], reason=LISTED)
    day = today()
    columns = [
        Column(_("Bukti"), lambda one: Link(_(words.PROOFS[one.kind]), reverse("rights:proof", args=[one.pk]))),
        Column(_("Penerima"), lambda one: one.benefit.party.name),
        Column(_("Hak"), lambda one: rights.title(one.benefit)),
        Column(_("Bulan"), words.proof_month),
        Column(_("Wilayah"), lambda one: regions_name(one.benefit.regency_code)),
        Column(_("Diberikan"), lambda one: date(one.given_on)),
        Column(_("Menunggu"), lambda one: _("{count} hari").format(count=(day - one.given_on).days), number=True),
    ]
    context = {
        "tabs": right_tabs("proofs"),
        "table": table(_("Bukti yang menunggu, yang paling lama di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada bukti yang menunggu"), _("Bukti dari penerima tampak di sini menurut urutannya.")),
    }
    return screen(request, "payouts/list.html", context, title=_("Bukti menunggu"), crumbs=above_right())


def _facts(row: Proof) -> list[Fact]:
    benefit = row.benefit
    found = [
        Fact(_("Hak"), Link(words.right_title(benefit), reverse("rights:right", args=[benefit.pk]))),
        Fact(_("Klaim"), claim_link(row.claim)),
        Fact(_("Bulan"), month_words(row.month)),
        Fact(_("Yang dikatakan"), words.proof_told(row)),
        Fact(_("Diberikan"), f"{who(row.given_by)}, {date(row.given_on)}"),
    ]
    if row.accepted is not None and row.accepted_on is not None:
        found.append(Fact(_("Diperiksa"), f"{who(row.accepted_by)}, {date(row.accepted_on)}"))
    if row.reason:
        found.append(Fact(_("Alasan"), row.reason))
    if row.rupiah:
        found.append(Fact(_("Membawa"), format_rupiah(row.rupiah)))
    return found


def _conditions(found: list[Condition]) -> Any:
    columns = [
        Column(_("Syarat"), lambda one: one.title_words),
        Column(_("Keadaan"), lambda one: Tag(one.met_words, MET[one.met])),
        Column(_("Faktanya"), lambda one: one.fact_words),
        Column(_("Pasal"), lambda one: one.article_words),
    ]
    return table(_("Yang diminta undang-undang"), columns, found) if found else None


@door(*RIGHT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, proof_id: int) -> HttpResponseBase:
    """One proof held against the law, and the officer's word."""
    row = rights.proof(proof_id)
    rights.looked([row.benefit], reason=LISTED)
    may_judge = may(row.claim, Can.ASSESS_CLAIM)
    mine = row.given_by is not None and row.given_by == current().user_id
    works = may_judge and not mine
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_judge:
        current().need(Can.ASSESS_CLAIM, place_of(row.claim))
        raise Refused(_("Tidak seorang pun memeriksa klaimnya sendiri."))
    if form.is_bound and form.is_valid():
        accepted = form.cleaned_data["answer"] == "ya"
        try:
            actions.judge_proof(proof_id=row.pk, accepted=accepted, reason=form.cleaned_data["reason"], today=today())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            text = _("Bukti diterima.") if accepted else _("Bukti tidak diterima; penerima membaca alasannya.")
            return done(request, "rights:proofs", text)
    waits, sent = row.accepted is None, evidence.of_proof(row)
    context = {
        "facts": _facts(row),
        "conditions": _conditions(rights.conditions_of(row, today())) if waits else None,
        "form": form if waits and works else None,
        "why_not": _why_not(mine=mine) if waits and not works else "",
        "notice": _notice(row, waits, sent),
        "pictures": [
            (reverse("rights:paper", args=[row.pk, one.pk]), reverse("rights:picture", args=[row.pk, one.pk]), papers.name(one))
            for one in sent
        ],
        "yes": _("Simpan"),
        "back": reverse("rights:proofs"),
    }
    crumbs = above_right(Link(_("Bukti menunggu"), reverse("rights:proofs")))
    title = _("{proof}: {name}").format(proof=_(words.PROOFS[row.kind]), name=row.benefit.party.name)
    return screen(request, "payouts/form.html", context, title=title, crumbs=crumbs)


def _why_not(*, mine: bool) -> str:
    if mine:
        return _("Anda yang mencatat bukti ini; rekan Anda yang memeriksanya.")
    return _("Petugas cabang yang memeriksanya; Anda hanya dapat melihatnya.")


def _notice(row: Proof, waits: bool, sent: Sequence[ProofPaper]) -> str:
    if not waits:
        return words.proof_tag(row).text
    return "" if sent else _("Tidak ada foto atau surat yang dikirim. Terima hanya bila Anda sudah melihat aslinya.")


@door(*RIGHT_READERS)
@require_safe
def paper(request: HttpRequest, proof_id: int, paper_id: int) -> HttpResponseBase:
    """A letter or photo of a proof, as it is kept."""
    return papers.whole(rights.proof(proof_id).pk, paper_id)


@door(*RIGHT_READERS)
@require_safe
def picture(request: HttpRequest, proof_id: int, paper_id: int) -> HttpResponseBase:
    """The same, small."""
    return papers.small(rights.proof(proof_id).pk, paper_id)


@door(*ASSESSORS)
@require_http_methods(["GET", "HEAD", "POST"])
def at_office(request: HttpRequest, benefit_id: int) -> HttpResponseBase:
    """A proof recorded for somebody who came; that somebody lives is accepted at once, for it was seen."""
    row = rights.benefit(benefit_id)
    current().need(Can.ASSESS_CLAIM, place_of(row.claim))
    wanted, back = rights.wanted(row, today()), reverse("rights:right", args=[row.pk])
    if wanted is None or wanted.kind not in FORMS:
        raise Http404(benefit_id)
    rights.looked([row], reason=LISTED)
    form = FORMS[wanted.kind](row, *([request.POST, request.FILES] if request.method == "POST" else []))
    if wanted.possible and form.is_bound and form.is_valid():
        made = given(form, row, wanted.month)
        if made is not None:
            return done(request, back, _("Bukti diterima.") if made.accepted else _("Bukti dicatat; petugas lain memeriksanya."))
    context = {
        "form": form if wanted.possible else None,
        "why_not": "" if wanted.possible else _("Belum ada bukti baru yang diminta."),
        "about": _("Hanya bila Anda melihat sendiri orangnya atau suratnya."),
        "facts": [Fact(_("Hak"), words.right_title(row)), Fact(_("Bulan"), month_words(wanted.month))],
        "yes": _("Catat bukti"),
        "back": back,
    }
    crumbs = above_right(Link(words.right_title(row), back))
    return screen(request, "payouts/form.html", context, title=_(words.PROOFS[wanted.kind]), crumbs=crumbs)
