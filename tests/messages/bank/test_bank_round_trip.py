"""What we write we read back, entry by entry; and what we write is what others understand by these formats."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import import_module

import mt940
import pytest
from bank_statements import ANY_TEXTS, DAY, MAJU, THREE, entry, same, statement, statements
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.serializers import XmlSerializer

from jamsostek.messages.bank.reader import parse_statement, read_statement
from jamsostek.messages.bank.records import CAMT053, CSV, MT940, Statement
from jamsostek.messages.bank.texts import fold, unfold
from jamsostek.messages.bank.write import CAMT_VERSIONS, write_camt053, write_csv, write_mt940

WRITERS = {CAMT053: write_camt053, MT940: write_mt940, CSV: write_csv}


@pytest.mark.parametrize("format", WRITERS)
def test_a_days_statement_comes_back_as_it_was(format: str) -> None:
    read = parse_statement(WRITERS[format](THREE))
    same(read, THREE)
    assert (read.format, read.statement_id, read.proven, read.whole, read.unread_rupiah) == (format, "SB251103", True, True, 0)


@pytest.mark.parametrize("format", WRITERS)
def test_the_child_process_reads_the_same(format: str) -> None:
    content = WRITERS[format](THREE)
    assert read_statement(content) == parse_statement(content)


@pytest.mark.parametrize("format", WRITERS)
def test_a_day_without_money_is_a_statement(format: str) -> None:
    read = parse_statement(WRITERS[format](statement()))
    assert (read.entries, read.opening_rupiah, read.closing_rupiah, read.from_date) == ((), 5_000_000, 5_000_000, DAY)


@pytest.mark.parametrize("format", WRITERS)
def test_an_overdrawn_account_comes_back_below_zero(format: str) -> None:
    owing = statement(entry(1, 1_000), opening=-4_000)
    same(parse_statement(WRITERS[format](owing)), owing)


@given(statements())
@settings(max_examples=60)
def test_any_statement_comes_back_from_mt940(drawn: Statement) -> None:
    same(parse_statement(write_mt940(drawn)), cut_like_swift(drawn))


def cut_like_swift(drawn: Statement) -> Statement:
    """The statement with texts as far as six lines hold them."""
    entries = tuple(replace(one, text=unfold(fold(one.text, 65)[:6], 65)) for one in drawn.entries)
    return replace(drawn, entries=entries)


@pytest.mark.parametrize("version", CAMT_VERSIONS)
@given(drawn=statements(ANY_TEXTS))
@settings(max_examples=60)
def test_any_statement_comes_back_from_camt(version: str, drawn: Statement) -> None:
    same(parse_statement(write_camt053(drawn, version)), drawn)


@given(statements(ANY_TEXTS))
@settings(max_examples=60)
def test_any_statement_comes_back_from_csv(drawn: Statement) -> None:
    same(parse_statement(write_csv(drawn)), drawn)


@given(st.lists(st.text("ab/?", min_size=1, max_size=200), max_size=6), st.sampled_from((35, 65, 140)))
def test_lines_of_any_width_join_to_the_text_they_were_cut_from(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = fold(text, width)
    assert unfold(lines, width) == text
    assert all(len(line) <= width for line in lines)


# --- as others read it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", CAMT_VERSIONS)
@given(drawn=statements(ANY_TEXTS))
@settings(max_examples=25)
def test_our_camt_fits_the_schema(version: str, drawn: Statement) -> None:
    """Read strictly into the schema's classes and written again it has the same elements in the schema's order."""
    content = write_camt053(drawn, version)
    module = import_module(f"pyiso20022.camt.camt_053_001_{version}")
    config = ParserConfig(fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True)
    document = XmlParser(config=config).from_bytes(content, module.Document)
    again = XmlSerializer().render(document)
    assert names(again.encode()) == names(content)
    read = document.bk_to_cstmr_stmt.stmt[0]
    assert [str(one.acct_svcr_ref) for one in read.ntry] == [one.reference.removesuffix("/D") for one in drawn.entries]
    assert [int(one.amt.value) for one in read.ntry] == [one.amount_rupiah for one in drawn.entries]


def names(content: bytes) -> list[str]:
    """The elements of a document in order."""
    return [etree.QName(one).localname for one in etree.fromstring(content).iter()]


@given(statements())
@settings(max_examples=40)
def test_our_mt940_says_the_same_to_another_reader(drawn: Statement) -> None:
    theirs = mt940.models.Transactions(options=mt940.Options.all())
    theirs.parse(write_mt940(drawn).decode())
    assert [int(one.data["amount"].amount) for one in theirs] == [one.signed_rupiah for one in drawn.entries]
    assert [one.data["bank_reference"] for one in theirs] == [one.reference.removesuffix("/D") for one in drawn.entries]
    assert [dt.date.fromordinal(one.data["date"].toordinal()) for one in theirs] == [one.valued_on for one in drawn.entries]
    assert [dt.date.fromordinal(one.data["entry_date"].toordinal()) for one in theirs] == [one.booked_on for one in drawn.entries]
    balances = [theirs.data[name].amount.amount for name in ("final_opening_balance", "final_closing_balance")]
    assert balances == [drawn.opening_rupiah, drawn.closing_rupiah]


def test_a_reference_without_room_is_not_cut_in_silence() -> None:
    long = statement(entry(1, 1_000, MAJU, reference="R" * 36))
    for write in (write_mt940, write_camt053):
        with pytest.raises(ValueError, match="room"):
            write(long)


def test_a_statement_without_balances_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="balances"):
        write_csv(statement(entry(1, 1_000), opening_rupiah=None))
