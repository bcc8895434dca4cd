"""Juries: seats, interests, interviews, marks."""

from __future__ import annotations

from jamsostek.api.operations import Resource
from jamsostek.core.text import N_

award_juries = Resource("award_juries", N_("Juri Paritrana"))
