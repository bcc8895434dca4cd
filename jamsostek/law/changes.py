"""What changed in the law between two months, and how two months differ: by figure, with regulation and article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, format_month, last_day
from jamsostek.core.text import _
from jamsostek.law.figures import Parameter, Row
from jamsostek.law.parameters import InForce, NoLawError, Parameters, load

_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A figure that begins, ends or is replaced on a day."""

    day: dt.date
    parameter: Parameter
    before: Any
    after: Any
    row: Row | None

    @property
    def regulation(self) -> str:
        """The regulation and article of the new figure, or of the one that lapsed."""
        row = self.row
        return f"{row.regulation} {row.article}" if row else ""


def changes(first_month: int, last_month: int, parameters: Parameters | None = None) -> list[Change]:
    """Every change of a figure from the first day of one month to the last day of another, in order of day and id."""
    found: list[Change] = []
    loaded = parameters or load()
    first, last = first_day(first_month), last_day(last_month)
    if last < first:
        raise InputError(
            _("Bulan terakhir {last} mendahului bulan pertama {first}.").format(
                last=format_month(last_month), first=format_month(first_month)
            ),
            field="to",
            remedy=_("Tukar kedua bulan itu."),
        )
    for parameter in loaded.by_id.values():
        days = {r.start for r in parameter.rows if r.start} | {r.end + _ONE for r in parameter.rows if r.end}
        for day in sorted(d for d in days if first <= d <= last):
            before, after = _value(loaded, parameter, day - _ONE), _value(loaded, parameter, day)
            if _raw(before) != _raw(after):
                row = (after.row if after and after.row else None) or (before.row if before else None)
                found.append(Change(day, parameter, _raw(before), _raw(after), row))
    return sorted(found, key=lambda c: (c.day, c.parameter.id))


def differences(one: dt.date, other: dt.date, parameters: Parameters | None = None) -> list[Change]:
    """Every figure that differs between two days."""
    loaded = parameters or load()
    found = []
    for parameter in loaded.by_id.values():
        before, after = _value(loaded, parameter, one), _value(loaded, parameter, other)
        if _raw(before) != _raw(after):
            row = (after.row if after and after.row else None) or (before.row if before else None)
            found.append(Change(other, parameter, _raw(before), _raw(after), row))
    return sorted(found, key=lambda c: c.parameter.id)


def _value(parameters: Parameters, parameter: Parameter, day: dt.date) -> InForce | None:
    try:
        return parameters.in_force(parameter.id, parameters.law_on(day))
    except NoLawError:
        return None


def _raw(found: InForce | None) -> Any:
    if found is None:
        return None
    return found.row.value if found.row else found.parameter.otherwise
