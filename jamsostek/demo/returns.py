"""The demo's JHT return: a deposit rate, a proposal adopted that the crediting stands on, another that waits.

Every figure is invented and says so wherever it is shown.
"""

from __future__ import annotations

import datetime as dt

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import Scope, acting, scope_of
from jamsostek.accounts.actions import floors
from jamsostek.accounts.actions.floors import NewFloor
from jamsostek.accounts.queries.floors import floor_of
from jamsostek.core.months import month_of
from jamsostek.fund.actions.returns import NewProposal, adopt, propose
from jamsostek.fund.queries.jht_return import proposals

FLOOR_PPM, EXAMPLE_PPM, WAITING_PPM = 32_500, 55_000, 56_500
SOURCE = "Rekaan untuk peragaan / invented for the demo"
REASON = "Tingkat rekaan agar peragaan dapat mengkreditkan hasil / invented so that the demo can credit"
WAITING = "Usulan rekaan yang menunggu keputusan / an invented proposal that waits"
DECREE = "PERAGAAN/1"


def know_rate(month: int, *, today: dt.date) -> None:
    """A rate for a month to December: the actuary proposes it over a floor that is known, the chief adopts it."""
    actuary, chief = (demo_scope(role, today) for role in (Role.ACTUARY, Role.CHIEF))
    _know_floor(month, actuary, chief)
    with acting(actuary):
        made = propose(NewProposal(f"PERAGAAN/{month}", month, EXAMPLE_PPM, REASON, invented=True), today=today)
    with acting(chief):
        adopt(proposal_id=made.id, decree=DECREE, decreed_on=today, today=today)


def leave_one_waiting(*, today: dt.date) -> None:
    """A proposal for the next month that nobody answered yet."""
    month = month_of(today)
    actuary, chief = (demo_scope(role, today) for role in (Role.ACTUARY, Role.CHIEF))
    _know_floor(month, actuary, chief)
    with acting(actuary):
        if not any(one.state == "waiting" for one in proposals()):
            propose(NewProposal(f"PERAGAAN/{month}/2", month, WAITING_PPM, WAITING, invented=True), today=today)


def _know_floor(month: int, actuary: Scope, chief: Scope) -> None:
    with acting(actuary):
        if floor_of(month) is not None:
            return
        found = floors.record(NewFloor(month, FLOOR_PPM, SOURCE, invented=True))
    with acting(chief):
        floors.answer(floor_id=found.id, confirmed=True)


def demo_scope(role: Role, today: dt.date) -> Scope:
    """What the demo's holder of a role sees and may do."""
    return scope_of(User.objects.filter(is_demo=True, grants__role=role).order_by("pk")[0], month_of(today))
