"""Jobs of the movement: each makes one call to one action. They read the clock, and take up again what a killed worker left."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jamsostek.access.background import enqueue
from jamsostek.access.scope import acting, system_scope
from jamsostek.outreach.actions import candidates, decrees, linking, reconciling, registers


@app.task(name=registers.READ)
def read_register(register_id: int) -> None:
    """Reads a register that was received."""
    close_old_connections()
    registers.read(register_id, now=timezone.now())


@app.task(name=registers.CLEAR)
def clear_register(register_id: int) -> None:
    """Deletes the rows of a register that was cancelled or deleted."""
    close_old_connections()
    registers.clear(register_id, now=timezone.now())


@app.task(name=linking.LINK)
def link_register(run_id: int) -> None:
    """Links a register with the participants."""
    close_old_connections()
    linking.work(run_id, now=timezone.now())


@app.task(name=candidates.TAKE)
def take_candidates(intake_id: int) -> None:
    """Judges everybody of a register for a programme."""
    close_old_connections()
    candidates.take(intake_id, now=timezone.now())


@app.task(name=decrees.ENROL)
def enrol_decree(decree_id: int) -> None:
    """Enrols everybody of an approved list."""
    close_old_connections()
    decrees.enrol(decree_id, now=timezone.now(), today=timezone.localdate())


@app.periodic(cron="* * * * *")
@app.task(name="registers.resume", queueing_lock="registers.resume")
def resume_registers(timestamp: int) -> None:
    """Takes up again what a killed worker left."""
    close_old_connections()
    with acting(system_scope("registers.resume")):
        for register_id in registers.open_registers():
            enqueue(registers.READ, register_id=register_id)
        for register_id in registers.open_clearings():
            enqueue(registers.CLEAR, register_id=register_id)
        for run_id in linking.open_runs():
            enqueue(linking.LINK, run_id=run_id)
        for intake_id in candidates.open_intakes():
            enqueue(candidates.TAKE, intake_id=intake_id)
        for decree_id in decrees.open_decrees():
            enqueue(decrees.ENROL, decree_id=decree_id)


@app.periodic(cron="30 2 * * *")
@app.task(name="registers.expire", queueing_lock="registers.expire")
def expire_registers(timestamp: int) -> None:
    """Deletes registers whose right has ended."""
    close_old_connections()
    with acting(system_scope("registers.expire")):
        registers.expire(today=timezone.localdate(), now=timezone.now())


@app.periodic(cron="0 3 2 * *")
@app.task(name="movement.reconcile", queueing_lock="movement.reconcile")
def reconcile_programmes(timestamp: int) -> None:
    """Looks at everybody enrolled, at the begin of a month."""
    close_old_connections()
    with acting(system_scope("movement.reconcile")):
        due = reconciling.open_programmes()
    for programme_id in due:
        with acting(system_scope("movement.reconcile")):
            reconciling.reconcile(programme_id=programme_id, today=timezone.localdate())
