"""Lists of instruments and issuers, and all that is told of one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from jamsostek.access.errors import not_yours
from jamsostek.core.text import _
from jamsostek.fund.models import Instrument, Issuer, Lot, Price
from jamsostek.fund.queries.lots import held_lots
from jamsostek.fund.queries.positions import Position, positions
from jamsostek.fund.queries.securities_held import security, terms_of
from jamsostek.fund.terms import coupon_rupiah, periods

MOST_PRICES = 2_000


def instruments(*, search: str = "", asset_class: str = "", held_on: dt.date | None = None) -> QuerySet[Instrument]:
    """Instruments by code, each with `newest_price` and `newest_on`; narrowed by words, class, or to what is held on a day."""
    newest = Price.objects.filter(instrument=OuterRef("pk")).order_by("-priced_on", "-id")
    found = Instrument.objects.select_related("issuer").annotate(
        newest_price=Subquery(newest.values("price")[:1]), newest_on=Subquery(newest.values("priced_on")[:1])
    )
    for word in search.split()[:6]:
        found = found.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(isin__iexact=word) | Q(issuer__name__icontains=word)
            | Q(issuer__code__iexact=word)
        )  # fmt: skip
    if asset_class:
        found = found.filter(asset_class=asset_class)
    if held_on is not None:
        found = found.filter(pk__in={one.security.id for one in held_lots(on=held_on)})
    return found.order_by("code")


def instrument(instrument_id: int) -> Instrument:
    """One with its issuer; raises `Refused` where there is none."""
    found = Instrument.objects.select_related("issuer").filter(pk=instrument_id).first()
    if found is None:
        raise not_yours(_("Efek ini tidak ada."))
    return found


def issuers(*, search: str = "") -> QuerySet[Issuer]:
    """Issuers by code, narrowed by words."""
    found = Issuer.objects.all()
    for word in search.split()[:6]:
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word) | Q(corporate_group__icontains=word))
    return found.order_by("code")


def issuer(issuer_id: int) -> Issuer:
    """One; raises `Refused` where there is none."""
    found = Issuer.objects.filter(pk=issuer_id).first()
    if found is None:
        raise not_yours(_("Penerbit ini tidak ada."))
    return found


def group_of(one: Issuer) -> list[Issuer]:
    """The others of its corporate group; nobody where it stands alone."""
    return list(Issuer.objects.filter(corporate_group=one.corporate_group).exclude(pk=one.pk)) if one.corporate_group else []


def prices(instrument_id: int) -> list[Price]:
    """The price that holds for each day, the newest first; at most `MOST_PRICES`."""
    held = Price.objects.filter(instrument_id=instrument_id).order_by("-priced_on", "-id").distinct("priced_on")
    return list(held[:MOST_PRICES])


def holders(instrument_id: int, *, on: dt.date) -> list[Position]:
    """Who holds it at the end of a day, by fund."""
    if not Lot.objects.filter(instrument_id=instrument_id, bought_on__lte=on).exists():
        return []
    return [one for one in positions(on=on) if one.security.id == instrument_id]


def held_of(issuer_ids: set[int], *, on: dt.date) -> list[Position]:
    """What all funds hold of some issuers at the end of a day."""
    return [one for one in positions(on=on) if one.security.issuer_id in issuer_ids]


@dataclass(frozen=True)
class Coupon:
    """Interest on one unit: when it is due, and exact rupiah rounded half up; `repaid` with the last one."""

    due_on: dt.date
    rupiah: int
    repaid: int


def schedule(instrument_id: int, *, since: dt.date, units: int) -> list[Coupon]:
    """What so many units pay after a day until they are repaid."""
    one = security(instrument(instrument_id))
    terms = terms_of(one)
    found = [
        Coupon(each.due, coupon_rupiah(terms, units, each.due), units * one.unit_rupiah if each.due == one.matures_on else 0)
        for each in periods(terms, since=since)
    ]
    if one.matures_on is not None and one.matures_on > since and not any(each.repaid for each in found):
        found.append(Coupon(one.matures_on, 0, units * one.unit_rupiah))
    return found
