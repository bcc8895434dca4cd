"""An order is what the bank's schema wants, the same bytes every time, and comes back as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from lxml import etree
from payout_batches import DAY, MORNING, THREE, WIB, batch, batches, fits, in_bank_letters, schema, transfer

from jamsostek.messages.payout.pain001 import VERSION, read_pain001, write_pain001
from jamsostek.messages.payout.reader import read_order
from jamsostek.messages.payout.records import Batch


def test_an_order_comes_back_as_it_was() -> None:
    assert read_pain001(write_pain001(batch())) == batch()


def test_the_child_process_reads_the_same() -> None:
    assert read_order(write_pain001(batch())) == batch()


def test_an_order_fits_the_schema() -> None:
    schema(VERSION).assertValid(etree.fromstring(write_pain001(batch())))


def test_a_fault_against_the_schema_would_be_found() -> None:
    content = write_pain001(batch())
    for old, new in ((b"<PmtMtd>TRF</PmtMtd>", b""), (b"IDR", b"idr"), (b"<Cd>SSBE</Cd>", b"<Cd>SSBEX</Cd>")):
        assert old in content
        assert not schema(VERSION).validate(etree.fromstring(content.replace(old, new)))


@given(batches())
@settings(max_examples=80, deadline=None)
def test_any_order_fits_the_schema_and_comes_back_in_the_banks_letters(drawn: Batch) -> None:
    content = write_pain001(drawn)
    schema(VERSION).assertValid(etree.fromstring(content))
    assert read_pain001(content) == in_bank_letters(drawn)


@given(batches())
@settings(max_examples=25, deadline=None)
def test_another_reader_finds_the_same_money(drawn: Batch) -> None:
    order = fits(write_pain001(drawn), VERSION).cstmr_cdt_trf_initn
    (block,) = order.pmt_inf
    assert int(order.grp_hdr.nb_of_txs) == int(block.nb_of_txs) == drawn.count
    assert order.grp_hdr.ctrl_sum == block.ctrl_sum == Decimal(drawn.total_rupiah)
    told = [(one.pmt_id.end_to_end_id, int(one.amt.instd_amt.value), one.amt.instd_amt.ccy) for one in block.cdt_trf_tx_inf]
    assert told == [(one.end_to_end_id, one.amount_rupiah, "IDR") for one in drawn.transfers]


@given(batches())
@settings(max_examples=25, deadline=None)
def test_the_same_batch_is_the_same_bytes(drawn: Batch) -> None:
    assert write_pain001(drawn) == write_pain001(drawn)
    assert write_pain001(in_bank_letters(drawn)) == write_pain001(drawn)


def test_an_order_asks_that_each_transfer_is_booked_by_itself_and_arrives_whole() -> None:
    content = write_pain001(batch())
    assert b"<BtchBookg>false</BtchBookg>" in content
    assert b"<ChrgBr>DEBT</ChrgBr>" in content
    assert b'<InstdAmt Ccy="IDR">250000000.00</InstdAmt>' in content


def test_a_bic_and_a_number_of_a_clearing_are_told_apart() -> None:
    content = write_pain001(batch())
    assert content.count(b"<BICFI>CENAIDJA</BICFI>") == 2
    assert content.count(b"<MmbId>008</MmbId>") == 1


def test_what_a_batch_comes_to_is_counted() -> None:
    assert (batch().count, batch().total_rupiah) == (3, 252_000_004)


def test_a_moment_keeps_its_offset() -> None:
    for offset in (dt.UTC, WIB, dt.timezone(dt.timedelta(hours=-3, minutes=-30))):
        moment = MORNING.astimezone(offset)
        read = read_pain001(write_pain001(batch(made_at=moment)))
        assert (read.made_at, read.made_at.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("Désirée  Ñanda", "Desiree Nanda"),
        ("Nyai “Ratu” O’Brien", "Nyai 'Ratu' O'Brien"),
        ("Sari 😀 Wulandari", "Sari Wulandari"),
        ("=cmd|' /C calc'!A0", "cmd ' /C calc' A0"),
        ("CV Sari & Wira", "CV Sari + Wira"),
        ("Ｗｉｒａ ﬁrdaus", "Wira firdaus"),
        ("<Nm>Wira</Nm>", "Nm Wira /Nm"),
        ("Wira\r\nSantosa\u202e", "Wira Santosa"),
    ],
)
def test_a_name_arrives_in_the_banks_letters(name: str, arrives: str) -> None:
    content = write_pain001(batch(transfer(creditor_name=name)))
    assert read_pain001(content).transfers[0].creditor_name == arrives
    schema(VERSION).assertValid(etree.fromstring(content))


def test_order_and_day_stay_as_given() -> None:
    read = read_pain001(write_pain001(batch(*reversed(THREE))))
    assert [one.end_to_end_id for one in read.transfers] == [one.end_to_end_id for one in reversed(THREE)]
    assert read.pay_on == DAY
