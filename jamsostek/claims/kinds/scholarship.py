"""A child's scholarship: established with the death or disability of the parent, paid year by year against proof of school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jamsostek.claims.choices import Component
from jamsostek.claims.facts import OFFICER, Facts, Spec, Unit
from jamsostek.claims.kinds.base import Given, KindOf, Owed, month_of_event, of_records
from jamsostek.core.text import N_
from jamsostek.law import documents
from jamsostek.law.entitlement import Condition
from jamsostek.law.jkm.scholarship import Scholar, conditions
from jamsostek.law.parameters import Law

LEVELS = {
    "kindergarten": N_("Taman kanak-kanak"), "primary": N_("Sekolah dasar"), "junior": N_("Sekolah menengah pertama"),
    "senior": N_("Sekolah menengah atas"), "higher": N_("Perguruan tinggi atau pelatihan"),
}  # fmt: skip
CAUSES = {
    "jkk_death": N_("Meninggal karena kecelakaan kerja"), "jkk_total_disability": N_("Cacat total karena kecelakaan kerja"),
    "jkm_death": N_("Meninggal bukan karena kerja"),
}  # fmt: skip
CHILDREN = Spec(
    "children", N_("Anak sekolah"), Unit.RECORDS, required=False,
    hint=N_("Paling banyak dua anak; untuk tiap jenjang, berapa tahun lagi."),
)  # fmt: skip
SPECS = (
    Spec("child_birth_date", N_("Tanggal lahir anak"), Unit.DATE),
    Spec("level", N_("Jenjang sekolah sekarang"), Unit.CHOICE, options=LEVELS),
    Spec("married", N_("Anak sudah menikah"), Unit.FLAG),
    Spec("working", N_("Anak sudah bekerja"), Unit.FLAG),
    Spec("job_months", N_("Berapa bulan bekerja berturut-turut"), Unit.COUNT, required=False),
    Spec("bpu_or_intern", N_("Magang, atau peserta BPU"), Unit.FLAG, required=False),
    Spec("is_child", N_("Anak sah peserta"), Unit.FLAG, OFFICER),
    Spec("at_school", N_("Masih sekolah menurut surat"), Unit.FLAG, OFFICER),
    CHILDREN,
    *of_records(
        ("event_on", N_("Hari kejadian orang tuanya"), Unit.DATE),
        ("contribution_months", N_("Banyaknya bulan iuran"), Unit.COUNT),
        ("membership_months", N_("Masa kepesertaan (bulan)"), Unit.COUNT),
        ("years_paid_of_level", N_("Tahun yang sudah dibayar di jenjang ini"), Unit.COUNT),
        ("paid_this_school_year", N_("Tahun ajaran ini sudah dibayar"), Unit.FLAG),
        ("place", N_("Anak ke berapa yang mendapat beasiswa"), Unit.COUNT),
    ),
    Spec("cause", N_("Sebab"), Unit.CHOICE, "record", required=False, options=CAUSES),
)


def scholar(facts: Facts) -> Scholar:
    """The facts as the law's conditions take them."""
    claimed = facts.date("claimed_on")
    assert claimed is not None
    return Scholar(
        cause=facts.text("cause"), event_on=facts.date("event_on"), claimed_on=claimed,
        contribution_months=facts.number("contribution_months"), child_birth_date=facts.date("child_birth_date"),
        is_child=facts.flag("is_child"), married=facts.flag("married"), working=facts.flag("working"),
        job_months=facts.number("job_months"), bpu_or_intern=facts.flag("bpu_or_intern"), at_school=facts.flag("at_school"),
        level=facts.text("level"), years_paid_of_level=facts.number("years_paid_of_level", 0) or 0,
        paid_this_school_year=bool(facts.flag("paid_this_school_year")), place=facts.number("place", 1) or 1,
        membership_months=facts.number("membership_months"),
    )  # fmt: skip


def promised(facts: Facts, cause: str, day: dt.date) -> list[Owed | Given]:
    """What all children are promised together for the years they have to go; paid year by year."""
    children = [{"levels": dict(one.get("levels", {}))} for one in facts.records("children")]
    if not children:
        return []
    inputs: dict[str, Any] = {"cause": cause, "children": children}
    if facts.number("contribution_months") is not None:
        inputs["contribution_months"] = facts.number("contribution_months")
    terms = {"of": "promise", "children": facts.records("children")}
    month = day.year * 100 + day.month
    return [Owed(Component.SCHOLARSHIP, "benefit.scholarship", day, inputs, "total_rupiah", month, recurs=terms)]


def _owed(law: Law, facts: Facts) -> Sequence[Owed | Given]:
    """One child's year at the level it is in."""
    day = facts.date("event_on")
    if day is None or not facts.text("level"):
        return []
    cause = "jkm" if facts.text("cause") == "jkm_death" else "jkk"
    inputs: dict[str, Any] = {"cause": cause, "children": [{"levels": {facts.text("level"): 1}}]}
    if facts.number("contribution_months") is not None:
        inputs["contribution_months"] = facts.number("contribution_months")
    month = month_of_event(facts, "claimed_on")
    return [Owed(Component.SCHOLARSHIP, "benefit.scholarship", day, inputs, "total_rupiah", month)]


def _papers(law: Law, facts: Facts) -> list[Any]:
    return documents.required(law, "scholarship")


def _conditions(law: Law, facts: Facts) -> list[Condition]:
    return conditions(law, scholar(facts))


KIND = KindOf(SPECS, "event_on", _conditions, _owed, _papers, ())
