"""Writing confirmed rows in batches: the rows, their answers and the count of rows done are one transaction.

Whatever is killed, the count tells where to go on; two workers take turns at the row's lock and neither writes twice. The
next batch is prepared (folded, sealed, signed for) in a thread beside the one that the database is writing.
"""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.background import alone, language_of, scope_for
from jamsostek.access.bulk import insert_rows
from jamsostek.access.scope import acting, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, speaking
from jamsostek.registry.actions.people import set_aside
from jamsostek.registry.actions.uploads.employers import EmployerList
from jamsostek.registry.actions.uploads.keeping import good_rows
from jamsostek.registry.actions.uploads.rows import Batch, joining, make_batch
from jamsostek.registry.actions.uploads.sponsors import SponsorList
from jamsostek.registry.actions.uploads.states import (
    BATCH,
    LOCK,
    forget_unless_needed,
    note_failure,
    place_of,
    stop,
)
from jamsostek.registry.actions.uploads.verdicts import Verdicts
from jamsostek.registry.choices import UploadState
from jamsostek.registry.models import Upload


def write(upload_id: int, *, today: dt.date, now: dt.datetime) -> None:
    """Writes what is left of a confirmed upload; one in another state, or in another process's hands, is left alone."""
    with alone(LOCK, upload_id) as mine:
        if not mine:
            return
        upload = _confirmed(upload_id)
        if upload is None:
            return
        try:
            with speaking(language_of(upload.confirmed_by)):
                _write_all(upload, today, now)
        except InputError as error:
            with speaking(language_of(upload.confirmed_by)):
                stop(upload_id, str(error), now=now)
        except Exception:
            note_failure(upload_id, now=now)
            raise


def _confirmed(upload_id: int) -> Upload | None:
    with acting(system_scope(_("Berkas massal"))):
        rows = Upload.objects.select_related("employer", "sponsor")
        return rows.filter(pk=upload_id, state=UploadState.WRITING).first()


def _write_all(upload: Upload, today: dt.date, now: dt.datetime) -> None:
    table = good_rows(upload)
    scope = scope_for(upload.confirmed_by, today, actor=_("Berkas massal"), request=f"upload:{upload.pk}")
    with ThreadPoolExecutor(1) as beside:
        batches = Batches(table, _regency(upload), beside)
        done = 0
        with acting(scope):
            writer = _writer(upload, today)
            batches.begin(upload.rows_done)
        while done < table.num_rows:
            with acting(scope):
                held = _turn(upload.pk)
                if held is None:
                    return
                done = _write_next(held, batches, writer)
        with acting(scope):
            held = _turn(upload.pk, hurried=False)
            if held is not None:
                _finish(held, now)
    with acting(system_scope(_("Berkas massal"))):
        if Upload.objects.filter(pk=upload.pk, state=UploadState.DONE).update(good_digest=""):
            forget_unless_needed(upload.good_digest, now=now)


def _regency(upload: Upload) -> int:
    """Where people live whose row does not say so: where the sender is."""
    if upload.employer is not None:
        return int(upload.employer.regency_code)
    assert upload.sponsor is not None
    code = int(upload.sponsor.region_code)
    return code // 1_000_000 if code > 10**9 else code


def _writer(upload: Upload, today: dt.date) -> EmployerList | SponsorList:
    kind = EmployerList if upload.layout == "employer" else SponsorList
    return kind(upload, place_of(upload), today, _regency(upload))


def _turn(upload_id: int, *, hurried: bool = True) -> Upload | None:
    """The upload, held for this transaction; None when it is not to be written any more."""
    if hurried:
        with connection.cursor() as cursor:
            # What a crash of the server could lose is a whole batch with its count, so the next run writes it again.
            cursor.execute("SET LOCAL synchronous_commit TO off")
    held = Upload.objects.select_for_update(no_key=True).filter(pk=upload_id).first()
    return held if held is not None and held.state == UploadState.WRITING else None


def _write_next(held: Upload, batches: Batches, writer: EmployerList | SponsorList) -> int:
    """Writes the batch that begins at the count of rows done; returns the new count."""
    start = held.rows_done
    if start >= batches.table.num_rows:
        return start
    batch = batches.take(start)
    _write_verdicts(held.pk, writer.write(batch))
    held.rows_done = start + len(batch.rows)
    held.save(update_fields=["rows_done"])
    return int(held.rows_done)


def _write_verdicts(upload_id: int, verdicts: Verdicts) -> None:
    found = verdicts.found
    insert_rows(
        "registry_uploadverdict",
        {
            "upload_id": ("bigint", [upload_id] * len(found)),
            "row": ("int", list(found)),
            "kind": ("text", [kind for kind, _person in found.values()]),
            "participant_id": ("bigint", [person for _kind, person in found.values()]),
        },
    )


def _finish(held: Upload, now: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM registry_uploadverdict WHERE upload_id = %s GROUP BY kind", [held.pk])
        held.counts = {**held.counts, "verdicts": dict(cursor.fetchall())}
    held.state, held.finished_at = str(UploadState.DONE), now
    held.save(update_fields=["state", "finished_at", "counts"])
    audit.record("upload.done", "upload", held.pk, fields=("state",))


class Batches:
    """The good rows in batches, the next one always being made beside."""

    def __init__(self, table: pa.Table, regency_code: int, beside: ThreadPoolExecutor) -> None:
        self.table = table
        self.regency_code = regency_code
        self.beside = beside
        self.next: tuple[int, Future[Batch]] | None = None

    def begin(self, start: int) -> None:
        """Has the batch at `start` made; inside a transaction, for ids are set aside for it."""
        if start >= self.table.num_rows:
            self.next = None
            return
        ids = set_aside(joining(self.table, start, BATCH))
        self.next = start, self.beside.submit(make_batch, self.table, start, BATCH, self.regency_code, ids)

    def take(self, start: int) -> Batch:
        """The batch at `start`, and the one after it begun."""
        if self.next is None or self.next[0] != start:
            self.begin(start)
        assert self.next is not None
        batch = self.next[1].result()
        self.begin(start + len(batch.rows))
        return batch
