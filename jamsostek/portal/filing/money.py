"""The money of a claim for who holds it: every amount with a page and a paper of its own, and the letter of the decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.scope import current
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import desk
from jamsostek.claims.queries.explained import Amount
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.claims import amounts, letters
from jamsostek.portal.filing.frame import crumbs, looked, screen
from jamsostek.portal.filing.holder import of_claim, url
from jamsostek.portal.filing.status import may_see_money
from jamsostek.portal.screens import Empty, Link


@require_safe
def _listing(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    _need(claim)
    looked(claim)
    lines = desk.payouts_of(claim)
    context: dict[str, Any] = {
        "table": amounts.listed(lines, lambda key: url("amount", claim, key)) if lines else None,
        "total": format_rupiah(sum(one.net_rupiah for one in lines)) if len(lines) > 1 else "",
        "letter": url("letter", claim) if desk.standing_decision(claim) is not None else "",
        "counted": reverse("claim_own:counted", args=[claim.number]) if _is_own(claim) else "",
        "empty": Empty(_("Belum ada uang"), _("Begitu klaim ini disetujui, setiap jumlah dan asalnya tampak di sini.")),
    }
    return screen(request, "filing/money.html", claim, context, title=_("Uang klaim ini"))


listing = of_claim(sent=True)(_listing)


@require_safe
def _amount(request: HttpRequest, claim: Claim, amount: str) -> HttpResponseBase:
    found = _found(claim, amount)
    context = {**amounts.context_of(found), "pdf": url("amount_pdf", claim, found.key), "letter": url("letter", claim)}
    above = [*crumbs(request, claim), Link(_("Uang klaim ini"), url("money", claim))]
    return amounts.shown(request, context, title=found.title, crumbs=above)


amount = of_claim(sent=True)(_amount)


@require_safe
def _pdf(request: HttpRequest, claim: Claim, amount: str) -> HttpResponseBase:
    return amounts.pdf(_found(claim, amount))


pdf = of_claim(sent=True)(_pdf)


@require_safe
def _letter(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    _need(claim)
    return letters.answer(claim)


letter = of_claim(sent=True)(_letter)


def _need(claim: Claim) -> None:
    """404 for a firm and a hospital's desk: they are not told how it came about."""
    if not may_see_money(claim):
        raise Http404(claim.number)


def _is_own(claim: Claim) -> bool:
    scope = current()
    return scope.user_id is not None and claim.participant_id in scope.own and desk.is_claimant(claim)


def _found(claim: Claim, key: str) -> Amount:
    _need(claim)
    looked(claim)
    return amounts.of(claim, key)
