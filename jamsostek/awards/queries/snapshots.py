"""Snapshots as they are read: the list, one, its file, and how far a run is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards import snapshot as files_of
from jamsostek.awards.models import Snapshot, SnapshotRun
from jamsostek.core.text import _
from jamsostek.files import actions as files


def snapshots(edition_id: int, *, level: str | None = None, kind: str | None = None) -> list[Snapshot]:
    """Those of an edition, the newest first."""
    rows = Snapshot.objects.filter(edition_id=edition_id)
    rows = rows if level is None else rows.filter(level=level)
    return list(rows if kind is None else rows.filter(kind=kind))


def snapshot(edition_id: int, number: int) -> Snapshot:
    """One by its number; raises `Refused`."""
    found = Snapshot.objects.filter(edition_id=edition_id, number=number).first()
    if found is None:
        raise not_yours(_("Potret ini tidak ada."))
    return found


def content(row: Snapshot) -> files_of.Snapshot:
    """What a snapshot says, verified; raises `FileGone`, `InputError`."""
    return files_of.read_bytes(files.read(row.file_digest))


@contextmanager
def opened(row: Snapshot) -> Iterator[IO[bytes]]:
    """Its file, to be taken away by the committee; the trail remembers it. Raises `Refused`, `FileGone`."""
    current().need(Can.RUN_AWARD)
    audit.record("award.snapshot_read", "awards_snapshot", row.pk)
    with files.opened(row.file_digest) as file:
        yield file


def runs(edition_id: int, most: int = 5) -> list[SnapshotRun]:
    """What was asked for last."""
    return list(SnapshotRun.objects.filter(edition_id=edition_id).select_related("snapshot")[:most])


def run(edition_id: int, run_id: int) -> SnapshotRun:
    """One by its id; raises `Refused`."""
    found = SnapshotRun.objects.filter(edition_id=edition_id, pk=run_id).select_related("snapshot").first()
    if found is None:
        raise not_yours(_("Permintaan ini tidak ada."))
    return found
