"""Any question: cells, rows and people counted by hand say the same."""

from __future__ import annotations

import os
import random
import time
from typing import Any

import pytest

from jamsostek.core.months import add_months
from jamsostek.coverage.cube import LISTS, MEASURES, Answer, Question, Snapshot, ask
from jamsostek.coverage.cube.lattice import CELL_MEASURES, lattice_for
from jamsostek.coverage.cube.schema import DIMENSIONS, MASKS, NEVER, SEGMENTS
from tests.coverage import invented_people as people_of

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
QUESTIONS = 200 if PROOF else 40
SEED = time.time_ns() if PROOF else 20_260_617


@pytest.fixture(scope="module")
def people() -> list[people_of.Person]:
    return people_of.drawn(600, seed=7)


@pytest.fixture(scope="module")
def snapshot(people: list[people_of.Person], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return people_of.photographed(tmp_path_factory.mktemp("cube"), people, few=0)


def _question(chance: random.Random) -> Question:
    measures = tuple(chance.sample(CELL_MEASURES, chance.randrange(1, 4)))
    basis = chance.choice(("domicile", "domicile", "office"))
    names = [one for one in DIMENSIONS if one != "month" and (one != "village" or basis == "domicile")]
    by = chance.sample(names, chance.randrange(0, 3))
    where = {name: _some(chance, name) for name in chance.sample(names, chance.randrange(0, 3))}
    if chance.random() < 0.1:
        measures, where, by = ("reported",), {k: v for k, v in where.items() if k == "segment"}, ["segment"]
    start = add_months(202606, -chance.randrange(0, 50))
    months = {add_months(start, chance.choice((0, -1, -6, -12))) for _each in range(chance.randrange(1, 5))}
    return Question(tuple(months), measures, (*by, "month") if len(months) > 1 else tuple(by), where, basis)


def _some(chance: random.Random, name: str) -> tuple[Any, ...]:
    if name == "province":
        return tuple(chance.sample((11, 19, 32, 94), 2))
    if name == "regency":
        return tuple(chance.sample(people_of.REGENCIES, 3))
    if name == "village":
        return (1101011001, 3201021001)
    known = (*LISTS[name], NEVER) if name in MASKS else LISTS[name]
    return tuple(chance.sample(known, max(len(known) // 3, 1)))


def _lines(answer: Answer) -> dict[tuple[Any, ...], list[int]]:
    keys = len(answer.question.by)
    told = {row[:keys]: list(row[keys:]) for row in answer.rows}
    assert len(told) == len(answer.rows)
    return {line: counts for line, counts in told.items() if any(counts)}


def test_cells_and_rows_and_people_agree_on_random_questions(people: list[people_of.Person], snapshot: Snapshot) -> None:
    chance, sources = random.Random(SEED), []
    for number in range(QUESTIONS):
        question = _question(chance)
        answer = ask(question, snapshot=snapshot)
        expected = people_of.truth(people, answer.question)
        assert _lines(answer) == expected, (SEED, number, question)
        if answer.source == "cells":
            assert _lines(ask(question, snapshot=snapshot, source="rows")) == expected, (SEED, number, question)
        sources.append(answer.source)
    assert sources.count("cells") > QUESTIONS / 5
    assert sources.count("rows") > QUESTIONS / 10


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_is_right_in_every_month(people: list[people_of.Person], snapshot: Snapshot, measure: str) -> None:
    months = tuple(add_months(202606, -back) for back in range(70))
    answer = ask(Question(months, (measure,), ("month", "sex")), snapshot=snapshot)
    assert _lines(answer) == people_of.truth(people, answer.question)


def test_flows_explain_the_change_of_the_active(snapshot: Snapshot) -> None:
    months = tuple(add_months(202606, -back) for back in range(30))
    told = {line["month"]: line for line in ask(
        Question(months, ("active", "joined", "returned", "lapsed", "died"), ("month",)), snapshot=snapshot
    ).dicts()}  # fmt: skip
    assert any(line["died"] for line in told.values())
    for month in months[:-1]:
        now, before = told[month], told[add_months(month, -1)]
        assert now["active"] - before["active"] == now["joined"] + now["returned"] - now["lapsed"] - now["died"]


def test_flows_of_several_months_add_up(snapshot: Snapshot) -> None:
    months = (202601, 202602, 202603)
    each = [ask(Question((one,), ("joined", "lapsed")), snapshot=snapshot).rows[0] for one in months]
    assert ask(Question(months, ("joined", "lapsed")), snapshot=snapshot).rows == [tuple(map(sum, zip(*each, strict=True)))]


def test_somebody_with_two_ties_is_one_person_and_stands_in_both_lines(snapshot: Snapshot) -> None:
    total = ask(Question((202606,)), snapshot=snapshot).rows[0][0]
    by_segment = ask(Question((202606,), by=("segment",)), snapshot=snapshot).rows
    assert sum(persons for _segment, persons in by_segment) > total
    assert ask(Question((202606,), where={"segment": SEGMENTS}), snapshot=snapshot).rows == [(total,)]


def test_what_nobody_holds_is_asked_of_the_rows(snapshot: Snapshot) -> None:
    for question in (
        Question((202606,), ("reported",)),
        Question((202606,), by=("occupation", "age")),
        Question((202101,), by=("province",)),
    ):
        assert ask(question, snapshot=snapshot).source == "rows"
        assert lattice_for(question.checked(), snapshot.first_month, snapshot.last_month) is None
