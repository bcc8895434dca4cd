"""Jobs of the funds: each makes one call to one action."""

from __future__ import annotations

from contextlib import suppress

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _
from jamsostek.fund.actions.month_end import end_months
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
