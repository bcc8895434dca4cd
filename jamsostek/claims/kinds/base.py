"""The shape of a kind of claim, and what kinds share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jamsostek.claims.choices import Component
from jamsostek.claims.facts import FILER, OFFICER, RECORD, Facts, Spec, Unit
from jamsostek.core.months import month_of
from jamsostek.core.text import N_
from jamsostek.law.entitlement import Condition
from jamsostek.law.facts import Covered, Heirs
from jamsostek.law.parameters import Law


@dataclass(frozen=True)
class Owed:
    """One part of a benefit as a rule gives it: the rule, the day of its law, its inputs, and which output is owed.

    `month` is what a payment is for. `held` says what it waits for. `share_of` divides the output (arrears: a part at once).
    `recurs` are the terms of a right that is paid again and again; then the output is one payment of it.
    """

    component: Component
    rule: str
    date: dt.date
    inputs: Mapping[str, Any]
    output: str
    month: int
    held: str = ""
    recurs: Mapping[str, Any] | None = None
    place: int | None = None
    """Which of a list the output is."""
    basis: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Rules that gave its inputs, told before it: (rule, inputs)."""


@dataclass(frozen=True)
class Given:
    """An amount that no rule computes: the balance of an account, a price paid, found by records or an officer; whole rupiah.

    `taxed` are the inputs of the tax rule whose last tax is this payment's.
    """

    component: Component
    rupiah: int
    source: str
    month: int
    taxed: Mapping[str, Any] | None = None
    tax_date: dt.date | None = None
    held: str = ""


@dataclass(frozen=True)
class KindOf:
    """A kind of claim: the facts it wants, the fact that says on which day it happened, conditions, what is owed, papers.

    `papers` names the documents the law asks for, by what is known so far.
    """

    specs: tuple[Spec, ...]
    event: str
    conditions: Callable[[Law, Facts], list[Condition]]
    owed: Callable[[Law, Facts], Sequence[Owed | Given]]
    papers: Callable[[Law, Facts], list[Any]]
    records: tuple[str, ...] = field(default=())
    """Groups of facts that our records tell: cover, wage, balance, pension, family."""

    @property
    def asked(self) -> tuple[Spec, ...]:
        """Facts that who files is asked for."""
        return tuple(one for one in self.specs if one.of == FILER)


def of_records(*names: tuple[str, str, Unit]) -> tuple[Spec, ...]:
    """Facts that our records tell; an officer may find otherwise."""
    return tuple(Spec(name, title, unit, RECORD, required=False) for name, title, unit in names)


SEGMENTS = {"pu": N_("penerima upah (PU)"), "bpu": N_("bukan penerima upah (BPU)")}
PAYS = {"bpjs": N_("BPJS"), "employer": N_("perusahaan"), "nobody": N_("tidak ada")}
COVER = (
    *of_records(
        ("protected", N_("Terlindungi pada hari itu"), Unit.FLAG),
        ("cover_why", N_("Keterangan perlindungan"), Unit.TEXT),
        ("arrears_months", N_("Bulan menunggak"), Unit.COUNT),
        ("registered_on", N_("Hari pendaftaran"), Unit.DATE),
        ("membership_months", N_("Masa kepesertaan (bulan)"), Unit.COUNT),
        ("contribution_months", N_("Banyaknya bulan iuran"), Unit.COUNT),
        ("employers", N_("Pemberi kerja bulan itu"), Unit.COUNT),
    ),
    Spec("pays_first", N_("Yang membayar lebih dahulu"), Unit.CHOICE, RECORD, required=False, options=PAYS),
    Spec("segment", N_("Segmen peserta"), Unit.CHOICE, RECORD, required=False, options=SEGMENTS),
)
WAGE = of_records(
    ("wage_rupiah", N_("Upah sebulan"), Unit.RUPIAH),
)
DEATH = (*of_records(("known_dead", N_("Kematian terbukti"), Unit.FLAG), ("paid_before", N_("Sudah pernah dibayar"), Unit.FLAG)),)
STEPS = {
    "widow_widower_or_child": N_("janda, duda, atau anak"),
    "blood_line_to_second_degree": N_("keturunan sedarah sampai derajat kedua"),
    "siblings": N_("saudara kandung"),
    "parents_in_law": N_("mertua"),
    "person_in_will": N_("yang ditunjuk dalam wasiat"),
    "funeral_to_who_buried_rest_to_fund": N_("yang mengurus pemakaman"),
    "estate_office": N_("balai harta peninggalan"),
}
FAMILY = (
    Spec("claimant_step", N_("Kedudukan pemohon dalam urutan ahli waris"), Unit.CHOICE, RECORD, required=False, options=STEPS),
    Spec("entitled_step", N_("Yang berhak lebih dahulu"), Unit.CHOICE, RECORD, required=False, options=STEPS),
    *of_records(
        ("spouses", N_("Pasangan yang tercatat"), Unit.COUNT),
        ("minors", N_("Ahli waris di bawah umur tanpa wali"), Unit.COUNT),
    ),
    Spec("disputed", N_("Ada ahli waris lain yang menyangkal"), Unit.FLAG, OFFICER, required=False),
)


def covered(facts: Facts) -> Covered:
    """What is known of cover on the day."""
    return Covered(
        facts.flag("protected"),
        facts.text("pays_first") or "bpjs",
        facts.text("cover_why") or N_("Perlindungan pada hari itu belum diketahui."),
        facts.text("segment") or "pu",
        facts.number("arrears_months", 0) or 0,
        facts.date("registered_on"),
        facts.number("membership_months"),
        facts.number("employers", 1) or 1,
    )


def heirs(facts: Facts) -> Heirs:
    """Where the claimant stands in the order of heirs."""
    return Heirs(
        facts.text("claimant_step"),
        facts.text("entitled_step"),
        facts.number("spouses", 0) or 0,
        bool(facts.flag("disputed")),
        facts.number("minors", 0) or 0,
    )


def waits_for_arrears(facts: Facts) -> bool:
    """Whether a member who pays for themself left arrears: cash waits till they are paid (PP 44/2015 Pasal 39, 42)."""
    return facts.text("segment") == "bpu" and bool(facts.number("arrears_months", 0))


def only(facts: Facts, *names: str) -> dict[str, Any]:
    """Inputs of a rule that are facts of the same name; those not known are left out."""
    return {name: facts.get(name) for name in names if facts.get(name) is not None}


def month_of_event(facts: Facts, name: str) -> int:
    """The month a payment for an event is for."""
    day = facts.date(name)
    assert day is not None
    return month_of(day)
