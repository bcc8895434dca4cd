"""The month of an account and of a bill: returns by days, months of delay, reliefs by the facts that open them."""

from __future__ import annotations

import calendar
import datetime as dt
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.law import NoLawError, law_at, load
from jamsostek.law.jht.monthly_return import MAX_RUPIAH_DAYS, days_standing
from jamsostek.law.jkk.relief import INDUSTRIES
from jamsostek.law.obligations.penalty import months_of_delay

RETURN = "benefit.jht.monthly_return"
MILLION = 1_000_000
EPOCH = dt.date(1970, 1, 1)


def credited(month: int, reading: str = "simple", **account: Any) -> int:
    """The return of one account for one month."""
    chosen = law_at(month, readings={"jht_return": reading})
    return law.calculate(RETURN, month=month, law=chosen, **account)["return_rupiah"]


def year_of(year: int, opening: int, rate: str, reading: str = "simple") -> int:
    """What is credited in twelve months to an account in which nothing else moves."""
    returned = 0
    for month in range(1, 13):
        returned += credited(year * 100 + month, reading, opening_rupiah=opening, returned_rupiah=returned, annual_rate=rate)
    return returned


# ---- the return of a month


@pytest.mark.parametrize("year", [2023, 2024, 2025])
@pytest.mark.parametrize("opening", [1, 20_000_000, 87_654_321, 10**12])
def test_a_balance_that_stands_the_whole_year_earns_the_yearly_rate_to_six_rupiah(year: int, opening: int) -> None:
    assert abs(year_of(year, opening, "0.0565") - Fraction("0.0565") * opening) <= 6


def test_the_other_reading_lets_returns_earn_within_the_year() -> None:
    assert year_of(2026, 20_000_000, "0.05") == 1_000_004
    assert year_of(2026, 20_000_000, "0.05", "compound") == 1_023_235
    january = {"opening_rupiah": 20_000_000, "annual_rate": "0.05"}
    assert credited(202601, **january) == credited(202601, "compound", **january), "nothing was credited before January"


def test_a_movement_earns_from_the_day_after_it_to_the_last_day_of_its_month() -> None:
    for month in (202401, 202402, 202502, 202604, 202612):
        last = calendar.monthrange(month // 100, month % 100)[1]
        days = np.array([(dt.date(month // 100, month % 100, day) - EPOCH).days for day in range(1, last + 1)])
        assert days_standing(np.full(last, month), days).tolist() == list(range(last - 1, -1, -1))


def test_indahs_money_earns_the_same_whether_it_stands_at_the_beginning_or_came_in_the_day_before() -> None:
    as_opening = credited(202603, opening_rupiah=7_000_001, annual_rate="0.0611")
    as_movement = credited(202603, opening_rupiah=0, movement_rupiah_days=31 * 7_000_001, annual_rate="0.0611")
    assert as_opening == as_movement


def test_what_indah_takes_on_the_last_day_has_earned_the_whole_month() -> None:
    last = (dt.date(2026, 3, 31) - EPOCH).days
    moved = -5_000_000 * int(days_standing(np.array([202603]), np.array([last]))[0])
    assert moved == 0
    assert credited(202603, opening_rupiah=5_000_000, movement_rupiah_days=moved, annual_rate="0.05") == 21_233


def test_the_whole_balance_taken_on_the_tenth_earns_ten_days() -> None:
    ten_days = credited(202603, opening_rupiah=5_000_000, movement_rupiah_days=-5_000_000 * 21, annual_rate="0.05")
    assert ten_days == credited(202603, opening_rupiah=0, movement_rupiah_days=5_000_000 * 10, annual_rate="0.05") == 6_849


def test_more_out_than_stood_in_the_account_is_refused_and_its_row_named() -> None:
    with pytest.raises(InputError, match="Lebih banyak yang keluar") as refused:
        law.calculate_many(
            RETURN,
            month=202603,
            opening_rupiah=np.array([5_000_000, 5_000_000, 5_000_000]),
            movement_rupiah_days=np.array([0, -5_000_000 * 31, -5_000_000 * 31 - 1]),
            annual_rate="0.05",
        )
    assert (refused.value.row, refused.value.field) == (3, "movement_rupiah_days")


def test_a_year_whose_rate_was_never_found_must_be_given_one() -> None:
    with pytest.raises(NoLawError, match="Isi annual_rate dengan tingkat yang ditetapkan") as refused:
        law.calculate(RETURN, month="2026-01", opening_rupiah=5_000_000)
    assert refused.value.field == "annual_rate"
    with pytest.raises(NoLawError) as of_many:
        law.calculate_many(
            RETURN, month=202601, opening_rupiah=np.array([1, 2, 3]), annual_rate=[Decimal("0.05"), Decimal("0.05"), None]
        )
    assert of_many.value.row == 3
    assert law.calculate(RETURN, month="2020-12", opening_rupiah=5_000_000) == {"return_rupiah": 23_843}


def test_the_declared_rate_is_expected_anew_for_every_year() -> None:
    (last,) = [row for row in load().by_id["jht.development_rate"].rows if row.end == dt.date(2020, 12, 31)]
    assert last.expected_until == dt.date(2020, 12, 31)
    believed = law_at("2021-03", known_on="2020-06-01")
    assert believed.provisional("jht.development_rate") and believed.ppm("jht.development_rate") == 56_300


LARGEST = {"opening_rupiah": 10**12, "returned_rupiah": 10**12, "movement_rupiah_days": MAX_RUPIAH_DAYS, "annual_rate": "0.2"}


@pytest.mark.parametrize("month", [202601, 202402, 202404])
@pytest.mark.parametrize("reading", ["simple", "compound"])
def test_the_largest_account_does_not_leave_64_bits(month: int, reading: str) -> None:
    days = calendar.monthrange(month // 100, month % 100)[1]
    stood = 10**12 * days * (2 if reading == "compound" else 1) + MAX_RUPIAH_DAYS
    exact = Fraction(stood) * Fraction(1, 5) / (366 if calendar.isleap(month // 100) else 365)
    assert credited(month, reading, **LARGEST) == (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def test_a_million_accounts_are_credited_in_a_breath_and_each_as_alone() -> None:
    rng = np.random.default_rng(5)
    accounts = {
        "opening_rupiah": rng.integers(0, 500 * MILLION, MILLION),
        "returned_rupiah": rng.integers(0, 10 * MILLION, MILLION),
        "movement_rupiah_days": rng.integers(0, 20 * MILLION, MILLION),
    }
    began = time.perf_counter()
    found = law.calculate_many(RETURN, month=202601, annual_rate="0.0565", **accounts)["return_rupiah"]
    assert time.perf_counter() - began < 5
    assert found.dtype == np.int64 and len(found) == MILLION
    for row in rng.integers(0, MILLION, 50).tolist():
        assert found[row] == credited(202601, annual_rate="0.0565", **{name: int(v[row]) for name, v in accounts.items()})


# ---- months of delay


def delay(due: str, paid: str, reading: str = "begun") -> int:
    """Months late of one payment."""
    chosen = law_at("2025-05", readings={"part_month": reading})
    return law.calculate("penalty.months_late", month="2025-05", due_date=due, paid_on=paid, law=chosen)["months_late"]


@pytest.mark.parametrize(
    ("due", "paid", "begun", "full"),
    [
        ("2025-06-16", "2025-06-16", 0, 0),
        ("2025-06-16", "2025-06-17", 1, 0),
        ("2025-06-16", "2025-07-16", 1, 0),
        ("2025-06-16", "2025-07-17", 2, 1),
        ("2025-01-31", "2025-02-28", 1, 0),
        ("2025-01-31", "2025-03-01", 2, 1),
        ("2025-01-31", "2025-03-31", 2, 1),
        ("2024-01-31", "2024-03-01", 2, 1),
        ("2024-12-16", "2026-12-17", 25, 24),
    ],
)
def test_months_of_delay_as_begun_and_as_full(due: str, paid: str, begun: int, full: int) -> None:
    assert (delay(due, paid), delay(due, paid, "full")) == (begun, full)


def test_the_biller_counts_a_million_delays_at_once_by_the_same_function() -> None:
    due = np.full(MILLION, np.datetime64("2025-06-16"))
    paid = due + np.arange(MILLION) % 400
    found = law.calculate_many("penalty.months_late", month=202505, due_date=due, paid_on=paid)["months_late"]
    assert found[[0, 1, 30, 31, 399]].tolist() == [0, 1, 1, 2, 14]
    days = [array.astype("datetime64[D]").astype(np.int64) for array in (due, paid)]
    assert np.array_equal(found, months_of_delay(law_at("2025-05"), *days))


def test_dewis_firm_pays_a_month_late_programme_by_programme() -> None:
    due = law.calculate("calendar.due_date", month="2025-05", segment="pu")
    assert set(due) == {"jkk_jkm_due", "jht_due", "jp_due"}
    fines = [
        law.calculate(
            "penalty.late",
            month="2025-05",
            due_rupiah=1_000_000,
            months_late=law.calculate("penalty.months_late", month="2025-05", due_date=day, paid_on="2025-07-20")["months_late"],
        )["penalty_rupiah"]
        for day in due.values()
    ]
    assert fines == [40_000, 40_000, 40_000]


# ---- reliefs


def test_the_industries_of_the_rule_are_those_of_the_figure() -> None:
    assert load().by_id["jkk.relief.labour_intensive.sectors"].keys == INDUSTRIES


def test_the_relief_tells_the_bill() -> None:
    facts = {"industry": "footwear", "active_workers": 50, "last_paid_month": "2025-01"}
    for month, jkk in (("2025-01", 53_400), ("2025-02", 26_700), ("2026-01", 26_700), ("2026-02", 53_400)):
        flag = law.calculate("relief.labour_intensive", month=month, **facts)["labour_intensive"]
        bill = law.calculate("contribution.pu", month=month, wage_rupiah=6_000_000, risk_class="medium", labour_intensive=flag)
        assert bill["jkk_employer_rupiah"] == jkk, month


@pytest.mark.parametrize("sector", ["transport", "other"])
@pytest.mark.parametrize("payer", ["self", "apbn", "apbd", "village", "donor"])
@pytest.mark.parametrize("month", ["2025-12", "2026-01", "2026-04", "2026-12", "2027-01", "2027-04"])
def test_the_relief_of_a_non_wage_member_is_that_of_the_contribution(sector: str, payer: str, month: str) -> None:
    told = law.calculate("relief.bpu", month=month, sector=sector, payer=payer)
    paid = law.calculate("contribution.bpu", month=month, income_rupiah=1_000_000, sector=sector, payer=payer)
    assert paid["total_rupiah"] * 100 == 16_800 * told["paid_percent"]
    assert told["relieved"] == (paid["total_rupiah"] < 16_800) == (told["relief_in_force"] and told["payer_qualifies"])
