"""A person's JHT balance and JP contributions, a year month by month, why a month's return is what it is; and rates declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.accounts.actions import rates as actions
from jamsostek.accounts.actions.rates import MOST_PPM, NewRate
from jamsostek.accounts.models import LineKind
from jamsostek.accounts.paper import standing
from jamsostek.accounts.queries.balances import OwnLine, balance_on
from jamsostek.accounts.queries.rates import Declaration, Rate, declarations
from jamsostek.accounts.queries.sight import seeing
from jamsostek.accounts.queries.statement import Month, Sums, derivations, statement, years
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, page, person_of
from jamsostek.api.v1.shapes import Day, In, Kpj, MonthOut, Out, Page, Query, Reference, text
from jamsostek.api.v1.shapes import Month as MonthIn
from jamsostek.collection.queries.payers import payer_names
from jamsostek.core.text import N_
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.registers import kpj_in_sight

accounts = Resource("accounts", N_("Akun JHT dan JP"))
NOT_FOUND = frozenset({404})
Year = Annotated[int, Field(ge=2009, le=2100)]
KINDS = {one: one.name.lower() for one in LineKind}


class SavingsSumsOut(Out):
    """What moved in a span; `out_rupiah` is positive, `corrected_rupiah` has the sign of its effect."""

    in_rupiah: int
    return_rupiah: int
    out_rupiah: int
    corrected_rupiah: int


class YearOut(SavingsSumsOut):
    """A year of JHT, from its opening to its closing."""

    year: int
    opening_rupiah: int
    closing_rupiah: int


class SavingsOut(Out):
    """What the account held at the end of a day; `credited_until` is the newest month whose return is in it."""

    kpj: str
    on: dt.date
    balance_rupiah: int
    year_return_rupiah: int = Field(description=N_("Hasil tahun ini, yang berkembang mulai 1 Januari."))
    credited_until: MonthOut | None
    years: list[YearOut]


class BalanceQuery(In):
    """The day; today when left out."""

    on: Day | None = None


class SavingsLineOut(Out):
    """One movement; negative where it went out. `payer` is who paid a contribution."""

    on: dt.date
    kind: str = Field(examples=["contribution", "return", "withdrawal", "correction", "brought_in"])
    for_month: MonthOut
    rupiah: int
    payer: str | None


class RateUsedOut(Out):
    """Where a rate stands: regulation or decision, how well it is known, its sources; `invented` marks an example."""

    cited: str
    grade: str
    sources: list[str]
    invented: bool


class MonthRow(SavingsSumsOut):
    """A month of JHT; `rate_ppm` is the yearly rate it was credited at, `rate` where that stands; null before it was."""

    month: MonthOut
    opening_rupiah: int
    closing_rupiah: int
    rate_ppm: int | None
    rate: RateUsedOut | None
    lines: list[SavingsLineOut]


class PensionRow(Out):
    """A JP contribution that came in during the year."""

    for_month: MonthOut
    rupiah: int
    on: dt.date
    payer: str | None


class SavingsYearOut(YearOut):
    """A year: JHT month by month, and JP contributions, which are a record and no balance."""

    kpj: str
    months: list[MonthRow]
    pension: list[PensionRow]
    pension_rupiah: int


class RateIn(In):
    """A rate declared for the months from `from_month` to December of its year."""

    from_month: MonthIn
    rate_ppm: Annotated[StrictInt, Field(ge=0, le=MOST_PPM, description=N_("Setahun, per sejuta."), examples=[56_300])]
    source: text(500, 1)  # type: ignore[valid-type]
    decree: text(120) = ""  # type: ignore[valid-type]
    decreed_on: Day | None = None
    invented: StrictBool = Field(False, description=N_("Contoh; hanya diterima di pemasangan peragaan."))


class RateAnswerIn(In):
    """Whether the source says so; a refusal says why."""

    confirmed: StrictBool
    reason: text(200) = ""  # type: ignore[valid-type]


class RateOut(Out):
    """A declaration: it holds once another person has confirmed it. `credited` are the months whose run stands on it."""

    id: str
    from_month: MonthOut
    to_month: MonthOut
    rate_ppm: int
    source: str
    decree: str
    decreed_on: dt.date | None
    invented: bool
    state: str = Field(examples=["waiting", "confirmed", "refused"])
    reason: str
    declared_at: dt.datetime
    answered_at: dt.datetime | None
    credited: list[MonthOut]


class ReturnOut(Out):
    """Why one number's return of a month is what it is: the law's rule run again. `holds`: it gives the same again."""

    kpj: str
    month: MonthOut
    return_rupiah: int
    brought_forward_rupiah: int
    rate_ppm: int
    rate: RateUsedOut
    holds: bool
    changes: list[str]
    explanation: dict[str, Any]


@contextmanager
def _whose(kpj: str, *fields: str) -> Iterator[tuple[Participant, list[int]]]:
    """A person whose money the caller may see, and all their numbers; a 404 for all others."""
    person = person_of(kpj)
    try:
        with seeing(person) as ids:
            audit.looked([person.pk], fields, "API")
            yield person, ids
    except Refused:
        raise unknown() from None


@accounts.get("/participants/{kpj}/jht", SavingsOut, title=N_("Saldo JHT"), needs=SIGNED_IN, problems=NOT_FOUND)
def balance(request: HttpRequest, kpj: Kpj, query: QueryParam[BalanceQuery]) -> Any:
    """Today's balance or that of another day, and every year."""
    with _whose(kpj, "jht") as (person, ids):
        found = balance_on(ids, query.on or timezone.localdate())
        by_year = years(ids, timezone.localdate())
    return {
        "kpj": person.kpj,
        "on": found.on,
        "balance_rupiah": found.rupiah,
        "year_return_rupiah": found.year_return_rupiah,
        "credited_until": found.credited,
        "years": [
            {"year": one.year, "opening_rupiah": one.opening_rupiah, "closing_rupiah": one.closing_rupiah, **_sums(one.sums)}
            for one in by_year
        ],
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {name: getattr(sums, name) for name in ("in_rupiah", "return_rupiah", "out_rupiah", "corrected_rupiah")}


@accounts.get(
    "/participants/{kpj}/jht/years/{year}", SavingsYearOut, title=N_("Rincian setahun"), needs=SIGNED_IN, problems=NOT_FOUND
)
def of_year(request: HttpRequest, kpj: Kpj, year: Year) -> Any:
    """The statement of a year."""
    with _whose(kpj, "jht", "jp") as (person, ids):
        told = statement(ids, year)
    payers = payer_names({line.source_id for one in told.months for line in one.lines} | {one.source_id for one in told.pension})
    return {
        "kpj": person.kpj,
        "year": year,
        "opening_rupiah": told.opening_rupiah,
        "closing_rupiah": told.closing_rupiah,
        **_sums(told.sums),
        "months": [_month(one, payers) for one in told.months],
        "pension": [
            {"for_month": one.for_month, "rupiah": one.rupiah, "on": one.paid_on, "payer": payers.get(one.source_id)}
            for one in told.pension
        ],
        "pension_rupiah": told.pension_rupiah,
    }


def _month(one: Month, payers: dict[int, str]) -> dict[str, Any]:
    return {
        "month": one.month,
        "opening_rupiah": one.opening_rupiah,
        "closing_rupiah": one.closing_rupiah,
        "rate_ppm": one.rate.ppm if one.rate else None,
        "rate": _rate_used(one.month, one.rate) if one.rate else None,
        **_sums(one.sums),
        "lines": [_line(line, payers) for line in one.lines],
    }


def _rate_used(month: int, rate: Rate) -> dict[str, Any]:
    cited, grade, sources = standing(month, rate)
    invented = rate.declaration is not None and rate.declaration.invented
    return {"cited": cited, "grade": grade, "sources": list(sources), "invented": invented}


def _line(line: OwnLine, payers: dict[int, str]) -> dict[str, Any]:
    return {
        "on": line.effective_on,
        "kind": KINDS[line.kind],
        "for_month": line.for_month,
        "rupiah": line.rupiah,
        "payer": payers.get(line.source_id),
    }


@accounts.get(
    "/participants/{kpj}/jht/returns/{month}", list[ReturnOut], title=N_("Asal hasil sebulan"), needs=SIGNED_IN,
    problems=NOT_FOUND,
)  # fmt: skip
def of_month(request: HttpRequest, kpj: Kpj, month: MonthIn) -> Any:
    """Why the return of a month is what it is, for each of the person's numbers; empty before it is credited."""
    with _whose(kpj, "jht") as (_person, ids):
        found = derivations(ids, month)
        numbers = {one.participant_id: kpj_in_sight(one.participant_id) or kpj for one in found}
    return [
        {
            "kpj": numbers[one.participant_id],
            "month": one.month,
            "return_rupiah": one.return_rupiah,
            "brought_forward_rupiah": one.brought_forward_rupiah,
            "rate_ppm": one.rate.ppm,
            "rate": _rate_used(one.month, one.rate),
            "holds": one.holds,
            "changes": [change.text() for change in one.changes],
            "explanation": one.explanation.as_dict(),
        }
        for one in found
    ]


# --- rates declared -----------------------------------------------------------------------------------------------------

READS = (Can.READ_BOOKS, Can.RUN_MONTH)
TOLD = (
    "from_month", "to_month", "rate_ppm", "source", "decree", "decreed_on", "invented", "reason", "declared_at", "answered_at",
)  # fmt: skip
STATES = {None: "waiting", True: "confirmed", False: "refused"}


@accounts.get("/jht/rates", Page[RateOut], title=N_("Tingkat JHT yang dicatat"), needs=READS)
def rates(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Every declaration, the newest first. Years whose rate the law's data have need none."""

    def rows(before: int | None, limit: int) -> list[Declaration]:
        return declarations(before=before, limit=limit)

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@accounts.get("/jht/rates/{id}", RateOut, title=N_("Satu catatan tingkat JHT"), needs=READS, problems=NOT_FOUND)
def rate(request: HttpRequest, id: Reference) -> Any:
    """One declaration."""
    return _told(_declared(id))


@accounts.post("/jht/rates", RateOut, status=201, title=N_("Catat tingkat JHT"), needs=(Can.RUN_MONTH,))
def declare(request: HttpRequest, given: RateIn, response: HttpResponse) -> Any:
    """Writes a rate down; another person confirms it."""
    made = actions.declare(NewRate(**given.model_dump()))
    located(response, f"/jht/rates/{reference('rate', made.id)}")
    return _told(made)


@accounts.post(
    "/jht/rates/{id}/answer", RateOut, title=N_("Sahkan atau tolak tingkat JHT"), needs=(Can.CLOSE_BOOKS,), problems=NOT_FOUND
)
def answer(request: HttpRequest, id: Reference, given: RateAnswerIn) -> Any:
    """Confirms a declaration of somebody else's, or refuses one and says why."""
    return _told(actions.answer(rate_id=_declared(id).id, confirmed=given.confirmed, reason=given.reason))


def _declared(id: str) -> Declaration:
    found = declarations(ids=[row_of("rate", id)])
    if not found:
        raise unknown()
    return found[0]


def _told(one: Declaration) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in TOLD}
    return {**told, "id": reference("rate", one.id), "state": STATES[one.confirmed], "credited": list(one.credited)}
