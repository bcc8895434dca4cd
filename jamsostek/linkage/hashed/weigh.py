"""How likely two codes are one person, learned without labels from the pairs that share a NIK.

A record whose NIK is among the members names its own member; every other member it shares a block key with is somebody else.
From these pairs a logistic regression learns what Dice and each block key say; then the share of true pairs, and how often
one person has two NIKs, are estimated over all pairs (EM). The weights lean on `USUAL`, so few such pairs do little harm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jamsostek.linkage.hashed.pairs import Bits, Floats, Pairs, Rows, dice

Bools = npt.NDArray[np.bool_]
GUARD = 0.6
"""An equal NIK with a lower Dice is no anchor, and is never decided without asking: most likely it is a relative's."""
ONE_PERSON = 0.82
"""Two members as alike as this are taken for one person listed twice."""
_START, _DICE, _DICE_2 = -17.5, 8.5, 20.0
USUAL = {
    "nik15": 0.0, "nik_tail": 0.0, "born_skeleton": 4.0, "born_village": 3.4, "born_last": 1.1, "name_born": -0.3,
    "name_regency_year": -1.2, "name_birthplace_year": 2.0, "skeleton_village": -1.3, "village_year": 1.6,
    "mother_skeleton": 2.6, "mother_year": 2.0, "card": 6.2, "phone": 6.0,
}  # fmt: skip
"""What shared block keys add beyond Dice, in natural logarithms of odds: learned on the synthetic registers of seeds 1 and 2."""
_SAME_NIK = np.log(999.0)
"""One in a thousand pairs of equal own NIK is two people."""
_CUT_NIK = 3.0
_LEAN = 0.1
_MOST_LEARNED = 300_000
_ROUNDS = 50
_STILL = 1e-6
_AT_ONCE = 500_000


@dataclass(frozen=True)
class Evidence:
    """The candidate pairs and what is known of them."""

    pairs: Pairs
    alike: Floats
    blocks: tuple[str, ...]
    both_nik: Bools
    """Both records have an own NIK."""

    @property
    def same_nik(self) -> Bools:
        """The NIK codes are equal."""
        return np.asarray(self.pairs.agree & 1 > 0)

    @property
    def anchors(self) -> Bools:
        """Pairs taken as true: equal NIK, and alike otherwise."""
        return np.asarray(self.same_nik & (self.alike >= GUARD))

    def shares(self, block: str) -> Bools:
        """Which pairs share a block key."""
        return np.asarray(self.pairs.agree >> (1 + self.blocks.index(block)) & 1 > 0)


def log_odds(seen: Evidence, members: Bits) -> Floats:
    """Natural logarithm of the odds that each pair is one person."""
    return _with_nik(seen, _told(seen, _learned(seen, members)))


def _features(seen: Evidence, rows: Rows | slice) -> Floats:
    agree, alike = seen.pairs.agree[rows], seen.alike[rows]
    shared = [agree >> (1 + place) & 1 for place in range(len(seen.blocks))]
    return np.stack([np.ones(len(alike)), alike, alike**2, *shared], axis=1)


def _usual(seen: Evidence) -> Floats:
    return np.array([_START, _DICE, _DICE_2, *(USUAL[block] for block in seen.blocks)])


def _learned(seen: Evidence, members: Bits) -> Floats:
    """The weights of Dice and block keys; those made of the NIK keep theirs, for anchors always share them."""
    rows = _lessons(seen, members)
    x, y = _features(seen, rows), seen.anchors[rows].astype(np.float64)
    base = (y.sum() + 1) / (len(y) + 3)
    usual = _usual(seen)
    free = np.array([True] * 3 + [not block.startswith("nik") for block in seen.blocks])
    offset = np.full(len(y), np.log(base / (1 - base)))
    weights = usual.copy()
    weights[free] = _regression(x[:, free], y, offset, usual[free])
    return weights


def _lessons(seen: Evidence, members: Bits) -> Rows:
    """Pairs of records with an anchor, that share more than the NIK; not with a second entry of the anchor's member."""
    left, right, anchors = seen.pairs.left, seen.pairs.right, seen.anchors
    mate = np.full(int(left.max(initial=0)) + 1, -1)
    mate[left[anchors]] = right[anchors]
    of_nik = sum(1 << place for place, name in enumerate(("nik", *seen.blocks)) if name.startswith("nik"))
    rows = np.flatnonzero((mate[left] >= 0) & (seen.pairs.agree & ~np.uint32(of_nik) > 0))
    rows = rows[:: max(1, -(-len(rows) // _MOST_LEARNED))]
    twice = dice(members, members, mate[left[rows]], right[rows]) >= ONE_PERSON
    return np.asarray(rows[anchors[rows] | ~twice])


def _regression(x: Floats, y: Floats, offset: Floats, usual: Floats) -> Floats:
    """Logistic regression drawn towards the usual weights, by Newton's steps, halved where they lead away."""

    def loss(weights: Floats) -> float:
        odds = x @ weights + offset
        return float((np.logaddexp(0, odds) - y * odds).sum() + _LEAN / 2 * ((weights - usual) ** 2).sum())

    weights, lost = usual.copy(), loss(usual)
    for _round in range(_ROUNDS):
        chance = chances(x @ weights + offset)
        curve = x.T @ (x * (chance * (1 - chance))[:, None]) + _LEAN * np.eye(len(weights))
        step = np.linalg.solve(curve, x.T @ (y - chance) - _LEAN * (weights - usual))
        while (next_lost := loss(weights + step)) > lost and np.abs(step).max() > _STILL:
            step = step / 2
        if np.abs(step).max() <= _STILL:
            break
        weights, lost = weights + step, next_lost
    return weights


def _told(seen: Evidence, weights: Floats) -> Floats:
    told = np.zeros(len(seen.alike))
    for at in range(0, len(told), _AT_ONCE):
        told[at : at + _AT_ONCE] = _features(seen, slice(at, at + _AT_ONCE)) @ weights
    return told


def _with_nik(seen: Evidence, told: Floats) -> Floats:
    """With the share of true pairs and what the NIKs say, both estimated over all pairs until they stay."""
    same = seen.same_nik
    cut = seen.shares("nik15") & seen.both_nik & ~same
    other = seen.both_nik & ~same & ~cut
    true, differ = 0.05, 0.05
    odds = told
    for _round in range(_ROUNDS):
        start = np.log(true / (1 - true))
        odds = told + start + np.where(same, _SAME_NIK - start, 0) + np.where(other, np.log(differ), 0) + _CUT_NIK * cut
        chance = chances(odds)
        true = float(np.clip((chance.sum() + 1) / (len(chance) + 20), 1e-6, 0.5))
        differ = float((chance[other].sum() + 1) / (chance[other | same].sum() + 20))
    return odds


def chances(odds: Floats) -> Floats:
    """Probabilities of logarithms of odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
