"""The law of every year to 2100: what its data say as long as they say it, then carried on by its own rules of change.

Rates, ages, formula, ceilings and sums come from `jamsostek.law`; nothing of them is written here. After the last row the JP
ceiling
grows with real output and is cut to its rounding (PP 45/2015 Pasal 29), the pension limits with inflation (Pasal 18); sums
in rupiah
that no rule moves follow inflation in part or not at all (interpretation 108).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jamsostek.fund.projection.economy import Economy
from jamsostek.fund.projection.supposing import FIRST, LAST, YEARS, Floats, Supposed
from jamsostek.law.jp.ages import pension_reached
from jamsostek.law.jp.benefit import KINDS
from jamsostek.law.parameters import Law, load

T = len(YEARS)
PPM = 1_000_000
KNOWN = 2026
"""The last year whose law the data hold; later ones are projected."""
RISE_FROM = 2028


@dataclass(frozen=True)
class Legal:
    """The law as arrays, one entry a year from 2015: rates as shares, sums in nominal rupiah."""

    digest: str
    retire_year: Floats
    """By year of birth from 1900: the year pension age is reached."""
    jp_rate: Floats
    jp_ceiling: Floats
    jp_minimum: Floats
    jp_maximum: Floats
    jp_year_rate: float
    jp_full_years: float
    jp_share: dict[str, float]
    jp_floor_for_survivors: bool
    jp_membership_years: dict[str, float]
    jht_rate: Floats
    jht_age: int
    jht_bpu_monthly: Floats
    jht_declared: Floats
    """The yearly rate the law's data name; not a number where they have none."""
    jkk_rate: Floats
    """By year and risk class."""
    jkk_months: Floats
    jkk_death_share: Floats
    jkk_death_minimum: Floats
    jkk_death_fixed: Floats
    jkk_total_share: Floats
    jkk_total_fixed: Floats
    jkk_days_in_month: float
    jkk_full_days: Floats
    """Days that are paid in full at first."""
    jkm_rate: Floats
    jkm_death: Floats
    jkm_bpu_monthly: Floats
    jkk_bpu_monthly: Floats
    scholarship_yearly: Floats
    """By year and level."""
    scholarship_years: Floats
    jkp_government: Floats
    jkp_from_jkk: Floats
    jkp_from_jkm: Floats
    jkp_ceiling: Floats
    jkp_cash: Floats
    """By year and month of benefit (six): the share of the wage."""
    jkp_cash_ceiling: Floats
    jkp_training: Floats


@cache
def _laws() -> tuple[Law, ...]:
    """The law on 1 July of each year as far as the data go (1 November of the last)."""
    found = load()
    return tuple(found.law_on(dt.date(min(year, KNOWN), 11 if year >= KNOWN else 7, 1)) for year in YEARS)


def law_digest() -> str:
    """The law's own digest on the last day its data are read for."""
    return _laws()[KNOWN - FIRST].digest


@cache
def retire_years() -> Floats:
    """For each year of birth from 1900 the year in which those born at its middle reach pension age, by the law's own kernel."""
    born = np.array([(dt.date(year, 7, 1) - dt.date(1970, 1, 1)).days for year in range(1900, LAST + 1)], dtype=np.int64)
    day, _age = pension_reached(_laws()[-1], born)
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64).astype(np.float64) + 1970


def legal(supposed: Supposed, economy: Economy) -> Legal:
    """The law of every year under a path of inflation and output."""
    laws = _laws()
    fixed = _followed(supposed, economy)
    share = dict(zip(KINDS, laws[-1].ppms("jp.share").astype(float) / PPM, strict=True))
    disability, survivor = laws[-1].numbers("jp.membership.minimum_months")
    minimum, maximum = _limits(laws, economy)
    bands = [law.table("bpu.bands") for law in laws]
    steps = [law.table("jkk.stmb.steps") for law in laws]
    jkp = np.array([law.ppms("jkp.rate") if year > 2020 else np.zeros(3) for year, law in zip(YEARS, laws, strict=True)]) / PPM
    from_2021 = np.array(YEARS) >= 2021
    return Legal(
        digest=law_digest(), retire_year=retire_years(),
        jp_rate=_jp_rate(supposed, laws), jp_ceiling=_ceiling(laws, economy), jp_minimum=minimum, jp_maximum=maximum,
        jp_year_rate=laws[-1].ppm("jp.formula.rate_per_year") / PPM,
        jp_full_years=laws[-1].number("jp.formula.minimum_months") / 12, jp_share=share,
        jp_floor_for_survivors=bool(laws[-1].flag("jp.survivor_floor")),
        jp_membership_years={"disability": float(disability) / 12, "survivor": float(survivor) / 12},
        jht_rate=np.array([law.ppms("jht.pu.rate").sum() for law in laws]) / PPM, jht_age=laws[-1].number("jht.full_age"),
        jht_bpu_monthly=np.array([float(band["jht_rupiah"][0]) for band in bands]) * fixed, jht_declared=_declared(laws),
        jkk_rate=np.array([law.ppms("jkk.pu.rate") for law in laws]) / PPM,
        jkk_months=np.array([float(law.number("jkk.benefit.wage_months")) for law in laws]),
        jkk_death_share=np.array([law.ppm("jkk.death.share") for law in laws]) / PPM,
        jkk_death_minimum=np.array([float(law.rupiah("jkk.death.minimum")) for law in laws]) * fixed,
        jkk_death_fixed=fixed
        * np.array([float(law.rupiah("jkk.death.periodic") + law.rupiah("jkk.death.funeral")) for law in laws]),
        jkk_total_share=np.array([law.ppm("jkk.total_disability.share") for law in laws]) / PPM,
        jkk_total_fixed=np.array([float(law.rupiah("jkk.total_disability.periodic")) for law in laws]) * fixed,
        jkk_days_in_month=float(laws[-1].number("jkk.stmb.days_in_month")),
        jkk_full_days=np.array([float(step["up_to_months"][0]) for step in steps]) * laws[-1].number("jkk.stmb.days_in_month"),
        jkm_rate=np.array([law.ppm("jkm.pu.rate") for law in laws]) / PPM,
        jkm_death=np.array([float(law.rupiahs("jkm.death").sum()) for law in laws]) * fixed,
        jkm_bpu_monthly=np.array([float(law.rupiah("bpu.jkm")) for law in laws]) * fixed,
        jkk_bpu_monthly=np.array([float(band["jkk_rupiah"][0]) for band in bands]) * fixed,
        scholarship_yearly=np.array([law.rupiahs("scholarship.yearly").astype(float) for law in laws]) * fixed[:, None],
        scholarship_years=laws[-1].numbers("scholarship.years_max").astype(float),
        jkp_government=jkp[:, 0], jkp_from_jkk=jkp[:, 1], jkp_from_jkm=jkp[:, 2],
        jkp_ceiling=_from(laws, "jkp.ceiling", from_2021) * fixed, jkp_cash=_cash(laws),
        jkp_cash_ceiling=_from(laws, "jkp.cash.ceiling", from_2021) * fixed,
        jkp_training=_from(laws, "jkp.training.value", from_2021) * fixed,
    )  # fmt: skip


def _from(laws: tuple[Law, ...], id: str, when: NDArray[np.bool_]) -> Floats:
    return np.array([float(law.rupiah(id)) if there else 0.0 for law, there in zip(laws, when, strict=True)])


def _followed(supposed: Supposed, economy: Economy) -> Floats:
    """By how much a sum in rupiah has grown since the last law: 1 where inflation is not followed."""
    found = np.ones(T)
    for at in range(KNOWN + 1 - FIRST, T):
        found[at] = found[at - 1] * (1 + supposed["law.sums_follow"] * economy.inflation[at - 1])
    return found


def _jp_rate(supposed: Supposed, laws: tuple[Law, ...]) -> Floats:
    every, most = laws[-1].number("jp.rate.review_years"), laws[-1].ppm("jp.rate.target") / PPM
    found = np.array([law.ppms("jp.pu.rate").sum() for law in laws]) / PPM
    rises = np.array([max(0, (year - RISE_FROM) // every + 1) for year in YEARS])
    risen: Floats = np.maximum(found, np.minimum(found + rises * supposed["jp.rate_step"], most) * (rises > 0))
    return risen


def _ceiling(laws: tuple[Law, ...], economy: Economy) -> Floats:
    found = np.array([float(law.rupiah("jp.ceiling")) for law in laws])
    rounding = laws[-1].rupiah("jp.ceiling.rounding")
    for at in range(KNOWN + 1 - FIRST, T):
        found[at] = found[at - 1] * (1 + economy.gdp[at - 1]) // rounding * rounding
    return found


def _limits(laws: tuple[Law, ...], economy: Economy) -> tuple[Floats, Floats]:
    both = np.array([law.rupiahs("jp.limits").astype(float) for law in laws])
    for at in range(KNOWN + 1 - FIRST, T):
        both[at] = both[at - 1] * (1 + economy.inflation[at - 1])
    return both[:, 0], both[:, 1]


def _declared(laws: tuple[Law, ...]) -> Floats:
    """`jht.development_rate` by year; its last year is not carried on."""
    rows = {first: (last, value) for first, last, value in laws[-1].series("jht.development_rate")}
    found = np.full(T, np.nan)
    for first, (last, value) in rows.items():
        begin, end = (np.datetime64(day, "D").astype("datetime64[Y]").astype(int) + 1970 for day in (first, last))
        for year in range(max(begin, FIRST), min(end, LAST) + 1):
            found[year - FIRST] = value / PPM
    return found


def _cash(laws: tuple[Law, ...]) -> Floats:
    """Shares of the wage in the six months: the first scheme to 2024, the second from 2025."""
    found = np.zeros((T, 6))
    for at, law in enumerate(laws):
        if YEARS[at] < 2021:
            continue
        table = law.table("jkp.cash.second" if YEARS[at] >= 2025 else "jkp.cash.first")
        lower = 0
        for up_to, share in zip(table["up_to_months"].tolist(), table["share_ppm"].tolist(), strict=True):
            found[at, lower : min(up_to, 6)] = share / PPM
            lower = up_to
    return found
