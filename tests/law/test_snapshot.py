"""What a rule stood on, kept beside a bill, tells later which law changed since: Dewi's bill of a month, read again.

Ratna changes the law by a reform file, as a regulation that reaches back would.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.law import differences, figures_in_force, law_at, law_on
from jamsostek.law.reading import figure_ids, series_ids

RULE = "contribution.pu"


def reform(tmp_path: Path, text: str) -> Path:
    """A reform of Ratna's."""
    path = tmp_path / "reform.yaml"
    path.write_text(f"parameters:\n{text}", encoding="utf-8")
    return path


def kept(when: str, **other: Any) -> dict[str, Any]:
    """What was stored beside the bill: through JSON, as a database gives it back."""
    found: dict[str, Any] = json.loads(json.dumps(figures_in_force(RULE, when, law_at(when, **other))))
    return found


def test_the_law_of_dewis_bill_has_not_changed_since() -> None:
    assert differences(kept("2025-03"), figures_in_force(RULE, "2025-03")) == []
    assert kept("2025-03")["digest"] == figures_in_force(RULE, 202503)["digest"]
    assert kept("2025-03") == figures_in_force(RULE, "2025-03"), "JSON changes nothing"


def test_only_figures_the_rule_can_read_are_kept() -> None:
    figures = figures_in_force(RULE, "2025-03")["figures"]
    assert set(figures) == {*figure_ids(law.RULES[RULE]), "rounding.half_up"}
    assert "jp.ceiling" in figures and "fine.late.rate_per_month" not in figures
    assert figures["jp.ceiling"]["value"] == 10_547_400
    assert figures["jp.ceiling"]["title"]["en"] == "Monthly wage ceiling of the JP contribution"
    assert (figures["jp.ceiling"]["from"], figures["jp.ceiling"]["grade"]) == ("2025-03-01", "secondary")


def test_a_regulation_that_reaches_back_is_named_with_article_and_values_in_both_languages() -> None:
    found = differences(kept("2020-08", known_on="2020-08-15"), figures_in_force(RULE, "2020-08"))
    assert [(c.id, c.before, c.after) for c in found] == [
        ("jkk.relief.covid", 1_000_000, 10_000),
        ("jkm.relief.covid", 1_000_000, 10_000),
        ("jp.relief.due_now", 1_000_000, 10_000),
    ]
    told = found[2]
    assert set(told.title) == {"id", "en"} and told.regulation == "PP 49/2020 Pasal 17 ayat (2)"
    assert told.text("id").endswith("(jp.relief.due_now): 100 % → 1 % [PP 49/2020 Pasal 17 ayat (2)]")
    assert told.text("en").endswith("(jp.relief.due_now): 100 % → 1 % [PP 49/2020 Article 17 paragraph (2)]")


def test_a_relief_that_is_taken_back_is_cited_by_the_regulation_that_lapsed() -> None:
    (one, *_others) = differences(kept("2020-08"), figures_in_force(RULE, "2020-08", law_at("2020-08", "2020-08-15")))
    assert (one.id, one.before, one.after) == ("jkk.relief.covid", 10_000, 1_000_000)
    assert one.regulation.startswith("PP 49/2020")


def test_a_figure_the_rule_does_not_read_moves_the_laws_digest_and_not_the_rules(tmp_path: Path) -> None:
    path = reform(
        tmp_path,
        "- id: fine.late.rate_per_month\n  rows:\n"
        "  - {from: 2025-01-01, to: null, value: 30000, regulation: PP 9/2026, article: Pasal 1, grade: unsourced}\n",
    )
    changed = figures_in_force(RULE, "2025-03", law_at("2025-03", reforms=(path,)))
    assert changed["law_digest"] != kept("2025-03")["law_digest"]
    assert changed["digest"] == kept("2025-03")["digest"] and differences(kept("2025-03"), changed) == []


def test_a_reform_of_a_keyed_figure_is_told_whole(tmp_path: Path) -> None:
    path = reform(
        tmp_path,
        "- id: jht.pu.rate\n  rows:\n  - {from: 2025-01-01, to: null, value: {employer: 40000, worker: 20000},"
        " regulation: PP 9/2026, article: Pasal 2, grade: unsourced}\n",
    )
    (one,) = differences(kept("2025-03"), figures_in_force(RULE, "2025-03", law_at("2025-03", reforms=(path,))))
    assert one.before == {"employer": 37_000, "worker": 20_000} and one.after == {"employer": 40_000, "worker": 20_000}
    assert one.text("en").endswith("employer 3.7 %, worker 2 % → employer 4 %, worker 2 % [PP 9/2026 Article 2]")


def test_another_wording_of_an_article_is_no_other_law() -> None:
    stored = kept("2025-03")
    stored["figures"]["jp.ceiling"] |= {"article": "Pasal 29", "grade": "gazette", "title": {"id": "Batas", "en": "Ceiling"}}
    assert differences(stored, figures_in_force(RULE, "2025-03")) == []


def test_a_timetable_read_through_time_is_compared_row_by_row() -> None:
    assert series_ids(law.RULES[RULE]) == {"jp.pension_age"}
    stored = kept("2025-03")
    rows = stored["figures"]["jp.pension_age"]["value"]
    assert rows[0] == {"from": "2015-07-01", "to": "2018-12-31", "value": 56} and len(rows) == 10
    rows[5]["value"] += 1
    (one,) = differences(stored, figures_in_force(RULE, "2025-03"))
    assert one.id == "jp.pension_age" and "tabel 10 baris → tabel 10 baris" in one.text("id")


def test_a_figure_the_rule_has_learnt_to_read_matters_only_where_it_is_in_force() -> None:
    stored, now = kept("2025-03"), figures_in_force(RULE, "2025-03")
    del stored["figures"]["jkk.relief.covid"]  # nothing in force in 2025
    assert differences(stored, now) == []
    del stored["figures"]["jkm.pu.rate"]
    (learnt,) = differences(stored, now)
    (forgotten,) = differences(now, stored)
    assert (learnt.id, learnt.before, learnt.after) == ("jkm.pu.rate", None, 3_000)
    assert (forgotten.id, forgotten.before, forgotten.after) == ("jkm.pu.rate", 3_000, None)
    assert "tidak ada → 0,3 %" in learnt.text("id") and "0.3 % → none" in forgotten.text("en")


def test_a_figure_that_exists_no_more_is_still_told() -> None:
    stored = kept("2025-03")
    stored["figures"]["jkk.gone"] = stored["figures"]["jkm.pu.rate"] | {"title": {"id": "Tarif lama", "en": "Old rate"}}
    (one,) = differences(stored, figures_in_force(RULE, "2025-03"))
    assert one.text("en").startswith("Old rate (jkk.gone): 3000 → none [PP 44/2015 ")


def test_a_rule_that_takes_a_date_and_its_table_are_kept_too() -> None:
    told = figures_in_force("benefit.jht.tax", "2024-05-15")
    assert told["when"] == "2024-05-15" and told["figures"]["jht.tax.final"]["value"][1]["rate_ppm"] == 50_000
    assert [row["from"] for row in told["figures"]["jht.tax.progressive"]["value"]] == ["2009-11-16", "2022-01-01"]
    earlier = figures_in_force("benefit.jht.tax", "2024-05-15", law_on("2024-05-15", "2021-12-31"))
    assert [c.id for c in differences(earlier, told)] == ["jht.tax.progressive"]


def test_every_rule_can_be_kept_and_has_a_digest_of_its_own_words() -> None:
    for name, rule in law.RULES.items():
        told = figures_in_force(name, "2025-03" if rule.when == "month" else "2025-03-15")
        assert json.loads(json.dumps(told)) == told
        assert len(told["digest"]) == 64 and told["rule"] == name


def test_two_rules_are_not_compared() -> None:
    with pytest.raises(ValueError, match=r"contribution\.pu are not compared with those of contribution\.bpu"):
        differences(kept("2025-03"), figures_in_force("contribution.bpu", "2025-03"))
    with pytest.raises(InputError):
        figures_in_force("contribution.pu", "March")
