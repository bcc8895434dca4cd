"""One new worker: a form, a look at the answers, done. Somebody who is a participant already is tied, not doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.scope import Place
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, workers_link
from jamsostek.portal.employer.person_form import PersonForm, carried, regency_choices, step_of
from jamsostek.portal.screens import DateField, Fact, MoneyField, done, page, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.registry.actions import employ
from jamsostek.registry.actions.people import KNOWN, register_person
from jamsostek.registry.choices import TITLES, Segment, Via
from jamsostek.registry.identity import Person
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer


class WorkerForm(PersonForm):
    """A person and their job."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota tempat tinggal"), choices=regency_choices, coerce=int)
    joined_on = DateField(label=N_("Hari pertama bekerja"))
    wage_rupiah = MoneyField(
        label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1, most=MAX_MONTHLY_RUPIAH
    )
    segment = forms.ChoiceField(label=N_("Jenis pekerja"), choices=list(TITLES[Segment].items()))
    position = forms.CharField(label=N_("Jabatan"), max_length=80, required=False)
    unit_id = forms.TypedChoiceField(label=N_("Unit"), coerce=int, empty_value=None, required=False)
    field_order = (
        "nik", "name", "birth_place", "birth_date", "sex", "mother_name", "regency_code", "address", "phone",
        "joined_on", "wage_rupiah", "segment", "position", "unit_id",
    )  # fmt: skip

    def __init__(self, *args: object, company: Employer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        units = lists.units(company.pk)
        self.fields["unit_id"].choices = [("", _("Tanpa unit")), *((str(one.pk), one.name) for one in units)]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit_id"]


@door(*OWNERS)
def show(request: HttpRequest, npp: str) -> HttpResponse:
    """The form, the look at its answers, and keeping them."""
    company = company_of(request, npp)
    if request.method != "POST":
        form = WorkerForm(company=company, initial={"regency_code": company.regency_code, "segment": "pu"})
        return _form(request, company, form)
    form = WorkerForm(request.POST, company=company)
    if not form.is_valid() or step_of(request) == "ubah":
        return _form(request, company, form)
    person = form.person()
    if person is None:
        return _form(request, company, form)
    if step_of(request) != "simpan":
        return _look(request, company, form, person)
    try:
        return _keep(request, company, form, person)
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _form(request, company, form)


def _form(request: HttpRequest, company: Employer, form: WorkerForm) -> HttpResponse:
    above = crumbs(company, workers_link(company))
    context = {"form": form, "button": _("Lanjut"), "back": above[-1].url}
    return page(request, "employer/form.html", context, title=_("Tambah pekerja"), crumbs=above)


def _look(request: HttpRequest, company: Employer, form: WorkerForm, person: Person) -> HttpResponse:
    given = form.cleaned_data
    facts = [
        *form.answers(),
        Fact(_("Hari pertama bekerja"), date(given["joined_on"])),
        Fact(_("Upah sebulan"), format_rupiah(given["wage_rupiah"])),
        Fact(_("Jenis pekerja"), _(TITLES[Segment][given["segment"]])),
        Fact(_("Jabatan"), given["position"] or NOTHING),
    ]
    context = {
        "facts": facts,
        "hidden": carried(request),
        "known": lists.nik_answer(person.nik or "", person.name),
        "button": _("Simpan pekerja"),
    }
    above = crumbs(company, workers_link(company))
    return page(request, "employer/look.html", context, title=_("Periksa jawaban Anda"), crumbs=above)


def _keep(request: HttpRequest, company: Employer, form: WorkerForm, person: Person) -> HttpResponse:
    """Registers and takes on; nothing is half-done when either is refused."""
    given = form.cleaned_data
    lists.refuse_other_name(person.nik or "", person.name)
    place = Place(employer=company.pk, regency=company.regency_code)
    who = register_person(person, via=Via.EMPLOYER, today=today(), place=place)
    if who.died:
        raise InputError(
            _("Orang ini tercatat sudah meninggal."), field="nik", remedy=_("Periksa NIK, atau tanyakan ke kantor cabang.")
        )
    work = employ.Work(
        who.participant_id, month_of(given["joined_on"]), given["wage_rupiah"], given["segment"], given.get("unit_id"), None,
        given["position"], given["joined_on"],
    )  # fmt: skip
    (taken,) = employ.take_on(employer_id=company.pk, work=[work])
    job = lists.employment(taken.employment_id)
    assert job is not None
    kpj = format_public("kpj", job.participant.kpj)
    if taken.status == employ.WORKING:
        text = _("{name} sudah bekerja di sini: KPJ {kpj}. Tidak ada yang diubah.")
    elif who.status == KNOWN:
        text = _("{name} sudah peserta: KPJ {kpj}. Sekarang dikaitkan dengan perusahaan Anda.")
    else:
        text = _("{name} terdaftar: KPJ {kpj}.")
    shown = text.format(name=job.participant.name, kpj=kpj)
    if who.asked:
        shown = f"{shown} {_('Kantor cabang memeriksa apakah orang ini pernah terdaftar; ia tetap terlindungi.')}"
    return done(request, reverse("employer:worker", args=[company.npp, job.pk]), shown)
