"""What a bad year does to the funds, and how bad a year they can take. Pure; every figure is an estimate.

A scenario moves prices, wages' contributions and claims of a `Standing` by parameters that a reader may change. Cash runs on
month by month; where it is short, what costs least to sell is sold first. The reverse question is asked by bisection: how
severe before something breaks. Ratios leave out what members are credited: income of the JHT fund is taken to be credited to
them in full.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from jamsostek.core.rupiah import PPM
from jamsostek.fund.liquidity import HORIZON, YEAR, Holding, Standing, claim_months, funding_ppm

SCENARIOS = ("market", "rates", "layoffs", "pandemic", "quake", "combined")
SOLD_AT_ONCE = 0.5
"""Rupiah within which a sale counts as enough."""
STEPS, TURNS = 24, 40
"""Severities that are tried before the break is bisected, and how often."""


@dataclass(frozen=True)
class Assumed:
    """Every parameter by its id, as in data/stress.yaml: ppm, rupiah, months, persons. What is missing is a mistake."""

    values: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        """A parameter."""
        return self.values[name]

    def share(self, name: str) -> float:
        """A parameter in ppm, as a share."""
        return self.values[name] / PPM

    def by_class(self, start: str) -> dict[str, int]:
        """Parameters of each asset class: those that begin so, by what follows."""
        return {name.removeprefix(start): value for name, value in self.values.items() if name.startswith(start)}


@dataclass(frozen=True)
class Shock:
    """What a scenario does to a fund: falls of prices by class (share), a rise of interest (share), factors on contributions by
    month, and what is claimed on top by month (rupiah)."""

    falls: Mapping[str, float]
    rise: float
    contributions: tuple[float, ...]
    claims: tuple[int, ...]


@dataclass(frozen=True)
class Sale:
    """What is sold in a month: of which class, what it fetched, what the books carried, and the haircut (ppm)."""

    month_at: int
    asset_class: str
    fetched_rupiah: int
    carried_rupiah: int
    haircut_ppm: int

    @property
    def lost_rupiah(self) -> int:
        """What the sale cost against the books."""
        return self.carried_rupiah - self.fetched_rupiah


@dataclass(frozen=True)
class Outcome:
    """A fund under a shock; whole rupiah. Months count from 0, the first of the forecast; None: never within it.

    `worth_after_rupiah` is on the day of the shock. `lowest_rupiah` is the least worth of any month. `unpaid_rupiah` is what
    could not be paid after everything was sold.
    """

    fund: str
    worth_rupiah: int
    worth_after_rupiah: int
    lowest_rupiah: int
    lowest_at: int
    claim_months: float | None
    lowest_claim_months: float | None
    funding_ppm: int | None
    lowest_funding_ppm: int | None
    cash: tuple[int, ...]
    worth: tuple[int, ...]
    sales: tuple[Sale, ...]
    cash_short_at: int | None
    empty_at: int | None
    unpaid_rupiah: int

    @property
    def lost_by_sales_rupiah(self) -> int:
        """What sales cost against the books."""
        return sum(one.lost_rupiah for one in self.sales)


# --- scenarios as shocks ----------------------------------------------------------------------------------------------------


def no_shock() -> Shock:
    """Nothing happens."""
    return Shock({}, 0.0, (1.0,) * HORIZON, (0,) * HORIZON)


def shock(scenario: str, standing: Standing, assumed: Assumed, severity: float = 1.0) -> Shock:
    """What a scenario does to a fund, so many times as severe as assumed; shares end at the whole."""
    if scenario == "combined":
        parts = [shock(one, standing, assumed, severity) for one in ("market", "rates", "layoffs", "pandemic")]
        return _together(parts)
    return _MADE[scenario](standing, assumed, severity)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _market(_standing: Standing, assumed: Assumed, severity: float) -> Shock:
    falls = {name: _share(ppm / PPM * severity) for name, ppm in assumed.by_class("fall.").items()}
    return replace(no_shock(), falls=falls)


def _rates(_standing: Standing, assumed: Assumed, severity: float) -> Shock:
    return replace(no_shock(), rise=assumed.share("rates.rise") * severity)


def _layoffs(standing: Standing, assumed: Assumed, severity: float) -> Shock:
    """So many lose their work at once: their contributions stop for a time, part of them withdraw JHT, part claim JKP."""
    gone = _share(assumed.share("layoffs.share") * severity)
    over = max(1, assumed["layoffs.months"])
    factors = tuple(1 - gone if at < assumed["layoffs.return_months"] else 1.0 for at in range(HORIZON))
    asked = 0.0
    if standing.fund == "jht":
        asked = standing.members_rupiah * gone * assumed.share("layoffs.withdraw")
    elif standing.fund == "jkp":
        asked = assumed["members.wage"] * gone * assumed.share("layoffs.jkp") * assumed["law.jkp_rupiah"]
    return replace(no_shock(), contributions=factors, claims=_spread(asked, over))


def _pandemic(standing: Standing, assumed: Assumed, severity: float) -> Shock:
    """More deaths for a time: JKM pays for each more; JHT pays out more; JKK and JP are left as they are."""
    over = max(1, assumed["pandemic.months"])
    more = {"jkm": assumed.share("pandemic.deaths"), "jht": assumed.share("pandemic.jht")}.get(standing.fund, 0.0) * severity
    claims = tuple(round(one * more) if at < over else 0 for at, one in enumerate(standing.forecast.claims.rupiah))
    return replace(no_shock(), claims=claims)


def _quake(standing: Standing, assumed: Assumed, severity: float) -> Shock:
    """Deaths and injuries among a region's members: JKK for those at work, JKM for the other deaths."""
    dead = assumed["quake.members"] * _share(assumed.share("quake.deaths") * severity)
    hurt = assumed["quake.members"] * _share(assumed.share("quake.injured") * severity)
    at_work = assumed.share("quake.at_work")
    asked = 0.0
    if standing.fund == "jkk":
        asked = at_work * (dead * assumed["law.jkk_death_rupiah"] + hurt * assumed["quake.care_rupiah"])
    elif standing.fund == "jkm":
        asked = (1 - at_work) * dead * assumed["law.jkm_death_rupiah"]
    return replace(no_shock(), claims=_spread(asked, max(1, assumed["quake.months"])))


_MADE: dict[str, Callable[[Standing, Assumed, float], Shock]] = {
    "market": _market, "rates": _rates, "layoffs": _layoffs, "pandemic": _pandemic, "quake": _quake,
}  # fmt: skip


def _spread(rupiah: float, months: int) -> tuple[int, ...]:
    """The same in each month, together the whole to the rupiah."""
    over = min(months, HORIZON)
    whole = round(rupiah)
    return tuple(whole * (at + 1) // over - whole * at // over if at < over else 0 for at in range(HORIZON))


def _together(parts: Sequence[Shock]) -> Shock:
    falls: dict[str, float] = {}
    for one in parts:
        for name, fall in one.falls.items():
            falls[name] = max(falls.get(name, 0.0), fall)
    factors = [1.0] * HORIZON
    for one in parts:
        factors = [a * b for a, b in zip(factors, one.contributions, strict=True)]
    claims = tuple(sum(one.claims[at] for one in parts) for at in range(HORIZON))
    return Shock(falls, sum(one.rise for one in parts), tuple(factors), claims)


# --- what becomes of a fund ---------------------------------------------------------------------------------------------------


def fallen(one: Holding, by: Shock) -> Holding:
    """A holding after prices moved: interest by duration and convexity, prices by class. What is carried at amortised cost or at
    cost keeps its worth in the books; it fetches less."""
    priced = 1 - _share(by.falls.get(one.asset_class, 0.0))
    moved = 1 - _share(one.duration * by.rise - one.convexity * by.rise * by.rise / 2)
    market = round(one.market_rupiah * priced * moved)
    carried = one.carrying_rupiah - (one.market_rupiah - market) if one.measured == "market" else one.carrying_rupiah
    return replace(one, market_rupiah=market, carrying_rupiah=max(0, carried))


def outcome(standing: Standing, by: Shock, haircuts: Mapping[str, int]) -> Outcome:
    """A fund under a shock, month by month. Haircuts in ppm by class; a class without one cannot be sold."""
    held = [fallen(one, by) for one in standing.holdings]
    lost = sum(one.carrying_rupiah for one in standing.holdings) - sum(one.carrying_rupiah for one in held)
    run = _Run(standing, by, haircuts, held, standing.worth_rupiah - lost)
    for at in range(HORIZON):
        run.month(at)
    return run.told(lost)


@dataclass
class _Left:
    """A holding, what share of it is still held, and whether the interest that had run is still to come."""

    one: Holding
    share: float = 1.0
    running: bool = True

    @property
    def accrued(self) -> float:
        """Interest that had run on the day, of what is still held."""
        return self.one.accrued_rupiah * self.share if self.running else 0.0


class _Run:
    """Cash, holdings and worth as they go on."""

    def __init__(self, standing: Standing, by: Shock, haircuts: Mapping[str, int], held: Sequence[Holding], worth: int) -> None:
        self.standing, self.by, self.haircuts = standing, by, haircuts
        order = sorted(held, key=lambda one: (haircuts.get(one.asset_class, PPM), one.asset_class, one.matures))
        self.left = [_Left(one) for one in order]
        self.worth_now, self.cash_now, self.members = worth, standing.cash_rupiah, standing.members_rupiah
        self.cash: list[int] = []
        self.worth: list[int] = []
        self.funding: list[int] = []
        self.sales: list[Sale] = []
        self.short_at: int | None = None
        self.empty_at: int | None = None
        self.unpaid = 0

    def month(self, at: int) -> None:
        """One month."""
        forecast = self.standing.forecast
        came = round(forecast.contributions.rupiah[at] * self.by.contributions[at])
        paid = forecast.claims.rupiah[at] + forecast.pensions.rupiah[at] + self.by.claims[at]
        paid_in, earned = self._paid_by_holdings(at)
        self.cash_now += came - paid + paid_in
        if self.standing.fund == "jht":  # contributions and claims move members' balances as much; income is credited to them
            self.members = max(0, self.members + came - paid + earned)
        else:
            self.worth_now += came - paid + earned
        if self.cash_now < 0:
            self.short_at = at if self.short_at is None else self.short_at
            self._sell(at)
        if self.cash_now < 0:
            self.empty_at = at if self.empty_at is None else self.empty_at
            self.unpaid -= self.cash_now
            self.cash_now = 0
        self.cash.append(self.cash_now)
        self.worth.append(self.worth_now)
        if self.members > 0:
            self.funding.append((self.worth_now + self.members) * PPM // self.members)

    def _paid_by_holdings(self, at: int) -> tuple[int, int]:
        """Cash that holdings bring in a month by themselves, and the income in it."""
        cash = earned = 0
        for left in self.left:
            if at >= len(left.one.pays):
                continue
            interest, back = (round(one * left.share) for one in left.one.pays[at])
            if interest:
                earned += interest - round(left.accrued)
                left.running = False
            cash += interest + back
            if back and left.one.matures:
                self.worth_now += back - round(left.one.carrying_rupiah * left.share)
                left.share = 0.0
        return cash, earned

    def _sell(self, at: int) -> None:
        """Sells what costs least until cash is enough; interest that has run is paid by who buys."""
        for left in self.left:
            haircut = self.haircuts.get(left.one.asset_class, PPM)
            could = left.one.market_rupiah * left.share * (PPM - haircut) / PPM + (left.accrued if haircut < PPM else 0.0)
            if self.cash_now >= 0 or could < SOLD_AT_ONCE:
                continue
            part = min(1.0, -self.cash_now / could)
            fetched = round(could) if part == 1.0 else -self.cash_now
            carried = round((left.one.carrying_rupiah * left.share + left.accrued) * part)
            left.share *= 1 - part
            self.cash_now += fetched
            self.worth_now -= carried - fetched
            self.sales.append(Sale(at, left.one.asset_class, fetched, carried, haircut))

    def told(self, lost: int) -> Outcome:
        """What came of it."""
        standing, by = self.standing, self.by
        after = standing.worth_rupiah - lost
        path = [after, *self.worth]
        lowest = min(path)
        yearly = sum(standing.forecast.outgo[:YEAR]) + sum(by.claims[:YEAR])
        own = standing.fund != "jht"
        begun = funding_ppm(standing.assets_rupiah, standing.liabilities_rupiah, standing.members_rupiah)
        shocked = funding_ppm(standing.assets_rupiah - lost, standing.liabilities_rupiah, standing.members_rupiah)
        return Outcome(
            standing.fund, standing.worth_rupiah, after, lowest, max(0, path.index(lowest) - 1),
            claim_months(standing.worth_rupiah, sum(standing.forecast.outgo[:YEAR])) if own else None,
            claim_months(max(0, lowest), yearly) if own else None,
            begun, min([*([shocked] if shocked is not None else []), *self.funding], default=None),
            tuple(self.cash), tuple(self.worth), tuple(self.sales), self.short_at, self.empty_at, self.unpaid,
        )  # fmt: skip


# --- what breaks us -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Floor:
    """Below what something counts as broken: `what` is claim_months, funding or empty; `least` months or ppm."""

    what: str
    least: float = 0.0


def broken(one: Outcome, floor: Floor) -> bool:
    """Whether an outcome is below a floor; what is not measured of a fund cannot break."""
    if floor.what == "empty":
        return one.empty_at is not None
    if floor.what == "short":
        return one.cash_short_at is not None
    if floor.what == "funding":
        return one.lowest_funding_ppm is not None and one.lowest_funding_ppm < floor.least
    return one.lowest_claim_months is not None and one.lowest_claim_months < floor.least


def breaks_at(
    scenario: str, standing: Standing, assumed: Assumed, floor: Floor, haircuts: Mapping[str, int], most: float
) -> float | None:
    """The least severity (1: as assumed) at which something breaks, to a thousandth; 0 where it is broken already, None where it
    holds up to `most` times. The first break of a grid is bisected, so that an effect which turns is not overlooked."""

    def breaks(severity: float) -> bool:
        return broken(outcome(standing, shock(scenario, standing, assumed, severity), haircuts), floor)

    if breaks(0.0):
        return 0.0
    low = 0.0
    for step in range(1, STEPS + 1):
        high = most * (step / STEPS) ** 2  # closer together where little is needed
        if breaks(high):
            break
        low = high
    else:
        return None
    for _turn in range(TURNS):
        if high - low < 0.0005:
            break
        middle = (low + high) / 2
        low, high = (low, middle) if breaks(middle) else (middle, high)
    return round(high, 3)
