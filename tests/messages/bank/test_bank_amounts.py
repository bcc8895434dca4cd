"""Money as text: whole rupiah, and no thousandfold error."""

from __future__ import annotations

from itertools import product

import pytest
from bank_statements import refusal
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.messages.bank.amounts import Style, plain_rupiah, rupiah, style_of, take_apart
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.limited import FileUnreadable


def styled(*texts: str) -> Style:
    """The style of a table of these amounts."""
    return style_of((row, take_apart(text, "amount")) for row, text in enumerate(texts, 1))


def read(text: str, *others: str) -> int:
    """The rupiah of an amount in a table with others."""
    return rupiah(take_apart(text, "amount"), styled(text, *others), "amount")


@pytest.mark.parametrize(
    "text",
    [
        *("1.000.000,00", "1,000,000.00", "1000000", "Rp 1.000.000", "Rp1.000.000,00", "IDR 1,000,000.00", "1000000.00"),
        *("1.000.000,00 CR", "1,000,000.00 DB", "Rp. 1.000.000,-", "+1.000.000,00", "1.000.000,00 K", "1000000,0"),
    ],
)
def test_the_ways_banks_write_a_million(text: str) -> None:
    assert read(text) == 1_000_000


@pytest.mark.parametrize(
    ("text", "credit", "negative"),
    [
        ("5 CR", True, False),
        ("5 DB", False, False),
        ("DB 5", False, False),
        ("-5", None, True),
        ("(5)", None, True),
        ("5-", None, True),
        ("Rp -5", None, True),
        ("Rp 5.000,-", None, False),
        ("-Rp 5.000,-", None, True),
    ],
)
def test_marks_and_signs_are_told_apart(text: str, credit: bool | None, negative: bool) -> None:
    written = take_apart(text, "amount")
    assert (written.credit, written.negative) == (credit, negative)


def test_a_doubtful_amount_is_decided_by_the_others() -> None:
    assert read("1.000", "2.000,00") == 1_000
    assert read("1,000", "7.50") == 1_000
    for text, other in (("1.000", "2,000.00"), ("1,000", "12.500.000")):
        with pytest.raises(Unread):
            read(text, other)


def test_a_doubtful_amount_alone_is_refused() -> None:
    for texts in (("1.000",), ("1,000", "2,500"), ("1.000", "2000"), ("1.000", "1,000")):
        with pytest.raises(FileUnreadable, match="ribuan atau pecahan"):
            styled(*texts)


def test_amounts_that_contradict_each_other_are_refused_with_both_rows() -> None:
    with pytest.raises(FileUnreadable, match="1\\.000,00 di baris 1 dan 1,000\\.00 di baris 2"):
        styled("1.000,00", "1,000.00")


def test_balances_decide_too() -> None:
    table = "Rekening;1234567890\nTanggal;Keterangan;Kredit;Saldo\n03/11/2025;A;1.000;{}\n"
    assert parse_statement(table.format("5.001.000").encode()).entries[0].amount_rupiah == 1_000
    assert refusal(table.format("5.001").encode()).kind == "style"


@pytest.mark.parametrize("text", ["1.000.000,50", "1,000,000.01", "1000000.5"])
def test_sen_are_refused(text: str) -> None:
    with pytest.raises(Unread) as caught:
        read(text)
    assert caught.value.kind == "amount_fraction"


@pytest.mark.parametrize(
    "text", ["", "banyak", "1e6", "1.00.000", "1,0000,000", "١٢٣", "--5", ".5", "5 USDX", "(5", "0x10", "1_000", "9" * 70]
)
def test_what_is_no_amount_is_named(text: str) -> None:
    with pytest.raises(Unread) as caught:
        read(text, "1.000,00")
    assert caught.value.kind == "amount_unreadable"


def test_more_than_all_funds_together_is_no_amount() -> None:
    for text in ("1.000.000.000.000.001", "9" * 40):
        with pytest.raises(Unread) as caught:
            read(text, "1,00")
        assert caught.value.kind == "amount_too_large"


@pytest.mark.parametrize("text", ["1.000,00", "1e5", "-1", "1.000.000", "0x1", "1 000", ""])
def test_standards_know_one_mark_only(text: str) -> None:
    with pytest.raises(Unread):
        plain_rupiah(text, "Amt")


@given(st.lists(st.integers(0, 10**15), min_size=1), st.sampled_from(Style), st.booleans())
def test_what_is_written_in_one_style_is_read_in_it(amounts: list[int], style: Style, grouped: bool) -> None:
    texts = [f"{amount:,}.00" if grouped else f"{amount}.00" for amount in amounts]
    if style is Style.COMMA:
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    assert [read(text, *texts) for text in texts] == amounts


@given(st.text(max_size=12), st.sampled_from(Style))
def test_no_text_is_read_as_two_amounts(text: str, style: Style) -> None:
    """Whatever is read at all is whole rupiah, and the other style reads the same or nothing, or the text alone is doubtful."""
    try:
        written = take_apart(text, "amount")
        here = rupiah(written, style, "amount")
    except Unread:
        return
    assert isinstance(here, int)
    try:
        styled(text)
    except FileUnreadable:
        return
    for other in Style:
        try:
            assert rupiah(written, other, "amount") == here
        except Unread as unread:
            assert unread.kind in ("amount_unreadable", "amount_fraction")


def test_every_amount_of_up_to_seven_signs_means_one_thing() -> None:
    """All texts of the signs 0 1 . , up to seven long: read alone they are refused, unreadable, or plain."""
    for length in range(1, 8):
        for signs in product("01.,", repeat=length):
            text = "".join(signs)
            try:
                found = read(text)
            except (Unread, FileUnreadable):
                continue
            whole = text.rstrip(".,")
            for mark in ".,":
                head, divided, tail = whole.rpartition(mark)
                if divided and len(tail) < 3:
                    whole = head
                    break
            assert found == int(whole.replace(".", "").replace(",", "")), text
