"""The projection of the funds, and the same scheme in modelx cells beside it; the last line is JSON.

python -m benchmarks.projection ours PATHS | deterministic | lives COHORTS | cells COHORTS
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from jamsostek.fund.projection import YEARS, chance, project, suppose

SEED = 7


def main() -> int:
    """Runs one side in this process, so that what it takes is what the process takes."""
    what = sys.argv[1]
    if what == "ours":
        whole = project()
        begun = time.perf_counter()
        fan = chance(whole, int(sys.argv[2]), SEED)
        told: dict[str, Any] = {"paths_s": round(time.perf_counter() - begun, 3), "median": float(fan.assets["jp"][2][20])}
    elif what == "deterministic":
        project()
        taken = []
        for _again in range(3):
            begun = time.perf_counter()
            dry = project(suppose({"economy.yield": 6.6})).exhausted
            taken.append(time.perf_counter() - begun)
        told = {"exhausted": dry, "again_s": round(min(taken), 3)}
    else:
        told = {"contributions": _small(what, int(sys.argv[2]))}
    print(json.dumps(told))
    return 0


def _small(what: str, cohorts: int) -> float:
    """JP contributions to 2100 of a closed group of so many birth cohorts, ours or in cells: the smallest part both can do."""
    from tests.fund import test_projection_twice as twice

    twice.COHORTS = tuple((at % 2, 20 + at, 0, 100.0) for at in range(cohorts))
    if what == "lives":
        ours, _cells, _risks = twice.both({}, cells=False)
        return float(round(ours.pension.contributions.sum()))
    _ours, cells, _risks = twice.both({}, ours=False)
    return float(round(sum(one.active(t) * one.paid(t) for one in twice.cohorts(cells) for t in YEARS if one.active(t))))


if __name__ == "__main__":
    raise SystemExit(main())
