"""Many rows in one statement, under row rules: COPY cannot write to a table that has them, arrays can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from django.db import connection

from jamsostek.access.arrays import packed

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
    tell(sql, *columns.values())


def tell(sql: str, *arrays: tuple[str, Sequence[Any]]) -> None:
    """A statement over whole columns, as in `ask`, that nobody asks an answer of."""
    with _binary() as cursor:
        cursor.execute(sql, [packed(kind, values) for kind, values in arrays])


@contextmanager
def together() -> Iterator[None]:
    """Statements inside go out one behind the other, none waiting for the answer to the one before; for few rows that is most
    of their time. What one of them is refused for is raised at the end, or where rows are fetched; none after it is done.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def ask(sql: str, *arrays: tuple[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows that a query gives for whole columns: `%b::bytea[]` in it takes ("bytea", values), in binary as in `insert_rows`."""
    if not arrays[0][1]:
        return []
    with _binary() as cursor:
        return cursor.execute(sql, [packed(kind, values) for kind, values in arrays]).fetchall()


def ask_together(*questions: tuple[str, Sequence[tuple[str, Sequence[Any]]]]) -> list[list[tuple[Any, ...]]]:
    """Rows of several queries, each with its columns as in `ask`; each sees what was there when the one before it ended."""
    with ExitStack() as open_now:
        open_now.enter_context(together())
        cursors = []
        for sql, arrays in questions:
            cursors.append(open_now.enter_context(_binary()))
            cursors[-1].execute(sql, [packed(kind, values) for kind, values in arrays])
        return [cursor.fetchall() for cursor in cursors]


@contextmanager
def _binary() -> Iterator[psycopg.Cursor[Any]]:
    """Arrays go in binary, bound by the server: Django's cursor would quote every value into one text of many megabytes."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor


def next_ids(sequence: str, count: int) -> list[int]:
    """Ids set aside for rows whose sealed values need to know them beforehand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]
