"""Registers: taken in with their right and purpose, read chunk by chunk, deleted when the right ends.

    MAPPING → RECEIVED → READING → READY → DELETED
                       ↘ FAILED ↗ CANCELLED        deletion from every state

Promises: a file that is sent twice for a day is one register while it is there; good rows are kept though others are wrong;
each row is written once, whatever is killed when (rows, problems, counts and the place where reading goes on are one
transaction); nothing of a register stays beyond its right but counts, and what was decided without names. A file is never
whole in memory, neither when it comes nor when it is read.
"""

from jamsostek.outreach.actions.registers.ending import CLEAR, cancel, clear, delete, expire
from jamsostek.outreach.actions.registers.mappings import keep_mapping
from jamsostek.outreach.actions.registers.reading import read
from jamsostek.outreach.actions.registers.resuming import open_clearings, open_registers
from jamsostek.outreach.actions.registers.taking import KINDS, READ, begin, choose, receive

__all__ = [
    "CLEAR", "KINDS", "READ", "begin", "cancel", "choose", "clear", "delete", "expire", "keep_mapping", "open_clearings",
    "open_registers", "read", "receive",
]  # fmt: skip
