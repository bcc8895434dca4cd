"""The months of a small nation, in any order of events: after every step the books prove themselves.

Hypothesis chooses who is registered, reported, billed, paid (whole, short, over, twice, under an unknown code), corrected, taken
back, refunded, merged and closed; commits are real. 2,000 steps with JAMSOSTEK_PROOF=1, fewer in `make test`.
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from cast import employer, everyone, participant, sponsor, works
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from jamsostek.collection import codes
from jamsostek.collection.actions import bills, differences, payments
from jamsostek.collection.actions.month import bill_region
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.choices import Channel
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.ledger import actions as ledger
from jamsostek.ledger import checks
from jamsostek.registry.actions import employ, merging
from jamsostek.registry.actions.sponsors import Covering, cover_by_sponsor, cover_oneself
from tests.databases import pointed_at

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
STEPS = 100 if PROOF else 25
RUNS = 20 if PROOF else 4
BANK = "9900112233"
FIRST_DAY = dt.date(2026, 3, 10)
ZONE = ZoneInfo("Asia/Jakarta")
WAGES = st.integers(1, 40).map(lambda n: n * 437_251)


class Month(RuleBasedStateMachine):
    """A few employers, sponsors and people; `today` moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.today = FIRST_DAY
        self.told = 0
        self.paid: list[Notice] = []
        with everyone():
            self.employers = [employer(f"PT Mesin {n}", scale=scale) for n, scale in enumerate(("large", "micro"))]
            self.sponsor = sponsor("Pemda Mesin")
            self.people = [participant(f"Orang {n}", birth_date=dt.date(1970 + n, 5, 1 + n)) for n in range(4)]
            self.spells = [works(self.people[n], self.employers[n % 2], 202601, 3_000_000 + n) for n in range(3)]
            cover_by_sponsor(sponsor_id=self.sponsor.pk, people=[Covering(self.people[3].pk, 202601, 1_000_000, "Petani")])
            cover_oneself(Covering(self.people[0].pk, 202601, 1_000_000, "Ojek", sector="transport", jht_member=True))

    # --- what happens -----------------------------------------------------------------------------------------------------

    @rule(wage=WAGES, at=st.integers(0, 1))
    def somebody_new(self, wage: int, at: int) -> None:
        with everyone():
            who = participant(f"Orang {len(self.people)}")
            self.people.append(who)
            self.spells.append(works(who, self.employers[at], month_of(self.today), wage))

    @rule(which=st.integers(0, 50), wage=WAGES, back=st.integers(0, 3))
    def a_wage_changes(self, which: int, wage: int, back: int) -> None:
        month = add_months(month_of(self.today), -back)
        spell = self.spells[which % len(self.spells)]
        self._try(lambda: employ.change_wage(employment_id=spell, from_month=month, wage_rupiah=wage))  # may not have worked then

    @rule(which=st.integers(0, 50))
    def somebody_leaves(self, which: int) -> None:
        self._try(lambda: employ.leave(employment_id=self.spells[which % len(self.spells)], left_on=self.today))

    @rule(at=st.integers(0, 1), back=st.integers(0, 2))
    def an_employer_is_billed(self, at: int, back: int) -> None:
        month = add_months(month_of(self.today), -back)
        self._try(lambda: bills.bill_employer(employer_id=self.employers[at].pk, month=month, today=self.today))

    @rule(back=st.integers(0, 2))
    def a_sponsor_is_billed(self, back: int) -> None:
        month = add_months(month_of(self.today), -back)
        self._try(lambda: bills.bill_sponsor(sponsor_id=self.sponsor.pk, month=month, today=self.today))

    @rule(ahead=st.sampled_from(bills.AHEAD), later=st.integers(0, 3))
    def somebody_asks_for_own_cover(self, ahead: int, later: int) -> None:
        first, who = add_months(month_of(self.today), later), self.people[0].pk
        self._try(lambda: bills.bill_person(participant_id=who, from_month=first, months=ahead, today=self.today))

    @rule(back=st.integers(0, 2))
    def a_region_is_billed(self, back: int) -> None:
        self._try(lambda: bill_region(month=add_months(month_of(self.today), -back), region=35, today=self.today))

    @rule(at=st.integers(0, 1), back=st.integers(0, 4))
    def an_employer_is_reassessed(self, at: int, back: int) -> None:
        month = add_months(month_of(self.today), -back)
        self._try(lambda: differences.reassess_employer(employer_id=self.employers[at].pk, months=[month], today=self.today))

    @rule(which=st.integers(0, 50), share=st.sampled_from([10, 50, 100, 100, 100, 130]))
    def a_bill_is_paid(self, which: int, share: int) -> None:
        asked = self._bills()
        if asked:
            number, total = asked[which % len(asked)]
            if total * share // 100 > 0:
                self._receive(codes.code_of(number), total * share // 100)

    @rule(rupiah=st.integers(1, 10**7))
    def money_comes_under_an_unknown_code(self, rupiah: int) -> None:
        self._receive("0", rupiah)

    @precondition(lambda self: self.paid)
    @rule(which=st.integers(0, 50))
    def the_same_payment_is_told_again(self, which: int) -> None:
        with everyone():
            assert payments.receive(self.paid[which % len(self.paid)], today=self.today).again

    @rule()
    def free_money_is_used(self) -> None:
        def use() -> None:
            for kind, payer in payments.payers_to_serve():
                payments.use_free_money(payer_kind=kind, payer_id=payer, today=self.today)

        self._try(use)

    @rule(which=st.integers(0, 50))
    def a_bill_is_taken_back(self, which: int) -> None:
        with everyone():
            from jamsostek.collection.models import Bill

            ids = list(Bill.objects.order_by("pk").values_list("pk", flat=True))
        if ids:
            self._try(lambda: bills.void(bill_id=ids[which % len(ids)], reason="Percobaan", today=self.today))

    @precondition(lambda self: len(self.people) > 5)
    @rule(which=st.integers(4, 50))
    def two_numbers_are_one_person(self, which: int) -> None:
        one, other = self.people[which % len(self.people)], self.people[0]
        if one.pk != other.pk:
            self._try(lambda: merging.merge(source_id=one.pk, into_id=other.pk, reason="Percobaan"))

    @rule(days=st.sampled_from([1, 9, 31]))
    def time_goes_by(self, days: int) -> None:
        self.today = min(self.today + dt.timedelta(days), dt.date(2026, 11, 20))

    @rule()
    def the_oldest_month_is_closed(self) -> None:
        from jamsostek.ledger.queries import periods

        with everyone():
            still = sorted(row.month for row in periods() if row.closed_at is None)
        if still and still[0] < month_of(self.today):
            self._try(lambda: ledger.close_period(still[0]))

    # --- what always holds --------------------------------------------------------------------------------------------------

    @invariant()
    def the_books_prove_themselves(self) -> None:
        with everyone():
            found = checks.check()
        assert not found, [(one.check, one.values) for one in found]

    @invariant()
    def every_rupiah_that_came_is_in_the_books_once(self) -> None:
        from jamsostek.ledger.queries import trial_balance

        with everyone():
            cash = sum(row.balance_rupiah for row in trial_balance() if row.code.startswith("cash:"))
        assert cash == sum(one.amount_rupiah for one in self.paid)

    # --- how ------------------------------------------------------------------------------------------------------------------

    def _try(self, do: Any) -> None:
        """An event that the rules may refuse; a refusal leaves nothing behind (the invariants look)."""
        with suppress(InputError), everyone():
            do()

    def _bills(self) -> list[tuple[int, int]]:
        from jamsostek.collection.models import Bill

        with everyone():
            return list(Bill.objects.filter(total_rupiah__gt=0).order_by("pk").values_list("number", "total_rupiah"))

    def _receive(self, code: str, rupiah: int) -> None:
        self.told += 1
        at = dt.datetime.combine(self.today, dt.time(9), ZONE)
        notice = Notice(BANK, f"UJI{self.told}", code, rupiah, at, Channel.WEBHOOK)
        with everyone():
            assert not payments.receive(notice, today=self.today).again
        self.paid.append(notice)


def test_no_order_of_events_breaks_the_books(fresh_database: Any, django_db_blocker: Any) -> None:
    class OnADatabase(Month):
        """Each run on a database of its own."""

        def __init__(self) -> None:
            self.made = fresh_database()
            self.pointed = pointed_at(self.made.__enter__().name)
            self.pointed.__enter__()
            from jamsostek.collection import banks

            banks.add_account(BANK, "Bank uji")
            super().__init__()

        def teardown(self) -> None:
            self.pointed.__exit__(None, None, None)
            self.made.__exit__(None, None, None)

    with django_db_blocker.unblock():
        run_state_machine_as_test(
            OnADatabase,
            settings=settings(
                max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
