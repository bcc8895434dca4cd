"""A run of crediting killed between any two of its statements, or raced: whoever goes on writes the same rows, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import random
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections

from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries.crediting import runs
from jamsostek.accounts.queries.holds import crediting_holds
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
MOMENTS = 200 if PROOF else 10
FIRST, LAST, KILLS_A_MONTH = 201507, 202012, 8
PEOPLE, PART_SIZE = 60, 10


def fill(month: int) -> None:
    """Some pay in, one takes out; everybody for the first time in the first month."""
    chance = random.Random(month)
    with cast.everyone():
        payers = {who: chance.randint(1, 10**7) for who in range(1, PEOPLE + 1) if month == FIRST or chance.random() < 0.5}
        money.move(payers, dt.date(month // 100, month % 100, chance.randint(1, 28)))
        if month > FIRST:
            money.move({chance.randint(1, PEOPLE): -1_000}, dt.date(month // 100, month % 100, 9))


# --- a run in a process of its own, that ends where it is told -----------------------------------------------------------


def steps(at: int) -> list[int]:
    """Counts what goes to the database from here on, and dies before the step of that number (never, where it is 0)."""
    from django.db.backends.utils import CursorWrapper

    count = [0]

    def before(call: Any) -> Any:
        def stepped(*given: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return stepped

    CursorWrapper.execute = before(CursorWrapper.execute)  # type: ignore[method-assign]
    crediting.copy_in, crediting.copy_out = before(crediting.copy_in), before(crediting.copy_out)
    connection.ensure_connection()
    connection._commit = before(connection._commit)
    return count


def run(month: int, die_at: int = 0) -> int | None:
    """Credits a month in a child; how many steps it took, None where it was killed."""
    connections.close_all()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _child(month, die_at, writes)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        told = answer.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert (os.WTERMSIG(status), die_at > 0) == (signal.SIGKILL, True)
        return None
    found = pickle.loads(told)
    assert isinstance(found, int), found
    return found


def _child(month: int, die_at: int, answer: int) -> None:
    try:
        counted = steps(die_at)
        with cast.everyone():
            crediting.begin(month=month, today=cast.TODAY, part_size=PART_SIZE)
        crediting.credit(month=month)
        told: Any = counted[0]
    except BaseException:
        told = traceback.format_exc()
    os.write(answer, pickle.dumps(told))
    os._exit(0)


def wait_until_let_go(month: int) -> None:
    """The server notices the dead connection by itself."""
    end = time.monotonic() + 30
    while any(one.running for one in runs(month=month)):
        assert time.monotonic() < end, "the killed process's lock is still held"
        time.sleep(0.01)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """This process works on another database."""
    before = connections.settings["default"]["NAME"]
    connections.close_all()
    connections.settings["default"]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"]["NAME"] = before


@pytest.fixture
def beside(fresh_database: Callable[[], Any], django_db_blocker: Any) -> Iterator[Database]:
    """A second database, where nobody kills anything."""
    with fresh_database() as other, django_db_blocker.unblock():
        yield other


def undisturbed(other: Database, month: int) -> tuple[dict[str, Any], int]:
    """What a month's run writes there, and how many steps it takes."""
    with pointed_at(other.name):
        fill(month)
        count = run(month)
        assert count
        return money.written(month), count


def ended(month: int) -> bool:
    return any(one.ended_at for one in runs(month=month))


def test_a_killed_run_goes_on_and_writes_the_same(beside: Database, committed_db: Database) -> None:
    """Month after month, each killed a few times at any moment, until so many moments have been."""
    chance, killed, month = random.Random(20_261_121), [], FIRST
    while len(killed) < MOMENTS:
        assert month <= LAST, f"only {len(killed)} moments"
        expected, whole = undisturbed(beside, month)
        fill(month)
        for time_ in range(KILLS_A_MONTH):
            moment = chance.randint(1, whole if time_ == 0 else whole // 3)  # what goes on has fewer steps to go
            if not ended(month) and run(month, moment) is None:
                killed.append(moment)
                wait_until_let_go(month)
        if not ended(month):
            run(month)
        assert money.written(month) == expected, f"{month}, killed at {killed[-KILLS_A_MONTH:]}"
        month = add_months(month, 1)
    with cast.everyone():
        assert crediting_holds() == []


def test_a_run_killed_again_and_again_gets_further_every_time(beside: Database, committed_db: Database) -> None:
    expected, whole = undisturbed(beside, FIRST)
    fill(FIRST)
    done, rounds = 0, 0
    for moment in range(1, whole, 1 if PROOF else 5):
        if ended(FIRST) or run(FIRST, moment) is not None:
            break
        rounds += 1
        wait_until_let_go(FIRST)
        now = len(money.written(FIRST)["parts"])
        assert now >= done
        done = now
    if not ended(FIRST):
        run(FIRST)
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
