"""How good a run is, as far as that can be told without the truth: estimates, each named as one."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.linkage import quality
from jamsostek.linkage.decide import USUAL
from jamsostek.linkage.quality import BANDS, Band, Estimate
from jamsostek.outreach.models import Run
from jamsostek.outreach.queries import review

WANTED = 0.99
"""The share of right links from which on a band may be linked without people: a policy, shown on screen."""


@dataclass(frozen=True)
class Goodness:
    """Recall by hiding NIKs: group -> (hidden, found). Precision of what is linked without people, by a judged sample."""

    recall: dict[str, tuple[int, int]]
    bands: list[Band]
    precision: Estimate | None
    least: float | None
    """From this weight on the sample says that `WANTED` is reached."""
    judged: int
    sample: int


def goodness(run: Run) -> Goodness:
    """The estimates of a run as they stand now; a pair counts as judged where two agree, or a third decided."""
    told = review.judged(run) if run.quality.get("sample") else []
    pairs = run.quality.get("bands", [])
    judged, right = [0] * len(pairs), [0] * len(pairs)
    for weight, same, different in told:
        if max(same, different) >= 2 and same != different:
            at = quality.band_of(weight)
            judged[at] += 1
            right[at] += same > different
    bands = [Band(BANDS[at], count, judged[at], right[at]) for at, count in enumerate(pairs)]
    linked = [band for band in bands if band.least >= USUAL.same]
    recall = {name: (hidden, found) for name, (hidden, found) in run.quality.get("recall", {}).items()}
    sample = len(run.quality.get("sample", []))
    return Goodness(recall, bands, quality.precision(linked), quality.least_weight(bands, WANTED), sum(judged), sample)
