"""The least cost under linear conditions: a small simplex method over floats, for plans of a few hundred unknowns. Pure.

Why not a library: SciPy would come for this alone (ADR 0024). What it finds is compared with every corner of small problems in
tests/coverage/test_levers.py. Not for large or badly scaled problems: give quantities near one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TINY = 1e-9
DANTZIG_STEPS = 2_000
"""Steepest column for so many steps, then Bland's rule, which cannot turn in a circle."""
MOST_STEPS = 20_000


@dataclass(frozen=True)
class Found:
    """The cheapest `x`, and by how much each wanted row stays below what was wanted (nothing where it can be had)."""

    x: Floats
    short: Floats
    cost: float


def cheapest(cost: Floats, wanted: Floats, least: Floats, limited: Floats, most: Floats, weights: Floats) -> Found:
    """Minimises cost · x over x ≥ 0 with wanted @ x ≥ least and limited @ x ≤ most (most ≥ 0, cost ≥ 0).

    Where not all of `least` can be had, the shortfalls weighted by `weights` are as small as can be, and the cost after that.
    """
    short = _short(wanted, least, limited, most, weights)
    slightly_less = least - short - TINY * (1 + np.abs(least))
    table, basis = _start(wanted, slightly_less, limited, most)
    count, rows = wanted.shape[1], len(wanted) + len(limited)
    helps = _helps(slightly_less, table, count + rows)
    _minimise(table, basis, np.concatenate([np.zeros(count + rows), np.ones(helps)]), table.shape[1] - 1)
    _without_helps(table, basis, count + rows)
    _minimise(table, basis, np.concatenate([cost, np.zeros(rows + helps)]), count + rows)
    x = _values(table, basis, count)
    return Found(x, np.where(short > 10 * TINY, short, 0.0), float(cost @ x))


def _short(wanted: Floats, least: Floats, limited: Floats, most: Floats, weights: Floats) -> Floats:
    """The smallest weighted shortfalls."""
    table, basis = _start(wanted, least, limited, most)
    count, rows = wanted.shape[1], len(wanted) + len(limited)
    prices = np.concatenate([np.zeros(count + rows), weights[least > 0]])
    _minimise(table, basis, prices, table.shape[1] - 1)
    x = _values(table, basis, count)
    return np.asarray(np.maximum(0.0, least - wanted @ x))


def _helps(least: Floats, table: Floats, own: int) -> int:
    assert int((least > 0).sum()) == table.shape[1] - 1 - own
    return int((least > 0).sum())


def _start(wanted: Floats, least: Floats, limited: Floats, most: Floats) -> tuple[Floats, list[int]]:
    """The first table: columns x, a slack for each row, a help for each wanted row above nothing; the right side last."""
    need = least > 0
    signs = np.where(need, 1.0, -1.0)
    body = np.vstack([wanted * signs[:, None], limited])
    right = np.concatenate([least * signs, most])
    count, rows = wanted.shape[1], len(body)
    slacks = np.diag(np.concatenate([-signs, np.ones(len(limited))]))
    helps = np.zeros((rows, int(need.sum())))
    helps[np.flatnonzero(need), np.arange(helps.shape[1])] = 1
    basis = [count + row for row in range(rows)]
    for at, row in enumerate(np.flatnonzero(need)):
        basis[row] = count + rows + at
    return np.hstack([body, slacks, helps, right[:, None]]), basis


def _without_helps(table: Floats, basis: list[int], own: int) -> None:
    """Puts a column of its own for every help that stayed in the basis at nothing: it costs nothing now, and would grow."""
    for row, column in enumerate(basis):
        if column >= own:
            best = int(np.argmax(np.abs(table[row, :own])))
            if abs(table[row, best]) > TINY:
                _pivot(table, row, best)
                basis[row] = best


def _minimise(table: Floats, basis: list[int], prices: Floats, allowed: int) -> None:
    """Pivots until no column below `allowed` lowers the price. In place."""
    for step in range(MOST_STEPS):
        reduced = prices[:allowed] - prices[basis] @ table[:, :allowed]
        falling = np.flatnonzero(reduced < -TINY)
        if not len(falling):
            return
        column = int(falling[0]) if step > DANTZIG_STEPS else int(falling[np.argmin(reduced[falling])])
        up = table[:, column] > TINY
        assert up.any(), "costs are not negative, so the least is bounded"
        ratios = np.full(len(table), np.inf)
        ratios[up] = table[up, -1] / table[up, column]
        ties = np.flatnonzero(ratios <= ratios.min() + TINY)
        row = int(min(ties, key=lambda one: basis[one]))
        _pivot(table, row, column)
        basis[row] = column
    raise AssertionError("the simplex method did not end")


def _pivot(table: Floats, row: int, column: int) -> None:
    table[row] /= table[row, column]
    others = table[:, column].copy()
    others[row] = 0.0
    table -= np.outer(others, table[row])
    np.maximum(table[:, -1], 0.0, out=table[:, -1])


def _values(table: Floats, basis: list[int], count: int) -> Floats:
    x = np.zeros(count)
    for row, column in enumerate(basis):
        if column < count:
            x[column] = table[row, -1]
    return x
