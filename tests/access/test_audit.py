"""The trail: nothing changes it unseen, nothing is lost from it, and the application itself cannot rewrite it."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from tests import cast

ROWS = 10_000 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 200
BLOCK = 40 if ROWS == 200 else 500
COLUMNS = ("at", "xid", "user_id", "actor", "action", "subject_kind", "subject_id", "fields", "sealed", "reason", "request")


@pytest.fixture
def trail(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A sealed trail of `ROWS` entries in several blocks, and the owner's connection, which may do anything."""
    from jamsostek.access import audit

    monkeypatch.setattr(audit, "BLOCK_ROWS", BLOCK)
    for part in range(4):
        with cast.everyone():
            audit.record_many(
                audit.Entry("look", "participant", at, ("name",), bytes([at % 256]) * 9, f"alasan {at}")
                for at in range(part * ROWS // 4, (part + 1) * ROWS // 4)
            )
    assert sealed() == ROWS // BLOCK
    with committed_db.connect("postgres", autocommit=True) as owner:
        # Whoever can change the trail unhindered owns the server; that is whom the chain is against.
        owner.execute("SET session_replication_role = replica")
        yield owner


def sealed_now() -> int:
    """Seals what may be sealed at this moment; returns how many blocks."""
    from jamsostek.access import audit

    with cast.everyone():
        return audit.seal(cast.NOW)


def await_horizon() -> None:
    """Until all that was written may be sealed: a transaction of another test, in another database of the same server, holds
    the horizon back as one of ours would."""
    until = time.monotonic() + 180
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("SELECT max(xid) FROM access_auditentry")
        (last,) = cursor.fetchone()
    while True:
        with cast.everyone(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > last:
                return
        assert time.monotonic() < until, "a transaction somewhere does not end"
        time.sleep(0.1)


def sealed() -> int:
    """Seals all there is; returns how many blocks."""
    await_horizon()
    return sealed_now()


def verdict() -> Any:
    """What verifying says."""
    from jamsostek.access import audit

    with cast.everyone():
        return audit.verify()


def ids(owner: Any) -> list[int]:
    return [row[0] for row in owner.execute("SELECT id FROM access_auditentry ORDER BY xid, id")]


def block_of(owner: Any, row: int) -> int:
    return owner.execute("SELECT number FROM access_auditblock WHERE %s = ANY(row_ids)", [row]).fetchone()[0]


def test_an_untouched_trail_holds(trail: Any) -> None:
    found = verdict()
    assert (found.holds, found.blocks, found.rows, found.unsealed) == (True, ROWS // BLOCK, ROWS, 0)


def test_one_flipped_bit_in_any_row_is_named_with_its_block_and_row(trail: Any) -> None:
    """At full size the block of each row is checked by itself, and the whole trail with every hundredth."""
    for at, row in enumerate(ids(trail)):
        column, block = COLUMNS[at % len(COLUMNS)], block_of(trail, row)
        before = trail.execute(f"SELECT {column} FROM access_auditentry WHERE id = %s", [row]).fetchone()[0]
        trail.execute(f"UPDATE access_auditentry SET {column} = {_flipped(column)} WHERE id = %s", [row])
        if ROWS == 200 or at % 100 == 0:
            found = verdict()
            # A row with another transaction's number lies where it does not belong: that block is the one that is broken.
            assert (found.row, found.block == block or column == "xid") == (row, True), column
        else:
            assert checked(block) == ("entry altered", row), column
        trail.execute(f"UPDATE access_auditentry SET {column} = %s WHERE id = %s", [before, row])
    assert verdict().holds


def checked(number: int) -> tuple[str, int | None]:
    """What is wrong with one block, the one before it taken as right."""
    from jamsostek.access import audit
    from jamsostek.access.models import AuditBlock

    with cast.everyone():
        block, before = AuditBlock.objects.get(number=number), AuditBlock.objects.filter(number=number - 1).first()
        after = (before.upto_xid, before.last_id) if before else (0, 0)
        return audit._check(block, number, bytes(block.previous), after)


def _flipped(column: str) -> str:
    """One bit of a value, or, where it is empty, the smallest thing in its place."""
    if column == "at":
        return "at + interval '1 microsecond'"
    if column in ("xid", "subject_id"):
        return f"{column} # 1"
    if column == "user_id":
        return "coalesce(user_id # 1, 1)"
    if column == "sealed":
        return "set_bit(sealed, 3, 1 - get_bit(sealed, 3))"
    return f"CASE WHEN {column} = '' THEN ' ' ELSE overlay({column} placing chr(ascii({column}) # 1) from 1 for 1) END"


def test_a_deleted_row_is_named(trail: Any) -> None:
    row = ids(trail)[ROWS // 2]
    block = block_of(trail, row)
    trail.execute("DELETE FROM access_auditentry WHERE id = %s", [row])
    found = verdict()
    assert (found.block, found.row, found.problem) == (block, row, "entry missing")


def test_an_added_row_is_named(trail: Any) -> None:
    row = ids(trail)[ROWS // 2]
    trail.execute(
        f"INSERT INTO access_auditentry (id, {', '.join(COLUMNS)}) SELECT 900000, {', '.join(COLUMNS)}"
        " FROM access_auditentry WHERE id = %s",
        [row],
    )
    found = verdict()
    assert (found.row, found.problem) == (900_000, "entry added")
    (span,) = trail.execute(
        "SELECT min(number) FROM access_auditblock WHERE (upto_xid, last_id) >="
        " (SELECT xid, id FROM access_auditentry WHERE id = 900000)"
    ).fetchone()
    assert found.block == span


def test_swapped_rows_are_named(trail: Any) -> None:
    first, second = ids(trail)[10:12]
    for one, other in ((first, -1), (second, first), (-1, second)):
        trail.execute("UPDATE access_auditentry SET id = %s WHERE id = %s", [other, one])
    found = verdict()
    assert (found.row, found.problem) == (first, "entry altered")


FLIP = "UPDATE access_auditblock SET {0} = set_bit({0}, 5, 1 - get_bit({0}, 5)) WHERE number = 3"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (FLIP.format("row_digests"), "entry altered"),
        (FLIP.format("digest"), "digest wrong"),
        (FLIP.format("previous"), "chain broken"),
        (FLIP.format("signature"), "signature wrong"),
        ("UPDATE access_auditblock SET key_id = 'another' WHERE number = 3", "signature wrong"),
        ("DELETE FROM access_auditblock WHERE number = 3", "block missing"),
    ],
)
def test_a_changed_block_is_named(trail: Any, change: str, problem: str) -> None:
    trail.execute(change)
    found = verdict()
    assert (found.block, found.problem) == (3, problem)


def test_a_block_made_anew_over_changed_rows_lacks_our_signature(trail: Any) -> None:
    """Whoever owns the database but not the key can recompute digests, and still cannot sign."""
    from jamsostek.access import audit

    row = ids(trail)[-1]
    trail.execute("UPDATE access_auditentry SET reason = 'lain' WHERE id = %s", [row])
    number, row_ids, digests, previous = trail.execute(
        "SELECT number, row_ids, row_digests, previous FROM access_auditblock ORDER BY number DESC LIMIT 1"
    ).fetchone()
    entry = trail.execute(f"SELECT id, {', '.join(COLUMNS)} FROM access_auditentry WHERE id = %s", [row]).fetchone()
    made = digests[: 32 * row_ids.index(row)] + audit.row_digest(entry) + digests[32 * row_ids.index(row) + 32 :]
    digest = audit._block_digest(number, row_ids, made, previous)
    trail.execute("UPDATE access_auditblock SET row_digests = %s, digest = %s WHERE number = %s", [made, digest, number])
    assert verdict().problem == "signature wrong"


def test_a_trail_cut_short_is_seen_against_its_published_head(trail: Any, tmp_path: Path) -> None:
    from jamsostek.access import audit

    with cast.everyone():
        head = audit.head()
        assert audit.contains(head.number, bytes(head.digest))
    trail.execute("DELETE FROM access_auditentry WHERE id = ANY(%s)", [list(head.row_ids)])
    trail.execute("DELETE FROM access_auditblock WHERE number = %s", [head.number])
    assert verdict().holds, "what is left holds by itself"
    with cast.everyone():
        assert not audit.contains(head.number, bytes(head.digest))


@pytest.mark.parametrize("table", ["access_auditentry", "access_auditblock"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_the_trail(trail: Any, committed_db: Any, table: str, statement: str) -> None:
    import psycopg

    column = {"access_auditentry": "reason", "access_auditblock": "key_id"}[table]
    with committed_db.connect() as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.format(table, column, "'lain'"))
    assert verdict().holds


def test_the_models_cannot_change_the_trail(trail: Any) -> None:
    from django.db.utils import DatabaseError

    from jamsostek.access.models import AuditBlock, AuditEntry

    for act in (
        lambda: AuditEntry.objects.update(reason="lain"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditBlock.objects.all().delete(),
        lambda: AuditBlock.objects.update(key_id="lain"),
    ):
        with pytest.raises(DatabaseError), cast.everyone():
            act()


def test_even_the_owner_of_the_tables_is_stopped_by_the_trigger(trail: Any, committed_db: Any) -> None:
    import psycopg

    for statement in (
        "UPDATE access_auditentry SET reason = 'lain'", "DELETE FROM access_auditentry", "TRUNCATE access_auditentry",
        "DELETE FROM access_auditblock",
    ):  # fmt: skip
        with committed_db.connect("jamsostek_owner") as owner, pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(statement)


@pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_reader"])
def test_no_partition_of_the_trail_is_reached_past_its_rules(trail: Any, committed_db: Any, role: str) -> None:
    """A partition named by itself has no row rules; nobody but its owner has any right on it."""
    import psycopg

    parts = partitions(trail)
    assert len(parts) > 20
    acts = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
    open_ = [part for part in parts if trail.execute(f"SELECT has_table_privilege('{role}', '{part}', '{acts}')").fetchone()[0]]
    assert open_ == []
    with committed_db.connect(role) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"SELECT 1 FROM {parts[0]}")


def partitions(owner: Any) -> list[str]:
    found = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'access_auditentry'::regclass ORDER BY 1"
    return [row[0] for row in owner.execute(found)]


def test_partitions_made_later_are_shut_too(trail: Any, committed_db: Any) -> None:
    import psycopg

    with committed_db.connect() as app:
        made = app.execute("SELECT access_make_partitions((now() + interval '40 months')::date)").fetchone()[0]
        assert made == 16
        app.execute("SELECT access_make_partitions('2999-01-01')")
    found = partitions(trail)
    assert len(found) <= 63
    with committed_db.connect() as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"SELECT 1 FROM {found[-2]}")


def test_without_a_scope_nothing_is_written_to_the_trail(committed_db: Any) -> None:
    import psycopg

    names, values = "actor, action, subject_kind, fields, reason, request", "'x', 'x', '', '', '', ''"
    with committed_db.connect() as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"INSERT INTO access_auditentry ({names}) VALUES ({values})")


def test_sealing_beside_running_transactions_loses_nothing(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow and quick writers, and a sealer that never waits: in the end every entry lies in exactly one block."""

    from jamsostek.access import audit

    monkeypatch.setattr(audit, "BLOCK_ROWS", 7)
    done, wrong = threading.Event(), []

    def writes(seed: int) -> None:
        drawn = random.Random(seed)
        try:
            for at in range(25):
                with cast.everyone():
                    audit.record("look", "participant", seed * 1000 + at)
                    done.wait(drawn.choice((0, 0, 0.002, 0.02)))
                    audit.record("look", "participant", seed * 1000 + at)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    def seals() -> None:
        try:
            while not done.is_set():
                sealed_now()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=writes, args=(seed,)) for seed in range(1, 7)]
    sealers = [threading.Thread(target=seals) for _one in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    assert not wrong
    sealed()
    found = verdict()
    assert (found.holds, found.rows, found.unsealed) == (True, 6 * 25 * 2, 0)
    with committed_db.connect("postgres") as owner:
        rows = owner.execute("SELECT unnest(row_ids) FROM access_auditblock").fetchall()
        assert len(rows) == len(set(rows)) == 300


def test_an_open_transaction_holds_back_what_came_after_it(committed_db: Any) -> None:
    from jamsostek.access import audit

    with committed_db.connect() as slow:
        slow.execute("SELECT pg_current_xact_id()")
        with cast.everyone():
            audit.record("look", "participant", 1)
        assert sealed_now() == 0
        slow.commit()
    assert sealed() == 1


def test_what_a_person_is_is_sealed_and_who_did_what_is_not(committed_db: Any) -> None:
    from jamsostek.access import audit
    from jamsostek.access.models import AuditEntry

    with cast.everyone():
        person = cast.participant()
        audit.record("participant.changed", "participant", person.pk, values={"address": "Jalan Rahasia 7"})
        row = AuditEntry.objects.order_by("-id").first()
        assert row.fields == "address"
        assert "Rahasia" not in str(AuditEntry.objects.values())
        assert json.loads(audit.subject_key("participant", person.pk).open("audit", bytes(row.sealed))) == {
            "address": "Jalan Rahasia 7"
        }


# --- the command line ------------------------------------------------------------------------------------------------


@pytest.fixture
def command(committed_db: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `jamsostek …` on the test's database; returns its status and what it printed."""
    from django.utils import translation

    from jamsostek.cli.main import main
    from jamsostek.core.text import speaking

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["jamsostek", *arguments])
        capsys.readouterr()
        with speaking("id"), translation.override("id"):
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
        return status, "".join(capsys.readouterr())

    return run


def test_the_command_verifies_and_publishes_the_trail(committed_db: Any, command: Any, tmp_path: Path) -> None:
    from jamsostek.access import audit

    with cast.everyone():
        audit.record("look", "participant", 1)
    await_horizon()
    assert command("audit", "seal") == (0, "1 blok ditutup.\n")
    status, told = command("audit", "head")
    head = json.loads(told)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(head["public_key"]))
    assert status == 0
    assert audit.signed_by(key, bytes.fromhex(head["digest"]), base64.b64decode(head["signature"]))
    assert not audit.signed_by(key, b"x" * 32, base64.b64decode(head["signature"]))
    published = tmp_path / "head.json"
    published.write_text(told)
    status, told = command("audit", "verify", "--head", str(published))
    assert (status, told.startswith("Utuh: 1 blok, 1 baris")) == (0, True)
    with committed_db.connect("postgres", autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        row = owner.execute("UPDATE access_auditentry SET actor = 'lain' RETURNING id").fetchone()[0]
        assert command("audit", "verify") == (1, f"RUSAK: blok 1, baris {row}: barisnya diubah.\n")
        owner.execute("DELETE FROM access_auditblock")
    status, told = command("audit", "verify", "--head", str(published))
    assert (status, "tidak ada lagi" in told) == (1, True)


def test_the_command_opens_accounts(committed_db: Any, command: Any, client: Any) -> None:
    import re

    status, told = command("user", "add", "kepala", "--role", "head_office", "--over", "nation", "--name", "Kepala Kantor")
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", told)[0]
    assert status == 0
    form = {"username": "kepala", "code": code, "password": "kalimat yang panjang sekali"}
    assert client.post("/akun/kode/", form)["Location"] == "/masuk/"
    assert command("user", "code", "kepala")[0] == 0
    assert command("user", "code", "tidak.ada")[0] == 2
    assert command("user", "add", "kepala", "--role", "head_office", "--over", "nation")[0] == 2
    assert command("user", "add", "lain", "--role", "headoffice", "--over", "nation")[0] == 2
    assert command("user", "add", "lain", "--role", "branch_officer", "--over", "region:abc")[0] == 2


def test_jobs_seal_the_trail_make_its_months_and_forget_what_is_over(committed_db: Any) -> None:
    from django.utils import timezone

    from jamsostek.access import audit, jobs, upkeep
    from jamsostek.access.models import DoneRequest

    user = cast.user("penulis")
    with cast.everyone():
        audit.record("look", "participant", 1)
    assert jobs.seal_audit(0) + sealed() == 1
    assert jobs.make_partitions(0) == 0
    old = timezone.now() - upkeep.KEPT - dt.timedelta(days=1)
    for key in ("biasa-lama", "biasa-baru", f"{upkeep.MONEY}lama"):
        DoneRequest.objects.create(user=user, key=key, request_digest=b"", status=200, answer={})
    DoneRequest.objects.filter(key__endswith="lama").update(at=old)
    jobs.forget(0)
    assert set(DoneRequest.objects.values_list("key", flat=True)) == {"biasa-baru", f"{upkeep.MONEY}lama"}
