"""The jobs of bulk files on a real worker: told by the action, taken up after a kill, never waiting twice."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from django.db import connection

from jamsostek.registry.actions import uploads
from jamsostek.registry.actions.uploads.states import READ, WRITE, enqueue
from jamsostek.registry.models import Employment, Upload
from tests import cast
from tests.sheets import join, sheet

if TYPE_CHECKING:
    from tests.conftest import Database

_WORKER = """
import django; django.setup()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(wait=False, listen_notify=False, concurrency=2)
"""


def work(database: Database) -> None:
    """A worker that ends when nothing waits."""
    environment = {**database.environment, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _WORKER], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr, done.stderr


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' AND task_name LIKE 'uploads.%%' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall() if row[0] in (READ, WRITE)]


def test_the_worker_reads_and_writes_what_it_is_told(committed_db: Database) -> None:
    with cast.everyone():
        firm = cast.employer()
        clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    with cast.as_user(clerk):
        given = {"file_name": "d.xlsx", "layout": "employer", "month": cast.MONTH, "employer_id": firm.pk}
        upload = uploads.receive(content=sheet([join(number) for number in range(12)]), **given)
    assert waiting() == [READ]
    work(committed_db)
    with cast.as_user(clerk):
        assert Upload.objects.get(pk=upload.pk).state == "ready"
        uploads.confirm(upload_id=upload.pk, now=cast.NOW)
    assert waiting() == [WRITE]
    with cast.everyone():
        enqueue(WRITE, upload_id=upload.pk)
    assert waiting() == [WRITE], "waiting twice for the same is waiting once"
    work(committed_db)
    with cast.everyone():
        assert Upload.objects.get(pk=upload.pk).state == "done"
        assert Employment.objects.filter(employer=firm).count() == 12


def test_what_a_killed_worker_left_is_taken_up_again(committed_db: Database) -> None:
    from jamsostek.registry.jobs import resume_uploads

    with cast.everyone():
        firm = cast.employer()
        clerk = cast.user("staf", "employer_clerk", "employer", firm.pk)
    with cast.as_user(clerk):
        given = {"file_name": "d.xlsx", "layout": "employer", "month": cast.MONTH, "employer_id": firm.pk}
        upload = uploads.receive(content=sheet([join(1)]), **given)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s", [READ])
    assert waiting() == []
    resume_uploads(0)
    assert waiting() == [READ]
    work(committed_db)
    with cast.everyone():
        assert Upload.objects.get(pk=upload.pk).state == "ready"
        assert uploads.open_uploads() == []
