"""What the API tidies up by itself."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, system_scope
from jamsostek.api import limits


@app.periodic(cron="23 3 * * *")
@app.task(name="api.forget_counts", queueing_lock="api.forget_counts")
def forget_counts(timestamp: int) -> None:
    """Deletes counters of windows that are over."""
    close_old_connections()
    with acting(system_scope("api.forget_counts")):
        limits.forget_old(timezone.now())
