"""The demo's funds against the limits: what its portfolio keeps, what it passes, and what the site's town does about it."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.demo.fund import live_funds
from jamsostek.fund.queries.breaches import STATES, board_history, broken_now, plans
from jamsostek.fund.queries.limits import board_limits, day
from jamsostek.ledger.chart import PROGRAMMES
from tests import cast
from tests.site.limiting import limit

TODAY = dt.date(2026, 11, 21)


def test_limits_and_plans_in_every_state_come_out_of_the_demos_portfolio(db: None) -> None:
    with cast.everyone():
        users: dict[Role, User] = {}
        for role in (Role.DEALER, Role.RISK, Role.SETTLEMENT, Role.CHIEF):
            users[role] = cast.user(f"peragaan.{role}", role, is_demo=True)
    live_funds(today=TODAY, tell=lambda *_told: None)
    with cast.everyone():
        before = day(TODAY)
        kept = {fund: len(before.standings(fund)) for fund in PROGRAMMES}
    assert all(kept.values())
    typed = limit(users, TODAY)
    with cast.everyone():
        now = day(TODAY)
        broken, told = broken_now(now), plans(now)
        assert {one.state for one in told} == {"running", "waiting"} <= set(STATES)
        assert {one.plan.pk for one in broken if one.plan} == {one.row.pk for one in told}
        assert any(one.standing.limit.basis == "board" for one in broken)
        assert len(board_limits(TODAY)) == 1 and len(board_history()) == 3
    assert all(one.row.plan in typed for one in told)
