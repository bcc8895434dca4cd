"""What can be wrong in a register, in the sender's words, by what it is about.

An error keeps the row out; a warning keeps it, without the value that cannot be true; a note says what was done with many
rows and is told once for each chunk. Most is a warning: who has no good NIK may be the very person the movement looks
for, and whether somebody is too young, too old or protected already is judged later, not here.
"""

from __future__ import annotations

from jamsostek.messages.register.kinds import household, identity, numbers, sheet
from jamsostek.messages.tables.problems import ERROR, NOTE, Kind

KINDS: dict[str, Kind] = {**identity.KINDS, **numbers.KINDS, **household.KINDS, **sheet.KINDS}
ERRORS = frozenset(name for name, kind in KINDS.items() if kind.severity == ERROR)
"""Kinds that keep a row out."""
NOTES = frozenset(name for name, kind in KINDS.items() if kind.severity == NOTE)
"""Kinds told once for a chunk, with how many rows."""
