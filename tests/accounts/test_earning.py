"""What accounts earn in a month: arrays beside a ledger kept day by day, one person at a time, in fractions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jamsostek import law
from jamsostek.accounts.earning import Overdrawn, earned
from jamsostek.core.months import add_months, first_day, last_day

CONTRIBUTION, RETURN, WITHDRAWAL = 1, 2, 3
RATES = {2019: Fraction(608, 10_000), 2020: Fraction(563, 10_000)}
PEOPLE = 6
BEFORE = [("participant_id", "i8"), ("balance_rupiah", "i8"), ("year_return_rupiah", "i8")]
LINES = [("participant_id", "i8"), ("kind", "i2"), ("effective_on", "M8[D]"), ("amount_rupiah", "i8")]


@dataclass
class Account:
    """A passbook: what earns, this year's returns, and what was taken beyond both until it is made good."""

    earns: int = 0
    returns: int = 0
    owes: int = 0

    def move(self, rupiah: int) -> None:
        """In: what is owed first. Out: of what earns first, then of the returns."""
        if rupiah >= 0:
            paid = min(self.owes, rupiah)
            self.owes -= paid
            self.earns += rupiah - paid
            return
        for name in ("earns", "returns"):
            taken = min(getattr(self, name), -rupiah)
            setattr(self, name, getattr(self, name) - taken)
            rupiah += taken
        self.owes -= rupiah

    @property
    def balance(self) -> int:
        return self.earns + self.returns - self.owes


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def by_hand(month: int, account: Account, lines: list[tuple[int, dt.date, int]], *, compound: bool = False) -> int:
    """Keeps an account through a month, day by day; the month's return."""
    if month % 100 == 1:
        account.earns, account.returns = account.earns + account.returns, 0
    earns_too = account.returns if compound else 0
    brought_forward = sum(rupiah for kind, _day, rupiah in lines if kind == RETURN)
    account.returns += brought_forward
    year = month // 100
    daily = RATES[year] / (dt.date(year, 12, 31) - dt.date(year - 1, 12, 31)).days
    grown, stood, day = Fraction(0), account.earns + earns_too, first_day(month)
    while day <= last_day(month):
        grown += (stood if compound else account.earns) * daily
        moved = sum(rupiah for kind, on, rupiah in lines if on == day and kind != RETURN)
        stood += moved
        account.move(moved)
        day += dt.timedelta(days=1)
    found = max(half_up(grown), brought_forward)
    account.returns += found - brought_forward
    return found


def arrays(accounts: dict[int, Account], lines: dict[int, list[tuple[int, dt.date, int]]], order: Any) -> tuple[Any, Any]:
    before = np.array([(who, one.balance, one.returns) for who, one in accounts.items()], BEFORE)
    rows = [(who, kind, np.datetime64(day), rupiah) for who, own in lines.items() for kind, day, rupiah in own]
    order.shuffle(rows)
    return before, np.array(rows, LINES)


@st.composite
def movements(draw: Any, month: int) -> list[tuple[int, dt.date, int]]:
    days = st.integers(1, last_day(month).day).map(lambda day: first_day(month).replace(day=day))
    sizes = st.one_of(st.integers(1, 50), st.integers(1, 10**7), st.just(10**11))
    found = []
    for _line in range(draw(st.integers(0, 4))):
        out = draw(st.booleans())
        found.append((WITHDRAWAL if out else CONTRIBUTION, draw(days), draw(sizes) * (-1 if out else 1)))
    if draw(st.integers(0, 4)) == 0:
        found.append((RETURN, draw(days), draw(st.integers(1, 10**5))))
    return found


@given(data=st.data(), first=st.sampled_from([201910, 201911, 201912, 202001, 202006]), order=st.randoms(use_true_random=False))
def test_accounts_grow_as_a_passbook_kept_day_by_day(data: Any, first: int, order: Any) -> None:
    accounts = {who: Account() for who in range(1, PEOPLE + 1)}
    for month in [add_months(first, ahead) for ahead in range(4)]:
        lines = {who: data.draw(movements(month)) for who in accounts}
        before = arrays(accounts, lines, order)
        kept = {who: Account(**vars(one)) for who, one in accounts.items()}
        returned = {who: by_hand(month, kept[who], lines[who]) for who in accounts}
        wrong = {who for who, one in kept.items() if one.owes > 0}
        if wrong:
            with pytest.raises(Overdrawn) as told:
                earned(month, *before)
            assert told.value.participant_id == min(wrong)
            return
        found = earned(month, *before)
        rows = zip(*(getattr(found, name).tolist() for name in vars(found)), strict=True)
        seen = {who: (total, credited, balance, year) for who, total, credited, balance, year in rows}
        for who, one in kept.items():
            if who not in seen:
                assert (accounts[who].balance, lines[who]) == (0, [])
                continue
            already = sum(rupiah for kind, _day, rupiah in lines[who] if kind == RETURN)
            assert seen[who] == (returned[who], returned[who] - already, one.balance, one.returns), who
        accounts = kept


@given(data=st.data(), month=st.sampled_from([202001, 202002, 202012]), order=st.randoms(use_true_random=False))
def test_under_the_other_reading_the_years_returns_earn_too(data: Any, month: int, order: Any) -> None:
    accounts = {who: Account(data.draw(st.integers(0, 10**7)), data.draw(st.integers(0, 10**6))) for who in range(1, PEOPLE + 1)}
    lines = {who: [one for one in data.draw(movements(month)) if one[0] != RETURN] for who in accounts}
    before = arrays(accounts, lines, order)
    kept = {who: Account(**vars(one)) for who, one in accounts.items()}
    for who in accounts:  # nobody owes anything on any day, or what earned would be below nothing
        stands = accounts[who].balance
        for day in sorted({on for _kind, on, _rupiah in lines[who]}):
            stands += sum(rupiah for _kind, on, rupiah in lines[who] if on == day)
            assume(stands >= 0)
    returned = {who: by_hand(month, kept[who], lines[who], compound=True) for who in accounts}
    found = earned(month, *before, law.law_at(month, readings={"jht_return": "compound"}))
    seen = zip(found.participant_id.tolist(), found.return_rupiah.tolist(), found.balance_rupiah.tolist(), strict=True)
    for who, earned_rupiah, balance in seen:
        assert (earned_rupiah, balance) == (returned[who], kept[who].balance)


def test_one_account_is_the_same_alone_and_among_many() -> None:
    chance = np.random.default_rng(5)
    people, month = 5_000, 202002
    before = np.zeros(people, BEFORE)
    before["participant_id"] = chance.permutation(people) + 1
    before["balance_rupiah"] = chance.integers(0, 10**9, people) * (chance.random(people) < 0.8)
    before["year_return_rupiah"] = before["balance_rupiah"] // 50
    lines = np.zeros(3 * people, LINES)
    lines["participant_id"] = chance.integers(1, people + 1, len(lines))
    lines["effective_on"] = np.datetime64(first_day(month)) + chance.integers(0, 29, len(lines))
    lines["kind"], lines["amount_rupiah"] = CONTRIBUTION, chance.integers(1, 10**7, len(lines))
    takes = chance.choice(people, 500, replace=False)
    out = np.zeros(500, LINES)
    out["participant_id"], out["kind"] = before["participant_id"][takes], WITHDRAWAL
    out["effective_on"], out["amount_rupiah"] = np.datetime64(last_day(month)), -before["balance_rupiah"][takes]
    lines = np.concatenate([lines, out[out["amount_rupiah"] < 0]])
    together = earned(month, before, lines)
    own_before, own_lines = defaultdict(list), defaultdict(list)
    for row in before:
        own_before[int(row["participant_id"])].append(row)
    for row in lines:
        own_lines[int(row["participant_id"])].append(row)
    for at in chance.choice(len(together.participant_id), 400, replace=False):
        who = int(together.participant_id[at])
        alone = earned(month, np.array(own_before[who], BEFORE), np.array(own_lines[who], LINES))
        for name in vars(together):
            assert getattr(alone, name).tolist() == [getattr(together, name)[at]], (who, name)


def test_nobody_at_all_earns_nothing() -> None:
    found = earned(202002, np.zeros(0, BEFORE), np.zeros(0, LINES))
    assert len(found.participant_id) == len(found.balance_rupiah) == 0
