"""Snapshots: taken by one of the committee, kept as a file by its digest; the same state is the same snapshot."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Scope, acting, current, everything_in_sight
from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.choices import LEVELS, EditionState, EntryState
from jamsostek.awards.errors import refusals
from jamsostek.awards.models import Snapshot, SnapshotRun, Version
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.awards.queries.entries import entries
from jamsostek.awards.queries.evidence import manifest
from jamsostek.awards.queries.juries import revealed
from jamsostek.awards.queries.snapshots import progress_file
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.coverage.cube import latest
from jamsostek.files import actions as files
from jamsostek.law import law_at

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("measured", "final")
RETENTION = "award_snapshot"
JOB = "awards.take_snapshot"
LOCK = 820_301
"""One snapshot at a time: each reads the whole registry."""
Tell = Callable[[str, int, int], None]


def take(*, code: str, level: str, kind: str = "measured", tell: Tell | None = None) -> Snapshot:
    """Measures every subject of an edition and keeps it as a file; the same state again is the snapshot that is there.

    `final` holds entries, revealed marks and the manifest of evidence as well. Everybody's rows are read, and totals alone
    leave: whoever asks needs to see nobody. Raises `Refused`, and `InputError` before the frozen month is over.
    """
    found = _asked(code, level, kind)
    content, facts = _photographed(found, level, kind, tell)
    made = snapshots.read_bytes(content)
    there = Snapshot.objects.filter(edition_id=found.id, level=level, root=made.root).first()
    if there is not None:
        return there
    with tempfile.TemporaryFile() as file:
        file.write(content)
        digest = files.store_file(file, retention=RETENTION)
    with refusals(), transaction.atomic():
        row = Snapshot.objects.create(
            edition_id=found.id, version=facts.version, level=level, kind=kind, month=found.says.measured_month, root=made.root,
            file_digest=digest, bytes=len(content), counts=made.counts, made_by=current().user_id,
        )  # fmt: skip
    row.refresh_from_db()
    audit.record("award.snapshot_taken", "awards_snapshot", row.pk, fields=("measures",), reason=made.root[:16])
    return row


def ask(*, code: str, level: str, kind: str = "measured") -> SnapshotRun:
    """Has a job take a snapshot; one that is under way already is the one asked for. Raises `Refused`, `InputError`."""
    found = _asked(code, level, kind)
    open_now = SnapshotRun.objects.filter(edition_id=found.id, level=level, kind=kind, ended_at=None).first()
    if open_now is None:
        with refusals(), transaction.atomic():
            open_now = SnapshotRun.objects.create(edition_id=found.id, level=level, kind=kind, asked_by=current().user_id)
    enqueue(JOB, run=open_now.pk)
    return open_now


def work(*, scope: Scope, run: int) -> SnapshotRun | None:
    """Takes what was asked for, in the scope of who asked; None where another worker is at it. A problem is kept in words."""
    row = SnapshotRun.objects.select_related("edition").filter(pk=run, ended_at=None).first()
    with alone(LOCK, 0) as got:
        if row is None or not got:
            return None
        file = progress_file(run)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

        def tell(_what: str, done: int, whole: int) -> None:
            file.write_text(str(done / (whole or 1)), encoding="utf-8")

        made, problem = None, ""
        try:
            with at_one_moment(scope):
                made = take(code=row.edition.code, level=row.level, kind=row.kind, tell=tell)
        except (InputError, Refused) as error:
            problem = str(error)
        finally:
            file.unlink(missing_ok=True)
        with acting(scope):
            row.snapshot, row.problem, row.ended_at = made, problem, timezone.now()
            row.save(update_fields=["snapshot", "problem", "ended_at"])
        return row


@contextmanager
def at_one_moment(scope: Scope) -> Iterator[None]:
    """A transaction in which everything read is as of one moment, whatever others write meanwhile; nobody waits for it."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with acting(scope):
            yield


def _asked(code: str, level: str, kind: str) -> Standing:
    """The edition of a request; raises `Refused`, `InputError`."""
    current().need(Can.RUN_AWARD)
    found = standing(code)
    if found is None:
        raise not_yours(_("Edisi ini tidak ada."))
    for words, name, known in ((_("Tingkat"), level, LEVELS), (_("Jenis potret"), kind, KINDS)):
        if name not in known:
            raise unknown_name(words, name, known)
    if found.state == EditionState.CANCELLED:
        raise InputError(_("Edisi ini dibatalkan."), field="edition")
    if kind == "final" and found.state == EditionState.DRAFT:
        raise InputError(
            _("Edisi ini belum dibuka."), field="kind", remedy=_("Ambil potret ukuran saja, atau buka edisinya dahulu.")
        )
    _month_over(found)
    return found


def _month_over(found: Standing) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Jakarta')::date")
        today: dt.date = cursor.fetchone()[0]
    if month_of(today) <= found.says.measured_month:
        month = add_months(found.says.measured_month, 1)
        raise InputError(
            _("Bulan ukuran edisi ini belum selesai."), field="edition",
            remedy=_("Potret dapat diambil mulai {month}.").format(month=f"{month % 100:02d}-{month // 100}"),
        )  # fmt: skip


def _photographed(found: Standing, level: str, kind: str, tell: Tell | None) -> tuple[bytes, snapshots.Facts]:
    from jamsostek.awards.measures import frame, tables  # no page carries the engine before somebody measures

    version = Version.objects.get(edition_id=found.id, number=found.version)
    facts = snapshots.Facts(version.content, version.number, level, kind, law_at(found.says.measured_month).digest)
    with everything_in_sight():
        told: dict[str, pa.Table] = dict(tables.tables(frame.Frame(found.says, latest()), tell))
        if kind == "final":
            told |= _judged(found, level)
        return snapshots.packed(facts, told, as_of=timezone.now()), facts


def _judged(found: Standing, level: str) -> Mapping[str, pa.Table]:
    """Entries that were accepted, marks that are revealed, and what was received as evidence."""
    accepted = entries(found.id, level=level, states=[EntryState.ACCEPTED])
    codes = {one.code for one in accepted}
    rows: dict[str, list[dict[str, Any]]] = {
        snapshots.ENTRIES: [
            {
                "code": one.code, "category": one.category, "level": one.level, "area": one.area, "subject": one.subject,
                "key": one.subject_code, "name": one.name, "province": one.province_code, "regency": one.regency_code,
                "invented": one.invented,
            }
            for one in accepted
        ],
        snapshots.MARKS: [
            {"entry_code": one.entry_code, "criterion": one.criterion, "seat_code": one.seat_code, "marks": one.marks}
            for one in revealed(found.id, level)
            if one.entry_code in codes
        ],
        snapshots.EVIDENCE: [
            {
                "code": one.code, "entry_code": one.entry_code, "criterion": one.criterion, "kind": one.kind,
                "digest": one.digest, "size": one.size, "received_at": one.received_at.astimezone(dt.UTC).isoformat(),
            }
            for one in manifest(found.id, level)
        ],
    }  # fmt: skip
    return {name: snapshots.table_of(found.says, name, told) for name, told in rows.items()}
