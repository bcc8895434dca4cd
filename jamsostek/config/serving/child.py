"""The two processes under the supervisor: `python -m jamsostek.config.serving.child PARENT web HOST PORT` or `… PARENT jobs`."""

from __future__ import annotations

import gc
import os
import sys

from jamsostek.config.serving.orphans import end_with_parent

WORKERS = min(2, os.cpu_count() or 1)
THREADS = 4
"""Of each worker; each holds one database connection. Pages are short, so a few threads keep two cores busy."""
STOP_SECONDS = 5
JOBS_AT_ONCE = 2


def web(host: str, port: int) -> None:
    """Granian, until it is told to stop."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from jamsostek.config import embedded, postgres

    if postgres.is_embedded():
        embedded.server().use()  # of all processes this one ends last when the supervisor is killed
    import jamsostek.config.wsgi  # noqa: F401  (first: it says that pages are hurried)

    load_site()  # before the workers are forked, so that they share it; where they are not forked they load it again
    Server(
        "jamsostek.config.serving.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # paths may name people
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def load_site() -> None:
    """Loads all there is; the garbage collector need not look at it again, which is a fifth of the time of a long job."""
    import django
    from django.urls import get_resolver

    django.setup()
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def jobs() -> None:
    """Procrastinate's worker, until it is told to stop."""
    load_site()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(concurrency=JOBS_AT_ONCE, delete_jobs="successful", shutdown_graceful_timeout=STOP_SECONDS)


def main() -> None:
    """Chooses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
    parent, what, *rest = sys.argv[1:]
    end_with_parent(int(parent))
    if what == "web":
        web(rest[0], int(rest[1]))
    else:
        jobs()


if __name__ == "__main__":
    main()
