"""The bill: every rupiah equal to the law's own answer for that worker, every line explained, nothing half written."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from payroll_books import BUDI, MONTH, SAMPLES, SRI, TITLES, person, read, save

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.messages.payroll.bill import Bill, inputs_of, make_bill
from jamsostek.messages.payroll.lines import Lines
from jamsostek.messages.payroll.write import write_bill

LINE = re.compile(r"([\d.]+) × ([\d,]+) %(?: × ([\d,]+) %)? = ([\d.]+) \((\w+), (PP|Perpres) .+\)")


@pytest.fixture(scope="module")
def messy() -> Bill:
    """The bill of the messy sample: daily wages, own risk classes, wages above the JP ceiling."""
    return make_bill(read(SAMPLES / "gaji_berantakan.xlsx"))


def number(text: str) -> int:
    return int(text.replace(".", ""))


def ppm(text: str | None) -> int:
    return 1_000_000 if text is None else round(float(text.replace(",", ".")) * 10_000)


def sheets(bill: Bill, path: Path, **options: object) -> dict[str, list[tuple[object, ...]]]:
    """The written bill as openpyxl reads it back."""
    write_bill(bill, path, **options)
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_every_amount_equals_the_laws_answer_for_that_worker_alone(messy: Bill) -> None:
    for at, row in enumerate(messy.payroll.rows):
        alone = law.calculate("contribution.pu", month=MONTH, **inputs_of(row, messy.firm))
        together = {output: int(column[at]) for output, column in messy.amounts.items()}
        assert together == {output: alone[output] for output in together}
        assert list(messy.programmes[at]) == alone["programmes"]


@pytest.mark.parametrize("month", [201503, 201507, 202009, 202103, 202503, 202603])
@pytest.mark.parametrize("scale", ["large", "micro"])
def test_totals_equal_the_sum_of_single_workers_in_months_of_every_regime(month: int, scale: str) -> None:
    payroll = read(SAMPLES / "gaji_rapi.xlsx", month=month)
    bill = make_bill(payroll, risk_class="very_low", scale=scale, labour_intensive=True)
    for output in ("employer_rupiah", "worker_rupiah", "total_rupiah", "jp_deferred_rupiah", "jkk_fund_rupiah"):
        alone = (law.calculate("contribution.pu", month=month, **inputs_of(row, bill.firm))[output] for row in payroll.rows)
        assert bill.total(output) == sum(alone)
    assert bill.total("total_rupiah") == sum(bill.total(output) for _p, _payer, output in bill.shares)


def test_the_allocation_to_funds_adds_up_to_the_bill(messy: Bill) -> None:
    from_bill = sum(amount for _name, source, amount in messy.funds() if source != "government")
    assert from_bill == messy.total("total_rupiah")
    assert ("jkp", "government", messy.total("jkp_government_rupiah")) in messy.funds()


def test_a_rows_own_risk_class_goes_before_the_firms(messy: Bill) -> None:
    own = [at for at, row in enumerate(messy.payroll.rows) if row.risk_class == "high"]
    assert len(own) == 2
    for at in own:
        wage = int(messy.amounts["wage_rupiah"][at])
        assert messy.amounts["jkk_employer_rupiah"][at] == (wage * 12_700 + 500_000) // 1_000_000


def test_every_line_computes_to_the_amount_it_shows_and_names_its_article(messy: Bill) -> None:
    amounts = [messy.amounts[output] for _p, _payer, output in messy.shares]
    seen = set()
    for at, (_wage, *lines) in enumerate(Lines(messy, "id").lines()):
        for share, column, line in zip(messy.shares, amounts, lines, strict=True):
            found = LINE.fullmatch(line)
            assert found, line
            base, rate, relief, amount = number(found[1]), ppm(found[2]), ppm(found[3]), number(found[4])
            assert amount == column[at] == (base * rate * relief + 5 * 10**11) // 10**12
            assert found[5] == share[0].upper()
            seen.add(found[5])
    assert seen == {"JKK", "JKM", "JHT", "JP"}


def test_the_line_of_the_brief_is_written_as_in_the_law(tmp_path: Path) -> None:
    bill = make_bill(read(save(tmp_path / "g.xlsx", [list(TITLES), person(1, wage=4_500_000)])))
    (wage, *lines) = next(Lines(bill, "id").lines())
    assert wage == "4.500.000"
    assert lines[0] == "4.500.000 × 0,89 % = 40.050 (JKK, PP 44/2015 Pasal 16)"


def test_a_wage_above_the_ceiling_shows_the_ceiling_in_its_jp_lines(tmp_path: Path) -> None:
    rows = [list(TITLES), person(1, wage=11_086_300), person(2, wage=11_086_301), person(3, wage=20_000_000)]
    bill = make_bill(read(save(tmp_path / "g.xlsx", rows)))
    for _wage, *lines in Lines(bill, "id").lines():
        assert lines[4] == "11.086.300 × 2 % = 221.726 (JP, PP 45/2015 Pasal 28)"
        assert lines[5] == "11.086.300 × 1 % = 110.863 (JP, PP 45/2015 Pasal 28)"


def test_a_worker_past_pension_age_has_a_reason_in_place_of_a_jp_line(tmp_path: Path) -> None:
    rows = [list(TITLES), person(1, nik="3515140101500000", born="01-01-1950"), person(2)]
    bill = make_bill(read(save(tmp_path / "g.xlsx", rows)))
    old, young = (lines for _wage, *lines in Lines(bill, "id").lines())
    assert old[4].startswith("tidak ikut: 0 (PP 45/2015")
    assert LINE.fullmatch(young[4])
    assert bill.programmes[0] == ("jkk", "jkm", "jht", "jkp")


def test_a_daily_wage_shows_how_the_month_came_of_it(messy: Bill) -> None:
    lines = [wage for wage, *_lines in Lines(messy, "id").lines() if "×" in wage]
    assert [line.split(" (")[0] for line in lines] == ["185.000 × 25 = 4.625.000", "190.000 × 25 = 4.750.000"]
    assert all("PP 44/2015 Pasal 19" in line for line in lines)


def test_the_covid_relief_is_in_the_lines_of_its_months() -> None:
    bill = make_bill(read(SAMPLES / "gaji_rapi.xlsx", month=202009), risk_class="medium")
    for _wage, *lines in Lines(bill, "id").lines():
        assert "0,0089 %" in lines[0]
        assert "× 1 %" in lines[1]
    assert bill.total("jp_deferred_rupiah") > 0


def test_the_workbook_read_back_holds_every_figure_as_a_number(messy: Bill, tmp_path: Path) -> None:
    book = sheets(messy, tmp_path / "t.xlsx")
    assert list(book) == ["Tagihan", "Ringkasan", "Penjelasan", "Perbaikan"]
    lines = book["Tagihan"]
    head, body, total = lines[3], lines[4:-1], lines[-1]
    assert head[:7] == ("No.", "Nama", "KPJ", "NIK", "Kelas risiko", "Upah sebulan", "JKK pemberi kerja")
    assert len(body) == len(messy.payroll.rows)
    outputs = [
        "wage_rupiah",
        *(output for _p, _payer, output in messy.shares),
        "employer_rupiah",
        "worker_rupiah",
        "total_rupiah",
    ]
    read_back = np.array([line[5:] for line in body])
    assert read_back.dtype.kind == "i"
    assert (read_back == np.array([messy.amounts[output] for output in outputs]).T).all()
    assert total[5:] == tuple(messy.total(output) for output in outputs)
    assert body[0][3] == "3525**********00"


def test_the_summary_names_shares_funds_due_dates_and_the_law(messy: Bill, tmp_path: Path) -> None:
    lines = sheets(messy, tmp_path / "t.xlsx")["Ringkasan"]
    cells = {line[0]: line[1:] for line in lines}
    shares = messy.total("jht_employer_rupiah"), messy.total("jht_worker_rupiah")
    assert ("JHT", *shares, sum(shares)) in lines
    assert cells["JKK, JKM"][0] == "2026-07-15"
    assert cells["Pekerja ditagih"][0] == 46
    assert any(messy.law.digest[:16] in str(name) for name in cells)


def test_the_explanation_gives_regulation_article_source_and_grade_of_every_figure(messy: Bill, tmp_path: Path) -> None:
    lines = sheets(messy, tmp_path / "t.xlsx")["Penjelasan"]
    figures = {line[0]: line for line in lines if isinstance(line[0], str) and "." in line[0] and line[1]}
    assert figures["jkk.pu.rate"][1:3] == (
        "PP 44/2015",
        "very_low 0,24 %, low 0,54 %, medium 0,89 %, high 1,27 %, very_high 1,74 %",
    )
    for line in figures.values():
        if line[0] != "No.":
            assert all(line[:7]), line
    workers = [line for line in lines if isinstance(line[0], int)]
    assert len(workers) == 46
    assert workers[0][3].splitlines()[0] == "5.500.000 × 0,89 % = 48.950 (JKK, PP 44/2015 Pasal 16)"


def test_the_rows_to_mend_are_listed_with_place_value_and_remedy(messy: Bill, tmp_path: Path) -> None:
    lines = sheets(messy, tmp_path / "t.xlsx")["Perbaikan"][3:]
    assert len(lines) == len(messy.payroll.problems) + len(messy.payroll.notes)
    first = lines[0]
    assert first[:7] == ("harus diperbaiki", "Angka terakhir NIK hilang", "GAJI JUNI", 13, "D", "No. KTP", "3515140508680000")
    assert "Teks" in str(first[8])


def test_whole_numbers_stand_only_in_the_senders_own_file(messy: Bill, tmp_path: Path) -> None:
    masked = sheets(messy, tmp_path / "t.xlsx", whole_values=False)
    for lines in masked.values():
        assert not re.search(r"\d{16}", repr(lines))
    whole = sheets(messy, tmp_path / "w.xlsx")
    assert not re.search(r"\d{16}", repr([whole[name] for name in ("Tagihan", "Ringkasan", "Penjelasan")]))


@pytest.mark.parametrize("name", ["=CMD|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_names_that_look_like_formulas_stay_names(tmp_path: Path, name: str) -> None:
    bill = make_bill(read(save(tmp_path / "g.xlsx", [list(TITLES), person(1, name=name)])))
    write_bill(bill, tmp_path / "t.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["Tagihan"]["B5"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", name, True)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as packed:
        assert all(b"<f>" not in packed.read(part) for part in packed.namelist())


def test_a_name_that_looks_like_markup_cannot_put_cells_into_the_sheet(tmp_path: Path) -> None:
    name = '<r><t>x</t></r></is></c><c r="Z1"><f>1+1</f></c><c><is><r></r>'
    source = tmp_path / "g.csv"
    source.write_text(f"Nama;NIK;Upah\n'{name};{BUDI};4500000\n")
    lines = sheets(make_bill(read(source)), tmp_path / "t.xlsx")["Tagihan"]
    assert str(lines[4][1]).strip() == name


def test_the_same_bill_gives_the_same_bytes(messy: Bill, tmp_path: Path) -> None:
    first = write_bill(messy, tmp_path / "a.xlsx").read_bytes()
    again = make_bill(read(SAMPLES / "gaji_berantakan.xlsx"))
    assert write_bill(again, tmp_path / "b.xlsx").read_bytes() == first


def test_labels_come_in_english_too(messy: Bill, tmp_path: Path) -> None:
    book = sheets(messy, tmp_path / "t.xlsx", speak="en")
    assert list(book) == ["Bill", "Summary", "Explanation", "To mend"]
    assert "Total bill" in book["Bill"][3]
    assert book["To mend"][3][1] == "Last digit of the NIK lost"


def test_the_printed_bill_is_a4_landscape_with_its_titles_on_every_page(messy: Bill, tmp_path: Path) -> None:
    write_bill(messy, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Tagihan"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.freeze_panes) == (9, "landscape", "C5")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet["F5"].number_format == "[$-421]#,##0"


def test_a_payroll_without_a_good_row_still_gives_a_workbook_of_what_to_mend(tmp_path: Path) -> None:
    bill = make_bill(read(save(tmp_path / "g.xlsx", [list(TITLES), person(1, wage="x")])))
    book = sheets(bill, tmp_path / "t.xlsx")
    assert book["Tagihan"][-1][5:] == (0,) * 10
    assert book["Perbaikan"][3][1] == "Upah berupa tulisan"


def test_a_tidy_payroll_says_that_nothing_is_to_be_mended(tmp_path: Path) -> None:
    payroll = read(save(tmp_path / "g.xlsx", [["Nama", "NIK", "Upah"], ["Budi", BUDI, 4e6], ["Sri", SRI, 5e6]]))
    assert sheets(make_bill(payroll), tmp_path / "t.xlsx")["Perbaikan"][-1][0] == "Tidak ada yang perlu diperbaiki."


def test_an_unknown_class_or_scale_is_refused_with_the_nearest() -> None:
    payroll = read(SAMPLES / "gaji_rapi.xlsx")
    with pytest.raises(InputError, match="medium"):
        make_bill(payroll, risk_class="medum")
    with pytest.raises(InputError, match="small"):
        make_bill(payroll, scale="smal")


def test_ctrl_c_leaves_the_old_file_whole_and_nothing_else(messy: Bill, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"the bill of yesterday")

    def interrupt(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bill(messy, path, progress=interrupt)
    assert path.read_bytes() == b"the bill of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_whole_and_is_told(tmp_path: Path) -> None:
    # A limit on the size of any file stands in for a full disk: the same failing write, without needing a disk.
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"the bill of yesterday")
    script = (
        "import resource, signal, sys\n"
        "from payroll_books import SAMPLES, read\n"
        "from jamsostek.messages.payroll.bill import make_bill\n"
        "from jamsostek.messages.payroll.write import write_bill\n"
        "bill = make_bill(read(SAMPLES / 'gaji_rapi.xlsx'))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        f"write_bill(bill, {str(path)!r})\n"
    )
    here = Path(__file__).parent
    done = subprocess.run([sys.executable, "-c", script], cwd=here, capture_output=True, text=True, check=False)
    assert "Tempat di disk habis; berkas tidak ditulis." in done.stderr
    assert path.read_bytes() == b"the bill of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(messy: Bill, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tidak dapat ditulis"):
        write_bill(messy, tmp_path / "tidak ada" / "t.xlsx")


def test_due_dates_come_from_the_laws_calendar(messy: Bill) -> None:
    assert messy.due_dates["jp_due"] == dt.date(2026, 7, 15)
    assert format_number(messy.total("total_rupiah")) == "28.072.025"
