"""When what is paid once for a whole contract falls due: a construction project, a migrant's package."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Choice, Output, Outputs, rule
from jamsostek.law.explain import step
from jamsostek.law.obligations.calendar import days_off, holidays
from jamsostek.law.parameters import Law

CONTRACTS = ("project", "migrant")


@rule(
    "calendar.contract_due",
    N_("Jatuh tempo proyek konstruksi atau paket PMI"),
    when="date",
    inputs=(Choice("contract", options=CONTRACTS),),
    outputs=(Output("due_on", "date"),),
    source="Permenaker 44/2015 Pasal 3 ayat (3)-(4); Permenaker 4/2023 Pasal 18",
    at_dates=True,
)
def contract_due(law: Law, *, when: Array, contract: Array) -> Outputs:
    """The last day to pay what is paid once for a whole contract.

    The date is that of a project's work order (Surat Perintah Kerja), or the first day of a migrant's contract. Projects
    billed by wage are due month by month like any employer (`calendar.due_date`, segment pu); instalments are not modelled.
    """
    return {"due_on": due_day(law, when, contract)}


@step(
    N_("Jatuh tempo"),
    N_(
        "⟨!contract: {construction.registration_working_days} sesudah surat perintah kerja tanggal {begins_day}⟩"
        "⟨contract: {due.migrant.days_before} sebelum kontrak mulai tanggal {begins_day}⟩"
    ),
    unit="date",
)
def due_day(law: Law, begins_day: Array, contract: Array) -> Array:
    """Projects: some working days after the work order; migrants: the last day before the contract starts."""
    project = contract == CONTRACTS.index("project")
    return np.where(project, _after_work_order(law, begins_day, project), _before_contract(law, begins_day, ~project))


def _after_work_order(law: Law, days: Array, asked: npt.NDArray[np.bool_]) -> Array:
    """The working day by which form and first contribution must be there; its figure is read only where a row asks."""
    if not asked.any():
        return days
    count = law.number("construction.registration_working_days")
    off = np.array(sorted(holidays(days_off(law))), dtype="datetime64[D]")
    found: Array = np.busday_offset(days.astype("datetime64[D]"), count, roll="backward", holidays=off).astype(np.int64)
    return found


def _before_contract(law: Law, days: Array, asked: npt.NDArray[np.bool_]) -> Array:
    """The day by which the whole package is paid; its figure is read only where a row asks."""
    return days - law.number("due.migrant.days_before") if asked.any() else days
