"""What lateness costs: months of delay, the fine on contributions, and the administrative fine after two warnings."""

from __future__ import annotations

import numpy as np

from jamsostek.core.dates import civil_from_days, days_in_month
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Choice, Date, Money, Output, Outputs, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.obligations.calendar import SEGMENTS
from jamsostek.law.parameters import Law

MAX_MONTHS_LATE = 400


@rule(
    "penalty.months_late",
    N_("Bulan keterlambatan"),
    when="month",
    inputs=(Date("due_date"), Date("paid_on")),
    outputs=(Output("months_late", "count"),),
    source="PP 44/2015 Pasal 22; PP 46/2015 Pasal 20; PP 45/2015 Pasal 31",
)
def months_late(law: Law, *, due_date: Array, paid_on: Array) -> Outputs:
    """How many months late a payment is: 0 up to the due day, then each month begun after it counts (interpretation 17).

    `due_date` is that of the programme and contribution month (`calendar.due_date`); what is still unpaid takes the day asked
    as `paid_on`.
    """
    return {"months_late": months_of_delay(law, due_date, paid_on)}


@step(
    N_("Bulan keterlambatan"),
    N_(
        "bulan sesudah {due_date} sampai {paid_on}⟨fine.late.part_month: , yang baru mulai ikut dihitung⟩"
        "⟨!fine.late.part_month: , hanya yang penuh⟩"
    ),
    unit="months",
)
def months_of_delay(law: Law, due_date: Array, paid_on: Array) -> Array:
    """Months begun after the due day; each ends on the same day of a later month, or on its last day where it is shorter."""
    due, paid = civil_from_days(due_date), civil_from_days(paid_on)
    same_day = np.minimum(due.day, days_in_month(paid.year, paid.month))
    begun = (paid.year - due.year) * 12 + paid.month - due.month + (paid.day > same_day)
    found: Array = np.maximum(begun - (1 - law.flag("fine.late.part_month")), 0)
    return found


@rule(
    "penalty.late",
    N_("Denda keterlambatan iuran"),
    when="month",
    inputs=(
        Money("due_rupiah", most=MAX_RUPIAH),
        Whole("months_late", most=MAX_MONTHS_LATE),
        Choice("segment", default="pu", required=False, options=SEGMENTS),
    ),
    outputs=(Output("penalty_rupiah"),),
    source="PP 44/2015 Pasal 22; PP 46/2015 Pasal 20; PP 45/2015 Pasal 31; PP 49/2020",
)
def late(law: Law, *, due_rupiah: Array, months_late: Array, segment: Array) -> Outputs:
    """The employer's fine on a contribution month paid late: simple, no cap; `months_late` is that of `penalty.months_late`.

    Non-wage members pay none (interpretation 83). Programmes with due days of their own are asked one by one.
    """
    return {"penalty_rupiah": late_fine(law, due_rupiah, months_late, segment)}


@step(
    N_("Denda"),
    "{due_rupiah} × ⟨!segment: {fine.late.rate_per_month}⟩⟨segment: {fine.bpu.rate_per_month}⟩ × {months_late}",
)
def late_fine(law: Law, due_rupiah: Array, months_late: Array, segment: Array) -> Array:
    """Due x monthly rate x months, rounded once; whole rupiah."""
    return law.share(due_rupiah, months_late * _rate(law, segment))


def _rate(law: Law, segment: Array) -> Array:
    """The monthly rate of each row, asked for only where a row has the segment."""
    bpu = segment == SEGMENTS.index("bpu")
    of_bpu = law.ppm("fine.bpu.rate_per_month") if bpu.any() else 0
    of_pu = law.ppm("fine.late.rate_per_month") if not bpu.all() else 0
    return np.where(bpu, of_bpu, of_pu)


@rule(
    "penalty.administrative",
    N_("Denda administratif"),
    when="month",
    inputs=(Money("due_rupiah", most=MAX_RUPIAH), Whole("months", most=MAX_MONTHS_LATE)),
    outputs=(Output("penalty_rupiah"),),
    source="PP 86/2013 Pasal 10 ayat (4)",
)
def administrative(law: Law, *, due_rupiah: Array, months: Array) -> Outputs:
    """The fine that follows the second warning; whole rupiah."""
    return {"penalty_rupiah": administrative_fine(law, due_rupiah, months)}


@step(N_("Denda administratif"), "{due_rupiah} × {fine.administrative.rate_per_month} × {months}")
def administrative_fine(law: Law, due_rupiah: Array, months: Array) -> Array:
    """Due x monthly rate x months since the second warning ended, rounded once; whole rupiah."""
    return law.share(due_rupiah, months * law.ppm("fine.administrative.rate_per_month"))
