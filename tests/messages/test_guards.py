"""Files that would harm, refused before anything interprets them, with words a person can act on."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from payroll_books import FILES, MONTH, SAMPLES, TITLES, person, read, save

from jamsostek.core.text import speaking
from jamsostek.messages.guards import FileUnreadable, Limits, check_upload, read_upload, run_limited
from jamsostek.messages.payroll.reader import read_payroll

WORKBOOK = "xl/workbook.xml"


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook(**more: bytes) -> bytes:
    """The least that looks like an XLSX."""
    return archive({"[Content_Types].xml": b"<Types/>", WORKBOOK: b"<workbook/>", **more})


def refusal(content: bytes, limits: Limits | None = None) -> FileUnreadable:
    """The refusal of a file, which must come within 100 ms of processor time and name a remedy."""
    begun = time.process_time()
    with pytest.raises(FileUnreadable) as caught:
        check_upload(content, "kiriman.xlsx", limits or Limits())
    assert time.process_time() - begun < 0.1
    assert caught.value.remedy
    return caught.value


def peak_memory(content: bytes) -> int:
    """Bytes held at most while a file is checked and refused."""
    tracemalloc.start()
    try:
        with pytest.raises(FileUnreadable):
            check_upload(content, "kiriman.xlsx")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@cache
def bomb(megabytes: int = 150) -> bytes:
    """A workbook of about 150 kB that unpacks to 150 MB."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(engine.compress(b"0" * (1 << 20)) for _ in range(megabytes)) + engine.flush()
    crc = 0
    for _ in range(megabytes):
        crc = zlib.crc32(b"0" * (1 << 20), crc)
    return stitched(WORKBOOK, packed, megabytes << 20, crc)


def stitched(name: str, packed: bytes, size: int, crc: int, declared: int | None = None) -> bytes:
    """A zip of one deflated entry, put together by hand so that it can say anything about itself."""
    raw, told = name.encode(), size if declared is None else declared
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), told, len(raw), 0) + raw
    head = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), told, len(raw), 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(head) + len(raw), len(local) + len(packed), 0)
    return local + packed + head + raw + end


def test_an_ordinary_workbook_passes() -> None:
    assert read_upload(SAMPLES / "gaji_rapi.xlsx").kind == "xlsx"
    assert check_upload(workbook(), "kecil.xlsx").kind == "xlsx"


def test_a_zip_bomb_is_refused_by_its_directory_with_memory_steady() -> None:
    content = bomb()
    assert refusal(content).kind == "bomb"
    assert peak_memory(content) < 2_000_000


def test_a_lying_directory_is_caught_while_streaming_with_memory_steady() -> None:
    honest = bomb()
    packed = zipfile.ZipFile(io.BytesIO(honest)).infolist()[0].compress_size
    start = 30 + len(WORKBOOK)
    content = stitched(WORKBOOK, honest[start : start + packed], 150 << 20, 0, declared=1000)
    assert refusal(content).kind == "lying"
    assert peak_memory(content) < 2_000_000


def test_a_directory_that_promises_more_than_there_is_is_refused() -> None:
    packed = zlib.compress(b"<workbook/>")[2:-4]
    assert refusal(stitched(WORKBOOK, packed, 11, zlib.crc32(b"<workbook/>"), declared=5000)).kind == "damaged"


def test_nested_archives_are_refused_by_name_and_by_content() -> None:
    assert refusal(workbook(**{"xl/media/isi.zip": b"x"})).kind == "nested"
    assert refusal(workbook(**{"xl/embeddings/Book1.xlsx": b"x"})).kind == "nested"
    assert refusal(workbook(**{"xl/media/gambar.png": archive({"a": b"b"})})).kind == "nested"


def test_entries_that_overlap_are_refused() -> None:
    inner = archive({"xl/b.xml": b"b" * 50}, zipfile.ZIP_STORED)
    local_b = inner[: inner.index(b"PK\1\2")]
    outer = archive({WORKBOOK: local_b}, zipfile.ZIP_STORED)
    directory, end = outer.index(b"PK\1\2"), outer.index(b"PK\5\6")
    second = bytearray(inner[inner.index(b"PK\1\2") : inner.index(b"PK\5\6")])
    struct.pack_into("<I", second, 42, outer.index(local_b))
    both = outer[directory:end] + bytes(second)
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, len(both), directory, 0)
    assert refusal(outer[:directory] + both + tail).kind == "bomb"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\evil.xml", "C:/evil.xml", "xl/../../evil.xml"])
def test_path_tricks_are_refused(name: str) -> None:
    assert refusal(workbook(**{name: b"x"})).kind == "path"


def test_too_many_parts_are_refused() -> None:
    assert refusal(workbook(**{f"xl/p{n}.xml": b"" for n in range(50)}), Limits(entries=40)).kind == "bomb"


def test_declarations_of_entities_are_refused_wherever_they_stand() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet/>'
    assert refusal(workbook(**{"xl/worksheets/sheet1.xml": laughs})).kind == "entity"
    assert refusal(workbook(**{"xl/worksheets/sheet1.xml": b"<!--" + b"x" * 262_100 + b"-->" + laughs})).kind == "entity"


@pytest.mark.parametrize("cut", [0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(cut: float) -> None:
    content = (SAMPLES / "gaji_rapi.xlsx").read_bytes()
    assert refusal(content[: int(len(content) * cut)]).kind == "damaged"


def test_flipped_bits_in_the_data_are_refused() -> None:
    content = bytearray((SAMPLES / "gaji_rapi.xlsx").read_bytes())
    content[len(content) // 2] ^= 0xFF
    assert refusal(bytes(content)).kind in ("damaged", "lying")


def test_anything_after_the_directory_is_refused_since_two_readers_could_see_two_workbooks() -> None:
    assert refusal(workbook() + b"more").kind == "damaged"
    assert refusal(workbook() + workbook()).kind == "damaged"


def test_a_password_protected_workbook_is_told_as_that() -> None:
    assert refusal((FILES / "terkunci.xlsx").read_bytes()).kind == "password"
    locked = bytearray(workbook())
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert refusal(bytes(locked)).kind == "password"


def test_other_documents_are_called_by_their_name() -> None:
    assert "Word" in str(refusal(archive({"word/document.xml": b"<d/>"})))
    assert "PDF" in str(refusal(b"%PDF-1.7 ..."))
    assert "PNG" in str(refusal(b"\x89PNG\r\n\x1a\n"))
    assert refusal(archive({"gaji.csv": b"a,b"})).kind == "archive"
    assert refusal(b"<html><table><tr><td>Nama</td></tr></table></html>").kind == "markup"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).kind == "not_a_workbook"
    assert refusal(b"\x00\x01\x02\x03" * 100).kind == "not_a_workbook"
    assert refusal(workbook(**{"xl/workbook.bin": b""}).replace(b"xl/workbook.xml", b"xl/workbook.yml")).kind == "xlsb"


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    assert refusal(b"").kind == "empty"
    assert refusal(b"a,b\n" * 1000, Limits(file_bytes=1000)).kind == "too_large"


def test_the_size_is_checked_before_a_large_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.truncate(8 << 30)  # a sparse file of 8 GB
    begun = time.process_time()
    with pytest.raises(FileUnreadable) as caught:
        read_upload(path)
    assert caught.value.kind == "too_large"
    assert time.process_time() - begun < 1


def test_a_csv_passes_whatever_its_encoding() -> None:
    for content in (b"Nama;Upah\nBudi;1", "\ufeffNama;Upah".encode(), "Nama\tUpah".encode("utf-16"), b"Nama\xa0,Upah"):
        assert check_upload(content, "a.csv").kind == "csv"


def test_a_workbook_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    renamed = save(tmp_path / "gaji.xls", [list(TITLES), person(1)])
    assert read_upload(renamed).kind == "xlsx"
    assert len(read(renamed).rows) == 1


@pytest.mark.parametrize("name", ["upah.xls", "upah.ods"])
def test_old_excel_and_open_document_are_read_too(name: str) -> None:
    assert [row.wage_rupiah for row in read(FILES / name).rows] == [4_500_000, 5_250_000]


def test_a_zip64_end_record_passes_when_it_says_the_same_and_not_otherwise() -> None:
    plain = workbook()
    end = plain.index(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HII", plain, end + 10)

    def with_end64(told: int) -> bytes:
        end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, told, told, size, offset)
        return plain[:end] + end64 + struct.pack("<4sIQI", b"PK\6\7", 0, end, 1) + plain[end:]

    assert check_upload(with_end64(count), "java.xlsx").kind == "xlsx"
    assert refusal(with_end64(count - 1)).kind == "damaged"


def test_random_damage_never_does_more_than_refuse() -> None:
    import random

    chance, content = random.Random(5), (SAMPLES / "gaji_rapi.xlsx").read_bytes()
    for _ in range(300):
        broken = bytearray(content)
        for _ in range(chance.randrange(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            check_upload(bytes(broken), "acak.xlsx")
        except FileUnreadable as error:
            assert error.remedy


# --- the child --------------------------------------------------------------------------------------------------------


def test_the_childs_answer_comes_back_as_plain_data() -> None:
    import json

    assert run_limited(json.loads, b'{"a": [1, null, "x"]}', seconds=20) == {"a": [1, None, "x"]}


def test_a_child_that_takes_too_long_is_ended_with_all_it_started() -> None:
    begun = time.perf_counter()
    with pytest.raises(FileUnreadable) as caught:
        run_limited(subprocess.check_output, b"sleep 3571", options={"shell": True}, seconds=1)
    assert caught.value.kind == "time"
    assert time.perf_counter() - begun < 5
    assert "sleep 3571" not in subprocess.run(["ps", "ax"], capture_output=True, text=True, check=True).stdout


def test_a_child_that_takes_too_much_memory_is_a_persons_error() -> None:
    packed = zlib.compress(b"\0" * (250 << 20), 1)
    with pytest.raises(FileUnreadable) as caught:
        run_limited(zlib.decompress, packed, seconds=30, memory_bytes=300 << 20)
    assert caught.value.kind == "memory"


def test_a_child_that_crashes_is_a_persons_error() -> None:
    import faulthandler

    crash: Callable[..., None] = faulthandler._sigsegv  # type: ignore[attr-defined]
    with pytest.raises(FileUnreadable) as caught:
        run_limited(crash, b"", seconds=20)
    assert caught.value.kind == "crash"
    assert caught.value.remedy


def test_a_child_that_answers_too_much_is_stopped() -> None:
    with pytest.raises(FileUnreadable) as caught:
        run_limited(str, b"x" * 5_000_000, seconds=20, answer_bytes=1_000_000)
    assert caught.value.kind == "answer"


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    with pytest.raises(FileUnreadable) as caught:
        run_limited(subprocess.check_output, b"env >&2; exit 7", options={"shell": True}, seconds=20)
    assert "PYTHONPATH" in caught.value.detail
    assert "secret" not in caught.value.detail


def test_the_detail_for_the_log_never_carries_a_long_number() -> None:
    with pytest.raises(FileUnreadable) as caught:
        run_limited(int, b"3515140110720000x", seconds=20)
    assert not re.search(r"\d{8}", caught.value.detail)


def test_two_cells_at_the_far_corners_do_not_take_the_parent_along(tmp_path: Path) -> None:
    path = save(tmp_path / "jauh.xlsx", [list(TITLES), person(1)])
    with zipfile.ZipFile(path) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    entries[sheet] = entries[sheet].replace(b"</sheetData>", far)
    path.write_bytes(archive(entries))
    with pytest.raises(FileUnreadable) as caught:
        read_payroll(path, month=MONTH)
    assert caught.value.kind == "memory"


def test_the_childs_own_error_keeps_its_words_and_language(tmp_path: Path) -> None:
    path = save(tmp_path / "tanpa.xlsx", [["Nama", "NIK", "Alamat"], ["Budi", "x", "y"]])
    with speaking("en"), pytest.raises(FileUnreadable, match="column for wage") as caught:
        read_payroll(path, month=MONTH)
    assert caught.value.kind == "no_column"
