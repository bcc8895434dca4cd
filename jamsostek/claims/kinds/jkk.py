"""Work accident and occupational disease: reported at once, treated, and claimed when the doctor closes the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jamsostek.claims.choices import Component
from jamsostek.claims.facts import OFFICER, Facts, Spec, Unit
from jamsostek.claims.kinds.base import (
    COVER,
    DEATH,
    FAMILY,
    WAGE,
    Given,
    KindOf,
    Owed,
    covered,
    heirs,
    month_of_event,
    of_records,
    only,
    waits_for_arrears,
)
from jamsostek.claims.kinds.scholarship import CHILDREN, promised
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jkk.entitlement import Accident, conditions
from jamsostek.law.parameters import Law

SORTS = {
    "accident": N_("Celaka di tempat kerja"),
    "commute": N_("Celaka di jalan ke atau dari tempat kerja"),
    "disease": N_("Sakit karena pekerjaan"),
    "violence": N_("Kekerasan di tempat kerja"),
    "sudden_death": N_("Meninggal mendadak di tempat kerja"),
}
RESULTS = {
    "healing": N_("Masih dirawat"),
    "healed": N_("Sembuh tanpa cacat"),
    "partial": N_("Cacat sebagian"),
    "total": N_("Cacat total tetap"),
    "dead": N_("Meninggal"),
}
PRICE = N_("Biaya yang dibayar sendiri, menurut kuitansi dan batas undang-undang.")
FINAL = ("healed", "partial", "total", "dead")
SPECS = (
    Spec("happened_on", N_("Hari kejadian"), Unit.DATE, proven=True),
    Spec("kind", N_("Apa yang terjadi"), Unit.CHOICE, options=SORTS),
    Spec("story", N_("Ceritakan kejadiannya"), Unit.TEXT, hint=N_("Di mana, sedang apa, bagian tubuh mana yang sakit.")),
    Spec("hospital", N_("Rumah sakit atau klinik"), Unit.TEXT, required=False),
    Spec("diagnosed_on", N_("Hari penyakit dinyatakan dokter"), Unit.DATE, required=False),
    Spec("unfit_days", N_("Berapa hari tidak dapat bekerja menurut dokter"), Unit.COUNT, required=False),
    Spec("land_rupiah", N_("Biaya angkutan darat, sungai, danau"), Unit.RUPIAH, required=False),
    Spec("sea_rupiah", N_("Biaya angkutan laut"), Unit.RUPIAH, required=False),
    Spec("air_rupiah", N_("Biaya angkutan udara"), Unit.RUPIAH, required=False),
    Spec("care_rupiah", N_("Biaya perawatan yang dibayar sendiri"), Unit.RUPIAH, required=False),
    Spec("wage_kept", N_("Perusahaan tetap membayar upah"), Unit.FLAG, required=False),
    Spec("reported_on", N_("Hari kejadian dilaporkan (tahap I)"), Unit.DATE, OFFICER, required=False),
    Spec("by_work", N_("Karena pekerjaan, menurut pemeriksaan"), Unit.FLAG, OFFICER),
    Spec("result", N_("Keadaan menurut dokter"), Unit.CHOICE, OFFICER, options=RESULTS),
    Spec("concluded_on", N_("Hari dokter menyatakan keadaan akhir"), Unit.DATE, OFFICER, required=False),
    Spec("second_report_on", N_("Hari laporan tahap II"), Unit.DATE, OFFICER, required=False),
    Spec("injuries", N_("Cacat menurut tabel"), Unit.RECORDS, OFFICER, required=False),
    Spec("listed_disease", N_("Termasuk daftar penyakit akibat kerja"), Unit.FLAG, OFFICER, required=False),
    Spec("hours_to_death", N_("Jam sampai meninggal"), Unit.COUNT, OFFICER, required=False),
    Spec("died_on", N_("Hari meninggal"), Unit.DATE, OFFICER, required=False),
    Spec("months", N_("Bulan tidak mampu bekerja"), Unit.COUNT, OFFICER, required=False),
    Spec("daily_wage_rupiah", N_("Upah sehari"), Unit.RUPIAH, OFFICER, required=False),
    Spec("left_on", N_("Hari terakhir bekerja"), Unit.DATE, "record", required=False),
    CHILDREN, *WAGE, *DEATH, *of_records(("death_paid", N_("Kematian sudah dibayar"), Unit.FLAG)), *COVER, *FAMILY,
)  # fmt: skip


def accident(facts: Facts) -> Accident:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    return Accident(
        happened_on=facts.date("happened_on"),
        claimed_on=claimed,
        kind=facts.text("kind"),
        by_work=facts.flag("by_work"),
        cover=covered(facts),
        reported_on=facts.date("reported_on") or claimed,
        concluded_on=facts.date("concluded_on"),
        second_report_on=facts.date("second_report_on"),
        work_ended_on=facts.date("left_on"),
        diagnosed_on=facts.date("diagnosed_on"),
        hours_to_death=facts.number("hours_to_death"),
        heirs=heirs(facts) if facts.text("result") == "dead" else None,
        result=facts.text("result"),
        paid_before=bool(facts.flag("paid_before")) or (facts.text("result") == "dead" and bool(facts.flag("death_paid"))),
        listed_disease=facts.flag("listed_disease"),
    )


def owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    """What this stage of the case brings: transport and wages lost as they are proven, then the benefit of how it ended."""
    day, month = facts.date("happened_on"), month_of_event(facts, "happened_on")
    assert day is not None
    held = "arrears" if waits_for_arrears(facts) else ""
    wage = only(facts, "daily_wage_rupiah") or only(facts, "wage_rupiah")
    monthly = only(facts, "wage_rupiah")

    def rule(component: Component, name: str, output: str, inputs: dict[str, Any], at: int = month) -> Owed:
        return Owed(component, f"benefit.jkk.{name}", day, inputs, output, at, held)

    found: list[Owed | Given] = []
    trips = {name: facts.number(name, 0) or 0 for name in ("land_rupiah", "sea_rupiah", "air_rupiah")}
    if any(trips.values()):
        found.append(rule(Component.JKK_TRANSPORT, "transport", "transport_rupiah", trips))
    if facts.number("care_rupiah"):
        found.append(Given(Component.JKK_CARE, facts.number("care_rupiah", 0) or 0, PRICE, month, held=held))
    length = only(facts, "months") or ({"days": facts.get("unfit_days")} if facts.number("unfit_days") else {})
    if length and monthly:
        found.append(rule(Component.JKK_INCAPACITY, "temporary_incapacity", "incapacity_rupiah", {**monthly, **length}))
    if facts.text("result") in ("dead", "total"):
        found += promised(facts, "jkk", day)
    return [*found, *_of_result(facts, rule, wage, monthly)]


def _of_result(facts: Facts, rule: Any, wage: dict[str, Any], monthly: dict[str, Any]) -> list[Owed]:
    result = facts.text("result")
    if result == "partial" and monthly and facts.records("injuries"):
        given = {**monthly, "injuries": facts.records("injuries")}
        return [rule(Component.JKK_PARTIAL, "partial_disability", "disability_rupiah", given)]
    if result == "total" and monthly:
        return [
            rule(Component.JKK_TOTAL, "total_disability", "disability_rupiah", monthly),
            rule(Component.JKK_TOTAL_PERIODIC, "total_disability", "periodic_rupiah", monthly),
        ]
    if result == "dead" and wage:
        parts = (
            (Component.JKK_DEATH, "death_rupiah"), (Component.JKK_PERIODIC, "periodic_rupiah"),
            (Component.JKK_FUNERAL, "funeral_rupiah"), (Component.JKK_SCHOLARSHIP_ONCE, "scholarship_once_rupiah"),
        )  # fmt: skip
        return [rule(part, "death", output, wage) for part, output in parts]
    return []


def papers(law: Law, facts: Facts) -> list[Any]:
    """What the law asks for at this stage."""
    trips = any(facts.number(name, 0) for name in ("land_rupiah", "sea_rupiah", "air_rupiah"))
    return documents.required(
        law, "jkk", dead=facts.text("result") == "dead" or facts.text("kind") == "sudden_death", transport=trips,
        outside_network=bool(facts.number("care_rupiah")),
    )  # fmt: skip


def _conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, accident(facts))


KIND = KindOf(SPECS, "happened_on", _conditions, owed, papers, ("cover", "wage", "death", "family", "work"))
