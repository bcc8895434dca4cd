"""Bank statements: read, confirmed by another, booked; what a webhook told is known, what cannot be read is told and
the rest kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from paying import ACCOUNT, TODAY, balances, billed, code, firm, notice, pay

from jamsostek.access.errors import Refused
from jamsostek.collection import banks
from jamsostek.collection.actions import payments
from jamsostek.collection.actions.payments import refunds, statement_work, statements
from jamsostek.collection.choices import RowKind
from jamsostek.collection.models import Payment, Statement, StatementRow
from jamsostek.collection.queries import payments as queries
from jamsostek.core.errors import InputError
from jamsostek.ledger import checks
from jamsostek.messages.bank.records import CAMT053, Entry
from jamsostek.messages.bank.records import Statement as Told
from jamsostek.messages.bank.write import write_camt053, write_csv, write_mt940
from tests import cast

NOW = cast.NOW
WRITERS = {"camt053": write_camt053, "mt940": write_mt940, "csv": write_csv}


@pytest.fixture(autouse=True)
def account(db: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account of ours; and afterwards the books say what bills and payments say."""
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    banks.add_account(ACCOUNT, "Bank Contoh")
    yield
    with cast.everyone():
        assert checks.check() == []


@pytest.fixture
def two() -> tuple[Any, Any]:
    """Two people at the head office."""
    with cast.everyone():
        return cast.user("pusat", "head_office"), cast.user("pusat2", "head_office")


def entry(at: int, rupiah: int, text_code: str = "", *, credit: bool = True, day: dt.date = TODAY, **other: Any) -> Entry:
    facts: dict[str, Any] = {
        "row": at, "reference": f"SB26112100{at:04d}", "amount_rupiah": rupiah, "credit": credit, "booked_on": day,
        "valued_on": day, "code": text_code, "text": f"IURAN VA {text_code}".strip(),
    }  # fmt: skip
    return Entry(**{**facts, **other})


def told(*entries: Entry, **other: Any) -> Told:
    closing = 1_000 + sum(one.signed_rupiah for one in entries)
    facts: dict[str, Any] = {
        "format": CAMT053, "account": ACCOUNT, "currency": "IDR", "statement_id": "SB261121", "from_date": TODAY,
        "to_date": TODAY, "opening_rupiah": 1_000, "closing_rupiah": closing, "entries": tuple(entries),
    }  # fmt: skip
    return Told(**{**facts, **other})


def sent(content: bytes, by: Any, name: str = "koran.xml") -> Statement:
    """Sent and read."""
    with cast.as_user(by):
        row = statements.send(content=content, file_name=name)
    statement_work.read(row.pk, now=NOW)
    return again(row)


def booked(row: Statement, by: Any) -> Statement:
    """Confirmed and booked."""
    with cast.as_user(by):
        statements.confirm(statement_id=row.pk, now=NOW)
    statement_work.book(row.pk, today=TODAY, now=NOW)
    return again(row)


def again(row: Statement) -> Statement:
    with cast.everyone():
        return queries.statement(row.pk)


@pytest.mark.parametrize("format", WRITERS)
def test_a_statement_is_read_confirmed_by_another_and_booked(two: tuple[Any, Any], format: str) -> None:
    with cast.everyone():
        made = [billed(firm(at + 1)) for at in range(3)]
    entries = [entry(at, bill.total_rupiah, code(bill)) for at, bill in enumerate(made, 1)]
    row = sent(WRITERS[format](told(*entries, entry(9, 40_000, "", text="TANPA KODE"))), two[0], f"koran.{format}")
    assert (row.state, row.error, row.proven, row.rows_total) == ("ready", "", True, 4)
    assert (row.counts["credits"], row.counts["unknown"], row.counts["known"]) == (4, 1, 0)
    with cast.as_user(two[0]), pytest.raises(Refused, match="Anda sendiri"):
        statements.confirm(statement_id=row.pk, now=NOW)
    row = booked(row, two[1])
    assert (row.state, row.rows_done, row.counts["kinds"]) == ("done", 4, {"unknown": 1})
    with cast.everyone():
        states = queries.bill_states([one.pk for one in made], TODAY)
        assert {one.standing for one in states.values()} == {"paid"}
        unknown = StatementRow.objects.get()
        assert queries.text_of(unknown).startswith("TANPA KODE")
        assert Payment.objects.filter(channel=2, statement_id=row.pk, made_by=two[1].pk).count() == 4


def test_the_same_file_again_is_the_same_statement(two: tuple[Any, Any]) -> None:
    content = write_camt053(told(entry(1, 5)))
    row = sent(content, two[0])
    with cast.as_user(two[1]), pytest.raises(statements.SentBefore) as caught:
        statements.send(content=content, file_name="lagi.xml")
    assert caught.value.statement.pk == row.pk
    with cast.as_user(two[0]):
        statements.cancel(statement_id=row.pk, now=NOW)
        assert statements.send(content=content, file_name="lagi.xml").pk != row.pk, "one that was put aside may come again"


def test_what_a_webhook_told_is_recognised_by_its_reference(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        bill, other = billed(firm(1)), billed(firm(1))
        pay(code(bill), bill.total_rupiah, reference="SB261121000001")
        pay(code(other), 700, reference="SB261121000002")
        payments.receive(notice("", 1, reference="SB261121009999"), today=TODAY)
    row = sent(
        write_camt053(told(entry(1, bill.total_rupiah, code(bill)), entry(2, 900, code(other)), entry(3, 50, code(other)))),
        two[0],
    )
    assert row.counts["known"] == 2
    row = booked(row, two[1])
    assert row.counts["kinds"] == {"again": 1, "differs": 1}
    with cast.everyone():
        assert Payment.objects.count() == 4
        assert [one.amount_rupiah for one in queries.rows_of(row, RowKind.DIFFERS)] == [900]
        assert queries.unseen(row) == 2, "one differs and one is in no statement: to be asked at the bank"


def test_two_statements_that_overlap_count_once(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    lines = [entry(1, 600, code(bill)), entry(2, 700, code(bill)), entry(3, 800, code(bill))]
    booked(sent(write_camt053(told(*lines[:2])), two[0]), two[1])
    row = booked(sent(write_mt940(told(*lines[1:])), two[0], "koran.txt"), two[1])
    assert row.counts["kinds"] == {"again": 1}
    with cast.everyone():
        assert sorted(Payment.objects.values_list("amount_rupiah", flat=True)) == [600, 700, 800]


def test_money_that_left_is_a_refund_a_payment_taken_back_or_a_question(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
        payment = pay(code(bill), bill.total_rupiah + 90_000, reference="SB261121000001").payment_id
        returned = pay("", 4_000, reference="SB261121000002").payment_id
    with cast.as_user(two[0]):
        asked = refunds.ask(
            payment_id=payment, amount_rupiah=90_000, why="surat", account_name="PT", account_bank="BRI", account_number="12345"
        )
    with cast.as_user(two[1]):
        refunds.decide(refund_id=asked.pk, approved=True, decision="", today=TODAY, now=NOW)
    lines = [
        entry(5, 90_000, credit=False, text=f"TRF {refunds.mark_of(asked.pk)} PT CONTOH", reference="OUT0000005/D"),
        entry(6, 4_000, credit=False, text="KOREKSI", reference="SB261121000002/D"),
        entry(7, 6_500, credit=False, text="BIAYA ADM", reference="OUT0000007/D"),
    ]
    row = booked(sent(write_camt053(told(*lines)), two[0]), two[1])
    assert row.counts["kinds"] == {"refund": 1, "returned": 1, "out": 1}
    with cast.everyone():
        refund = queries.refund(asked.pk)
        assert (refund.paid_on, refund.paid_by) == (TODAY, None)
        assert [one.payment_id for one in queries.rows_of(row, RowKind.RETURNED)] == [returned]
        assert queries.one(returned).state == "unknown", "somebody looks before it is taken back"
    assert balances("suspense:refunds") == {}


# --- bad input ------------------------------------------------------------------------------------------------------------


def content_of(bill: Any) -> bytes:
    return write_camt053(told(entry(1, bill.total_rupiah, code(bill)), entry(2, 700, code(bill))))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[: len(content) // 2], "rusak|terpotong"),
        (lambda content: content.replace(b'Ccy="IDR">700.00', b'Ccy="IDR">701.00'), "tidak cocok|jumlah|Jumlah"),
        (lambda content: content.replace(b'Ccy="IDR"', b'Ccy="USD"').replace(b"<Ccy>IDR", b"<Ccy>USD"), "USD|rupiah"),
        (lambda content: content.replace(ACCOUNT.encode(), b"9876543210"), "bukan rekening penerimaan"),
        (lambda content: b"%PDF-1.7", "bukan mutasi|Ini bukan"),
        (lambda content: b"\x00\x01\x02\x03", "bukan"),
    ],
    ids=["cut in half", "wrong totals", "foreign currency", "another account", "a picture of it", "rubbish"],
)
def test_a_file_that_cannot_be_believed_is_refused_and_books_nothing(two: tuple[Any, Any], damage: Any, said: str) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    row = sent(damage(content_of(bill)), two[0])
    assert row.state == "failed", row.counts
    import re

    assert re.search(said, row.error), row.error
    with cast.as_user(two[1]), pytest.raises(InputError):
        statements.confirm(statement_id=row.pk, now=NOW)
    with cast.everyone():
        assert Payment.objects.count() == 0


def test_amounts_as_indonesians_write_them_are_read_and_one_line_that_is_not_is_told(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    lines = [
        f"No. Rekening;{ACCOUNT}", "Mata Uang;IDR", "Periode;21/11/2026 - 21/11/2026", "",
        "Tanggal;Keterangan;No. Referensi;Debet;Kredit",
        f"21/11/2026;IURAN VA {code(bill)};SB26112100001;;1.000.000,00",
        f"21/11/2026;IURAN VA {code(bill)};SB26112100002;;2.000.000,50",
        f"21/11/2026;IURAN VA {code(bill)};SB26112100003;;3.000,00",
    ]  # fmt: skip
    row = sent("\r\n".join(lines).encode(), two[0], "mutasi.csv")
    assert (row.state, row.error, row.proven) == ("ready", "", False)
    assert [(one.kind, one.row) for one in queries.problems(row)] == [("amount_fraction", 7)]
    row = booked(row, two[1])
    with cast.everyone():
        assert sorted(Payment.objects.values_list("amount_rupiah", flat=True)) == [3_000, 1_000_000]


def test_only_the_head_office_sends_statements(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        officer = cast.user("petugas", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.as_user(officer), pytest.raises(Refused):
        statements.send(content=b"x", file_name="x")
    row = sent(write_camt053(told(entry(1, 5))), two[0])
    with cast.as_user(officer):
        assert Statement.objects.count() == 0
        with pytest.raises(Refused):
            statements.confirm(statement_id=row.pk, now=NOW)


def test_one_notice_that_the_books_refuse_keeps_the_others(two: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be allocated waits; the rows beside it are allocated as always."""
    from jamsostek.collection.actions.payments import taking
    from jamsostek.ledger.errors import LedgerRefused

    with cast.everyone():
        made = [billed(firm(1)) for _at in range(5)]
    real, broken = taking.write, made[2].pk

    def write(events: Any, days: Any, **more: Any) -> None:
        if any(use.bill.id == broken for one in events for use in one.uses):
            raise LedgerRefused("ledger_not_overdrawn", "cash:jkk")
        real(events, days, **more)

    monkeypatch.setattr(taking, "write", write)
    lines = [entry(at, bill.total_rupiah, code(bill)) for at, bill in enumerate(made, 1)]
    row = booked(sent(write_camt053(told(*lines)), two[0]), two[1])
    assert row.state == "done"
    with cast.everyone():
        states = queries.bill_states([one.pk for one in made], TODAY)
        assert [states[one.pk].standing == "paid" for one in made] == [True, True, False, True, True]
        [waiting] = queries.told_of(list(queries.waiting(known=True)))
        assert waiting.rupiah == made[2].total_rupiah
