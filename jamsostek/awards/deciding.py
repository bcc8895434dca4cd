"""The part of an edition that decides who wins, apart from its days, titles and notes. Pure.

Once the marks of any contest are revealed whoever changes this part knows whom it helps; so it stays as it is then. The database
keeps its digest beside each version. What a measure costs (`improvement`), where it comes from (`source`) and how things are
called decide nothing and may be put right; prizes are held too, for by then it is known who gets them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from jamsostek.awards.comparing import differences
from jamsostek.awards.edition import Category, Criterion, Edition
from jamsostek.core.text import _


def deciding(of: Edition) -> dict[str, Any]:
    """Place in the text -> what decides there, as plain values; the same however the text is laid out or ordered."""
    return dict(_parts(of))


def deciding_digest(of: Edition) -> str:
    """SHA-256 of it, in hexadecimal."""
    told = json.dumps(deciding(of), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def first_change(before: Edition, after: Edition) -> tuple[str, str] | None:
    """The first thing by which they decide differently: its place and its name in words; None where they decide alike."""
    old, new = deciding(before), deciding(after)
    place = next((one for one in [*new, *old] if one not in old or one not in new or old[one] != new[one]), None)
    if place is None:
        return None
    told = {one.place: one for one in differences(before, after)}
    if place not in told:
        return place, place
    return place, _("{place}: {message}").format(place=told[place].where, message=told[place].what)


def _parts(of: Edition) -> Iterator[tuple[str, Any]]:
    yield "assessment_year", of.assessment_year
    yield "invented", of.invented
    yield "measured_month", of.measured_month
    yield "baseline_month", of.baseline_month
    for at, (zone, members) in enumerate(of.zones.items(), 1):
        yield f"zones.{zone}", sorted(members)
        yield f"zones.{zone}.number", at
    for criterion in of.criteria.values():
        yield from _criterion(criterion)
    for key, kind in of.evidence.items():
        yield f"evidence.{key}.form", kind.form
        yield f"evidence.{key}.media", sorted(kind.media)
        yield f"evidence.{key}.most_megabytes", kind.most_megabytes
    for category in of.categories.values():
        yield from _category(category)
    for level, jury in of.juries.items():
        yield f"juries.{level}.least_marks", jury.least_marks
        yield f"juries.{level}.discuss_from", jury.discuss_from
        for seat in jury.seats:
            yield f"juries.{level}.seats.{seat.key}", True


def _criterion(one: Criterion) -> Iterator[tuple[str, Any]]:
    place = f"criteria.{one.key}"
    yield f"{place}.kind", one.kind
    yield f"{place}.measure", one.measure
    yield f"{place}.better", one.better
    yield f"{place}.evidence", sorted(one.evidence)
    for step in one.rubric:
        yield f"{place}.rubric.{step.marks}", dict(step.text)


def _category(one: Category) -> Iterator[tuple[str, Any]]:
    place = f"categories.{one.key}"
    yield f"{place}.subject", one.subject
    for name, values in one.only.items():
        yield f"{place}.only.{name}", sorted(values)
    yield f"{place}.normalise", one.normalise
    yield f"{place}.aggregate", one.aggregate
    yield f"{place}.missing", one.missing
    yield f"{place}.least", one.least_ppm
    yield f"{place}.tie_breaks", list(one.tie_breaks)
    for weighed in one.criteria:
        inside = f"{place}.criteria.{weighed.criterion}"
        yield f"{inside}.weight", weighed.weight_ppm
        yield f"{inside}.least", weighed.least_ppm
        yield f"{inside}.benchmark", weighed.benchmark_ppm
    for stage in one.stages:
        inside = f"{place}.stages.{stage.level}"
        yield f"{inside}.area", stage.area
        yield f"{inside}.winners", stage.winners
        yield f"{inside}.promoted", stage.promoted
        for rank, prize in enumerate(stage.prizes, 1):
            yield f"{inside}.prizes.{rank}", dict(prize)
