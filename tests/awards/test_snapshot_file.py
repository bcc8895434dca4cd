"""A snapshot's file: the same state has the same root, whatever is changed is named, and nothing else is taken for one."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.reading import read as read_edition
from jamsostek.awards.reading import samples
from jamsostek.awards.scoring import MISSING
from jamsostek.awards.snapshot import container
from jamsostek.awards.snapshot.schema import columns_of, criteria_of, member
from jamsostek.core.errors import InputError

TEXT = samples()["peragaan-2026"]
EDITION = read_edition(TEXT)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
FACTS = snapshots.Facts(TEXT, 3, "province", "final", "a" * 64)
SIDOARJO, LUMAJANG = 3515, 3508


def regency(key: int, name: str, **values: Any) -> dict[str, Any]:
    """A row of measures: 30 of 100 on everything, unless said otherwise."""
    row: dict[str, Any] = {
        "key": key, "code": str(key), "name": name, "province": key // 100, "regency": key, "zone": 2, "kind": "kabupaten",
        "scale": "", "section": "", "population": 1_000, "invented": True, "absent": "",
    }  # fmt: skip
    for one in criteria_of(EDITION, "regency"):
        row |= {f"num_{one}": 30, f"den_{one}": 100}
    return row | values


def tables() -> dict[str, pa.Table]:
    """Two regencies, one of them a candidate with marks and a piece of evidence."""
    rows: dict[str, list[dict[str, Any]]] = {
        "measures-regency": [
            regency(SIDOARJO, "Sidoarjo", num_women=2, den_women=3, num_growth=None, den_growth=None),
            regency(LUMAJANG, "Lumajang\tbaris\\dua\nujung", den_women=0),
        ],
        "entries": [
            {
                "code": "calon1", "category": "regency_coverage", "level": "province", "area": 35, "subject": "regency",
                "key": LUMAJANG, "name": "Lumajang", "province": 35, "regency": LUMAJANG, "invented": True,
            },
        ],
        "marks": [
            {"entry_code": "calon1", "criterion": "innovation", "seat_code": seat, "marks": marks}
            for seat, marks in (("kursi1", 50), ("kursi2", 75), ("kursi3", 76))
        ],
        "evidence": [
            {
                "code": "bukti1", "entry_code": "calon1", "criterion": "innovation", "kind": "innovation", "size": 5,
                "digest": snapshots_digest(b"bukti"), "received_at": "2026-11-20T01:02:03+00:00",
            },
        ],
    }  # fmt: skip
    return {name: snapshots.table_of(EDITION, name, found) for name, found in rows.items()}


def snapshots_digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "potret.zip"
    path.write_bytes(snapshots.packed(FACTS, tables(), as_of=NOON))
    return path


def members(path: Path) -> dict[str, bytes]:
    return container.opened(path)


def kept(path: Path, found: Mapping[str, bytes]) -> Path:
    path.write_bytes(container.packed(found))
    return path


def rewritten(content: bytes, column: str, row: int, value: object) -> bytes:
    """A table of Parquet with one cell changed, written by somebody else's program."""
    table = pq.read_table(pa.BufferReader(content))
    cells = table.column(column).to_pylist()
    cells[row] = value
    at = table.column_names.index(column)
    sink = pa.BufferOutputStream()
    pq.write_table(table.set_column(at, column, pa.array(cells, table.schema.field(column).type)), sink, use_dictionary=False)
    return bytes(sink.getvalue())


def test_what_is_written_is_read_again(file: Path) -> None:
    found = snapshots.read(file)
    assert snapshots.verify(file) == []
    assert (found.version, found.level, found.kind, found.text) == (3, "province", "final", TEXT)
    assert found.counts["measures-regency"] == 2
    assert found.of("regency").column("name").to_pylist() == ["Lumajang\tbaris\\dua\nujung", "Sidoarjo"]
    assert found.tables["marks"].to_pylist()[2] == {
        "entry_code": "calon1", "criterion": "innovation", "seat_code": "kursi3", "marks": 76,
    }  # fmt: skip


def test_an_ordinary_unzip_reads_it_too(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        assert package.read("edition.yaml").decode() == TEXT


def test_the_same_state_has_the_same_root_at_another_moment_and_the_same_bytes_at_the_same(tmp_path: Path, file: Path) -> None:
    later = tmp_path / "later.zip"
    later.write_bytes(snapshots.packed(FACTS, tables(), as_of=NOON + dt.timedelta(days=3)))
    assert later.read_bytes() != file.read_bytes()
    assert snapshots.read(later).root == snapshots.read(file).root
    assert snapshots.packed(FACTS, tables(), as_of=NOON) == file.read_bytes()


def test_a_root_follows_from_cells_as_they_are_described(file: Path) -> None:
    """Reckoned again by hand from the description in `sealing`, with nothing of ours."""
    import hashlib
    import json

    seal = json.loads(members(file)["seal.json"])
    lines = ["entry_code\tcriterion\tseat_code\tmarks"]
    lines += [f"calon1\tinnovation\t{seat}\t{marks}" for seat, marks in (("kursi1", 50), ("kursi2", 75), ("kursi3", 76))]
    said = seal["says"]["tables"]["marks"]
    assert said["digest"] == hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert said["columns"]["marks"] == hashlib.sha256(b"50\n75\n76\n").hexdigest()
    whole = json.dumps(seal["says"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert seal["root"] == hashlib.sha256(whole.encode()).hexdigest()


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "told"),
    [
        ("measures-regency", "num_women", 1, 3, ("row_changed", "measures-regency", "3515 Sidoarjo", "num_women")),
        ("measures-regency", "num_growth", 1, 0, ("row_changed", "measures-regency", "3515 Sidoarjo", "num_growth")),
        ("marks", "marks", 0, 51, ("row_changed", "marks", "calon1/innovation/kursi1", "marks")),
        ("evidence", "digest", 0, "0" * 64, ("row_changed", "evidence", "bukti1", "digest")),
        ("entries", "category", 0, "village", ("row_changed", "entries", "calon1 Lumajang", "category")),
    ],
)
def test_a_changed_cell_is_named(file: Path, table: str, column: str, row: int, value: object, told: tuple[str, ...]) -> None:
    found = members(file)
    found[member(table)] = rewritten(found[member(table)], column, row, value)
    assert snapshots.verify(kept(file, found)) == [snapshots.Break(*told)]
    with pytest.raises(InputError, match=r"tidak utuh"):
        snapshots.read(file)


def test_a_row_taken_away_and_one_put_in_are_named(file: Path) -> None:
    found = members(file)
    table = pq.read_table(pa.BufferReader(found["marks.parquet"])).to_pylist()
    table[1]["seat_code"] = "kursi9"
    found["marks.parquet"] = snapshots_parquet("marks", table)
    told = {(one.what, one.subject) for one in snapshots.verify(kept(file, found))}
    assert told == {("row_missing", "calon1/innovation/kursi2"), ("row_extra", "calon1/innovation/kursi9")}


def snapshots_parquet(name: str, rows: list[dict[str, Any]]) -> bytes:
    from jamsostek.awards.snapshot import parquet

    return parquet.written(snapshots.table_of(EDITION, name, rows))


def test_a_table_written_anew_says_the_same_but_is_told(file: Path) -> None:
    found = members(file)
    found["marks.parquet"] = rewritten(found["marks.parquet"], "marks", 0, 50)
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("bytes", "marks.parquet")]


def test_members_that_are_missing_or_too_many_are_named(file: Path) -> None:
    found = members(file)
    content = found.pop("marks.parquet")
    assert snapshots.Break("missing", "marks.parquet") in snapshots.verify(kept(file, found))
    found |= {"marks.parquet": content, "more.txt": b"lagi"}
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("extra", "more.txt")]


def test_a_changed_edition_is_named_and_so_is_one_only_laid_out_otherwise(file: Path) -> None:
    found = members(file)
    found["edition.yaml"] = TEXT.replace("winners: 3", "winners: 4").encode()
    assert snapshots.Break("edition", "edition.yaml") in snapshots.verify(kept(file, found))
    found["edition.yaml"] = (TEXT + "\n# tambahan\n").encode()
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("bytes", "edition.yaml")]


def test_a_file_forged_whole_is_told_by_the_root_that_was_made_public(tmp_path: Path, file: Path) -> None:
    forged = tmp_path / "forged.zip"
    other = tables() | {"marks": snapshots.table_of(EDITION, "marks", ())}
    forged.write_bytes(snapshots.packed(FACTS, other, as_of=NOON))
    public = snapshots.read(file).root
    assert snapshots.verify(forged) == []
    assert snapshots.verify(forged, root=public) == [snapshots.Break("root", "seal.json")]
    assert snapshots.verify(file, root=public.upper()) == []


def test_a_bit_flipped_anywhere_is_found(file: Path) -> None:
    content, drawn = file.read_bytes(), random.Random(9)
    named = 0
    for _turn in range(200):
        at, bit = drawn.randrange(len(content)), 1 << drawn.randrange(8)
        file.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        try:
            found = snapshots.verify(file)
        except InputError:
            continue
        assert found, f"bit {bit} of byte {at}"
        named += 1
    assert named > 100


@pytest.mark.parametrize("length", [0, 1, 4, 21, 22, 1_000, -1, -22, -500])
def test_a_file_cut_off_is_told(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(InputError, match="bukan potret yang utuh"):
        snapshots.verify(file)


def test_garbage_and_what_follows_the_end_are_told(file: Path) -> None:
    content = file.read_bytes()
    for other in (b"PK\3\4" + bytes(4_000), b"not a zip", content + b"x", b"x" + content, content + content):
        file.write_bytes(other)
        with pytest.raises(InputError):
            snapshots.verify(file)


def test_what_would_inflate_or_lead_out_of_a_folder_is_refused(file: Path) -> None:
    for name, how in (("../../etc/cron.txt", 0), ("/marks.parquet", 0), ("marks.parquet", zipfile.ZIP_DEFLATED)):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", how) as package:
            package.writestr(name, bytes(10_000_000) if how else b"x")
        file.write_bytes(sink.getvalue())
        with pytest.raises(InputError, match="bukan potret yang utuh"):
            snapshots.verify(file)


def test_parquet_that_would_inflate_is_not_opened(file: Path) -> None:
    found = members(file)
    table = pa.table({"entry_code": ["x" * 100] * 3_000_000})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    found["marks.parquet"] = bytes(sink.getvalue())
    assert len(found["marks.parquet"]) < 100_000
    assert snapshots.Break("unreadable", "marks") in snapshots.verify(kept(file, found))


def by_another_program(content: bytes, change: dict[str, object], **how: Any) -> bytes:
    """A table as a common tool writes it: with dictionaries, compressed, with statistics; the first row changed."""
    rows = pq.read_table(pa.BufferReader(content)).to_pylist()
    rows[0] |= change
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), sink, **how)
    return bytes(sink.getvalue())


@pytest.mark.parametrize("how", [{}, {"compression": "snappy"}, {"compression": "gzip", "version": "1.0"}])
@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("marks", {"marks": 51}, ("marks", "calon1/innovation/kursi1", "marks")),
        ("measures-regency", {"num_women": 7}, ("measures-regency", "3508 Lumajang\tbaris\\dua\nujung", "num_women")),
        ("entries", {"name": "Lain"}, ("entries", "calon1 Lain", "name")),
    ],
)  # fmt: skip
def test_a_value_changed_with_another_program_is_named(
    file: Path, how: dict[str, Any], table: str, change: dict[str, object], told: tuple[str, ...]
) -> None:
    found = members(file)
    found[member(table)] = by_another_program(found[member(table)], change, **how)
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("row_changed", *told)]
    with pytest.raises(InputError, match=r"tidak utuh"):
        snapshots.read(file)


def test_the_same_values_written_by_another_program_are_told_as_other_bytes(file: Path) -> None:
    found = members(file)
    found["marks.parquet"] = by_another_program(found["marks.parquet"], {})
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("bytes", "marks.parquet")]


def test_columns_that_another_program_added_or_left_out_are_named(file: Path) -> None:
    found = members(file)
    content = found["marks.parquet"]
    found["marks.parquet"] = by_another_program(content, {"__index_level_0__": 0})
    assert snapshots.Break("extra", "marks", column="__index_level_0__") in snapshots.verify(kept(file, found))
    sink = pa.BufferOutputStream()
    pq.write_table(pq.read_table(pa.BufferReader(content)).drop_columns(["marks"]), sink)
    found["marks.parquet"] = bytes(sink.getvalue())
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("missing", "marks", column="marks")]


def test_a_dictionary_that_would_inflate_is_not_taken_out(file: Path) -> None:
    found = members(file)
    rows, text = 1_500_000, "x" * 4_000
    codes = pa.DictionaryArray.from_arrays(pa.array([0]).take(pa.array([0] * rows)), pa.array([text]))
    columns = {"entry_code": codes, "criterion": codes, "seat_code": codes, "marks": pa.array([1] * rows, pa.int32())}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd", store_schema=False)
    found["marks.parquet"] = bytes(sink.getvalue())
    assert len(found["marks.parquet"]) < 3_000_000
    before = pa.default_memory_pool().max_memory()
    assert snapshots.verify(kept(file, found)) == [snapshots.Break("unreadable", "marks")]
    assert pa.default_memory_pool().max_memory() - before < 1 << 29, "three columns of six gigabytes each"


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_packed_anew_is_told_with_what_differs_in_it(tmp_path: Path, file: Path, how: int) -> None:
    found, other = members(file), tmp_path / "kemas.zip"
    repacked = snapshots.Break("repacked", "kemas.zip")
    for marks, more in ((None, []), (51, [snapshots.Break("row_changed", "marks", "calon1/innovation/kursi1", "marks")])):
        if marks is not None:
            found["marks.parquet"] = by_another_program(found["marks.parquet"], {"marks": marks})
        with zipfile.ZipFile(other, "w", how) as package:
            for name, content in found.items():
                package.writestr(name, content)
        assert snapshots.verify(other) == [repacked, *more]
        with pytest.raises(InputError, match="bukan potret yang utuh"):
            snapshots.read(other)
    whole = other.read_bytes()
    for broken in (whole + b"x", b"x" + whole, whole + whole, whole[:-30]):
        other.write_bytes(broken)
        with pytest.raises(InputError, match="bukan potret yang utuh"):
            snapshots.verify(other)


def test_evidence_is_compared_file_by_file(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "bukti"
    folder.mkdir()
    with pytest.raises(InputError, match=r"Folder .*lain tidak ada"):
        snapshots.verify(file, tmp_path / "lain")
    assert snapshots.verify(file, folder) == [snapshots.Break("evidence_missing", "evidence", "bukti1", "innovation")]
    (folder / "bukti1.pdf").write_bytes(b"bukti")
    assert snapshots.verify(file, folder) == []
    (folder / "bukti1.pdf").write_bytes(b"bukth")
    assert snapshots.verify(file, folder) == [snapshots.Break("evidence_changed", "evidence", "bukti1", "innovation")]


def test_a_field_of_all_subjects_has_what_was_measured_and_one_of_entries_the_marks_too(file: Path) -> None:
    found = snapshots.read(file)
    everybody = snapshots.field_of(found, "regency_coverage", "province", 35)
    assert everybody.keys == ("3508", "3515")
    assert "innovation" not in everybody.criteria
    women, growth, pu = (everybody.places[one] for one in ("women", "growth", "coverage_pu"))
    assert everybody.values[:, women].tolist() == [MISSING, 666_667]
    assert everybody.values[:, growth].tolist() == [300_000, MISSING]
    assert everybody.values[:, pu].tolist() == [300_000, 300_000]
    candidates = snapshots.field_of(found, "regency_coverage", "province", 35, entries_only=True)
    assert candidates.keys == ("calon1",)
    assert candidates.values[0, candidates.places["innovation"]] == 670_000
    assert candidates.values[0, candidates.places["understanding"]] == MISSING
    assert snapshots.field_of(found, "regency_coverage", "province", 31).keys == ()
    assert snapshots.areas_of(found, EDITION.category("regency_coverage"), "province") == [35]


def test_marks_are_rounded_half_up_once() -> None:
    assert snapshots.mean_ppm([50, 75, 76]) == 670_000
    assert snapshots.mean_ppm([0, 0, 1]) == 3_333
    assert snapshots.mean_ppm([0, 0, 2]) == 6_667
    assert snapshots.mean_ppm([]) == MISSING


def test_ratios_are_exact_far_beyond_doubles() -> None:
    import numpy as np

    num = np.array([1, 2, 1, 9 * 10**15, 0, 5, 7], np.int64)
    den = np.array([3, 3, 2_000_000, 2**60, 5, 0, -1], np.int64)
    told = snapshots.ratio_ppm(num, den, np.ones(7, bool)).tolist()
    assert told == [333_333, 666_667, 1, (2 * 10**6 * 9 * 10**15 + 2**60) // 2**61, 0, MISSING, MISSING]


def test_columns_of_a_subject_are_those_its_categories_weigh() -> None:
    village = columns_of(EDITION, "measures-village")
    assert [name for name in village if name.startswith("num_")] == ["num_village_covered", "num_village_checked"]
