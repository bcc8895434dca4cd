"""The books in beancount's form: its own loader takes them, and its balances are ours."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tracemalloc
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core import data
from beancount.core.number import D
from books import DAY, Books, post

from jamsostek.ledger import actions, beancount, queries
from jamsostek.ledger.chart import CHART, receivable
from tests import cast


def written(tmp_path: Path, lines: Any) -> Path:
    """A file of these lines."""
    path = tmp_path / "buku.beancount"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def loaded(path: Path) -> tuple[list[Any], dict[str, int]]:
    """What beancount reads, without an error, and what every account comes to."""
    entries, errors, _options = loader.load_file(str(path))
    assert [one.message for one in errors] == []
    sums: dict[str, Any] = defaultdict(lambda: D(0))
    for entry in entries:
        for posting in getattr(entry, "postings", ()):
            assert posting.units.currency == "IDR"
            sums[posting.account] += posting.units.number
    return entries, {name: int(rupiah) for name, rupiah in sums.items()}


@pytest.fixture
def busy(books: Books) -> Books:
    """Several funds, receivables, several legs, a reversal, three months."""
    with cast.everyone():
        actions.open_accounts([receivable("jkk", 3515), receivable("jkk", 0), receivable("jkm", 3508)])
    post(("receivable:jkk:3515", "billed:jkk", 900), ("receivable:jkm:3508", "billed:jkm", 80), day=dt.date(2026, 8, 4))
    post(("cash:jkk", "receivable:jkk:3515", 500), ("billed:jkk", "fund:jkk", 500), day=dt.date(2026, 9, 4))
    wrong = post(("cash:jht", "undivided:jht", 70), reference='dengan "kutip" dan \\garis', day=DAY)
    post(("investment:jp", "investment_income:jp", 11), ("cash:carrier", "equity:carrier", 12), day=DAY)
    with cast.everyone():
        actions.post(actions.mirrored(wrong.group_id, reference="balik", kind="test", effective_on=dt.date(2026, 10, 20)))
    return books


def test_bean_check_takes_the_general_ledger_and_every_balance_is_ours(busy: Books, tmp_path: Path) -> None:
    with cast.everyone():
        path = written(tmp_path, beancount.general_ledger("Uji"))
        ours = {
            beancount.account_name(one.code, one.kind): one.debit_rupiah - one.credit_rupiah for one in queries.trial_balance()
        }
    done = subprocess.run([Path(sys.executable).with_name("bean-check"), path], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    entries, theirs = loaded(path)
    assert theirs == ours
    asserted = {one.account: int(one.amount.number) for one in entries if isinstance(one, data.Balance)}
    assert asserted == ours
    assert len([one for one in entries if isinstance(one, data.Open)]) == len(CHART) + 3


def test_a_group_is_one_transaction_with_its_reference_number_and_links(busy: Books, tmp_path: Path) -> None:
    with cast.everyone():
        entries, _sums = loaded(written(tmp_path, beancount.general_ledger("Uji")))
    told = {one.narration: one for one in entries if isinstance(one, data.Transaction)}
    wrong, back = told['dengan "kutip" dan \\garis'], told["balik"]
    assert wrong.date == DAY
    assert {wrong.meta["number"]} < set(back.links)
    assert back.meta["reverses"] == wrong.meta["number"]
    assert back.meta["kind"] == "test"
    assert [(one.account, int(one.units.number)) for one in wrong.postings] == [
        ("Assets:Cash:JHT", 70), ("Liabilities:Undivided:JHT", -70),
    ]  # fmt: skip


def test_a_changed_amount_fails_their_check(busy: Books, tmp_path: Path) -> None:
    with cast.everyone():
        lines = list(beancount.general_ledger("Uji"))
    path = written(tmp_path, [one.replace("  500 IDR\n", "  501 IDR\n", 1) for one in lines])
    _entries, errors, _options = loader.load_file(str(path))
    assert errors


def test_every_account_has_a_name_of_its_own_that_beancount_takes() -> None:
    names = [beancount.account_name(one.code, one.kind) for one in CHART]
    assert len(set(names)) == len(names)
    assert beancount.account_name("investment_income:jht", "income") == "Income:Investment-Income:JHT"
    assert beancount.account_name("receivable:jkk:3515", "asset") == "Assets:Receivable:JKK:3515"
    assert beancount.account_name("suspense:unknown", "liability") == "Liabilities:Suspense:Unknown"


def test_books_with_nothing_in_them_are_taken_too(books: Books, tmp_path: Path) -> None:
    with cast.everyone():
        entries, sums = loaded(written(tmp_path, beancount.general_ledger("Uji")))
    assert sums == {}
    assert len(entries) == len(CHART)


def test_what_is_posted_while_the_books_are_written_is_left_for_the_next_time(busy: Books, tmp_path: Path) -> None:
    with cast.everyone():
        before = queries.balance("cash:jkk")
        lines = beancount.general_ledger("Uji")
        begun = [next(lines) for _line in range(3)]
        with busy.connect(autocommit=True) as other:
            ids = [busy.ids["cash:jkk"], busy.ids["fund:jkk"]]
            other.execute(
                "SELECT ledger_post(5, 'kemudian', 'test', '2026-08-01', decode(repeat('01', 32), 'hex'), 7,"
                " ARRAY[%s]::integer[], ARRAY[%s]::integer[], ARRAY[77]::bigint[])", ids,
            )  # fmt: skip
        _entries, sums = loaded(written(tmp_path, [*begun, *lines]))
        assert queries.balance("cash:jkk") == before + 77
    assert sums["Assets:Cash:JKK"] == before


def test_memory_stays_flat_however_many_groups_there_are(books: Books) -> None:
    from books import posting

    def peak() -> int:
        tracemalloc.start()
        with cast.everyone():
            for _line in beancount.general_ledger("Uji"):
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    with cast.everyone():
        actions.post_many([posting(("cash:jkk", "fund:jkk", 5)) for _at in range(4_000)])
    small = peak()
    with cast.everyone():
        actions.post_many([posting(("cash:jkk", "fund:jkk", 5)) for _at in range(16_000)])
    assert peak() < small * 1.5
