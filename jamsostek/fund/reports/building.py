"""A report's parts, made in order and once each; what was made stands, so that a job that was killed goes on with the next
part."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_
from jamsostek.fund.models import Report
from jamsostek.fund.reports import held, statement, yearly
from jamsostek.ledger.chart import PROGRAMMES

MONTHLY = ("position", "changes", "portfolio", "limits", "cover", "yields")
ANNUAL = (*PROGRAMMES, "declared")
PARTS = {"monthly": MONTHLY, "annual": ANNUAL}
TITLES = {
    "position": N_("Posisi keuangan"), "changes": N_("Perubahan aset bersih"), "portfolio": N_("Portofolio"),
    "limits": N_("Batas investasi"), "cover": N_("Ketahanan"), "yields": N_("Imbal hasil"),
    "declared": N_("Hasil JHT yang ditetapkan"),
    "jkk": N_("Dana JKK"), "jkm": N_("Dana JKM"), "jht": N_("Dana JHT"), "jp": N_("Dana JP"), "jkp": N_("Dana JKP"),
}  # fmt: skip


def last_month(report: Report) -> int:
    """The month up to which a report tells: a year that had not ended when it was asked for is told up to the month before."""
    if report.kind == "monthly":
        return int(report.period)
    before = add_months(month_of(report.known_at.astimezone(statement_zone()).date()), -1)
    return min(int(report.period) * 100 + 12, before)


def statement_zone() -> dt.timezone:
    """A day of the books is a day in Jakarta."""
    from jamsostek.ledger.queries.balances import JAKARTA

    return JAKARTA


def whole_year(report: Report) -> bool:
    """Whether a yearly report tells of twelve months."""
    return last_month(report) % 100 == 12


def content(report: Report, part: str) -> dict[str, Any]:
    """A part, reckoned now."""
    if report.kind == "annual":
        until = last_month(report)
        if part == "declared":
            return yearly.declared(report.period, until)
        return yearly.year_of(part, report.period, until, report.known_at)
    read = statement.reader(report.fund, report.known_at)
    made: Mapping[str, Callable[[], dict[str, Any]]] = {
        "position": lambda: statement.position(read, report.period),
        "changes": lambda: statement.changes(read, report.period),
        "portfolio": lambda: held.portfolio(report.fund, report.period),
        "limits": lambda: held.kept_limits(report.fund, report.period),
        "cover": lambda: held.covered(report.fund, report.period),
        "yields": lambda: held.yields(report.fund, report.period),
    }
    return made[part]()


def missing(report: Report) -> list[str]:
    """Parts that are not made yet, in order."""
    done = set(report.made.values_list("part", flat=True))
    return [part for part in report.parts if part not in done]


def make(report: Report, part: str) -> None:
    """Makes a part and keeps it; one that is there already stays."""
    told = json.dumps(content(report, part), sort_keys=True, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_reportpart (report_id, part, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [report.pk, part, told],
        )


def contents(report: Report) -> dict[str, Any]:
    """Every part that is made, by name, in the order of the report."""
    made = dict(report.made.values_list("part", "content"))
    return {part: made[part] for part in report.parts if part in made}


def digest(report: Report) -> bytes:
    """SHA-256 over what the report is and every part: JSON with sorted keys and no spaces, in UTF-8."""
    told = {
        "kind": report.kind, "fund": report.fund, "period": report.period, "edition": report.edition,
        "known_at": report.known_at.astimezone(dt.UTC).isoformat(), "note": report.note, "parts": contents(report),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).digest()
