"""Who there is: members of the plan, and beside them those who left, died or are in training; sex, age and segment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jamsostek.core.dates import NO_DATE, civil_from_days, days_from_civil
from jamsostek.core.months import first_day, last_day, month_index, month_of_index
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.shares import make_shares

ORIGINS = ("member", "former", "deceased", "trainee", "registered_twice", "lookalike")
MEMBER, FORMER, DECEASED, TRAINEE, REGISTERED_TWICE, LOOKALIKE = range(6)
SEGMENTS = (*nation.SEGMENTS, "trainee")
TRAINING = len(nation.SEGMENTS)
PU, NON_ASN, BPU, CONSTRUCTION, MIGRANT = nation.PU, nation.NON_ASN, nation.BPU, nation.CONSTRUCTION, nation.MIGRANT
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Window:
    """The months the books cover, as counts of months since year 0, and the days around them."""

    month: int

    @property
    def last(self) -> int:
        """The month the regency is seen in."""
        return month_index(self.month)

    @property
    def first(self) -> int:
        """The month the books open."""
        return self.last - assumed.HISTORY_MONTHS + 1

    @property
    def last_day(self) -> int:
        """The last day of the month, in days since 1970-01-01: nothing is known later."""
        return last_day(self.month).toordinal() - _EPOCH

    @property
    def year(self) -> int:
        """The year the regency is seen in."""
        return self.month // 100


def month_index_of(days: Int64Array, years: int = 0) -> Int64Array:
    """The month a day lies in (or its anniversary `years` later), as a count of months since year 0."""
    civil = civil_from_days(days)
    return np.asarray((civil.year + years) * 12 + civil.month - 1)


def first_days(index: Int64Array) -> Int64Array:
    """The first day of each month counted since year 0."""
    return days_from_civil(index // 12, index % 12 + 1, 1)


def year_months(index: Int64Array) -> Int64Array:
    """Counts of months since year 0 as YYYYMM."""
    return np.asarray(index // 12 * 100 + index % 12 + 1)


def years_before(window: Window, years: Int64Array) -> Int64Array:
    """The day after the window's last, so many years earlier: whoever is born before it has completed them."""
    after = first_day(month_of_index(window.last + 1))
    return days_from_civil(after.year - years, after.month, 1)


def ages(window: Window, birth_day: Int64Array) -> Int64Array:
    """Completed years on the window's last day."""
    born = civil_from_days(birth_day)
    after = first_day(month_of_index(window.last + 1))
    return np.asarray(after.year - born.year - (born.month >= after.month))


@dataclass(frozen=True)
class Members:
    """One entry a person, in no order that tells anything."""

    origin: Int64Array
    segment: Int64Array
    """What the person does (or last did) first of all."""
    sex: Int64Array
    birth_day: Int64Array
    first: Int64Array
    """The first month the person may work, within the window."""
    last: Int64Array
    """The last month of membership; for who is a member now the window's last."""
    died_day: Int64Array
    """`NO_DATE` for the living."""

    def __len__(self) -> int:
        return len(self.origin)

    @property
    def is_now(self) -> Bools:
        """Who is a member in the window's last month."""
        return np.asarray((self.origin == MEMBER) | (self.origin == TRAINEE))

    def of(self, segment: int) -> Int64Array:
        """The people of a segment, now and before."""
        return np.flatnonzero(self.segment == segment)


def make_members(draw: Draw, province: int, workers: int, window: Window) -> Members:
    """Exactly `workers` active members by the province's shares, and the others in proportion."""
    parts = [
        _cohort(province, workers, MEMBER),
        _cohort(province, max(1, workers * assumed.FORMER // 1_000), FORMER),
        _cohort(province, max(1, workers * assumed.DECEASED // 1_000), DECEASED),
        _trainees(max(1, workers * assumed.TRAINEES // 1_000)),
    ]
    origin, segment, sex, youngest, oldest = np.concatenate(parts, axis=1)[:, draw.order(sum(p.shape[1] for p in parts))]
    born_from, born_before = years_before(window, oldest + 1), years_before(window, youngest)
    birth_day = born_from + draw.below(born_before - born_from)
    died_day, last = _endings(draw, origin, window)
    grown = month_index_of(birth_day, assumed.ADULT_YEARS)
    grown[origin == TRAINEE] = month_index_of(birth_day[origin == TRAINEE], assumed.TRAINEE_YEARS) + 1
    return Members(origin, segment, sex, birth_day, np.maximum(grown, window.first), last, died_day)


def _cohort(province: int, people: int, origin: int) -> Int64Array:
    """Rows: origin, segment, sex, youngest and oldest age, of people with the province's shares."""
    table = make_shares(province, people).ages
    cells = np.repeat(np.arange(table.size), table.ravel())
    segment, sex, band = (np.asarray(axis) for axis in np.unravel_index(cells, table.shape))
    bands = np.array(nation.AGE_BANDS, dtype=np.int64)
    if origin != MEMBER:
        # Whoever ended a membership some years ago was of age then; projects and contracts abroad end in other ways.
        segment = np.select([segment == CONSTRUCTION, segment == MIGRANT], [PU, BPU], segment)
        band = np.minimum(band + 2, len(bands) - 1)
    return np.stack([np.full(len(cells), origin), segment, sex, bands[band, 0], bands[band, 1]])


def _trainees(count: int) -> Int64Array:
    alike = [np.full(count, value) for value in (TRAINEE, TRAINING)]
    return np.stack([*alike, np.arange(count) % 2, np.full(count, 17), np.full(count, 21)])


def _endings(draw: Draw, origin: Int64Array, window: Window) -> tuple[Int64Array, Int64Array]:
    """Day of death and last month of each person."""
    count = len(origin)
    last = np.full(count, window.last, dtype=np.int64)
    earliest = int(first_days(np.array([window.first + 8]))[0])
    latest = int(first_days(np.array([window.last]))[0]) - 1
    died_day = np.where(origin == DECEASED, draw.whole(count, earliest, latest), NO_DATE)
    dead = origin == DECEASED
    last[dead] = month_index_of(died_day[dead])
    last[origin == FORMER] = draw.whole(int((origin == FORMER).sum()), window.first + 4, window.last - 2)
    return died_day, last
