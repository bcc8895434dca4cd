"""Jobs of the funds: each makes one call to one action."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jamsostek.access.background import language_of
from jamsostek.access.scope import acting, system_scope
from jamsostek.core.text import _, speaking
from jamsostek.fund.actions import projections
from jamsostek.fund.queries.projections import RUN, run


@app.task(name=RUN)
def project(projection_id: int) -> bool:
    """Computes a projection that was asked for. Why it stopped stands on its page, in the language of whoever asked."""
    close_old_connections()
    try:
        return projections.compute(projection_id=projection_id)
    except Exception:
        with acting(system_scope(RUN)):
            asked = run(projection_id)
        with speaking(language_of(asked.asked_by if asked else None)):
            problem = _("Ada kesalahan pada sistem kami. Petugas sudah diberi tahu.")
        projections.stop(projection_id=projection_id, problem=problem)
        raise
