"""Balances at a month's end and what changed in the month, from the ledger's balances alone; every row names its account.

Receivables of the regencies are one row. A month's change of an account is the difference of two trial balances, so that
opening, changes and closing add up by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from jamsostek.core.months import add_months, last_day
from jamsostek.ledger.chart import KINDS
from jamsostek.ledger.queries import Balance, trial_balance

Balances = dict[str, Balance]
Read = Callable[[int], Balances]
RECEIVABLE = "receivable"
COLUMNS = ("now", "before", "year_ago")
"""The month, the month before, the same month of the year before."""


def months_of(month: int) -> dict[str, int]:
    """Which month each column is of."""
    return {"now": month, "before": add_months(month, -1), "year_ago": add_months(month, -12)}


def reader(fund: str, known_at: dt.datetime) -> Read:
    """Balances of a fund at the end of a month, as the books knew them at a moment; each is read once."""
    found: dict[int, Balances] = {}

    def read(month: int) -> Balances:
        if month not in found:
            rows = trial_balance(effective=last_day(month), known_at=known_at)
            found[month] = {one.code: one for one in rows if one.fund == fund}
        return found[month]

    return read


def position(read: Read, month: int) -> dict[str, Any]:
    """The statement of position: assets, liabilities, and what the fund is worth."""
    at = {name: read(of) for name, of in months_of(month).items()}
    rows = [row for kind in ("asset", "liability") for row in _rows(at, kind)]
    totals = {
        kind: {name: sum(row[name] for row in rows if row["kind"] == kind) for name in COLUMNS} for kind in ("asset", "liability")
    }
    worth = {name: totals["asset"][name] - totals["liability"][name] for name in COLUMNS}
    return {"months": months_of(month), "rows": rows, "totals": totals, "worth": worth}


def _rows(at: dict[str, Balances], kind: str) -> list[dict[str, Any]]:
    by_name: dict[str, dict[str, Any]] = {}
    for column, balances in at.items():
        for one in balances.values():
            if one.kind != kind:
                continue
            name = RECEIVABLE if one.code.startswith("receivable:") else one.code
            row = by_name.setdefault(name, _row(name, one))
            row[column] += one.balance_rupiah
    return [row for _name, row in sorted(by_name.items()) if any(row[name] for name in COLUMNS)]


def _row(name: str, one: Balance) -> dict[str, Any]:
    titles = {"id": one.title_id, "en": one.title_en}
    if name == RECEIVABLE:
        fund = one.fund.upper()
        titles = {"id": f"Piutang iuran {fund}", "en": f"{fund} contributions receivable"}
    return {"code": name, "kind": one.kind, "title": titles, "now": 0, "before": 0, "year_ago": 0}


def changes(read: Read, month: int) -> dict[str, Any]:
    """Changes in net assets: income less expenses, and what came into or left the fund's own accounts; from opening to closing.

    `members` tells JHT members' balances, which are owed and so no part of the net assets: what came in, and what went out.
    """
    rows: dict[str, dict[str, Any]] = {}
    opening, closing = {}, {}
    for column, of in months_of(month).items():
        ends, begins = read(of), read(add_months(of, -1))
        opening[column], closing[column] = _worth(begins.values()), _worth(ends.values())
        for code, one in ends.items():
            if one.kind not in ("income", "expense", "equity"):
                continue
            was = begins[code].balance_rupiah if code in begins else 0
            moved = one.balance_rupiah - was
            row = rows.setdefault(code, _row(code, one))
            row[column] = -moved if one.kind == "expense" else moved
    told = sorted((row for row in rows.values() if any(row[name] for name in COLUMNS)), key=_order)
    sums = {name: sum(row[name] for row in told) for name in COLUMNS}
    return {
        "months": months_of(month), "rows": told, "opening": opening, "closing": closing, "sums": sums,
        "unexplained": {name: closing[name] - opening[name] - sums[name] for name in COLUMNS},
        "members": _members(read, month),
    }  # fmt: skip


def _order(row: dict[str, Any]) -> tuple[int, str]:
    return (list(KINDS).index(row["kind"]), row["code"])


def _worth(balances: Any) -> int:
    signs = {"asset": 1, "liability": -1}
    return sum(signs.get(one.kind, 0) * one.balance_rupiah for one in balances)


def _members(read: Read, month: int) -> dict[str, Any] | None:
    """Members' JHT balances: opening, in, out, closing; None for the other funds."""
    if "members:jht" not in read(month):
        return None
    found: dict[str, Any] = {}
    for column, of in months_of(month).items():
        ends, begins = read(of).get("members:jht"), read(add_months(of, -1)).get("members:jht")
        credited = _change(read, of, "credited:jht")
        came = (ends.credit_rupiah if ends else 0) - (begins.credit_rupiah if begins else 0)
        went = (ends.debit_rupiah if ends else 0) - (begins.debit_rupiah if begins else 0)
        found[column] = {
            "opening": begins.balance_rupiah if begins else 0, "contributions": came - credited, "credited": credited,
            "paid": went, "closing": ends.balance_rupiah if ends else 0,
        }  # fmt: skip
    return found


def _change(read: Read, month: int, code: str) -> int:
    ends, begins = read(month).get(code), read(add_months(month, -1)).get(code)
    return (ends.balance_rupiah if ends else 0) - (begins.balance_rupiah if begins else 0)


def accounts_of(parts: Sequence[dict[str, Any]]) -> list[str]:
    """Every account that rows name, without receivables."""
    return sorted({row["code"] for part in parts for row in part["rows"] if row["code"] != RECEIVABLE})
