"""Files of any size: stored and read in parts, in memory that does not grow; killed while they are read; deleted by a job.

With JAMSOSTEK_PROOF=1 the same at a million rows.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import cast
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.utils import timezone
from test_registers import BUDI, SITI, as_user, csv, officer, read, sent

from jamsostek.core.errors import InputError
from jamsostek.files import actions as files
from jamsostek.files.models import StoredFile
from jamsostek.messages.guards import check_upload
from jamsostek.messages.register.looked import look
from jamsostek.outreach.actions import registers
from jamsostek.outreach.actions.registers import ending
from jamsostek.outreach.models import Link, Person, Problem, Register, Run

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
ROOT = Path(__file__).parents[2]
KILLS = 20 if PROOF else 3
KILLED_ROWS = 1_000 * KILLS
"""Seven chunks for each kill, of which three at most are written."""
ROWS, CHUNK, FILLER = (1_000_000, 50_000, 0) if PROOF else (12_000, 1_000, 4_000)
"""A few rows as heavy as many: what grows with the file grows by tens of megabytes either way."""
KINDS = ("csv", "xlsx", "parquet") if PROOF else ("csv",)
"""Each kind's reader has its own test of memory (tests/messages/register); here the whole way of a register is gone."""
GROWN = 30 << 20
LETTERS = "abcdefghij"


def rows(count: int, filler: int = 0) -> Any:
    """Lines of a register; `filler` letters in a column that nobody uses."""
    yield "Nama,NIK,Nomor KK,JK,Tanggal Lahir,Kode Desa,Desil,Pekerjaan,Catatan Petugas Lapangan\n"
    chance = random.Random(7)
    for at in range(count):
        name = "".join(LETTERS[int(digit)] for digit in f"{at:07d}").title()
        day, month, year = at // 9_999 % 28 + 1, at // 279_972 % 12 + 1, chance.randint(1950, 2005)
        nik = f"351551{day:02d}{month:02d}{year % 100:02d}{at % 9999 + 1:04d}"
        note = chance.choice("xyz") * filler
        card, born = f"3515510101{at % 999999:06d}", f"{day:02d}-{month:02d}-{year}"
        yield f"Contoh {name},{nik},{card},L,{born},3515511001,{at % 5 + 1},Petani,{note}\n"


def written(path: Path, count: int, filler: int = 0) -> Path:
    lines = rows(count, filler)
    if path.suffix == ".csv":
        with path.open("w", encoding="ascii") as file:
            file.writelines(lines)
        return path
    cells = next(lines).rstrip().split(",")
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Daftar")
        for line in itertools.chain([",".join(cells)], lines):
            sheet.append(line.rstrip().split(","))
        book.save(path)
        return path
    schema = pa.schema([(name, pa.string()) for name in cells])
    with pq.ParquetWriter(path, schema) as file:
        for part in iter(lambda: list(itertools.islice(lines, 50_000)), []):
            columns = list(zip(*(line.rstrip().split(",") for line in part), strict=True))
            file.write_table(pa.table([pa.array(one) for one in columns], schema=schema))
    return path


def alone(database: Any, *given: Any, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.outreach.alone", *map(str, given)]
    environment = {**database.environment, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, **more)


def taken(database: Any, path: Path, *more: str) -> dict[str, Any]:
    process = alone(database, "take", path, CHUNK, *more)
    out, _err = process.communicate()
    assert process.returncode == 0
    told: dict[str, Any] = json.loads(out)
    assert told["state"] == "ready"
    return told


@pytest.mark.parametrize(("kind", "planted"), [*((kind, False) for kind in KINDS), ("csv", True)])
def test_memory_does_not_grow_with_a_register(committed_db: Any, tmp_path: Path, kind: str, planted: bool) -> None:
    small = taken(committed_db, written(tmp_path / f"kecil.{kind}", ROWS // 8, FILLER), *["whole"] * planted)
    large = taken(committed_db, written(tmp_path / f"besar.{kind}", ROWS, FILLER), *["whole"] * planted)
    print(kind, small, large)
    assert large["kept"] == ROWS
    assert (large["own"] - small["own"] > GROWN) is planted, (small, large)
    if not planted:  # two keys a row tell who stood earlier, thrice while they are merged
        assert large["child"] - small["child"] < GROWN + 96 * ROWS


def test_a_register_whose_readers_are_killed_is_read_once(committed_db: Any, tmp_path: Path) -> None:
    with as_user(officer()):
        register = sent(b"".join(line.encode() for line in rows(KILLED_ROWS)))
    chance = random.Random(3)
    for _kill in range(KILLS):
        process = alone(committed_db, "read", register.pk, 150)
        assert process.stdout is not None
        for _chunk in range(chance.randint(1, 3)):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with cast.everyone():
        half = Register.objects.get(pk=register.pk)
        assert half.state == "reading" and 0 < half.rows_kept < KILLED_ROWS
        assert Person.objects.count() == half.rows_kept
        assert registers.open_registers() == [register.pk]
    assert alone(committed_db, "read", register.pk, 150).wait() == 0
    with cast.everyone():
        done = Register.objects.get(pk=register.pk)
        assert (done.state, done.rows_kept) == ("ready", KILLED_ROWS), done.error
        assert len(set(Person.objects.values_list("row_number", flat=True))) == Person.objects.count() == KILLED_ROWS
        assert done.profile["profile"]["kept"] == KILLED_ROWS


def test_millions_are_deleted_by_a_job(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "AT_ONCE", 1)
    with as_user(officer()):
        register = sent(csv(SITI, BUDI, "123,,,,,"))
    read(register)
    with cast.everyone():
        run = Run.objects.create(register_id=register.pk)
        for person in Person.objects.all():
            Link.objects.create(
                run=run, person=person, register_id=register.pk, outcome="different", record_key=bytes(16), reasons=[]
            )
    with as_user(officer()):
        waits = registers.delete(register_id=register.pk, reason="Perjanjian berakhir", now=timezone.now())
        assert waits.state == "ready" and waits.deleted_reason and Person.objects.count() == 2
        again = registers.delete(register_id=register.pk, reason="Lain", now=timezone.now())
        assert again.deleted_reason == "Perjanjian berakhir"
        with pytest.raises(InputError, match="sedang dihapus"):
            sent(csv(SITI, BUDI, "123,,,,,"))
    with cast.everyone():
        assert registers.open_clearings() == [register.pk] and registers.open_registers() == []
    registers.clear(register.pk, now=timezone.now())
    with cast.everyone():
        assert Person.objects.count() == Problem.objects.count() == Link.objects.count() == 0
        gone = Register.objects.get()
        assert (gone.state, gone.wrapped, gone.rows_kept, gone.deleted_by is not None) == ("deleted", None, 2, True)
        assert registers.open_clearings() == []
        assert StoredFile.objects.get(pk=gone.file_digest).wrapped is None
    with as_user(officer()):
        assert sent(csv(SITI, BUDI, "123,,,,,")).pk != register.pk


def test_a_file_that_another_region_sent_too_stays(committed_db: Any) -> None:
    with as_user(officer(3516)):
        theirs = sent(csv(SITI), region_code=3516)
    with as_user(officer()):
        mine = sent(csv(SITI))
        registers.cancel(register_id=mine.pk, now=timezone.now())
    assert read(theirs).state == "ready"


@pytest.mark.parametrize("kind", [TemporaryUploadedFile, InMemoryUploadedFile])
def test_what_a_browser_sends_is_taken_as_it_comes(committed_db: Any, kind: type) -> None:
    content = csv(SITI, BUDI)
    if kind is TemporaryUploadedFile:
        given = TemporaryUploadedFile("daftar.csv", "text/csv", len(content), None)
        given.write(content)
        given.seek(0)
    else:
        given = InMemoryUploadedFile(io.BytesIO(content), "file", "daftar.csv", "text/csv", len(content), None)
    with as_user(officer()):
        register = sent(given.file, columns=look(check_upload(content, "daftar.csv")).mapping)
        assert sent(content).pk == register.pk
    assert read(register).rows_kept == 2


# --- files in parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, files.PART - 1, files.PART, files.PART + 1, 3 * files.PART])
def test_a_file_in_parts_comes_back_as_it_was(db: Any, size: int) -> None:
    content = random.Random(size).randbytes(size)
    digest = files.store_file(io.BytesIO(content), retention="register")
    assert digest == hashlib.sha256(content).hexdigest() == files.store(content, retention="other")
    assert files.read(digest) == content
    with files.opened(digest) as file:
        assert file.read() == content
    files.forget(digest, now=timezone.now())
    with pytest.raises(files.FileGone), files.opened(digest):
        pass


def test_parts_cannot_be_cut_off_exchanged_or_altered(db: Any) -> None:
    content = random.Random(1).randbytes(2 * files.PART + 9)
    digest = files.store_file(io.BytesIO(content), retention="register")
    path = files._stored(digest, StoredFile.objects.get(pk=digest).wrapped)
    assert path is not None
    whole, step = path.read_bytes(), files.PART + 16
    one, two = whole[7 : 7 + step], whole[7 + step : 7 + 2 * step]
    assert content[:20] not in whole
    for wrong in (whole[: 7 + 2 * step], whole[:-1], whole[:7] + two + one + whole[7 + 2 * step :], whole[:7], b"x" + whole[1:]):
        path.write_bytes(wrong)
        with pytest.raises(Exception):  # noqa: B017  InvalidTag
            files.read(digest)
    path.write_bytes(whole)
    assert files.read(digest) == content
