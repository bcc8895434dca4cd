"""Loss of work: six months of cash, each month but the first against proof of looking for work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jamsostek import law as rules
from jamsostek.claims.choices import Component
from jamsostek.claims.facts import OFFICER, Facts, Spec, Unit
from jamsostek.claims.kinds.base import WAGE, Given, KindOf, Owed, month_of_event, of_records, only
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jkp.entitlement import Dismissal, conditions
from jamsostek.law.parameters import Law

REASONS = {
    "dismissed": N_("Diberhentikan (PHK)"),
    "resigned": N_("Mengundurkan diri"),
    "contract_ended": N_("Kontrak habis pada waktunya"),
    "retired": N_("Pensiun"),
    "total_disability": N_("Cacat total tetap"),
    "died": N_("Meninggal dunia"),
}
CONTRACTS = {"fixed": N_("kontrak waktu tertentu (PKWT)"), "permanent": N_("karyawan tetap (PKWTT)")}
SCALES = {"large": N_("usaha besar"), "medium": N_("usaha menengah"), "small": N_("usaha kecil"), "micro": N_("usaha mikro")}
SPECS = (
    Spec("left_on", N_("Hari diberhentikan"), Unit.DATE, proven=True),
    Spec("reason", N_("Mengapa berhenti"), Unit.CHOICE, options=REASONS, proven=True),
    Spec("willing", N_("Bersedia mencari dan menerima pekerjaan"), Unit.FLAG),
    Spec("contract", N_("Jenis hubungan kerja"), Unit.CHOICE, options=CONTRACTS, required=False),
    Spec("contract_end_on", N_("Hari kontrak berakhir"), Unit.DATE, required=False),
    Spec("citizen", N_("Warga negara Indonesia"), Unit.FLAG, required=False),
    Spec("proof", N_("Bukti PHK sah"), Unit.FLAG, OFFICER),
    Spec("employer_closed", N_("Perusahaan tutup atau pailit"), Unit.FLAG, OFFICER, required=False),
    Spec("scale", N_("Skala usaha"), Unit.CHOICE, "record", required=False, options=SCALES),
    *WAGE,
    *of_records(
        ("programmes", N_("Program yang diikuti"), Unit.TEXT),
        ("contribution_months_24", N_("Bulan iuran dalam 24 bulan terakhir"), Unit.COUNT),
        ("consecutive_6", N_("Bulan iuran berturut-turut terpanjang"), Unit.COUNT),
        ("working_again", N_("Sudah bekerja lagi"), Unit.FLAG),
        ("claims_before", N_("Klaim JKP sebelumnya"), Unit.COUNT),
        ("contribution_years_since_last", N_("Tahun iuran sejak klaim terakhir"), Unit.COUNT),
        ("registered_on", N_("Hari pendaftaran"), Unit.DATE),
        ("birth_date", N_("Tanggal lahir"), Unit.DATE),
        ("arrears_months", N_("Bulan menunggak"), Unit.COUNT),
        ("months_already_paid_before_2025_02_07", N_("Bulan yang sudah dibayar sebelum 7 Februari 2025"), Unit.COUNT),
    ),
)


def dismissal(facts: Facts) -> Dismissal:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    programmes = [one.strip() for one in facts.text("programmes").split(",") if one.strip()]
    return Dismissal(
        left_on=facts.date("left_on"), claimed_on=claimed, reason=facts.text("reason"), citizen=facts.flag("citizen"),
        birth_date=facts.date("birth_date"), registered_on=facts.date("registered_on"),
        programmes=tuple(programmes) or None, scale=facts.text("scale") or "large",
        contribution_months_24=facts.number("contribution_months_24"), consecutive_6=facts.number("consecutive_6"),
        working_again=facts.flag("working_again"), willing=facts.flag("willing"), proof=facts.flag("proof"),
        claims_before=facts.number("claims_before", 0) or 0,
        contribution_years_since_last=facts.number("contribution_years_since_last"), contract=facts.text("contract") or None,
        contract_end_on=facts.date("contract_end_on"), arrears_months=facts.number("arrears_months", 0) or 0,
        employer_closed=facts.flag("employer_closed"),
    )  # fmt: skip


def owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    """Six monthly sums; the first is paid with the decision, each other with its month's proof."""
    day, month = facts.date("left_on"), month_of_event(facts, "left_on")
    inputs = only(facts, "wage_rupiah", "months_already_paid_before_2025_02_07")
    if day is None or "wage_rupiah" not in inputs:
        return []
    amounts = rules.calculate("benefit.jkp", date=day, **inputs)["monthly_rupiah"]
    terms = {"of": "month", "from": month_of_event(facts, "claimed_on"), "amounts": [int(one) for one in amounts]}
    return [Owed(Component.JKP, "benefit.jkp", day, inputs, "monthly_rupiah", month, recurs=terms, place=0)]


def papers(law: Law, facts: Facts) -> list[Any]:
    """What the law asks for."""
    return documents.required(law, "jkp")


def _conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, dismissal(facts))


KIND = KindOf(SPECS, "left_on", _conditions, owed, papers, ("wage", "work", "jkp"))
