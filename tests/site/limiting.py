"""Limits of the funds for the pages to show: limits of the board in every state, one that is broken, and plans to mend it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import month_of
from jamsostek.fund.actions import board_limits, breaches
from jamsostek.fund.actions.board_limits import NewBoardLimit
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.queries.breaches import broken_now
from jamsostek.fund.queries.limits import day

DECREES = ("KEP/contoh/1", "KEP/contoh/2", "KEP/contoh/3")
REASONS = ("Hati-hati pada satu pihak", "Menunggu rapat", "Masih dibahas direksi", "Rencana kurang rinci")
PLANS = ("Dijual bertahap", "Tidak dibeli lagi")


def limit(users: dict[Role, User], today: dt.date) -> list[str]:
    """Makes them; gives the texts that people typed."""

    def sits(role: Role) -> Any:
        return acting(scope_of(users[role], month_of(today)))

    def decreed(at: int, fund: str, rule: str, ppm: int) -> int:
        with sits(Role.RISK):
            new = NewBoardLimit(fund, rule, ppm, today, DECREES[at], today, REASONS[0], invented=True)
            return board_limits.record(new).pk

    def answered(limit_id: int, *, confirmed: bool) -> None:
        with sits(Role.CHIEF):
            board_limits.answer(limit_id=limit_id, confirmed=confirmed, reason=REASONS[2])

    decreed(1, "jp", "deposit.all", 200_000)
    answered(decreed(2, "jkk", "deposit.all", 100_000), confirmed=False)
    with acting(system_scope("Kantor Cabang Contoh")):
        largest = _largest(day(today).standings("jht"))
    if largest is not None:  # a limit below what is held is broken from its first day
        ppm = min(largest.share_ppm, largest.limit.ppm) // 2
        answered(decreed(0, "jht", largest.limit.rule.id, ppm), confirmed=True)
    with acting(system_scope("Kantor Cabang Contoh")):
        broken = [(one.standing.limit.fund, one.standing.limit.id, one.standing.subject) for one in broken_now(day(today))]
    for (fund, rule, subject), plan in zip(broken, PLANS, strict=False):
        with sits(Role.RISK):
            made = breaches.propose(
                fund=fund, rule=rule, subject=subject, plan=plan, mend_by=today + dt.timedelta(days=90), today=today
            )
        if plan == PLANS[0]:
            with sits(Role.CHIEF):
                breaches.answer(breach_id=made.pk, approved=True, reason=REASONS[3])
    return [*DECREES, *REASONS, *PLANS]


def _largest(found: list[Standing]) -> Standing | None:
    """What of an issuer there is most of, under a limit upwards."""
    held = [one for one in found if one.limit.rule.by == "issuer" and not one.broken and one.held_rupiah]
    return max(held, key=lambda one: one.held_rupiah, default=None)
