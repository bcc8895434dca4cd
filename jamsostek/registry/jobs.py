"""Jobs of the registry: each makes one call to one action. They read the clock, and act for the person who asked."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue
from jamsostek.access.scope import acting, system_scope
from jamsostek.registry.actions import drafts, uploads
from jamsostek.registry.actions.uploads.states import READ, WRITE


@app.task(name=READ)
def read_upload(upload_id: int) -> None:
    """Reads a file that was received."""
    close_old_connections()
    uploads.read(upload_id, now=timezone.now())


@app.task(name=WRITE)
def write_upload(upload_id: int) -> None:
    """Writes a list that was confirmed."""
    close_old_connections()
    uploads.write(upload_id, today=timezone.localdate(), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="uploads.resume", queueing_lock="uploads.resume")
def resume_uploads(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("uploads.resume")):
        for task, upload_id in uploads.open_uploads():
            enqueue(task, upload_id=upload_id)


@app.periodic(cron="20 2 * * *")
@app.task(name="uploads.forget", queueing_lock="uploads.forget")
def forget_uploads(timestamp: int) -> None:
    """Destroys files of uploads that ended long ago."""
    close_old_connections()
    with acting(system_scope("uploads.forget")):
        uploads.forget_old(today=timezone.localdate(), now=timezone.now())


@app.periodic(cron="25 2 * * *")
@app.task(name="drafts.forget", queueing_lock="drafts.forget")
def forget_drafts(timestamp: int) -> None:
    """Forgets registrations that were begun and left."""
    close_old_connections()
    with acting(system_scope("drafts.forget")):
        drafts.forget_drafts(now=timezone.now())
