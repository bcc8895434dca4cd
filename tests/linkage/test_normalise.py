"""Records as written become columns that can be compared; whose NIK it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from jamsostek.linkage.normalise import NORMAL, WRITTEN, normalise

SITI = {"name": "Siti Aminah", "sex": "female", "birth_date": dt.date(1980, 3, 12), "nik": "3515525203800001"}
"""Her NIK says 12 March 1980 (day 52), a woman."""


def one(**written: Any) -> dict[str, Any]:
    row = {"id": 7, **written}
    columns = {name: [row.get(name)] for name in WRITTEN if name in row}
    table = pa.table({name: pa.array(values, WRITTEN[name]) for name, values in columns.items()})
    (record,) = normalise(table).to_pylist()
    return dict(record)


def test_the_whole_record() -> None:
    record = one(**SITI, kk="3515521203080004", mother_name="Hj. Fatimah", phone="+62 812-3456-789", village_code=3515522003)
    assert set(record) == set(NORMAL.names)
    assert (record["unique_id"], record["name"], record["core"], record["sex"]) == (7, "amina siti", "amina", "f")
    assert (record["born"], record["born_x"], record["born_swapped"], record["year"]) == (
        "19800312",
        "19800312",
        "19801203",
        1980,
    )
    assert (record["nik"], record["nik15"], record["nik_tail"]) == ("3515525203800001", "351552520380000", "5203800001")
    assert (record["kk"], record["mother"], record["phone"]) == ("3515521203080004", "fatima", "8123456789")
    assert (record["village"], record["district"], record["regency"]) == (3515522003, 351552, 3515)


@pytest.mark.parametrize(
    ("change", "own"),
    [
        ({}, True),
        ({"sex": "male"}, True),
        ({"sex": "male", "birth_date": dt.date(1980, 3, 13)}, False),
        ({"sex": "male", "birth_date": dt.date(1980, 12, 31)}, False),
        ({"birth_date": dt.date(1955, 8, 17)}, False),
        ({"birth_date": dt.date(1982, 12, 31)}, True),
        ({"birth_date": dt.date(1983, 12, 31)}, False),
        ({"nik": "3515524112800001", "birth_date": dt.date(1982, 5, 9)}, False),
        ({"nik": "3515524101800001", "birth_date": dt.date(1982, 5, 9)}, True),
        ({"birth_date": dt.date(1980, 12, 31)}, True),
        ({"birth_date": dt.date(1981, 12, 31)}, True),
        ({"birth_date": dt.date(1950, 12, 31)}, False),
        ({"birth_date": dt.date(1980, 12, 3)}, True),
        ({"birth_date": dt.date(1990, 3, 12)}, True),
        ({"birth_date": None}, True),
        ({"sex": None}, True),
    ],
)
def test_whose_nik_it_is(change: dict[str, Any], own: bool) -> None:
    record = one(**{**SITI, **change})
    assert (record["nik"] is not None, record["pointer"] is not None) == (own, not own)


@pytest.mark.parametrize(
    "nik",
    [
        None,
        "",
        "0000000000000000",
        "9999999999999999",
        "35155252038000",
        "351552520380000A",
        "3515520000000000",
        "3515529903800001",
    ],
)
def test_what_is_no_nik_says_nothing(nik: str | None) -> None:
    record = one(**{**SITI, "nik": nik})
    assert record["nik"] is record["pointer"] is None


def test_a_missing_date_and_sex_are_taken_from_an_own_nik() -> None:
    record = one(name="Siti Aminah", nik=SITI["nik"])
    assert (record["born"], record["sex"]) == ("19800312", "f")


@pytest.mark.parametrize("day", [dt.date(1961, 12, 31), dt.date(1961, 7, 1), dt.date(1961, 1, 1)])
def test_default_dates_are_known(day: dt.date) -> None:
    record = one(name="Siti", birth_date=day)
    assert record["born"] == f"{day:%Y%m%d}"
    assert record["born_x"] is None


def test_a_card_number_that_is_the_persons_nik_is_no_card() -> None:
    assert one(**{**SITI, "kk": SITI["nik"]})["kk"] is None


@pytest.mark.parametrize("phone", ["0812 3456 789", "+628123456789", "628123456789", "8123456789", "0062-812-3456789"])
def test_phones_in_all_their_ways(phone: str) -> None:
    assert one(name="Siti", phone=phone)["phone"] == "8123456789"


def test_nothing_but_a_number_is_a_record_too() -> None:
    record = one()
    assert record["unique_id"] == 7
    assert {name for name, value in record.items() if value} == {"unique_id"}


def test_no_rows() -> None:
    assert normalise(pa.table({"id": pa.array([], pa.int64())})).schema.equals(NORMAL)
