"""What the system measures at the frozen month, of every subject at once: two whole numbers each, and why there are none.

`names` lists the measures and of whom they are told, `words` says what they are of; both know no database. `tables.tables` gives
one table for each kind of subject that competes in an edition; whoever calls it must see everybody (people, bills, claims), and
it tells totals alone.
"""

from __future__ import annotations

from jamsostek.awards.measures.names import SUBJECT_OF
from jamsostek.awards.measures.words import ABSENT, UNITS, WORDS, Words

__all__ = ["ABSENT", "SUBJECT_OF", "UNITS", "WORDS", "Words"]
