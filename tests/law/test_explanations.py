"""Every rupiah explains itself: in two languages, as text, JSON, Markdown and HTML, to people the reader can imagine."""

from __future__ import annotations

import datetime as dt
import html
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from equations import amount, computed
from people import PEOPLE

from jamsostek import law
from jamsostek.core.text import LANGUAGES, speaking, translate
from jamsostek.law import Explanation, Law, law_on, load
from jamsostek.law.engine import moment
from jamsostek.law.labels import GRADES, choice, citation

EVERYONE = [(person, language) for person in PEOPLE for language in LANGUAGES]


def law_of(person: str) -> Law:
    """The law of a person's month or day."""
    rule, told = PEOPLE[person]
    return law_on(moment(law.RULES[rule], told.get("month"), told.get("date"))[0])


def explained(person: str, **other: Any) -> Explanation:
    """The explanation of a person."""
    rule, told = PEOPLE[person]
    return law.explain(rule, **told, **other)


def test_every_rule_is_explained_to_somebody() -> None:
    assert {rule for rule, _told in PEOPLE.values()} == set(law.RULES)


# ---- the outputs are those of the rule


def read_back(kind: str, text: str, language: str) -> Any:
    """A shown output as the value it shows."""
    if kind in ("rupiah", "rupiah_list"):
        amounts = [amount(part, language) for part in text.split(", ")]
        return amounts if kind == "rupiah_list" else amounts[0]
    if kind == "rupiah_map":
        return [amount(part.split(": ")[1], language) for part in text.split(", ")]
    if kind == "flag":
        return {"ya": True, "tidak": False, "yes": True, "no": False}[text]
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind in ("count", "percent"):
        number = re.match(r"[\d.,]+", text)
        assert number is not None
        return Decimal(number[0].replace(",", "." if language == "id" else ""))
    return text


def spoken(kind: str, name: str, value: Any) -> Any:
    """An output of the rule as it should read."""
    if kind == "rupiah_map":
        return list(value.values())
    if kind == "choice":
        return choice(name, value)
    if kind == "choices":
        return ", ".join(choice(name, one) for one in value)
    return value


def results_shown(told: Explanation, language: str) -> dict[str, dict[str, str]]:
    """The outputs that each form shows, by name."""
    text = re.findall(r"^  .+ \((\w+)\) = (.+)$", told.text(language), re.M)
    markdown = re.findall(r"^\| [^|]+ \| `(\w+)` \| (.+) \|$", told.markdown(language), re.M)
    listed = re.search(r'<ul class="results">(.*?)</ul>', told.html(language))
    assert listed is not None
    in_html = re.findall(r"<li>[^<]+ \((\w+)\) = ([^<]+)</li>", listed[1])
    in_json = {name: result["text"] for name, result in told.as_dict(language)["results"].items()}
    return {
        "text": dict(text),
        "markdown": dict(markdown),
        "html": {name: html.unescape(value) for name, value in in_html},
        "json": in_json,
    }


@pytest.mark.parametrize(("person", "language"), EVERYONE)
def test_every_form_shows_the_outputs_of_the_rule(person: str, language: str) -> None:
    rule, told = PEOPLE[person]
    outputs = law.calculate(rule, **told)
    with speaking(language):
        wanted = {o.name: spoken(o.kind, o.name, outputs[o.name]) for o in law.RULES[rule].outputs if o.name in outputs}
    for form, shown in results_shown(explained(person), language).items():
        kinds = {o.name: o.kind for o in law.RULES[rule].outputs}
        assert {name: read_back(kinds[name], text, language) for name, text in shown.items()} == wanted, form


@pytest.mark.parametrize("person", PEOPLE)
def test_the_json_holds_the_outputs_and_survives_a_round_trip(person: str) -> None:
    rule, told = PEOPLE[person]
    tree = json.loads(json.dumps(explained(person).as_dict("id"), ensure_ascii=False))
    plain = {
        name: value if isinstance(value, (bool, int)) else [*value] if isinstance(value, list) else value
        for name, value in law.calculate(rule, **told).items()
    }
    for name, value in plain.items():
        shown = tree["outputs"][name]
        assert shown == (value if isinstance(value, (bool, int, list)) else shown)
        assert isinstance(value, (bool, int, list, dict)) or shown == str(value)
        assert not isinstance(value, dict) or shown == {str(k): v for k, v in value.items()}
    assert tree["law_digest"] == law_of(person).digest and tree["rule"] == rule


# ---- every figure read is told, with its evidence


@pytest.mark.parametrize("person", PEOPLE)
def test_every_figure_the_rule_reads_is_explained_with_date_source_and_grade(
    person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, told = PEOPLE[person]
    given, read = law_of(person), set()
    in_force, series = Law.in_force, Law.series
    monkeypatch.setattr(Law, "in_force", lambda self, id: (read.add(id) if self is given else None, in_force(self, id))[1])
    monkeypatch.setattr(Law, "series", lambda self, id: (read.add(id) if self is given else None, series(self, id))[1])
    law.calculate(rule, law=given, **told)
    monkeypatch.undo()
    explanation = explained(person)
    assert read - {"rounding.half_up"} <= set(explanation.figures)
    for language in LANGUAGES:
        forms = (explanation.text(language), explanation.markdown(language), html.unescape(explanation.html(language)))
        for id, found in explanation.figures.items():
            for form in forms:
                (line,) = set(re.findall(rf"(?:^|[>\s]){re.escape(id)}: .*?(?:$|(?=<))", form, re.M))
                assert found.parameter.title[language] in line
                if found.row is not None:
                    with speaking(language):
                        regulation = citation(found.row.regulation)  # where nothing regulates it, that is said in words
                    evidence = (
                        str(found.row.start or "…"),
                        regulation,
                        *found.row.source,
                        grade(found.row.grade, language),
                    )
                    assert all(part in line for part in evidence), f"{id}: {line}"
        figures = explanation.as_dict(language)["figures"]
        for id, found in explanation.figures.items():
            if found.row is not None:
                assert (figures[id]["grade"], figures[id]["source"]) == (found.row.grade, list(found.row.source))
                assert figures[id]["from"] == (found.row.start.isoformat() if found.row.start else None)


def grade(name: str, language: str) -> str:
    """A grade of evidence as a reader sees it."""
    return translate(GRADES[name], language)


def test_every_step_names_its_article_or_a_figure_unless_it_only_adds_and_subtracts() -> None:
    without = set()
    for person in PEOPLE:
        for step in steps(explained(person).as_dict("id")["steps"]):
            arithmetic = re.fullmatch(r"(jumlah )?[^×÷;]*", step["numbers"]) is not None
            if not step["article"] and not step["steps"] and not arithmetic:
                without.add(step["step"])
    assert without <= {"cash_months"}, "base × rate of the steps before it"


def steps(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every step, in depth."""
    for step in tree:
        yield step
        yield from steps(step["steps"])


# ---- the numbers hold


def equations(told: Explanation, language: str) -> Iterator[tuple[str, str]]:
    """(left, right) of every line `left = right` of an explanation's steps."""
    body = re.split(r"^(?:Hasil:|Results:)$", told.text(language), flags=re.M)[0]
    for line in body.splitlines():
        left, sign, right = line.strip().rpartition(" = ")
        if sign:
            yield left, right


@pytest.mark.parametrize(("person", "language"), EVERYONE)
def test_every_equation_holds_to_the_rupiah(person: str, language: str) -> None:
    for left, right in equations(explained(person), language):
        value, result = computed(left, language), amount(right, language)
        if value is not None and result is not None:
            rounded = 5 if person == "Karno's three years of wages" else Decimal("0.5")  # his indices are shown rounded
            tolerance = rounded if "Rp" in right else Decimal("0.000001")
            assert abs(value - result) <= tolerance, f"{left} = {right}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_equations_can_be_computed_by_the_reader(language: str) -> None:
    found = [(person, left, right) for person in PEOPLE for left, right in equations(explained(person), language)]
    in_words = [
        left for _person, left, right in found if computed(left, language) is None and amount(right, language) is not None
    ]
    assert len(found) > 150
    assert len(in_words) < len(found) // 8, in_words


def test_an_equation_that_does_not_hold_is_found() -> None:
    assert computed("Rp6.000.000 × 0,89 %", "id") == 53_400
    assert computed("Rp6,000,000 × 0.89 %", "en") == 53_400
    assert computed("terkecil dari (Rp5.000.000 × 0,14 %; Rp26.700)", "id") == 7_000
    assert computed("the greater of (60 % × 80 × Rp5,000,000; Rp20,000,000)", "en") == 240_000_000
    assert computed("Rp189.000 + terbesar dari (18 bulan - 12 bulan; 0) × Rp13.500", "id") == 270_000
    assert computed("2. 6 tahun × Rp1.500.000", "id") == 9_000_000
    assert computed("hanya pada anak pertama", "id") is None


LINES = {
    # one line of a person's explanation in each language, as a civil servant should read it
    "Dewi sews for a labour-intensive firm": ("0,89 % × 50 % = 0,445 %", "0.89 % × 50 % = 0.445 %"),
    "Joko is paid by the day in a small firm during the pandemic": (
        "Rp200.001 × 25 = Rp5.000.025",
        "Rp200,001 × 25 = Rp5,000,025",
    ),
    "Made fishes; his village pays": (
        "pembayar desa mendapat keringanan: ya; jika ya 50 %, jika tidak 100 % = 50 %",
        "relief where the payer is village: yes; if yes 50 %, if no 100 % = 50 %",
    ),
    "Yuni goes abroad through an agency for 18 months": (
        "Rp189.000 + terbesar dari (18 bulan - 12 bulan; 0) × Rp13.500 = Rp270.000",
        "Rp189,000 + the greater of (18 months - 12 months; 0) × Rp13,500 = Rp270,000",
    ),
    "Joko's firm asks when to pay during the pandemic": (
        "tanggal 15, 1 bulan sesudah 2020-09; bila libur, hari kerja berikutnya; keringanan COVID-19 bagi penerima upah:"
        " tanggal 30, bila libur hari kerja sebelumnya → 2020-10-30",
        "day 15 of month 2020-09 + 1; on a holiday, the next working day; COVID-19 relief for wage earners: day 30,"
        " on a holiday the working day before → 2020-10-30",
    ),
    "Made is four months behind": ("4 bulan ≤ 3 bulan → tidak", "4 months ≤ 3 months → no"),
    "Fajar, left-handed, loses an arm and some scalp": (
        "2. kulit kepala terkelupas: 30 % × 0,2, paling sedikit 10 % = 10 %",
        "2. scalp torn off: 30 % × 0.2, at least 10 % = 10 %",
    ),
    "Gita stays home for fourteen months": ("14 bulan × 30 hari = 420 hari", "14 months × 30 days = 420 days"),
    "Hadi stayed home for 250 days in 2018": (
        "180 hari × 100 % + 70 hari × 75 % = 232,5 hari",
        "180 days × 100 % + 70 days × 75 % = 232.5 days",
    ),
    "Made dies two months after he joined": ("2 bulan ≥ 3 bulan → tidak", "2 months ≥ 3 months → no"),
    "Agus leaves three children": ("2. 6 tahun × Rp1.500.000 = Rp9.000.000", "2. 6 years × Rp1,500,000 = Rp9,000,000"),
    "Indah takes her savings twice, without a tax number": (
        "1. Rp50.000.000 × 0 % + Rp30.000.000 × 5 % = Rp1.500.000",
        "1. Rp50,000,000 × 0 % + Rp30,000,000 × 5 % = Rp1,500,000",
    ),
    "Karno's three years of wages": ("2. (1 + 3,61 %) × (1 + 3,13 %) = 1,06853", "2. (1 + 3.61 %) × (1 + 3.13 %) = 1.06853"),
    "Karno's widow after twenty months": (
        "1 % × 180 bulan ÷ 12 × Rp6.000.000 × 50 % = Rp450.000",
        "1 % × 180 months ÷ 12 × Rp6,000,000 × 50 % = Rp450,000",
    ),
    "Oki retires too early for a pension": ("tidak ada masa iur yang dihitung = Rp0", "no month counts = Rp0"),
    "Putri lost her job between two laws": (
        "4 bulan pertama: sampai bulan ke 3: 45 %; sampai bulan ke 6: 25 %. Bulan lainnya: sampai bulan ke 6: 60 %"
        " = 45 %, 45 %, 45 %, 25 %, 60 %, 60 %",
        "First 4 months: up to month 3: 45 %; up to month 6: 25 %. Other months: up to month 6: 60 %"
        " = 45 %, 45 %, 45 %, 25 %, 60 %, 60 %",
    ),
}


@pytest.mark.parametrize("person", LINES)
def test_lines_read_as_a_civil_servant_should_read_them(person: str) -> None:
    for language, line in zip(LANGUAGES, LINES[person], strict=True):
        assert line in [one.strip() for one in explained(person).text(language).splitlines()]


# ---- notes


def test_one_month_and_two_months_in_english() -> None:
    told = explained("Dewi's firm ignores two warnings").text("en")
    assert "× 1 month = Rp1,000" in told and "1 months" not in told
    assert "× 3 months" in explained("Dewi's firm pays three months late").text("en")


def test_sari_is_told_that_her_ceiling_is_provisional() -> None:
    explanation = explained("Sari earns twelve million in 2027, when the next ceiling is late")
    assert explanation.provisional == ["jp.ceiling"]
    assert "SEMENTARA: Batas atas upah sebulan untuk iuran JP (jp.ceiling)" in explanation.text("id")
    assert "PROVISIONAL: Monthly wage ceiling of the JP contribution (jp.ceiling)" in explanation.text("en")
    assert "PROVISIONAL" in explanation.markdown("en") and "PROVISIONAL" in explanation.html("en")
    assert explained("Nur retires in 2030, when the limits are late").provisional == ["jp.limits"]
    assert "SEMENTARA" not in explained("Dewi sews for a labour-intensive firm").text("id")


def test_a_figure_that_stands_on_a_reading_or_was_not_read_in_the_gazette_is_told_by_its_number() -> None:
    dewi = explained("Dewi sews for a labour-intensive firm")
    assert "Belum pasti menurut hukum: tafsir nomor " + ", ".join(map(str, dewi.unsettled)) in dewi.text("id")
    assert {3, 4, 14, 21} <= set(dewi.unsettled)
    assert dewi.as_dict("en")["interpretations"] == dewi.unsettled
    for person in PEOPLE:
        told = explained(person)
        marked = {
            f.parameter.interpretation for f in told.figures.values() if f.row and (f.row.reading or f.row.grade != "gazette")
        }
        assert set(told.unsettled) == marked - {None}
        assert ("tafsir nomor" in told.text("id")) == bool(told.unsettled), person


def test_another_reading_an_earlier_knowledge_and_a_reform_are_told(tmp_path: Path) -> None:
    reform = tmp_path / "ratnas_reform.yaml"
    reform.write_text(
        "parameters:\n- id: jkm.pu.rate\n  rows:\n  - {from: 2025-01-01, to: null, value: 4000, regulation: 'PP <b>1</b> & lain',"
        " article: '\"Pasal\" <i>', grade: unsourced}\n",
        encoding="utf-8",
    )
    other = law_on("2025-03-01", "2025-03-05", {"rounding": "cut"}, (reform,))
    told = explained("Dewi sews for a labour-intensive firm", law=other)
    for note in ("Tafsir lain yang dipilih: rounding=cut (7).", "diketahui pada 2025-03-05.", "hukum dari ratnas_reform.yaml."):
        assert note in told.text("id") and note in told.markdown("id") and note in told.html("id")
    assert "Other readings chosen" in told.text("en") and "Other readings chosen" not in explained("Sari dies at home").text("en")
    assert told.outputs["jkm_employer_rupiah"] == 24_000


# ---- forms


def test_html_escapes_what_the_data_say_and_is_well_formed(tmp_path: Path) -> None:
    reform = tmp_path / "reform.yaml"
    reform.write_text(
        "parameters:\n- id: jkm.pu.rate\n  rows:\n  - {from: 2025-01-01, to: null, value: 4000, regulation: 'PP <b>1</b> & lain',"
        " article: '<script>alert(1)</script>', grade: gazette, source: ['https://x/?a=1&b=<c>']}\n",
        encoding="utf-8",
    )
    shown = explained("Dewi sews for a labour-intensive firm", law=law_on("2025-03-01", reforms=(reform,))).html("id")
    assert "<script" not in shown and "<b>1</b>" not in shown
    assert "PP &lt;b&gt;1&lt;/b&gt; &amp; lain &lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "https://x/?a=1&amp;b=&lt;c&gt;" in shown


@pytest.mark.parametrize(("person", "language"), EVERYONE)
def test_html_is_a_tree_and_markdown_has_whole_tables(person: str, language: str) -> None:
    explanation = explained(person)
    tree = ElementTree.fromstring(explanation.html(language).replace("<br>", "<br/>"))
    assert tree.tag == "section" and len(tree.findall("ul[@class='results']/li")) == len(explanation.outputs)
    count = len(list(steps(explanation.as_dict(language)["steps"])))
    assert len(tree.findall(".//ol/li")) == count
    tables = re.findall(r"^\|.*\|$", explanation.markdown(language), re.M)
    assert len(tables) == count + 2 + len(explanation.outputs) + 2
    assert {len(re.split(r"(?<!\\)\|", line)) for line in tables} <= {7, 5}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bayus_number_is_never_written_out(language: str) -> None:
    explanation = explained("Bayu shows his number")
    forms = (explanation.text, explanation.markdown, explanation.html)
    told = [form(language) for form in forms] + [json.dumps(explanation.as_dict(language))]
    assert all("3515**********00" in form and not re.search(r"\d{16}", form) for form in told)


# ---- formulas


def formulas() -> Iterator[tuple[str, str, set[str]]]:
    """(function, formula, its arguments) of every step of the law."""
    for found in pkgutil.walk_packages(law.__path__, "jamsostek.law."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if hasattr(function, "step") and function.__module__ == module.__name__:
                yield f"{found.name}.{name}", function.step[1], set(inspect.signature(inspect.unwrap(function)).parameters)


def test_every_hole_of_a_formula_is_an_argument_of_its_step_or_a_figure_of_law() -> None:
    found = [one for one in formulas() if one[1]]
    assert len(found) > 60
    for function, formula, arguments in found:
        names = {n for hole in re.findall(r"\{([^{}]+)\}", formula) for n in re.findall(r"[A-Za-z_#][\w.]*", hole)}
        names |= set(re.findall(r"⟨!?([\w.]+): ", formula))
        unknown = {n for n in names if n not in arguments and not is_figure(n)} - {"from", "by", "count", "Σ", "Π"}
        assert unknown == set(), f"{function}: {formula}"


def is_figure(name: str) -> bool:
    """An id, a cell `table.column`, a column `.column` of a line, or a key `#key`."""
    id, _dot, column = name.rpartition(".")
    figures = load().by_id
    keys = {key for p in figures.values() for key in p.keys}
    columns = {c for p in figures.values() for c in p.columns}
    return name in figures or (id in figures and column in figures[id].columns) or name in columns or name.lstrip("#") in keys
