"""A result of the law as a page shows it: the answers, every step with its article, every figure with its source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.core.text import _, language
from jamsostek.law import Explanation
from jamsostek.law.explanation import figure_value
from jamsostek.law.labels import GRADES, citation
from jamsostek.law.parameters import InForce
from jamsostek.portal.screens.parts import Fact, Tag, Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

_MONTH_OR_DAY = re.compile(r"\b([12]\d{3})-(0[1-9]|1[0-2])(?:-(\d\d))?\b")
_TONES: dict[str, Tone] = {"gazette": "good", "secondary": "info", "derived": "info", "unsourced": "warn"}


@dataclass(frozen=True)
class Figure:
    """A figure of the law that was used."""

    id: str
    title: str
    value: str
    since: str
    regulation: str
    grade: Tag | None
    sources: Sequence[str]


@dataclass(frozen=True)
class Told:
    """What `parts/explanation.html` draws. A step is the plain data of `Explanation.as_dict`."""

    title: str
    source: str
    results: Sequence[Fact]
    steps: Sequence[dict[str, Any]]
    figures: Sequence[Figure]
    notes: Sequence[str]
    digest: str


def told(explanation: Explanation) -> Told:
    """An explanation in the reader's language."""
    tree = explanation.as_dict()
    return Told(
        title=tree["title"],
        source=tree["source"],
        results=[Fact(_upper(one["label"]), worded(one["text"])) for one in tree["results"].values()],
        steps=worded_steps(tree["steps"]),
        figures=[_figure(id, found) for id, found in sorted(explanation.figures.items()) if found.row is not None],
        notes=_notes(explanation),
        digest=explanation.law.digest[:16],
    )


def worded(text: str) -> str:
    """`2026-10-15` -> `15 Oktober 2026`, `2026-09` -> `September 2026`: the law's own words serve machines as well."""
    return _MONTH_OR_DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    year, number, day = (int(part or 0) for part in found.groups())
    return date(dt.date(year, number, day)) if day else month_words(year * 100 + number)


def worded_steps(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Steps of the plain data of `Explanation.as_dict`, with their months and days in words."""
    told = ("formula", "numbers", "result_text")
    return [
        {**step, **{name: worded(step[name]) for name in told if step.get(name)}, "steps": worded_steps(step["steps"])}
        for step in steps
    ]


def _notes(explanation: Explanation) -> list[str]:
    found = []
    if explanation.provisional:
        names = ", ".join(explanation.figures[id].parameter.title[language()] for id in explanation.provisional)
        found.append(_("SEMENTARA: {names} belum diperbarui untuk masa ini.").format(names=names))
    if explanation.unsettled:
        numbers = ", ".join(map(str, explanation.unsettled))
        found.append(
            _("Hukumnya belum jelas pada beberapa hal; hasil ini memakai tafsir kami nomor {numbers}.").format(numbers=numbers)
        )
    return found


def _figure(id: str, found: InForce) -> Figure:
    row = found.row
    assert row is not None
    return Figure(
        id=id,
        title=found.parameter.title[language()],
        value=figure_value(found),
        since=date(row.start) if row.start else "",
        regulation=citation(f"{row.regulation} {row.article}"),
        grade=Tag(_(GRADES[row.grade]), _TONES[row.grade]),
        sources=[source for source in row.source if source.startswith("https://")],
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
