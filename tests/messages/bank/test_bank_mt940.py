"""MT940 as banks send it: pages, envelopes, reversals, and files cut or wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from bank_statements import DAY, MAJU, SARI, THREE, refusal

from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.records import Entry
from jamsostek.messages.bank.write import write_mt940

GOOD = write_mt940(THREE)


def message(*lines: str, opening: str = "C251103IDR0,", closing: str = "C251103IDR0,", head: str = "") -> bytes:
    """A message around lines written by hand."""
    return "\r\n".join(
        (f"{head}:20:S1", ":25:1234567890", ":28C:1/1", f":60F:{opening}", *lines, f":62F:{closing}", "-")
    ).encode()


def one(line: str, closing: str, *details: str) -> Entry:
    """The only entry of a message."""
    (entry,) = parse_statement(message(line, *details, closing=closing)).entries
    return entry


def test_the_banks_reference_names_an_entry_and_the_customers_may_be_its_code() -> None:
    entry = one(f":61:2511031103C1008000,00NTRF{MAJU}//BANKREF00001", "C251103IDR1008000,")
    assert (entry.reference, entry.code, entry.amount_rupiah, entry.row) == ("BANKREF00001", MAJU, 1_008_000, 5)


def test_without_the_banks_reference_only_one_made_by_a_machine_counts() -> None:
    assert one(":61:251103C10,NTRF2025110300017", "C251103IDR10,").reference == "2025110300017"
    assert one(":61:251103C10,NTRFNONREF", "C251103IDR10,").reference.startswith("H-")
    assert one(":61:251103C10,NTRFINV 11", "C251103IDR10,").reference.startswith("H-")
    assert one(f":61:251103C10,NTRF{MAJU}", "C251103IDR10,").reference.startswith("H-"), "a payment code is paid more than once"


@pytest.mark.parametrize(("mark", "signed"), [("C", 10), ("CR", 10), ("D", -10), ("DR", -10), ("RC", -10), ("RD", 10)])
def test_reversals_and_the_letter_of_the_currency_go_the_right_way(mark: str, signed: int) -> None:
    closing = f"{'C' if signed > 0 else 'D'}251103IDR10,"
    assert one(f":61:251103{mark}10,NTRFNONREF//BANKREF1", closing).signed_rupiah == signed


def test_an_entry_date_may_lie_in_the_next_or_the_last_year() -> None:
    late = one(":61:2512310102C10,NTRFNONREF//BANKREF1", "C260102IDR10,")
    assert (late.valued_on, late.booked_on) == (dt.date(2025, 12, 31), dt.date(2026, 1, 2))
    early = one(":61:2601021231C10,NTRFNONREF//BANKREF1", "C260102IDR10,")
    assert (early.valued_on, early.booked_on) == (dt.date(2026, 1, 2), dt.date(2025, 12, 31))


def test_a_code_cut_by_the_width_of_a_line_is_whole_again() -> None:
    text = "PEMBAYARAN IURAN BULAN NOVEMBER OLEH PT MAJU JAYA ABADI KODE " + SARI
    lines = (f":86:{text[:65]}", text[65:])
    assert len(text[:65]) == 65
    assert one(":61:251103C10,NTRFNONREF//BANKREF1", "C251103IDR10,", *lines).code == SARI


def test_supplementary_details_are_part_of_the_text() -> None:
    entry = one(":61:251103C10,NTRFNONREF//BANKREF1", "C251103IDR10,", "CABANG SIDOARJO", ":86:SETORAN TUNAI")
    assert entry.text == "SETORAN TUNAI CABANG SIDOARJO"


def test_pages_of_one_statement_are_joined() -> None:
    first = message(":61:251103C10,NTRFNONREF//BANKREF1", closing="C251103IDR10,").replace(b":62F:", b":62M:")
    second = message(":61:251103C5,NTRFNONREF//BANKREF2", opening="C251103IDR10,", closing="C251103IDR15,").replace(
        b":60F:", b":60M:"
    )
    read = parse_statement(first + b"\r\n" + second)
    assert ([e.amount_rupiah for e in read.entries], read.opening_rupiah, read.closing_rupiah) == ([10, 5], 0, 15)
    assert (refusal(first).kind, refusal(first).field) == ("cut", ":62F:")
    assert refusal(first + b"\r\n" + second.replace(b"IDR10,", b"IDR11,").replace(b"IDR15,", b"IDR16,")).kind == "gap"


def test_the_envelope_of_the_network_is_passed_over() -> None:
    enveloped = message(
        ":61:251103C10,NTRFNONREF//BANKREF1", closing="C251103IDR10,", head="{1:F01BANKIDJAXXXX0000000000}{2:I940XXXXN}{4:\r\n"
    )
    assert len(parse_statement(enveloped.rstrip() + b"}{5:{CHK:1}}\r\n").entries) == 1


def test_an_account_is_its_number_without_bank_and_currency() -> None:
    for written in (b":25:BANKIDJA/1234567890", b":25:1234567890IDR", b":25P:123-456-7890"):
        assert parse_statement(GOOD.replace(b":25:1234567890", written)).account == "1234567890"


# --- single lines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (b"C1008000,00N", b"C1008000,50N", "amount_fraction"),
        (b"C1008000,00N", b"CbanyakN", "line_unreadable"),
        (b"C1008000,00N", b"X1008000,00N", "line_unreadable"),
        (b":61:2511031103C1008000", b":61:2511311103C1008000", "date_impossible"),
        (b":61:2511031103C1008000", b":61:2511031331C1008000", "date_impossible"),
    ],
)
def test_a_bad_line_is_named_by_its_line_and_the_others_are_read(old: bytes, new: bytes, kind: str) -> None:
    assert old in GOOD
    read = parse_statement(GOOD.replace(old, new, 1))
    assert [(problem.kind, problem.row) for problem in read.problems] == [("not_whole", None), (kind, 5)]
    assert [one.amount_rupiah for one in read.entries] == [250_000_000, 6_500]
    assert read.unread_rupiah == 1_008_000


def test_what_is_only_expected_is_told_and_not_counted() -> None:
    read = parse_statement(message(":61:251103EC10,NTRFNONREF//BANKREF1"))
    assert ([problem.kind for problem in read.problems], read.entries, read.whole) == (["pending"], (), True)


# --- whole files ------------------------------------------------------------------------------------------------------


def test_a_file_cut_at_any_line_is_refused() -> None:
    lines = GOOD.split(b"\r\n")[:-1]
    assert lines[-1].startswith(b":62F:")
    for end in range(1, len(lines)):
        error = refusal(b"\r\n".join(lines[:end]))
        assert (error.kind, error.field) == ("cut", ":62F:")


def test_a_closing_balance_cut_in_its_figures_does_not_add_up() -> None:
    assert refusal(GOOD.rstrip()[:-6]).kind == "totals"


def test_the_next_message_may_not_begin_before_the_closing_balance() -> None:
    error = refusal(GOOD.replace(b":62F:", b":99X:") + GOOD)
    assert (error.kind, error.field, error.row) == ("cut", ":62F:", GOOD.count(b"\r\n") + 1)


def test_wrong_totals_are_refused_at_the_closing_balance() -> None:
    error = refusal(GOOD.replace(b"C1008000,00", b"C1008001,00"))
    assert (error.kind, error.row) == ("totals", GOOD[: GOOD.index(b":62F:")].count(b"\r\n") + 1)


def test_foreign_money_is_refused_by_name() -> None:
    error = refusal(GOOD.replace(b"C251103IDR", b"C251103EUR"))
    assert (error.kind, error.value, error.row) == ("currency", "EUR", 4)


def test_declared_sums_must_be_true() -> None:
    honest = message(":61:251103C10,NTRFNONREF//BANKREF1", ":90C:1IDR10,", closing="C251103IDR10,")
    assert len(parse_statement(honest).entries) == 1
    for false in (b":90C:2IDR10,", b":90C:1IDR11,"):
        assert refusal(honest.replace(b":90C:1IDR10,", false)).kind == "sums"


@pytest.mark.parametrize("written", ["C251103IDR1,50", "C251103IDR", "C251331IDR0,", "X251103IDR0,", ""])
def test_an_opening_balance_that_is_none_is_refused(written: str) -> None:
    error = refusal(message(opening=written))
    assert (error.kind in ("balance", "head"), error.field, error.row) == (True, "opening", 4)


def test_lines_outside_the_balances_are_refused() -> None:
    line = b":61:251103C10,NTRFNONREF//BANKREF1\r\n"
    assert refusal(GOOD.replace(b":60F:", line + b":60F:")).kind == "damaged"
    assert refusal(GOOD + line).kind == "damaged"


def test_days_of_the_statement_are_those_of_its_balances() -> None:
    read = parse_statement(message(opening="C251101IDR0,", closing="C251130IDR0,"))
    assert (read.from_date, read.to_date) == (dt.date(2025, 11, 1), dt.date(2025, 11, 30))
    assert parse_statement(GOOD).from_date == DAY
