"""Reports of the funds: asked for by the head office, risk or the actuary; made; signed by the chief, or refused with the reason.

asked ─→ its parts are made ─→ signed (digest and signature kept) or refused ─→ another edition, with why
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import get_user_model
from django.db import connection

from jamsostek.access import audit, signing
from jamsostek.access.background import alone, enqueue
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, everything_in_sight, system_scope
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import add_months, first_day
from jamsostek.core.text import _
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import Report
from jamsostek.fund.reports import building
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries import settled_moment

BUILD = "fund.build_report"
PURPOSE = "fund"
"""The signing keys of reports."""
LOCK = 820_236
AT_ONCE = 200_000
"""Up to so many sums of days a report is made at once; beyond it a job makes it."""
NOTE_MOST = 500
ASKERS = (Can.RUN_MONTH, Can.CHECK_TRADE, Can.PROJECT, Can.APPROVE_FUND)


def may_ask() -> bool:
    """Whether whoever looks may ask for a report: the head office, risk, the actuary, the chief."""
    return current().may(Can.READ_BOOKS) and any(current().may(one) for one in ASKERS)


def ask(*, kind: str, fund: str, period: int, today: dt.date, note: str = "", invented: bool = False) -> Report:
    """Asks for a report; while one of the same period waits for its answer, that one. Raises `InputError`, `Refused`."""
    current().need(Can.READ_BOOKS)
    if not may_ask():
        current().need(Can.RUN_MONTH)
    _check(kind, fund, period, today, invented)
    rows = Report.objects.filter(kind=kind, fund=fund, period=period).select_related("answer").order_by("-edition")
    newest = rows.first()
    if newest is not None and getattr(newest, "answer", None) is None:
        return newest
    if newest is not None and not note.strip():
        raise InputError(
            _("Edisi {edition} sudah diputuskan; tulis mengapa perlu edisi baru.").format(edition=newest.edition), field="note",
            remedy=_("Sebutkan apa yang diperbaiki."),
        )  # fmt: skip
    if len(note.strip()) > NOTE_MOST:
        raise InputError(_("Catatannya terlalu panjang."), field="note", remedy=_("Tulis paling banyak 500 huruf."))
    edition = newest.edition + 1 if newest else 1
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_report (kind, fund, period, edition, known_at, parts, note, invented, asked_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [kind, fund, period, edition, settled_moment(), list(building.PARTS[kind]), note.strip() if edition > 1 else "",
             invented, current().user_id],
        )  # fmt: skip
        report = Report.objects.get(pk=cursor.fetchone()[0])
    audit.record("fund.report_asked", "fund_report", report.pk, fields=("month",))
    if _short_books():
        with everything_in_sight():
            for part in building.missing(report):
                building.make(report, part)
    else:
        enqueue(BUILD, report_id=report.pk)
    return report


def _check(kind: str, fund: str, period: int, today: dt.date, invented: bool) -> None:
    if kind not in building.PARTS:
        raise unknown_name(_("Jenis laporan"), kind, building.PARTS)
    known = PROGRAMMES if kind == "monthly" else ("all",)
    if fund not in known:
        raise unknown_name(_("Dana"), fund, known)
    begins = period if kind == "monthly" else period * 100 + 1
    if not 200901 <= begins <= 210012 or begins % 100 not in range(1, 13) or first_day(add_months(begins, 1)) > today:
        raise InputError(
            _("Masa ini belum berakhir."), field="period", value=period, remedy=_("Pilih bulan yang sudah berakhir.")
        )
    if invented and not get_user_model().objects.filter(is_demo=True).exists():
        raise InputError(_("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Hapus tanda rekaan."))


def _short_books() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM ledger_day LIMIT %s) AS counted", [AT_ONCE + 1])
        return int(cursor.fetchone()[0]) <= AT_ONCE


def build(*, report_id: int) -> int:
    """Makes what is missing of a report, each part in a transaction of its own; how many were made. For jobs."""
    made = 0
    with alone(LOCK, report_id) as mine:
        if not mine:
            return 0
        while True:
            with acting(system_scope(BUILD)):
                report = Report.objects.get(pk=report_id)
                left = building.missing(report)
                if not left:
                    return made
                building.make(report, left[0])
                made += 1


def unfinished() -> list[int]:
    """Reports with parts that are not made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM fund_report r WHERE NOT EXISTS (SELECT FROM fund_reportsign s WHERE s.report_id = r.id)"
            " AND (SELECT count(*) FROM fund_reportpart p WHERE p.report_id = r.id) < cardinality(r.parts) ORDER BY r.id"
        )
        return [row[0] for row in cursor.fetchall()]


def answer(*, report_id: int, signed: bool, reason: str = "") -> Report:
    """The chief signs a report that somebody else asked for, or refuses it. Raises `InputError`, `Refused`."""
    current().need(Can.APPROVE_FUND)
    report = Report.objects.select_related("answer").filter(pk=report_id).first()
    if report is None:
        raise not_yours(_("Laporan ini tidak ada."))
    if getattr(report, "answer", None) is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus ditandatangani oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    if building.missing(report):
        raise InputError(_("Laporan ini belum selesai disusun."), remedy=_("Tunggu sampai semua bagiannya jadi."))
    if signed and user == report.asked_by:
        raise Refused(_("Anda sendiri yang meminta laporan ini."), remedy=_("Orang lain yang berwenang menandatanganinya."))
    if signed and report.kind == "annual" and not building.whole_year(report) and not report.invented:
        raise InputError(_("Tahun ini belum berakhir ketika laporannya disusun."), remedy=_("Tolak, lalu minta edisi baru."))
    if not signed and not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    digest = building.digest(report)
    key = signing.key(PURPOSE) if signed else None
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_reportsign (report_id, signed, reason, digest, signature, key_id, by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [report_id, signed, reason.strip(), digest, key.private.sign(digest) if key else None, key.id if key else None, user],
        )
    audit.record(
        "fund.report_signed" if signed else "fund.report_refused", "fund_report", report_id, fields=("digest",),
        reason=reason.strip(),
    )  # fmt: skip
    return Report.objects.select_related("answer").get(pk=report_id)


__all__ = ["answer", "ask", "build", "may_ask", "unfinished"]
