"""Holdings made up for tests of limits: instruments of every class, and a fund with as much of each as a case asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from jamsostek.fund.limits.measure import Holding
from jamsostek.fund.queries.positions import Security

ON = dt.date(2026, 11, 21)
_PLAIN = Security(
    id=1, code="SUN", name="Obligasi negara", asset_class="government_bond", measured="amortised", issuer_id=1, issuer="RI",
    issuer_name="Pemerintah", issuer_kind="government", corporate_group="", unit_rupiah=1_000_000, coupon_ppm=65_000,
    coupons_a_year=2, day_count="act/act", issued_on=None, matures_on=dt.date(2040, 1, 1), listed=True, rating="idAAA",
    invented=True,
)  # fmt: skip


def paper(number: int, asset_class: str, issuer: str, kind: str = "company", **given: object) -> Security:
    """An instrument nobody ever issued."""
    facts: dict[str, object] = {
        "id": number, "code": f"E{number}", "name": f"Efek {number}", "asset_class": asset_class, "issuer_id": number,
        "issuer": issuer, "issuer_name": f"PT {issuer}", "issuer_kind": kind,
    }  # fmt: skip
    return replace(_PLAIN, **(facts | given))  # type: ignore[arg-type]


BOND = _PLAIN


def has(fund: str, security: Security, rupiah: int) -> Holding:
    """So much of an instrument."""
    return Holding(fund, security, rupiah)
