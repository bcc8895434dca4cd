"""Jobs of the funds: each makes one call to one action."""

from __future__ import annotations

from contextlib import suppress

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue, language_of
from jamsostek.access.scope import acting, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _, speaking
from jamsostek.fund.actions import projections, reports
from jamsostek.fund.actions.month_end import end_months
from jamsostek.fund.queries.projections import RUN, run
from jamsostek.ledger.chart import PROGRAMMES

ACTOR = N_("Akhir bulan dana")


@app.periodic(cron="30 18 5 * *")
@app.task(name="fund.end_months", queueing_lock="fund.end_months")
def end_last_month(timestamp: int) -> None:
    """In the night after the fifth (the schedule is in UTC): the month that is over, of every fund for which all is there.

    A fund that lacks a price, or has money due that nobody recorded, waits: the page of its month says for what.
    """
    close_old_connections()
    today = timezone.localdate()
    for fund in PROGRAMMES:
        with suppress(InputError), acting(system_scope(_(ACTOR))):
            end_months(fund=fund, month=add_months(month_of(today), -1), today=today)


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
