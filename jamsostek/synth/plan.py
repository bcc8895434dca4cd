"""How many of whom: the published tables scaled to the number of workers wanted, in whole people.

What is published comes out exactly (scaled, by largest remainder); see `assumptions` for the rest. Nothing here is
random: the plan of a number of workers is always the same, and the seed only decides who sits where.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from jamsostek.core.dates import days_from_civil
from jamsostek.core.regions import PROVINCES, province, regencies_of
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import published
from jamsostek.synth.allocate import split, spread

DISTRICTS = 99
"""Sub-district codes a NIK has room for: 01 to 99."""

BAND_FIRST_DAY = np.array([days_from_civil(assumed.AS_OF_YEAR - last - 1, 1, 2) for _, last in assumed.AGE_BANDS])
"""First birth day (days since 1970) of each age band; who is born on 1 January completes the year that day."""
BAND_LAST_DAY = np.array([days_from_civil(assumed.AS_OF_YEAR - first, 1, 1) for first, _ in assumed.AGE_BANDS])
BAND_DAYS = BAND_LAST_DAY - BAND_FIRST_DAY + 1


@dataclass(frozen=True)
class Work:
    """What a segment's people do: groups of people alike, their numbers, and one value a group for each column."""

    people: Int64Array
    columns: dict[str, Int64Array]


@dataclass(frozen=True)
class ProvincePlan:
    """The people of one province: `who[segment, sex, regency, age band]` and, for each segment, their `work`."""

    code: int
    regencies: tuple[int, ...]
    who: Int64Array
    work: tuple[Work, ...]
    minimum_rupiah: int
    usual_districts: int
    """Sub-districts of an average regency of the province."""

    @property
    def segments(self) -> Int64Array:
        """People by segment."""
        return np.asarray(self.who.sum(axis=(1, 2, 3)))

    @property
    def people(self) -> int:
        """All people of the province."""
        return int(self.who.sum())


@dataclass(frozen=True)
class Plan:
    """The nation: one row for each province in the order of `codes`."""

    workers: int
    codes: tuple[int, ...]
    segments: Int64Array
    """(province, segment)"""
    women: Int64Array
    """(province, segment)"""
    scales: Int64Array
    """(province, scale), people in pu"""
    jkp: Int64Array
    """JKP members by province, people in pu"""
    payers: Int64Array
    """(province, payer), people in bpu"""
    jht: Int64Array
    """BPU with JHT by province"""
    routes: Int64Array
    """(province, route), migrants"""

    @cached_property
    def provinces(self) -> dict[int, ProvincePlan]:
        """The plan of each province by code."""
        return {code: _province(self, place) for place, code in enumerate(self.codes)}

    @property
    def repeated_niks(self) -> int:
        """People beyond the 99 numbers ending in 0000 of a regency, birth date and sex; 0 up to 80 million people."""
        crowd = [p.who.sum(axis=0) - DISTRICTS * BAND_DAYS for p in self.provinces.values()]
        return int(sum(np.maximum(c, 0).sum() for c in crowd))


def make_plan(workers: int) -> Plan:
    """The nation of `workers` people, 1 or more."""
    codes = tuple(PROVINCES)
    segments = _segments(workers, codes)
    jkp_and_scales = _scales(segments[:, assumed.PU])
    payers, jht = _payers(segments[:, assumed.BPU])
    return Plan(
        workers=workers,
        codes=codes,
        segments=segments,
        women=np.array([_women(row, code) for row, code in zip(segments, codes, strict=True)]),
        scales=jkp_and_scales[0],
        jkp=jkp_and_scales[1],
        payers=payers,
        jht=jht,
        routes=spread(segments[:, assumed.MIGRANT], _of_thousand(assumed.AGENCY_OF_MIGRANTS)),
    )


def _of_thousand(share: int) -> tuple[int, int]:
    return share, 1_000 - share


def _of(part: int, whole: int) -> tuple[int, int]:
    return part, whole - part


def segment_weights() -> Int64Array:
    """Published members by segment: the coverage table of 2025 by province, the non-ASN taken out of its PU, and the
    national figures of construction and migrants of April 2025."""
    national = published.national()
    non_asn = national["non_asn"].value
    wage_workers = sum(f.value for f in published.coverage("PU").values())
    bpu = sum(f.value for f in published.coverage("BPU").values())
    return np.array([wage_workers - non_asn, non_asn, bpu, national["construction"].value, national["migrant"].value])


def _segments(workers: int, codes: tuple[int, ...]) -> Int64Array:
    totals = split(workers, segment_weights())
    force = published.labour_force()
    formal, informal = ({c: getattr(force[c], kind) for c in codes} for kind in ("formal", "informal"))
    wage_workers = _by_province("PU", int(totals[assumed.PU] + totals[assumed.NON_ASN]), formal)
    non_asn = split(int(totals[assumed.NON_ASN]), wage_workers)
    employed = [force[c].employed for c in codes]
    table = {
        assumed.PU: wage_workers - non_asn,
        assumed.NON_ASN: non_asn,
        assumed.BPU: _by_province("BPU", int(totals[assumed.BPU]), informal),
        assumed.CONSTRUCTION: split(int(totals[assumed.CONSTRUCTION]), employed),
        assumed.MIGRANT: split(int(totals[assumed.MIGRANT]), employed),
    }
    return np.stack([table[s] for s in range(len(assumed.SEGMENTS))], axis=1)


def _by_province(segment: str, total: int, within: dict[int, int]) -> Int64Array:
    """The coverage table scaled to `total`; a parent shares with the provinces split off in 2022 by `within`."""
    table = published.coverage(segment)
    scaled = dict(zip(table, split(total, [f.value for f in table.values()]).tolist(), strict=True))
    for parent in sorted(set(published.PARENTS.values())):
        family = [parent, *(child for child, of in published.PARENTS.items() if of == parent)]
        scaled |= dict(zip(family, split(scaled[parent], [within[c] for c in family]).tolist(), strict=True))
    return np.array([scaled[code] for code in within], dtype=np.int64)


def _women(segments: Int64Array, code: int) -> Int64Array:
    """Women by segment: together the share of women in the province's labour force, in each segment by its odds."""
    force = published.labour_force()[code]
    women = int(split(int(segments.sum()), [force.men, force.women])[1])
    if women == 0:
        return np.zeros_like(segments)
    low, high = 0.0, 1e6
    for _ in range(200):  # the odds that make the segments' women add up; only + x / so that all machines agree
        middle = (low + high) / 2
        share = [middle * odds / (1 + middle * odds) for odds in assumed.WOMEN_ODDS]
        low, high = (middle, high) if float(segments @ np.array(share)) < women else (low, middle)
    return split(women, [int(n * 1_000 * s) for n, s in zip(segments.tolist(), share, strict=True)])


def _scales(pu: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Scales and JKP members by province: JP means a large or medium firm, JHT without JP a small one."""
    national = published.national()
    members = national["wage_workers_2023"].value - national["non_asn"].value
    jp = national["jp_2023"].value
    jht = national["jht_all_2023"].value - national["jht_bpu_2023"].value
    groups = spread(pu, [jp, jht - jp, members - jht])
    scales = np.concatenate([spread(groups[:, 0], _of_thousand(assumed.LARGE_OF_LARGE_AND_MEDIUM)), groups[:, 1:]], axis=1)
    jkp = int(split(int(pu.sum()), _of(national["jkp_2023"].value, members))[0])
    return scales, split(jkp, scales[:, :3].sum(axis=1))


def _payers(bpu: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Payers by province, and who chose JHT: only people who pay for themselves do."""
    national = published.national()
    groups = spread(bpu, _of(national["subsidised"].value, national["bpu_2025"].value))
    village, region = spread(groups[:, 0], _of_thousand(assumed.VILLAGE_OF_SUBSIDISED)).T
    own, apbn, donor = spread(groups[:, 1], assumed.UNSUBSIDISED_PAYERS).T
    jht = int(split(int(bpu.sum()), _of(national["jht_bpu_2023"].value, national["bpu_2023"].value))[0])
    return np.stack([own, apbn, region, village, donor], axis=1), split(jht, own)


def _province(plan: Plan, place: int) -> ProvincePlan:
    code = plan.codes[place]
    regencies = regencies_of(code)
    sexes = np.stack([plan.segments[place] - plan.women[place], plan.women[place]], axis=1)
    by_regency = spread(sexes, [r.population_2024h2 for r in regencies])
    who = np.stack([spread(table, shares) for table, shares in zip(by_regency, assumed.AGE_SHARES, strict=True)])
    return ProvincePlan(
        code=code,
        regencies=tuple(r.code for r in regencies),
        who=who,
        work=(
            _pu(plan.scales[place], int(plan.jkp[place])),
            _alike(plan.segments[place, assumed.NON_ASN], wage_model=assumed.WAGES_NON_ASN),
            _bpu(plan.payers[place], int(plan.jht[place])),
            # As workers on projects are: JKK at the highest class and JKM, whatever the builder's scale.
            _alike(
                plan.segments[place, assumed.CONSTRUCTION],
                wage_model=assumed.WAGES_CONSTRUCTION,
                risk_class=assumed.RISK_CLASSES.index("very_high"),
                scale=assumed.SCALES.index("micro"),
            ),
            _migrants(plan.routes[place]),
        ),
        minimum_rupiah=published.minimum_wages()[code].value,
        usual_districts=max(1, province(code).kecamatan // len(regencies)),
    )


def _work(people: Int64Array, *axes: tuple[str, npt.ArrayLike]) -> Work:
    """Groups from a table whose axes are columns with the values given."""
    grid = np.meshgrid(*(np.asarray(values, dtype=np.int64) for _, values in axes), indexing="ij")
    return Work(people.ravel(), {name: g.ravel() for (name, _), g in zip(axes, grid, strict=True)})


def _alike(people: np.int64, **columns: int) -> Work:
    return Work(np.array([people]), {name: np.array([value], dtype=np.int64) for name, value in columns.items()})


def _pu(scales: Int64Array, jkp: int) -> Work:
    intensive = np.zeros((4, 2), dtype=np.int64)  # scale x (no, yes)
    intensive[:2] = spread(scales[:2], _of_thousand(assumed.LABOUR_INTENSIVE_OF_LARGE_AND_MEDIUM))[:, ::-1]
    intensive[2:, 0] = scales[2:]
    members = np.zeros((4, 2, 2), dtype=np.int64)  # ... x JKP (no, yes)
    members[:3, :, 1] = split(jkp, intensive[:3])
    members[..., 0] = intensive - members[..., 1]
    work = _work(
        spread(members, assumed.RISK_SHARES),
        ("scale", range(4)), ("labour_intensive", range(2)), ("jkp_member", range(2)), ("risk_class", range(5)),
    )  # fmt: skip
    return Work(work.people, work.columns | {"wage_model": work.columns["scale"]})


def _bpu(payers: Int64Array, jht: int) -> Work:
    members = np.zeros((5, 2), dtype=np.int64)  # payer x JHT (no, yes)
    members[:, 0] = payers
    members[0] -= (jht, -jht)
    work = _work(
        spread(members, _of_thousand(assumed.TRANSPORT_OF_BPU)),
        ("payer", range(5)), ("jht_member", range(2)), ("sector", range(2)),
    )  # fmt: skip
    return Work(work.people, work.columns | {"wage_model": np.full(len(work.people), assumed.WAGES_BPU)})


def _migrants(routes: Int64Array) -> Work:
    return _work(spread(routes, assumed.CONTRACT_SHARES), ("route", range(2)), ("contract_months", assumed.CONTRACT_MONTHS))
