"""What members' lines and balances must be: the database refuses all else, from the application and from the tables' owner."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
import pytest
from django.db import transaction

from jamsostek.access.rows import copy_in
from jamsostek.accounts.actions.crediting import begin, credit
from jamsostek.accounts.actions.lines import NewLine, add_lines
from jamsostek.accounts.errors import LedgerRefused, refusals
from jamsostek.accounts.models import Line, LineKind, Programme
from jamsostek.accounts.queries.holds import crediting_holds
from jamsostek.ledger.actions import Leg, Posting, post
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

SITI, BUDI = 11, 12
MONTH, DAY = 202001, "2020-01-09"
ROLES = ("jamsostek_app", "jamsostek_owner")
TRIES = 2_000 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 60
_LINE = (
    "INSERT INTO accounts_line (month, group_id, participant_id, programme, for_month, kind, amount_rupiah, effective_on, part)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


@pytest.fixture(scope="module", autouse=True)
def books(module_db: Database) -> Iterator[dict[str, int]]:
    """January 2020 with somebody's money; the ids of accounts by code."""
    with cast.everyone():
        money.move({SITI: 1_000_000, BUDI: 2_000_000}, dt.date(2020, 1, 5))
    yield dict(money.ask("SELECT code, id FROM ledger_account"))


@pytest.fixture(params=ROLES)
def hand(request: pytest.FixtureRequest, module_db: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the application, with all rights it can have, or of the tables' owner."""
    with module_db.connect(request.param) as one:
        for name, value in (("user", "0"), ("all", "1"), ("audit", "1"), ("books", "1")):
            one.execute("SELECT set_config(%s, %s, false)", [f"jamsostek.{name}", value])
        one.commit()
        yield one
        one.rollback()


def state() -> list[tuple[Any, ...]]:
    return money.ask("SELECT count(*), sum(amount_rupiah), (SELECT count(*) FROM ledger_group) FROM accounts_line")


def group(hand: psycopg.Connection[Any], books: dict[str, int], rupiah: int, code: str = "members:jht", day: str = DAY) -> int:
    """A group that moves money onto a control account."""
    number = random.getrandbits(62)
    hand.execute(
        "SELECT ledger_post(%s, %s, 'uji', %s, %s, NULL, ARRAY[%s::int], ARRAY[%s::int], ARRAY[%s::bigint])",
        [number, f"uji:{number}", day, bytes(32), books[code.replace("members", "investment")], books[code], rupiah],
    )
    return number


def line(hand: psycopg.Connection[Any], group_id: int, rupiah: int, **other: Any) -> None:
    given = {
        "month": MONTH, "group_id": group_id, "participant_id": SITI, "programme": 1, "for_month": MONTH, "kind": 1,
        "amount_rupiah": rupiah, "effective_on": DAY, "part": 0,
    } | other  # fmt: skip
    hand.execute(_LINE, list(given.values()))


# --- sums -------------------------------------------------------------------------------------------------------------


def test_lines_that_do_not_sum_to_their_group_are_refused_when_the_transaction_ends(hand: Any, books: dict[str, int]) -> None:
    before = state()
    for moved, lines in [(100, []), (100, [99]), (100, [101]), (100, [60, 60]), (100, [100, -100]), (1, [-1])]:
        number = group(hand, books, moved)
        for at, rupiah in enumerate(lines):
            line(hand, number, rupiah, participant_id=SITI + at)
        with pytest.raises(psycopg.errors.CheckViolation, match="moves"):
            hand.commit()
    assert state() == before


def test_random_groups_pass_only_when_they_sum(hand: Any, books: dict[str, int]) -> None:
    chance = random.Random(7)
    before, kept = state()[0], [0, 0, 0]
    for _try in range(TRIES):
        lines = [chance.randint(1, 50) for _line in range(chance.randint(0, 3))]
        moved = sum(lines) + chance.choice((-1, 0, 0, 1, 7)) or 1
        if moved < 1:
            continue
        number = group(hand, books, moved)
        for at, rupiah in enumerate(lines):
            line(hand, number, rupiah, participant_id=SITI + at % 2, for_month=201901 + at)
        if moved == sum(lines):
            hand.commit()
            kept = [kept[0] + len(lines), kept[1] + moved, kept[2] + 1]
        else:
            with pytest.raises(psycopg.errors.CheckViolation):
                hand.commit()
    assert state()[0] == tuple(was + more for was, more in zip(before, kept, strict=True))


def test_a_line_of_another_programme_does_not_make_up_the_sum(hand: Any, books: dict[str, int]) -> None:
    number = group(hand, books, 100)
    line(hand, number, 100, programme=2)
    with pytest.raises(psycopg.errors.CheckViolation, match="JP moves 0 but its lines are 100"):
        hand.commit()


@pytest.mark.parametrize("lines", [[5], [5, -5]], ids=["some", "that cancel each other"])
def test_lines_without_a_control_account_above_are_refused(hand: Any, books: dict[str, int], lines: list[int]) -> None:
    number = random.getrandbits(62)
    hand.execute(
        "SELECT ledger_post(%s, %s, 'uji', %s, %s, NULL, ARRAY[%s::int], ARRAY[%s::int], ARRAY[5::bigint])",
        [number, f"uji:{number}", DAY, bytes(32), books["investment:jht"], books["fund:jht"]],
    )
    for at, rupiah in enumerate(lines):
        line(hand, number, rupiah, participant_id=SITI + at)
    with pytest.raises(psycopg.errors.CheckViolation, match=f"moves 0 but its lines are {sum(lines)}"):
        hand.commit()


def test_the_applications_own_ways_are_refused_alike(books: dict[str, int]) -> None:
    """By the action, by a model, and by COPY."""
    before = state()
    posting = Posting("uji:orm", "uji", dt.date(2020, 1, 9), (Leg("investment:jht", "members:jht", 100),))
    with pytest.raises(LedgerRefused, match="tidak sama"), refusals(), cast.everyone():
        post(posting)
        add_lines([NewLine(posting.group_id, SITI, Programme.JHT, MONTH, LineKind.CONTRIBUTION, 99, posting.effective_on)])
    with pytest.raises(LedgerRefused, match="tidak sama"), refusals(), cast.everyone():
        post(posting)
        Line.objects.create(
            month=MONTH, part=0, group_id=posting.group_id, participant_id=SITI, programme=1, for_month=MONTH, kind=1,
            source_id=0, amount_rupiah=101, effective_on=posting.effective_on,
        )  # fmt: skip
    for table in ("accounts_line", "accounts_line_202001", "accounts_line_202001_0", "accounts_balance"):
        with pytest.raises(Exception, match=r"COPY FROM not supported|permission denied"), cast.everyone():
            copy_in(table, {"month": ("int", [MONTH]), "participant_id": ("bigint", [SITI])})
    assert state() == before


# --- one by one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"group_id": 5}, "ledger_group_known"),
        ({"effective_on": "2020-01-10"}, "ledger_group_day"),
        ({"month": 202002}, "no partition|ledger_group_day"),
        ({"part": 3}, "no partition|accounts_line_part"),
        ({"amount_rupiah": 0}, "amount_rupiah"),
        ({"programme": 3}, "programme"),
        ({"kind": 6}, "kind"),
        ({"for_month": 202013}, "for_month"),
    ],
)
def test_a_line_that_is_not_of_its_group_is_refused(hand: Any, books: dict[str, int], wrong: dict[str, Any], why: str) -> None:
    number = group(hand, books, 100)
    with pytest.raises(psycopg.Error, match=why):
        line(hand, **{"group_id": number, "rupiah": wrong.get("amount_rupiah", 100), **wrong})


def test_a_line_comes_in_the_transaction_of_its_group(hand: Any, books: dict[str, int]) -> None:
    number = group(hand, books, 100)
    line(hand, number, 100)
    hand.commit()
    with pytest.raises(psycopg.errors.CheckViolation, match="ledger_group_complete"):
        line(hand, number, 1, for_month=201912)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_line SET amount_rupiah = 1", "DELETE FROM accounts_line", "TRUNCATE accounts_line",
        "UPDATE accounts_line_202001 SET amount_rupiah = 1", "DELETE FROM accounts_line_202001_0",
        "TRUNCATE accounts_line_202001_0",
        "UPDATE accounts_control SET account_id = 1", "DELETE FROM accounts_control", "TRUNCATE accounts_control",
    ],
)  # fmt: skip
def test_nothing_is_changed_or_removed(hand: Any, change: str) -> None:
    with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)):
        hand.execute(change)


# --- runs -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(committed_db: Database) -> None:
    """A run of January that was begun, with nothing done."""
    with cast.everyone():
        money.move({SITI: 1_000_000, BUDI: 2_000_000}, dt.date(2020, 1, 5))
        begin(month=MONTH, today=cast.TODAY, part_size=100)


def leaf(table: str, columns: dict[str, Any], month: int = MONTH, part: int = 1) -> None:
    """Loads one leaf as the application does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_begin_leaf(%s, %s, %s)", [table, month, part])
        name = cursor.fetchone()[0]
        copy_in(name, {"month": ("int", month), "part": ("int", part), **columns}, fresh=True)
        cursor.execute("SELECT ledger_attach_leaf(%s, %s, %s)", [table, month, part])


def balances(*rows: tuple[int, int, int, int]) -> dict[str, Any]:
    who, held, year, earned = (np.array(one, np.int64) for one in zip(*rows, strict=True))
    return {
        "participant_id": ("bigint", who), "balance_rupiah": ("bigint", held), "year_return_rupiah": ("bigint", year),
        "return_rupiah": ("bigint", earned),
    }  # fmt: skip


def returns(posting: Posting, *rows: tuple[int, int], **other: Any) -> dict[str, Any]:
    who, rupiah = (np.array(one, np.int64) for one in zip(*rows, strict=True))
    return {
        "group_id": ("bigint", posting.group_id), "participant_id": ("bigint", who), "programme": ("smallint", 1),
        "for_month": ("int", MONTH), "kind": ("smallint", 2), "source_id": ("bigint", 0), "amount_rupiah": ("bigint", rupiah),
        "effective_on": ("date", np.datetime64("2020-01-31")),
    } | other  # fmt: skip


RIGHT = ((SITI, 1_000_000, 0, 0), (BUDI, 2_000_000, 0, 0))


@pytest.mark.parametrize(
    "wrong",
    [
        ((SITI, 1_000_001, 0, 0), RIGHT[1]),
        ((SITI, 999_999, 0, 0), RIGHT[1]),
        ((SITI, 1_000_000, 0, 1), RIGHT[1]),
        (RIGHT[0],),
        (*RIGHT, (13, 1, 0, 0)),
        (*RIGHT, (101, 0, 0, 0)),
        ((SITI, 2_000_000, 0, 0), (BUDI, 1_000_000, 0, 0)),
    ],
    ids=["more", "less", "a return without a line", "one missing", "one too many", "one of another part", "exchanged"],
)
def test_balances_that_are_not_the_lines_are_refused(run: None, wrong: Any) -> None:
    with pytest.raises(LedgerRefused, match="Saldo tidak sama"), refusals(), cast.everyone():
        leaf("accounts_balance", balances(*wrong))
    with cast.everyone():
        leaf("accounts_balance", balances(*RIGHT))


@pytest.mark.parametrize(
    "wrong", [(SITI, -1, 0, 0), (SITI, 1_000_000, 1_000_001, 0), (SITI, 1_000_000, -1, 0), (SITI, 1_000_000, 0, -1)]
)
def test_balances_that_cannot_be_are_refused(run: None, wrong: Any) -> None:
    with pytest.raises(Exception, match="violates check constraint"), cast.everyone():
        leaf("accounts_balance", balances(wrong, RIGHT[1]))


def test_lines_that_do_not_sum_to_the_runs_group_are_refused(run: None) -> None:
    posting = Posting("return:uji", "jht_return", dt.date(2020, 1, 31), (Leg("credited:jht", "members:jht", 100),))
    for rows in (((SITI, 99),), ((SITI, 50), (BUDI, 51)), ((SITI, 200), (BUDI, -99))):
        with pytest.raises(LedgerRefused, match="tidak sama dengan yang dibukukan"), refusals(), cast.everyone():
            post(posting)
            leaf("accounts_line", returns(posting, *rows))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"kind": ("smallint", 1)}, "sudah dikreditkan"),
        ({"programme": ("smallint", 2)}, "sudah dikreditkan"),
        ({"for_month": ("int", 201912)}, "sudah dikreditkan"),
        ({"group_id": ("bigint", 5)}, "menolak"),
        ({"effective_on": ("date", np.datetime64("2020-01-30"))}, "menolak"),
    ],
)
def test_a_leaf_of_lines_holds_returns_of_its_group_and_nothing_else(run: None, other: dict[str, Any], told: str) -> None:
    posting = Posting("return:uji", "jht_return", dt.date(2020, 1, 31), (Leg("credited:jht", "members:jht", 100),))
    with pytest.raises(LedgerRefused, match=told), refusals(), cast.everyone():
        post(posting)
        leaf("accounts_line", returns(posting, (SITI, 100), **other))


@pytest.mark.parametrize(("month", "part"), [(MONTH, 2), (202002, 1)], ids=["no part of it", "no run"])
def test_no_leaf_comes_outside_a_run(run: None, month: int, part: int) -> None:
    with cast.everyone():
        money.open_month(202002)
    with pytest.raises(LedgerRefused, match="bukan bagian"), refusals(), cast.everyone():
        leaf("accounts_balance", balances(*RIGHT), month, part)


def test_no_leaf_comes_after_the_part_is_done(run: None) -> None:
    credit(month=MONTH)
    with pytest.raises(Exception, match="already exists"), cast.everyone(), transaction.atomic():
        leaf("accounts_balance", balances(*RIGHT))
    with pytest.raises(LedgerRefused, match="bukan bagian"), refusals(), cast.everyone():
        leaf("accounts_balance", balances(*RIGHT), part=2)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_balance SET balance_rupiah = 0", "DELETE FROM accounts_balance", "TRUNCATE accounts_balance CASCADE",
        "DELETE FROM accounts_balance_202001_1", "TRUNCATE accounts_line_202001_1",
        "INSERT INTO accounts_balance VALUES (202001, 1, 99, 1, 0, 0)",
        "INSERT INTO accounts_balance_202001_1 VALUES (202001, 1, 99, 1, 0, 0)",
        "INSERT INTO accounts_creditingpart VALUES (202001, 2, 1, 0, 0, 0)", "DELETE FROM accounts_crediting",
        "UPDATE accounts_creditingpart SET accounts = 0", "DELETE FROM accounts_creditingpart",
        "TRUNCATE accounts_creditingpart", "UPDATE accounts_crediting SET rate_ppm = 1",
        "UPDATE accounts_crediting SET ended_at = NULL", "UPDATE accounts_crediting SET ended_at = now()",
        "TRUNCATE accounts_crediting CASCADE",
    ],
)  # fmt: skip
def test_what_a_run_wrote_stays(committed_run: Callable[..., Any], role: str, change: str) -> None:
    with committed_run(role) as hand, pytest.raises(psycopg.Error) as told:
        hand.execute("SELECT set_config('jamsostek.user', '0', false), set_config('jamsostek.all', '1', false)")
        hand.execute(change)
        hand.commit()
    assert isinstance(
        told.value, (psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)
    ), told.value


@pytest.fixture(scope="module")
def committed_run(fresh_database: Callable[[], Any], django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Connections to a database in which January was credited."""
    from tests.accounts.test_crediting_killed import pointed_at

    with fresh_database() as mine, django_db_blocker.unblock():
        with pointed_at(mine.name):
            with cast.everyone():
                money.move({SITI: 1_000_000, BUDI: 2_000_000}, dt.date(2020, 1, 5))
            money.credit(MONTH, part_size=100)
        yield mine.connect
        with pointed_at(mine.name), cast.everyone():
            assert crediting_holds() == []


def test_a_run_whose_parts_leave_somebody_out_does_not_begin(committed_db: Database) -> None:
    with cast.everyone():
        money.move({SITI: 1_000_000, BUDI: 2_000_000}, dt.date(2020, 1, 5))
    for parts in (0, 1):
        for role in ROLES:
            with committed_db.connect(role) as one, pytest.raises(psycopg.errors.CheckViolation, match="leave somebody out"):
                one.execute(
                    "INSERT INTO accounts_crediting (month, rate_ppm, law_digest, figures, part_size, parts)"
                    " VALUES (202001, 1, '', '{}', 11, %s)",
                    [parts],
                )


def test_a_run_ends_with_all_its_parts_and_not_before(run: None, committed_db: Database) -> None:
    for role in ROLES:
        with committed_db.connect(role) as one, pytest.raises(psycopg.errors.CheckViolation, match="with all its parts"):
            one.execute("UPDATE accounts_crediting SET ended_at = now()")
