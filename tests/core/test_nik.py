"""The NIK: what it says, what it refuses, and that numbers made here belong to no one."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.dates import NO_DATE
from jamsostek.core.nik import compose, decode, mask_nik, parse_niks

EPOCH = dt.date(1970, 1, 1)


def day(year: int, month: int, day_: int) -> int:
    return (dt.date(year, month, day_) - EPOCH).days


def read(text: str, month: int = 202606):
    parts = decode(parse_niks([text]), month)
    return bool(parts.valid[0]), int(parts.region_code[0]), bool(parts.is_female[0]), int(parts.birth_day[0])


def oracle(text: str, month: int):
    """The rule written a second time, digit by digit, for the tests only."""
    if len(text) != 16 or not (text.isascii() and text.isdigit()):
        return None
    number, month_of_birth, short = int(text[6:8]), int(text[8:10]), int(text[10:12])
    female = number > 40
    last = dt.date(month // 100 + month % 100 // 12, month % 100 % 12 + 1, 1) - dt.timedelta(days=1)
    for year in range(last.year, last.year - 500, -1):
        if year % 100 == short:
            try:
                born = dt.date(year, month_of_birth, number - 40 * female)
            except ValueError:
                continue
            if born <= last:
                return int(text[:6]), female, (born - EPOCH).days
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3515140508680000", (True, 351514, False, day(1968, 8, 5))),
        ("3515144508680000", (True, 351514, True, day(1968, 8, 5))),
        ("3515147112850000", (True, 351514, True, day(1985, 12, 31))),
        ("3515141505250000", (True, 351514, False, day(2025, 5, 15))),
        ("3515143006260000", (True, 351514, False, day(2026, 6, 30))),
        ("3515140107260000", (True, 351514, False, day(1926, 7, 1))),
        ("3515142902000000", (True, 351514, False, day(2000, 2, 29))),
        ("9999990101900000", (True, 999999, False, day(1990, 1, 1))),  # an unknown region is still a number
        ("0000000101900000", (True, 0, False, day(1990, 1, 1))),
    ],
)
def test_a_number_tells_region_sex_and_birth_date(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3515141513900000",  # thirteenth month
        "3515143202900000",  # day 32
        "3515144002900000",  # day 40 is neither a man's nor a woman's
        "3515147202900000",  # day 72
        "3515142902010000",  # 29 February 2001
        "3515140000900000",
        "351514050868000",
        "35151405086800000",
        "",
        "351514050868000x",
        " 351514050868000",
        "-351514050868000",
        "351514050868000०",  # a digit, but not one of ours
        "3515140508680\ud800\x000",
        "３515140508680000",
    ],
)
def test_what_is_not_a_number_says_nothing(text):
    assert read(text) == (False, 0, False, NO_DATE)


def test_numbers_outside_sixteen_digits_are_not_valid():
    niks = np.array([-1, -3515140508680000, 10**16, 2**63 - 1, -(2**63)], dtype=np.int64)
    assert not decode(niks, 202606).valid.any()


def test_the_shape_is_kept():
    assert decode(np.full((2, 3), 3515140508680000), 202606).birth_day.shape == (2, 3)
    assert decode(np.empty(0, dtype=np.int64), 202606).valid.shape == (0,)
    assert parse_niks([]).dtype == np.int64


@given(st.lists(st.from_regex(r"[0-9]{6}[0-7][0-9][01][0-9]{7}", fullmatch=True), min_size=1), st.integers(2014, 2040))
def test_many_numbers_read_as_one_by_one(texts, year):
    month = year * 100 + 6
    parts = decode(parse_niks(texts), month)
    for i, text in enumerate(texts):
        expected = oracle(text, month)
        assert bool(parts.valid[i]) == (expected is not None)
        if expected:
            assert (parts.region_code[i], parts.is_female[i], parts.birth_day[i]) == expected


@given(st.lists(st.one_of(st.text(max_size=20), st.from_regex(r"\d{16}", fullmatch=True))))
def test_only_sixteen_plain_digits_are_parsed(texts):
    expected = [int(t) if len(t) == 16 and t.isascii() and t.isdigit() else -1 for t in texts]
    assert parse_niks(texts).tolist() == expected


def test_what_is_composed_is_read_back():
    days = np.arange(day(1926, 7, 1), day(2026, 6, 30) + 1)
    female = days % 3 == 0
    niks = compose(351514, days, female, 0)
    parts = decode(niks, 202606)
    assert parts.valid.all() and (parts.birth_day == days).all() and (parts.is_female == female).all()
    assert (parts.region_code == 351514).all() and (niks % 10_000 == 0).all()
    assert parse_niks([f"{n:016d}" for n in niks[:9]]).tolist() == niks[:9].tolist()


def test_parts_with_too_many_digits_are_refused():
    for region, serial in ((1_000_000, 0), (-1, 0), (351514, 10_000), (351514, -1)):
        with pytest.raises(ValueError, match="region_code"):
            compose(region, 0, False, serial)


def test_a_masked_number_hides_the_birth_date_and_keeps_its_length():
    assert mask_nik("3515140508680000") == "3515**********00" == mask_nik(3515140508680000)
    assert mask_nik("351514050868000") == "3515*********00"
    assert mask_nik("35151405086") == "*" * 11
    assert mask_nik("") == ""
