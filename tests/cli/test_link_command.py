"""`jamsostek link` as a region's analyst runs it: a spreadsheet against a list of participants, and codes without names."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.synth.register import make_world

POOR, MEMBERS = 600, 6_000
TITLES = {
    "name": "Nama Lengkap", "nik": "NIK", "kk": "No KK", "sex": "JK", "birth_date": "Tanggal Lahir",
    "birth_place": "Tempat Lahir",
    "mother_name": "Nama Ibu Kandung", "phone": "No HP", "village_code": "Kode Desa",
}  # fmt: skip


def run(*words: object, lang: str = "en") -> Any:
    with speaking(lang):
        return CliRunner().invoke(app, ["--lang", lang, "link", *map(str, words)])


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A spreadsheet of the poor, a CSV of the participants, and who is who: row of the file -> person."""
    folder, world = tmp_path_factory.mktemp("lists"), make_world(31, poor=POOR, members=MEMBERS)
    book = xlsxwriter.Workbook(str(folder / "dtsen.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, list(TITLES.values()))
    for at, row in enumerate(world.register.to_pylist(), 1):
        sheet.write_row(at, 0, [_shown(row[name]) for name in TITLES])
    book.close()
    members = world.members.select(list(TITLES)).rename_columns(list(TITLES.values()))
    pa.csv.write_csv(members, folder / "peserta.csv")
    listed = world.register["row"].to_pylist()
    who = dict(zip(world.truth_register["row"].to_pylist(), world.truth_register["person"].to_pylist(), strict=True))
    whom = dict(zip(world.truth_members["member"].to_pylist(), world.truth_members["person"].to_pylist(), strict=True))
    numbers = world.members["member"].to_pylist()
    return (
        folder,
        {at + 2: who[row] for at, row in enumerate(listed)},
        {at + 2: whom[member] for at, member in enumerate(numbers)},
    )


def _shown(value: Any) -> str:
    return (
        value.strftime("%d-%m-%Y")
        if hasattr(value, "strftime")
        else {"female": "P", "male": "L", None: ""}.get(value, str(value))
    )


@pytest.fixture(scope="module")
def linked(lists: Any) -> Any:
    folder, *truth = lists
    done = run("run", folder / "dtsen.xlsx", folder / "peserta.csv", "--month", "2026-01", "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder, done.output, *truth


def test_what_the_columns_hold_is_shown_and_kept(lists: Any, tmp_path: Path) -> None:
    done = run("look", lists[0] / "dtsen.xlsx", "--save", tmp_path / "map.json")
    assert done.exit_code == 0, done.output
    assert "Nama Ibu Kandung" in done.output
    assert (tmp_path / "map.json").read_text().count("birth_date") == 1


def test_links_are_rows_of_the_files_and_nearly_all_right(linked: Any) -> None:
    folder, output, who, whom = linked
    found = pq.read_table(folder / "out" / "links.parquet").to_pylist()
    same = [one for one in found if one["outcome"] == "same"]
    assert len(same) > POOR / 5
    assert sum(who[one["row"]] == whom[one["member"]] for one in same) >= len(same) - 1
    assert "the same" in output and "not found" in output and "Estimate:" in output
    assert f"dtsen.xlsx: {POOR} rows" in output


def test_every_person_of_the_file_has_an_answer(tmp_path: Path, lists: Any) -> None:
    """The head's NIK written for his wife, and a row that stands twice."""
    folder, *_truth = lists
    with (folder / "peserta.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    head, wife = (
        next(one for one in people if one["NIK"] and one["Tanggal Lahir"] and one["JK"] == sex) for sex in ("male", "female")
    )
    told = [head, wife | {"NIK": head["NIK"]}, head, *(one for one in people[:200] if one not in (head, wife))]
    with (tmp_path / "daftar.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(TITLES.values()))
        writer.writeheader()
        writer.writerows(told)
    done = run("run", tmp_path / "daftar.csv", folder / "peserta.csv", "--month", "2026-01", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    found = {one["row"]: one for one in pq.read_table(tmp_path / "out" / "links.parquet").to_pylist()}
    rows = {at + 2: one for at, one in enumerate(people)}
    assert [rows[found[row]["member"]]["NIK"] for row in (2, 3, 4)] == [head["NIK"], wife["NIK"], head["NIK"]]
    assert "Row 4: the same" in run("explain", tmp_path / "out", 4).output


def test_nothing_that_comes_out_holds_a_name_or_a_number_of_identity(linked: Any, lists: Any) -> None:
    folder = linked[0]
    written = b"".join(path.read_bytes() for path in (folder / "out").iterdir())
    names = {row[TITLES["name"]] for row in csv.DictReader((folder / "peserta.csv").open()) if len(row[TITLES["name"]]) > 12}
    niks = {row["NIK"] for row in csv.DictReader((folder / "peserta.csv").open()) if len(row["NIK"]) == 16}
    assert not any(text.encode() in written for text in list(names)[:500] + list(niks)[:500])


def test_a_row_is_explained(linked: Any) -> None:
    folder = linked[0]
    row = next(one["row"] for one in pq.read_table(folder / "out" / "links.parquet").to_pylist() if one["outcome"] == "same")
    done = run("explain", folder / "out", row)
    assert f"Row {row}: the same" in done.output
    assert "Name: " in done.output
    assert "Nama: " in run("explain", folder / "out", row, lang="id").output
    missing = run("explain", folder / "out", 99_999_999)
    assert isinstance(missing.exception, InputError)


def test_results_are_not_written_over(linked: Any) -> None:
    folder = linked[0]
    again = run("run", folder / "dtsen.xlsx", folder / "peserta.csv", "--month", "2026-01", "--out", folder / "out")
    assert isinstance(again.exception, InputError)
    assert "--force" in str(again.exception.remedy)


@pytest.fixture(scope="module")
def coded(lists: Any) -> Callable[..., Path]:
    folder = lists[0]
    assert "Fingerprint" in run("key", folder / "key").output

    def encode(source: str, target: str, agreement: str = "PKS 12/2026") -> Path:
        words = ("--key", folder / "key", "--agreement", agreement, "--month", "2026-01")
        done = run("encode", folder / source, folder / target, *words)
        assert done.exit_code == 0, (done.output, done.exception)
        return folder / target

    return encode


def test_codes_of_two_owners_link_and_lead_back_to_rows(lists: Any, coded: Callable[..., Path]) -> None:
    folder, who, whom = lists
    one, other = coded("dtsen.xlsx", "a.parquet"), coded("peserta.csv", "b.parquet")
    done = run("match", one, other, "--out", folder / "matched.parquet")
    assert done.exit_code == 0, done.output
    rows, members = (
        dict(zip(table["code"].to_pylist(), table["row"].to_pylist(), strict=True))
        for table in (pq.read_table(folder / "a-rows.parquet"), pq.read_table(folder / "b-rows.parquet"))
    )
    same = [pair for pair in pq.read_table(folder / "matched.parquet").to_pylist() if pair["outcome"] == "same"]
    assert len(same) > POOR / 6
    assert sum(who[rows[pair["code"]]] == whom[members[pair["member_code"]]] for pair in same) >= 0.98 * len(same)


def test_codes_of_two_agreements_are_refused(lists: Any, coded: Callable[..., Path]) -> None:
    one, other = coded("dtsen.xlsx", "c.parquet"), coded("peserta.csv", "d.parquet", "PKS 13/2026")
    assert isinstance(run("match", one, other, "--out", lists[0] / "no.parquet").exception, InputError)
