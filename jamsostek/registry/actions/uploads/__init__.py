"""Bulk files: received, read in a child process, confirmed by a human, written in batches.

    RECEIVED → READING → READY → WRITING → DONE
                  ↘ FAILED     ↘ FAILED        and CANCELLED from every state before DONE

Promises: a file that is sent twice is one upload while it is open; good rows are kept though others are wrong; each row is
written exactly once, whatever is killed when (a batch and the count of rows done are one transaction); a person, a job or
a cover that is there already is found, never doubled; whoever sent a sponsor's list does not confirm it.
"""

from jamsostek.registry.actions.uploads.reading import read
from jamsostek.registry.actions.uploads.states import BATCH, cancel, confirm, forget_old, open_uploads, receive
from jamsostek.registry.actions.uploads.writing import write

__all__ = ["BATCH", "cancel", "confirm", "forget_old", "open_uploads", "read", "receive", "write"]
