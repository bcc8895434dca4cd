"""A person's JHT balance and JP record at an office: as the person sees it, and each look is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.accounts.queries.sight import seeing
from jamsostek.core.text import _
from jamsostek.portal.officer.frame import OFFICERS, screen
from jamsostek.portal.officer.person import crumbs, person_of, tabs
from jamsostek.portal.savings import shown
from jamsostek.portal.savings.shown import Ways
from jamsostek.portal.screens import Link
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.models import Participant

LOOKED, TAKEN = "saldo JHT peserta", "unduh rincian JHT peserta"


@contextmanager
def _whose(kpj: str, reason: str = LOOKED) -> Iterator[tuple[Participant, list[int], Ways]]:
    """The person, all their numbers, and the addresses of their pages; raises `Refused`. The look is remembered."""
    person = person_of(kpj)
    with seeing(person) as ids:
        audit.looked([person.pk], ("jht", "jp"), reason)
        yield person, ids, Ways("officer:person_savings", (person.kpj,))


def _shown(
    request: HttpRequest, person: Participant, template: str, context: Mapping[str, Any], title: str, above: Sequence[Link] = ()
) -> HttpResponseBase:
    told = {"person": person, "person_tabs": tabs(person, "person_savings"), "about": title, **context}
    return screen(request, f"officer/{template}.html", told, title=person.name, above=[*crumbs(person)[1:], *above])


@door(*OFFICERS)
@require_safe
def home(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Today, and every year."""
    with _whose(kpj) as (person, ids, ways):
        return _shown(request, person, "savings", shown.home(ids, ways), _("Saldo JHT"))


@door(*OFFICERS)
@require_safe
def year(request: HttpRequest, kpj: str, number: int) -> HttpResponseBase:
    """One year, month by month."""
    with _whose(kpj) as (person, ids, ways):
        context = shown.year(ids, shown.checked_year(number), ways)
    title = _("Saldo JHT dan iuran JP {year}").format(year=number)
    return _shown(request, person, "savings_year", context, title, [Link(_("Saldo JHT"), ways.of(""))])


@door(*OFFICERS)
@require_safe
def month(request: HttpRequest, kpj: str, number: str) -> HttpResponseBase:
    """One month, and why its return is what it is."""
    chosen = shown.checked_month(number)
    with _whose(kpj) as (person, ids, ways):
        context = shown.month(ids, chosen, ways)
    above = [Link(_("Saldo JHT"), ways.of("")), Link(str(chosen // 100), ways.of("year", chosen // 100))]
    return _shown(
        request, person, "savings_month", context, _("Saldo JHT {month}").format(month=month_words(chosen)), above
    )  # fmt: skip


@door(*OFFICERS)
@require_safe
def pdf(request: HttpRequest, kpj: str, number: int) -> HttpResponseBase:
    """A year on paper, to be handed over."""
    with _whose(kpj, TAKEN) as (person, ids, ways):
        return shown.pdf(request, person, ids, shown.checked_year(number), ways)


@door(*OFFICERS)
@require_safe
def file(request: HttpRequest, kpj: str, number: int) -> HttpResponseBase:
    """A year's movements."""
    with _whose(kpj, TAKEN) as (_person, ids, _ways):
        return shown.file(request, ids, shown.checked_year(number))
