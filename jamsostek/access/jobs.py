"""What accounts and the trail need done by themselves."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access import audit, upkeep
from jamsostek.access.scope import acting, system_scope


@app.periodic(cron="* * * * *")
@app.task(name="access.seal_audit", queueing_lock="access.seal_audit")
def seal_audit(timestamp: int) -> int:
    """Closes the trail's ended entries into blocks."""
    with acting(system_scope("access.seal_audit")):
        return audit.seal(timezone.now())


@app.periodic(cron="17 2 * * *")
@app.task(name="access.make_partitions", queueing_lock="access.make_partitions")
def make_partitions(timestamp: int) -> int:
    """Makes the trail's months to come."""
    with acting(system_scope("access.make_partitions")):
        return upkeep.make_partitions(timezone.localdate())


@app.periodic(cron="37 2 * * *")
@app.task(name="access.forget", queueing_lock="access.forget")
def forget(timestamp: int) -> int:
    """Deletes what is over: answers kept for repeats, sessions, counted failures."""
    with acting(system_scope("access.forget")):
        return upkeep.forget_old(timezone.now())


@app.task(name="access.mail_code")
def mail_code(user_id: int, made_by: int | None = None) -> bool:
    """Mails a code. It is made here, so that it never lies in the queue."""
    with acting(system_scope("access.mail_code")):
        return upkeep.mail_code(user_id, made_by, timezone.now())
