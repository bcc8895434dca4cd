"""JHT, JKK, JKM and JKP a second time, cell by cell in modelx, from the text of the law; see `scheme_in_cells`.

Groups of one segment, sex and age: JHT money follows its group until it is taken; accidents, deaths and dismissals are
counted on heads.
"""

from __future__ import annotations

from typing import Any

import modelx

FIRST = 2015
DECLARED = {2015: 0.069, 2016: 0.0719, 2017: 0.0783, 2018: 0.061, 2019: 0.0608, 2020: 0.0563}
JKK_RATES = ((0.0024, 0.38), (0.0054, 0.26), (0.0089, 0.22), (0.0127, 0.09), (0.0174, 0.05))
SCHOOL = (1_500_000, 1_500_000, *[1_500_000] * 6, *[2_000_000] * 3, *[3_000_000] * 3, *[12_000_000] * 5)


def risks(a: dict[str, float], e: dict[str, Any], lives: dict[str, Any], law: Any) -> Any:
    """A model with a space for a group (`lives["groups"][number]`: segment, sex, age, heads) and one for all of them."""
    model = modelx.new_model()
    group = model.new_space("Group", formula=lambda who: None)
    whole = model.new_space("Whole")
    given = {
        "a": a,
        "e": e,
        "lives": lives,
        "law": law,
        "FIRST": FIRST,
        "DECLARED": DECLARED,
        "SCHOOL": SCHOOL,
        "JKK_RATES": JKK_RATES,
    }
    for space in (group, whole):
        for name, value in given.items():
            setattr(space, name, value)
    whole.group = group
    for formula in (segment, age, ends, q, dis, leave, heads, wage, rate, jht_in, active, away, taken, jkp_base, cash_base):
        group.new_cells(formula.__name__, formula=formula)
    for formula in (
        total, wages, moved, jkp_in, jkp_paid, jkm_in, jkm_paid, deaths, school, construction, prices, jkk_in, accidents,
        jkk_paid, cash, mean_wage, jkk_of,
    ):  # fmt: skip
        whole.new_cells(formula.__name__, formula=formula)
    return model


# ---- a group


def segment():
    return lives["groups"][who][0]


def age(t):
    return lives["groups"][who][2] + t - FIRST


def ends(t):
    return segment() in ("formal_large", "formal_small", "public") and law.reached(t - 1 - age(t)) <= t


def q(t):
    formal = segment() in ("formal_large", "formal_small", "public")
    share = a["people.mortality"] if formal else a["people.mortality_informal"]
    return lives["death"](t, lives["groups"][who][1], age(t), share)


def dis(t):
    return lives["table"][lives["groups"][who][1]][min(age(t), 111)] * a["people.disability"]


def leave(t):
    young, old = a["people.leave_young"], a["people.leave_old"]
    return young + (old - young) * min(max((age(t) - 20) / 30, 0), 1)


def heads(t):
    if t == FIRST:
        return lives["groups"][who][3]
    if age(t) > 64 or ends(t - 1):
        return 0.0
    return heads(t - 1) * (1 - q(t - 1)) * (1 - dis(t - 1)) * (1 - leave(t - 1))


def wage(t):
    """Mean monthly wage of one of the group."""
    share = {"formal_large": 1.0, "formal_small": lives["small"], "public": lives["public"]}.get(segment(), 0.0)
    mean = sum(s * w for s, w in zip(lives["class_share"], lives["class_wage"]))
    return e["wage"][t] * lives["profile"](lives["groups"][who][1], min(age(t), 64)) * mean * share


def rate(t):
    """Declared where one was; else a share of the return, at least the deposit rate."""
    return DECLARED[t] if t in DECLARED else max(e["jht"][t] * a["jht.credited"], a["economy.deposit"])


def jht_in(t):
    """5.7 per cent of the wage (PP 46/2015 Pasal 16); own account Rp20,000 a month on the lowest band."""
    if segment() in ("formal_large", "formal_small"):
        return heads(t) * wage(t) * 0.057 * 12 * a["jht.collected"]
    if segment() == "bpu":
        return heads(t) * lives["jht_of_bpu"] * 20_000 * law.sums(t) * 12 * a["jht.collected"]
    return 0.0


def active(t):
    """Balances of who is at work, at the end of year t before anything is taken."""
    before = 0.0
    if t > FIRST and age(t - 1) + 1 < 56:
        stays = active(t - 1) * (1 - q(t - 1)) * (1 - dis(t - 1)) * (1 - leave(t - 1))
        before = stays * (1 - a["jht.partial"])
    return before * (1 + rate(t)) + jht_in(t) * (1 + rate(t) / 2)


def away(t):
    """Balances of who left, at the end of year t before anything is taken. Deaths of who left are those of formal members."""
    if t == FIRST or age(t - 1) + 1 >= 56:
        return 0.0
    death = lives["death"](t - 1, lives["groups"][who][1], age(t - 1), a["people.mortality"])
    kept = away(t - 1) * (1 - death) * (1 - a["jht.later"])
    gone = active(t - 1) * (1 - q(t - 1)) * (1 - dis(t - 1)) * leave(t - 1) * (1 - a["jht.cash_out"])
    return (kept + gone) * (1 + rate(t))


def taken(t):
    """All that is paid at the end of year t: at 56 everything, before that by cause."""
    if age(t) + 1 >= 56:
        return active(t) + away(t)
    works = active(t) * (1 - q(t)) * (1 - dis(t))
    found = active(t) - works
    found += works * leave(t) * a["jht.cash_out"] + works * (1 - leave(t)) * a["jht.partial"]
    death = lives["death"](t, lives["groups"][who][1], age(t), a["people.mortality"])
    return found + away(t) * (death + (1 - death) * a["jht.later"])


def jkp_base(t, most):
    """Monthly wages of JKP members, each up to Rp5,000,000 (PP 37/2021 Pasal 11)."""
    if segment() != "formal_large" or t < 2021:
        return 0.0
    found = 0.0
    for share, of_class in zip(lives["class_share"], lives["class_wage"]):
        one = e["wage"][t] * lives["profile"](lives["groups"][who][1], min(age(t), 64)) * of_class
        found += share * min(one, most)
    return heads(t) * lives["jkp_share"] * found


def cash_base(t):
    return jkp_base(t, 5_000_000 * law.sums(t))


# ---- all groups


def total(name, t):
    return sum(getattr(group(i), name)(t) for i in range(len(lives["groups"])))


def wages(names, t):
    """Monthly wages of segments."""
    found = 0.0
    for i, one in enumerate(lives["groups"]):
        if one[0] in names:
            found += group(i).heads(t) * group(i).wage(t)
    return found


def accidents(names, t):
    """Heads of segments."""
    return sum(group(i).heads(t) for i, one in enumerate(lives["groups"]) if one[0] in names)


def cash(t):
    return sum(group(i).cash_base(t) for i in range(len(lives["groups"])))


def moved(t, share):
    """What JKP takes out of another programme, of what is collected."""
    return cash(t) * 12 * share * (10 / 12 if t == 2021 else 1) * a["jkm.collected"]


def jkp_in(t):
    """The state 0.22 per cent, out of JKK 0.14, out of JKM 0.10 until 2024 (PP 37/2021 Pasal 11; PP 6/2025)."""
    state = cash(t) * 12 * 0.0022 * (10 / 12 if t == 2021 else 1)
    return state + moved(t, 0.0014) + moved(t, 0.001 if t < 2025 else 0.0)


def jkp_paid(t):
    """45 per cent three months and 25 three more; since 2025 60 per cent of six (PP 6/2025); training Rp1.0, then Rp2.4
    million."""
    runs = 0.0 if t < 2022 else 0.25 if t == 2022 else 1.0
    shares = [0.45] * 3 + [0.25] * 3 if t < 2025 else [0.6] * 6
    months = sum(share * min(max(a["jkp.months"] - at, 0), 1) for at, share in enumerate(shares))
    people = accidents(("formal_large",), t) * lives["jkp_share"] * a["jkp.dismissed"] * runs
    training = (1_000_000 if t < 2025 else 2_400_000) * law.sums(t)
    return cash(t) * a["jkp.dismissed"] * runs * months + people * a["jkp.trained"] * training


def prices(t):
    """At the end of year t, 1 at the end of 2015."""
    return 1.0 if t == FIRST else prices(t - 1) * (1 + e["inflation"][t])


def construction(t):
    return accidents(("construction",), t) * a["jkm.construction"] * prices(t) / prices(2023) * 12


def jkm_in(t):
    """0.3 per cent of wages, Rp6,800 a month of own account (PP 44/2015 Pasal 18)."""
    share = a["jkm.collected"]
    formal = wages(("formal_large", "formal_small", "public"), t) * 0.003 * 12 * share
    out = cash(t) * 12 * (0.0 if t < 2021 or t >= 2025 else 0.001) * share
    return formal - out + accidents(("bpu",), t) * 6_800 * law.sums(t) * 12 * share + construction(t) * 3.0 / 5.4


def deaths(t):
    return sum(group(i).heads(t) * group(i).q(t) for i in range(len(lives["groups"])) if group(i).heads(t))


def school(t):
    """A child stands evenly at any of 19 years of school when the parent dies, and is paid for each year still to come."""
    found = 0.0
    plan = SCHOOL
    for died in range(2020, t):
        for level in range(len(plan)):
            at = level + t - died - 1
            if at < len(plan):
                found += deaths(died) * a["jkm.scholars"] / len(plan) * plan[at] * law.sums(t)
    return found


def jkm_paid(t):
    """Rp42,000,000 since 2 December 2019, Rp24,000,000 before (PP 44/2015 Pasal 34; PP 82/2019)."""
    return deaths(t) * (24_000_000 if t < 2020 else 42_000_000) * law.sums(t) + school(t)


def jkk_in(t):
    """By risk class; government workers who are not civil servants pay the lowest. Own account Rp10,000 a month."""
    share = a["jkm.collected"]
    mean = sum(rate * of for rate, of in JKK_RATES)
    formal = wages(("formal_large", "formal_small"), t) * mean * 12 * share + wages(("public",), t) * 0.0024 * 12 * share
    out = cash(t) * 12 * (0.0014 if t >= 2021 else 0.0) * share
    return formal - out + accidents(("bpu",), t) * 10_000 * law.sums(t) * 12 * share + construction(t) * 2.4 / 5.4


def mean_wage(t):
    names = ("formal_large", "formal_small", "public")
    people = accidents(names, t)
    return wages(names, t) / people if people else 0.0


def jkk_of(t, number, pay):
    """What so many accidents of people with a wage cost: wages while unable to work, disability, death."""
    full = 360 if t >= 2020 else 180
    days = min(a["jkk.days"], full) + max(a["jkk.days"] - full, 0) / 2
    found = number * pay * days / 30
    found += number * a["jkk.partly_disabled"] * a["jkk.partial_loss"] * 80 * pay
    fixed = (12_000_000 if t >= 2020 else 4_800_000) * law.sums(t)
    found += number * a["jkk.totally_disabled"] * (0.7 * 80 * pay + fixed)
    lump = max(0.6 * 80 * pay, (20_000_000 if t >= 2020 else 16_200_000) * law.sums(t))
    funeral = (10_000_000 if t >= 2020 else 3_000_000) * law.sums(t)
    return found + number * a["jkk.deaths"] * (lump + fixed + funeral)


def jkk_paid(t):
    """PP 44/2015 and, from 2 December 2019, PP 82/2019; treatment at prices of 2023."""
    formal = accidents(("formal_large", "formal_small", "public"), t) * a["jkk.accidents"]
    other = accidents(("bpu", "construction"), t) * a["jkk.accidents_informal"]
    medical = (formal + other) * a["jkk.medical"] * prices(t) / prices(2023)
    return medical + jkk_of(t, formal, mean_wage(t)) + jkk_of(t, other, e["wage"][t] * lives["bpu_wage"])
