"""Jobs of coverage. They read the clock."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import system_scope


@app.periodic(cron="10 18 * * *")
@app.task(name="coverage.snapshot", queueing_lock="coverage.snapshot", lock="coverage.snapshot")
def snapshot(timestamp: int) -> None:
    """Photographs the registry for questions about coverage. A little after one in the night in Jakarta."""
    from jamsostek.coverage.actions import take_snapshot  # no worker carries the engine before its night

    close_old_connections()
    take_snapshot(scope=system_scope("coverage.snapshot"), day=timezone.localdate())
