"""How far holdings stand from limits: pure, in whole rupiah, without a fraction lost.

A share is compared by multiplying out, never by dividing: 5 % of 99 rupiah is 4.95, and a fifth rupiah is too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jamsostek.core.rupiah import PPM
from jamsostek.fund.limits.rules import Limit
from jamsostek.fund.queries.positions import Position, Security

RATINGS = (
    "AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "BB", "BB-", "B+", "B", "B-", "CCC", "CC", "C", "D",
)  # fmt: skip
ENOUGH = frozenset(RATINGS[: RATINGS.index("A-") + 1])
_RATING = re.compile(r"^(?:id)?(?P<rating>[A-D]{1,3}[+-]?)(?:\(idn\)|\(sy\)|\.id)?$")


@dataclass(frozen=True)
class Holding:
    """What a fund has of an instrument, at the value that limits are measured by."""

    fund: str
    security: Security
    rupiah: int


@dataclass(frozen=True)
class Bases:
    """What shares are of: net assets by fund, from the ledger; investments are summed from the holdings themselves."""

    net_assets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """A limit and one thing it is about, as it stands; whole rupiah.

    `room_rupiah` of a limit upwards is what can still be bought, of one downwards what can still be sold; negative where it is
    broken: so much must go, or come. `others_rupiah`, of a limit downwards, is what can still be bought of anything else.
    """

    limit: Limit
    subject: str
    subject_name: str
    held_rupiah: int
    base_rupiah: int
    limit_rupiah: int
    room_rupiah: int
    others_rupiah: int | None
    broken: bool

    @property
    def share_ppm(self) -> int:
        """Of the base, rounded half up; 0 where there is no base."""
        return (2 * self.held_rupiah * PPM + self.base_rupiah) // (2 * self.base_rupiah) if self.base_rupiah > 0 else 0

    @property
    def used_ppm(self) -> int:
        """How much of the limit is used up; a limit downwards: how much of what is held it needs."""
        part, whole = self.held_rupiah, self.limit_rupiah
        if self.limit.rule.bound == "least":
            part, whole = whole, part
        return part * PPM // whole if whole > 0 else (PPM if part > 0 else 0)


def value_of(one: Position) -> int:
    """What a position counts for: its market value where the books carry it at that, else what the books carry."""
    if one.security.measured == "market" and one.market_rupiah is not None:
        return one.market_rupiah
    return one.carrying_rupiah


def holdings(positions: Iterable[Position]) -> list[Holding]:
    """Positions at the value that counts."""
    return [Holding(one.fund, one.security, value_of(one)) for one in positions]


def enough_rated(rating: str) -> bool:
    """Whether a rating is A- or better: `idAA-`, `AAA(idn)`, `A-`. None, or one that nobody knows, is not."""
    found = _RATING.match(rating.strip())
    return found is not None and found["rating"] in ENOUGH


def counts(limit: Limit, security: Security) -> bool:
    """Whether an instrument is among what a limit adds up."""
    rule = limit.rule
    if security.asset_class not in rule.classes or (limit.issuers and security.issuer_kind not in limit.issuers):
        return False
    if rule.when == "below_a_minus":
        return not enough_rated(security.rating)
    if rule.when == "unlisted":
        return not security.listed
    return True


def subject_of(limit: Limit, security: Security) -> tuple[str, str]:
    """What of a limit an instrument belongs to, and how that is called: a class has neither."""
    by = limit.rule.by
    if by == "instrument":
        return security.code, security.name
    if by == "group" and security.corporate_group:
        return f"@{security.corporate_group}", security.corporate_group
    return (security.issuer, security.issuer_name) if by in ("issuer", "group") else ("", "")


def base_of(limit: Limit, held: Sequence[Holding], bases: Bases) -> int:
    """What the share is of; never less than nothing."""
    if limit.rule.base == "net_assets":
        return max(bases.net_assets.get(limit.fund, 0), 0)
    whole = limit.rule.base == "all_investments"
    return sum(one.rupiah for one in held if whole or one.fund == limit.fund)


def standings(limits: Iterable[Limit], held: Sequence[Holding], bases: Bases, besides: Security | None = None) -> list[Standing]:
    """Every limit with everything it is about, the largest first; a class stands there with nothing in it too.

    `besides` is an instrument whose issuer or group is told of even where nothing of it is held.
    """
    return [one for limit in limits for one in _of_limit(limit, held, bases, besides)]


def _of_limit(limit: Limit, held: Sequence[Holding], bases: Bases, besides: Security | None) -> list[Standing]:
    sums: dict[str, int] = {"": 0} if limit.rule.by == "class" else {}
    names: dict[str, str] = {"": ""}
    if besides is not None and counts(limit, besides):
        key, name = subject_of(limit, besides)
        sums[key], names[key] = 0, name
    for one in held:
        if (one.fund == limit.fund or limit.rule.base == "all_investments") and counts(limit, one.security):
            key, name = subject_of(limit, one.security)
            sums[key], names[key] = sums.get(key, 0) + one.rupiah, name
    base = base_of(limit, held, bases)
    found = [standing(limit, key, names[key], rupiah, base) for key, rupiah in sums.items()]
    return sorted(found, key=lambda one: (-one.held_rupiah, one.subject))


def standing(limit: Limit, subject: str, name: str, held: int, base: int) -> Standing:
    """One sum against its base."""
    ppm, own = limit.ppm, limit.rule.base != "net_assets"
    if limit.rule.bound == "least":
        room = (held * PPM - ppm * base) // (PPM - ppm) if ppm < PPM else 0
        others = held * PPM // ppm - base if ppm else None
        return Standing(limit, subject, name, held, base, -(-ppm * base // PPM), room, others, held * PPM < ppm * base)
    # What is bought adds to the investments as well as to the sum; it leaves net assets as they were.
    room = (ppm * base - held * PPM) // (PPM - ppm) if own and ppm < PPM else ppm * base // PPM - held
    return Standing(limit, subject, name, held, base, ppm * base // PPM, room, None, held * PPM > ppm * base)


def after_trade(
    held: Sequence[Holding], *, fund: str, security: Security, side: str, quantity: int, units: int, amount_rupiah: int
) -> list[Holding]:
    """Holdings after a purchase at its price, or after a sale of `quantity` of the `units` that are held.

    A sale takes away that part of what the holding counts for, rounded half up; never more than there is.
    """
    rest = [one for one in held if (one.fund, one.security.id) != (fund, security.id)]
    before = sum(one.rupiah for one in held if (one.fund, one.security.id) == (fund, security.id))
    if side == "buy":
        after = before + amount_rupiah
    else:
        after = before - (2 * before * min(quantity, units) + units) // (2 * units) if units else 0
    return [*rest, Holding(fund, security, after)] if after else rest
