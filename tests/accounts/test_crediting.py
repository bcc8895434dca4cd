"""Crediting the return of a month: amounts by hand, who is credited, what is refused, and that it adds up."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from jamsostek.access.errors import Refused
from jamsostek.accounts.actions import crediting
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.accounts.queries.crediting import next_month, preview, run_of, runs
from jamsostek.accounts.queries.holds import crediting_holds
from jamsostek.accounts.queries.rates import Rate
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, last_day
from jamsostek.ledger.actions import open_month as open_books
from jamsostek.ledger.errors import LedgerRefused, refusals
from jamsostek.ledger.queries import balance
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

SITI, BUDI, WATI, TOMO = 11, 12, 23, 24
pytestmark = pytest.mark.usefixtures("committed_db")


def day(month: int, number: int) -> dt.date:
    return dt.date(month // 100, month % 100, number)


def pay(amounts: dict[int, int], on: dt.date, **given: Any) -> None:
    with refusals(), cast.everyone():  # what the database refuses only when the transaction ends is in words too
        money.move(amounts, on, **given)


def holds() -> bool:
    with cast.everyone():
        assert crediting_holds() == []
        held = sum(row[0] for row in money.ask("SELECT amount_rupiah FROM accounts_line WHERE programme = 1"))
        assert balance("members:jht") == held
    return True


# --- amounts ----------------------------------------------------------------------------------------------------------


def test_money_earns_from_the_day_after_it_came_to_the_last_of_the_month() -> None:
    pay({SITI: 1_000_000, BUDI: 342_000}, day(202001, 15))
    pay({SITI: 500_000}, day(202001, 1))
    pay({WATI: 800_000}, day(202001, 31))
    money.credit(202001)
    # 2020 has 366 days and 5.63 %: (1,000,000 × 16 + 500,000 × 30) × 0.0563 ÷ 366 = 4,768.6; 342,000 × 16 … = 841.7
    assert money.balances(202001) == {
        SITI: (1_504_769, 4_769, 4_769), BUDI: (342_842, 842, 842), WATI: (800_000, 0, 0),
    }  # fmt: skip
    assert holds()


def test_this_years_returns_earn_from_january() -> None:
    pay({SITI: 10_000_000}, day(201910, 31))
    for month in (201910, 201911, 201912, 202001, 202002):
        money.credit(month)
    # 10,000,000 × 30 × 0.0608 ÷ 365 = 49,972.6; × 31 = 51,638.4; then (10,101,611 × 31) × 0.0563 ÷ 366 = 48,170.3
    assert money.balances(201911) == {SITI: (10_049_973, 49_973, 49_973)}
    assert money.balances(201912) == {SITI: (10_101_611, 101_611, 51_638)}
    assert money.balances(202001) == {SITI: (10_149_781, 48_170, 48_170)}
    assert money.balances(202002) == {SITI: (10_194_844, 93_233, 45_063)}, "29 days, on 10,101,611 again"
    assert holds()


def test_withdrawing_everything_leaves_nothing_and_takes_no_day_twice() -> None:
    pay({SITI: 10_000_000, BUDI: 10_000_000}, day(202001, 31))
    for month in (202001, 202002):
        money.credit(month)
    before = money.balances(202002)[SITI]
    assert before == (10_044_609, 44_609, 44_609)
    # At the counter on 10 March: ten days of March on what earns, brought forward, and all of it paid out.
    forward = 15_383  # 10,000,000 × 10 × 0.0563 ÷ 366 = 15,382.5
    pay({SITI: forward}, day(202003, 10), kind=LineKind.RETURN)
    pay({SITI: -(before[0] + forward)}, day(202003, 10), kind=LineKind.WITHDRAWAL)
    money.credit(202003)
    assert money.balances(202003) == {SITI: (0, 0, 15_383), BUDI: (10_092_295, 92_295, 47_686)}
    assert money.ask("SELECT participant_id FROM accounts_line WHERE month = 202003 AND part > 0") == [(BUDI,)]
    money.credit(202004)
    assert SITI not in money.balances(202004), "an account with nothing is not carried on"
    pay({SITI: 700_000}, day(202005, 16))
    money.credit(202005)
    assert money.balances(202005)[SITI] == (701_615, 1_615, 1_615), "and begins again: 700,000 × 15 days"
    assert holds()


def test_a_part_is_withdrawn_from_what_earns() -> None:
    pay({SITI: 10_000_000}, day(202001, 31))
    for month in (202001, 202002):
        money.credit(month)
    pay({SITI: -3_000_000}, day(202003, 10), kind=LineKind.WITHDRAWAL)
    money.credit(202003)
    # (10,000,000 × 31 − 3,000,000 × 21) × 0.0563 ÷ 366 = 37,994.8
    assert money.balances(202003) == {SITI: (7_082_604, 82_604, 37_995)}


def test_pensions_are_a_record_and_earn_nothing() -> None:
    pay({SITI: 150_000, BUDI: 1}, day(202001, 10), programme=Programme.JP)
    pay({BUDI: 1_000_000}, day(202001, 10))
    money.credit(202001)
    assert set(money.balances(202001)) == {BUDI}
    pay({SITI: 150_000}, day(202001, 20), programme=Programme.JP), "the month's JP lines stay open"
    assert holds()


def test_whoever_changes_employers_keeps_the_account() -> None:
    pay({SITI: 300_000}, day(202001, 10), source_id=111)
    pay({SITI: 400_000}, day(202001, 10), source_id=222)
    money.credit(202001)
    assert money.balances(202001) == {SITI: (702_261, 2_261, 2_261)}


def test_a_return_of_less_than_half_a_rupiah_is_a_balance_without_a_line() -> None:
    pay({SITI: 100, BUDI: 1_000_000}, day(202001, 30))
    money.credit(202001)
    assert money.balances(202001)[SITI] == (100, 0, 0)
    assert money.ask("SELECT participant_id FROM accounts_line WHERE kind = 2") == [(BUDI,)]


def test_a_month_in_which_nobody_earns_is_credited_without_a_group() -> None:
    pay({SITI: 100}, day(202001, 31))
    money.credit(202001)
    assert money.balances(202001) == {SITI: (100, 0, 0)}
    assert money.written(202001)["groups"] == []
    assert holds()


def test_a_month_before_anybody_has_money_may_be_credited() -> None:
    run = money.credit(202001)
    assert (run.parts, run.ended_at is not None) == (0, True)
    pay({SITI: 1_000_000}, day(202002, 14))
    money.credit(202002)
    assert money.balances(202002) == {SITI: (1_002_307, 2_307, 2_307)}


# --- parts ------------------------------------------------------------------------------------------------------------


def test_parts_are_ranges_of_ids_and_each_is_one_group() -> None:
    pay({SITI: 1_000_000, BUDI: 2_000_000, WATI: 3_000_000, TOMO: 100}, day(202001, 1))
    money.credit(202001, part_size=10)
    told = money.written(202001)
    assert [row[:4] for row in told["parts"]] == [(202001, 1, 0, 0), (202001, 2, 2, 13_845), (202001, 3, 2, 13_844)]
    assert [row[1] for row in told["groups"]] == ["return:202001:2", "return:202001:3"]
    assert [(row[1], row[3]) for row in told["lines"]] == [(2, SITI), (2, BUDI), (3, WATI)]
    assert [row[1:3] for row in told["balances"]] == [(2, SITI), (2, BUDI), (3, WATI), (3, TOMO)]
    assert holds()


@pytest.mark.parametrize("sizes", [(10, 7), (1, 30), (30, 1), (12, 12)])
def test_the_size_of_parts_changes_no_balance(sizes: tuple[int, int]) -> None:
    pay({SITI: 1_000_000, BUDI: 2_000_000, WATI: 3_000_000, TOMO: 100}, day(202001, 1))
    pay({SITI: 50_000, TOMO: 60_000}, day(202002, 9))
    for month, size in zip((202001, 202002), sizes, strict=True):
        money.credit(month, part_size=size)
    assert money.balances(202002) == {
        SITI: (1_059_230, 9_230, 4_615), BUDI: (2_018_152, 18_152, 8_922), WATI: (3_027_227, 27_227, 13_383),
        TOMO: (60_285, 185, 185),
    }  # fmt: skip
    assert holds()


def test_a_run_that_was_begun_goes_on_with_its_own_size() -> None:
    pay({SITI: 1_000_000, WATI: 3_000_000}, day(202001, 1))
    money.begin(202001, part_size=10)
    again = money.begin(202001, part_size=99)
    assert (again.part_size, again.parts) == (10, 3)
    crediting.credit(month=202001)
    assert len(money.written(202001)["parts"]) == 3


def test_crediting_again_changes_nothing() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.credit(202001)
    told = money.written(202001)
    crediting.credit(month=202001)
    assert money.written(202001) == told
    with pytest.raises(InputError, match="sudah dikreditkan"):
        money.begin(202001)


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_month_that_is_not_over_is_refused(committed_db: Database) -> None:
    with cast.everyone(), pytest.raises(InputError, match="belum berakhir"):
        crediting.begin(month=202011, today=dt.date(2020, 11, 30))
    with committed_db.connect("jamsostek_owner") as owner, pytest.raises(Exception, match="is not over"):
        owner.execute(
            "INSERT INTO accounts_crediting (month, rate_ppm, law_digest, figures, part_size, parts)"
            " VALUES (209912, 1, '', '{}', 1, 0)"
        )


def test_the_first_month_is_the_first_with_lines() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    pay({SITI: 1_000_000}, day(202003, 1))
    with pytest.raises(LedgerRefused, match="bulan demi bulan"):
        money.begin(202003)
    with cast.everyone():
        assert next_month() == 202001
    money.credit(202001)
    with cast.everyone():
        assert next_month() == 202002


def test_months_are_credited_one_after_the_other() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.begin(202001)
    with pytest.raises(LedgerRefused, match="bulan demi bulan"):
        money.begin(202002)
    crediting.credit(month=202001)
    with pytest.raises(LedgerRefused, match="bulan demi bulan"):
        money.begin(202003)
    money.credit(202002)
    with pytest.raises(LedgerRefused, match="sudah dikreditkan"):
        money.begin(201912)


@pytest.mark.parametrize("month", [202101, 202511])
def test_without_a_rate_that_was_declared_nothing_is_credited(month: int) -> None:
    pay({SITI: 1_000_000}, day(month, 1))
    with pytest.raises(InputError, match=r"belum ditetapkan.*halaman Tingkat pengembangan JHT"):
        money.begin(month)
    with cast.everyone():
        assert run_of(month) is None
        with pytest.raises(InputError, match="belum ditetapkan"):
            preview(month)


@pytest.mark.parametrize("role", ["branch_supervisor", "auditor", "actuary", "worker"])
def test_only_who_closes_the_books_begins(role: str) -> None:
    kind, target = {"branch_supervisor": ("region", cast.SIDOARJO), "worker": ("self", 1)}.get(role, ("nation", 0))
    with cast.everyone():
        user = cast.user("orang", role, kind, target)
    with cast.as_user(user), pytest.raises(Refused):
        crediting.begin(month=202001, today=cast.TODAY)


def test_the_head_office_begins_and_is_named() -> None:
    with cast.everyone():
        head = cast.user("pusat", "head_office")
        money.move({SITI: 1_000_000}, day(202001, 1))
    with cast.as_user(head):
        crediting.begin(month=202001, today=cast.TODAY)
    crediting.credit(month=202001)
    assert money.ask("SELECT started_by FROM accounts_crediting") == [(head.pk,)]
    assert money.ask("SELECT made_by FROM ledger_group WHERE kind = 'jht_return'") == [(head.pk,)]
    entries = money.ask(
        "SELECT action, user_id, actor, subject_id FROM access_auditentry WHERE action LIKE 'accounts.%%' ORDER BY id"
    )
    assert entries == [
        ("accounts.crediting_begun", head.pk, "Pusat", 202001), ("accounts.crediting_ended", head.pk, "Pengkreditan JHT", 202001)
    ]  # fmt: skip


def test_what_was_not_begun_is_not_credited() -> None:
    with pytest.raises(InputError, match="belum dimulai"):
        crediting.credit(month=202001)


def test_from_the_beginning_of_the_run_the_months_money_is_what_it_is() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.begin(202001)
    for kind in (LineKind.CONTRIBUTION, LineKind.RETURN, LineKind.CORRECTION):
        with pytest.raises(LedgerRefused, match="sudah dikreditkan"):
            pay({SITI: 5_000}, day(202001, 20), kind=kind)
    pay({SITI: 1_000_000}, day(202002, 1))
    crediting.credit(month=202001)
    assert money.balances(202001) == {SITI: (1_004_615, 4_615, 4_615)}


def test_a_closed_month_of_the_books_takes_no_return(committed_db: Database) -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.begin(202001)
    with cast.everyone():
        from jamsostek.ledger.actions import close_period

        close_period(202001)
    with pytest.raises(LedgerRefused, match="sudah ditutup"):
        crediting.credit(month=202001)
    assert money.balances(202001) == {}


def test_another_law_than_when_it_began_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, committed_db: Database) -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.begin(202001)
    figures = money.ask("SELECT figures FROM accounts_crediting")
    with committed_db.connect("postgres") as root:
        root.execute("ALTER TABLE accounts_crediting DISABLE TRIGGER USER")
        root.execute(
            "UPDATE accounts_crediting SET figures = jsonb_set(figures, '{figures,jht.development_rate,value}', '57000')"
        )
        root.execute("ALTER TABLE accounts_crediting ENABLE TRIGGER USER")
    assert money.ask("SELECT figures FROM accounts_crediting") != figures
    for act in (lambda: money.begin(202001), lambda: crediting.credit(month=202001)):
        with pytest.raises(InputError, match=r"Hukum berubah.*5,7 % → 5,63 %"):
            act()
    assert money.balances(202001) == {}


def test_an_account_below_nothing_stops_the_run_and_is_named(committed_db: Database) -> None:
    """The database lets nobody take out more than they hold; a superuser without triggers can."""
    with cast.everyone():
        siti = cast.participant()
        money.move({siti.pk: 1_000_000}, day(202001, 1))
    with committed_db.connect("postgres") as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE accounts_line SET amount_rupiah = -5, kind = 3")
    money.begin(202001)
    with pytest.raises(InputError, match=rf"peserta {siti.kpj} kurang dari nol pada 2020-01"):
        crediting.credit(month=202001)


# --- taking out -------------------------------------------------------------------------------------------------------


def test_nobody_takes_out_more_than_they_hold() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    with pytest.raises(LedgerRefused, match="tidak cukup"):
        pay({SITI: -1_000_001}, day(202001, 20), kind=LineKind.WITHDRAWAL)
    pay({SITI: -400_000}, day(202001, 20), kind=LineKind.WITHDRAWAL)
    money.credit(202001)
    held = money.balances(202001)[SITI][0]
    with pytest.raises(LedgerRefused, match="tidak cukup"):
        pay({SITI: -held - 1}, day(202002, 3), kind=LineKind.CORRECTION)
    with pytest.raises(LedgerRefused, match="tidak cukup"):
        pay({BUDI: 5_000_000, SITI: -held - 1}, day(202002, 3), kind=LineKind.CORRECTION)
    pay({SITI: -held}, day(202002, 3), kind=LineKind.WITHDRAWAL)
    assert holds()


def test_two_who_take_out_the_same_money_take_turns(committed_db: Database) -> None:
    """More comes in than goes out, so the ledger's own account is not drawn on and nobody waits there."""
    pay({SITI: 1_000_000}, day(202001, 1))
    codes = dict(money.ask("SELECT code, id FROM ledger_account WHERE code IN ('members:jht', 'investment:jht')"))
    line = (
        "INSERT INTO accounts_line (month, group_id, participant_id, programme, for_month, kind, amount_rupiah, effective_on)"
        " VALUES (202001, %s, %s, 1, 202001, 4, %s, '2020-01-09')"
    )
    with committed_db.connect("jamsostek_owner") as first, committed_db.connect("jamsostek_owner") as second:
        for number, one in enumerate((first, second), 1):
            one.execute(
                "SELECT ledger_post(%s, %s, 'uji', '2020-01-09', %s, NULL, ARRAY[%s::int], ARRAY[%s::int],"
                " ARRAY[100000::bigint])",
                [number, f"ambil:{number}", bytes(32), codes["investment:jht"], codes["members:jht"]],
            )
            one.execute(line, [number, SITI, -600_000])
            one.execute(line, [number, BUDI, 700_000])
        with ThreadPoolExecutor(1) as beside:
            first.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checked, and not yet committed
            waits = beside.submit(second.commit)
            time.sleep(0.3)
            assert not waits.done(), "the second waits until the first has ended"
            first.commit()
            with pytest.raises(Exception, match="would hold less than nothing"):
                waits.result(timeout=20)
    assert holds()


# --- seen -------------------------------------------------------------------------------------------------------------


def test_the_preview_tells_what_will_come() -> None:
    pay({SITI: 1_000_000, BUDI: 2_000_000}, day(202001, 1))
    with cast.everyone():
        first = preview(202001)
    assert (first.accounts, first.before_rupiah, first.moved_accounts, first.moved_rupiah) == (0, 0, 2, 3_000_000)
    assert (first.rate, first.estimate_rupiah) == (Rate(56_300), 13_844), "of 13,844.3; each rounded alone they are 13,845"
    money.credit(202001)
    pay({WATI: 1_000_000}, day(202002, 29))
    with cast.everyone():
        second = preview(202002)
        assert (second.accounts, second.before_rupiah, second.moved_rupiah) == (2, 3_013_845, 1_000_000)
    money.credit(202002)
    with cast.everyone():
        done = runs(month=202002)[0]
    assert abs(second.estimate_rupiah - done.return_rupiah) <= 2
    assert (done.accounts, done.done, done.parts, done.running, done.problem) == (3, 1, 1, False, "")


def test_a_run_tells_how_far_it_is() -> None:
    pay({SITI: 1_000_000, WATI: 2_000_000}, day(202001, 1))
    money.begin(202001, part_size=10)
    seen = []
    crediting.credit(month=202001, told=lambda done, parts: seen.append((done, parts, runs()[0].done, runs()[0].running)))
    assert seen == [(1, 3, 1, True), (2, 3, 2, True), (3, 3, 3, True)]
    assert [(one.running, one.ended_at is not None) for one in runs()] == [(False, True)]


def test_why_a_run_stopped_is_kept_until_it_ends() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.begin(202001)
    crediting.stop(month=202001, problem="Saldo peserta kurang dari nol.")
    assert runs()[0].problem == "Saldo peserta kurang dari nol."
    crediting.credit(month=202001)
    assert runs()[0].problem == ""


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("UPDATE accounts_balance SET balance_rupiah = balance_rupiah + 1 WHERE participant_id = 12", "Saldo peserta bukan"),
        ("UPDATE accounts_balance SET return_rupiah = return_rupiah - 1 WHERE participant_id = 12", "Saldo peserta bukan"),
        ("DELETE FROM accounts_balance WHERE participant_id = 12", "Saldo peserta bukan"),
        ("UPDATE accounts_line SET amount_rupiah = amount_rupiah + 1 WHERE kind = 1 AND participant_id = 12", "Akun pengendali"),
        ("UPDATE accounts_line SET participant_id = 13 WHERE kind = 1 AND participant_id = 12", "Saldo peserta bukan"),
        ("DELETE FROM accounts_line WHERE kind = 2 AND participant_id = 12", "Bagian pengkreditan"),
        ("UPDATE accounts_creditingpart SET return_rupiah = 0", "Bagian pengkreditan"),
        ("UPDATE accounts_creditingpart SET accounts = 5", "Bagian pengkreditan"),
        ("DELETE FROM accounts_creditingpart", "Bagian pengkreditan"),
        ("UPDATE ledger_transfer SET amount_rupiah = amount_rupiah + 1 WHERE effective_on = '2020-01-01'", "Akun pengendali"),
    ],
)
def test_what_was_altered_behind_the_databases_back_is_found(committed_db: Database, fault: str, told: str) -> None:
    pay({SITI: 1_000_000, BUDI: 2_000_000}, day(202001, 1))
    money.credit(202001)
    assert holds()
    with committed_db.connect("postgres") as root:
        root.execute("SET session_replication_role = replica")
        assert root.execute(fault).rowcount
    with cast.everyone():
        found = [str(one) for one in crediting_holds()]
    assert any(told in one and "2020-01" in one for one in found), found


def test_crediting_opens_the_books_of_a_month_in_which_nothing_happened() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    money.credit(202001)
    assert money.ask("SELECT month FROM ledger_period WHERE month = 202002") == []
    money.credit(202002)
    assert money.balances(202002) == {SITI: (1_009_076, 9_076, 4_461)}
    with cast.everyone():
        assert open_books(202002) is False
    assert last_day(add_months(202001, 1)) == dt.date(2020, 2, 29)


def test_a_run_inside_another_transaction_is_undone_with_it() -> None:
    pay({SITI: 1_000_000}, day(202001, 1))
    with transaction.atomic():
        money.begin(202001)
        crediting.credit(month=202001)
        assert money.balances(202001)
        transaction.set_rollback(True)
    assert money.balances(202001) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_crediting")
        assert cursor.fetchone() == (0,)
