"""Coverage of the demo region: the snapshot that is otherwise made at night, and its charts drawn when the portal runs."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.background import enqueue
from jamsostek.access.scope import system_scope
from jamsostek.core.text import _
from jamsostek.coverage.actions import take_snapshot
from jamsostek.demo.load import ACTOR, Tell

DRAW = "portal.draw_public_charts"


def take_coverage(*, today: dt.date, tell: Tell) -> None:
    """Photographs the region as it is now; pages of coverage are answered from it."""
    tell(_("Potret cakupan"), 0, 1)
    take_snapshot(scope=system_scope(_(ACTOR)), day=today)
    enqueue(DRAW)
    tell(_("Potret cakupan"), 1, 1)
