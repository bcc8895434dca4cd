"""The page about the award's fairness says what its tool prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_table_of_the_page_is_what_the_tool_prints():
    command = [sys.executable, str(ROOT / "tools" / "award_fairness.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    page = (ROOT / "docs" / "award-fairness.md").read_text(encoding="utf-8")
    tables = done.stdout.strip().split("\n\n")
    assert len(tables) == 4
    for table in tables:
        assert table in page
