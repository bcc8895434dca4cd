"""Snapshots, scores, results and certificates of the award."""

from __future__ import annotations

from jamsostek.api.operations import Resource
from jamsostek.core.text import N_

award_results = Resource("award_results", N_("Hasil Paritrana"))
