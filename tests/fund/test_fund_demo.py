"""The demo's funds: an invented portfolio in the published proportions, and the books that prove it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from jamsostek.core.months import add_months, month_of
from jamsostek.demo.fund import MONTHS, live_funds
from jamsostek.fund.models import Event, MonthEnd
from jamsostek.fund.queries.positions import positions
from jamsostek.fund.queries.trades import trades
from jamsostek.ledger import checks
from jamsostek.ledger.chart import PROGRAMMES
from tests import cast

DAYS = (dt.date(2026, 11, 21), dt.date(2026, 3, 1), dt.date(2026, 7, 31))


@pytest.mark.parametrize("today", DAYS)
def test_the_demo_lives_through_its_months_on_any_day(db: None, today: dt.date) -> None:
    with cast.everyone():
        for role in ("dealer", "risk", "settlement", "chief"):
            cast.user(f"peragaan.{role}", role, is_demo=True)
    live_funds(today=today, tell=lambda *_told: None)
    live_funds(today=today, tell=lambda *_told: None)
    with cast.everyone():
        found = checks.check()
        made, held = trades(), positions(on=today)
        ended = Counter(MonthEnd.objects.values_list("fund", flat=True))
        kinds = set(Event.objects.values_list("kind", flat=True))
    assert found == []
    assert ended == dict.fromkeys(PROGRAMMES, MONTHS)
    assert kinds == {"coupon", "dividend", "maturity"}
    assert {str(one.state) for one in made} == {"planned", "checked", "breach", "refused", "withdrawn", "settled"}
    assert all(one.invented for one in made)
    assert all(one.security.invented for one in held)
    approved = [(one.fund, one.security.code, str(one.state)) for one in made if one.step("breach_approved")]
    assert approved == [("jp", "CONTOH-TAMB", "settled")]
    assert max(one.settle_on for one in made) == today
    assert min(month_of(one.settle_on) for one in made) == add_months(month_of(today), -MONTHS)
