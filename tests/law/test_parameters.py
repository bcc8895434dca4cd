"""The law as data: what the loader refuses, which law holds on a day, what was known when, other readings, reforms.

Ratna, an analyst at the ministry, writes the files; Dewi is the wage earner whose law is asked for.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from slips import RATNAS_FILE, REFUSED

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.law import NoLawError, ParameterError, law_at, law_on, load
from jamsostek.law.cases import read_cases, run_cases
from jamsostek.law.figures import GRADES, Row
from jamsostek.law.parameters import parameters_of
from jamsostek.law.reading import figure_ids, module_ids

LAW_FOLDER = Path(law.__file__).parent
INTERPRETATIONS = Path(__file__).parents[2] / "docs/law/interpretations.md"
CASE_FILES = sorted(LAW_FOLDER.glob("*/cases.yaml"))
ALL = load().by_id

# ---- what the loader refuses


def ratnas(tmp_path: Path, text: str) -> Path:
    """A file of Ratna's."""
    path = tmp_path / "parameters.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ratnas_file_as_it_should_be_is_read(tmp_path: Path) -> None:
    found = parameters_of([ratnas(tmp_path, RATNAS_FILE)])
    assert list(found.by_id) == ["trial.rate", "trial.table", "trial.shares"]
    assert found.law_on(dt.date(2020, 12, 31)).ppm("trial.rate") == 2400
    assert found.law_on(dt.date(2021, 1, 1)).ppm("trial.rate") == 2500
    assert found.law_on(dt.date(2020, 6, 30)).flags("trial.shares").tolist() == [1, 0]
    assert found.law_on(dt.date(2020, 7, 1)).flags("trial.shares").tolist() == [0, 0]


@pytest.mark.parametrize("slip", REFUSED)
def test_the_loader_refuses_and_names_file_and_line(slip: str, tmp_path: Path) -> None:
    right, wrong, line, words = REFUSED[slip]
    assert right in RATNAS_FILE, "the slip changes nothing"
    path = ratnas(tmp_path, RATNAS_FILE.replace(right, wrong, 1))
    with speaking("en"), pytest.raises(ParameterError) as refused:
        parameters_of([path])
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert words in str(refused.value)


def test_the_error_is_in_the_readers_language(tmp_path: Path) -> None:
    path = ratnas(tmp_path, RATNAS_FILE.replace("    value: 2400", "    valeu: 2400"))
    with pytest.raises(ParameterError, match=r"Kunci 'valeu' tidak dikenal\. Maksud Anda value\?"):
        parameters_of([path])


def test_text_in_another_encoding_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("programme: café\n".encode("latin-1"))
    with speaking("en"), pytest.raises(ParameterError, match=r"latin.yaml:1: not (UTF-8|YAML)"):
        parameters_of([path])
    with speaking("en"), pytest.raises(ParameterError, match=r"parameters.yaml:1: the file must hold `parameters`"):
        parameters_of([ratnas(tmp_path, "")])


def test_a_gap_is_allowed_where_the_parameter_says_so_or_has_a_value_otherwise(tmp_path: Path) -> None:
    with_gap = RATNAS_FILE.replace("to: 2020-12-31", "to: 2020-11-30")
    gaps = parameters_of([ratnas(tmp_path, with_gap.replace("  unit: ppm", "  unit: ppm\n  gaps: true"))])
    with pytest.raises(NoLawError):
        gaps.law_on(dt.date(2020, 12, 1)).ppm("trial.rate")
    otherwise = parameters_of([ratnas(tmp_path, with_gap.replace("  unit: ppm", "  unit: ppm\n  otherwise: 7"))])
    assert otherwise.law_on(dt.date(2020, 12, 1)).ppm("trial.rate") == 7


def test_a_figure_is_asked_for_in_its_own_unit_only() -> None:
    dewis = law_at("2024-06")
    assert dewis.rupiah("jp.ceiling") == 10_042_300
    asked: list[Callable[[], Any]] = [
        lambda: dewis.ppm("jp.ceiling"),
        lambda: dewis.rupiahs("jp.ceiling"),
        lambda: dewis.ppm("jkk.pu.rate"),
        lambda: dewis.number("jkk.pu.rate"),
        lambda: dewis.table("jp.ceiling"),
        lambda: dewis.flag("jp.ceiling"),
        lambda: dewis.text("jp.ceiling"),
    ]
    for ask in asked:
        with pytest.raises(ParameterError, match=r"parameters\.yaml:\d+: j\w+\.\S+ is in "):
            ask()
    with pytest.raises(InputError, match=r"'jp\.ceilling' tidak dikenal\. Maksud Anda jp\.ceiling\?"):
        dewis.rupiah("jp.ceilling")


def test_arrays_of_the_law_cannot_be_changed() -> None:
    rates = law_at("2024-06").ppms("jkk.pu.rate")
    with pytest.raises(ValueError, match="read-only"):
        rates[0] = 0
    with pytest.raises(TypeError):
        law_at("2024-06").table("bpu.bands")["base_rupiah"] = np.zeros(1)  # type: ignore[index]


# ---- which law holds, and what was known


@pytest.mark.parametrize(
    ("month", "ceiling"),
    [("2015-06", 0), ("2015-07", 7_000_000), ("2016-02", 7_000_000), ("2016-03", 7_335_300), ("2025-02", 10_042_300),
     ("2025-03", 10_547_400), ("2026-02", 10_547_400), ("2026-03", 11_086_300), ("2030-01", 11_086_300)],
)  # fmt: skip
def test_dewis_month_has_the_ceiling_of_its_first_day(month: str, ceiling: int) -> None:
    assert law_at(month).rupiah("jp.ceiling") == ceiling


def test_before_its_first_day_there_is_no_law_and_the_error_says_from_when() -> None:
    with pytest.raises(NoLawError) as refused:
        law_at("2014-12").ppms("jkk.pu.rate")
    assert "2014-12-01" in str(refused.value) and "2015-01-01" in str(refused.value)
    with pytest.raises(NoLawError):
        law_on("2015-06-30").rupiah("jkk.death.minimum")
    assert law_on("2015-07-01").rupiah("jkk.death.minimum") == 16_200_000


def test_the_error_names_the_month_that_was_asked_for() -> None:
    for month in ("2015-01", "2015-06", "2015-03"):
        with pytest.raises(NoLawError, match=f"{month}-01"):
            law.calculate("contribution.bpu", month=month, income_rupiah=1_000_000)


KNOWN: list[tuple[str, str, str, int, str]] = [
    # figure, month, known on, what was believed then, why
    ("jkk.relief.covid", "2020-08", "2020-08-15", 1_000_000, "PP 49/2020 came on 1 September, for August too"),
    ("jkk.relief.covid", "2020-08", "2020-08-31", 1_000_000, "the day before"),
    ("jkk.relief.covid", "2020-08", "2020-09-01", 10_000, "the day itself"),
    ("jkk.relief.covid", "2020-08", "2020-09-02", 10_000, "the day after"),
    ("jp.relief.due_now", "2020-08", "2020-08-15", 1_000_000, "the same regulation puts JP off"),
    ("jp.relief.due_now", "2020-08", "2020-09-02", 10_000, "the same regulation puts JP off"),
    ("fine.late.rate_per_month", "2020-08", "2020-08-15", 20_000, "and lowers the fine"),
    ("fine.late.rate_per_month", "2020-08", "2020-09-02", 5_000, "and lowers the fine"),
    ("jkk.relief.labour_intensive", "2025-08", "2025-08-10", 1_000_000, "PP 36/2025 came on 4 September"),
    ("jkk.relief.labour_intensive", "2025-08", "2025-09-04", 500_000, "the day itself"),
    ("jp.ceiling", "2026-04", "2026-01-15", 10_547_400, "the ceiling of 2026 was announced at the end of February"),
    ("jp.ceiling", "2026-04", "2026-02-25", 11_086_300, "the day it was announced"),
]


@pytest.mark.parametrize(("figure", "month", "known_on", "believed", "why"), KNOWN)
def test_what_was_believed_then(figure: str, month: str, known_on: str, believed: int, why: str) -> None:
    then = law_at(month, known_on)
    assert (then.rupiah(figure) if figure == "jp.ceiling" else then.ppm(figure)) == believed, why


def test_the_old_ceiling_that_was_believed_to_go_on_is_provisional() -> None:
    assert law_at("2026-04", "2026-01-15").provisional("jp.ceiling")
    assert not law_at("2026-04").provisional("jp.ceiling")


def test_the_reliefs_of_2027_were_known_when_they_were_published() -> None:
    assert law_at("2027-03", "2025-12-22").ppms("bpu.relief").tolist() == [500_000, 1_000_000]
    assert law_at("2027-03", "2025-12-21").ppms("bpu.relief").tolist() == [1_000_000, 1_000_000]


@pytest.mark.parametrize("known_on", [None, "2015-07-01", "2020-01-01", "2026-06-15"])
def test_the_timetable_of_pension_ages_was_known_when_it_was_published(known_on: str | None) -> None:
    then = law_on("2026-06-15", known_on)
    told = law.calculate("benefit.jp.pension_age", date="2026-06-15", birth_date="1990-01-01", law=then)
    assert told == {"pension_age_years": 65, "reached_on": dt.date(2055, 1, 1)}


def test_nothing_is_known_of_a_pension_before_its_regulation() -> None:
    then = law_on("2026-06-15", "2014-01-01")
    with pytest.raises(NoLawError):
        law.calculate("benefit.jp.pension_age", date="2026-06-15", birth_date="1990-01-01", law=then)


def test_a_figure_is_provisional_once_its_successor_is_late() -> None:
    assert [law_at(m).provisional("jp.ceiling") for m in ("2026-03", "2027-02", "2027-03", "2029-01")] == [
        False,
        False,
        True,
        True,
    ]
    assert [law_on(d).provisional("jp.limits") for d in ("2027-01-31", "2027-02-01")] == [False, True]
    assert not law_at("2035-01").provisional("jkk.pu.rate")
    last, first = (law_on(day, known_on="2026-07-01") for day in ("2027-02-28", "2027-03-01"))
    assert [last.provisional("jp.ceiling"), first.provisional("jp.ceiling")] == [False, True]


# ---- digests


def test_two_months_of_the_same_figures_have_one_digest() -> None:
    assert law_at("2024-06").digest == law_at("2024-07").digest
    assert law_at("2024-06").digest == law_at("2024-06", known_on="2030-01-01").digest
    assert re.fullmatch("[0-9a-f]{64}", law_at("2024-06").digest)


def test_the_digest_differs_across_every_change_of_a_figure() -> None:
    """Each day on which some figure begins or ends, and the day before it."""
    one = dt.timedelta(days=1)
    changed = 0
    for parameter in ALL.values():
        for row in parameter.rows:
            for day in filter(None, (row.start, row.end and row.end + one)):
                if value(parameter.id, law_on(day - one)) != value(parameter.id, law_on(day)):
                    assert law_on(day - one).digest != law_on(day).digest, f"{parameter.id} on {day}"
                    changed += 1
    assert changed > 300


def test_the_digest_differs_with_the_reading_and_with_what_was_known() -> None:
    digests = {law_at("2024-06").digest}
    for name, reading in load().readings.items():
        digests.update(law_at("2024-06", readings={name: option}).digest for option in reading.options)
    assert len(digests) == 1 + sum(len(r.options) - 1 for r in load().readings.values())
    assert law_at("2020-08", "2020-08-15").digest != law_at("2020-08").digest


# ---- readings


def value(id: str, found: law.Law) -> Any:
    """The raw value of a figure, None where none is in force."""
    try:
        in_force = found.in_force(id)
    except NoLawError:
        return None
    return in_force.row.value if in_force.row else in_force.parameter.otherwise


OTHER_OPTIONS = [(name, option) for name, r in load().readings.items() for option in r.options if option != r.default]


@pytest.mark.parametrize(("name", "option"), OTHER_OPTIONS)
def test_every_other_reading_changes_some_figure_in_force(name: str, option: str) -> None:
    days = [(p.id, row.start or dt.date(2020, 1, 1)) for p in ALL.values() for row in p.rows if name in row.reading]
    changed = [(id, day) for id, day in days if value(id, law_on(day, readings={name: option})) != value(id, law_on(day))]
    assert changed, f"{name}={option} changes nothing"


def test_unknown_readings_are_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"Tafsir 'jp_survivor' tidak dikenal\. Maksud Anda jp_survivor_floor\?"):
        law_at("2024-06", readings={"jp_survivor": "applies"})
    with pytest.raises(InputError, match=r"'half' tidak dikenal\. Maksud Anda half_up\?"):
        law_at("2024-06", readings={"rounding": "half"})


# ---- reforms


REFORM = """\
reform: Batas atas JP lebih tinggi pada pertengahan 2026
parameters:
- id: jp.ceiling
  rows:
  - from: 2026-06-01
    to: 2026-08-31
    value: 12000000
    regulation: Rancangan PP
    article: Pasal 29
    grade: unsourced
"""
NEW_FIGURE = """\
parameters:
- id: trial.card_fee
  title: {id: "Biaya kartu", en: "Fee of the card"}
  unit: rupiah
  rows:
  - from: 2026-01-01
    to: null
    value: 5000
    regulation: Rancangan PP
    article: Pasal 2
    grade: unsourced
"""


def ceilings(reform: Path, *months: str) -> list[int]:
    """The ceilings of months under Ratna's reform."""
    return [law_at(month, reforms=(reform,)).rupiah("jp.ceiling") for month in months]


def test_a_reform_replaces_a_figure_for_its_months_and_what_follows_stands(tmp_path: Path) -> None:
    path = ratnas(tmp_path, REFORM)
    months = ("2016-02", "2025-12", "2026-05", "2026-06", "2026-08", "2026-09", "2027-06")
    assert ceilings(path, *months) == [7_000_000, 10_547_400, 11_086_300, 12_000_000, 12_000_000, 11_086_300, 11_086_300]
    assert law_at("2026-07").rupiah("jp.ceiling") == 11_086_300, "the law itself is untouched"
    assert law_at("2026-07", readings={"jp_ceiling_2026": "unchanged"}, reforms=(path,)).rupiah("jp.ceiling") == 12_000_000
    assert law_at("2026-07").digest != law_at("2026-07", reforms=(path,)).digest
    assert law_at("2026-09").digest == law_at("2026-09", reforms=(path,)).digest


def test_a_reform_across_several_rows_and_without_end_replaces_them_all(tmp_path: Path) -> None:
    wide = REFORM.replace("from: 2026-06-01", "from: 2024-06-01").replace("to: 2026-08-31", "to: null")
    assert ceilings(ratnas(tmp_path, wide), "2024-05", "2024-06", "2025-06", "2026-06", "2030-01") == [
        10_042_300,
        *[12_000_000] * 4,
    ]


def test_the_later_of_two_reforms_holds(tmp_path: Path) -> None:
    first = ratnas(tmp_path, REFORM)
    second = tmp_path / "second.yaml"
    second.write_text(REFORM.replace("from: 2026-06-01", "from: 2026-07-01").replace("12000000", "13000000"), encoding="utf-8")
    found = [law_at(m, reforms=(first, second)).rupiah("jp.ceiling") for m in ("2026-06", "2026-07", "2026-09")]
    assert found == [12_000_000, 13_000_000, 11_086_300]


def test_a_reform_may_add_a_figure_and_a_temporary_relief(tmp_path: Path) -> None:
    relief = """\
- id: jkm.relief.covid
  rows:
  - {from: 2026-01-01, to: 2026-01-31, value: 0, regulation: Rancangan PP, article: Pasal 3, grade: unsourced, temporary: true}
"""
    under = law_at("2026-01", reforms=(ratnas(tmp_path, NEW_FIGURE + relief),))
    assert under.rupiah("trial.card_fee") == 5_000
    assert (
        law.calculate("contribution.pu", month="2026-01", wage_rupiah=5_000_000, risk_class="low", law=under)[
            "jkm_employer_rupiah"
        ]
        == 0
    )
    with pytest.raises(InputError, match=r"trial\.card_fee"):
        law_at("2026-01").rupiah("trial.card_fee")


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (
            "  rows:",
            "  unit: ppm\n  rows:",
            r"parameters.yaml:3: jp\.ceiling: unit cannot be changed; at .*jp/parameters\.yaml:\d+",
        ),
        ("value: 12000000", "value: 12.5", r"parameters\.yaml:5: jp\.ceiling: 12\.5 is not a value in rupiah"),
        ("grade: unsourced", "grade: gazette", r"parameters\.yaml:5: jp\.ceiling: a gazette figure needs its `source`"),
        ("id: jp.ceiling", "id: jp.ceilling", r"parameters\.yaml:3: jp\.ceilling: 'unit' is missing"),
    ],
)
def test_a_reform_is_checked_like_the_law(right: str, wrong: str, words: str, tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(ParameterError, match=words):
        load(ratnas(tmp_path, REFORM.replace(right, wrong, 1)))


def test_a_reform_that_is_not_there_is_named(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(ParameterError, match=r"nowhere\.yaml: cannot be read"):
        load(tmp_path / "nowhere.yaml")


# ---- the data as a whole


def law_modules() -> Iterator[Any]:
    """Every module of the law."""
    for found in pkgutil.walk_packages(law.__path__, "jamsostek.law."):
        yield importlib.import_module(found.name)


def test_every_figure_asked_for_in_the_code_exists() -> None:
    asked = {(id, module.__name__) for module in law_modules() for id in module_ids(module)}
    assert len({id for id, _module in asked}) > 60
    assert [(id, module) for id, module in sorted(asked) if id not in ALL] == []


def test_a_figure_named_to_a_helper_or_asked_for_under_a_wrong_name_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ratnas_rule.py").write_text(
        'def asks(law):\n    return lookup(law, "due.nowhere", "Isi 0.") + law.rupiah("jp.ceilling")\n', encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert module_ids(importlib.import_module("ratnas_rule")) == {"due.nowhere", "jp.ceilling"}


def test_a_rule_reads_no_figure_that_its_code_does_not_name() -> None:
    assert "jp.ceiling" in figure_ids(law.RULES["contribution.pu"])
    assert "jkp.cash.second" in figure_ids(law.RULES["benefit.jkp"])
    assert [name for name, rule in law.RULES.items() if not figure_ids(rule)] == ["benefit.jht.balance", "identity.nik"]


def rows() -> Iterator[tuple[str, Row]]:
    """Every dated value with the id of its figure."""
    for id, parameter in ALL.items():
        for row in parameter.rows:
            yield id, row


def test_every_gazette_and_second_hand_value_names_its_source() -> None:
    without = [id for id, row in rows() if row.grade in ("gazette", "secondary") and not any(s.strip() for s in row.source)]
    assert without == []
    assert [id for id, row in rows() if not row.regulation.strip() or not row.article.strip()] == []


def test_no_value_was_published_long_after_it_ended_and_none_is_expected_before_it_begins() -> None:
    assert [id for id, row in rows() if row.expected_until and row.start and row.expected_until < row.start] == []
    assert [id for id, row in rows() if row.published and row.end and row.published > row.end] == []


def test_tables_have_the_lines_the_regulations_have() -> None:
    assert len(law_on("2024-01-01").table("jkk.partial.table")["code"]) == 46
    bands = law_at("2024-01").table("bpu.bands")
    assert len(bands["from_rupiah"]) == 33
    assert (np.diff(bands["from_rupiah"]) > 0).all() and (np.diff(bands["base_rupiah"]) > 0).all()
    assert (bands["jkk_rupiah"] == bands["base_rupiah"] // 100).all() and (
        bands["jht_rupiah"] == bands["base_rupiah"] // 50
    ).all()


def test_the_list_of_industries_has_191_lines_and_the_rates_of_its_classes() -> None:
    with (LAW_FOLDER / "jkk/industries.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    groups = Counter(line["group"] for line in lines)
    assert len(lines) == 191 and sorted(groups) == ["1", "2", "3", "4", "5"]
    assert [(line["group"], line["number"]) for line in lines] == [(g, str(n)) for g in groups for n in range(1, groups[g] + 1)]
    rates = dict(zip(ALL["jkk.pu.rate"].keys, law_at("2024-01").ppms("jkk.pu.rate").tolist(), strict=True))
    assert {(line["class"], int(line["rate_ppm"])) for line in lines} == set(rates.items())
    assert all(line["label_id"].strip() and line["grade"] in GRADES for line in lines)


@pytest.fixture(scope="module", autouse=True)
def tell_grades(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints how many figures and values stand on which evidence."""
    yield
    grades = Counter(row.grade for _id, row in rows())
    told = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES)
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    write: Callable[[str], Any] = reporter.write_line if reporter else print
    write(f"\nthe law's data: {len(ALL)} figures, {sum(grades.values())} dated values: {told}")


def test_most_values_stand_on_a_page_that_was_read() -> None:
    grades = Counter(row.grade for _id, row in rows())
    assert set(grades) <= set(GRADES) and len(ALL) >= 290
    assert grades["gazette"] + grades["secondary"] > 3 * (grades["derived"] + grades["unsourced"])


@pytest.mark.parametrize("path", CASE_FILES, ids=[path.parent.name for path in CASE_FILES])
def test_the_cases_of_every_folder_of_the_law_pass(path: Path) -> None:
    outcome = run_cases(read_cases(path))
    assert outcome.differences == () and outcome.passed > 3


def test_every_folder_of_the_law_has_cases_and_every_rule_one() -> None:
    assert [path.parent.name for path in CASE_FILES] == sorted(p.parent.name for p in LAW_FOLDER.glob("*/parameters.yaml"))
    tried = {case.rule for path in CASE_FILES for case in read_cases(path)}
    assert sorted(set(law.RULES) - tried) == []


# ---- the register of interpretations


ENTRIES = {
    int(number): text
    for number, text in re.findall(r"^### (\d+)\. (.*?)(?=^### |\Z)", INTERPRETATIONS.read_text(encoding="utf-8"), re.M | re.S)
}


def named(text: str, kind: str) -> list[str]:
    """What stands in backquotes after `- **Kind:**` of an entry."""
    found = re.search(rf"^- \*\*{kind}:\*\* (.*(?:\n  .*)*)", text, re.M)
    return re.findall(r"`([^`]+)`", found[1]) if found else []


def test_the_register_is_numbered_without_gaps_and_its_table_agrees() -> None:
    assert sorted(ENTRIES) == list(range(1, len(ENTRIES) + 1))
    text = INTERPRETATIONS.read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"^\| \[(\d+)\]\(#", text, re.M)] == sorted(ENTRIES)


def test_every_point_the_data_mark_as_unsettled_has_its_entry_and_the_entry_names_the_figure() -> None:
    marked = {id: p.interpretation for id, p in ALL.items() if p.interpretation}
    assert len(marked) > 80
    assert [(id, n) for id, n in marked.items() if n not in ENTRIES] == []
    assert [(id, n) for id, n in marked.items() if id not in named(ENTRIES[n], "Figures")] == []


def test_every_entry_names_figures_that_exist() -> None:
    assert [(n, id) for n, text in ENTRIES.items() for id in named(text, "Figures") if id not in ALL] == []
    without = [69, 88]  # a guard of the arithmetic, an order
    assert [n for n, text in ENTRIES.items() if not named(text, "Figures") and not named(text, "Data")] == without


def test_readings_and_entries_name_each_other_with_the_same_options() -> None:
    in_register = {}
    for number, text in ENTRIES.items():
        line = re.search(r"^- \*\*Reading:\*\* `(\w+)` = (.*)$", text, re.M)
        if line:
            options = [option.strip() for option in line[2].split("/")]
            chosen = [option.strip("*") for option in options if option.startswith("**")]
            in_register[line[1]] = (number, {option.strip("*") for option in options}, chosen)
    declared = {name: (r.number, set(r.options), [r.default]) for name, r in load().readings.items()}
    assert in_register == declared


def test_the_cases_the_register_names_exist() -> None:
    names = {case.name for path in CASE_FILES for case in read_cases(path)}
    asked = [
        (n, name)
        for n, text in ENTRIES.items()
        for name in re.findall(r'^- \*\*Case:\*\* "(.+?)"', text.replace("\n  ", " "), re.M)
    ]
    assert len(asked) > 10
    assert [(n, name) for n, name in asked if name not in names] == []
