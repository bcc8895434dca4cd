"""Snapshots as they are read: the list, one, its file, and how far a run is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards import reading
from jamsostek.awards import snapshot as files_of
from jamsostek.awards.edition import Edition
from jamsostek.awards.models import Snapshot, SnapshotRun, Version
from jamsostek.awards.snapshot import container, parquet
from jamsostek.awards.snapshot.schema import EDITION, SEAL, columns_of, member, tables_of
from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.files import actions as files

if TYPE_CHECKING:
    import pyarrow as pa


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


def waiting() -> list[SnapshotRun]:
    """What was asked for and has not ended."""
    return list(SnapshotRun.objects.filter(ended_at=None).order_by("id"))


def progress_file(run_id: int) -> Path:
    """Where a run says how far it is: what it writes in its own transaction nobody sees before the end."""
    return Path(settings.JAMSOSTEK_DATA) / "awards" / f"run-{run_id}"


def progress(run_id: int) -> float | None:
    """How far a run is, 0 to 1; None before it began and once it ended."""
    try:
        return min(1.0, max(0.0, float(progress_file(run_id).read_text(encoding="utf-8"))))
    except (OSError, ValueError):
        return None


def table(row: Snapshot, name: str) -> pa.Table:
    """One table of a snapshot; raises `FileGone`, `InputError` for none of that name.

    The store opens a file only where its digest and seal hold: the rows are not verified once more.
    """
    members = container.unpacked(files.read(row.file_digest))
    says = reading.read(members[EDITION].decode())
    if name not in tables_of(says):
        raise unknown_name(_("Tabel"), name, tables_of(says))
    return parquet.read(members[member(name)], columns_of(says, name), name)


def edition_of(row: Snapshot) -> Edition:
    """What its edition said when it was taken."""
    version = Version.objects.get(edition_id=row.edition_id, number=row.version)
    return reading.read(version.content)


def seal(row: Snapshot) -> dict[str, Any]:
    """The seal of a snapshot, as it stands in its file."""
    told: dict[str, Any] = json.loads(container.unpacked(files.read(row.file_digest))[SEAL])
    return told


def run(edition_id: int, run_id: int) -> SnapshotRun:
    """One by its id; raises `Refused`."""
    found = SnapshotRun.objects.filter(edition_id=edition_id, pk=run_id).select_related("snapshot").first()
    if found is None:
        raise not_yours(_("Permintaan ini tidak ada."))
    return found
