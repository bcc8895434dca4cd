"""Tables of prices and holdings as people make them: good rows are kept, what is wrong is told by row and column."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.securities.numbers import Style, number_of, style_of
from jamsostek.messages.securities.reader import read_holdings, read_prices

TODAY = dt.date(2026, 11, 23)


def book(*rows: Any) -> bytes:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    page, day = made.add_worksheet("Harga"), made.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(at, column, dt.datetime.combine(value, dt.time.min), day)
            elif value is not None:
                page.write(at, column, value)
    made.close()
    return target.getvalue()


def test_a_csv_with_commas_for_decimals_is_read_by_its_indonesian_titles() -> None:
    content = (
        "Kode Efek;ISIN;Tgl. Harga;Harga Penutupan\nFR0098;;20-11-2026;101,25\n"
        "XAAA;;20/11/2026;4.250\nRDX;;20 Nov 2026;1.234,5678\n"
    )
    told = read_prices(content.encode(), "harga.csv", today=TODAY)
    assert [(one.row, one.code, str(one.price)) for one in told.rows] == [
        (2, "FR0098", "101.25"), (3, "XAAA", "4250.0"), (4, "RDX", "1234.5678"),
    ]  # fmt: skip
    assert {one.day for one in told.rows} == {dt.date(2026, 11, 20)}
    assert not told.problems


def test_a_workbook_in_english_is_read_with_its_own_dates_and_numbers() -> None:
    content = book(
        ["Daily prices"], ["Security code", "Price date", "Closing price", "Price unit"],
        ["FR0098", dt.date(2026, 11, 20), 101.25, "%"], ["XAAA", dt.date(2026, 11, 20), 4250, "IDR"], ["Total", None, 4351.25],
    )  # fmt: skip
    told = read_prices(content, "prices.xlsx", today=TODAY)
    assert [(one.row, one.code, one.price, one.quote) for one in told.rows] == [
        (3, "FR0098", Decimal("101.25"), "percent"), (4, "XAAA", Decimal(4250), "rupiah"),
    ]  # fmt: skip
    assert told.columns["price"] == ("C", "Closing price")


def test_every_bad_row_is_named_and_the_good_ones_are_kept() -> None:
    lines = [
        "code,date,price", "GOOD1,2026-11-20,101.5", ",2026-11-20,100.5", "B1,2026-11-20,", "B2,2026-11-20,seratus",
        "B3,2026-11-20,-5", "B4,2026-11-20,0", "B5,2026-13-40,1.5", "B6,2026-12-24,1.5", "B7,kemarin,1.5", "GOOD2,,99.75",
    ]  # fmt: skip
    told = read_prices("\n".join(lines).encode(), "p.csv", today=TODAY)
    assert [one.code for one in told.rows] == ["GOOD1", "GOOD2"]
    assert told.rows[1].day is None
    assert [(one.row, one.column, one.kind) for one in told.problems] == [
        (3, "A", "code_missing"), (4, "C", "price_missing"), (5, "C", "price_text"), (6, "C", "price_negative"),
        (7, "C", "price_negative"), (8, "B", "day_impossible"), (9, "B", "day_impossible"), (10, "B", "day_unreadable"),
    ]  # fmt: skip
    assert all(one.remedy and one.expected and one.problem for one in told.problems)
    assert told.problems[2].value_seen == "seratus"


def test_a_number_with_two_meanings_is_asked_for_again_where_nothing_settles_it() -> None:
    told = read_prices(b"code;price\nA1;9.350\nA2;4250\n", "p.csv", today=TODAY)
    assert [(one.code, str(one.price)) for one in told.rows] == [("A2", "4250.0")]
    assert [(one.row, one.kind, one.value_seen) for one in told.problems] == [(2, "price_ambiguous", "9.350")]
    mixed = read_prices(b"code;price\nA1;9.350\nA2;10,5\nA3;10.5\n", "p.csv", today=TODAY)
    assert [one.kind for one in mixed.problems] == ["price_ambiguous"]
    assert [one.code for one in mixed.rows] == ["A2", "A3"]


def test_a_file_without_prices_is_refused_with_the_titles_it_has() -> None:
    with pytest.raises(FileUnreadable) as told:
        read_prices(b"kode;tanggal;nama\nA;20-11-2026;x\n", "p.csv", today=TODAY)
    assert told.value.kind == "no_column"
    assert "“tanggal”" in str(told.value)
    with pytest.raises(FileUnreadable):
        read_prices(b"%PDF-1.7", "p.csv", today=TODAY)


def test_holdings_come_in_units_or_in_face_value_with_a_value_beside_them() -> None:
    content = (
        "Kode Efek;Kode ISIN;Per Tanggal;Saldo Efek;Nilai Nominal;Nilai Pasar\n"
        "FR0098;;31-10-2026;;50.000.000.000;50.625.000.000,50\nXAAA;US0378331005;31-10-2026;1.250.000;;5.312.500.000\n"
        "RDX;;31-10-2026;1.000,1234;;entah\nHILANG;;31-10-2026;;;1\nMINUS;;31-10-2026;-1;;\nJumlah;;;;;1\n"
    )
    told = read_holdings(content.encode(), "kustodian.csv", today=TODAY)
    assert [(one.code, one.isin, one.units, one.face, one.value_rupiah) for one in told.rows] == [
        ("FR0098", "", None, Decimal(50_000_000_000), 50_625_000_001),
        ("XAAA", "US0378331005", Decimal(1_250_000), None, 5_312_500_000),
        ("RDX", "", Decimal("1000.1234"), None, None),
    ]
    assert [(one.row, one.kind) for one in told.problems] == [
        (4, "value_unreadable"), (5, "units_missing"), (6, "units_negative"),
    ]  # fmt: skip
    assert told.seen == 5


@given(st.decimals(min_value=0, max_value=10**12, places=4), st.sampled_from(Style))
def test_a_decimal_written_either_way_is_read_back_when_its_column_settles_the_style(value: Decimal, style: Style) -> None:
    english = f"{value:,.4f}"
    written = english if style is Style.POINT else english.translate(str.maketrans(",.", ".,"))
    settled = style_of([written, "1,5" if style is Style.COMMA else "1.5"])
    assert settled is style
    assert number_of(written, settled).value == value


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    for style in (None, *Style):
        found = number_of(text, style)
        assert (found.value is None) == bool(found.problem)
        assert found.value is None or found.value >= 0
