"""The same bytes everywhere: with other instructions of the processor, other seeds of Python's hashes, other orders of rows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

PROGRAM = """
import hashlib, sys
import numpy as np
from tests.awards.contests import contest, even, field
from jamsostek.awards.scoring import MISSING, Field, decides, fairness, score, sensitivity
from jamsostek.awards.scoring.weights import drawn

random = np.random.PCG64(5)
words = (random.random_raw(700 * 8) >> np.uint64(30)).astype(np.int64).reshape(700, 8) % 999_983
words[words % 17 == 0] = MISSING
order = np.argsort((np.random.PCG64(int(sys.argv[1])).random_raw(700) >> np.uint64(1)).astype(np.int64))
of = Field(tuple(f"s{at:04d}" for at in order), tuple("abcdefgh"), words[order], ("more", "less") * 4)
size = np.arange(700, dtype=np.int64)[order] * 1000 + 1
digest = hashlib.sha256(drawn(np.array(even(8)), 100, 7, 300_000).tobytes())
for normalise in ("min_max", "z", "percentile", "benchmark"):
    for aggregate in ("weighted_sum", "topsis", "geometric"):
        for missing in ("zero", "median", "leave_out"):
            category = contest(even(8), normalise, aggregate, missing, tie_breaks=["c", "d"])
            found = score(category, of)
            listed = found.order()
            for part in (found.scores, found.ranks, found.normal, found.parts):
                digest.update(part[listed].tobytes())
            if missing == "median":
                sure = sensitivity(category, of, places=3, draws=200)
                for part in (sure.survives, sure.low, sure.high, sure.first, sure.honoured):
                    digest.update(part[list(sure.order)].tobytes())
                digest.update(repr([[of.keys[at] for at in band] for band in sure.bands]).encode())
                digest.update(repr([(one.how, one.criterion, one.lead_ppm) for one in decides(category, of)]).encode())
    digest.update(repr(fairness(category, of, size=size, zones=["all"] * 700, places=9)).encode())
core = np._core._multiarray_umath
print(*[name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)])
print(digest.hexdigest())
"""
EXPECTED = "63952ce9d20e0b21e357895ced02847000245bcf6d1bccbfa3659c70726988c5"


def run(order: str, **environment: str) -> tuple[str, list[str]]:
    """The digest that the program prints in a process of its own, and what NumPy used there of the processor."""
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment}
    done = subprocess.run([sys.executable, "-c", PROGRAM, order], capture_output=True, text=True, env=here, check=False)
    assert done.returncode == 0, done.stderr
    used, digest = done.stdout.split("\n")[:2]
    return digest, used.split()


def test_the_bytes_are_those_written_down_whatever_the_order_of_rows():
    assert run("1")[0] == EXPECTED
    assert run("2", PYTHONHASHSEED="12345")[0] == EXPECTED


@pytest.mark.parametrize("keep", [0, 1])
def test_the_bytes_do_not_depend_on_the_instructions_of_the_processor(keep):
    core = np._core._multiarray_umath
    found = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    digest, used = run("3", NPY_DISABLE_CPU_FEATURES=",".join(found[keep:]))
    assert used == found[:keep]
    assert digest == EXPECTED
