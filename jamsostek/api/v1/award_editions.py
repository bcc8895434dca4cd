"""Editions of the award: what they say, version by version."""

from __future__ import annotations

from jamsostek.api.operations import Resource
from jamsostek.core.text import N_

award_editions = Resource("award_editions", N_("Edisi Paritrana"))
