"""`jamsostek law` as people use it: what it prints, in both languages, with which status, and how it refuses.

Dewi earns a wage, Made fishes, Ratna at the ministry writes cases and reforms.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from jamsostek import law
from jamsostek.cli.main import main
from jamsostek.core.text import set_language
from jamsostek.law import RULES, load

DEWI = ("contribution.pu", "--month", "2024-06", "-i", "wage_rupiah=6000000", "-i", "risk_class=medium")


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `jamsostek ARGUMENTS` as its entry point does."""
    monkeypatch.delenv("JAMSOSTEK_LANGUAGE", raising=False)

    def command(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["jamsostek", *arguments])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Ended(status, *capsys.readouterr())

    yield command
    set_language("id")


def squeezed(text: str) -> str:
    """A table's text without its frame, spaces single."""
    return re.sub(r"\s+", " ", re.sub(r"[│┃]", " ", text))


# ---- list and show


def test_list_names_every_rule_with_its_title_in_both_languages(run: Run) -> None:
    indonesian, english = run("law", "list"), run("--lang", "en", "law", "list")
    assert indonesian.status == english.status == 0
    for name in RULES:
        assert name in indonesian.out and name in english.out
    assert "Iuran pekerja penerima upah" in indonesian.out and "PP 45/2015 Pasal 18" in indonesian.out
    assert "Contributions of wage earners" in english.out and "PP 45/2015 Article 18" in english.out
    assert "tanggal" not in english.out and "Pasal" not in english.out


def test_show_a_rule_tells_inputs_outputs_and_the_figures_in_force(run: Run) -> None:
    told = run("law", "show", "contribution.pu", "--month", "2024-06")
    assert told.status == 0
    text = squeezed(told.out)
    assert "risk_class kelas risiko satu pilihan ya very_low, low, medium, high, very_high" in text
    assert "scale skala usaha satu pilihan tidak large large, medium, small, micro" in text
    assert "wage_rupiah upah rupiah salah satu" in text
    assert "iuran JKK pemberi kerja (jkk_employer_rupiah)" in text
    (ceiling,) = [line for line in told.out.splitlines() if line.strip().startswith("jp.ceiling:")]
    assert "Rp10.042.300; berlaku 2024-03-01 – 2025-02-28" in ceiling and "sumber kedua; sumber: https://" in ceiling
    assert law.law_at("2024-06").digest[:16] in told.out


def test_show_a_rule_follows_month_reading_knowledge_and_reform(run: Run, tmp_path: Path) -> None:
    def ceiling(*more: str) -> str:
        told = run("law", "show", "contribution.pu", "--month", "2026-04", *more)
        (line,) = [line for line in told.out.splitlines() if line.strip().startswith("jp.ceiling:")]
        return re.findall(r"Rp[\d.]+", line)[0]

    reform = ratnas(tmp_path, REFORM)
    assert ceiling() == "Rp11.086.300"
    assert ceiling("--reading", "jp_ceiling_2026=unchanged") == "Rp10.547.400"
    assert ceiling("--known-on", "2026-01-15") == "Rp10.547.400"
    assert ceiling("--law", str(reform)) == "Rp12.000.000"


def test_show_a_figure_tells_every_row_through_time(run: Run) -> None:
    told = run("law", "show", "jkk.relief.covid")
    text = squeezed(told.out)
    assert "Faktor keringanan iuran JKK masa pandemi COVID-19" in text and "tafsir nomor 53" in text
    assert "2020-08-01 2021-01-31 (sementara) 1 % 2020-09-01 PP 49/2020" in text
    rows = squeezed(run("--lang", "en", "law", "show", "jp.ceiling").out)
    for row in load().by_id["jp.ceiling"].rows:
        assert f"{row.start} {row.end or '…'} Rp{row.value:,}" in rows
    assert "jp_ceiling_2021=february" in rows
    table = run("--lang", "en", "law", "show", "jkk.partial.table").out
    assert "right arm" in table and "sense of smell" in table and table.count("40 %") == 2 and "arm_from" not in table


@pytest.mark.parametrize(("asked", "nearest"), [("contribution.pul", "contribution.pu"), ("jp.ceilling", "jp.ceiling")])
def test_show_offers_the_nearest_rule_or_figure(asked: str, nearest: str, run: Run) -> None:
    refused = run("law", "show", asked)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == f"Galat: Aturan atau angka hukum '{asked}' tidak dikenal. Maksud Anda {nearest}?\n"


# ---- explain


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_explain_prints_the_explanation_in_each_form(form: str, language: str, run: Run) -> None:
    told = run("--lang", language, "law", "explain", *DEWI, "--format", form)
    explanation = law.explain("contribution.pu", month="2024-06", wage_rupiah=6_000_000, risk_class="medium")
    assert told == Ended(0, getattr(explanation, form)(language) + "\n", "")


@pytest.mark.parametrize("language", ["id", "en"])
def test_explain_as_json_can_be_read(language: str, run: Run) -> None:
    told = run("--lang", language, "law", "explain", *DEWI, "--format", "json")
    tree = json.loads(told.out)
    assert (told.status, tree["rule"], tree["when"]) == (0, "contribution.pu", "2024-06")
    assert tree["outputs"]["jkk_employer_rupiah"] == 53_400
    assert tree["results"]["jkk_employer_rupiah"]["text"] == {"id": "Rp53.400", "en": "Rp53,400"}[language]


def test_explain_takes_lists_and_mappings_and_dates(run: Run) -> None:
    agus = run(
        "law", "explain", "benefit.scholarship", "--date", "2024-03-15", "-i", "children=[{levels: {senior: 2, higher: 5}}]"
    )
    assert agus.status == 0 and "2 tahun × Rp3.000.000 + 5 tahun × Rp12.000.000 = Rp66.000.000" in agus.out
    made = run(
        "law", "explain", "contribution.bpu", "--month", "2026-02", "-i", "income_rupiah=1000000", "-i", "programmes=[jkk, jht]"
    )
    assert made.status == 0 and "program: JKK, JHT" in made.out
    karno = run("law", "explain", "benefit.jp.pension_age", "--date", "2026-06-15", "-i", "birth_date=1972-02-29")
    assert karno.status == 0 and "(reached_on) = 2033-03-01" in karno.out


def test_a_number_with_a_leading_zero_is_read_as_it_is_written(run: Run) -> None:
    told = run("law", "explain", "contribution.pu", "--month", "2024-06", "-i", "wage_rupiah=04500000", "-i", "risk_class=low")
    assert told.status == 0 and "Isian: upah: Rp4.500.000" in told.out


def effect(told: Ended) -> list[str]:
    """The lines after `Beda dengan hukum …`."""
    assert told.status == 0
    return [
        line.strip() for line in re.split(r"^(?:Beda dengan|Difference from).*$", told.out, flags=re.M)[1].strip().splitlines()
    ]


SARI = ("law", "explain", "contribution.pu", "--month", "2021-02", "-i", "wage_rupiah=9000000", "-i", "risk_class=very_low")


def test_another_reading_prints_its_effect_in_rupiah(run: Run) -> None:
    lines = effect(run(*SARI, "--reading", "jp_ceiling_2021=february"))
    assert "iuran JP pemberi kerja (jp_employer_rupiah): Rp178.794 → Rp175.092 (-Rp3.702)" in lines
    (total,) = [line for line in lines if "(total_rupiah)" in line]
    assert total.endswith("(-Rp5.553)")
    english = effect(run("--lang", "en", *SARI, "--reading", "jp_ceiling_2021=february"))
    assert "employer's JP contribution (jp_employer_rupiah): Rp178,794 → Rp175,092 (-Rp3,702)" in english


def test_the_law_as_known_before_the_relief_prints_what_the_relief_was_worth(run: Run) -> None:
    covid = ("law", "explain", "contribution.pu", "--month", "2020-08", "-i", "wage_rupiah=6000000", "-i", "risk_class=medium")
    lines = effect(run(*covid, "--known-on", "2020-08-15"))
    assert "iuran JKK pemberi kerja (jkk_employer_rupiah): Rp534 → Rp53.400 (+Rp52.866)" in lines
    assert effect(run(*covid, "--known-on", "2020-09-02")) == ["tidak ada"]


def test_a_reform_prints_its_effect_and_choices_that_change_are_shown_in_words(run: Run, tmp_path: Path) -> None:
    reform = ratnas(tmp_path, REFORM.replace("from: 2026-03-01", "from: 2024-03-01"))
    lines = effect(run("law", "explain", *DEWI[:4], "wage_rupiah=20000000", "-i", "risk_class=low", "--law", str(reform)))
    assert "batas atas upah JP (jp_ceiling_rupiah): Rp10.042.300 → Rp12.000.000 (+Rp1.957.700)" in lines
    grace = ratnas(tmp_path, GRACE, "grace.yaml")
    made = (
        "cover.status",
        "--month",
        "2025-05",
        "-i",
        "segment=bpu",
        "-i",
        "last_paid_month=2025-01",
        "-i",
        "on_date=2025-05-16",
    )
    assert effect(run("law", "explain", *made, "--law", str(grace))) == [
        "terlindungi (protected): tidak → ya",
        "yang membayar lebih dahulu (pays_first): tidak ada yang membayar → BPJS Ketenagakerjaan",
    ]


# ---- test


CASE = """\
- name: Dewi in June 2024
  rule: contribution.pu
  month: 2024-06
  input: {wage_rupiah: 6000000, risk_class: medium}
  output: {jkk_employer_rupiah: 53400, jkm_employer_rupiah: 18000}
  source: PP 44/2015 art. 16, 18
  evidence: constructed
"""
REFORM = """\
parameters:
- id: jp.ceiling
  rows:
  - {from: 2026-03-01, to: null, value: 12000000, regulation: Rancangan PP, article: Pasal 29, grade: unsourced}
"""
GRACE = """\
parameters:
- id: grace.months
  rows:
  - {from: 2025-01-01, to: null, value: {pu: 3, bpu: 6}, regulation: Rancangan PP, article: Pasal 38, grade: unsourced}
"""


def ratnas(tmp_path: Path, text: str, name: str = "ratna.yaml") -> Path:
    """A file of Ratna's."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_that_hold_end_with_the_count_alone_and_status_0(run: Run, tmp_path: Path) -> None:
    second = CASE.replace("Dewi in June", "Dewi in July").replace("2024-06", "2024-07")
    told = run("law", "test", str(ratnas(tmp_path, CASE)), str(ratnas(tmp_path, second, "other.yaml")))
    assert told == Ended(0, "2 passed, 0 failed\n", "")


def test_a_case_that_fails_is_told_with_expected_got_and_steps_and_status_1(run: Run, tmp_path: Path) -> None:
    path = ratnas(tmp_path, CASE + CASE.replace("Dewi in June 2024", "Dewi by mistake").replace("53400", "53401"))
    told = run("law", "test", str(path))
    assert told.status == 1 and told.err == ""
    assert f"{path}:8: Dewi by mistake (sendirian)\n  jkk_employer_rupiah: diharapkan 53401, didapat 53400\n" in told.out
    assert f"{path}:8: Dewi by mistake (dalam kumpulan)" in told.out
    assert "Rp6.000.000 × 0,89 % = Rp53.400" in told.out and "Dewi in June 2024" not in told.out
    assert told.out.endswith("\n1 passed, 1 failed\n")
    english = run("--lang", "en", "law", "test", str(path))
    assert "Dewi by mistake (alone)\n  jkk_employer_rupiah: expected 53401, got 53400\n" in english.out
    assert english.out.endswith("\n1 passed, 1 failed\n")


def test_a_case_with_a_wrong_value_fails_and_says_why(run: Run, tmp_path: Path) -> None:
    told = run("law", "test", str(ratnas(tmp_path, CASE.replace("risk_class: medium", "risk_class: middle"))))
    assert told.status == 1 and "risk_class 'middle' tidak dikenal" in told.out
    assert told.out.endswith("\n0 passed, 1 failed\n")


UNREADABLE = {
    "an unknown rule": ("contribution.pu", "contribution.pa", 1, "'contribution.pa' tidak dikenal. Maksud Anda contribution.pu"),
    "a rule that is a list": ("rule: contribution.pu", "rule: [contribution.pu]", 1, "tidak dikenal"),
    "an unknown input": ("wage_rupiah: 6", "wage: 6", 1, "Isian 'wage' tidak dikenal. Maksud Anda wage_rupiah?"),
    "an unknown output": ("jkm_employer", "jkm_emploer", 1, "'jkm_emploer_rupiah' tidak dikenal. Maksud Anda jkm_employer"),
    "an unknown key": ("source:", "sources:", 1, "Kunci 'sources' tidak dikenal. Maksud Anda source?"),
    "an unknown evidence": ("constructed", "built", 1, "Bukti 'built' tidak dikenal. Pilihan: published, constructed."),
    "a date for a rule by month": ("month: 2024-06", "date: 2024-06-01", 1, "Aturan contribution.pu memakai month, bukan date."),
    "no month": ("  month: 2024-06\n", "", 1, "Aturan contribution.pu memakai month, bukan date."),
    "nothing to compare": ("  output: {jkk_employer_rupiah: 53400, jkm_employer_rupiah: 18000}\n", "", 1, "tanpa hasil"),
    "broken YAML": ("{wage_rupiah: 6000000, risk_class: medium}", "{wage_rupiah: 6000000", 5, "bukan YAML"),
    "a key written twice": ("  month: 2024-06\n", "  month: 2024-06\n  month: 2024-07\n", 4, "kunci 'month' ditulis dua kali"),
    "no list": ("- name: Dewi in June 2024\n  rule", "name: Dewi\nrule", 1, ""),
}  # fmt: skip


@pytest.mark.parametrize("fault", UNREADABLE)
def test_a_file_that_cannot_be_read_names_line_and_reason_and_status_2(fault: str, run: Run, tmp_path: Path) -> None:
    right, wrong, line, words = UNREADABLE[fault]
    text = CASE.replace(right, wrong)
    assert text != CASE
    if fault == "no list":
        text = "name: Dewi\nrule: contribution.pu\n"
    path = ratnas(tmp_path, text)
    refused = run("law", "test", str(path))
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith(f"{path}:{line}: ") and words in refused.err and refused.err.count("\n") == 1


def test_two_cases_of_one_name_and_a_missing_file_are_refused(run: Run, tmp_path: Path) -> None:
    path = ratnas(tmp_path, CASE + CASE)
    twice = run("law", "test", str(path))
    assert twice.status == 2 and twice.err == f"{path}:8: nama 'Dewi in June 2024' sudah dipakai di {path}:1.\n"
    missing = run("law", "test", str(tmp_path / "nowhere.yaml"))
    assert (missing.status, missing.out) == (2, "") and str(tmp_path / "nowhere.yaml") in missing.err


def test_one_unreadable_file_among_others_stops_before_anything_runs(run: Run, tmp_path: Path) -> None:
    wrong = ratnas(tmp_path, CASE.replace("wage_rupiah: 6", "wage: 6"), "wrong.yaml")
    refused = run("law", "test", str(ratnas(tmp_path, CASE)), str(wrong))
    assert (refused.status, refused.out) == (2, "")


def test_the_installed_command_says_the_same_with_the_same_status(tmp_path: Path) -> None:
    path = ratnas(tmp_path, CASE.replace("53400", "53401"))
    ended = subprocess.run(
        [sys.executable, "-c", "from jamsostek.cli.main import main; main()", "law", "test", str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 1 and ended.stdout.splitlines()[-1] == "0 passed, 1 failed" and ended.stderr == ""


# ---- changes and diff


def test_changes_name_the_day_the_figure_before_after_article_and_evidence(run: Run) -> None:
    text = squeezed(run("law", "changes", "--from", "2026-03", "--to", "2026-03").out)
    assert "2026-03-01 Batas atas upah sebulan untuk iuran JP Rp10.547.400 Rp11.086.300 PP 45/2015 Pasal 29" in text
    assert "sumber kedua" in text and "2026-02-01" not in text
    english = squeezed(run("--lang", "en", "law", "changes", "--from", "2026-01", "--to", "2026-02").out)
    assert "2026-02-01 Minimum and maximum monthly pension at least Rp399,700 at least Rp411,400" in english
    assert "second-hand source" in english and "2026-03-01" not in english


def test_changes_of_a_quiet_month_and_of_a_reform(run: Run, tmp_path: Path) -> None:
    assert run("law", "changes", "--from", "2024-06", "--to", "2024-06") == Ended(0, "Tidak ada yang berubah.\n", "")
    reform = ratnas(tmp_path, REFORM.replace("2026-03-01", "2024-06-01"))
    text = squeezed(run("law", "changes", "--from", "2024-06", "--to", "2024-06", "--law", str(reform)).out)
    assert (
        "2024-06-01 Batas atas upah sebulan untuk iuran JP Rp10.042.300 Rp12.000.000 Rancangan PP Pasal 29 tanpa sumber" in text
    )


def test_a_figure_that_only_moves_to_another_regulation_is_no_change(run: Run) -> None:
    told = run("law", "changes", "--from", "2015-07", "--to", "2015-07").out
    assert "jp.pu.rate" in told and "jkk.pu.rate" not in told and "jkm.pu.rate" not in told


def test_diff_names_only_what_differs_between_two_months(run: Run) -> None:
    text = squeezed(run("law", "diff", "2026-02", "2026-03").out)
    assert "jp.ceiling" in text and "Rp10.547.400 Rp11.086.300" in text
    assert "jkk.pu.rate" not in text and "jp.limits" not in text
    assert run("--lang", "en", "law", "diff", "2024-06", "2024-07").out == "Nothing changes.\n"


# ---- what it refuses


def wage(written: str, risk_class: str = "low") -> tuple[str, ...]:
    """Dewi's month with another wage or risk class."""
    return (*DEWI[:3], "-i", f"wage_rupiah={written}", "-i", f"risk_class={risk_class}")


ONE_OF = "Isi tepat satu dari wage_rupiah, daily_wage_rupiah."
CHILDREN = ("benefit.scholarship", "--date", "2024-01-01", "-i", "children=[{levels: {senior: 2}")
BEFORE = ("contribution.bpu", "--month", "2015-06", "-i", "income_rupiah=1000000")
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "a thirteenth month": (("contribution.pu", "--month", "2025-13"), "Bulan '2025-13' tidak dikenal. Tulis tahun dan bulan"),
    "a month in words": (("contribution.pu", "--month", "Maret"), "Bulan 'Maret' tidak dikenal."),
    "no month": (("contribution.pu",), "Bulan iuran belum ada. Tulis --month 2025-03."),
    "no date": (("benefit.jp.limits",), "Tanggal kejadian belum ada. Tulis --date 2025-03-01."),
    "a day that does not exist": (("benefit.jp.limits", "--date", "2025-02-30"), "Tanggal '2025-02-30' tidak dikenal."),
    "a month for a rule by date": (("benefit.jp.limits", "--month", "2025-02"), "memakai --date, bukan --month."),
    "a date beside a month": ((*DEWI, "--date", "2024-06-01"), "Aturan contribution.pu memakai --month, bukan --date."),
    "a negative wage": (wage("-1"), "wage_rupiah -Rp1 negatif. Isi Rp0 atau lebih."),
    "a wage in words": (wage("sejuta"), "wage_rupiah 'sejuta' bukan bilangan bulat. Tulis angka tanpa titik, koma, atau Rp"),
    "a wage with points": (wage("6.000.000"), "'6.000.000' bukan bilangan bulat."),
    "a wage with a comma": (wage("6,5"), "'6,5' bukan bilangan bulat."),
    "a wage as a time": (wage("1:30"), "'1:30' bukan bilangan bulat."),
    "a wage as a list": (wage("[1, 2]"), "bukan bilangan bulat."),
    "a wage of half a rupiah": (wage("0.5"), "'0.5' bukan bilangan bulat."),
    "a wage of 10^15": (wage(str(10**15)), "Rp1.000.000.000.000.000 di atas batas Rp100.000.000.000. Periksa angka nolnya"),
    "a wage of nothing": (wage(""), ONE_OF),
    "an unknown risk class": (wage("1", "hight"), "risk_class 'hight' tidak dikenal. Maksud Anda high?"),
    "a risk class from another world": (wage("1", "xyz"), "Pilihan: very_low, low, medium, high, very_high."),
    "no risk class": ((*DEWI[:3], "-i", "wage_rupiah=1"), "Isian risk_class belum ada."),
    "no wage": ((*DEWI[:3], "-i", "risk_class=low"), ONE_OF),
    "two wages": ((*DEWI, "-i", "daily_wage_rupiah=1"), ONE_OF),
    "an unknown input": ((*DEWI, "-i", "riskclass=low"), "Isian 'riskclass' tidak dikenal. Maksud Anda risk_class?"),
    "an input named month": ((*DEWI, "-i", "month=2024-06"), "Isian 'month' tidak dikenal."),
    "an input without a value": ((*DEWI, "-i", "scale"), "Isian 'scale' tidak lengkap. Tulis NAMA=NILAI."),
    "an unfinished list": (CHILDREN, "bukan YAML"),
    "a reading without an option": ((*DEWI, "--reading", "rounding"), "Tafsir 'rounding' tidak lengkap. Tulis NAMA=PILIHAN."),
    "an unknown reading": ((*DEWI, "--reading", "roundin=cut"), "Tafsir 'roundin' tidak dikenal. Maksud Anda rounding?"),
    "an unknown option": ((*DEWI, "--reading", "rounding=down"), "Pilihan tafsir 'down' tidak dikenal."),
    "an unknown form": ((*DEWI, "--format", "pdf"), "Bentuk 'pdf' tidak dikenal. Pilihan: text, json, markdown, html."),
    "knowledge on no day": ((*DEWI, "--known-on", "2024"), "Tanggal '2024' tidak dikenal."),
    "an unknown rule": (
        ("contribution.pa", "--month", "2024-06"),
        "'contribution.pa' tidak dikenal. Maksud Anda contribution.pu?",
    ),
    "a month before the law": (BEFORE, "Belum ada hukum yang berlaku pada 2015-0"),
    "a reform that is not there": ((*DEWI, "--law", "nowhere.yaml"), "nowhere.yaml: tidak dapat dibaca: No such file"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_explain_refuses_with_one_line_and_status_2(what: str, run: Run) -> None:
    arguments, words = REFUSED[what]
    refused = run("law", "explain", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert words in refused.err and refused.err.startswith("Galat: ") and refused.err.count("\n") == 1


def test_a_broken_reform_names_file_and_line(run: Run, tmp_path: Path) -> None:
    path = ratnas(tmp_path, REFORM.replace("value: 12000000", "value: 12.5"))
    refused = run("--lang", "en", "law", "explain", *DEWI, "--law", str(path))
    assert (refused.status, refused.out, refused.err) == (2, "", f"Error: {path}:4: jp.ceiling: 12.5 is not a value in rupiah.\n")


def test_errors_are_in_the_language_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("law", "explain", *DEWI[:3], "-i", "wage_rupiah=-1", "-i", "risk_class=low")
    english = "Error: wage_rupiah -Rp1 is negative. Give Rp0 or more.\n"
    assert run("--lang", "en", *asked).err == english
    assert run("--lang=en", *asked).err == english
    monkeypatch.setenv("JAMSOSTEK_LANGUAGE", "en")
    assert run(*asked).err == english
    assert run("--lang", "id", *asked).err.startswith("Galat: ")


def test_months_the_wrong_way_round_are_refused(run: Run) -> None:
    refused = run("law", "changes", "--from", "2026-03", "--to", "2026-01")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "Galat: Bulan terakhir 2026-01 mendahului bulan pertama 2026-03. Tukar kedua bulan itu.\n"
    assert run("law", "diff", "2026-03", "2026-3").status == 2


def test_an_unknown_language_is_refused(run: Run) -> None:
    refused = run("--lang", "xx", "law", "list")
    assert (refused.status, refused.out) == (2, "") and "id, en" in refused.err and "Traceback" not in refused.err


@pytest.mark.parametrize(
    ("arguments", "indonesian", "english"),
    [
        ((), "Hitung satu orang", "The law: rules"),
        (("law",), "Hitung satu orang dan jelaskan setiap rupiahnya.", "Compute one person and explain every rupiah."),
        (("law", "explain"), "Bulan iuran, misalnya 2025-03.", "Contribution month, for example 2025-03."),
        (("month", "population"), "Folder penduduk", "Folder of the population"),
    ],
)
def test_help_is_in_the_language_asked_for(arguments: tuple[str, ...], indonesian: str, english: str, run: Run) -> None:
    told = run("--lang", "en", *arguments, "--help")
    assert told.status == 0 and english in told.out and indonesian not in told.out
    told = run(*arguments, "--help")
    assert told.status == 0 and english not in told.out


def test_the_version_needs_nothing_else(run: Run) -> None:
    import jamsostek

    assert run("--version") == Ended(0, f"{jamsostek.__version__}\n", "")
