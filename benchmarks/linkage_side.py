"""The sides of the linkage benchmark, each a process of its own on one synthetic world of known truth.

    python -m benchmarks.linkage_side make FOLDER SEED POOR MEMBERS USUAL|DIRTY
    python -m benchmarks.linkage_side prepare|exact|cascade|naive|ours|codes|counter|spark FOLDER

Prints what it found as JSON: P = right of linked, R = right of the listed who are members, for the best member of each record.
`prepare` makes the columns that `cascade` and `ours` read; its time is a figure of its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.linkage.decide import ASK, DIFFERENT, SAME
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.run import export, link, prepare, workshop
from jamsostek.linkage.train import train

CASCADE = (
    "l.nik = r.nik AND (l.first = r.first OR l.skeleton = r.skeleton OR l.born = r.born)",
    "l.name = r.name AND l.born_x = r.born_x AND l.village = r.village",
    "l.name = r.name AND l.born_x = r.born_x AND l.regency = r.regency",
    "l.first = r.first AND l.born_x = r.born_x AND l.village = r.village AND l.sex = r.sex",
    "l.kk = r.kk AND l.first = r.first AND l.sex = r.sex",
    "l.name = r.name AND l.village = r.village AND l.year = r.year AND l.sex = r.sex",
    "l.name = r.name AND l.mother_first = r.mother_first AND l.year = r.year AND l.regency = r.regency",
    "l.name = r.name AND l.born_x = r.born_x AND l.birth_place = r.birth_place",
)
"""Eight rules an engineer would write, on our normalised columns; the first that finds somebody counts."""
EVEN_ODDS = 0.0
GROUPS = {
    "NIK good": "nik_state = 'good'",
    "NIK missing": "nik_state = 'missing'",
    "NIK of the head": "nik_state = 'head'",
    "NIK slip, cut, dummy": "nik_state IN ('typo', 'cut', 'dummy')",
    "default birth date": "date_state = 'default'",
    "single name": "single_name",
    "50 and older": "age >= 50",
    "women": "sex = 'female'",
    "men": "sex = 'male'",
    "no good NIK, no certain date, single name": "nik_state <> 'good' AND date_state <> 'same' AND single_name",
}


def make(folder: Path, seed: int, poor: int, members: int, errors: str) -> None:
    """Writes the two lists and the truth."""
    from jamsostek.synth import register

    world = register.make_world(seed, poor=poor, members=members, errors=getattr(register, errors))
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    for name in ("register", "members", "family", "truth_register", "truth_members"):
        con.register(name, getattr(world, name))
    con.sql("SELECT * RENAME (row AS id) FROM register").write_parquet(str(folder / "register.parquet"))
    con.sql(
        "SELECT m.* RENAME (member AS id), f.family FROM members m LEFT JOIN"
        " (SELECT member, list(nik) AS family FROM family GROUP BY member) f ON f.member = m.member"
    ).write_parquet(str(folder / "members.parquet"))
    con.sql("SELECT t.*, r.sex FROM truth_register t JOIN register r USING (row)").write_parquet(
        str(folder / "truth_register.parquet")
    )
    con.sql("SELECT member, person FROM truth_members").write_parquet(str(folder / "truth_members.parquet"))


def _parts(path: Path) -> Iterator[pa.Table]:
    for batch in pq.ParquetFile(path).iter_batches(500_000):
        yield pa.Table.from_batches([batch])


def prepared(folder: Path) -> dict[str, Any]:
    """Columns for comparing, written as Parquet."""
    with workshop() as con:
        began = time.perf_counter()
        prepare(con, _parts(folder / "register.parquet"), _parts(folder / "members.parquet"))
        seconds = time.perf_counter() - began
        export(con, folder / "prepared")
    return {"wall_s": seconds}


def _load(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name in ("register", "members"):
        con.execute(f"CREATE TABLE {name} AS FROM '{folder / 'prepared' / name}.parquet'").fetchall()


class Truth:
    """Who is who."""

    def __init__(self, folder: Path) -> None:
        self._con = duckdb.connect()
        for name in ("truth_register", "truth_members"):
            self._con.execute(f"CREATE TABLE {name} AS FROM '{folder / name}.parquet'").fetchall()
        ((self.members,),) = self._con.sql("SELECT count(*) FROM truth_register WHERE is_member").fetchall()

    def judged(self, links: pa.Table) -> pa.Table:
        """Links (row, member, …) with `right`."""
        self._con.register("links", links)
        return self._con.sql(
            'SELECT l.*, coalesce(t.person = m.person, false) AS "right", t.is_member FROM links l'
            " JOIN truth_register t USING (row) LEFT JOIN truth_members m ON m.member = l.member"
        ).to_arrow_table()

    def scores(self, links: pa.Table) -> dict[str, float]:
        """Precision, recall and F1."""
        right = self.judged(links)["right"].to_numpy(zero_copy_only=False)
        return _prf(int(right.sum()), len(right), self.members)

    def best(self, links: pa.Table) -> dict[str, float]:
        """The same at the weight where F1 is best."""
        judged = self.judged(links)
        order = np.argsort(-judged["weight"].to_numpy())
        right = np.cumsum(judged["right"].to_numpy(zero_copy_only=False)[order])
        f1 = 2 * right / (np.arange(1, len(right) + 1) + self.members)
        place = int(f1.argmax())
        return _prf(int(right[place]), place + 1, self.members)

    def groups(self, links: pa.Table) -> dict[str, list[float]]:
        """Recall by group, with how many there are."""
        self._con.register("found", self.judged(links))
        told = ", ".join(f'count(*) FILTER ({rule}), count(*) FILTER (({rule}) AND f."right")' for rule in GROUPS.values())
        (counts,) = self._con.sql(
            f"SELECT {told} FROM truth_register t LEFT JOIN found f USING (row) WHERE t.is_member"
        ).fetchall()
        return {name: [counts[2 * at], counts[2 * at + 1] / max(1, counts[2 * at])] for at, name in enumerate(GROUPS)}


def _prf(right: int, linked: int, members: int) -> dict[str, float]:
    return {"p": right / max(1, linked), "r": right / members, "f1": 2 * right / (linked + members)}


def exact(folder: Path) -> dict[str, Any]:
    """NIK equality as written."""
    con = duckdb.connect()
    began = time.perf_counter()
    links = con.sql(
        f"SELECT r.id AS row, min(m.id) AS member FROM '{folder}/register.parquet' r JOIN '{folder}/members.parquet' m"
        " ON m.nik = r.nik GROUP BY 1"
    ).to_arrow_table()
    return {"wall_s": time.perf_counter() - began, **Truth(folder).scores(links)}


def cascade(folder: Path) -> dict[str, Any]:
    """Eight rules one after the other."""
    con = duckdb.connect()
    _load(con, folder)
    began = time.perf_counter()
    parts = " UNION ALL ".join(
        f"SELECT l.unique_id AS row, r.unique_id AS member, {at} AS rule FROM register l JOIN members r ON {rule}"
        for at, rule in enumerate(CASCADE)
    )
    links = con.sql(f"SELECT row, arg_min(member, rule) AS member FROM ({parts}) GROUP BY row").to_arrow_table()
    seconds, truth = time.perf_counter() - began, Truth(folder)
    return {"wall_s": seconds, **truth.scores(links), "groups": truth.groups(links)}


def naive(folder: Path) -> dict[str, Any]:
    """Splink as its guide begins: its own comparisons on names, date, number, place; its own training."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    con = duckdb.connect()
    clean = "upper(trim(regexp_replace(regexp_replace(name, '[^A-Za-z ]', ' ', 'g'), ' +', ' ', 'g')))"
    for name in ("register", "members"):
        con.execute(
            f"CREATE TABLE {name} AS SELECT id AS unique_id, split_part({clean}, ' ', 1) AS first_name,"
            f" nullif(split_part({clean}, ' ', -1), '') AS surname, birth_date::varchar AS dob, sex, kk, village_code AS village,"
            f" CASE WHEN regexp_full_match(nik, '[0-9]{{16}}') THEN nik END AS nik, upper(mother_name) AS mother, birth_place"
            f" FROM '{folder / name}.parquet'"
        ).fetchall()
    blocks = [
        block_on("nik"), block_on("dob", "first_name"), block_on("dob", "surname"), block_on("dob", "village"),
        block_on("village", "first_name", "sex"), block_on("kk", "sex"), block_on("mother", "first_name"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("first_name"), cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True), cl.LevenshteinAtThresholds("nik", [1, 2]),
            cl.ExactMatch("sex"), cl.ExactMatch("kk"), cl.ExactMatch("village"), cl.JaroWinklerAtThresholds("mother", [0.9]),
            cl.ExactMatch("birth_place"),
        ],
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )  # fmt: skip
    began = time.perf_counter()
    api = DuckDBAPI(con)
    linker = Linker([api.register(name, table_name=name) for name in ("members", "register")], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("nik"), block_on("dob", "first_name", "village")], 0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("nik"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob", "first_name"))
    found = linker.inference.predict(threshold_match_weight=-5, warning_mode="never")
    links = con.sql(
        "SELECT row, arg_max(member, weight) AS member, max(weight) AS weight FROM (SELECT"
        " if(source_dataset_l = 'register', unique_id_l, unique_id_r) AS row,"
        " if(source_dataset_l = 'register', unique_id_r, unique_id_l) AS member, match_weight AS weight"
        f" FROM {found.physical_name}) GROUP BY row"
    ).to_arrow_table()
    return {"wall_s": time.perf_counter() - began, **Truth(folder).best(links)}


def ours(folder: Path) -> dict[str, Any]:
    """Trained without labels, decided by the thresholds as shipped; F1 where the odds are even, which needs no truth either."""
    with workshop() as con:
        _load(con, folder)
        began = time.perf_counter()
        weights = train(con, INDONESIA)
        trained = time.perf_counter() - began
        links = link(con, INDONESIA, weights)
        seconds = time.perf_counter() - began
    truth = Truth(folder)
    con = duckdb.connect()
    con.register("decided", links.decided)
    even = con.sql(f"FROM decided WHERE weight >= {EVEN_ODDS}").to_arrow_table()
    judged = truth.judged(links.decided)
    con.register("judged", judged)
    by = {
        outcome: (count, right, there)
        for outcome, count, right, there in con.sql(
            'SELECT outcome, count(*), count(*) FILTER ("right"), count(*) FILTER (is_member) FROM judged GROUP BY 1'
        ).fetchall()
    }
    return {
        "wall_s": seconds, "train_s": trained, "pairs": links.pairs.num_rows, **truth.scores(even),
        "best_f1": truth.best(con.sql("FROM decided WHERE weight IS NOT NULL").to_arrow_table())["f1"],
        "auto": by[SAME][0], "auto_p": by[SAME][1] / by[SAME][0], "ask": by[ASK][0] / len(links.decided),
        "ask_right": by[ASK][1] / max(1, by[ASK][0]), "missed": by[DIFFERENT][2] / truth.members,
        "groups": truth.groups(even),
    }  # fmt: skip


def codes(folder: Path) -> dict[str, Any]:
    """Keyed codes instead of names, nothing opted in: encoded by each owner (not counted), linked by a third party."""
    from jamsostek.linkage import hashed

    key, agreement = hashed.new_key(), "benchmark"
    began = time.perf_counter()
    for name in ("register", "members"):
        hashed.encode_file(folder / f"{name}.parquet", folder / f"{name}-codes.parquet", key, agreement=agreement)
    encoded = time.perf_counter() - began
    back = {}
    for name in ("register", "members"):
        ids = pq.read_table(folder / f"{name}.parquet", columns=["id"])["id"].combine_chunks()
        back[name] = pa.table({"code": hashed.row_codes(ids, key, agreement=agreement), "id": ids})
    began = time.perf_counter()
    found = hashed.link_codes(*(hashed.read_codes(folder / f"{name}-codes.parquet") for name in ("register", "members")))
    seconds = time.perf_counter() - began
    con = duckdb.connect()
    for name, table in (("found", found), ("a", back["register"]), ("b", back["members"])):
        con.register(name, table)
    links = con.sql(
        "SELECT a.id AS row, b.id AS member, f.outcome, f.chance FROM found f JOIN a ON a.code = f.code"
        " JOIN b ON b.code = f.member_code WHERE f.chance >= 0.5"
    ).to_arrow_table()
    asked = sum(outcome == ASK for outcome in found["outcome"].to_pylist()) / found.num_rows
    return {"wall_s": seconds, "encode_s": encoded, "ask": asked, **Truth(folder).scores(links)}


def counter(folder: Path) -> dict[str, Any]:
    """A thousand people asked about one by one, against an index of all members."""
    from jamsostek.linkage.counter import build, open_index

    with workshop() as con:
        _load(con, folder)
        weights = train(con, INDONESIA)
        began = time.perf_counter()
        build(con, INDONESIA, weights, folder / "index")
        seconds = time.perf_counter() - began
    people = pq.read_table(folder / "register.parquet").slice(0, 1_000).to_pylist()
    index = open_index(folder / "index")
    index.answer({"name": "x"})  # the first question of a process loads what the others use
    taken = []
    for person in people:
        began = time.perf_counter()
        index.answer(person)
        taken.append(1_000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(taken, [50, 95])
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return {"wall_s": sum(taken) / 1_000, "build_s": seconds, "folder_mb": size / 1e6, "p50_ms": p50, "p95_ms": p95}


def spark(folder: Path) -> dict[str, Any]:
    """The same model on Spark; every pair on which the engines differ is written to `differences.csv` with its two weights."""
    import pyarrow.csv

    from jamsostek.batch.session import session
    from jamsostek.linkage.score import LEAST_KEPT, score
    from jamsostek.linkage.spark import differences, score_on_spark

    with workshop() as con:
        _load(con, folder)
        weights = train(con, INDONESIA)
        here = score(con, INDONESIA, weights).select(["row", "member", "weight"])
    began = time.perf_counter()
    with session("local[2]") as running:
        there = score_on_spark(running, folder / "prepared", INDONESIA, weights, least=LEAST_KEPT)
    seconds = time.perf_counter() - began
    apart = differences(here, there)
    pyarrow.csv.write_csv(apart, folder / "differences.csv")
    truth = Truth(folder)
    f1 = [truth.scores(_best(pairs))["f1"] for pairs in (here, there)]
    return {"wall_s": seconds, "pairs": here.num_rows, "differ": apart.num_rows, "f1": f1[1], "f1_here": f1[0]}


def _best(pairs: pa.Table) -> pa.Table:
    con = duckdb.connect()
    con.register("pairs", pairs)
    return con.sql(
        "SELECT row, arg_max(member, weight) AS member, max(weight) AS weight FROM pairs GROUP BY row"
        f" HAVING max(weight) >= {EVEN_ODDS}"
    ).to_arrow_table()


def main() -> None:
    """One task."""
    task, folder, *more = sys.argv[1:]
    if task == "make":
        make(Path(folder), int(more[0]), int(more[1]), int(more[2]), more[3])
        return
    tasks = {"prepare": prepared} | {task.__name__: task for task in (exact, cascade, naive, ours, codes, counter, spark)}
    print(json.dumps(tasks[task](Path(folder))))


if __name__ == "__main__":
    main()
