"""Reports of the funds: the list, one of them with its parts, those that everybody may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jamsostek.access import signing
from jamsostek.access.audit import signed_by
from jamsostek.access.errors import not_yours
from jamsostek.core.text import N_, _
from jamsostek.fund.models import Report, ReportSign
from jamsostek.fund.reports import building

STATES = {
    "making": N_("Sedang disusun"), "draft": N_("Draf, menunggu tanda tangan"), "signed": N_("Ditandatangani"),
    "refused": N_("Ditolak"),
}  # fmt: skip
PURPOSE = "fund"


@dataclass(frozen=True)
class Whole:
    """A report with what is made of it and the answer it got."""

    row: Report
    state: str
    parts: Mapping[str, Any]
    answer: ReportSign | None

    @property
    def done(self) -> int:
        """How many parts are made."""
        return len(self.parts)

    @property
    def holds(self) -> bool:
        """Whether a signed report is what was signed: digest and signature; a report that is not signed holds nothing."""
        if self.answer is None or not self.answer.signed:
            return False
        digest = building.digest(self.row)
        key = signing.public(PURPOSE, str(self.answer.key_id))
        return digest == bytes(self.answer.digest) and signed_by(key, digest, bytes(self.answer.signature or b""))


def listed(*, kind: str = "", fund: str = "") -> QuerySet[Report]:
    """Reports in sight, the newest period first."""
    rows = Report.objects.select_related("answer").order_by("-period", "fund", "-edition")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(fund=fund) if fund else rows


def state_of(row: Report, made: int | None = None) -> str:
    """How far a report is: a name of `STATES`."""
    found: ReportSign | None = getattr(row, "answer", None)
    if found is not None:
        return "signed" if found.signed else "refused"
    done = row.made.count() if made is None else made
    return "draft" if done == len(row.parts) else "making"


def report(report_id: int) -> Whole:
    """One in sight; raises `Refused`."""
    row = Report.objects.select_related("answer").filter(pk=report_id).first()
    if row is None:
        raise not_yours(_("Laporan ini tidak ada."))
    parts = building.contents(row)
    return Whole(row, state_of(row, len(parts)), parts, getattr(row, "answer", None))


def published() -> QuerySet[Report]:
    """Yearly reports that were signed, the newest year and edition first."""
    return Report.objects.filter(kind="annual", answer__signed=True).select_related("answer").order_by("-period", "-edition")


def of_year(year: int) -> Whole | None:
    """The newest signed report of a year; None where there is none."""
    row = published().filter(period=year).first()
    return report(row.pk) if row else None


def signed_month(fund: str, month: int) -> Report | None:
    """The newest signed report of a fund's month."""
    return listed(kind="monthly", fund=fund).filter(period=month, answer__signed=True).first()


def day_words_of(row: Report) -> dt.date:
    """The day up to which a report tells."""
    from jamsostek.core.months import last_day

    return last_day(building.last_month(row))
