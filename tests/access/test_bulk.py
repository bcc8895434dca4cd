"""Statements over whole columns, several in one journey."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jamsostek.access.bulk import ask, ask_together, insert_rows, tell, together

COUNT = "SELECT count(*) FROM numbers WHERE one = ANY (%b::int[])"


@pytest.fixture
def numbers(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE numbers (one int CONSTRAINT numbers_once PRIMARY KEY) ON COMMIT DROP")


def test_a_question_sees_what_was_written_before_it_in_the_same_journey(numbers: Any) -> None:
    with together():
        insert_rows("numbers", {"one": ("int", [1, 2])})
        tell("DELETE FROM numbers WHERE one = ANY (%b::int[])", ("int", [2]))
    assert ask_together((COUNT, [("int", [1, 2])]), (COUNT, [("int", [])]), ("SELECT 'a', 2", [])) == [[(1,)], [(0,)], [("a", 2)]]


def test_what_is_refused_is_raised_with_its_name_and_nothing_after_it_is_done(numbers: Any) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), together():
        for one in (1, 1, 3):
            insert_rows("numbers", {"one": ("int", [one])})
    assert refused.value.__cause__.diag.constraint_name == "numbers_once"  # type: ignore[union-attr]
    assert ask(COUNT, ("int", [1, 3])) == [(0,)]


def test_an_error_between_two_statements_leaves_the_connection_in_order(numbers: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), together():
        insert_rows("numbers", {"one": ("int", [1])})
        raise ZeroDivisionError
    assert ask(COUNT, ("int", [1])) == [(0,)]


@pytest.mark.parametrize("wrong", ["SELECT 1 / 0", "SELECT nothing"])
def test_of_several_questions_the_first_that_fails_is_told(numbers: Any, wrong: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ask_together(("SELECT 1", []), (wrong, []), ("SELECT 2", []))
    assert ask_together(("SELECT 1", [])) == [[(1,)]]
