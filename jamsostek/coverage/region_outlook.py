"""Where a region's members are heading, two ways that never share a line: this registry's own flows, and the nation's step.

by_flows     the monthly flows of the place in this registry go on: all members together, or each payer's by itself, whichever
             told its own past better (or the last count, where neither beat it). Bounds from the errors of that trial, growing as
             those of the nation's projection (`forecast.walk`).
like_nation  only a year's members were published: the place is assumed to take the nation's step, on the logit scale of the
             share of people at work. Bounds are the nation's; how a place differs from it is not in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_index
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cohorts, cube, forecast
from jamsostek.coverage.flows import Floats, Flows, monthly, run
from jamsostek.coverage.forecast import Told
from jamsostek.coverage.nation_history import GROWTH, end_of, outlook
from jamsostek.coverage.published import NATION
from jamsostek.coverage.starts import PUBLISHED, WORKERS_MONTH, start_of, workers_of

UNTIL = 2045
LEAST_PEOPLE = 1_000
"""Active members a place needs in the registry to be projected: of fewer, a month's flows are mostly rounding."""
LEAST_BEFORE, DISTANCES = 18, (3, 6, 12)
LEAST_MONTHS = LEAST_BEFORE + max(DISTANCES) + 1
"""Months before a trial, and ahead of it."""
WAYS = {
    "payers": N_("Arus tiap pembayar"),
    "whole": N_("Arus semua peserta"),
    "last": N_("Tetap seperti angka terakhir"),
}


@dataclass(frozen=True)
class Trial:
    """How a way told this place's own past: mean absolute error by months ahead, as a share of the count."""

    way: str
    by_months: dict[int, float]
    tries: dict[int, int]
    scale: float
    """Root mean square of its errors on the logit scale, in units of `forecast.walk`."""

    @property
    def mean(self) -> float:
        """Over the distances, each counting the same."""
        return float(np.mean(list(self.by_months.values())))


@dataclass(frozen=True)
class Course:
    """A region's members at the end of each year; `trials` best first, none where the nation's step was taken."""

    region: int
    since: float
    active: int
    told: tuple[Told, ...]
    trials: tuple[Trial, ...] = ()

    def at(self, year: int) -> Told:
        """The end of a year. StopIteration where it is not told."""
        return next(one for one in self.told if round(one.time) == year + 1)


def by_flows(region: int, *, growth: float = GROWTH) -> Course:
    """From this registry's months. Raises: InputError saying why there is no such projection."""
    found = cube.latest()
    if found is None:
        raise InputError(_("Belum ada potret malam dari daftar pemasangan ini."), field="region", value=region)
    return _by_flows(str(found.folder), region, growth)


@lru_cache(maxsize=1024)
def _by_flows(_folder: str, region: int, growth: float) -> Course:
    whole = cohorts.as_flows(region).get(cohorts.WHOLE)
    if whole is None or whole.active[-1] < LEAST_PEOPLE:
        raise InputError(
            _("Daftar pemasangan ini mencatat kurang dari {least} peserta aktif di sini: arus sebulan terlalu kecil.").format(
                least=format_number(LEAST_PEOPLE)
            ),
            field="region", value=region,
        )  # fmt: skip
    if len(whole.months) < LEAST_MONTHS:
        raise InputError(
            _("Daftar pemasangan ini baru mengenal {months} bulan; perlu {least} untuk menaksir arus dan mengujinya.").format(
                months=len(whole.months), least=LEAST_MONTHS
            ),
            field="region", value=region,
        )  # fmt: skip
    parts = cohorts.as_flows(region, "payer")
    workers = sum(workers_of(region))
    trials = sorted((_trial(way, whole, parts, workers, growth) for way in WAYS), key=lambda one: one.mean)
    last = whole.months[-1]
    ahead = tuple(add_months(last, step) for step in range(1, month_index(UNTIL * 100 + 12) - month_index(last) + 1))
    ends = [at for at, month in enumerate(ahead) if month % 100 == 12]
    times = np.array([_end(ahead[at]) for at in ends])
    sides = trials[0].scale * forecast.walk(times - _end(last), (len(whole.months) - 1) / 12)
    told = forecast.around(times, _go(trials[0].way, whole, parts, ahead)[ends], _most(workers, times, growth), sides)
    return Course(region, _end(last), int(whole.active[-1]), tuple(told), tuple(trials))


def _end(month: int) -> float:
    return month // 100 + month % 100 / 12


def _most(workers: int, times: Floats, growth: float) -> Floats:
    return np.asarray(workers * (1 + growth) ** (times - _end(WORKERS_MONTH)))


def _go(way: str, whole: Flows, parts: Mapping[str, Flows], ahead: Sequence[int]) -> Floats:
    """The active at the end of each coming month by a way."""
    if way == "last":
        return np.full(len(ahead), whole.active[-1])
    if way == "whole" or not parts:
        return run(whole, monthly(whole), ahead)
    # Somebody with two payers is in both, and groups too small to tell in none: the sum is set to the whole of today.
    together = sum((run(one, monthly(one), ahead) for one in parts.values()), np.zeros(len(ahead)))
    return np.asarray(together * whole.active[-1] / sum(one.active[-1] for one in parts.values()))


def _until(past: Flows, at: int) -> Flows:
    return Flows(past.months[: at + 1], *(one[: at + 1] for one in (past.active, past.ever, past.joined, past.returned)))


def _trial(way: str, whole: Flows, parts: Mapping[str, Flows], workers: int, growth: float) -> Trial:
    """From every month with enough before it, with only what was known then."""
    errors: dict[int, list[float]] = {ahead: [] for ahead in DISTANCES}
    scales = []
    for at in range(LEAST_BEFORE, len(whole.months) - min(DISTANCES)):
        known = _until(whole, at), {key: _until(one, at) for key, one in parts.items() if one.active[at] > 0}
        steps = [one for one in DISTANCES if at + one < len(whole.months)]
        told = _go(way, *known, whole.months[at + 1 : at + steps[-1] + 1])
        for ahead in steps:
            counted = whole.active[at + ahead]
            errors[ahead].append(abs(told[ahead - 1] / counted - 1))
            both = np.array([told[ahead - 1], counted]) / _most(workers, np.array([_end(whole.months[at + ahead])]), growth)
            step = forecast.logit(both)
            scales.append(float(step[0] - step[1]) / float(forecast.walk(np.array(ahead / 12), at / 12)))
    by_months = {ahead: float(np.mean(found)) for ahead, found in errors.items()}
    tries = {ahead: len(found) for ahead, found in errors.items()}
    return Trial(way, by_months, tries, float(np.sqrt(np.mean(np.square(scales)))))


def like_nation(region: int, *, growth: float = GROWTH) -> Course:
    """From the members published last. Raises: InputError where none were for the place."""
    start = start_of(region, UNTIL, basis=PUBLISHED)
    nation = outlook(growth=growth, last_year=UNTIL)
    now = nation.past.times[-1:]
    begun = forecast.logit(np.array([start.active / start.workers]))
    step = forecast.logit(nation.past.active[-1:] / nation.past.most(now))
    times = np.array([one.time for one in nation.told])
    ahead = forecast.logit(np.array([one.middle / one.most for one in nation.told])) - step
    most = _most(start.workers, times, growth)
    told = forecast.around(times, forecast.share(begun + ahead) * most, most, np.array([one.spread for one in nation.told]))
    since = end_of(start.as_of) if "-" in start.as_of else float(int(start.as_of) + 1)
    return Course(region, since if region != NATION else float(now[0]), start.active, tuple(told))
