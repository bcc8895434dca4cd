"""Yearly probabilities by year, sex and age, made once for a run: death, disability, leaving, returning, marriage; wages by
age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.supposing import SEXES, YEARS, Floats, Supposed, mortality, tables

YOUNGEST, OLDEST_AT_WORK, OLDEST = 15, 64, 111
WORK_AGES = np.arange(YOUNGEST, OLDEST_AT_WORK + 1)
ALL_AGES = np.arange(YOUNGEST, OLDEST + 1)
A, O = len(WORK_AGES), len(ALL_AGES)  # noqa: E741
TABLE_YEAR = 2019
MARRY_FROM, MARRY_ALL = 18, 30
REMARRY_UNTIL = 60


@dataclass(frozen=True)
class Rates:
    """Arrays by (year, sex, age) unless said otherwise; ages at work are 15 to 64, of pensioners 15 to 111."""

    death: Floats
    death_informal: Floats
    disability: Floats
    leave: Floats
    """By age alone."""
    back: float
    pensioner: Floats
    disabled: Floats
    married: Floats
    """By (sex, age) of all ages: alive spouses at death."""
    remarry: Floats
    """By age of all ages."""
    wage_by_age: Floats
    """By (sex, age) at work, over the mean."""
    class_share: Floats
    class_wage: Floats


def rates(supposed: Supposed) -> Rates:
    """The tables of a run."""
    years = np.array(YEARS, dtype=np.float64)
    better = (1 - supposed["people.improvement"]) ** (years - TABLE_YEAR)
    table = mortality()[None] * better[:, None, None]
    table[:, :, -1] = 1.0
    whole, work = table[:, :, YOUNGEST:], table[:, :, YOUNGEST : OLDEST_AT_WORK + 1]
    told, at_work = tables(), slice(YOUNGEST, OLDEST_AT_WORK + 1)
    return Rates(
        death=_share(work * supposed["people.mortality"]), death_informal=_share(work * supposed["people.mortality_informal"]),
        disability=_share(np.repeat(mortality()[None, :, at_work] * supposed["people.disability"], len(YEARS), axis=0)),
        leave=_leaving(supposed), back=supposed["people.return"],
        pensioner=_last(_share(whole * supposed["people.mortality_pensioners"])),
        disabled=_last(_share(whole * supposed["people.disabled_mortality"])),
        married=_married(supposed), remarry=np.where(ALL_AGES < REMARRY_UNTIL, supposed["jp.remarriage"], 0.0),
        wage_by_age=np.array([np.interp(WORK_AGES, told["wage_by_age"]["ages"], told["wage_by_age"][sex]) for sex in SEXES]),
        class_share=np.array(told["classes"]["share"]), class_wage=np.array(told["classes"]["wage"]),
    )  # fmt: skip


def _share(rate: Floats) -> Floats:
    return np.clip(rate, 0.0, 1.0)


def _last(rate: Floats) -> Floats:
    """Nobody outlives the table."""
    rate[:, :, -1] = 1.0
    return rate


def _leaving(supposed: Supposed) -> Floats:
    """A line between the rates at 20 and 50, level outside."""
    return np.interp(WORK_AGES, [20, 50], [supposed["people.leave_young"], supposed["people.leave_old"]])


def _married(supposed: Supposed) -> Floats:
    grown = np.clip((ALL_AGES - MARRY_FROM) / (MARRY_ALL - MARRY_FROM), 0, 1)
    later = np.array([np.clip(1 - (ALL_AGES - 60) * slope, 0, 1) for slope in (0.010, 0.025)])
    """Fewer wives of old men than husbands of old women are gone: widows are many, widowers few."""
    return supposed["jp.married"] * grown * np.where(ALL_AGES > 60, later, 1.0)
