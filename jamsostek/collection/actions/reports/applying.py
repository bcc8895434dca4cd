"""What an approved report does, in one transaction: joiners, wages, leavings, absences, then the bill or the differences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.scope import current
from jamsostek.collection.actions import bills, differences
from jamsostek.collection.actions.reports.changing import person_in, refusal
from jamsostek.collection.actions.reports.overlay import exceptions_of
from jamsostek.collection.actions.reports.states import months_billed, place_of
from jamsostek.collection.actions.reports.totals import Totals, is_late, unbilled
from jamsostek.collection.billing import reading
from jamsostek.collection.models import Bill, Report, ReportChange
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.registry.actions import employ
from jamsostek.registry.actions.people import register_people
from jamsostek.registry.choices import Leaving, Via


class Changed(InputError):
    """What would be billed is no longer what was prepared."""


def carry_out(report: Report, today: dt.date) -> None:
    """Writes the exceptions to the registry and makes the bills; the row then names them. Raises `InputError`, `Changed`."""
    exceptions = exceptions_of(report.pk, report.month)  # before they become the registry's own
    promised = Totals.read(report.totals or {})
    if is_late(report.employer_id, report.month) != promised.late:
        raise _changed()
    changes = list(report.changes.all())
    reason = f"laporan {report.pk}"
    _join(report, [one for one in changes if one.kind == "join"], today, reason)
    for one in changes:
        if one.kind == "stay":
            employ.reopen(employment_id=_job(one), reason=reason)
    _pay(report, [one for one in changes if one.kind == "wage"], reason)
    _leave(report, [one for one in changes if one.kind == "leave"], reason)
    _absences(report, changes, reason)
    _bill(report, promised, exceptions.first_month, today)


def _changed() -> Changed:
    return Changed(
        _("Datanya berubah sejak laporan ini diajukan: hasilnya tidak lagi sama dengan yang diperiksa."),
        remedy=_("Kembalikan laporannya, lalu ajukan lagi agar jumlahnya dihitung ulang."),
    )


# --- the registry -----------------------------------------------------------------------------------------------------


def _join(report: Report, joining: Sequence[ReportChange], today: dt.date, reason: str) -> None:
    if not joining:
        return
    fresh = [one for one in joining if one.participant_id is None]
    people = [person_in(one) for one in fresh]
    made = register_people(people, via=Via.EMPLOYER, today=today, place=place_of(report.employer), reason=reason)
    for one, answer in zip(fresh, made, strict=True):
        if answer.died:
            raise _about(one, "died")
    numbers = {one.pk: answer.participant_id for one, answer in zip(fresh, made, strict=True)}
    work = [
        employ.Work(
            numbers.get(one.pk) or one.participant_id or 0, month_of(_day(one)), one.wage_rupiah or 0, one.segment, one.unit_id,
            None, one.position, one.day,
        )
        for one in joining
    ]  # fmt: skip
    taken = employ.take_on(employer_id=report.employer_id, work=work, reason=reason)
    for one, begun in zip(joining, taken, strict=True):
        if begun.status != employ.TAKEN_ON:
            raise _about(one, "works_here")


def _pay(report: Report, paid: Sequence[ReportChange], reason: str) -> None:
    wages = [employ.NewWage(one.participant_id or 0, report.month, one.wage_rupiah or 0) for one in paid]
    for one, answer in zip(paid, employ.change_wages(employer_id=report.employer_id, wages=wages, reason=reason), strict=True):
        if answer == employ.NOT_THEN:
            raise _about(one, "not_then")


def _leave(report: Report, leaving: Sequence[ReportChange], reason: str) -> None:
    going = [employ.Goodbye(one.participant_id or 0, _day(one), str(Leaving(one.leaving))) for one in leaving]
    for one, answer in zip(leaving, employ.leave_many(employer_id=report.employer_id, people=going, reason=reason), strict=True):
        if answer != employ.LEFT:
            kind = {employ.ALREADY_LEFT: "already_left", employ.BEFORE_JOINING: "day_early"}.get(answer, "not_here")
            raise _about(one, kind)


def _absences(report: Report, changes: Sequence[ReportChange], reason: str) -> None:
    """Months without pay, begun and taken back; a row that is there already is opened again."""
    absent = [one for one in changes if one.kind == "absent"]
    back = [_job(one) for one in changes if one.kind == "present"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collection_absence SET ended_at = CASE WHEN employment_id = ANY (%s) THEN clock_timestamp() END"
            " WHERE month = %s AND employment_id = ANY (%s)",
            [back, report.month, [*back, *map(_job, absent)]],
        )
        cursor.execute(
            "SELECT employment_id FROM collection_absence WHERE month = %s AND employment_id = ANY (%s)",
            [report.month, [_job(one) for one in absent]],
        )
        there = {row[0] for row in cursor.fetchall()}
    fresh = [one for one in absent if _job(one) not in there]
    insert_rows(
        "collection_absence",
        {
            "employment_id": ("bigint", [_job(one) for one in fresh]),
            "month": ("int", [report.month] * len(fresh)),
            "reason": ("text", [one.note for one in fresh]),
            "made_by": ("bigint", [current().user_id] * len(fresh)),
        },
    )
    told = {"absent": "employment.unpaid", "present": "employment.paid_again"}
    audit.record_many(
        audit.Entry(told[one.kind], "participant", one.participant_id, ("employer", "month"), None, reason)
        for one in changes
        if one.kind in told
    )


def _day(one: ReportChange) -> dt.date:
    assert one.day is not None, "the database asks for it"
    return one.day


def _job(one: ReportChange) -> int:
    assert one.employment_id is not None, "the database asks for it"
    return one.employment_id


def _about(one: ReportChange, kind: str) -> InputError:
    """A refusal that names the person."""
    found = refusal(kind)
    return InputError(f"{one.name}: {found.message}", field=found.field, row=one.row, remedy=found.remedy)


# --- the bill ---------------------------------------------------------------------------------------------------------


def _bill(report: Report, promised: Totals, first_month: int, today: dt.date) -> None:
    """The month's bill, or what it and other months billed before change by; as it was promised, or nothing at all."""
    employer_id, month = report.employer_id, report.month
    billed = months_billed(employer_id)
    made: list[Bill] = []
    if not promised.late:
        report.bill_id = _regular(report, promised, today)
    elif month not in billed:
        due = reading.due_of_employer(employer_id, month)
        if len(due.lines):
            made = differences.write(unbilled(month, due), today=today, report_id=report.pk, own_fault=True)
    again = [one for one in billed if one >= first_month and (promised.late or one != month)]
    made += differences.reassess_employer(employer_id=employer_id, months=again, today=today, report_id=report.pk)
    report.difference_ids = [one.pk for one in made]
    asked = {one.from_month: one.total_rupiah for one in made}
    if {month: rupiah for month, rupiah in asked.items() if rupiah} != {
        one.month: one.total_rupiah for one in promised.months if one.total_rupiah
    }:
        raise _changed()


def _regular(report: Report, promised: Totals, today: dt.date) -> int | None:
    try:
        made = bills.bill_employer(employer_id=report.employer_id, month=report.month, today=today, report_id=report.pk)
    except bills.NothingDue:
        if promised.now.people:
            raise _changed() from None
        return None
    if (made.people, made.total_rupiah, made.wage_rupiah) != (
        promised.now.people, promised.now.total_rupiah, promised.now.wage_rupiah,
    ):  # fmt: skip
        raise _changed()
    return made.pk
