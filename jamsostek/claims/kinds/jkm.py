"""Death not caused by work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jamsostek.claims.choices import Component
from jamsostek.claims.facts import Facts, Spec, Unit
from jamsostek.claims.kinds.base import (
    COVER,
    DEATH,
    FAMILY,
    Given,
    KindOf,
    Owed,
    covered,
    heirs,
    month_of_event,
    only,
    waits_for_arrears,
)
from jamsostek.claims.kinds.scholarship import CHILDREN, promised
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jkm.entitlement import Death, conditions
from jamsostek.law.parameters import Law

CAUSES = {
    "illness": N_("Sakit"),
    "accident_outside_work": N_("Kecelakaan di luar pekerjaan"),
    "work": N_("Kecelakaan kerja"),
    "other": N_("Lainnya atau belum jelas"),
}
SPECS = (
    Spec("died_on", N_("Hari meninggal"), Unit.DATE, proven=True),
    Spec("cause", N_("Sebab meninggal"), Unit.CHOICE, options=CAUSES, proven=True),
    CHILDREN,
    *DEATH,
    *COVER,
    *FAMILY,
)
_PARTS = (
    (Component.JKM_LUMP, "lump_sum_rupiah", True),
    (Component.JKM_PERIODIC, "periodic_rupiah", True),
    (Component.JKM_FUNERAL, "funeral_rupiah", False),
)


def death(facts: Facts) -> Death:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    return Death(
        facts.date("died_on"), claimed, facts.flag("known_dead"), facts.text("cause"), covered(facts), heirs(facts),
        bool(facts.flag("paid_before")),
    )  # fmt: skip


def owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    """The three sums; of a self-employed member in arrears only the funeral money at once."""
    day, month = facts.date("died_on"), month_of_event(facts, "died_on")
    assert day is not None
    held = "arrears" if waits_for_arrears(facts) else ""
    inputs = only(facts, "segment", "membership_months", "arrears_months")
    sums: list[Owed | Given] = [
        Owed(part, "benefit.jkm.death", day, inputs, output, month, held if waits else "") for part, output, waits in _PARTS
    ]
    return [*sums, *promised(facts, "jkm", day)]


def papers(law: Law, facts: Facts) -> list[Any]:
    """What the law asks for."""
    return documents.required(law, "jkm")


def _conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, death(facts))


KIND = KindOf(SPECS, "died_on", _conditions, owed, papers, ("cover", "death", "family"))
