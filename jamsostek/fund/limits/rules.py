"""The limits as they are written: data/limits.yaml, each figure with its article, source and grade, and the board's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from jamsostek.core.text import N_, language

DATA = Path(__file__).parents[1] / "data" / "limits.yaml"
By = Literal["class", "issuer", "group", "instrument"]
LAW, BOARD = "law", "board"
BASES = {
    "investments": N_("investasi dana ini"),
    "all_investments": N_("investasi semua dana"),
    "net_assets": N_("aset bersih dana ini"),
}
"""What a share is of."""
BOUNDS = {"most": N_("paling banyak"), "least": N_("paling sedikit")}


@dataclass(frozen=True)
class Row:
    """A figure of a rule: of which funds, from when until when, and where it was read."""

    funds: tuple[str, ...]
    start: dt.date
    end: dt.date | None
    ppm: int
    regulation: str
    article: str
    grade: str
    source: str
    issuers: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """What is limited: which holdings are added up (`by`), against what (`base`), and which way (`bound`)."""

    id: str
    titles: Mapping[str, str]
    by: By
    bound: Literal["most", "least"]
    base: str
    classes: frozenset[str]
    when: str
    interpretation: int | None
    notes: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.titles[language()]

    @property
    def note(self) -> str:
        """What must be known besides, in the reader's language; empty where nothing."""
        return self.notes.get(language(), "")


@dataclass(frozen=True)
class Limit:
    """A rule with the figure that holds for a fund on a day: the law's (`basis` law), or the board's stricter one."""

    rule: Rule
    fund: str
    basis: str
    ppm: int
    since: dt.date
    regulation: str
    article: str
    grade: str
    source: str
    issuers: frozenset[str]
    board_id: int | None = None

    @property
    def id(self) -> str:
        """`equity.issuer`; the board's is `board:equity.issuer`."""
        return self.rule.id if self.basis == LAW else f"board:{self.rule.id}"

    def than(self, ppm: int) -> bool:
        """Whether another figure would be looser than this one."""
        return ppm > self.ppm if self.rule.bound == "most" else ppm < self.ppm


@dataclass(frozen=True)
class Mending:
    """Within how many months a limit passed by prices alone is kept again, and where that stands."""

    months: int
    regulation: str
    article: str
    grade: str
    source: str


@dataclass(frozen=True)
class BoardLimit:
    """A figure of the board for a rule of a fund, from a day on; None lifts it, and the law's stands alone again."""

    id: int
    fund: str
    rule: str
    ppm: int | None
    since: dt.date
    decree: str


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order they are shown."""
    sources = _file()["sources"]
    return {
        one["id"]: Rule(
            one["id"], one["title"], one["by"], one["bound"], one["base"], frozenset(one["classes"]), one.get("when", ""),
            one.get("interpretation"), one.get("note", {}), tuple(_row(row, sources) for row in one["rows"]),
        )
        for one in _file()["rules"]
    }  # fmt: skip


def _row(row: Mapping[str, Any], sources: Mapping[str, str]) -> Row:
    return Row(
        tuple(row["funds"]), row["from"], row["to"], row["ppm"], row["regulation"], row["article"], row["grade"],
        sources[row["source"]], frozenset(row.get("issuers", ())),
    )  # fmt: skip


@cache
def mending() -> Mending:
    """The time to keep a limit again that was passed by prices."""
    told = _file()["mend"]
    return Mending(told["months"], told["regulation"], told["article"], told["grade"], _file()["sources"][told["source"]])


def limits_in_force(fund: str, on: dt.date, board: list[BoardLimit] | None = None) -> list[Limit]:
    """The limits of a fund on a day: the law's, each followed by the board's where it has one."""
    of_board = {one.rule: one for one in board or () if one.fund == fund and one.ppm is not None}
    found = []
    for rule in rules().values():
        law = law_limit(rule, fund, on)
        if law is not None:
            found.append(law)
        own = of_board.get(rule.id)
        if own is not None and own.ppm is not None:
            found.append(_of_board(rule, fund, own, own.ppm, law))
    return found


def law_limit(rule: Rule, fund: str, on: dt.date) -> Limit | None:
    """The law's figure of a rule for a fund on a day; None where it has none."""
    for row in rule.rows:
        if fund in row.funds and row.start <= on and (row.end is None or on <= row.end):
            return Limit(
                rule, fund, LAW, row.ppm, row.start, row.regulation, row.article, row.grade, row.source, row.issuers
            )  # fmt: skip
    return None


def _of_board(rule: Rule, fund: str, own: BoardLimit, ppm: int, law: Limit | None) -> Limit:
    made = Limit(rule, fund, BOARD, ppm, own.since, own.decree, "", BOARD, "", frozenset(), own.id)
    if law is None:
        return made
    # A law that became stricter since is kept: the board's figure is never the looser one.
    return replace(made, issuers=law.issuers, ppm=law.ppm if law.than(ppm) else ppm)
