"""Jobs of the month: each makes one call to one action. They read the clock, and act for the person who asked."""

from __future__ import annotations

import datetime as dt

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue
from jamsostek.access.scope import acting, system_scope
from jamsostek.collection.actions import arrears, payments, reassessment, reports, runs
from jamsostek.collection.actions.arrears.fines import AT_ONCE
from jamsostek.collection.actions.payments import statement_work, statements
from jamsostek.collection.actions.reports.files import forget_report_files
from jamsostek.collection.actions.reports.states import APPLY, READ

LOOKED_BACK = 70
"""Days in which late money may have been told; what was told earlier is found when the employer is asked about by itself."""


@app.task(name=runs.RUN)
def run_month(run_id: int) -> None:
    """Bills what is left of a run."""
    close_old_connections()
    runs.work(run_id, now=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="collection.resume_runs", queueing_lock="collection.resume_runs")
def resume_runs(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("collection.resume_runs")):
        for run_id in runs.open_runs():
            enqueue(runs.RUN, run_id=run_id)


@app.task(name=reassessment.WORK)
def reassess(reassessment_id: int) -> None:
    """Computes a reassessment that was asked, or makes the bills of one that was approved."""
    close_old_connections()
    reassessment.work(reassessment_id, today=timezone.localdate(), now=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="collection.resume_reassessments", queueing_lock="collection.resume_reassessments")
def resume_reassessments(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("collection.resume_reassessments")):
        for reassessment_id in reassessment.open_reassessments():
            enqueue(reassessment.WORK, reassessment_id=reassessment_id)


@app.task(name=APPLY)
def apply_report(report_id: int) -> None:
    """Carries out a report that was approved."""
    close_old_connections()
    reports.apply(report_id, today=timezone.localdate(), now=timezone.now())


@app.task(name=READ)
def read_report_file(file_id: int) -> None:
    """Reads a file sent for a report."""
    close_old_connections()
    reports.read_file(file_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="reports.resume", queueing_lock="reports.resume")
def resume_reports(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("reports.resume")):
        for report_id in reports.open_approvals():
            enqueue(APPLY, report_id=report_id)
        for file_id in reports.open_files():
            enqueue(READ, file_id=file_id)


@app.periodic(cron="35 2 * * *")
@app.task(name="reports.forget", queueing_lock="reports.forget")
def forget_files(timestamp: int) -> None:
    """Destroys files of reports that were read long ago."""
    close_old_connections()
    with acting(system_scope("reports.forget")):
        forget_report_files(now=timezone.now())


@app.task(name=statements.READ)
def read_statement(statement_id: int) -> None:
    """Reads a bank statement that was received."""
    close_old_connections()
    statement_work.read(statement_id, now=timezone.now())


@app.task(name=statements.BOOK)
def book_statement(statement_id: int) -> None:
    """Books a bank statement that was confirmed."""
    close_old_connections()
    statement_work.book(statement_id, today=timezone.localdate(), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="statements.resume", queueing_lock="statements.resume")
def resume_statements(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("statements.resume")):
        for task, statement_id in statements.open_statements():
            enqueue(task, statement_id=statement_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="payments.use_free_money", queueing_lock="payments.use_free_money")
def use_free_money(timestamp: int) -> None:
    """Has money that waits pay what its payers owe by now."""
    close_old_connections()
    payments.use_all_free_money(today=timezone.localdate())


@app.periodic(cron="20 19 * * *")
@app.task(name="arrears.fine_at_once", queueing_lock="arrears.fine_at_once")
def fine_at_once(timestamp: int) -> None:
    """Bills JP's fines on what came in late these days: they are paid with the arrears. At night in Jakarta."""
    close_old_connections()
    today = timezone.localdate()
    since, scope = today - dt.timedelta(days=LOOKED_BACK), system_scope("arrears.fine_at_once")
    arrears.assess_late(scope=scope, today=today, since=since, programmes=AT_ONCE)


@app.periodic(cron="20 20 2 * *")
@app.task(name="arrears.fine_month", queueing_lock="arrears.fine_month")
def fine_month(timestamp: int) -> None:
    """Bills the fines of JKK, JKM and JHT once a month, with the employer's next bill."""
    close_old_connections()
    today = timezone.localdate()
    scope = system_scope("arrears.fine_month")
    arrears.assess_late(scope=scope, today=today, since=today - dt.timedelta(days=LOOKED_BACK))
