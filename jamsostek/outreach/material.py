"""Leaflets in plain words, in both languages: every figure is asked of the law of the day, every source named. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek import law
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import language
from jamsostek.law.labels import citation
from jamsostek.outreach.answering import cited

FILE = Path(__file__).parent / "data" / "material.yaml"


@dataclass(frozen=True)
class Line:
    """A sentence and where it stands; "" where it needs no source."""

    text: str
    source: str


@dataclass(frozen=True)
class Part:
    """Sentences under a question."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Leaflet:
    """What is handed out to an audience."""

    slug: str
    title: str
    audience: str
    parts: tuple[Part, ...]


@cache
def _read() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def slugs() -> tuple[str, ...]:
    """The names of all leaflets."""
    return tuple(str(one["slug"]) for one in _read())


def leaflets(day: dt.date) -> list[Leaflet]:
    """All leaflets in the reader's language, by the law of a day."""
    figures, lang = figures_on(day), language()
    relieved = figures["month"] != figures["month_now"]

    def line(told: dict[str, Any]) -> Line:
        sources = [cited(one, day) for one in told.get("figures", ())]
        sources += [citation(told["article"])] if "article" in told else []
        return Line(told[lang].format(**figures), " · ".join(dict.fromkeys(one for one in sources if one)))

    return [
        Leaflet(
            one["slug"],
            one["title"][lang],
            one["for"][lang],
            tuple(
                Part(
                    part["title"][lang], tuple(line(told) for told in part["lines"] if relieved or told.get("only") != "relieved")
                )
                for part in one["parts"]
            ),
        )
        for one in _read()
    ]


def leaflet(slug: str, day: dt.date) -> Leaflet | None:
    """One of them."""
    return next((one for one in leaflets(day) if one.slug == slug), None)


def figures_on(day: dt.date) -> dict[str, str]:
    """What stands in the braces, by the law of a day. The lowest band of income; `month` is without any relief."""
    known, month = law.law_on(day), month_of(day)
    jkk, jkm = int(known.table("bpu.bands")["jkk_rupiah"][0]), int(known.rupiah("bpu.jkm"))
    base = int(known.table("bpu.bands")["base_rupiah"][0])
    wait = int(known.number("jkm.bpu_wait.months"))
    return {
        "month": format_rupiah(jkk + jkm),
        "jkk": format_rupiah(jkk),
        "jkm": format_rupiah(jkm),
        "month_now": format_rupiah(law.calculate("contribution.bpu", month=month, income_rupiah=0)["total_rupiah"]),
        "death": format_rupiah(law.calculate("benefit.jkm.death", date=day)["total_rupiah"]),
        "death_at_work": format_rupiah(law.calculate("benefit.jkk.death", date=day, wage_rupiah=base)["total_rupiah"]),
        "wait": format_number(wait),
        "early_death": format_rupiah(known.rupiah("jkm.bpu_wait.funeral")),
        "arrears": format_number(int(known.number("jkm.arrears.bpu_months"))),
    }
