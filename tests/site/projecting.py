"""Projections for the pages to show: an official one, one that waits for a decision, one that was stopped, one refused."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of
from jamsostek.core.months import month_of
from jamsostek.demo.projections import project_funds
from jamsostek.fund.actions import projections
from jamsostek.fund.actions.projections import Asked

TITLES = ("Inflasi tinggi (contoh)", "Salah ketik (contoh)", "Ditolak direktur (contoh)")
WHY = "Hasil investasinya terlalu tinggi (contoh)."


def look_ahead(users: dict[Role, User], today: dt.date) -> list[str]:
    """All of it; the texts that people typed."""
    project_funds(today=today, tell=lambda *_told: None, sensitivity=True, paths=60)
    actuary, chief = users[Role.ACTUARY], users[Role.CHIEF]

    def ask(number: int, changed: dict[str, float]) -> int:
        with acting(scope_of(actuary, month_of(today))):
            asked = Asked(f"situs:{number}", TITLES[number], changed, 0, sensitivity=False, invented=True)
            return projections.begin(asked, on=today).id

    ask(0, {"economy.inflation": 6})
    projections.compute(projection_id=ask(0, {"economy.inflation": 6}))
    stopped = ask(1, {"economy.yield": 0.5})
    with acting(scope_of(actuary, month_of(today))):
        projections.cancel(projection_id=stopped)
    refused = ask(2, {"economy.yield": 12})
    projections.compute(projection_id=refused)
    with acting(scope_of(chief, month_of(today))):
        projections.answer(projection_id=refused, approved=False, reason=WHY)
    return [*TITLES, WHY]
