"""Jobs of the award: each makes one call to one action. They read the clock, and take up again what a killed worker left."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue, scope_for
from jamsostek.access.scope import acting, system_scope
from jamsostek.awards.actions import snapshots
from jamsostek.awards.queries.snapshots import waiting

ACTOR = "awards.take_snapshot"


@app.task(name=snapshots.JOB)
def take_snapshot(run: int) -> None:
    """Takes a snapshot that somebody asked for, in their scope."""
    close_old_connections()
    asked_by = next((one.asked_by for one in waiting() if one.pk == run), None)
    snapshots.work(scope=scope_for(asked_by, timezone.localdate(), actor=ACTOR, request=""), run=run)


@app.periodic(cron="* * * * *")
@app.task(name="awards.resume_snapshots", queueing_lock="awards.resume_snapshots")
def resume_snapshots(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("awards.resume_snapshots")):
        for one in waiting():
            enqueue(snapshots.JOB, run=one.pk)
