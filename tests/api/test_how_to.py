"""What docs/how-to/use-the-api.md shows is what happens: its curl commands are run against the running site."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from town import make_town

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
TRIED = re.compile(r"<!-- tried -->\n```console\n(.*?)```", re.DOTALL)
WRITTEN = re.compile(r"<!-- written: (\S+) -->\n```text\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page_do_what_it_says(portal_server: Any, tmp_path: Path) -> None:
    town, text = make_town(), PAGE.read_text(encoding="utf-8")
    for name, content in WRITTEN.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    known = {
        "API": f"{portal_server.url}/api/v1", "TOKEN": town.as_clerk_a.token, "NPP": town.a.npp, "KPJ": town.ani.kpj,
        "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    tried = 0
    for block in TRIED.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *expected = part.strip().splitlines()
            done = subprocess.run(["bash", "-c", line], cwd=tmp_path, env=known, capture_output=True, text=True, check=True)
            for told in expected:
                assert told in done.stdout, f"{line}\n{done.stdout}"
            tried += 1
    assert tried >= 10


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429])
def test_every_status_is_on_the_page(status: int) -> None:
    table = PAGE.read_text(encoding="utf-8").split("## When it is refused")[1]
    assert re.search(rf"^\|[^|]*\b{status}\b", table, re.MULTILINE)
