"""What is sent and answered about registers, their linkages and pairs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt

from jamsostek.api.v1.shapes import Day, In, Line, Name, Out, Query, Reason
from jamsostek.core.text import N_

RegisterKind = Literal[
    "dtsen", "dtks", "p3ke", "fishers", "farmers", "traders", "drivers", "village", "other", "civil", "servants"
]  # fmt: skip
RegisterNumber = Annotated[int, Field(ge=1, le=2_000_000_000)]
Against = Literal["participants", "register", "within"]
Said = Literal["same", "different", "unsure", "village", "withdrawn"]
Queue = Literal["ask", "third", "village", "sample"]


class NewRegisterIn(In):
    """What is said of a register before it is looked at."""

    region_code: Annotated[int, Field(ge=11, le=9999, examples=[3515])]
    kind: RegisterKind
    title: Name
    snapshot_on: Day = Field(description=N_("Hari yang digambarkan daftar, bukan hari dikirim."))
    legal_basis: Reason
    purpose: Reason
    keep_until: Day


class RegisterOut(Out):
    """A register and how far it is. `mapping` waits for what its columns hold."""

    number: int
    region_code: int
    kind: str
    title: str
    state: str = Field(examples=["mapping", "received", "reading", "ready", "failed", "cancelled", "deleted"])
    snapshot_on: dt.date
    legal_basis: str
    purpose: str
    keep_until: dt.date
    file_name: str
    rows_seen: int
    rows_kept: int
    rows_refused: int
    rows_passed: int
    invented: bool = Field(description=N_("Tiruan, dari peragaan."))
    error: str
    made_at: dt.datetime
    finished_at: dt.datetime | None


class RegisterProblemGroupOut(Out):
    """Rows that are mended in one way."""

    kind: str
    severity: str = Field(examples=["error", "warning", "note"])
    title: str
    remedy: str
    count: int


class RegisterWhole(RegisterOut):
    """With what is to be mended, and the counts of what is in it."""

    problems: list[RegisterProblemGroupOut]
    profile: dict[str, Any] = Field(description=N_("Hitungan isi daftar: NIK, umur, desil, desa, pekerjaan."))


class ColumnOut(Out):
    """A column, some of its cells (long numbers starred), what it is suggested to hold, and why."""

    position: int
    letter: str
    title: str
    samples: list[str]
    fields: list[str] = Field(examples=[["name"]])
    confidence: int
    why: str


class ColumnsOut(Out):
    """The columns of a file that waits; `fingerprint` is the same for all files of these titles."""

    fingerprint: str
    header_row: int
    columns: list[ColumnOut]


class ColumnIn(In):
    """What a column holds; columns left out are not read."""

    position: Annotated[StrictInt, Field(ge=0, le=16_383)]
    fields: list[str] = Field(min_length=1, max_length=2, examples=[["name"]])


class ColumnsIn(In):
    """The decisions about a file, and whether they are kept for the next one of the same titles."""

    columns: list[ColumnIn] = Field(min_length=1, max_length=400)
    keep: Line = Field("", description=N_("Nama pemetaan bila disimpan; kosong bila tidak."))
    shared: StrictBool = False


class RegisterRowQuery(Query):
    """The problems of one kind."""

    kind: str = Field(max_length=60, pattern=r"^[a-z0-9_]+$")


class RegisterRowOut(Out):
    """One thing to mend: where it is, what was seen (masked), what was expected."""

    row: int | None
    column: str
    title: str
    value: str
    problem: str
    expected: str
    remedy: str


class DeletionIn(In):
    """Why a register is deleted."""

    reason: Reason


class LinkIn(In):
    """What a register is linked with; `other` is the number of the other register."""

    against: Against = "participants"
    other: RegisterNumber | None = None


class LinkRunOut(Out):
    """One linkage. `recall` is an estimate by hiding NIKs; `precision` one by what people said of a sample, or null."""

    id: str
    register_number: int
    against: str
    other: int | None
    state: str = Field(examples=["waiting", "linking", "done", "failed"])
    counts: dict[str, int] = Field(examples=[{"same": 40, "ask": 3, "different": 17}])
    recall: float | None
    precision: list[float] | None = Field(description=N_("Taksiran, batas bawah, batas atas."))
    waiting: dict[str, int]
    error: str
    made_at: dt.datetime
    finished_at: dt.datetime | None


class PairQuery(Query):
    """Which pairs: those to be answered, those two disagree on, those a village is asked, or the quality sample."""

    queue: Queue = "ask"


class PairOut(Out):
    """A pair that waits for whoever asks."""

    person: str


class PairsOut(Out):
    """Some of the pairs that wait."""

    items: list[PairOut]


class SideOut(Out):
    """One record of a pair; numbers, telephone and the mother are masked."""

    name: str
    sex: str
    birth_date: dt.date | None
    birth_place: str
    village_code: int | None
    nik: str
    card: str
    mother: str
    phone: str


class ClueOut(Out):
    """What one comparison said, in bits: one more is twice as likely the same person."""

    fact: str
    said: str
    bits: float


class PairWhole(Out):
    """A pair side by side. `weight` is null until whoever asks has answered it."""

    person: str
    record: SideOut
    member: SideOut | None
    reasons: list[str]
    clues: list[ClueOut]
    weight: float | None
    answer: str | None = Field(examples=["same", "different", "unsure", "village"])


class PairAnswerIn(In):
    """Same takes two people, different one; `withdrawn` takes an answer back."""

    answer: Said
    reason: Reason


class PairAnswerOut(Out):
    """An answer as kept."""

    answer: str
    blind: bool = Field(description=N_("Diberikan sebelum bobotnya terlihat."))
