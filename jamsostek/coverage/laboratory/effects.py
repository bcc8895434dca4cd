"""From the cells of a scan to what a reform does: who pays, what funds receive and pay, who is covered, which families fall.

All in whole numbers: rupiah, people, and millionths of a family (a family struck with a chance of one in a thousand is a
thousandth of one), so that regions add up to the nation exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from jamsostek.core.rupiah import PPM, Int64Array, scale, share
from jamsostek.coverage.laboratory.assumptions import DEATHS
from jamsostek.coverage.laboratory.cells import CLASSES, PLACES, SHAPE
from jamsostek.coverage.laboratory.reform import PERMILLE, Subsidy
from jamsostek.coverage.laboratory.rows import BENEFITS, paid_by
from jamsostek.coverage.laboratory.scan import Scan
from jamsostek.law.segments.contribution import PAYERS
from jamsostek.synth.assumptions import SEXES
from jamsostek.synth.published import PARENTS, coverage, labour_force

MONTHS = 12
MICRO = 1_000_000
"""Parts of a family."""
PERSONS = ("members", "joined", "outside", "paid_for")
CONTRIBUTIONS = tuple(f"by_{payer}" for payer in ("employer", "worker", *PAYERS))
FUNDS = ("fund_jkk", "fund_jkm", "fund_jht", "fund_jp", "fund_jkp", "fund_pmi", "fund_other")
OUTFLOW = ("benefit_jkk", "benefit_jkm")
BUDGET = ("state_jkp",)
FAMILIES = ("struck", "falling_bare", "falling", "falling_outside", "months_bare", "months")
MEASURES = (*PERSONS, *CONTRIBUTIONS, *BUDGET, *FUNDS, *OUTFLOW, *FAMILIES)
Effects = dict[str, Int64Array]


@cache
def outside_permille() -> Int64Array:
    """Informal workers who are not members, for each thousand BPU members, by province in order (PLACES).

    Employed outside formal work (Sakernas, August 2025) less the active BPU of 2025, shared alike in the provinces parted in
    2022, which the table of members still counts in their parents.
    """
    members, force = coverage("BPU"), labour_force()
    found = np.zeros(len(PLACES), dtype=np.int64)
    for code, place in PLACES.items():
        whole = PARENTS.get(code, code)
        family = [one for one in PLACES if PARENTS.get(one, one) == whole]
        informal, inside = sum(force[one].informal for one in family), members[whole].value
        found[place] = max(informal - inside, 0) * PERMILLE // inside
    return found


def effects(found: Scan, place: int, subsidies: tuple[Subsidy, ...], assumed: Mapping[str, Any], years: int) -> Effects:
    """The measures (MEASURES) of SHAPE under one law and its subsidies: persons in the month, rupiah, families of all years."""
    sums, workers = found.of_law[place], found.facts["workers"]
    out: Effects = {name: np.zeros(SHAPE, dtype=np.int64) for name in MEASURES}
    out["members"] += workers
    out["outside"] += _others(workers)
    out["paid_for"] += workers * _classes(lambda _segment, payer, _sector: payer not in ("", "self"))
    _contributions(out, sums)
    struck = _struck(found.facts, sums, assumed)
    for name, values in struck.items():
        out[name] += values
        if name in FAMILIES:  # those outside have no benefit
            out[name] += _others(struck[_BARE.get(name, name)])
    out["falling_outside"] += _others(struck["falling_bare"])
    for rule, moved, joined in _shares(subsidies):
        _taken_over(out, sums, workers, rule, moved)
        _joining(out, sums, workers, struck, rule, joined)
    for name in (*CONTRIBUTIONS, *BUDGET, *FUNDS):
        out[name] *= MONTHS * years
    for name in (*OUTFLOW, *FAMILIES):
        out[name] *= years
    return out


def _classes(chosen: Callable[[str, str, str], bool]) -> Int64Array:
    """1 for the classes chosen, 0 for the others: shaped to be multiplied with cells."""
    return np.array([int(chosen(*one)) for one in CLASSES], dtype=np.int64)


_IS_BPU = _classes(lambda segment, _payer, _sector: segment == "bpu")
_BARE = {"falling": "falling_bare", "months": "months_bare"}
"""What a family without any benefit is counted under."""


def _others(values: Int64Array) -> Int64Array:
    """The same of the informal workers outside: they are assumed to be like the BPU members of their province."""
    return scale(values * _IS_BPU, outside_permille()[:, None, None, None], PERMILLE)


def _contributions(out: Effects, sums: Mapping[str, Int64Array]) -> None:
    """Who pays today, and which fund receives."""
    total = sums["total_rupiah"]
    worker = sum((v for name, v in sums.items() if name.endswith("_worker_rupiah")), np.zeros_like(total))
    waged = _classes(lambda segment, _payer, _sector: segment in ("pu", "non_asn", "construction"))
    out["by_worker"] += worker * waged
    out["by_employer"] += (total - worker) * waged
    for payer in PAYERS:
        paid = _classes(lambda segment, by, _sector, p=payer: by == p or (segment == "migrant" and p == "self"))  # type: ignore[misc]
        out[f"by_{payer}"] += total * paid
    out["state_jkp"] += sums["jkp_government_rupiah"]
    funds = {
        "fund_jkk": ("jkk_fund_rupiah",), "fund_jkm": ("jkm_fund_rupiah",), "fund_pmi": ("package_rupiah",),
        "fund_jht": ("jht_employer_rupiah", "jht_worker_rupiah"), "fund_jp": ("jp_employer_rupiah", "jp_worker_rupiah"),
        "fund_jkp": ("jkp_from_jkk_rupiah", "jkp_from_jkm_rupiah", "jkp_government_rupiah"),
    }  # fmt: skip
    out["fund_other"] += total + sums["jkp_government_rupiah"]
    for fund, columns in funds.items():
        for column in columns:
            out[fund] += sums[column]
            out["fund_other"] -= sums[column]


def _struck(facts: Mapping[str, Int64Array], sums: Mapping[str, Int64Array], assumed: Mapping[str, Any]) -> Effects:
    """Of the members in a year: families struck, falling and months under the line, without and with benefit; what is paid."""
    out: Effects = {name: np.zeros(SHAPE, dtype=np.int64) for name in (*FAMILIES, *OUTFLOW)}
    known = facts["workers"] - facts["workers"] * _classes(lambda segment, _payer, _sector: segment == "migrant")
    for benefit, loss in BENEFITS.items():
        out["struck"] += _expected(benefit, known * MICRO, assumed)
        for what in ("falling", "months"):
            out[f"{what}_bare"] += _expected(benefit, facts[f"{loss}_{what}"] * MICRO, assumed)
            out[what] += _expected(benefit, sums[f"{benefit}_{what}"] * MICRO, assumed)
        out[f"benefit_{benefit[:3]}"] += _expected(benefit, sums[benefit], assumed)
    return out


def _expected(benefit: str, values: Int64Array, assumed: Mapping[str, Any]) -> Int64Array:
    """Values of people struck by what the benefit is for, in a year, by the rates assumed."""
    if benefit == "jkm_death":
        return share(values, assumed[DEATHS])
    killed, disabled = assumed["accidents.deaths_ppm"], assumed["accidents.disability_ppm"]
    of_accidents = {"jkk_death": killed, "jkk_disability": disabled, "jkk_incapacity": max(PPM - killed - disabled, 0)}
    return share(share(values, assumed["accidents.yearly_ppm"]), of_accidents[benefit])


def _shares(subsidies: tuple[Subsidy, ...]) -> Iterator[tuple[Subsidy, Int64Array, Int64Array]]:
    """For each rule and cell the millionths of those paying for themselves it takes over, and of those outside who join.

    Each rule takes its share of what the rules before it left: nobody is paid for twice.
    """
    by_self = _classes(lambda _segment, payer, _sector: payer == "self")
    self_left, outside_left = np.full(SHAPE, PPM, dtype=np.int64), np.full(SHAPE, PPM, dtype=np.int64)
    for rule in subsidies:
        who = _meant(rule)
        moved = self_left * who * by_self * rule.share_permille // PERMILLE
        joined = outside_left * who * rule.take_up_permille // PERMILLE
        self_left -= moved
        outside_left -= joined
        yield rule, moved, joined


def _meant(rule: Subsidy) -> Int64Array:
    """1 for the cells a rule is about."""
    provinces = np.array([int(not rule.provinces or code in rule.provinces) for code in PLACES], dtype=np.int64)
    sexes = np.array([int(not rule.sexes or one in rule.sexes) for one in SEXES], dtype=np.int64)
    deciles = np.array([int(not rule.deciles or one in rule.deciles) for one in range(SHAPE[2])], dtype=np.int64)
    of_class = _classes(lambda segment, _payer, sector: segment == "bpu" and (not rule.sectors or sector in rule.sectors))
    found: Int64Array = np.einsum("a,b,c,d->abcd", provinces, sexes, deciles, of_class)
    return found


def _taken_over(out: Effects, sums: Mapping[str, Int64Array], workers: Int64Array, rule: Subsidy, moved: Int64Array) -> None:
    """A budget pays JKK and JKM instead of the worker; JHT stays the worker's own."""
    out["paid_for"] += share(workers, moved)
    for programme in ("jkk", "jkm"):
        own, paid = share(sums[f"{programme}_rupiah"], moved), share(sums[paid_by(rule.payer, programme)], moved)
        out["by_self"] -= own
        out[f"by_{rule.payer}"] += paid
        out[f"fund_{programme}"] += paid - own


def _joining(
    out: Effects, sums: Mapping[str, Int64Array], workers: Int64Array, struck: Effects, rule: Subsidy, joined: Int64Array
) -> None:
    """People from outside become members whom the budget pays for, with the benefits of members like them."""
    people = share(_others(workers), joined)
    for name in ("members", "joined", "paid_for"):
        out[name] += people
    out["outside"] -= people
    for programme in ("jkk", "jkm"):
        paid = share(_others(sums[paid_by(rule.payer, programme)]), joined)
        out[f"by_{rule.payer}"] += paid
        out[f"fund_{programme}"] += paid
        out[f"benefit_{programme}"] += share(_others(struck[f"benefit_{programme}"]), joined)
    for name, bare in _BARE.items():
        out[name] += share(_others(struck[name]), joined) - share(_others(struck[bare]), joined)
    out["falling_outside"] -= share(_others(struck["falling_bare"]), joined)
