"""Branches and units of a company."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, tabs
from jamsostek.portal.employer.person_form import regency_choices
from jamsostek.portal.screens import Column, Empty, Form, done, page, table
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions import employers
from jamsostek.registry.queries import lists


class UnitForm(Form):
    """A unit; its code is the company's own."""

    code = forms.CharField(
        label=N_("Kode"),
        help_text=N_("Kode Anda sendiri, misalnya PBR-1."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    name = forms.CharField(label=N_("Nama unit"), max_length=120)
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), choices=regency_choices, coerce=int)


@door(*OWNERS)
def show(request: HttpRequest, npp: str) -> HttpResponse:
    """The units, and one more."""
    company = company_of(request, npp)
    may = current().may(Can.EDIT_EMPLOYER, Place(employer=company.pk))
    form = UnitForm(request.POST or None, initial={"regency_code": company.regency_code})
    if request.method == "POST" and form.is_valid():
        try:
            unit = employers.add_unit(employer_id=company.pk, **form.cleaned_data)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("employer:units", args=[npp]), _("Unit {name} ditambahkan.").format(name=unit.name))
    columns = [
        Column(_("Nama unit"), lambda one: one.name),
        Column(_("Kode"), lambda one: one.code),
        Column(_("Kabupaten atau kota"), lambda one: regions_name(one.regency_code)),
    ]
    found = lists.units(company.pk)
    context = {
        "tabs": tabs(company, "units"),
        "table": table(_("Cabang dan unit"), columns, found) if found else None,
        "empty": Empty(_("Belum ada unit"), _("Unit membantu memilah pekerja menurut cabang atau bagian.")),
        "form": form if may else None,
        "heading": _("Tambah unit"),
        "button": _("Tambah unit"),
    }
    return page(request, "employer/list_and_form.html", context, title=_("Cabang dan unit"), crumbs=crumbs(company))
