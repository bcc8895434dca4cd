"""Instruments with who issued them, as positions show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jamsostek.fund.models import Instrument
from jamsostek.fund.terms import Terms


@dataclass(frozen=True)
class Security:
    """An instrument with who issued it; `corporate_group` is empty for a firm that stands alone."""

    id: int
    code: str
    name: str
    asset_class: str
    measured: str
    issuer_id: int
    issuer: str
    issuer_name: str
    issuer_kind: str
    corporate_group: str
    unit_rupiah: int
    coupon_ppm: int | None
    coupons_a_year: int
    day_count: str
    issued_on: dt.date | None
    matures_on: dt.date | None
    listed: bool
    rating: str
    invented: bool


def security(row: Instrument) -> Security:
    """An instrument's row, read with its issuer."""
    issuer = row.issuer
    return Security(
        row.pk, row.code, row.name, row.asset_class, row.measured, issuer.pk, issuer.code, issuer.name, issuer.kind,
        issuer.corporate_group, row.unit_rupiah, row.coupon_ppm, row.coupons_a_year, row.day_count, row.issued_on, row.matures_on,
        row.listed, row.rating, row.invented or issuer.invented,
    )  # fmt: skip


def securities(ids: Iterable[int]) -> dict[int, Security]:
    """Instruments by id."""
    return {row.pk: security(row) for row in Instrument.objects.select_related("issuer").filter(pk__in=set(ids))}


def terms_of(one: Security) -> Terms:
    """What one unit promises."""
    return Terms(one.unit_rupiah, one.coupon_ppm, one.coupons_a_year, one.day_count, one.issued_on, one.matures_on)
