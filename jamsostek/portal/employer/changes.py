"""Changing one worker's job: wage, leaving, taking a leaving back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.company import OWNERS, crumbs, workers_link
from jamsostek.portal.employer.worker import job_of
from jamsostek.portal.screens import Confirm, DateField, Fact, Form, Link, MoneyField, MonthField, done, page, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions import employ
from jamsostek.registry.choices import TITLES, Leaving

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Employment


class WageForm(Form):
    """A wage from a month on."""

    wage_rupiah = MoneyField(
        label=N_("Upah sebulan"), help_text=N_("Upah pokok dan tunjangan tetap sebulan."), least=1, most=MAX_MONTHLY_RUPIAH
    )
    from_month = MonthField(label=N_("Berlaku mulai"))


class LeaveForm(Form):
    """The last day and why."""

    left_on = DateField(label=N_("Hari terakhir bekerja"))
    leaving = forms.ChoiceField(
        label=N_("Sebab keluar"), choices=list(TITLES[Leaving].items()), widget=forms.RadioSelect,
        help_text=N_("Hak JHT dan JKP pekerja bergantung pada sebab ini."),
    )  # fmt: skip


class ReasonForm(Form):
    """Why something is taken back."""

    reason = forms.CharField(label=N_("Mengapa dibatalkan?"), max_length=200, help_text=N_("Pekerja dapat membaca alasan ini."))


def _place(company: Employer, job: Employment) -> list[Link]:
    return crumbs(company, workers_link(company), Link(job.participant.name, _back(company, job)))


def _back(company: Employer, job: Employment) -> str:
    return reverse("employer:worker", args=[company.npp, job.pk])


@door(*OWNERS)
def wage(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """A new wage; the same month again corrects it."""
    company, job = job_of(request, npp, employment_id)
    form = WageForm(request.POST or None, initial={"from_month": month_of(today())})
    if request.method == "POST" and form.is_valid():
        try:
            employ.change_wage(employment_id=job.pk, **form.cleaned_data)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            told = _("Upah {wage} berlaku mulai {month}.")
            shown = told.format(
                wage=format_rupiah(form.cleaned_data["wage_rupiah"]), month=month_words(form.cleaned_data["from_month"])
            )
            return done(request, _back(company, job), shown)
    return _form(request, company, job, form, _("Ubah upah"), _("Simpan upah"))


@door(*OWNERS)
def leave(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """The end of a job: first what, then whether it is meant."""
    company, job = job_of(request, npp, employment_id)
    form = LeaveForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, company, job, form, _("Laporkan keluar"), _("Lanjut"))
    left_on, why = form.cleaned_data["left_on"], form.cleaned_data["leaving"]
    if request.POST.get("langkah") != "ya":
        return _ask_leave(request, company, job, form)
    try:
        employ.leave(employment_id=job.pk, left_on=left_on, leaving=Leaving(why))
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
        return _form(request, company, job, form, _("Laporkan keluar"), _("Lanjut"))
    told = _("{name} tercatat keluar pada {day}.").format(name=job.participant.name, day=date(left_on))
    return done(request, _back(company, job), told)


def _ask_leave(request: HttpRequest, company: Employer, job: Employment, form: Form) -> HttpResponse:
    left_on = form.cleaned_data["left_on"]
    names = ("left_on-d", "left_on-m", "left_on-y", "leaving")
    confirm = Confirm(
        _("{name} sudah keluar?").format(name=job.participant.name),
        _("Ya, catat keluar"),
        Link(_("Batal"), _back(company, job)),
        _("Perlindungan dari perusahaan ini berakhir pada akhir {month}.").format(month=month_words(month_of(left_on))),
        [
            Fact(_("Hari terakhir bekerja"), date(left_on)),
            Fact(_("Sebab keluar"), _(TITLES[Leaving][form.cleaned_data["leaving"]])),
        ],
        danger=True,
        hidden={"langkah": "ya", **{name: request.POST.get(name, "") for name in names}},
    )
    return page(request, "parts/confirm.html", {"confirm": confirm}, title=_("Laporkan keluar"), crumbs=_place(company, job))


@door(*OWNERS)
def reopen(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """Takes a leaving back that was a mistake."""
    company, job = job_of(request, npp, employment_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            employ.reopen(employment_id=job.pk, reason=form.cleaned_data["reason"])
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, _back(company, job), _("{name} bekerja lagi di sini.").format(name=job.participant.name))
    return _form(request, company, job, form, _("Batalkan keluar"), _("Batalkan keluar"))


def _form(request: HttpRequest, company: Employer, job: Employment, form: Form, title: str, button: str) -> HttpResponse:
    context = {"form": form, "button": button, "about": job.participant.name, "back": _back(company, job)}
    return page(request, "employer/form.html", context, title=title, crumbs=_place(company, job))
