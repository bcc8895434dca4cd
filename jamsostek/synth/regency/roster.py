"""A month's list of one employer as its clerk typed it: sixty good rows in many spellings, and rows with every kind of fault."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jamsostek.core.months import add_months, format_month
from jamsostek.core.nik import WOMAN
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Draw

JOINS, LEAVINGS, CHANGES = 35, 10, 15
NEWCOMERS = JOINS + 18
"""People who are in no table yet: those who join, and those the faulty rows need."""
_EPOCH = dt.date(1970, 1, 1)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_ONE_DIGIT_SHORT = 15

Row = dict[str, str]
"""action (join, leave, wage_change), nik, name, birth_date, sex, mother_name, phone, position, wage, month: texts as typed;
`expect` is 'good' or the kind of fault."""


@dataclass(frozen=True)
class Someone:
    """A person as the roster needs one."""

    nik: str
    name: str
    birth: dt.date
    is_female: bool
    mother_name: str
    phone: str
    wage_rupiah: int


@dataclass(frozen=True)
class Cast:
    """Who appears: newcomers, people who work there now, a member somebody else knows, somebody who died."""

    newcomers: list[Someone]
    workers: list[Someone]
    elsewhere: Someone
    deceased: Someone
    minimum_rupiah: int


def newcomers_born(draw: Draw, window_last_day: int) -> Int64Array:
    """Birth days of newcomers: 19 to 45 years old."""
    return window_last_day - draw.whole(NEWCOMERS, 19 * 366, 45 * 365)


def make_roster(draw: Draw, cast: Cast, month: int) -> tuple[Row, ...]:
    """The rows in the order of the sheet; good ones can be taken up as they are."""
    rows = [*_good(cast, month), *_faulty(cast, month)]
    return tuple(rows[place] for place in draw.order(len(rows)))


def day(number: int) -> dt.date:
    """A date from days since 1970-01-01."""
    return _EPOCH + dt.timedelta(days=int(number))


def _row(action: str, someone: Someone, in_month: int, expect: str = "good", **typed: str) -> Row:
    row = {
        "action": action,
        "nik": someone.nik,
        "name": someone.name,
        "birth_date": someone.birth.isoformat(),
        "sex": "P" if someone.is_female else "L",
        "mother_name": someone.mother_name,
        "phone": someone.phone,
        "position": "Operator Produksi",
        "wage": str(someone.wage_rupiah) if action != "leave" else "",
        "month": format_month(in_month),
        "expect": expect,
    }
    return row | typed


def _good(cast: Cast, month: int) -> list[Row]:
    joins = [
        _row("join", person, month, birth_date=_typed_date(person.birth, turn), wage=_typed_wage(person.wage_rupiah, turn))
        for turn, person in enumerate(cast.newcomers[:JOINS])
    ]
    leaving, changing = cast.workers[:LEAVINGS], cast.workers[LEAVINGS : LEAVINGS + CHANGES]
    leaves = [_row("leave", person, month) for person in leaving]
    changes = [
        _row("wage_change", person, month, wage=_typed_wage(person.wage_rupiah * 108 // 100 // 1_000 * 1_000, turn))
        for turn, person in enumerate(changing)
    ]
    return [*joins, *leaves, *changes]


def _typed_date(date: dt.date, turn: int) -> str:
    forms = (
        date.isoformat(),
        f"{date:%d/%m/%Y}",
        f"{date.day} {_MONTHS[date.month - 1]} {date.year}",
        str((date - _EXCEL_EPOCH).days),
        f"{date:%d-%m-%Y}",
    )
    return forms[turn % len(forms)]


def _typed_wage(rupiah: int, turn: int) -> str:
    dotted = f"{rupiah:,}".replace(",", ".")
    hundreds = rupiah // 100_000
    short = f"{hundreds // 10},{hundreds % 10}jt" if rupiah % 100_000 == 0 else dotted
    return (str(rupiah), f"Rp {dotted},-", short, f"Rp{dotted}", dotted)[turn % 5]


def _faulty(cast: Cast, month: int) -> list[Row]:
    """One row of each kind of fault, each of somebody else."""
    some = iter(cast.newcomers[JOINS:])
    worker = cast.workers[LEAVINGS + CHANGES]
    renamed, early = cast.workers[LEAVINGS + CHANGES + 1 : LEAVINGS + CHANGES + 3]
    first = cast.newcomers[0]
    short, impossible, other_sex, other_date, nameless, wordy, low = (next(some) for _ in range(7))
    child, thirteenth, unborn, exponent, unknown, no_date, dear, spaced = (next(some) for _ in range(8))
    questioned = next(some)
    return [
        _row("join", short, month, "nik_length", nik=short.nik[:_ONE_DIGIT_SHORT]),
        _row("join", impossible, month, "nik_impossible_date", nik=_with_day(impossible.nik, 32)),
        _row("join", other_sex, month, "nik_sex_differs", sex="L" if other_sex.is_female else "P"),
        _row(
            "join", other_date, month, "nik_birth_date_differs", birth_date=other_date.birth.replace(day=1, month=1).isoformat()
        ),
        _row("join", nameless, month, "name_missing", name=""),
        _row("join", wordy, month, "wage_not_understood", wage="sesuai kontrak"),
        _row("join", low, month, "wage_far_below_minimum", wage=str(cast.minimum_rupiah // 10)),
        _row("join", child, month, "under_age", **_as_child(child, month)),
        _row("join", thirteenth, month, "month_not_understood", month=f"13/{month // 100}"),
        _row("join", unborn, month, "birth_date_in_future", birth_date=f"{month // 100 + 1}-02-01"),
        _row("join", exponent, month, "nik_as_float", nik=f"{float(exponent.nik):.5E}"),
        _row("leave", unknown, month, "not_working_here"),
        _row("join", no_date, month, "birth_date_not_understood", birth_date="31/02/1990"),
        _row("join", dear, month, "wage_too_large", wage="999.999.999.999.999"),
        _row("join", spaced, month, "month_in_future", month=format_month(add_months(month, 14))),
        _row("join", first, month, "twice_in_file"),
        _row("join", worker, month, "already_working_here"),
        _row("wage_change", renamed, month, "name_differs", name="Contoh Nama Lain"),
        _row("leave", early, month, "leaves_before_joining", month="2009-01"),
        _row("join", cast.deceased, month, "person_died"),
        _row(
            "join", _same_as(questioned, cast.elsewhere), month, "maybe_registered", nik=_near_number(cast.elsewhere, questioned)
        ),
    ]


def _with_day(nik: str, number: int) -> str:
    return f"{nik[:6]}{number:02d}{nik[8:]}"


def _as_child(person: Someone, month: int) -> Row:
    """The person as a child of thirteen, with a number that says so too."""
    birth = person.birth.replace(year=month // 100 - 13, day=min(person.birth.day, 28))
    told = f"{birth.day + WOMAN * person.is_female:02d}{birth:%m%y}"
    return {"birth_date": birth.isoformat(), "nik": f"{person.nik[:6]}{told}{person.nik[12:]}"}


def _same_as(new: Someone, known: Someone) -> Someone:
    return Someone(new.nik, known.name, known.birth, known.is_female, known.mother_name, new.phone, known.wage_rupiah)


def _near_number(known: Someone, new: Someone) -> str:
    """The known person's date under the newcomer's district, whose number nobody has."""
    return f"{new.nik[:6]}{known.nik[6:]}"


def someone(row: dict[str, object], wage_rupiah: int) -> Someone:
    """A row of the people as the roster needs it."""
    birth = row["birth_date"]
    assert isinstance(birth, dt.date)
    return Someone(
        nik=f"{row['nik']:016d}",
        name=str(row["name"]),
        birth=birth,
        is_female=row["sex"] == "female",
        mother_name=str(row["mother_name"]),
        phone=str(row["phone"] or ""),
        wage_rupiah=wage_rupiah,
    )


def wages_of_newcomers(draw: Draw, minimum_rupiah: int) -> Int64Array:
    """Wages from the minimum to twice it, in steps of a hundred thousand above it."""
    above = draw.whole(NEWCOMERS, 1, 20) * 100_000
    return np.asarray((minimum_rupiah // 100_000) * 100_000 + above)
