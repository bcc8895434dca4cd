"""The cube: how many people were registered and covered, by month, place, segment and who they are.

    answer = ask(Question((202606,), ("active", "ever"), by=("province",)))
    everybody_may_see = protect(answer)

It is made from the registry once a night (`snapshot`): rows of people without name or number, and cells counted from them.
"""

from __future__ import annotations

from jamsostek.coverage.cube.asking import ask, holds, known
from jamsostek.coverage.cube.protecting import protect
from jamsostek.coverage.cube.schema import DIMENSIONS, LISTS, MEASURES, Answer, Cancelled, Question, TooLong
from jamsostek.coverage.cube.store import Snapshot, latest

__all__ = [
    "DIMENSIONS", "LISTS", "MEASURES", "Answer", "Cancelled", "Question", "Snapshot", "TooLong", "ask", "holds",
    "known", "latest", "protect",
]  # fmt: skip
