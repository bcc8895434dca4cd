"""`jamsostek simulate` as a person runs it, over a population there already is; the last line is JSON.

python -m benchmarks.simulate POPULATION
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jamsostek.cli.main import main as command

REFORM = "jp-empat-persen"


def main() -> int:
    """Runs the command in this process, so that what it takes is what the process takes."""
    source = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        sys.argv = ["jamsostek", "simulate", REFORM, "--people", source, "--processes", "2", "--out", folder]
        with suppress(SystemExit):
            command()
        told = json.loads((Path(folder) / "result.json").read_text(encoding="utf-8"))
    print(json.dumps({name: told["scenarios"][1]["total"][name] for name in ("members", "fund_jp")}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
