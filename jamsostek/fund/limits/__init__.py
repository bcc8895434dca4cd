"""Limits of investment by law: what a trade would do to each of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One limit as a trade meets it; whole rupiah. `subject` is what the limit is about: a class, an issuer, a group.

    `room_rupiah` is what is left under the limit after the trade, negative where it is passed.
    """

    rule: str
    subject: str
    before_rupiah: int
    after_rupiah: int
    limit_rupiah: int
    room_rupiah: int
    broken_before: bool
    broken_after: bool

    @property
    def breach(self) -> bool:
        """Broken by this trade: it was not before, or it is further from the limit now."""
        return self.broken_after and (not self.broken_before or self.after_rupiah > self.before_rupiah)

    def to_json(self) -> dict[str, Any]:
        """Plain data, to be kept with the step."""
        return asdict(self)


def findings_after(*, fund: str, instrument_id: int, side: str, quantity: int, amount_rupiah: int, on: dt.date) -> list[Finding]:
    """Every limit the trade touches, before and after it, as positions stand on a day."""
    return []
