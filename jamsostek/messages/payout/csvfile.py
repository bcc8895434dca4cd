"""Orders and answers as CSV, for a bank that takes no ISO 20022. The layout is our own: no bank publishes one for all.

Order: lines `label;value` that say what the batch is; a blank line; a row of titles; a row for each transfer. Amounts are
digits alone. Text is in the bank's letters, and a cell that a spreadsheet would run begins with an apostrophe
(`tables.neutral`).

Answer: lines `Nomor Jawaban`, `Nomor Berkas` and, where the bank writes it, `Banyak Transfer`; a row of titles; a row for
each transfer: No. Acuan, Status and, where the bank has them, Kode Alasan, Alasan, Referensi Bank, Tanggal Buku, Jumlah.
Titles and words for a status are known in Indonesian and English; between cells stands `;`, `,` or a tab. A file that does
not say how many transfers it has can lose its end unseen.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Sequence

from jamsostek.messages.bank.csvfile import decoded
from jamsostek.messages.bank.days import day
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CSV, LARGEST_RUPIAH
from jamsostek.messages.bank.texts import clean
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payout.letters import fold
from jamsostek.messages.payout.outcomes import Outcomes
from jamsostek.messages.payout.records import (
    ACCEPTED,
    PENDING,
    REJECTED,
    RETURNED,
    SETTLED,
    Answer,
    Batch,
    Outcome,
    Transfer,
    status_of,
)
from jamsostek.messages.payout.refusals import damaged, differs, no_table, unreadable
from jamsostek.messages.tables.neutral import neutral, original
from jamsostek.messages.tables.titles import HEADER_ROWS, normal

_TITLES = ("No.", "No. Acuan", "Kode Bank", "No. Rekening", "Nama Penerima", "Jumlah", "Kode Tujuan", "Berita")
_DELIMITERS = ";,\t"
_LONGEST_CELL = 2_000


# --- written ----------------------------------------------------------------------------------------------------------


def write_csv(batch: Batch) -> bytes:
    """The order, UTF-8, `;` between cells."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for label, value in (
        ("Nomor Berkas", batch.message_id),
        ("Waktu Dibuat", batch.made_at.isoformat()),
        ("Tanggal Bayar", f"{batch.pay_on:%d/%m/%Y}"),
        ("Nama Pengirim", fold(batch.debtor_name)),
        ("Bank Pengirim", batch.debtor_bank),
        ("Rekening Pengirim", batch.debtor_account),
        ("Mata Uang", "IDR"),
        ("Banyak Transfer", str(batch.count)),
        ("Jumlah Seluruhnya", str(batch.total_rupiah)),
    ):
        rows.writerow([label, neutral(value)])
    rows.writerow([])
    rows.writerow(_TITLES)
    rows.writerows(_row(number, transfer) for number, transfer in enumerate(batch.transfers, 1))
    return out.getvalue().encode("utf-8")


def _row(number: int, transfer: Transfer) -> list[str]:
    cells = (
        str(number),
        transfer.end_to_end_id,
        transfer.creditor_bank,
        transfer.creditor_account,
        fold(transfer.creditor_name),
        str(transfer.amount_rupiah),
        transfer.purpose,
        fold(transfer.text),
    )
    return [neutral(cell) for cell in cells]


# --- read -------------------------------------------------------------------------------------------------------------

_COLUMNS = {
    "end_to_end_id": "nomor acuan; nomor acuan transfer; end to end id; endtoendid; customer reference; referensi nasabah",
    "status": "status; status transfer; status transaksi; hasil; result",
    "reason_code": "kode alasan; reason code; kode sebab",
    "reason": "alasan; sebab; keterangan; reason; remark; remarks",
    "reference": "referensi bank; nomor referensi bank; nomor referensi; bank reference; reference number",
    "booked_on": "tanggal buku; tanggal pembukuan; booking date; tanggal",
    "amount": "jumlah; nominal; amount",
}
_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names.split("; ")}
_HEADINGS = {
    "nomor jawaban": "message_id",
    "answer number": "message_id",
    "nomor berkas": "original_message_id",
    "file number": "original_message_id",
    "banyak transfer": "count",
    "number transfers": "count",
}
_WORDS = {
    ACCEPTED: "diterima; accepted; disetujui",
    PENDING: "menunggu; pending; diproses; dalam proses; processing; in process",
    REJECTED: "ditolak; rejected; gagal; failed",
    SETTLED: "dibayar; settled; berhasil; sukses; success; successful; selesai; paid",
    RETURNED: "dikembalikan; retur; returned; return",
}
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split("; ")}
_AMOUNT = re.compile(r"([1-9][0-9]{0,15})(?:[.,]00)?")
"""No marks between thousands: `1.000` could be one rupiah."""


def read_csv_answer(content: bytes) -> Answer:
    """The answer, for bytes we trust; a stranger's: `reader.read_answer`. Raises `FileUnreadable`."""
    rows, header = _table(content)
    fields = [_FIELDS.get(_plain(title), "") for title in rows[header]]
    told = _headings(rows[:header])
    outcomes = Outcomes()
    count = 0
    for row, cells in enumerate(rows[header + 1 :], header + 2):
        if any(cell.strip() for cell in cells):
            count += 1
            _take(outcomes, row, dict(zip(fields, map(_cell, cells), strict=False)))
    if told.get("count", str(count)) != str(count):
        raise _wrong_count(told["count"], count)
    return Answer(
        kind=CSV,
        message_id=told.get("message_id") or f"CSV-{hashlib.sha256(content).hexdigest()[:16]}",
        original_message_id=told.get("original_message_id", ""),
        status=status_of(outcome.status for outcome in outcomes.believed),
        outcomes=outcomes.believed,
        problems=tuple(outcomes.problems),
    )


def _table(content: bytes) -> tuple[list[list[str]], int]:
    """The rows, and which of them holds the titles. Raises `FileUnreadable`."""
    text = decoded(content)
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise damaged(str(error)) from None
        for at, cells in enumerate(rows[:HEADER_ROWS]):
            if {"end_to_end_id", "status"} <= {_FIELDS.get(_plain(cell)) for cell in cells}:
                return rows, at
    raise no_table(next((line for line in text.splitlines() if line.strip()), ""))


def _plain(title: str) -> str:
    return normal(title[:_LONGEST_CELL])


def _cell(cell: str) -> str:
    """A cell's text, without the apostrophe that keeps it from running."""
    return clean(original(cell.strip()[:_LONGEST_CELL]))


def _headings(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What the lines above the table say; the first of each counts."""
    told: dict[str, str] = {}
    for cells in rows:
        filled = [cell for cell in map(_cell, cells) if cell]
        if len(filled) > 1 and (name := _HEADINGS.get(_plain(filled[0].rstrip(" :")))):
            told.setdefault(name, filled[1])
    return told


def _wrong_count(declared: str, count: int) -> FileUnreadable:
    if not re.fullmatch(r"[0-9]{1,15}", declared):
        return unreadable("Banyak Transfer", declared)
    return differs("Banyak Transfer", int(declared), count)


def _take(outcomes: Outcomes, row: int, cells: dict[str, str]) -> None:
    """One line of the table."""
    id, written = cells.get("end_to_end_id", ""), cells.get("status", "")
    status = _STATUSES.get(written.lower())
    if not id:
        outcomes.tell("transfer_unnamed", row, "end_to_end_id", "")
    elif status is None:
        outcomes.tell("status_unknown", row, "status", written)
    else:
        outcomes.add(
            row,
            Outcome(
                end_to_end_id=id,
                status=status,
                reason_code=cells.get("reason_code", "").upper(),
                reason=cells.get("reason", ""),
                reference=cells.get("reference", ""),
                booked_on=_day(outcomes, row, cells.get("booked_on", "")),
                amount_rupiah=_amount(outcomes, row, cells.get("amount", "")),
            ),
        )


def _day(outcomes: Outcomes, row: int, written: str) -> dt.date | None:
    try:
        return day(written, row, None) if written else None
    except (Unread, FileUnreadable):
        outcomes.tell("day_not_told", row, "booked_on", written)
        return None


def _amount(outcomes: Outcomes, row: int, written: str) -> int | None:
    found = _AMOUNT.fullmatch(written)
    if found and int(found[1]) <= LARGEST_RUPIAH:
        return int(found[1])
    if written:
        outcomes.tell("amount_not_told", row, "amount", written)
    return None
