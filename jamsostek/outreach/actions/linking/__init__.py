"""A register linked: to the participants, to another register (who died, who is a civil servant, who is in both), within itself.

What somebody answered about a record and a member is remembered by their keys, not by their rows: the same record in the next
snapshot is not asked about again. An answer never changes; the newest one of each person holds. Who a record is becomes certain
by one answer where it helps the poor worker (different: may be protected), by two where it keeps somebody out; where two people
disagree a third decides. To be somebody of another register, or twice in one, keeps out: that is never decided without people.
"""

from jamsostek.outreach.actions.linking.answering import ANSWERS, REASONS, answer, settled, withdraw
from jamsostek.outreach.actions.linking.keeping import KEEPS_OUT
from jamsostek.outreach.actions.linking.records import PARTICIPANTS, REGISTER, WITHIN
from jamsostek.outreach.actions.linking.running import LINK, ask_for, open_runs, work

__all__ = [
    "ANSWERS", "KEEPS_OUT", "LINK", "PARTICIPANTS", "REASONS", "REGISTER", "WITHIN", "answer", "ask_for", "open_runs", "settled",
    "withdraw", "work",
]  # fmt: skip
