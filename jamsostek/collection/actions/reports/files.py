"""A month's list sent as a file: read in the limited child, turned into exceptions of the draft, never written further.

Good rows are taken though others are wrong; each wrong one is told, and the sender's own file goes back with what to mend.
A row that says what is known is no exception. Who is not in the file works on unchanged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue, language_of, scope_for
from jamsostek.access.bulk import insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, system_scope
from jamsostek.access.vault import blind_indexes
from jamsostek.collection.actions.reports import changing
from jamsostek.collection.actions.reports.changing import PROBLEMS, SAME, TAKEN, Coming, Edit
from jamsostek.collection.actions.reports.states import ACTOR, READ, editable, place_of
from jamsostek.collection.models import Report, ReportFile
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking
from jamsostek.files import actions as files
from jamsostek.law.parameters import law_at
from jamsostek.messages import guards
from jamsostek.messages.roster.layouts import REPORT
from jamsostek.messages.roster.reader import read_roster
from jamsostek.messages.roster.records import Roster
from jamsostek.registry.actions.uploads import rows as registry_rows
from jamsostek.registry.actions.uploads.finding import Who, by_number, names_differ
from jamsostek.registry.actions.uploads.keeping import RETENTION, keep_problems
from jamsostek.registry.actions.uploads.rows import LEAVINGS, Batch
from jamsostek.registry.actions.uploads.states import forget_unless_needed
from jamsostek.registry.actions.uploads.verdicts import Verdicts
from jamsostek.registry.choices import Leaving, Segment
from jamsostek.registry.models import EmployerUnit

OPEN = ("received", "reading")
BATCH = 5_000
"""Rows looked up together."""
TRIES = 5


def receive(*, report_id: int, content: bytes, file_name: str) -> ReportFile:
    """Takes a file in and has it read; the same file for the same report is one while it is read. Raises `FileUnreadable`."""
    report = editable(report_id)
    current().need(Can.UPLOAD, place_of(report.employer))
    checked = guards.check_upload(content, file_name)
    digest = hashlib.sha256(content).hexdigest()
    known = report.files.filter(file_digest=digest, state__in=OPEN).first()
    if known is not None:
        return known
    files.store(content, retention=RETENTION)
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "laporan"
    made = ReportFile.objects.create(
        report=report, file_name=name, file_digest=digest, kind=checked.kind, sent_by=current().user_id
    )
    audit.record("report.file", "report", report.pk, fields=("file",))
    enqueue(READ, file_id=made.pk)
    return made


def open_files() -> list[int]:
    """Files to be read; after a kill they are taken up again."""
    return list(ReportFile.objects.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True))


def read_file(file_id: int, *, now: dt.datetime) -> None:
    """Reads a file that was received and takes its rows into the draft; one that is over is left alone."""
    file = _begin(file_id)
    if file is None:
        return
    try:
        with speaking(language_of(file.sent_by)):
            roster = _roster(file)
            problems = keep_problems(roster)
            with acting(scope_for(file.sent_by, now.date(), actor=ACTOR, request=f"report:{file.report_id}")):
                _take_over(file, roster, problems, now)
    except InputError as error:
        with speaking(language_of(file.sent_by)):
            _stop(file_id, str(error), now)
    except Exception:
        _note_failure(file_id, now)
        raise


def _begin(file_id: int) -> ReportFile | None:
    with acting(system_scope(_(ACTOR))):
        rows = ReportFile.objects.select_for_update(no_key=True, of=("self",)).select_related("report__employer")
        found = rows.filter(pk=file_id, state__in=OPEN).first()
        if found is not None:
            found.state = "reading"
            found.save(update_fields=["state"])
        return found


def _roster(file: ReportFile) -> Roster:
    sent = guards.Upload(file.file_name, file.kind, files.read(file.file_digest))
    return read_roster(sent, layout=REPORT, month=file.report.month)


def _stop(file_id: int, error: str, now: dt.datetime) -> None:
    with acting(system_scope(_(ACTOR))):
        ReportFile.objects.filter(pk=file_id, state__in=OPEN).update(state="failed", error=error, ended_at=now)


def _note_failure(file_id: int, now: dt.datetime) -> None:
    with acting(system_scope(_(ACTOR))):
        file = ReportFile.objects.select_for_update(no_key=True).get(pk=file_id)
        tries = file.counts.get("tries", 0) + 1
        file.counts = {**file.counts, "tries": tries}
        file.save(update_fields=["counts"])
    if tries >= TRIES:
        _stop(file_id, _("Ada kesalahan pada sistem kami saat membaca berkas ini. Petugas sudah diberi tahu."), now)


# --- rows to exceptions -----------------------------------------------------------------------------------------------


def _take_over(file: ReportFile, roster: Roster, problems: str, now: dt.datetime) -> None:
    """All rows of a file, in one transaction; whoever presses "submit" meanwhile waits."""
    report = editable(file.report_id)
    held = ReportFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if held.state not in OPEN:
        return
    taking = Taking(report, file.pk)
    for start in range(0, roster.rows.num_rows, BATCH):
        taking.take(_batch(roster.rows, start))
    _write_answers(file.pk, taking.verdicts)
    wrong = roster.counts.refused
    held.rows_total, held.rows_good, held.rows_wrong = roster.counts.read, roster.counts.good, wrong
    held.rows_changed, held.problems_digest = taking.changed, problems
    held.counts = {"kinds": roster.kinds(), "answers": taking.counted()}
    held.state, held.ended_at = "done", now
    held.save()
    audit.record("report.file_read", "report", report.pk, fields=("file",))


def _batch(table: pa.Table, start: int) -> Batch:
    rows = table.slice(start, BATCH).to_pylist()
    joins = [at for at, row in enumerate(rows) if row["activity"] == "join"]
    others = [at for at, row in enumerate(rows) if row["activity"] != "join"]
    niks = [row["nik"] or "" for row in rows]
    indexes = [index if nik else None for index, nik in zip(blind_indexes("nik", niks), niks, strict=True)]
    return Batch(start, rows, joins, others, indexes, None)  # type: ignore[arg-type]  # nobody is registered from here


def _write_answers(file_id: int, verdicts: Verdicts) -> None:
    found = verdicts.found
    insert_rows(
        "collection_reportanswer",
        {
            "file_id": ("bigint", [file_id] * len(found)),
            "row": ("int", list(found)),
            "kind": ("text", [kind for kind, _person in found.values()]),
            "participant_id": ("bigint", [person for _kind, person in found.values()]),
        },
    )


class Answers(Verdicts):
    """As the registry's, with a report's own problems among them: the first that is said of a row stays."""

    def say(self, row: int, kind: str, participant_id: int | None = None) -> None:
        """Notes an answer."""
        self.found.setdefault(row, (kind, participant_id))


@dataclass
class Taking:
    """What is the same for all batches of a file."""

    report: Report
    file_id: int
    verdicts: Answers = field(default_factory=Answers)
    changed: int = 0

    def take(self, batch: Batch) -> None:
        """A batch's rows into exceptions."""
        self._edit(batch)
        self._join(batch)

    def counted(self) -> dict[str, int]:
        """How many rows got each answer."""
        counts: dict[str, int] = {}
        for kind, _person in self.verdicts.found.values():
            counts[kind] = counts.get(kind, 0) + 1
        return counts

    # --- those who are there ---

    def _edit(self, batch: Batch) -> None:
        who = by_number(batch, batch.others, self.verdicts)
        for at in batch.others:
            if at not in who:
                self.verdicts.say(batch.rows[at]["row"], "not_here")
        differ = names_differ(batch, {at: one.participant_id for at, one in who.items()}, self.verdicts)
        jobs = self._jobs([one.participant_id for one in who.values()])
        wanted, places = [], []
        for at, one in who.items():
            if at in differ:
                continue
            job = jobs.get(one.participant_id)
            if job is None:
                self.verdicts.say(batch.rows[at]["row"], "not_here", one.participant_id)
                continue
            for edit in self._edits(batch.rows[at], job):
                wanted.append(edit)
                places.append((batch.rows[at]["row"], one.participant_id))
        answers = changing.edit(report_id=self.report.pk, changes=wanted, file_id=self.file_id)
        self._tell(places, answers)

    def _jobs(self, people: list[int]) -> dict[int, int]:
        """The spell of each person that a report of the month is about: the one that covers it, else the newest."""
        with connection.cursor() as cursor:
            cursor.execute(_SPELLS, [people, self.report.employer_id, self.report.month, self.report.month])
            return dict(cursor.fetchall())

    def _edits(self, row: Mapping[str, Any], job: int) -> list[Edit]:
        found = []
        if row["activity"] == "leave":
            reason = str(LEAVINGS.get(row["leave_reason"], Leaving.OTHER)) if row["leave_reason"] else ""
            found.append(Edit("leave", job, day=row["end_date"], leaving=reason, row=row["row"]))
        if row["unpaid"] is not None:
            found.append(Edit("absent" if row["unpaid"] else "present", job, row=row["row"]))
        wage = self._wage(row)
        if wage is not None:
            found.append(Edit("wage", job, wage_rupiah=wage, row=row["row"]))
        return found

    def _wage(self, row: Mapping[str, Any]) -> int | None:
        """A month's wage; a day's by the law's number of days."""
        if row["wage_rupiah"] is not None:
            return int(row["wage_rupiah"])
        daily = row["daily_wage_rupiah"]
        return None if daily is None else int(daily) * int(law_at(self.report.month).number("wage.daily_multiplier"))

    # --- those who join ---

    def _join(self, batch: Batch) -> None:
        if not batch.joins:
            return
        numbered = by_number(batch, batch.joins, self.verdicts)
        differ = names_differ(batch, {at: one.participant_id for at, one in numbered.items()}, self.verdicts)
        births = changing.births([one.participant_id for one in numbered.values()])
        coming, places = [], []
        for at in batch.joins:
            row, one = batch.rows[at], numbered.get(at)
            if at in differ or row["row"] in self.verdicts.found:
                continue
            if one is not None and one.died:
                self.verdicts.say(row["row"], "died", one.participant_id)
                continue
            coming.append(self._coming(row, one, births))
            places.append((row["row"], one.participant_id if one else None))
        answers = changing.join_many(report_id=self.report.pk, people=coming, file_id=self.file_id)
        self._tell(places, answers)

    def _coming(self, row: Mapping[str, Any], one: Who | None, births: Mapping[int, dt.date]) -> Coming:
        person = registry_rows._person(dict(row), self.report.employer.regency_code) if one is None else None
        unit = self._units.get((row["unit"] or "").casefold())
        if row["unit"] and unit is None:
            self.verdicts.say(row["row"], "unit_unknown", one.participant_id if one else None)
        return Coming(
            one.participant_id if one else None, person, row["name"], births[one.participant_id] if one else row["birth_date"],
            row["start_date"], self._wage(row) or 0, row["segment"] or Segment.PU, unit, row["occupation"] or "", row["row"],
        )  # fmt: skip

    @property
    def _units(self) -> dict[str, int]:
        """Units by code and by name."""
        rows = EmployerUnit.objects.filter(employer_id=self.report.employer_id).values_list("pk", "code", "name")
        return {text.casefold(): pk for pk, code, name in rows for text in (name, code)}

    def _tell(self, places: Sequence[tuple[int, int | None]], answers: Sequence[str]) -> None:
        taken = {row for (row, _person), answer in zip(places, answers, strict=True) if answer == TAKEN}
        self.changed += len(taken)
        for (row, person), answer in zip(places, answers, strict=True):
            if answer in PROBLEMS and answer != "wage_of_trainee":
                self.verdicts.say(row, answer, person)
            assert answer in PROBLEMS or answer in (TAKEN, SAME), answer


_SPELLS = """
    SELECT DISTINCT ON (same.asked) same.asked, e.id
    FROM registry_one_person(%s) same JOIN registry_employment e ON e.participant_id = same.person AND e.employer_id = %s
    WHERE e.project_id IS NULL
    ORDER BY same.asked, e.from_month <= %s AND coalesce(e.to_month, 999912) >= %s DESC, e.from_month DESC
"""


def forget_report_files(*, now: dt.datetime, days: int = 90) -> int:
    """Destroys files that were read long ago; reports keep what was taken from them."""
    old = ReportFile.objects.filter(ended_at__lt=now - dt.timedelta(days=days)).exclude(problems_digest="")
    count = 0
    for one in old:
        with transaction.atomic():
            for digest in (one.file_digest, one.problems_digest):
                if not ReportFile.objects.exclude(pk=one.pk).filter(file_digest=digest).exclude(problems_digest="").exists():
                    forget_unless_needed(digest, now=now)
            one.problems_digest = ""
            one.save(update_fields=["problems_digest"])
        count += 1
    return count
