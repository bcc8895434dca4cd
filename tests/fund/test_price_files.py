"""A file of prices: kept, looked at beside what is known, taken with a yes; what moved far is confirmed by name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from holding import House, paper, price, share

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.files.actions import read
from jamsostek.fund.actions.price_files import ToldPrice, record_told, send_prices, take_prices
from jamsostek.fund.models import Price, PriceFile
from jamsostek.fund.queries.price_files import preview
from jamsostek.messages.limited import FileUnreadable
from tests import cast

TODAY = dt.date(2026, 11, 23)
DAY, BEFORE = dt.date(2026, 11, 20), dt.date(2026, 11, 19)
FILE = b"""Kode Efek;Tanggal;Harga
FR9001;20-11-2026;101,25
XAAA;20-11-2026;4250
XBBB;20-11-2026;600
RDXX;20-11-2026;1234,5678
HANTU;20-11-2026;100
DEPO1;20-11-2026;100
FR9001;20-11-2026;102,5
XAAA;20-11-2026;4250
XCCC;;77
"""


@pytest.fixture
def house(db: None) -> House:
    """People, papers, and prices of the day before."""
    made = House()
    with cast.everyone():
        paper("FR9001")
        paper("DEPO1", asset_class="deposit")
        price(share("XAAA"), BEFORE, 4_000)
        price(share("XBBB"), BEFORE, 400)
        price(share("XCCC"), DAY, 77)
        paper(
            "RDXX",
            asset_class="mutual_fund",
            measured="market",
            unit_rupiah=1,
            coupon_ppm=None,
            coupons_a_year=0,
            matures_on=None,
        )
    return made


def sent(house: House, **given: Any) -> PriceFile:
    with house.act("settlement"):
        return send_prices(**({"content": FILE, "file_name": "C:\\kantor\\harga.csv", "source": "uji", "today": TODAY} | given))


def test_a_preview_counts_new_changed_and_unknown_and_names_every_bad_row(house: House) -> None:
    file = sent(house)
    assert file.file_name == "harga.csv"
    with cast.everyone():
        assert read(file.file_digest) == FILE
        seen = preview(file, today=TODAY)
    assert [(one.row, one.code, one.price, one.state, one.large) for one in seen.rows] == [
        (2, "FR9001", Decimal(1_012_500), "new", False), (3, "XAAA", Decimal(4_250), "new", False),
        (4, "XBBB", Decimal(600), "new", True), (5, "RDXX", Decimal("1234.5678"), "new", False),
    ]  # fmt: skip
    assert [(one.row, one.kind, one.value_seen) for one in seen.problems] == [
        (6, "code_unknown", "HANTU"), (7, "not_priced", "DEPO1"), (8, "price_twice", "102.5"), (10, "day_missing", ""),
    ]  # fmt: skip
    assert "baris 2" in seen.problems[2].expected
    assert (seen.count("new"), seen.count("changed"), seen.unknown, seen.left_out) == (4, 0, 1, 4)
    assert not Price.objects.filter(priced_on=DAY).exclude(instrument__code="XCCC").exists()


def test_a_price_that_moved_far_waits_until_it_is_confirmed_by_name(house: House) -> None:
    file = sent(house)
    with house.act("risk"):
        with pytest.raises(InputError, match=r"25 persen.*XBBB") as told:
            take_prices(file_id=file.pk, today=TODAY)
        assert told.value.field == "confirmed"
        taking = take_prices(file_id=file.pk, today=TODAY, confirmed=["XBBB"])
        assert (taking.added, taking.changed, taking.same, taking.left_out, taking.confirmed) == (4, 0, 0, 4, ["XBBB"])
        again = take_prices(file_id=file.pk, today=TODAY)
        assert again.pk == taking.pk
    held = Price.objects.get(instrument__code="RDXX")
    assert (held.price, held.source, bytes(held.file_digest).hex()) == (Decimal("1234.5678"), "uji", file.file_digest)
    assert Price.objects.filter(priced_on=DAY).count() == 5


@pytest.mark.parametrize(("now", "large"), [(500, False), (501, True), (300, False), (299, True)])
def test_a_quarter_exactly_is_not_far(house: House, now: int, large: bool) -> None:
    file = sent(house, content=f"kode;tanggal;harga\nXBBB;20-11-2026;{now}\n".encode())
    with cast.everyone():
        assert preview(file, today=TODAY).rows[0].large is large


def test_days_of_one_file_are_compared_with_each_other(house: House) -> None:
    content = b"kode;tanggal;harga\nXBBB;21-11-2026;700\nXBBB;20-11-2026;480\nXBBB;22-11-2026;710\n"
    with cast.everyone():
        seen = preview(sent(house, content=content), today=TODAY)
    assert [(str(one.before), one.large) for one in seen.rows] == [("480", True), ("400.000000", False), ("700", False)]


def test_a_day_for_the_whole_file_serves_rows_without_one(house: House) -> None:
    file = sent(house, content=b"kode;harga\nXCCC;80\n", default_day=DAY)
    with house.act("settlement"):
        taking = take_prices(file_id=file.pk, today=TODAY)
    assert (taking.added, taking.changed) == (0, 1)


def test_the_same_file_is_kept_once_and_an_unreadable_one_not_at_all(house: House) -> None:
    assert sent(house).pk == sent(house).pk
    with pytest.raises(FileUnreadable):
        sent(house, content=b"tak ada judul\n1;2\n")
    assert PriceFile.objects.count() == 1


@pytest.mark.parametrize("role", ["dealer", "chief", "head_office"])
def test_nobody_else_sends_or_takes_prices(house: House, role: str) -> None:
    file = sent(house)
    with house.act(role):
        with pytest.raises(Refused):
            send_prices(content=FILE, file_name="x.csv", source="uji", today=TODAY)
        with pytest.raises(Refused):
            take_prices(file_id=file.pk, today=TODAY, confirmed=["XBBB"])
        with pytest.raises(Refused):
            record_told(rows=[ToldPrice("XAAA", DAY, Decimal(4_100))], source="uji", today=TODAY)


def test_prices_told_without_a_file_are_judged_alike(house: House) -> None:
    with house.act("settlement"):
        told = record_told(
            rows=[ToldPrice("fr9001", DAY, Decimal("99.5")), ToldPrice("XAAA", DAY, Decimal(4_100))], source="uji", today=TODAY
        )
        assert told.new == 2
        with pytest.raises(InputError) as error:
            record_told(rows=[ToldPrice("FR9001", DAY, Decimal(995_000))], source="uji", today=TODAY)
        assert (error.value.field, error.value.row) == ("price", 1)
        with pytest.raises(InputError, match="25 persen"):
            record_told(rows=[ToldPrice("XAAA", DAY, Decimal(41_000))], source="uji", today=TODAY)
    assert Price.objects.get(instrument__code="FR9001").price == Decimal(995_000)
