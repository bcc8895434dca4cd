"""A run of crediting killed between any two of its statements, or raced: whoever goes on writes the same rows, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from creditkill import PART_SIZE, counting, work
from django.db import connections

from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries.crediting import runs
from jamsostek.accounts.queries.holds import crediting_holds
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from tests import cast
from tests.accounts import money
from tests.databases import pointed_at
from tests.kills import killer

if TYPE_CHECKING:
    from tests.conftest import Database

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
MOMENTS = 200 if PROOF else 10
FIRST, LAST, KILLS_A_MONTH = 201507, 202012, 8
PEOPLE = 60
SCRIPT = Path(__file__).parent / "creditkill.py"


def fill(month: int) -> None:
    """Some pay in, one takes out; everybody for the first time in the first month."""
    chance = random.Random(month)
    with cast.everyone():
        payers = {who: chance.randint(1, 10**7) for who in range(1, PEOPLE + 1) if month == FIRST or chance.random() < 0.5}
        money.move(payers, dt.date(month // 100, month % 100, chance.randint(1, 28)))
        if month > FIRST:
            money.move({chance.randint(1, PEOPLE): -1_000}, dt.date(month // 100, month % 100, 9))


def wait_until_let_go(month: int) -> None:
    """The server notices the dead connection by itself."""
    end = time.monotonic() + 30
    while any(one.running for one in runs(month=month)):
        assert time.monotonic() < end, "the killed process's lock is still held"
        time.sleep(0.01)


@pytest.fixture
def beside(fresh_database: Callable[[], Any], django_db_blocker: Any) -> Iterator[Database]:
    """A second database, where nobody kills anything."""
    with fresh_database() as other, django_db_blocker.unblock():
        yield other


def undisturbed(other: Database, month: int) -> tuple[dict[str, Any], int]:
    """What a month's run writes there, and how many steps it takes."""
    with pointed_at(other.name):
        fill(month)
        with counting() as counter:
            work(month)
        return money.written(month), counter.statements


def ended(month: int) -> bool:
    return any(one.ended_at for one in runs(month=month))


def test_a_killed_run_goes_on_and_writes_the_same(beside: Database, committed_db: Database) -> None:
    """Month after month, each killed a few times at any moment, until so many moments have been."""
    chance, killed, month = random.Random(20_261_121), [], FIRST
    with killer(committed_db, SCRIPT) as killed_at:
        while len(killed) < MOMENTS:
            assert month <= LAST, f"only {len(killed)} moments"
            expected, whole = undisturbed(beside, month)
            fill(month)
            for time_ in range(KILLS_A_MONTH):
                moment = chance.randint(1, whole if time_ == 0 else whole // 3)  # what goes on has fewer steps to go
                if not ended(month) and killed_at(month, moment):
                    killed.append(moment)
                    wait_until_let_go(month)
            if not ended(month):
                work(month)
            assert money.written(month) == expected, f"{month}, killed at {killed[-KILLS_A_MONTH:]}"
            month = add_months(month, 1)
    with cast.everyone():
        assert crediting_holds() == []


def test_a_run_killed_again_and_again_gets_further_every_time(beside: Database, committed_db: Database) -> None:
    expected, whole = undisturbed(beside, FIRST)
    fill(FIRST)
    done, rounds = 0, 0
    with killer(committed_db, SCRIPT) as killed_at:
        for moment in range(1, whole, 1 if PROOF else 5):
            if ended(FIRST) or not killed_at(FIRST, moment):
                break
            rounds += 1
            wait_until_let_go(FIRST)
            now = len(money.written(FIRST)["parts"])
            assert now >= done
            done = now
    if not ended(FIRST):
        work(FIRST)
    assert money.written(FIRST) == expected
    assert rounds > 5


# --- two at once ------------------------------------------------------------------------------------------------------


def test_of_two_runs_at_once_one_works_and_the_other_says_so(committed_db: Database) -> None:
    fill(FIRST)
    money.begin(FIRST, part_size=PART_SIZE)
    reached, go_on, ended = threading.Event(), threading.Event(), []

    def stay(_done: int, _parts: int) -> None:
        reached.set()
        go_on.wait(20)

    def first() -> None:
        try:
            crediting.credit(month=FIRST, told=stay)
            ended.append(True)
        finally:
            connections.close_all()

    worker = threading.Thread(target=first)
    worker.start()
    assert reached.wait(20)
    with pytest.raises(InputError, match="sedang dijalankan proses lain"):
        crediting.credit(month=FIRST)
    assert runs()[0].running
    go_on.set()
    worker.join(30)
    assert ended == [True]
    with cast.everyone():
        assert crediting_holds() == []
    assert [row[1] for row in money.written(FIRST)["parts"]] == list(range(1, PEOPLE // PART_SIZE + 1))


def test_without_the_lock_they_would_still_take_turns(committed_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def not_alone(_lock: int, _month: int) -> Iterator[bool]:
        yield True

    monkeypatch.setattr(crediting, "alone", not_alone)
    fill(FIRST)
    money.begin(FIRST, part_size=2)
    wrong: list[BaseException] = []

    def one() -> None:
        try:
            crediting.credit(month=FIRST)
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=one) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert wrong == []
    assert [row[1] for row in money.written(FIRST)["parts"]] == list(range(1, PEOPLE // 2 + 1))
    with cast.everyone():
        assert crediting_holds() == []


def test_two_who_begin_at_once_begin_one_run(committed_db: Database) -> None:
    fill(FIRST)
    ready, told = threading.Barrier(2), []

    def one() -> None:
        try:
            with cast.everyone():
                ready.wait(20)
                told.append(crediting.begin(month=FIRST, today=cast.TODAY).month)
        except InputError as error:
            told.append(str(error))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=one) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert FIRST in told and len(told) == 2
    assert all(one == FIRST or "sudah dikreditkan" in str(one) for one in told), told
    assert len(money.ask("SELECT month FROM accounts_crediting")) == 1
