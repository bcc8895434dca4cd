"""What stands above every page of claims, who may come in, and a form whose page is the case's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.claims.actions.common import place_of
from jamsostek.claims.models import Claim
from jamsostek.claims.queries.cases import claim_by_number
from jamsostek.claims.queries.desk import may
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.claims import words
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.officer.asking import Ask, hidden_of, refuse, tried
from jamsostek.portal.officer.frame import DECIDERS, OFFICERS
from jamsostek.portal.officer.frame import home as office
from jamsostek.portal.screens import Form, Link, Tab, page

READERS = (*OFFICERS, Role.AUDITOR)
"""Who may look; an auditor does nothing."""
OFFICE, WATCH = "officer/base.html", "claims/watch.html"
T = TypeVar("T")

__all__ = [
    "DECIDERS",
    "OFFICERS",
    "READERS",
    "above",
    "ask_on",
    "claim_link",
    "of",
    "office_page",
    "tabs",
    "url",
    "workable",
]


def of(number: str) -> Claim:
    """A claim in sight that was begun; raises `Refused`, the same whether hidden or not there."""
    return claim_by_number(number)


def url(name: str, claim: Claim, *more: Any) -> str:
    """The address of a page of a claim."""
    return reverse(f"claims:{name}", args=[claim.number, *more])


def base() -> str:
    """What pages are drawn on: an office's have its search."""
    return OFFICE if current().roles & set(OFFICERS) else WATCH


def first() -> list[Link]:
    """The first page of whoever looks."""
    return [office()] if current().roles & set(OFFICERS) else [Link(_("Pemantauan"), reverse("oversight:home"))]


def above(*more: Link) -> list[Link]:
    """The pages between the first one and this."""
    return [*first(), Link(_("Klaim"), reverse("claims:home")), *more]


def claim_link(claim: Claim) -> Link:
    """Its page."""
    return Link(words.title(claim), url("case", claim))


def office_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    crumbs: Sequence[Link] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of an office, or of an auditor."""
    whole = {"base": base(), **context}
    return page(request, template, whole, title=title, crumbs=above() if crumbs is None else crumbs, status=status)


def tabs(claim: Claim, here: str) -> list[Tab]:
    """The parts of a claim's pages."""
    parts = [("case", _("Ringkasan")), ("counted", _("Hitungan")), ("history", _("Riwayat dan pesan"))]
    return [Tab(text, url(name, claim), name == here) for name, text in parts]


def workable(claim: Claim, can: Can = Can.ASSESS_CLAIM) -> None:
    """Raises `Refused` where the user may not do this to a claim: no form is shown that would be refused."""
    if not may(claim, can):
        current().need(can, place_of(claim))
        raise Refused(_("Tidak seorang pun memeriksa klaimnya sendiri."))


def ask_on(request: HttpRequest, form: Form, it: Ask[T], template: str, context: Mapping[str, Any]) -> HttpResponseBase:
    """As `officer.asking.ask`, with the form on a page that shows more than the form."""
    sent = request.method == "POST" and step_of(request) != "ubah" and form.is_valid()
    keep = step_of(request) == "simpan"
    if sent:
        try:
            result = tried(lambda: it.act(form.cleaned_data), keep=keep)
        except Refused:
            raise
        except InputError as error:
            refuse(form, error)
            sent = False
    if sent and keep:
        return it.done(result, form.cleaned_data)
    told = {"about": it.about, "text": it.text, "back": it.back}
    if not sent:
        return office_page(request, template, {**told, "form": form, **context}, title=it.title, crumbs=it.crumbs)
    asked = {"facts": it.facts(form.cleaned_data), "yes": it.yes, "danger": it.danger, "hidden": hidden_of(request, form)}
    return office_page(request, "officer/check.html", {**told, **asked}, title=it.title, crumbs=it.crumbs)
