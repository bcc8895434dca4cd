"""The portal under 50 requests a second: how long people wait for a page.

    python -m benchmarks.pages [SECONDS]

The demo's regency of 50,000 workers is entered first (not counted), then `jamsostek serve` runs with its jobs as it would
for anybody, and visitors of every kind ask for pages at fixed moments, whether the ones before were answered or not: a
page that waits makes the next ones late, and that counts. The visitors share the two cores with the server. Beside it
the floor: the health page, which asks the database one question.
"""

from __future__ import annotations

import atexit
import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

A_SECOND = 50
SECONDS = 30
PORT = 8917
PAGES = {
    "": ("/", "/hitung/", "/kartu/periksa/", "/bantuan/"),
    "pekerja": ("/peserta/",),
    "staf-perusahaan": ("/perusahaan/",),
    "petugas-cabang": ("/kantor/",),
    "dinas-tenaga-kerja": ("/wilayah/",),
}
"""Paths by the demo user who asks for them ("" is anybody); where a home leads to is followed before the clock starts."""


@dataclass(frozen=True)
class Visit:
    """A page somebody asks for, with the session they have."""

    who: str
    path: str
    cookie: str


def sessions() -> dict[str, str]:
    """Cookies of demo users who have signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from jamsostek.access.models import User

    found = {}
    for user in User.objects.filter(username__in=[who for who in PAGES if who]):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["second_factor"] = True
        session.save()
        found[user.username] = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return found


def ask(visit: Visit) -> tuple[int, str]:
    """Asks for a page whole; returns the status and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        connection.request("GET", visit.path, headers={"Cookie": visit.cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def followed(visit: Visit) -> Visit:
    """The page that a home leads to."""
    for _step in range(5):
        status, where = ask(visit)
        if status not in (301, 302):
            break
        visit = Visit(visit.who, where, visit.cookie)
    if status != 200:
        raise RuntimeError(f"{visit.who or 'anybody'} {visit.path}: {status}")
    return visit


def press(visits: list[Visit], seconds: float) -> dict[str, list[float]]:
    """Asks for the pages in turn, 50 a second; milliseconds from the moment each was due, by page."""
    taken: dict[str, list[float]] = {visit.path: [] for visit in visits}
    wrong: list[str] = []
    lock = threading.Lock()
    begun = time.perf_counter() + 0.2

    def one(number: int) -> None:
        visit, due = visits[number % len(visits)], begun + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        status, _where = ask(visit)
        with lock:
            taken[visit.path].append((time.perf_counter() - due) * 1000)
            if status != 200:
                wrong.append(f"{visit.path}: {status}")

    with ThreadPoolExecutor(max_workers=64) as pool:
        list(pool.map(one, range(int(A_SECOND * seconds))))
    if wrong:
        raise RuntimeError(f"{len(wrong)} pages failed, the first {wrong[0]}")
    return taken


def quantiles(values: list[float]) -> dict[str, float]:
    """The median, the 95th and the 99th percentile."""
    cut = statistics.quantiles(values, n=100)
    return {"p50": statistics.median(values), "p95": cut[94], "p99": cut[98]}


def run(seconds: float) -> dict[str, Any]:
    """Enters the demo, serves it, presses."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    command = str(Path(sys.executable).with_name("jamsostek"))
    subprocess.run([command, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([command, "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        import django

        django.setup()
        wait_until_ready()
        cookies = sessions()
        visits = [followed(Visit(who, path, cookies.get(who, ""))) for who, paths in PAGES.items() for path in paths]
        press(visits, 5)  # everything is loaded once
        found = press(visits, seconds)
        floor = press([Visit("", "/siap/", "")], 5)["/siap/"]
        together = [value for values in found.values() for value in values]
        return {
            "requests": len(together),
            "all": quantiles(together),
            "pages": {path: quantiles(values) for path, values in found.items()},
            "floor": quantiles(floor),
        }
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def wait_until_ready() -> None:
    for _second in range(120):
        try:
            if ask(Visit("", "/siap/", ""))[0] == 200:
                return
        except OSError:
            pass
        time.sleep(1)
    raise RuntimeError("the portal did not come up in two minutes")


def main() -> int:
    """Prints the measurement as a line of JSON."""
    print(json.dumps(run(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
