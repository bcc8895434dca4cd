"""Tracking without an account: claim number and birth date in; stages, days and what to do out, and nothing of any person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import PUBLIC, door
from jamsostek.claims.queries import tracking
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.filing import limits
from jamsostek.portal.filing.status import stands
from jamsostek.portal.filing.words import home_crumbs, kind_title, number_words
from jamsostek.portal.register.views import private
from jamsostek.portal.screens import DateField, Form, page


class TrackForm(Form):
    """What is on the receipt, and what a stranger does not know."""

    number = forms.CharField(
        label=N_("Nomor klaim"), help_text=N_("12 angka, dari tanda terima."), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    birth_date = DateField(
        label=N_("Tanggal lahir peserta"), help_text=N_("Peserta, bukan ahli warisnya."), earliest=dt.date(1900, 1, 1)
    )

    def clean_number(self) -> str:
        """Twelve digits with their check digit; a wrong one is told without asking anybody."""
        try:
            return numbers.check("claim", self.cleaned_data["number"])
        except InputError as error:
            raise forms.ValidationError(str(error)) from error


@sensitive_variables()
def asked_for(request: HttpRequest, form: TrackForm) -> tracking.Tracked | HttpResponse | None:
    """The claim that a valid form names; a page where too much was asked; nothing where the form was wrong, and says so.

    Guesses are counted here, whatever the answer is for.
    """
    number = form.cleaned_data["number"]
    if limits.used_up(request, limits.NUMBER, number):
        return limits.too_often(request)
    limits.asked(request, limits.NUMBER)
    try:
        return tracking.by_number(**form.cleaned_data)
    except InputError as error:
        limits.wrong(request, limits.NUMBER, number)
        form.refuse(error)
        return None


@door(PUBLIC)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@private
def track(request: HttpRequest) -> HttpResponse:
    """The question, and its answer in the same place: no birth date stands in an address."""
    asked = request.GET.get("nomor", "")[:20]
    form = TrackForm(request.POST if request.method == "POST" else None, initial={"number": asked})
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        found = asked_for(request, form)
        if isinstance(found, HttpResponse):
            return found
        if found is not None:
            claim = found.claim
            context |= {**stands(claim, found), "kind": kind_title(claim), "number": number_words(claim), "found": True}
    return page(request, "filing/track.html", context, title=_("Lacak klaim"), crumbs=home_crumbs())
