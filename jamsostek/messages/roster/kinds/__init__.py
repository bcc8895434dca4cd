"""What can be wrong in a list of people, in the sender's words, by what it is about."""

from __future__ import annotations

from jamsostek.messages.roster.kinds import contact, identity, sheet, work
from jamsostek.messages.tables.problems import Kind

KINDS: dict[str, Kind] = {**identity.KINDS, **contact.KINDS, **work.KINDS, **sheet.KINDS}
