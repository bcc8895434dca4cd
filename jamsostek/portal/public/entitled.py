"""Am I eligible, and who pays? A short form that is answered on the spot: nothing of it is stored, logged, or in an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.text import N_, _
from jamsostek.outreach import answering
from jamsostek.outreach.answering import Answer, Payer, Told
from jamsostek.outreach.eligibility import ELIGIBLE, REFUSED, UNCLEAR
from jamsostek.portal.screens import Column, Form, Link, MoneyField, Tag, page, table, today, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.templatetags.words import as_rupiah

STATES: dict[str, tuple[str, Tone]] = {
    ELIGIBLE: (N_("Boleh dibayarkan daerah atau desa, bila masuk sasaran programnya."), "good"),
    REFUSED: (N_("Biasanya tidak dibayarkan daerah atau desa."), "warn"),
    UNCLEAR: (N_("Mungkin boleh dibayarkan daerah atau desa."), "info"),
}


class EntitledForm(Form):
    """Four questions; without names and numbers of anybody."""

    work = forms.ChoiceField(label=N_("Apakah Anda bekerja?"), choices=list(answering.WORKS.items()), widget=forms.RadioSelect)
    age = forms.IntegerField(
        label=N_("Berapa umur Anda?"), help_text=N_("Dalam tahun."), min_value=10, max_value=110,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "class": "w-4", "autocomplete": "off"}),
    )  # fmt: skip
    income_rupiah = MoneyField(
        label=N_("Penghasilan sebulan"), help_text=N_("Kira-kira saja, misalnya 1 juta."), most=1_000_000_000
    )
    covered = forms.ChoiceField(
        label=N_("Apakah iuran Anda sedang dibayar?"), choices=list(answering.COVERED.items()), widget=forms.RadioSelect
    )


@door(PUBLIC)
@csrf_exempt  # nothing is written, so there is nothing to forge; and no cookie is set
@never_cache
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def entitled(request: HttpRequest) -> HttpResponse:
    """The form; with answers sent, what follows from them, and the form again to try another."""
    form = EntitledForm(request.POST if request.method == "POST" else None)
    found = answering.answer(Told(**form.cleaned_data), today()) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"form": form, "answer": found}
    if found is not None:
        state = STATES.get(found.state)
        context |= {
            "state": Tag(_(state[0]), state[1]) if state else "",
            "refused": [_(one.refusal) for one in found.refused],
            "unclear": [_(one.title) for one in found.unclear],
            "payers": _payers(found),
        }
    return page(
        request, "public/entitled.html", context, title=_("Apakah saya berhak, siapa yang membayar?"),
        crumbs=[Link(_("Beranda"), url_of("public:home"))],
    )  # fmt: skip


def _payers(found: Answer) -> Any:
    def rupiah(one: Payer) -> str:
        return NOTHING if one.rupiah is None else as_rupiah(one.rupiah)

    columns = [
        Column(_("Siapa yang membayar"), lambda one: one.who),
        Column(_("Jumlahnya"), rupiah, number=True),
        Column(_("Keterangan"), lambda one: one.note),
        Column(_("Aturannya"), lambda one: one.source),
    ]
    return table(_("Siapa yang membayar, dan berapa"), columns, found.payers) if found.payers else None
