"""How a view answers: a page, a way on with a message, a way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jamsostek.access.roles import Role
from jamsostek.core.text import N_, _, language
from jamsostek.portal.screens.parts import Link

_WATCHERS = (Role.MINISTRY, Role.AUDITOR, Role.RESEARCHER, Role.ACTUARY, Role.JURY, Role.HOSPITAL_DESK)
HOMES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("worker:home", N_("Kepesertaan saya"), frozenset({Role.WORKER, Role.HEIR})),
    ("employer:home", N_("Perusahaan"), frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER})),
    ("sponsor:home", N_("Pembayar iuran"), frozenset({Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER})),
    ("village:home", N_("Desa"), frozenset({Role.VILLAGE_OPERATOR})),
    ("region:home", N_("Wilayah"), frozenset({Role.REGIONAL_VIEWER})),
    ("movement:home", N_("Gerakan"), frozenset({Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD})),
    ("officer:home", N_("Kantor pusat"), frozenset({Role.HEAD_OFFICE})),
    ("officer:home", N_("Kantor cabang"), frozenset({Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR})),
    ("agent:home", N_("Keagenan"), frozenset({Role.AGENT})),
    ("fund:home", N_("Dana"), frozenset({Role.DEALER, Role.SETTLEMENT, Role.RISK, Role.CHIEF})),
    ("award_jury:home", N_("Paritrana"), frozenset({Role.JURY})),
    ("award_committee:home", N_("Paritrana"), frozenset({Role.AWARD_COMMITTEE})),
    ("oversight:home", N_("Pemantauan"), frozenset(_WATCHERS)),
)
"""The first page of each audience, and who belongs to it. One that is not built yet is left out."""


@dataclass(frozen=True)
class Frame:
    """What every page shows around its own content."""

    language: str
    demo: bool
    printing: bool
    here: str
    """This page's address, to come back to after the language was switched."""
    user: Any
    doors: Sequence[Link]


def frame(request: HttpRequest | None) -> Frame:
    """The frame of this request's page; the page of a crash has no request and shows nothing of anybody."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return Frame(
        language=language(),
        demo=bool(getattr(settings, "JAMSOSTEK_DEMO", False)),
        printing=request is not None and printing(request),
        here=_here(request),
        user=user if known else None,
        doors=doors(request) if known and request is not None else (),
    )


def _here(request: HttpRequest | None) -> str:
    if request is None:
        return "/"
    return request.get_full_path() if request.method == "GET" else request.path


def doors(request: HttpRequest) -> list[Link]:
    """The audiences' first pages this visitor may open."""
    scope = getattr(request, "scope", None)
    roles = scope.roles if scope is not None else frozenset()
    found: dict[str, str] = {}
    for name, text, who in HOMES:
        if roles & who:
            found.setdefault(url_of(name), text)
    return [Link(_(text), url) for url, text in found.items() if url]


def url_of(name: str) -> str:
    """The address of a page by its name, or nothing where there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    title: str,
    crumbs: Sequence[Link] = (),
    status: int = 200,
    live: bool = False,
    charts: bool = False,
) -> HttpResponse:
    """A page drawn by its template. A form with errors among the context is told in the title.

    `crumbs` are the pages above this one, without it. `live` loads htmx, for pages that use it, `charts` the style
    of charts and maps.
    """
    wrong = any(getattr(value, "errors", None) for name, value in (context or {}).items() if name.endswith("form"))
    shown = _("Perlu diperbaiki: {title}").format(title=title) if wrong else title
    whole = {"title": title, "head_title": shown, "crumbs": crumbs, "live": live, "charts": charts, **(context or {})}
    response = render(request, template, whole, status=status)
    if getattr(getattr(request, "user", None), "is_authenticated", False):
        # People share phones and PCs: nothing of a person may stay behind in the browser.
        response["Cache-Control"] = "no-store"
    return response


def part(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A piece of a page, for a request by htmx."""
    return render(request, template, dict(context))


def done(request: HttpRequest, to: str, text: str = "") -> HttpResponseRedirect:
    """After a write: to the next page (a name or an address), with a message there. Never twice by reloading."""
    if text:
        messages.success(request, text)
    return HttpResponseRedirect(to if to.startswith("/") else reverse(to))


def back_to(request: HttpRequest, default: str) -> str:
    """Where `?next=` (or a posted `next`) leads, if it is a page of ours; else the default address."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours and asked.startswith("/") else default


def printing(request: HttpRequest) -> bool:
    """Whether the page is wanted for printing (`?cetak=1`): everything open, nothing to press."""
    return request.GET.get("cetak") == "1"


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page, and not for the page after going back in history."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
