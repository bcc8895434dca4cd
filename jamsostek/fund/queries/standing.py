"""Every fund on a day as liquidity and stress see it: balances from the ledger, what is held, history, forecast; members by
region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from jamsostek.core.months import add_months, month_of
from jamsostek.core.regions import regencies_of
from jamsostek.core.rupiah import PPM
from jamsostek.fund.liquidity import (
    HORIZON,
    YEAR,
    Forecast,
    Holding,
    MonthFlows,
    Standing,
    ahead,
    by_month,
    gathered,
    payments,
    rolled,
    sensitivity,
)
from jamsostek.fund.queries.cash_history import cash_history, pensions_in_payment
from jamsostek.fund.queries.positions import Position, positions
from jamsostek.fund.queries.securities_held import terms_of
from jamsostek.law import law_at
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries import Balance, trial_balance
from jamsostek.ledger.queries.months import month_sums

KNOWN_MONTHS = 60
"""So many months of history are read at most."""


def standings(on: dt.date, values: Mapping[str, int]) -> dict[str, Standing]:
    """Every programme's fund at the end of a day. The history ends with the last month that was over; the forecast begins with
    the month after the day. `values` are parameters of `scenarios`. The right to read the books is asked by row rules."""
    first = add_months(month_of(on), 1)
    whole = month_of(on + dt.timedelta(days=1))  # the month of the day after: later than the day's where the day was its last
    last = add_months(whole, -1)
    history = cash_history(add_months(last, 1 - KNOWN_MONTHS), last)
    pensions = pensions_in_payment()
    balances = trial_balance(effective=on)
    held: dict[str, list[Position]] = {}
    for one in positions(on=on):
        held.setdefault(one.fund, []).append(one)
    return {
        fund: _standing(fund, on, first, balances, history[fund], pensions.get(fund, 0), held.get(fund, []), values)
        for fund in PROGRAMMES
    }


def _standing(
    fund: str, on: dt.date, first: int, balances: Sequence[Balance], history: Sequence[MonthFlows], pensions: int,
    held: Sequence[Position], values: Mapping[str, int],
) -> Standing:  # fmt: skip
    own = [one for one in balances if one.fund == fund]
    by_code = {one.code: one.balance_rupiah for one in own}
    return Standing(
        fund, on,
        sum(one.balance_rupiah for one in own if one.kind == "asset"),
        sum(one.balance_rupiah for one in own if one.kind == "liability"),
        by_code.get("members:jht", 0) if fund == "jht" else 0,
        by_code.get(f"cash:{fund}", 0),
        sum(one.claims + one.pensions for one in history[-YEAR:]),
        forecast_of(history, pensions, first, values),
        gathered(holding(one, on, first) for one in held),
        tuple(history),
    )  # fmt: skip


def forecast_of(history: Sequence[MonthFlows], pensions: int, first: int, values: Mapping[str, int]) -> Forecast:
    """The months after a history; `pensions` are those in payment, in a month."""
    return Forecast(
        first,
        ahead([one.contributions + one.fines for one in history], values["growth.contributions"] / PPM),
        ahead([one.claims for one in history], values["growth.claims"] / PPM),
        rolled(pensions, values["pension.indexed"] / PPM, values["pension.ending"] / PPM, first),
    )


def holding(one: Position, on: dt.date, first: int) -> Holding:
    """A position as a holding; where nothing is quoted its market value is what the books carry."""
    market = one.carrying_rupiah if one.market_rupiah is None else one.market_rupiah
    paper = one.security
    if paper.matures_on is None or paper.matures_on <= on:
        return Holding(paper.asset_class, paper.measured, market, one.carrying_rupiah, accrued_rupiah=one.accrued_rupiah)
    paid = payments(terms_of(paper), one.quantity, on)
    duration, convexity = sensitivity(paid, on, market + one.accrued_rupiah)
    month = month_of(paper.matures_on)
    # What is still paid in the day's own month counts with the next.
    due = [(max(day, _first_day(first)), interest, repaid) for day, interest, repaid in paid]
    return Holding(
        paper.asset_class, paper.measured, market, one.carrying_rupiah, duration, convexity, by_month(due, first),
        one.accrued_rupiah, max(month, first) if month < add_months(first, HORIZON) else 0,
    )  # fmt: skip


def _first_day(month: int) -> dt.date:
    return dt.date(month // 100, month % 100, 1)


def members_of_region(region: int, on: dt.date, wage_rupiah: int) -> int:
    """About how many wage earners a province or regency has: what was billed there for JKM in the last three whole months, by the
    law's rate and the average wage. Who pays for themself is not among them; an estimate, from sums the ledger keeps."""
    regencies = [one.code for one in regencies_of(region)] if region < 100 else [region]
    return _members([f"receivable:jkm:{code}" for code in regencies], "jkm.pu.rate", on, wage_rupiah)


def members_with_work(on: dt.date, wage_rupiah: int) -> int:
    """About how many wage earners pay for JKK and JKM in the nation, in the same way, by what the fund was credited."""
    return _members(["billed:jkm"], "jkm.pu.rate", on, wage_rupiah, credited=True)


def _members(codes: Sequence[str], rate: str, on: dt.date, wage_rupiah: int, *, credited: bool = False) -> int:
    last = add_months(month_of(on + dt.timedelta(days=1)), -1)
    sums = month_sums(codes, add_months(last, -2), last)
    by_month_: dict[int, int] = {}
    for (_code, month), (debit, credit) in sums.items():
        by_month_[month] = by_month_.get(month, 0) + (credit if credited else debit)
    billed = sum(by_month_.values()) / len(by_month_) if by_month_ else 0
    return round(billed * PPM / law_at(month_of(on)).ppm(rate) / wage_rupiah)
