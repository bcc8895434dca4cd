"""A contest scored from a snapshot, listed as plain data: also before juries have marked, and under other weights. Pure.

What is published is made by `awards.outcome`; this is for looking and for asking what if. All figures are whole ppm, null where
a measure cannot be computed or did not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from jamsostek.awards.edition import Category
from jamsostek.awards.scoring import DRAWS, MILLION, MISSING, SEED, SPREAD_PPM, Field, Scored, screen, sensitivity
from jamsostek.awards.scoring.weights import apportioned
from jamsostek.awards.snapshot import ENTRIES, MARKS, Snapshot, areas_of, field_of
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _

FORMAT = "jamsostek.award.ranking/1"
DRAWN_UP_TO = 2_000
"""Competitors."""


@dataclass(frozen=True)
class Asked:
    """How a contest is to be looked at."""

    screen: bool = False
    """All who were measured, on what was measured; else the entries, on all criteria."""
    weights: Mapping[str, int] = field(default_factory=dict)
    """Criterion -> ppm, instead of the edition's; the others share what is left."""
    draws: int | None = None
    """0: weights are not drawn; None: as many as usual, and none where so many compete that it would take minutes."""
    seed: int = SEED
    spread_ppm: int = SPREAD_PPM

    @property
    def otherwise(self) -> bool:
        """Whether weights or draws are others than a result's: then what is made of it is none."""
        return bool(self.weights) or self.draws is not None or (self.seed, self.spread_ppm) != (SEED, SPREAD_PPM)


def contests(snapshot: Snapshot, level: str, *, everyone: bool) -> list[tuple[Category, int]]:
    """Categories and areas with somebody in them at a level, in the order of the edition: measured, or entered."""
    decided = [one for one in snapshot.edition.categories.values() if any(stage.level == level for stage in one.stages)]
    if everyone:
        found = [(one, area) for one in decided for area in areas_of(snapshot, one, level)]
        return [(one, area) for one, area in found if len(field_of(snapshot, one, level, area))]
    entered = {(row["category"], int(row["area"])) for row in snapshot.tables[ENTRIES].to_pylist() if row["level"] == level}
    return [(one, area) for one in decided for area in sorted(area for key, area in entered if key == one.key)]


def unmarked(snapshot: Snapshot, category: Category, level: str, area: int) -> bool:
    """Whether a contest that juries judge has no mark in a snapshot: it is one of measures alone, or from before they were
    revealed. What is made of it is no result."""
    judged = {one.criterion for one in category.criteria if snapshot.edition.criteria[one.criterion].kind == "judged"}
    entered = {
        row["code"] for row in snapshot.tables[ENTRIES].to_pylist()
        if (row["category"], row["level"], row["area"]) == (category.key, level, area)
    }  # fmt: skip
    given = (row for row in snapshot.tables[MARKS].to_pylist() if row["criterion"] in judged and row["entry_code"] in entered)
    return bool(judged) and next(given, None) is None


def ranking(snapshot: Snapshot, category: Category, level: str, area: int, asked: Asked) -> dict[str, Any]:
    """A contest listed best first, without marks (`marks_missing`) on what was measured; raises `InputError` where nobody is in
    it, or for weights that do not fit."""
    weighed = reweighed(category, asked.weights)
    bare = unmarked(snapshot, category, level, area)
    of = field_of(snapshot, weighed, level, area, entries_only=not asked.screen)
    if not len(of):
        raise InputError(_("Tidak ada peserta di lomba ini."), field="category", value=category.key)
    of = _measured(snapshot, of) if bare else of
    done = screen(weighed, of)
    places = category.stage(level).winners
    told: dict[str, Any] = {
        "format": FORMAT, "edition": snapshot.edition.code, "version": snapshot.version, "root": snapshot.root,
        "edition_digest": str(snapshot.seal["says"]["edition"]["digest"]), "invented": snapshot.edition.invented,
        "category": category.key, "level": level, "area": area, "screen": asked.screen, "what_if": asked.otherwise,
        "marks_missing": bare or (asked.screen and len(done.criteria) < len(category.criteria)),
        "criteria": list(done.criteria), "weights": done.weights.tolist(), "normalise": category.normalise,
        "aggregate": category.aggregate, "missing": category.missing, "winners": places,
        "rows": _rows(done, of, names_of(snapshot, category, asked.screen), places),
    }  # fmt: skip
    draws = (DRAWS if len(of) <= DRAWN_UP_TO else 0) if asked.draws is None else asked.draws
    if draws:
        sure = sensitivity(weighed, of, places=places, draws=draws, seed=asked.seed, spread_ppm=asked.spread_ppm)
        for row, at in zip(told["rows"], sure.order, strict=True):
            row |= {
                "first": int(sure.first[at]), "within": int(sure.honoured[at]), "survives": int(sure.survives[at]),
                "low": int(sure.low[at]), "high": int(sure.high[at]),
            }  # fmt: skip
        told |= {
            "draws": sure.draws, "seed": sure.seed, "spread": sure.spread_ppm, "generator": sure.generator,
            "bands": [[of.keys[at] for at in band] for band in sure.bands],
        }  # fmt: skip
    return told


def _measured(snapshot: Snapshot, of: Field) -> Field:
    """A field without its judged criteria; as it is where it has no other."""
    places = [at for at, name in enumerate(of.criteria) if snapshot.edition.criteria[name].kind == "measured"]
    if not places:
        return of
    return Field(of.keys, tuple(of.criteria[at] for at in places), of.values[:, places], tuple(of.better[at] for at in places))


def reweighed(category: Category, weights: Mapping[str, int]) -> Category:
    """A category with some weights (ppm) set; the others share what is left as they did before. Raises `InputError`."""
    known = [one.criterion for one in category.criteria]
    for name in weights:
        if name not in known:
            raise unknown_name(_("Ukuran"), name, known)
    left = MILLION - sum(weights.values())
    others = [one.weight_ppm for one in category.criteria if one.criterion not in weights]
    if left < 0 or min(weights.values(), default=0) < 0 or (left and not others):
        raise InputError(
            _("Bobot yang diminta berjumlah {total} persen.").format(total=(MILLION - left) / 10_000), field="weights",
            remedy=_("Jumlahnya paling banyak 100 persen; ukuran lain berbagi sisanya."),
        )  # fmt: skip
    shared = iter(apportioned(np.array([others], np.int64), left)[0].tolist() if others else ())
    return replace(
        category,
        criteria=tuple(
            replace(one, weight_ppm=weights[one.criterion] if one.criterion in weights else next(shared))
            for one in category.criteria
        ),
    )


def names_of(snapshot: Snapshot, category: Category, everyone: bool) -> dict[str, str]:
    """Key of a field -> the name of who competes."""
    table = snapshot.of(category.subject) if everyone else snapshot.tables[ENTRIES]
    keys = (str(one) for one in table.column("code").to_pylist())
    return dict(zip(keys, table.column("name").to_pylist(), strict=True))


def _rows(done: Scored, of: Field, names: Mapping[str, str], places: int) -> list[dict[str, Any]]:
    held, honoured = done.places().tolist(), set(done.winners(places))
    columns = [of.places[name] for name in done.criteria]
    return [
        {
            "code": done.keys[at], "name": names[done.keys[at]] or "", "rank": int(done.ranks[at]), "score": int(done.scores[at]),
            "place": held[at], "honoured": at in honoured, "why": list(done.why[at]), "separated": done.separated[at],
            "values": _plain(of.values[at, columns].tolist()), "normal": _plain(done.normal[at].tolist()),
            "parts": done.parts[at].tolist(),
        }
        for at in done.order()
    ]  # fmt: skip


def _plain(values: Iterable[int]) -> list[int | None]:
    return [None if one == MISSING else one for one in values]
