"""Interviews as they are planned, moved, cancelled and held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from jamsostek.awards.calendar import Appointment
from jamsostek.awards.edition import JAKARTA
from jamsostek.awards.models import Interview, InterviewStep, Juror
from jamsostek.core.text import _


@dataclass(frozen=True)
class Meeting:
    """An interview with the jurors who are to come, in the order of their seats."""

    row: Interview
    jurors: Sequence[Juror]
    steps: Sequence[InterviewStep]

    @property
    def where(self) -> str:
        """The place, the link, or both."""
        return ", ".join(part for part in (self.row.place, self.row.link) if part)


def interviews(edition_id: int, *, level: str = "", user_id: int | None = None) -> list[Meeting]:
    """By time; those that were cancelled too. `user_id`: those where somebody sits."""
    rows = Interview.objects.filter(entry__edition_id=edition_id)
    if level:
        rows = rows.filter(entry__level=level)
    if user_id is not None:
        mine = list(Juror.objects.filter(edition_id=edition_id, user_id=user_id).values_list("pk", flat=True))
        rows = rows.filter(juror_ids__overlap=mine)
    return _meetings(rows)


def interview(code: str) -> Meeting | None:
    """By its address; None where there is none."""
    return next(iter(_meetings(Interview.objects.filter(code=code))), None)


def planned(entry_id: int) -> list[Meeting]:
    """Interviews of an entry that are still to come or to be written down, by time."""
    return _meetings(Interview.objects.filter(entry_id=entry_id, state="planned"))


def _meetings(rows: QuerySet[Interview]) -> list[Meeting]:
    found = list(rows.select_related("entry"))
    people = {one.pk: one for one in Juror.objects.filter(pk__in={pk for row in found for pk in row.juror_ids})}
    steps: dict[int, list[InterviewStep]] = {row.pk: [] for row in found}
    for step in InterviewStep.objects.filter(interview__in=found):
        steps[step.interview_id].append(step)
    return [Meeting(row, [people[pk] for pk in row.juror_ids if pk in people], steps[row.pk]) for row in found]


def by_day(meetings: Iterable[Meeting]) -> list[tuple[dt.date, list[Meeting]]]:
    """Days in Jakarta with their interviews."""
    return [(day, list(found)) for day, found in groupby(meetings, lambda one: one.row.starts_at.astimezone(JAKARTA).date())]


def clashing(row: Interview, user_ids: Iterable[int]) -> Meeting | None:
    """A planned interview of the same candidate or of somebody of the jury at that time; the first of them."""
    entry, people = row.entry, set(user_ids)
    rows = Interview.objects.filter(state="planned", starts_at__lt=row.ends_at, ends_at__gt=row.starts_at).exclude(pk=row.pk)
    for one in rows.select_related("entry"):
        sitting = list(Juror.objects.filter(pk__in=one.juror_ids))
        same = (one.entry.subject, one.entry.subject_code) == (entry.subject, entry.subject_code)
        if same or people & {juror.user_id for juror in sitting}:
            return Meeting(one, sitting, [])
    return None


def appointments(meetings: Iterable[Meeting]) -> list[Appointment]:
    """For a calendar."""
    return [
        Appointment(
            one.row.code, one.row.starts_at, one.row.ends_at, _("Wawancara Paritrana: {name}").format(name=one.row.entry.name),
            _("Pimpinan: {leader}. Pendamping: {officials}. Juri: {jurors}.").format(
                leader=one.row.leader, officials=one.row.officials, jurors=", ".join(juror.name for juror in one.jurors)
            ),
            one.where, one.row.at, one.row.state == "cancelled", max(len(one.steps) - 1, 0),
        )
        for one in meetings
    ]  # fmt: skip
