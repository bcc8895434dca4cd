"""Rows as arrays by binary COPY: what comes out is what is there, what goes in is what was given, and nothing else does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.access import rows
from jamsostek.access.rows import copy_in, copy_out

pytestmark = pytest.mark.django_db
LEAST = {"smallint": -(2**15), "int": -(2**31), "bigint": -(2**63)}
MOST = {"smallint": 2**15 - 1, "int": 2**31 - 1, "bigint": 2**63 - 1}


def execute(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def table(db: None) -> str:
    execute("CREATE TEMPORARY TABLE tried (small smallint, middle int, large bigint, day date) ON COMMIT DROP")
    return "tried"


def test_every_type_comes_out_as_it_is() -> None:
    found = copy_out(
        "SELECT 7::smallint AS small, -202611 AS middle, 9223372036854775807 AS large, date '1969-07-20' AS day"
        " UNION ALL SELECT (-32768)::smallint, 2147483647, -9223372036854775807, date '2100-12-31'"
    )
    assert found.dtype.names == ("small", "middle", "large", "day")
    assert [found.dtype[name].str[1:] for name in found.dtype.names] == ["i2", "i4", "i8", "M8[D]"]
    assert found.tolist() == [
        (7, -202611, 2**63 - 1, dt.date(1969, 7, 20)), (-(2**15), 2**31 - 1, -(2**63) + 1, dt.date(2100, 12, 31)),
    ]  # fmt: skip


def test_values_are_put_into_the_question_and_the_order_stays() -> None:
    found = copy_out("SELECT n FROM generate_series(1, 100000) AS n WHERE n %% 10 = ANY (%s) ORDER BY n DESC", [[3, 7]])
    assert found["n"].tolist() == [n for n in range(100_000, 0, -1) if n % 10 in (3, 7)]


def test_no_row_is_an_empty_array_with_its_fields() -> None:
    found = copy_out("SELECT 1 AS one, date '2020-01-01' AS day WHERE false")
    assert found.dtype.names == ("one", "day") and len(found) == 0


@pytest.mark.parametrize("at", [1, 2, 500, 999, 1000])
def test_a_null_is_named_and_never_read_as_a_number(at: int) -> None:
    with pytest.raises(ValueError, match=f"row {at} "):
        copy_out(f"SELECT n::bigint AS n, CASE WHEN n <> {at} THEN n END AS m FROM generate_series(1, 1000) AS n")
    assert execute("SELECT 1") == [(1,)], "and the connection goes on"


@pytest.mark.parametrize("wrong", ["'a' AS a", "1.5 AS a", "true AS a", "now() AS a", "1 AS a, 2 AS a"])
def test_other_types_and_names_twice_are_refused_before_anything_is_read(wrong: str) -> None:
    with pytest.raises(ValueError, match="columns of"):
        copy_out(f"SELECT {wrong}")
    assert execute("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("SELECT nothing FROM nowhere", "42P01"), ("SELECT 1 / (n - 500) AS n FROM generate_series(1, 1000) AS n", "22012")],
)
def test_an_error_of_the_database_keeps_its_name(wrong: str, code: str) -> None:
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        copy_out(wrong)
    assert isinstance(told.value.__cause__, psycopg.Error) and told.value.__cause__.sqlstate == code
    assert execute("SELECT 1") == [(1,)], "the savepoint took it back, the connection goes on"


def test_what_stops_the_reading_in_the_middle_leaves_no_answer_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(BaseException):
        pass

    class Half(bytearray):
        def __iadd__(self, more: Any) -> Half:
            raise Stopped

    monkeypatch.setattr(rows, "bytearray", Half, raising=False)
    with pytest.raises(Stopped), transaction.atomic():
        copy_out("SELECT n FROM generate_series(1, 100000) AS n")
    assert connection.connection.closed
    connection.close()


def test_what_goes_in_is_there(table: str) -> None:
    days = np.array(["1969-07-20", "2000-01-01", "2026-11-21"], "datetime64[D]")
    made = copy_in(
        table, {"small": ("smallint", 5), "middle": ("int", [1, 2, 3]), "large": ("bigint", np.arange(3)), "day": ("date", days)}
    )
    assert made == 3
    assert execute("SELECT * FROM tried ORDER BY middle") == [
        (5, 1, 0, dt.date(1969, 7, 20)), (5, 2, 1, dt.date(2000, 1, 1)), (5, 3, 2, dt.date(2026, 11, 21)),
    ]  # fmt: skip


def test_no_rows_go_in_as_none(table: str) -> None:
    assert copy_in(table, {"large": ("bigint", np.empty(0, np.int64)), "middle": ("int", 7)}) == 0
    assert execute("SELECT count(*) FROM tried") == [(0,)]


@pytest.mark.parametrize("count", [1, 2, 65_535, 65_536, 65_537, 200_000])
def test_blocks_meet_without_a_seam(table: str, count: int) -> None:
    copy_in(table, {"large": ("bigint", np.arange(count)), "middle": ("int", np.arange(count) % 9)})
    assert execute("SELECT count(*), sum(large), sum(middle) FROM tried") == [
        (count, count * (count - 1) // 2, int((np.arange(count) % 9).sum()))
    ]


@pytest.mark.parametrize("kind", ["smallint", "int"])
@pytest.mark.parametrize("side", ["least", "most"])
def test_a_value_too_large_is_refused_and_never_cut(table: str, kind: str, side: str) -> None:
    edge = (LEAST if side == "least" else MOST)[kind]
    column = {"smallint": "small", "int": "middle"}[kind]
    copy_in(table, {column: (kind, [edge])})
    assert execute(f"SELECT {column} FROM tried") == [(edge,)]
    with pytest.raises(OverflowError, match=column):
        copy_in(table, {column: (kind, [edge + (1 if edge > 0 else -1)])})


def test_fractions_and_columns_of_two_lengths_are_refused(table: str) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        copy_in(table, {"large": ("bigint", [1.0])})
    with pytest.raises(ValueError, match="one length"):
        copy_in(table, {"large": ("bigint", [1, 2]), "middle": ("int", [1])})
    assert execute("SELECT count(*) FROM tried") == [(0,)]


@given(
    st.lists(
        st.tuples(
            st.integers(LEAST["smallint"], MOST["smallint"]), st.integers(LEAST["int"], MOST["int"]),
            st.integers(LEAST["bigint"], MOST["bigint"]), st.dates(),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_there_and_back(given_rows: list[tuple[int, int, int, dt.date]]) -> None:
    with transaction.atomic():
        execute("CREATE TEMPORARY TABLE round (at int, small smallint, middle int, large bigint, day date)")
        columns = list(zip(*given_rows, strict=True)) or [(), (), (), ()]
        copy_in(
            "round",
            {
                "at": ("int", np.arange(len(given_rows))),
                "small": ("smallint", np.array(columns[0], np.int64)),
                "middle": ("int", np.array(columns[1], np.int64)),
                "large": ("bigint", np.array(columns[2], np.int64)),
                "day": ("date", np.array(columns[3], "datetime64[D]")),
            },
        )
        found = copy_out("SELECT small, middle, large, day FROM round ORDER BY at")
        assert found.tolist() == given_rows
        execute("DROP TABLE round")
