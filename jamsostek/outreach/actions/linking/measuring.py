"""How good a run is: recall by hiding NIKs, as a whole and by groups; the pairs that people judge for its precision."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jamsostek.linkage import quality
from jamsostek.linkage.decide import USUAL

if TYPE_CHECKING:
    from jamsostek.linkage.recall import MaskedRecall

SAMPLE = 160
"""Pairs that people judge: twenty of each band of weights."""


def groups_on(day: dt.date) -> dict[str, str]:
    """Conditions over the prepared register, by group."""
    return {
        "women": "w.sex = 'f'",
        "men": "w.sex = 'm'",
        "fifty": f"w.year <= {day.year - 50}",
        "default_date": "w.born IS NOT NULL AND w.born_x IS NULL",
        "single_name": "NOT contains(coalesce(w.name, ''), ' ')",
    }


def told(decided: pa.Table, recall: MaskedRecall | None, seed: int) -> dict[str, Any]:
    """What a run keeps of its quality: pairs by band, whose pairs are judged, recall by group as [hidden, found]."""
    likely = {
        row["row"]: row["weight"] for row in decided.select(["row", "member", "weight"]).to_pylist()
        if row["member"] is not None and row["weight"] >= USUAL.ask
    }  # fmt: skip
    bands = [0] * (len(quality.BANDS) - 1)
    for weight in likely.values():
        bands[quality.band_of(weight)] += 1
    groups = (
        {}
        if recall is None
        else {"all": [recall.hidden, recall.found], **{name: list(one) for name, one in recall.groups.items()}}
    )
    return {"bands": bands, "sample": quality.sample(likely, SAMPLE, seed), "recall": groups}
