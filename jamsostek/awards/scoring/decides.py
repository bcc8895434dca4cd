"""Which criterion decides between neighbours of a ranking: the one without which their order would turn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from jamsostek.awards.edition import Category
from jamsostek.awards.scoring.aggregate import aggregate
from jamsostek.awards.scoring.field import Field
from jamsostek.awards.scoring.normal import normalise
from jamsostek.awards.scoring.scored import Scored, screen, weights_of
from jamsostek.core.text import N_

HOW: dict[str, str] = {
    "criterion": N_("Tanpa ukuran ini urutannya berbalik"),
    "tie_break": N_("Nilainya sama; ukuran ini yang menentukan"),
    "broad": N_("Unggul di banyak ukuran; ini yang terbesar"),
    "shared": N_("Berbagi peringkat"),
}
"""How two neighbours are told apart."""


@dataclass(frozen=True)
class Decision:
    """Between a row and the next one of the ranking."""

    ahead: int
    behind: int
    how: Literal["criterion", "tie_break", "broad", "shared"]
    criterion: str
    """What decides; under `broad` what gives most of the lead; nothing under `shared`."""
    turned: tuple[str, ...]
    """Every criterion without which the one behind would be ahead, or level; the strongest first."""
    lead_ppm: int


def decides(category: Category, field: Field) -> tuple[Decision, ...]:
    """For each pair of neighbours, best first. A criterion is taken out whole: the others share its weight."""
    base = screen(category, field)
    weighed = tuple(one for one in category.criteria if one.criterion in field.places)
    normal, counts = normalise(category, field, weighed)
    weights = weights_of(weighed)
    without = weights[None, :] * (1 - np.eye(len(weights), dtype=np.int64))
    scores = aggregate(category.aggregate, normal, counts, without)
    order = base.order()
    return tuple(_decision(base, ahead, behind, scores) for ahead, behind in pairwise(order))


def _decision(base: Scored, ahead: int, behind: int, without: np.ndarray) -> Decision:
    lead = int(base.scores[ahead] - base.scores[behind])
    if base.ranks[ahead] == base.ranks[behind]:
        return Decision(ahead, behind, "shared", "", (), lead)
    if not lead:
        return Decision(ahead, behind, "tie_break", base.separated[behind], (), lead)
    left = (without[:, ahead] - without[:, behind]).tolist()
    strongest = sorted(range(len(left)), key=lambda at: (left[at], at))
    turned = tuple(base.criteria[at] for at in strongest if left[at] <= 0)
    return Decision(ahead, behind, "criterion" if turned else "broad", base.criteria[strongest[0]], turned, lead)
