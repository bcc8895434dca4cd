"""Bulk files as people see them: how far they are, what to mend, what came of each row, and the file that goes back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages import guards
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.roster.layouts import LAYOUTS
from jamsostek.messages.roster.places import shown
from jamsostek.messages.roster.problems import RosterProblem
from jamsostek.messages.roster.returned import Result, RowVerdict, write_returned
from jamsostek.messages.roster.template import write_template
from jamsostek.messages.tables.problems import ERROR, NOTE, SEVERITIES
from jamsostek.registry.actions.uploads.keeping import kept
from jamsostek.registry.actions.uploads.states import OPEN
from jamsostek.registry.actions.uploads.verdicts import ORDER, VERDICTS
from jamsostek.registry.choices import UploadState
from jamsostek.registry.models import Participant, Region, Sponsor, Upload, UploadVerdict

_LEVEL_VILLAGE = 4
_RESULTS = {"known": Result.ALREADY, "already_there": Result.KEPT, "repeated": Result.ALREADY}


def get(upload_id: int) -> Upload:
    """An upload in sight; raises `Refused`, the same whether hidden or not there at all."""
    found = Upload.objects.select_related("employer", "sponsor").filter(pk=upload_id).first()
    if found is None:
        raise not_yours(_("Berkas ini tidak ada, atau bukan milik Anda."))
    return found


def recent(*, employer_id: int | None = None, sponsor_id: int | None = None, limit: int = 10) -> list[Upload]:
    """The newest uploads of an employer or sponsor."""
    return list(_of(employer_id, sponsor_id).order_by("-pk")[:limit])


def waiting(*, employer_id: int | None = None, sponsor_id: int | None = None) -> list[Upload]:
    """Uploads that are not over yet, the oldest first."""
    return list(_of(employer_id, sponsor_id).filter(state__in=OPEN).order_by("pk"))


def _of(employer_id: int | None, sponsor_id: int | None) -> QuerySet[Upload]:
    whose: dict[str, Any] = {"employer_id": employer_id, "sponsor_id": sponsor_id}
    return Upload.objects.filter(**whose)


def sender(upload: Upload) -> str:
    """Who sent it, by name."""
    found = get_user_model().objects.filter(pk=upload.created_by or 0).first()
    return str(found.name) if found else ""


# --- what to mend -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Rows that are mended in one way."""

    kind: str
    severity: str
    title: str
    remedy: str
    count: int


def groups(upload: Upload) -> list[Group]:
    """What the reader found wrong, by kind of repair: errors first, then the largest."""
    counts = upload.counts.get("kinds", {})
    found = [Group(kind, KINDS[kind].severity, _(KINDS[kind].problem), _(KINDS[kind].remedy), n) for kind, n in counts.items()]
    return sorted((one for one in found if one.severity != NOTE), key=lambda one: (SEVERITIES.index(one.severity), -one.count))


def problems(upload: Upload, kind: str, start: int, count: int) -> list[RosterProblem]:
    """A page of the problems of one kind; raises `FileGone` when they were forgotten."""
    return kept(upload).problems(kind, start=start, count=count)


def verdict_groups(upload: Upload) -> list[Group]:
    """What the registry answered beyond "done", the gravest first."""
    counts = upload.counts.get("verdicts", {})
    found = [
        Group(kind, VERDICTS[kind].severity, _(VERDICTS[kind].title), _(VERDICTS[kind].remedy), n) for kind, n in counts.items()
    ]
    return sorted(found, key=lambda one: ORDER[one.kind])


@dataclass(frozen=True)
class Answered:
    """A row of the file with whom it is about, where that person is in sight."""

    row: int
    person: Participant | None


def answered(upload: Upload, kind: str, start: int, count: int) -> list[Answered]:
    """A page of the rows with one answer."""
    rows = list(UploadVerdict.objects.filter(upload=upload, kind=kind).order_by("row")[start : start + count])
    people = Participant.objects.in_bulk([row.participant_id for row in rows if row.participant_id])
    return [Answered(row.row, people.get(row.participant_id)) for row in rows]


def wrong_rows(upload: Upload) -> int:
    """How many rows the sender has to mend: refused by the reader, or by the registry."""
    refused: int = sum(n for kind, n in upload.counts.get("verdicts", {}).items() if VERDICTS[kind].severity == ERROR)
    return int(upload.rows_wrong) + refused


# --- files out --------------------------------------------------------------------------------------------------------


def returned_file(upload: Upload, *, whole: bool = False) -> bytes:
    """The sender's list given back: rows to mend with their remedies, or with `whole` all rows with what became of them.

    Raises `FileGone` when the file was forgotten.
    """
    roster = kept(upload)
    original = guards.Upload(upload.file_name, upload.counts["kind"], files.read(upload.file_digest))
    target = io.BytesIO()
    write_returned(roster, original, target, rows="all" if whole else "wrong", verdicts=_row_verdicts(upload))
    return target.getvalue()


def _row_verdicts(upload: Upload) -> dict[int, RowVerdict]:
    rows = UploadVerdict.objects.filter(upload=upload).values_list("row", "kind")
    words = {kind: RowVerdict(_result(kind), _(told.title), _(told.remedy)) for kind, told in VERDICTS.items()}
    return {row: words[kind] for row, kind in rows}


def _result(kind: str) -> Result:
    severity = VERDICTS[kind].severity
    return _RESULTS.get(kind) or (Result.REFUSED if severity == ERROR else Result.ACCEPTED if severity == NOTE else Result.WARNED)


def template_file(layout: str, month: int, regions: dict[int, str] | None = None) -> bytes:
    """The form to fill in."""
    target = io.BytesIO()
    write_template(target, LAYOUTS[layout], month=month, regions=regions)
    return target.getvalue()


def regions_for(sponsor: Sponsor) -> dict[int, str] | None:
    """Villages of a sponsor's regency for its form, where they are known; None for all regencies and cities."""
    regency = sponsor.region_code // 1_000_000 if sponsor.region_code > 10**9 else sponsor.region_code
    if regency not in REGENCIES:
        return None
    rows = Region.objects.filter(level=_LEVEL_VILLAGE, code__range=(regency * 1_000_000, (regency + 1) * 1_000_000))
    villages: dict[int, str] = dict(rows.order_by("code").values_list("code", "name"))
    return {regency: shown(regency), **villages} if villages else None


def state_numbers(upload: Upload) -> dict[str, Any]:
    """What a program asks for: state, counts, how far."""
    return {
        "id": upload.pk, "state": upload.state, "rows_total": upload.rows_total, "rows_good": upload.rows_good,
        "rows_wrong": upload.rows_wrong, "rows_done": upload.rows_done, "error": upload.error,
    }  # fmt: skip


def is_over(upload: Upload) -> bool:
    """Whether nothing will happen any more by itself."""
    return upload.state in (UploadState.DONE, UploadState.FAILED, UploadState.CANCELLED, UploadState.READY)


def kinds_of(found: Sequence[Group], severity: str) -> int:
    """How many rows the groups of a severity hold."""
    return sum(one.count for one in found if one.severity == severity)
