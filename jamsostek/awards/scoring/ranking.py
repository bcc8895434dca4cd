"""Who stands where: shared ranks (1, 1, 3), and what told equal scores apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jamsostek.awards.scoring.field import MISSING, Bools, Field, Ints


def breaks(field: Field, criteria: Sequence[str]) -> list[Ints]:
    """The measures that decide between equal scores, in order; more is better, and no measure is worse than any."""
    return [np.where(known, values, MISSING) for values, known in (field.column(name) for name in criteria)]


def ranked(scores: Ints, deciding: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Ranks, and for whoever stands behind an equal score the position of what decided; -1 for all others."""
    count = len(scores)
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys = [scores, *deciding]
    order = np.lexsort(keys[::-1])[::-1]
    first = np.full(count, len(keys), np.int64)
    for at, key in reversed(list(enumerate(keys))):
        first[1:][key[order[1:]] != key[order[:-1]]] = at
    fresh = first < len(keys)
    fresh[0] = True
    ranks, separated = np.empty(count, np.int64), np.full(count, -1, np.int64)
    ranks[order] = np.maximum.accumulate(np.where(fresh, np.arange(1, count + 1), 0))
    deciders = np.where((first > 0) & (first < len(keys)), first - 1, -1)
    deciders[0] = -1
    # Those who share a rank stand behind the same one ahead, so what decided is the same for all of them.
    separated[order] = deciders[np.maximum.accumulate(np.where(fresh, np.arange(count), 0))]
    return ranks, separated


def standing_order(deciding: Sequence[Ints], count: int) -> Ints:
    """Where each stands by what decides between equal scores alone: shared, 0 the last; for scores of many draws at once."""
    if not deciding:
        return np.zeros(count, np.int64)
    ranks, _separated = ranked(np.zeros(count, np.int64), deciding)
    return np.int64(count) - ranks


def draws_ranked(scores: Ints, standing: Ints, barred: Bools) -> tuple[Ints, Ints]:
    """Ranks (d, n) of scores (d, n), and places: ranks among those who are not barred (what a barred one has means nothing).

    Score, standing and row are packed into one number each, at most a million times the square of the rows, and sorted.
    """
    draws, count = scores.shape
    if not count:
        return scores, scores
    packed = scores * np.int64(count + 1) + standing[None, :]
    packed = packed * np.int64(-count) + np.arange(count)
    packed.sort(axis=1)
    order = packed % count
    packed //= count
    fresh = np.ones((draws, count), np.bool_)
    fresh[:, 1:] = packed[:, 1:] != packed[:, :-1]
    ahead = np.maximum.accumulate(np.where(fresh, np.arange(1, count + 1), 0), axis=1)
    ranks = np.empty((draws, count), np.int64)
    np.put_along_axis(ranks, order, ahead, axis=1)
    if not barred.any():
        return ranks, ranks
    free = (~barred[order]).astype(np.int64)
    counted = np.cumsum(free, axis=1) - free + 1
    places = np.empty((draws, count), np.int64)
    np.put_along_axis(places, order, np.maximum.accumulate(np.where(fresh, counted, 0), axis=1), axis=1)
    return ranks, places
