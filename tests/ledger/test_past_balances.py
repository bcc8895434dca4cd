"""Balances at any past moment against a recomputation from the list of what was posted; statements; what reversals leave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from books import BEFORE, DAY, LAST, MONTH, Books, post, posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.core.months import last_day, month_of
from jamsostek.ledger import actions, queries
from jamsostek.ledger.queries import balances
from tests import cast

JAKARTA = dt.timezone(dt.timedelta(hours=7))
PAIRS = (("fund:jkk", "billed:jkk"), ("billed:jkk", "fines:jkk"), ("fund:jkm", "billed:jkm"))
FIRST = dt.datetime(2026, 8, 1, tzinfo=JAKARTA)


@dataclass(frozen=True)
class Posted:
    """A transfer, when it took effect and when it was recorded."""

    debit: str
    credit: str
    rupiah: int
    effective_on: dt.date
    recorded_at: dt.datetime


moments = st.integers(0, 110 * 24 * 60).map(lambda minutes: FIRST + dt.timedelta(minutes=minutes))
days = st.dates(dt.date(2026, 7, 28), dt.date(2026, 11, 3))
posted = st.builds(
    lambda pair, rupiah, day, moment: Posted(*pair, rupiah, day, moment),
    st.sampled_from([*PAIRS, *[(credit, debit) for debit, credit in PAIRS]]),
    st.integers(1, 10**12), st.dates(dt.date(2026, 8, 1), dt.date(2026, 10, 31)), moments,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(posted, max_size=25),
    closed=st.lists(st.dates(dt.date(2026, 8, 1), dt.date(2026, 11, 20)), max_size=6),
    ended=st.integers(0, 3),
    asked=st.lists(st.tuples(st.none() | days, st.none() | moments), min_size=1, max_size=6),
)
def test_any_past_moment_is_what_was_posted_by_then(
    shared_books: Books, rows: list[Posted], closed: list[dt.date], ended: int, asked: list[Any]
) -> None:
    _fill(shared_books, rows, sorted(closed), ended)
    with cast.everyone():
        for effective, known_at in [*asked, (None, None)]:
            told = {
                one.code: (one.debit_rupiah, one.credit_rupiah)
                for one in queries.trial_balance(effective=effective, known_at=known_at)
            }
            naive = _naive(rows, effective, known_at)
            assert told == naive, (effective, known_at)
            for code, (debit, credit) in naive.items():
                own = queries.balance(code, effective=effective, known_at=known_at)
                assert own == credit - debit
            worth = queries.fund_balance("jkk", effective=effective, known_at=known_at)
            assert worth == sum(debit - credit for code, (debit, credit) in naive.items() if code == "billed:jkk")


def _fill(books: Books, rows: list[Posted], closed: list[dt.date], ended: int) -> None:
    """Books that hold these rows, recorded as they say, some days and months closed."""
    with books.connect("postgres", autocommit=True) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("TRUNCATE ledger_group, ledger_transfer, ledger_day, ledger_closedday")
        root.execute(
            "UPDATE ledger_period SET summed_until = '-infinity', closed_at = NULL, transfers = NULL, rupiah = NULL,"
            " previous = NULL, digest = NULL,"
            " signature = NULL, key_id = NULL"
        )
        made = [posting((row.debit, row.credit, row.rupiah), day=row.effective_on) for row in rows]
        with cast.everyone():
            actions.post_many(made)
        for one, row in zip(made, rows, strict=True):
            root.execute("UPDATE ledger_group SET recorded_at = %s WHERE id = %s", [row.recorded_at, one.group_id])
            root.execute("UPDATE ledger_transfer SET recorded_at = %s WHERE group_id = %s", [row.recorded_at, one.group_id])
        for month in (BEFORE, LAST, MONTH)[:ended]:
            own = [row.recorded_at for row in rows if month_of(row.effective_on) == month]
            root.execute(
                "UPDATE ledger_period SET closed_at = %s, transfers = 0, rupiah = 0, previous = '', signature = '', key_id = '',"
                " digest = decode(repeat('00', 32), 'hex') WHERE month = %s",
                [max(own, default=FIRST), month],
            )
    with cast.everyone():
        for day in closed:
            actions.close_day(day)


def _naive(rows: list[Posted], effective: dt.date | None, known_at: dt.datetime | None) -> dict[str, tuple[int, int]]:
    debits, credits, seen = Counter[str](), Counter[str](), set()
    for row in rows:
        if (effective is None or row.effective_on <= effective) and (known_at is None or row.recorded_at <= known_at):
            debits[row.debit] += row.rupiah
            credits[row.credit] += row.rupiah
            seen |= {row.debit, row.credit}
    return {code: (debits[code], credits[code]) for code in seen}


# --- statements -------------------------------------------------------------------------------------------------------


def test_a_statement_runs_from_its_opening_to_its_closing(books: Books) -> None:
    post(("cash:jkk", "fund:jkk", 1_000), day=dt.date(2026, 8, 5))
    for at in range(30):
        legs = ("cash:jkk", "fund:jkk", 100 + at) if at % 3 else ("fund:jkk", "cash:jkk", 10)
        post(legs, day=dt.date(2026, 9, 1 + at))
    post(("cash:jkk", "fund:jkk", 7), day=dt.date(2026, 10, 1))
    with cast.everyone():
        told = queries.statement("cash:jkk", dt.date(2026, 9, 1), dt.date(2026, 9, 30))
        rows = list(told)
        assert told.opening_rupiah == 1_000
        assert len(rows) == 30
        running = told.opening_rupiah
        for row in rows:
            running += row.rupiah
            assert row.balance_rupiah == running
        assert told.closing_rupiah == running == queries.balance("cash:jkk", effective=dt.date(2026, 9, 30))
        assert told[10:20] == rows[10:20]
        assert told[25:99] == rows[25:]
        assert [row.rupiah for row in rows[:2]] == [-10, 101]
        mirror = list(queries.statement("fund:jkk", dt.date(2026, 9, 1), dt.date(2026, 9, 30)))
        assert [one.rupiah for one in mirror] == [one.rupiah for one in rows]
        assert {one.other for one in rows} == {"fund:jkk"}


def test_a_statement_of_an_account_that_is_none_names_the_nearest(books: Books) -> None:
    with cast.everyone(), pytest.raises(InputError, match=r"cash:jkx tidak ada.*cash:jk"):
        queries.statement("cash:jkx", DAY, DAY)


def test_two_transfers_of_one_group_on_one_account_both_stand_in_its_statement(books: Books) -> None:
    made = post(("cash:jkk", "fund:jkk", 5), ("cash:jkk", "fines:jkk", 6))
    with cast.everyone():
        assert [(one.leg, one.rupiah, one.other) for one in queries.statement("cash:jkk", DAY, DAY)] == [
            (1, 5, "fund:jkk"), (2, 6, "fines:jkk"),
        ]  # fmt: skip
        [told] = [queries.entry(made.group_id)]
        assert told is not None
        assert [(leg.debit.code, leg.credit.code, leg.rupiah) for leg in told.legs] == [
            ("cash:jkk", "fund:jkk", 5), ("cash:jkk", "fines:jkk", 6),
        ]  # fmt: skip


def test_a_reversal_leaves_nothing_and_both_say_so(books: Books) -> None:
    done = post(("cash:jht", "undivided:jht", 5), ("undivided:jht", "billed:jht", 2))
    with cast.everyone():
        back = actions.mirrored(done.group_id, reference="balik", kind="test", effective_on=dt.date(2026, 10, 31))
        assert actions.post(back)
        assert all(one.balance_rupiah == 0 for one in queries.trial_balance())
        assert queries.balance("cash:jht", effective=DAY) == 5
        one, other = queries.entry(done.group_id), queries.entry(back.group_id)
        assert one is not None
        assert other is not None
        assert one.reversed_by is not None
        assert other.reverses is not None
        assert (one.reversed_by.pk, other.reverses.pk) == (back.group_id, done.group_id)


def test_whoever_takes_back_need_not_read_the_books(books: Books) -> None:
    done = post()
    clerk = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.as_user(clerk):
        assert queries.entry(done.group_id) is None
        assert actions.post(actions.mirrored(done.group_id, reference="balik", kind="test", effective_on=DAY))
    with cast.everyone():
        assert queries.balance("cash:jkk") == 0


def test_numbers_of_groups_are_read_back_and_never_sixteen_digits() -> None:
    for number in (0, 1, 1234567890123456, 2**63 - 1):
        words = queries.number_words(number)
        assert queries.number_of(words) == number
        assert len(words) == 17
    for text in (
        "",
        "abc",
        "zzzzzzzz-zzzzzzzz",
        "123456789-1234567",
        "١٢٣٤٥٦٧٨-١٢٣٤٥٦٧٨",
        "0x000000-00000001",
        "ffffffff-ffffffff",
    ):
        assert queries.number_of(text) is None


def test_a_reference_shows_no_sixteen_digits_in_a_row() -> None:
    assert queries.reference_words("bill:7463484929343552") == "bill:746 348 492 934 355 2"
    assert queries.reference_words("return:202611:3") == "return:202611:3"


def test_months_that_are_long_closed_are_not_read_for_a_balance(books: Books) -> None:
    """So that a balance of today costs the same after ten years."""
    post(day=dt.date(2026, 8, 1))
    with cast.everyone():
        actions.close_day(cast.TODAY - dt.timedelta(days=1))
        assert balances._live_months(cast.TODAY + dt.timedelta(days=5), None) == [BEFORE, LAST, MONTH]
        actions.close_period(BEFORE)
        assert balances._live_months(cast.TODAY + dt.timedelta(days=5), None) == [LAST, MONTH]
        assert last_day(MONTH) == dt.date(2026, 10, 31)
