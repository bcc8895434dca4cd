"""The policy laboratory: what a reform changes, and nothing it does not."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from jamsostek import law
from jamsostek.batch.embedded import run_month
from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH
from jamsostek.core.text import speaking
from jamsostek.coverage.laboratory import Result, read_reform, simulate
from jamsostek.coverage.laboratory import scan as scanning
from jamsostek.coverage.laboratory.assumptions import values
from jamsostek.coverage.laboratory.cells import CELLS, CLASSES, DIMENSIONS, added
from jamsostek.coverage.laboratory.effects import CONTRIBUTIONS, FUNDS, MEASURES, MICRO
from jamsostek.coverage.laboratory.results import csv_text, json_text, write
from jamsostek.coverage.laboratory.rows import BENEFITS, MAX_INCOME, Adder, Setup, incomes, mixed_bits
from jamsostek.coverage.laboratory.shipped import example_files, example_result
from jamsostek.law.figures import ParameterError
from jamsostek.synth import synth
from jamsostek.synth.published import minimum_wages

MONTH = 202606
HEAD = """
reform: "percobaan"
parameters: {parameters}
simulation:
  title: {{id: "Percobaan", en: "A trial"}}
  month: 2026-06
"""
CEILING = """
- id: jp.ceiling
  rows:
  - {from: 2026-01-01, to: null, value: 15000000, regulation: Percobaan, article: "-", grade: unsourced, source: []}
"""
NOTHING = """
- id: percobaan.kosong
  title: {id: "Tidak dipakai", en: "Not used"}
  unit: rupiah
  rows:
  - {from: 2026-01-01, to: null, value: 1, regulation: Percobaan, article: "-", grade: unsourced, source: []}
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people") / "nation"
    synth(folder, 6_000, 7)
    return folder


def reform(folder: Path, name: str, parameters: str = "[]", simulation: str = "") -> Any:
    path = folder / f"{name}.yaml"
    indented = "".join(f"  {line}\n" for line in simulation.strip("\n").splitlines())
    path.write_text(HEAD.format(parameters=parameters) + indented, encoding="utf-8")
    return read_reform(path)


def subsidy(**given: Any) -> str:
    rule = {"title": {"id": "Aturan", "en": "Rule"}, "payer": "apbn", "share_permille": 1000, "take_up_permille": 0} | given
    return f"subsidies: [{json.dumps(rule)}]"


def alike(one: Any, other: Any) -> bool:
    return all(np.array_equal(one.effects[m], other.effects[m]) for m in MEASURES)


def test_a_reform_that_changes_no_figure_of_the_month_changes_nothing(people: Path, tmp_path: Path) -> None:
    result = simulate([reform(tmp_path, "kosong")], people)
    assert alike(result.reforms[0], result.baseline)


def test_a_reform_reckoned_anew_with_a_figure_nobody_reads_changes_nothing(people: Path, tmp_path: Path) -> None:
    result = simulate([reform(tmp_path, "tak-dipakai", NOTHING)], people)
    assert result.reforms[0].law_digest != result.baseline.law_digest
    assert alike(result.reforms[0], result.baseline)


def test_the_law_as_it_stands_gives_the_month_to_the_rupiah(people: Path, tmp_path: Path) -> None:
    summary = run_month(people, tmp_path / "month", MONTH, law.law_at(MONTH), summary_only=True).summary
    found = simulate([reform(tmp_path, "kosong")], people).baseline
    for dimension in ("province", "segment"):
        for group, cell in summary.by(dimension).items():
            assert found.by(dimension, "members")[group] == cell["workers"]
            assert sum(found.by(dimension, m)[group] for m in CONTRIBUTIONS) == 12 * cell["total_rupiah"]
            assert found.by(dimension, "fund_jkm")[group] == 12 * cell["jkm_fund_rupiah"]
            assert found.by(dimension, "fund_jp")[group] == 12 * (cell["jp_employer_rupiah"] + cell["jp_worker_rupiah"])
            assert found.by(dimension, "state_jkp")[group] == 12 * cell["jkp_government_rupiah"]


def test_what_is_paid_is_what_the_funds_receive(people: Path, tmp_path: Path) -> None:
    result = simulate([reform(tmp_path, "subsidi", CEILING, subsidy(share_permille=500, take_up_permille=300))], people)
    for one in result.scenarios:
        paid = sum(one.total(m) for m in (*CONTRIBUTIONS, "state_jkp"))
        assert paid == sum(one.total(m) for m in FUNDS)
        assert one.total("fund_other") == 0


def test_regions_add_up_to_the_nation_each_reckoned_alone(people: Path, tmp_path: Path) -> None:
    one = reform(tmp_path, "semua", CEILING, subsidy(share_permille=500, take_up_permille=300))
    result = simulate([one], people)
    whole, standing = result.reforms[0], result.baseline
    for code in (31, 32, 91, 96):
        shutil.copytree(people / f"province={code}", tmp_path / f"only-{code}" / f"province={code}")
        part = simulate([one], tmp_path / f"only-{code}")
        for measure in ("members", *CONTRIBUTIONS, "fund_jp", "fund_jht"):  # tenths are of the people read: no subsidy here
            assert part.baseline.total(measure) == standing.by("province", measure)[code]
        families = part.baseline.total("falling_bare") - standing.by("province", "falling_bare")[code]
        assert abs(families) < MICRO // 1_000  # millionths of a family are rounded in each cell
    for measure in MEASURES:
        for dimension in DIMENSIONS:
            assert sum(whole.by(dimension, measure).values()) == whole.total(measure)


def filtered(people: Path, to: Path, keep: Any) -> Path:
    for path in people.glob("province=*/*.parquet"):
        table = pq.read_table(path)
        (to / path.parent.name).mkdir(parents=True)
        pq.write_table(table.filter(keep(table)), to / path.parent.name / path.name)
    return to


def test_a_higher_ceiling_reaches_only_those_above_the_old_one(people: Path, tmp_path: Path) -> None:
    ceiling = law.law_at(MONTH).rupiah("jp.ceiling")
    higher = reform(tmp_path, "batas", CEILING)
    below = simulate([higher], filtered(people, tmp_path / "below", lambda t: pc.less_equal(t["wage_rupiah"], ceiling)))
    above = simulate([higher], filtered(people, tmp_path / "above", lambda t: pc.greater(t["wage_rupiah"], ceiling)))
    assert alike(below.reforms[0], below.baseline)
    assert above.reforms[0].total("fund_jp") > above.baseline.total("fund_jp")
    assert above.reforms[0].total("fund_jht") == above.baseline.total("fund_jht")


def test_more_subsidy_costs_the_budget_more_and_the_workers_less(people: Path, tmp_path: Path) -> None:
    steps = [
        reform(tmp_path, f"s{share}", "[]", subsidy(share_permille=share, take_up_permille=share // 2))
        for share in range(0, 1001, 250)
    ]
    found = simulate(steps, people).reforms
    for less, more in pairwise(found):
        assert less.total("by_apbn") < more.total("by_apbn")
        assert less.total("by_self") > more.total("by_self")
        assert less.total("members") < more.total("members")
        assert less.total("falling") > more.total("falling")
        assert less.total("falling_bare") == more.total("falling_bare")
        assert less.total("members") + less.total("outside") == more.total("members") + more.total("outside")
    assert alike(found[0], simulate([steps[0]], people).baseline)


def test_a_subsidy_reaches_only_whom_it_means(people: Path, tmp_path: Path) -> None:
    rule = subsidy(deciles=[1, 2], provinces=[32], sexes=["female"], sectors=["other"], take_up_permille=500)
    result = simulate([reform(tmp_path, "sedikit", "[]", rule)], people)
    moved = result.reforms[0].effects["by_apbn"] - result.baseline.effects["by_apbn"]
    places = np.argwhere(moved)
    assert len(places)
    for _province, sex, tenth, of_class in places.tolist():
        assert (sex, CLASSES[of_class][0], CLASSES[of_class][2]) == (1, "bpu", "other") and tenth in (1, 2)
    assert {code for code, v in result.reforms[0].by("province", "joined").items() if v} == {32}


def test_nobody_is_paid_for_twice(people: Path, tmp_path: Path) -> None:
    rules = [
        {"title": {"id": "A", "en": "A"}, "payer": payer, "share_permille": 1000, "take_up_permille": 1000}
        for payer in ("apbd", "apbn")
    ]
    result = simulate([reform(tmp_path, "dua", "[]", f"subsidies: {json.dumps(rules)}")], people)
    assert result.reforms[0].total("by_apbn") == result.baseline.total("by_apbn")
    assert result.reforms[0].total("by_apbd") > result.baseline.total("by_apbd")
    assert result.reforms[0].total("outside") == 0


def test_two_reforms_side_by_side_are_each_alone(people: Path, tmp_path: Path) -> None:
    first, second = reform(tmp_path, "satu", CEILING), reform(tmp_path, "dua", NOTHING, subsidy(take_up_permille=100))
    both = simulate([first, second], people)
    assert alike(both.reforms[0], simulate([first], people).reforms[0])
    assert alike(both.reforms[1], simulate([second], people).reforms[0])
    assert alike(both.baseline, simulate([second], people).baseline)


def plain_row(row: dict[str, Any], tenths: Any, minimum: int, assumed: dict[str, Any]) -> dict[str, int]:
    """One worker by the law's public door and plain arithmetic."""
    bits = int(mixed_bits(np.array([row["participant"]]))[0])
    segment = ("pu", "non_asn", "bpu", "construction", "migrant").index(row["segment"])
    found = {"workers": 1}
    if row["segment"] == "migrant":
        return found
    income = int(incomes(segment, np.array([row["wage_rupiah"]]), mixed_bits(np.array([row["participant"]])), minimum)[0])
    day = "2026-06-01"
    base = row["wage_rupiah"]
    if row["segment"] == "bpu":
        base = law.calculate("contribution.bpu", month="2026-06", income_rupiah=base)["base_rupiah"]
    paid = {
        "jkm_death": law.calculate("benefit.jkm.death", date=day)["total_rupiah"],
        "jkk_death": law.calculate("benefit.jkk.death", date=day, wage_rupiah=base)["total_rupiah"],
        "jkk_disability": law.calculate("benefit.jkk.total_disability", date=day, wage_rupiah=base)["total_rupiah"],
        "jkk_incapacity": law.calculate("benefit.jkk.temporary_incapacity", date=day, wage_rupiah=base, months=2)[
            "incapacity_rupiah"
        ],
    }
    shares, draw, size = assumed["household.shares_permille"], (bits >> 33) % 1000, 1
    while draw >= shares[size - 1]:
        draw, size = draw - shares[size - 1], size + 1
    line, other = assumed["poverty.line_rupiah"], income * 300_000 // 700_000
    for benefit, loss in BENEFITS.items():
        found[benefit] = paid[benefit]
        lacking = (size - (loss == "death")) * line - other
        if income + other >= size * line and lacking > 0:
            months = 2 if loss == "incapacity" else 60
            poor = max(0, months - paid[benefit] // lacking)
            found[f"{benefit}_months"], found[f"{benefit}_falling"] = poor, int(poor > 0)
    return found


def test_every_sum_is_the_sum_of_its_people_one_by_one(people: Path) -> None:
    setup = Setup(MONTH, ((),), ((),), values({}, MONTH), np.ones(MAX_INCOME + 1, dtype=np.int8))
    path = people / "province=35" / "part-0.parquet"
    wanted: dict[str, int] = {}
    table = pq.read_table(path)
    chosen = table.take(list(range(0, table.num_rows, 3)))
    for row in chosen.to_pylist():
        for name, value in plain_row(row, setup.tenths, minimum_wages()[35].value, values({}, MONTH)).items():
            wanted[name] = wanted.get(name, 0) + int(value)
    adder = Adder(setup, 35)
    for batch in chosen.to_batches(max_chunksize=50):
        adder.add(batch)
    sums = {**adder.of_law[0], "workers": adder.facts["workers"]}
    assert wanted["jkm_death_falling"] > 0
    assert {name: int(sums[name].sum()) for name in wanted} == wanted


def test_the_lowest_band_is_not_taken_for_an_income() -> None:
    wage, who = np.array([1_000_000] * 500), mixed_bits(np.arange(500))
    drawn = incomes(2, wage, who, 3_000_000)
    assert len(set(drawn.tolist())) > 400 and drawn.min() > 0
    assert incomes(2, np.array([4_000_000]), who[:1], 3_000_000).tolist() == [4_000_000]
    assert (incomes(2, wage, who, 3_000_000) == drawn).all()


def test_sums_beyond_what_floats_hold_stay_exact() -> None:
    amounts = np.full(1_000, MAX_MONTHLY_RUPIAH * 100 + 1, dtype=np.int64)
    key = np.zeros(1_000, dtype=np.int64)
    assert int(added(key, amounts)[0]) == int(amounts.sum()) and len(added(key, amounts)) == CELLS


def test_processes_and_files_change_no_byte(people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = reform(tmp_path, "sama", CEILING, subsidy(take_up_permille=100))
    first = simulate([one], people, processes=1)
    monkeypatch.setattr(scanning, "SMALL", 0)
    second = simulate([one], people, processes=2)
    assert json_text(first.plain()) == json_text(second.plain())
    assert csv_text(first.plain()) == csv_text(second.plain())


def test_a_result_is_written_with_the_reform_beside_it(people: Path, tmp_path: Path) -> None:
    one = reform(tmp_path, "tertulis", CEILING)
    result: Result = simulate([one], people)
    paths = write(result, (one,), tmp_path / "out")
    assert [p.name for p in paths] == ["result.json", "effects.csv", "tertulis.yaml"]
    kept = json.loads(paths[0].read_text(encoding="utf-8"))
    assert kept["scenarios"][1]["digest"] == one.digest == read_reform(paths[2]).digest
    lines = paths[1].read_text(encoding="utf-8").splitlines()
    assert f"tertulis,total,,,fund_jp,rupiah,{result.reforms[0].total('fund_jp')}" in paths[1].read_text(encoding="utf-8")
    assert len(lines) == 1 + 2 * len(MEASURES) * (1 + 38 + 2 + 11 + 5)


def test_a_saved_folder_run_again_gives_the_same_bytes(people: Path, tmp_path: Path) -> None:
    beside = tmp_path / "tambahan.yaml"
    beside.write_text(f"reform: tambahan\nparameters: {CEILING}", encoding="utf-8")
    both = reform(tmp_path, "dua", simulation="laws: [tambahan.yaml]"), reform(tmp_path, "satu", CEILING, subsidy())
    with speaking("en"):
        first = write(simulate(both, people, processes=1), both, tmp_path / "out")
    assert {p.name for p in first} == {"result.json", "effects.csv", "dua.yaml", "tambahan.yaml", "satu.yaml"}
    again = tuple(read_reform(tmp_path / "out" / f"{name}.yaml") for name in ("dua", "satu"))
    with speaking("id"):
        second = write(simulate(again, people, processes=2), again, tmp_path / "again")
    for one, two in zip(first, second, strict=True):
        assert one.name == two.name and one.read_bytes() == two.read_bytes(), one.name


def test_law_files_of_one_name_that_differ_are_not_saved_over_each_other(people: Path, tmp_path: Path) -> None:
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = f"reform: {folder}\nparameters: {CEILING}"
        (tmp_path / folder / "tambahan.yaml").write_text(text, encoding="utf-8")
        made.append(reform(tmp_path / folder, folder, simulation="laws: [tambahan.yaml]"))
    with pytest.raises(InputError):
        write(simulate(made, people), tuple(made), tmp_path / "out")


def test_law_files_stand_beside_the_reform(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(f"reform: x\nparameters: {CEILING}", encoding="utf-8")
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="laws"):
        reform(tmp_path / "in", "luar", simulation='laws: ["../x.yaml"]')


def test_the_command_tells_reforms_side_by_side_by_tenth_sex_and_province(people: Path, tmp_path: Path) -> None:
    one, two = reform(tmp_path, "satu", CEILING), reform(tmp_path, "dua", simulation=subsidy(take_up_permille=100))
    out = tmp_path / "hasil"
    words = ["simulate", str(one.path), "--against", str(two.path), "--people", str(people), "--out", str(out)]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "400"})
    assert done.exit_code == 0, done.output
    for told in ("Selisih menurut persepuluhan penghasilan", "Selisih menurut jenis kelamin", "Selisih menurut provinsi"):
        assert told in done.output
    assert "satu: " in done.output and "dua: " in done.output and "Papua Selatan" in done.output
    kept = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in kept["scenarios"]] == ["baseline", "satu", "dua"]
    for each in kept["scenarios"]:
        for dimension in ("decile", "sex", "province"):
            assert sum(group["members"] for group in each[dimension].values()) == each["total"]["members"]


BROKEN = {
    "month": (HEAD.replace("2026-06", "Juni").format(parameters="[]"), ":5: month"),
    "years": (HEAD.format(parameters="[]") + "  years: 11\n", ":5: years"),
    "unknown": (HEAD.format(parameters="[]") + "  subsidi: []\n", "subsidies"),
    "people": (HEAD.format(parameters="[]") + "  people: {workers: 0}\n", "workers"),
    "payer": (HEAD.format(parameters="[]") + "  " + subsidy(payer="negara"), "apbn, apbd, village"),
    "share": (HEAD.format(parameters="[]") + "  " + subsidy(share_permille=1001), "share_permille"),
    "province": (HEAD.format(parameters="[]") + "  " + subsidy(provinces=[99]), "provinces"),
    "take-up": (
        HEAD.format(parameters="[]") + "  subsidies: [{title: {id: A, en: A}, payer: apbn, share_permille: 1}]", "take_up",
    ),
    "assumption": (HEAD.format(parameters="[]") + "  assumptions: {poverty.line_rupiah: nol}\n", "poverty.line_rupiah"),
    "shares": (HEAD.format(parameters="[]") + "  assumptions: {household.shares_permille: [1, 2, 3, 4, 5, 6]}\n", "1000"),
    "laws": (HEAD.format(parameters="[]") + "  laws: [tiada.yaml]\n", "tiada.yaml"),
    "title": (HEAD.format(parameters="[]").replace('en: "A trial"', 'fr: "x"'), "title"),
    "no section": ('reform: "x"\nparameters: []\n', "simulation"),
    "law": (HEAD.format(parameters="[{id: jp.ceiling, rows: [{from: 2026-01-01, to: null, value: -1}]}]"), "grade"),
    "not YAML": ("reform: [", ":"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_told_by_file_field_and_remedy(broken: str, tmp_path: Path) -> None:
    text, told = BROKEN[broken]
    path = tmp_path / "rusak.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InputError, ParameterError)) as caught:
        read_reform(path)
    assert "rusak.yaml" in str(caught.value) and told in str(caught.value)
    if isinstance(caught.value, InputError):
        assert caught.value.field


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tiada\.yaml"):
        read_reform(tmp_path / "tiada.yaml")


def test_reforms_of_different_months_are_not_compared(people: Path, tmp_path: Path) -> None:
    first, second = reform(tmp_path, "a"), reform(tmp_path, "b", "[]", "years: 2")
    with pytest.raises(InputError, match="years"):
        simulate([first, second], people)


def test_the_digest_is_of_the_content_not_of_the_layout(tmp_path: Path) -> None:
    first = reform(tmp_path, "a", CEILING)
    (tmp_path / "b.yaml").write_text("# catatan\n" + (tmp_path / "a.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert read_reform(tmp_path / "b.yaml").digest == first.digest != reform(tmp_path, "c", NOTHING).digest


def test_a_population_without_sex_is_refused(people: Path, tmp_path: Path) -> None:
    table = pq.read_table(people / "province=31" / "part-0.parquet").drop_columns(["sex"])
    (tmp_path / "p" / "province=31").mkdir(parents=True)
    pq.write_table(table, tmp_path / "p" / "province=31" / "part-0.parquet")
    with pytest.raises(InputError, match="sex"):
        simulate([reform(tmp_path, "x")], tmp_path / "p")


def test_rows_the_month_refuses_are_left_out_here_too(people: Path, tmp_path: Path) -> None:
    table = pq.read_table(people / "province=31" / "part-0.parquet")
    wages = table["wage_rupiah"].to_pylist()
    wages[0] = -5
    table = table.set_column(table.schema.get_field_index("wage_rupiah"), "wage_rupiah", [wages])
    (tmp_path / "p" / "province=31").mkdir(parents=True)
    pq.write_table(table, tmp_path / "p" / "province=31" / "part-0.parquet")
    result = simulate([reform(tmp_path, "x")], tmp_path / "p")
    assert (result.found.refused, result.baseline.total("members")) == (1, len(wages) - 1)


def test_the_kept_result_is_of_the_examples_and_the_law_of_today() -> None:
    """Fails when an example, an assumption or the law changed: run tools/laboratory_examples.py."""
    kept, files = example_result(), example_files()
    assert [one["name"] for one in kept["scenarios"][1:]] == list(files)
    for one in kept["scenarios"][1:]:
        now = read_reform(files[one["name"]])
        assert (one["digest"], one["law_digest"]) == (now.digest, now.law(now.month).digest)
    assert {id: one["value"] for id, one in kept["assumptions"].items()} == values({}, MONTH)
