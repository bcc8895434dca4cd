"""Two sizes of the same tests: `test` for every run, `proof` for the record (JAMSOSTEK_PROOF=1)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

TEST = settings(max_examples=25, derandomize=True, database=None, suppress_health_check=_CHECKS)
LAW_PROFILE = settings(TEST, max_examples=1_000, derandomize=False, print_blob=True) if PROOF else TEST
NO_SHRINK = settings(TEST, phases=[Phase.generate])
MAX_ROWS = 1_000 if PROOF else 200
