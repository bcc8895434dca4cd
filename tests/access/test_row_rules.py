"""The database's own rules: under each role's scope, by plain SQL, no row of others; without a scope, no row at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from jamsostek.access.scope import acting, nobody, scope_of
from jamsostek.registry.personal import PERSONAL, PLAIN, READ_JOINED, WITHOUT_ROW_RULES
from tests import cast
from tests.access.worlds import ROLE_NAMES, World, build

PEOPLE = ("participant_id", "source_id", "into_id", "first_id", "second_id")
"""Columns that name a participant, in any table."""


@pytest.fixture(scope="module")
def world(module_db: Any) -> World:
    return build()


def rows(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or [])
        return cursor.fetchall()


def columns() -> dict[str, list[str]]:
    """All columns of the registry's tables."""
    found: dict[str, list[str]] = {}
    for table, column in rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name LIKE 'registry\\_%%' ORDER BY table_name, ordinal_position"
    ):
        found.setdefault(table, []).append(column)
    return found


def guarded() -> set[str]:
    """Tables that have row rules."""
    return {row[0] for row in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')")}


# --- what is declared ------------------------------------------------------------------------------------------------


def test_every_column_of_the_registry_is_declared_personal_or_plain(world: World) -> None:
    for table, found in columns().items():
        declared = [*PERSONAL.get(table, {}), *PLAIN.get(table, ())]
        assert sorted(declared) == sorted(found), f"declare the columns of {table} in jamsostek/registry/personal.py"
    assert set(PERSONAL) | set(PLAIN) == set(columns()), "a table in personal.py that is not there"


def test_every_table_with_personal_columns_has_row_rules(world: World) -> None:
    without = {table for table in PERSONAL if table not in guarded()}
    assert without == set(WITHOUT_ROW_RULES)
    named = {table for table, found in columns().items() if set(found) & set(PEOPLE)}
    assert named <= guarded(), "tables that name participants"


def test_secrets_are_kept_sealed(world: World) -> None:
    """What is shown masked or never is stored as bytes (or as a fold for finding), not as text."""
    kinds = dict(
        rows("SELECT table_name || '.' || column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'")
    )
    for table, fields in PERSONAL.items():
        for field, shown in fields.items():
            if shown == "masked":
                assert kinds[f"{table}.{field}"] == "bytea", (table, field)


# --- nobody's rows without a scope -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_reader"])
def test_without_a_scope_no_table_shows_a_row(world: World, module_db: Any, role: str) -> None:
    with module_db.connect(role, autocommit=True) as bare:
        for table in sorted(guarded()):
            assert bare.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table


def test_a_scope_ends_with_its_transaction(world: World, module_db: Any) -> None:
    with module_db.connect() as app:
        app.execute("SELECT set_config('jamsostek.all', '1', true), set_config('jamsostek.user', '1', true)")
        assert app.execute("SELECT count(*) FROM registry_participant").fetchone()[0] > 0
        app.commit()
        assert app.execute("SELECT count(*) FROM registry_participant").fetchone()[0] == 0


OPEN = {
    "outreach_regulation": "two confirmed it: a regulation is for everybody",
    "outreach_regiongoal": "two confirmed it: a goal is for everybody, its figures are rounded where they are shown",
}


def test_a_visitor_sees_no_row(world: World) -> None:
    for table in sorted(guarded() - set(READ_JOINED) - set(OPEN)):
        with acting(nobody()):
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table


# --- no rows of others under a scope ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROLE_NAMES)
def test_no_table_shows_a_row_about_somebody_out_of_sight(world: World, name: str) -> None:
    user, hidden = world.users[name], world.hidden_from(name)
    found = columns()
    with acting(scope_of(user, cast.MONTH)):
        assert not set(rows("SELECT id FROM registry_participant")) & {(one,) for one in hidden}
        for table in sorted(set(found) & guarded() - set(READ_JOINED)):
            for column in set(PEOPLE) & set(found[table]):
                seen = {row[0] for row in rows(f"SELECT {column} FROM {table} WHERE {column} = ANY(%s)", [sorted(hidden)])}
                assert seen <= world.may_be_named(name, table), (table, column)
        _through_employments(hidden)
        _through_history(hidden)


def _through_employments(hidden: set[int]) -> None:
    wages = rows(
        "SELECT w.id FROM registry_wage w JOIN registry_employment e ON e.id = w.employment_id WHERE e.participant_id = ANY(%s)",
        [sorted(hidden)],
    )
    assert wages == []


def _through_history(hidden: set[int]) -> None:
    seen = rows(
        "SELECT id FROM registry_history WHERE table_name = 'registry_participant' AND row_id = ANY(%s)", [sorted(hidden)]
    )
    assert seen == []


@pytest.mark.parametrize("name", ROLE_NAMES)
def test_everybody_sees_those_in_their_scope(world: World, name: str) -> None:
    with acting(scope_of(world.users[name], cast.MONTH)):
        seen = {row[0] for row in rows("SELECT id FROM registry_participant")}
    assert seen == set(world.ids) - world.hidden_from(name)


def test_a_row_out_of_sight_is_not_changed(world: World) -> None:
    for name in ("branch_officer", "employer_clerk", "village_operator", "worker"):
        hidden = sorted(world.hidden_from(name))
        with acting(scope_of(world.users[name], cast.MONTH)), connection.cursor() as cursor:
            for table, column in (
                ("registry_participant", "id"), ("registry_participantsecret", "participant_id"),
                ("registry_cover", "participant_id"), ("registry_employment", "participant_id"),
            ):  # fmt: skip
                cursor.execute(f"UPDATE {table} SET {column} = {column} WHERE {column} = ANY(%s)", [hidden])
                assert cursor.rowcount == 0, (name, table)
