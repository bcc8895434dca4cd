"""The JHT return: the deposit rate below which it never lies, the fund's year so far, proposals and their decision."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.accounts.actions import floors as floor_actions
from jamsostek.accounts.actions.floors import NewFloor
from jamsostek.accounts.actions.rates import MOST_PPM
from jamsostek.accounts.queries.floors import Floor, floor_from, floors
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import Day, In, Month, MonthOut, Out, Page, Query, Reference, text
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_
from jamsostek.fund.actions import returns as actions
from jamsostek.fund.actions.returns import MOST_LETTERS, NewProposal
from jamsostek.fund.queries import jht_return as queries
from jamsostek.fund.queries.jht_return import Proposal

jht_returns = Resource("jht_returns", N_("Hasil JHT dan bunga deposito"))
NOT_FOUND = frozenset({404})
READS = (Can.READ_BOOKS,)
STATES = {None: "waiting", True: "confirmed", False: "refused"}
Ppm = Annotated[StrictInt, Field(ge=0, le=MOST_PPM, description=N_("Setahun, per sejuta."), examples=[32_500])]
ProposalNumber = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z0-9][A-Z0-9/._\-]{0,39}$")]


class JhtFloorIn(In):
    """A mean deposit rate for the months from `from_month` to December of its year."""

    from_month: Month
    rate_ppm: Ppm
    source: text(500, 1)  # type: ignore[valid-type]
    invented: StrictBool = Field(False, description=N_("Contoh; hanya diterima di pemasangan peragaan."))


class JhtFloorAnswerIn(In):
    """Whether the source says so; a refusal says why."""

    confirmed: StrictBool
    reason: text(200) = ""  # type: ignore[valid-type]


class JhtFloorOut(Out):
    """A record: it holds once another person has confirmed it."""

    id: str
    from_month: MonthOut
    to_month: MonthOut
    rate_ppm: int
    source: str
    invented: bool
    state: str = Field(examples=["waiting", "confirmed", "refused"])
    reason: str
    recorded_at: dt.datetime
    answered_at: dt.datetime | None


class JhtYearQuery(In):
    """The books until the end of which month; the last whole one when left out."""

    until: Month | None = None


class JhtSourceOut(Out):
    """An account of the result: what it moved by in the year, and whether that is added, taken away or left out (1, -1, 0)."""

    account: str
    moved_rupiah: int
    counts: int


class JhtYearOut(Out):
    """What the fund's books of a year say of its JHT return. `supported_ppm` is null where no balance earned."""

    until: MonthOut
    sources: list[JhtSourceOut]
    distributable_rupiah: int
    reserve_ppm: int
    reserve_rupiah: int
    for_members_rupiah: int
    average_rupiah: int
    supported_ppm: int | None
    floor_ppm: int | None
    credited_rupiah: int
    net_assets_rupiah: int
    members_rupiah: int


class JhtProposalIn(In):
    """A rate proposed for the months from `from_month` to December; the same `number` again is the same proposal."""

    number: ProposalNumber
    from_month: Month
    rate_ppm: Ppm
    reason: text(MOST_LETTERS, 1)  # type: ignore[valid-type]
    invented: StrictBool = Field(False, description=N_("Contoh; hanya diterima di pemasangan peragaan."))


class JhtProposalAnswerIn(In):
    """Adopted with the decision's number and day, or refused with the reason."""

    adopted: StrictBool
    reason: text(200) = ""  # type: ignore[valid-type]
    decree: text(120) = ""  # type: ignore[valid-type]
    decreed_on: Day | None = None


class JhtProposalOut(Out):
    """A proposal; `figures` are all it was judged by, as they stood when it was made."""

    id: str
    number: str
    state: str = Field(examples=["waiting", "adopted", "refused"])
    from_month: MonthOut
    to_month: MonthOut
    rate_ppm: int
    invented: bool
    reason: str
    basis_month: MonthOut
    proposed_at: dt.datetime
    answered_at: dt.datetime | None
    answer: str
    decree: str
    decreed_on: dt.date | None
    rate: str
    figures: dict[str, Any]


# --- the floor --------------------------------------------------------------------------------------------------------


@jht_returns.get("/jht/floors", Page[JhtFloorOut], title=N_("Bunga deposito yang dicatat"), needs=READS)
def all_floors(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Every record, the newest first."""

    def rows(before: int | None, limit: int) -> list[Floor]:
        return floors(before=before, limit=limit)

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [_floor(one) for one in found], "next": following}


@jht_returns.get("/jht/floors/{id}", JhtFloorOut, title=N_("Satu catatan bunga deposito"), needs=READS, problems=NOT_FOUND)
def one_floor(request: HttpRequest, id: Reference) -> Any:
    """One record."""
    return _floor(_recorded(id))


@jht_returns.post("/jht/floors", JhtFloorOut, status=201, title=N_("Catat bunga deposito"), needs=(Can.PROJECT, Can.CLOSE_BOOKS))
def record(request: HttpRequest, given: JhtFloorIn, response: HttpResponse) -> Any:
    """Writes a deposit rate down; another person confirms it."""
    made = floor_actions.record(NewFloor(**given.model_dump()))
    located(response, f"/jht/floors/{reference('floor', made.id)}")
    return _floor(made)


@jht_returns.post(
    "/jht/floors/{id}/answer", JhtFloorOut, title=N_("Sahkan atau tolak bunga deposito"),
    needs=(Can.APPROVE_FUND, Can.CLOSE_BOOKS), problems=NOT_FOUND,
)  # fmt: skip
def answer_floor(request: HttpRequest, id: Reference, given: JhtFloorAnswerIn) -> Any:
    """Confirms a record of somebody else's, or refuses one and says why."""
    return _floor(floor_actions.answer(floor_id=_recorded(id).id, confirmed=given.confirmed, reason=given.reason))


def _recorded(id: str) -> Floor:
    found = floors(ids=[row_of("floor", id)])
    if not found:
        raise unknown()
    return found[0]


def _floor(one: Floor) -> dict[str, Any]:
    names = ("from_month", "to_month", "rate_ppm", "source", "invented", "reason", "recorded_at", "answered_at")
    told = {name: getattr(one, name) for name in names}
    return {**told, "id": reference("floor", one.id), "state": STATES[one.confirmed]}


# --- the year and proposals -------------------------------------------------------------------------------------------


@jht_returns.get("/jht/year", JhtYearOut, title=N_("Hasil dana JHT tahun berjalan"), needs=READS)
def year(request: HttpRequest, query: QueryParam[JhtYearQuery]) -> Any:
    """January until the end of a month, from the ledger and members' accounts."""
    until = query.until or add_months(month_of(timezone.localdate()), -1)
    told = queries.year_so_far(until)
    signs = dict(told.by.counted)
    books, found = told.books, told.found
    return {
        "until": until,
        "sources": [
            {"account": code, "moved_rupiah": rupiah, "counts": signs.get(code, 0)} for code, rupiah in books.moved.items()
        ],
        "distributable_rupiah": found.distributable_rupiah,
        "reserve_ppm": told.by.reserve_ppm,
        "reserve_rupiah": found.reserve_rupiah,
        "for_members_rupiah": found.for_members_rupiah,
        "average_rupiah": found.average_rupiah,
        "supported_ppm": found.rate_ppm,
        "floor_ppm": floor_from(until),
        "credited_rupiah": books.credited_rupiah,
        "net_assets_rupiah": books.net_assets_rupiah,
        "members_rupiah": books.members_rupiah,
    }


@jht_returns.get("/jht/proposals", Page[JhtProposalOut], title=N_("Usulan hasil JHT"), needs=READS)
def all_proposals(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Every proposal, the newest first."""

    def rows(before: int | None, limit: int) -> list[Proposal]:
        return queries.proposals(before=before, limit=limit)

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [_proposal(one) for one in found], "next": following}


@jht_returns.get("/jht/proposals/{id}", JhtProposalOut, title=N_("Satu usulan hasil JHT"), needs=READS, problems=NOT_FOUND)
def one_proposal(request: HttpRequest, id: Reference) -> Any:
    """One proposal with the figures it was made from."""
    return _proposal(_proposed(id))


@jht_returns.post("/jht/proposals", JhtProposalOut, status=201, title=N_("Usulkan tingkat JHT"), needs=(Can.PROJECT,))
def propose(request: HttpRequest, given: JhtProposalIn, response: HttpResponse) -> Any:
    """Proposes a rate; another person decides on it. The same request again gives the same proposal."""
    new = NewProposal(given.number, given.from_month, given.rate_ppm, given.reason, given.invented)
    made = actions.propose(new, today=timezone.localdate())
    located(response, f"/jht/proposals/{reference('jht_proposal', made.id)}")
    return _proposal(made)


@jht_returns.post(
    "/jht/proposals/{id}/answer", JhtProposalOut, title=N_("Tetapkan atau tolak usulan hasil JHT"), needs=(Can.APPROVE_FUND,),
    problems=NOT_FOUND,
)  # fmt: skip
def answer_proposal(request: HttpRequest, id: Reference, given: JhtProposalAnswerIn) -> Any:
    """Adopts a proposal of somebody else's by a numbered decision, or refuses it and says why."""
    found = _proposed(id)
    if given.adopted:
        today = timezone.localdate()
        return _proposal(actions.adopt(proposal_id=found.id, decree=given.decree, decreed_on=given.decreed_on, today=today))
    return _proposal(actions.refuse(proposal_id=found.id, reason=given.reason))


def _proposed(id: str) -> Proposal:
    found = queries.proposals(ids=[row_of("jht_proposal", id)])
    if not found:
        raise unknown()
    return found[0]


def _proposal(one: Proposal) -> dict[str, Any]:
    rate = one.rate
    names = ("from_month", "to_month", "rate_ppm", "invented", "answered_at", "decree", "decreed_on")
    return {
        **{name: getattr(rate, name) for name in names},
        "id": reference("jht_proposal", one.id),
        "number": one.reference,
        "state": one.state,
        "reason": one.reason,
        "basis_month": one.basis_month,
        "proposed_at": one.proposed_at,
        "answer": rate.reason,
        "rate": reference("rate", rate.id),
        "figures": one.figures,
    }
