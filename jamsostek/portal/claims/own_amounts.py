"""One amount of a claim for the person, and for whoever stands for them, whoever filed it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Role
from jamsostek.claims.queries.desk import is_claimant
from jamsostek.claims.queries.explained import Amount
from jamsostek.core.text import _
from jamsostek.portal.claims import amounts, frame, words
from jamsostek.portal.screens import Link


@door(Role.WORKER, Role.HEIR)
@require_safe
def show(request: HttpRequest, number: str, amount: str) -> HttpResponseBase:
    """The page."""
    found = _mine(number, amount)
    number = found.claim.number
    context = {
        **amounts.context_of(found),
        "pdf": reverse("claim_own:amount_pdf", args=[number, found.key]),
        "letter": reverse("claim_own:letter", args=[number]),
    }
    crumbs = [
        Link(_("Kepesertaan saya"), reverse("worker:home")),
        Link(words.title(found.claim), reverse("claim_own:counted", args=[number])),
    ]
    return amounts.shown(request, context, title=found.title, crumbs=crumbs)


@door(Role.WORKER, Role.HEIR)
@require_safe
def pdf(request: HttpRequest, number: str, amount: str) -> HttpResponseBase:
    """The same on paper."""
    return amounts.pdf(_mine(number, amount))


def _mine(number: str, key: str) -> Amount:
    claim = frame.of(number)
    if not is_claimant(claim):
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    found = amounts.of(claim, key)
    audit.looked([claim.participant_id], ("claim",), "klaim")
    return found
