"""What a page starts and does not wait for."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import Scope, acting, scope_of
from jamsostek.collection.actions import reassessment
from jamsostek.core.months import month_of
from jamsostek.registry.queries.trail import check_chain


@app.task(name="portal.verify_trail", queueing_lock="portal.verify_trail")
def verify_trail(user_id: int) -> bool:
    """Recomputes the whole trail for whoever asked, and writes down what came of it."""
    close_old_connections()
    user = get_user_model().objects.get(pk=user_id)
    with acting(scope_of(user, month_of(timezone.localdate()))):
        return check_chain().holds


@app.task(name="portal.look_at_reassessment")
def look_at_reassessment(reassessment_id: int, user_id: int) -> int:
    """Computes what a reassessment would change, for whoever asked."""
    close_old_connections()
    with acting(_scope(user_id, f"reassessment:{reassessment_id}")):
        return reassessment.look(reassessment_id=reassessment_id, now=timezone.now())


@app.task(name="portal.carry_out_reassessment")
def carry_out_reassessment(reassessment_id: int, user_id: int) -> None:
    """Makes the difference bills that were approved, for whoever decided."""
    close_old_connections()
    reassessment.carry_out(
        reassessment_id=reassessment_id, today=timezone.localdate(), now=timezone.now(),
        scope=_scope(user_id, f"reassessment:{reassessment_id}"),
    )  # fmt: skip


def _scope(user_id: int, request: str) -> Scope:
    user = get_user_model().objects.get(pk=user_id)
    return scope_of(user, month_of(timezone.localdate()), request=request)
