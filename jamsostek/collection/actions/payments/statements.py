"""Bank statements: sent, read in a limited child process, confirmed by another person, booked in batches.

    RECEIVED → READING → READY → BOOKING → DONE
                  ↘ FAILED    ↘ CANCELLED

Promises: a statement that is sent twice is one; each row is booked exactly once, whatever is killed when (a batch and the
count of rows done are one transaction); what a webhook told already is recognised by its reference; good rows are kept
where others cannot be read; whoever sends a statement does not confirm it: it says that money came.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, system_scope
from jamsostek.collection.actions.payments.deciding import asker
from jamsostek.collection.choices import StatementState
from jamsostek.collection.models import Statement
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.files import actions as files
from jamsostek.messages.bank.reader import LARGEST_BYTES

RETENTION = "statement"
READ, BOOK = "statements.read", "statements.book"
WORKING = (StatementState.RECEIVED, StatementState.READING, StatementState.BOOKING)
TRIES = 5
"""After so many unexpected failures a statement stops and says so."""
LOCK = 820_242
ACTOR = N_("Rekening koran")


class SentBefore(InputError):
    """A statement that is here already; `statement` is it."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(
            _("Berkas rekening koran ini sudah pernah dikirim."),
            field="file",
            remedy=_("Lihat hasilnya di daftar rekening koran."),
        )
        self.statement = statement


# --- people -----------------------------------------------------------------------------------------------------------


def send(*, content: bytes, file_name: str) -> Statement:
    """Takes a file in and has it read. Raises `SentBefore`, `InputError`, `Refused`."""
    scope = current()
    scope.need(Can.TAKE_PAYMENT)
    if not scope.everyone:
        raise not_yours(_("Rekening koran memuat uang seluruh Indonesia: hanya kantor pusat yang mengirimnya."))
    if not content or len(content) > LARGEST_BYTES:
        raise InputError(
            _("Berkas kosong, atau lebih besar dari {size} MB.").format(size=LARGEST_BYTES >> 20), field="file",
            remedy=_("Unduh mutasi untuk hari yang lebih sedikit, lalu kirim satu per satu."),
        )  # fmt: skip
    digest = hashlib.sha256(content).hexdigest()
    known = _twin(digest)
    if known is not None:
        raise SentBefore(known)
    files.store(content, retention=RETENTION)
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "rekening-koran"
    made = Statement(file_name=name, file_digest=digest, sent_by=scope.user_id)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise SentBefore(_twin(digest) or made) from error
    audit.record("statement.sent", "statement", made.pk, fields=("file",))
    enqueue(READ, statement_id=made.pk)
    return made


def _twin(digest: str) -> Statement | None:
    return Statement.objects.filter(file_digest=digest).exclude(state__in=("failed", "cancelled")).first()


def confirm(*, statement_id: int, now: dt.datetime) -> Statement:
    """Another person has looked at what was read, and has it booked."""
    row = _held(statement_id)
    if row.state in (StatementState.BOOKING, StatementState.DONE):
        return row
    if row.state != StatementState.READY:
        raise InputError(_("Rekening koran ini belum siap dibukukan, atau sudah dibatalkan."), remedy=_("Lihat keadaannya."))
    current().need(Can.APPROVE_PAYMENT)
    if row.sent_by is not None:
        row.confirmed_by = asker()
        if row.confirmed_by == row.sent_by:
            raise Refused(
                _("Anda sendiri yang mengirim rekening koran ini."), remedy=_("Orang lain yang memeriksa dan membukukannya.")
            )
    row.state, row.confirmed_at = str(StatementState.BOOKING), now
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("statement.confirmed", "statement", row.pk, fields=("state",))
    enqueue(BOOK, statement_id=row.pk)
    return row


def cancel(*, statement_id: int, now: dt.datetime) -> Statement:
    """Puts a statement aside before it is booked."""
    row = _held(statement_id)
    current().need(Can.TAKE_PAYMENT)
    if row.state == StatementState.CANCELLED:
        return row
    if row.state not in (StatementState.RECEIVED, StatementState.READING, StatementState.READY):
        raise InputError(_("Rekening koran ini sudah dibukukan, jadi tidak dapat dibatalkan."), remedy=_("Lihat hasilnya."))
    row.state, row.finished_at = str(StatementState.CANCELLED), now
    row.save(update_fields=["state", "finished_at"])
    audit.record("statement.cancelled", "statement", row.pk, fields=("state",))
    return row


def _held(statement_id: int) -> Statement:
    row = Statement.objects.select_for_update(no_key=True).filter(pk=statement_id).first()
    if row is None:
        raise not_yours(_("Rekening koran ini tidak ada, atau bukan wewenang Anda."))
    return row


# --- for the jobs -----------------------------------------------------------------------------------------------------


def open_statements() -> list[tuple[str, int]]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    rows = Statement.objects.filter(state__in=WORKING).values_list("state", "pk")
    return [(BOOK if state == StatementState.BOOKING else READ, pk) for state, pk in rows]


def stop(statement_id: int, error: str, *, now: dt.datetime) -> None:
    """What a person must mend first: rows booked stay booked."""
    with acting(system_scope(ACTOR)):
        rows = Statement.objects.filter(pk=statement_id, state__in=WORKING)
        rows.update(state=str(StatementState.FAILED), error=error, finished_at=now)


def note_failure(statement_id: int, *, now: dt.datetime) -> None:
    """Counts an unexpected failure, so that a statement that cannot be worked on does not come round for ever."""
    with acting(system_scope(ACTOR)):
        row = Statement.objects.select_for_update(no_key=True).get(pk=statement_id)
        tries = row.counts.get("tries", 0) + 1
        row.counts = {**row.counts, "tries": tries}
        row.save(update_fields=["counts"])
    if tries >= TRIES:
        stop(statement_id, _("Ada kesalahan pada sistem kami. Petugas sudah diberi tahu."), now=now)
