"""Two numbers that may be one person: the questions before a human, the pair side by side, and merges made so far.

A pair may lie across the border of two offices. Whoever is out of sight is None here, and only an office that sees both
decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.access.vault import blind_index
from jamsostek.core.text import _
from jamsostek.registry.actions.people import match
from jamsostek.registry.choices import QuestionState
from jamsostek.registry.models import DuplicateQuestion, Merge, Participant
from jamsostek.registry.queries.merged import one_person


@dataclass(frozen=True)
class Pair:
    """A question with the two it is about; one out of sight is None."""

    id: int
    first: Participant | None
    second: Participant | None
    clues: dict[str, str]
    state: str
    asked_at: dt.datetime
    asked_by: int | None
    decided_at: dt.datetime | None
    decided_by: str
    reason: str

    @property
    def whole(self) -> bool:
        """Whether both are in sight."""
        return self.first is not None and self.second is not None


class Questions:
    """Questions in sight as something that can be cut into pages: open ones in the order they came, decided ones newest first."""

    def __init__(self, *, is_open: bool) -> None:
        rows = DuplicateQuestion.objects
        self._rows: QuerySet[DuplicateQuestion] = (
            rows.filter(state=QuestionState.OPEN).order_by("id")
            if is_open
            else rows.exclude(state=QuestionState.OPEN).order_by("-decided_at", "-id")
        )

    def __getitem__(self, cut: slice) -> list[Pair]:
        return _pairs(list(self._rows[cut]))


def question(question_id: int) -> Pair:
    """One question in sight; raises `Refused`."""
    found = DuplicateQuestion.objects.filter(pk=question_id).first()
    if found is None:
        raise not_yours(_("Pertanyaan ini tidak ada, atau di luar wilayah kerja Anda."))
    return _pairs([found])[0]


def about(participant_id: int) -> list[Pair]:
    """Open questions about a person."""
    here = {pk for name in ("first_id", "second_id") for pk in _ids_where(name, participant_id)}
    return _pairs(list(DuplicateQuestion.objects.filter(pk__in=here, state=QuestionState.OPEN).order_by("id")))


def _ids_where(name: str, participant_id: int) -> list[int]:
    return list(DuplicateQuestion.objects.filter(**{name: participant_id}).values_list("pk", flat=True))


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of users by id, for lists of who did something."""
    return dict(User.objects.filter(pk__in={one for one in user_ids if one}).values_list("pk", "name"))


def _pairs(rows: Sequence[DuplicateQuestion]) -> list[Pair]:
    people = Participant.objects.in_bulk({one for row in rows for one in (row.first_id, row.second_id)})
    names = names_of(row.decided_by for row in rows if row.decided_by)
    return [
        Pair(
            row.pk, people.get(row.first_id), people.get(row.second_id), row.clues, row.state, row.asked_at, row.asked_by,
            row.decided_at, names.get(row.decided_by or 0, ""), row.reason,
        )
        for row in rows
    ]  # fmt: skip


# --- merges -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Joined:
    """A merge: `source` goes on under the number of `into`. Undone ones stay in sight."""

    id: int
    source: Participant | None
    into: Participant | None
    reason: str
    by: str
    at: dt.datetime
    undone_by: str
    undone_at: dt.datetime | None
    undone_reason: str


class Merges:
    """Merges in sight, the newest first, as something that can be cut into pages; of one person where one is named."""

    def __init__(self, participant_id: int | None = None) -> None:
        rows = Merge.objects.order_by("-at", "-id")
        if participant_id is not None:
            same = one_person(participant_id)
            rows = rows.filter(into_id__in=same) | rows.filter(source_id__in=same)
        self._rows: QuerySet[Merge] = rows

    def __getitem__(self, cut: slice) -> list[Joined]:
        return _joined(list(self._rows[cut]))


def merge(merge_id: int) -> Joined:
    """One merge in sight; raises `Refused`."""
    found = Merge.objects.filter(pk=merge_id).first()
    if found is None:
        raise not_yours(_("Penggabungan ini tidak ada, atau di luar wilayah kerja Anda."))
    return _joined([found])[0]


def _joined(rows: Sequence[Merge]) -> list[Joined]:
    people = Participant.objects.in_bulk({one for row in rows for one in (row.source_id, row.into_id)})
    names = names_of({row.by for row in rows} | {row.undone_by for row in rows if row.undone_by})
    return [
        Joined(
            row.pk, people.get(row.source_id), people.get(row.into_id), row.reason, names.get(row.by, ""), row.at,
            names.get(row.undone_by or 0, ""), row.undone_at, row.undone_reason,
        )
        for row in rows
    ]  # fmt: skip


# --- whose NIK --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A NIK that is a participant's. `person` is None out of sight."""

    person: Participant | None
    died: bool


def known_nik(nik: str) -> Known | None:
    """Whose NIK it is, merges followed; None where it is nobody's."""
    digits = "".join(sign for sign in nik if sign.isdecimal())
    found = match([blind_index("nik", digits)]) if digits else {}
    if not found:
        return None
    ((participant_id, died),) = found.values()
    return Known(Participant.objects.filter(pk=participant_id).first(), died)
