"""Histories of two funds, in any order of events: after every step lots are the books and every fund is in balance.

Hypothesis chooses what is bought, sold, priced, paid, repaid, distributed, ended, and what is tried and refused. 1,000 histories
with JAMSOSTEK_PROOF=1, a dozen in `make test`, which still find a planted fault.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter, defaultdict
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from holding import FIRST_MONTH, House, paper, price, share
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, last_day, month_of
from jamsostek.fund import booking
from jamsostek.fund import checks as ours
from jamsostek.fund.actions import events, month_end, trading
from jamsostek.fund.queries.due import due_events, next_month_end
from jamsostek.fund.queries.positions import positions
from jamsostek.ledger import actions as ledger
from jamsostek.ledger import checks
from jamsostek.ledger.actions import Leg, Posting
from jamsostek.ledger.queries import trial_balance
from tests import cast

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
HISTORIES, STEPS = (1_000, 30) if PROOF else (12, 30)
FUNDS = ("jht", "jp")
LATER = dt.date(2027, 6, 30)
FIRST_DAY = first_day(FIRST_MONTH)
LAST_DAY = dt.date(2026, 12, 31)
happened: Counter[str] = Counter()


def papers() -> list[int]:
    """One of every kind: carried at cost with amortisation, at market, at cost; every way of counting days."""
    day = dt.date
    return [
        paper("OBLIGASI", matures_on=day(2031, 3, 15), issued_on=day(2021, 3, 15)),
        paper("PENDEK", matures_on=day(2026, 4, 20), issued_on=day(2024, 4, 20), coupon_ppm=71_250),
        paper("KORPORASI", measured="market", asset_class="corporate_bond", coupons_a_year=4, day_count="30/360",
              issued_on=day(2025, 1, 31), matures_on=day(2028, 1, 31), coupon_ppm=83_333),
        paper("DEPOSITO", asset_class="deposit", unit_rupiah=1, coupons_a_year=12, day_count="act/365", coupon_ppm=53_700,
              issued_on=day(2026, 1, 1), matures_on=day(2026, 7, 1)),
        paper("DISKONTO", coupon_ppm=0, coupons_a_year=0, day_count="act/365", issued_on=day(2025, 12, 1),
              matures_on=day(2026, 9, 1)),
        share("SAHAM"),
        share("LANGSUNG", asset_class="direct", measured="cost", listed=False),
    ]  # fmt: skip


class Funds(RuleBasedStateMachine):
    """Two funds with some money; `today` moves on. `cash` and `units` are counted beside the books."""

    house: House
    instruments: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.today = FIRST_DAY
        self.at = 0
        self.cash: dict[str, int] = dict.fromkeys(FUNDS, 0)
        self.units: dict[tuple[str, int], int] = defaultdict(int)
        for fund in FUNDS:
            self._money(fund, 5_000_000_000)

    def teardown(self) -> None:
        try:
            self.the_whole_ledger_proves_itself()
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # --- what happens -----------------------------------------------------------------------------------------------------

    @rule(fund=st.sampled_from(FUNDS), which=st.integers(0, 6), units=st.integers(1, 900), parts=st.integers(850, 1_150))
    def something_is_bought(self, fund: str, which: int, units: int, parts: int) -> None:
        quantity, rupiah = self._size(which, units, parts)
        self._trade("buy", fund, which, quantity, rupiah)

    @rule(pick=st.integers(0, 99), share_=st.integers(1, 110), parts=st.integers(850, 1_150))
    def something_is_sold(self, pick: int, share_: int, parts: int) -> None:
        """Of what is held; now and then more than there is."""
        held = sorted(key for key, units in self.units.items() if units) or [(FUNDS[0], 0)]
        fund, which = held[pick % len(held)]
        self._trade("sell", fund, which, max(self.units[fund, which] * share_ // 100, 1), self._size(which, 1, parts)[1])

    @rule(which=st.integers(0, 6), parts=st.integers(700, 1_300))
    def something_is_priced(self, which: int, parts: int) -> None:
        with cast.everyone():
            price(self.instruments[which], self.today, self._size(which, 1, parts)[1])

    @rule()
    def what_is_due_is_recorded(self) -> None:
        """Of the month that is to be ended next; what falls later waits for it."""
        with cast.everyone():
            waiting = [one for one in due_events(on=self.today) if month_of(one.due_on) == next_month_end(one.fund)]
        for due in waiting[:3]:
            self._event(due)

    @rule(fund=st.sampled_from(FUNDS), which=st.integers(0, 6), rupiah=st.integers(0, 10**8))
    def a_dividend_comes(self, fund: str, which: int, rupiah: int) -> None:
        with suppress(InputError), self.house.act("settlement"), transaction.atomic():
            made = events.record_dividend(
                fund=fund, instrument_id=self.instruments[which], due_on=self.today, rupiah=rupiah, today=self.today
            )
            if made.rupiah == rupiah and not self._again(made.pk):
                self.cash[fund] += rupiah
                happened["dividend"] += 1

    @rule(fund=st.sampled_from(FUNDS), rupiah=st.integers(1, 10**9))
    def contributions_come_in(self, fund: str, rupiah: int) -> None:
        self._money(fund, rupiah)

    @rule(fund=st.sampled_from(FUNDS), rupiah=st.integers(1, 10**9))
    def benefits_are_paid(self, fund: str, rupiah: int) -> None:
        with suppress(InputError), cast.everyone(), transaction.atomic():
            self.at += 1
            ledger.post(Posting(f"manfaat-{self.at}", "test", self.today, (Leg(f"benefits:{fund}", f"cash:{fund}", rupiah),)))
            self.cash[fund] -= rupiah
            happened["benefit"] += 1

    @rule(fund=st.sampled_from(FUNDS), which=st.integers(0, 6), back=st.integers(1, 400))
    def something_is_tried_in_the_past(self, fund: str, which: int, back: int) -> None:
        self._trade("buy", fund, which, 1, Decimal(1_000_000), on=max(self.today - dt.timedelta(back), FIRST_DAY))

    @rule(days=st.sampled_from([1, 6, 17, 45]))
    def time_goes_by(self, days: int) -> None:
        """To the end of a month at most, which is then ended as far as prices go."""
        for _day in range(days):
            if self.today >= LAST_DAY:
                return
            self.today += dt.timedelta(1)
            if self.today.day == 1:
                self._end_months()

    # --- what always holds --------------------------------------------------------------------------------------------------

    @invariant()
    def lots_are_the_books_and_every_fund_is_in_balance(self) -> None:
        with cast.everyone():
            found = [one for check in ours.CHECKS.values() for one in check().found]
            rows = trial_balance()
            held = {(one.fund, self.instruments.index(one.security.id)): one.quantity for one in positions(on=LATER)}
        assert not found, found
        assert held == {key: units for key, units in self.units.items() if units}
        for fund in FUNDS:
            by: dict[str, int] = defaultdict(int)
            for row in rows:
                if row.fund == fund:
                    by[row.kind] += row.balance_rupiah
            assert by["asset"] == by["liability"] + by["equity"] + by["income"] - by["expense"], fund
            assert next((row.balance_rupiah for row in rows if row.code == f"cash:{fund}"), 0) == self.cash[fund]

    def the_whole_ledger_proves_itself(self) -> None:
        with cast.everyone():
            found = checks.check()
        assert not found, [(one.check, one.values) for one in found]

    # --- how ------------------------------------------------------------------------------------------------------------------

    def _money(self, fund: str, rupiah: int) -> None:
        self.at += 1
        with cast.everyone():
            legs = (Leg(f"cash:{fund}", f"fund:{fund}", rupiah),)
            ledger.post(Posting(f"iuran-{self.at}", "test", self.today, legs))
        self.cash[fund] += rupiah

    @staticmethod
    def _size(which: int, units: int, parts: int) -> tuple[int, Decimal]:
        """Units and a price in their kind's size, `parts` in a thousand of par."""
        if which == 3:
            return units * 1_234_567, Decimal(1)
        return (units, Decimal(parts) * 1_000) if which < 5 else (units * 10, Decimal(parts) * 5 + Decimal("0.125"))

    def _trade(self, side: str, fund: str, which: int, quantity: int, rupiah: Decimal, on: dt.date | None = None) -> None:
        self.at += 1
        try:
            with transaction.atomic():
                done = self.house.carried(
                    reference=f"M-{self.at}", side=side, fund=fund, instrument_id=self.instruments[which], quantity=quantity,
                    price=rupiah, trade_on=on or self.today, fee_rupiah=self.at % 3 * 12_345,
                )  # fmt: skip
        except InputError:
            happened["refused"] += 1
            return
        self.cash[fund] += done.cash_rupiah
        self.units[fund, which] += quantity if side == "buy" else -quantity
        happened[side] += 1

    def _event(self, due: Any) -> None:
        with self.house.act("settlement"), transaction.atomic():
            for _twice in range(2):
                events.record_due(
                    fund=due.fund, instrument_id=due.security.id, kind=due.kind, due_on=due.due_on, today=self.today
                )  # fmt: skip
        self.cash[due.fund] += due.rupiah
        if due.kind == "maturity":
            self.units[due.fund, self.instruments.index(due.security.id)] -= due.quantity
        happened[due.kind] += 1

    def _end_months(self) -> None:
        """Every month that is over, one by one: a first purchase may lie more than a year back."""
        for fund in FUNDS:
            while (awaited := self._awaited(fund)) is not None and awaited < month_of(self.today):
                self._end_month(fund, awaited)

    @staticmethod
    def _awaited(fund: str) -> int | None:
        with cast.everyone():
            return next_month_end(fund)

    def _end_month(self, fund: str, month: int) -> None:
        with cast.everyone():
            waiting = due_events(on=last_day(month), fund=fund)
        for due in waiting:
            self._event(due)
        try:
            with self.house.act("settlement"), transaction.atomic():
                month_end.end_months(fund=fund, month=month, today=self.today)
        except InputError:
            with cast.everyone():
                for at, instrument in enumerate(self.instruments):
                    price(instrument, last_day(month), self._size(at, 1, 900 + self.at % 200)[1])
            with self.house.act("settlement"):
                month_end.end_months(fund=fund, month=month, today=self.today)
            happened["refused"] += 1
        happened["month_end"] += 1

    def _again(self, event_id: int) -> bool:
        seen: set[int] = getattr(self, "seen", set())
        again = event_id in seen
        self.seen = seen | {event_id}
        return again


@pytest.fixture(scope="module")
def machine(module_db: Any) -> type[Funds]:
    """The machine over one database; every history is taken back."""
    house = House()
    with cast.everyone():
        made = papers()

    class OnThis(Funds):
        """With people and papers that are there."""

    OnThis.house, OnThis.instruments = house, made
    return OnThis


def run(machine: type[Funds], histories: int, **given: Any) -> None:
    """So many histories."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
            database=None, **given,
        ),
    )  # fmt: skip


def test_no_history_parts_the_lots_from_the_books(machine: type[Funds]) -> None:
    happened.clear()
    run(machine, HISTORIES, derandomize=not PROOF, phases=(Phase.generate, Phase.shrink))
    print(f"{HISTORIES} histories: {dict(happened)}")
    for kind in ("buy", "sell", "month_end", "coupon", "refused", *(("maturity", "dividend", "benefit") if PROOF else ())):
        assert happened[kind], kind


def coupon_forgets_what_had_run(fund: str, *, rupiah: int, accrued_rupiah: int) -> tuple[Leg, ...]:
    return (Leg(f"cash:{fund}", f"investment_income:{fund}", rupiah),)


FAULTS = {
    "interest": (booking, "interest_paid", coupon_forgets_what_had_run),
    "sale": (booking, "received", lambda cash, asset, gain, rupiah, book: (Leg(cash, gain, rupiah),) if rupiah else ()),
    "lots": (trading, "write_uses", lambda *_given, **_named: None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_by_as_many_histories(machine: type[Funds], monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    room, name, wrong = FAULTS[fault]
    monkeypatch.setattr(room, name, wrong)
    with pytest.raises(AssertionError):
        run(machine, 12, derandomize=True, phases=(Phase.generate,))
