"""Work on a claim: begin with it, ask for what is missing, take it up again, write to who filed it, compute it and keep that."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.claims.actions import work
from jamsostek.claims.choices import WAITINGS, State, Waiting
from jamsostek.claims.models import Assessment, Claim, Event
from jamsostek.claims.queries.knowing import comes_to
from jamsostek.claims.queries.papers import still_wanted
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import OFFICERS
from jamsostek.portal.officer.asking import Answers, Ask, ask
from jamsostek.portal.screens import Fact, Form, done, today
from jamsostek.portal.screens.words import date

MEANT = (Waiting.PAPERS, Waiting.DOCTOR, Waiting.ARREARS, Waiting.COURT, Waiting.MONTH, Waiting.ACCOUNT)


class NoForm(Form):
    """Nothing to answer: only whether to go on."""


@door(*OFFICERS)
def serve(request: HttpRequest, number: str) -> HttpResponseBase:
    """Begins with a claim. Where older ones wait, that will be seen."""
    claim = frame.of(number)
    frame.workable(claim)
    older = Claim.objects.filter(state=State.SUBMITTED, regency_code=claim.regency_code, place__lt=claim.place or 0).count()
    it: Ask[Claim] = Ask(
        title=_("Mulai kerjakan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Mulai kerjakan"),
        about=words.title(claim),
        text=_("Ada klaim yang lebih dahulu masuk dan menunggu. Bila klaim ini didahulukan, itu tercatat dan terlihat.")
        if older
        else "",
        act=lambda _told: work.serve(claim_id=claim.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Klaim"), words.title(claim)),
            Fact(_("Yang lebih dahulu menunggu"), _("{count} klaim").format(count=older)),
        ],
        done=lambda _claim, _told: done(request, frame.url("case", claim), _("Dicatat: Anda mulai mengerjakan klaim ini.")),
    )
    return ask(request, NoForm(request.POST if request.method == "POST" else None), it)


class AskForm(Form):
    """Everything that is missing, in one message; what is waited for."""

    waiting_for = forms.ChoiceField(
        label=N_("Yang ditunggu"),
        choices=[(str(one), WAITINGS[one]) for one in MEANT],
        widget=forms.RadioSelect,
        initial="papers",
    )
    text = forms.CharField(
        label=N_("Pesan kepada pemohon"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=N_("Sebutkan semuanya sekaligus: apa yang kurang dan di mana mendapatkannya. Pemohon membaca pesan ini."),
    )


@door(*OFFICERS)
def ask_papers(request: HttpRequest, number: str) -> HttpResponseBase:
    """Asks for all of it at once; the clock stands till it comes."""
    claim = frame.of(number)
    frame.workable(claim)
    wanted = [words.document(one) for one in still_wanted(claim)]
    it: Ask[Claim] = Ask(
        title=_("Minta berkas"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Kirim, hentikan jam"),
        about=words.title(claim),
        text=_("Yang belum ada menurut daftar: {names}.").format(names=", ".join(wanted)) if wanted else "",
        act=lambda told: work.ask_papers(
            claim_id=claim.pk, text=told["text"], today=today(), waiting_for=Waiting(told["waiting_for"])
        ),
        facts=lambda told: [
            Fact(_("Yang ditunggu"), _(WAITINGS[Waiting(told["waiting_for"])])),
            Fact(_("Pesan kepada pemohon"), told["text"]),
            *([Fact(_("Berkas yang diminta"), ", ".join(wanted))] if wanted else []),
            Fact(_("Jam"), _("Berhenti sampai yang ditunggu datang")),
        ],
        done=lambda _claim, _told: done(
            request, frame.url("case", claim), _("Terkirim. Jam berhenti sampai yang ditunggu datang.")
        ),
    )
    return ask(request, AskForm(request.POST or None), it)


@door(*OFFICERS)
def answered(request: HttpRequest, number: str) -> HttpResponseBase:
    """What was waited for is there."""
    claim = frame.of(number)
    frame.workable(claim)
    it: Ask[Claim] = Ask(
        title=_("Yang ditunggu sudah ada"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Kembalikan ke antrean"),
        about=words.title(claim),
        act=lambda _told: work.answered(claim_id=claim.pk, today=today()),
        facts=lambda _told: [Fact(_("Yang ditunggu"), words.waiting(claim)), Fact(_("Jam"), _("Berjalan lagi mulai hari ini"))],
        done=lambda made, _told: done(
            request,
            frame.url("case", claim),
            _("Klaim kembali ke urutannya. Hari terakhir: {day}.").format(day=date(made.due_on) if made.due_on else ""),
        ),
    )
    return ask(request, NoForm(request.POST if request.method == "POST" else None), it)


class MessageForm(Form):
    """To who filed the claim."""

    text = forms.CharField(
        label=N_("Pesan"), widget=forms.Textarea, max_length=2000, help_text=N_("Pemohon membacanya bersama klaimnya.")
    )


@door(*OFFICERS)
def message(request: HttpRequest, number: str) -> HttpResponseBase:
    """Writes to who filed it."""
    claim = frame.of(number)
    frame.workable(claim)
    it: Ask[Event] = Ask(
        title=_("Tulis pesan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Kirim"),
        about=words.title(claim),
        act=lambda told: work.message(claim_id=claim.pk, text=told["text"], today=today()),
        facts=lambda told: [Fact(_("Pesan"), told["text"])],
        done=lambda _event, _told: done(request, frame.url("history", claim), _("Pesan terkirim.")),
    )
    return ask(request, MessageForm(request.POST or None), it)


class BecauseForm(Form):
    """Why it is computed now."""

    because = forms.CharField(label=N_("Mengapa dihitung"), max_length=200)


@door(*OFFICERS)
def assess(request: HttpRequest, number: str) -> HttpResponseBase:
    """Computes and keeps what it came to, beside what was kept before."""
    claim = frame.of(number)
    frame.workable(claim)

    def facts(told: Answers) -> list[Fact]:
        now = comes_to(claim, today=today())
        return [
            Fact(_("Hasil"), shown.outcome_words(now.outcome)),
            Fact(_("Sekaligus"), format_rupiah(now.rupiah)),
            Fact(_("Mengapa dihitung"), told["because"]),
        ]

    it: Ask[Assessment] = Ask(
        title=_("Hitung dan simpan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan hitungan"),
        about=words.title(claim),
        act=lambda told: work.assess(claim_id=claim.pk, because=told["because"], today=today()),
        facts=facts,
        done=lambda made, _told: done(
            request,
            frame.url("case", claim),
            _("Hitungan {number}: {rupiah}.").format(number=made.number, rupiah=format_rupiah(made.rupiah)),
        ),
    )
    return ask(request, BecauseForm(request.POST or None), it)
