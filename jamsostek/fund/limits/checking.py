"""What a trade does to limits: before it, after it, and the room that is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jamsostek.core.rupiah import PPM
from jamsostek.fund.limits.measure import Bases, Holding, Standing, after_trade, counts, holdings, standings, subject_of
from jamsostek.fund.limits.rules import Limit, limits_in_force
from jamsostek.fund.queries.positions import Security, positions


@dataclass(frozen=True)
class Finding:
    """One limit as a trade meets it; whole rupiah. `subject` is what the limit is about: an issuer, a group, an instrument; empty
    where it is about a class.

    `room_rupiah` is what is left under the limit after the trade (to be bought of a limit upwards, to be sold of one downwards),
    negative where it is passed. `basis` is law or board.
    """

    rule: str
    subject: str
    before_rupiah: int
    after_rupiah: int
    limit_rupiah: int
    room_rupiah: int
    broken_before: bool
    broken_after: bool
    fund: str = ""
    basis: str = "law"
    subject_name: str = ""
    bound: str = "most"
    base: str = "investments"
    limit_ppm: int = 0
    before_base_rupiah: int = 0
    base_rupiah: int = 0
    share_ppm: int = 0
    regulation: str = ""
    article: str = ""
    grade: str = ""

    @property
    def breach(self) -> bool:
        """Broken by this trade: it was not before, or this takes it further from the limit.

        What grows only because the rest was sold is no further step of its own.
        """
        if not self.broken_after or not self.broken_before:
            return self.broken_after
        if self.bound == "least":
            return self._short(self.after_rupiah, self.base_rupiah) > self._short(self.before_rupiah, self.before_base_rupiah)
        return self.after_rupiah > self.before_rupiah

    def _short(self, held: int, base: int) -> int:
        return self.limit_ppm * base - held * PPM

    def to_json(self) -> dict[str, Any]:
        """Plain data, to be kept with the step of a trade."""
        return asdict(self)


def findings(
    limits: Sequence[Limit], before: Sequence[Holding], after: Sequence[Holding], bases: Bases, security: Security
) -> list[Finding]:
    """Every limit that a trade of an instrument touches, and every other one that stands broken after it."""
    was = {_key(one): one for one in standings(limits, before, bases, security)}
    now = {_key(one): one for one in standings(limits, after, bases, security)}
    found = []
    for key, one in now.items():
        touched = counts(one.limit, security) and one.subject == subject_of(one.limit, security)[0]
        if touched or one.broken or one.limit.rule.bound == "least":
            found.append(_finding(was.get(key), one))
    return found


def _key(one: Standing) -> tuple[str, str]:
    return one.limit.id, one.subject


def _finding(was: Standing | None, now: Standing) -> Finding:
    limit = now.limit
    return Finding(
        rule=limit.id, subject=now.subject, before_rupiah=was.held_rupiah if was else 0, after_rupiah=now.held_rupiah,
        limit_rupiah=now.limit_rupiah, room_rupiah=now.room_rupiah, broken_before=was.broken if was else False,
        broken_after=now.broken, fund=limit.fund, basis=limit.basis, subject_name=now.subject_name, bound=limit.rule.bound,
        base=limit.rule.base, limit_ppm=limit.ppm, before_base_rupiah=was.base_rupiah if was else 0,
        base_rupiah=now.base_rupiah, share_ppm=now.share_ppm, regulation=limit.regulation, article=limit.article,
        grade=limit.grade,
    )  # fmt: skip


def findings_after(*, fund: str, instrument_id: int, side: str, quantity: int, amount_rupiah: int, on: dt.date) -> list[Finding]:
    """Every limit that a trade touches, before and after it, as holdings stand on a day. Raises `LookupError` for an instrument
    that is not there."""
    from jamsostek.fund.queries.limits import bases_on, board_limits, security_of

    security = security_of(instrument_id)
    at_hand = positions(on=on)
    held = holdings(at_hand)
    units = sum(one.quantity for one in at_hand if (one.fund, one.security.id) == (fund, instrument_id))
    after = after_trade(
        held, fund=fund, security=security, side=side, quantity=quantity, units=units, amount_rupiah=amount_rupiah
    )  # fmt: skip
    return findings(limits_in_force(fund, on, board_limits(on)), held, after, bases_on(on), security)
