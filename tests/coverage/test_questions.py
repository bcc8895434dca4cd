"""Questions counted apart from the request: once for all who ask, given up when nobody waits, and never waited for in vain."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, nobody, scope_of, system_scope
from jamsostek.core.errors import InputError
from jamsostek.coverage import questions
from jamsostek.coverage.cube import Cancelled, Question, TooLong, ask, holds, latest
from tests import cast
from tests.coverage import invented_people as people_of

ON_ROWS = Question((202606,), ("active", "reported"), by=("sex",))
CELLS = Question((202606,), ("active",), by=("province",))


@pytest.fixture
def night(tmp_path: Path, settings: Any) -> Path:
    """An installation with a snapshot of few people."""
    settings.JAMSOSTEK_DATA = tmp_path
    people_of.photographed(tmp_path / "coverage", people_of.drawn(200, seed=5))
    return tmp_path


@pytest.fixture
def two(db: Any) -> list[Any]:
    """A researcher and an actuary."""
    return [cast.user("peneliti", "researcher"), cast.user("aktuaris", "actuary")]


def look(who: Any, question: Question = ON_ROWS) -> questions.Asked:
    with cast.as_user(who):
        return questions.look(question)


def want(who: Any, question: Question = ON_ROWS) -> None:
    with cast.as_user(who):
        questions.want(question)


def test_cells_hold_one_question_and_not_the_other(night: Path) -> None:
    snapshot = latest()
    assert snapshot is not None
    assert holds(CELLS.checked(), snapshot)
    assert not holds(ON_ROWS.checked(), snapshot)


def test_two_who_ask_the_same_are_counted_for_once(night: Path, two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    monkeypatch.setattr(questions, "ask", lambda question, **given: asked.append(question) or ask(question, **given))
    want(two[0])
    want(two[1], replace(ON_ROWS, months=(202606, 202606)))
    assert [look(one).state for one in two] == ["waiting", "waiting"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [questions.ANSWER])
        assert cursor.fetchone() == (1,)

    assert questions.work() == 1

    assert asked == [ON_ROWS.checked()]
    for one in two:
        found = look(one)
        assert found.state == "answered" and found.answer is not None and not found.newer
        assert (found.answer.rows, found.answer.source) == (ask(ON_ROWS).rows, "rows")
    want(two[0])
    assert look(two[0]).state == "answered"
    assert questions.work() == 0, "it was counted again although it was known"


def test_who_stops_waiting_does_not_stop_it_for_others(night: Path, two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(question: Question, **given: Any) -> Any:
        with cast.as_user(two[0]):
            questions.give_up(question)
        assert not given["cancel"]()
        with cast.as_user(two[1]):
            assert questions.look(question).state == "counting"
            questions.give_up(question)
        assert given["cancel"]()
        raise Cancelled

    for one in two:
        want(one)
    monkeypatch.setattr(questions, "ask", counted)
    assert questions.work() == 1
    assert [look(one).state for one in two] == ["unasked", "unasked"]
    assert not questions.waited_for()


def test_a_count_tells_how_far_it_is(night: Path, two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, float]] = []

    def counted(question: Question, **given: Any) -> Any:
        for done in (0.25, 0.5):
            given["progress"](done)
            found = look(two[0])
            seen.append((found.state, found.done))
        return ask(question)

    want(two[0])
    monkeypatch.setattr(questions, "ask", counted)
    questions.work()
    assert seen == [("counting", 0.25), ("counting", 0.5)]


def test_the_next_one_is_told_how_many_are_before_it(night: Path, two: list[Any]) -> None:
    want(two[0])
    other = replace(ON_ROWS, by=("age",))
    want(two[1], other)
    folder = questions._folder(other)
    mark = next(folder.glob("wanted-*"))
    os.utime(mark, (mark.stat().st_atime, mark.stat().st_mtime + 1))
    assert look(two[1], other).before == 1
    assert questions.work() == 2


KILLED = """
import os, sys, django
django.setup()
from pathlib import Path
from jamsostek.coverage import questions
def dies(question, **given):
    given["progress"](0.4)
    os.kill(os.getpid(), 9)
questions.ask = dies
questions._count(Path(sys.argv[1]))
"""


def _killed() -> None:
    """A worker that is killed while it counts."""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings",
        "JAMSOSTEK_DATA": str(questions._home().parents[1]),
    }  # fmt: skip
    command = [sys.executable, "-c", KILLED, str(questions._folder(ON_ROWS))]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == -9


def test_what_a_killed_worker_left_is_taken_up_again(night: Path, two: list[Any]) -> None:
    want(two[0])
    _killed()
    assert (look(two[0]).state, look(two[0]).done) == ("counting", 0.4)
    assert questions.waited_for(), "nothing would take it up"

    questions.work()

    assert look(two[0]).state == "answered"
    assert not questions.waited_for()


def test_a_question_that_kills_its_workers_is_not_begun_for_ever(night: Path, two: list[Any]) -> None:
    want(two[0])
    for _each in range(questions.TRIES):
        _killed()
    questions.work()
    found = look(two[0])
    assert (found.state, found.answer) == ("failed", None)
    assert "terputus berulang kali" in found.problem
    assert not questions.waited_for()
    want(two[0])
    questions.work()
    assert look(two[0]).state == "answered", "asking once more begins anew"


def test_nobody_waits_longer_than_an_hour(night: Path, two: list[Any]) -> None:
    want(two[0])
    mark = next(questions._folder(ON_ROWS).glob("wanted-*"))
    long_ago = mark.stat().st_mtime - questions.WAITS_SECONDS - 1
    os.utime(mark, (long_ago, long_ago))
    assert look(two[0]).state == "unasked"
    assert not questions.waited_for()


def test_a_newer_snapshot_is_told_and_counted(night: Path, two: list[Any]) -> None:
    want(two[0])
    questions.work()
    people_of.photographed(night / "coverage", people_of.drawn(220, seed=5))
    old = look(two[0])
    assert old.state == "answered" and old.newer
    want(two[0])
    questions.work()
    new = look(two[0])
    assert old.answer and new.answer and not new.newer
    assert new.answer.rows != old.answer.rows


def test_too_long_an_answer_is_refused_in_words(night: Path, two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    by_age = replace(ON_ROWS, by=("age",))
    assert len(ask(by_age).rows) > 3
    with pytest.raises(TooLong, match="lebih dari 3 baris"):
        ask(by_age, most=3)
    assert len(ask(by_age, most=len(ask(by_age).rows)).rows) == len(ask(by_age).rows)
    monkeypatch.setattr(questions, "MOST_LINES", 3)
    want(two[0], by_age)
    questions.work()
    assert "terlalu panjang" in look(two[0], by_age).problem


def test_a_damaged_snapshot_and_a_crash_are_told(night: Path, two: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_asked: Any, **_given: Any) -> Any:
        raise InputError("rusak")

    def crashed(*_asked: Any, **_given: Any) -> Any:
        raise ZeroDivisionError

    for stand_in, words in ((refused, "Potretnya tidak dapat dibaca"), (crashed, "Penghitungannya gagal")):
        want(two[0])
        monkeypatch.setattr(questions, "ask", stand_in)
        if stand_in is crashed:
            with pytest.raises(ZeroDivisionError):
                questions.work()
        else:
            questions.work()
        assert words in look(two[0]).problem
        assert not questions.waited_for()


def test_somebody_waits_for_a_few_at_once(night: Path, two: list[Any]) -> None:
    for by in ("sex", "age", "disability"):
        want(two[0], replace(ON_ROWS, by=(by,)))
    with pytest.raises(InputError, match="menunggu 3 pertanyaan"):
        want(two[0], replace(ON_ROWS, by=("province",)))
    want(two[0])  # one of them
    want(two[1], replace(ON_ROWS, by=("province",)))


def test_only_who_reads_cells_may_ask(night: Path, db: Any) -> None:
    with acting(nobody()), pytest.raises(Refused):
        questions.want(ON_ROWS)
    with acting(nobody()), pytest.raises(Refused):
        questions.look(ON_ROWS)
    assert not questions.waited_for()


def test_only_who_may_take_everybody_away_sees_exact_counts(db: Any) -> None:
    able = {
        role for role in ("head_office", "auditor", "ministry", "researcher", "actuary", "jury", "hospital_desk")
        if questions.may_see_exact(scope_of(cast.user(f"ia-{role}", role), cast.MONTH))
    }  # fmt: skip
    officer = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
    assert able == {"head_office"}
    assert not questions.may_see_exact(scope_of(officer, cast.MONTH)), "who sees one region does not see all"
    assert not questions.may_see_exact(nobody())


def test_kept_answers_are_for_their_owner_and_go_after_a_week(night: Path, two: list[Any]) -> None:
    want(two[0])
    questions.work()
    folder = questions._folder(ON_ROWS)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "answer.json").stat().st_mode & 0o077 == 0
    now = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
    assert questions.forget(now + dt.timedelta(days=questions.KEPT_DAYS - 1)) == 0
    assert questions.forget(now + dt.timedelta(days=questions.KEPT_DAYS + 1)) == 1
    assert look(two[0]).state == "unasked"


def test_before_the_first_night_nothing_is_waited_for(tmp_path: Path, settings: Any, db: Any) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    with acting(system_scope("uji")), pytest.raises(InputError, match="Belum ada potret"):
        questions.want(ON_ROWS)
    assert questions.work() == 0
