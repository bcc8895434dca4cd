"""Jobs of the funds: each makes one call to one action, and takes up again what a killed worker left."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue, language_of
from jamsostek.access.scope import acting, system_scope
from jamsostek.core.text import _, speaking
from jamsostek.fund.actions import projections, reports
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


@app.task(name=reports.BUILD)
def build_report(report_id: int) -> int:
    """Makes the parts of a report that are missing."""
    close_old_connections()
    return reports.build(report_id=report_id)


@app.periodic(cron="* * * * *")
@app.task(name="fund.resume_reports", queueing_lock="fund.resume_reports")
def resume_reports(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("fund.resume_reports")):
        for report_id in reports.unfinished():
            enqueue(reports.BUILD, report_id=report_id)
