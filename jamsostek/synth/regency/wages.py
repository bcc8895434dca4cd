"""What jobs pay: a wage that follows the minimum wage from year to year, and a position that fits it."""

from __future__ import annotations

import numpy as np

from jamsostek.core.rupiah import PPM, Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import VILLAGE_OFFICE, Employers
from jamsostek.synth.regency.jobs import OPEN, Jobs
from jamsostek.synth.regency.members import CONSTRUCTION, NON_ASN, TRAINING, Window
from jamsostek.synth.wages import wages

_ROUND = 1_000
_POSITIONS = tuple(position for group in assumed.POSITIONS.values() for position in group)


def wage_rows(jobs: Jobs, employers: Employers, bits: Int64Array, minimum: Int64Array, window: Window) -> tuple[Int64Array, ...]:
    """Row of the job, first month (count since year 0) and rupiah: one when the job begins and one every January after.

    `minimum` holds the minimum wage of each year of the window. A wage at the minimum stays at the minimum; one above it
    also grows with the years in the job.
    """
    last = np.where(jobs.last == OPEN, window.last, jobs.last)
    years = last // 12 - jobs.first // 12 + 1
    row = np.repeat(np.arange(len(jobs)), years)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(years) - years, years)
    month = np.where(turn == 0, jobs.first[row], (jobs.first[row] // 12 + turn) * 12)
    least = minimum[month // 12 - window.first // 12]
    # As multiples of a minimum of one million rupiah, so that every year's minimum can be put in.
    multiple_ppm = np.where(jobs.segment == TRAINING, PPM, wages(_models(jobs, employers), bits, PPM))[row]
    grown = multiple_ppm + np.where(multiple_ppm > PPM, multiple_ppm * turn * assumed.SENIORITY_PPM // PPM, 0)
    exact = grown * least // PPM
    rounded = np.maximum(exact // _ROUND * _ROUND, np.minimum(exact, least))
    return row, month, np.where(multiple_ppm == PPM, least, rounded)


def _models(jobs: Jobs, employers: Employers) -> Int64Array:
    """Which of the nation's wage models each job follows."""
    model = employers.scale[jobs.employer]
    return np.select(
        [jobs.segment == NON_ASN, jobs.segment == CONSTRUCTION], [nation.WAGES_NON_ASN, nation.WAGES_CONSTRUCTION], model
    )


def positions(draw: Draw, jobs: Jobs, employers: Employers, bits: Int64Array) -> list[str]:
    """A position for each job: the highest wages lead, the next are skilled, the others do the work."""
    standing = bits >> 20
    groups = list(assumed.POSITIONS)
    group = np.select(
        [standing >= least for least, _ in assumed.STANDINGS], [groups.index(name) for _, name in assumed.STANDINGS]
    )
    for segment, name in ((NON_ASN, "non_asn"), (CONSTRUCTION, "construction"), (TRAINING, "trainee")):
        group[jobs.segment == segment] = groups.index(name)
    in_village = (jobs.segment == NON_ASN) & (employers.kind[jobs.employer] == VILLAGE_OFFICE)
    group[in_village] = groups.index("village")
    sizes = np.array([len(options) for options in assumed.POSITIONS.values()])
    place = (np.cumsum(sizes) - sizes)[group] + draw.below(sizes[group])
    return [_POSITIONS[p] for p in place.tolist()]
