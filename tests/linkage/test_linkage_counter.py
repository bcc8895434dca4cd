"""One person typed at a counter gets the answer that the batch gives a record of a register."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from jamsostek.core.errors import InputError
from jamsostek.linkage.counter import Answer, Index, build, index, open_index, verify, writing
from jamsostek.linkage.counter.keys import columns_of, key_of, key_sql
from jamsostek.linkage.decide import DIFFERENT, decide
from jamsostek.linkage.explain import clues, start_bits
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.model import Weights
from jamsostek.linkage.normalise import WRITTEN, normalise
from jamsostek.linkage.run import prepare, workshop
from jamsostek.linkage.score import LEAST_KEPT, score
from jamsostek.synth.register import make_world

ALL = -500.0
Row = dict[str, Any]


def some_weights() -> Weights:
    """Any weights do where two ways of adding them up are compared; the likest level weighs most."""
    m, u = {}, {}
    for one in INDONESIA.comparisons:
        keys = [level.key for level in one.telling]
        m[one.name] = {key: 0.5 ** (place + 1) for place, key in enumerate(keys)}
        u[one.name] = {key: 0.13 ** (len(keys) - place) for place, key in enumerate(keys)}
    return Weights(1e-4, m, u)


def with_family(members: pa.Table, family: pa.Table) -> pa.Table:
    """Members as written, with the NIKs of relatives."""
    of: dict[int, list[str]] = {}
    for told in family.to_pylist():
        of.setdefault(told["member"], []).append(told["nik"])
    relatives = [of.get(number) for number in members["member"].to_pylist()]
    return numbered(members, "member").append_column("family", pa.array(relatives, WRITTEN["family"]))


def numbered(people: pa.Table, column: str) -> pa.Table:
    return people.rename_columns(["id" if name == column else name for name in people.column_names])


@dataclass(frozen=True)
class Both:
    """One world weighed by the batch and indexed for the counter."""

    folder: Path
    index: Index
    people: dict[int, Row]
    """The register as written, by row."""
    scored: dict[int, dict[int, Row]]
    """By row and member, what `score` gave."""
    decided: dict[int, Row]


def both(folder: Path, poor: int, members: int) -> Both:
    world = make_world(4, poor=poor, members=members)
    people = numbered(world.register, "row")
    with workshop() as con:
        prepare(con, [people], [with_family(world.members, world.family)])
        build(con, INDONESIA, some_weights(), folder)
        pairs = score(con, INDONESIA, some_weights(), least=ALL)
        kept = pairs.filter(pa.compute.greater_equal(pairs["weight"], LEAST_KEPT))
        decided = {told["row"]: told for told in decide(con, kept).to_pylist()}
    scored: dict[int, dict[int, Row]] = {row: {} for row in decided}
    for pair in pairs.to_pylist():
        scored[pair["row"]][pair["member"]] = pair
    typed = {row.pop("id"): row for row in people.to_pylist()}
    return Both(folder, open_index(folder), typed, scored, decided)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return both(tmp_path_factory.mktemp("small") / "index", 110, 1_100)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Of many batches of rows, as with millions of members."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "ROWS_IN_BATCH", 7_000)
        patch.setattr(index, "ROWS_IN_BATCH", 7_000)
        yield both(tmp_path_factory.mktemp("large") / "index", 3_000, 30_000)


# --- as the batch --------------------------------------------------------------------------------------------------------------


def test_every_pair_weighs_what_splink_says(small: Both) -> None:
    compared = 0
    for row, person in small.people.items():
        found = small.index.find(person, least=ALL)
        theirs = small.scored[row]
        assert {one.member for one in found} == set(theirs)
        for one in found:
            told = theirs[one.member]
            assert one.weight == pytest.approx(told["weight"], abs=1e-6)
            for name in (comparison.name for comparison in INDONESIA.comparisons):
                assert one.pair[name] == told[name]
                assert one.pair[f"{name}_bits"] == pytest.approx(told[f"{name}_bits"], abs=1e-4)
            compared += 1
    assert compared > 300


def test_the_best_member_and_the_outcome_are_those_of_the_batch(large: Both) -> None:
    for row in list(large.people)[::50]:
        answer = large.index.answer(large.people[row], least=ALL)
        told = large.decided[row]
        assert (answer.outcome, list(answer.reasons)) == (told["outcome"], told["reasons"])
        best = max(large.scored[row].values(), key=lambda pair: (pair["weight"], -pair["member"]), default=None)
        if best:
            assert answer.candidates[0].weight == pytest.approx(best["weight"], abs=1e-6)
            assert answer.candidates[0].member == best["member"]


def test_all_three_outcomes_occur(large: Both) -> None:
    assert {told["outcome"] for told in large.decided.values()} == {"same", "ask", "different"}


def test_the_members_are_written_in_several_batches(large: Both) -> None:
    assert large.index.members == 30_000
    assert len(large.index._batches) == 5


def test_a_record_alone_is_normalised_as_among_others(large: Both) -> None:
    """The counter has one record, the batch has many: a name must not depend on its neighbours."""
    people = [{**person, "id": row} for row, person in list(large.people.items())[:400]]
    kinds = pa.schema(list(WRITTEN.items()))
    together = normalise(pa.Table.from_pylist(people, kinds)).to_pylist()
    assert [normalise(pa.Table.from_pylist([one], kinds)).to_pylist()[0] for one in people] == together


# --- what it says ------------------------------------------------------------------------------------------------------------


def test_the_clues_of_a_candidate_add_up_to_its_weight(small: Both) -> None:
    row = next(row for row, pairs in small.scored.items() if pairs)
    best = small.index.find(small.people[row], least=ALL)[0]
    bits = sum(clue.bits for clue in clues(best.pair))
    assert bits + start_bits(small.index.scale.weights.prior) == pytest.approx(best.weight)


def test_candidates_come_the_likeliest_first_and_none_below_the_least(small: Both) -> None:
    answer = first_with_several(small)
    weights = [one.weight for one in answer.candidates]
    assert weights == sorted(weights, reverse=True)
    least = weights[1]
    again = small.index.find(small.people[first_row(small)], least=least)
    assert [one.weight for one in again] == [weight for weight in weights if weight >= least]


def first_row(of: Both) -> int:
    return next(row for row, pairs in of.scored.items() if len(pairs) > 3)


def first_with_several(of: Both) -> Answer:
    return of.index.answer(of.people[first_row(of)], least=ALL)


def test_somebody_of_whom_nothing_is_known_is_nobody(small: Both) -> None:
    answer = small.index.answer({})
    assert (answer.outcome, answer.reasons, answer.candidates, answer.skipped) == (DIFFERENT, (), (), ())


def test_a_stranger_is_nobody(small: Both) -> None:
    stranger = {"name": "Xaverius Qwertyman", "birth_date": dt.date(1931, 3, 9), "sex": "male", "nik": "9104010903310007"}
    assert small.index.answer(stranger).outcome == DIFFERENT


def test_a_field_of_another_name_is_told_with_the_one_meant(small: Both) -> None:
    with pytest.raises(InputError, match="birth_date"):
        small.index.answer({"name": "Siti Aminah", "birthdate": dt.date(1980, 1, 2)})


def test_a_rule_that_finds_too_many_is_left_out_and_told(small: Both) -> None:
    narrow, person = open_index(small.folder, most=1), small.people[first_row(small)]
    answer, whole = narrow.answer(person, least=ALL), small.index.answer(person, least=ALL)
    assert answer.skipped
    assert not whole.skipped
    assert {one.member for one in answer.candidates} < {one.member for one in whole.candidates}


def test_threads_get_their_own_answers(small: Both) -> None:
    people = list(small.people.values())[:12]
    alone = [small.index.answer(person) for person in people]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(small.index.answer, people)) == alone


# --- the folder --------------------------------------------------------------------------------------------------------------


def prepared(people: list[Row], members: list[Row]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    kinds = pa.schema(list(WRITTEN.items()))
    prepare(con, [pa.Table.from_pylist(people, kinds)], [pa.Table.from_pylist(members, kinds)])
    return con


SITI = {"id": 7, "name": "Siti Aminah", "nik": "3578014504790003", "birth_date": dt.date(1979, 4, 5), "sex": "female"}
BUDI = {"id": 8, "name": "Budi Santoso", "nik": "3578010607800002", "birth_date": dt.date(1980, 7, 6), "sex": "male"}


def test_an_index_of_no_members_finds_nobody(tmp_path: Path) -> None:
    build(prepared([SITI], []), INDONESIA, some_weights(), tmp_path / "index")
    assert open_index(tmp_path / "index").find({"name": "Siti Aminah"}, least=ALL) == []


def test_a_new_index_takes_the_older_ones_place_and_an_open_one_reads_on(tmp_path: Path) -> None:
    folder, siti = tmp_path / "index", {"nik": SITI["nik"]}
    build(prepared([], [SITI]), INDONESIA, some_weights(), folder)
    older = open_index(folder)
    build(prepared([], [BUDI]), INDONESIA, some_weights(), folder)
    assert [one.member for one in older.find(siti, least=ALL)] == [7]
    assert open_index(folder).find(siti, least=ALL) == []
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_index_that_cannot_be_written_whole_leaves_the_older_one(tmp_path: Path) -> None:
    folder, con = tmp_path / "index", prepared([], [SITI])
    build(con, INDONESIA, some_weights(), folder)
    with pytest.raises(ValueError, match="equal columns"):
        build(con, replace(INDONESIA, blocking={"near": "abs(l.year - r.year) < 2"}), some_weights(), folder)
    assert open_index(folder).members == 1
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_index_is_for_its_owner_only(small: Both) -> None:
    assert small.folder.stat().st_mode & 0o077 == 0


def test_an_index_of_another_design_is_refused(small: Both) -> None:
    other = replace(INDONESIA, blocking={"card": "l.kk = r.kk"})
    with pytest.raises(InputError, match="rancangan atau versi"):
        open_index(small.folder, other)


def test_a_design_of_one_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one list"):
        build(prepared([], [SITI]), replace(INDONESIA, within=True), some_weights(), tmp_path / "index")


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bukan indeks"):
        open_index(tmp_path)


def test_a_file_cut_short_is_refused_and_a_changed_one_found(small: Both, tmp_path: Path) -> None:
    shutil.copytree(small.folder, tmp_path / "index")
    verify(tmp_path / "index")
    keys = tmp_path / "index" / "rule_card.keys.npy"
    whole = keys.read_bytes()
    keys.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(InputError, match=r"rule_card\.keys\.npy"):
        verify(tmp_path / "index")
    keys.write_bytes(whole[:-8])
    with pytest.raises(InputError, match="tidak utuh"):
        open_index(tmp_path / "index")


# --- keys --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [("siti", 1979), ("", 0), ("é田", -3), ("a", 3525511001), (None, 1), ("a", None)])
def test_a_key_is_the_same_from_sql_and_from_python(values: tuple[str | None, int | None]) -> None:
    con = duckdb.connect()
    ((key,),) = con.execute(
        f"SELECT {key_sql(['a', 'b'])} FROM (SELECT ?::varchar AS a, ?::bigint AS b)", list(values)
    ).fetchall()
    assert key == key_of(values)


def test_values_side_by_side_are_not_run_together() -> None:
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])


def test_the_columns_of_a_rule_are_read_from_it() -> None:
    assert columns_of(INDONESIA.blocking["card"]) == ("kk", "sex")


@pytest.mark.parametrize("rule", ["l.a = r.b", "l.a = r.a OR l.b = r.b", "l.a = r.a AND l.b > r.b", "alike(l.a, r.a) > 0.9", ""])
def test_a_rule_of_another_form_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="equal columns"):
        columns_of(rule)
