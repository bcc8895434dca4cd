"""Many rows in one statement, under row rules: COPY cannot write to a table that has them, arrays can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from jamsostek.access.arrays import Packed, PackedDumper, packed

Columns = Mapping[str, tuple[str, Sequence[Any]]]
"""Column name to PostgreSQL type and values; all of one length."""


def insert_rows(table: str, columns: Columns, *, casts: Mapping[str, str] | None = None) -> None:
    """Inserts rows given by column; `casts` turns a given text into what its column is. Names come from code, not from people."""
    if not next(iter(columns.values()))[1]:
        return
    names = ", ".join(columns)
    chosen = ", ".join(f"{name}::{casts[name]}" if casts and name in casts else name for name in columns)
    arrays = ", ".join(f"%b::{kind}[]" for kind, _values in columns.values())
    sql = f"INSERT INTO {table} ({names}) SELECT {chosen} FROM unnest({arrays}) AS given ({names})"  # noqa: S608
    with _binary() as cursor:
        cursor.execute(sql, [packed(kind, values) for kind, values in columns.values()])


def ask(sql: str, *arrays: tuple[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows that a query gives for whole columns: `%b::bytea[]` in it takes ("bytea", values), in binary as in `insert_rows`."""
    if not arrays[0][1]:
        return []
    with _binary() as cursor:
        return cursor.execute(sql, [packed(kind, values) for kind, values in arrays]).fetchall()


@contextmanager
def _binary() -> Iterator[psycopg.Cursor[Any]]:
    """Arrays go in binary, bound by the server: Django's cursor would quote every value into one text of many megabytes."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.adapters.register_dumper(Packed, PackedDumper)
        yield cursor


def next_ids(sequence: str, count: int) -> list[int]:
    """Ids set aside for rows whose sealed values need to know them beforehand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]
