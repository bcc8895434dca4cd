"""Construction projects: those that run in the month hold the plan's construction workers, those that ended came before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import BUILDER, Employers
from jamsostek.synth.regency.members import Window
from jamsostek.synth.regency.places import MARK, Places

BASES = ("contract_value", "wage")
_WORKS = (
    "Pembangunan Jembatan",
    "Peningkatan Jalan",
    "Rehabilitasi Sekolah",
    "Pembangunan Pasar",
    "Saluran Irigasi",
    "Perumahan",
)
_WAGES_OF_CONTRACT = 3
"""A contract is worth so many times the wages paid on it."""


@dataclass(frozen=True)
class Projects:
    """One entry a project: who builds, for whom, when (counts of months since year 0), what it is worth."""

    employer: Int64Array
    name: tuple[str, ...]
    owner: tuple[str, ...]
    village: Int64Array
    first: Int64Array
    last: Int64Array
    workers: Int64Array
    contract_rupiah: Int64Array
    basis: Int64Array

    def __len__(self) -> int:
        return len(self.employer)

    def running(self, window: Window) -> Int64Array:
        """Those that run in the window's last month."""
        return np.flatnonzero(self.last >= window.last)


def make_projects(draw: Draw, places: Places, employers: Employers, window: Window, workers: int, wage_rupiah: int) -> Projects:
    """Projects for `workers` people today, and others that ended within the window."""
    builders = np.flatnonzero(employers.kind == BUILDER)
    running = max(1, workers // assumed.WORKERS_PER_PROJECT)
    count = running + int(running * assumed.PROJECTS_ENDED_PER_RUNNING)
    is_running = np.arange(count) < running
    begun = window.last - draw.whole(count, 0, 10)
    ended = window.last - 1 - draw.whole(count, 0, assumed.HISTORY_MONTHS - 8)
    last = np.where(is_running, window.last + draw.whole(count, 0, 10), ended)
    first = np.where(is_running, begun, np.maximum(window.first, ended - draw.whole(count, 3, 10)))
    people = draw.whole(count, 20, 200)
    village = draw.weighted(count, places.people)
    kinds = draw.whole(count, 0, len(_WORKS) - 1).tolist()
    owners = (f"Pemerintah Kabupaten {MARK}", f"Dinas {MARK} Pekerjaan Umum", f"PT {MARK} Pemilik Proyek")
    worth = people * (last - first + 1) * wage_rupiah * _WAGES_OF_CONTRACT
    return Projects(
        employer=builders[draw.whole(count, 0, len(builders) - 1)],
        name=tuple(f"{_WORKS[k]} {MARK} {number + 1}" for number, k in enumerate(kinds)),
        owner=tuple(owners[0] if k == 0 else owners[1] if k < 5 else owners[2] for k in kinds),
        village=village,
        first=first,
        last=last,
        workers=people,
        contract_rupiah=worth // 1_000_000 * 1_000_000,
        basis=draw.chance(count, 250).astype(np.int64),
    )
