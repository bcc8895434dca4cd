"""What jobs share, whoever they work for: asked for once, alone at their work, in somebody's scope and language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jamsostek.access.scope import Scope, scope_of, system_scope
from jamsostek.core.months import month_of


def enqueue(task: str, **given: int) -> None:
    """Has a worker take it up after this transaction; waiting twice for the same is waiting once."""
    lock = f"{task}:{':'.join(map(str, given.values()))}"
    try:
        with transaction.atomic():
            app.configure_task(task, queueing_lock=lock).defer(**given)
    except AlreadyEnqueued:
        pass


@contextmanager
def alone(lock: int, number: int) -> Iterator[bool]:
    """Whether no other process works on this now. The lock ends with the connection, so a killed worker lets go."""
    key = number % 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [lock, key])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [lock, key])


def language_of(user_id: int | None) -> str:
    """The language in which somebody is told what went wrong."""
    user = get_user_model().objects.filter(pk=user_id or 0).first()
    return str(user.language) if user else "id"


def scope_for(user_id: int | None, day: dt.date, *, actor: str, request: str) -> Scope:
    """The scope a job acts in: that of the person it acts for, as it is on a day; without one the installation's own."""
    if not user_id:
        return system_scope(actor)
    return scope_of(get_user_model().objects.get(pk=user_id), month_of(day), request=request)
