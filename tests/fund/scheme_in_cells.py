"""The five programmes a second time, cell by cell in modelx, from the text of the law: one birth cohort after another,
nothing merged.

Written apart from `jamsostek.fund.projection`: the law's figures are typed here from the regulations (PP 44, 45, 46/2015, PP
37/2021, PP 6/2025,
PP 82/2019), lives are followed by cohort and class of wage, who left by the year of leaving, pensions by the year they were
awarded. What is
supposed (tables of deaths, wages, economy) is handed in: that is not what is compared. A closed group: nobody comes, nobody
returns.
"""

from __future__ import annotations

from typing import Any

import modelx

FIRST, LAST, KNOWN_LAW = 2015, 2100, 2026
CEILINGS = {
    2015: 7_000_000, 2016: 7_335_300, 2017: 7_703_500, 2018: 8_094_000, 2019: 8_512_400, 2020: 8_939_700, 2021: 8_754_600,
    2022: 9_077_600, 2023: 9_559_600, 2024: 10_042_300, 2025: 10_547_400, 2026: 11_086_300,
}  # fmt: skip
LEAST = {
    2015: 300_000, 2016: 310_050, 2017: 319_450, 2018: 331_000, 2019: 341_400, 2020: 350_700, 2021: 356_600, 2022: 363_300,
    2023: 383_400, 2024: 393_500, 2025: 399_700, 2026: 411_400,
}  # fmt: skip
MOST = {
    2015: 3_600_000, 2016: 3_720_600, 2017: 3_833_000, 2018: 3_971_400, 2019: 4_095_750, 2020: 4_207_200, 2021: 4_277_900,
    2022: 4_357_900, 2023: 4_598_100, 2024: 4_718_200, 2025: 4_792_300, 2026: 4_932_300,
}  # fmt: skip
DECLARED = {2015: 0.069, 2016: 0.0719, 2017: 0.0783, 2018: 0.061, 2019: 0.0608, 2020: 0.0563}
JKK_RATES = (0.0024, 0.0054, 0.0089, 0.0127, 0.0174)
RISK = (0.38, 0.26, 0.22, 0.09, 0.05)
SCHOOL = ((1_500_000, 2), (1_500_000, 6), (2_000_000, 3), (3_000_000, 3), (12_000_000, 5))


def scheme(a: dict[str, float], e: dict[str, Any], lives: dict[str, Any]) -> Any:
    """A model: `a` assumptions as shares, `e` the economy by year, `lives` tables and people. See the test that reads it."""
    model = modelx.new_model()
    law = model.new_space("Law")
    for name, value in {"a": a, "e": e, "CEILINGS": CEILINGS, "LEAST": LEAST, "MOST": MOST, "KNOWN": KNOWN_LAW}.items():
        setattr(law, name, value)
    for formula in (sums, ceiling, least, most, pension_age, reached):
        law.new_cells(formula.__name__, formula=formula)
    cohort = model.new_space("Cohort", formula=lambda who, klass: None)
    for name, value in {"law": law, "a": a, "e": e, "lives": lives, "FIRST": FIRST}.items():
        setattr(cohort, name, value)
    for formula in (
        age, ends, active, q, qp, qd, dis, leave, service, wage, capped, paid, indexed, saved, left, left_saved, left_indexed,
        amount, formula_pension, entitled, married, awarded, own, own_amount, widow_q, widow_new, widow_money, child_money,
        child_new, parent_new, parent_money, parent_q, due,
    ):  # fmt: skip
        cohort.new_cells(formula.__name__, formula=formula)
    return model


# ---- law


def sums(t):
    """By how much sums in rupiah without a rule of change have followed prices since the last known law."""
    return 1.0 if t <= KNOWN else sums(t - 1) * (1 + a["law.sums_follow"] * e["inflation"][t - 1])


def ceiling(t):
    """PP 45/2015 Pasal 29: with the growth of output of the year before, cut to hundreds."""
    return CEILINGS[t] if t <= KNOWN else ceiling(t - 1) * (1 + e["gdp"][t - 1]) // 100 * 100


def least(t):
    """PP 45/2015 Pasal 18."""
    return LEAST[t] if t <= KNOWN else least(t - 1) * (1 + e["inflation"][t - 1])


def most(t):
    """PP 45/2015 Pasal 18."""
    return MOST[t] if t <= KNOWN else most(t - 1) * (1 + e["inflation"][t - 1])


def pension_age(t):
    """PP 45/2015 Pasal 15: 56, from 2019 57, then one year more every three, to 65."""
    return 56 if t < 2019 else min(57 + (t - 2019) // 3, 65)


def reached(born):
    """The year in which who was born at the middle of a year is as old as the pension age of that year."""
    year = born + 56
    while year - born < pension_age(year):
        year += 1
    return year


# ---- a birth cohort of one wage class; heads are those of the class


def age(t):
    return lives["cohorts"][who][1] + t - FIRST


def ends(t):
    """Whether pension age comes in year t or came before."""
    return law.reached(t - 1 - age(t)) <= t


def q(t):
    return lives["death"](t, lives["cohorts"][who][0], age(t), a["people.mortality"])


def qp(t):
    return lives["death"](t, lives["cohorts"][who][0], age(t), a["people.mortality_pensioners"])


def qd(t):
    return lives["death"](t, lives["cohorts"][who][0], age(t), a["people.disabled_mortality"])


def dis(t):
    return lives["table"][lives["cohorts"][who][0]][min(age(t), 111)] * a["people.disability"]


def leave(t):
    young, old = a["people.leave_young"], a["people.leave_old"]
    return young + (old - young) * min(max((age(t) - 20) / 30, 0), 1)


def active(t):
    """On 1 January."""
    if t == FIRST:
        return lives["cohorts"][who][3] * lives["class_share"][klass]
    if age(t) > 64 or ends(t - 1):
        return 0.0
    return active(t - 1) * (1 - q(t - 1)) * (1 - dis(t - 1)) * (1 - leave(t - 1))


def service(t):
    """Years credited at the end of year t; the half year of 2015 is none."""
    return lives["cohorts"][who][2] + t - FIRST


def wage(t):
    return e["wage"][t] * lives["profile"](lives["cohorts"][who][0], age(t)) * lives["class_wage"][klass]


def capped(t):
    return min(wage(t), law.ceiling(t))


def paid(t):
    """Of one member in a year: 3 per cent (PP 45/2015 Pasal 28)."""
    return capped(t) * 0.03 * (6 if t == FIRST else 12) * a["jp.collected"]


def indexed(t):
    """Monthly wages of each credited year in money of the end of year t, summed."""
    if t == FIRST:
        return 0.0
    return (indexed(t - 1) + capped(t)) * (1 + e["inflation"][t])


def saved(t):
    before = 0.0 if t == FIRST else saved(t - 1)
    return before * (1 + e["jp"][t]) + paid(t) * (1 + e["jp"][t] / 2)


def left(first, t):
    """Who left at the end of year `first` and lives on 1 January t."""
    if t == first + 1:
        return 0.0 if ends(first) else active(first) * (1 - q(first)) * (1 - dis(first)) * leave(first)
    return 0.0 if ends(t - 1) else left(first, t - 1) * (1 - q(t - 1))


def left_saved(first, t):
    """Of one of them at the end of year t."""
    return saved(first) if t == first else left_saved(first, t - 1) * (1 + e["jp"][t])


def left_indexed(first, t):
    return indexed(first) if t == first else left_indexed(first, t - 1) * (1 + e["inflation"][t])


def formula_pension(t, total, years, counted, share):
    """1 per cent for each counted year of the mean of indexed wages, times the share, within the limits of the next year."""
    raw = 0.01 * counted * total / years * share
    return min(max(raw, law.least(t + 1)), law.most(t + 1))


def amount(t, kind):
    """A month of a pension that who is at work at the end of year t would leave or get; at least 15 years are counted."""
    share = {"disability": 1.0, "widow": 0.5, "child": 0.5, "parent": 0.2}[kind]
    return formula_pension(t, indexed(t), service(t), max(service(t), 15), share)


def entitled(t, needs):
    """15 years, or a dense record and long enough a membership (Pasal 19-22): a month for disability, a year for survivors."""
    years = service(t)
    if years >= 15:
        return 1.0
    return a["jp.dense"] if years >= max(needs, 1e-9) else 0.0


def married(at):
    return lives["married"](lives["cohorts"][who][0], at)


def awarded(t):
    """Pensions of one's own awarded at the end of year t: (kind, heads, monthly rupiah)."""
    found = []
    alive = active(t) * (1 - q(t))
    if alive:
        found.append(("disability", alive * dis(t) * entitled(t, 1 / 12), amount(t, "disability") if service(t) else 0.0))
    if ends(t) and (t == FIRST or not ends(t - 1)):
        years = service(t)
        if years >= 15:
            found.append(("old", alive * (1 - dis(t)), formula_pension(t, indexed(t), years, years, 1.0)))
        for first in range(FIRST, t):
            years = service(first)
            if years >= 15:
                heads = left(first, t) * (1 - q(t))
                found.append(("old", heads, formula_pension(t, left_indexed(first, t), years, years, 1.0)))
    return [one for one in found if one[1] > 0]


def own(first, place, t):
    """Heads on 1 January t of the pension awarded at the end of year `first`."""
    kind, heads, _amount = awarded(first)[place]
    if t == first + 1:
        return heads
    return own(first, place, t - 1) * (1 - (qd(t - 1) if kind == "disability" else qp(t - 1)))


def own_amount(first, place, t):
    """A month of it in year t: as awarded, then with inflation."""
    if t == first + 1:
        return awarded(first)[place][2]
    return own_amount(first, place, t - 1) * (1 + e["inflation"][t - 1])


def widow_q(t):
    """Of the widows and widowers of the cohort in year t: death or, under 60, a new marriage."""
    sex = lives["cohorts"][who][0]
    gap = int(a["jp.spouse_gap"])
    own_age = min(max(age(t) + (-gap if sex == 0 else gap), 15), 111)
    death = lives["death"](t, 1 - sex, own_age, a["people.mortality_pensioners"])
    again = a["jp.remarriage"] if own_age < 60 else 0.0
    return 1.0 if own_age == 111 else death + again - death * again


def widow_new(t):
    """Monthly rupiah of widows' pensions that begin in year t."""
    dead = active(t - 1) * q(t - 1)
    found = 0.0
    if dead and service(t - 1):
        found = dead * entitled(t - 1, 1.0) * married(age(t - 1)) * amount(t - 1, "widow")
    for first in range(FIRST, t - 1):
        for place, (kind, _heads, _amount) in enumerate(awarded(first)):
            gone = own(first, place, t - 1) * (qd(t - 1) if kind == "disability" else qp(t - 1))
            half = own_amount(first, place, t - 1) * (1 + e["inflation"][t - 1]) * 0.5
            found += gone * married(age(t - 1)) * min(max(half, law.least(t)), law.most(t))
    return found


def widow_money(t):
    if t == FIRST:
        return 0.0
    return widow_money(t - 1) * (1 - widow_q(t - 1)) * (1 + e["inflation"][t - 1]) + widow_new(t)


def child_new(t):
    dead = active(t - 1) * q(t - 1)
    if not dead or not service(t - 1):
        return 0.0
    return dead * entitled(t - 1, 1.0) * (1 - married(age(t - 1))) * a["jp.children"] * amount(t - 1, "child")


def child_money(t):
    """Of the years in which they began, those that still run, each grown with inflation since."""
    found = 0.0
    for begun in range(max(FIRST + 1, t - int(a["jp.child_years"]) + 1), t + 1):
        grown = 1.0
        for year in range(begun, t):
            grown *= 1 + e["inflation"][year]
        found += child_new(begun) * grown
    return found


def parent_new(t):
    dead = active(t - 1) * q(t - 1)
    if not dead or not service(t - 1):
        return 0.0
    return dead * entitled(t - 1, 1.0) * (1 - married(age(t - 1))) * a["jp.parents"] * amount(t - 1, "parent")


def parent_q(t):
    sex, at = lives["cohorts"][who][0], min(age(t) + int(a["jp.parent_gap"]), 111)
    return lives["death"](t, sex, at, a["people.mortality_pensioners"])


def parent_money(t):
    if t == FIRST:
        return 0.0
    return parent_money(t - 1) * (1 - parent_q(t - 1)) * (1 + e["inflation"][t - 1]) + parent_new(t)


def due(t):
    """Contributions with what they earned that fall due once at the beginning of year t."""
    before = t - 1
    have = married(age(before)) + (1 - married(age(before))) * (a["jp.children"] + a["jp.parents"])
    found = active(before) * q(before) * (1 - entitled(before, 1.0) * have) * saved(before)
    alive = active(before) * (1 - q(before))
    found += alive * dis(before) * (1 - entitled(before, 1 / 12)) * saved(before)
    if ends(before) and service(before) < 15:
        found += alive * (1 - dis(before)) * saved(before)
    for first in range(FIRST, before):
        there = left(first, before)
        if there:
            found += there * q(before) * left_saved(first, before)
            if ends(before) and service(first) < 15:
                found += there * (1 - q(before)) * left_saved(first, before)
    return found
