"""What a claim is called and where it stands, for everything that is told of one."""

from __future__ import annotations

from jamsostek.claims.choices import KINDS, STATES, Kind, State
from jamsostek.claims.models import Claim
from jamsostek.core.text import _


class OfClaim:
    """Something told of a claim."""

    claim: Claim

    @property
    def kind_title(self) -> str:
        """What it is about."""
        return _(KINDS[Kind(self.claim.kind)].title)

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return _(STATES[State(self.claim.state)])
