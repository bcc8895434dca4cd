"""What stands around the pages of one claim: whose it is as far as it may be said, how far it is, and where it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jamsostek.access import audit
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.access.scope import current
from jamsostek.claims.choices import Channel, State
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import filing
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.claims.queries.outside import initials
from jamsostek.core.text import _
from jamsostek.portal.filing import steps
from jamsostek.portal.filing.holder import url
from jamsostek.portal.filing.words import home_crumbs, kind_title, number_words
from jamsostek.portal.screens import Link, page, today
from jamsostek.portal.worker.who import crumbs as own_crumbs


def is_stranger(request: HttpRequest, claim: Claim) -> bool:
    """Whether whoever looks may not read the participant's name: who only has the code, and a hospital's desk."""
    desk = claim.channel == Channel.HOSPITAL and claim.participant_id not in current().own
    return bool(request.by_code) or desk  # type: ignore[attr-defined]


def whose(request: HttpRequest, claim: Claim) -> str:
    """Whom a claim is about: by name, or by initials for strangers."""
    name = filing.person_name(claim)
    return initials(name) if is_stranger(request, claim) else name


def above(request: HttpRequest, claim: Claim) -> list[Link]:
    """The pages above a claim's first: the list it stands in, for those who signed in."""
    scope = current()
    if request.by_code:  # type: ignore[attr-defined]
        return home_crumbs()
    if claim.participant_id in scope.own or claim.channel in (Channel.SELF, Channel.HEIR):
        return own_crumbs(Link(_("Klaim saya"), reverse("filing:mine")))
    if claim.channel == Channel.EMPLOYER and claim.employer is not None:
        firm = claim.employer
        return [
            Link(firm.name, reverse("employer:company", args=[firm.npp])),
            Link(_("Klaim yang diajukan"), reverse("filing:company", args=[firm.npp])),
        ]
    villages = sorted(scope.targets(GrantKind.VILLAGE))
    if claim.channel == Channel.VILLAGE and villages:
        return [Link(_("Klaim warga"), reverse("filing:village", args=[villages[0]]))]
    lists = {Channel.HOSPITAL: "hospital", Channel.AGENT: "agent", Channel.COUNTER: "counter"}
    name = lists.get(Channel(claim.channel))
    return [Link(_("Klaim yang diajukan"), reverse(f"filing:{name}"))] if name else home_crumbs()


def crumbs(request: HttpRequest, claim: Claim) -> list[Link]:
    """The pages above one of a claim's."""
    return [*above(request, claim), Link(kind_title(claim), url("show", claim))]


def screen(
    request: HttpRequest,
    template: str,
    claim: Claim,
    context: Mapping[str, Any],
    *,
    title: str,
    top: bool = False,
    status: int = 200,
) -> HttpResponse:
    """A page of a claim; `top` is its first."""
    told = {
        "claim": claim,
        "kind": kind_title(claim),
        "number": number_words(claim),
        "home": url("show", claim),
        "draft": claim.state == State.DRAFT,
        "code": request.by_code,  # type: ignore[attr-defined]
        **context,
    }
    way = above(request, claim) if top else crumbs(request, claim)
    return page(request, template, told, title=title, crumbs=way, status=status)


def looked(claim: Claim) -> None:
    """Somebody else than the person opened the claim: the person can see who, and when."""
    audit.looked([claim.participant_id], ("claim",), "klaim")


def go_on(request: HttpRequest, claim: Claim, name: str) -> HttpResponseRedirect:
    """After a step: the next one, or the look at everything."""
    found = steps.steps(claim, facts_of(claim, today=today()), today())
    return HttpResponseRedirect(steps.after(name, found) or url("check", claim))
