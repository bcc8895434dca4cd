"""A version is begun, and given to whoever approves it."""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.collection.actions.reports import flags
from jamsostek.collection.actions.reports.states import editable, employer_held, expect, held, person_acting, place_of
from jamsostek.collection.actions.reports.totals import totals_of
from jamsostek.collection.models import Report
from jamsostek.collection.models.reports import OPEN
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.text import _

BACK = 24
"""Months back that a report may be about; what lies further back goes through an office."""


def begin(*, employer_id: int, month: int, today: dt.date) -> Report:
    """A draft of a month, or the version that is open; after one that was approved, the next version.

    Raises `InputError` for a month to come, or one too long ago.
    """
    employer = employer_held(employer_id)
    current().need(Can.REPORT_WAGES, place_of(employer))
    _refuse_month(month, today)
    if employer.closed_on is not None and month > month_of(employer.closed_on):
        raise InputError(
            _("Perusahaan ini sudah ditutup."), field="month", remedy=_("Buka kembali perusahaan di kantor cabang dahulu.")
        )
    versions = Report.objects.filter(employer=employer, month=month)
    there = versions.filter(state__in=OPEN).first()
    if there is not None:
        return there
    last = versions.order_by("-version").values_list("version", flat=True).first() or 0
    report = Report.objects.create(
        employer=employer, regency_code=employer.regency_code, month=month, version=last + 1, began_by=current().user_id
    )
    audit.record("report.begun", "report", report.pk, fields=("month",))
    return report


def _refuse_month(month: int, today: dt.date) -> None:
    now = month_of(today)
    if month > now:
        raise InputError(
            _("Bulan {month} belum tiba.").format(month=format_month(month)),
            field="month",
            value=month,
            remedy=_("Laporkan paling cepat pada bulan itu sendiri."),
        )
    if month < add_months(now, -BACK):
        raise InputError(
            _("Bulan {month} terlalu lama berlalu untuk dilaporkan di sini.").format(month=format_month(month)),
            field="month",
            value=month,
            remedy=_("Hubungi kantor cabang; petugas dapat menghitung ulang bulan itu."),
        )


def prepare(*, report_id: int, now: dt.datetime) -> Report:
    """Gives the draft to the approver: totals and flags are computed and kept, and no row changes until it is decided."""
    report = editable(report_id)
    who = person_acting()
    if report.files.filter(state__in=("received", "reading")).exists():
        raise InputError(_("Berkas untuk laporan ini masih dibaca."), remedy=_("Tunggu sampai selesai, lalu ajukan."))
    found = totals_of(report)
    if not found.now.people and not report.changes.exists() and not found.before.people:
        raise InputError(
            _("Tidak ada pekerja pada {month}.").format(month=format_month(report.month)),
            remedy=_("Laporkan dahulu pekerja yang masuk."),
        )
    flags.keep(report, flags.look(report))
    report.state, report.prepared_by, report.prepared_at = "prepared", who, now
    report.totals, report.late, report.reason = found.stored(), found.late, ""
    report.save()
    audit.record("report.prepared", "report", report.pk, fields=("state", "total_rupiah"))
    return report


def recall(*, report_id: int) -> Report:
    """Back to a draft, before anybody decided."""
    report = held(report_id, Can.REPORT_WAGES)
    expect(report, "prepared")
    report.state = "draft"
    report.save(update_fields=["state"])
    audit.record("report.recalled", "report", report.pk, fields=("state",))
    return report
