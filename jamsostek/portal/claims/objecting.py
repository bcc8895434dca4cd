"""Against a decision: an objection written down for somebody, and its judgement by whoever had no part in the decision."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.claims.actions import objecting
from jamsostek.claims.models import Objection
from jamsostek.core.text import N_, _
from jamsostek.portal.claims import frame, words
from jamsostek.portal.claims.frame import DECIDERS, OFFICERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Fact, Form, done, today


class ObjectForm(Form):
    """What is said against the decision, in their words."""

    level = forms.ChoiceField(
        label=N_("Diajukan kepada"), choices=list(words.LEVELS.items()), widget=forms.RadioSelect, initial="objection"
    )
    grounds = forms.CharField(
        label=N_("Isi keberatan"), widget=forms.Textarea, max_length=2000, help_text=N_("Tulis seperti yang dikatakan pemohon.")
    )


@door(*OFFICERS)
def object_to(request: HttpRequest, number: str) -> HttpResponseBase:
    """On behalf of who filed it: by letter, at the desk, or told to us by those it was brought before."""
    claim = frame.of(number)
    frame.workable(claim)
    it: Ask[Objection] = Ask(
        title=_("Catat keberatan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Catat keberatan"),
        about=words.title(claim),
        text=_("Keberatan tidak dikenai biaya. Yang memutuskannya bukan yang ikut memutuskan klaimnya."),
        act=lambda told: objecting.object_to(claim_id=claim.pk, grounds=told["grounds"], level=told["level"], today=today()),
        facts=lambda told: [
            Fact(_("Diajukan kepada"), _(words.LEVELS[told["level"]])),
            Fact(_("Isi keberatan"), told["grounds"]),
        ],
        done=lambda _made, _told: done(request, frame.url("case", claim), _("Keberatan dicatat.")),
    )
    return ask(request, ObjectForm(request.POST or None), it)


class JudgeForm(Form):
    """Whether it is right, and why; the person reads it."""

    answer = forms.ChoiceField(
        label=N_("Putusan atas keberatan"),
        choices=[("ya", N_("Diterima: klaim dibuka lagi")), ("tidak", N_("Tidak diterima"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=N_("Alasan"), widget=forms.Textarea, max_length=2000, help_text=N_("Pemohon membacanya."))


@door(*DECIDERS)
def judge(request: HttpRequest, number: str, objection_id: int) -> HttpResponseBase:
    """By nobody who had a part in the decision."""
    claim = frame.of(number)
    frame.workable(claim, Can.DECIDE_CLAIM)
    row = Objection.objects.filter(pk=objection_id, claim=claim).first()
    if row is None:
        raise not_yours(_("Keberatan ini tidak ada."))
    it: Ask[Objection] = Ask(
        title=_("Putuskan keberatan"),
        crumbs=frame.above(frame.claim_link(claim)),
        yes=_("Simpan putusan"),
        about=words.title(claim),
        text=_("Isi keberatan: {grounds}").format(grounds=row.grounds),
        act=lambda told: objecting.judge(
            objection_id=row.pk, upheld=told["answer"] == "ya", reason=told["reason"], today=today()
        ),
        facts=lambda told: [
            Fact(
                _("Putusan atas keberatan"), _("Diterima: klaim dibuka lagi") if told["answer"] == "ya" else _("Tidak diterima")
            ),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _made, _told: done(request, frame.url("case", claim), _("Putusan disimpan; pemohon membacanya.")),
    )
    return ask(request, JudgeForm(request.POST or None), it)
