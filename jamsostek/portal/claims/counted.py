"""What was decided, down to the article: every part with its steps, the money it became, its number in the books and at the bank.

The same page for the office and for the family; `for_family` is what pages of visitors who hold a claim's code show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.claims.computing import Part
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import desk
from jamsostek.claims.queries.cases import conditions_of, parts_of
from jamsostek.claims.queries.knowing import comes_to
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.law import Explanation
from jamsostek.law.entitlement import Condition
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import READERS, WATCH
from jamsostek.portal.screens import Empty, Fact, Link, page, today
from jamsostek.portal.screens.explanation import Told, told
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def at_office(request: HttpRequest, number: str) -> HttpResponseBase:
    """What stands; where nothing was decided yet, what it comes to now."""
    claim = frame.of(number)
    audit.looked([claim.participant_id], ("claim",), "klaim")
    made = desk.standing_decision(claim)
    if made is not None:
        parts, digest, notice = parts_of(made.assessment), made.assessment.law_digest, ""
    else:
        now = comes_to(claim, today=today())
        parts, digest = list(now.parts), now.law_digest
        notice = _("Belum diputuskan. Ini hitungan dengan apa yang diketahui sekarang.")
    context = {
        **_context(claim, parts, lambda key: frame.url("amount", claim, key)),
        "base": frame.base(),
        "tabs": frame.tabs(claim, "counted"),
        "notice": notice,
        "others": shown.other_amounts(parts),
        "letter": frame.url("letter", claim) if made is not None else "",
        "digest": digest[:16],
    }
    crumbs = frame.above(frame.claim_link(claim))
    return page(request, "claims/counted.html", context, title=_title(claim), crumbs=crumbs)


@door(Role.WORKER, Role.HEIR)
@require_safe
def mine(request: HttpRequest, number: str) -> HttpResponseBase:
    """One's own claim, or that of somebody one stands for."""
    claim = frame.of(number)
    crumbs = [Link(_("Kepesertaan saya"), reverse("worker:home"))]
    return for_family(request, claim, crumbs=crumbs, letter=reverse("claim_own:letter", args=[claim.number]))


def for_family(request: HttpRequest, claim: Claim, *, crumbs: Sequence[Link], letter: str = "") -> HttpResponseBase:
    """The page for whoever filed a claim in sight, is its person, or holds its code; raises `Refused` for all others."""
    if not desk.is_claimant(claim):
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    audit.looked([claim.participant_id], ("claim",), "klaim")
    made = desk.standing_decision(claim)
    refused: list[Condition] = []
    if made is not None and not made.approve:
        refused = [one for one in conditions_of(made.assessment) if one.key in made.grounds]
    decided = parts_of(made.assessment) if made is not None and made.approve else ()
    context = {
        **_context(claim, decided, lambda key: reverse("claim_own:amount", args=[claim.number, key])),
        "base": WATCH,
        "refused": shown.conditions_table(refused, _("Syarat yang tidak terpenuhi")) if refused else None,
        "letter": letter if made is not None else "",
        "digest": made.assessment.law_digest[:16] if made is not None else "",
        "empty": Empty(_("Belum diputuskan"), _("Begitu klaim ini diputuskan, setiap rupiah dan pasalnya tampak di sini."))
        if made is None
        else None,
    }
    return page(request, "claims/counted.html", context, title=_title(claim), crumbs=crumbs)


def _title(claim: Claim) -> str:
    return _("Hitungan klaim {number}").format(number=words.number(claim))


def _context(claim: Claim, parts: Sequence[Part], address: Callable[[str], str]) -> dict[str, Any]:
    paid = desk.payouts_of(claim)
    books = current().may(Can.READ_BOOKS)
    return {
        "about": words.kind(claim),
        "state": words.state_tag(claim),
        "parts": [explained(one) for one in each_once([*parts, *(line.part for line in paid if line.part is not None)])],
        "payouts": shown.payouts_table(paid, books=books, address=address) if paid else None,
        "total": format_rupiah(sum(one.net_rupiah for one in paid)) if paid else "",
    }


def each_once(parts: Sequence[Part]) -> list[Part]:
    """Parts that stand, then those of earlier decisions that money was paid for; each once."""
    found: list[Part] = []
    for one in parts:
        if one not in found:
            found.append(one)
    return found


def explained(part: Part) -> dict[str, Any]:
    """A part with everything behind its figure."""
    tax = part.tax_explained()
    facts = [Fact(_("Untuk"), month_words(part.month)), Fact(_("Cara bayar"), shown.way_words(part))]
    if part.source:
        facts.append(Fact(_("Dari mana"), _(part.source)))
    if part.tax_rupiah:
        facts.append(Fact(_("Pajak"), format_rupiah(part.tax_rupiah)))
    if part.before_rupiah:
        facts.append(Fact(_("Sudah diputuskan"), format_rupiah(part.before_rupiah)))
    if part.date:
        facts.append(Fact(_("Hukum pada hari"), date_of(part.date)))
    return {
        "title": desk.title_of(part.component),
        "rupiah": format_rupiah(part.rupiah),
        "facts": facts,
        "basis": [(_rule(one), told(one)) for one in part.basis_explained()],
        "told": _told(part.explained()),
        "tax": _told(tax),
    }


def _told(explanation: Explanation | None) -> Told | None:
    return None if explanation is None else told(explanation)


def _rule(explanation: Explanation) -> str:
    return _(explanation.rule.title)


def date_of(text: str) -> str:
    """A stored day in words."""
    return date(dt.date.fromisoformat(text))
