"""How much of a ranking is the weights: it is made again under thousands of others.

What the draws say is about weights alone. Measures are taken as they are, and no share here is a probability that somebody is
better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jamsostek.awards.edition import Category
from jamsostek.awards.scoring.aggregate import BATCH, kernel
from jamsostek.awards.scoring.field import MILLION, Field, Ints
from jamsostek.awards.scoring.normal import normalise
from jamsostek.awards.scoring.ranking import breaks, draws_ranked, standing_order
from jamsostek.awards.scoring.scored import barred, screen, tie_breaks, weights_of
from jamsostek.awards.scoring.weights import GENERATOR, drawn
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

DRAWS, SPREAD_PPM, SEED = 10_000, 500_000, 2026
HOLDS_PPM = 950_000
"""Neighbours whose order holds less often are tied in truth."""
MOST_KEPT = 100_000_000
"""Draws times competitors; each keeps four bytes."""


@dataclass(frozen=True)
class Sensitivity:
    """What became of a ranking under drawn weights, in the order of the field's rows. Shares are ppm of the draws."""

    keys: tuple[str, ...]
    generator: str
    seed: int
    draws: int
    spread_ppm: int
    places: int
    """How many are honoured."""
    survives: Ints
    """How often the rank stayed the very same."""
    low: Ints
    """The rank that 5 in 100 draws do not pass upwards; nearest rank, best first."""
    high: Ints
    """The rank that 95 in 100 draws reach."""
    first: Ints
    """How often it was first among those who may be honoured (alone or shared)."""
    honoured: Ints
    """How often it was within `places` and might be honoured."""
    order: tuple[int, ...]
    """Rows by rank, then key."""
    holds: Ints
    """(n - 1) How often each of `order` stood strictly ahead of the next one."""
    bands: tuple[tuple[int, ...], ...]
    """Rows tied in truth, best first: each stands behind its neighbour, and behind the first of the band, in less than 95 of 100
    draws. Without the second condition a chain of close neighbours could tie the first with the last of all."""


def sensitivity(
    category: Category, field: Field, *, places: int, draws: int = DRAWS, seed: int = SEED, spread_ppm: int = SPREAD_PPM
) -> Sensitivity:
    """Ranks the field again under `draws` sets of weights; criteria that the field lacks are left out as `screen` does.

    Raises `InputError` where draws times competitors go beyond memory.
    """
    if draws * len(field) > MOST_KEPT or draws < 1:
        raise InputError(
            _("{draws} undian bobot untuk {count} peserta terlalu banyak.").format(draws=draws, count=len(field)), field="draws",
            value=draws, remedy=_("Paling banyak {most} undian.").format(most=max(1, MOST_KEPT // max(1, len(field)))),
        )  # fmt: skip
    base = screen(category, field)
    weighed = tuple(one for one in category.criteria if one.criterion in field.places)
    normal, counts = normalise(category, field, weighed)
    never = barred(weighed, normal, counts)[0] != 0
    standing = standing_order(breaks(field, tie_breaks(category, field)), len(field))
    scores = kernel(category.aggregate, normal, counts)
    weights = drawn(weights_of(weighed), draws, seed, spread_ppm)
    kept = np.empty((draws, len(field)), np.int32)
    first, honoured = np.zeros(len(field), np.int64), np.zeros(len(field), np.int64)
    step = max(1, BATCH // max(1, len(field)))
    for at in range(0, draws, step):
        found = scores(weights[at : at + step])
        ranks, held = draws_ranked(found, standing, never)
        kept[at : at + step] = ranks
        may = (found >= category.least_ppm) & ~never[None, :]
        first += (may & (held == 1)).sum(axis=0)
        honoured += (may & (held <= places)).sum(axis=0)
    order = base.order()
    holds = _share((kept[:, order[:-1]] < kept[:, order[1:]]).sum(axis=0), draws)
    bands = _bands(order, holds, kept)
    survives = _share((kept == base.ranks[None, :]).sum(axis=0), draws)
    low, high = (-(-draws * percent // 100) - 1 for percent in (5, 95))
    kept.partition((low, high), axis=0)
    return Sensitivity(
        field.keys, GENERATOR, seed, draws, spread_ppm, places, survives, kept[low].astype(np.int64), kept[high].astype(np.int64),
        _share(first, draws), _share(honoured, draws), tuple(order), holds, bands,
    )  # fmt: skip


def _share(counted: Ints, draws: int) -> Ints:
    return (2 * MILLION * counted.astype(np.int64) + draws) // (2 * draws)


def _bands(order: list[int], holds: Ints, kept: NDArray[np.int32]) -> tuple[tuple[int, ...], ...]:
    made: list[list[int]] = [[order[0]]] if order else []
    for row, sure in zip(order[1:], holds.tolist(), strict=True):
        if sure < HOLDS_PPM and int((kept[:, made[-1][0]] < kept[:, row]).sum()) * MILLION < HOLDS_PPM * len(kept):
            made[-1].append(row)
        else:
            made.append([row])
    return tuple(tuple(band) for band in made if len(band) > 1)
