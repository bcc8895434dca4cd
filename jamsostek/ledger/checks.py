"""Proving the books from their rows: a list of checks, to which every room adds its own when its app is ready.

    checks.register(N_("Baris peserta sama dengan akun pengendali"), control_is_lines)

A check reads for the whole installation, says how many rows it went through, and what it found. The ledger's are in `proofs`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current
from jamsostek.core.months import format_month
from jamsostek.core.text import _


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: which check, and where, as a text with holes and what stands in them."""

    check: str
    text: str
    values: dict[str, Any]

    @property
    def title(self) -> str:
        """The check's name in the reader's language."""
        return _(self.check)

    def said(self, month: Callable[[int], str] = format_month) -> str:
        """In the reader's language; `month` says how a month is written."""
        given = {name: month(value) if name == "month" else value for name, value in self.values.items()}
        return _(self.text).format(**given)


@dataclass(frozen=True)
class Outcome:
    """What a check went through and found: texts with what stands in their holes."""

    rows: int
    found: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True)
class Report:
    """What came of all checks: rows by check, in the order they ran."""

    rows: dict[str, int]
    findings: list[Finding]

    @property
    def all_rows(self) -> int:
        """Rows gone through, some of them by several checks."""
        return sum(self.rows.values())


Check = Callable[[], Outcome]
_checks: dict[str, Check] = {}


def register(name: str, function: Check) -> None:
    """Adds a check under its name, a text in Indonesian that is translated where it is shown."""
    _checks[name] = function


def names() -> list[str]:
    """All checks there are, in the reader's language."""
    return [_(name) for name in _checks]


def run() -> Report:
    """Every check, one after the other. Only for the installation itself: row rules would hide rows from anybody else."""
    if not current().system:
        raise not_yours()
    rows, findings = {}, []
    for name, function in _checks.items():
        outcome = function()
        rows[name] = outcome.rows
        findings += [Finding(name, text, values) for text, values in outcome.found]
    return Report(rows, findings)


def check() -> list[Finding]:
    """What does not hold; empty where everything does."""
    return run().findings


# --- what was kept ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A check of the whole books that was kept: when, for whom (nobody: the installation itself), and what came of it."""

    at: dt.datetime
    by: str
    rows: int
    findings: list[Finding]


def told(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain data, to be kept."""
    return [{"check": one.check, "text": one.text, "values": one.values} for one in findings]


def last_check() -> Checked | None:
    """The newest check that was kept, for whoever reads the books; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.made_at, coalesce(u.name, ''), c.rows, c.findings::text FROM ledger_check c"
            " LEFT JOIN access_user u ON u.id = c.made_by ORDER BY c.id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    at, by, count, findings = row
    return Checked(at, by, count, [Finding(**one) for one in json.loads(findings)])
