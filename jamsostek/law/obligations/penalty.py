"""What lateness costs: the fine on contributions, and the administrative fine after two warnings."""

from __future__ import annotations

from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Money, Output, Outputs, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law

MAX_MONTHS_LATE = 400


@rule(
    "penalty.late",
    N_("Denda keterlambatan iuran"),
    when="month",
    inputs=(Money("due_rupiah", most=MAX_RUPIAH), Whole("months_late", most=MAX_MONTHS_LATE)),
    outputs=(Output("penalty_rupiah"),),
    source="PP 44/2015 Pasal 22; PP 46/2015 Pasal 20; PP 45/2015 Pasal 31; PP 49/2020",
)
def late(law: Law, *, due_rupiah: Array, months_late: Array) -> Outputs:
    """The employer's fine on a contribution month paid late: simple, no cap; each month begun counts (interpretation 17)."""
    return {"penalty_rupiah": late_fine(law, due_rupiah, months_late)}


@step(N_("Denda"), "{due_rupiah} × {fine.late.rate_per_month} × {months_late}")
def late_fine(law: Law, due_rupiah: Array, months_late: Array) -> Array:
    """Due x monthly rate x months, rounded once; whole rupiah."""
    return law.share(due_rupiah, months_late * law.ppm("fine.late.rate_per_month"))


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
