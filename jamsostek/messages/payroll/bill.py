"""A month's bill of all good rows, computed at once by the law of that month: what is owed, and which fund receives it.

The programmes, their columns and their due dates come from the law itself: a new programme appears here by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jamsostek import law as law_of_the_land
from jamsostek.core.rupiah import Int64Array
from jamsostek.law import NO_DATE, RULES, Law, NoLawError, Rule
from jamsostek.messages.payroll.records import Payroll, PayrollRow

RULE = "contribution.pu"
DEFAULT_RISK_CLASS = "medium"
DEFAULT_SCALE = "large"
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Firm:
    """What the bill needs to know of the employer; a row's own risk class goes before the firm's."""

    risk_class: str = DEFAULT_RISK_CLASS
    scale: str = DEFAULT_SCALE
    labour_intensive: bool = False
    jkp_member: bool = True


@dataclass(frozen=True)
class Bill:
    """Every good row's contributions. `amounts` holds one int64 array of whole rupiah by output of the rule of law."""

    payroll: Payroll
    firm: Firm
    law: Law
    risk_classes: tuple[str, ...] = field(repr=False)
    """Each worker's own class, or the firm's."""
    amounts: Mapping[str, Int64Array] = field(repr=False)
    programmes: tuple[tuple[str, ...], ...] = field(repr=False)
    """The programmes each worker is in."""
    due_dates: Mapping[str, dt.date]

    @property
    def month(self) -> int:
        """The contribution month, YYYYMM."""
        return self.payroll.month

    def total(self, output: str) -> int:
        """The sum of an output over all workers; 0 for one that the law does not give."""
        return int(self.amounts[output].sum()) if output in self.amounts else 0

    @property
    def shares(self) -> tuple[tuple[str, str, str], ...]:
        """The parts of the bill as (programme, payer, output), payer employer or worker, in the law's order."""
        return tuple(
            (programme, payer, f"{programme}_{payer}_rupiah")
            for programme in programme_names()
            for payer in ("employer", "worker")
            if f"{programme}_{payer}_rupiah" in self.amounts
        )

    def funds(self) -> list[tuple[str, str, int]]:
        """The second layer: (programme whose fund receives, where from, rupiah); bill parts add up to the bill's total.

        Where from is bill, a programme that hands over part of its own, or government (not part of the bill).
        """
        received: list[tuple[str, str, int]] = []
        for name in programme_names():
            kept = f"{name}_fund_rupiah"
            paid = [output for programme, _payer, output in self.shares if programme == name]
            if kept in self.amounts or paid:
                own = self.total(kept) if kept in self.amounts else sum(self.total(output) for output in paid)
                received.append((name, "bill", own))
            for source in (*programme_names(), "government"):
                output = f"{name}_{source}_rupiah" if source == "government" else f"{name}_from_{source}_rupiah"
                if output in self.amounts:
                    received.append((name, source, self.total(output)))
        return received


def rule() -> Rule:
    """The rule of law that the bill runs."""
    return RULES[RULE]


def programme_names() -> tuple[str, ...]:
    """The programmes in the law's order."""
    return rule().output("programmes").options


def make_bill(
    payroll: Payroll,
    *,
    risk_class: str = DEFAULT_RISK_CLASS,
    scale: str = DEFAULT_SCALE,
    labour_intensive: bool = False,
    jkp_member: bool = True,
    law: Law | None = None,
) -> Bill:
    """Computes all good rows of a payroll for its month; `law` replaces the law of the month (a reading, a reform).

    Raises `InputError` for a class or scale that the law does not know, `NoLawError` for a month without law.
    """
    firm = Firm(risk_class, scale, labour_intensive, jkp_member)
    for name in ("risk_class", "scale"):
        rule().input(name).one(getattr(firm, name))
    classes = tuple(row.risk_class or firm.risk_class for row in payroll.rows)
    used = law or law_of_the_land.law_at(payroll.month)
    amounts, programmes = _amounts(payroll, firm, np.array(classes, dtype=str), used)
    return Bill(payroll, firm, used, classes, amounts, programmes, _due_dates(payroll.month, used))


def _due_dates(month: int, law: Law) -> dict[str, dt.date]:
    """Due days by name; none before July 2015, where the figures know contributions but no day to pay them."""
    try:
        return law_of_the_land.calculate("calendar.due_date", month=month, segment="pu", law=law)
    except NoLawError:
        return {}


def inputs_of(row: PayrollRow, firm: Firm) -> dict[str, Any]:
    """One worker's inputs to the rule, as a person writes them: what `law.calculate` and `law.explain` take."""
    wage = {"wage_rupiah": row.wage_rupiah} if row.wage_rupiah is not None else {"daily_wage_rupiah": row.daily_wage_rupiah}
    return wage | {
        "risk_class": row.risk_class or firm.risk_class,
        "scale": firm.scale,
        "labour_intensive": firm.labour_intensive,
        "jkp_member": firm.jkp_member,
        "birth_date": row.birth_date,
    }


def _amounts(
    payroll: Payroll, firm: Firm, classes: np.ndarray[Any, Any], law: Law
) -> tuple[dict[str, Int64Array], tuple[tuple[str, ...], ...]]:
    """Monthly and daily wages in one call each, put back in the order of the rows."""
    rows = payroll.rows
    monthly = np.array([-1 if row.wage_rupiah is None else row.wage_rupiah for row in rows], dtype=np.int64)
    daily = np.array([-1 if row.daily_wage_rupiah is None else row.daily_wage_rupiah for row in rows], dtype=np.int64)
    born = [NO_DATE if row.birth_date is None else (row.birth_date - _EPOCH).days for row in rows]
    birth_days = np.array(born, dtype=np.int64)
    outputs = [output.name for output in rule().outputs if output.kind == "rupiah"]
    amounts = {output: np.zeros(len(rows), dtype=np.int64) for output in outputs}
    programmes: list[tuple[str, ...]] = [()] * len(rows)
    for name, wages in (("wage_rupiah", monthly), ("daily_wage_rupiah", daily)):
        chosen = np.flatnonzero(wages >= 0)
        if not len(chosen):
            continue
        inputs: dict[str, Any] = {
            name: wages[chosen],
            "risk_class": classes[chosen],
            "scale": firm.scale,
            "labour_intensive": int(firm.labour_intensive),
            "jkp_member": int(firm.jkp_member),
            "birth_date": birth_days[chosen],
        }
        found = law_of_the_land.calculate_many(RULE, month=payroll.month, law=law, **inputs)
        for output in outputs:
            amounts[output][chosen] = found[output]
        for at, names in zip(chosen.tolist(), found["programmes"], strict=True):
            programmes[at] = tuple(names)
    return amounts, tuple(programmes)
