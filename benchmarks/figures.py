"""The law's figures of wage earners, for sides that know neither our law nor its files: by date, and for one month.

The rules of each side are written apart; the figures are not, so that a new year's ceiling reaches all of them.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from jamsostek.core.months import first_day
from jamsostek.law import NoLawError, law_at, load

MONTH = 202606
IDS = (
    "jkk.pu.rate", "jkk.relief.covid", "jkk.relief.labour_intensive", "jkm.pu.rate", "jkm.relief.covid",
    "jht.pu.rate", "jht.scale", "jp.pu.rate", "jp.scale", "jp.ceiling", "jp.relief.due_now",
    "jkp.rate", "jkp.scale", "jkp.ceiling", "jkp.moved_ceiling",
)  # fmt: skip
"""What `contribution.pu` reads, under our readings of the unsettled points."""


def by_date(id: str) -> dict[str, Any]:
    """{day: value} of a figure from each day it changes; keyed figures as {key: value}."""
    parameters = load()
    parameter = parameters.by_id[id]
    one = dt.timedelta(days=1)
    days = {r.start for r in parameter.rows if r.start} | {r.end + one for r in parameter.rows if r.end}
    found: dict[str, Any] = {}
    for day in sorted(days):
        try:
            value = parameters.law_on(day).in_force(id).value
        except NoLawError:
            continue
        plain = dict(zip(parameter.keys, value.tolist(), strict=True)) if parameter.keys else value
        if not found or list(found.values())[-1] != plain:
            found[day.isoformat()] = plain
    return found


def pension_ages() -> list[tuple[dt.date, dt.date, int]]:
    """(first day, last day, years) of each pension age."""
    epoch, day = dt.date(1970, 1, 1), dt.timedelta(days=1)
    series = law_at(MONTH).series("jp.pension_age")
    return [(epoch + first * day, epoch + last * day, int(years)) for first, last, years in series]


def last_pensioner(on: dt.date) -> dt.date:
    """The latest birth date whose owner has reached pension age on some day up to `on`."""
    last_days = [(min(last, on), years) for first, last, years in pension_ages() if first <= on]
    return max(last.replace(year=last.year - years) for last, years in last_days)


def of_month(month: int = MONTH) -> SimpleNamespace:
    """Every figure of IDS under its name with _ for the dots, and `last_pensioner`; keyed ones as {key: value}."""
    found = SimpleNamespace(last_pensioner=last_pensioner(first_day(month)))
    law = law_at(month)
    for id in IDS:
        value, _row, parameter = law.in_force(id)
        plain = dict(zip(parameter.keys, value.tolist(), strict=True)) if parameter.keys else int(value)
        setattr(found, id.replace(".", "_"), plain)
    return found
