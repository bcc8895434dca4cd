"""How likeness is described: comparisons of levels, blocking rules, and Splink's settings made of them for each engine.

A `Design` says what is compared; its weights are learned (`train`). SQL is written once with the names of functions below
and put into the words of the engine: `alike` (Jaro-Winkler, 0 to 1), `holds` (whether a list holds a value), `share`
(whether two lists have a value in common).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REGISTER, MEMBERS = "register", "members"
"""Names of the two normalised tables (`normalise.NORMAL`) in the connection."""
ELSE = "ELSE"
DUCKDB, SPARK = "duckdb", "spark"
_FUNCTIONS = {
    DUCKDB: {"alike": "jaro_winkler_similarity", "holds": "list_contains", "share": "list_has_any"},
    SPARK: {"alike": "jaro_winkler", "holds": "array_contains", "share": "arrays_overlap"},
}


@dataclass(frozen=True)
class Level:
    """One degree of likeness; `sql` holds for pairs of columns `…_l` and `…_r`. The first that holds counts."""

    key: str
    sql: str
    says_nothing: bool = False
    rare_by: str | None = None
    """The column whose rarity moves the weight."""
    m: float | None = None
    u: float | None = None
    """Set, not learned. A `u` below zero is a share of the prior."""
    rare: bool = False
    """Too rare for random pairs: u is counted in the joins of the design's `rare_in`."""


@dataclass(frozen=True)
class Comparison:
    """One fact about a person."""

    name: str
    levels: tuple[Level, ...]

    @property
    def telling(self) -> tuple[Level, ...]:
        """Levels that say something."""
        return tuple(level for level in self.levels if not level.says_nothing)


@dataclass(frozen=True)
class Design:
    """What is compared, and what its weights are learned from; `l` and `r` are the two records of a pair."""

    comparisons: tuple[Comparison, ...]
    blocking: Mapping[str, str]
    """Which pairs are looked at: the union of these."""
    anchor: str
    """Pairs that are surely one person, found by a number; the prior is counted on them."""
    anchor_number: str
    """The column of that number."""
    learn_in: tuple[str, ...]
    """Blocks in which m is learned; a comparison that uses a column of the block is left out there."""
    rare_in: Mapping[str, str] = field(default_factory=dict)
    """Of a comparison with levels too rare for random pairs: joins that find them, exclusive of each other."""
    rare_differ: str = "true"
    """Which of the pairs so found are surely two people."""
    within: bool = False
    """One list against itself."""
    usual_m: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    usual_u: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Weights to begin with, and to lean on where there is too little to learn from; empty: none are known."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of a record that the comparisons read."""
        sql = " ".join(level.sql for one in self.comparisons for level in one.levels)
        return tuple(dict.fromkeys(re.findall(r"\b([a-z][a-z0-9_]*)_[lr]\b", sql)))


@dataclass(frozen=True)
class Weights:
    """What was learned: for each comparison and level, how often it is seen in pairs of one person (m) and of two (u)."""

    prior: float
    """Probability that two records drawn at random are of one person."""
    m: dict[str, dict[str, float]]
    u: dict[str, dict[str, float]]


def in_engine(sql: str, engine: str) -> str:
    """SQL in the words of an engine."""
    for ours, theirs in _FUNCTIONS[engine].items():
        sql = re.sub(rf"\b{ours}\(", f"{theirs}(", sql)
    return sql


def settings(design: Design, engine: str, weights: Weights, *, shown: bool = False) -> dict[str, Any]:
    """Splink's settings for an engine; `shown` keeps what each comparison said."""
    return {
        "link_type": "dedupe_only" if design.within else "link_only",
        "probability_two_random_records_match": weights.prior,
        "comparisons": [
            {
                "output_column_name": one.name,
                "comparison_levels": [_level(one.name, level, engine, weights) for level in one.levels],
            }
            for one in design.comparisons
        ],
        "blocking_rules_to_generate_predictions": [in_engine(rule, engine) for rule in design.blocking.values()],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": shown,
        "em_convergence": 0.001,
    }


def _level(comparison: str, level: Level, engine: str, weights: Weights) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sql_condition": in_engine(level.sql, engine),
        "label_for_charts": level.key,
        "is_null_level": level.says_nothing,
    }
    if level.rare_by:
        told |= {"tf_adjustment_column": level.rare_by, "disable_tf_exact_match_detection": True}
    if not level.says_nothing:
        told |= {"m_probability": weights.m[comparison][level.key], "u_probability": weights.u[comparison][level.key]}
    if level.m is not None:
        told["fix_m_probability"] = True
    return told
