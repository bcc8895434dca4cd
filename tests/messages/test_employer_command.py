"""`jamsostek employer` as a person runs it: what it prints, what it writes, its exit status."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from payroll_books import FILES, SAMPLES, TITLES, person, save

from jamsostek.cli.main import main


class Done(NamedTuple):
    """How a run ended."""

    returncode: int
    stdout: str
    stderr: str


Employer = Callable[..., Done]


@pytest.fixture
def employer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Employer:
    """Runs the command line's own `main`, in this process: the program is the same, starting it takes no time."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["jamsostek", "employer", *map(str, arguments)])
        status: object = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return Done(int(str(status or 0)), out, err)

    return run


def test_a_tidy_workbook_ends_with_status_0_and_a_bill_beside_it(employer: Employer, tmp_path: Path) -> None:
    source = save(tmp_path / "gaji.xlsx", [list(TITLES), person(1), person(2)])
    done = employer(source, "--month", "2026-06", "--risk-class", "high", "--scale", "small")
    assert done.returncode == 0, done.stderr
    bill = openpyxl.load_workbook(tmp_path / "gaji_tagihan_2026-06.xlsx")["Tagihan"]
    assert bill["G5"].value == 57_150
    assert "114.300" in done.stdout
    assert "2 pekerja ditagih, 0 baris harus diperbaiki" in done.stdout


def test_refused_rows_end_with_status_1_a_bill_for_the_good_ones_and_no_nik_on_screen(employer: Employer, tmp_path: Path) -> None:
    target = tmp_path / "tagihan.xlsx"
    done = employer(SAMPLES / "gaji_berantakan.xlsx", "--month", "2026-06", "--output", target)
    assert done.returncode == 1, done.stderr
    assert "28.072.025" in done.stdout
    assert "baris 13, kolom D “No. KTP”: “3515**********00”" in done.stdout
    assert "ubah format kolom menjadi Teks" in done.stdout
    assert not re.search(r"\d{12}", done.stdout + done.stderr)
    assert len(openpyxl.load_workbook(target).sheetnames) == 4


def test_the_screen_and_the_workbook_speak_english_when_asked(employer: Employer, tmp_path: Path) -> None:
    target = tmp_path / "bill.xlsx"
    done = employer(SAMPLES / "gaji_berantakan.xlsx", "--month", "2026-06", "--output", target, "--language", "en")
    assert "Last digit of the NIK lost (2)" in done.stdout
    assert openpyxl.load_workbook(target).sheetnames == ["Bill", "Summary", "Explanation", "To mend"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (FILES / "terkunci.xlsx", "kata sandi"),
        (FILES / "tidak_ada.xlsx", "tidak dapat dibuka"),
        (Path(__file__), "Tidak ada baris judul"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_status_2_one_line_and_no_bill(
    employer: Employer, tmp_path: Path, source: Path, words: str
) -> None:
    done = employer(source, "--month", "2026-06", "--output", tmp_path / "t.xlsx")
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_bill_never_overwrites_the_payroll(employer: Employer, tmp_path: Path) -> None:
    source = save(tmp_path / "gaji.xlsx", [list(TITLES), person(1)])
    before = source.read_bytes()
    done = employer(source, "--month", "2026-06", "--output", source)
    assert (done.returncode, source.read_bytes()) == (2, before)


def test_a_month_that_is_none_is_told(employer: Employer, tmp_path: Path) -> None:
    done = employer(SAMPLES / "gaji_rapi.xlsx", "--month", "Juni", "--output", tmp_path / "t.xlsx")
    assert done.returncode == 2
    assert "Juni" in done.stderr


def test_the_installed_program_does_the_same(tmp_path: Path) -> None:
    source = save(tmp_path / "gaji.xlsx", [list(TITLES), person(1)])
    program = Path(sys.executable).parent / "jamsostek"
    done = subprocess.run([program, "employer", source, "--month", "2026-06"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gaji_tagihan_2026-06.xlsx").exists()
