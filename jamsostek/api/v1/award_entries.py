"""Who competes for the award, and the evidence they send."""

from __future__ import annotations

from jamsostek.api.operations import Resource
from jamsostek.core.text import N_

award_entries = Resource("award_entries", N_("Calon dan bukti Paritrana"))
