"""Who comes in, what stands above every page, and how the funds' words are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.core.text import N_, _
from jamsostek.ledger.chart import FUND_TITLES, PROGRAMMES
from jamsostek.portal.oversight.frame import WATCHERS
from jamsostek.portal.oversight.frame import crumbs as watcher_crumbs
from jamsostek.portal.screens import Link, Tab, page

INVESTORS = (Role.DEALER, Role.SETTLEMENT, Role.RISK, Role.CHIEF)
READERS = (*INVESTORS, Role.HEAD_OFFICE, Role.AUDITOR, Role.ACTUARY)
TABS: tuple[tuple[str, str], ...] = (("fund:home", N_("Ringkasan")), ("jht_return:home", N_("Hasil JHT")))
"""The first page of each part, in the order they are shown."""
FUNDS = PROGRAMMES


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, here: str = "", above: Iterable[Link] = ()
) -> HttpResponse:
    """A page of the funds, `template` beneath portal/fund/; `here` is the tab it stands under, `above` are pages between."""
    first = Link(_("Dana"), reverse("fund:home"))
    way = _first(request) if here == "fund:home" else [*_first(request), first, *above]
    return page(request, f"fund/{template}", {"tabs": _tabs(here), **context}, title=title, crumbs=way)


def _first(request: HttpRequest) -> list[Link]:
    roles = request.scope.roles  # type: ignore[attr-defined]
    return watcher_crumbs(request) if roles & {*WATCHERS, Role.HEAD_OFFICE} else []


def _tabs(here: str) -> list[Tab]:
    return [Tab(_(text), reverse(name), name == here) for name, text in TABS]


def fund_title(fund: str) -> str:
    """`jkk` -> `Dana JKK`."""
    return _(FUND_TITLES[fund])
