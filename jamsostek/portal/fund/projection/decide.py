"""Approving the figures of a projection: another person than who made it looks at what differs and at what it leads to."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import projections as actions
from jamsostek.portal.fund.projection import frame
from jamsostek.portal.fund.projection.run import facts
from jamsostek.portal.fund.projection.shown import changed, tiles
from jamsostek.portal.screens import Form, done


class AnswerForm(Form):
    """Yes or no, and why."""

    answer = forms.ChoiceField(
        label=N_("Keputusan Anda atas asumsinya"),
        choices=[("ya", N_("Setuju")), ("tidak", N_("Tolak"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=N_("Alasan"), required=False, max_length=actions.LONGEST_REASON, help_text=N_("Wajib bila menolak."),
    )  # fmt: skip


@door(*frame.DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, id: int) -> HttpResponseBase:
    """What it stands on and leads to, then yes or no; it cannot be taken back."""
    run = frame.found(id)
    back = frame.link(run)
    if run.state != "done":
        return done(request, back.url)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm()
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.answer(projection_id=id, approved=told["answer"] == "ya", reason=told["reason"])
        except (InputError, Refused) as error:
            form.refuse(error)
        else:
            return done(
                request, back.url, _("Asumsi disahkan; proyeksi ini resmi.") if told["answer"] == "ya" else _("Asumsi ditolak.")
            )
    context = {
        "form": form, "tiles": tiles(frame.told(id)), "changed": changed(run), "facts": facts(run), "back": back.url,
        "estimate": _(frame.ESTIMATE),
    }  # fmt: skip
    return frame.screen(request, "decide.html", context, title=_("Putuskan asumsi proyeksi"), above=[back])
