"""The one rounding is exact and half up wherever it may be used; amounts and months read and write as people do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.core.months import (
    add_months,
    first_day,
    format_month,
    last_day,
    month_index,
    month_of,
    month_of_index,
    months_between,
    parse_date,
    parse_month,
)
from jamsostek.core.rupiah import (
    MAX_CONTRACT_RUPIAH,
    MAX_MONTHLY_RUPIAH,
    MAX_RUPIAH,
    PPM,
    format_decimal,
    format_number,
    format_percent,
    format_rupiah,
    format_share,
    scale,
    share,
)
from jamsostek.core.text import speaking

INT64 = np.iinfo(np.int64).max


def half_up(exact: Fraction) -> int:
    """The rounding of the law, in exact arithmetic."""
    return floor(exact + Fraction(1, 2))


def share_of(amount: int, rate_ppm: int, *more: int) -> int:
    return int(share(np.array([amount], dtype=np.int64), rate_ppm, *more)[0])


def scale_of(amount: int, numerator: int, denominator: int, *more: int) -> int:
    return int(scale(np.array([amount], dtype=np.int64), numerator, denominator, *more)[0])


# ---- rounding


@pytest.mark.parametrize(
    ("amount", "rate_ppm", "rounded"),
    [
        (0, 20_000, 0),
        (1, 500_000, 1),  # a half goes up
        (1, 499_999, 0),
        (1, 500_001, 1),
        (3, 500_000, 2),  # not to the even neighbour
        (5, 500_000, 3),
        (3_333_333, 3_000, 10_000),  # 9,999.999
        (562, 8_900, 5),  # 5.0018
        (6_000_000, 8_900, 53_400),
        (MAX_MONTHLY_RUPIAH, PPM, MAX_MONTHLY_RUPIAH),
        (MAX_RUPIAH, PPM, MAX_RUPIAH),
    ],
)
def test_a_share_is_rounded_half_up(amount: int, rate_ppm: int, rounded: int) -> None:
    assert share_of(amount, rate_ppm) == rounded == half_up(Fraction(amount * rate_ppm, PPM))


@given(st.integers(0, MAX_RUPIAH), st.integers(0, 9 * PPM))
@example(MAX_RUPIAH, 9 * PPM)
@example(MAX_RUPIAH - 1, 9 * PPM - 1)
@example(MAX_MONTHLY_RUPIAH, 80 * PPM)  # 80 months of the largest wage
@example(500_000, 1)
@example(499_999, 1)
def test_a_share_is_the_exact_one_rounded_once(amount: int, rate_ppm: int) -> None:
    assert share_of(amount, rate_ppm) == half_up(Fraction(amount * rate_ppm, PPM))
    assert share_of(amount, rate_ppm, 0) == amount * rate_ppm // PPM, "the other reading cuts"


def test_every_amount_around_a_half_is_rounded_right() -> None:
    """All rates of the law on all amounts whose share lies next to a half rupiah, in one array."""
    for rate in (2_400, 5_400, 8_900, 12_700, 17_400, 3_000, 37_000, 20_000, 10_000, 24, 54, 89, 127, 174, 1_200, 2_200, 1_400):
        halves = (np.arange(1, 4_001, 2, dtype=np.int64) * (PPM // 2)) // rate
        amounts = np.unique(np.concatenate([halves - 1, halves, halves + 1]).clip(0))
        exact = [half_up(Fraction(a * rate, PPM)) for a in amounts.tolist()]
        assert share(amounts, rate).tolist() == exact, rate


def test_rates_may_differ_from_row_to_row_and_the_shape_stays() -> None:
    amounts = np.array([[1, 3], [5, 7]], dtype=np.int64)
    rates = np.array([[500_000, 500_000], [100_000, 0]], dtype=np.int64)
    assert share(amounts, rates).tolist() == [[1, 2], [1, 0]]
    assert share(amounts, rates).dtype == np.int64 and share(np.zeros(0, np.int64), 5).shape == (0,)


@given(st.integers(0, MAX_MONTHLY_RUPIAH), st.integers(0, 10**7), st.integers(1, 12 * PPM))
@example(MAX_MONTHLY_RUPIAH, 10**7, 12 * PPM)
@example(1, 1, 2)
@example(1, 3, 2)
@example(MAX_MONTHLY_RUPIAH, 12 * PPM - 1, 12 * PPM)
def test_a_scaled_amount_is_the_exact_one_rounded_once(amount: int, numerator: int, denominator: int) -> None:
    assert scale_of(amount, numerator, denominator) == half_up(Fraction(amount * numerator, denominator))
    assert scale_of(amount, numerator, denominator, 0) == amount * numerator // denominator


def test_a_scaled_amount_is_exact_where_the_product_leaves_64_bits() -> None:
    amount, numerator, denominator = 9 * 10**11, 10**8 + 1, 10**7
    assert amount * numerator > INT64
    assert scale_of(amount, numerator, denominator) == half_up(Fraction(amount * numerator, denominator))
    assert scale_of(MAX_CONTRACT_RUPIAH, 2_100, PPM) == 2_100_000_000_000


def test_an_odd_denominator_has_no_half_and_still_rounds_to_the_nearest() -> None:
    for denominator in (3, 7, 360_000_001):
        for numerator in range(20):
            assert scale_of(10**9 + 1, numerator, denominator) == half_up(Fraction((10**9 + 1) * numerator, denominator))


# ---- writing amounts


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [(0, "Rp0", "Rp0"), (999, "Rp999", "Rp999"), (4_500_000, "Rp4.500.000", "Rp4,500,000"), (-1_000, "-Rp1.000", "-Rp1,000"),
     (10**15, "Rp1.000.000.000.000.000", "Rp1,000,000,000,000,000")],
)  # fmt: skip
def test_rupiah_are_written_in_the_readers_separators(amount: int, indonesian: str, english: str) -> None:
    assert format_rupiah(amount) == indonesian and format_rupiah(np.int64(amount)) == indonesian
    with speaking("en"):
        assert format_rupiah(amount) == english and f"Rp{format_number(abs(amount))}" == english.lstrip("-")


@pytest.mark.parametrize(
    ("rate_ppm", "indonesian", "english"),
    [
        (0, "0 %", "0 %"),
        (8_900, "0,89 %", "0.89 %"),
        (54, "0,0054 %", "0.0054 %"),
        (1, "0,0001 %", "0.0001 %"),
        (370_000, "37 %", "37 %"),
        (PPM, "100 %", "100 %"),
        (1_200_000, "120 %", "120 %"),
    ],
)
def test_rates_are_written_as_per_cent_with_every_digit_that_counts(rate_ppm: int, indonesian: str, english: str) -> None:
    assert format_percent(rate_ppm) == indonesian
    with speaking("en"):
        assert format_percent(rate_ppm) == english


def test_a_share_has_one_digit() -> None:
    assert [format_share(573, 811), format_share(1, 1), format_share(0, 0)] == ["70,7 %", "100,0 %", "–"]


def test_a_decimal_has_the_digits_asked_for_in_the_readers_marks() -> None:
    assert [format_decimal(1234.56), format_decimal(Decimal("0.125"), 2), format_decimal(-7, 0)] == ["1.234,6", "0,12", "-7"]
    with speaking("en"):
        assert format_decimal(1234.56) == "1,234.6"


# ---- months


MONTHS = st.integers(2009 * 12, 2100 * 12 + 11).map(month_of_index)


@given(MONTHS, st.integers(-1000, 1000))
def test_months_add_and_subtract_like_a_calendar(month: int, count: int) -> None:
    later = add_months(month, count)
    assert months_between(month, later) == count and add_months(later, -count) == month
    assert 1 <= later % 100 <= 12 and month_of_index(month_index(later)) == later
    assert (later > month) == (count > 0)


@given(MONTHS)
def test_a_month_is_read_as_it_is_written_and_has_its_days(month: int) -> None:
    assert parse_month(format_month(month)) == month == parse_month(month) == parse_month(np.int64(month))
    assert first_day(month).day == 1 and month_of(first_day(month)) == month == month_of(last_day(month))
    assert last_day(month) + dt.timedelta(days=1) == first_day(add_months(month, 1))


def test_the_ends_of_february_and_of_the_year() -> None:
    assert last_day(202402) == dt.date(2024, 2, 29) and last_day(202502) == dt.date(2025, 2, 28)
    assert add_months(202412, 1) == 202501 and add_months(202501, -1) == 202412 and add_months(202501, -13) == 202312
    assert format_month(202403) == "2024-03" and parse_month(" 2024-03 ") == 202403


@pytest.mark.parametrize(
    "written",
    [
        *("2025-13", "2025-00", "2025-3", "25-03", "2025/03", "202503", "Maret 2025", "", "2008-12", "2101-01", "2025-03-01"),
        *("-2025-03", "2025-03\n2025-04", True, 202513, 200812, 0, -202503, None, 2025.03, [202503]),
    ],
)
def test_what_is_no_month_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(InputError, match=r"tidak dikenal\. Tulis tahun dan bulan seperti 2025-03") as refused:
        parse_month(written)  # type: ignore[arg-type]
    assert refused.value.field == "month" and refused.value.value is written


@pytest.mark.parametrize(
    "written", ["2025-02-29", "2025-3-1", "20250301", "2025-W10-1", "1 Maret 2025", "", "2025-03", None, 20250301]
)
def test_what_is_no_date_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(InputError, match=r"tidak dikenal\. Tulis tahun, bulan, dan hari seperti 2025-03-01"):
        parse_date(written)  # type: ignore[arg-type]


def test_dates_are_read_from_text_days_and_instants() -> None:
    day = dt.date(2024, 2, 29)
    assert (
        parse_date("2024-02-29")
        == parse_date(" 2024-02-29 ")
        == parse_date(day)
        == parse_date(dt.datetime(2024, 2, 29, 23, 59, tzinfo=dt.UTC))
        == day
    )
