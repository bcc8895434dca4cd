"""Days that cannot be, in what somebody says of a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

AHEAD_DAYS = {"deferred_until": 1_100}
"""A day that is said lies at most a year ahead; a pension is put off for at most three."""


def refuse_impossible_days(specs: Any, read: Mapping[str, Any], today: dt.date) -> None:
    """Raises `InputError` for a day before 1945 or far ahead, and for a death or an accident that has not come yet."""
    by_name = {one.name: one for one in specs}
    for name, value in read.items():
        latest = today + dt.timedelta(days=AHEAD_DAYS.get(name, 366))
        if by_name[name].unit == "date" and value and not "1945-01-01" <= value <= latest.isoformat():
            raise InputError(
                _("{title}: tanggal ini tidak mungkin.").format(title=_(by_name[name].title)), field=name, value=value,
                remedy=_("Periksa tahunnya."),
            )  # fmt: skip
        if name in ("died_on", "happened_on", "diagnosed_on") and value and value > today.isoformat():
            raise InputError(
                _("{title} belum tiba.").format(title=_(by_name[name].title)),
                field=name,
                value=value,
                remedy=_("Periksa tanggalnya."),
            )
