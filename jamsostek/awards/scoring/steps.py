"""The cheapest ways up: how much more of one measure would raise somebody's rank, and what it costs.

Each way changes one measure of one competitor, and the whole field is normalised and scored again; the others stand still, and
what is measured beside it (progress, say) is not moved along. Costs are what the edition says of a unit in a year: estimates,
some of them invented. A criterion without a cost is told apart, never as free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jamsostek.awards.edition import Category, Improvement, Weighed
from jamsostek.awards.scoring.aggregate import aggregate
from jamsostek.awards.scoring.field import LARGEST, MILLION, MISSING, Bools, Field, Ints
from jamsostek.awards.scoring.normal import median, normalise
from jamsostek.awards.scoring.ranking import breaks, ranked
from jamsostek.awards.scoring.scored import tie_breaks, weights_of

CHEAPEST = 3
_LOOKS = 16


@dataclass(frozen=True)
class Measured:
    """A measure as a numerator over a denominator (above zero). `most` is the largest numerator there can be (of workers: all
    of them); None where there is none."""

    num: int
    den: int
    most: int | None = None


@dataclass(frozen=True)
class Step:
    """So many units more of a measure's numerator (fewer, where less is better): from what to what (ppm), to which rank."""

    criterion: str
    units: int
    rupiah: int | None
    """In a year; None where the edition gives no cost."""
    before_ppm: int
    after_ppm: int
    rank: int


@dataclass(frozen=True)
class StepsUp:
    """Ways to rise from `rank` to `to` or better."""

    rank: int
    to: int
    priced: tuple[Step, ...]
    """The cheapest, at most three; of equal costs the fewer units first."""
    unpriced: tuple[Step, ...]
    """What no cost is known of, in the order of the criteria."""
    beyond_reach: tuple[str, ...]
    """Criteria that, at their best, would not do it alone."""


def ppm_of(num: int, den: int) -> int:
    """A numerator over a denominator in ppm, half up, inside what a field holds."""
    return max(-LARGEST, min(LARGEST, (2 * MILLION * num + den) // (2 * den)))


def steps_up(
    category: Category,
    field: Field,
    key: str,
    measured: Mapping[str, Measured],
    improvements: Mapping[str, Improvement | None],
    to: int | None = None,
) -> StepsUp:
    """The fewest units of each of `measured` that bring `key` to rank `to` (one better than now), and the three cheapest of them.

    Found by looking at points spread over all that could be added and halving before the first that is enough, on whole units:
    the number told is enough and one less is not. Under min-max, percentile and benchmark a better measure never lowers the own
    rank, so it is the fewest; under z a smaller number between two looks could be enough as well. Raises `ValueError` for a key
    that does not compete.
    """
    weighed = tuple(one for one in category.criteria if one.criterion in field.places)
    again = _Again(category, field, weighed, field.keys.index(key))
    rank = again.rank()
    wanted = max(1, rank - 1) if to is None else to
    priced, unpriced, beyond = [], [], []
    for one in weighed if rank > wanted else ():
        name = one.criterion
        if name not in measured or measured[name].den <= 0 or field.values[again.row, field.places[name]] == MISSING:
            continue
        step = again.step(name, measured[name], wanted, improvements.get(name))
        if step is None:
            beyond.append(name)
        elif step.rupiah is None:
            unpriced.append(step)
        else:
            priced.append(step)
    priced.sort(key=lambda step: (step.rupiah, step.units))
    return StepsUp(rank, wanted, tuple(priced[:CHEAPEST]), tuple(unpriced), tuple(beyond))


class _Again:
    """The field scored again with one measure of one row changed: that one column is normalised anew, the others are kept."""

    def __init__(self, category: Category, field: Field, weighed: tuple[Weighed, ...], row: int) -> None:
        self.category, self.field, self.weighed, self.row = category, field, weighed, row
        self.normal, self.counts = normalise(category, field, weighed)
        self.weights = weights_of(weighed)[None, :]
        self.names = tie_breaks(category, field)
        self.deciding = breaks(field, self.names)

    def rank(self) -> int:
        """As it stands."""
        return self._rank(self.normal, self.counts, self.deciding)

    def with_value(self, name: str, value: int) -> int:
        """The rank with another value (ppm) of a criterion."""
        at = self.field.places[name]
        column = self.field.values[:, at : at + 1].copy()
        column[self.row] = value
        single = Field(self.field.keys, (name,), column, (self.field.better[at],))
        place = next(place for place, one in enumerate(self.weighed) if one.criterion == name)
        made, known = normalise(self.category, single, (self.weighed[place],))
        # Whoever has no value at all counts for nothing; alone, a column cannot tell that from one value missing.
        filled = self.counts[:, place] & ~known[:, 0]
        if filled.any():
            made[filled] = median(made[known[:, 0], 0]) if self.category.missing == "median" else 0
        normal = self.normal.copy()
        normal[:, place] = np.where(self.counts[:, place], made[:, 0], MISSING)
        deciding = [
            found if one != name else breaks(single, [name])[0] for one, found in zip(self.names, self.deciding, strict=True)
        ]  # fmt: skip
        return self._rank(normal, self.counts, deciding)

    def step(self, name: str, measured: Measured, to: int, improvement: Improvement | None) -> Step | None:
        """The fewest units to reach a rank; None where no number does."""
        less = self.field.better[self.field.places[name]] == "less"
        if less:
            most = max(0, measured.num)
        else:
            most = max(0, (LARGEST // MILLION * measured.den if measured.most is None else measured.most) - measured.num)

        def value(units: int) -> int:
            return ppm_of(measured.num - units if less else measured.num + units, measured.den)

        def enough(units: int) -> bool:
            return self.with_value(name, value(units)) <= to

        looks = sorted({most * at // _LOOKS for at in range(_LOOKS + 1)})
        reached = next((at for at, units in enumerate(looks) if units and enough(units)), None)
        if reached is None:
            return None
        low, high = looks[reached - 1], looks[reached]
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        rupiah = None if improvement is None else improvement.rupiah * high
        return Step(name, high, rupiah, value(0), value(high), self.with_value(name, value(high)))

    def _rank(self, normal: Ints, counts: Bools, deciding: list[Ints]) -> int:
        scores = aggregate(self.category.aggregate, normal, counts, self.weights)[0]
        return int(ranked(scores, deciding)[0][self.row])
