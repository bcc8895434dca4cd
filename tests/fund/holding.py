"""A small fund for tests: people with separate hands, invented papers, and trades carried through in one call."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection

from jamsostek.core.months import add_months
from jamsostek.fund.actions import trading
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.actions import Leg, Posting
from tests import cast

FIRST_MONTH = 202601
ROLES = ("dealer", "risk", "settlement", "chief", "head_office")
_number = count(1)


@dataclass
class House:
    """People by role, and what was made."""

    people: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = next(_number)
        with cast.everyone():
            self.people = {role: cast.user(f"{role}.{at}", role) for role in ROLES}
            for month in range(14):
                ledger.open_month(add_months(FIRST_MONTH, month))

    def act(self, role: str) -> Any:
        """A transaction of the holder of a role."""
        return cast.as_user(self.people[role])

    def money(self, fund: str, rupiah: int, on: dt.date = dt.date(2026, 1, 2)) -> None:
        """Cash that comes into a fund."""
        with cast.everyone():
            ledger.post(Posting(f"modal-{next(_number)}", "opening", on, (Leg(f"cash:{fund}", f"fund:{fund}", rupiah),)))

    def carried(self, *, to: str = "settled", **given: Any) -> Any:
        """A trade planned, checked and settled, or as far as `to`; a limit it breaks is approved by the chief on the way."""
        facts: dict[str, Any] = {
            "reference": f"UJI-{next(_number)}", "fund": "jht", "side": "buy", "quantity": 100, "price": Decimal(1_000_000),
            "trade_on": dt.date(2026, 1, 15), "reason": "uji",
        } | given  # fmt: skip
        facts.setdefault("settle_on", facts["trade_on"])
        with self.act("dealer"):
            made = trading.plan(**facts)
        if to != "planned":
            with self.act("risk"):
                made = trading.check(trade_id=made.id)
        checked = made.step("checked") if to == "settled" else None
        if checked and checked.breaches:  # a fund that begins with shares has no room for them
            with self.act("chief"):
                made = trading.approve_breach(trade_id=made.id, plan="uji", mended_by=made.settle_on + dt.timedelta(days=90))
        if to == "settled":
            with self.act("settlement"):
                made = trading.settle(trade_id=made.id, today=dt.date(2027, 1, 31))
        return made


def issuer(code: str = "NEGARA", kind: str = "government", group: str = "") -> int:
    """An issuer, once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_issuer (code, name, kind, corporate_group, invented) VALUES (%s, %s, %s, %s, true)"
            " ON CONFLICT (code) DO NOTHING", [code, f"Contoh {code}", kind, group],
        )  # fmt: skip
        cursor.execute("SELECT id FROM fund_issuer WHERE code = %s", [code])
        found: int = cursor.fetchone()[0]
        return found


def paper(code: str, **given: Any) -> int:
    """An instrument; a government bond of 6 % twice a year, carried at amortised cost, unless said otherwise."""
    facts: dict[str, Any] = {
        "code": code, "name": f"Surat {code}", "asset_class": "government_bond", "measured": "amortised",
        "unit_rupiah": 1_000_000, "coupon_ppm": 60_000, "coupons_a_year": 2, "day_count": "act/act",
        "issued_on": dt.date(2024, 5, 15), "matures_on": dt.date(2030, 5, 15), "listed": True, "invented": True,
    } | given  # fmt: skip
    facts.setdefault("issuer_id", issuer())
    with connection.cursor() as cursor:
        names = ", ".join(facts)
        cursor.execute(
            f"INSERT INTO fund_instrument ({names}) VALUES ({', '.join(['%s'] * len(facts))}) RETURNING id",
            list(facts.values()),
        )
        found: int = cursor.fetchone()[0]
        return found


def share(code: str, **given: Any) -> int:
    """A share, carried at market value."""
    facts: dict[str, Any] = {
        "asset_class": "equity", "measured": "market", "unit_rupiah": 1, "coupon_ppm": None, "coupons_a_year": 0,
        "issued_on": None, "matures_on": None, "day_count": "act/365",
    }  # fmt: skip
    return paper(code, **{**facts, "issuer_id": issuer("PTCONTOH", "company"), **given})


def price(instrument: int, on: dt.date, rupiah: Decimal | int) -> None:
    """A price of a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_price (instrument_id, priced_on, price, source, invented) VALUES (%s, %s, %s, 'uji', true)",
            [instrument, on, rupiah],
        )
