"""Projections in the demo: an official one, and one with a rate that rises in steps; made and approved by invented people."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.fund.actions import projections
from jamsostek.fund.actions.projections import Asked
from jamsostek.fund.queries.projections import official

PATHS = 1_000
BASE, RISING = N_("Asumsi dasar (contoh)"), N_("Tarif JP naik bertahap (contoh)")
WHY = N_("Contoh: asumsi dasar dipakai apa adanya.")


def project_funds(*, today: dt.date, tell: Tell, sensitivity: bool = True, paths: int = PATHS) -> None:
    """Two runs, the first approved by the chief. Nothing where one is official, or nobody could make or approve it."""
    with acting(system_scope(_(ACTOR))):
        actuary = User.objects.filter(is_demo=True, grants__role=Role.ACTUARY).first()
        chief = User.objects.filter(is_demo=True, grants__role=Role.CHIEF).first()
        if actuary is None or chief is None or official() is not None:
            return
    wanted = (
        Asked("peragaan:dasar", _(BASE), {}, paths, sensitivity=sensitivity, invented=True),
        Asked("peragaan:naik", _(RISING), {"jp.rate_step": 1}, paths, sensitivity=False, invented=True),
    )
    made = []
    for at, asked in enumerate(wanted):
        tell(_("Proyeksi dana"), at, len(wanted))
        with acting(scope_of(actuary, month_of(today))):
            made.append(projections.begin(asked, on=today))
        projections.compute(projection_id=made[-1].id)
    with acting(scope_of(chief, month_of(today))):
        projections.answer(projection_id=made[0].id, approved=True, reason=_(WHY))
    tell(_("Proyeksi dana"), len(wanted), len(wanted))
