"""Lighthouse over the public pages: performance and accessibility on a phone.

    python -m benchmarks.lighthouse

Needs Node with npm, and Chromium (`CHROMIUM`, else /usr/bin/chromium); where one is missing it says so. Lighthouse itself is
put into a folder of its own (`LIGHTHOUSE_FOLDER`, else ~/.cache/jamsostek-lighthouse) the first time. The demo is entered first,
charts are drawn as at night, then each page is measured three times and the median told.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.pages import PORT, wait_until_ready

VERSION = "12.8.2"
"""The last that runs on Node 20 and on 18 alike."""
PAGES = (
    "/", "/cakupan/", "/cakupan/provinsi/35/", "/cakupan/sejarah/", "/cakupan/kesenjangan/", "/cakupan/proyeksi/",
    "/cakupan/proyeksi/35/", "/cakupan/rencana/", "/cakupan/kebijakan/",
)  # fmt: skip
TIMES = 3
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
ROOT = Path(__file__).parents[1]


def lighthouse() -> Path | str:
    """The programme, put in place where it was not; or what is missing, in words."""
    for needed in ("node", "npm"):
        if shutil.which(needed) is None:
            return f"Lighthouse needs {needed}: install Node 18 or later, then run this again."
    if not Path(CHROMIUM).exists():
        return f"Lighthouse needs Chromium: none at {CHROMIUM}; set CHROMIUM."
    folder = Path(os.environ.get("LIGHTHOUSE_FOLDER") or Path.home() / ".cache" / "jamsostek-lighthouse")
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        asked = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        if subprocess.run(asked, stdout=subprocess.DEVNULL).returncode:
            return f"npm could not install lighthouse@{VERSION} into {folder}."
    return command


def measured(command: Path, url: str) -> dict[str, Any]:
    """Scores of a page (0 to 100), its weight, and what the worst audits are."""
    flags = f"--chrome-flags={FLAGS}"
    asked = [str(command), url, "--quiet", "--output=json", "--only-categories=performance,accessibility", flags]
    done = subprocess.run(asked, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": CHROMIUM})
    report = json.loads(done.stdout)
    failed = [
        f"{name}: {one['title']}"
        for category in report["categories"].values()
        for name in (reference["id"] for reference in category["auditRefs"] if reference["weight"])
        if (one := report["audits"][name])["score"] not in (None, 1)
    ]
    return {
        **{name: round(100 * one["score"]) for name, one in report["categories"].items()},
        "kb": round(report["audits"]["total-byte-weight"]["numericValue"] / 1024),
        "failed": failed,
    }


def run() -> dict[str, Any]:
    """Enters the demo, serves it, measures."""
    command = lighthouse()
    if isinstance(command, str):
        return {"missing": command}
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder}
    jamsostek = str(Path(sys.executable).with_name("jamsostek"))
    subprocess.run([jamsostek, "demo", "--no-serve", "--workers", "2000"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "manage.py", "draw_charts"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([jamsostek, "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        wait_until_ready()
        return {"version": VERSION, "pages": {path: _median(command, f"http://127.0.0.1:{PORT}{path}") for path in PAGES}}
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _median(command: Path, url: str) -> dict[str, Any]:
    found = [measured(command, url) for _time in range(TIMES)]
    scores = {name: round(statistics.median(one[name] for one in found)) for name in ("performance", "accessibility")}
    return found[-1] | scores


def main() -> int:
    """Prints the measurement as a line of JSON; what lost points goes to standard error."""
    told = run()
    for path, found in told.get("pages", {}).items():
        for line in found.pop("failed"):
            print(f"{path}: {line}", file=sys.stderr)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
