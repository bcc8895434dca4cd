"""Birth dates for comparing: default dates are known as such, day and month may have been exchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import civil_from_days, days_in_month
from jamsostek.core.rupiah import Int64Array

Bools = npt.NDArray[np.bool_]
DEFAULTS = ((12, 31), (7, 1), (1, 1))
"""Month and day that offices write when only the year is known."""


@dataclass(frozen=True)
class Dates:
    """One entry a record; numbers are 0 where there is no date."""

    years: Int64Array
    months: Int64Array
    days: Int64Array
    missing: Bools

    @property
    def is_default(self) -> Bools:
        """No date, or one that offices write when only the year is known."""
        return self.missing | is_default(self.months, self.days)

    def filled(self, birth_day: Int64Array, known: Bools) -> Dates:
        """With other dates (days since 1970) where there is none and they are known."""
        here = self.missing & known
        civil = civil_from_days(np.where(here, birth_day, 0))
        return replace(
            self,
            years=np.where(here, civil.year, self.years),
            months=np.where(here, civil.month, self.months),
            days=np.where(here, civil.day, self.days),
            missing=self.missing & ~known,
        )

    def text(self) -> pa.Array:
        """YYYYMMDD."""
        return _texts(self.years * 10_000 + self.months * 100 + self.days, self.missing)

    def swapped(self) -> pa.Array:
        """YYYYMMDD with day and month exchanged where that is another date."""
        can = ~self.missing & (self.days != self.months) & (self.months <= days_in_month(self.years, self.days))
        return _texts(self.years * 10_000 + self.days * 100 + self.months, ~can)

    def year(self) -> pa.Array:
        """The year."""
        return pa.array(self.years.astype(np.int32), mask=self.missing)


def is_default(months: Int64Array, days: Int64Array) -> Bools:
    """Whether it is a day that is written where only the year is known."""
    found = np.zeros(len(months), dtype=np.bool_)
    for month, day in DEFAULTS:
        found |= (months == month) & (days == day)
    return found


def dates_of(written: pa.Array) -> Dates:
    """Dates of a column."""
    missing = pc.is_null(written).to_numpy(zero_copy_only=False)
    days = pc.fill_null(written.cast(pa.int32()), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    civil = civil_from_days(days)
    years, months, of_month = (np.where(missing, 0, part) for part in civil)
    return Dates(years, months, of_month, missing)


def _texts(numbers: Int64Array, missing: Bools) -> pa.Array:
    return pa.array(numbers, mask=missing).cast(pa.string())
