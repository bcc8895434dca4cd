"""Random wrong journals by raw SQL, by COPY and by the ORM, as the application and as the owner of the tables: none is accepted.

300 in `make test`, 10,000 with JAMSOSTEK_PROOF=1.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from books import APP, BEFORE, DAY, MONTH, OWNER, Books, broken, post, raw_group
from django.db import DatabaseError, connections, transaction

from jamsostek.ledger import actions
from jamsostek.ledger.models import Group, Transfer
from tests import cast

TRIES = 10_000 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 300
FUNDS = {
    "jkk": ("cash:jkk", "billed:jkk", "fund:jkk", "fines:jkk"),
    "jht": ("cash:jht", "members:jht", "undivided:jht", "credited:jht"),
    "clearing": ("cash:clearing", "suspense:unknown", "suspense:overpaid"),
}
GROUP_COLUMNS = "id, reference, kind, effective_on, debits, credits, amounts, body, reverses, recorded_at, xid"
TRANSFER_COLUMNS = "month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on, recorded_at"
Told = dict[str, Any]


class Journals:
    """Right journals with something wrong in each."""

    def __init__(self, books: Books, draw: random.Random) -> None:
        self.books, self.draw, self.number = books, draw, 1_000
        self.mistakes: list[Callable[[Told], None]] = [
            self.leaves_its_fund, self.amount_not_positive, self.same_account, self.leg_half_told, self.account_unknown,
            self.month_closed, self.month_unopened, self.overdrawn, self.forged_moment, self.forged_transaction,
            self.reference_taken, self.empty, self.reversal_of_another,
        ]  # fmt: skip

    def wrong(self) -> tuple[str, Told]:
        """A journal with one mistake, and the mistake's name."""
        told = self.right()
        mistake = self.draw.choice(self.mistakes)
        mistake(told)
        return mistake.__name__, told

    def right(self) -> Told:
        """Some legs that bring money in."""
        self.number += 1
        legs = [self.draw.choice(list(FUNDS.values()))[:3] for _leg in range(self.draw.randint(1, 6))]
        return {
            "id": self.number, "reference": f"acak:{self.number}", "debits": [leg[0] for leg in legs],
            "credits": [self.draw.choice(leg[1:]) for leg in legs],
            "amounts": [self.draw.randint(1, 10**9) for _leg in legs],
        }  # fmt: skip

    def _leg(self, told: Told) -> int:
        return self.draw.randrange(len(told["amounts"]))

    def leaves_its_fund(self, told: Told) -> None:
        told["credits"][self._leg(told)] = "fund:jkm"

    def amount_not_positive(self, told: Told) -> None:
        told["amounts"][self._leg(told)] = -self.draw.choice([0, 1, 10**9])

    def same_account(self, told: Told) -> None:
        at = self._leg(told)
        told["credits"][at] = told["debits"][at]

    def leg_half_told(self, told: Told) -> None:
        told[self.draw.choice(["debits", "credits", "amounts"])].pop()

    def account_unknown(self, told: Told) -> None:
        told[self.draw.choice(["debits", "credits"])][self._leg(told)] = self.draw.choice([0, -5, 10**6])

    def month_closed(self, told: Told) -> None:
        told["effective_on"] = dt.date(2026, 8, self.draw.randint(1, 31))

    def month_unopened(self, told: Told) -> None:
        told["effective_on"] = dt.date(self.draw.choice([1999, 2025, 2031]), self.draw.randint(1, 12), 5)

    def overdrawn(self, told: Told) -> None:
        for name, code in (("debits", "fund:jkk"), ("credits", "cash:jkk")):
            told[name].append(code)
        told["amounts"].append(10**15 + sum(told["amounts"]))

    def forged_moment(self, told: Told) -> None:
        told["recorded_at"] = dt.datetime(2026, 9, 1, tzinfo=dt.UTC) + dt.timedelta(days=self.draw.choice([-300, 0, 50, 900]))

    def forged_transaction(self, told: Told) -> None:
        told["xid"] = self.draw.randint(1, 10**9)

    def reference_taken(self, told: Told) -> None:
        told["reference"] = "modal"

    def empty(self, told: Told) -> None:
        told["debits"], told["credits"], told["amounts"] = [], [], []

    def reversal_of_another(self, told: Told) -> None:
        told["reverses"] = self.books.ids["modal"]


@pytest.fixture(scope="module")
def shared_books(shared_books: Books) -> Books:
    """Books with some capital and a closed month."""
    shared_books.ids["modal"] = post(("cash:jkk", "fund:jkk", 5), reference="modal").group_id
    with cast.everyone():
        actions.close_period(BEFORE)
    return shared_books


def by_sql(hand: psycopg.Connection[Any], books: Books, told: Told) -> None:
    hand.execute(*raw_group(books, **told))


def by_copy(hand: psycopg.Connection[Any], books: Books, told: Told) -> None:
    told = {"kind": "test", "effective_on": DAY, "body": "\\x" + "01" * 32, **told}
    for name in ("debits", "credits"):
        told[name] = [books.ids.get(code, code) for code in told[name]]
    names = [name for name in GROUP_COLUMNS.split(", ") if name in told]
    with hand.cursor() as cursor, cursor.copy(f"COPY ledger_group ({', '.join(names)}) FROM STDIN") as copy:
        copy.write_row([told[name] for name in names])


def transfers_by_sql(hand: psycopg.Connection[Any], books: Books, told: Told) -> None:
    """The legs alone, straight into the partition or through the parent."""
    table = random.choice(["ledger_transfer", f"ledger_transfer_{MONTH}"])
    legs = list(zip(told["debits"], told["credits"], told["amounts"], strict=False)) or [("cash:jkk", "fund:jkk", 5)]
    values = [
        [MONTH, told["id"], at, books.ids.get(debit, debit), books.ids.get(credit, credit), rupiah, DAY, "now"]
        for at, (debit, credit, rupiah) in enumerate(legs, 1)
    ]
    rows = ", ".join(["(" + ", ".join(["%s"] * 8) + ")"] * len(values))
    hand.execute(f"INSERT INTO {table} ({TRANSFER_COLUMNS}) VALUES {rows}", [one for row in values for one in row])


WAYS = [(by_sql, APP), (by_sql, OWNER), (by_copy, APP), (by_copy, OWNER), (transfers_by_sql, APP), (transfers_by_sql, OWNER)]


def test_no_wrong_journal_is_accepted_by_sql_or_copy(shared_books: Books) -> None:
    seed = random.randrange(2**32)
    draw, tried = random.Random(seed), Counter[str]()
    journals = Journals(shared_books, draw)
    with shared_books.connect(APP, autocommit=True) as app, shared_books.connect(OWNER, autocommit=True) as owner:
        hands = {APP: app, OWNER: owner}
        for _try in range(TRIES):
            write, role = draw.choice(WAYS)
            name, told = journals.wrong()
            try:
                write(hands[role], shared_books, told)
            except psycopg.Error:
                tried[f"{write.__name__} {role} {name}"] += 1
            else:
                pytest.fail(f"accepted (seed {seed}): {write.__name__} as {role}: {name} {told}")
    assert sum(tried.values()) == TRIES
    _untouched(shared_books)


def test_no_wrong_journal_is_accepted_by_the_orm(shared_books: Books) -> None:
    draw = random.Random(7)
    journals = Journals(shared_books, draw)
    for _try in range(TRIES // 10):
        _name, told = journals.wrong()
        alias = draw.choice(["default", "owner"])
        group = Group(
            id=told["id"], reference=told["reference"], kind="test", month=MONTH, effective_on=DAY, legs=1, body=b"\1" * 32,
            recorded_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        legs = [
            Transfer(month=MONTH, group_id=told["id"], leg=at, debit_id=1, credit_id=3, amount_rupiah=rupiah, effective_on=DAY,
                     recorded_on=DAY, recorded_at=dt.datetime.now(dt.UTC))
            for at, rupiah in enumerate(told["amounts"] or [5], 1)
        ]  # fmt: skip
        by_group = draw.random() < 0.5
        with cast.everyone(), pytest.raises(DatabaseError), transaction.atomic(), transaction.atomic(using=alias):
            if by_group:
                group.save(using=alias, force_insert=True)
            else:
                Transfer.objects.using(alias).bulk_create(legs)
    connections["owner"].close()
    _untouched(shared_books)


def _untouched(books: Books) -> None:
    assert books.ask("SELECT count(*), sum(legs) FROM ledger_group") == [(1, 1)]
    assert books.ask("SELECT count(*), sum(amount_rupiah) FROM ledger_transfer") == [(1, 5)]
    assert broken() == []


def test_the_right_journals_behind_the_wrong_ones_are_accepted(shared_books: Books) -> None:
    """So that what is refused is refused for its mistake."""
    draw = random.Random(3)
    journals = Journals(shared_books, draw)
    for write, role in ((by_sql, APP), (by_sql, OWNER), (by_copy, OWNER)):
        with shared_books.connect(role) as hand:
            for _try in range(20):
                write(hand, shared_books, journals.right())
            count = hand.execute("SELECT count(*) FROM ledger_group WHERE reference LIKE 'acak:%'").fetchone()
            assert count == (20,)
            hand.rollback()
