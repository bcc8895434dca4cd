"""Construction projects of a company: each is insured as a whole for its time."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.queries.offers import projects_billed
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.bills.links import project_link
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, tabs
from jamsostek.portal.employer.person_form import regency_choices
from jamsostek.portal.screens import Column, DateField, Empty, Form, MoneyField, done, page, table
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions import employers
from jamsostek.registry.queries import lists


class ProjectForm(Form):
    """A project as its contract says."""

    name = forms.CharField(label=N_("Nama proyek"), max_length=160)
    owner = forms.CharField(label=N_("Pemberi pekerjaan"), max_length=160)
    contract_rupiah = MoneyField(label=N_("Nilai kontrak"), help_text=N_("Sebelum PPN."), least=1)
    regency_code = forms.TypedChoiceField(label=N_("Lokasi"), choices=regency_choices, coerce=int)
    starts_on = DateField(label=N_("Mulai"))
    ends_on = DateField(label=N_("Tanggal selesai"))


@door(*OWNERS)
def show(request: HttpRequest, npp: str) -> HttpResponse:
    """The projects, and one more."""
    company = company_of(request, npp)
    may = current().may(Can.EDIT_EMPLOYER, Place(employer=company.pk))
    form = ProjectForm(request.POST or None, initial={"regency_code": company.regency_code})
    if request.method == "POST" and form.is_valid():
        try:
            project = employers.register_project(employer_id=company.pk, **form.cleaned_data)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            told = _("Proyek {name} terdaftar: nomor {number}.").format(name=project.name, number=project.number)
            return done(request, reverse("employer:projects", args=[npp]), told)
    columns = [
        Column(_("Nama proyek"), lambda one: one.name),
        Column(_("Nomor"), lambda one: one.number),
        Column(_("Nilai kontrak"), lambda one: format_rupiah(one.contract_rupiah), number=True),
        Column(_("Lokasi"), lambda one: regions_name(one.regency_code)),
        Column(_("Masa"), lambda one: _("{first} sampai {last}").format(first=date(one.starts_on), last=date(one.ends_on))),
        Column(_("Tagihan"), lambda one: project_link(one, billed)),
    ]
    found = lists.projects(company.pk)
    billed = projects_billed(found)
    context = {
        "tabs": tabs(company, "projects"),
        "table": table(_("Proyek"), columns, found) if found else None,
        "empty": Empty(_("Belum ada proyek"), _("Daftarkan proyek sebelum pekerjaannya dimulai.")),
        "form": form if may else None,
        "heading": _("Daftarkan proyek"),
        "button": _("Daftarkan proyek"),
    }
    return page(request, "employer/list_and_form.html", context, title=_("Proyek"), crumbs=crumbs(company))
