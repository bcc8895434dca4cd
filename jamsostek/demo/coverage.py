"""Coverage of the demo region: the snapshot that is otherwise made at night, its charts, and goals the region set itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from jamsostek.access.background import enqueue
from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.coverage.actions import take_snapshot
from jamsostek.coverage.denominators import denominator
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.demo.movement import INVENTED
from jamsostek.outreach.actions import goals
from jamsostek.outreach.actions.goals import NewGoal
from jamsostek.outreach.goals import WHOLE
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries.goals import active, measured

DRAW = "portal.draw_public_charts"
YEARS = 2
"""By December of so many years on."""


def take_coverage(*, today: dt.date, tell: Tell) -> None:
    """Photographs the region as it is now; pages of coverage are answered from it."""
    tell(_("Potret cakupan"), 0, 1)
    take_snapshot(scope=system_scope(_(ACTOR)), day=today)
    set_goals(today=today)
    enqueue(DRAW)
    tell(_("Potret cakupan"), 1, 1)


def set_goals(*, today: dt.date) -> None:
    """A goal that the head confirmed and everybody reads, and one that waits; both a little above what was counted.

    Nothing where goals were set before, where nobody is counted, or where the region has no officer and head.
    """
    with acting(system_scope(_(ACTOR))):
        officer = User.objects.filter(is_demo=True, grants__role=Role.REGIONAL_OFFICER).first()
        head = User.objects.filter(is_demo=True, grants__role=Role.REGIONAL_HEAD).first()
        if officer is None or head is None or RegionGoal.objects.exists():
            return
        region = officer.grants.get(role=Role.REGIONAL_OFFICER).target
    month = month_of(today)
    people, workers = active(region, month), denominator(region, month, "employed")
    if not people or workers is None or not workers.persons:
        return
    covered, women = WHOLE * people // workers.persons, WHOLE * measured("women_share", region, month) // people
    share = NewGoal(
        region, "coverage", min(covered * 5 // 4 + 10, WHOLE), today.year + YEARS, _(INVENTED), "employed", invented=True
    )
    with acting(scope_of(officer, month)):
        wanted = goals.propose(goal=share, today=today)
        goals.propose(goal=replace(share, kind="women_share", denominator="", target=min(women + 300, WHOLE)), today=today)
    with acting(scope_of(head, month)):
        goals.confirm(code=wanted.code, today=today)
