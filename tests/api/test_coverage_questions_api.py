"""Questions to the cube over the API: the same lines as the page's, protected, and counted on the rows where that is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cast
import pytest
from town import Api, token_of

from jamsostek.coverage import questions
from jamsostek.coverage.cube import Question, ask, protect
from tests.coverage import invented_people as people_of

PATH = "/coverage/questions"
ROWS = {"first_month": "2026-06", "measures": ["active", "reported"], "by": ["regency"]}


@pytest.fixture
def night(tmp_path: Path, settings: Any) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    people_of.photographed(tmp_path / "coverage", people_of.drawn(400, seed=8))


@pytest.fixture
def api(db: Any) -> Api:
    return Api(token_of(cast.user("api.peneliti", "researcher"), "read_cells"))


def test_cells_answer_at_once_and_protected(night: None, api: Api) -> None:
    asked = {"first_month": "2026-05", "last_month": "2026-06", "by": ["month", "segment"], "where": {"province": [32, 11]}}
    told = api.post(PATH, asked).json()
    answer = protect(ask(Question((202605, 202606), ("active",), ("month", "segment"), {"province": (32, 11)})))
    assert (told["state"], told["source"], told["as_of"]) == ("answered", "cells", "2026-06-17")
    assert told["columns"] == ["month", "segment", "active"]
    assert told["rows"] == [[f"{row[0] // 100}-{row[0] % 100:02d}", *row[1:]] for row in answer.rows]
    assert len(told["rows"]) > 5


def test_rows_are_counted_when_asked_and_given_up_when_told(night: None, api: Api) -> None:
    assert api.post(PATH, ROWS).json()["state"] == "unasked"
    assert not questions.waited_for()
    assert api.post(PATH, ROWS | {"rows": "count"}).json()["state"] == "waiting"
    assert api.post(PATH, ROWS | {"rows": "stop"}).json()["state"] == "unasked"
    assert not questions.waited_for()
    api.post(PATH, ROWS | {"rows": "count"})
    questions.work()
    told = api.post(PATH, ROWS).json()
    shown = protect(ask(Question((202606,), ("active", "reported"), ("regency",))))
    assert (told["state"], told["source"]) == ("answered", "rows")
    assert told["rows"] == [list(row) for row in shown.rows]
    assert all(number is None or number % 10 == 0 for row in told["rows"] for number in row[1:])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_month": "2026-07"}, "months"),
        ({"first_month": "2026-07", "measures": ["reported"], "rows": "count"}, "months"),
        ({"first_month": "2026-06", "last_month": "2026-01"}, "last_month"),
        ({"first_month": "2026-01", "last_month": "2026-06"}, "by"),
        ({"first_month": "2026-06", "where": {"segment": ["bpu"]}}, "segment"),
        ({"first_month": "2026-06", "where": {"province": ["Jawa"]}}, "province"),
        ({"first_month": "2026-06", "by": ["village"], "basis": "office"}, "basis"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_of_its_field(night: None, api: Api, given: dict[str, Any], field: str) -> None:
    answer = api.post(PATH, given)
    assert answer.status_code == 422, answer.content
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_it_takes_a_token_that_reads_figures(night: None, db: Any) -> None:
    assert Api().post(PATH, ROWS).status_code == 401
    worker = cast.user("api.pekerja", "worker", "self", 1)
    assert Api(token_of(worker)).post(PATH, ROWS).status_code == 403


def test_before_the_first_night_there_is_nothing(tmp_path: Path, settings: Any, api: Api) -> None:
    settings.JAMSOSTEK_DATA = tmp_path
    told = api.post(PATH, ROWS | {"rows": "count"}).json()
    assert (told["state"], told["rows"], told["as_of"]) == ("unasked", [], None)
