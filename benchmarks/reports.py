"""One employer's month from the report to the approved bill, in seconds; CPU milliseconds a worker and peak memory too.

    python -m benchmarks.reports [WORKERS …]

For each size a database of its own (not counted) holds an employer whose workers were billed the month before. Counted: the
draft is begun, five workers in a hundred are exceptions (half of them wages, then leavings, joiners by NIK, months without pay),
the draft is submitted (sums by the law's kernels beside last month, flags), another person approves: exceptions into the
registry, lines, bill, ledger and trail, all constraints on. The bill must be the one that was submitted, to the rupiah.

The peer's figure (openIMIS, a contract of 1,000 insurees from draft to approved: 150 s, 60 ms of processor a worker) is taken
from the project's tracker; it was not measured here.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.registration import Clock

SIZES = (1_000, 10_000, 100_000)
MONTH, TODAY = 202606, dt.date(2026, 6, 20)
NOW = dt.datetime(2026, 6, 20, 3, 0, tzinfo=dt.UTC)
EXCEPTIONS = 20
"""One worker in so many."""
PEER_SECONDS, PEER_CPU_MS = 150.0, 60.0
PARTS = ("begin", "exceptions", "submit", "approve")


def one(workers: int) -> dict[str, Any]:
    """A size, in this process, in a data folder of its own."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so run last: after the server has stopped
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    employer, clerk, boss = _firm(workers)
    _month_before(employer)
    _timed(employer, clerk, boss, min(workers, 100), Clock(), month=202605)  # a server has long read its law: not counted
    clock = Clock()
    made = _timed(employer, clerk, boss, workers, clock)
    wall, processor = clock.wall(*PARTS), clock.processor(*PARTS)
    return {
        "workers": workers, "seconds": round(wall, 2), "cpu_ms_per_worker": round(processor * 1_000 / workers, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), **made,
        "parts": {name: round(clock.wall(name), 2) for name in PARTS}, "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def _firm(workers: int) -> tuple[Any, Any, Any]:
    from jamsostek.access.models import Grant, User
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.registry.actions.employ import Work, take_on
    from jamsostek.registry.actions.employers import Firm, register_employer
    from jamsostek.registry.actions.people import register_people

    with acting(system_scope("bench")):
        firm = Firm(name=f"PT Ukur {workers}", kind="company", regency_code=3515, industry="1.1", scale="large")
        employer = register_employer(firm, via="counter", today=TODAY)
        users = []
        for role in ("employer_clerk", "employer_approver"):
            user = User.objects.create_user(f"{role}{workers}", None, name=role)
            Grant.objects.create(user=user, role=role, kind="employer", target=employer.pk, from_month=202601)
            users.append(user)
    for start in range(0, workers, 5_000):
        with acting(system_scope("bench")):
            count = min(5_000, workers - start)
            people = [_person(start + at) for at in range(count)]
            ids = [one.participant_id for one in register_people(people, via="upload", today=TODAY)]
            take_on(
                employer_id=employer.pk,
                work=[Work(one, 202601, 3_000_000 + (start + at) % 9_000 * 1_000) for at, one in enumerate(ids)],
            )
    return employer, *users


def _person(number: int, **given: Any) -> Any:
    """Nobody: no NIK, a name of letters that say the number."""
    from jamsostek.registry.identity import Person

    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    born = dt.date(1970, 1, 1) + dt.timedelta(days=number % 12_000)
    return Person(name=f"Pekerja {letters.title()}", sex="f" if number % 2 else "m", birth_date=born, regency_code=3515, **given)


def _month_before(employer: Any) -> None:
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.collection.actions import bills

    with acting(system_scope("bench")):
        bills.bill_employer(employer_id=employer.pk, month=202604, today=TODAY)


def _timed(employer: Any, clerk: Any, boss: Any, workers: int, clock: Clock, month: int = MONTH) -> dict[str, Any]:
    from jamsostek.access.scope import acting, scope_of, system_scope
    from jamsostek.collection.actions import reports
    from jamsostek.collection.actions.reports.totals import Totals
    from jamsostek.collection.models import Bill
    from jamsostek.registry.models import Employment

    with acting(system_scope("bench")):
        open_jobs = Employment.objects.filter(employer=employer, to_month=None).order_by("pk").values_list("pk", flat=True)
        jobs = list(open_jobs[:workers:EXCEPTIONS])

    def begin() -> Any:
        with acting(scope_of(clerk, month)):
            return reports.begin(employer_id=employer.pk, month=month, today=TODAY)

    report = clock.time("begin", begin)
    clock.time("exceptions", lambda: _exceptions(report, clerk, jobs, month))

    def submit() -> Any:
        with acting(scope_of(clerk, month)):
            return reports.prepare(report_id=report.pk, now=NOW)

    totals = Totals.read(clock.time("submit", submit).totals)

    def approve() -> Any:
        with acting(scope_of(boss, month)):
            return reports.approve(report_id=report.pk, today=TODAY, now=NOW, at_once=True)

    done = clock.time("approve", approve)
    with acting(system_scope("bench")):
        bill = Bill.objects.get(pk=done.bill_id)
    assert (bill.people, bill.total_rupiah) == (totals.now.people, totals.now.total_rupiah)
    return {"people": bill.people, "rupiah": bill.total_rupiah}


def _exceptions(report: Any, clerk: Any, jobs: list[int], month: int) -> None:
    """Half wages, then leavings, joiners and months without pay in turn."""
    from jamsostek.access.scope import acting, scope_of
    from jamsostek.collection.actions import reports
    from jamsostek.collection.actions.reports.changing import Coming, join_many

    first = dt.date(month // 100, month % 100, 1)
    edits, joining = [], []
    for at, job in enumerate(jobs):
        if at % 2 == 0:
            edits.append(reports.Edit("wage", job, wage_rupiah=4_000_000 + month % 100 * 100 + at % 500 * 1_000))
        elif at % 6 == 1:
            edits.append(reports.Edit("leave", job, day=first + dt.timedelta(days=4), leaving="resigned"))
        elif at % 6 == 3:
            edits.append(reports.Edit("absent", job))
        else:
            person = _person(300_000 + at + month % 100 * 50_000)
            joining.append(Coming(None, person, person.name, person.birth_date, first, 4_500_000))
    with acting(scope_of(clerk, month)):
        answers = reports.edit(report_id=report.pk, changes=edits)
        answers += join_many(report_id=report.pk, people=joining)
    assert set(answers) == {"taken"}, set(answers)


def main() -> int:
    """Each size in a process of its own; one line of JSON each."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(int(sys.argv[2]))))
        return 0
    sizes = [int(text.replace("_", "")) for text in sys.argv[1:]] or SIZES
    found = []
    for workers in sizes:
        told = subprocess.run([sys.executable, "-m", "benchmarks.reports", "--one", str(workers)], capture_output=True, text=True)
        if told.returncode:
            raise SystemExit(told.stderr[-3_000:])
        found.append(json.loads(told.stdout.splitlines()[-1]))
    print(
        json.dumps({"sizes": found, "peer": {"seconds_of_1000": PEER_SECONDS, "cpu_ms_per_worker": PEER_CPU_MS, "cited": True}})
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
