"""Jobs of the books: each makes one call to one action, and reads the clock."""

from __future__ import annotations

import datetime as dt

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, system_scope
from jamsostek.ledger import actions


@app.periodic(cron="15 17 * * *")
@app.task(name="ledger.close_day", queueing_lock="ledger.close_day")
def close_yesterday(timestamp: int) -> None:
    """At a quarter past midnight in Jakarta (the schedule is in UTC): yesterday's sums, and those of days that were missed."""
    close_old_connections()
    with acting(system_scope("ledger.close_day")):
        actions.close_day(timezone.localdate() - dt.timedelta(days=1))


@app.task(name="ledger.check", queueing_lock="ledger.check")
def check_books(asked_by: int | None = None) -> bool:
    """Proves the books for whoever asked, and keeps what came of it."""
    close_old_connections()
    with acting(system_scope("ledger.check")):
        return not actions.keep_check(asked_by=asked_by).findings
