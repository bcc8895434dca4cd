"""Who comes in, what stands above every page, and how the books' words are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.core.text import _, language
from jamsostek.ledger.chart import FUND_TITLES
from jamsostek.ledger.models import Account
from jamsostek.portal.oversight.frame import crumbs
from jamsostek.portal.screens import Link, Tab, page

READERS = (
    Role.HEAD_OFFICE, Role.AUDITOR, Role.ACTUARY, Role.DEALER, Role.SETTLEMENT, Role.RISK, Role.CHIEF,
)  # fmt: skip
CLOSERS = (Role.HEAD_OFFICE,)


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, here: str = "", above: Iterable[Link] = ()
) -> HttpResponse:
    """A page of the books: `here` is the view it stands under, `above` are pages between the first one and this."""
    first = Link(_("Pembukuan"), reverse("books:home"))
    way = crumbs(request) if here == "home" else crumbs(request, first, *above)
    return page(request, f"books/{template}", {"tabs": _tabs(here), **context}, title=title, crumbs=way)


def _tabs(here: str) -> list[Tab]:
    told = (
        ("home", _("Ringkasan")), ("trial", _("Neraca saldo")), ("chart", _("Bagan akun")), ("months", _("Bulan pembukuan")),
        ("check", _("Pemeriksaan")),
    )  # fmt: skip
    return [Tab(text, reverse(f"books:{name}"), name == here) for name, text in told]


def fund_title(fund: str) -> str:
    """`jkk` -> `Dana JKK`."""
    return _(FUND_TITLES[fund])


def title_of(account: Account) -> str:
    """What an account is called, in the reader's language."""
    return str(account.title_en if language() == "en" else account.title_id)


def account_link(account: Account) -> Link:
    """The way to an account's statement."""
    return Link(title_of(account), reverse("books:account", args=[account.code]))


def group_link(group_id: int, text: str) -> Link:
    """The way to a group."""
    return Link(text, reverse("books:group", args=[group_id]))
