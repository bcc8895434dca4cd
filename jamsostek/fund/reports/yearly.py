"""The year of every fund for members: what came in, what was paid, what it earned, what was declared. Whole rupiah, from the
ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.accounts.queries.rates import declared_rate
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, span
from jamsostek.fund.queries.cash_history import cash_history
from jamsostek.fund.reports.statement import Balances, reader

EARNED = ("investment_income", "realised", "unrealised")


def year_of(fund: str, year: int, until: int, known_at: dt.datetime) -> dict[str, Any]:
    """A fund from January to a month; `closing` is its worth, `owed_members` members' JHT balances."""
    read = reader(fund, known_at)
    begins, ends = read(add_months(year * 100 + 1, -1)), read(until)

    def rose(name: str) -> int:
        return _balance(ends, f"{name}:{fund}") - _balance(begins, f"{name}:{fund}")

    def turned(name: str, side: str) -> int:
        code = f"{name}:{fund}"
        return int(sum(sign * getattr(at[code], side) for sign, at in ((1, ends), (-1, begins)) if code in at))

    paid_members = turned("members", "debit_rupiah")
    contributions = rose("fund") + rose("undivided") + turned("members", "credit_rupiah") - rose("credited")
    rows = cash_history(year * 100 + 1, until, (fund,))[fund]
    opened = sum(one.opening for one in rows)
    return {
        "fund": fund, "until": until, "opening": _worth(begins), "closing": _worth(ends), "assets": _sum(ends, "asset"),
        "contributions": contributions - opened, "brought": opened, "fines": rose("fines"),
        "paid": rose("benefits") + paid_members,
        "earned": sum(rose(name) for name in EARNED) - rose("investment_cost"), "credited": rose("credited"),
        "owed_members": _balance(ends, f"members:{fund}") if fund == "jht" else 0,
        "months": [
            {"month": one.month, "in": one.contributions + one.fines, "out": one.claims + one.pensions} for one in rows
        ],
    }  # fmt: skip


def _balance(at: Balances, code: str) -> int:
    return at[code].balance_rupiah if code in at else 0


def _sum(at: Balances, kind: str) -> int:
    return sum(one.balance_rupiah for one in at.values() if one.kind == kind)


def _worth(at: Balances) -> int:
    return _sum(at, "asset") - _sum(at, "liability")


def declared(year: int, until: int) -> dict[str, Any]:
    """The JHT rate of each month, as the law's data have it or as two people confirmed it; None where there is none yet."""
    rows = []
    for month in span(year * 100 + 1, until):
        try:
            rate = declared_rate(month)
        except InputError:
            rows.append({"month": month, "ppm": None, "source": "", "invented": False})
            continue
        one = rate.declaration
        rows.append({
            "month": month, "ppm": rate.ppm, "source": one.source if one else "", "invented": bool(one and one.invented),
        })  # fmt: skip
    return {"rows": rows}
