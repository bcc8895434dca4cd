"""What is sent and answered about people."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from jamsostek.api.v1.common import PersonIn
from jamsostek.api.v1.shapes import (
    Day,
    In,
    Kpj,
    Line,
    Month,
    MonthOut,
    Name,
    Npp,
    Out,
    Query,
    Reason,
    RegencyCode,
    VillageCode,
    text,
)
from jamsostek.core.text import N_
from jamsostek.registry.choices import Degree, Disability, Sex, Via


class ParticipantLine(Out):
    """A person in a list."""

    kpj: str
    name: str
    sex: Sex
    birth_date: dt.date
    regency_code: int
    village_code: int | None
    died_on: dt.date | None
    nik: str = Field(description=N_("Tertutup bintang."))


class ParticipantOut(ParticipantLine):
    """A person; secret values are masked, and shown one by one with a reason."""

    birth_place: str
    address: str
    disability_type: Disability | None
    disability_degree: Degree | None
    registered_on: dt.date
    registered_via: Via
    phone: str
    mother_name: str
    bank_account: str
    other_numbers: list[str] = Field(description=N_("Nomor lain yang menuju orang ini, sesudah digabungkan."))


class ParticipantQuery(Query):
    """Which people."""

    regency_code: int | None = Field(None, ge=1101, le=9999)
    employer: Npp | None = None
    sponsor: Npp | None = None


class Found(Out):
    """What a search found; `more` when there is more than it tells."""

    items: list[ParticipantLine]
    more: bool


class SearchIn(In):
    """A name, its beginning, a KPJ or a phone number."""

    text: text(120, 2)  # type: ignore[valid-type]


class NikIn(In):
    """A NIK; it goes into the body, never into an address."""

    nik: text(25, 16)  # type: ignore[valid-type]


class RegisterIn(PersonIn):
    """A person to be registered at an office, by an agent or in a village."""

    reason: Line = ""


class RegisteredOut(Out):
    """What became of it. `known`: the NIK was registered before and nothing was doubled; no number where it is out of sight."""

    kpj: str | None
    status: str = Field(examples=["new", "known"])
    questions: int = Field(description=N_("Berapa orang yang mungkin sama dengan orang ini; petugas memutuskannya."))


class ChangeIn(In):
    """What changes; what is left out stays. The same checks as at registration."""

    reason: Reason
    name: Name | None = None
    sex: Sex | None = None
    birth_date: Day | None = None
    birth_place: text(80) | None = None  # type: ignore[valid-type]
    regency_code: RegencyCode | None = None
    village_code: VillageCode | None = None
    address: Line | None = None
    nik: text(25) | None = None  # type: ignore[valid-type]
    mother_name: text(120) | None = None  # type: ignore[valid-type]
    phone: text(30) | None = None  # type: ignore[valid-type]
    bank_code: text(60) | None = None  # type: ignore[valid-type]
    bank_account: text(30) | None = None  # type: ignore[valid-type]
    disability_type: Disability | None = None
    disability_degree: Degree | None = None
    domicile_since: Day | None = Field(
        None,
        description=N_("Hari pindah ke wilayah itu. Tanpa hari, wilayahnya salah catat dan bulan yang lalu ikut dibetulkan."),
    )


class ShowIn(In):
    """Which value is opened, and why; the person can read the reason."""

    field: text(20)  # type: ignore[valid-type]
    reason: Reason


class Shown(Out):
    """One value, whole."""

    field: str
    value: str


class DeathIn(In):
    """A death."""

    died_on: Day
    reason: Reason


class Done(Out):
    """Something was done to a person."""

    kpj: str
    status: str


class MergeIn(In):
    """The number that goes on, and what shows that both are one person."""

    into: Kpj
    reason: Reason


class ReasonIn(In):
    """Why."""

    reason: Reason


class SpellOut(Out):
    """Months in which somebody pays."""

    kind: str = Field(examples=["work", "cover", "placement"])
    payer: str
    segment: str
    from_month: MonthOut
    to_month: MonthOut | None
    programmes: list[str]
    paid: bool
    grace: bool


class GapOut(Out):
    """Months in which nobody pays; open where nothing follows."""

    from_month: MonthOut
    to_month: MonthOut | None


class TimelineOut(Out):
    """Who covers a person in a month, all spells, and the gaps between them."""

    month: MonthOut
    covered: bool
    programmes: list[str]
    spells: list[SpellOut]
    gaps: list[GapOut]


class KnownWork(Out):
    """A spell of work as it was known."""

    segment: str
    from_month: MonthOut
    to_month: MonthOut | None
    wage_rupiah: int | None


class KnownCover(Out):
    """A spell of cover as it was known."""

    payer: str
    from_month: MonthOut
    to_month: MonthOut | None
    income_rupiah: int


class KnownOut(Out):
    """What was known at a moment about a month."""

    month: MonthOut
    known_on: dt.date
    regency_code: int | None
    employments: list[KnownWork]
    covers: list[KnownCover]


class MonthQuery(In):
    """Which month; the present one when left out."""

    month: Month | None = None


class KnownQuery(In):
    """Which month, and as known at the end of which day."""

    month: Month
    known_on: Day
