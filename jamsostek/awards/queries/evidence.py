"""Evidence as it is read: by whom row rules let, by its receipt, and for everybody as a manifest without contents."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.awards.choices import EntryState
from jamsostek.awards.edition import Category, Criterion, Edition
from jamsostek.awards.models import Evidence, EvidenceStep
from jamsostek.awards.queries.entries import EntryRow, entries, entry_of
from jamsostek.awards.queries.sight import need_open
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.files.actions import FileGone
from jamsostek.outreach.models import Regulation
from jamsostek.outreach.queries.strategy import in_force


@dataclass(frozen=True)
class ManifestRow:
    """What everybody may know of a piece of evidence. `checked`: what two of the committee say of it, if they do."""

    code: str
    entry_code: str
    criterion: str
    kind: str
    form: str
    title: str
    digest: str
    size: int
    received_at: dt.datetime
    checked: str


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt by its code: what was received when, never what is in it."""

    code: str
    entry_code: str
    criterion: str
    kind: str
    form: str
    title: str
    digest: str
    sent_digest: str
    size: int
    received_at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence in sight, and where it stands: sent, checked, rejected (each `confirmed` or not), withdrawn."""

    row: Evidence
    state: str
    confirmed: bool
    reason: str
    by_id: int | None
    steps: Sequence[EvidenceStep]

    @property
    def counts(self) -> bool:
        """Whether it stands as evidence: neither taken back nor rejected by two."""
        return self.state != "withdrawn" and not (self.state == "rejected" and self.confirmed)


def manifest(edition_id: int, level: str) -> list[ManifestRow]:
    """All evidence of entries at a level, with what they brought along from below, by code; also for the public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM awards_manifest(%s, %s)", [edition_id, level])
        return [ManifestRow(*row) for row in cursor.fetchall()]


def unconfirmed(edition_id: int, level: str) -> Counter[tuple[str, int]]:
    """How many files of accepted entries two of the committee have not agreed on, by (category, area) of a level's contests."""
    competing = {one.code: (one.category, one.area) for one in entries(edition_id, level=level, states=[EntryState.ACCEPTED])}
    return Counter(
        competing[one.entry_code] for one in manifest(edition_id, level) if not one.checked and one.entry_code in competing
    )


def receipt(code: str) -> ReceiptRow | None:
    """By its code; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM awards_receipt(%s)", [code])
        row = cursor.fetchone()
    return None if row is None else ReceiptRow(*row)


def of_entry(entry: EntryRow) -> list[EvidenceRow]:
    """Evidence of an entry in sight, with what it brought along, in the order of its arrival."""
    return _told(Evidence.objects.filter(entry_id__in=_chain(entry)).select_related("regulation").order_by("received_at", "id"))


def _chain(entry: EntryRow) -> set[int]:
    return {one for one in (entry.id, entry.promoted_from_id, entry.origin_id) if one is not None}


def evidence(code: str) -> EvidenceRow:
    """One in sight; raises `Refused`."""
    found = _told(Evidence.objects.filter(code=code).select_related("entry", "regulation"))
    if not found:
        raise not_yours(_("Bukti ini tidak ada, atau bukan wewenang Anda."))
    return found[0]


def _told(rows: Iterable[Evidence]) -> list[EvidenceRow]:
    found = list(rows)
    steps: dict[int, list[EvidenceStep]] = {}
    for step in EvidenceStep.objects.filter(evidence__in=[one.pk for one in found]).order_by("id"):
        steps.setdefault(step.evidence_id, []).append(step)
    return [_standing(one, steps.get(one.pk, [])) for one in found]


def _standing(row: Evidence, steps: Sequence[EvidenceStep]) -> EvidenceRow:
    state, confirmed, reason, by_id = "sent", False, "", None
    for step in steps:
        if step.step == "confirmed":
            confirmed = True
        elif step.step == "returned":
            state, reason, by_id = "sent", step.reason, step.by_id
        else:
            state, reason, by_id = step.step, step.reason, step.by_id
    return EvidenceRow(row, state, confirmed, reason, by_id, steps)


def content(code: str) -> tuple[bytes, str, str]:
    """What was kept of a piece of evidence in sight: bytes, media type, a name. The trail remembers who read it.

    Raises `Refused`, also for a juror who has not declared or has an interest there; `FileGone`.
    """
    one = evidence(code).row
    need_open(entry_of(one.entry_id))
    found = files.read(one.digest)
    audit.record("award.evidence_read", "awards_evidence", one.pk)
    ending = "pdf" if one.media == "application/pdf" else "jpg"
    return found, one.media, f"bukti-{one.code}.{ending}"


def altered(edition_id: int, level: str) -> list[str]:
    """Codes of evidence whose kept bytes are gone, or no longer what the receipt says; for whoever sees all of it."""
    broken = []
    for row in manifest(edition_id, level):
        try:
            held = files.read(row.digest)
        except (FileGone, InvalidTag):
            broken.append(row.code)
            continue
        if files.content_digest(held) != row.digest:
            broken.append(row.code)
    return broken


# --- what is asked ----------------------------------------------------------------------------------------------------------


def asked(edition: Edition, category: Category) -> list[Criterion]:
    """Criteria of a category that ask for evidence, in its order."""
    found = [edition.criteria[one.criterion] for one in category.criteria]
    return [one for one in found if one.evidence]


def regulations_for(entry: EntryRow, year: int) -> list[Regulation]:
    """What an entry may refer to: confirmed regulations of its region and province in force in a year, the newest first."""
    codes = [entry.province_code, *([entry.regency_code] if entry.regency_code is not None else [])]
    rows = Regulation.objects.filter(in_force(dt.date(year, 1, 1), dt.date(year, 12, 31)), region_code__in=codes)
    village = entry.subject_code if entry.subject == "village" else None
    return [] if entry.subject == "employer" else [
        one for one in rows.order_by("-signed_on", "-pk") if one.village_code is None or one.village_code == village
    ]  # fmt: skip
