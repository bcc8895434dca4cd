"""Which programmes there are: every folder of the law with a `contribution.py`, in the order it declares.

A new programme is one folder; nothing else names it. `contribution.pu` asks each for its bill, then its allocation.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jamsostek.law.engine import Array, Output, Outputs
from jamsostek.law.parameters import Law


@dataclass(frozen=True)
class Worker:
    """A month of wage earners, one row each: int64 arrays of one length (or of length one where all rows share it).

    `month` YYYYMM, `wage_rupiah` a month, `risk_class` and `scale` as positions, the rest 0 or 1; `birth_day` days since 1970.
    """

    month: Array
    wage_rupiah: Array
    risk_class: Array
    scale: Array
    labour_intensive: Array
    birth_day: Array
    jkp_member: Array


@dataclass(frozen=True)
class Programme:
    """One programme's part in the contribution of wage earners."""

    name: str
    order: int
    bill: Callable[[Law, Worker], Outputs]
    allocation: Callable[[Law, Worker, Outputs], Outputs]
    member: str
    outputs: tuple[Output, ...]


def _no_bill(law: Law, worker: Worker) -> Outputs:
    return {}


def _no_allocation(law: Law, worker: Worker, owed: Outputs) -> Outputs:
    return {}


@cache
def programmes() -> tuple[Programme, ...]:
    """All programmes in order. A programme's module states ORDER, OUTPUTS, MEMBER and `bill` and/or `allocation`."""
    found = []
    for path in Path(__file__).parent.glob("*/contribution.py"):
        module = importlib.import_module(f"jamsostek.law.{path.parent.name}.contribution")
        if hasattr(module, "ORDER"):
            found.append(
                Programme(
                    path.parent.name,
                    module.ORDER,
                    getattr(module, "bill", _no_bill),
                    getattr(module, "allocation", _no_allocation),
                    module.MEMBER,
                    module.OUTPUTS,
                )
            )
    return tuple(sorted(found, key=lambda p: p.order))
