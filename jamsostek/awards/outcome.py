"""A contest's result as it is kept: canonical JSON of what was scored, by which rules, and what came of it. Pure.

    said = outcome(snapshot, "regency_coverage", "province", 35)
    text = canonical(said); digest = digest_of(text)          the same bytes on every machine
    field, scored = field_in(said), scored_in(said, category)  scored again from what is kept

All figures are whole ppm; null where a measure cannot be computed. Beside the entries stands the middle and the best of each
criterion (`yardstick`): of provinces and regencies of all who were measured, who stand there as well (`measured`), so that a
profile needs no snapshot; of villages and firms of those that compete, for the others are nobody's to read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from jamsostek.awards.edition import Category, Edition
from jamsostek.awards.scoring import MISSING, Decision, Field, Measured, Scored, Sensitivity, decides, score, sensitivity
from jamsostek.awards.snapshot import ENTRIES, Snapshot, field_of
from jamsostek.awards.snapshot.schema import DEN, NUM
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

FORMAT = "jamsostek.award.result/1"
OPEN_SUBJECTS = frozenset({"province", "regency"})
"""Of whom every one measured is public; villages and firms only as far as they compete."""


def outcome(snapshot: Snapshot, category_key: str, level: str, area: int) -> dict[str, Any]:
    """What came of a contest; raises `InputError` where nobody competes or the snapshot is not a final one."""
    edition = snapshot.edition
    category = edition.category(category_key)
    stage = category.stage(level)
    if snapshot.kind != "final" or snapshot.level != level:
        raise InputError(
            _("Hasil hanya dihitung dari potret akhir tingkat itu."), field="snapshot", value=snapshot.kind,
            remedy=_("Ambil potret akhir sesudah nilai juri dibuka."),
        )  # fmt: skip
    field = field_of(snapshot, category, level, area, entries_only=True)
    if not len(field):
        raise InputError(_("Tidak ada calon di lomba ini."), field="category", remedy=_("Terima calonnya dahulu."))
    done = score(category, field)
    sure = sensitivity(category, field, places=stage.winners)
    return {
        "format": FORMAT,
        "edition": edition.code, "version": snapshot.version, "edition_digest": str(snapshot.seal["says"]["edition"]["digest"]),
        "invented": edition.invented, "category": category.key, "level": level, "area": area, "root": snapshot.root,
        "criteria": list(done.criteria), "better": list(field.better), "weights": done.weights.tolist(),
        "normalise": category.normalise, "aggregate": category.aggregate, "missing": category.missing,
        "winners": stage.winners, "promoted": stage.promoted,
        "rows": _rows(snapshot, done, field, sure),
        "draws": sure.draws, "seed": sure.seed, "spread": sure.spread_ppm,
        "bands": [[field.keys[at] for at in band] for band in sure.bands],
        "between": [_between(done, one) for one in decides(category, field)],
        **_measured(snapshot, category, level, area, field),
    }  # fmt: skip


def canonical(said: Mapping[str, Any]) -> str:
    """The one text of a result."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of a result's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def field_in(said: Mapping[str, Any]) -> Field:
    """The field of the entries that a result keeps."""
    rows = said["rows"]
    return _field(said, [row["entry"] for row in rows], [row["values"] for row in rows], said["criteria"])


def measured_in(said: Mapping[str, Any]) -> Field | None:
    """The field of all that were measured, by public code; None where they are not public."""
    rows = said.get("measured")
    if rows is None:
        return None
    return _field(said, [row["code"] for row in rows], [row["values"] for row in rows], said["measured_criteria"])


def scored_in(said: Mapping[str, Any], category: Category) -> Scored:
    """Scored again from what is kept; its bytes are those of the first time."""
    return score(category, field_in(said))


def winners_in(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows that are honoured, best first."""
    return [row for row in said["rows"] if row["honoured"]]


def _field(
    said: Mapping[str, Any], keys: Iterable[str], values: Sequence[Sequence[int | None]], criteria: Sequence[str]
) -> Field:
    listed = list(keys)
    better = dict(zip(said["criteria"], said["better"], strict=True))
    array = np.array([[MISSING if one is None else one for one in row] for row in values], np.int64).reshape(
        len(listed), len(criteria)
    )
    return Field(tuple(listed), tuple(criteria), array, tuple(better[one] for one in criteria))


def _rows(snapshot: Snapshot, done: Scored, field: Field, sure: Sensitivity) -> list[dict[str, Any]]:
    """In the order they are listed: by rank, then entry."""
    entries = {row["code"]: row for row in snapshot.tables[ENTRIES].to_pylist()}
    held, honoured = done.places().tolist(), set(done.winners(sure.places))
    parts_of = _pairs(snapshot, done.category, done.criteria)
    found = []
    for at in done.order():
        entry = entries[done.keys[at]]
        found.append({
            "entry": done.keys[at], "name": entry["name"], "subject": entry["subject"],
            "code": str(entry["key"]) if entry["subject"] != "employer" else "", "province": entry["province"],
            "score": int(done.scores[at]), "rank": int(done.ranks[at]), "place": held[at], "honoured": at in honoured,
            "why": list(done.why[at]), "separated": done.separated[at],
            "values": _plain([int(field.values[at, field.places[one]]) for one in done.criteria]),
            "normal": _plain(done.normal[at].tolist()), "parts": done.parts[at].tolist(), "of": parts_of.get(entry["key"], {}),
            "first": int(sure.first[at]), "within": int(sure.honoured[at]), "survives": int(sure.survives[at]),
            "low": int(sure.low[at]), "high": int(sure.high[at]),
        })  # fmt: skip
    return found


def _pairs(snapshot: Snapshot, category: Category, criteria: Sequence[str]) -> dict[int, dict[str, list[int]]]:
    """Numerator and denominator of each measured criterion, by the subject's key: what a way up is counted in."""
    table = snapshot.of(category.subject)
    names = [one for one in criteria if f"{NUM}{one}" in table.column_names]
    columns = {one: (table.column(f"{NUM}{one}").to_pylist(), table.column(f"{DEN}{one}").to_pylist()) for one in names}
    wanted = {row["key"] for row in snapshot.tables[ENTRIES].to_pylist() if row["category"] == category.key}
    return {
        key: {name: [num[at], den[at]] for name, (num, den) in columns.items() if num[at] is not None and den[at]}
        for at, key in enumerate(table.column("key").to_pylist())
        if key in wanted or category.subject in OPEN_SUBJECTS
    }


def _between(done: Scored, one: Decision) -> dict[str, Any]:
    return {
        "ahead": done.keys[one.ahead],
        "behind": done.keys[one.behind],
        "how": one.how,
        "criterion": one.criterion,
        "lead": one.lead_ppm,
    }


def measured_of(row: Mapping[str, Any]) -> dict[str, Measured]:
    """What a row's measures are made of; of a region's workers there are no more than all of them."""
    bounded = row["subject"] != "employer"
    return {name: Measured(num, den, den if bounded else None) for name, (num, den) in row["of"].items()}


def _plain(values: Iterable[int]) -> list[int | None]:
    return [None if one == MISSING else one for one in values]


def _measured(snapshot: Snapshot, category: Category, level: str, area: int, competing: Field) -> dict[str, Any]:
    """How all who were measured in the area do, whether they compete or not; of who is not public those that compete."""
    everyone = field_of(snapshot, category, level, area)
    table = snapshot.of(category.subject)
    names = dict(zip((str(one) for one in table.column("code").to_pylist()), table.column("name").to_pylist(), strict=True))
    told: dict[str, Any] = {
        "measured_count": len(everyone), "measured_criteria": list(everyone.criteria),
        "yardstick": yardstick(everyone if category.subject in OPEN_SUBJECTS else competing),
    }  # fmt: skip
    if category.subject in OPEN_SUBJECTS:
        parts_of = _pairs(snapshot, category, everyone.criteria)
        told["measured"] = [
            {
                "code": key, "name": names[key], "subject": category.subject, "values": _plain(everyone.values[at].tolist()),
                "of": parts_of.get(int(key), {}),
            }
            for at, key in enumerate(everyone.keys)
        ]  # fmt: skip
    return told


def yardstick(field: Field) -> dict[str, dict[str, int | None]]:
    """Of each criterion the middle and the best measure, and how many have one; the lower of two middles."""
    found: dict[str, dict[str, int | None]] = {}
    for at, name in enumerate(field.criteria):
        known = np.sort(field.values[:, at][field.values[:, at] != MISSING])
        best = None if not known.size else int(known[-1] if field.better[at] == "more" else known[0])
        middle = None if not known.size else int(known[(known.size - 1) // 2])
        found[name] = {"median": middle, "best": best, "count": int(known.size)}
    return found


def contests_of(snapshot: Snapshot, edition: Edition, level: str) -> list[tuple[str, int]]:
    """Categories and areas with an entry at a level, in the order of the edition."""
    competing = {(row["category"], int(row["area"])) for row in snapshot.tables[ENTRIES].to_pylist() if row["level"] == level}
    order = list(edition.categories)
    return sorted((one for one in competing if one[0] in order), key=lambda one: (order.index(one[0]), one[1]))


__all__ = [
    "FORMAT", "canonical", "contests_of", "digest_of", "field_in", "measured_in", "outcome", "scored_in", "winners_in",
    "yardstick",
]  # fmt: skip
