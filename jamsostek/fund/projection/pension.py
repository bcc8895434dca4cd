"""JP: contributions, pensions and sums paid, people in payment, by year, in rupiah of the day. Estimates: floats, one year a
step.

Pensions are awarded at a year's end for the next: 1 % a year of service of the mean of indexed wages (PP 45/2015 Pasal 17),
within the limits of
the next year, and grow with inflation after. Who was in payment stands by kind, band of amount, sex and age: not one level
pension.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jamsostek.fund.projection.economy import Economy
from jamsostek.fund.projection.legal import Legal, T
from jamsostek.fund.projection.people import People, S
from jamsostek.fund.projection.rates import ALL_AGES, A, O, Rates
from jamsostek.fund.projection.supposing import FIRST, YEARS, Floats, Supposed

KINDS = ("old_age", "disability", "widow", "parent")
OLD, DISABLED, WIDOW, PARENT = range(4)
BANDS = 6
"""At the minimum; up to twice it; three thirds of the way to the maximum; at the maximum."""
CHILD = 23


@dataclass
class Pension:
    """Sums a year in rupiah, persons on 1 January; (year,) unless said otherwise."""

    earnings: Floats = field(default_factory=lambda: np.zeros(T))
    """Wages that contributions are counted on, of the year, collected or not."""
    uncapped_share: Floats = field(default_factory=lambda: np.zeros(T))
    """Part of the earnings that lies below the ceiling, so that it follows wages and not the ceiling."""
    contributions: Floats = field(default_factory=lambda: np.zeros(T))
    pensions: Floats = field(default_factory=lambda: np.zeros((T, 5)))
    """By kind, children last."""
    due: Floats = field(default_factory=lambda: np.zeros(T))
    """Contributions with what they earned that fall due once, at the year's beginning."""
    sums: Floats = field(default_factory=lambda: np.zeros(T))
    """Such sums taken in the year; what is not yet taken goes on earning."""
    waiting: Floats = field(default_factory=lambda: np.zeros(T))
    """Sums due and not taken at the year's end."""
    costs: Floats = field(default_factory=lambda: np.zeros(T))
    persons: Floats = field(default_factory=lambda: np.zeros((T, 5)))
    bands: Floats = field(default_factory=lambda: np.zeros((T, BANDS)))
    """Persons in payment by band of amount."""
    members: Floats = field(default_factory=lambda: np.zeros(T))
    dormant: Floats = field(default_factory=lambda: np.zeros(T))
    new: Floats = field(default_factory=lambda: np.zeros(T))
    """Monthly pensions that begin this year on contributors' own record, rupiah."""
    new_free: Floats = field(default_factory=lambda: np.zeros(T))
    """Part of them between the limits."""
    new_service: Floats = field(default_factory=lambda: np.zeros((T, S)))
    """Of these, by the years of service that made them."""
    sums_service: Floats = field(default_factory=lambda: np.zeros((T, S)))
    kept: Floats = field(default_factory=lambda: np.ones(T))
    """Monthly pensions that go on into this year over those of the year before, before inflation, survivors' with them."""

    @property
    def outgo(self) -> Floats:
        """Benefits and costs of each year."""
        return self.benefits + self.costs

    @property
    def benefits(self) -> Floats:
        """Pensions and sums."""
        found: Floats = self.pensions.sum(axis=1) + self.sums
        return found


@dataclass
class _Roll:
    """Who is in payment: monthly rupiah and heads by (kind, band, sex, age), children by years that remain."""

    heads: Floats
    money: Floats
    child_heads: Floats
    child_money: Floats


def pension(supposed: Supposed, economy: Economy, law: Legal, table: Rates, people: People) -> Pension:
    """Every year of JP."""
    found = Pension()
    roll = _Roll(np.zeros((4, BANDS, 2, O)), np.zeros((4, BANDS, 2, O)), np.zeros(CHILD + 1), np.zeros(CHILD + 1))
    indexed = [np.zeros((2, A, S, len(table.class_share))) for _ in range(2)]
    saved = [np.zeros((2, A, S)) for _ in range(2)]
    for at in range(T):
        _pay(found, roll, at)
        wage = economy.wage[at] * table.wage_by_age[:, :, None] * table.class_wage
        capped = np.minimum(wage, law.jp_ceiling[at])
        base = capped @ table.class_share
        active, dormant = people.active[at], people.dormant[at]
        months = 6.0 if YEARS[at] == FIRST else 12.0
        by_age = active.sum(axis=2)
        found.earnings[at] = (by_age * base).sum() * months
        free = np.where(wage < law.jp_ceiling[at], capped, 0.0) @ table.class_share
        found.uncapped_share[at] = (by_age * free).sum() * months / max(found.earnings[at], 1e-9)
        paid = law.jp_rate[at] * supposed["jp.collected"] * months * base
        found.contributions[at] = (by_age * paid).sum()
        found.costs[at] = found.contributions[at] * supposed["jp.costs"]
        found.members[at], found.dormant[at] = active.sum(), dormant.sum()
        credit = int(YEARS[at] > FIRST)
        rate = economy.yields["jp"][at]
        more = 1 + economy.inflation[at]
        ends = active[..., None] * table.class_share
        indexed[0] = (indexed[0] + ends * (capped * credit)[:, :, None, :]) * more
        indexed[1] = indexed[1] * more
        saved[0] = saved[0] * (1 + rate) + active * paid[:, :, None] * (1 + rate / 2)
        saved[1] = saved[1] * (1 + rate)
        _settle(found, supposed, at, rate)
        if at + 1 == T:
            break
        new = _Awards(supposed, law, table, people, at, credit)
        _carry(roll, found, supposed, law, table, at, more)
        new.give(found, roll, ends, indexed, saved)
        indexed, saved = new.go_on(indexed, saved)
    return found


def _pay(found: Pension, roll: _Roll, at: int) -> None:
    found.pensions[at, :4] = roll.money.sum(axis=(1, 2, 3)) * 12
    found.pensions[at, 4] = roll.child_money[1:].sum() * 12
    found.persons[at, :4] = roll.heads.sum(axis=(1, 2, 3))
    found.persons[at, 4] = roll.child_heads[1:].sum()
    found.bands[at] = roll.heads.sum(axis=(0, 2, 3))


def _settle(found: Pension, supposed: Supposed, at: int, rate: float) -> None:
    whole = found.due[at] + (found.waiting[at - 1] if at else 0.0)
    found.sums[at] = whole * supposed["jp.claimed"]
    found.waiting[at] = (whole - found.sums[at]) * (1 + rate)


# ---- in payment


def _carry(roll: _Roll, found: Pension, supposed: Supposed, law: Legal, table: Rates, at: int, more: float) -> None:
    """A year's end: deaths, widows of who died, remarriages, one year older; amounts grow with inflation."""
    before = roll.money.sum() + roll.child_money[1:].sum()
    death = np.stack([table.pensioner[at], table.disabled[at], _either(table.pensioner[at], table.remarry), table.pensioner[at]])
    death = death[:, None]
    dead_heads, dead_money = roll.heads[:2] * death[:2], roll.money[:2] * death[:2]
    roll.heads, roll.money = _aged(roll.heads * (1 - death)), _aged(roll.money * (1 - death)) * more
    roll.child_heads = np.append(roll.child_heads[1:], 0.0)
    roll.child_money = np.append(roll.child_money[1:], 0.0) * more
    heads, money = dead_heads.sum(axis=0), dead_money.sum(axis=0) * more
    widows = heads * table.married
    amount = limited(money / np.maximum(heads, 1e-12) * law.jp_share["widow"], law, at + 1, law.jp_floor_for_survivors)
    _enter(roll, WIDOW, law, at + 1, amount, widows, spouse_ages(supposed), swap=True)
    after = roll.money.sum() + roll.child_money[1:].sum()
    found.kept[at + 1] = after / more / before if before > 0 else 1.0


def _either(one: Floats, other: Floats) -> Floats:
    found: Floats = one + other[None] - one * other[None]
    found[:, -1] = 1.0
    return found


def _aged(heads: Floats) -> Floats:
    found = np.zeros_like(heads)
    found[..., 1:] = heads[..., :-1]
    return found


def spouse_ages(supposed: Supposed) -> Floats:
    """For (sex, age) of who died: the age at the year's end of the spouse."""
    gap = int(supposed["jp.spouse_gap"])
    own = ALL_AGES + 1
    found: Floats = np.clip(np.stack([own - gap, own + gap]), ALL_AGES[0], ALL_AGES[-1]) - ALL_AGES[0]
    return found


def limited(amount: Floats, law: Legal, at: int, floor: bool = True) -> Floats:
    """Within the limits of a year (PP 45/2015 Pasal 18)."""
    found: Floats = np.clip(amount, law.jp_minimum[at] if floor else 0.0, law.jp_maximum[at])
    return found


def _enter(roll: _Roll, kind: int, law: Legal, at: int, amount: Floats, heads: Floats, ages: Any, *, swap: bool = False) -> None:
    """Adds new pensions to the roll by band of amount; sex is the last axis but one of `ages`' own, or the first of four."""
    axis = 0 if amount.ndim == 4 else amount.ndim - 2
    sex = np.array([1, 0] if swap else [0, 1]).reshape([2 if place == axis else 1 for place in range(amount.ndim)])
    flat = np.broadcast_to((bands_of(amount, law, at) * 2 + sex) * O + ages, amount.shape).ravel()
    size, shape = BANDS * 2 * O, (BANDS, 2, O)
    roll.heads[kind] += np.bincount(flat, heads.ravel(), size).reshape(shape)
    roll.money[kind] += np.bincount(flat, (heads * amount).ravel(), size).reshape(shape)


def bands_of(amount: Floats, law: Legal, at: int) -> Any:
    """0 at the minimum, 1 up to where a widow's share is the minimum again, 2 to 4 thirds of the rest, 5 at the maximum.

    Within a band a widow's pension is in proportion, so that a band's mean stands for everybody in it.
    """
    low, high = law.jp_minimum[at], law.jp_maximum[at]
    edge = low / law.jp_share["widow"]
    third = 2 + np.clip(np.floor(3 * (amount - edge) / (high - edge)), 0, 2).astype(np.int64)
    return np.where(amount <= low, 0, np.where(amount >= high, BANDS - 1, np.where(amount <= edge, 1, third)))


# ---- new pensions and sums


class _Awards:
    """What begins at a year's end out of who was at work or had left."""

    def __init__(self, supposed: Supposed, law: Legal, table: Rates, people: People, at: int, credit: int) -> None:
        self.supposed, self.law, self.table, self.people, self.at, self.credit = supposed, law, table, people, at, credit
        self.death, self.disability = table.death[at][:, :, None], table.disability[at][:, :, None]
        self.mask = people.retiring[at][None, :, None]
        self.full = law.jp_full_years
        self.married = table.married[:, :A]

    def give(self, found: Pension, roll: _Roll, active: Floats, indexed: list[Floats], saved: list[Floats]) -> None:
        """Fills the next year's rolls and sums. `active` has heads by class."""
        served = np.minimum(np.arange(S) + self.credit, S - 1)[:, None]
        dormant = self.people.dormant[self.at][..., None] * self.table.class_share
        alive = 1 - self.death
        dense = self.supposed["jp.dense"]
        # of pension age, from 15 years on a pension, before that the sum
        for heads, mass, money, years in (
            (active, indexed[0], saved[0], served), (dormant, indexed[1], saved[1], np.arange(S)[:, None]),
        ):  # fmt: skip
            mean = mass / np.maximum(heads * years, 1e-12)
            left = alive * (1 - self.disability) if heads is active else alive
            whole = (years >= self.full)[:, 0]
            go = left * self.mask
            self._award(found, roll, OLD, heads * (go * whole)[..., None], mean, years)
            found.due[self.at + 1] += (money * go * ~whole).sum()
            found.sums_service[self.at + 1] += (money * go * ~whole).sum(axis=(0, 1))
        # dead or disabled at work: counted with 15 years where payment was dense and membership long enough
        mean = indexed[0] / np.maximum(active * served, 1e-12)
        counted = np.maximum(served, self.full)
        for kind, happens in (("disability", alive * self.disability), ("survivor", self.death)):
            entitled = np.where(served[:, 0] >= self.full, 1.0, dense) * (
                served[:, 0] >= max(self.law.jp_membership_years[kind], 1e-9)
            )
            entitled = np.broadcast_to(entitled, (2, A, S))
            if kind == "survivor":
                have = self._family()
                self._survivors(found, roll, active * (happens * entitled)[..., None], mean, counted)
                entitled = entitled * have
            else:
                self._award(found, roll, DISABLED, active * (happens * entitled)[..., None], mean, counted)
            lost = saved[0] * happens * (1 - entitled)
            found.due[self.at + 1] += lost.sum()
            found.sums_service[self.at + 1] += lost.sum(axis=(0, 1))
        gone = saved[1] * self.death
        found.due[self.at + 1] += gone.sum()
        found.sums_service[self.at + 1] += gone.sum(axis=(0, 1))

    def _family(self) -> Floats:
        """(sex, age, 1): the share of the dead who leave somebody entitled."""
        married = self.married[:, :, None]
        return married + (1 - married) * (self.supposed["jp.children"] + self.supposed["jp.parents"])

    def _formula(self, mean: Floats, years: Any, kind: str) -> Floats:
        floor = self.law.jp_floor_for_survivors or kind in ("old_age", "disability")
        raw = self.law.jp_year_rate * years * mean * self.law.jp_share[kind]
        return limited(raw, self.law, self.at + 1, floor)

    def _award(self, found: Pension, roll: _Roll, kind: int, heads: Floats, mean: Floats, years: Any) -> None:
        amount = self._formula(mean, years, KINDS[kind])
        self._note(found, amount * heads, amount)
        ages = np.broadcast_to(np.arange(A) + 1, (2, A))
        at = np.broadcast_to(ages[:, :, None, None], amount.shape)
        _enter(roll, kind, self.law, self.at + 1, amount, heads, at)

    def _survivors(self, found: Pension, roll: _Roll, dead: Floats, mean: Floats, years: Any) -> None:
        married = self.married[:, :, None, None]
        single = dead * (1 - married)
        amount = self._formula(mean, years, "widow")
        heads = dead * married
        self._note(found, amount * heads, amount)
        ages = spouse_ages(self.supposed)[:, :A]
        _enter(
            roll, WIDOW, self.law, self.at + 1, amount, heads, np.broadcast_to(ages[:, :, None, None], amount.shape), swap=True
        )
        amount = self._formula(mean, years, "child")
        heads = single * self.supposed["jp.children"]
        self._note(found, amount * heads, amount)
        years_left = int(self.supposed["jp.child_years"])
        roll.child_heads[years_left] += heads.sum()
        roll.child_money[years_left] += (heads * amount).sum()
        amount = self._formula(mean, years, "parent")
        heads = single * self.supposed["jp.parents"]
        self._note(found, amount * heads, amount)
        ages = np.clip(np.arange(A) + 1 + int(self.supposed["jp.parent_gap"]), 0, O - 1)
        at = np.broadcast_to(ages[None, :, None, None], amount.shape)
        _enter(roll, PARENT, self.law, self.at + 1, amount, heads, at)

    def _note(self, found: Pension, money: Floats, amount: Floats) -> None:
        low, high = self.law.jp_minimum[self.at + 1], self.law.jp_maximum[self.at + 1]
        by_service = money.sum(axis=(0, 1, 3))
        found.new[self.at + 1] += by_service.sum()
        found.new_service[self.at + 1] += by_service
        found.new_free[self.at + 1] += money[(amount > low) & (amount < high)].sum()

    def go_on(self, indexed: list[Floats], saved: list[Floats]) -> tuple[list[Floats], list[Floats]]:
        """What the survivors carry into the next year: as their heads move, so moves what is written down for them."""
        goes = (1 - self.mask) * (1 - self.death)
        stay = goes * (1 - self.disability)
        leave = self.table.leave[None, :, None]
        extra = self.people.extra[self.at + 1]
        found: tuple[list[Floats], list[Floats]] = ([], [])
        for place, (working, away) in enumerate((indexed, saved)):
            on = _moved(_times(working, stay * (1 - leave)), self.credit)
            pool = _moved(_times(working, stay * leave), self.credit) + _moved(_times(away, goes), 0)
            back = pool * self.table.back
            on, pool = on + back, pool - back
            found[place].extend((on * (1 - extra), pool + on * extra))
        return found


def _times(mass: Floats, share: Floats) -> Floats:
    """(sex, age, service[, class]) by (sex, age, service)."""
    return mass * (share[..., None] if mass.ndim == 4 else share)


def _moved(mass: Floats, credit: int) -> Floats:
    found = np.zeros_like(mass)
    if not credit:
        found[:, 1:] = mass[:, :-1]
        return found
    found[:, 1:, 1:] = mass[:, :-1, :-1]
    found[:, 1:, -1] += mass[:, :-1, -1]
    return found
