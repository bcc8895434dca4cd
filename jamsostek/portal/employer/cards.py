"""Cards of workers: one as PDF, or all on A4 sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from jamsostek.access.doors import door
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.employer.worker import job_of
from jamsostek.portal.screens import today
from jamsostek.portal.uploads.sheets import one_card, sheets_page
from jamsostek.registry.queries import lists


@door(*OWNERS)
@require_POST
def one(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """A worker's card, newly issued."""
    company, job = job_of(request, npp, employment_id)
    return one_card(request, job.participant, back=reverse("employer:worker", args=[npp, job.pk]), crumbs=crumbs(company))


@door(*OWNERS)
def sheet(request: HttpRequest, npp: str) -> HttpResponse:
    """Cards of all who work here now, ten on a page."""
    company = company_of(request, npp)
    month = month_of(today())

    def fetch(skip: int, take: int) -> list[int]:
        return [job.participant_id for job in lists.staff(company.pk, month, skip=skip, take=take)]

    count = lists.staff_numbers(company.pk, month).working
    return sheets_page(request, company.name, f"{_('kartu')}-{company.npp}", count, fetch, crumbs(company))
