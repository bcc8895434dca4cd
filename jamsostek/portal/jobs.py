"""What a page starts and does not wait for."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.scope import acting, scope_of
from jamsostek.core.months import month_of
from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.portal.coverage.charts import CHARTS
from jamsostek.portal.screens.charts import clear_unused, draw_ahead
from jamsostek.registry.queries.trail import check_chain


@app.task(name="portal.verify_trail", queueing_lock="portal.verify_trail")
def verify_trail(user_id: int) -> bool:
    """Recomputes the whole trail for whoever asked, and writes down what came of it."""
    close_old_connections()
    user = get_user_model().objects.get(pk=user_id)
    with acting(scope_of(user, month_of(timezone.localdate()))):
        return check_chain().holds


@app.periodic(cron="30 3 * * *")
@app.task(name="portal.draw_public_charts", queueing_lock="portal.draw_public_charts")
def draw_public_charts(timestamp: int = 0) -> int:
    """Draws every public chart in both languages after the night's cells, clears what nobody looked at; how many it drew."""
    drawn = 0  # no scope: published figures and cells are files
    for language in LANGUAGES:
        with speaking(language):
            drawn += draw_ahead([made for build in CHARTS.values() if (made := build()) is not None and made.rows])
    clear_unused()
    return drawn
