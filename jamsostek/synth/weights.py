"""Weights that make the nation of members stand for the labour force: by province and sex, and by the share in formal work.

The nation adds up to the members that were published, and members are not the labour force: of some provinces many are
covered, of others few. A weight for each province, sex and kind of work (formal, informal) lets sums over the nation speak of
everybody who works or looks for work. The weights are the nation's own composition, fitted to both published margins in turn
until both hold (iterative proportional fitting); how sex and formal work go together inside a province is therefore the
nation's, and an assumption.

Migrants work abroad and are not in the labour force of Sakernas: their weight is nothing. The unemployed have no kind of work;
the share in formal work, published of the employed, is taken for all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published

FORMAL, INFORMAL = 0, 1
ROUNDS = 500
TOLERANCE_PERSONS = 1
"""How far a weighted sum may be from what was published, in persons: its own rounding."""

Weights = npt.NDArray[np.float64]


def by_kind(segment_sex: Int64Array) -> Int64Array:
    """People in the labour force by (formal or informal, sex), from (…, segment, sex)."""
    formal = segment_sex[..., list(assumed.FORMAL_SEGMENTS), :].sum(axis=-2)
    informal = segment_sex[..., list(assumed.INFORMAL_SEGMENTS), :].sum(axis=-2)
    return np.stack([formal, informal], axis=-2)


def targets(code: int) -> tuple[Int64Array, Int64Array]:
    """A province's labour force by sex (as published, derived), and by formal and informal work (its share of it)."""
    force = published.labour_force()[code]
    whole = force.men + force.women
    formal = (2 * whole * force.formal + force.employed) // (2 * force.employed)
    return np.array([force.men, force.women]), np.array([formal, whole - formal])


def weights(segment_sex: Int64Array, code: int) -> Weights | None:
    """The weight of everybody of a province by (kind, sex); None where some kind has nobody of one sex: too small a nation."""
    people = by_kind(segment_sex).astype(np.float64)
    if not (people > 0).all():
        return None
    sexes, kinds = targets(code)
    fitted = people.copy()
    for _ in range(ROUNDS):
        fitted *= (kinds / fitted.sum(axis=1))[:, None]
        fitted *= sexes / fitted.sum(axis=0)
        if np.abs(fitted.sum(axis=1) - kinds).max() < 1e-6:
            break
    return fitted / people
