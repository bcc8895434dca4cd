"""Wrong rows, one kind after the other: what is seen, what it is called, in which column, and what the sender is told to do."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from roster_books import (
    AGUS,
    EMPLOYER_TITLES,
    JOINS,
    LEAVES,
    MADE,
    SITI,
    SPONSOR_TITLES,
    SPONSORED,
    kinds,
    person,
    read,
    save,
    table,
)

from jamsostek.core.text import speaking
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.roster.layouts import EMPLOYER, SPONSOR
from jamsostek.messages.tables.problems import ERROR

NIP = "198503012010011001"


@dataclass(frozen=True)
class Wrong:
    """A row, the kind it must be told as, the column told, and words of the remedy."""

    kind: str
    field: str | None
    remedy: str
    row: dict[str, Any]
    before: tuple[dict[str, Any], ...] = ()
    """Rows above it."""
    sponsor: bool = False


def joins(kind: str, field: str | None, remedy: str, *before: dict[str, Any], **changed: Any) -> Wrong:
    """A row that joins, changed."""
    return Wrong(kind, field, remedy, {**JOINS, **changed}, before)


def leaves(kind: str, field: str | None, remedy: str, **changed: Any) -> Wrong:
    """A row that leaves, changed; a row that joins above it gives all the columns."""
    return Wrong(kind, field, remedy, {**LEAVES, **changed}, (person(1),))


def sponsored(kind: str, field: str | None, remedy: str, *before: dict[str, Any], **changed: Any) -> Wrong:
    """A sponsor's row, changed."""
    return Wrong(kind, field, remedy, {**SPONSORED, **changed}, before, sponsor=True)


WRONG = [
    # --- NIK and KPJ ---
    joins("nik_missing", "nik", "Isi NIK", nik=None),
    joins("nik_missing", "nik", "Isi NIK", nik=" - "),
    joins("nik_lost_digits", "nik", "format kolom menjadi Teks", nik=3515141708900000),
    joins("nik_lost_digits", "nik", "format kolom menjadi Teks", nik="3.5151417089E+15"),
    joins("nik_lost_digits", "nik", "format kolom menjadi Teks", nik="3,5151417089e15"),
    joins("nik_length", "nik", "Cocokkan dengan KTP", nik=AGUS[:15]),
    joins("nik_length", "nik", "Cocokkan dengan KTP", nik=AGUS + "0"),
    joins("nik_length", "nik", "nomor karyawan", nik=2087),
    joins("nik_letters", "nik", "huruf O dan I", nik="35I51417O8900000"),
    joins("nik_letters", "nik", "Ketik ulang", nik="3515141708900OO0"),
    joins("nik_letters", "nik", "Ketik ulang", nik="belum punya"),
    joins("nik_letters", "nik", "Ketik ulang", nik="٣٥١٥١٤١٧٠٨٩٠٠٠٠٠"),
    joins("nik_impossible", "nik", "Kartu Keluarga", nik="3515143102900000", birth_date=None),
    joins("nik_impossible", "nik", "Kartu Keluarga", nik="3515141713900000", birth_date=None),
    joins("nik_impossible", "nik", "Kartu Keluarga", nik="3515140008900000", birth_date=None),
    joins("nik_impossible", "nik", "Kartu Keluarga", nik="3515147208900000", birth_date=None),
    joins("nik_impossible", "nik", "Kartu Keluarga", nik="0000000000000000"[:-1] + "1", birth_date=None),
    joins("nik_repeated", "nik", "kantor cabang", nik="1" * 16),
    joins("nik_is_kpj", "nik", "kolom KPJ", nik="26012345678"),
    joins("nik_is_phone", "nik", "Nomor HP", nik="081234567890"),
    joins("nik_region_unknown", "nik", "tetap diterima", nik="9999141708900000"),
    joins("nik_two_people", "nik", "NIK siapa ini", {**JOINS, "name": "Bambang Sutrisno"}),
    joins("nik_duplicate", "nik", "hapus baris pertama", {**JOINS, "wage": 5_000_000}),
    joins("row_repeated", "nik", "Hapus baris ini", dict(JOINS)),
    joins("same_person", "name", "memang dua orang", {**JOINS, "nik": "3174041708900000", "account": "000000000099"}),
    joins("kpj_letters", "kpj", "kartu peserta", kpj="KPJ-BARU-1"),
    joins("kpj_length", "kpj", "kartu peserta", kpj="2601234567"),
    joins("kpj_duplicate", "kpj", "Baris pertama", person(7, kpj="26012345678"), kpj="26012345678"),
    joins("identity_not_nik", "identity_type", "kantor cabang", identity_type="Paspor", nik="C1234567"),
    leaves("person_unknown", "nik", "Isi NIK atau KPJ", nik=None),
    # --- civil servants, soldiers, police ---
    joins("asn_nip", "nik", "Taspen", nik=NIP),
    joins("asn_nip", "employee_number", "Taspen", employee_number=f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}"),
    joins("asn_job", "occupation", "Asabri", occupation="Anggota TNI AD"),
    joins("asn_job", "occupation", "Asabri", occupation="Polri"),
    joins("asn_job", "segment", "Taspen", segment="PNS"),
    sponsored("asn_job", "occupation", "Taspen", occupation="Guru PNS"),
    sponsored("asn_job", "occupation", "Taspen", occupation="P3K (PPPK)"),
    # --- names ---
    joins("name_missing", "name", "Isi namanya", name=None),
    joins("name_digits", "name", "kolom tergeser", name="Agus 2"),
    joins("name_digits", "name", "kolom tergeser", name="081234567890"),
    joins("name_signs", "name", "Ketik ulang nama", name="Agus@Santoso"),
    joins("name_signs", "name", "Ketik ulang nama", name="=CMD|' /C calc'!A"),
    joins("name_broken", "name", "UTF-8", name="MuÃ±oz"),
    joins("name_broken", "name", "UTF-8", name="Syafi\ufffdi"),
    joins("name_short", "name", "nama lengkapnya", name="A."),
    joins("name_long", "name", "tanpa gelar", name="Agus Santoso " * 9),
    joins("name_filler", "name", "hapus baris ini", name="xxx"),
    joins("deceased", "name", "sudah meninggal", name="Alm. Agus Santoso"),
    joins("deceased", "name", "sudah meninggal", name="Agus Santoso (alm)"),
    joins("mother_missing", "mother_name", "saat klaim", person(1), mother_name=None),
    joins("mother_unclear", "mother_name", "Kartu Keluarga", mother_name="Sumiati 2"),
    joins("mother_same", "mother_name", "kolom tersalin", mother_name="Agus Santoso"),
    # --- birth, sex, age ---
    joins("birth_date_missing", "birth_date", "Isi tanggal lahir", person(1), nik=None, kpj="26012345678", birth_date=None),
    joins("birth_date_unreadable", "birth_date", "Tulis ulang", kpj="26012345678", nik=None, birth_date="tidak ingat"),
    joins("birth_date_impossible", "birth_date", "Cocokkan", kpj="26012345678", nik=None, birth_date="31-02-1990"),
    joins("birth_date_impossible", "birth_date", "Cocokkan", kpj="26012345678", nik=None, birth_date=dt.date(2027, 1, 1)),
    joins("birth_date_from_nik", "birth_date", "Tulis ulang", birth_date="tujuh belas Agustus"),
    joins("birth_date_month_first", "birth_date", "Tulis hari dahulu", birth_date="08/17/1990"),
    joins("nik_birth_differs", "birth_date", "Sudah cocok dengan KTP", birth_date="18-08-1990"),
    joins("birth_day_month_swapped", "birth_date", "Excel", nik="3515140503900000", birth_date=dt.date(1990, 5, 3)),
    joins("nik_sex_differs", "sex", "Sudah cocok dengan KTP", sex="P"),
    joins("stated_correct", "birth_date", "salinan KTP", birth_date="18-08-1990", confirmed="Ya"),
    joins("sex_missing", "sex", "Isi L atau P", person(1), nik=None, kpj="26012345678", sex=None),
    joins("sex_unknown", "sex", "Tulis L", nik=None, kpj="26012345678", sex="?"),
    joins("sex_from_nik", "sex", "Tulis L", sex="J"),
    joins("age_below", "birth_date", "tidak boleh bekerja", nik="3515141708150000", birth_date="17-08-2015"),
    joins("age_above", "birth_date", "Cocokkan", kpj="26012345678", nik=None, birth_date="17-08-1920"),
    sponsored("bpu_age_below", "birth_date", "petugas memutuskan", nik="3515146204090000", birth_date="22-04-2009"),
    sponsored("bpu_age_above", "birth_date", "petugas memutuskan", nik="3515146204610000", birth_date="22-04-1961"),
    sponsored("bpu_age_above", "birth_date", "petugas memutuskan", nik="3515147006610000", birth_date="30-06-1961"),
    sponsored("age_below", "birth_date", "tidak boleh bekerja", nik="3515146204140000", birth_date="22-04-2014"),
    # --- where, how to reach, how to pay ---
    joins("region_missing", "region_code", "Isi kode wilayah", person(1), region_code=None),
    joins("region_unknown", "region_code", "yang terdekat", region_code="35.99"),
    joins("region_unknown", "region_code", "yang terdekat", region_code="Sidoardjo"),
    joins("region_unknown", "region_code", "yang terdekat", region_code="123"),
    joins("region_ambiguous", "region_code", "Kabupaten atau Kota", region_code="Bandung"),
    joins("region_is_province", "region_code", "kabupaten atau kotanya", region_code="35"),
    joins("region_is_province", "region_code", "kabupaten atau kotanya", region_code="Jawa Timur"),
    joins("region_differs", "region_code", "salah satunya", region_code="3515", regency="Kota Surabaya"),
    joins("region_bps", "region_code", "kode Kemendagri", region_code="3515140003"),
    joins("region_former", "region_code", "kode sekarang", region_code="9101"),
    joins("phone_unreadable", "phone", "hanya angka", phone="tidak ada HP"),
    joins("phone_length", "phone", "Tulis ulang", phone="0812"),
    joins("phone_lost_digits", "phone", "Teks", phone="8.12E+11"),
    joins("phone_not_mobile", "phone", "nomor HP", phone="(031) 8941234"),
    joins("account_without_bank", "account", "nama banknya", bank=None, unit="A"),
    joins("bank_without_account", "bank", "nomor rekeningnya", account=None),
    joins("bank_unknown", "bank", "dompet digital", bank="Bank Harapan Bersama"),
    joins("account_unreadable", "account", "buku tabungan", account="di Bu Sri"),
    joins("account_length", "account", "buku tabungan", account="1234"),
    joins("account_lost_digits", "account", "Teks", account=1234567890123456.0),
    joins("account_number", "account", "Teks", account=12345678901.0),
    joins("account_shared", "account", "ahli warisnya", person(3, account="000000000012")),
    joins("disability_type_unknown", "disability_type", "Pilih dari daftar", disability_type="cacat"),
    joins(
        "disability_degree_unknown", "disability_degree", "Pilih", person(1, disability_type="Fisik"), disability_type="Fisik",
        disability_degree="agak",
    ),
    joins("disability_degree_alone", "disability_degree", "kosongkan derajatnya", disability_degree="Ringan"),
    joins("text_long", "address", "Persingkat", address="Jl. Melati " * 30),
    # --- what is reported ---
    joins("activity_unknown", "activity", "Pilih dari daftar", activity="MASIH"),
    joins("activity_unclear", "activity", "kosongkan", end_date="19-06-2026"),
    joins("activity_inferred", "activity", "Tulis KELUAR", activity=None, end_date="19-06-2026", leave_reason="Resign"),
    sponsored("activity_not_here", "activity", "Pilih dari daftar", activity="UBAH UPAH"),
    joins("date_unreadable", "start_date", "Tulis ulang tanggalnya", start_date="awal Juni"),
    joins("date_impossible", "start_date", "Perbaiki tanggalnya", start_date="31-06-2026"),
    joins("date_impossible", "start_date", "Perbaiki tanggalnya", start_date="02-06-2062"),
    joins("date_month_first", "start_date", "Tulis hari dahulu", start_date="05/25/2026"),
    leaves("date_unreadable", "end_date", "Tulis ulang tanggalnya", end_date="kemarin"),
    joins("start_missing", "start_date", "Isi tanggal masuknya", person(1), start_date=None),
    joins("start_too_young", "start_date", "tanggal lahir", start_date="02-06-2002"),
    leaves("end_missing", "end_date", "Isi tanggal keluarnya", end_date=None),
    leaves("leave_before_join", "end_date", "salah satu tanggalnya", start_date="20-06-2026"),
    leaves("leave_reason_missing", "leave_reason", "JKP", leave_reason=None),
    leaves("leave_reason_unknown", "leave_reason", "Pilih dari daftar", leave_reason="bosan"),
    leaves("leave_died", "leave_reason", "JKM", leave_reason="Meninggal dunia"),
    joins("segment_unknown", "segment", "Pilih dari daftar", segment="macam-macam"),
    sponsored("occupation_missing", "occupation", "pekerja rentan", {**SPONSORED, "nik": MADE, "sex": "L"}, occupation=None),
    sponsored("income_unclear", "income", "sebagai angka", income="pas-pasan"),
    joins("answer_unknown", "overwrite", "Ya atau Tidak", overwrite="mungkin"),
    # --- wages ---
    joins("wage_missing", "wage", "Isi upah", person(1), wage=None),
    joins("wage_text", "wage", "Ganti tulisan dengan angka", wage="sesuai UMK"),
    joins("wage_negative", "wage", "tanpa tanda minus", wage=-4_750_000),
    joins("wage_zero", "wage", "KELUAR", wage=0),
    joins("wage_too_large", "wage", "NIK yang masuk ke kolom upah", wage=10**15),
    joins("wage_date", "wage", "menjadi Angka", wage=dt.date(2026, 5, 4)),
    joins("wage_ambiguous", "wage", "dengan satuan", wage="4.5"),
    joins("wage_low", "wage", "ribuan", wage=4_750),
    joins("wage_fraction", "wage", "Bulatkan", wage=4_750_000.5),
    # --- formulas ---
    joins("cell_error", "nik", "tempel sebagai nilai", nik=("=VLOOKUP(1,A1:A2,1,0)", "#N/A")),
    joins("cell_error", "wage", "tempel sebagai nilai", wage=("=1/0", "#DIV/0!")),
    joins("cell_ignored", "phone", "tempel sebagai nilai", phone="#REF!"),
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=[f"{number}-{wrong.kind}" for number, wrong in enumerate(WRONG)])
def test_a_wrong_row_is_told_by_column_and_remedy(wrong: Wrong, tmp_path: Path) -> None:
    titles = SPONSOR_TITLES if wrong.sponsor else EMPLOYER_TITLES
    rows = [*wrong.before, wrong.row]
    roster = read(save(tmp_path / "daftar.xlsx", table(rows, titles)), SPONSOR if wrong.sponsor else EMPLOYER)
    at = len(rows) + 1
    told = [problem for problem in roster.problems(wrong.kind) if problem.row == at]
    assert told, f"told instead: {[(one.row, one.kind) for one in roster.problems()]}"
    problem = told[0]
    assert problem.title == (titles[wrong.field] if wrong.field else "")
    assert wrong.remedy in problem.remedy
    assert problem.expected and "{" not in problem.expected
    assert not re.search(r"\d{12}", problem.value_seen), "a number of identity is starred"
    assert (at in roster.refused_rows()) == (KINDS[wrong.kind].severity == ERROR or bool(_errors(roster, at)))
    assert (at in roster.rows["row"].to_pylist()) == (at not in roster.refused_rows())
    with speaking("en"):
        assert problem.remedy and problem.problem != KINDS[wrong.kind].problem


def _errors(roster: Any, row: int) -> list[str]:
    return [problem.kind for problem in roster.problems() if problem.row == row and problem.severity == ERROR]


def test_at_least_sixty_kinds_of_wrong_row_are_tried() -> None:
    assert len({wrong.kind for wrong in WRONG}) >= 60
    per_row = set(KINDS) - {
        "start_long_ago", "village_unknown", "merged_cell", "merged_filled", "start_from_month", "region_no_column",
        "mother_no_column", "rows_hidden", "macros_ignored", "sheets_passed_over", "hidden_sheet", "other_table", "rows_skipped",
        "wage_parts", "variable_left_out", "allowance_unclear", "wage_from_gross", "wage_formula", "wage_daily_mixed",
        "wage_differs",
    }  # fmt: skip
    assert per_row - {wrong.kind for wrong in WRONG} == set(), "every kind about a row has a row here"


def test_one_wrong_thing_is_told_once(tmp_path: Path) -> None:
    """What follows from the same slip is not told as well: one repair, one word."""
    alone = {
        "nik_length": {"nik": AGUS[:15]},
        "nik_letters": {"nik": "35I5141708900000"},
        "asn_nip": {"nik": NIP},
        "identity_not_nik": {"identity_type": "KITAS", "nik": "2C11JE1234"},
        "name_missing": {"name": None},
        "wage_text": {"wage": "UMK"},
        "date_unreadable": {"start_date": "awal Juni"},
        "birth_day_month_swapped": {"nik": "3515140503900000", "birth_date": dt.date(1990, 5, 3)},
        "region_differs": {"regency": "Kota Surabaya"},
        "cell_error": {"nik": "#N/A"},
        "account_lost_digits": {"account": 1234567890123456.0},
    }
    for kind, changed in alone.items():
        roster = read(save(tmp_path / f"{kind}.xlsx", table([person(1, identity_type=None), {**JOINS, **changed}])))
        assert kinds(roster) == [kind], kind


def test_a_row_right_in_everything_is_told_nothing(tmp_path: Path) -> None:
    roster = read(save(tmp_path / "daftar.xlsx", table([JOINS, person(1), LEAVES, {"activity": "UBAH UPAH", "nik": SITI,
                       "name": "Siti Aminah", "wage": 5_000_000}])))  # fmt: skip
    assert (kinds(roster), roster.counts.good, roster.counts.activities) == ([], 4, {"join": 2, "leave": 1, "wage": 1})


def test_the_file_says_which_row_a_row_repeats(tmp_path: Path) -> None:
    roster = read(save(tmp_path / "daftar.xlsx", table([person(1), JOINS, JOINS])))
    assert roster.problems("row_repeated")[0].expected.endswith("sama dengan baris 3")


def test_running_numbers_make_no_two_rows_of_one(tmp_path: Path) -> None:
    titles, *rows = table([JOINS, JOINS])
    numbered = [["No", *titles], *([number, *row] for number, row in enumerate(rows, 1))]
    assert kinds(read(save(tmp_path / "daftar.xlsx", numbered))) == ["row_repeated"]


def test_two_names_under_one_nik_hold_both_rows_back(tmp_path: Path) -> None:
    roster = read(save(tmp_path / "daftar.xlsx", table([JOINS, {**JOINS, "name": "Bambang Sutrisno"}])))
    assert roster.refused_rows() == [2, 3]
    assert [problem.detail["first_row"] for problem in roster.problems("nik_two_people")] == [3, 2]


def test_one_person_may_leave_and_join_in_one_file(tmp_path: Path) -> None:
    roster = read(save(tmp_path / "daftar.xlsx", table([JOINS, {**LEAVES, "nik": AGUS, "name": "AGUS SANTOSO"}])))
    assert (roster.counts.good, kinds(roster)) == (2, [])


def test_choices_offered_are_told_in_the_reader_s_language(tmp_path: Path) -> None:
    roster = read(save(tmp_path / "daftar.xlsx", table([{**LEAVES, "leave_reason": "pensyun"}, {**LEAVES, "activity": "MASIH"}])))
    reason, activity = roster.problems()
    assert (reason.expected, activity.expected) == ("salah satu dari: Pensiun", "salah satu dari: MASUK")
    with speaking("en"):
        assert (reason.expected, activity.expected) == ("one of: Retired", "one of: JOIN")
