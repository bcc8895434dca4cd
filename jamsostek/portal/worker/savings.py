"""One's own JHT balance and JP record: today, by year, by month, each figure with where it comes from."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.roles import Role
from jamsostek.core.text import _
from jamsostek.portal.savings import shown
from jamsostek.portal.savings.shown import Ways
from jamsostek.portal.screens import Link, page
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me

WAYS = Ways("worker:savings")


@about(Role.WORKER)
@require_safe
def home(request: HttpRequest, me: Me) -> HttpResponseBase:
    """Today, and every year."""
    return page(request, "worker/savings.html", shown.home(me.ids, WAYS), title=_("Saldo JHT"), crumbs=crumbs())


@about(Role.WORKER)
@require_safe
def year(request: HttpRequest, me: Me, number: int) -> HttpResponseBase:
    """One year, month by month."""
    context = shown.year(me.ids, shown.checked_year(number), WAYS)
    title = _("Saldo JHT dan iuran JP {year}").format(year=number)
    return page(request, "worker/savings_year.html", context, title=title, crumbs=_above())


@about(Role.WORKER)
@require_safe
def month(request: HttpRequest, me: Me, number: str) -> HttpResponseBase:
    """One month, and why its return is what it is."""
    chosen = shown.checked_month(number)
    context = shown.month(me.ids, chosen, WAYS)
    above = _above(Link(str(chosen // 100), WAYS.of("year", chosen // 100)))
    title = _("Saldo JHT {month}").format(month=month_words(chosen))
    return page(request, "worker/savings_month.html", context, title=title, crumbs=above)


@about(Role.WORKER)
@require_safe
def pdf(request: HttpRequest, me: Me, number: int) -> HttpResponseBase:
    """A year on paper."""
    return shown.pdf(request, me.person, me.ids, shown.checked_year(number), WAYS)


@about(Role.WORKER)
@require_safe
def file(request: HttpRequest, me: Me, number: int) -> HttpResponseBase:
    """A year's movements, to be taken away."""
    return shown.file(request, me.ids, shown.checked_year(number))


def _above(*more: Link) -> list[Link]:
    return crumbs(Link(_("Saldo JHT"), reverse("worker:savings")), *more)
