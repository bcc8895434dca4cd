"""The score of a contest, pure: a category of an edition and a field of measures in, ranks and their reasons out. NumPy only.

    field = Field(keys, criteria, values, better)           whole ppm, MISSING where a measure cannot be computed
    done = score(category, field)                           scores, ranks, parts, who may be honoured and why not
    early = screen(category, field)                         the same on the criteria there are, before juries have marked

Whole numbers wherever it can be, and where it cannot (z, TOPSIS) single operations on doubles that IEEE 754 rounds correctly: the
same bytes on every machine, in any order of the rows.
"""

from __future__ import annotations

from jamsostek.awards.scoring.field import HALF, LARGEST, MILLION, MISSING, Field
from jamsostek.awards.scoring.scored import REASONS, Scored, said, score, screen

__all__ = ["HALF", "LARGEST", "MILLION", "MISSING", "REASONS", "Field", "Scored", "said", "score", "screen"]
