"""The score of a contest, pure: a category of an edition and a field of measures in, ranks and their reasons out. NumPy only.

    field = Field(keys, criteria, values, better)             whole ppm, MISSING where a measure cannot be computed
    done = score(category, field)                             scores, ranks, parts, who may be honoured and why not
    early = screen(category, field)                           the same on the criteria there are, before juries have marked
    sure = sensitivity(category, field, places=3)             how much of the ranking is the weights; who is tied in truth
    pairs = decides(category, field)                          for each pair of neighbours what decides
    ways = steps_up(category, field, key, measured, costs)    the cheapest ways to rise
    jury = agreement(marks, discuss_from)                     how far jurors agree
    fair = fairness(category, field, size=…, …)               to the small and the remote

Whole numbers wherever it can be, and where it cannot (z, TOPSIS) single operations on doubles that IEEE 754 rounds correctly: the
same bytes on every machine, in any order of the rows.
"""

from __future__ import annotations

from jamsostek.awards.scoring.agreement import Agreement, EntryMarks, agreement
from jamsostek.awards.scoring.decides import HOW, Decision, decides
from jamsostek.awards.scoring.fairness import RULES, Fairness, fairness
from jamsostek.awards.scoring.field import HALF, LARGEST, MILLION, MISSING, Field
from jamsostek.awards.scoring.scored import REASONS, Scored, said, score, screen
from jamsostek.awards.scoring.sensitivity import DRAWS, SEED, SPREAD_PPM, Sensitivity, sensitivity
from jamsostek.awards.scoring.steps import Measured, Step, StepsUp, steps_up

__all__ = [
    "DRAWS", "HALF", "HOW", "LARGEST", "MILLION", "MISSING", "REASONS", "RULES", "SEED", "SPREAD_PPM", "Agreement", "Decision",
    "EntryMarks", "Fairness", "Field", "Measured", "Scored", "Sensitivity", "Step", "StepsUp", "agreement", "decides", "fairness",
    "said", "score", "screen", "sensitivity", "steps_up",
]  # fmt: skip
