"""The score of a contest: who stands where, of what the score is made, and who may be honoured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jamsostek.awards.edition import Category, Criterion, Weighed, told
from jamsostek.awards.scoring.aggregate import aggregate
from jamsostek.awards.scoring.field import Bools, Field, Ints
from jamsostek.awards.scoring.normal import normalise
from jamsostek.awards.scoring.ranking import breaks, ranked
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _

CHUNK = 1 << 16
REASONS: dict[str, str] = {
    "nothing_measured": N_("Tidak ada ukuran yang dapat dihitung"),
    "least_score": N_("Nilai akhirnya di bawah nilai terendah"),
    "least": N_("Di bawah nilai terendah ukuran: {criterion}"),
    "missing": N_("Ukuran yang bernilai terendah tidak dapat dihitung: {criterion}"),
}
"""Why somebody cannot be honoured; `least` and `missing` carry their criterion after a colon."""


@dataclass(frozen=True)
class Scored:
    """A contest scored, in the order of the field's rows. All figures are whole ppm."""

    category: Category
    keys: tuple[str, ...]
    criteria: tuple[str, ...]
    """Those that counted: the category's, without those the field does not have (`screen`)."""
    weights: Ints
    """(c,) as the category gives them; together less than a million under `screen`."""
    scores: Ints
    ranks: Ints
    """Shared: 1, 1, 3."""
    normal: Ints
    """(n, c) from 0 to a million; MISSING where it did not count for that competitor."""
    parts: Ints
    """(n, c) what each criterion gives to the weighted sum of the normalised measures, exactly: under `weighted_sum` they add up
    to the score. Under the other two they say where the strength lies, not how the score is made."""
    honoured: Bools
    why: tuple[tuple[str, ...], ...]
    """Why not: keys of REASONS; nothing for who may be honoured."""
    separated: tuple[str, ...]
    """The tie-break by which somebody stands behind an equal score; nothing where none was needed or none helped."""
    tied: tuple[tuple[int, ...], ...]
    """Rows that share a rank after all tie-breaks, best first."""

    def __len__(self) -> int:
        return len(self.keys)

    def order(self) -> list[int]:
        """Rows as they are listed: by rank, then key."""
        ranks = self.ranks.tolist()
        return sorted(range(len(self.keys)), key=lambda at: (ranks[at], self.keys[at]))

    def places(self) -> Ints:
        """Ranks among those who may be honoured, shared; 0 for the others."""
        made = np.zeros(len(self.keys), np.int64)
        ours = np.flatnonzero(self.honoured)
        held = self.ranks[ours]
        made[ours] = np.searchsorted(np.sort(held), held, side="left") + 1
        return made

    def winners(self, places: int) -> tuple[int, ...]:
        """Rows that may be honoured and stand within `places`. Whoever shares the last place is among them."""
        held = self.places()
        return tuple(at for at in self.order() if 0 < held[at] <= places)


def score(category: Category, field: Field) -> Scored:
    """Scores a field by a category; raises `InputError` for a criterion of the category that the field lacks."""
    for one in category.criteria:
        if one.criterion not in field.places:
            raise InputError(
                _("Ukuran {name} tidak ada di data yang dinilai.").format(name=one.criterion), field="data", value=one.criterion,
                remedy=_("Ambil lagi potret yang memuat ukuran itu, atau nilai tanpa juri."),
            )  # fmt: skip
    return _scored(category, field, category.criteria)


def screen(category: Category, field: Field) -> Scored:
    """As `score`, on the criteria that the field has; the weights of the others are left out (before juries have marked)."""
    weighed = tuple(one for one in category.criteria if one.criterion in field.places)
    if not weighed:
        raise InputError(_("Tidak satu pun ukuran kategori ini ada di data yang dinilai."), field="data", value=category.key)
    return _scored(category, field, weighed)


def said(reason: str, criteria: dict[str, Criterion]) -> str:
    """Why somebody cannot be honoured, in the reader's language."""
    kind, _colon, name = reason.partition(":")
    return _(REASONS[kind]).format(criterion=told(criteria[name].title) if name in criteria else name)


def weights_of(weighed: Sequence[Weighed]) -> Ints:
    """(c,) ppm."""
    return np.array([one.weight_ppm for one in weighed], np.int64)


def tie_breaks(category: Category, field: Field) -> list[str]:
    """Those of the category's tie-breaks that the field can tell."""
    return [name for name in category.tie_breaks if name in field.places]


def _scored(category: Category, field: Field, weighed: tuple[Weighed, ...]) -> Scored:
    normal, counts = normalise(category, field, weighed)
    weights = weights_of(weighed)
    scores = aggregate(category.aggregate, normal, counts, weights[None, :])[0]
    names = tie_breaks(category, field)
    ranks, deciders = ranked(scores, breaks(field, names))
    honoured, why = _honoured(category, weighed, scores, normal, counts)
    return Scored(
        category, field.keys, tuple(one.criterion for one in weighed), weights, scores, ranks, normal,
        parts(normal, counts, weights), honoured, why, tuple(np.array([*names, ""], object)[deciders].tolist()), _tied(ranks),
    )  # fmt: skip


def parts(normal: Ints, counts: Bools, weights: Ints) -> Ints:
    """What each criterion gives to the weighted sum (n, c): rounded down, and what is left over goes to the largest remainders,
    the earlier criterion first, so that they add up to the sum rounded half up."""
    made = np.zeros(normal.shape, np.int64)
    for at in range(0, len(normal), CHUNK):
        here = slice(at, at + CHUNK)
        share = np.where(counts[here], weights, 0)
        whole = np.maximum(share.sum(axis=1), 1)[:, None]
        product = share * np.where(counts[here], normal[here], 0)
        low = product // whole
        left = (2 * product.sum(axis=1)[:, None] + whole) // (2 * whole) - low.sum(axis=1)[:, None]
        order = np.argsort(-(product - low * whole), axis=1, kind="stable")
        more = np.zeros(low.shape, np.int64)
        np.put_along_axis(more, order, (np.arange(low.shape[1])[None, :] < left).astype(np.int64), axis=1)
        made[here] = low + more
    return made


def barred(weighed: Sequence[Weighed], normal: Ints, counts: Bools) -> tuple[Ints, list[str]]:
    """Whom a criterion bars, whatever the weights: bits (n,), and the reason of each bit."""
    bits: Ints = np.where(counts.any(axis=1), 0, 1).astype(np.int64)
    reasons = ["nothing_measured"]
    for at, one in enumerate(weighed):
        if one.least_ppm > 0:
            known = counts[:, at]
            for word, failed in (("least", known & (normal[:, at] < one.least_ppm)), ("missing", ~known & (bits & 1 == 0))):
                bits = bits | (failed.astype(np.int64) << len(reasons))
                reasons.append(f"{word}:{one.criterion}")
    return bits, reasons


def _honoured(
    category: Category, weighed: Sequence[Weighed], scores: Ints, normal: Ints, counts: Bools
) -> tuple[Bools, tuple[tuple[str, ...], ...]]:
    bits, reasons = barred(weighed, normal, counts)
    bits |= ((scores < category.least_ppm) & (bits & 1 == 0)).astype(np.int64) << len(reasons)
    reasons.append("least_score")
    distinct, back = np.unique(bits, return_inverse=True)
    words = [tuple(reason for at, reason in enumerate(reasons) if bit >> at & 1) for bit in distinct.tolist()]
    return bits == 0, tuple(words[at] for at in back.tolist())


def _tied(ranks: Ints) -> tuple[tuple[int, ...], ...]:
    order = np.argsort(ranks, kind="stable")
    starts = np.flatnonzero(np.diff(ranks[order], prepend=-1, append=-1))
    shared = np.flatnonzero(np.diff(starts) > 1)
    return tuple(tuple(order[starts[at] : starts[at + 1]].tolist()) for at in shared)
