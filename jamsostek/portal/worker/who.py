"""Whom a page is about: the visitor, or one of the people they stand for. The choice is kept in the session, not in addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.numbers import format_number
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, back_to, page, url_of
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Mine

View = Callable[..., HttpResponseBase]
CHOSEN = "about"
"""Where the session keeps whom the pages are about."""


def about(*roles: Role) -> Callable[[View], View]:
    """A page about one of the visitor's people, read in that person's scope alone. Its view is given `own.Me`."""

    def mark(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            people = own.mine()
            one = chosen(request, people)
            if one is None:
                return HttpResponseRedirect(f"{reverse('worker:choose')}?{urlencode({'next': request.path})}")
            if one.role not in roles:
                return HttpResponseRedirect(reverse("worker:home"))
            request.several = len(people) > 1  # type: ignore[attr-defined]
            with own.as_one(one) as me:
                return view(request, me, *args, **kwargs)

        return door(*roles)(shown)

    return mark


def chosen(request: HttpRequest, people: Sequence[Mine]) -> Mine | None:
    """The one chosen before, or the only one there is."""
    wanted = request.session.get(CHOSEN)
    found = next((one for one in people if one.participant_id == wanted), None)
    return found or (people[0] if len(people) == 1 else None)


@door(Role.WORKER, Role.HEIR)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Whom the pages shall be about."""
    people = own.mine()
    asked = request.POST.get("who", "")
    found = next((one for one in people if str(one.participant_id) == asked), None)
    if found is not None:
        request.session[CHOSEN] = found.participant_id
        return HttpResponseRedirect(back_to(request, reverse("worker:home")))
    named = own.names(people)
    cards = [
        (one.participant_id, *_told(named[one.participant_id]), one.role == Role.WORKER)
        for one in people
        if one.participant_id in named
    ]
    context = {"people": cards, "next": back_to(request, reverse("worker:home"))}
    return page(request, "worker/choose.html", context, title=_("Tentang siapa?"))


def _told(known: tuple[str, str]) -> tuple[str, str]:
    name, kpj = known
    return name, format_number("kpj", kpj)


def crumbs(*more: Link) -> list[Link]:
    """The way back."""
    return [Link(_("Kepesertaan saya"), url_of("worker:home")), *more]
