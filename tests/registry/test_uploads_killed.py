"""A worker killed in the middle: whoever takes over goes on, and every row is there exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from jamsostek.access.background import alone
from jamsostek.registry.actions import uploads
from jamsostek.registry.actions.uploads import states, writing
from jamsostek.registry.models import Employment, Participant, Upload
from tests import cast
from tests.sheets import join, sheet

if TYPE_CHECKING:
    from tests.conftest import Database

PEOPLE = 600
_WORKER = """
import django; django.setup()
from jamsostek.registry.actions.uploads import writing
from tests import cast
writing.BATCH = 20
turn = writing._write_next
def slowly(*given):
    import time; time.sleep(0.05)
    return turn(*given)
writing._write_next = slowly
writing.write({upload}, today=cast.TODAY, now=cast.NOW)
"""


def test_killed_workers_lose_no_row_and_double_none(committed_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with cast.everyone():
        firm = cast.employer()
        clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    with cast.as_user(clerk):
        rows = [join(number) for number in range(PEOPLE)]
        given = {"file_name": "d.xlsx", "layout": "employer", "month": cast.MONTH, "employer_id": firm.pk}
        upload = uploads.receive(content=sheet(rows), **given)
    uploads.read(upload.pk, now=cast.NOW)
    with cast.as_user(clerk):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    reached = [_killed_after_progress(committed_db, upload.pk) for _kill in range(3)]
    assert 0 < reached[0] < reached[-1] < PEOPLE, f"killed in the middle: {reached}"
    with cast.everyone():
        assert (states.WRITE, upload.pk) in uploads.open_uploads(), "a minute later the next worker is told"
    monkeypatch.setattr(writing, "BATCH", 20)
    uploads.write(upload.pk, today=cast.TODAY, now=cast.NOW)
    with cast.everyone():
        done = Upload.objects.get(pk=upload.pk)
        assert (done.state, done.rows_done) == ("done", PEOPLE)
        jobs = Counter(Employment.objects.filter(employer=firm).values_list("participant_id", flat=True))
        assert len(jobs) == PEOPLE and set(jobs.values()) == {1}
        assert Participant.objects.count() == PEOPLE
        assert done.verdicts.count() == 0, "no row was met twice"


def _killed_after_progress(database: Database, upload_id: int) -> int:
    """Starts a worker, kills it with signal 9 once it has written something, and says how far the count is."""
    before = _done(upload_id)
    environment = {**database.environment, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    code = _WORKER.format(upload=upload_id)
    worker = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while _done(upload_id) <= before:
        assert worker.poll() is None, worker.stderr.read().decode() if worker.stderr else ""
        assert time.monotonic() < end
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert worker.stderr is not None
    worker.stderr.close()
    _wait_until_let_go(upload_id)
    return _done(upload_id)


def _wait_until_let_go(upload_id: int) -> None:
    """The server notices the dead connection by itself."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with alone(states.LOCK, upload_id) as mine:
            if mine:
                return
        time.sleep(0.02)
    raise AssertionError("the killed worker's lock is still held")


def _done(upload_id: int) -> int:
    with cast.everyone():
        return Upload.objects.get(pk=upload_id).rows_done


def test_two_workers_at_once_write_no_row_twice(committed_db: Database) -> None:
    with cast.everyone():
        firm = cast.employer()
        clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    with cast.as_user(clerk):
        rows = [join(number) for number in range(200)]
        given = {"file_name": "d.xlsx", "layout": "employer", "month": cast.MONTH, "employer_id": firm.pk}
        upload = uploads.receive(content=sheet(rows), **given)
    uploads.read(upload.pk, now=cast.NOW)
    with cast.as_user(clerk):
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    # Without the lock that keeps the second away, the row's own lock still makes them take turns.
    code = "from jamsostek.registry.actions.uploads import states\n" + _WORKER.format(upload=upload.pk).replace(
        "writing.BATCH = 20",
        "import contextlib\nwriting.alone = lambda _lock, upload_id: contextlib.nullcontext(True)\nwriting.BATCH = 20",
    )
    environment = {**committed_db.environment, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    lines = code.splitlines()
    code = "\n".join([lines[1], lines[2], lines[0], *lines[3:]])
    workers = [subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE) for _one in range(2)]
    told = [worker.communicate(timeout=90)[1].decode() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], told
    with cast.everyone():
        assert Upload.objects.get(pk=upload.pk).state == "done"
        jobs = Counter(Employment.objects.filter(employer=firm).values_list("participant_id", flat=True))
        assert len(jobs) == 200 and set(jobs.values()) == {1}
