"""Jobs of claims: each makes one call to one action. They read the clock, and take up again what a killed worker left."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue
from jamsostek.access.scope import acting, system_scope
from jamsostek.claims.actions import intake, paying, rights, rolls
from jamsostek.core.months import month_of


@app.task(name=paying.EXPORT)
def export_batch(batch_id: int) -> None:
    """Makes the bank's file of a batch that was approved."""
    close_old_connections()
    paying.export(batch_id=batch_id, now=timezone.now())


@app.task(name=rolls.POST)
def post_roll(roll_id: int) -> None:
    """Writes what an approved roll owes."""
    close_old_connections()
    rolls.post_roll(roll_id=roll_id, now=timezone.now(), today=timezone.localdate())


@app.periodic(cron="* * * * *")
@app.task(name="claims.resume", queueing_lock="claims.resume")
def resume(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("claims.resume")):
        for batch_id in paying.open_exports():
            enqueue(paying.EXPORT, batch_id=batch_id)
        for roll_id in rolls.open_rolls():
            enqueue(rolls.POST, roll_id=roll_id)


@app.periodic(cron="20 1 * * *")
@app.task(name="claims.nightly", queueing_lock="claims.nightly")
def nightly(timestamp: int) -> None:
    """Closes drafts nobody came back to, suspends pensions without proof of life, ends those whose age has come."""
    close_old_connections()
    today = timezone.localdate()
    with acting(system_scope("claims.nightly")):
        intake.close_old_drafts(today=today, now=timezone.now())
        rights.suspend_unproven(month=month_of(today), today=today)
        rights.ends_by_age(today=today)
