"""Whole files: every kind, large ones, resumed ones, hostile ones; counted, and given back."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from register_files import (
    AGUS,
    DISTRICTS,
    FIELDS,
    MAPPING,
    MONTH,
    SITI,
    TITLES,
    TODAY,
    VILLAGES,
    people,
    read,
    row,
    save_csv,
    save_parquet,
    save_xlsx,
)

from jamsostek.core.errors import InputError
from jamsostek.messages.guards import check_upload
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.register.looked import look
from jamsostek.messages.register.mapping import MappedColumn, Mapping
from jamsostek.messages.register.profile import Profile, profile, profile_of
from jamsostek.messages.register.reader import read_register
from jamsostek.messages.register.returned import write_returned

SAVE = {"csv": save_csv, "xlsx": save_xlsx, "parquet": save_parquet}
PLAIN = ["nik", "name", "birth_date", "sex", "kk", "village", "district", "occupation", "decile"]
SMALL = Mapping(tuple(MappedColumn(at, TITLES[field], (field,)) for at, field in enumerate(PLAIN)))


def rows(count: int) -> list[list[Any]]:
    """Titles and so many people, every tenth with a NIK too short, one without a name."""
    found = [[TITLES[field] for field in PLAIN]]
    for number, person in enumerate(people(count)):
        changed = {"nik": person["nik"][:15]} if number % 10 == 3 else {"name": None} if number == 5 else {}
        found.append([{**person, **changed}[field] for field in PLAIN])
    return found


@pytest.mark.parametrize("kind", SAVE)
def test_every_kind_of_file_gives_the_same_rows(tmp_path: Path, kind: str) -> None:
    path = SAVE[kind](tmp_path / f"a.{kind}", rows(30))
    chunks = list(read_register(path, SMALL, month=MONTH, villages=VILLAGES, districts=DISTRICTS))
    (found,) = chunks
    (again,) = read(save_csv(tmp_path / "same.csv", rows(30)), SMALL, regency=None)
    assert found.rows.equals(again.rows)
    assert found.kinds() == again.kinds() == {"nik_short": 3, "name_missing": 1}
    assert (found.counts.seen, found.counts.kept, found.counts.refused) == (30, 29, 1)


@pytest.mark.parametrize("kind", SAVE)
def test_reading_again_from_a_chunk_gives_the_same_chunks(tmp_path: Path, kind: str) -> None:
    lines = rows(50)
    lines.append(lines[1])
    path = SAVE[kind](tmp_path / f"b.{kind}", lines)
    options: dict[str, Any] = {"month": MONTH, "villages": VILLAGES, "districts": DISTRICTS, "chunk_rows": 20}
    whole = list(read_register(path, SMALL, **options))
    assert [chunk.counts.seen for chunk in whole] == [20, 20, 11]
    resumed = list(read_register(path, SMALL, **options, start_row=whole[0].next_row))
    assert [chunk.rows for chunk in resumed] == [chunk.rows for chunk in whole[1:]]
    assert [chunk.problem_table for chunk in resumed] == [chunk.problem_table for chunk in whole[1:]]
    assert [one.detail["first_row"] for one in resumed[-1].problems("row_repeated")] == [2]
    with pytest.raises(InputError, match="bukan awal"):
        read(path, SMALL, chunk_rows=20, start_row=30)


def test_a_file_left_early_ends_its_child(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "c.csv", rows(200))
    stream = read_register(path, SMALL, month=MONTH, chunk_rows=10)
    assert next(stream).counts.seen == 10
    stream.close()


def test_columns_in_another_order_are_read_by_their_titles(tmp_path: Path) -> None:
    moved = [list(reversed(line)) for line in rows(10)]
    (found,) = read_register(save_csv(tmp_path / "d.csv", moved), SMALL, month=MONTH)
    (plain,) = read_register(save_csv(tmp_path / "e.csv", rows(10)), SMALL, month=MONTH)
    assert found.rows.equals(plain.rows)
    with pytest.raises(InputError, match="Judul kolom"):
        list(read_register(save_csv(tmp_path / "f.csv", [["Nama", "Lain"], ["A", "B"]]), SMALL, month=MONTH))


def test_place_and_date_in_one_column_are_two(tmp_path: Path) -> None:
    lines = [["Nama", "TTL"], ["Agus Santoso", "Sleman, 12-03-1980"], ["Siti Aminah", "Kota Yogyakarta, 5 Mei 1991"]]
    decided = Mapping((MappedColumn(0, "Nama", ("name",)), MappedColumn(1, "TTL", ("birth_place", "birth_date"))))
    (found,) = read(save_csv(tmp_path / "g.csv", lines), decided)
    assert found.rows["birth_place"].to_pylist() == ["Sleman", "Kota Yogyakarta"]
    assert found.rows["birth_date"].to_pylist() == [dt.date(1980, 3, 12), dt.date(1991, 5, 5)]
    assert [(one.column, one.title) for one in found.problems()] == [("B", "TTL")]


def test_windows_letters_semicolons_and_typed_parquet_are_read(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_bytes(f"Nama;NIK\r\nAndré Santoso;{AGUS}\r\n".encode("cp1252"))
    decided = Mapping((MappedColumn(0, "Nama", ("name",)), MappedColumn(1, "NIK", ("nik",))))
    (found,) = read(path, decided)
    assert found.rows["name"].to_pylist() == ["André Santoso"]
    typed = save_parquet(tmp_path / "t.parquet", [["Nama", "NIK"], ["Agus", int(AGUS)], ["Siti", int(SITI)]])
    (found,) = read(typed, decided)
    assert found.rows["nik"].to_pylist() == [AGUS, SITI]


# --- memory ---

_MEASURE = """
import pathlib, re, resource, sys
from jamsostek.messages.register.looked import look
from jamsostek.messages.register.reader import read_register
path = sys.argv[1]
seen = sum(one.counts.kept for one in read_register(path, look(path).mapping, month=202606, chunk_rows=1_500))
who = resource.RUSAGE_CHILDREN
parent = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
print(seen, parent, resource.getrusage(who).ru_maxrss)
"""


@pytest.mark.parametrize("kind", SAVE)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    peaks = []
    for count in (3_000, 12_000):
        path = SAVE[kind](tmp_path / f"{count}.{kind}", rows(count))
        told = subprocess.run([sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True)
        seen, parent, child = map(int, told.stdout.split())
        assert seen == count - 1
        peaks.append((parent, child))
    (parent, child), (larger_parent, larger_child) = peaks
    assert larger_parent < 1.15 * parent
    assert larger_child < 1.25 * child


# --- hostile and broken files ---


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("kosong.csv", b"", "empty"),
        ("gambar.xlsx", b"\x89PNG....", "not_a_workbook"),
        ("halaman.xls", b"<html><table>", "markup"),
        ("rusak.parquet", b"PAR1" + b"\xff" * 200 + b"PAR1", "damaged"),
        ("potong.xlsx", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("petik.csv", b'Nama,NIK\n"' + b"x" * (2 << 20), "damaged"),
    ],
)
def test_what_is_no_register_is_refused_with_a_remedy(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        look(path)
    assert caught.value.kind == kind
    assert caught.value.remedy


def test_a_zip_bomb_and_entities_are_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bom.xlsx", {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (64 << 20)})
    with pytest.raises(FileUnreadable) as caught:
        look(bomb)
    assert caught.value.kind == "bomb"
    evil = zipped(tmp_path / "entitas.xlsx", {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'})
    with pytest.raises(FileUnreadable) as caught:
        look(evil)
    assert caught.value.kind == "entity"


def test_too_little_memory_and_time_become_errors_a_person_can_act_on(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "h.csv", rows(3000))
    with pytest.raises(FileUnreadable) as caught:
        list(read_register(path, SMALL, month=MONTH, memory_bytes=150 << 20))
    assert caught.value.kind in ("memory", "crash")
    with pytest.raises(FileUnreadable) as caught:
        list(read_register(path, SMALL, month=MONTH, seconds=0.05))
    assert caught.value.kind == "time"


def test_an_upload_in_memory_is_read_like_a_file(tmp_path: Path) -> None:
    content = save_xlsx(tmp_path / "i.xlsx", rows(5)).read_bytes()
    (found,) = read_register(check_upload(content, "i.xlsx"), SMALL, month=MONTH)
    assert found.counts.seen == 5


# --- profile ---


def test_a_profile_counts_and_parts_add_up(tmp_path: Path) -> None:
    lines = [
        list(TITLES.values()),
        row(),
        row(nik=SITI, name="ALM. Budi", sex="P", birth_date="22-04-1993", kk=None, disability="Netra"),
    ]
    lines += [row(nik=None, name="Cici", birth_date="01-01-2015", occupation="PNS"), row(name="test")]
    path = save_csv(tmp_path / "p.csv", lines)
    whole = profile(read(path), TODAY)
    assert (whole.seen, whole.kept, whole.refused, whole.passed) == (4, 3, 1, 0)
    assert whole.nik == {"ok": 2, "missing": 1}
    assert whole.sex == {"male": 2, "female": 1}
    assert whole.ages == {"5-14": 1, "25-34": 1, "35-44": 1}
    assert (whole.households, whole.hints) == (1, {"dead": 1, "asn": 1})
    assert whole.disability == {"sensory": 1}
    assert whole.missing["kk"] == 1
    assert whole.villages == {"3515142001": 3}
    assert whole.top_occupations[0] == ("PETANI", 2)
    parts = [profile_of(chunk, TODAY) for chunk in read(path, chunk_rows=2)]
    assert Profile.from_json(parts[0].to_json()) + parts[1] == whole
    assert AGUS not in json.dumps(whole.to_json())


# --- given back ---


def test_wrong_rows_go_back_in_the_senders_columns_and_come_again(tmp_path: Path) -> None:
    lines = [
        list(TITLES.values()),
        row(),
        row(name="test", note="=1+1", nik=SITI),
        row(name=None, birth_date=dt.date(1990, 8, 17)),
    ]
    path, back = save_xlsx(tmp_path / "q.xlsx", lines), tmp_path / "balik.xlsx"
    problems = [one for chunk in read(path) for one in chunk.problems()]
    assert write_returned(problems, path, MAPPING, back) == 2
    sheet = openpyxl.load_workbook(back).active
    found = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert found[0][: len(FIELDS)] == list(TITLES.values())
    first = dict(zip(found[0], found[1], strict=True))
    assert (first["NIK"], first["Nama"], first["Ket"], first["Baris asal"]) == (SITI, "test", "=1+1", 3)
    assert sheet.cell(2, FIELDS.index("note") + 1).data_type == "s"
    assert "Nama hanya pengisi" in first["Yang perlu diperbaiki"]
    assert found[2][FIELDS.index("birth_date")] == dt.datetime(1990, 8, 17)  # noqa: DTZ001
    assert look(back).fingerprint == MAPPING.fingerprint
    (again,) = read(back)
    assert again.counts.seen == 2
