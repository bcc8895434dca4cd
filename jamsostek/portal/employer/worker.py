"""One worker as their employer sees them: this employment alone, its wages, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs, workers_link
from jamsostek.portal.employer.workers import state_tag
from jamsostek.portal.screens import Column, Fact, Link, Masked, page, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.choices import TITLES, Leaving, Segment, Sex
from jamsostek.registry.queries import lists, people

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Employment


def job_of(request: HttpRequest, npp: str, employment_id: int) -> tuple[Employer, Employment]:
    """The company and one of its jobs; raises `Refused`."""
    company = company_of(request, npp)
    job = lists.employment(employment_id)
    if job is None or job.employer_id != company.pk:
        raise not_yours(_("Pekerja ini tidak ada, atau tidak bekerja di perusahaan Anda."))
    return company, job


@door(*OWNERS)
@require_safe
def show(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """The page."""
    company, job = job_of(request, npp, employment_id)
    audit.looked([job.participant_id], ("name", "birth_date", "wage_rupiah"), "halaman pekerja")
    now = month_of(today())
    columns = [
        Column(_("Mulai"), lambda wage: month_words(wage.from_month)),
        Column(_("Upah sebulan"), lambda wage: format_rupiah(wage.wage_rupiah), number=True),
    ]
    context = {
        "company": company,
        "job": job,
        "tag": state_tag(job, now),
        "person": _person(job),
        "work": _work(company, job),
        "wages": table(_("Riwayat upah"), columns, lists.wages(job.pk)),
        "is_open": job.to_month is None,
    }
    return page(
        request, "employer/worker.html", context, title=job.participant.name, crumbs=crumbs(company, workers_link(company))
    )


def _person(job: Employment) -> list[Fact]:
    person = job.participant
    hidden = people.masked([person.pk]).get(person.pk)
    return [
        Fact(_("KPJ"), format_public("kpj", person.kpj)),
        Fact(_("NIK"), Masked(hidden.nik if hidden else NOTHING)),
        Fact(_("Tanggal lahir"), date(person.birth_date)),
        Fact(_("Jenis kelamin"), _(TITLES[Sex][person.sex])),
        Fact(_("Telepon"), Masked(hidden.phone if hidden else NOTHING)),
        Fact(_("Tempat tinggal"), regions_name(person.regency_code)),
    ]


def _work(company: Employer, job: Employment) -> list[Fact]:
    change = Link(_("Ubah"), reverse("employer:wage", args=[company.npp, job.pk]))
    wage = lists.wages(job.pk)
    facts = [
        Fact(_("Jenis pekerja"), _(TITLES[Segment][job.segment])),
        Fact(_("Unit"), job.unit.name if job.unit else NOTHING),
        Fact(_("Jabatan"), job.position or NOTHING),
        Fact(_("Mulai bekerja"), date(job.joined_on) if job.joined_on else month_words(job.from_month)),
        Fact(
            _("Upah sebulan"), format_rupiah(wage[0].wage_rupiah) if wage else NOTHING, change if job.to_month is None else None
        ),
    ]
    if job.project:
        facts.insert(1, Fact(_("Proyek"), job.project.name))
    if job.to_month is not None:
        facts.append(Fact(_("Tanggal keluar"), date(job.left_on) if job.left_on else month_words(job.to_month)))
        facts.append(Fact(_("Sebab keluar"), _(TITLES[Leaving][job.leaving]) if job.leaving else NOTHING))
        if job.leaving_reported_by == "worker":
            facts.append(Fact(_("Dilaporkan oleh"), _("Pekerja sendiri")))
    return facts
