"""Pension: of old age, of disability, of survivors; by the month, or as a lump sum where too few months count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jamsostek import law as rules
from jamsostek.claims.choices import Component
from jamsostek.claims.facts import OFFICER, Facts, Spec, Unit
from jamsostek.claims.kinds.base import COVER, DEATH, FAMILY, Given, KindOf, Owed, month_of_event, of_records
from jamsostek.core.months import add_months
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jp.entitlement import PaidAs, Pension, conditions, paid_as
from jamsostek.law.parameters import Law

SURVIVORS = {"widow": N_("Janda atau duda"), "child": N_("Anak"), "parent": N_("Orang tua")}
COMPONENT = {
    "old_age": Component.JP_OLD_AGE, "disability": Component.JP_DISABILITY, "widow": Component.JP_WIDOW,
    "child": Component.JP_CHILD, "parent": Component.JP_PARENT,
}  # fmt: skip
SAVED = N_("Iuran pensiun yang dibayar dan hasil pengembangannya.")
PAID = (
    *of_records(
        ("jp_months", N_("Bulan iuran pensiun"), Unit.COUNT),
        ("jp_membership_months", N_("Masa kepesertaan pensiun (bulan)"), Unit.COUNT),
        ("jp_density_ppm", N_("Kepadatan iuran (per sejuta)"), Unit.PPM),
        ("jp_contributed_rupiah", N_("Iuran pensiun yang dibayar"), Unit.RUPIAH),
        ("jp_years", N_("Upah rata-rata tiap tahun"), Unit.RECORDS),
        ("working", N_("Masih bekerja"), Unit.FLAG),
        ("birth_date", N_("Tanggal lahir"), Unit.DATE),
    ),
    Spec("years", N_("Upah dan inflasi tiap tahun"), Unit.RECORDS, OFFICER, required=False),
    Spec("mean_indexed_wage_rupiah", N_("Rata-rata upah terindeks"), Unit.RUPIAH, OFFICER, required=False),
    Spec("jp_development_rupiah", N_("Hasil pengembangan iuran pensiun"), Unit.RUPIAH, OFFICER, required=False),
)
_AGE = (
    Spec("event_on", N_("Hari mencapai usia pensiun"), Unit.DATE, proven=False),
    Spec("deferred_until", N_("Ditunda sampai"), Unit.DATE, required=False),
)
_DISABLED = (
    Spec("event_on", N_("Hari dinyatakan cacat total tetap"), Unit.DATE, proven=True),
    Spec("total_disability", N_("Cacat total tetap menurut dokter"), Unit.FLAG, OFFICER),
)
_LEFT = (
    Spec("event_on", N_("Hari meninggal"), Unit.DATE, proven=True),
    Spec("survivor", N_("Pensiun untuk siapa"), Unit.CHOICE, options=SURVIVORS),
    Spec("related", N_("Hubungan keluarga terbukti"), Unit.FLAG, OFFICER, required=False),
    Spec("remarried", N_("Sudah menikah lagi"), Unit.FLAG, required=False),
    Spec("child_birth_date", N_("Tanggal lahir anak"), Unit.DATE, required=False),
    Spec("child_working", N_("Anak sudah bekerja"), Unit.FLAG, required=False),
    Spec("child_married", N_("Anak sudah menikah"), Unit.FLAG, required=False),
    Spec("children_entitled", N_("Anak yang berhak"), Unit.COUNT, OFFICER, required=False),
    Spec("has_spouse", N_("Ada janda atau duda yang berhak"), Unit.FLAG, OFFICER, required=False),
    Spec("has_child", N_("Ada anak yang berhak"), Unit.FLAG, OFFICER, required=False),
    Spec("after_widow", N_("Melanjutkan pensiun janda atau duda"), Unit.FLAG, OFFICER, required=False),
)


def pension(facts: Facts, kind: str) -> Pension:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    return Pension(
        kind=kind,
        event_on=facts.date("event_on"),
        claimed_on=claimed,
        birth_date=facts.date("birth_date"),
        registered_on=facts.date("registered_on"),
        contribution_months=facts.number("jp_months"),
        membership_months=facts.number("jp_membership_months"),
        density_ppm=facts.number("jp_density_ppm"),
        working=facts.flag("working"),
        total_disability=facts.flag("total_disability"),
        known_dead=facts.flag("known_dead"),
        related=facts.flag("related"),
        married=facts.flag("remarried"),
        child_birth_date=facts.date("child_birth_date"),
        child_working=facts.flag("child_working"),
        child_married=facts.flag("child_married"),
        children_entitled=facts.number("children_entitled", 1) or 1,
        has_spouse=facts.flag("has_spouse"),
        has_child=facts.flag("has_child"),
        after_widow=bool(facts.flag("after_widow")),
        deferred_until=facts.date("deferred_until"),
        paid_before=bool(facts.flag("paid_before")),
    )


def _owed(kind: str) -> Any:
    def owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
        """A monthly pension from the month after the event, or what was saved at once."""
        sort = facts.text("survivor") or "widow" if kind == "survivor" else kind
        return pension_owed(law, facts, sort)

    return owed


def pension_owed(law: Law, facts: Facts, kind: str) -> Sequence[Owed | Given]:
    """By the month where enough months count; else contributions and their development."""
    day, month = facts.date("event_on"), month_of_event(facts, "event_on")
    assert day is not None
    if paid_as(conditions(law, pension(facts, kind))) == PaidAs.LUMP_SUM:
        saved = (facts.number("jp_contributed_rupiah", 0) or 0) + (facts.number("jp_development_rupiah", 0) or 0)
        return [Given(Component.JP_LUMP, saved, SAVED, month)]
    mean, basis = _mean_wage(facts)
    if mean is None:
        return []
    density = Decimal(facts.number("jp_density_ppm", 1_000_000) or 0).scaleb(-6)
    inputs = {
        "kind": kind,
        "contribution_months": facts.number("jp_months", 0),
        "density": str(density),
        "mean_indexed_wage_rupiah": mean,
    }
    terms = {"of": "month", "from": add_months(month, 1), "kind": kind}
    return [Owed(COMPONENT[kind], "benefit.jp.pension", day, inputs, "monthly_rupiah", month, recurs=terms, basis=basis)]


def _mean_wage(facts: Facts) -> tuple[int | None, tuple[tuple[str, dict[str, Any]], ...]]:
    """The mean indexed wage: an officer's, or that of the years with the inflation of each."""
    mean, day = facts.number("mean_indexed_wage_rupiah"), facts.date("event_on")
    years = facts.records("years")
    if years:
        given: dict[str, Any] = {"years": years}
        found = rules.calculate("benefit.jp.indexed_wages", date=day, **given)["mean_rupiah"]
        return mean if mean is not None else int(found), (("benefit.jp.indexed_wages", given),)
    return mean, ()


def _conditions(kind: str) -> Any:
    def of(law: Law, facts: Facts) -> list[Condition]:
        return conditions(law, pension(facts, facts.text("survivor") or "widow" if kind == "survivor" else kind))

    return of


def _papers(kind: str) -> Any:
    def papers(law: Law, facts: Facts) -> list[Any]:
        """What the law asks for."""
        return documents.required(law, "jp", kind=facts.text("survivor") or "widow" if kind == "survivor" else kind)

    return papers


def _kind(kind: str, specs: tuple[Spec, ...], *groups: str) -> KindOf:
    known = (*specs, *PAID, *COVER)
    return KindOf(known, "event_on", _conditions(kind), _owed(kind), _papers(kind), ("cover", "work", "pension", *groups))


OLD_AGE = _kind("old_age", _AGE)
DISABILITY = _kind("disability", _DISABLED)
SURVIVOR = _kind("survivor", (*_LEFT, *DEATH, *FAMILY), "death", "family")
