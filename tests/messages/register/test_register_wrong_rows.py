"""Each kind of wrong row, triggered by a concrete cell of a real file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from register_files import AGUS, FIELDS, MAPPING, SITI, TITLES, WHOLE, read, row, save_csv, save_xlsx

from jamsostek.core.text import speaking
from jamsostek.messages.register.chunks import Chunk
from jamsostek.messages.register.kinds import ERRORS, KINDS, NOTES

LONG_NAME = "Raden " * 11 + "Agus"
CELLS: list[tuple[str, dict[str, Any]]] = [
    ("name_missing", {"name": None}),
    ("name_missing", {"name": "-"}),
    ("name_digits", {"name": "12345"}),
    ("name_with_digits", {"name": "Agus 2"}),
    ("name_filler", {"name": "TEST"}),
    ("name_filler", {"name": "tidak ada"}),
    ("name_title_only", {"name": "Bapak H."}),
    ("name_short", {"name": "A."}),
    ("name_no_letters", {"name": "!!!"}),
    ("name_signs", {"name": "Agus@Santoso"}),
    ("name_broken", {"name": "Andrâ€™e"}),
    ("name_long", {"name": LONG_NAME}),
    ("deceased", {"name": "ALM. AGUS SANTOSO"}),
    ("deceased", {"name": "Siti Aminah (almh)"}),
    ("columns_shifted", {"name": AGUS, "nik": "Agus Santoso"}),
    ("nik_missing", {"nik": None}),
    ("nik_short", {"nik": AGUS[:15]}),
    ("nik_long", {"nik": AGUS + "1"}),
    ("nik_scientific", {"nik": "3.51514E+15"}),
    ("nik_scientific", {"nik": "3,5E+15"}),
    ("nik_lost_digits", {"nik": 3515141708900010}),
    ("nik_repaired_letters", {"nik": "35I5l417O89OOOOO"}),
    ("nik_repaired_marks", {"nik": "3515.1417.0890.0000"}),
    ("nik_letters", {"nik": "belum punya KTP"}),
    ("nik_repeated", {"nik": "3" * 16}),
    ("nik_filler", {"nik": "1234567890123456"}),
    ("nik_impossible", {"nik": "3515143208900000"}),
    ("nik_province_unknown", {"nik": "0015141708900000"}),
    ("nik_region_unknown", {"nik": "3599141708900000"}),
    ("nik_baby", {"nik": "3515140105260000"}),
    ("nik_year_ahead", {"nik": "3515141708270000"}),
    ("nik_is_phone", {"nik": "081234567890"}),
    ("nik_is_kpj", {"nik": "12345678901"}),
    ("asn_nip", {"nik": "199008172015011001"}),
    ("nik_birth_differs", {"birth_date": "05-03-1981"}),
    ("birth_day_month_swapped", {"nik": "3515140708900000", "birth_date": "08-07-1990"}),
    ("nik_sex_differs", {"sex": "P"}),
    ("kk_form", {"kk": "351514"}),
    ("kk_same_as_nik", {"kk": AGUS, "nik": AGUS}),
    ("birth_date_unreadable", {"birth_date": "lupa"}),
    ("birth_date_impossible", {"birth_date": "31-02-1990"}),
    ("birth_date_future", {"birth_date": "01-07-2026"}),
    ("birth_date_too_old", {"birth_date": "17-08-1890"}),
    ("birth_date_default", {"birth_date": "01-01-1900"}),
    ("birth_date_default", {"birth_date": "00-00-0000"}),
    ("birth_date_year_only", {"birth_date": "1990"}),
    ("birth_date_two_digits", {"birth_date": "17-08-90"}),
    ("birth_date_month_first", {"birth_date": "08/17/1990"}),
    ("birth_date_words", {"birth_date": "17 Agustus 1990"}),
    ("birth_date_serial", {"birth_date": 33102}),
    ("birth_date_serial", {"birth_date": "33102"}),
    ("sex_unknown", {"sex": "X"}),
    ("mother_same", {"name": "Agus Santoso", "mother_name": "AGUS SANTOSO"}),
    ("mother_unclear", {"mother_name": "123"}),
    ("phone_lost_digits", {"phone": "8,12E+11"}),
    ("phone_unreadable", {"phone": "tidak ada hp"}),
    ("phone_length", {"phone": "0812"}),
    ("phone_not_mobile", {"phone": "0318901234"}),
    ("relation_unknown", {"relation": "tetangga"}),
    ("decile_outside", {"decile": "11"}),
    ("marital_unknown", {"marital": "rumit"}),
    ("civil_status_unknown", {"civil_status": "entah"}),
    ("status_dead", {"civil_status": "Meninggal"}),
    ("status_dead", {"note": "sudah wafat 2024"}),
    ("status_moved", {"civil_status": "Pindah"}),
    ("disability_type_unknown", {"disability": "entah"}),
    ("answer_unknown", {"asn": "mungkin"}),
    ("children_unclear", {"children_school": "banyak"}),
    ("income_unclear", {"income": "cukup"}),
    ("asn_job", {"occupation": "PNS"}),
    ("village_missing", {"village": None}),
    ("village_code_form", {"village_code": "3515", "village": None}),
    ("village_unknown", {"village": "Atlantis"}),
    ("village_ambiguous", {"village": "Sukodono", "district": None}),
    ("village_elsewhere", {"village": "Balecatur", "district": None, "regency": None}),
    ("village_inactive", {"village_code": "35.15.14.2099"}),
    ("village_differs", {"village_code": "3515142003"}),
    ("cell_error", {"address": "#REF!"}),
    ("cell_error", {"occupation": ("=A1/0", "#DIV/0!")}),
    ("text_broken", {"address": "Jl. CafÃ©"}),
    ("hidden_marks", {"name": "Agus\u200b Santoso"}),
    ("person_unidentifiable", {"nik": None, "birth_date": None, "village": None, "address": "Jl. Melati"}),
]


@pytest.fixture(scope="module")
def chunk(tmp_path_factory: pytest.TempPathFactory) -> Chunk:
    """Every cell in a row of its own of one workbook, read once."""
    rows = [list(TITLES.values())]
    for number, (_kind, changed) in enumerate(CELLS):
        own = {} if "name" in changed else {"name": "Warga " + chr(97 + number // 26) + chr(97 + number % 26) + "a"}
        own["nik"] = f"3515{number + 10:02d}1708900000"
        rows.append(row(**{**own, **changed}))
    path = save_xlsx(tmp_path_factory.mktemp("register") / "salah.xlsx", rows)
    (found,) = read(path)
    return found


def test_at_least_forty_kinds_are_known_and_nearly_all_are_shown_here() -> None:
    elsewhere = {"nik_column_cut", "row_repeated", "nik_two_people", "person_double", "row_short", "row_long", "merged_cell",
                 "merged_filled", "rows_empty", "rows_total", "header_repeated", "column_numbers", "rows_other"}  # fmt: skip
    assert len(KINDS) >= 80
    assert {kind for kind, _cell in CELLS} == set(KINDS) - elsewhere


@pytest.mark.parametrize("number", range(len(CELLS)), ids=lambda number: f"{CELLS[number][0]}-{number}")
def test_a_wrong_cell_is_told_in_its_row(chunk: Chunk, number: int) -> None:
    kind, _changed = CELLS[number]
    told = [one for one in chunk.problems(kind) if one.row == number + 2 or kind in NOTES]
    assert told, [one.kind for one in chunk.problems() if one.row == number + 2]
    one = told[0]
    assert one.title in TITLES.values()
    for language in ("id", "en"):
        with speaking(language):
            assert one.problem and one.expected and one.remedy
    kept = number + 2 in chunk.rows["row_number"].to_pylist()
    others = {other.kind for other in chunk.problems() if other.row == number + 2}
    assert kept == (not others & ERRORS)
    assert kind not in ERRORS or not kept


def test_no_problem_shows_a_number_of_sixteen_digits(chunk: Chunk) -> None:
    texts = [f"{one.value_seen} {one.problem} {one.expected} {one.remedy} {one.detail}" for one in chunk.problems()]
    assert not [text for text in texts if re.search(r"\d{13,}", text)]
    assert "3515**********00" in " ".join(texts)


def test_counts_add_up(chunk: Chunk) -> None:
    counts = chunk.counts
    assert counts.seen == len(CELLS) == counts.kept + counts.refused + counts.passed
    assert counts.kept == chunk.rows.num_rows


def values(tmp_path: Path, **changed: Any) -> dict[str, Any]:
    """The one row read."""
    (found,) = read(save_xlsx(tmp_path / "satu.xlsx", [list(TITLES.values()), row(**changed)]))
    return found.rows.to_pylist()[0]


def test_a_good_row_is_typed_and_nothing_is_told(tmp_path: Path) -> None:
    (found,) = read(save_xlsx(tmp_path / "baik.xlsx", [list(TITLES.values()), row()]))
    assert found.kinds() == {}
    one = found.rows.to_pylist()[0]
    assert (one["nik"], one["nik_state"], one["birth_date"], one["sex"]) == (AGUS, "ok", dt.date(1990, 8, 17), "male")
    assert (one["village_code"], one["decile"], one["relation"], one["is_asn"]) == (3515142001, 2, "head", False)
    assert one["phone"] == "+6281200000001"


def test_letters_in_a_nik_are_mended_and_the_number_counts(tmp_path: Path) -> None:
    one = values(tmp_path, nik="35I5l417O89OOOOO")
    assert (one["nik"], one["nik_state"]) == (AGUS, "repaired")


def test_a_number_that_cannot_be_a_nik_is_kept_beside_for_comparison(tmp_path: Path) -> None:
    one = values(tmp_path, nik=AGUS[:15])
    assert (one["nik"], one["nik_written"], one["nik_state"]) == (None, AGUS[:15], "short")


def test_alm_is_a_hint_of_death_and_no_name(tmp_path: Path) -> None:
    one = values(tmp_path, name="ALM. AGUS SANTOSO")
    assert (one["name"], one["death_hint"]) == ("AGUS SANTOSO", True)


def test_the_first_of_january_1970_is_a_date_where_the_nik_says_so(tmp_path: Path) -> None:
    one = values(tmp_path, nik="3515140101700000", birth_date="01-01-1970")
    assert one["birth_date"] == dt.date(1970, 1, 1)


def test_children_and_old_people_are_no_errors(tmp_path: Path) -> None:
    assert values(tmp_path, nik="3515140101160000", birth_date="01-01-2016")["birth_date"].year == 2016
    assert values(tmp_path, nik="3515140101400000", birth_date="01-01-1940")["birth_date"].year == 1940


def test_doubles_are_told_with_the_first_row_across_chunks(tmp_path: Path) -> None:
    rows = [
        row(), row(nik=SITI, name="Siti", sex="P", birth_date="22-04-1993"), row(), row(name="Orang Lain"),
        row(nik="3515141708900100", name="AGUS SANTOSO"),
    ]  # fmt: skip
    chunks = read(save_csv(tmp_path / "ganda.csv", [list(TITLES.values()), *rows]), chunk_rows=2)
    told = [(one.kind, one.row, one.detail["first_row"]) for chunk in chunks for one in chunk.problems()]
    assert told == [("row_repeated", 4, 2), ("nik_two_people", 5, 2), ("person_double", 6, 2)]
    assert [chunk.counts.kept for chunk in chunks] == [2, 1, 1]  # one household often writes its head's NIK for all


def test_a_refused_row_does_not_shut_out_the_right_one(tmp_path: Path) -> None:
    (found,) = read(save_csv(tmp_path / "a.csv", [list(TITLES.values()), row(name="test"), row()]))
    assert found.rows["row_number"].to_pylist() == [3]


def test_rows_that_are_no_people_are_passed_over_and_told(tmp_path: Path) -> None:
    empty = [None] * len(FIELDS)
    title, total, sign = [*empty], [*empty], [*empty]
    title[FIELDS.index("name")], total[FIELDS.index("name")], total[FIELDS.index("income")] = "RW 05", "JUMLAH", "900000"
    sign[FIELDS.index("regency")] = "Kepala Desa Suruh"
    numbered = [str(at + 1) for at in range(len(FIELDS))]
    rows = [list(TITLES.values()), numbered, title, row(), empty, list(TITLES.values()), total, sign]
    (found,) = read(save_xlsx(tmp_path / "lewat.xlsx", rows))
    assert found.kinds() == {"column_numbers": 1, "rows_other": 2, "header_repeated": 1, "rows_total": 1} | (
        {"rows_empty": 1} if "rows_empty" in found.kinds() else {}
    )
    assert found.counts.kept == 1
    assert found.counts.seen == found.counts.kept + found.counts.refused + found.counts.passed
    (csv,) = read(save_csv(tmp_path / "lewat.csv", rows))
    assert csv.kinds() == {"column_numbers": 1, "rows_other": 2, "header_repeated": 1, "rows_total": 1, "rows_empty": 1}
    assert csv.counts.passed == 6


def test_rows_with_fewer_or_more_cells_are_told(tmp_path: Path) -> None:
    good = [cell or "" for cell in row()]
    rows = [list(TITLES.values()), good, [*row(name="Budi")[:9], "Suruh"], [*good, "lebih", "lagi"]]
    (found,) = read(save_csv(tmp_path / "geser.csv", rows))
    told = {(one.kind, one.row) for one in found.problems()}
    assert {("row_short", 3), ("row_long", 4)} <= told
    assert 4 not in found.rows["row_number"].to_pylist()


def test_a_column_that_a_spreadsheet_cut_is_seen(tmp_path: Path) -> None:
    cut = [row(nik=f"35151417089000{at:02d}"[:15] + "0", name=f"Orang {chr(97 + at)}a", kk=None) for at in range(25)]
    for at, one in enumerate(cut):
        one[0] = f"351514170890{at + 10:03d}0"
    (found,) = read(save_csv(tmp_path / "potong.csv", [list(TITLES.values()), *cut]))
    assert found.kinds()["nik_column_cut"] == 25
    assert set(found.rows["nik_state"].to_pylist()) == {"cut"}


def test_merged_family_cards_are_filled_and_merged_names_told(tmp_path: Path) -> None:
    kk, name = FIELDS.index("kk"), FIELDS.index("name")
    rows = [list(TITLES.values()), row(), row(nik=SITI, name="Siti", sex="P", birth_date="22-04-1993", kk=None), row(name=None)]
    path = save_xlsx(tmp_path / "gabung.xlsx", rows, merges=[(1, kk, 2, kk), (2, name, 3, name)])
    found = read(path, chunk_rows=1)
    assert [one.rows["kk"].to_pylist() for one in found[:2]] == [[WHOLE["kk"]], [WHOLE["kk"]]]
    kinds = [kind for one in found for kind in one.kinds()]
    assert "merged_filled" in kinds and "merged_cell" in kinds


def test_a_mapping_in_use_has_every_field() -> None:
    MAPPING.check()
    assert all(MAPPING.has(field) for field in FIELDS)
