"""Reckons the example reforms on a synthetic nation and keeps the result: jamsostek/coverage/laboratory/data/examples.json.

python tools/laboratory_examples.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from jamsostek.coverage.laboratory import read_reform, simulate
from jamsostek.coverage.laboratory.shipped import RESULT, example_files
from jamsostek.synth import synth


def main() -> None:
    """All examples side by side, in one reading."""
    reforms = [read_reform(path) for path in example_files().values()]
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people"
        synth(people, reforms[0].workers, reforms[0].seed)
        plain = simulate(reforms, people).plain()
    RESULT.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
