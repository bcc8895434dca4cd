"""What needs two people: whose money that is, refunds, receipts by hand; and a payment that the bank took back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from paying import ACCOUNT, TODAY, ask, balances, billed, code, firm, members, pay

from jamsostek.access.errors import Refused
from jamsostek.collection import banks
from jamsostek.collection.actions import payments
from jamsostek.collection.actions.payments import matching, receipts, refunds
from jamsostek.collection.models import Match, Payment, Receipt, Refund
from jamsostek.collection.queries import payments as queries
from jamsostek.core.errors import InputError
from jamsostek.ledger import checks
from jamsostek.ledger.errors import LedgerRefused
from tests import cast

PDF = b"%PDF-1.7 bukti"
NOW = cast.NOW


@pytest.fixture(autouse=True)
def account(db: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account of ours; and afterwards the books say what bills and payments say."""
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    banks.add_account(ACCOUNT, "Bank Contoh")
    yield
    with cast.everyone():
        assert checks.check() == []


@pytest.fixture
def people() -> dict[str, Any]:
    """Two at the head office, an officer and a supervisor of the region."""
    with cast.everyone():
        return {
            "head": cast.user("pusat", "head_office"), "other_head": cast.user("pusat2", "head_office"),
            "officer": cast.user("petugas", "branch_officer", "region", cast.SIDOARJO),
            "supervisor": cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO),
            "far": cast.user("jauh", "branch_supervisor", "region", cast.LUMAJANG),
        }  # fmt: skip


def state(bill: Any) -> Any:
    with cast.everyone():
        return queries.bill_states([bill.pk], TODAY)[bill.pk]


def the(payment_id: int) -> Any:
    with cast.everyone():
        return queries.one(payment_id)


# --- whose money is that ------------------------------------------------------------------------------------------------


def unknown_and_bill(rupiah: int | None = None) -> tuple[int, Any]:
    with cast.everyone():
        bill = billed(firm(2))
        return pay("123", rupiah or bill.total_rupiah).payment_id, bill


def test_money_finds_its_payer_when_another_confirms(people: dict[str, Any]) -> None:
    payment, bill = unknown_and_bill()
    with cast.as_user(people["head"]):
        asked = matching.propose(payment_id=payment, code=code(bill), why="bukti transfer")
    with cast.as_user(people["head"]), pytest.raises(Refused, match="Anda sendiri"):
        matching.decide(match_id=asked.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["other_head"]):
        matching.decide(match_id=asked.pk, approved=True, decision="cocok", today=TODAY, now=NOW)
    assert (state(bill).standing, the(payment).state) == ("paid", "allocated")
    assert balances("suspense:unknown", "cash:clearing") == {}
    with cast.as_user(people["supervisor"]):
        assert queries.one(payment).state == "allocated", "the office of the payer sees it now"
        assert queries.payer_words(*queries.payer_of(queries.one(payment).payment)) != ""
    with cast.as_user(people["far"]):
        assert Payment.objects.count() == 0


def test_what_is_left_of_a_confirmed_whole_is_the_payers(people: dict[str, Any]) -> None:
    payment, bill = unknown_and_bill()
    with cast.everyone():
        more = pay("123", 90_000).payment_id
        pay(code(bill), bill.total_rupiah)
    with cast.as_user(people["head"]):
        asked = matching.propose(payment_id=more, code=code(bill), why="bukti")
    with cast.as_user(people["other_head"]):
        matching.decide(match_id=asked.pk, approved=True, decision="", today=TODAY, now=NOW)
    assert the(more).state == "waiting"
    assert balances("suspense:unknown", "suspense:overpaid") == {
        "suspense:unknown": bill.total_rupiah,
        "suspense:overpaid": 90_000,
    }
    assert the(payment).state == "unknown"


def test_a_sum_for_several_payers_is_split_among_their_bills(people: dict[str, Any]) -> None:
    with cast.everyone():
        one, two = billed(firm(1)), billed(firm(2))
        payment = pay("", one.total_rupiah + two.total_rupiah).payment_id
    for bill in (one, two):
        with cast.as_user(people["head"]):
            asked = matching.propose(payment_id=payment, code=code(bill), why="surat", amount_rupiah=bill.total_rupiah)
        with cast.as_user(people["other_head"]):
            matching.decide(match_id=asked.pk, approved=True, decision="", today=TODAY, now=NOW)
    assert (state(one).standing, state(two).standing, the(payment).state) == ("paid", "paid", "allocated")


def test_a_part_must_be_taken_whole_by_the_payers_bills(people: dict[str, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
        payment = pay("", bill.total_rupiah + 70_000).payment_id
    with cast.as_user(people["head"]):
        asked = matching.propose(payment_id=payment, code=code(bill), why="surat", amount_rupiah=bill.total_rupiah + 1)
    with cast.as_user(people["other_head"]), pytest.raises(InputError, match="hanya mengambil"):
        matching.decide(match_id=asked.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["other_head"]):
        matching.decide(match_id=asked.pk, approved=False, decision="jumlahnya lain", today=TODAY, now=NOW)
    assert the(payment).state == "unknown"


def test_a_proposal_is_refused_where_it_cannot_be(people: dict[str, Any]) -> None:
    payment, bill = unknown_and_bill()
    with cast.as_user(people["head"]):
        for wrong in ({"code": "123"}, {"amount_rupiah": bill.total_rupiah + 1}, {"why": " "}):
            with pytest.raises(InputError):
                matching.propose(**{"payment_id": payment, "code": code(bill), "why": "x", **wrong})
        matching.propose(payment_id=payment, code=code(bill), why="x")
        with pytest.raises(InputError, match="sudah diusulkan"):
            matching.propose(payment_id=payment, code=code(bill), why="x")
    with cast.as_user(people["officer"]), pytest.raises(Refused):
        matching.propose(payment_id=payment, code=code(bill), why="x")


# --- refunds --------------------------------------------------------------------------------------------------------------


def overpaid() -> tuple[int, Any]:
    with cast.everyone():
        bill = billed(firm(1))
        return pay(code(bill), bill.total_rupiah + 300_000).payment_id, bill


ACCOUNT_OF_PAYER = {"account_name": "PT Contoh", "account_bank": "BRI", "account_number": "0001 0002 0003 000"}


def test_a_refund_is_asked_approved_by_another_and_leaves(people: dict[str, Any]) -> None:
    payment, _bill = overpaid()
    with cast.as_user(people["officer"]):
        row = refunds.ask(payment_id=payment, amount_rupiah=200_000, why="surat", **ACCOUNT_OF_PAYER)
    with cast.as_user(people["officer"]), pytest.raises(Refused):
        refunds.decide(refund_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["far"]), pytest.raises(Refused):
        refunds.decide(refund_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["supervisor"]):
        refunds.decide(refund_id=row.pk, approved=True, decision="ya", today=TODAY, now=NOW)
    assert balances("suspense:overpaid", "suspense:refunds") == {"suspense:overpaid": 100_000, "suspense:refunds": 200_000}
    with cast.as_user(people["officer"]):
        assert refunds.show_account(refund_id=row.pk, why="membayar") == "000100020003000"
        refunds.paid(refund_id=row.pk, paid_on=TODAY, reference="OUT1", today=TODAY)
        with pytest.raises(InputError):
            refunds.paid(refund_id=row.pk, paid_on=TODAY, reference="OUT2", today=TODAY)
    assert balances("suspense:refunds", "cash:clearing") == {"cash:clearing": 100_000}
    assert (the(payment).free_rupiah, the(payment).refunded_rupiah) == (100_000, 200_000)
    [(sealed,)] = ask("SELECT account_sealed FROM collection_refund")
    assert b"000100020003000" not in bytes(sealed)


def test_money_that_is_asked_back_is_not_used_meanwhile(people: dict[str, Any]) -> None:
    payment, bill = overpaid()
    with cast.as_user(people["officer"]):
        row = refunds.ask(payment_id=payment, amount_rupiah=300_000, why="surat", **ACCOUNT_OF_PAYER)
    with cast.everyone():
        from jamsostek.registry.models import Employer

        later = billed(Employer.objects.get(pk=bill.employer_id), 202610)
        payments.use_all_free_money(today=TODAY)
    assert state(later).outstanding_rupiah == later.total_rupiah
    with cast.as_user(people["supervisor"]):
        refunds.decide(refund_id=row.pk, approved=False, decision="ada tagihan", today=TODAY, now=NOW)
    with cast.everyone():
        payments.use_all_free_money(today=TODAY)
    assert state(later).outstanding_rupiah == later.total_rupiah - 300_000


def test_no_more_goes_back_than_is_free(people: dict[str, Any]) -> None:
    payment, _bill = overpaid()
    with cast.as_user(people["officer"]):
        for wrong in ({"amount_rupiah": 300_001}, {"account_number": "12"}, {"account_name": ""}, {"why": ""}):
            with pytest.raises(InputError):
                refunds.ask(**{"payment_id": payment, "amount_rupiah": 5, "why": "x", **ACCOUNT_OF_PAYER, **wrong})


# --- receipts by hand -----------------------------------------------------------------------------------------------------


def entered(bill: Any, **given: Any) -> Receipt:
    facts = {
        "bank": ACCOUNT, "reference": "SLIP-1", "code": code(bill), "amount_rupiah": bill.total_rupiah, "paid_on": TODAY,
        "proof": PDF, "file_name": "C:\\bukti.pdf", "note": "", "regency_code": cast.SIDOARJO, "today": TODAY,
    }  # fmt: skip
    return receipts.enter(**{**facts, **given})


def test_a_receipt_is_money_only_when_another_has_approved_it(people: dict[str, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    with cast.as_user(people["supervisor"]):
        row = entered(bill)
        assert (row.file_name, Payment.objects.count()) == ("bukti.pdf", 0)
        with pytest.raises(Refused, match="Anda sendiri"):
            receipts.decide(receipt_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["officer"]), pytest.raises(Refused):
        receipts.decide(receipt_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["head"]):
        receipts.decide(receipt_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
        assert receipts.proof_of(Receipt.objects.get())[0] == PDF
    assert state(bill).standing == "paid"
    with cast.everyone():
        payment = Payment.objects.get()
        assert (payment.channel, payment.receipt_id, payment.made_by) == (3, row.pk, people["head"].pk)


def test_what_the_bank_told_meanwhile_is_not_money_twice(people: dict[str, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    with cast.as_user(people["officer"]):
        row = entered(bill)
    with cast.everyone():
        pay(code(bill), bill.total_rupiah, reference="SLIP-1")
    with cast.as_user(people["supervisor"]), pytest.raises(InputError, match="Bank sudah memberitahukan"):
        receipts.decide(receipt_id=row.pk, approved=True, decision="", today=TODAY, now=NOW)
    with cast.as_user(people["supervisor"]):
        receipts.decide(receipt_id=row.pk, approved=False, decision="sudah ada", today=TODAY, now=NOW)
    with cast.as_user(people["officer"]), pytest.raises(InputError, match="sudah tercatat"):
        entered(bill)


def test_a_receipt_is_refused_where_it_cannot_be(people: dict[str, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    wrongs = (
        {"bank": "9999999999"}, {"reference": "dua kata"}, {"code": "123"}, {"code": "100000000000000"}, {"amount_rupiah": 0},
        {"paid_on": TODAY + dt.timedelta(days=1)}, {"paid_on": dt.date(2020, 1, 1)}, {"proof": b"MZ program"}, {"proof": b""},
        {"proof": PDF + bytes(6 << 20)},
    )  # fmt: skip
    with cast.as_user(people["officer"]):
        for wrong in wrongs:
            with pytest.raises(InputError):
                entered(bill, **wrong)
        with pytest.raises(Refused):
            entered(bill, regency_code=cast.LUMAJANG)
        entered(bill)
        with pytest.raises(InputError, match="menunggu penyetuju"):
            entered(bill)


# --- taken back by the bank ------------------------------------------------------------------------------------------------


def test_a_payment_that_the_bank_took_back_is_owed_again(people: dict[str, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(3))
        before = balances()
        first = pay(code(bill), 700_001).payment_id
        second = pay(code(bill), bill.total_rupiah - 700_001 + 40).payment_id
    with cast.as_user(people["supervisor"]):
        payments.bounce(payment_id=first, why="dana tidak cukup", today=TODAY)
    assert (state(bill).outstanding_rupiah, the(first).state) == (700_001, "returned")
    assert the(second).free_rupiah == 40
    with cast.everyone():
        assert checks.check() == []
    with cast.as_user(people["supervisor"]), pytest.raises(InputError, match="sudah ditarik"):
        payments.bounce(payment_id=first, why="lagi", today=TODAY)
    with cast.as_user(people["supervisor"]):
        payments.bounce(payment_id=second, why="dana tidak cukup", today=TODAY)
    assert balances() == before
    assert set(members(1).values()) | set(members(2).values()) == {0}
    with cast.everyone():
        pay(code(bill), bill.total_rupiah)
    assert state(bill).standing == "paid"


def test_money_nobody_knew_and_money_asked_back_bounce_too_or_say_why_not(people: dict[str, Any]) -> None:
    with cast.everyone():
        unknown = pay("", 5_000).payment_id
    payment, _bill = overpaid()
    with cast.as_user(people["officer"]):
        refunds.ask(payment_id=payment, amount_rupiah=5, why="x", **ACCOUNT_OF_PAYER)
        with pytest.raises(Refused):
            payments.bounce(payment_id=payment, why="x", today=TODAY)
    with cast.as_user(people["head"]):
        payments.bounce(payment_id=unknown, why="salah kirim", today=TODAY)
        with pytest.raises(InputError, match="diminta kembali"):
            payments.bounce(payment_id=payment, why="x", today=TODAY)
    assert balances("suspense:unknown") == {}


# --- the database itself ----------------------------------------------------------------------------------------------------


def test_the_database_refuses_one_person_in_both_places(people: dict[str, Any]) -> None:
    payment, bill = overpaid()
    with cast.as_user(people["officer"]):
        row = refunds.ask(payment_id=payment, amount_rupiah=5, why="x", **ACCOUNT_OF_PAYER)
        receipt = entered(bill, reference="LAIN")
    unknown, other = unknown_and_bill()
    with cast.as_user(people["head"]):
        match = matching.propose(payment_id=unknown, code=code(other), why="x")
    for model, found, user in ((Refund, row, "officer"), (Receipt, receipt, "officer"), (Match, match, "head")):
        with cast.as_user(people[user]), pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=found.pk).update(decided_by=people[user].pk, decided_at=NOW, approved=False)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE collection_payment SET amount_rupiah = 1",
        "DELETE FROM collection_payment",
        "UPDATE collection_allocation SET total_rupiah = 1",
        "TRUNCATE collection_allocation",
        "DELETE FROM collection_refund",
        "DELETE FROM collection_open",
        "UPDATE collection_free SET rupiah = 1",
        "INSERT INTO collection_open VALUES (1, 1, 1, false)",
        "DELETE FROM collection_receipt",
        "UPDATE collection_refund SET amount_rupiah = 1",
    ],
)
def test_nobody_alters_what_was_paid(people: dict[str, Any], sql: str) -> None:
    overpaid()
    with (
        cast.everyone(),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_allocation_that_its_group_does_not_book_is_refused() -> None:
    payment, bill = overpaid()
    columns = (
        "bill_id, number, payment_id, step, jkk_rupiah, jkm_rupiah, jht_rupiah, jp_rupiah, total_rupiah, paid_on,"
        " effective_on, group_id"
    )
    with cast.everyone():
        [(group, day)] = ask("SELECT group_id, paid_on FROM collection_payment WHERE id = %s", payment)
        other = billed(firm(1))
        for parts in ((5, 0, 0, 0, 5), (-5, 0, 0, 0, -5)):
            whose = other if parts[0] > 0 else bill
            number = 1 if parts[0] > 0 else 2
            refused = pytest.raises(IntegrityError, match=r"outside its group|not what its group books")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO collection_allocation ({columns}) VALUES (%s, %s, %s, 2, %s, %s, %s, %s, %s, %s, %s, %s)",
                    [whose.pk, number, payment, *parts, day, day, group],
                )
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_payment_whose_group_books_another_sum_is_refused() -> None:
    from jamsostek.ledger import actions as ledger

    with cast.everyone():
        pay("", 5)
        posting = ledger.Posting("palsu", "payment", TODAY, (ledger.Leg("cash:clearing", "suspense:unknown", 4),))
        with pytest.raises(IntegrityError, match="is not what its group books"), transaction.atomic():
            ledger.post(posting)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO collection_payment (id, bank, reference, channel, code, amount_rupiah, paid_at, effective_on,"
                    " body, group_id)"
                    " VALUES (1, 'X', 'Y', 1, '', 5, %s, %s, decode(repeat('00', 32), 'hex'), %s)",
                    [NOW, TODAY, posting.group_id],
                )
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_manual_payment_without_its_receipt_is_refused() -> None:
    from jamsostek.collection.actions.payments import Notice
    from jamsostek.collection.choices import Channel

    with cast.everyone(), pytest.raises((LedgerRefused, IntegrityError)):
        payments.receive(Notice(ACCOUNT, "TANPA", "", 5, NOW, Channel.MANUAL, receipt_id=7), today=TODAY)
