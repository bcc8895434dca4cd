"""Old-age savings: all of it, or once a part while still a member. The amount is the account's, the tax the law's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jamsostek.claims.choices import Component
from jamsostek.claims.facts import OFFICER, Facts, Spec, Unit
from jamsostek.claims.kinds.base import COVER, DEATH, FAMILY, Given, KindOf, Owed, covered, heirs, of_records
from jamsostek.core.months import month_of
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jht.entitlement import Full, Partial, conditions, partial_ceiling
from jamsostek.law.parameters import Law

CAUSES = {
    "age_56": N_("Berusia 56 tahun"),
    "retired": N_("Pensiun dari perusahaan"),
    "resigned": N_("Mengundurkan diri"),
    "dismissed": N_("Diberhentikan (PHK)"),
    "contract_ended": N_("Kontrak kerja berakhir"),
    "bpu_stopped": N_("Berhenti dari usaha sendiri"),
    "leaving_indonesia": N_("Meninggalkan Indonesia selamanya"),
    "total_disability": N_("Cacat total tetap"),
    "death": N_("Meninggal dunia"),
}
PURPOSES = {"housing": N_("Rumah"), "other": N_("Keperluan lain menjelang pensiun")}
ACCOUNT = N_("Saldo rekening JHT peserta pada hari dihitung.")
SHARE = N_("Bagian saldo JHT yang diminta, dalam batas undang-undang.")
MONEY = (
    *of_records(
        ("balance_rupiah", N_("Saldo JHT"), Unit.RUPIAH),
        ("earlier_payments", N_("Pembayaran JHT sebelumnya"), Unit.RECORDS),
        ("taken_before", N_("Pernah mengambil sebagian"), Unit.FLAG),
        ("working", N_("Masih bekerja"), Unit.FLAG),
        ("member_since", N_("Peserta sejak"), Unit.DATE),
        ("birth_date", N_("Tanggal lahir"), Unit.DATE),
    ),
    Spec("tax_number", N_("Punya NPWP"), Unit.FLAG, required=False),
)
FULL_SPECS = (
    Spec("cause", N_("Mengapa diambil"), Unit.CHOICE, options=CAUSES, proven=True),
    Spec(
        "event_on",
        N_("Hari kejadian"),
        Unit.DATE,
        proven=True,
        hint=N_("Hari terakhir bekerja, ulang tahun ke-56, meninggal, atau berangkat."),
    ),
    Spec("letter_on", N_("Tanggal surat pengunduran diri"), Unit.DATE, required=False),
    Spec("foreigner", N_("Warga negara asing"), Unit.FLAG, required=False),
    Spec("left_for_good", N_("Pindah selamanya"), Unit.FLAG, OFFICER, required=False),
    Spec("total_disability", N_("Cacat total tetap menurut dokter"), Unit.FLAG, OFFICER, required=False),
    *MONEY,
    *DEATH,
    *COVER,
    *FAMILY,
)
PARTIAL_SPECS = (
    Spec("purpose", N_("Untuk apa"), Unit.CHOICE, options=PURPOSES),
    Spec("amount_asked_rupiah", N_("Jumlah yang diminta"), Unit.RUPIAH),
    *MONEY, *COVER,
)  # fmt: skip


def full(facts: Facts) -> Full:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    died = facts.text("cause") == "death"
    return Full(
        cause=facts.text("cause"), event_on=facts.date("event_on"), claimed_on=claimed, birth_date=facts.date("birth_date"),
        working=facts.flag("working"), balance_rupiah=facts.number("balance_rupiah"),
        cover=covered(facts) if facts.date("registered_on") else None, foreigner=facts.flag("foreigner"),
        left_for_good=facts.flag("left_for_good"), total_disability=facts.flag("total_disability"),
        letter_on=facts.date("letter_on"), heirs=heirs(facts) if died else None, known_dead=facts.flag("known_dead"),
        paid_before=bool(facts.flag("paid_before")),
    )  # fmt: skip


def partial(facts: Facts) -> Partial:
    """The same where a part is asked for."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    return Partial(
        facts.text("purpose"), claimed, facts.date("member_since"), facts.flag("working"), facts.number("amount_asked_rupiah"),
        facts.number("balance_rupiah"), bool(facts.flag("taken_before")),
    )  # fmt: skip


def _full_owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    return [_paid(Component.JHT, facts.number("balance_rupiah", 0) or 0, ACCOUNT, facts)]


def _partial_owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    asked, balance = facts.number("amount_asked_rupiah", 0) or 0, facts.number("balance_rupiah", 0) or 0
    most = partial_ceiling(law, facts.text("purpose"), balance)
    return [_paid(Component.JHT_PARTIAL, min(asked, most), SHARE, facts)]


def _paid(component: Component, rupiah: int, source: str, facts: Facts) -> Given:
    """An amount with its tax: the law's rule over all payments of the window, of which this is the last."""
    day = facts.date("claimed_on")
    assert day is not None
    month = month_of(day)
    payments = [*facts.records("earlier_payments"), {"month": f"{month // 100}-{month % 100:02d}", "amount_rupiah": rupiah}]
    taxed: dict[str, Any] = {"payments": payments, "tax_number": facts.flag("tax_number") is not False}
    return Given(component, rupiah, source, month, taxed if rupiah else None, day)


def _full_papers(law: Law, facts: Facts) -> list[Any]:
    taken = bool(facts.flag("taken_before"))
    return documents.required(
        law, "jht", kind=facts.text("cause") or "age_56", balance_rupiah=facts.number("balance_rupiah"), taken_before=taken
    )


def _partial_papers(law: Law, facts: Facts) -> list[Any]:
    return documents.required(law, "jht_partial", kind=facts.text("purpose") or "other")


def _full_conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, full(facts))


def _partial_conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, partial(facts))


FULL = KindOf(FULL_SPECS, "event_on", _full_conditions, _full_owed, _full_papers, ("cover", "work", "balance", "death", "family"))
PARTIAL = KindOf(PARTIAL_SPECS, "claimed_on", _partial_conditions, _partial_owed, _partial_papers, ("cover", "work", "balance"))
