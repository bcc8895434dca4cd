"""What the tables of the ledger refuse, whoever writes and however: the application, and the owner of the tables by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from books import APP, BEFORE, DAY, LAST, MONTH, OWNER, Books, post, posting, raw_group, undone
from psycopg import errors

import jamsostek.ledger
from jamsostek.core.text import speaking
from jamsostek.ledger import actions, queries
from jamsostek.ledger.errors import WORDS, LedgerRefused
from tests import cast

WRITERS = (APP, OWNER)
TABLES = ("account", "group", "transfer", "day", "closedday", "check")


@pytest.fixture(scope="module")
def shared_books(shared_books: Books) -> Books:
    """Books with 10,000 rupiah in the JKK fund, a reversed group, a closed day and a closed month."""
    capital = post(("cash:jkk", "fund:jkk", 10_000), reference="modal", day=dt.date(2026, 8, 3))
    shared_books.recorded(capital.group_id, dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC))
    twins = post(
        ("cash:jkm", "fund:jkm", 500), ("cash:jkm", "fund:jkm", 500), ("billed:jkm", "cash:jkm", 100), reference="kembar"
    )
    done = post(reference="terbalik")
    with cast.everyone():
        actions.post(actions.mirrored(done.group_id, reference="pembalik", kind="test", effective_on=DAY))
        actions.close_day(cast.TODAY - dt.timedelta(days=1))
        actions.close_period(BEFORE)
        actions.keep_check(asked_by=None)
    shared_books.ids["twins"], shared_books.ids["done"] = twins.group_id, done.group_id
    return shared_books


def refused(connection: psycopg.Connection[Any], sql: str, values: Any = None) -> str:
    """The name of the refusal of a statement."""
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(sql, values)
    diag = caught.value.diag
    return diag.constraint_name or str(diag.message_primary)


# --- groups -----------------------------------------------------------------------------------------------------------

NULL = 'null value in column "{}" of relation "{}" violates not-null constraint'
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"amounts": [0]}, "ledger_amount_positive"),
    "less than nothing": ({"amounts": [-1]}, "ledger_amount_positive"),
    "the second leg alone": (
        {"debits": ["cash:jkk"] * 2, "credits": ["fund:jkk"] * 2, "amounts": [5, -5]}, "ledger_amount_positive",
    ),
    "one account": ({"credits": ["cash:jkk"]}, "ledger_two_accounts"),
    "across funds": ({"credits": ["fund:jkm"]}, "ledger_one_fund"),
    "across funds, balanced": (
        {"debits": ["cash:jkk", "cash:jkm"], "credits": ["cash:jkm", "cash:jkk"], "amounts": [5, 5]}, "ledger_one_fund",
    ),
    "no such debit": ({"debits": [999_999]}, "ledger_account_known"),
    "no such credit": ({"credits": [-1]}, "ledger_account_known"),
    "no legs": ({"debits": [], "credits": [], "amounts": []}, "ledger_account_known"),
    "a debit without credit": ({"debits": ["cash:jkk", "cash:jkk"], "amounts": [1, 2]}, "ledger_account_known"),
    "an amount too many": ({"amounts": [1, 2]}, "ledger_account_known"),
    "an amount unknown": ({"amounts": [None]}, NULL.format("amount_rupiah", f"ledger_transfer_{MONTH}")),
    "an account unknown": ({"debits": [None]}, "ledger_account_known"),
    "overdrawn": ({"debits": ["fund:jkk"], "credits": ["cash:jkk"], "amounts": [10_001]}, "ledger_not_overdrawn"),
    "a liability overdrawn": (
        {"debits": ["members:jht"], "credits": ["cash:jht"], "amounts": [1]}, "ledger_not_overdrawn",
    ),
    "a closed month": ({"effective_on": dt.date(2026, 8, 31)}, "ledger_period_closed"),
    "a month never opened": ({"effective_on": dt.date(2026, 7, 1)}, "ledger_period_open"),
    "a reference used before": ({"reference": "modal"}, "ledger_group_reference_key"),
    "no digest": ({"body": None}, NULL.format("body", "ledger_group")),
    "recorded yesterday": ({"recorded_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}, "ledger_recorded_now"),
    "recorded tomorrow": ({"recorded_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "ledger_recorded_now"),
    "another transaction": ({"xid": 5}, "ledger_recorded_now"),
}  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_group_is_refused_by_name(shared_books: Books, writer: str, wrong: str) -> None:
    changed, name = WRONG[wrong]
    with undone(shared_books.connect(writer)) as hand:
        assert refused(hand, *raw_group(shared_books, **changed)) == name


@pytest.mark.parametrize("writer", WRITERS)
def test_a_right_group_is_taken_and_its_transfers_are_there_at_once(shared_books: Books, writer: str) -> None:
    with undone(shared_books.connect(writer)) as hand:
        hand.execute(*raw_group(shared_books, debits=["cash:jkk"] * 2, credits=["fund:jkk"] * 2, amounts=[3, 4]))
        rows = hand.execute("SELECT leg, amount_rupiah, month FROM ledger_transfer WHERE group_id = 1 ORDER BY 1").fetchall()
        assert rows == [(1, 3, MONTH), (2, 4, MONTH)]


@pytest.mark.parametrize("name", ["month", "legs"])
def test_month_and_legs_follow_from_the_rest(shared_books: Books, name: str) -> None:
    with undone(shared_books.connect(OWNER)) as hand:
        sql, values = raw_group(shared_books, **{name: 1})
        with pytest.raises(errors.GeneratedAlways):
            hand.execute(sql, values)


def back(*legs: tuple[str, str, int]) -> dict[str, Any]:
    """Legs of a group as its columns."""
    return {"debits": [leg[0] for leg in legs], "credits": [leg[1] for leg in legs], "amounts": [leg[2] for leg in legs]}


TWIN, THIRD = ("fund:jkm", "cash:jkm", 500), ("cash:jkm", "billed:jkm", 100)
MIRRORS = {
    "one of the twins": back(TWIN, THIRD),
    "one twin too many": back(TWIN, TWIN, TWIN, THIRD),
    "other amounts": back(TWIN, ("fund:jkm", "cash:jkm", 400), ("cash:jkm", "billed:jkm", 200)),
    "the same way": back(("cash:jkm", "fund:jkm", 500), ("cash:jkm", "fund:jkm", 500), ("billed:jkm", "cash:jkm", 100)),
    "other accounts": back(TWIN, TWIN, ("cash:jkm", "fines:jkm", 100)),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("wrong", MIRRORS)
def test_a_reversal_mirrors_the_whole_of_what_it_takes_back(shared_books: Books, writer: str, wrong: str) -> None:
    with undone(shared_books.connect(writer)) as hand:
        sql, values = raw_group(shared_books, **MIRRORS[wrong], reverses=shared_books.ids["twins"])
        assert refused(hand, sql, values) == "ledger_reversal_mirrors"


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_reversed_twice_and_nothing_unknown(shared_books: Books, writer: str) -> None:
    told = back(("fund:jkk", "cash:jkk", 1_000))
    with undone(shared_books.connect(writer)) as hand:
        assert refused(hand, *raw_group(shared_books, **told, reverses=shared_books.ids["done"])) == "ledger_group_reversed_once"
    with undone(shared_books.connect(writer)) as hand:
        assert refused(hand, *raw_group(shared_books, **told, reverses=12345)) == "ledger_reversal_mirrors"


# --- transfers --------------------------------------------------------------------------------------------------------

COLUMNS = "month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on, recorded_at"
LEG = f"INSERT INTO {{}} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp())"


@pytest.mark.parametrize("table", ["ledger_transfer", f"ledger_transfer_{MONTH}"])
def test_no_leg_is_added_to_a_group_however_it_is_written(shared_books: Books, table: str) -> None:
    ids = shared_books.ids
    for group, leg in ((ids["twins"], 4), (ids["twins"], 1), (77, 1)):
        values = [MONTH, group, leg, ids["cash:jkm"], ids["fund:jkm"], 5, DAY]
        with undone(shared_books.connect(OWNER)) as hand:
            assert refused(hand, LEG.format(table), values) == "ledger_only_by_group"
        with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
            hand.execute(LEG.format(table), values)


def test_no_leg_is_added_in_the_transaction_of_its_group_either(shared_books: Books) -> None:
    ids = shared_books.ids
    with undone(shared_books.connect(OWNER)) as hand:
        hand.execute(*raw_group(shared_books))
        hand.execute("SET CONSTRAINTS ALL IMMEDIATE")
        values = [MONTH, 1, 2, ids["cash:jkk"], ids["fund:jkk"], 5, DAY]
        assert refused(hand, LEG.format("ledger_transfer"), values) == "ledger_only_by_group"


def test_transfers_are_not_copied_in(shared_books: Books) -> None:
    line = f"{MONTH}\t77\t1\t1\t3\t5\t2026-10-12\t2026-10-12 10:00+07\n"
    for table in ("ledger_transfer", f"ledger_transfer_{MONTH}"):
        with undone(shared_books.connect(OWNER)) as hand, pytest.raises(psycopg.Error) as caught:
            _copied(hand, f"COPY {table} ({COLUMNS}) FROM STDIN", line)
        assert caught.value.diag.constraint_name == "ledger_only_by_group"


def _copied(hand: psycopg.Connection[Any], sql: str, lines: str) -> None:
    with hand.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write(lines)


def test_groups_copied_in_are_held_to_the_same(shared_books: Books) -> None:
    ids = shared_books.ids
    sql = "COPY ledger_group (id, reference, kind, effective_on, debits, credits, amounts, body) FROM STDIN"
    line = "{id}\tsalin:{id}\ttest\t2026-10-12\t{{{debit}}}\t{{{credit}}}\t{{{rupiah}}}\t\\\\x" + "01" * 32 + "\n"
    right = line.format(id=91, debit=ids["cash:jkk"], credit=ids["fund:jkk"], rupiah=5)
    wrong = line.format(id=92, debit=ids["cash:jkk"], credit=ids["fund:jkm"], rupiah=5)
    with undone(shared_books.connect(OWNER)) as hand:
        _copied(hand, sql, right)
        assert hand.execute("SELECT count(*) FROM ledger_transfer WHERE group_id = 91").fetchone() == (1,)
    with undone(shared_books.connect(OWNER)) as hand, pytest.raises(psycopg.Error) as caught:
        _copied(hand, sql, right + wrong)
    assert caught.value.diag.constraint_name == "ledger_one_fund"
    with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.FeatureNotSupported):
        _copied(hand, sql, right)


# --- nothing changes --------------------------------------------------------------------------------------------------

CHANGES = ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE")
COLUMN = {"account": "code", "closedday": "closed_at", "check": "findings", "day": "debit_rupiah"}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", [*TABLES, f"transfer_{MONTH}"])
def test_nothing_that_was_written_is_changed_or_emptied(shared_books: Books, table: str, change: str) -> None:
    sql = change.format(f"ledger_{table}", COLUMN.get(table, "effective_on"))
    with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
        hand.execute(sql)
    with undone(shared_books.connect(OWNER)) as hand, pytest.raises(errors.RestrictViolation, match="append-only"):
        hand.execute(sql)


def test_no_upsert_or_merge_changes_a_row(shared_books: Books) -> None:
    merge = (
        "MERGE INTO ledger_account a USING (SELECT 1) AS one ON a.code = 'cash:jkk' WHEN MATCHED THEN UPDATE SET overdraft = true"
    )
    sql, values = raw_group(shared_books, reference="modal")
    upsert = f"{sql} ON CONFLICT (reference) DO UPDATE SET kind = 'other'"
    for told, given in ((merge, None), (upsert, values)):
        with undone(shared_books.connect(OWNER)) as hand, pytest.raises(errors.RestrictViolation):
            hand.execute(told, given)
        with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
            hand.execute(told, given)


def test_a_period_ends_once_and_never_goes(shared_books: Books) -> None:
    for sql in (
        f"UPDATE ledger_period SET closed_at = NULL, transfers = NULL, rupiah = NULL, previous = NULL, digest = NULL,"
        f" signature = NULL, key_id = NULL WHERE month = {BEFORE}",
        f"UPDATE ledger_period SET transfers = 0 WHERE month = {BEFORE}",
        f"UPDATE ledger_period SET month = 202701 WHERE month = {MONTH}",
        f"UPDATE ledger_period SET opened_at = '2020-01-01' WHERE month = {MONTH}",
        f"DELETE FROM ledger_period WHERE month = {MONTH}",
    ):
        with undone(shared_books.connect(OWNER)) as hand:
            assert refused(hand, sql) == "ledger_period_ends_once"
        with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
            hand.execute(sql)
    with undone(shared_books.connect(OWNER)) as hand, pytest.raises(errors.RestrictViolation, match="append-only"):
        hand.execute("TRUNCATE ledger_period CASCADE")


@pytest.mark.parametrize("table", ["period (month) VALUES (202701)", "closedday (recorded_on) VALUES ('2026-11-01')"])
def test_the_application_opens_and_closes_only_by_the_functions(shared_books: Books, table: str) -> None:
    with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
        hand.execute(f"INSERT INTO ledger_{table}")


def test_the_application_cannot_lay_its_guards_down(shared_books: Books) -> None:
    for sql in (
        "SET session_replication_role = replica",
        "ALTER TABLE ledger_group DISABLE TRIGGER ALL",
        "DROP TRIGGER hold ON ledger_group",
        "ALTER TABLE ledger_group DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE ledger_transfer DETACH PARTITION ledger_transfer_{MONTH}",
        "INSERT INTO ledger_account (code, kind, fund, overdraft, title_id, title_en, opened_at)"
        " VALUES ('a:b', 'asset', 'jkk', true, 'a', 'b', '2000-01-01')",
    ):
        with undone(shared_books.connect(APP)) as hand, pytest.raises(errors.InsufficientPrivilege):
            hand.execute(sql)


# --- ways around ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_transaction_that_looks_at_an_older_moment_does_not_post(shared_books: Books, level: str) -> None:
    with undone(shared_books.connect(APP)) as hand:
        hand.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        assert refused(hand, *raw_group(shared_books)) == "ledger_read_committed"


SHADOWS = (
    "CREATE TEMP TABLE ledger_period AS SELECT 202607 AS month, NULL::timestamptz AS closed_at UNION SELECT 202608, NULL",
    "CREATE TEMP TABLE ledger_account AS SELECT id, code, fund, true AS overdraft, debit_normal FROM public.ledger_account",
    "CREATE TEMP TABLE ledger_closedday (recorded_on date)",
    "CREATE TEMP TABLE ledger_day AS SELECT id AS account_id, date '2026-01-01' AS recorded_on, 202601 AS month,"
    " 1e12 AS debit_total_rupiah, 0 AS credit_total_rupiah FROM public.ledger_account",
)


@pytest.mark.parametrize("wrong", ["overdrawn", "a closed month", "across funds"])
def test_temporary_tables_are_not_taken_for_the_books(shared_books: Books, wrong: str) -> None:
    changed, name = WRONG[wrong]
    with undone(shared_books.connect(APP)) as hand:
        for sql in SHADOWS:
            hand.execute(sql)
        hand.execute("SET search_path = pg_temp, public")
        sql, values = raw_group(shared_books, **changed)
        assert refused(hand, sql.replace("ledger_group", "public.ledger_group"), values) == name


def test_who_has_no_scope_writes_and_sees_nothing(shared_books: Books) -> None:
    with shared_books.database.connect(APP) as hand:
        for table in ("group", "transfer", "day", "check"):
            assert hand.execute(f"SELECT count(*) FROM ledger_{table}").fetchone() == (0,)
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            hand.execute(*raw_group(shared_books))


def test_who_may_post_need_not_read_the_books(shared_books: Books) -> None:
    given = [5, "tanpa baca", "test", DAY, b"\2" * 32, 7, [shared_books.ids["cash:jkk"]], [shared_books.ids["fund:jkk"]], [5]]
    call = "SELECT ledger_post(%s, %s, %s, %s, %s, %s, %s::integer[], %s::integer[], %s::bigint[])"
    with undone(shared_books.connect(APP, books=False)) as hand:
        assert hand.execute(call, given).fetchone() == (True,)
        assert hand.execute(call, given).fetchone() == (False,)
        assert hand.execute("SELECT * FROM ledger_legs(5)").fetchall() == [("cash:jkk", "fund:jkk", 5)]
        assert hand.execute("SELECT ledger_balance(%s)", [shared_books.ids["cash:jkk"]]).fetchone() == (0,)
        assert refused(hand, call, [*given[:4], b"\3" * 32, *given[5:]]) == "ledger_reference_once"


def test_no_balance_is_told_without_the_right_to_read(shared_books: Books) -> None:
    clerk = cast.user("clerk_without_books", "branch_officer", "region", cast.SIDOARJO)
    with cast.as_user(clerk):
        assert queries.balance("cash:jkk") == 0
        assert queries.trial_balance() == []
    with cast.as_user(cast.user("reads_books", "actuary")):
        assert queries.balance("cash:jkk") == 10_000


# --- months -----------------------------------------------------------------------------------------------------------


def test_no_month_is_opened_behind_a_closed_one(shared_books: Books) -> None:
    with undone(shared_books.connect(APP)) as hand:
        assert refused(hand, "SELECT ledger_open_month(202601)") == "ledger_period_behind"
    with undone(shared_books.connect(APP)) as hand:
        assert hand.execute("SELECT ledger_open_month(%s)", [BEFORE]).fetchone() == (False,)
        assert hand.execute("SELECT ledger_open_month(202701)").fetchone() == (True,)


CLOSE = "SELECT ledger_close_period({month}, 7, {count}, {rupiah}, {previous}, decode(repeat('ab', 32), 'hex'), '\\x01', 'k')"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"month": MONTH}, "ledger_period_order"),
        ({"month": 202612}, "ledger_period_ended"),
        ({"count": 4}, "ledger_period_still"),
        ({"rupiah": 1}, "ledger_period_still"),
        ({"previous": "decode(repeat('00', 32), 'hex')"}, "ledger_period_chain"),
        ({"month": BEFORE, "previous": "decode(repeat('00', 32), 'hex')", "count": 1, "rupiah": 10_000}, "ledger_period_closed"),
    ],
)
def test_a_month_is_closed_in_order_with_what_it_holds(shared_books: Books, told: dict[str, Any], name: str) -> None:
    chain = f"(SELECT digest FROM ledger_period WHERE month = {BEFORE})"
    with undone(shared_books.connect(APP)) as hand:
        hand.execute("SELECT ledger_open_month(202612)")
        sql = CLOSE.format(**{"month": LAST, "count": 0, "rupiah": 0, "previous": chain} | told)
        assert refused(hand, sql) == name
    with undone(shared_books.connect(APP)) as hand:
        hand.execute(CLOSE.format(month=LAST, count=0, rupiah=0, previous=chain))


def test_a_day_is_closed_after_it_ended(shared_books: Books) -> None:
    with undone(shared_books.connect(APP)) as hand:
        today = "(clock_timestamp() AT TIME ZONE 'Asia/Jakarta')::date"
        assert refused(hand, f"SELECT ledger_close_day({today})") == "ledger_day_ended"
    with undone(shared_books.connect(APP)) as hand:
        assert hand.execute("SELECT ledger_close_day('2026-10-01')").fetchone() == (0,)


# --- told in words ----------------------------------------------------------------------------------------------------


def test_refusals_are_told_in_words_with_a_way_out(books: Books) -> None:
    for wrong, word in (
        (posting(("fund:jkk", "cash:jkk", 5)), "Saldo akun tidak cukup"),
        (posting(("cash:jkk", "fund:jkm", 5)), "keluar dari dananya"),
        (posting(day=dt.date(2025, 1, 1)), "belum dibuka"),
        (posting(("cash:jkk", "fund:jkk", 0)), "lebih dari nol"),
    ):
        for write in (actions.post, lambda one: actions.post_many([one])):
            with cast.everyone(), pytest.raises(LedgerRefused, match=word) as caught:
                write(wrong)
            assert caught.value.remedy
    with speaking("en"), cast.everyone(), pytest.raises(LedgerRefused, match="account does not hold enough"):
        actions.post(posting(("fund:jkk", "cash:jkk", 5)))


def test_every_refusal_of_the_ledger_has_words() -> None:
    sql = (Path(jamsostek.ledger.__file__).parent / "migrations" / "0001_ledger.sql").read_text(encoding="utf-8")
    told_by = (
        r"THEN '(ledger_\w+)'|ledger_refuse\([^;]*?'(ledger_\w+)'\)|CONSTRAINT (ledger_\w+)|INDEX (ledger_group_reversed\w+)"
    )
    named = set(re.findall(told_by, sql))
    told = {one for found in named for one in found if one}
    assert len(told) >= 20
    assert sorted(told - set(WORDS)) == []


def test_nothing_is_left_of_what_was_refused(books: Books) -> None:
    with cast.everyone(), contextlib.suppress(LedgerRefused):
        actions.post_many([posting(), posting(), posting(("fund:jkk", "cash:jkk", 5_000))])
    assert books.ask("SELECT count(*) FROM ledger_group") == [(0,)]
    assert books.ask("SELECT count(*) FROM ledger_transfer") == [(0,)]
