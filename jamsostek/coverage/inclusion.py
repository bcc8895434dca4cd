"""Why one group is covered less than another: an exact division of the gap into jobs, registering and staying. Pure.

A group's coverage is a sum over kinds of work k of three factors,

    c = Σₖ pₖ · rₖ · aₖ     p: the share of the group that works in k; r: ever registered of these; a: active of the registered

and the gap between two groups is divided by the mean over all orders in which the factors can be changed from one group's to
the other's (Das Gupta's rates standardisation, the Shapley value of three players). Its parts add up to the gap whatever the
figures are; with two factors it is Kitagawa's division of 1955. What it does not say: why a part is as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

Floats = NDArray[np.float64]
PARTS = ("jobs", "registering", "staying")


@dataclass(frozen=True)
class Group:
    """People of a group by kind of work: `workers` at work, `registered` ever, `active` now; arrays of one shape (kinds,)."""

    name: str
    workers: Floats
    registered: Floats
    active: Floats

    @property
    def coverage(self) -> float:
        """Active of those at work, 0 where nobody works."""
        whole = float(self.workers.sum())
        return float(self.active.sum()) / whole if whole else 0.0


@dataclass(frozen=True)
class Division:
    """How the gap `first - second` is made up; `parts` by PARTS, `by_kind` of shape (parts, kinds). Shares, not per cent."""

    first: float
    second: float
    parts: dict[str, float]
    by_kind: Floats

    @property
    def gap(self) -> float:
        """The first group's coverage less the second's."""
        return self.first - self.second


def group(name: str, workers: Sequence[float], registered: Sequence[float], active: Sequence[float]) -> Group:
    """A group checked: counts of one length, none negative, no member in a kind where nobody works or is registered.

    Raises: InputError.
    """
    arrays = [np.asarray(one, dtype=np.float64) for one in (workers, registered, active)]
    if len({one.shape for one in arrays}) != 1 or arrays[0].ndim != 1:
        raise InputError(_("Setiap kelompok memerlukan daftar angka yang sama panjang."), field="workers")
    if any((one < 0).any() for one in arrays):
        raise InputError(_("Jumlah orang tidak boleh negatif."), field="workers")
    if ((arrays[0] == 0) & (arrays[1] > 0)).any() or ((arrays[1] == 0) & (arrays[2] > 0)).any():
        raise InputError(_("Ada peserta pada jenis pekerjaan yang tidak ada pekerjanya."), field="registered")
    return Group(name, *arrays)


def divide(first: Group, second: Group) -> Division:
    """The gap of two groups, divided. Where a group has nobody in a kind, the other's rates are taken: there is nobody to differ.

    Registered or active may exceed workers (counts of members beside a survey's estimate): the division holds all the same.
    """
    ours, theirs = _factors(first), _factors(second)
    for factor in (1, 2):
        for mine, other in ((ours, theirs), (theirs, ours)):
            empty = np.isnan(mine[factor])
            mine[factor][empty] = np.nan_to_num(other[factor])[empty]
    return shares(first.coverage, second.coverage, ours, theirs)


def two_steps(name: str, workers: Sequence[float], active: Sequence[float]) -> Group:
    """A group of which only who is active is known: registering and staying cannot be told apart, and stand under registering."""
    return group(name, workers, active, active)


def divide_known(first: Group, second: Group) -> Division:
    """The gap among people a registry knows: `workers` are those with a number, of whom the kind of work is known once covered.

    c = Σₖ ρ · mₖ · aₖ with ρ ever covered of those with a number, m the share of kind k among them, a the active of these.
    """
    ours, theirs = _known(first), _known(second)
    for mine, other in ((ours, theirs), (theirs, ours)):
        empty = np.isnan(mine[2])
        mine[2][empty] = np.nan_to_num(other[2])[empty]
    return shares(first.coverage, second.coverage, ours, theirs)


def _known(one: Group) -> list[Floats]:
    """In the order of PARTS: kinds of work, ever covered, still active."""
    workers, ever = float(one.workers.sum()), float(one.registered.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        staying: Any = np.where(one.registered > 0, one.active / one.registered, np.nan)
    mix = one.registered / ever if ever else np.zeros_like(one.registered)
    return [mix, np.full_like(one.registered, ever / workers if workers else 0.0), staying]


def shares(first: float, second: float, ours: Sequence[Floats], theirs: Sequence[Floats]) -> Division:
    """The Shapley value of each factor in `Σₖ Πf factor[f][k]`, by kind."""
    count = len(ours)
    orders = list(permutations(range(count)))
    by_kind = np.zeros((count, len(ours[0])))
    for order in orders:
        now = [np.array(one) for one in theirs]
        before = np.prod(now, axis=0)
        for factor in order:
            now[factor] = ours[factor]
            after = np.prod(now, axis=0)
            by_kind[factor] += after - before
            before = after
    by_kind /= len(orders)
    return Division(first, second, dict(zip(PARTS, by_kind.sum(axis=1).tolist(), strict=False)), by_kind)


def _factors(one: Group) -> list[Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        registering: Any = np.where(one.workers > 0, one.registered / one.workers, np.nan)
        staying: Any = np.where(one.registered > 0, one.active / one.registered, np.nan)
    whole = one.workers.sum()
    return [one.workers / whole if whole else one.workers, registering, staying]


@dataclass(frozen=True)
class Parity:
    """What a group would have if it were covered as all are: `missing` people until its share of members is its share of work."""

    name: str
    workers: int
    active: int
    share_of_workers: float
    share_of_active: float
    missing: int

    @property
    def coverage(self) -> float:
        """Active of those at work."""
        return self.active / self.workers if self.workers else 0.0


def parity(groups: Sequence[tuple[str, int, int]]) -> list[Parity]:
    """(name, at work, active) of groups that make a whole, each beside the coverage of the best of them."""
    workers, active = sum(one[1] for one in groups), sum(one[2] for one in groups)
    best = max((one[2] / one[1] for one in groups if one[1]), default=0.0)
    return [
        Parity(
            name, at_work, members, at_work / workers if workers else 0.0, members / active if active else 0.0,
            max(0, round(best * at_work) - members),
        )
        for name, at_work, members in groups
    ]  # fmt: skip
