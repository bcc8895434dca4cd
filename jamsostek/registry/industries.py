"""Industries of the annex of PP 82/2019 and the JKK risk class each gives, from the law's own table."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jamsostek.core.errors import InputError
from jamsostek.core.text import _


@dataclass(frozen=True)
class Industry:
    """One line of the annex."""

    code: str
    """Group and number in the annex: "1.1"."""
    risk_class: str
    title: str
    regulation: str
    from_date: dt.date
    to_date: dt.date | None


@cache
def industries() -> tuple[Industry, ...]:
    """All lines, in the annex's order."""
    text = (resources.files("jamsostek.law.jkk") / "industries.csv").read_text(encoding="utf-8")
    return tuple(
        Industry(
            f"{row['group']}.{row['number']}",
            row["class"],
            row["label_id"],
            row["regulation"],
            dt.date.fromisoformat(row["from"]),
            dt.date.fromisoformat(row["to"]) if row["to"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def class_of(code: str, day: dt.date) -> str:
    """The JKK risk class of an industry on a day; raises `InputError`."""
    for one in industries():
        if one.code == code and one.from_date <= day and (one.to_date is None or day <= one.to_date):
            return one.risk_class
    raise InputError(
        _("Jenis usaha {code} tidak ada di lampiran PP 82/2019.").format(code=code),
        field="industry",
        value=code,
        remedy=_("Pilih jenis usaha dari daftar."),
    )
