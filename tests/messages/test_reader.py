"""Payroll workbooks as people really send them: every habit is its own test, on a real file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import xlsxwriter
from payroll_books import AGUS, BUDI, MONTH, SAMPLES, SRI, TITLES, kinds, person, read, save

from jamsostek.core.text import speaking
from jamsostek.messages.guards import FileUnreadable
from jamsostek.messages.payroll.reader import read_payroll
from jamsostek.messages.payroll.records import Payroll


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a test's workbook goes."""
    return tmp_path / "gaji.xlsx"


def table(book: Path, *people: list[object], titles: tuple[str, ...] = TITLES) -> Payroll:
    """Reads a table of people under titles."""
    return read(save(book, [list(titles), *people]))


def wages(payroll: Payroll) -> list[int | None]:
    """The monthly wages of the good rows."""
    return [row.wage_rupiah for row in payroll.rows]


# --- where the table is ------------------------------------------------------------------------------------------------


def test_a_tidy_table_is_read_whole(book: Path) -> None:
    payroll = table(book, person(1), person(2, wage=5_000_000))
    assert (payroll.sheet, payroll.header_row, payroll.problems) == ("Upah", 1, ())
    assert wages(payroll) == [4_500_000, 5_000_000]
    assert payroll.rows[0].birth_date == dt.date(1980, 1, 2)
    assert [row.row for row in payroll.rows] == [2, 3]


def test_titles_and_a_logo_above_the_header_are_passed_over(book: Path) -> None:
    rows = [[None], [None, "PT CONTOH SEJAHTERA"], ["Daftar upah", None, "Juni 2026"], *[[None]] * 20, list(TITLES), person(1)]
    payroll = read(save(book, rows))
    assert (payroll.header_row, len(payroll.rows), payroll.rows[0].row) == (24, 1, 25)


def test_a_table_that_begins_in_another_column_keeps_its_letters(book: Path) -> None:
    payroll = read(save(book, [[], [None, None, *TITLES], [None, None, *person(1, wage="belum ada")]]))
    assert [column.letter for column in payroll.columns_found] == ["C", "D", "E", "F", "G"]
    assert (payroll.problems[0].row, payroll.problems[0].column) == (3, "G")


def test_columns_may_come_in_any_order_with_strangers_between(book: Path) -> None:
    titles = ("Alamat", "Upah", "Agama", "Nama Ibu Kandung", "Nama", "Tanggal Lahir", "No. KTP")
    payroll = table(book, ["Jl. Melati", 4_500_000, "Islam", "Aminah", "Agus Salim", "17-08-1990", AGUS], titles=titles)
    assert (payroll.rows[0].name, payroll.rows[0].nik, wages(payroll)) == ("Agus Salim", AGUS, [4_500_000])
    assert [column.title for column in payroll.columns_unused] == ["Alamat", "Agama", "Nama Ibu Kandung"]


def test_the_sheet_with_the_best_header_is_read_and_named(book: Path) -> None:
    guide = [["Isi nama dan upah di lembar berikut"], ["Nama", "Jumlah"]]
    payroll = read(save(book, guide, "Petunjuk", {"Gaji": [list(TITLES), person(1)], "Sheet3": []}))
    assert (payroll.sheet, len(payroll.rows), payroll.other_sheets) == ("Gaji", 1, ())


def test_a_second_sheet_with_a_payroll_table_is_never_left_out_silently(book: Path) -> None:
    save(book, [list(TITLES), person(1)], "Kantor", {"Pabrik": [list(TITLES), person(2), person(3)]})
    payroll = read(book)
    assert payroll.sheet == "Pabrik"
    assert payroll.other_sheets == ("Kantor",)
    assert kinds(payroll) == ["other_table"]
    assert read(book, sheet="Kantor").rows[0].name == "Pekerja Contoh 1"


def test_a_hidden_sheet_gives_way_to_a_visible_one(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    for name, count in (("Lama", 3), ("Gaji", 1)):
        sheet = workbook.add_worksheet(name)
        for row, line in enumerate([list(TITLES), *(person(number) for number in range(1, count + 1))]):
            sheet.write_row(row, 0, line)
    workbook.get_worksheet_by_name("Lama").hide()
    workbook.get_worksheet_by_name("Gaji").activate()
    workbook.close()
    assert read(book).sheet == "Gaji"


def test_a_sheet_asked_for_that_is_not_there_offers_the_nearest(book: Path) -> None:
    save(book, [list(TITLES), person(1)], "Gaji Juni")
    with pytest.raises(FileUnreadable, match="Gaji Juni"):
        read(book, sheet="Gaji Jun")


def test_merged_two_line_titles_are_read_as_one(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet("Gaji")
    for column, title in ((0, "No"), (1, "Nama"), (2, "NIK")):
        sheet.merge_range(0, column, 1, column, title)
    sheet.merge_range(0, 3, 0, 5, "Upah")
    sheet.write_row(1, 3, ("Pokok", "Tunjangan Tetap", "Tunjangan Tidak Tetap"))
    sheet.write_row(2, 0, (1, "Budi"))
    sheet.write_string(2, 2, BUDI)
    sheet.write_row(2, 3, (4_000_000, 500_000, 300_000))
    workbook.close()
    payroll = read(book)
    assert wages(payroll) == [4_500_000]
    assert [column.field for column in payroll.columns_found[3:]] == ["basic", "fixed", "variable"]


def test_two_line_titles_without_merging_are_read_too(book: Path) -> None:
    rows = [["No", "Nama", "NIK", "Gaji", None], [None, None, None, "Pokok", "Tunj. Tetap"], [1, "Budi", BUDI, 4e6, 5e5]]
    assert wages(read(save(book, rows))) == [4_500_000]


def test_english_titles_are_understood(book: Path) -> None:
    titles = ("Employee Name", "ID Number", "Date of Birth", "Gender", "Basic Salary", "Fixed Allowance", "Overtime", "Job Title")
    payroll = table(book, ["Agus", AGUS, dt.date(1990, 8, 17), "M", 4e6, 5e5, 9e5, "Operator"], titles=titles)
    assert (wages(payroll), payroll.rows[0].position, payroll.rows[0].sex, payroll.problems) == (
        [4_500_000],
        "Operator",
        "male",
        (),
    )


def test_a_missing_wage_column_is_named_with_the_nearest_title(book: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"Kolom upah tidak ditemukan.*“Uph Pkk”") as caught:
        table(book, ["Budi", BUDI, 1.0], titles=("Nama", "NIK", "Uph Pkk"))
    assert caught.value.kind == "no_column"


def test_a_missing_name_column_is_named(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Kolom nama pekerja tidak ditemukan"):
        table(book, [BUDI, 4e6], titles=("NIK", "Upah"))


def test_net_pay_alone_is_never_taken_for_the_wage(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Kolom upah tidak ditemukan"):
        table(book, ["Budi", BUDI, 4e6], titles=("Nama", "NIK", "Take Home Pay"))


def test_a_workbook_without_any_header_is_told_so(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Tidak ada baris judul") as caught:
        read(save(book, [["a", 1], ["b", 2]]))
    assert caught.value.kind == "no_header"


def test_an_empty_workbook_is_told_so(book: Path) -> None:
    with pytest.raises(FileUnreadable, match="Tidak ada baris judul"):
        read(save(book, []))


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_divides_it(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "gaji.csv"
    lines = [mark.join(("No", "Nama", "NIK", "Upah")), mark.join(("1", "Budi", BUDI, '"4.500.000"')), ""]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    payroll = read(path)
    assert (payroll.sheet, wages(payroll), payroll.rows[0].row) == ("CSV", [4_500_000], 2)


# --- the wage -----------------------------------------------------------------------------------------------------------


def test_the_wage_is_basic_pay_plus_fixed_allowances_and_the_rest_is_told(book: Path) -> None:
    titles = ("Nama", "NIK", "Gaji Pokok", "Tunj. Jabatan", "Tunjangan Keluarga", "Uang Makan", "Lembur")
    payroll = table(book, ["Budi", BUDI, 4e6, 3e5, 2e5, 9e5, 8e5], titles=titles)
    assert wages(payroll) == [4_500_000]
    assert [(note.kind, note.value_seen) for note in payroll.notes] == [
        ("wage_parts", "Gaji Pokok + Tunj. Jabatan + Tunjangan Keluarga"),
        ("variable_left_out", "Uang Makan"),
        ("variable_left_out", "Lembur"),
    ]


def test_an_allowance_of_unclear_kind_is_left_out_with_a_warning(book: Path) -> None:
    payroll = table(book, ["Budi", BUDI, 4e6, 5e5], titles=("Nama", "NIK", "Gaji Pokok", "Tunj. Komunikasi"))
    assert (wages(payroll), kinds(payroll)) == ([4_000_000], ["allowance_unclear"])


def test_a_stated_wage_that_differs_from_its_parts_is_told(book: Path) -> None:
    titles = ("Nama", "NIK", "Gaji Pokok", "Tunjangan Tetap", "Upah")
    payroll = table(book, ["Budi", BUDI, 4e6, 5e5, 4.5e6], ["Sri", SRI, 4e6, 5e5, 6e6], titles=titles)
    assert wages(payroll) == [4_500_000, 4_500_000]
    assert [(problem.row, problem.kind) for problem in payroll.problems] == [(3, "wage_differs")]
    assert "4.500.000" in payroll.problems[0].expected


def test_a_reported_wage_is_used_as_it_stands(book: Path) -> None:
    titles = ("Nama", "NIK", "Upah Dilaporkan", "Tunjangan Tetap")
    assert wages(table(book, ["Budi", BUDI, 5e6, 5e5], titles=titles)) == [5_000_000]


def test_a_total_column_serves_as_wage_only_with_a_warning(book: Path) -> None:
    payroll = table(book, ["Budi", BUDI, 5e6], titles=("Nama", "NIK", "Total Gaji"))
    assert (wages(payroll), kinds(payroll)) == ([5_000_000], ["wage_from_gross"])


def test_daily_wages_stand_beside_monthly_ones(book: Path) -> None:
    titles = ("Nama", "NIK", "Upah", "Upah Harian")
    people = (["Budi", BUDI, None, 185_000], ["Sri", SRI, 4e6, None], ["Agus", AGUS, "Rp 190.000/hari", None])
    payroll = table(book, *people, titles=titles)
    assert [(row.wage_rupiah, row.daily_wage_rupiah) for row in payroll.rows] == [
        (None, 185_000),
        (4_000_000, None),
        (None, 190_000),
    ]


def test_a_daily_wage_with_monthly_allowances_is_asked_for_again(book: Path) -> None:
    payroll = table(book, ["Budi", BUDI, "185.000/hari", 5e5], titles=("Nama", "NIK", "Gaji Pokok", "Tunjangan Tetap"))
    assert kinds(payroll) == ["wage_daily_mixed"]


def test_blank_allowances_are_nothing_and_wrong_ones_are_told_at_their_own_cell(book: Path) -> None:
    titles = ("Nama", "NIK", "Gaji Pokok", "Tunjangan Tetap")
    payroll = table(book, ["Budi", BUDI, 4e6, None], ["Sri", SRI, 4e6, "-"], ["Agus", AGUS, 4e6, "ada"], titles=titles)
    assert wages(payroll) == [4_000_000, 4_000_000]
    assert [(problem.row, problem.column, problem.kind) for problem in payroll.problems] == [(4, "D", "wage_text")]


def test_values_of_formulas_are_read(book: Path) -> None:
    assert wages(table(book, person(1, wage=("=4000000+500000", 4_500_000)))) == [4_500_000]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("belum ada", "wage_text"), (-4_500_000, "wage_negative"), (10**15, "wage_too_large"), (0, "wage_zero"),
        (None, "wage_missing"),
        ("4.5", "wage_ambiguous"), (dt.date(2026, 5, 4), "wage_date"), ("#REF!", "wage_formula"),
        ("2.000.000.000 / hari", "wage_too_large"),
    ],
)  # fmt: skip
def test_each_wrong_wage_has_its_own_message_and_loses_no_other_row(book: Path, typed: object, kind: str) -> None:
    payroll = table(book, person(1), person(2, wage=typed), person(3))
    assert (kinds(payroll), len(payroll.rows), payroll.rows_refused) == ([kind], 2, 1)
    problem = payroll.problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.title, problem.severity) == ("Upah", 3, "E", "Upah", "error")
    for language in ("id", "en"):
        with speaking(language):
            assert problem.problem and problem.expected and problem.remedy


def test_a_wage_probably_in_thousands_is_billed_with_a_warning(book: Path) -> None:
    payroll = table(book, person(1, wage=4500))
    assert (wages(payroll), kinds(payroll)) == ([4500], ["wage_low"])


# --- who it is ----------------------------------------------------------------------------------------------------------


def test_a_float_nik_has_lost_its_last_digit_and_the_remedy_says_how_to_keep_it(book: Path) -> None:
    payroll = table(book, person(1, nik=3.5151405086800e15))
    assert kinds(payroll) == ["nik_lost_digits"]
    assert "Teks" in payroll.problems[0].remedy


def test_quotes_and_blanks_around_a_nik_do_not_matter(book: Path) -> None:
    payroll = table(book, person(1, nik="'" + BUDI, born=None), person(2, nik=f" {SRI[:4]} {SRI[4:]} ", born=None))
    assert [row.nik for row in payroll.rows] == [BUDI, SRI]


def test_the_second_row_with_the_same_nik_is_refused_and_names_the_first(book: Path) -> None:
    payroll = table(book, person(1), person(2), person(3, nik=person(1)[2], born=None))
    assert (kinds(payroll), len(payroll.rows)) == (["nik_duplicate"], 2)
    assert "baris 2" in payroll.problems[0].expected


def test_the_same_kpj_twice_is_refused(book: Path) -> None:
    titles = ("Nama", "KPJ", "Upah")
    payroll = table(book, ["Budi", "26000000001", 4e6], ["Sri", 26000000001, 4e6], titles=titles)
    assert (kinds(payroll), [row.kpj for row in payroll.rows]) == (["kpj_duplicate"], ["26000000001"])


def test_a_worker_without_nik_but_with_kpj_is_billed(book: Path) -> None:
    titles = ("Nama", "NIK", "KPJ", "Upah")
    payroll = table(book, ["Budi", None, "26000000001", 4e6], ["Sri", None, None, 4e6], titles=titles)
    assert ([row.name for row in payroll.rows], kinds(payroll)) == (["Budi"], ["nik_missing"])


def test_a_table_without_any_number_column_is_billed_with_one_warning(book: Path) -> None:
    payroll = table(book, ["Budi", 4e6], ["Sri", 5e6], titles=("Nama", "Upah"))
    assert (len(payroll.rows), kinds(payroll)) == (2, ["no_identity_column"])


def test_a_nik_that_does_not_fit_birth_date_or_sex_is_a_warning(book: Path) -> None:
    titles = ("Nama", "NIK", "Tgl Lahir", "L/P", "Upah")
    payroll = table(book, ["Agus", AGUS, "18-08-1990", "P", 4e6], titles=titles)
    assert (kinds(payroll), len(payroll.rows)) == (["nik_birth_mismatch", "nik_sex_mismatch"], 1)
    assert "1990-08-17" in payroll.problems[0].expected
    assert payroll.rows[0].birth_date == dt.date(1990, 8, 18)


def test_a_nik_with_an_impossible_date_is_refused(book: Path) -> None:
    assert kinds(table(book, person(1, nik="3515149913990000", born=None))) == ["nik_impossible"]


def test_a_birth_date_left_out_comes_from_the_nik(book: Path) -> None:
    payroll = table(book, ["Sri", SRI, 4e6], titles=("Nama", "NIK", "Upah"))
    assert (payroll.rows[0].birth_date, payroll.problems) == (dt.date(1973, 4, 22), ())


def test_an_unreadable_birth_date_is_a_warning_with_a_nik_and_an_error_without(book: Path) -> None:
    titles = ("Nama", "NIK", "KPJ", "Tgl Lahir", "Upah")
    people = (["Sri", SRI, None, "31-02-1990", 4e6], ["Budi", None, "26000000001", "kapan", 4e6])
    payroll = table(book, *people, titles=titles)
    assert [(p.row, p.kind, p.severity) for p in payroll.problems] == [
        (2, "birth_date_from_nik", "warning"),
        (3, "birth_date_unreadable", "error"),
    ]
    assert payroll.rows[0].birth_date == dt.date(1973, 4, 22)


def test_an_age_unusual_for_a_worker_is_a_warning(book: Path) -> None:
    payroll = table(book, ["Anak", "26000000001", "05-05-2015", 4e6], titles=("Nama", "KPJ", "Tgl Lahir", "Upah"))
    assert (kinds(payroll), len(payroll.rows)) == (["age_unusual"], 1)


def test_of_two_nik_columns_the_one_with_16_digits_is_the_nik(book: Path) -> None:
    titles = ("NIK", "Nama", "No. KTP", "Upah")  # many firms call their own number NIK
    payroll = table(book, ["K-001", "Budi", BUDI, 4e6], ["K-002", "Sri", SRI, 4e6], titles=titles)
    assert ([row.nik for row in payroll.rows], payroll.problems) == ([BUDI, SRI], ())


def test_a_row_may_have_its_own_risk_class(book: Path) -> None:
    titles = ("Nama", "NIK", "Upah", "Kelas Risiko")
    people = (["Budi", BUDI, 4e6, "IV"], ["Sri", SRI, 4e6, None], ["Agus", AGUS, 4e6, "bahaya"])
    payroll = table(book, *people, titles=titles)
    assert ([row.risk_class for row in payroll.rows], kinds(payroll)) == (["high", None], ["risk_class_unknown"])


def test_a_name_that_is_missing_or_a_number_is_refused(book: Path) -> None:
    payroll = table(book, person(1, name=None), person(2, name=BUDI))
    assert kinds(payroll) == ["name_missing", "name_digits"]


def test_an_unknown_sex_is_only_a_warning(book: Path) -> None:
    payroll = table(book, ["Budi", BUDI, "X", 4e6], titles=("Nama", "NIK", "L/P", "Upah"))
    assert (kinds(payroll), len(payroll.rows)) == (["sex_unknown"], 1)


# --- rows that are no workers -------------------------------------------------------------------------------------------


def test_blank_separator_and_section_rows_are_passed_over_and_told(book: Path) -> None:
    rows = [list(TITLES), [None, "PRODUKSI"], person(1), [], ["---"] * 5, [None, "KANTOR"], person(2)]
    payroll = read(save(book, rows))
    assert (len(payroll.rows), payroll.problems) == (2, ())
    assert [(note.kind, note.value_seen) for note in payroll.notes] == [("rows_skipped", "2, 6")]


def test_a_row_of_column_numbers_under_the_titles_is_passed_over(book: Path) -> None:
    rows = [list(TITLES), ["(1)", "(2)", "(3)", "(4)", "(5)"], person(1)]
    assert len(read(save(book, rows)).rows) == 1
    rows[1] = [1, 2, 3, 4, 5]
    assert (len(read(save(book, rows)).rows), read(book).problems) == (1, ())


def test_titles_repeated_on_every_page_are_passed_over(book: Path) -> None:
    payroll = read(save(book, [list(TITLES), person(1), list(TITLES), person(2)]))
    assert (len(payroll.rows), payroll.problems) == (2, ())


def test_signatures_below_the_table_are_passed_over(book: Path) -> None:
    below = [
        [],
        [None, None, None, None, "Sidoarjo, 30 Juni 2026"],
        [None, "Mengetahui,", None, None, "Dibuat oleh,"],
        [None, "Direktur", None, None, "HRD"],
    ]
    payroll = read(save(book, [list(TITLES), person(1), *below]))
    assert (len(payroll.rows), payroll.problems) == (1, ())


def test_a_worker_without_nik_and_wage_in_the_middle_is_not_passed_over(book: Path) -> None:
    payroll = read(save(book, [list(TITLES), person(1), [2, "Sri Wahyuni"], person(3)]))
    assert (len(payroll.rows), kinds(payroll)) == (2, ["nik_missing", "wage_missing"])


def test_a_last_worker_with_nothing_but_number_and_name_is_no_signature(book: Path) -> None:
    payroll = read(save(book, [list(TITLES), person(1), [2, "Sri Wahyuni"]]))
    assert [(problem.row, problem.kind) for problem in payroll.problems] == [(3, "nik_missing"), (3, "wage_missing")]


def test_a_worker_whose_work_begins_with_total_is_no_total(book: Path) -> None:
    titles = ("Nama", "NIK", "Jabatan", "Upah")
    payroll = table(book, ["Budi", None, "Total Quality Manager", 4e6], titles=titles)
    assert kinds(payroll) == ["nik_missing"]


@pytest.mark.parametrize("label", ["Jumlah", "TOTAL", "Total Upah", "Jml.", "Grand Total", "Sub Total", "subtotal bagian A"])
def test_total_rows_are_passed_over_and_agree_silently(book: Path, label: str) -> None:
    payroll = read(save(book, [list(TITLES), person(1), person(2), [None, label, None, None, 9_000_000]]))
    assert (len(payroll.rows), payroll.problems, payroll.totals_compared) == (2, (), 1)


def test_sub_totals_and_the_grand_total_are_each_compared_with_our_sums(book: Path) -> None:
    rows = [
        list(TITLES),
        person(1),
        [None, "Sub jumlah", None, None, 4.5e6],
        person(2),
        person(3),
        [None, "Sub jumlah", None, None, 9e6],
    ]
    payroll = read(save(book, [*rows, [None, "Jumlah", None, None, 13.5e6]]))
    assert (payroll.problems, payroll.totals_compared) == ((), 3)


def test_a_total_that_differs_from_our_sum_is_a_warning_with_both(book: Path) -> None:
    payroll = read(save(book, [list(TITLES), person(1), person(2), ["Jumlah", None, None, None, 4_500_000]]))
    assert (kinds(payroll), len(payroll.rows)) == (["total_differs"], 2)
    assert (payroll.problems[0].value_seen, payroll.problems[0].expected) == ("4.500.000", "9.000.000")


def test_sums_without_a_label_are_taken_for_totals(book: Path) -> None:
    titles = ("Nama", "NIK", "Gaji Pokok", "Tunjangan Tetap")
    payroll = table(book, ["Budi", BUDI, 4e6, 5e5], [None, None, 4e6, 5e5], titles=titles)
    assert (len(payroll.rows), payroll.problems, payroll.totals_compared) == (1, (), 2)


# --- what is told -------------------------------------------------------------------------------------------------------


def test_long_numbers_are_starred_on_screen_and_whole_only_for_the_sender(book: Path) -> None:
    payroll = table(book, person(1, nik="35151401107200"), person(2, name=BUDI), person(3, wage=BUDI))
    for problem in payroll.problems:
        assert not re.search(r"\d{8}", problem.value_seen)
        assert "351514" not in repr(problem)
    assert payroll.problems[0].value_whole == "35151401107200"
    assert not re.search(r"\d{16}", repr(payroll.rows) + repr(payroll))


def test_problems_are_grouped_by_kind_of_repair_errors_first(book: Path) -> None:
    people = [person(1, wage=4500), person(2, wage="x"), person(3, nik="1"), person(4, wage="y"), person(5)]
    groups = table(book, *people).problems_by_kind()
    assert [(kind, [p.row for p in problems]) for kind, problems in groups.items()] == [
        ("wage_text", [3, 5]),
        ("nik_length", [4]),
        ("wage_low", [2]),
    ]


def test_the_child_process_gives_exactly_what_reading_here_gives() -> None:
    path = SAMPLES / "gaji_berantakan.xlsx"
    assert read_payroll(path, month=MONTH) == read(path)


def test_the_tidy_sample_has_nothing_to_mend() -> None:
    payroll = read(SAMPLES / "gaji_rapi.xlsx")
    assert (len(payroll.rows), payroll.problems) == (40, ())


def test_the_messy_sample_shows_every_habit_and_loses_no_good_row() -> None:
    payroll = read(SAMPLES / "gaji_berantakan.xlsx")
    assert (payroll.sheet, len(payroll.rows), payroll.rows_refused) == ("GAJI JUNI", 46, 14)
    assert set(kinds(payroll)) == {
        "nik_lost_digits", "name_missing", "nik_length", "nik_letters", "nik_impossible", "nik_duplicate", "wage_missing",
        "wage_text", "wage_negative", "wage_too_large", "wage_date", "wage_ambiguous", "risk_class_unknown",
        "nik_birth_mismatch", "nik_sex_mismatch", "wage_fraction", "birth_date_from_nik", "birth_date_month_first",
        "sex_unknown", "age_unusual", "total_differs", "wage_low",
    }  # fmt: skip


def test_the_samples_are_made_by_their_script_byte_for_byte(tmp_path: Path) -> None:
    import runpy

    script = Path(__file__).parents[2] / "tools" / "sample_workbooks.py"
    runpy.run_path(str(script))["main"](tmp_path)
    for name in ("gaji_rapi.xlsx", "gaji_berantakan.xlsx"):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()
