"""Jobs of coverage. They read the clock."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue
from jamsostek.access.scope import acting, system_scope
from jamsostek.coverage import questions
from jamsostek.coverage.questions import ANSWER


@app.periodic(cron="10 18 * * *")
@app.task(name="coverage.snapshot", queueing_lock="coverage.snapshot", lock="coverage.snapshot")
def snapshot(timestamp: int) -> None:
    """Photographs the registry for questions about coverage. A little after one in the night in Jakarta."""
    from jamsostek.coverage.actions import take_snapshot  # no worker carries the engine before its night

    close_old_connections()
    take_snapshot(scope=system_scope("coverage.snapshot"), day=timezone.localdate())


@app.task(name=ANSWER)
def answer() -> int:
    """Counts on the rows what people wait for; how many questions."""
    close_old_connections()
    return questions.work()


@app.periodic(cron="* * * * *")
@app.task(name="coverage.resume_questions", queueing_lock="coverage.resume_questions")
def resume_questions(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    if not questions.waited_for():
        return
    close_old_connections()
    with acting(system_scope("coverage.resume_questions")):
        enqueue(ANSWER)


@app.periodic(cron="50 2 * * *")
@app.task(name="coverage.forget_questions", queueing_lock="coverage.forget_questions")
def forget_questions(timestamp: int) -> int:
    """Takes away answers that were kept long enough."""
    return questions.forget(timezone.now())
