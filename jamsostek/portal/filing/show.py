"""One claim: while it is filled in the list of what is to do, afterwards where it stands; and the pages of its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.claims.actions import intake
from jamsostek.claims.choices import Kind, State
from jamsostek.claims.facts import Facts, Spec
from jamsostek.claims.models import Claim
from jamsostek.claims.queries.knowing import facts_of
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.filing import status, steps
from jamsostek.portal.filing.asking import FactsForm, initial, pages, stated
from jamsostek.portal.filing.frame import go_on, looked, screen, whose
from jamsostek.portal.filing.holder import new_code, of_claim, url
from jamsostek.portal.filing.words import kind_title
from jamsostek.portal.screens import today


@require_safe
def _show(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    looked(claim)
    if claim.state != State.DRAFT:
        return status.page_of(request, claim)
    found = steps.steps(claim, facts_of(claim, today=today()), today())
    context = {
        "about": whose(request, claim),
        "facts": [one.line for one in found],
        "next": next((one.url for one in found if one.state == steps.OPEN), url("check", claim)),
        "open": len(steps.missing(found)),
        "unwritten": bool(new_code(request, claim)),
    }
    return screen(request, "filing/show.html", claim, context, title=kind_title(claim), top=True)


show = of_claim()(_show)


@require_http_methods(["GET", "HEAD", "POST"])
def _facts(request: HttpRequest, claim: Claim, slug: str) -> HttpResponseBase:
    kind, known = Kind(claim.kind), facts_of(claim, today=today())
    found = {page.slug: (page, specs) for page, specs in pages(kind, known)}
    if slug not in found:
        raise Http404
    page, specs = found[slug]
    form = FactsForm(kind, specs, request.POST if request.method == "POST" else None, initial=_said(request, specs, known))
    if form.is_bound and form.is_valid():
        try:
            intake.state_facts(claim_id=claim.pk, values=form.values(), today=today())
        except InputError as error:
            form.refuse(error)
        else:
            return go_on(request, claim, f"facts:{slug}")
    return screen(request, "filing/form.html", claim, {"form": form, "steps": _place(found, slug)}, title=_(page.title))


facts = of_claim(draft=True)(_facts)


def _said(request: HttpRequest, specs: Sequence[Spec], known: Facts) -> dict[str, Any]:
    """What was said before. What our own records tell is filled in for those who signed in: a code alone opens no records."""
    told = initial(specs, known)
    return {name: value for name, value in told.items() if not request.by_code or stated(known, name) is not None}  # type: ignore[attr-defined]


def _place(found: Mapping[str, Any], slug: str) -> str:
    at = list(found).index(slug) + 1
    return _("Halaman {number} dari {count}").format(number=at, count=len(found)) if len(found) > 1 else ""
