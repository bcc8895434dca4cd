"""The half-yearly report: drafted from figures, signed by another, sent. What was sent stays; a correction is a version."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.utils import timezone

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.outreach.models import HalfReport
from jamsostek.outreach.queries.half_figures import figures
from jamsostek.outreach.strategy import MOST_TEXT, ReportState, half_days, need_region, need_there, refusals

FIRST_YEAR = 2015


def draft(*, region_code: int, year: int, half: int, today: dt.date, now: dt.datetime, correction: str = "") -> HalfReport:
    """A version with the figures as they are now; while one is not sent, that is the one. A further version says why."""
    need_there(Can.PLAN_MOVEMENT, region_code)
    _check(region_code, year, half, today)
    mine = HalfReport.objects.filter(region_code=region_code, year=year, half=half).order_by("-version")
    last = mine.first()
    if last is not None and last.state != ReportState.SENT:
        return last
    if last is not None and not correction.strip():
        raise InputError(_("Alasan perbaikan belum diisi."), field="correction", remedy=_("Tulis apa yang diperbaiki."))
    row = HalfReport(
        region_code=region_code, year=year, half=half, version=last.version + 1 if last else 1, drafted_on=today,
        correction=one_line(correction)[:300] if last else "", obstacles=last.obstacles if last else "",
        help=last.help if last else "",
    )  # fmt: skip
    return _written(row, today, now, "half_report.drafted")


def count_again(*, report_id: int, today: dt.date, now: dt.datetime) -> HalfReport:
    """Computes a draft's figures again."""
    return _written(_held(report_id, Can.PLAN_MOVEMENT, ReportState.DRAFT), today, now, "half_report.counted")


def write(*, report_id: int, obstacles: str, help: str, today: dt.date) -> HalfReport:
    """What stands in the way, and what the region needs; whoever writes becomes the drafter. Figures stay."""
    row = _held(report_id, Can.PLAN_MOVEMENT, ReportState.DRAFT)
    for name, text in (("obstacles", obstacles), ("help", help)):
        if len(text) > MOST_TEXT:
            raise InputError(
                _("Tulisannya terlalu panjang."), field=name, value=len(text),
                remedy=_("Paling banyak {most} huruf.").format(most=MOST_TEXT),
            )  # fmt: skip
    row.obstacles, row.help = _lines(obstacles), _lines(help)
    row.drafted_by, row.drafted_on = current().user_id, today
    return _kept(row, "half_report.written")


def sign(*, report_id: int, today: dt.date) -> HalfReport:
    """Signs a draft of a half-year that is over, counted after its end; never one's own. Again it changes nothing."""
    row = _held(report_id, Can.APPROVE_MOVEMENT, None)
    if row.state != ReportState.DRAFT:
        return row
    last = half_days(row.year, row.half)[1]
    if today <= last:
        raise InputError(_("Semester ini belum selesai."), field="state", remedy=_("Tanda tangani sesudah hari terakhirnya."))
    if timezone.localdate(row.computed_at) <= last:
        raise InputError(
            _("Angkanya dihitung sebelum semester ini selesai."), field="state", remedy=_("Hitung ulang angkanya dahulu.")
        )
    row.state, row.signed_by, row.signed_on = ReportState.SIGNED, current().user_id, today
    return _kept(row, "half_report.signed")


def reopen(*, report_id: int, reason: str) -> HalfReport:
    """Makes a signed version a draft again, before it is sent."""
    row = _held(report_id, Can.APPROVE_MOVEMENT, ReportState.SIGNED)
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    row.state, row.signed_by, row.signed_on = ReportState.DRAFT, None, None
    return _kept(row, "half_report.reopened", one_line(reason)[:300])


def send(*, report_id: int, today: dt.date) -> HalfReport:
    """Sends a signed version: from now on it never changes and the ministries read it. Again it changes nothing."""
    row = _held(report_id, Can.APPROVE_MOVEMENT, None)
    if row.state == ReportState.SENT:
        return row
    row.state, row.sent_by, row.sent_on = ReportState.SENT, current().user_id, today
    return _kept(row, "half_report.sent")


def _check(region_code: int, year: int, half: int, today: dt.date) -> None:
    need_region(region_code)
    if half not in (1, 2) or year < FIRST_YEAR:
        raise InputError(_("Semester ini tidak ada."), field="half", value=half, remedy=_("Pilih semester 1 atau 2."))
    if half_days(year, half)[0] > today:
        raise InputError(
            _("Semester ini belum dimulai."), field="half", value=half, remedy=_("Pilih semester yang sudah berjalan.")
        )


def _lines(text: str) -> str:
    """Paragraphs kept, all else on single spaces."""
    return "\n".join(line for line in (one_line(one) for one in text.splitlines()) if line)


def _held(report_id: int, can: Can, state: ReportState | None) -> HalfReport:
    row = HalfReport.objects.select_for_update().filter(pk=report_id).first()
    if row is None:
        raise not_yours(_("Laporan ini tidak ada, atau bukan wewenang Anda."))
    need_there(can, row.region_code)
    if state is not None and row.state != state:
        raise InputError(_("Laporan ini tidak lagi di tahap itu."), field="state", remedy=_("Muat ulang halamannya."))
    return row


def _written(row: HalfReport, today: dt.date, now: dt.datetime, action: str) -> HalfReport:
    row.figures, row.computed_at = figures(row.region_code, row.year, row.half), now
    row.drafted_by, row.drafted_on = current().user_id, today
    return _kept(row, action)


def _kept(row: HalfReport, action: str, reason: str = "") -> HalfReport:
    told = [row.region_code, row.year, row.half, row.version, row.figures, row.computed_at.isoformat(), row.obstacles, row.help]
    row.digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with refusals(), transaction.atomic():
        row.save()
    audit.record(action, "half_report", row.pk, reason=reason)
    return row
