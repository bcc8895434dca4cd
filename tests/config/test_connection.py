"""Whether a connection is still there is seen without asking the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from django.db import DatabaseError, connection, transaction

from jamsostek.config.embedded import server

if TYPE_CHECKING:
    from tests.conftest import Database


def test_a_connection_that_the_server_ended_is_replaced(committed_db: Database) -> None:
    connection.ensure_connection()
    first = connection.connection.info.backend_pid
    assert connection.is_usable()
    here = server()
    with psycopg.connect(
        host=str(here.socket_folder), dbname="postgres", user="postgres", password=here.password("postgres"), autocommit=True
    ) as chief:
        chief.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False  # as a new page has it
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (first,)


def test_what_the_server_says_unasked_is_no_farewell(committed_db: Database) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN word")
        cursor.execute("NOTIFY word")
    assert connection.is_usable()


def test_a_transaction_that_failed_is_of_no_use(committed_db: Database) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    except DatabaseError:
        pass
    assert connection.is_usable()
    with transaction.atomic():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except DatabaseError:
            assert not connection.is_usable()
        transaction.set_rollback(True)
