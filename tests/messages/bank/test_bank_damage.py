"""Whatever the bytes: a statement that adds up, or a refusal with a way out; never another error, never money out of nothing."""

from __future__ import annotations

import time

import pytest
from bank_statements import MAJU, THREE, statements
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.messages.bank.reader import parse_statement, read_statement
from jamsostek.messages.bank.records import FORMATS, Statement
from jamsostek.messages.bank.write import write_camt053, write_csv, write_mt940
from jamsostek.messages.limited import FileUnreadable

WRITERS = {"camt053": write_camt053, "mt940": write_mt940, "csv": write_csv}
PIECES = [
    b"", b"\0", b"-", b":", b";", b",", b".", b"'", b'"', b"<", b">", b"&#0;", b"]]>", b"9", b"0", b" ", b"\r\n", b"\n",
    b":20:X\r\n", b":61:", b":62F:", b":86:", b"Saldo Akhir", b"</Ntry>", b"\xff", b"\xe2\x80", b"1.000",
    b"DBIT", b"32/13/2025", b"251331", b"&amp;", b"&x;", b"<!--", b"NaN", b"1e9", b"\xef\xbb\xbf", b"Total", b"PEND",
    b"CR", b"DB", b"-}", b"<Ntry>", b"USD", b"IDR", b"1,000",
]  # fmt: skip


def read_or_refused(content: bytes) -> Statement | None:
    """The statement, or None where it was refused as it should be."""
    try:
        read = parse_statement(content, "mutasi-1234567890.csv")
    except FileUnreadable as error:
        assert error.kind
        assert error.remedy
        assert str(error)
        return None
    adds_up(read)
    return read


def adds_up(read: Statement) -> None:
    """What every statement promises."""
    assert read.format in FORMATS
    assert read.currency == "IDR"
    assert len({one.reference for one in read.entries}) == len(read.entries)
    assert all(one.amount_rupiah > 0 and one.reference and len(one.code) in (0, 15) for one in read.entries)
    assert all(read.from_date <= one.booked_on <= read.to_date for one in read.entries)
    assert read.unread_rupiah in (None, 0) or any(problem.kind == "not_whole" for problem in read.problems)
    for language in LANGUAGES:
        with speaking(language):
            assert all(problem.message and problem.expected and problem.remedy for problem in read.problems)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes(content: bytes) -> None:
    read_or_refused(content)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    read_or_refused(text.encode("utf-8", "replace"))


@pytest.mark.parametrize("format", WRITERS)
@given(drawn=statements(), data=st.data())
@settings(max_examples=120)
def test_any_damage_to_a_good_file(format: str, drawn: Statement, data: st.DataObject) -> None:
    content = WRITERS[format](drawn)
    for _change in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from((0, 1, 2, 5, 40)))
        content = content[:start] + data.draw(st.sampled_from(PIECES)) + content[start + length :]
    read_or_refused(content)


@pytest.mark.parametrize("format", WRITERS)
def test_one_changed_figure_never_changes_the_money_unseen(format: str) -> None:
    """Every digit of the file made 0 and made one more: amounts and directions stay as they were, or it is told."""
    content = WRITERS[format](THREE)
    right = [one.signed_rupiah for one in THREE.entries]
    seen = 0
    for at in (at for at, sign in enumerate(content) if 48 <= sign <= 57):
        for digit in {b"0"[0], 48 + (content[at] - 47) % 10}:
            read = read_or_refused(content[:at] + bytes([digit]) + content[at + 1 :])
            seen += read is not None
            if read is not None and read.whole and (read.opening_rupiah, read.closing_rupiah) == (5_000_000, 256_001_500):
                assert sorted(one.signed_rupiah for one in read.entries) == sorted(right)
    assert seen > 50


@pytest.mark.parametrize(
    ("format", "begins", "ends"), [("mt940", b":61:", b"\n:"), ("csv", b"03/11", b"\n"), ("camt053", b"<Ntry>", b"</Ntry>")]
)
def test_a_line_that_stands_twice_or_not_at_all_is_noticed(format: str, begins: bytes, ends: bytes) -> None:
    content = WRITERS[format](THREE)
    start = content.index(b"\n03/11") + 1 if format == "csv" else content.index(begins)
    end = content.index(ends, start) + (1 if format == "mt940" else len(ends))
    assert read_or_refused(content[:end] + content[start:end] + content[end:]) is None
    assert read_or_refused(content[:start] + content[end:]) is None


CELLS = [
    "", "-", " ", "'", "0", "0,00", "1.000", "1.000,00", "1,000.00", "-5,00", "5,00 DB", "CR", "DB", "X", "USD 5", "9" * 20,
    "03/11/2025", "'03/11", "31/11/2025", "11/13/2025", "PEND", "SALDO AWAL", "Saldo Akhir", "TOTAL", "BIAYA ADM", MAJU,
    "Tanggal", "Kredit", "1234567890", "#REF!",
]  # fmt: skip
TITLES = [
    "Tanggal",
    "Keterangan",
    "Debet",
    "Kredit",
    "Jumlah",
    "D/K",
    "Saldo",
    "No. Referensi",
    "Kode Bayar",
    "Mata Uang",
    "",
    "No. Rekening",
]


@given(st.permutations(TITLES), st.integers(3, 11), st.data())
@settings(max_examples=150)
def test_any_table_is_read_told_or_refused(titles: list[str], width: int, data: st.DataObject) -> None:
    row = st.lists(st.sampled_from(CELLS), max_size=width)
    above, below = data.draw(st.lists(row, max_size=3)), data.draw(st.lists(row, max_size=6))
    rows = [*above, titles[:width], *below]
    read_or_refused("\n".join(";".join(cells) for cells in rows).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"Tanggal;Keterangan;Kredit\n1" + b" " * 100_000 + b"x;A;5,00\n",
        b"(" * 100_000 + b";Tanggal;Keterangan;Kredit\n03/11/2025;A;5,00\n",
        b"Saldo Awal " + b"(" * 100_000 + b"\nTanggal;Keterangan;Kredit\n03/11/2025;A;5,00\n",
        b"Periode;" + b"jan    -" * 12_000 + b"\nTanggal;Keterangan;Kredit\n03/11/2025;A;5,00\n",
        b"Tanggal;Keterangan;Kredit\n03/11/2025;A;5,00\n" + b";" + b"x" * 900 + b";\n" * 20_000,
        b":20:X\n" + b"{1:" * 100_000,
        b":20:X\n:25:1\n:60F:C251103IDR0,\n:61:251103C5,NTRF" + b"/" * 100_000,
        b"<a>" * 50_000,
        b"<" + b" a='1'" * 50_000,
    ],
)
def test_what_is_made_to_keep_us_busy_does_not(content: bytes) -> None:
    begun = time.process_time()
    read_or_refused(content)
    assert time.process_time() - begun < 2


def test_problems_come_whole_out_of_the_child_process() -> None:
    damaged = write_mt940(THREE).replace(b"C1008000,00", b"C1008000,50").replace(b":61:2511031103D", b":61:2511311103D")
    assert [problem.kind for problem in parse_statement(damaged).problems] == ["not_whole", "amount_fraction", "date_impossible"]
    assert read_statement(damaged) == parse_statement(damaged)
    with speaking("en"):
        assert "1,001,500" in parse_statement(damaged).problems[0].expected
