"""What a page starts and does not wait for."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, scope_of
from jamsostek.core.months import month_of
from jamsostek.registry.queries.trail import check_chain


@app.task(name="portal.verify_trail", queueing_lock="portal.verify_trail")
def verify_trail(user_id: int) -> bool:
    """Recomputes the whole trail for whoever asked, and writes down what came of it."""
    close_old_connections()
    user = get_user_model().objects.get(pk=user_id)
    with acting(scope_of(user, month_of(timezone.localdate()))):
        return check_chain().holds
