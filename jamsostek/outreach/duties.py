"""Who must do what for the movement, by when and by which article: `data/duties.yaml`, read once, without a database.

What the sources do not tell (an article, a day, who) is None here and shown as unknown; it is never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from jamsostek.core.text import N_, language

Words = Mapping[str, str]
PILLARS = {"regulation": N_("Regulasi"), "budget": N_("Anggaran"), "implementation": N_("Pelaksanaan")}
"""The three parts of a region's strategy."""
WHO = {
    "region": N_("Gubernur, bupati, dan wali kota"), "ministry": N_("Kementerian dan lembaga"),
    "coordinator": N_("Menko PMK"),
}  # fmt: skip
EVIDENCE = {"verified": N_("terbaca di sumbernya"), "seed": N_("dari berita awal")}
GRADES = ("gazette", "secondary", "derived", "unsourced")
NOT_FOUND = "not found"


@dataclass(frozen=True)
class Instrument:
    """A regulation that gives duties; `source` is what was read of it."""

    key: str
    name: str
    issued_on: dt.date | None
    title: Words
    to: Words
    evidence: str
    source: str
    source_text: str


@dataclass(frozen=True)
class Duty:
    """One thing that somebody has to do. None: the sources do not tell."""

    key: str
    instrument: Instrument
    who: tuple[str, ...] | None
    pillar: str
    what: Words
    plan: Words | None
    every_months: int | None
    deadline: Words | None
    article: str | None
    grade: str
    note: Words | None

    @property
    def of_region(self) -> bool:
        """Whether a region's plan may begin with it."""
        return self.plan is not None


def words(told: Words | None) -> str:
    """In the reader's language; nothing where there is nothing."""
    return "" if told is None else told[language()]


def instruments() -> tuple[Instrument, ...]:
    """All, in the order of their years."""
    return _read()[0]


def duties() -> tuple[Duty, ...]:
    """All."""
    return _read()[1]


def duty(key: str) -> Duty | None:
    """One by its key; None where there is none."""
    return next((one for one in duties() if one.key == key), None)


@cache
def _read() -> tuple[tuple[Instrument, ...], tuple[Duty, ...]]:
    text = resources.files("jamsostek.outreach").joinpath("data/duties.yaml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> tuple[tuple[Instrument, ...], tuple[Duty, ...]]:
    """Reads a file of this form. Raises `ValueError` naming what is wrong with it."""
    told = yaml.safe_load(text)
    sources = told["sources"]
    found = {one["key"]: _instrument(one, sources) for one in told["instruments"]}
    made = tuple(_duty(one, found) for one in told["duties"])
    for what, keys in (("instrument", [one["key"] for one in told["instruments"]]), ("duty", [one.key for one in made])):
        if len(keys) != len(set(keys)):
            raise ValueError(f"duties.yaml: a key of an {what} is written twice")
    return tuple(found.values()), made


def _instrument(one: Mapping[str, Any], sources: Mapping[str, str]) -> Instrument:
    place = f"duties.yaml: {one['key']}"
    return Instrument(
        one["key"], one["name"], _known(one["issued_on"], lambda day: _is(place, day, dt.date)), _both(place, one["title"]),
        _both(place, one["to"]), _one_of(place, one["evidence"], EVIDENCE), _one_of(place, one["source"], sources),
        sources[one["source"]],
    )  # fmt: skip


def _duty(one: Mapping[str, Any], known: Mapping[str, Instrument]) -> Duty:
    place = f"duties.yaml: {one['key']}"
    return Duty(
        one["key"], known[_one_of(place, one["instrument"], known)],
        _known(one["who"], lambda who: tuple(_one_of(place, each, WHO) for each in who)),
        _one_of(place, one["pillar"], PILLARS), _both(place, one["what"]),
        None if one["plan"] is None else _both(place, one["plan"]),
        None if one["every_months"] is None else _is(place, one["every_months"], int),
        _known(one["deadline"], lambda told: _both(place, told)), _known(one["article"], lambda told: _is(place, told, str)),
        _one_of(place, one["grade"], GRADES), _both(place, one["note"]) if "note" in one else None,
    )  # fmt: skip


def _known(value: Any, read: Callable[[Any], Any]) -> Any:
    """None where the file says that it was not found; to say nothing is refused by the readers."""
    return None if value == NOT_FOUND else read(value)


def _is(place: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{place}: {value!r} is no {kind.__name__}")
    return value


def _one_of(place: str, value: Any, known: Any) -> str:
    if value not in known:
        raise ValueError(f"{place}: {value!r} is not known")
    return str(value)


def _both(place: str, told: Any) -> Words:
    if not isinstance(told, dict) or set(told) != {"id", "en"} or not all(told.values()):
        raise ValueError(f"{place}: {told!r} needs both languages")
    return told
