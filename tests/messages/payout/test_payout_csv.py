"""Orders and answers as CSV: nothing in them runs in a spreadsheet, and nothing in them is guessed."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import assume, given, settings
from payout_batches import batch, batches, in_bank_letters, refused, transfer

from jamsostek.messages.payout.csvfile import write_csv
from jamsostek.messages.payout.letters import fold
from jamsostek.messages.payout.reader import parse_answer, read_answer
from jamsostek.messages.payout.records import ACCEPTED, PARTIAL, PENDING, REJECTED, RETURNED, SETTLED, Batch, Outcome
from jamsostek.messages.tables.neutral import original, runs

ANSWER = """Nomor Jawaban;ANS-1
Nomor Berkas;PAY-20251103-01
Banyak Transfer;4

No. Acuan;Status;Kode Alasan;Alasan;Referensi Bank;Tanggal Buku;Jumlah
JHT-1;Berhasil;;;BK0001;04/11/2025;1000000
JHT-2;Ditolak;ac04;Rekening ditutup;;;500
JHT-3;Menunggu;;;;;
JHT-4;Diterima;;;;;7,00
"""


def table(content: bytes) -> tuple[dict[str, str], list[list[str]]]:
    """The head and the rows of an order, as a bank's programme reads them."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
    at = rows.index([])
    return {label: original(value) for label, value in rows[:at]}, [[original(cell) for cell in row] for row in rows[at + 2 :]]


@given(batches())
@settings(max_examples=60, deadline=None)
def test_any_order_says_the_same_as_csv(drawn: Batch) -> None:
    # `tables.neutral.original` takes one quote too many off a text that begins with two before a sign; no name does.
    assume(not any(fold(text).startswith("''") for one in drawn.transfers for text in (one.creditor_name, one.text)))
    content = write_csv(drawn)
    head, rows = table(content)
    expected = in_bank_letters(drawn)
    assert [head[name] for name in ("Nomor Berkas", "Banyak Transfer", "Jumlah Seluruhnya")] == [
        drawn.message_id, str(drawn.count), str(drawn.total_rupiah),
    ]  # fmt: skip
    assert [(row[1], row[2], row[3], row[4], int(row[5]), row[6], row[7]) for row in rows] == [
        (one.end_to_end_id, one.creditor_bank, one.creditor_account, one.creditor_name, one.amount_rupiah, one.purpose, one.text)
        for one in expected.transfers
    ]
    assert write_csv(drawn) == content


@given(batches())
@settings(max_examples=60, deadline=None)
def test_no_cell_of_an_order_runs_in_a_spreadsheet(drawn: Batch) -> None:
    for row in csv.reader(io.StringIO(write_csv(drawn).decode(), newline=""), delimiter=";"):
        assert not any(runs(cell) for cell in row)


def test_what_would_run_is_text() -> None:
    content = write_csv(batch(transfer(creditor_name="=cmd|' /C calc'!A0", text="+62 dan -1+1")))
    assert b";cmd ' /C calc' A0;" in content
    assert b";'+62 dan -1+1" in content


# --- answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_is_read_and_the_child_reads_the_same() -> None:
    read = parse_answer(ANSWER.encode())
    assert read.outcomes == (
        Outcome("JHT-1", SETTLED, "", "", "BK0001", dt.date(2025, 11, 4), 1_000_000),
        Outcome("JHT-2", REJECTED, "AC04", "Rekening ditutup", "", None, 500),
        Outcome("JHT-3", PENDING),
        Outcome("JHT-4", ACCEPTED, amount_rupiah=7),
    )
    assert (read.kind, read.message_id, read.original_message_id, read.status) == ("csv", "ANS-1", "PAY-20251103-01", PARTIAL)
    assert (read.problems, read.whole) == ((), True)
    assert read_answer(ANSWER.encode(), "jawaban.csv") == read


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_and_codings_of_spreadsheets_are_known(mark: str, coding: str) -> None:
    text = ANSWER.replace("7,00", "7").replace(";", mark).replace("\n", "\r\n")
    assert len(parse_answer(text.encode(coding)).outcomes) == 4


def test_english_titles_are_known() -> None:
    read = parse_answer(b"End to End ID,Status,Reason Code\r\nJHT-1,Rejected,AC01\r\nJHT-2,Success,\r\n")
    assert [(one.status, one.reason_code) for one in read.outcomes] == [(REJECTED, "AC01"), (SETTLED, "")]


def test_a_file_without_a_number_has_one_of_its_own_bytes() -> None:
    nameless = ANSWER.replace("Nomor Jawaban;ANS-1\n", "")
    first, second = parse_answer(nameless.encode()), parse_answer(nameless.replace("500", "501").encode())
    assert first.message_id.startswith("CSV-")
    assert first.message_id != second.message_id
    assert first.message_id == parse_answer(nameless.encode()).message_id


@pytest.mark.parametrize(
    ("old", "new", "kind", "row"),
    [
        ("JHT-3;Menunggu", ";Menunggu", "transfer_unnamed", 8),
        ("Menunggu", "Hmm", "status_unknown", 8),
        ("Menunggu", "", "status_unknown", 8),
        ("JHT-3;Menunggu", "JHT-1;Menunggu", "status_differs", 8),
        ("04/11/2025", "kemarin", "day_not_told", 6),
        ("04/11/2025", "11/23/2025", "day_not_told", 6),
        ("1000000", "1.000", "amount_not_told", 6),
        ("1000000", "10,50", "amount_not_told", 6),
        ("1000000", "9" * 16, "amount_not_told", 6),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_row(old: str, new: str, kind: str, row: int) -> None:
    read = parse_answer(ANSWER.replace(old, new).encode())
    assert [(one.kind, one.row) for one in read.problems] == [(kind, row)]
    assert read.problems[0].remedy


def test_an_amount_with_marks_between_thousands_is_not_taken_for_another() -> None:
    read = parse_answer(ANSWER.replace("1000000", "1.000").encode())
    assert (read.outcomes[0].status, read.outcomes[0].amount_rupiah, read.whole) == (SETTLED, None, True)


def test_a_transfer_may_leave_and_come_back_in_one_answer() -> None:
    both = ANSWER.replace("JHT-3;Menunggu", "JHT-1;Dikembalikan")
    assert [one.status for one in parse_answer(both.encode()).outcomes if one.end_to_end_id == "JHT-1"] == [SETTLED, RETURNED]


def test_an_answer_that_lost_its_end_is_refused_where_it_says_how_long_it_is() -> None:
    assert refused(lambda: parse_answer(ANSWER.rpartition("JHT-4")[0].encode()), kind="sums").field == "Banyak Transfer"
    refused(lambda: parse_answer(ANSWER.replace("Transfer;4", "Transfer;banyak").encode()), kind="form")


def test_a_quote_that_keeps_a_cell_from_running_is_taken_off() -> None:
    read = parse_answer(ANSWER.replace("Rekening ditutup", "'=1+1").encode())
    assert read.outcomes[1].reason == "=1+1"


@pytest.mark.parametrize("content", [b"halo", b"a;b;c\n1;2;3\n", ANSWER.replace("Status", "Hasilnya").encode(), b'"' * 5_000])
def test_a_table_without_the_titles_of_an_answer_is_refused(content: bytes) -> None:
    refused(lambda: parse_answer(content), kind="no_header")
