"""What an agent earns in a month, step by step, from dated figures that were read in the press. Pure; whole rupiah.

Three points are not clear in what was read; each has its reading in docs/law/interpretations.md (100 to 102): who is a new
member, whether the legal body's share is of both parts, and whether the target is paid once or for each fifty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jamsostek.core.rupiah import format_number, format_percent, format_rupiah, share
from jamsostek.core.text import N_, _
from jamsostek.coverage.dated import DatedFigure, in_force

AGENTS = Path(__file__).parent / "data" / "agents.yaml"


def figures(day: dt.date) -> dict[str, DatedFigure]:
    """What is known of agents' pay on a day; raises `LookupError` before the first."""
    return in_force(AGENTS, day)


@dataclass(frozen=True)
class Step:
    """A line of the reckoning: what it is, how it comes about in this month's numbers, what it comes to; its figures."""

    title: str
    formula: str
    rupiah: int
    figures: tuple[str, ...]
    interpretation: int


@dataclass(frozen=True)
class Incentive:
    """What is paid for an agent's month: to the agent and to the legal body."""

    joined: int
    collected_rupiah: int
    target_rupiah: int
    commission_rupiah: int
    body_rupiah: int
    agent_rupiah: int
    steps: tuple[Step, ...]

    @property
    def whole_rupiah(self) -> int:
        """Both together."""
        return self.target_rupiah + self.commission_rupiah


def incentive(joined: int, collected_rupiah: int, month: int) -> Incentive:
    """The reckoning of a month (YYYYMM), by the figures of its first day. Shares are rounded half up, once each."""
    known = figures(dt.date(month // 100, month % 100, 1))
    least, reward = known["agent.target_members"].value, known["agent.target_rupiah"].value
    rate, kept = known["agent.commission_ppm"].value, known["agent.body_ppm"].value
    target = reward if joined >= least else 0
    commission = _share(collected_rupiah, rate)
    whole = target + commission
    body = _share(whole, kept)
    reached = N_("{joined} peserta baru, sasaran {least}: tercapai")
    missed = N_("{joined} peserta baru, sasaran {least}: belum tercapai")
    steps = (
        Step(
            _("Insentif sasaran"),
            _(reached if target else missed).format(joined=format_number(joined), least=format_number(least)),
            target, ("agent.target_members", "agent.target_rupiah"), 100,
        ),
        Step(
            _("Bagian dari iuran"), f"{format_rupiah(collected_rupiah)} × {format_percent(rate)}", commission,
            ("agent.commission_ppm",), 100,
        ),
        Step(
            _("Untuk badan hukum"), f"({format_rupiah(target)} + {format_rupiah(commission)}) × {format_percent(kept)}", body,
            ("agent.body_ppm",), 101,
        ),
        Step(_("Untuk agen"), f"{format_rupiah(whole)} − {format_rupiah(body)}", whole - body, (), 101),
    )  # fmt: skip
    return Incentive(joined, collected_rupiah, target, commission, body, whole - body, steps)


def _share(rupiah: int, rate_ppm: int) -> int:
    """Half up, as the law's shares are."""
    return int(share(np.array([rupiah], dtype=np.int64), rate_ppm)[0])


def idle(last: dt.date | None, begun: dt.date, today: dt.date) -> int:
    """Whole months in a row, before this one, in which nobody was brought in."""
    since = max(last, begun) if last is not None else begun
    return max(0, (today.year - since.year) * 12 + today.month - since.month - 1)


def is_over(months: int, day: dt.date) -> bool:
    """Whether so many idle months end an agency."""
    return months >= figures(day)["agent.idle_months"].value


def told_of(names: Sequence[str], day: dt.date) -> list[DatedFigure]:
    """The figures behind a step."""
    known = figures(day)
    return [known[one] for one in names]
