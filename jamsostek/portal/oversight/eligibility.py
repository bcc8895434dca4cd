"""A hospital's desk asks whether somebody is covered this month. Number and birth date in, yes or no out, nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.oversight.frame import DESKS
from jamsostek.portal.screens import DateField, Form, page, today
from jamsostek.registry.queries.eligibility import eligibility

AN_HOUR = "60/h/user"
"""A desk has so many patients; a guesser has more."""


class AskForm(Form):
    """What is on the card and on the identity card."""

    kpj = forms.CharField(
        label=N_("KPJ"), help_text=N_("11 angka di kartu peserta."), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    birth_date = DateField(label=N_("Tanggal lahir"), help_text=N_("Seperti di kartu identitas."), earliest=dt.date(1900, 1, 1))

    def clean_kpj(self) -> str:
        """Eleven digits with their check digit; a wrong one is told without asking anybody."""
        try:
            return numbers.check("kpj", self.cleaned_data["kpj"])
        except InputError as error:
            raise forms.ValidationError(str(error)) from error


@door(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The question, and its answer below it."""
    form = AskForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "month": month_of(today()), "answer": None}
    if form.is_valid():
        if ratelimit.consume(request, app="portal", action="eligibility", config={"eligibility": AN_HOUR}, user=request.user):
            context["answer"] = eligibility(**form.cleaned_data, month=context["month"])
        else:
            form.add_error(None, _("Terlalu banyak pertanyaan dalam satu jam. Tunggu sebentar, atau hubungi kantor cabang."))
    return page(request, "oversight/eligibility.html", context, title=_("Periksa kepesertaan"))
