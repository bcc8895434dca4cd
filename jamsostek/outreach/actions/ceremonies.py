"""Cards of a decree's people, handed out in their village at a ceremony.

A region has no right to issue cards: it gets those of whom its own decree enrolled, and of nobody else. They are issued under the
name of whoever prints them, with everybody in sight, because a region sees its register and not the participants.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamsostek.access import audit
from jamsostek.access.scope import everything_in_sight
from jamsostek.outreach.models import Decree
from jamsostek.outreach.queries import handing
from jamsostek.registry.actions.cards import issue_cards

if TYPE_CHECKING:
    from jamsostek.registry.models import Card


def issue(*, decree: Decree, village: int, skip: int, take: int, today: dt.date) -> Sequence[Card]:
    """New cards for people of a list in one village (0: not known) who are covered now, by their number on the list.

    Raises `InputError` before everybody of the list is enrolled, `Refused` where the region is another's.
    """
    people = handing.covered_of(decree, village, today)[skip : skip + take]
    if not people:
        return []
    with everything_in_sight():
        cards = issue_cards(participant_ids=people, today=today)
    audit.record("decree.cards", "decree", decree.pk, fields=("card",), reason=str(village) if village else "")
    return cards
