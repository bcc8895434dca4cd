"""The most people of each village: pasted or sent as a file; what is wrong is shown with the rest, to be mended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.plain import read_plain
from jamsostek.outreach.actions import programmes as actions
from jamsostek.outreach.models import Programme
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.quotas import TITLES, Quotas, as_rows, as_text, quotas_in
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import PLANNERS
from jamsostek.portal.programmes.making import above, planned
from jamsostek.portal.programmes.rules import sent
from jamsostek.portal.screens import Fact, Form, Link, done
from jamsostek.portal.screens.export import export_xlsx
from jamsostek.registry.identity import Problems

CHARACTERS = 600_000
MOST_TOLD = 25
"""Wrong rows told at once; who mends them sees the next."""


class QuotaForm(Form):
    """A line for each village, pasted or from a file."""

    quotas = forms.CharField(
        label=N_("Kuota tiap desa"), required=False, max_length=CHARACTERS, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=N_(
            "Satu baris satu desa: kode desa sepuluh angka atau nama desa, lalu jumlah orang. Boleh disalin dari lembar kerja."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=N_("Atau kirim berkasnya (XLSX atau CSV)"), required=False, allow_empty_file=True,
        help_text=N_("Berkas menggantikan seluruh isian di atas."),
    )  # fmt: skip
    needed = ("quotas",)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region, self.villages = programme.region_code, frame.village_names(programme.region_code)

    def clean_quotas(self) -> Quotas:
        """Villages with the most people of each."""
        try:
            return quotas_in(as_rows(self.cleaned_data["quotas"]), self.region, self.villages)
        except Problems as error:
            told = [str(one) for one in error.found]
            if len(told) > MOST_TOLD:
                more = _("Masih ada {count} baris lain yang keliru.").format(count=format_number(len(told) - MOST_TOLD))
                told = [*told[:MOST_TOLD], more]
            raise forms.ValidationError(told) from None


@door(*PLANNERS)
def quotas(request: HttpRequest, number: int) -> HttpResponseBase:
    """The form, the look, the deed."""
    programme = planned(number)
    known = queries.quotas_of(programme)
    unread = _taken_from_file(request)
    form = QuotaForm(
        programme, sent(request), initial={"quotas": "\n".join(f"{code} {people}" for code, people in sorted(known.items()))}
    )
    if unread is not None:
        form.add_error("file", str(unread))
    it: Ask[None] = Ask(
        title=_("Kuota desa"), crumbs=above(programme), yes=_("Simpan kuota"), about=programme.title, base=frame.BASE,
        text=_(
            "Tanpa kuota, urutan berlaku bagi seluruh daerah. Bila ada kuota, desa yang tidak tertulis tidak mendapat tempat."
        ),
        ways=[Link(_("Unduh formulirnya (Excel)"), frame.at(programme, "quotas_form"))],
        act=lambda told: actions.set_quotas(programme_id=programme.pk, quotas=told["quotas"].people),
        facts=lambda told: _facts(told["quotas"], form.villages),
        done=lambda _none, _told: done(request, frame.at(programme), _("Kuota desa disimpan.")),
    )  # fmt: skip
    return ask(request, form, it)


def _taken_from_file(request: HttpRequest) -> InputError | None:
    """Puts the rows of a file where pasted ones would be, to be looked at and mended there; what is wrong with the file."""
    file = request.FILES.get("file")
    if file is None:
        return None
    try:
        text = as_text(read_plain(file.read(), file.name or ""))
    except InputError as error:
        return error
    told = request.POST.copy()
    told["quotas"] = text
    request.POST = told  # type: ignore[assignment]  # the same to Django, which makes it anew for every request
    return None


def _facts(told: Quotas, names: dict[int, str]) -> list[Fact]:
    left_out = [Fact(_("Desa tanpa angka, jadi tanpa tempat"), format_number(told.empty))] if told.empty else []
    return [
        Fact(_("Jumlah desa"), format_number(len(told.people))),
        Fact(_("Jumlah kuota"), frame.people_words(sum(told.people.values()))),
        *left_out,
        *(Fact(frame.village_words(code, names), frame.people_words(people)) for code, people in told.people.items()),
    ]


@door(*PLANNERS)
@require_safe
def form(request: HttpRequest, number: int) -> HttpResponseBase:
    """The form to fill in: every village of the region, with the quota it has."""
    programme = planned(number)
    known = queries.quotas_of(programme)
    names = frame.village_names(programme.region_code)
    rows = [[str(code), names.get(code, ""), known.get(code)] for code in sorted({*names, *known})]
    return export_xlsx(request, f"{_('kuota-desa')}-{programme.number}", [_(title) for title in TITLES], rows)
