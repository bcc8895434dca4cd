"""When the office came to know: every spell has the day it was recorded, and an ended job its earlier, open version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.core.dates import NO_DATE
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.jobs import OPEN
from jamsostek.synth.regency.members import Window, first_days


@dataclass(frozen=True)
class Versions:
    """The rows to write: `row` is the spell, `last` its last month as then known, `current` the version that holds.

    The first versions hold, in the order of the spells; those that were replaced follow them.
    """

    row: Int64Array
    last: Int64Array
    recorded: Int64Array
    superseded: Int64Array
    """Day, `NO_DATE` for what holds."""
    version_of: Int64Array
    """The row that holds now, for one that was replaced; -1 for what holds."""


def versions(draw: Draw, first: Int64Array, last: Int64Array, window: Window) -> Versions:
    """Joining is told within a month, sometimes months late; leaving too, and until then the spell looked open."""
    began = told(draw, first_days(first), window)
    ended = np.maximum(told(draw, first_days(np.where(last == OPEN, first, last) + 1), window), began)
    is_over = last != OPEN
    replaced = np.flatnonzero(is_over & (ended > began))
    held = np.arange(len(first))
    return Versions(
        row=np.concatenate([held, replaced]),
        last=np.concatenate([last, np.full(len(replaced), OPEN)]),
        recorded=np.concatenate([np.where(is_over, ended, began), began[replaced]]),
        superseded=np.concatenate([np.full(len(first), NO_DATE), ended[replaced]]),
        version_of=np.concatenate([np.full(len(first), -1), replaced]),
    )


def told(draw: Draw, day: Int64Array, window: Window) -> Int64Array:
    """The day something of `day` was reported, not later than the window's last."""
    late = draw.chance(len(day), assumed.LATE_REPORT) * draw.whole(len(day), 40, 150)
    return np.asarray(np.minimum(day + draw.whole(len(day), 0, 24) + late, window.last_day))
