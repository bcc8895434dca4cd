"""CSV as internet banking gives it. The layouts are as seen, not published; accounts, names and codes are invented."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from bank_statements import DAY, MAJU, SARI, THREE, entry, refusal, statement

from jamsostek.messages.bank.columns import VOCABULARY
from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.records import Statement
from jamsostek.messages.bank.write import write_csv

GOOD = write_csv(THREE).decode()

PERSONAL = f"""Informasi Rekening - Mutasi Rekening
No. rekening : 1234567890
Nama : DINAS CONTOH
Periode : 28/12/2025 - 05/01/2026
Kode Mata Uang : Rp

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'28/12,'TRSF E-BANKING CR 2812/FTSCY/WS95051 1008000.00 {MAJU} PT MAJU,'0000,1008000.00,CR,6008000.00
'31/12,'BIAYA ADM,'0000,6500.00,DB,6001500.00
'02/01,'SETORAN TUNAI,'0998,2000000.00,CR,8001500.00
Saldo Awal,5000000.00
Mutasi Kredit,3008000.00,2
Mutasi Debet,6500.00,1
Saldo Akhir,8001500.00
"""
BUSINESS = f"""No. Rekening : ,1234567890
Nama Rekening : ,DINAS CONTOH
Periode : ,03/11/2025 - 04/11/2025
Mata Uang : ,IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo
"03/11/2025","KR OTOMATIS VA {MAJU}","0000","1,008,000.00 CR","6,008,000.00"
"04/11/2025","BIAYA ADM","0000","6,500.00 DB","6,001,500.00"

Saldo Awal : ,"5,000,000.00"
Mutasi Kredit : ,"1,008,000.00"
Mutasi Debet : ,"6,500.00"
Saldo Akhir : ,"6,001,500.00"
"""
SEPARATE = f"""Account No;Date;Val. Date;Transaction Code;Description;Description;Reference No.;Debit;Credit;
1234567890;03/11/25;03/11/25;4520;SA OB CA No Book;{MAJU} PT MAJU JAYA;251103099102XY;0.00;1008000.00;
1234567890;04/11/25;04/11/25;7701;BIAYA ADM;;;6500.00;0.00;
"""
JOURNALS = """Account Number :;1234567890
Period :;01 Nov 2025 - 30 Nov 2025
Opening Balance;Total Debet;Total Kredit;Closing Balance
5.000.000,00;6.500,00;1.008.000,00;6.001.500,00
Post Date;Value Date;Branch;Journal No.;Description;Amount;Db/Cr;Balance
04/11/2025 10.05.12;04/11/2025;0988;990021;BIAYA ADM;6.500,00;D;6.001.500,00
03/11/2025 09.12.00;03/11/2025;0988;990017;SETORAN TUNAI;1.008.000,00;K;6.008.000,00
"""
CAPITALS = f"""NOREK;TGL_TRAN;JAM_TRAN;DESK_TRAN;SALDO_AWAL_MUTASI;MUTASI_DEBET;MUTASI_KREDIT;SALDO_AKHIR_MUTASI
001201000123300;2025-11-03;09:12:00;BRIVA{MAJU};5000000;0;1008000;6008000
001201000123300;2025-11-04;10:05:12;BIAYA ADM;6008000;6500;0;6001500
"""
LAYOUTS = {"personal": PERSONAL, "business": BUSINESS, "separate": SEPARATE, "journals": JOURNALS, "capitals": CAPITALS}


def read(text: str, filename: str = "") -> Statement:
    """A CSV read."""
    return parse_statement(text.encode(), filename)


def problems(statement: Statement) -> list[tuple[str, int | None]]:
    """Kinds and rows."""
    return [(problem.kind, problem.row) for problem in statement.problems]


# --- layouts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "account", "opening", "closing", "proven"),
    [
        ("personal", "1234567890", 5_000_000, 8_001_500, True),
        ("business", "1234567890", 5_000_000, 6_001_500, True),
        ("separate", "1234567890", None, None, False),
        ("journals", "1234567890", 5_000_000, 6_001_500, True),
        ("capitals", "001201000123300", 5_000_000, 6_001_500, False),
    ],
)
def test_layouts_are_known_by_their_titles(
    layout: str, account: str, opening: int | None, closing: int | None, proven: bool
) -> None:
    found = read(LAYOUTS[layout])
    first, fee = found.entries[:2]
    assert (first.amount_rupiah, first.credit, first.code) == (1_008_000, True, "" if layout == "journals" else MAJU)
    assert (fee.amount_rupiah, fee.credit, fee.text) == (6_500, False, "BIAYA ADM")
    assert (found.account, found.opening_rupiah, found.closing_rupiah, found.proven) == (account, opening, closing, proven)
    assert found.problems == ()
    assert found.whole


def test_days_without_a_year_lie_in_the_period() -> None:
    assert [one.booked_on for one in read(PERSONAL).entries] == [
        dt.date(2025, 12, 28),
        dt.date(2025, 12, 31),
        dt.date(2026, 1, 2),
    ]


def test_a_file_with_the_newest_line_first_is_turned_round() -> None:
    found = read(JOURNALS)
    assert [one.row for one in found.entries] == [7, 6]
    assert [one.booked_on.day for one in found.entries] == [3, 4]


def test_the_banks_reference_is_taken_where_it_looks_made_by_a_machine() -> None:
    assert read(SEPARATE).entries[0].reference == "251103099102XY"
    assert all(one.reference.startswith("H-") for one in read(JOURNALS).entries), "six digits come again next month"


def test_the_name_of_the_file_may_tell_the_account() -> None:
    headless = "\n".join(PERSONAL.splitlines()[2:])
    assert refusal(headless.encode()).kind == "no_account"
    assert read(headless, "mutasi_1234567890_jan.csv").account == "1234567890"
    assert refusal(headless.encode(), "1234567890-0987654321.csv").kind == "no_account"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_windows_writes(encoding: str) -> None:
    found = parse_statement(GOOD.replace("BIAYA ADM", "BIAYA – ADM").encode(encoding))
    assert found.entries[2].text == "BIAYA – ADM"


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_other_delimiters(delimiter: str) -> None:
    text = GOOD.replace(",", "§").replace(";", delimiter)
    text = text.replace("§", ".").replace(".000.00", "000.00") if delimiter == "," else text.replace("§", ",")
    if delimiter == ",":
        text = "\n".join(_without_groups(line) for line in text.splitlines())
    assert [one.amount_rupiah for one in read(text).entries] == [1_008_000, 250_000_000, 6_500]


def _without_groups(line: str) -> str:
    """`1.008.000.00` -> `1008000.00`."""
    return ",".join(
        cell.replace(".", "")[:-2] + ".00" if cell.count(".") and cell[-3:] == ".00" else cell for cell in line.split(",")
    )


def test_a_text_may_go_on_in_the_rows_below() -> None:
    first = next(line for line in GOOD.splitlines() if MAJU in line)
    found = read(GOOD.replace(first, f"{first}\r\n;;PT MAJU JAYA;;;;;\r\n;;SIDOARJO;;;;;"))
    assert found.entries[0].text == f"IURAN VA {MAJU} PT MAJU JAYA SIDOARJO"


def test_titles_repeated_on_a_new_page_are_no_line() -> None:
    titles = next(line for line in GOOD.splitlines() if line.startswith("Tanggal;"))
    second = next(line for line in GOOD.splitlines() if SARI in line)
    assert len(read(GOOD.replace(second, f"{titles}\r\n{second}")).entries) == 3


def test_rows_of_balances_inside_the_table_are_balances() -> None:
    text = PERSONAL.replace("'28/12,'TRSF", "'28/12,SALDO AWAL,'0000,,,5000000.00\n'28/12,'TRSF").replace(
        "Saldo Awal,5000000.00\n", ""
    )
    assert (read(text).opening_rupiah, len(read(text).entries)) == (5_000_000, 3)


def test_columns_may_stand_in_any_order() -> None:
    rows = [("Saldo", "Tanggal", "Kredit", "Debet", "Keterangan"), ("1.008.000,00", "03/11/2025", "1.008.000,00", "", "IURAN")]
    for order in permutations(range(5)):
        text = "\n".join(";".join(row[at] for at in order) for row in rows)
        assert read(text + "\n", "1234567890.csv").entries[0].signed_rupiah == 1_008_000


def test_every_title_means_one_thing() -> None:
    assert VOCABULARY.field_of("Tgl. Transaksi") == "date"
    assert VOCABULARY.field_of("Debet (Rp)") == "debit"
    assert VOCABULARY.field_of("No. Virtual Account") == "code"


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("Saldo Awal;1.000,00", 1_000),
        ("Saldo Awal : 1.000,00", 1_000),
        ("Saldo Awal (IDR) : Rp 1.000,00", 1_000),
        ("Saldo Awal Rp1.000,00", 1_000),
        ("Saldo Awal;:;'1.000,00", 1_000),
        ("Opening Balance = -1.000,00", -1_000),
        ("Saldo Awal (1.000,00)", -1_000),
        ("Saldo Awal;1.000,00 DB", -1_000),
        ("Mata Uang;IDR;Saldo Awal;1.000,00;Saldo Akhir;", 1_000),
    ],
)
def test_balances_around_the_table_in_every_form(line: str, opening: int) -> None:
    found = read(f"Rekening;1234567890\n{line}\nTanggal;Keterangan;Kredit\n03/11/2025;A;500,00\n")
    assert (found.opening_rupiah, found.closing_rupiah, found.proven) == (opening, None, False)


def test_a_row_without_a_day_is_not_passed_over_for_a_word_in_it() -> None:
    table = "Tanggal;Keterangan;Jumlah;Tipe\n03/11/2025;A;500,00;Credit\n;B;200,00;Credit\n"
    assert problems(read(f"{HEAD}{table}Saldo Akhir;1.700,00\n")) == [("not_whole", None), ("date_missing", 5)]


# --- which way the money goes -----------------------------------------------------------------------------------------

HEAD = "Rekening;1234567890\nSaldo Awal;1.000,00\n"


def test_signs_count_where_there_are_no_marks() -> None:
    found = read(HEAD + "Tanggal;Keterangan;Jumlah\n03/11/2025;A;500,00\n03/11/2025;B;-200,00\nSaldo Akhir;1.300,00\n")
    assert [one.signed_rupiah for one in found.entries] == [500, -200]


def test_amounts_that_show_no_way_are_refused() -> None:
    table = "Tanggal;Keterangan;Jumlah\n03/11/2025;A;500,00\n"
    assert refusal(f"Rekening;1234567890\n{table}".encode()).kind == "direction"
    assert read(f"{HEAD}{table}Saldo Akhir;1.500,00\n").entries[0].credit


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ("100,00;100,00", "amount_both"),
        (";", "amount_missing"),
        ("0,00;0,00", "amount_zero"),
        (";-100,00", "direction_unknown"),
        (";100,25", "amount_fraction"),
        (";1o0,00", "amount_unreadable"),
    ],
)
def test_a_line_without_clear_money_is_named(cells: str, kind: str) -> None:
    text = f"{HEAD}Tanggal;Keterangan;Debet;Kredit\n03/11/2025;A;{cells}\n03/11/2025;B;;500,00\nSaldo Akhir;1.500,00\n"
    found = read(text)
    assert problems(found) == [(kind, 4)]
    assert [one.text for one in found.entries] == ["B"]


def test_an_unknown_mark_is_named() -> None:
    table = "Tanggal;Keterangan;Jumlah;D/K\n03/11/2025;A;500,00;K\n03/11/2025;B;200,00;X\n"
    assert problems(read(f"{HEAD}{table}Saldo Akhir;1.300,00\n")) == [("not_whole", None), ("direction_unknown", 5)]


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("31/11/2025", "date_impossible"),
        ("03/12/2025", "date_outside"),
        ("kemarin", "date_unreadable"),
        ("", "date_missing"),
    ],
)
def test_a_bad_day_is_named_and_its_money_is_known(day: str, kind: str) -> None:
    found = read(GOOD.replace("03/11/2025;03/11/2025;BIAYA", f"{day};03/11/2025;BIAYA"))
    assert problems(found) == [("not_whole", None), (kind, 9)]
    assert found.unread_rupiah == -6_500
    assert refusal(
        GOOD.replace("03/11/2025;03/11/2025;BIAYA", f"{day};03/11/2025;BIAYA").replace("6.500,00", "6.501,00").encode()
    )


def test_lines_not_booked_yet_wait_for_the_next_statement() -> None:
    found = read(PERSONAL.replace("'02/01,", "'PEND,"))
    assert problems(found) == [("not_whole", None), ("pending", 10)]
    assert (len(found.entries), found.unread_rupiah) == (2, 2_000_000)


def test_days_without_a_year_and_no_period_are_refused() -> None:
    error = refusal(PERSONAL.replace("Periode : 28/12/2025 - 05/01/2026\n", "").encode())
    assert (error.kind, error.value) == ("year", "28/12")


def test_american_dates_are_refused_as_a_whole() -> None:
    error = refusal(SEPARATE.replace("03/11/25", "11/13/25").encode())
    assert (error.kind, error.value, error.row) == ("month_first", "11/13/25", 2)


@pytest.mark.parametrize(
    "written",
    ["3-11-2025", "2025-11-03", "03 Nov 2025", "3 November 2025 09:12", "03/11/2025 09.12.00 WIB", "2025-11-03T09:12:00+07:00"],
)
def test_days_in_every_way_banks_write_them(written: str) -> None:
    text = f"{HEAD}Tanggal;Keterangan;Kredit\n{written};A;500,00\nSaldo Akhir;1.500,00\n"
    assert read(text).entries[0].booked_on == DAY


# --- whole files ------------------------------------------------------------------------------------------------------


def test_a_row_left_out_anywhere_is_noticed() -> None:
    for layout in ("personal", "business", "journals"):
        lines = LAYOUTS[layout].splitlines()
        for at, line in enumerate(lines):
            if "ADM" in line or "TUNAI" in line or MAJU in line:
                error = refusal("\n".join(lines[:at] + lines[at + 1 :]).encode())
                assert error.kind in ("totals", "sums"), (layout, line)


def test_the_row_where_the_running_balance_breaks_is_named() -> None:
    lines = [*CAPITALS.splitlines(), "001201000123300;2025-11-05;08:00:00;SETORAN;6001500;0;500;6002000"]
    error = refusal("\n".join([*lines[:2], lines[3]]).encode())
    assert (error.kind, error.row) == ("totals", 3)


def test_a_file_cut_in_a_line_is_refused() -> None:
    assert refusal(CAPITALS[:-20].encode()).kind == "cut"
    assert refusal(GOOD[: GOOD.index("Saldo Awal") - 20].encode()).kind in ("cut", "totals")


def test_sums_below_the_table_must_be_true() -> None:
    assert refusal(PERSONAL.replace("Mutasi Kredit,3008000.00", "Mutasi Kredit,3008001.00").encode()).field == "credits.sum"
    assert refusal(PERSONAL.replace("Mutasi Debet,6500.00", "Mutasi Debet,6501.00").encode()).field == "debits.sum"
    total = (
        "Rekening;1234567890\nTanggal;Keterangan;Debet;Kredit\n03/11/2025;A;;500,00\n04/11/2025;B;20,00;\nTOTAL;;20,00;500,00\n"
    )
    assert read(total).proven
    assert refusal(total.replace("20,00;500,00", "20,00;501,00").encode()).field == "credits.sum"


def test_foreign_money_is_refused_by_name() -> None:
    for text in (
        PERSONAL.replace("Kode Mata Uang : Rp", "Kode Mata Uang : USD"),
        BUSINESS.replace("1,008,000.00 CR", "USD 1,008,000.00 CR"),
        GOOD.replace("Saldo\r\n", "Saldo;Mata Uang\r\n").replace("6.500,00;;256.001.500,00", "6.500,00;;256.001.500,00;USD"),
    ):
        error = refusal(text.encode())
        assert (error.kind, error.value) == ("currency", "USD")


def test_two_accounts_in_one_table_are_refused() -> None:
    assert refusal(SEPARATE.replace("1234567890;04", "1234567891;04").encode()).kind == "accounts"


def test_a_balance_with_sen_is_refused() -> None:
    error = refusal(PERSONAL.replace("Saldo Akhir,8001500.00", "Saldo Akhir,8001500.37").encode())
    assert (error.kind, error.field, error.row) == ("balance", "closing", 14)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"halo, apa kabar\n", "no_header"),
        (b"PK\x03\x04 dan seterusnya", "not_a_statement"),
        (b"%PDF-1.7", "not_a_statement"),
        (b"<!DOCTYPE html><table><tr><td>Tanggal</td></tr></table>", "not_a_statement"),
        (b"<html><body></body></html>", "not_a_statement"),
        (b"abc\0def", "not_a_statement"),
        (b"Tanggal;Keterangan;Debet;Kredit\n", "no_account"),
        (b"Rekening;1234567890\nTanggal;Keterangan;Debet;Kredit\n", "no_period"),
    ],
)
def test_what_is_no_statement_says_so(content: bytes, kind: str) -> None:
    assert refusal(content).kind == kind


def test_a_formula_in_a_text_stays_a_text() -> None:
    assert "'=1+1" in write_csv(_with_text("=1+1")).decode()
    assert read(write_csv(_with_text("=1+1")).decode()).entries[0].text == "=1+1"


def _with_text(text: str) -> Statement:
    return statement(entry(1, 1_000, "", text=text))
