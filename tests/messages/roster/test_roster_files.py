"""Files that lists come in: where the table is on the sheet, which sheets count, which bytes it is made of."""

from __future__ import annotations

import datetime as dt
import io
import runpy
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from roster_books import (
    AGUS,
    EMPLOYER_TITLES,
    JOINS,
    LEAVES,
    MONTH,
    SAMPLES,
    kinds,
    notes,
    person,
    read,
    save,
    table,
)

from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.messages.guards import FileUnreadable, Upload, check_upload, read_upload
from jamsostek.messages.roster.layouts import EMPLOYER, LAYOUTS, SPONSOR, layout_of
from jamsostek.messages.roster.reader import read_roster
from jamsostek.messages.roster.records import Roster


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


# --- where the table is -------------------------------------------------------------------------------------------------


def test_columns_may_come_in_any_order_under_a_logo_with_strangers_between(book: Path) -> None:
    order = ["wage", "name", "birth_date", "nik", "start_date", "sex", "region_code", "mother_name"]
    titles = [EMPLOYER_TITLES[field] for field in order]
    rows = [[None], [None, "PT CONTOH"], ["Juni 2026"], [None], ["Agama", *titles, "Hobi"],
            ["Islam", *(JOINS[field] for field in order), "Memancing"]]  # fmt: skip
    roster = read(save(book, rows))
    assert (roster.header_row, first(roster)["nik"], first(roster)["row"], kinds(roster)) == (5, AGUS, 6, [])
    assert [column.title for column in roster.columns if not column.field] == ["Agama", "Hobi"]


def test_sipp_titles_are_understood(book: Path) -> None:
    titles = [
        "NO_PEGAWAI", "NAMA_LENGKAP", "GELAR", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH", "TELEPON_AREA_KANTOR", "TELEPON_KANTOR",
        "TELEPON_EXT_KANTOR", "HP", "EMAIL", "TEMPAT_LAHIR", "TANGGAL_LAHIR", "NAMA_IBU_KANDUNG", "JENIS_IDENTITAS",
        "NOMOR_IDENTITAS", "MASA_LAKU_IDENTITAS", "JENIS_KELAMIN", "SURAT_MENYURAT_KE", "TANGGAL_KEPESERTAAN", "STATUS_KAWIN",
        "GOLONGAN_DARAH", "NPWP", "KODE_NEGARA", "UPAH", "ALAMAT", "KODE_POS", "LOKASI_PEKERJAAN", "STATUS_PEGAWAI",
        "TGL_AWAL_BEKERJA", "TGL_AKHIR_KONTRAK",
    ]  # fmt: skip
    cells = [
        "P-1", "Agus Santoso", "S.T.", "031", "8941234", None, None, None, "081200000001", "agus@contoh.id", "Sidoarjo",
        "17-08-1990", "Sumiati", "KTP", AGUS, "17-08-2030", "L", "R", "02-06-2026", "K", "O", "00.000.000.0-000.000", "ID",
        4_750_000, "Jl. Melati 12", "61258", "Pabrik", "Kontrak", "02-06-2026", "01-06-2027",
    ]  # fmt: skip
    roster = read(save(book, [titles, cells]))
    row = first(roster)
    assert (row["name"], row["nik"], row["phone"], row["start_date"]) == (
        "Agus Santoso", AGUS, "+6281200000001", dt.date(2026, 6, 2),
    )  # fmt: skip
    assert (row["unit"], row["segment"], row["wage_rupiah"], row["end_date"]) == ("Pabrik", "pu", 4_750_000, None)
    assert kinds(roster) == ["region_no_column"]


def test_english_titles_are_understood(book: Path) -> None:
    titles = ["Activity", "National ID", "Full Name", "Date of Birth", "Gender", "Mother's Maiden Name", "Region Code",
              "Mobile Number", "Join Date", "Monthly Salary (IDR)"]  # fmt: skip
    row = first(read(save(book, [titles, ["New", AGUS, "Agus Santoso", "17 Aug 1990", "Male", "Sumiati", "3515", "0812-0000-0001",
                                          "2026-06-02", "4,750,000"]])))  # fmt: skip
    assert (row["activity"], row["sex"], row["mother_name"], row["wage_rupiah"]) == ("join", "male", "Sumiati", 4_750_000)


def test_titles_merged_over_two_rows_are_one_header(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet()
    for column, title in (
        (0, "NIK"),
        (1, "Nama"),
        (4, "Upah"),
        (5, "Kode wilayah"),
        (6, "Nama ibu kandung"),
        (7, "Tanggal masuk"),
    ):
        sheet.merge_range(0, column, 1, column, title)
    sheet.merge_range(0, 2, 0, 3, "DATA DIRI")
    sheet.write_row(1, 2, ("Tgl. Lahir", "L/P"))
    sheet.write_row(2, 0, (AGUS, "Agus Santoso", "17-08-1990", "L", 4_750_000, "3515", "Sumiati", "02-06-2026"))
    workbook.close()
    roster = read(book)
    assert (first(roster)["birth_date"], first(roster)["sex"], kinds(roster)) == (dt.date(1990, 8, 17), "male", [])


def test_section_titles_totals_and_signatures_are_nobody(book: Path) -> None:
    used = table([JOINS, person(1)])
    width = len(used[0])
    rows = [used[0], ["BAGIAN PRODUKSI"], used[1], ["1", "2", "3", "4", "5"], used[2], [None] * width,
            ["Jumlah", *[None] * (width - 4), 9_500_000], [None, None, "Sidoarjo, 30 Juni 2026"], [None, None, "Mengetahui,"],
            [None, None, "Direktur", None, "HRD"]]  # fmt: skip
    roster = read(save(book, rows))
    assert (roster.counts.read, kinds(roster), notes(roster)) == (2, [], ["rows_skipped"])
    assert roster.notes[0].value_seen == "2, 4, 7, 8, 9, 10"


def test_a_million_empty_rows_cost_nothing(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book), {"constant_memory": True})
    sheet = workbook.add_worksheet()
    boxed = workbook.add_format({"border": 1})
    for row, line in enumerate(table([JOINS, person(1)])):
        sheet.write_row(row, 0, line)
    for row in range(3, 1_000_000, 10):
        sheet.write_blank(row, 0, None, boxed)
    workbook.close()
    roster = read(book)
    assert (roster.counts.read, roster.counts.good, kinds(roster)) == (2, 2, [])


def test_a_cell_far_below_the_list_leaves_it_readable(book: Path) -> None:
    used = table([JOINS, person(1)])
    roster = read(save(book, [*used, *[[]] * 200_000, ["catatan"]]))
    assert (roster.counts.good, notes(roster)) == (2, ["rows_skipped"])


# --- sheets ------------------------------------------------------------------------------------------------------------


def hidden_book(book: Path, *, veryhidden: bool = False, only: bool = False) -> Path:
    """A workbook with a list on a visible sheet (unless `only`) and another on a hidden one."""
    workbook = xlsxwriter.Workbook(str(book))
    cover = workbook.add_worksheet("Sampul")
    cover.write(0, 0, "PT CONTOH")
    for name, people in (("Juni", [JOINS]), ("Lama", [person(1), person(2)])):
        if only and name == "Juni":
            continue
        sheet = workbook.add_worksheet(name)
        for row, line in enumerate(table(people)):
            sheet.write_row(row, 0, line)
        if name == "Lama":
            sheet.very_hidden() if veryhidden else sheet.hide()
    workbook.close()
    return book


@pytest.mark.parametrize("veryhidden", [False, True])
def test_a_hidden_sheet_is_not_read_and_told(book: Path, veryhidden: bool) -> None:
    roster = read(hidden_book(book, veryhidden=veryhidden))
    assert (roster.sheet, roster.counts.read, kinds(roster)) == ("Juni", 1, ["hidden_sheet"])
    assert roster.problems()[0].value_seen == "Lama"


def test_a_list_on_a_hidden_sheet_alone_is_asked_for_again(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="lembar tersembunyi “Lama”") as refused:
        read(hidden_book(book, only=True))
    assert refused.value.kind == "hidden_sheet" and "Tampilkan" in str(refused.value.remedy)


def test_hidden_rows_are_read_and_told(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet()
    for row, line in enumerate(table([JOINS, person(1), person(2)])):
        sheet.write_row(row, 0, line)
    sheet.set_row(2, None, None, {"hidden": True})
    workbook.close()
    roster = read(book)
    assert (roster.counts.good, kinds(roster), roster.problems()[0].value_seen) == (3, ["rows_hidden"], "3")


def test_another_sheet_with_a_list_is_told(book: Path) -> None:
    roster = read(save(book, table([JOINS, person(1)]), "Juni", {"Mei": table([person(2)])}))
    assert (roster.sheet, kinds(roster)) == ("Juni", ["other_table"])
    assert read(book, sheet="Mei").counts.good == 1


def test_instructions_and_examples_are_passed_over(book: Path) -> None:
    roster = read(save(book, table([JOINS]), "Formulir", {"Contoh": table([person(1), person(2), person(3)])}))
    assert (roster.sheet, kinds(roster), notes(roster)) == ("Formulir", [], ["sheets_passed_over"])


# --- files ------------------------------------------------------------------------------------------------------------


def lines(people: list[dict[str, Any]], mark: str) -> str:
    """A CSV text."""
    rows = table(people)
    return "\r\n".join(mark.join("" if cell is None else str(cell) for cell in row) for row in rows) + "\r\n"


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_csv_of_any_delimiter_is_read(mark: str) -> None:
    roster = read(check_upload(lines([JOINS, person(1), LEAVES], mark).encode(), "daftar.csv"))
    assert (roster.counts.good, roster.sheet) == (3, "CSV")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-be"])
def test_csv_of_any_encoding_is_read(encoding: str) -> None:
    text = lines([person(1, name="José Muñoz"), JOINS], ";")
    content = text.encode(encoding) if encoding != "utf-16-be" else b"\xfe\xff" + text.encode(encoding)
    assert first(read(check_upload(content, "daftar.csv")))["name"] == "José Muñoz"


def test_utf_8_read_as_cp1252_somewhere_before_is_told() -> None:
    text = lines([person(1, name="José Muñoz"), JOINS], ";").encode().decode("cp1252")
    roster = read(check_upload(text.encode(), "daftar.csv"))
    assert (kinds(roster), roster.counts.good) == (["name_broken"], 1)


def test_macros_are_not_run_and_told(book: Path) -> None:
    save(book, table([JOINS]))
    with zipfile.ZipFile(book, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not run")
    roster = read(check_upload(book.read_bytes(), "daftar.xlsm"))
    assert (roster.counts.good, notes(roster)) == (1, ["macros_ignored"])


def test_a_zip_bomb_is_refused_before_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * (64 << 20))
    with pytest.raises(FileUnreadable) as refused:
        check_upload(out.getvalue(), "daftar.xlsx")
    assert refused.value.kind == "bomb" and refused.value.remedy


def test_a_workbook_made_by_libreoffice_is_accepted(tmp_path: Path) -> None:
    source = tmp_path / "daftar.csv"
    source.write_text(lines([JOINS, person(1), LEAVES], ";"), encoding="utf-8")
    # 59,34,76: semicolons, quotes, UTF-8; columns 2 (NIK) and 10 to 12 as text, as a careful user chooses on opening.
    fields = table([JOINS, person(1), LEAVES])[0]
    as_text = "/".join(f"{place}/{2 if title in ('NIK', 'Nomor HP', 'Nomor rekening', 'Kode wilayah') else 1}"
                       for place, title in enumerate(fields, 1))  # fmt: skip
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx",
               f"--infilter=CSV:59,34,76,1,{as_text}", "--outdir", str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    roster = read(tmp_path / "daftar.xlsx")
    assert (roster.counts.good, kinds(roster)) == (3, [])
    assert roster.rows["birth_date"].to_pylist()[0] == dt.date(1990, 8, 17)


def test_an_ods_is_read(tmp_path: Path, book: Path) -> None:
    save(book, table([JOINS, person(1)]))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods", "--outdir",
               str(tmp_path), str(book)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert read(tmp_path / "daftar.ods").counts.good == 2
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)


# --- files that are no list ----------------------------------------------------------------------------------------------


def test_a_list_without_numbers_is_asked_for_the_column(book: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"Kolom NIK \(atau KPJ\) tidak ditemukan") as refused:
        read(save(book, [["Nama", "Tanggal Lahir", "NlK"], ["Agus", "17-08-1990", AGUS]]))
    assert "Judul yang ada" in str(refused.value.remedy)


def test_a_workbook_without_titles_is_refused_with_the_way_out(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Tidak ada baris judul") as refused:
        read(save(book, [["PT CONTOH"], ["Daftar pegawai"]]))
    assert "Unduh formulir" in str(refused.value.remedy)


def test_titles_over_nobody_are_refused(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Tidak ada orang") as refused:
        read(save(book, table([JOINS])[:1]))
    assert refused.value.kind == "no_rows"
    with speaking("en"), pytest.raises(FileUnreadable, match="Nobody stands below"):
        read(book)


def test_a_layout_is_asked_for_by_name() -> None:
    assert layout_of("sponsor") is SPONSOR and set(LAYOUTS) == {"employer", "sponsor"}
    with pytest.raises(InputError, match="employer"):
        layout_of("employr")


def test_ten_thousand_wrong_rows_are_all_told(book: Path) -> None:
    roster = read_roster(read_upload(save(book, table([person(n, nik=35151417089) for n in range(10_000)]))),
                         layout=EMPLOYER, month=MONTH)  # fmt: skip
    assert (roster.counts.refused, roster.kinds(), roster.rows.num_rows) == (10_000, {"nik_is_kpj": 10_000}, 0)
    assert pa.types.is_string(roster.problem_table["value"].type)


def test_the_reader_reads_the_same_upload_twice_alike(book: Path) -> None:
    upload = Upload("daftar.xlsx", "xlsx", save(book, table([person(n) for n in range(50)])).read_bytes())
    assert read(upload).rows.equals(read(upload).rows)


# --- the samples ---------------------------------------------------------------------------------------------------------


def test_the_samples_are_made_by_their_script_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = Path(__file__).parents[3] / "tools"
    monkeypatch.syspath_prepend(str(tools))
    runpy.run_path(str(tools / "sample_rosters.py"))["main"](tmp_path)
    for name in ("pekerja_rapi.xlsx", "pekerja_berantakan.xlsx", "rentan_desa.csv"):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_the_tidy_sample_has_nothing_to_mend() -> None:
    roster = read(SAMPLES / "pekerja_rapi.xlsx")
    assert (roster.counts.good, kinds(roster), roster.counts.activities) == (60, [], {"join": 46, "wage": 8, "leave": 6})


def test_the_messy_sample_keeps_its_good_rows_and_tells_the_rest() -> None:
    roster = read(SAMPLES / "pekerja_berantakan.xlsx")
    assert (roster.counts.read, roster.counts.refused) == (46, 18)
    assert {"nik_lost_digits", "name_signs", "cell_error", "asn_nip", "merged_filled", "hidden_sheet", "rows_hidden"} <= set(
        kinds(roster)
    )
    assert kinds(roster)[:2] == ["hidden_sheet", "rows_hidden"], "what concerns the whole sheet comes first"


def test_the_village_s_csv_is_read() -> None:
    roster = read(SAMPLES / "rentan_desa.csv", SPONSOR)
    assert (roster.counts.read, roster.counts.refused) == (40, 6)
    assert roster.rows["birth_place"].to_pylist()[0] == "Sidoarjo"
    assert "José Kaunang" in roster.rows["name"].to_pylist()
    assert set(kinds(roster)) == {"nik_missing", "nik_lost_digits", "nik_length", "asn_job", "name_filler", "occupation_missing",
                                  "income_unclear", "region_is_province"}  # fmt: skip
