"""Learns the weights of a design from two tables, without labels.

- prior: pairs that a number makes certain, divided by how many records have a number at all;
- u: from random pairs; of levels too rare for that, from pairs that share something (a village, a card, a phone);
- m: expectation maximisation (Splink) in blocks; a comparison is not learned in a block it is part of.

What a design sets is not learned: random pairs never show an equal NIK.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from jamsostek.linkage.model import DUCKDB, ELSE, MEMBERS, REGISTER, Comparison, Design, Weights, in_engine, settings

RANDOM_PAIRS = 3_000_000
LEAST_M = 1e-4
"""No level is rarer among pairs of one person: what was not seen in training is not impossible."""
LEAN_PAIRS = 20_000
"""What is usually seen counts as much as so many pairs, so that a small list has no wild weights."""
LEAST_BLOCK = 500
"""A block of fewer pairs teaches nothing."""
_SAMPLE = 20_000
_EM_PAIRS = 1_000_000


@dataclass(frozen=True)
class Sizes:
    """Rows of the two tables, or of the one twice."""

    register: int
    members: int
    within: bool

    @property
    def pairs(self) -> int:
        """All pairs there could be."""
        return self.register * (self.register - 1) // 2 if self.within else self.register * self.members


Shares = dict[str, dict[str, float]]
"""By comparison and level."""


def train(con: duckdb.DuckDBPyConnection, design: Design, *, seed: int = 1, random_pairs: int = RANDOM_PAIRS) -> Weights:
    """Weights learned from the tables `register` and `members` of the connection (of the first alone for a design within one
    list); the same seed gives the same weights."""
    ((register, members),) = con.sql(
        f"SELECT (SELECT count(*) FROM {REGISTER}), (SELECT count(*) FROM {other(design)})"
    ).fetchall()
    sizes = Sizes(register, members, design.within)
    prior = _prior(con, design, sizes)
    u = _random_u(con, design, seed, random_pairs)
    for name, joins in design.rare_in.items():
        u[name] |= _rare_u(con, design, name, joins, sizes)
    return _learned(con, design, _started(design, prior, u))


def other(design: Design) -> str:
    """The table whose records the register's are compared with."""
    return REGISTER if design.within else MEMBERS


def once(design: Design) -> str:
    """What makes a pair of one list come once, and nobody a pair with themself."""
    return " AND l.unique_id < r.unique_id" if design.within else ""


# --- prior -----------------------------------------------------------------------------------------------------------------


def _prior(con: duckdb.DuckDBPyConnection, design: Design, sizes: Sizes) -> float:
    number = design.anchor_number
    ((anchored, with_number, members_with),) = con.sql(
        f"SELECT (SELECT count(DISTINCT l.unique_id) FROM {REGISTER} l JOIN {other(design)} r"
        f" ON {in_engine(design.anchor, DUCKDB)}{once(design)}),"
        f" (SELECT count({number}) FROM {REGISTER}), (SELECT count({number}) FROM {other(design)})"
    ).fetchall()
    matched = anchored * sizes.register / max(with_number, 1) * sizes.members / max(members_with, 1)
    return float(min(max(matched, 1) / max(sizes.pairs, 1), 0.5))


# --- u -----------------------------------------------------------------------------------------------------------------------


def level_sql(one: Comparison) -> str:
    """Which level a pair is on, as SQL; null where it says nothing."""
    arms = (
        f"WHEN {in_engine(level.sql, DUCKDB)} THEN {'NULL' if level.says_nothing else repr(level.key)}"
        for level in one.levels
        if level.sql != ELSE
    )
    return f"CASE {' '.join(arms)} ELSE '{one.levels[-1].key}' END"


def pairs_sql(design: Design, pairs: str, more: str = "") -> str:
    """Pairs (`… l JOIN … r ON …`) with columns `…_l` and `…_r`, and more columns."""
    told = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in design.columns)
    return f"SELECT {told}{more} FROM {pairs}"


def levels_sql(design: Design) -> str:
    """The level of a pair in each comparison, as columns."""
    return ", ".join(f"{level_sql(one)} AS {one.name}" for one in design.comparisons)


def _random_u(con: duckdb.DuckDBPyConnection, design: Design, seed: int, random_pairs: int) -> Shares:
    """How often two people are on each level, from the pairs of two random samples."""
    side = int(random_pairs**0.5)
    left, right = (f"(FROM {table} ORDER BY hash(unique_id + {seed}) LIMIT {side})" for table in (REGISTER, other(design)))
    names = [one.name for one in design.comparisons]
    pairs = pairs_sql(design, f"{left} l JOIN {right} r ON true{once(design)}")
    counted = con.sql(
        f"SELECT {', '.join(names)}, count(*) FROM (SELECT {levels_sql(design)} FROM ({pairs})) GROUP BY ALL"
    ).fetchall()
    u: Shares = {
        one.name: {level.key: LEAN_PAIRS * design.usual_u.get(one.name, {}).get(level.key, 0.0) for level in one.telling}
        for one in design.comparisons
    }
    for *levels, count in counted:
        for name, level in zip(names, levels, strict=True):
            if level is not None:
                u[name][level] += count
    return {name: _shares(counts, 0.5 / random_pairs) for name, counts in u.items()}


def _shares(counts: dict[str, float], least: float) -> dict[str, float]:
    total = sum(counts.values()) or 1.0
    return {key: max(count / total, least) for key, count in counts.items()}


def _rare_u(con: duckdb.DuckDBPyConnection, design: Design, name: str, joins: str, sizes: Sizes) -> dict[str, float]:
    """Of the rare levels, from a sample of the register with all members who share something with it."""
    one = next(one for one in design.comparisons if one.name == name)
    sample = min(_SAMPLE, sizes.register)
    left = f"(FROM {REGISTER} ORDER BY hash(unique_id) LIMIT {sample})"
    pairs = " UNION ALL ".join(
        f"({pairs_sql(design, f'{left} l JOIN {other(design)} r ON {on}{once(design)}')})" for on in joins.split(";")
    )
    counted = dict(con.sql(f"SELECT {level_sql(one)}, count(*) FROM ({pairs}) WHERE {design.rare_differ} GROUP BY 1").fetchall())
    usual = design.usual_u.get(name, {})
    pairs_seen = sample * sizes.members
    return {
        level.key: max(counted.get(level.key, 0) + LEAN_PAIRS * usual.get(level.key, 0.0), 0.5) / (pairs_seen + LEAN_PAIRS)
        for level in one.telling
        if level.rare
    }


# --- m -----------------------------------------------------------------------------------------------------------------------


def _started(design: Design, prior: float, u: Shares) -> Weights:
    """First guesses of m, from the likest level down; what the design sets."""
    m: Shares = {}
    for one in design.comparisons:
        guess = design.usual_m.get(one.name) or {level.key: 0.5**place for place, level in enumerate(one.telling)}
        m[one.name] = _shares({level.key: guess[level.key] for level in one.telling}, LEAST_M)
    for one in design.comparisons:
        for level in one.telling:
            if level.m is not None:
                m[one.name][level.key] = level.m
            if level.u is not None:
                u[one.name][level.key] = level.u if level.u > 0 else -level.u * prior
    return Weights(prior, m, u)


def _learned(con: duckdb.DuckDBPyConnection, design: Design, start: Weights) -> Weights:
    """m of each comparison, the mean of the blocks that could tell it."""
    linker = linker_over(con, design, start)
    for block in _teaching(con, design):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block, estimate_without_term_frequencies=True, max_pairs=_EM_PAIRS
        )
    trained = {one["output_column_name"]: one for one in linker.misc.save_model_to_json()["comparisons"]}
    m: Shares = {}
    for one in design.comparisons:
        told = {level["label_for_charts"]: level.get("m_probability") for level in trained[one.name]["comparison_levels"]}
        m[one.name] = _shares({level.key: max(told[level.key] or 0, LEAST_M) for level in one.telling}, LEAST_M)
        m[one.name] |= {level.key: level.m for level in one.telling if level.m is not None}
    # Engines add up in any order: what is kept is what comes out the same every time.
    m, u = (
        {name: {key: float(f"{share:.6g}") for key, share in of.items()} for name, of in part.items()} for part in (m, start.u)
    )
    return Weights(float(f"{start.prior:.6g}"), m, u)


def _teaching(con: duckdb.DuckDBPyConnection, design: Design) -> list[str]:
    """Blocks with enough pairs to learn from."""
    told = []
    for block in design.learn_in:
        pairs = f"SELECT 1 FROM {REGISTER} l JOIN {other(design)} r ON {block}{once(design)} LIMIT {LEAST_BLOCK}"
        ((count,),) = con.sql(f"SELECT count(*) FROM ({pairs})").fetchall()
        if count >= LEAST_BLOCK:
            told.append(block)
    return told


def linker_over(con: duckdb.DuckDBPyConnection, design: Design, weights: Weights, *, shown: bool = False) -> Linker:
    """Splink over the tables of the connection."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(con)
    names = (REGISTER,) if design.within else (MEMBERS, REGISTER)
    tables = [api.register(name, table_name=name) for name in names]
    return Linker(tables, SettingsCreator(**settings(design, DUCKDB, weights, shown=shown)), log_level=None)
