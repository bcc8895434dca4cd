"""Cash of a fund in the months to come, what could be sold for it, and how far the fund covers what it owes. Pure.

A forecast is an estimate: the last year's mean of each kind of flow, moved by a yearly growth, shaped by the same month of
earlier years where two whole years are known. Pensions in payment are rolled forward by themselves; maturities and coupons
follow from what is held. Whole rupiah in and out; inside may be floats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jamsostek.core.months import add_months, month_index, month_of, span
from jamsostek.core.rupiah import PPM
from jamsostek.fund.terms import Terms, coupon_rupiah, face, periods

YEAR = 12
HORIZON = 24
"""Months that are forecast."""
GROWTH_MOST = 0.30
"""A growth found in two years of history is held within this, both ways."""


@dataclass(frozen=True)
class MonthFlows:
    """What a fund's cash did in a month that is over; whole rupiah, positive as named.

    `contributions` came in (JKK and JKM without the part that was moved to JKP, JKP with it), `fines` came in, `claims` and
    `pensions` went out, `opening` is what the books began with, `investing` is all the rest: what was bought, sold, and earned.
    """

    month: int
    contributions: int = 0
    fines: int = 0
    claims: int = 0
    pensions: int = 0
    opening: int = 0
    investing: int = 0

    @property
    def net(self) -> int:
        """How much cash rose."""
        return self.contributions + self.fines - self.claims - self.pensions + self.opening + self.investing


@dataclass(frozen=True)
class Series:
    """A kind of flow in the months to come, and how it was found. `growth` is a year's, as a share."""

    rupiah: tuple[int, ...]
    growth: float
    seasonal: bool
    months_known: int


@dataclass(frozen=True)
class Forecast:
    """Flows of a fund by month from `first`; whole rupiah."""

    first: int
    contributions: Series
    claims: Series
    pensions: Series

    @property
    def outgo(self) -> tuple[int, ...]:
        """Claims and pensions by month."""
        return tuple(a + b for a, b in zip(self.claims.rupiah, self.pensions.rupiah, strict=True))


@dataclass(frozen=True)
class Holding:
    """What is held of one kind and term: its market value, what the books carry, and what it pays by itself.

    `pays` is by month from the first of the forecast: (interest, repayment). `duration` and `convexity` are in years and years
    squared, 0 for what pays no fixed interest. `accrued_rupiah` is interest that has run, beside both values.
    """

    asset_class: str
    measured: str
    market_rupiah: int
    carrying_rupiah: int
    duration: float = 0.0
    convexity: float = 0.0
    pays: tuple[tuple[int, int], ...] = ()
    accrued_rupiah: int = 0
    matures: int = 0
    """The month of repayment within the forecast, 0 for none."""


@dataclass(frozen=True)
class Standing:
    """A fund on a day: from the ledger, what it holds, and its forecast. Whole rupiah.

    `members_rupiah` are members' own balances among the liabilities (JHT). `past_outgo_rupiah` are the last twelve months' claims
    and pensions.
    """

    fund: str
    on: dt.date
    assets_rupiah: int
    liabilities_rupiah: int
    members_rupiah: int
    cash_rupiah: int
    past_outgo_rupiah: int
    forecast: Forecast
    holdings: tuple[Holding, ...] = ()
    history: tuple[MonthFlows, ...] = field(default=(), repr=False)

    @property
    def worth_rupiah(self) -> int:
        """Assets less liabilities."""
        return self.assets_rupiah - self.liabilities_rupiah


# --- forecast -----------------------------------------------------------------------------------------------------------


def seasons(values: Sequence[int]) -> list[float] | None:
    """Each place of the year over the year's mean, the mean of all whole years counted back from the last value; the first is for
    the month after the last value. None where fewer than two whole years are known, or a year came to nothing."""
    years = len(values) // YEAR
    if years < 2:
        return None
    known = [values[len(values) - YEAR * (at + 1) : len(values) - YEAR * at] for at in range(years)]
    if any(sum(one) <= 0 for one in known):
        return None
    return [sum(one[place] * YEAR / sum(one) for one in known) / years for place in range(YEAR)]


def growth_of(values: Sequence[int]) -> float | None:
    """The last twelve months over the twelve before, less one, within bounds; None where there are not two whole years."""
    if len(values) < 2 * YEAR:
        return None
    last, before = sum(values[-YEAR:]), sum(values[-2 * YEAR : -YEAR])
    return None if before <= 0 or last <= 0 else max(-GROWTH_MOST, min(GROWTH_MOST, last / before - 1))


def ahead(values: Sequence[int], assumed_growth: float, months: int = HORIZON) -> Series:
    """A flow in the months after the last value: the mean of the last year (or of what there is), its growth, its seasons."""
    known = values[-YEAR:]
    mean = sum(known) / len(known) if known else 0.0
    found = growth_of(values)
    growth = assumed_growth if found is None else found
    factors = seasons(values)
    # The mean stands in the middle of the months it is of.
    middle = (len(known) - 1) / 2
    made = [mean * (1 + growth) ** ((at + 1 + middle) / YEAR) * (factors[at % YEAR] if factors else 1.0) for at in range(months)]
    return Series(tuple(max(0, round(one)) for one in made), growth, factors is not None, len(values))


def rolled(monthly_rupiah: int, indexed: float, ending: float, first: int, months: int = HORIZON) -> Series:
    """Pensions in payment: raised each January by `indexed`, ended by `ending` a year; new ones are not among them."""
    made = []
    for at in range(months):
        januaries = add_months(first, at) // 100 - add_months(first, -1) // 100
        made.append(round(monthly_rupiah * (1 + indexed) ** januaries * (1 - ending) ** (at / YEAR)))
    return Series(tuple(made), (1 + indexed) * (1 - ending) - 1, seasonal=False, months_known=0)


# --- what is held ---------------------------------------------------------------------------------------------------------


def payments(terms: Terms, units: int, after: dt.date) -> list[tuple[dt.date, int, int]]:
    """Day, interest and repayment of everything that so many units are paid after a day, in order."""
    if terms.matures_on is None or terms.matures_on <= after:
        return []
    paid = {one.due: coupon_rupiah(terms, units, one.due) for one in periods(terms, since=after)}
    paid.setdefault(terms.matures_on, 0)
    return [(day, rupiah, face(terms, units) if day == terms.matures_on else 0) for day, rupiah in sorted(paid.items())]


def sensitivity(paid: Sequence[tuple[dt.date, int, int]], on: dt.date, value_rupiah: int) -> tuple[float, float]:
    """Modified duration and convexity, in years and years squared, at the yield that gives this value (with interest run)."""
    times = [((day - on).days / 365, interest + repaid) for day, interest, repaid in paid]
    if not times or value_rupiah <= 0:
        return 0.0, 0.0

    def worth(rate: float) -> float:
        return float(sum(rupiah * (1 + rate) ** -years for years, rupiah in times))

    low, high = -0.5, 2.0
    for _turn in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > value_rupiah else (low, middle)
    rate = (low + high) / 2
    whole = worth(rate)
    first = sum(years * rupiah * (1 + rate) ** -(years + 1) for years, rupiah in times)
    second = sum(years * (years + 1) * rupiah * (1 + rate) ** -(years + 2) for years, rupiah in times)
    return first / whole, second / whole


def by_month(paid: Iterable[tuple[dt.date, int, int]], first: int, months: int = HORIZON) -> tuple[tuple[int, int], ...]:
    """Interest and repayment of each month from `first`."""
    made = [[0, 0] for _month in range(months)]
    for day, interest, repaid in paid:
        at = month_index(month_of(day)) - month_index(first)
        if 0 <= at < months:
            made[at][0] += interest
            made[at][1] += repaid
    return tuple((interest, repaid) for interest, repaid in made)


def gathered(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """Holdings of one class, measure and month of repayment as one: what must be gone through stays small however much is
    held."""
    together: dict[tuple[str, str, int], Holding] = {}
    for one in holdings:
        key = (one.asset_class, one.measured, one.matures)
        together[key] = _joined(together[key], one) if key in together else one
    return tuple(together[key] for key in sorted(together))


def _joined(one: Holding, other: Holding) -> Holding:
    whole = one.market_rupiah + other.market_rupiah
    share = one.market_rupiah / whole if whole else 0.0
    longer, shorter = (one.pays, other.pays) if len(one.pays) >= len(other.pays) else (other.pays, one.pays)
    pays = tuple(
        (a[0] + b[0], a[1] + b[1]) for a, b in zip(longer, [*shorter, *[(0, 0)] * (len(longer) - len(shorter))], strict=True)
    )
    return replace(
        one, market_rupiah=whole, carrying_rupiah=one.carrying_rupiah + other.carrying_rupiah, pays=pays,
        accrued_rupiah=one.accrued_rupiah + other.accrued_rupiah,
        duration=one.duration * share + other.duration * (1 - share),
        convexity=one.convexity * share + other.convexity * (1 - share),
    )  # fmt: skip


# --- how far it reaches ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cover:
    """How far a fund reaches; None where what it is held against is nothing.

    `claim_months`: months of the last year's claims that the fund's worth pays. `funding_ppm`: assets, less what is owed to
    others, over members' balances (JHT). `liquid_ppm`: what could be had in cash, after haircuts, over the next year's outgo.
    """

    fund: str
    claim_months: float | None
    funding_ppm: int | None
    liquid_rupiah: int
    outgo_rupiah: int
    liquid_ppm: int | None


def liquid(standing: Standing, haircuts: Mapping[str, int]) -> int:
    """Cash, and what everything held would fetch after haircuts (ppm by class); a class without one counts for nothing."""
    return standing.cash_rupiah + sum(
        one.market_rupiah * (PPM - haircuts.get(one.asset_class, PPM)) // PPM for one in standing.holdings
    )


def cover(standing: Standing, haircuts: Mapping[str, int]) -> Cover:
    """The ratios of a fund on its day."""
    outgo, could = sum(standing.forecast.outgo[:YEAR]), liquid(standing, haircuts)
    past = standing.past_outgo_rupiah
    return Cover(
        standing.fund,
        claim_months(standing.worth_rupiah, past) if standing.fund != "jht" else None,
        funding_ppm(standing.assets_rupiah, standing.liabilities_rupiah, standing.members_rupiah),
        could, outgo, could * PPM // outgo if outgo > 0 else None,
    )  # fmt: skip


def claim_months(worth_rupiah: int, yearly_rupiah: int) -> float | None:
    """For how many months a worth pays what a year cost; None where nothing was paid."""
    return worth_rupiah * YEAR / yearly_rupiah if yearly_rupiah > 0 else None


def funding_ppm(assets_rupiah: int, liabilities_rupiah: int, members_rupiah: int) -> int | None:
    """Assets less what is owed to others than members, over members' balances; None where members have none."""
    return (assets_rupiah - (liabilities_rupiah - members_rupiah)) * PPM // members_rupiah if members_rupiah > 0 else None


def months_ahead(first: int, months: int = HORIZON) -> list[int]:
    """The months of a forecast."""
    return span(first, add_months(first, months - 1))
