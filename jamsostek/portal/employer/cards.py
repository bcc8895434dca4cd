"""Cards of workers: one as PDF, or all on A4 sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.employer.worker import job_of
from jamsostek.portal.screens import page, today
from jamsostek.portal.uploads.downloads import sent
from jamsostek.portal.uploads.printing import SHEETS_AT_ONCE, PDF, card_pdf, sheets_pdf
from jamsostek.registry.queries import lists


@door(*OWNERS)
@require_POST
def one(request: HttpRequest, npp: str, employment_id: int) -> HttpResponse:
    """A worker's card, newly issued."""
    company, job = job_of(request, npp, employment_id)
    try:
        content = card_pdf(request, job.participant_id)
    except InputError as error:
        context = {"problem": str(error), "back": reverse("employer:worker", args=[npp, job.pk])}
        return page(request, "uploads/no_card.html", context, title=_("Belum ada kartu"), crumbs=crumbs(company), status=409)
    return sent(content, f"{_('kartu')}-{job.participant.kpj}.pdf", PDF)


@door(*OWNERS)
def sheet(request: HttpRequest, npp: str) -> HttpResponse:
    """Cards of all who work here now, ten on a page, in parts of a size that a printer takes."""
    company = company_of(request, npp)
    month = month_of(today())
    count = lists.staff_numbers(company.pk, month).working
    problem = ""
    if request.method == "POST":
        first = int(request.POST.get("mulai") or 1) if (request.POST.get("mulai") or "1").isdecimal() else 1
        jobs = lists.staff(company.pk, month, skip=max(first, 1) - 1, take=SHEETS_AT_ONCE)
        try:
            content = sheets_pdf(request, [job.participant_id for job in jobs])
            return sent(content, f"{_('kartu')}-{company.npp}-{first}.pdf", PDF)
        except InputError as error:
            problem = str(error)
    starts = range(1, count + 1, SHEETS_AT_ONCE)
    context = {
        "count": count,
        "problem": problem,
        "parts": [(start, format_number(start), format_number(min(start + SHEETS_AT_ONCE - 1, count))) for start in starts],
        "several": count > SHEETS_AT_ONCE,
        "name": company.name,
    }
    return page(request, "uploads/cards.html", context, title=_("Cetak kartu"), crumbs=crumbs(company))
