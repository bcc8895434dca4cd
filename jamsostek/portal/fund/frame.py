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
PARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Ringkasan"), (("fund:home", N_("Ringkasan")),)),
    (
        N_("Investasi"),
        (
            ("trading:home", N_("Transaksi")), ("trading:holdings", N_("Dimiliki")), ("trading:due", N_("Jatuh tempo")),
            ("trading:months", N_("Akhir bulan")),
        ),
    ),
    (
        N_("Efek investasi"),
        (
            ("securities:home", N_("Efek investasi")), ("securities:prices", N_("Harga")),
            ("securities:custody", N_("Kustodian")),
            ("securities:yields", N_("Imbal hasil")),
        ),
    ),
    (
        N_("Batas investasi"),
        (
            ("limits:home", N_("Per dana")), ("limits:breaches", N_("Pelampauan")), ("limits:board", N_("Batas internal")),
            ("limits:try", N_("Coba transaksi")),
        ),
    ),
    (
        N_("Likuiditas"),
        (
            ("liquidity:home", N_("Ketahanan")), ("liquidity:test", N_("Uji ketahanan")),
            ("liquidity:runs", N_("Uji yang tersimpan")),
        ),
    ),
    (
        N_("Hasil JHT"),
        (
            ("jht_return:home", N_("Hasil tahun ini")), ("jht_return:proposals", N_("Usulan tingkat JHT")),
            ("jht_return:floors", N_("Bunga deposito")), ("jht_return:history", N_("Tingkat yang pernah diumumkan")),
        ),
    ),
    (
        N_("Proyeksi"),
        (
            ("projection:home", N_("Resmi")), ("projection:list", N_("Semua proyeksi")),
            ("projection:assumptions", N_("Asumsi")), ("projection:compare", N_("Bandingkan")),
        ),
    ),
    (
        N_("Laporan"),
        (("fund_reports:home", N_("Laporan dana")), ("fund_reports:published", N_("Dana: terbitan dan buku kita"))),
    ),
)  # fmt: skip
"""The parts of this room in the order they are shown, each with its views; the first is where the part begins."""
FUNDS = PROGRAMMES


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, here: str = "", above: Iterable[Link] = ()
) -> HttpResponse:
    """A page of the funds, `template` beneath portal/fund/; `here` is the tab it stands under, `above` are pages between."""
    first = Link(_("Dana"), reverse("fund:home"))
    way = _first(request) if here == "fund:home" else [*_first(request), first, *above]
    return page(
        request, f"fund/{template}", {"fund_parts": _parts(here), "fund_views": _views(here), **context}, title=title, crumbs=way
    )


def _first(request: HttpRequest) -> list[Link]:
    roles = request.scope.roles  # type: ignore[attr-defined]
    return watcher_crumbs(request) if roles & {*WATCHERS, Role.HEAD_OFFICE} else []


def _parts(here: str) -> list[Tab]:
    return [Tab(_(text), reverse(views[0][0]), any(name == here for name, _text in views)) for text, views in PARTS]


def _views(here: str) -> list[Tab]:
    """The views beside this one, where there are some."""
    beside = next((views for _title, views in PARTS if any(name == here for name, _text in views)), ())
    return [Tab(_(text), reverse(name), name == here) for name, text in beside] if len(beside) > 1 else []


def fund_title(fund: str) -> str:
    """`jkk` -> `Dana JKK`."""
    return _(FUND_TITLES[fund])
