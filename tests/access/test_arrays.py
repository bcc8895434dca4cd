"""Arrays in PostgreSQL's binary form: what comes out is what went in, for every type, with nulls and without."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.db import connection

from jamsostek.access.arrays import Packed, packed

LONG = "panjang " * 400
VALUES: list[tuple[str, list[Any]]] = [
    ("bigint", [0, -1, 2**62, -(2**62)]),
    ("bigint", [None, 5, None]),
    ("int", [202611, -2_000_000_000, 7]),
    ("int", [None, None]),
    ("text", ["", "Siti", 'Nama dengan é, ’ dan \\ { } " koma,', LONG]),
    ("text", [None, "x"]),
    ("bytea", [b"", b"\x00\xff", bytes(3000)]),
    ("bytea", [None, b"\x01"]),
    ("date", [dt.date(1900, 1, 1), dt.date(2000, 1, 1), dt.date(2026, 11, 21)]),
    ("date", [None, dt.date(1999, 12, 31)]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "values"), VALUES, ids=[f"{kind}-{at}" for at, (kind, _values) in enumerate(VALUES)])
def test_a_packed_array_is_read_back_as_it_was(kind: str, values: list[Any]) -> None:
    array = packed(kind, values)
    assert isinstance(array, Packed)
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        found = cursor.execute(f"SELECT value FROM unnest(%b::{kind}[]) AS given (value)", [array]).fetchall()
    assert [row[0] for row in found] == values


def test_other_types_and_empty_columns_are_left_to_the_driver() -> None:
    assert packed("jsonb", ["{}"]) == ["{}"]
    assert packed("text", []) == []
