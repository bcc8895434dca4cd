"""What the funds' months led to: stress tests (one approved, one that waits), a signed month, a draft, and a year to members.

All of it is of an invented nation and marked so; the year is told up to the last month that is over, which only an example
may be.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.fund.actions import reports, stress
from jamsostek.fund.models import Report, StressRun
from jamsostek.fund.queries.stressing import Asked
from jamsostek.ledger.queries.balances import fund_balances

TESTS = (("PERAGAAN-1", "combined"), ("PERAGAAN-2", "layoffs"))
SIGNED, DRAFT = "jht", "jkk"


def live_reports(*, today: dt.date, tell: Tell) -> None:
    """Tests, reports and signatures by the demo's people; nothing where they are there, or the funds have nothing."""
    with acting(system_scope(_(ACTOR))):
        found = {role: User.objects.filter(is_demo=True, grants__role=role).order_by("pk").first() for role in _ROLES}
        people = {role: user for role, user in found.items() if user is not None}
        empty = not any(one.assets_rupiah for one in fund_balances())
        done = StressRun.objects.exists() or Report.objects.exists()
    if done or empty or len(people) < len(_ROLES):
        return
    tell(_("Laporan dana"), 0, 2)

    def sits(role: Role) -> Any:
        return acting(scope_of(people[role], month_of(today)))

    _test(sits, today)
    tell(_("Laporan dana"), 1, 2)
    month = add_months(month_of(today), -1)
    with sits(Role.HEAD_OFFICE):
        signed = reports.ask(kind="monthly", fund=SIGNED, period=month, today=today, invented=True)
        reports.ask(kind="monthly", fund=DRAFT, period=month, today=today, invented=True)
        year = reports.ask(kind="annual", fund="all", period=month // 100, today=today, invented=True)
    with sits(Role.CHIEF):
        for one in (signed, year):
            reports.answer(report_id=one.pk, signed=True)
    tell(_("Laporan dana"), 2, 2)


_ROLES = (Role.RISK, Role.CHIEF, Role.HEAD_OFFICE)


def _test(sits: Any, today: dt.date) -> None:
    """Risk keeps two bad years; the chief approves the first."""
    titles = {"combined": _("Semua datang bersamaan (contoh)"), "layoffs": _("Seperlima kehilangan pekerjaan (contoh)")}
    with sits(Role.RISK):
        made = [
            stress.keep(
                reference=reference, title=titles[scenario], invented=True,
                asked=Asked(scenario, today, {"layoffs.share": 200_000} if scenario == "layoffs" else {}),
            )
            for reference, scenario in TESTS
        ]  # fmt: skip
    with sits(Role.CHIEF):
        stress.decide(run_id=made[0].pk, approved=True)
