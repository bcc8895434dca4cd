"""Programmes at a glance: how many people stand where, what is left of the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from jamsostek.core.text import N_, _
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.queries.money import Purse, purses

STATES = {"draft": N_("Rancangan"), "open": N_("Dibuka"), "closed": N_("Ditutup")}


@dataclass(frozen=True)
class Overview:
    """A programme, its people by state, its sources."""

    programme: Programme
    states: Mapping[str, int]
    purses: tuple[Purse, ...]

    def count(self, *states: str) -> int:
        """How many are in any of these states."""
        return sum(self.states.get(one, 0) for one in states)

    @property
    def rupiah(self) -> int:
        """All its money."""
        return sum(one.source.rupiah for one in self.purses)

    @property
    def left_rupiah(self) -> int:
        """What nobody has yet."""
        return sum(one.left_rupiah for one in self.purses)

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return _(STATES[self.programme.state])


def overviews(region_code: int | None = None) -> list[Overview]:
    """Programmes in sight, the newest first; of one region where it is named."""
    rows = Programme.objects.select_related("rule").order_by("-year", "-pk")
    return [overview_of(one) for one in (rows if region_code is None else rows.filter(region_code=region_code))]


def overview_of(programme: Programme) -> Overview:
    """One programme."""
    counted = Candidate.objects.filter(programme_id=programme.pk).order_by().values_list("state").annotate(Count("pk"))
    return Overview(programme, dict(counted), tuple(purses(programme)))
