"""Lists of people as they really come: where the table is, how cells are typed, which bytes it is made of."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from roster_books import (
    AGUS,
    EMPLOYER_TITLES,
    JOINS,
    LEAVES,
    MADE,
    MONTH,
    SITI,
    SPONSOR_TITLES,
    SPONSORED,
    kinds,
    notes,
    person,
    read,
    save,
    table,
)

from jamsostek.messages.guards import read_upload
from jamsostek.messages.roster.layouts import EMPLOYER, SPONSOR
from jamsostek.messages.roster.reader import limits_of, read_roster
from jamsostek.messages.roster.records import SCHEMA, Roster, shown


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a test's workbook goes."""
    return tmp_path / "daftar.xlsx"


def one(book: Path, **changed: Any) -> dict[str, Any]:
    """The good row of a list with one person who joins, changed."""
    return first(read(save(book, table([{**JOINS, **changed}]))))


def first(roster: Roster) -> dict[str, Any]:
    """The first good row."""
    rows: list[dict[str, Any]] = roster.rows.slice(0, 1).to_pylist()
    assert rows, [(problem.kind, problem.value_seen) for problem in roster.problems()]
    return rows[0]


# --- what comes out -----------------------------------------------------------------------------------------------------


def test_a_good_row_is_read_whole(book: Path) -> None:
    more = {"kpj": "26012345678", "segment": "PU", "disability_type": "tuna rungu", "disability_degree": "ringan"}
    assert one(book, overwrite="ya", **more) == {
        "row": 2, "activity": "join", "nik": AGUS, "kpj": "26012345678", "name": "Agus Santoso", "birth_place": "Sidoarjo",
        "birth_date": dt.date(1990, 8, 17), "sex": "male", "mother_name": "Sumiati", "address": "Jl. Melati 12",
        "regency_code": 3515, "village_code": None, "district": None, "village": None, "phone": "+6281200000001", "bank": "BRI",
        "account": "000000000012", "start_date": dt.date(2026, 6, 2), "end_date": None, "leave_reason": None,
        "wage_rupiah": 4_750_000, "daily_wage_rupiah": None, "unit": "Pabrik", "occupation": "Operator", "segment": "pu",
        "income_rupiah": None, "disability_type": "sensory", "disability_degree": "mild", "overwrite": True,
        "stated_correct": False, "unpaid": None,
    }  # fmt: skip


def test_both_layouts_give_the_same_columns(book: Path) -> None:
    employer = read(save(book, table([JOINS])))
    sponsor = read(save(book, table([SPONSORED], SPONSOR_TITLES)), SPONSOR)
    assert employer.rows.schema == sponsor.rows.schema == SCHEMA
    row = first(sponsor)
    assert (row["income_rupiah"], row["occupation"], row["village"], row["wage_rupiah"]) == (
        1_200_000, "Pedagang sayur", "Suruh", None,
    )  # fmt: skip


def test_the_child_process_gives_the_same_as_reading_here(book: Path) -> None:
    path = save(book, table([JOINS, {**JOINS, "nik": "1"}, person(1), LEAVES]))
    here, there = read(path), read_roster(read_upload(path), layout=EMPLOYER, month="2026-06")
    assert here.rows.equals(there.rows) and here.problem_table.equals(there.problem_table)
    assert (here.counts, here.columns) == (there.counts, there.columns)


def test_counts_say_how_many_were_read_accepted_refused_and_warned(book: Path) -> None:
    roster = read(save(book, table([JOINS, person(1, phone="0812"), person(2, wage="UMK"), LEAVES])))
    counts = roster.counts
    assert (counts.read, counts.good, counts.refused, counts.warned) == (4, 3, 1, 1)
    assert counts.activities == {"join": 2, "leave": 1}
    assert (roster.refused_rows(), roster.warned_rows()) == ([4], [3])


def test_problems_come_grouped_by_repair_and_in_pages(book: Path) -> None:
    roster = read(save(book, table([person(n, phone="0812", wage="UMK" if n % 3 == 0 else 5_000_000) for n in range(30)])))
    assert roster.kinds() == {"wage_text": 10, "phone_length": 30}
    page = roster.problems("phone_length", start=10, count=5)
    assert [problem.row for problem in page] == [12, 13, 14, 15, 16]
    grouped = [(kind, count, len(problems)) for kind, count, problems in roster.problems_by_kind(each=3)]
    assert grouped == [("wage_text", 10, 3), ("phone_length", 30, 3)]


def test_numbers_of_identity_are_starred_and_only_the_sender_sees_them_whole(book: Path) -> None:
    roster = read(save(book, table([person(1, account=1234567890123456.0), {**JOINS, "nik": f"{AGUS}9"}])))
    for problem in roster.problems():
        assert not re.search(r"\d{7}", problem.value_seen)
        assert problem.value_seen not in ("", problem.value_whole)
        assert problem.value_whole not in repr(problem)
    assert shown(f"Agus {AGUS}", "name") == "Agus 3515**********00"


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [AGUS, f"'{AGUS}", f" {AGUS} ", "3515 1417 0890 0000", "35.1514.170890.0000", f"NIK: {AGUS}", f"{AGUS}.0", f"\u00a0{AGUS}"],
)
def test_a_nik_is_understood_however_it_is_typed(book: Path, typed: str) -> None:
    assert one(book, nik=typed)["nik"] == AGUS


@pytest.mark.parametrize(
    "typed",
    ["081200000001", "+6281200000001", "6281200000001", "+62 812-0000-0001", "0812 0000 0001", "(0812) 00000001", 81200000001,
     "'081200000001", "081200000001 / 081200000002", "0062 81200000001"],
)  # fmt: skip
def test_a_telephone_is_understood_however_it_is_typed(book: Path, typed: object) -> None:
    assert one(book, phone=typed)["phone"] == "+6281200000001"


@pytest.mark.parametrize("typed", [4_750_000, "Rp 4.750.000,-", "4,75jt", "4.750.000", "4750 ribu", "Rp4,750,000.00"])
def test_a_wage_is_understood_however_it_is_typed(book: Path, typed: object) -> None:
    assert one(book, wage=typed)["wage_rupiah"] == 4_750_000


def test_a_daily_wage_stays_one(book: Path) -> None:
    row = one(book, wage="Rp 190.000/hari")
    assert (row["wage_rupiah"], row["daily_wage_rupiah"]) == (None, 190_000)


def test_basic_pay_and_fixed_allowances_are_added(book: Path) -> None:
    used = table([{key: value for key, value in JOINS.items() if key != "wage"}])
    rows = [[*used[0], "Gaji Pokok", "Tunj. Tetap", "Uang Makan"], [*used[1], 4_000_000, "750.000", 500_000]]
    roster = read(save(book, rows))
    assert (first(roster)["wage_rupiah"], notes(roster)) == (4_750_000, ["wage_parts", "variable_left_out"])


@pytest.mark.parametrize(
    "typed",
    [dt.date(1990, 8, 17), 33102, "17-08-1990", "17/8/1990", "17.08.90", "17 Agustus 1990", "1990-08-17", "17081990",
     "Sidoarjo, 17 Agustus 1990", "17-Agu-90"],
)  # fmt: skip
def test_a_birth_date_is_understood_however_it_is_typed(book: Path, typed: object) -> None:
    assert one(book, birth_date=typed)["birth_date"] == dt.date(1990, 8, 17)


def test_birth_and_sex_missing_are_taken_from_the_nik(book: Path) -> None:
    row = one(book, birth_date=None, sex=None)
    assert (row["birth_date"], row["sex"]) == (dt.date(1990, 8, 17), "male")


@pytest.mark.parametrize(
    ("typed", "code", "village"),
    [
        ("3515", 3515, None), ("35.15", 3515, None), (3515, 3515, None), (35.15, 3515, None),
        ("Kabupaten Sidoarjo", 3515, None), ("SIDOARJO", 3515, None), ("Kab. Sidoarjo", 3515, None),
        ("35.15 Kabupaten Sidoarjo", 3515, None), ("Kota Bandung", 3273, None), ("Kab Bandung", 3204, None),
        ("35.15.14", 3515, None), ("35.15.14.2003", 3515, 3515142003), ("3515142003", 3515, 3515142003),
        ("Jakarta Selatan", 3174, None), ("Labuhan Batu", 1210, None), ("9471", 9171, None),
    ],
)  # fmt: skip
def test_a_region_is_understood_however_it_is_written(book: Path, typed: object, code: int, village: int | None) -> None:
    row = one(book, region_code=typed)
    assert (row["regency_code"], row["village_code"]) == (code, village)


def test_bps_codes_are_understood_where_the_title_or_the_name_says_so(book: Path) -> None:
    titles = EMPLOYER_TITLES | {"region_code": "Kode BPS"}
    roster = read(save(book, table([{**JOINS, "region_code": "1103"}], titles)))
    assert (first(roster)["regency_code"], kinds(roster)) == (1101, [])
    roster = read(save(book, table([{**JOINS, "region_code": "1103", "regency": "Aceh Selatan"}])))
    assert (first(roster)["regency_code"], kinds(roster)) == (1101, ["region_bps"])
    assert roster.problems()[0].expected == "kode Kemendagri; dibaca 11.01 Kabupaten Aceh Selatan"


def test_names_of_villages_become_codes_where_the_villages_are_known(book: Path) -> None:
    villages = {3515142003: "Suruh", 3515142004: "Jumputrejo", 3515102001: "Suruh"}
    people = [{**SPONSORED, "village": village, "nik": nik, "sex": None, "birth_date": None} for village, nik in (
        ("Desa Jumputrejo", SITI), ("Suruh", AGUS), ("Jumputreja", MADE), ("3515142003", "3174041505880000"))]  # fmt: skip
    roster = read(save(book, table(people, SPONSOR_TITLES)), SPONSOR, villages=villages)
    assert roster.rows["village_code"].to_pylist() == [3515142004, None, None, 3515142003]
    nearest = [problem.expected.rpartition(": ")[2] for problem in roster.problems("village_unknown")]
    assert nearest == ["Suruh (3515142003), Suruh (3515102001)", "Jumputrejo (3515142004)"]


def test_single_names_and_names_of_all_peoples_are_names(book: Path) -> None:
    names = ["Sulastri", "Nur'aini", "La Ode Ramli", "I Gusti Ngurah Rai", "Muñoz", "Anak Agung Gde", "Drs. H. Ahmad, M.Si.",
             "Yi", "Siti Nurhaliza binti Tarudin", "M. Yusuf", "Jean-Paul", "TUAN GURU (Haji) Umar", "De'e Bu’ulölö"]  # fmt: skip
    roster = read(save(book, table([person(number, name=name) for number, name in enumerate(names)])))
    assert (roster.rows["name"].to_pylist(), kinds(roster)) == (names, [])


def test_retired_and_contract_staff_are_no_civil_servants(book: Path) -> None:
    jobs = ["Pensiunan PNS", "Honorer di kantor Polri", "Istri TNI", "Guru non-ASN", "Tenaga kontrak Kodim TNI"]
    people = [person(number, occupation=job) for number, job in enumerate(jobs)]
    assert kinds(read(save(book, table(people)))) == []


def test_formulas_give_their_values(book: Path) -> None:
    row = one(book, wage=("=4500000+250000", 4_750_000), name=('="Agus"&" Santoso"', "Agus Santoso"))
    assert (row["wage_rupiah"], row["name"]) == (4_750_000, "Agus Santoso")


def test_a_merged_cell_holds_for_its_rows_where_that_makes_sense(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet()
    used = table([JOINS, person(1), person(2)])
    for row, line in enumerate(used):
        sheet.write_row(row, 0, line)
    unit, nik = used[0].index("Unit"), used[0].index("NIK")
    sheet.merge_range(1, unit, 3, unit, "Gudang")
    sheet.merge_range(2, nik, 3, nik, person(1)["nik"])
    workbook.close()
    roster = read(book)
    assert set(roster.rows["unit"].to_pylist()) == {"Gudang"}
    assert (kinds(roster), roster.refused_rows()) == (["merged_filled", "merged_cell", "merged_filled"], [4])


def test_who_leaves_needs_no_more_than_a_number_a_name_a_day_and_a_reason(book: Path) -> None:
    roster = read(save(book, table([LEAVES, {"activity": "keluar", "kpj": "26012345678", "name": "Sri", "end_date": "1/6/2026",
                                             "leave_reason": "habis kontrak"}])))  # fmt: skip
    assert kinds(roster) == []
    assert roster.rows["leave_reason"].to_pylist() == ["resigned", "contract_ended"]


def test_without_a_start_column_work_begins_with_the_month(book: Path) -> None:
    roster = read(save(book, table([{key: value for key, value in JOINS.items() if key != "start_date"}])))
    assert (first(roster)["start_date"], notes(roster)) == (dt.date(2026, 6, 1), ["start_from_month"])


def test_a_whole_staff_that_began_long_ago_is_one_word_not_one_a_row(book: Path) -> None:
    roster = read(save(book, table([person(number, start_date="01-03-2019") for number in range(20)])))
    assert (roster.counts.good, kinds(roster)) == (20, ["start_long_ago"])
    told = roster.problems()[0].expected
    assert told == "didaftarkan paling lambat 30 hari sejak bekerja; 20 baris, yang paling lama sejak 2019-03-01"


def test_a_trainee_may_have_no_wage(book: Path) -> None:
    roster = read(save(book, table([JOINS, person(1, segment="Magang", wage=None)])))
    assert (roster.rows["wage_rupiah"].to_pylist(), kinds(roster)) == ([4_750_000, None], [])


def test_ages_of_bpu_are_those_of_the_law(book: Path) -> None:
    limits = limits_of(MONTH)
    assert (limits.bpu_ages.at_least, limits.bpu_ages.below, limits.register_days) == (18, 65, 30)
    turned = [{**SPONSORED, "nik": nik, "birth_date": None} for nik in ("3515147006080000", "3515144107610000")]
    assert kinds(read(save(book, table(turned, SPONSOR_TITLES)), SPONSOR)) == []


def test_what_is_said_to_match_the_id_card_is_a_warning(book: Path) -> None:
    roster = read(save(book, table([{**JOINS, "sex": "P", "birth_date": "01-01-1991", "confirmed": "ya"}, person(1, sex="P")])))
    assert [(problem.row, problem.kind) for problem in roster.problems()] == [
        (2, "stated_correct"), (2, "stated_correct"), (3, "nik_sex_differs"),
    ]  # fmt: skip
    assert roster.problems()[0].expected == "Tanggal lahir dan NIK tidak cocok: mana yang benar?"
    assert first(roster)["stated_correct"] and first(roster)["sex"] == "female"


def test_place_and_date_of_birth_may_stand_in_one_cell(book: Path) -> None:
    titles = EMPLOYER_TITLES | {"birth_date": "Tempat/Tgl Lahir"}
    people = [{**JOINS, "birth_place": None, "birth_date": "Sidoarjo, 17 Agustus 1990"}]
    row = first(read(save(book, table([{k: v for k, v in one.items() if k != "birth_place"} for one in people], titles))))
    assert (row["birth_place"], row["birth_date"]) == ("Sidoarjo", dt.date(1990, 8, 17))
