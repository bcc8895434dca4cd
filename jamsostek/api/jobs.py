"""What the API tidies up by itself."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, system_scope
from jamsostek.api import limits


@app.periodic(cron="23 3 * * *")
@app.task(name="api.forget_old_counts")
def forget_old_counts(timestamp: int) -> int:
    """Deletes counters of windows that are over."""
    with acting(system_scope("api.forget_old_counts")):
        return limits.forget_old(timezone.now())
