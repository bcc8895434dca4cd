"""The facts of a company, and the risk class that follows from its industry."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import N_, _
from jamsostek.law.labels import citation
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, tabs
from jamsostek.portal.employer.person_form import regency_choices
from jamsostek.portal.screens import Fact, Form, Link, YesNoField, done, page, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions import employers
from jamsostek.registry.choices import TITLES, EmployerKind
from jamsostek.registry.industries import Industry, industries

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer

RISKS = {
    "very_low": N_("sangat rendah"), "low": N_("rendah"), "medium": N_("sedang"), "high": N_("tinggi"),
    "very_high": N_("sangat tinggi"),
}  # fmt: skip
SCALES = {"micro": N_("usaha mikro"), "small": N_("usaha kecil"), "medium": N_("usaha menengah"), "large": N_("usaha besar")}


def industries_on(day: dt.date) -> list[Industry]:
    """The annex's lines in force on a day."""
    return [one for one in industries() if one.from_date <= day and (one.to_date is None or day <= one.to_date)]


class FactsForm(Form):
    """What an approver may change."""

    name = forms.CharField(label=N_("Nama perusahaan"), max_length=160)
    industry = forms.ChoiceField(
        label=N_("Jenis usaha"), help_text=N_("Menurut lampiran PP 82/2019; menentukan kelas risiko JKK."),
        widget=forms.Select(attrs={"lang": "id"}),
    )  # fmt: skip
    kbli = forms.CharField(
        label=N_("Kode KBLI"), help_text=N_("Lima angka, di NIB."), max_length=5, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    scale = forms.ChoiceField(label=N_("Skala usaha"), choices=list(SCALES.items()))
    labour_intensive = YesNoField(
        label=N_("Padat karya?"), help_text=N_("Industri padat karya yang memenuhi syarat keringanan JKK.")
    )
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), choices=regency_choices, coerce=int)
    address = forms.CharField(label=N_("Alamat"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_class: dict[str, list[tuple[str, str]]] = {}
        for one in industries_on(today()):
            by_class.setdefault(one.risk_class, []).append((one.code, one.title))
        groups = [(_("Kelas risiko: {risk}").format(risk=_(RISKS[name])), lines) for name, lines in by_class.items()]
        self.fields["industry"].choices = [("", _("Pilih")), *groups]  # type: ignore[attr-defined]


def _industry(company: Employer) -> Industry | None:
    return next((one for one in industries() if one.code == company.industry), None)


@door(*OWNERS)
@require_safe
def show(request: HttpRequest, npp: str) -> HttpResponse:
    """What the registry knows of the company."""
    company = company_of(request, npp)
    industry = _industry(company)
    risk = _(RISKS[company.risk_class]).capitalize()
    facts = [
        Fact(_("NPP"), format_public("npp", company.npp)),
        Fact(_("Nama"), company.name),
        Fact(_("Jenis pemberi kerja"), _(TITLES[EmployerKind][company.kind])),
        Fact(_("Jenis usaha"), industry.title if industry else NOTHING),
        Fact(_("Kelas risiko JKK"), f"{risk} ({citation(industry.regulation)}, {_('lampiran')})" if industry else risk),
        Fact(_("Kode KBLI"), company.kbli or NOTHING),
        Fact(_("Skala usaha"), _(SCALES[company.scale]).capitalize()),
        Fact(_("Padat karya"), _("Ya") if company.labour_intensive else _("Tidak")),
        Fact(_("Kabupaten atau kota"), regions_name(company.regency_code)),
        Fact(_("Alamat"), company.address or NOTHING),
        Fact(_("Terdaftar"), date(company.registered_on)),
    ]
    context = {
        "company": company,
        "tabs": tabs(company, "facts"),
        "facts": facts,
        "may": current().may(Can.EDIT_EMPLOYER, Place(employer=company.pk)),
    }
    return page(request, "employer/facts.html", context, title=_("Data perusahaan"), crumbs=crumbs(company))


@door(Role.EMPLOYER_APPROVER)
def change(request: HttpRequest, npp: str) -> HttpResponse:
    """Changes facts; a new industry gives a new risk class."""
    company = company_of(request, npp)
    current().need(Can.EDIT_EMPLOYER, Place(employer=company.pk))
    back = reverse("employer:facts", args=[npp])
    initial = {name: getattr(company, name) for name in FactsForm.base_fields}
    form = FactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes = {name: value for name, value in form.cleaned_data.items() if value != initial[name]}
        try:
            if changes:
                employers.change_employer(
                    employer_id=company.pk, changes=changes, today=today(), reason=_("Diubah penyetuju perusahaan")
                )
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, back, _("Data perusahaan tersimpan."))
    context = {"form": form, "button": _("Simpan"), "back": back, "about": company.name}
    above = crumbs(company, Link(_("Data perusahaan"), back))
    return page(request, "employer/form.html", context, title=_("Ubah data perusahaan"), crumbs=above)
