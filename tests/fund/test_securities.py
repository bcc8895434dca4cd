"""Issuers, instruments and prices: each class has its facts, a code stands for one thing, a price is kept with its source."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions.securities import record_prices, register_instrument, register_issuer
from jamsostek.fund.facts import isin_holds
from jamsostek.fund.models import Instrument, Price
from tests import cast

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def keeper(db: Any) -> Any:
    """Somebody of settlement."""
    with cast.everyone():
        return cast.user("penyelesaian", "settlement")


def issuers() -> None:
    register_issuer(code="RI", name="Republik Contoh", kind="government")
    register_issuer(code="BANKA", name="Bank Contoh", kind="state_bank")
    register_issuer(code="PTA", name="PT Contoh Tbk", kind="company", corporate_group="Kelompok Contoh")
    register_issuer(code="MIA", name="Manajer Contoh", kind="manager")


def bond(**given: Any) -> Instrument:
    facts: dict[str, Any] = {
        "code": "FR9001", "name": "Obligasi contoh", "asset_class": "government_bond", "issuer": "RI", "unit_rupiah": 1_000_000,
        "coupon_ppm": 65_000, "coupons_a_year": 2, "day_count": "act/act", "issued_on": dt.date(2020, 1, 15),
        "matures_on": dt.date(2030, 1, 15), "listed": True,
    }  # fmt: skip
    return register_instrument(**(facts | given))


def share(**given: Any) -> Instrument:
    facts: dict[str, Any] = {"code": "XAAA", "name": "Saham contoh", "asset_class": "equity", "issuer": "PTA", "listed": True}
    return register_instrument(**(facts | given))


def test_the_same_facts_again_are_the_same_row_and_other_facts_are_refused(keeper: Any) -> None:
    with cast.as_user(keeper):
        issuers()
        first = bond()
        assert bond().pk == first.pk
        assert first.measured == "amortised"
        with pytest.raises(InputError, match=r"FR9001 sudah dipakai dengan kupon yang lain: 65000") as told:
            bond(coupon_ppm=66_000)
        assert told.value.field == "coupon_ppm"
        with pytest.raises(InputError, match="nama yang lain"):
            register_issuer(code="RI", name="Lain", kind="government")
        assert Instrument.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"coupon_ppm": None, "coupons_a_year": 0}, "coupon_ppm"),
        ({"matures_on": None}, "matures_on"),
        ({"matures_on": dt.date(2019, 1, 1)}, "matures_on"),
        ({"issuer": "PTA"}, "issuer"),
        ({"issuer": "TIDAKADA"}, "issuer"),
        ({"measured": "cost"}, "measured"),
        ({"asset_class": "bond"}, "asset_class"),
        ({"coupons_a_year": 3}, "coupons_a_year"),
        ({"unit_rupiah": 0}, "unit_rupiah"),
        ({"isin": "IDG000009102"}, "isin"),
        ({"code": "ada spasi"}, "code"),
        ({"name": " "}, "name"),
    ],
)
def test_a_bond_with_a_wrong_fact_is_refused_at_that_fact(keeper: Any, given: dict[str, Any], field: str) -> None:
    with cast.as_user(keeper):
        issuers()
        with pytest.raises(InputError) as told:
            bond(**given)
        assert told.value.field == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"listed": False}, "listed"),
        ({"coupon_ppm": 10}, "coupon_ppm"),
        ({"matures_on": dt.date(2030, 1, 1)}, "matures_on"),
        ({"issuer": "RI"}, "issuer"),
        ({"measured": "amortised"}, "measured"),
        ({"asset_class": "deposit"}, "issuer"),
        ({"asset_class": "deposit", "issuer": "BANKA", "listed": False}, "coupon_ppm"),
    ],
)
def test_a_share_has_no_coupon_and_is_listed_and_a_deposit_is_at_a_bank(keeper: Any, given: dict[str, Any], field: str) -> None:
    with cast.as_user(keeper):
        issuers()
        with pytest.raises(InputError) as told:
            share(**given)
        assert told.value.field == field


@pytest.mark.parametrize("role", ["dealer", "chief", "actuary"])
def test_neither_dealer_nor_chief_writes_instruments_or_prices_down(db: Any, role: str) -> None:
    with cast.everyone():
        issuers()
        bond()
        who = cast.user("lain", role)
    with cast.as_user(who):
        with pytest.raises(Refused):
            register_issuer(code="X", name="X", kind="company")
        with pytest.raises(Refused):
            record_prices(rows=[("FR9001", DAY, Decimal(1_000_000))], source="uji")


def test_a_dealer_who_also_settles_still_records_no_price(db: Any) -> None:
    from jamsostek.access.models import Grant

    with cast.everyone():
        both = cast.user("rangkap", "dealer")
        Grant.objects.create(user=both, role="settlement", kind="nation", target=0, from_month=202601)
    with cast.as_user(both), pytest.raises(Refused, match="merencanakan"):
        register_issuer(code="X", name="X", kind="company")


def test_a_price_is_written_once_and_a_correction_follows_it(keeper: Any) -> None:
    with cast.as_user(keeper):
        issuers()
        bond()
        share()
        told = record_prices(rows=[("FR9001", DAY, Decimal("1012500.5")), ("xaaa", DAY, Decimal(4_250))], source="uji")
        assert (told.new, told.changed, told.same) == (2, 0, 0)
        told = record_prices(rows=[("FR9001", DAY, Decimal("1012500.500000")), ("XAAA", DAY, Decimal(4_300))], source="uji")
        assert (told.new, told.changed, told.same) == (0, 1, 1)
        assert [str(one.price) for one in Price.objects.filter(instrument__code="XAAA")] == ["4300.000000", "4250.000000"]
        assert Price.objects.first().recorded_by == keeper.pk  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("TIDAKADA", DAY, Decimal(1)), "code"),
        (("XAAA", DAY, Decimal(0)), "price"),
        (("XAAA", DAY, Decimal("NaN")), "price"),
        (("XAAA", DAY, Decimal("1.1234567")), "price"),
        (("XAAA", DAY, Decimal("1e14")), "price"),
        (("XAAA", DAY + dt.timedelta(1), Decimal(1)), "day"),
        (("DEP1", DAY, Decimal(1)), "code"),
        (("XAAA", DAY, Decimal(4_001)), "price"),
    ],
)
def test_one_row_that_cannot_stand_keeps_all_prices_out_and_is_named(keeper: Any, row: Any, field: str) -> None:
    with cast.as_user(keeper):
        issuers()
        share()
        bond(code="DEP1", asset_class="deposit", issuer="BANKA", listed=False, unit_rupiah=1)
        with pytest.raises(InputError) as told:
            record_prices(rows=[("XAAA", DAY, Decimal(4_000)), row], source="uji", today=DAY)
        assert (told.value.field, told.value.row) == (field, 2)
        assert not Price.objects.exists()


@pytest.mark.parametrize(
    ("isin", "holds"),
    [
        ("US0378331005", True),
        ("ID1000109507", True),
        ("IDG000009101", True),
        ("IDG000009102", False),
        ("US0378331004", False),
        ("us0378331005", False),
    ],
)
def test_an_isin_is_known_by_its_check_digit(isin: str, holds: bool) -> None:
    assert isin_holds(isin) is holds


def test_an_invented_example_is_taken_only_where_demonstrations_are(keeper: Any) -> None:
    with cast.as_user(keeper):
        with pytest.raises(InputError, match="peragaan"):
            register_issuer(code="REKA", name="Rekaan", kind="company", invented=True)
        keeper.is_demo = True
        keeper.save()
        assert register_issuer(code="REKA", name="Rekaan", kind="company", invented=True).invented
