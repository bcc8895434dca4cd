"""The trail of who did and saw what: append-only, chained, and readable by the person it is about.

An entry names fields and never holds a personal value in the clear: values go into `sealed`, under the person's own key.
Entries are written in the transaction of what they tell. Beside the write path `seal` closes them into blocks: each
block holds a digest of every entry, its own digest also covers the block before it, and it is signed with a key outside
the database. Only transactions that have ended are sealed (their number lies below the oldest still running), so a slow
transaction can never slip an entry in behind a closed block. `verify` recomputes all of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from jamsostek.access import signing
from jamsostek.access.bulk import insert_rows
from jamsostek.access.models import AuditBlock, SubjectKey
from jamsostek.access.scope import current
from jamsostek.access.vault import SubjectKey as OpenKey
from jamsostek.access.vault import Unreadable, house_key, unwrap

BLOCK_ROWS = 2_000
_SEAL_LOCK = 820_001
_COLUMNS = "id, at, xid, user_id, actor, action, subject_kind, subject_id, fields, sealed, reason, request"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """What to remember of one subject. `sealed` is already closed under the subject's key (`seal_values`)."""

    action: str
    subject_kind: str = ""
    subject_id: int | None = None
    fields: tuple[str, ...] = ()
    sealed: bytes | None = None
    reason: str = ""


def record(
    action: str,
    subject_kind: str = "",
    subject_id: int | None = None,
    *,
    fields: Sequence[str] = (),
    values: Values | None = None,
    reason: str = "",
) -> None:
    """Writes one entry for the scope in force. `values` (field: new value, or [old, new]) are sealed for the subject."""
    sealed = None
    if values:
        sealed = seal_values(subject_key(subject_kind, subject_id), values)
        fields = (*fields, *(name for name in values if name not in fields))
    record_many([Entry(action, subject_kind, subject_id, tuple(fields), sealed, reason)])


def record_many(entries: Iterable[Entry]) -> None:
    """Writes entries for the scope in force, in one statement."""
    rows = list(entries)
    scope = current()
    insert_rows(
        "access_auditentry",
        {
            "user_id": ("bigint", [scope.user_id] * len(rows)),
            "actor": ("text", [scope.actor] * len(rows)),
            "action": ("text", [e.action for e in rows]),
            "subject_kind": ("text", [e.subject_kind for e in rows]),
            "subject_id": ("bigint", [e.subject_id for e in rows]),
            "fields": ("text", [",".join(e.fields) for e in rows]),
            "sealed": ("bytea", [e.sealed for e in rows]),
            "reason": ("text", [e.reason or scope.reason for e in rows]),
            "request": ("text", [scope.request] * len(rows)),
        },
    )


def looked(subject_ids: Iterable[int], fields: Sequence[str], reason: str, *, action: str = "look") -> None:
    """Remembers that people were looked at, unless the viewer is that person."""
    mine = current()
    if mine.system:
        return
    record_many(
        Entry(action, "participant", subject, tuple(fields), None, reason) for subject in subject_ids if subject not in mine.own
    )


def seal_values(key: OpenKey, values: Values) -> bytes:
    """Values as sealed JSON."""
    return key.seal("audit", json.dumps(values, default=str, ensure_ascii=False))


def subject_key(kind: str, subject_id: int | None) -> OpenKey:
    """The key that seals what is remembered of a subject: a participant's own, the house's for all else."""
    if kind == "participant" and subject_id is not None:
        row = SubjectKey.objects.filter(pk=subject_id).first()
        if row is None or row.wrapped is None:
            raise Unreadable(f"participant {subject_id} has no key")
        return unwrap(f"participant:{subject_id}", row.wrapped)
    return house_key("audit")


def subject_keys(participant_ids: Iterable[int]) -> dict[int, OpenKey]:
    """The keys of participants; raises `Unreadable` where one was destroyed."""
    rows = SubjectKey.objects.in_bulk(list(participant_ids))
    return {one: unwrap(f"participant:{one}", row.wrapped or b"") for one, row in rows.items()}


# --- blocks -----------------------------------------------------------------------------------------------------------


def row_digest(row: Sequence[Any]) -> bytes:
    """SHA-256 of one entry, column by column."""
    told = [_plain(value) for value in row]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value


def _block_digest(number: int, ids: Sequence[int], digests: bytes, previous: bytes) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big") + b"".join(i.to_bytes(8, "big") for i in ids) + digests + previous).digest()


def seal(now: dt.datetime) -> int:
    """Closes all ended entries into blocks; returns how many blocks. Two at once wait for each other."""
    made = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        while True:
            last = AuditBlock.objects.order_by("-number").first()
            after = (last.upto_xid, last.last_id) if last else (0, 0)
            cursor.execute(
                f"SELECT {_COLUMNS} FROM access_auditentry WHERE (xid, id) > (%s, %s)"  # noqa: S608
                " AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xid, id LIMIT %s",
                [*after, BLOCK_ROWS],
            )
            rows = cursor.fetchall()
            if not rows:
                return made
            _close(rows, last, now)
            made += 1


def _close(rows: list[tuple[Any, ...]], last: AuditBlock | None, now: dt.datetime) -> None:
    number = last.number + 1 if last else 1
    previous = bytes(last.digest) if last else b"\0" * 32
    ids = [row[0] for row in rows]
    digests = b"".join(map(row_digest, rows))
    digest = _block_digest(number, ids, digests, previous)
    key = signing.key("audit")
    AuditBlock.objects.create(
        number=number,
        first_id=ids[0],
        last_id=ids[-1],
        upto_xid=rows[-1][2],
        rows=len(rows),
        row_ids=ids,
        row_digests=digests,
        previous=previous,
        digest=digest,
        signature=key.private.sign(digest),
        key_id=key.id,
        sealed_at=now,
    )


@dataclass(frozen=True)
class Verdict:
    """What `verify` found. `block` and `row` name the first that does not hold; both None when all does."""

    blocks: int
    rows: int
    unsealed: int
    head: str
    block: int | None = None
    row: int | None = None
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the whole chain holds."""
        return self.block is None


def verify() -> Verdict:
    """Recomputes every digest from the entries, the chain, and the signatures; stops at the first that does not hold."""
    previous, blocks, rows = b"\0" * 32, 0, 0
    after = (0, 0)
    for block in AuditBlock.objects.order_by("number").iterator(chunk_size=50):
        problem, row = _check(block, blocks + 1, previous, after)
        if problem:
            return Verdict(blocks, rows, _unsealed(after), previous.hex(), blocks + 1, row, problem)
        previous, after = bytes(block.digest), (block.upto_xid, block.last_id)
        blocks, rows = blocks + 1, rows + block.rows
    return Verdict(blocks, rows, _unsealed(after), previous.hex())


def _check(block: AuditBlock, number: int, previous: bytes, after: tuple[int, int]) -> tuple[str, int | None]:
    """The problem of a block ("" when it holds) and the id of the entry it is in, where it is in one."""
    if block.number != number:
        return "block missing", None
    found = {row[0]: row for row in _rows(block, after)}
    digests = bytes(block.row_digests)
    for place, row_id in enumerate(block.row_ids):
        if row_id not in found:
            return "entry missing", row_id
        if row_digest(found.pop(row_id)) != digests[32 * place : 32 * place + 32]:
            return "entry altered", row_id
    if found:
        return "entry added", min(found)
    if bytes(block.previous) != previous:
        return "chain broken", None
    if _block_digest(number, block.row_ids, digests, previous) != bytes(block.digest):
        return "digest wrong", None
    try:
        signing.public("audit", block.key_id).verify(bytes(block.signature), bytes(block.digest))
    except (InvalidSignature, KeyError):
        return "signature wrong", None
    return "", None


def _rows(block: AuditBlock, after: tuple[int, int]) -> Iterator[tuple[Any, ...]]:
    """The entries that belong to a block: those it names, and any other that lies in its span."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM access_auditentry WHERE id = ANY(%s)"  # noqa: S608
            f" UNION SELECT {_COLUMNS} FROM access_auditentry WHERE (xid, id) > (%s, %s) AND (xid, id) <= (%s, %s)",
            [block.row_ids, *after, block.upto_xid, block.last_id],
        )
        yield from cursor.fetchall()


def _unsealed(after: tuple[int, int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_auditentry WHERE (xid, id) > (%s, %s)", [*after])
        return int(cursor.fetchone()[0])


def head() -> AuditBlock | None:
    """The newest block: its digest stands for the whole trail, and is published every day."""
    return AuditBlock.objects.order_by("-number").first()


def contains(number: int, digest: bytes) -> bool:
    """Whether the chain still has a block that was once published: a trail cut short verifies, but not against its head."""
    return AuditBlock.objects.filter(number=number, digest=digest).exists()


def signed_by(public: Ed25519PublicKey, digest: bytes, signature: bytes) -> bool:
    """Whether a published head was signed by this key."""
    try:
        public.verify(signature, digest)
    except InvalidSignature:
        return False
    return True
