"""When contributions fall due: the 15th, moved to the next working day; the calendar of holidays is data."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, last_day, month_index, month_of_index
from jamsostek.core.text import N_, _
from jamsostek.law.engine import NO_DATE, Array, Choice, Output, Outputs, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law, Parameters

SEGMENTS = ("pu", "bpu")
"""Who pays month by month: employers (state bodies too), and members who pay for themselves or have a sponsor."""
_EPOCH = dt.date(1970, 1, 1)
FIRST, LAST = 201501, 204012
"""Contribution months the table of due dates holds."""


@cache
def holidays(kinds: tuple[str, ...] = ("national",)) -> frozenset[dt.date]:
    """Public holidays of Indonesia in `holidays.csv` (sources in SOURCES.md beside it)."""
    with (Path(__file__).parent / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(dt.date.fromisoformat(line["date"]) for line in csv.DictReader(file) if line["kind"] in kinds)


def working_day(day: dt.date, days: int, off: frozenset[dt.date]) -> dt.date:
    """The day itself, or the nearest working day in steps of `days` (1 forward, -1 back)."""
    while day.weekday() >= 5 or day in off:
        day += dt.timedelta(days=days)
    return day


@rule(
    "calendar.due_date",
    N_("Jatuh tempo iuran"),
    when="month",
    inputs=(Choice("segment", options=SEGMENTS),),
    outputs=(Output("jkk_jkm_due", "date"), Output("jht_due", "date"), Output("jp_due", "date")),
    source="PP 44/2015 Pasal 21, 24; PP 46/2015 Pasal 19, 21; PP 45/2015 Pasal 30; PP 49/2020",
    at_dates=True,
)
def due_date(law: Law, *, when: Array, segment: Array) -> Outputs:
    """The last day to pay a contribution month; BPU have no JP."""
    return {
        "jkk_jkm_due": risk_due(law, when, segment),
        "jht_due": jht_due(law, when, segment),
        "jp_due": jp_due(law, when, segment),
    }


@step(
    N_("Jatuh tempo JKK dan JKM"),
    N_(
        "⟨!segment: tanggal {due.pu[#day]}, {due.pu[#month_offset]} bulan sesudah {month}⟩"
        "⟨segment: tanggal {due.bpu.risk[#day]}, {due.bpu.risk[#month_offset]} bulan sesudah {month}⟩; bila libur,"
        " hari kerja berikutnya"
        "⟨; keringanan COVID-19 bagi penerima upah: tanggal {due.relief.covid[#day]}, bila libur hari kerja sebelumnya⟩"
    ),
    unit="date",
    article="PP 44/2015 Pasal 21, 24",
)
def risk_due(law: Law, month: Array, segment: Array) -> Array:
    """Employers: the 15th of the next month; BPU: the 15th of the month itself; next working day."""
    law.numbers("due.pu"), law.numbers("due.bpu.risk"), law.numbers("due.relief.covid")
    return _lookup(law, month, segment, "due.pu", "due.bpu.risk", 1)


@step(
    N_("Jatuh tempo JHT"),
    N_(
        "⟨!segment: tanggal {due.pu[#day]}, {due.pu[#month_offset]} bulan sesudah {month}⟩"
        "⟨segment: tanggal {due.bpu.jht[#day]}, {due.bpu.jht[#month_offset]} bulan sesudah {month}⟩; bila libur, hari kerja"
        " berikutnya"
        "⟨; keringanan COVID-19 bagi penerima upah: tanggal {due.relief.covid[#day]}, bila libur hari kerja sebelumnya⟩"
    ),
    unit="date",
    article="PP 46/2015 Pasal 19, 21",
)
def jht_due(law: Law, month: Array, segment: Array) -> Array:
    """The 15th of the next month for all, next working day; PP 49/2020 gave employers longer for JHT too."""
    law.numbers("due.pu"), law.numbers("due.bpu.jht"), law.numbers("due.relief.covid")
    return _lookup(law, month, segment, "due.pu", "due.bpu.jht", 1)


@step(
    N_("Jatuh tempo JP"),
    N_(
        "⟨!segment: tanggal {due.pu.jp[#day]}, {due.pu.jp[#month_offset]} bulan sesudah {month}; bila libur, hari kerja"
        " berikutnya⟩⟨segment: BPU tidak membayar JP⟩"
        "⟨; keringanan COVID-19 bagi penerima upah: tanggal {due.relief.covid[#day]}, bila libur hari kerja sebelumnya⟩"
    ),
    unit="date",
    article="PP 45/2015 Pasal 30",
)
def jp_due(law: Law, month: Array, segment: Array) -> Array:
    """Employers: the 15th of the next month, next working day (interpretation: the text is silent); BPU: none."""
    law.numbers("due.pu.jp"), law.numbers("due.relief.covid")
    due = _lookup(law, month, segment, "due.pu.jp", "due.pu.jp", 1)
    return np.where(segment == SEGMENTS.index("bpu"), NO_DATE, due)


def _lookup(law: Law, month: Array, segment: Array, pu: str, bpu: str, relieved: int) -> Array:
    _refuse_outside((month < FIRST) | (month > LAST), "month")
    row = month // 100 * 12 + month % 100 - 1 - month_index(FIRST)
    tables = np.stack([due_table(law, pu, relieved), due_table(law, bpu, 0)])
    found: Array = tables[segment, row]
    return found


def _refuse_outside(wrong: npt.NDArray[np.bool_], field: str) -> None:
    if wrong.any():
        raise InputError(
            _("Kalender jatuh tempo ada untuk {first} sampai {last}.").format(first=format_month(FIRST), last=format_month(LAST)),
            field=field,
            row=int(np.argmax(wrong)) + 1,
        )


def refuse_days(days: Array) -> None:
    """Refuses days outside the table of due dates: what lies beyond cannot be counted."""
    first, last = ((dt.date(m // 100, m % 100, 1) - _EPOCH).days for m in (FIRST, LAST))
    _refuse_outside((days < first) | (days > last), "on_date")


def due_table(law: Law, id: str, relieved: int) -> Array:
    """Due days (days since 1970) of every contribution month FIRST..LAST under the readings and knowledge of `law`."""
    return _due_table(law.parameters, law.known_on, tuple(law.readings.items()), id, relieved)


@cache
def _due_table(
    parameters: Parameters, known_on: dt.date | None, readings: tuple[tuple[str, str], ...], id: str, relieved: int
) -> Array:
    days = []
    for index in range(month_index(FIRST), month_index(LAST) + 1):
        month = month_of_index(index)
        law = parameters.law_on(dt.date(month // 100, month % 100, 1), known_on, dict(readings))
        days.append((_due(law, month, id, relieved) - _EPOCH).days)
    table = np.array(days, dtype=np.int64)
    table.setflags(write=False)
    return table


def days_off(law: Law) -> tuple[str, ...]:
    """The kinds of days in `holidays` that are no working days under this law, beside Saturday and Sunday."""
    return ("national", "collective_leave") if law.flag("due.collective_leave") else ("national",)


def _due(law: Law, month: int, id: str, relieved: int) -> dt.date:
    kinds = days_off(law)
    day, offset = (int(v) for v in law.numbers("due.relief.covid")) if relieved else (0, 0)
    if day:
        return working_day(_day_in(add_months(month, offset), day), -1, holidays(kinds))
    day, offset = (int(v) for v in law.numbers(id)) if month >= 201507 else (15, 1)
    return working_day(_day_in(add_months(month, offset), day), 1, holidays(kinds))


def _day_in(month: int, day: int) -> dt.date:
    last = last_day(month)
    return last.replace(day=min(day, last.day))
