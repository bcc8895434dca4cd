"""Forms of claims: what is sent by who files and by who works on them, and what is told."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt

from jamsostek.api.v1.shapes import (
    ClaimNumber,
    Day,
    In,
    Kpj,
    MonthOut,
    Name,
    Npp,
    Out,
    Query,
    Reference,
    text,
)
from jamsostek.claims.choices import Channel, Kind, PayoutState, State, Waiting
from jamsostek.core.text import N_

LONG = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Words = Annotated[str, Field(strict=True, min_length=3, max_length=2000, pattern=LONG)]
"""A reason, a note or a message; several lines are one."""
Said = Annotated[str, Field(strict=True, max_length=2000, pattern=LONG)]
FactName = text(60, 1)
PaperName = text(60, 1)
Values = Annotated[dict[str, Any], Field(min_length=1, max_length=40)]
Kin = Literal[
    "self", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "parent_in_law", "by_will", "guardian",
    "employer", "facility", "buried", "other",
]  # fmt: skip
Level = Literal["objection", "inspector", "minister", "court"]


# --- what is sent -----------------------------------------------------------------------------------------------------


class GuardianIn(In):
    """Who stands for somebody under age."""

    name: Name
    birth_date: Day | None = None
    nik: text(25) = ""  # type: ignore[valid-type]
    phone: text(30) = ""  # type: ignore[valid-type]
    account_bank: text(60) = ""  # type: ignore[valid-type]
    account_number: text(30) = ""  # type: ignore[valid-type]
    account_name: text(120) = ""  # type: ignore[valid-type]


class SomeoneIn(GuardianIn):
    """Somebody of a claim: `kin` is what they are to the participant. NIK and accounts are taken in and never told."""

    kin: Kin
    share: StrictInt = Field(1, ge=1, le=1_000_000)
    relative: Reference | None = Field(None, description=N_("Anggota keluarga yang sudah tercatat, dari daftar keluarga."))
    guardian: GuardianIn | None = None


class BeneficiaryIn(SomeoneIn):
    """Somebody else who is paid; `guardian_party` is somebody of the claim who stands for them."""

    guardian_party: Reference | None = None


class ClaimIn(In):
    """A claim to be begun. A firm names itself (`employer`); a hospital's desk gives the birth date, as it sees nobody's data."""

    kind: Kind
    kpj: Kpj
    channel: Channel
    claimant: SomeoneIn | None = Field(None, description=N_("Tidak perlu untuk diri sendiri, perusahaan, dan loket rumah sakit."))
    birth_date: Day | None = Field(None, description=N_("Wajib bagi loket rumah sakit."))
    employer: Npp | None = None
    office: text(12) | None = Field(None, description=N_("Kode loket, bila Anda bekerja di beberapa loket."))  # type: ignore[valid-type]
    parent: ClaimNumber | None = Field(None, description=N_("Klaim yang diikuti sebuah beasiswa."))


class FactsIn(In):
    """Facts by name, as GET /claim-kinds tells them; null takes one back. `children` are `{party, levels: {level: years}}`."""

    values: Values


class FoundFactsIn(FactsIn):
    """What an officer found, and in which paper or register."""

    note: Words


class ConfirmedFactsIn(In):
    """Facts that papers show as they were stated."""

    names: list[FactName] = Field(min_length=1, max_length=40)  # type: ignore[valid-type]
    note: Words


class ClaimAccountIn(In):
    """An account to pay into; its number is never told again."""

    bank: text(60, 1)  # type: ignore[valid-type]
    number: text(30, 5)  # type: ignore[valid-type]
    name: Name


class BecauseIn(In):
    """Why."""

    reason: Words


class MessageIn(In):
    """What is written."""

    text: Words


class ClaimDocumentIn(In):
    """Which paper of the checklist a file is, and of whom."""

    kind: PaperName  # type: ignore[valid-type]
    party: Reference | None = None


class TrackIn(In):
    """The number of the receipt and the participant's birth date."""

    number: ClaimNumber
    birth_date: Day


class PaperCheckIn(In):
    """Whether a paper shows what it should; a no says why, and the family reads it."""

    accepted: StrictBool
    reason: Said = ""


class PaperRequestIn(In):
    """Everything that is missing, at once."""

    text: Words
    waiting_for: Waiting = Waiting.PAPERS


class AccountCheckIn(In):
    """Whether an account is that person's own; a no says why."""

    verified: StrictBool
    note: Said = ""


class ProposalIn(In):
    """What should be decided, and why."""

    approve: StrictBool
    reason: Words


class ClaimDecisionIn(In):
    """Whether the second, or third, person agrees; a no sends it back and says why."""

    agrees: StrictBool
    reason: Said = ""


class ClaimObjectionIn(In):
    """What is said against a decision. Levels beyond the carrier are written down by an officer."""

    grounds: Words
    level: Level = "objection"


class JudgementIn(In):
    """Whether an objection is right."""

    upheld: StrictBool
    reason: Words


class ClaimQuery(Query):
    """Which claims; all that are yours to see when nothing is said."""

    state: State | None = None
    kind: Kind | None = None
    late: bool = Field(False, description=N_("Hanya yang lewat hari terakhirnya menurut undang-undang."))
    employer: Npp | None = None
    kpj: Kpj | None = None


class ServiceQuery(Query):
    """Which of the claims that wait."""

    kind: Kind | None = None
    region_code: int | None = Field(None, ge=1101, le=9999)


# --- what a kind asks -------------------------------------------------------------------------------------------------


class FactKindOut(Out):
    """A fact that a kind of claim wants, and who tells it: filer, officer, or our own records."""

    name: str
    title: str
    unit: str = Field(examples=["date", "rupiah", "count", "ppm", "flag", "choice", "text", "records"])
    of: str = Field(examples=["filer", "officer", "record"])
    required: bool
    proven: bool = Field(description=N_("Baru berlaku sesudah petugas menemukannya di berkas."))
    options: dict[str, str]
    hint: str


class ClaimKindOut(Out):
    """A kind of claim."""

    kind: Kind
    title: str
    programme: str
    line: str
    facts: list[FactKindOut]


class ClaimKindsOut(Out):
    """All kinds."""

    items: list[ClaimKindOut]


# --- what is told of a claim ------------------------------------------------------------------------------------------


class ClaimLine(Out):
    """A claim in a list. `reads` is how much of it is told to you: works, own, reported, there."""

    number: str
    kind: Kind
    title: str
    kpj: str = Field(description=N_("Kosong bagi loket rumah sakit, yang tidak melihat data orang."))
    name: str = Field(description=N_("Hanya huruf awal bagi loket rumah sakit."))
    region_code: int
    channel: Channel
    state: State
    state_text: str
    waiting_for: Waiting | None
    event_on: dt.date | None
    submitted_on: dt.date | None
    place: int | None = Field(description=N_("Urutan layanan; tidak pernah berubah."))
    due_on: dt.date | None = Field(description=N_("Hari terakhir menurut undang-undang, selama jam berjalan."))
    days_left: int | None = Field(description=N_("Negatif bila sudah lewat."))
    reads: str = Field(examples=["works", "own", "reported", "there"])


class StageOut(Out):
    """One of the six steps of a claim."""

    title: str
    state: str = Field(examples=["done", "now", "next"])
    on: dt.date | None


class StandingOut(Out):
    """Where a claim stands, who acts now, and what to do."""

    stages: list[StageOut]
    acts: str
    told: str
    due_on: dt.date | None


class MoneyOut(Out):
    """What is paid or will be; whole rupiah after tax."""

    state: str = Field(examples=["due", "sent", "paid", "failed"])
    text: str
    rupiah: int
    paid_on: dt.date | None


class TrackedOut(StandingOut):
    """What a receipt's holder is told: no name, number or paper of anybody."""

    kind: Kind
    title: str
    state: State
    state_text: str
    papers: list[str]
    money: list[MoneyOut]


class FactOut(Out):
    """One fact as it holds, where it is from, and what was stated where that differs."""

    name: str
    title: str
    value: Any
    text: str
    source: str | None = Field(examples=["stated", "record", "found"])
    stated: Any
    unproven: bool
    required: bool


class PartyOut(Out):
    """Somebody of a claim; the account is shown by its last three digits."""

    id: str
    name: str
    kin: Kin
    kin_text: str
    claimant: bool
    beneficiary: bool
    share: int
    birth_date: dt.date | None
    guardian: str | None
    account: str = Field(examples=["BRI •••456"])
    account_state: str = Field(examples=["given", "verified", "differs", "failed"])
    account_note: str


class ClaimDocumentOut(Out):
    """A paper that was given."""

    id: str
    kind: str
    title: str
    state: str = Field(examples=["given", "accepted", "refused"])
    reason: str
    media: str
    bytes: int
    pages: int
    party: str | None
    given_at: dt.datetime


class ClaimDocumentsOut(Out):
    """Papers of a claim."""

    items: list[ClaimDocumentOut]


class PaperOut(Out):
    """One paper of the checklist. Of papers with the same `any_of` one is enough."""

    kind: str
    title: str
    hint: str
    article: str
    because: str
    state: str = Field(examples=["held", "wanted", "given", "accepted", "refused", "other"])
    wanted: bool
    any_of: str
    documents: list[str]


class ChecklistOut(Out):
    """Every paper the law asks for; `frozen` once the claim was sent."""

    frozen: bool
    wanted: int
    items: list[PaperOut]


class ConditionOut(Out):
    """A condition held against a fact. `unsettled` is the number of an interpretation, `other` what the other reading gives."""

    key: str
    title: str
    met: str = Field(examples=["met", "not_met", "unknown"])
    fact: str
    article: str
    remedy: str
    required: bool
    grade: str
    unsettled: int | None
    other: str | None


class ReadingOut(Out):
    """What another reading of the law gives for a part; whole rupiah."""

    name: str
    option: str
    interpretation: int
    rupiah: int


class PartOut(Out):
    """A part of the benefit; whole rupiah. `recurs` says that it is one payment of a right that goes on, and in no sum."""

    component: str
    title: str
    month: MonthOut
    rupiah: int
    tax_rupiah: int
    before_rupiah: int
    once_rupiah: int
    held: str
    recurs: bool
    rule: str
    readings: list[ReadingOut]


class PreviewOut(Out):
    """What a claim comes to by what is known now; nothing is written."""

    outcome: str = Field(examples=["entitled", "not_entitled", "unsettled", "unknown"])
    text: str
    rupiah: int
    law_digest: str
    conditions: list[ConditionOut]
    parts: list[PartOut]
    missing: list[str] = Field(description=N_("Fakta yang masih diminta dari pemohon."))


class ScenarioOut(Out):
    """What would be paid if something happened, from one's own record of today; an estimate."""

    key: str = Field(examples=["death", "injury", "pension"])
    title: str
    on: dt.date = Field(description=N_("Hari kejadian: hari ini, atau ulang tahun yang harus datang dahulu."))
    outcome: str = Field(examples=["entitled", "not_entitled", "unsettled", "unknown"])
    once_rupiah: int
    parts: list[PartOut]
    in_the_way: list[ConditionOut]
    notes: list[str]


class ScenariosOut(Out):
    """Every event."""

    items: list[ScenarioOut]


class AssessmentOut(Out):
    """A computation as it was kept."""

    number: int
    outcome: str
    rupiah: int
    law_digest: str
    because: str
    made_at: dt.datetime
    by: str
    conditions: list[ConditionOut]
    parts: list[PartOut]


class ClaimDecisionOut(Out):
    """What one proposed and others decided; `final` is null while it is under way, false where it was sent back."""

    approve: bool
    rupiah: int
    reason: str
    grounds: list[str]
    needs_third: bool
    proposed_on: dt.date
    proposed_by: str
    second_on: dt.date | None
    second_by: str
    second_agrees: bool | None
    third_on: dt.date | None
    third_by: str
    third_agrees: bool | None
    final: bool | None


class ClaimObjectionOut(Out):
    """What was said against a decision, and the answer."""

    id: str
    level: Level
    grounds: str
    filed_on: dt.date
    decided_on: dt.date | None
    upheld: bool | None
    reason: str


class ClaimEventOut(Out):
    """Something that happened."""

    kind: str
    on: dt.date
    at: dt.datetime
    text: str
    shown: bool
    by: str


class ClaimMessageOut(Out):
    """A message; `ours` is from the office."""

    at: dt.datetime
    ours: bool
    text: str


class ClaimMessagesOut(Out):
    """Messages both ways, the newest first."""

    items: list[ClaimMessageOut]


class ClaimPaidOut(Out):
    """An amount owed or paid to one; whole rupiah. `group` is its number in the books."""

    component: str
    title: str
    month: MonthOut
    to: str
    gross_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    state: str = Field(examples=[one.name.lower() for one in PayoutState])
    state_text: str
    due_on: dt.date
    paid_on: dt.date | None
    group: str
    bank_reference: str


class ClaimWhole(ClaimLine):
    """A claim with all that is yours to read; what is not is null."""

    standing: StandingOut
    parent: str | None
    facts: list[FactOut] | None
    parties: list[PartyOut] | None
    documents: list[ClaimDocumentOut] | None
    decisions: list[ClaimDecisionOut] | None
    objections: list[ClaimObjectionOut] | None
    events: list[ClaimEventOut] | None
    paid: list[ClaimPaidOut] | None


class ExplainedPartOut(PartOut):
    """A part down to the article: what went in, every step, the rules behind its inputs, the tax, the money it became."""

    source: str
    date: str
    inputs: dict[str, Any]
    figures_digest: str = Field(description=N_("Sidik angka hukum yang dipakai saat dihitung."))
    explanation: dict[str, Any] | None
    basis: list[dict[str, Any]]
    tax: dict[str, Any] | None
    paid: list[ClaimPaidOut]


class ExplainedOut(Out):
    """Every part of what was decided; where nothing was decided yet, an office is told what it comes to now."""

    decided: bool
    approve: bool | None
    law_digest: str
    rupiah: int
    parts: list[ExplainedPartOut]


class ClaimSignalOut(Out):
    """Something a human should look at twice. It states facts and decides nothing."""

    sign: str
    values: dict[str, Any]
    claims: list[str]


class ClaimSignalsOut(Out):
    """All of them."""

    items: list[ClaimSignalOut]
