"""Weights drawn around the category's own: what nobody published is varied, to see what it decides.

The generator is NumPy's PCG64 by its raw 64-bit words, which NumPy promises to keep from version to version (it does not promise
that of numbers shaped by its Generator). Each weight is multiplied by a factor drawn evenly from 1 - spread to 1 + spread; then
all are brought back to a million, what is left over going to the largest remainders.
"""

from __future__ import annotations

import numpy as np

from jamsostek.awards.scoring.field import MILLION, Ints

GENERATOR = "PCG64"
_BITS = 20


def drawn(weights: Ints, draws: int, seed: int, spread_ppm: int) -> Ints:
    """So many sets of weights (d, c), each a million together; the same seed gives the same ones everywhere."""
    if not 0 <= spread_ppm <= MILLION or draws < 1 or seed < 0:
        raise ValueError(f"{draws} draws, spread {spread_ppm} ppm, seed {seed}")
    words = np.random.PCG64(seed).random_raw(draws * len(weights)).reshape(draws, len(weights))
    even = (words >> np.uint64(64 - _BITS)).astype(np.int64)
    # At most 2^21 x 2^20 x 2^20: inside 64 bits.
    factor = ((MILLION - spread_ppm) << _BITS) + spread_ppm * (2 * even + 1)
    return to_million((factor * weights[None, :]) >> _BITS)


def to_million(parts: Ints) -> Ints:
    """Rows of parts brought to a million together."""
    return apportioned(parts, MILLION)


def apportioned(parts: Ints, total: int) -> Ints:
    """Rows of parts (each up to 2^42, not all zero) brought to a total of at most a million: rounded down, then the largest
    remainders, the earlier first."""
    whole = parts.sum(axis=1, keepdims=True)
    low, rest = parts * total // whole, parts * total % whole
    left = total - low.sum(axis=1, keepdims=True)
    order = np.argsort(-rest, axis=1, kind="stable")
    more = np.zeros(low.shape, np.int64)
    np.put_along_axis(more, order, (np.arange(low.shape[1])[None, :] < left).astype(np.int64), axis=1)
    made: Ints = low + more
    return made
