"""What goes wrong between a bank and who is told: chances in percent, drawn the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from random import Random


@dataclass(frozen=True)
class Troubles:
    """Chances from 0 (never) to 100 (always), each drawn for every payment by itself; `fail` for every request to the bank."""

    drop: int = 0
    """The first attempt never leaves; the webhook comes with the next one."""
    wrong_signature: int = 0
    """The first attempt is signed with another secret."""
    old_timestamp: int = 0
    """The first attempt is signed an hour ago, as a replay would be."""
    duplicate: int = 0
    """Taken, and yet sent once more: the same webhook id, a new time."""
    reorder: int = 0
    """Held back until a later payment's webhook is out."""
    partial: int = 0
    """The payer pays a part only."""
    over: int = 0
    """The payer pays more."""
    fail: int = 0
    """The bank itself answers 503."""
    delay_seconds: float = 0.0
    """How long every webhook waits before its first attempt."""

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if value < 0 or (one.name != "delay_seconds" and value > 100):
                raise ValueError(f"{one.name} is a chance from 0 to 100")


@dataclass(frozen=True)
class Fate:
    """What happens to one payment's webhook."""

    drop: bool
    wrong_signature: bool
    old_timestamp: bool
    duplicate: bool
    reorder: bool


class Dice:
    """Draws troubles. Each payment and each request has dice of its own, so threads and time change nothing."""

    def __init__(self, troubles: Troubles, seed: int) -> None:
        self.troubles = troubles
        self.seed = seed

    def _random(self, what: str, number: int) -> Random:
        return Random(f"{self.seed}:{what}:{number}")  # noqa: S311  (a game, not a secret)

    def fate(self, payment: int) -> Fate:
        """The fate of the n-th payment's webhook."""
        random = self._random("webhook", payment)
        names = ("drop", "wrong_signature", "old_timestamp", "duplicate", "reorder")
        return Fate(**{name: random.randrange(100) < getattr(self.troubles, name) for name in names})

    def paid(self, payment: int, rupiah: int) -> int:
        """What the payer of the n-th payment really pays when asked for `rupiah`; at least 1."""
        random = self._random("payer", payment)
        less, more, percent = random.randrange(100), random.randrange(100), random.randint(1, 90)
        if less < self.troubles.partial:
            return max(1, rupiah * percent // 100)
        return rupiah + max(1, rupiah * percent // 100) if more < self.troubles.over else rupiah

    def fails(self, request: int) -> bool:
        """Whether the bank answers its n-th request with 503."""
        return self._random("request", request).randrange(100) < self.troubles.fail
