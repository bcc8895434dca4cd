"""What people type into a cell, and what it means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH
from jamsostek.messages.tables import cells

TODAY = dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    "typed",
    [
        4_500_000, 4_500_000.0, "4500000", "4.500.000", "4,500,000", "4,500,000.00", "4.500.000,00", "4500000.00", "4500000,00",
        "Rp 4.500.000,-", "Rp. 4.500.000,-", "Rp4500000", "rp 4.500.000", "IDR 4,500,000", "4.500.000,--", "4,5 jt", "4.5 juta",
        "4,5jt", "4,500 juta", "4500 rb", "4.500 ribu", "4500k", "'4500000", " 4 500 000 ", "Rp 4.500.000 / bulan",
        "4.500.000 rupiah", "Rp\u00a04.500.000", "4.5 million", "IDR 4,500 thousand",
    ],
)  # fmt: skip
def test_the_same_wage_is_understood_however_it_is_typed(typed: object) -> None:
    assert cells.amount(typed) == cells.Reading(4_500_000)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("belum ada", "wage_text"), ("empat juta", "wage_text"), (True, "wage_text"), (float("nan"), "wage_text"),
        ("4,5 T", "wage_text"), ("1,2 triliun", "wage_too_large"),
        ("4,5 M", "wage_text"), ("4.500.000 + 200.000", "wage_text"), ("9" * 400, "wage_text"),
        ("-4.500.000", "wage_negative"), ("(4.500.000)", "wage_negative"), (-1, "wage_negative"), ("Rp -5000", "wage_negative"),
        (10**15, "wage_too_large"), (MAX_MONTHLY_RUPIAH + 1, "wage_too_large"), ("3515140110720000", "wage_too_large"),
        ("4.5", "wage_ambiguous"), ("4,50", "wage_ambiguous"), ("4.500.00", "wage_ambiguous"), ("4.500,000.00", "wage_ambiguous"),
        ("#N/A", "wage_formula"), ("#REF!", "wage_formula"), (dt.date(2026, 5, 4), "wage_date"),
    ],
)  # fmt: skip
def test_each_wrong_wage_has_its_own_message(typed: object, kind: str) -> None:
    reading = cells.amount(typed)
    assert (reading.value, reading.problem) == (None, kind)


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("1 triliun", 10**12), ("1,2 triliun", 1_200_000_000_000), ("Rp1,2 trilyun", 1_200_000_000_000),
        ("4,5 miliar", 45 * 10**8),
        ("1.2 trillion", 1_200_000_000_000), ("IDR 4.5 billion", 45 * 10**8), ("1.234.567.890.123", 1_234_567_890_123),
        ("90 triliun", 90 * 10**12),
    ],
)  # fmt: skip
def test_the_budget_of_a_province_is_understood_where_that_much_is_meant(typed: str, rupiah: int) -> None:
    assert cells.amount(typed, 10**15) == cells.Reading(rupiah)
    assert cells.amount("1.001 triliun", 10**12).problem == "wage_too_large"


@pytest.mark.parametrize("typed", ["", " ", "-", "--", "–", None, "'", "\u00a0"])
def test_blanks_and_dashes_are_no_amount(typed: object) -> None:
    assert cells.amount(typed) == cells.BLANK


def test_a_fraction_is_rounded_half_up_and_told_but_noise_of_a_formula_is_not() -> None:
    assert cells.amount(4_500_000.5) == cells.Reading(4_500_001, "wage_fraction")
    assert cells.amount("4.500.000,49") == cells.Reading(4_500_000, "wage_fraction")
    assert cells.amount(4_499_999.999999999) == cells.Reading(4_500_000)


def test_an_amount_per_day_is_a_daily_wage() -> None:
    for typed in ("Rp 185.000/hari", "185000 per hari", "185 rb/hr"):
        assert cells.amount(typed) == cells.Reading(185_000, "", True)


@given(st.integers(1_000, MAX_MONTHLY_RUPIAH))
def test_every_amount_survives_every_way_of_writing_it(rupiah: int) -> None:
    dotted, comma = f"{rupiah:,}".replace(",", "."), f"{rupiah:,}"
    for typed in (rupiah, float(rupiah), str(rupiah), dotted, comma, f"Rp {dotted},-", f"{comma}.00", f"{dotted},00"):
        assert cells.amount(typed) == cells.Reading(rupiah)


@given(st.text(max_size=80))
def test_no_text_makes_the_readers_of_cells_fail(text: str) -> None:
    cells.amount(text), cells.birth_date(text, TODAY), cells.nik(text), cells.kpj(text), cells.sex(text), cells.risk_class(text)


@given(st.floats())
def test_no_number_makes_the_readers_of_cells_fail(number: float) -> None:
    cells.amount(number), cells.birth_date(number, TODAY), cells.nik(number), cells.kpj(number), cells.risk_class(number)


@pytest.mark.parametrize(
    "typed",
    [
        dt.date(1990, 8, 17), dt.datetime.fromisoformat("1990-08-17T10:30"), 33102.0, "17-08-1990", "17/08/1990", "17.8.1990",
        "17/8/90",
        "17-8-90", "1990-08-17", "1990-08-17 00:00:00", "17 Agustus 1990", "17 agt 1990", "17-Agu-90", "17 August 1990",
        "August 17, 1990", "17081990", "19900817", "Surabaya, 17 Agustus 1990", "'17-08-1990", 17081990.0,
    ],
)  # fmt: skip
def test_the_same_birth_date_is_understood_however_it_is_typed(typed: object) -> None:
    assert cells.birth_date(typed, TODAY) == cells.Reading(dt.date(1990, 8, 17))


def test_a_month_written_first_is_understood_where_it_cannot_be_a_day_and_told() -> None:
    assert cells.birth_date("08/25/1988", TODAY) == cells.Reading(dt.date(1988, 8, 25), "birth_date_month_first")
    assert cells.birth_date("08/05/1988", TODAY) == cells.Reading(dt.date(1988, 5, 8))


@pytest.mark.parametrize("typed", ["31-02-1990", "17-08-2090", dt.date(2027, 1, 1), "17-08-1790", "45-45-1990", 0.5e5])
def test_a_date_that_cannot_be_is_refused(typed: object) -> None:
    assert cells.birth_date(typed, TODAY).problem == "birth_date_impossible"


@pytest.mark.parametrize("typed", ["kapan-kapan", "17 Agustusan 1990", True, 5.0, dt.time(3, 4), "1990"])
def test_what_is_no_date_is_told_so(typed: object) -> None:
    assert cells.birth_date(typed, TODAY).problem == "birth_date_unreadable"


def test_two_digit_years_make_a_person_of_at_least_ten() -> None:
    assert cells.birth_date("01-01-16", TODAY).value == dt.date(2016, 1, 1)
    assert cells.birth_date("01-01-17", TODAY).value == dt.date(1917, 1, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "9915140110720001",
        "'9915140110720001",
        " 9915 1401 1072 0001 ",
        "99.1514.011072.0001",
        9915140110720001,
        "NIK: 9915140110720001",
    ],
)
def test_the_same_nik_is_understood_however_it_is_typed(typed: object) -> None:
    assert cells.nik(typed) == cells.Reading("9915140110720001")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (3.5151405086800e15, "nik_lost_digits"), ("3.5151405086800e15", "nik_lost_digits"), ("3,51514E+15", "nik_lost_digits"),
        ("991514011072000", "nik_length"), ("99151401107200011", "nik_length"), (351514.0, "nik_length"),
        ("9915I4011072OOO1", "nik_letters"), (3.5, "nik_letters"), ("belum punya", "nik_letters"),
    ],
)  # fmt: skip
def test_each_wrong_nik_has_its_own_message(typed: object, kind: str) -> None:
    assert cells.nik(typed) == cells.Reading(None, kind)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("L", "male"),
        ("Laki-laki", "male"),
        ("PRIA", "male"),
        ("M", "male"),
        ("P", "female"),
        ("Perempuan", "female"),
        ("wanita", "female"),
    ],
)
def test_sex_is_understood_in_both_languages(typed: str, meant: str) -> None:
    assert cells.sex(typed).value == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("III", "medium"),
        ("3", "medium"),
        (3.0, "medium"),
        ("Sedang", "medium"),
        ("0,89 %", "medium"),
        (0.0089, "medium"),
        ("sangat tinggi", "very_high"),
    ],
)
def test_a_risk_class_is_known_by_name_number_or_rate(typed: object, meant: str) -> None:
    assert cells.risk_class(typed).value == meant
