"""Workers whom no list has yet: kept apart from the members, for a movement to find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.members import Window, years_before
from jamsostek.synth.regency.people import Called, village_codes
from jamsostek.synth.regency.places import Places
from jamsostek.synth.regency.schema import said, table
from jamsostek.synth.regency.sponsors import occupations

_YOUNGEST, _OLDEST = 20, 64


@dataclass(frozen=True)
class Candidates:
    """One entry a worker without cover."""

    sex: Int64Array
    birth_day: Int64Array
    village: Int64Array
    in_transport: Bools

    def __len__(self) -> int:
        return len(self.sex)


def make_candidates(draw: Draw, places: Places, workers: int, window: Window) -> Candidates:
    """A share of the members' number, of working age, in all villages."""
    count = workers * assumed.UNREGISTERED // 1_000
    oldest, youngest = (int(years_before(window, np.array([age]))[0]) for age in (_OLDEST + 1, _YOUNGEST))
    return Candidates(
        sex=draw.whole(count, 0, 1),
        birth_day=draw.whole(count, oldest, youngest - 1),
        village=draw.weighted(count, places.people),
        in_transport=draw.chance(count, nation.TRANSPORT_OF_BPU),
    )


def unregistered_table(draw: Draw, candidates: Candidates, called: Called, nik: Int64Array, places: Places) -> pa.Table:
    """One row a candidate."""
    return table(
        "unregistered",
        {
            "candidate": np.arange(1, len(candidates) + 1),
            "nik": nik,
            "name": called.name,
            "sex": said(candidates.sex, nation.SEXES),
            "birth_date": candidates.birth_day,
            "mother_name": called.mother_name,
            "regency_code": np.full(len(candidates), places.regency),
            "village_code": village_codes(places, candidates.village),
            "sector": said((~candidates.in_transport).astype(np.int64), nation.SECTORS),
            "occupation": occupations(draw, candidates.in_transport, places.setting[candidates.village]),
        },
    )
