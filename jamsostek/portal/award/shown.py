"""Contests, scores and results in the award's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from jamsostek.awards.choices import LEVELS
from jamsostek.awards.comparing import AREAS
from jamsostek.awards.edition import Edition, told
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.results import RESULT_STATES, ResultRow, ResultState
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_decimal, format_percent
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING

KINDS = {"province": "provinsi", "regency": "kabupaten", "village": "desa"}
"""Subjects with a public profile, as their addresses say it."""
SUBJECT_OF = {kind: subject for subject, kind in KINDS.items()}
_TONES: dict[str, Tone] = {"proposed": "info", "decided": "good", "refused": "warn", "replaced": "plain", "annulled": "bad"}


def area_words(edition: Edition, level: str, area: int) -> str:
    """Where a contest is decided: a province, a zone, or the nation."""
    if level == "province":
        return PROVINCES[area].name if area in PROVINCES else str(area)
    zones = list(edition.zones)
    return _("Zona {name}").format(name=zones[area - 1]) if 0 < area <= len(zones) else _("Seluruh Indonesia")


def contest_words(edition: Edition, category: str, level: str, area: int) -> str:
    """A contest in a line: what, at which level, where."""
    name = edition.categories[category].name if category in edition.categories else category
    return f"{name}, {_(LEVELS[level])}, {area_words(edition, level, area)}"


def points(ppm: int | None) -> str:
    """A score in ppm as points of 100."""
    return NOTHING if ppm is None else format_decimal(ppm / 10_000, 2)


def measure_words(edition: Edition, criterion: str, ppm: int | None) -> str:
    """A measure as people read it: judged ones as marks of 100, others in per cent."""
    if ppm is None:
        return _("tidak dapat dihitung")
    known = edition.criteria.get(criterion)
    return points(ppm) if known is not None and known.kind == "judged" else format_percent(round(ppm, -2))


def criterion_words(edition: Edition, criterion: str) -> str:
    """Its title."""
    known = edition.criteria.get(criterion)
    return told(known.title) if known is not None else criterion


def state_tag(state: ResultState) -> Tag:
    """Where a result stands."""
    return Tag(_(RESULT_STATES[state]), _TONES[state])


def contest_url(edition: str, category: str, level: str, area: int) -> str:
    """The public page of a contest."""
    return reverse("award:contest", args=[edition, category, level, area])


def profile_link(edition: str, row: Mapping[str, Any]) -> Link | str:
    """A region's name, leading to its profile; a firm's name alone."""
    kind = KINDS.get(row["subject"])
    return Link(row["name"], reverse("award:profile", args=[edition, kind, int(row["code"])])) if kind else str(row["name"])


def rank_words(row: Mapping[str, Any], rows: Any) -> str:
    """A place among those who may be honoured; shared ones say so."""
    if not row["place"]:
        return NOTHING
    shared = sum(one["place"] == row["place"] for one in rows) > 1
    return _("{rank} (bersama)").format(rank=row["place"]) if shared else str(row["place"])


def is_firm(standing: Standing, row: ResultRow) -> bool:
    """Whether firms compete there: public only by name and rank where they are honoured."""
    return standing.says.category(row.category).subject == "employer"


__all__ = [
    "AREAS", "KINDS", "SUBJECT_OF", "area_words", "contest_url", "contest_words", "criterion_words", "is_firm", "measure_words",
    "points", "profile_link", "rank_words", "state_tag",
]  # fmt: skip
