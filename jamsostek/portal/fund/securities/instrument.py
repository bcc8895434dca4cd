"""One instrument: its facts, its prices drawn, who holds it, what it pays and when. One issuer with its group."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.fund.choices import ISSUER_KINDS, MEASURES, AssetClass
from jamsostek.fund.facts import QUOTED_IN_PERCENT
from jamsostek.fund.models import Instrument, Issuer, Price
from jamsostek.fund.queries import catalogue
from jamsostek.fund.queries.positions import Position
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.securities.words import (
    by,
    class_words,
    coupon_words,
    day_or_nothing,
    example,
    home,
    instrument_link,
    price_words,
    rupiah_or_nothing,
)
from jamsostek.portal.screens import Chart, Column, Empty, Fact, Link, Measure, chart, export, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date

COUPONS_SHOWN = 24
PRICES_SHOWN = 260
"""A year of days with a price."""


def _one(instrument_id: int) -> Instrument:
    try:
        return catalogue.instrument(instrument_id)
    except Refused as error:
        raise Http404 from error


@door(*READERS)
@require_safe
def show(request: HttpRequest, instrument_id: int) -> HttpResponse:
    """All that is known of it."""
    one, now = _one(instrument_id), today()
    held = catalogue.holders(one.pk, on=now)
    found = catalogue.prices(one.pk)
    units = sum(position.quantity for position in held)
    coming = catalogue.schedule(one.pk, since=now, units=units or 1)
    context: dict[str, Any] = {
        "tag": example(one.invented),
        "facts": _facts(one, found),
        "chart": _chart(one, found[:PRICES_SHOWN]) if len(found) > 1 else None,
        "prices": _prices(one, found[:10]) if found else None,
        "export_url": f"{reverse('securities:prices_of', args=[one.pk])}?",
        "no_prices": Empty(_("Belum ada harga"), _("Harga masuk dari berkas, lewat halaman Harga.")),
        "holders": _holders(held) if held else None,
        "not_held": Empty(_("Tidak ada dana yang memilikinya"), ""),
        "coupons": _coupons(coming[:COUPONS_SHOWN]) if coming else None,
        "coupons_of": _("Untuk {units} unit yang dimiliki sekarang.").format(units=format_number(units))
        if units
        else _("Untuk satu unit; tidak ada dana yang memilikinya."),
        "more_coupons": max(len(coming) - COUPONS_SHOWN, 0),
        "charts": True,
    }
    return screen(request, "securities/instrument.html", context, title=f"{one.code} {one.name}", above=[home()])


def _facts(one: Instrument, found: list[Price]) -> list[Fact]:
    told = [
        Fact(_("Golongan"), class_words(one.asset_class)),
        Fact(_("Penerbit"), Link(one.issuer.name, reverse("securities:issuer", args=[one.issuer_id]))),
        Fact(_("Kelompok usaha"), one.issuer.corporate_group or _("berdiri sendiri")),
        Fact(_("ISIN"), one.isin),
        Fact(_("Cara mengukur"), _(MEASURES[one.measured])),
        Fact(_("Nilai nominal satu unit"), format_rupiah(one.unit_rupiah) if one.matures_on else ""),
        Fact(_("Kupon"), coupon_words(one) if one.coupon_ppm is not None else ""),
        Fact(_("Hitungan hari"), one.day_count if one.coupon_ppm else ""),
        Fact(_("Terbit"), day_or_nothing(one.issued_on) if one.issued_on else ""),
        Fact(_("Jatuh tempo"), day_or_nothing(one.matures_on) if one.matures_on else ""),
        Fact(_("Tercatat di bursa"), _("Ya") if one.listed else _("Tidak")),
        Fact(_("Peringkat"), one.rating),
        Fact(_("Dicatat"), by(one.recorded_by, one.recorded_at)),
    ]
    if found:
        words = price_words(found[0].price, one.asset_class, one.unit_rupiah)
        told.insert(1, Fact(_("Harga terakhir"), _("{price} per {day}").format(price=words, day=date(found[0].priced_on))))
    return [fact for fact in told if fact.value]


def _shown_price(one: Instrument, price: Price) -> float:
    in_percent = AssetClass(one.asset_class) in QUOTED_IN_PERCENT
    return float(price.price * 100 / one.unit_rupiah if in_percent else price.price)


def _chart(one: Instrument, found: list[Price]) -> Chart:
    def words(price: Price) -> str:
        return price_words(price.price, one.asset_class, one.unit_rupiah)

    rows = [
        {"day": price.priced_on.isoformat(), "price": _shown_price(one, price), "told": words(price)} for price in reversed(found)
    ]
    in_percent = AssetClass(one.asset_class) in QUOTED_IN_PERCENT
    title = _("persen dari nominal") if in_percent else _("rupiah per unit")
    spec = {
        "mark": {"type": "line", "point": len(rows) < 40},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": None, "axis": {"tickCount": 6}},
            "y": {"field": "price", "type": "quantitative", "title": title, "scale": {"zero": False}},
        },
    }
    first, last = found[-1], found[0]
    said = _("Dari {first} pada {from_day} menjadi {last} pada {to_day}.").format(
        first=price_words(first.price, one.asset_class, one.unit_rupiah), from_day=date(first.priced_on),
        last=price_words(last.price, one.asset_class, one.unit_rupiah), to_day=date(last.priced_on),
    )  # fmt: skip
    columns = [
        Measure(_("Tanggal"), "day", lambda day: date(dt.date.fromisoformat(day))),
        Measure(_("Harga hari itu"), "told", number=True),
    ]
    return chart(
        "harga", _("Harga"), spec, columns, rows, text=said, source=last.source,
        status="simulated" if any(price.invented for price in found) else "registry", as_of=date(last.priced_on),
        note=_("Angka rekaan untuk peragaan.") if any(price.invented for price in found) else "",
    )  # fmt: skip


def _prices(one: Instrument, found: list[Price]) -> Table:
    columns = [
        Column(_("Tanggal"), lambda price: date(price.priced_on)),
        Column(_("Harga hari itu"), lambda price: price_words(price.price, one.asset_class, one.unit_rupiah), number=True),
        Column(_("Sumber"), lambda price: price.source),
        Column(_("Dicatat"), lambda price: by(price.recorded_by, price.recorded_at)),
    ]
    return table(_("Harga terbaru"), columns, found)


def _holders(held: list[Position]) -> Table:
    columns = [
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Unit"), lambda one: format_number(one.quantity), number=True),
        Column(_("Biaya perolehan"), lambda one: format_rupiah(one.cost_rupiah), number=True),
        Column(_("Nilai buku"), lambda one: format_rupiah(one.carrying_rupiah), number=True),
        Column(_("Nilai pasar"), lambda one: rupiah_or_nothing(one.market_rupiah), number=True),
        Column(_("Bunga berjalan"), lambda one: format_rupiah(one.accrued_rupiah), number=True),
    ]
    return table(_("Siapa yang memiliki"), columns, held)


def _coupons(coming: list[catalogue.Coupon]) -> Table:
    columns = [
        Column(_("Tanggal"), lambda one: date(one.due_on)),
        Column(_("Kupon atau bunga"), lambda one: format_rupiah(one.rupiah) if one.rupiah else NOTHING, number=True),
        Column(_("Pokok kembali"), lambda one: format_rupiah(one.repaid) if one.repaid else NOTHING, number=True),
    ]
    return table(_("Yang akan dibayar"), columns, coming)


@door(*READERS)
@require_safe
def prices_of(request: HttpRequest, instrument_id: int) -> HttpResponseBase:
    """All prices of an instrument as a file, in rupiah of a unit."""
    one = _one(instrument_id)
    headings = [_("Kode"), _("Tanggal"), _("Harga dalam rupiah per unit"), _("Sumber"), _("Contoh")]
    rows = (
        [one.code, price.priced_on, format(price.price.normalize(), "f"), price.source, _("Ya") if price.invented else _("Tidak")]
        for price in catalogue.prices(one.pk)
    )
    return export(request, f"{_('harga')}-{one.code}", headings, rows)


@door(*READERS)
@require_safe
def issuer(request: HttpRequest, issuer_id: int) -> HttpResponse:
    """One with the others of its group, its instruments, and what the funds hold of all of them."""
    try:
        one = catalogue.issuer(issuer_id)
    except Refused as error:
        raise Http404 from error
    others = catalogue.group_of(one)
    held = catalogue.held_of({one.pk, *(other.pk for other in others)}, on=today())
    mine = list(catalogue.instruments().filter(issuer=one))
    context = {
        "tag": example(one.invented),
        "facts": [
            Fact(_("Kode"), one.code),
            Fact(_("Jenis"), _(ISSUER_KINDS[one.kind])),
            Fact(_("Kelompok usaha"), one.corporate_group or _("berdiri sendiri")),
            Fact(_("Nilai buku di semua dana"), format_rupiah(_carried(held, {one.pk}))),
            *([Fact(_("Nilai buku seluruh kelompok"), format_rupiah(_carried(held, None)))] if others else []),
            Fact(_("Dicatat"), by(one.recorded_by, one.recorded_at)),
        ],
        "group": _group(others, held) if others else None,
        "instruments": _instruments(mine) if mine else None,
        "empty": Empty(_("Belum ada efek dari penerbit ini")),
    }
    above = [home(), Link(_("Penerbit"), reverse("securities:issuers"))]
    return screen(request, "securities/issuer.html", context, title=one.name, above=above)


def _carried(held: list[Position], of: set[int] | None) -> int:
    return sum(one.carrying_rupiah for one in held if of is None or one.security.issuer_id in of)


def _group(others: list[Issuer], held: list[Position]) -> Table:
    columns = [
        Column(_("Penerbit"), lambda one: Link(one.name, reverse("securities:issuer", args=[one.pk]))),
        Column(_("Jenis"), lambda one: _(ISSUER_KINDS[one.kind])),
        Column(_("Nilai buku di semua dana"), lambda one: format_rupiah(_carried(held, {one.pk})), number=True),
    ]
    return table(_("Lainnya dalam kelompok ini"), columns, others)


def _instruments(mine: list[Instrument]) -> Table:
    columns = [
        Column(_("Kode"), instrument_link),
        Column(_("Nama"), lambda one: one.name),
        Column(_("Golongan"), lambda one: class_words(one.asset_class)),
        Column(_("Jatuh tempo"), lambda one: day_or_nothing(one.matures_on)),
        Column(
            _("Harga terakhir"),
            lambda one: price_words(one.newest_price, one.asset_class, one.unit_rupiah),
            number=True,
        ),
    ]
    return table(_("Efek dari penerbit ini"), columns, mine)
