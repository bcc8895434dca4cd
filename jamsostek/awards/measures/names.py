"""The names of all measures, and of whom each is told. Pure: an edition is checked against it without a database."""

from __future__ import annotations

from collections.abc import Mapping

REGIONS = ("province", "regency")
SUBJECT_OF: Mapping[str, tuple[str, ...]] = {
    **{f"region.{name}": REGIONS for name in (
        "coverage_pu", "coverage_bpu", "overall", "gap_closed", "women", "disability", "vulnerable_paid", "months_kept",
        "budget_executed", "non_asn", "employers_paying", "claims_in_time", "regulations",
    )},
    **{f"village.{name}": ("village",) for name in ("covered", "checked")},
    **{f"firm.{name}": ("employer",) for name in (
        "workers_paid", "programmes", "wages", "peers", "on_time", "no_arrears", "safety", "helps",
    )},
}  # fmt: skip
"""A measure's name -> the kinds of subjects that have it."""
