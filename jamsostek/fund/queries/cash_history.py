"""What each fund's cash did in the months that are over: monthly sums that the ledger keeps, never single transfers.

Contributions are what was credited to the fund and to members, without returns credited to them; claims what was owed out of
the fund or out of members' money and has left, from the accounts of what is owed; the rest of the change in cash is what
investing moved. So the parts of a month always add up to the change in cash. A payment that a bank took back counts against
contributions where it stood in the fund's own account, and as paid out where members had it already.
"""

from __future__ import annotations

from collections.abc import Mapping

from jamsostek.access.scope import everything_in_sight
from jamsostek.claims.queries.running import pensions_monthly, pensions_rolled
from jamsostek.core.months import span
from jamsostek.fund.liquidity import MonthFlows
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries.months import month_sums, openings

_NAMES = (
    "cash", "fund", "members", "undivided", "credited", "fines", "benefits", "payable", "tax", "recoverable",
)  # fmt: skip
Sums = Mapping[tuple[str, int], tuple[int, int]]


def cash_history(first: int, last: int, funds: tuple[str, ...] = PROGRAMMES) -> dict[str, list[MonthFlows]]:
    """Flows by fund from one month to another, every month; months before a fund's first movement are left out."""
    codes = [f"{name}:{fund}" for fund in funds for name in _NAMES]
    sums, opened = month_sums(codes, first, last), openings([f"cash:{fund}" for fund in funds], first, last)
    with everything_in_sight():
        rolls = pensions_rolled(first, last)
    made = {}
    for fund in funds:
        rows = [_flows(fund, month, sums, opened.get((f"cash:{fund}", month), 0), rolls) for month in span(first, last)]
        began = next((at for at, one in enumerate(rows) if one != MonthFlows(one.month)), len(rows))
        made[fund] = rows[began:]
    return made


def _flows(fund: str, month: int, sums: Sums, opening: int, rolls: Mapping[tuple[str, int], int]) -> MonthFlows:
    def moved(name: str) -> tuple[int, int]:
        return sums.get((f"{name}:{fund}", month), (0, 0))

    def rose(name: str) -> int:
        debit, credit = moved(name)
        return credit - debit

    out_of_members, to_members = moved("members")
    contributions = rose("fund") + to_members + rose("undivided") + rose("credited") - opening
    paid = out_of_members - rose("benefits") - rose("payable") - rose("tax") - rose("recoverable")
    pensions = min(rolls.get((fund, month), 0), max(0, paid))
    cash = -rose("cash")
    fines = rose("fines")
    investing = cash - contributions - fines - opening + paid
    return MonthFlows(month, contributions, fines, paid - pensions, pensions, opening, investing)


def pensions_in_payment() -> dict[str, int]:
    """What rights that are paid every month come to in a month, by fund; whole rupiah. Sums of all, nobody's own."""
    with everything_in_sight():
        return pensions_monthly()


__all__ = ["cash_history", "pensions_in_payment"]
