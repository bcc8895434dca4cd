"""Goals that regions set themselves, as everybody may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from jamsostek.core.text import _
from jamsostek.outreach.goals import GoalState
from jamsostek.outreach.queries import goals as queries
from jamsostek.portal.coverage import own
from jamsostek.portal.screens import paged
from jamsostek.portal.strategy import goal_words

MOST_ENDED = 50


def shown(request: HttpRequest, region: int | None = None) -> dict[str, Any]:
    """For the part of a page that tells goals: of the nation page by page, or of a province with its regencies."""
    rows = queries.public(region)
    hold = paged(request, rows.filter(state=GoalState.CONFIRMED))
    ended = list(rows.exclude(state=GoalState.CONFIRMED).order_by("-ended_on", "-pk")[:MOST_ENDED])
    caption = _("Sasaran yang ditetapkan daerah")
    return {
        "table": goal_words.for_everybody(caption, queries.public_progress(hold.rows)) if hold.rows else None,
        "pages": hold,
        "ended": goal_words.ended(_("Sasaran yang ditarik atau diganti"), ended) if ended else None,
        "note": own.small_words(),
    }
