"""Another person decides: approved and carried out at once, or given back with a reason; a long one by a job.

Where an employer has only one person who signs in, and is a household or a micro firm of at most ALONE_MOST people, that person
may approve alone after signing in once more (the page asks). The row says so for ever, and compliance sees it. All others
without a second person invite one, or ask the supervisor of their branch.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue, language_of, scope_for
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Scope, acting, system_scope
from jamsostek.collection.actions.reports.applying import carry_out
from jamsostek.collection.actions.reports.states import ACTOR, APPLY, Elsewhere, expect, held, person_acting
from jamsostek.collection.actions.reports.totals import Totals
from jamsostek.collection.models import Report
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking

ALONE_MOST = 10
"""People in a report that one person may approve alone; PP 7/2021 counts no people, ten is where a family firm ends."""
AT_ONCE = 2_000
"""People, and exceptions, of a report that is carried out while the page waits; a longer one is a job."""
TRIES = 5


def may_alone(report: Report, user_id: int | None) -> bool:
    """Whether this user may approve what they prepared, there being nobody else."""
    if user_id is None or report.totals is None or Totals.read(report.totals).now.people > ALONE_MOST:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT collection_alone(%s, %s)", [report.employer_id, user_id])
        return bool(cursor.fetchone()[0])


def approve(*, report_id: int, today: dt.date, now: dt.datetime, alone: bool = False, at_once: bool | None = None) -> Report:
    """Approves and carries out; a long report is carried out by a job. Nothing is written when anything is refused.

    `alone` says that the preparer has just proved once more to be themself; it helps only where there is nobody else.
    """
    with transaction.atomic():
        report = held(report_id, Can.APPROVE_REPORT)
        expect(report, "prepared")
        who = person_acting()
        if who == report.prepared_by and not (alone and may_alone(report, who)):
            raise Refused(
                _("Anda sendiri yang menyusun laporan ini."),
                remedy=_("Penyetuju lain yang memeriksanya. Bila tidak ada, undang seorang, atau minta penyelia kantor cabang."),
            )
        report.approved_by, report.approved_at, report.alone = who, now, who == report.prepared_by
        report.state = "approved"
        try:
            with transaction.atomic():
                report.save(update_fields=["state", "approved_by", "approved_at", "alone"])
        except IntegrityError as error:
            raise Refused(_("Laporan ini disetujui oleh orang lain daripada penyusunnya.")) from error
        audit.record("report.approved", "report", report.pk, fields=("state", "total_rupiah"))
        if at_once if at_once is not None else _is_short(report):
            _finish(report, today, now)
        else:
            enqueue(APPLY, report_id=report.pk)
    return report


def _is_short(report: Report) -> bool:
    return max(Totals.read(report.totals or {}).now.people, report.changes.count()) <= AT_ONCE


def _finish(report: Report, today: dt.date, now: dt.datetime) -> None:
    carry_out(report, today)
    report.state, report.done_at = "billed", now
    report.save(update_fields=["state", "done_at", "bill_id", "difference_ids"])
    audit.record("report.billed", "report", report.pk, fields=("state",))


def send_back(*, report_id: int, reason: str, now: dt.datetime) -> Report:
    """Gives the report back to whoever wrote it, with a reason."""
    report = held(report_id, Can.APPROVE_REPORT)
    expect(report, "prepared")
    _needs_reason(reason, _("Tulis apa yang perlu diperbaiki."))
    report.state, report.reason = "returned", reason.strip()
    report.returned_by, report.returned_at = person_acting(), now
    report.save(update_fields=["state", "reason", "returned_by", "returned_at"])
    audit.record("report.returned", "report", report.pk, fields=("state",), reason=report.reason)
    return report


def withdraw(*, report_id: int, reason: str) -> Report:
    """Ends a version nobody approved; nothing of it was applied."""
    report = held(report_id, Can.REPORT_WAGES)
    expect(report, "draft", "returned", "prepared")
    _needs_reason(reason, _("Tulis mengapa laporan ini ditarik."))
    report.state, report.reason = "withdrawn", reason.strip()
    report.save(update_fields=["state", "reason"])
    audit.record("report.withdrawn", "report", report.pk, fields=("state",), reason=report.reason)
    return report


def _needs_reason(reason: str, remedy: str) -> None:
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=remedy)


# --- the job ----------------------------------------------------------------------------------------------------------


def open_approvals() -> list[int]:
    """Reports that were approved and are not carried out: after a kill they are taken up again."""
    return list(Report.objects.filter(state="approved").order_by("pk").values_list("pk", flat=True))


def apply(report_id: int, *, today: dt.date, now: dt.datetime) -> None:
    """Carries out what was approved, for whoever approved it; one in another state is left alone.

    What the registry refuses gives the report back with the reason; what fails unexpectedly is tried again, TRIES times.
    """
    scope = _approver(report_id, today)
    if scope is None:
        return
    who, acts = scope
    try:
        with speaking(language_of(who)), acting(acts):
            report = held(report_id, Can.APPROVE_REPORT)
            expect(report, "approved")
            _finish(report, today, now)
    except Elsewhere:
        return
    except InputError as error:
        with speaking(language_of(who)):
            _give_back(report_id, str(error), now)
    except Exception:
        _note_failure(report_id, now)
        raise


def _approver(report_id: int, today: dt.date) -> tuple[int | None, Scope] | None:
    with acting(system_scope(_(ACTOR))):
        report = Report.objects.filter(pk=report_id, state="approved").first()
        if report is None:
            return None
        return report.approved_by, scope_for(report.approved_by, today, actor=ACTOR, request=f"report:{report_id}")


def _give_back(report_id: int, reason: str, now: dt.datetime) -> None:
    """Back to the employer, by nobody but the registry's refusal."""
    with acting(system_scope(_(ACTOR))):
        report = Report.objects.select_for_update(no_key=True).get(pk=report_id)
        if report.state != "approved":
            return
        report.state, report.reason, report.returned_by, report.returned_at = "returned", reason, None, now
        report.approved_by = report.approved_at = None
        report.alone = False
        report.save()
        audit.record("report.returned", "report", report.pk, fields=("state",))


def _note_failure(report_id: int, now: dt.datetime) -> None:
    with acting(system_scope(_(ACTOR))):
        report = Report.objects.select_for_update(no_key=True).get(pk=report_id)
        report.tries += 1
        report.save(update_fields=["tries"])
    if report.tries >= TRIES:
        _give_back(report_id, _("Ada kesalahan pada sistem kami saat menjalankan laporan ini. Petugas sudah diberi tahu."), now)
