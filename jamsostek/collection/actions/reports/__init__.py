"""The wage report of an employer's month: pre-filled from the registry, only exceptions written, two people, then the bill.

    DRAFT → PREPARED → APPROVED → BILLED
      ↑        ↓          ↓
      └──── RETURNED ←────┘        and WITHDRAWN from every state before APPROVED

Promises: a report changes nothing in the registry before it is approved; its exceptions, the registry and the bill are then
one transaction; what is approved is what was prepared, to the rupiah; who prepared it does not approve it, unless the employer
has nobody else (`deciding`); a month that was billed or closed gets a difference, never an edit.
"""

from jamsostek.collection.actions.reports.changing import (
    Edit,
    Joiner,
    add_joiner,
    edit,
    edit_all,
    edit_one,
    undo,
)
from jamsostek.collection.actions.reports.deciding import apply, approve, open_approvals, send_back, withdraw
from jamsostek.collection.actions.reports.files import open_files, read_file, receive
from jamsostek.collection.actions.reports.preparing import begin, prepare, recall

__all__ = [
    "Edit", "Joiner", "add_joiner", "apply", "approve", "begin", "edit", "edit_all", "edit_one", "open_approvals",
    "open_files", "prepare", "read_file", "recall", "receive", "send_back", "undo", "withdraw",
]  # fmt: skip
