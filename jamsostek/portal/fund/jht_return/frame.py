"""What the pages of the JHT return share: who may do what, their way back, and how their figures are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.accounts.paper import INVENTED
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.queries.jht_return import Proposal
from jamsostek.ledger.models import Account
from jamsostek.portal.fund.frame import screen as fund_screen
from jamsostek.portal.screens import Link, Tag
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.screens.words import month as month_words

PROPOSERS = (Role.ACTUARY,)
RECORDERS = (Role.ACTUARY, Role.HEAD_OFFICE)
TITLE = N_("Hasil JHT")
STATES: dict[str, Tag] = {
    "waiting": Tag(N_("Menunggu keputusan"), "warn"),
    "adopted": Tag(N_("Ditetapkan"), "good"),
    "refused": Tag(N_("Ditolak"), "plain"),
}
GRADES: dict[str, str] = {
    "gazette": N_("naskah peraturan dibaca"), "secondary": N_("sumber kedua"), "assumed": N_("anggapan"),
    "memory": N_("ingatan"),
}  # fmt: skip


def screen(
    request: HttpRequest, context: Mapping[str, Any], *, title: str, here: str = "", above: Iterable[Link] = (),
    template: str = "page.html",
) -> HttpResponse:  # fmt: skip
    """A page of the JHT return; `here` is the view it stands under, other pages have the room's first one above them."""
    way = [] if here else [Link(_(TITLE), reverse("jht_return:home")), *above]
    return fund_screen(request, f"jht_return/{template}", {"main": bool(here), **context}, title=title, here=here, above=way)


def holds(*roles: Role) -> bool:
    """Whether who looks has one of the roles."""
    return bool(current().roles & {*roles})


def accounts() -> dict[str, Account]:
    """The JHT fund's accounts by code."""
    return {one.code: one for one in Account.objects.filter(fund="jht")}


def share(ppm: int | None) -> str:
    """`5,63 %`; a dash where there is none."""
    return NOTHING if ppm is None else format_percent(ppm)


def cover(ppm: int | None) -> str:
    """A cover to two decimals of a per cent."""
    return share(None if ppm is None else (ppm + 50) // 100 * 100)


def rupiah(amount: int | None) -> str:
    """`Rp1.000`, and `−Rp1.000` for what is missing."""
    if amount is None:
        return NOTHING
    return f"−{format_rupiah(-amount)}" if amount < 0 else format_rupiah(amount)


def span(first: int, last: int) -> str:
    """`Januari 2026 sampai Juni 2026`."""
    return _("{first} sampai {last}").format(first=month_words(first), last=month_words(last))


def state(one: Proposal) -> Tag:
    """How a proposal stands, in words."""
    found = STATES[one.state]
    return Tag(_(found.text), found.tone)


def example(invented: bool) -> str:
    """A mark behind what was made up."""
    return f" ({_(INVENTED)})" if invented else ""
