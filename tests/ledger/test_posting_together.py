"""Many who write into the books at once: one effect for one reference, no rupiah drawn twice, nothing slips behind a closing."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from books import ADMINISTRATOR, APP, BEFORE, DAY, LAST, Books, broken, post, posting, raw_group, undone
from django.db import connection

from jamsostek.ledger import actions, queries
from jamsostek.ledger.actions import Posting
from jamsostek.ledger.errors import LedgerRefused
from jamsostek.ledger.models import Period
from tests import cast

THREADS = 50


def together(work: Callable[[int], Any], count: int = THREADS) -> list[Any]:
    """What each of many threads came to, all let loose at once."""
    gate = threading.Barrier(count)

    def one(at: int) -> Any:
        try:
            gate.wait(30)
            return work(at)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def tried(made: Posting) -> bool | str:
    """Whether a posting was written, was there already, or why it was refused."""
    try:
        with cast.everyone():
            return actions.post(made)
    except LedgerRefused as error:
        return error.constraint


def test_one_posting_from_fifty_threads_has_one_effect_and_fifty_answers(books: Books) -> None:
    made = posting(("cash:jkk", "fund:jkk", 700), ("cash:jkm", "fund:jkm", 300), reference="sekali")
    answers = Counter(together(lambda _at: tried(made)))
    assert answers == {True: 1, False: THREADS - 1}
    other = posting(("cash:jkk", "fund:jkk", 701), reference="sekali")
    assert set(together(lambda _at: tried(other), 5)) == {"ledger_reference_once"}
    assert books.ask("SELECT count(*), sum(amount_rupiah) FROM ledger_transfer") == [(2, 1_000)]


def test_the_same_reference_with_many_bodies_takes_one_of_them(books: Books) -> None:
    bodies = [posting(("cash:jkk", "fund:jkk", 1 + at), reference="rebutan") for at in range(THREADS)]
    answers = Counter(together(lambda at: tried(bodies[at])))
    assert answers == {True: 1, "ledger_reference_once": THREADS - 1}


def test_a_group_is_reversed_once_however_many_try(books: Books) -> None:
    done = post()
    with cast.everyone():
        backs = [actions.mirrored(done.group_id, reference=f"balik:{at}", kind="test", effective_on=DAY) for at in range(20)]
    answers = Counter(together(lambda at: tried(backs[at]), 20))
    assert answers == {True: 1, "ledger_group_reversed_once": 19}
    with cast.everyone():
        assert queries.balance("cash:jkk") == 0


def test_the_last_rupiah_is_drawn_once(books: Books) -> None:
    post(("cash:jkk", "fund:jkk", 10))
    draws = [posting(("fund:jkk", "cash:jkk", 3), reference=f"ambil:{at}") for at in range(20)]
    answers = Counter(together(lambda at: tried(draws[at]), 20))
    assert answers == {True: 3, "ledger_not_overdrawn": 17}
    with cast.everyone():
        assert queries.balance("cash:jkk") == 1
        assert broken() == []


def test_who_draws_waits_for_who_drew_before(books: Books) -> None:
    post(("cash:jkk", "fund:jkk", 10))
    all_of_it = {"debits": ["fund:jkk"], "credits": ["cash:jkk"], "amounts": [10]}
    first, second = books.connect(), books.connect(autocommit=True)
    with first, second, ThreadPoolExecutor(1) as pool:
        first.execute(*raw_group(books, **all_of_it))
        waiting = pool.submit(second.execute, *raw_group(books, **all_of_it, id=2, reference="kedua"))
        waits(books, second)
        first.commit()
        with pytest.raises(psycopg.errors.CheckViolation) as caught:
            waiting.result(30)
    assert caught.value.diag.constraint_name == "ledger_not_overdrawn"


def test_money_that_only_passes_through_waits_for_nobody(books: Books) -> None:
    """A payment brings money into clearing and takes it out again in one group."""
    through = {
        "debits": ["cash:clearing", "suspense:unknown"], "credits": ["suspense:unknown", "cash:clearing"], "amounts": [10, 10],
    }  # fmt: skip
    first, second = books.connect(), books.connect()
    with undone(first), undone(second):
        for number, hand in enumerate((first, second), 1):
            hand.execute("SET LOCAL lock_timeout = '2s'")
            hand.execute(*raw_group(books, **through, id=number, reference=f"lewat:{number}"))


def test_money_of_one_transaction_may_be_drawn_in_it(books: Books) -> None:
    with undone(books.connect()) as hand:
        hand.execute(*raw_group(books, amounts=[10]))
        hand.execute(*raw_group(books, id=2, reference="keluar", debits=["fund:jkk"], credits=["cash:jkk"], amounts=[10]))
        with pytest.raises(psycopg.errors.CheckViolation):
            hand.execute(*raw_group(books, id=3, reference="lebih", debits=["fund:jkk"], credits=["cash:jkk"], amounts=[1]))


def waits(books: Books, hand: psycopg.Connection[Any]) -> None:
    """Returns when a connection waits for a lock."""
    sql = "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s"
    with books.connect(ADMINISTRATOR, autocommit=True) as root:
        for _time in range(600):
            if root.execute(sql, [hand.info.backend_pid]).fetchone() == ("Lock",):
                return
            threading.Event().wait(0.01)
    raise AssertionError("nobody waited")


# --- closing while others post ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("closing", ["SELECT ledger_close_day('2026-11-01')", "SELECT ledger_lock_all()"])
def test_who_closes_waits_for_who_posts_and_those_after_wait_for_the_closing(books: Books, closing: str) -> None:
    poster, closer, late = books.connect(), books.connect(), books.connect(autocommit=True)
    with poster, closer, late, ThreadPoolExecutor(2) as pool:
        poster.execute(*raw_group(books))
        closed = pool.submit(closer.execute, closing)
        waits(books, closer)
        after = pool.submit(late.execute, *raw_group(books, id=2, reference="sesudah"))
        waits(books, late)
        poster.commit()
        closed.result(30)
        assert not after.done()
        closer.commit()
        after.result(30)
    assert books.ask("SELECT count(*) FROM ledger_group") == [(2,)]


def test_nothing_slips_into_a_month_while_it_is_closed(books: Books) -> None:
    """Posters go on until the month is shut before them; everything that was told `written` is under the digest."""
    with cast.everyone():
        actions.close_period(BEFORE)
    stop, written = threading.Event(), Counter[str]()

    def poster(at: int) -> None:
        for step in range(100_000):
            answer = tried(posting(("cash:jkk", "fund:jkk", 1), day=dt.date(2026, 9, 5), reference=f"p{at}:{step}"))
            written[str(answer)] += 1
            if answer != True:  # noqa: E712  a refusal is a text
                return
            if stop.wait(0):
                raise AssertionError("the month never shut")

    def closer(_at: int) -> Period:
        threading.Event().wait(0.5)
        with cast.everyone():
            return actions.close_period(LAST)

    [*_posters, row] = together(lambda at: closer(at) if at == 6 else poster(at), 7)
    assert written["ledger_period_closed"] == 6
    assert row.transfers == written["True"] == books.ask(f"SELECT count(*) FROM ledger_transfer WHERE month = {LAST}")[0][0]
    assert row.transfers > 6
    assert broken() == []


def test_of_two_closers_one_wins_and_the_other_says_so(books: Books) -> None:
    post(day=dt.date(2026, 8, 8))

    def close(_at: int) -> str:
        try:
            with cast.everyone():
                actions.close_period(BEFORE)
        except LedgerRefused as error:
            return error.constraint
        return "closed"

    assert Counter(together(close, 6)) == {"closed": 1, "ledger_period_closed": 5}
    assert broken() == []


def test_days_are_closed_once_while_others_post(books: Books) -> None:
    yesterday = cast.TODAY - dt.timedelta(days=1)
    for at in range(20):
        made = post(("cash:jkk", "fund:jkk", 10 + at))
        books.recorded(made.group_id, dt.datetime(2026, 11, 1 + at % 15, 5, tzinfo=dt.UTC))

    def work(at: int) -> Any:
        if at % 2:
            return tried(posting(("fund:jkk", "cash:jkk", 1), reference=f"sambil:{at}"))
        with cast.everyone():
            return actions.close_day(yesterday)

    answers = together(work, 12)
    assert sorted(answers[0::2]) == [0] * 5 + [30]  # fifteen days of two accounts
    assert set(answers[1::2]) == {True}
    assert broken() == []
    with cast.everyone():
        assert queries.balance("cash:jkk") == sum(10 + at for at in range(20)) - 6


def test_what_is_recorded_on_a_closed_day_is_refused(books: Books) -> None:
    """A poster who began before midnight and reaches the books after the day was closed."""
    with books.connect(ADMINISTRATOR) as root:
        root.execute("UPDATE ledger_period SET summed_until = clock_timestamp() + interval '1 hour'")
    assert tried(posting()) == "ledger_day_closed"


def test_opening_a_month_waits_for_nobody_who_posts(books: Books) -> None:
    with undone(books.connect()) as poster, undone(books.connect()) as opener:
        poster.execute(*raw_group(books))
        opener.execute("SET LOCAL lock_timeout = '2s'")
        assert opener.execute("SELECT ledger_open_month(202701)").fetchone() == (True,)


def test_a_month_is_opened_once_by_many(books: Books) -> None:
    def open_it(_at: int) -> bool:
        with cast.everyone():
            return actions.open_month(202703)

    assert Counter(together(open_it, 8)) == {True: 1, False: 7}
    assert tried(posting(day=dt.date(2027, 3, 1))) is True
    with books.connect(APP) as hand, pytest.raises(psycopg.errors.InsufficientPrivilege):
        hand.execute("SELECT * FROM ledger_transfer_202703")
