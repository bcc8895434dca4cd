"""From a payment code that somebody reads aloud to its bill."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.collection.queries import bills
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.bills.who import FINDERS, url
from jamsostek.portal.screens import Form, page


class CodeForm(Form):
    """A code, in groups or not."""

    code = forms.CharField(
        label=N_("Kode bayar"), help_text=N_("15 angka, boleh dengan spasi."), max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip


@door(*FINDERS)
def show(request: HttpRequest) -> HttpResponseBase:
    """The box; then the bill, where it is in sight."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(url(bills.by_code(form.cleaned_data["code"])))
        except Refused as error:
            form.refuse(InputError(error.message, field="code"))
        except InputError as error:
            form.refuse(InputError(error.message, field="code", remedy=error.remedy))
    context = {"form": form, "notes": (), "button": _("Cari"), "back": "/beranda/"}
    return page(request, "worker/form.html", context, title=_("Cari tagihan"))
