"""A register linked to the members: right, explained, the same again, on two engines."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from jamsostek.core.text import speaking
from jamsostek.linkage import quality
from jamsostek.linkage.decide import ASK, DIFFERENT, NAMES_DIFFER, POOR, SAME, TWO_PEOPLE, Thresholds, decide
from jamsostek.linkage.explain import REASONS, clues, start_bits
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.model import ELSE, Weights, in_engine
from jamsostek.linkage.normalise import WRITTEN
from jamsostek.linkage.recall import masked_recall
from jamsostek.linkage.run import Links, export, link, prepare, workshop
from jamsostek.linkage.score import score
from jamsostek.linkage.train import train

PROOF = bool(os.environ.get("JAMSOSTEK_PROOF"))
POOR_ROWS, MEMBER_ROWS = (100_000, 1_000_000) if PROOF else (10_000, 100_000)
SEED = 21


@dataclass
class Linked:
    """A world linked once for all tests here."""

    con: duckdb.DuckDBPyConnection
    weights: Weights
    links: Links
    errors: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.con.sql(sql).fetchall())


def with_family(members: pa.Table, family: pa.Table) -> pa.Table:
    con = duckdb.connect()
    con.register("m", members)
    con.register("f", family)
    return con.sql(
        "SELECT m.* RENAME (member AS id), g.family FROM m LEFT JOIN (SELECT member, list(nik) AS family FROM f GROUP BY 1) g"
        " ON g.member = m.member"
    ).to_arrow_table()


@pytest.fixture(scope="module", params=["USUAL", "DIRTY"])
def linked(request: pytest.FixtureRequest) -> Iterator[Linked]:
    from jamsostek.synth import register

    world = register.make_world(SEED, poor=POOR_ROWS, members=MEMBER_ROWS, errors=getattr(register, request.param))
    listed = world.register.rename_columns(["id" if name == "row" else name for name in world.register.column_names])
    with workshop() as con:
        prepare(con, [listed], [with_family(world.members, world.family)])
        weights = train(con, INDONESIA)
        links = link(con, INDONESIA, weights)
        for name, table in (
            ("decided", links.decided),
            ("pairs", links.pairs),
            ("who", world.truth_register),
            ("whom", world.truth_members),
        ):
            con.register(name, table)
        con.execute(
            "CREATE TABLE judged AS SELECT d.*, coalesce(w.person = m.person, false) AS is_right, w.is_member"
            " FROM decided d JOIN who w USING (row) LEFT JOIN whom m USING (member)"
        ).fetchall()
        yield Linked(con, weights, links, request.param)


# --- how good ---------------------------------------------------------------------------------------------------------


def test_most_are_found_and_few_wrongly(linked: Linked) -> None:
    ((right, found, there),) = linked.rows(
        "SELECT count(*) FILTER (is_right AND weight >= 0), count(*) FILTER (weight >= 0), count(*) FILTER (is_member)"
        " FROM judged"
    )
    assert 2 * right / (found + there) >= {"USUAL": 0.98, "DIRTY": 0.96}[linked.errors]


def test_what_is_linked_without_asking_is_right(linked: Linked) -> None:
    ((right, all_),) = linked.rows(f"SELECT count(*) FILTER (is_right), count(*) FROM judged WHERE outcome = '{SAME}'")
    assert all_ - right <= max(4, all_ // 1_000)


def test_few_are_asked_about_and_fewer_missed(linked: Linked) -> None:
    ((asked, missed, members, rows),) = linked.rows(
        f"SELECT count(*) FILTER (outcome = '{ASK}'), count(*) FILTER (outcome = '{DIFFERENT}' AND is_member),"
        " count(*) FILTER (is_member), count(*) FROM judged"
    )
    assert asked / rows <= {"USUAL": 0.024, "DIRTY": 0.047}[linked.errors]
    assert missed / members <= {"USUAL": 0.025, "DIRTY": 0.05}[linked.errors]


def test_every_record_has_one_outcome(linked: Linked) -> None:
    assert linked.rows("SELECT count(*), count(DISTINCT row), min(row), max(row) FROM decided") == [
        (POOR_ROWS, POOR_ROWS, 1, POOR_ROWS)
    ]
    assert linked.rows(f"SELECT count(*) FROM decided WHERE (outcome = '{ASK}') <> (len(reasons) > 0)") == [(0,)]
    assert linked.rows(f"SELECT count(*) FROM decided WHERE outcome = '{SAME}' AND member IS NULL") == [(0,)]


def test_the_worst_documented_are_never_decided_by_the_machine(linked: Linked) -> None:
    poor = (
        "SELECT count(*) FROM decided d JOIN register g ON g.unique_id = d.row WHERE g.nik IS NULL AND g.born_x IS NULL"
        " AND NOT contains(g.name, ' ') AND d.member IS NOT NULL"
    )
    ((all_,),), ((asked,),) = (
        linked.rows(poor),
        linked.rows(f"{poor} AND d.outcome = '{ASK}' AND list_contains(reasons, '{POOR}')"),
    )
    assert all_ == asked > 0


def test_recall_is_estimated_without_the_truth(linked: Linked) -> None:
    before = linked.rows("SELECT count(*), sum(hash(unique_id)) FROM register")
    told = masked_recall(linked.con, INDONESIA, linked.weights, at=0).recall
    ((true,),) = linked.rows(
        "SELECT avg((coalesce(j.weight, -9) >= 0 AND j.is_right)::int) FROM judged j JOIN who USING (row)"
        " WHERE j.is_member AND nik_state = 'missing'"
    )
    assert told is not None
    assert abs(told - true) < 0.04
    assert linked.rows("SELECT count(*), sum(hash(unique_id)) FROM register") == before


# --- what is learned, what is said ------------------------------------------------------------------------------------


def test_weights_are_in_the_order_of_likeness(linked: Linked) -> None:
    for name, likest, least in (
        ("nik", "same", "other"),
        ("name", "same", "other"),
        ("born", "same", "other"),
        ("sex", "same", "other"),
    ):
        m, u = linked.weights.m[name], linked.weights.u[name]
        assert m[likest] / u[likest] > 1 > m[least] / u[least]
    assert start_bits(linked.weights.prior) < -10


def test_clues_add_up_to_the_weight(linked: Linked) -> None:
    for pair in linked.links.pairs.slice(0, 500).to_pylist():
        told = sum(clue.bits for clue in clues(pair)) + start_bits(linked.weights.prior)
        assert told == pytest.approx(pair["weight"], abs=0.01)


def test_every_clue_and_reason_has_words_in_both_languages(linked: Linked) -> None:
    levels = {one.name: [None, *(level.key for level in one.telling)] for one in INDONESIA.comparisons}
    for tongue in ("id", "en"):
        with speaking(tongue):
            for fact, keys in levels.items():
                sentences = [clue.sentence for key in keys for clue in clues({fact: key, f"{fact}_bits": 1.25}) if clue.bits]
                assert len(set(sentences)) == len(keys)
            assert all(REASONS.values())
    assert clues({"name": "first", "name_bits": 5.84})[0].sentence.endswith("(+5,8)")


def test_the_same_again(linked: Linked) -> None:
    assert train(linked.con, INDONESIA) == linked.weights
    again = score(linked.con, INDONESIA, linked.weights).sort_by([("row", "ascending"), ("member", "ascending")])
    assert again.equals(linked.links.pairs.sort_by([("row", "ascending"), ("member", "ascending")]))


def test_in_parts_as_in_one(linked: Linked) -> None:
    parts = score(linked.con, INDONESIA, linked.weights, chunks=3)
    key = [("row", "ascending"), ("member", "ascending")]
    assert parts.sort_by(key).equals(linked.links.pairs.sort_by(key))


@pytest.mark.parametrize("linked", ["USUAL"], indirect=True)
def test_spark_says_the_same(linked: Linked, tmp_path: Path) -> None:
    from jamsostek.batch.session import session
    from jamsostek.linkage.spark import differences, score_on_spark

    export(linked.con, tmp_path)
    with session("local[2]") as spark:
        found = score_on_spark(spark, tmp_path, INDONESIA, linked.weights, least=-3)
    apart = differences(linked.links.pairs, found)
    assert found.num_rows > POOR_ROWS / 4
    assert apart.num_rows <= found.num_rows / 200  # Jaro-Winkler at the edge of a level
    assert all(one["weight"] is not None or one["other_weight"] is not None for one in apart.to_pylist())


# --- rules ------------------------------------------------------------------------------------------------------------


def pairs_of(*pairs: tuple[int, int, float, str, str, str, str | None]) -> pa.Table:
    names = ["row", "member", "weight", "nik", "name", "born", "home"]
    columns = list(zip(*pairs, strict=True))
    types = [pa.int64(), pa.int64(), pa.float64(), *[pa.string()] * 4]
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], names=names)


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    people = [
        {"id": 1, "name": "Siti Aminah", "birth_date": dt.date(1980, 3, 12), "village_code": 3515522003},
        {"id": 2, "name": "Budi Santoso", "birth_date": dt.date(1985, 5, 1), "village_code": 3515522003},
        {"id": 3, "name": "Aminah", "birth_date": dt.date(1980, 12, 31)},
    ]
    table = pa.Table.from_pylist(people, schema=pa.schema(list(WRITTEN.items())))
    with workshop() as con:
        prepare(con, [table], [table])
        yield con


def outcome(con: duckdb.DuckDBPyConnection, *pairs: Any, row: int = 1) -> tuple[str, list[str]]:
    (found,) = [one for one in decide(con, pairs_of(*pairs)).to_pylist() if one["row"] == row]
    return found["outcome"], found["reasons"]


def test_outcomes(small: duckdb.DuckDBPyConnection) -> None:
    assert outcome(small, (1, 1, 12.0, "same", "same", "same", "village")) == (SAME, [])
    assert outcome(small, (1, 1, 3.0, "same", "same", "same", "village"))[0] == ASK
    assert outcome(small, (1, 1, -2.0, "same", "same", "same", "village")) == (DIFFERENT, [])
    assert outcome(small, (2, 2, 12.0, "same", "same", "same", "village")) == (DIFFERENT, [])


def test_equal_numbers_of_people_with_other_names_are_asked_about(small: duckdb.DuckDBPyConnection) -> None:
    assert outcome(small, (1, 1, 25.0, "same", "other", "same", "elsewhere")) == (ASK, [NAMES_DIFFER])
    assert outcome(small, (1, 1, 35.0, "same", "other", "same", "card")) == (SAME, [])  # number, date and household agree


def test_two_who_fit_as_well_are_asked_about_unless_they_are_one(small: duckdb.DuckDBPyConnection) -> None:
    near = ((1, 1, 12.0, "same", "same", "same", "village"), (1, 2, 10.0, "same", "same", "same", "village"))
    assert outcome(small, *near) == (ASK, [TWO_PEOPLE])
    assert outcome(small, near[0], (1, 2, 8.0, "same", "same", "same", "village")) == (SAME, [])


def test_the_poorly_documented_are_asked_about_however_well_they_fit(small: duckdb.DuckDBPyConnection) -> None:
    assert outcome(small, (3, 3, 20.0, "same", "same", "same", "card"), row=3) == (ASK, [POOR])


def test_thresholds_are_policy(small: duckdb.DuckDBPyConnection) -> None:
    pairs = pairs_of((1, 1, 3.0, "same", "same", "same", "village"))
    (found,) = [one for one in decide(small, pairs, Thresholds(same=2.0)).to_pylist() if one["row"] == 1]
    assert found["outcome"] == SAME


def test_the_design_is_whole() -> None:
    for one in INDONESIA.comparisons:
        keys = [level.key for level in one.levels]
        assert len(set(keys)) == len(keys)
        assert one.levels[-1].sql == ELSE
    assert "jaro_winkler_similarity(a, b)" in in_engine("alike(a, b)", "duckdb")
    assert not any(rule.strip() in ("l.born = r.born", "l.born_x = r.born_x") for rule in INDONESIA.blocking.values())


# --- asking people ----------------------------------------------------------------------------------------------------


def test_a_sample_is_spread_over_the_bands() -> None:
    weights = {row: float(row % 40) - 5 for row in range(4_000)}
    drawn = quality.sample(weights, 160, seed=1)
    assert len(drawn) == len(set(drawn)) <= 160
    assert {quality.band_of(weights[row]) for row in drawn} == {quality.band_of(weight) for weight in weights.values()}
    assert quality.sample(weights, 160, seed=1) == drawn != quality.sample(weights, 160, seed=2)


def test_precision_is_weighed_by_how_many_stand_behind_each_band() -> None:
    bands = [quality.Band(6.6, 9_000, 100, 100), quality.Band(-1.0, 1_000, 100, 50)]
    told = quality.precision(bands)
    assert told is not None
    assert told.value == pytest.approx(0.95)
    assert told.low < 0.95 < told.high
    assert quality.precision([*bands, quality.Band(2.0, 10, 0, 0)]) is None
    assert quality.precision([]) is None


def test_the_threshold_follows_the_precision_wanted() -> None:
    bands = [quality.Band(-1.0, 1_000, 50, 25), quality.Band(2.0, 1_000, 50, 45), quality.Band(6.6, 30_000, 50, 50)]
    assert quality.least_weight(bands, 0.999) == 6.6
    assert quality.least_weight(bands, 0.99) == 2.0
    assert quality.least_weight(bands, 0.9) == -1.0
    assert quality.least_weight([quality.Band(6.6, 10, 10, 5)], 0.9) is None


def test_a_list_too_small_to_learn_from_leans_on_what_is_usual() -> None:
    people = [
        {
            "id": at,
            "name": f"Orang{chr(97 + at)} Contoh",
            "sex": "female",
            "birth_date": dt.date(1980, 1, 2) + dt.timedelta(days=at * 40),
        }
        for at in range(20)
    ]
    members = pa.Table.from_pylist(people, schema=pa.schema(list(WRITTEN.items())))
    with workshop() as con:
        prepare(con, [members.slice(0, 5)], [members])
        weights = train(con, INDONESIA)
        assert all(0 < share < 1 for part in (weights.m, weights.u) for of in part.values() for share in of.values())
        found = link(con, INDONESIA, weights).decided.to_pylist()
    assert [one["member"] for one in found] == [0, 1, 2, 3, 4]
    assert all(one["weight"] > 0 for one in found)


def test_nobody_against_nobody() -> None:
    nobody = pa.schema(list(WRITTEN.items())).empty_table()
    with workshop() as con:
        prepare(con, [nobody], [nobody])
        assert link(con, INDONESIA, train(con, INDONESIA)).decided.num_rows == 0
