"""A real server that is sent two gigabytes as evidence: refused at once, nothing kept, its memory as before.

Here a body of 200 MB; whole where JAMSOSTEK_PROOF asks for it: 2 GB.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import cast
from tests.awards.competing import edition, entered, officer
from tests.portal.serving import ROOT

BODY = 2 << 30 if os.environ.get("JAMSOSTEK_PROOF") else 200 << 20
CHUNK = b"\0" * (1 << 20)
MOST_KB = 60_000
"""How much more memory the server may hold afterwards: less than a file that is taken."""


@pytest.fixture
def server(committed_db: Any, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The site in a process of its own, with temporary files of its own; an entry, and a cookie of who competes."""
    from django.test import Client

    with cast.everyone():
        edition()
        dinas = officer()
    row = entered(dinas)
    client = cast.signed_in(Client(), dinas)
    cookie = f"jamsostek_session={client.cookies['jamsostek_session'].value}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**committed_db.environment, "PYTHONPATH": str(ROOT), "JAMSOSTEK_LOG_LEVEL": "ERROR", "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment, check=True)
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    command += ["--blocking-threads", "2", "--no-ws", "--log-level", "error", "jamsostek.config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _attempt in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        page.request("GET", f"/paritrana/calon/ikut/{row.code}/", headers={"Cookie": cookie})
        assert page.getresponse().status == 200, "the first page loads all there is"
        yield SimpleNamespace(port=port, cookie=cookie, code=row.code, pid=process.pid, temporary=tmp_path)
    finally:
        process.terminate()
        process.wait(20)


def memory_kb(pid: int) -> int:
    """What a process and its children hold now and held at most, whichever is more."""
    found = 0
    for child in [pid, *map(int, subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split())]:
        status = Path(f"/proc/{child}/status").read_text()
        found += int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]
    return found


def streamed(server: Any, announced: int | None, size: int) -> tuple[int, str, int]:
    """Sends a body as fast as it is taken; the status, the page, and how many bytes went before the answer came."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.putrequest("POST", f"/paritrana/calon/ikut/{server.code}/bukti/innovation/innovation/")
    connection.putheader("Cookie", server.cookie)
    connection.putheader("Content-Type", "multipart/form-data; boundary=batas")
    if announced is None:
        connection.putheader("Transfer-Encoding", "chunked")
    else:
        connection.putheader("Content-Length", str(announced))
    connection.endheaders()
    head = (
        b'--batas\r\nContent-Disposition: form-data; name="file"; filename="besar.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    went, part = 0, head
    try:
        while went < size:
            connection.sock.settimeout(20)
            connection.send(part if announced is not None else b"%x\r\n%s\r\n" % (len(part), part))
            went, part = went + len(part), CHUNK
        if announced is None:
            connection.send(b"0\r\n\r\n")
    except OSError:
        pass  # it hung up: what it said before is read below
    try:
        answer = connection.getresponse()
        return answer.status, urllib.parse.unquote(answer.read().decode()), went
    except (OSError, http.client.HTTPException):
        return 0, "", went
    finally:
        connection.close()


def kept(server: Any) -> int:
    """Bytes in the server's folder for temporary files."""
    return sum(one.stat().st_size for one in server.temporary.rglob("*") if one.is_file())


def test_two_gigabytes_are_refused_without_being_taken_in(server: Any) -> None:
    before, began = memory_kb(server.pid), time.monotonic()
    status, told, went = streamed(server, BODY, BODY)
    lasted = time.monotonic() - began
    assert status in (0, 413), told[:500]
    if status:
        assert "lebih besar dari 15 MB" in told and "Tidak ada yang tersimpan" in told
    more = memory_kb(server.pid) - before
    print(f"{BODY >> 20} MB announced: answered {status} after {went >> 20} MB and {lasted:.1f} s, {more} kB more memory")
    assert more < MOST_KB
    assert kept(server) == 0


def test_who_reads_the_answer_first_is_told_why(server: Any) -> None:
    """A browser that looks before it sends it all: announced, and only a first part sent."""
    status, told, _went = streamed(server, BODY, 1 << 16)
    assert status == 413 and "lebih besar dari 15 MB" in told


def test_a_body_without_a_length_is_not_read(server: Any) -> None:
    before = memory_kb(server.pid)
    status, _told, _went = streamed(server, None, 64 << 20)
    assert status in (0, 403, 411, 413), "without its form's token, for nothing of it was read"
    assert memory_kb(server.pid) - before < MOST_KB and kept(server) == 0
    from jamsostek.awards.models import Evidence

    with cast.everyone():
        assert not Evidence.objects.exists()
