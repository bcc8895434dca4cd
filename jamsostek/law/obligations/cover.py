"""Is someone protected on a day, and who pays first: counted from the last month paid."""

from __future__ import annotations

import numpy as np

from jamsostek.core.months import month_index
from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Choice, Date, Month, Output, Outputs, rule
from jamsostek.law.explain import step
from jamsostek.law.obligations.calendar import FIRST, SEGMENTS, due_table, refuse_days
from jamsostek.law.parameters import Law

PAYS_FIRST = ("bpjs", "employer", "nobody")


@rule(
    "cover.status",
    N_("Status perlindungan JKK dan JKM"),
    when="month",
    inputs=(Choice("segment", options=SEGMENTS), Month("last_paid_month"), Date("on_date")),
    outputs=(
        Output("overdue_months", "count"),
        Output("protected", "flag"),
        Output("pays_first", "choice", PAYS_FIRST),
    ),
    source="PP 44/2015 Pasal 21, 24, 38, 39, 41, 42",
)
def status(law: Law, *, segment: Array, last_paid_month: Array, on_date: Array) -> Outputs:
    """Months overdue on a day, whether the member is protected, and who pays a benefit first.

    An employer's workers keep their right beyond three months overdue: the employer pays first and is refunded.
    """
    refuse_days(on_date)
    overdue = overdue_months(law, segment, last_paid_month, on_date)
    within = within_grace(law, segment, overdue)
    return {
        "overdue_months": overdue,
        "protected": protected(law, segment, within),
        "pays_first": pays_first(law, segment, within),
    }


@step(
    N_("Bulan yang menunggak"),
    N_("bulan sesudah {last_paid_month} yang jatuh tempo sebelum {on_date}"),
    unit="months",
    article="PP 44/2015 Pasal 21, 24",
)
def overdue_months(law: Law, segment: Array, last_paid_month: Array, on_date: Array) -> Array:
    """Months after the last one paid whose due day lies before the day asked."""
    of_pu = np.searchsorted(due_table(law, "due.pu", 1), on_date, side="left")
    of_bpu = np.searchsorted(due_table(law, "due.bpu.risk", 0), on_date, side="left")
    overdue_to = np.where(segment == SEGMENTS.index("bpu"), of_bpu, of_pu) + month_index(FIRST) - 1
    found: Array = np.maximum(overdue_to - (last_paid_month // 100 * 12 + last_paid_month % 100 - 1), 0)
    return found


@step(N_("Masih dalam batas tunggakan"), "{overdue_months} ≤ {grace.months[segment]}", unit="flag")
def within_grace(law: Law, segment: Array, overdue_months: Array) -> Array:
    """1 while no more consecutive months are overdue than the law forgives."""
    found: Array = (overdue_months <= law.numbers("grace.months")[segment]).astype(np.int64)
    return found


@step(
    N_("Terlindungi"),
    N_("⟨segment: BPU terlindungi hanya dalam batas tunggakan⟩⟨!segment: hak pekerja penerima upah tidak hilang⟩"),
    unit="flag",
    article="PP 44/2015 Pasal 38, 39, 42",
)
def protected(law: Law, segment: Array, within: Array) -> Array:
    """BPU lose the right beyond the grace; workers of an employer do not."""
    return np.where(segment == SEGMENTS.index("bpu"), within, 1)


@step(
    N_("Yang membayar lebih dahulu"),
    N_("⟨within: masih dalam batas tunggakan⟩⟨!within: lewat batas tunggakan, {segment}⟩"),
    unit="pays_first",
    article="PP 44/2015 Pasal 38, 39, 41, 42",
)
def pays_first(law: Law, segment: Array, within: Array) -> Array:
    """BPJS within the grace; beyond it the employer (refunded after settling), for BPU nobody."""
    beyond = np.where(segment == SEGMENTS.index("bpu"), PAYS_FIRST.index("nobody"), PAYS_FIRST.index("employer"))
    return np.where(within == 1, PAYS_FIRST.index("bpjs"), beyond)
