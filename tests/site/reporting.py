"""Stress tests and reports of the funds for the pages to show: kept, approved, refused; a draft, a signed month, a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.fund.actions import reports, stress
from jamsostek.fund.queries.stressing import Asked
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.actions import Leg, Posting

TITLES = ("Pasar jatuh contoh", "Gempa contoh", "PHK contoh")
REASON = "Anggapannya kurang jelas"
NOTE = "Piutang dibetulkan (contoh)"
OPENING_RUPIAH = 5_000_000_000


def report_funds(regency: int, users: dict[Role, User], today: dt.date) -> list[str]:
    """All of it; the texts that people typed."""
    month = add_months(month_of(today), -1)
    with acting(system_scope("Situs")):
        ledger.open_month(month)
        for fund in ("jkk", "jkm"):
            leg = Leg(f"cash:{fund}", f"fund:{fund}", OPENING_RUPIAH)
            ledger.post(Posting(f"situs:laporan:{fund}", "opening", first_day(month), (leg,)))

    def sits(role: Role) -> Any:
        return acting(scope_of(users[role], month_of(today)))

    with sits(Role.RISK):
        asked = (
            Asked("market", today, {"fall.equity": 500_000}),
            Asked("quake", today, {}, regency, 4_000),
            Asked("layoffs", today, {}),
        )
        kept = [
            stress.keep(reference=f"SITUS-{at}", title=title, asked=one, invented=True)
            for at, (title, one) in enumerate(zip(TITLES, asked, strict=True))
        ]
    with sits(Role.CHIEF):
        stress.decide(run_id=kept[0].pk, approved=True)
        stress.decide(run_id=kept[1].pk, approved=False, reason=REASON)
    _reports(sits, month, today)
    return [*TITLES, REASON, NOTE]


def _reports(sits: Any, month: int, today: dt.date) -> None:
    def ask(**given: Any) -> int:
        with sits(Role.HEAD_OFFICE):
            facts = {"kind": "monthly", "fund": "jkk", "period": month, "today": today, "invented": True} | given
            return int(reports.ask(**facts).pk)

    first, year = ask(), ask(kind="annual", fund="all", period=month // 100)
    with sits(Role.CHIEF):
        reports.answer(report_id=first, signed=False, reason=REASON)
        reports.answer(report_id=year, signed=True)
    second = ask(note=NOTE)
    with sits(Role.CHIEF):
        reports.answer(report_id=second, signed=True)
    ask(fund="jkm")
