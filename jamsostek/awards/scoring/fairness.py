"""Whether a contest is fair to the small and the remote: what a score goes with, and who would win by another rule.

A correlation says what goes together here and now, not why. Size is people; remoteness is whatever the caller has (people per
square kilometre, villages), and says itself what it supposes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jamsostek.awards.edition import Category
from jamsostek.awards.scoring.field import LARGEST, MILLION, MISSING, Field, Ints
from jamsostek.awards.scoring.scored import Scored, screen
from jamsostek.awards.scoring.statistics import kendall, ratio_ppm, spearman
from jamsostek.core.text import N_

CLASSES = 4
RULES: dict[str, str] = {
    "counts": N_("Menurut jumlah, bukan bagian dari yang seharusnya"),
    "progress": N_("Menurut bagian kekurangan tahun lalu yang tertutup"),
    "size_classes": N_("Di dalam golongan menurut jumlah penduduk"),
}
"""Other rules that a contest could go by."""


@dataclass(frozen=True)
class GoesWith:
    """Rank correlations of the score with something, ppm; None where they do not exist."""

    what: str
    spearman: int | None
    kendall: int | None


@dataclass(frozen=True)
class Group:
    """Competitors of one size class or zone."""

    name: str
    count: int
    mean_rank_ppm: int
    """Mean rank times a million; half of all competitors is even-handed."""
    winners: int


@dataclass(frozen=True)
class OtherRule:
    """What another rule would change."""

    rule: str
    winners: int
    changed: int
    """Winners of the rule who do not win now."""
    with_size: int | None
    """Spearman of that rule's score with size, ppm; of size classes: of the rank inside the class."""
    mean_size: int
    """Mean size of its winners."""


@dataclass(frozen=True)
class Fairness:
    """A contest looked at for size and place."""

    competitors: int
    places: int
    mean_size: int
    mean_size_winners: int
    goes_with: tuple[GoesWith, ...]
    by_size: tuple[Group, ...]
    """Quarters by size, the smallest first, named 1 to 4."""
    by_zone: tuple[Group, ...]
    others: tuple[OtherRule, ...]


def fairness(
    category: Category,
    field: Field,
    *,
    size: Ints,
    zones: Sequence[str],
    places: int,
    also: Mapping[str, Ints] | None = None,
    before: Field | None = None,
) -> Fairness:
    """Looks at a field whose rows have a `size` (people) and a zone; `also` names other things per row, `before` holds the same
    measures a year ago (rows and criteria of its own; what it lacks is missing)."""
    scored = screen(category, field)
    groups = size_classes(size)
    others = [_other("counts", screen(category, by_counts(field, size)), scored, size, places)]
    if before is not None:
        others.append(_other("progress", screen(category, gap_closed(field, before)), scored, size, places))
    others.append(_in_classes(scored, size, groups, places))
    winners = np.array(scored.winners(places), np.int64)
    return Fairness(
        len(field), places, _mean(size), _mean(size[winners]),
        tuple(
            GoesWith(name, spearman(scored.scores, values), kendall(scored.scores, values))
            for name, values in {"size": size, **(also or {})}.items()
        ),
        tuple(_group(str(one + 1), groups == one, scored, winners) for one in range(CLASSES)),
        tuple(_group(zone, np.array([one == zone for one in zones]), scored, winners) for zone in dict.fromkeys(zones)),
        tuple(others),
    )  # fmt: skip


def size_classes(size: Ints) -> Ints:
    """Quarters by size, 0 the smallest; equals stand together in the lower one."""
    return np.searchsorted(np.sort(size), size, side="left").astype(np.int64) * CLASSES // max(1, len(size))


def by_counts(field: Field, size: Ints) -> Field:
    """Shares turned into heads: each measure times the size, scaled so that the largest size keeps its measure.

    The denominators of the measures (workers of a kind) are not the whole population, so these are not the true counts: they
    differ from competitor to competitor as sizes do, which is what the rule is about.
    """
    largest = max(1, int(size.max(initial=1)))
    scaled = [
        [MISSING if one == MISSING else one * int(heads) // largest for one in row]
        for row, heads in zip(field.values.tolist(), size, strict=True)
    ]
    return Field(field.keys, field.criteria, np.array(scaled, np.int64).reshape(field.values.shape), field.better)


def gap_closed(field: Field, before: Field) -> Field:
    """Each measure as the share of the gap to whole that was closed since `before`: (now - then) / (whole - then), where whole is
    a million or, where less is better, nothing. Missing where either is missing or nothing was left to close."""
    rows = {key: row for row, key in enumerate(before.keys)}
    made = np.full(field.values.shape, MISSING, np.int64)
    for at, name in enumerate(field.criteria):
        if name not in before.places:
            continue
        whole = MILLION if field.better[at] == "more" else 0
        for row, key in enumerate(field.keys):
            now = int(field.values[row, at])
            then = int(before.values[rows[key], before.places[name]]) if key in rows else MISSING
            gap = whole - then if field.better[at] == "more" else then
            if MISSING not in (now, then) and gap > 0:
                moved = now - then if field.better[at] == "more" else then - now
                made[row, at] = max(-LARGEST, min(LARGEST, ratio_ppm(moved, gap)))
    return Field(field.keys, field.criteria, made, tuple("more" for _one in field.criteria))


def _other(rule: str, other: Scored, now: Scored, size: Ints, places: int) -> OtherRule:
    theirs, ours = other.winners(places), set(now.winners(places))
    return OtherRule(
        rule, len(theirs), len(set(theirs) - ours), spearman(other.scores, size), _mean(size[np.array(theirs, np.int64)])
    )


def _in_classes(now: Scored, size: Ints, groups: Ints, places: int) -> OtherRule:
    """As many winners from each class, the score kept; where it does not divide, the classes of the smaller have one more."""
    inside = np.zeros(len(now), np.int64)
    chosen: list[int] = []
    for group in range(CLASSES):
        rows = [at for at in now.order() if groups[at] == group]
        held = np.sort(now.ranks[rows]) if rows else np.zeros(0, np.int64)
        inside[rows] = np.searchsorted(held, now.ranks[rows], side="left") + 1
        mine = places // CLASSES + (group < places % CLASSES)
        chosen += [at for at in rows if now.honoured[at]][:mine]
    return OtherRule(
        "size_classes", len(chosen), len(set(chosen) - set(now.winners(places))), spearman(-inside, size),
        _mean(size[np.array(chosen, np.int64)]),
    )  # fmt: skip


def _group(name: str, here: np.ndarray, scored: Scored, winners: Ints) -> Group:
    ranks = scored.ranks[here]
    mean = ratio_ppm(int(ranks.sum()), len(ranks)) if len(ranks) else 0
    return Group(name, len(ranks), mean, int(here[winners].sum()) if len(winners) else 0)


def _mean(values: Ints) -> int:
    return (2 * int(values.sum()) + len(values)) // (2 * len(values)) if len(values) else 0
