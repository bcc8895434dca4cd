"""Sharing out whole people so that totals stay exact: the largest-remainder method, in integers only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array


def split(total: int, weights: npt.ArrayLike) -> Int64Array:
    """`total` in proportion to `weights` (0 or more, any shape): rounded down, the rest to the largest remainders.

    The result adds up to `total` exactly and is within one of the exact proportion everywhere. Equal remainders go to
    the earlier place. Takes total x largest weight below 2^63.
    """
    w = np.asarray(weights, dtype=np.int64)
    if total == 0:
        return np.zeros_like(w)
    whole_weight = int(w.sum())
    assert total > 0 and whole_weight > 0 and (w >= 0).all() and total * int(w.max()) < 2**63
    shares, remainders = np.divmod(total * w, whole_weight)
    left_over = total - int(shares.sum())
    order = np.argsort(-remainders, axis=None, kind="stable")
    shares.flat[order[:left_over]] += 1
    return shares


def spread(rows: npt.ArrayLike, weights: npt.ArrayLike) -> Int64Array:
    """Each row's people over columns in proportion to `weights`, both margins exact: shape `rows` + (columns,).

    Row sums are `rows`; column sums are `split(sum of rows, weights)`. Cells are within two of the exact proportion.
    Column after column is shared out over what the rows have left, so the last column takes the rest.
    """
    left = np.asarray(rows, dtype=np.int64).copy()
    columns = split(int(left.sum()), weights)
    table = np.zeros((*left.shape, len(columns)), dtype=np.int64)
    for place, column in enumerate(columns[:-1]):
        table[..., place] = split(int(column), left)
        left -= table[..., place]
    table[..., -1] = left
    return table
