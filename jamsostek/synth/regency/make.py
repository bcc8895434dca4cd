"""The one door: what is asked for is checked, then the regency is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_month
from jamsostek.core.regions import regency
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.synth.population import MAX_SEED
from jamsostek.synth.regency.demo import demo_employer
from jamsostek.synth.regency.parts import make_ground, make_life, make_tables
from jamsostek.synth.regency.roster import Row
from jamsostek.synth.regency.shares import Shares

DEFAULT_REGENCY = 3508
"""Kabupaten Lumajang, 1.1 million people, by the plan some 150,000 members: the demo is a third of it. It has rice, sugar cane,
wood, sand pits and a fishing coast, so that every kind of worker occurs. Its own minimum wages are known from 2024 on, and a
report of 2025 on the vulnerable workers it pays for (5,606, seven months, Rp659,265,600) gives something to compare with."""
FEWEST_WORKERS, MOST_WORKERS = 1_000, 200_000
FEWEST_EMPLOYERS = 40
WORKERS_PER_EMPLOYER = 20
"""At least so many for each employer, so that everybody wanted has somebody."""
_USUAL_WORKERS_PER_EMPLOYER = 125
FIRST_MONTH, LAST_MONTH = 202401, 203512


@dataclass(frozen=True)
class Regency:
    """A synthetic regency in `month`; `tables` are described at the top of the package."""

    seed: int
    workers: int
    regency_code: int
    name: str
    month: int
    shares: Shares = field(repr=False)
    """What the active members add up to."""
    minimum_rupiah: int
    """The minimum wage of the month's year."""
    tables: Mapping[str, pa.Table] = field(repr=False)
    roster: tuple[Row, ...] = field(repr=False)
    """Rows for a month's file of the demo employer, good and faulty."""
    roster_employer: int

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]


def usual_employers(workers: int) -> int:
    """As many employers as a regency of so many workers has where nobody says how many: 400 for 50,000."""
    return max(FEWEST_EMPLOYERS, workers // _USUAL_WORKERS_PER_EMPLOYER)


def make_regency(
    seed: int, *, workers: int = 50_000, employers: int = 400, regency_code: int = DEFAULT_REGENCY, month: int
) -> Regency:
    """A regency with exactly `workers` active members in `month` (YYYYMM); the same arguments give the same bytes.

    Raises `InputError` for numbers out of range and `UnknownRegion` for a regency that is on no map.
    """
    name = regency(regency_code).name
    _check(seed, workers, employers, parse_month(month))
    ground = make_ground(seed, workers, employers, regency_code, name, month)
    life = make_life(ground)
    tables, roster = make_tables(ground, life)
    return Regency(
        seed=seed,
        workers=workers,
        regency_code=regency_code,
        name=name,
        month=month,
        shares=ground.shares,
        minimum_rupiah=int(ground.minimum[-1]),
        tables=tables,
        roster=roster,
        roster_employer=demo_employer(ground.employers) + 1,
    )


def _check(seed: int, workers: int, employers: int, month: int) -> None:
    _within("seed", seed, 0, MAX_SEED, _("Benih {value} di luar {least} sampai {largest}."))
    _within("workers", workers, FEWEST_WORKERS, MOST_WORKERS, _("Jumlah pekerja {value} di luar {least} sampai {largest}."))
    most = workers // WORKERS_PER_EMPLOYER
    _within("employers", employers, FEWEST_EMPLOYERS, most, _("Jumlah pemberi kerja {value} di luar {least} sampai {largest}."))
    _within("month", month, FIRST_MONTH, LAST_MONTH, _("Bulan {value} di luar {least} sampai {largest}."))


def _within(name: str, value: int, least: int, largest: int, message: str) -> None:
    if not least <= value <= largest:
        said = str if name == "month" else format_number
        raise InputError(message.format(value=said(value), least=said(least), largest=said(largest)), field=name, value=value)
