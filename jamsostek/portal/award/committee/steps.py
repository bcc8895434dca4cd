"""What becomes of an edition as a whole: opened by another than who wrote it, closed, cancelled."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.awards.actions import editions as actions
from jamsostek.awards.choices import EditionState, Step
from jamsostek.awards.queries import editions as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.contents import sections
from jamsostek.portal.award.committee.editions import HERE, above, version_words
from jamsostek.portal.award.committee.told import edition_link, state_tag, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.screens import Fact, Form, done
from jamsostek.portal.screens.words import date


class StepForm(Form):
    """Which version was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)


class CancelForm(StepForm):
    """And why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=500, help_text=N_("Semua orang dapat membacanya."))


def _step(request: HttpRequest, edition: str, step: Step, *, title: str, text: str, yes: str, said: str) -> HttpResponseBase:
    actions.need_nation()
    of = edition_of(edition)
    if request.method != "POST" and (words := _barred(of, step)):
        context = {"tag": state_tag(of), "sample": sample_words(of), "notice": words, "ways": [edition_link(of)]}
        return screen(request, "committee/base.html", context, title=title.format(name=title_of(of)), here=HERE, above=above(of))
    kind = CancelForm if step == Step.CANCELLED else StepForm
    form = kind(request.POST or None, initial={"version": of.version})

    def act() -> None:
        given = form.cleaned_data
        actions.step(code=of.code, step=step, reason=given.get("reason", ""), version=given["version"])

    if request.method == "POST" and form.did(act):
        return done(request, reverse("award_committee:edition", args=[of.code]), said)
    last = queries.versions(of.id)[0]
    facts = [
        Fact(_("Versi"), version_words(of, last)), Fact(_("Pencalonan dibuka"), date(of.says.days.nominate_from)),
        Fact(_("Hari terakhir bukti"), date(of.says.days.evidence_until)), Fact(_("Kategori"), str(len(of.says.categories))),
    ]  # fmt: skip
    context = {
        "form": form, "facts": facts, "text": text, "yes": yes, "danger": step == Step.CANCELLED, "sample": sample_words(of),
        "back": reverse("award_committee:edition", args=[of.code]), "tag": state_tag(of),
        "sections": sections(of.says) if step == Step.OPENED else [],
    }  # fmt: skip
    return screen(request, "committee/form.html", context, title=title.format(name=title_of(of)), here=HERE, above=above(of))


def _barred(of: Standing, step: Step) -> str:
    """Why there is nothing to decide here, before anybody tries; empty where there is."""
    if of.state in (EditionState.CLOSED, EditionState.CANCELLED):
        return _("Edisi ini sudah berakhir.")
    if step == Step.OPENED and of.state == EditionState.OPEN:
        return _("Edisi ini sudah dibuka.")
    if step == Step.OPENED and queries.versions(of.id)[0].made_by == current().user_id:
        return _("Anda yang menulis versi ini, jadi anggota panitia nasional yang lain membukanya.")
    if step == Step.CLOSED and of.state == EditionState.DRAFT:
        return _("Edisi ini belum dibuka.")
    return ""


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_it(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Opens it, by another than who wrote it."""
    return _step(
        request, edition, Step.OPENED, title=_("Buka {name}?"), yes=_("Buka edisi"), said=_("Edisi dibuka."),
        text=_("Sesudah dibuka, semua orang dapat membacanya, dan setiap perubahan memerlukan alasan. Baca isinya di bawah."),
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Ends it: nobody is nominated and nothing is written any more."""
    return _step(
        request, edition, Step.CLOSED, title=_("Tutup {name}?"), yes=_("Tutup edisi"), said=_("Edisi ditutup."),
        text=_("Sesudah ditutup, tidak ada yang dicalonkan dan tidak ada versi baru. Hasil yang sudah diputuskan tetap."),
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Ends it without a result."""
    return _step(
        request, edition, Step.CANCELLED, title=_("Batalkan {name}?"), yes=_("Batalkan edisi"), said=_("Edisi dibatalkan."),
        text=_("Edisi yang dibatalkan tidak dapat dibuka lagi. Semua yang sudah tercatat tetap ada."),
    )  # fmt: skip
