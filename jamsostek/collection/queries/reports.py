"""Wage reports as people look at them: the months of an employer, one version with its rows, what is flagged, its files."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.collection.actions.reports.changing import PROBLEMS, Job, jobs_of
from jamsostek.collection.actions.reports.deciding import may_alone
from jamsostek.collection.actions.reports.flags import FLAGS, Found
from jamsostek.collection.actions.reports.preparing import BACK
from jamsostek.collection.actions.reports.states import name_of
from jamsostek.collection.actions.reports.totals import Totals, totals_of
from jamsostek.collection.models import Bill, Report, ReportAnswer, ReportChange, ReportFile, ReportFlag
from jamsostek.collection.models.reports import EDITED, KINDS, OPEN
from jamsostek.collection.queries import bills
from jamsostek.collection.queries.bills import Shown
from jamsostek.core.months import add_months
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages import guards
from jamsostek.messages.roster.kinds import KINDS as READER_KINDS
from jamsostek.messages.roster.problems import RosterProblem
from jamsostek.messages.roster.records import Roster
from jamsostek.messages.roster.returned import Result, RowVerdict, write_returned
from jamsostek.messages.tables.problems import ERROR, NOTE, SEVERITIES, WARNING
from jamsostek.registry.actions.uploads.keeping import kept
from jamsostek.registry.actions.uploads.verdicts import VERDICTS
from jamsostek.registry.models import Employment, Participant
from jamsostek.registry.queries import lists
from jamsostek.registry.queries.uploads import Group

__all__ = ["BACK", "EDITED", "FLAGS", "KINDS", "OPEN", "Totals", "name_of", "totals_of"]  # and what is defined here


# --- which report -----------------------------------------------------------------------------------------------------


def get(report_id: int) -> Report:
    """A version in sight; raises `Refused`, the same whether it is there or not."""
    found = Report.objects.select_related("employer").filter(pk=report_id).first()
    if found is None:
        raise not_yours(_("Laporan ini tidak ada, atau bukan milik Anda."))
    return found


def newest(employer_id: int, month: int) -> Report | None:
    """The version of a month that counts: the open one, else the newest that was not withdrawn."""
    versions_ = Report.objects.select_related("employer").filter(employer_id=employer_id, month=month)
    return versions_.exclude(state="withdrawn").order_by("-version").first()


def versions(employer_id: int, month: int) -> list[Report]:
    """All versions of a month, the newest first."""
    return list(Report.objects.select_related("employer").filter(employer_id=employer_id, month=month).order_by("-version"))


def by_version(employer_id: int, month: int, version: int) -> Report | None:
    """One version of a month."""
    return Report.objects.select_related("employer").filter(employer_id=employer_id, month=month, version=version).first()


def reports(employer_id: int, *, after: int | None = None, limit: int = 50) -> list[Report]:
    """An employer's reports, the newest first."""
    rows = Report.objects.select_related("employer").filter(employer_id=employer_id).order_by("-pk")
    return list((rows.filter(pk__lt=after) if after else rows)[:limit])


@dataclass(frozen=True)
class MonthRow:
    """A month of an employer: its report, and the bills that ask for it with how far they are paid."""

    month: int
    report: Report | None
    bills: tuple[Shown, ...]


def months(employer_id: int, upto: int, today: dt.date, count: int = 12) -> list[MonthRow]:
    """The last months, the newest first. How far a bill is paid is said by `queries.bills`."""
    first = add_months(upto, 1 - count)
    rows = Report.objects.filter(employer_id=employer_id, month__range=(first, upto)).exclude(state="withdrawn")
    by_month = {one.month: one for one in rows.order_by("version")}
    asked = Bill.objects.filter(employer_id=employer_id, payer_kind=1, kind__in=(1, 2), from_month__range=(first, upto))
    shown: dict[int, list[Shown]] = {}
    for one in bills.shown(list(asked.order_by("pk")), today):
        shown.setdefault(one.bill.from_month, []).append(one)
    wanted = [add_months(upto, -at) for at in range(count)]
    return [MonthRow(month, by_month.get(month), tuple(shown.get(month, ()))) for month in wanted]


def bills_of(report: Report, today: dt.date) -> list[Shown]:
    """The bills a report made."""
    ids = [one for one in (report.bill_id, *report.difference_ids) if one]
    return bills.shown(list(Bill.objects.filter(pk__in=ids).order_by("pk")), today)


def waiting(*, alone: bool = False) -> QuerySet[Report]:
    """Reports in sight that wait for a decision, the oldest first; with `alone` those whose employer has nobody to decide."""
    rows = Report.objects.select_related("employer").filter(state="prepared").order_by("prepared_at", "pk")
    if not alone:
        return rows
    return rows.extra(where=["collection_nobody_else(collection_report.employer_id, collection_report.prepared_by)"])


def flagged() -> QuerySet[Report]:
    """Reports in sight with a flag that were carried out, the newest first."""
    rows = Report.objects.select_related("employer").filter(Q(flags__isnull=False) | Q(alone=True), state="billed")
    return rows.annotate(kinds=Count("flags__kind", distinct=True)).order_by("-done_at", "-pk")


# --- its rows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """Somebody in a report: the spell as the registry knows it, and the exceptions about it by kind."""

    job: Employment
    wage_rupiah: int | None
    absent: bool
    changes: dict[str, ReportChange]

    @property
    def wage_now(self) -> int | None:
        """The wage with the exception."""
        change = self.changes.get("wage")
        return change.wage_rupiah if change else self.wage_rupiah

    @property
    def unpaid(self) -> bool:
        """Whether the month is one without pay, with the exceptions."""
        return "absent" in self.changes or (self.absent and "present" not in self.changes)


def lines(
    report: Report, *, text: str = "", unit_id: int | None = None, state: str = "working", skip: int = 0, take: int = 25
) -> list[Line]:
    """Those who work there in the report's month, by name, a page at a time. States as of `lists.staff`, and `unpaid`."""
    found = lists.staff(
        report.employer_id, report.month, text=text, state=state, unit_id=unit_id, skip=skip, take=take
    )  # fmt: skip
    return _lines(report, found)


def line(report: Report, employment_id: int) -> Line | None:
    """One of them."""
    found = _lines(report, lists.employments([employment_id], report.month))
    return found[0] if found and found[0].job.employer_id == report.employer_id else None


def lines_changed(report: Report, *, kind: str = "", skip: int = 0, take: int = 25) -> list[ReportChange]:
    """Exceptions in the order they were made; joiners among them."""
    rows = ReportChange.objects.filter(report=report).select_related("employment__unit", "participant").order_by("-pk")
    return list((rows.filter(kind=kind) if kind else rows)[skip : skip + take])


def change(report: Report, change_id: int) -> ReportChange | None:
    """One exception."""
    return ReportChange.objects.filter(report=report, pk=change_id).select_related("participant").first()


def changes(report: Report, *, after: int = 0, limit: int = 50) -> list[ReportChange]:
    """Exceptions by id, for lists that go on."""
    rows = ReportChange.objects.filter(report=report, pk__gt=after).select_related("participant").order_by("pk")
    return list(rows[:limit])


def counts(report: Report) -> dict[str, int]:
    """How many exceptions there are of each kind."""
    return dict(ReportChange.objects.filter(report=report).values_list("kind").annotate(n=Count("pk")).order_by())


def _lines(report: Report, found: Sequence[Employment]) -> list[Line]:
    ids = [one.pk for one in found]
    by_job: dict[int, dict[str, ReportChange]] = {}
    for one in ReportChange.objects.filter(report=report, employment_id__in=ids):
        by_job.setdefault(one.employment_id or 0, {})[one.kind] = one
    away = _absent(ids, report.month)
    return [Line(one, lists.wage_of(one), one.pk in away, by_job.get(one.pk, {})) for one in found]


def _absent(ids: Sequence[int], month: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT employment_id FROM collection_absence WHERE month = %s AND employment_id = ANY (%s) AND ended_at IS NULL",
            [month, list(ids)],
        )
        return {row[0] for row in cursor.fetchall()}


def sheet_rows(report: Report) -> Iterator[tuple[Employment, int | None, bool, str]]:
    """The whole month for a workbook: spell, wage and absence with the exceptions, and the unit; projects are left out."""
    for start in range(0, lists.ALL, 5_000):
        page = lines(report, skip=start, take=5_000)
        for one in page:
            if one.job.project_id is None:
                yield one.job, one.wage_now, one.unpaid, one.job.unit.name if one.job.unit else ""
        if len(page) < 5_000:
            return


def job_of(report: Report, employment_id: int) -> Job | None:
    """The spell as exceptions are checked against it."""
    return jobs_of(report.employer_id, [employment_id], report.month).get(employment_id)


# --- what is flagged --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Flag:
    """A kind of flag with the facts of the whole, and those named."""

    kind: str
    facts: dict[str, Any]
    article: str
    people: tuple[ReportFlag, ...]


def flags(report: Report, *, most: int = 10) -> list[Flag]:
    """A report's flags by kind, in the order of FLAGS; the first people of each."""
    rows = list(ReportFlag.objects.filter(report=report).select_related("participant").order_by("pk"))
    found = []
    for kind, told in FLAGS.items():
        mine = [one for one in rows if one.kind == kind]
        whole = next((one for one in mine if one.participant_id is None), None)
        if whole is not None:
            people = tuple(one for one in mine if one.participant_id is not None)[:most]
            found.append(Flag(kind, whole.facts, told.article, people))
    if report.alone:
        found.append(Flag("one_person", {}, "", ()))
    return found


def looked_up(found: Sequence[Found]) -> list[Flag]:
    """Flags that are not stored yet, without their people."""
    return [Flag(one.kind, dict(one.facts), FLAGS[one.kind].article, ()) for one in found if one.participant_id is None]


def needs_other(report: Report, user_id: int | None) -> bool:
    """Whether this user prepared it and may not approve it alone."""
    return report.prepared_by == user_id and not may_alone(report, user_id)


# --- its files --------------------------------------------------------------------------------------------------------


def file(report: Report, file_id: int) -> ReportFile | None:
    """A file sent for a report."""
    return ReportFile.objects.select_related("report__employer").filter(report=report, pk=file_id).first()


def files_of(report: Report) -> list[ReportFile]:
    """Files sent for a report, the newest first."""
    return list(ReportFile.objects.filter(report=report).order_by("-pk")[:10])


def answer_words(kind: str) -> tuple[str, str, str]:
    """Severity, title and remedy of an answer: the registry's own, or a report's."""
    if kind in PROBLEMS:
        severity = WARNING if kind == "unit_unknown" else ERROR
        return severity, _(PROBLEMS[kind].text), _(PROBLEMS[kind].remedy)
    told = VERDICTS[kind]
    return told.severity, _(told.title), _(told.remedy)


def file_groups(one: ReportFile) -> list[Group]:
    """What is to be mended in a file, by kind of repair: errors first, then the largest."""
    told = one.counts.get("kinds", {})
    found = [
        Group(k, READER_KINDS[k].severity, _(READER_KINDS[k].problem), _(READER_KINDS[k].remedy), n) for k, n in told.items()
    ]
    for kind, count in one.counts.get("answers", {}).items():
        found.append(Group(kind, *answer_words(kind), count))
    shown = [one for one in found if one.severity != NOTE]
    return sorted(shown, key=lambda group: (SEVERITIES.index(group.severity), -group.count))


@dataclass(frozen=True)
class FileRow:
    """A row of a file to be mended."""

    row: int | None
    where: str
    seen: str
    expected: str
    person: Participant | None = None


def file_rows(one: ReportFile, kind: str, start: int, count: int) -> list[FileRow]:
    """Where a problem of a file stands, a page at a time; raises `FileGone` when it was forgotten."""
    if kind in one.counts.get("kinds", {}):
        found: list[RosterProblem] = _roster(one).problems(kind, start=start, count=count)
        return [FileRow(p.row, f"{p.column} · {p.title}" if p.column else "", p.value_seen, p.expected) for p in found]
    rows = list(ReportAnswer.objects.filter(file=one, kind=kind).order_by("row")[start : start + count])
    people = Participant.objects.in_bulk([row.participant_id for row in rows if row.participant_id])
    return [FileRow(row.row, "", "", "", people.get(row.participant_id or 0)) for row in rows]


def returned_file(one: ReportFile) -> bytes:
    """The sender's list with the rows to mend and how; raises `FileGone` when it was forgotten."""
    original = guards.Upload(one.file_name, one.kind, files.read(one.file_digest))
    target = io.BytesIO()
    answers = ReportAnswer.objects.filter(file=one).values_list("row", "kind")
    told = {kind: answer_words(kind) for kind in {kind for _row, kind in answers}}
    verdicts = {row: RowVerdict(_result(told[kind][0]), told[kind][1], told[kind][2]) for row, kind in answers}
    write_returned(_roster(one), original, target, rows="wrong", verdicts=verdicts)
    return target.getvalue()


def _result(severity: str) -> Result:
    return Result.REFUSED if severity == ERROR else Result.WARNED if severity == WARNING else Result.ACCEPTED


@dataclass(frozen=True)
class _Kept:
    """What `keeping.kept` asks of a file."""

    problems_digest: str
    file_name: str
    layout: str
    month: int


def _roster(one: ReportFile) -> Roster:
    return kept(_Kept(one.problems_digest, one.file_name, "report", one.report.month))  # type: ignore[arg-type]
