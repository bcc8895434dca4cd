"""Bills: a payer's, one with its lines, why each is so much; made by a person or a sponsor, taken back; the month's runs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import conflicts, employer_of, located, page, person_of, sponsor_of, wrong
from jamsostek.api.v1.participant_shapes import ReasonIn
from jamsostek.api.v1.shapes import BillCode, In, Kpj, Month, MonthOut, Npp, Out, Page, Query, Reference, SponsorNumber
from jamsostek.collection.actions.bills import AHEAD, AlreadyBilled, bill_person, bill_sponsor
from jamsostek.collection.actions.bills import void as take_back
from jamsostek.collection.actions.runs import UnderWay, start_run
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill, Run
from jamsostek.collection.queries import bills as queries
from jamsostek.collection.queries import explaining, runs
from jamsostek.collection.queries.bills import Line, Payer
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_
from jamsostek.registry.queries.merged import one_person

bills = Resource("bills", N_("Tagihan"))
month_runs = Resource("month-runs", N_("Penagihan bulanan"))
NOT_FOUND = frozenset({404})
CONFLICT = frozenset({404, 409})


class ProgrammeOut(Out):
    """What a bill asks for one programme."""

    programme: str = Field(examples=["jkk", "jkm", "jht", "jp"])
    rupiah: int
    fine_rupiah: int
    due_on: dt.date


class BillOut(Out):
    """A bill. `worker_rupiah` is withheld from wages; `state` is open, partly, overdue, paid, nothing, credit or void."""

    code: str
    payer: str = Field(examples=["employer", "sponsor", "person", "project", "placement", "state"])
    number: str = Field(description=N_("NPP, nomor pembayar iuran, atau KPJ; kosong bila di luar wilayah."))
    name: str
    kind: str = Field(examples=["regular", "difference", "fine", "instalment"])
    from_month: MonthOut
    months: int
    people: int
    wage_rupiah: int
    worker_rupiah: int
    total_rupiah: int
    paid_rupiah: int
    left_rupiah: int
    state: str
    due_on: dt.date
    made_on: dt.date


class BillWhole(BillOut):
    """With its programmes, the facts its lines share, the law it was made under, and why it was taken back."""

    programmes: list[ProgrammeOut]
    inputs: dict[str, Any]
    rule: str
    law_digest: str
    void_reason: str


class BillQuery(Query):
    """Whose bills; all in sight when nothing is said."""

    employer: Npp | None = None
    sponsor: SponsorNumber | None = None
    kpj: Kpj | None = None


class BillLineOut(Out):
    """One person's month on a bill; `kpj` and `name` are null for somebody out of sight."""

    kpj: str | None
    name: str | None
    month: MonthOut
    wage_rupiah: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_employer_rupiah: int
    jht_worker_rupiah: int
    jp_employer_rupiah: int
    jp_worker_rupiah: int
    total_rupiah: int


class FigureChangeOut(Out):
    """A figure of the law that is not what it was."""

    id: str
    text: str


class WhyOut(Out):
    """A line run again: what stands on the bill, what the law gives today, and which figures changed since."""

    same: bool
    stored: dict[str, int]
    found: dict[str, int]
    changes: list[FigureChangeOut]
    law_digest_then: str
    law_digest_now: str
    explanation: dict[str, Any] | None


class OwnBillIn(In):
    """Own cover for months ahead."""

    kpj: Kpj
    from_month: Month
    months: Annotated[StrictInt, Field(ge=1, le=12)] = Field(description=N_("1, 3, 6, atau 12."), examples=list(AHEAD))


class SponsorBillIn(In):
    """A sponsor's list of a month."""

    month: Month


class BillMade(Out):
    """The payment code of a new bill, and what it asks."""

    code: str
    total_rupiah: int
    due_on: dt.date


class RunOut(Out):
    """A run of a month; `region_code` null is the nation."""

    id: str
    month: MonthOut
    region_code: int | None
    state: str = Field(examples=["waiting", "running", "done", "failed"])
    made_on: dt.date
    asked_at: dt.datetime
    finished_at: dt.datetime | None
    problem: str


class RunIn(In):
    """A month and where; null is the nation, and is said."""

    month: Month
    region_code: StrictInt | None = Field(examples=[3515], description=N_("Provinsi, kabupaten, atau kota."))


class RunRegionOut(Out):
    """A region of a run: `waiting`, `done`, `nothing`, `elsewhere` or `failed`."""

    region_code: int
    state: str
    bills: int
    lines: int
    total_rupiah: int
    problem: str


class RunWhole(RunOut):
    """With its regions."""

    regions: list[RunRegionOut]


def _bill(code: str) -> Bill:
    try:
        return queries.by_code(code)
    except Refused:
        raise unknown() from None


def _told(rows: list[Bill]) -> list[dict[str, Any]]:
    payers = queries.payers_of(rows)
    return [_one(shown, payers[shown.bill.pk]) for shown in queries.shown(rows, timezone.localdate())]


def _one(shown: queries.Shown, payer: Payer) -> dict[str, Any]:
    bill, standing = shown.bill, shown.standing
    names = ("from_month", "months", "people", "wage_rupiah", "worker_rupiah", "total_rupiah", "due_on", "made_on")
    return {
        **{name: getattr(bill, name) for name in names},
        "code": shown.code,
        "payer": PayerKind(bill.payer_kind).name.lower(),
        "number": payer.number,
        "name": payer.name,
        "kind": BillKind(bill.kind).name.lower(),
        "paid_rupiah": standing.paid_rupiah,
        "left_rupiah": standing.left_rupiah,
        "state": standing.state,
    }


def _looked(rows: list[Bill]) -> None:
    people = sorted({one.participant_id for one in rows if one.participant_id is not None})
    audit.looked(people, ("name", "bill"), "tagihan peserta")


@bills.get("/bills", Page[BillOut], title=N_("Daftar tagihan"), needs=SIGNED_IN, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[BillQuery]) -> Any:
    """Bills in sight, the newest first."""
    whose: dict[str, Any] = {
        "employer_id": employer_of(query.employer).pk if query.employer else None,
        "sponsor_id": sponsor_of(query.sponsor).pk if query.sponsor else None,
        "participant_ids": one_person(person_of(query.kpj).pk) if query.kpj else None,
    }

    def rows(after: int | None, limit: int) -> list[Bill]:
        return queries.in_sight(after=after, limit=limit, **whose)

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    _looked(found)
    return {"items": _told(found), "next": following}


@bills.get("/bills/{code}", BillWhole, title=N_("Satu tagihan"), needs=SIGNED_IN, problems=NOT_FOUND)
def show(request: HttpRequest, code: BillCode) -> Any:
    """One bill by its payment code."""
    return _whole(_bill(code))


def _whole(bill: Bill) -> dict[str, Any]:
    _looked([bill])
    (shown,) = queries.shown([bill], timezone.localdate())
    void = shown.standing.void
    return {
        **_one(shown, queries.payer_of(bill)),
        "programmes": [
            {"programme": one.name, "rupiah": one.rupiah, "fine_rupiah": one.fine_rupiah, "due_on": one.due_on}
            for one in queries.programmes(bill)
        ],
        "inputs": bill.inputs,
        "rule": bill.rule,
        "law_digest": bill.law.digest,
        "void_reason": void.reason if void else "",
    }


@bills.get("/bills/{code}/lines", Page[BillLineOut], title=N_("Rincian tagihan"), needs=SIGNED_IN, problems=NOT_FOUND)
def lines(request: HttpRequest, code: BillCode, query: QueryParam[Query]) -> Any:
    """Lines of a bill by name."""
    bill = _bill(code)

    def rows(after: int, limit: int) -> list[tuple[int, Line]]:
        return list(enumerate(queries.lines(bill, skip=after, take=limit), after + 1))

    found, following = page(request, query, rows, lambda one: one[0])
    people = sorted({one.person.pk for _at, one in found if one.person is not None})
    audit.looked(people, ("name", "kpj", "wage_rupiah"), "rincian tagihan")
    return {"items": [_line(one) for _at, one in found], "next": following}


def _line(one: Line) -> dict[str, Any]:
    names = (
        "wage_rupiah", "jkk_rupiah", "jkm_rupiah", "jht_employer_rupiah", "jht_worker_rupiah", "jp_employer_rupiah",
        "jp_worker_rupiah",
    )  # fmt: skip
    return {
        **{name: getattr(one.row, name) for name in names},
        "kpj": one.person.kpj if one.person else None,
        "name": one.person.name if one.person else None,
        "month": one.row.for_month,
        "total_rupiah": one.total_rupiah,
    }


@bills.get(
    "/bills/{code}/lines/{kpj}/{month}", WhyOut, title=N_("Mengapa sebesar itu"), needs=SIGNED_IN, problems=NOT_FOUND
)  # fmt: skip
def why(request: HttpRequest, code: BillCode, kpj: Kpj, month: Month) -> Any:
    """One line run again by the law's own rule, down to the article."""
    bill = _bill(code)
    try:
        one = queries.line(bill, kpj, month)
    except Refused:
        raise unknown() from None
    audit.looked([one.row.participant_id], ("name", "wage_rupiah"), "penjelasan tagihan")
    told = explaining.line(bill, one.row)
    return {
        "same": told.same,
        "stored": dict(told.stored),
        "found": dict(told.found),
        "changes": [{"id": change.id, "text": change.text()} for change in told.changes],
        "law_digest_then": told.digest_then,
        "law_digest_now": told.digest_now,
        "explanation": told.told.as_dict() if told.told else None,
    }


@bills.post(
    "/bills", BillMade, status=201, title=N_("Buat tagihan perlindungan mandiri"), needs=(Can.MAKE_BILL,), problems=CONFLICT
)
def create(request: HttpRequest, given: OwnBillIn, response: HttpResponse) -> Any:
    """Own cover for 1, 3, 6 or 12 months from a month on, each month under its own law."""
    made = bill_person(
        participant_id=person_of(given.kpj).pk, from_month=given.from_month, months=given.months, today=timezone.localdate()
    )
    return _made(made, response)


@bills.post(
    "/sponsors/{number}/bills", BillMade, status=201, title=N_("Buat tagihan pembayar iuran"), needs=(Can.MAKE_BILL,),
    problems=CONFLICT,
)  # fmt: skip
def create_for_sponsor(request: HttpRequest, number: SponsorNumber, given: SponsorBillIn, response: HttpResponse) -> Any:
    """A sponsor's list of a month, as it is now; a month is billed once."""
    try:
        made = bill_sponsor(sponsor_id=sponsor_of(number).pk, month=given.month, today=timezone.localdate())
    except AlreadyBilled as error:
        raise Problem(409, error.message, error.remedy) from None
    return _made(made, response)


def _made(bill: Bill, response: HttpResponse) -> dict[str, Any]:
    (shown,) = queries.shown([bill], timezone.localdate())
    located(response, f"/bills/{shown.code}")
    return {"code": shown.code, "total_rupiah": bill.total_rupiah, "due_on": bill.due_on}


@bills.post(
    "/bills/{code}/void", BillWhole, title=N_("Batalkan tagihan"), needs=(Can.MAKE_BILL, Can.APPROVE_REPORT), problems=CONFLICT
)
def void(request: HttpRequest, code: BillCode, given: ReasonIn) -> Any:
    """Takes back a bill on which nothing was paid; those of a month's run are corrected by differences."""
    bill = _bill(code)
    with conflicts():
        take_back(bill_id=bill.pk, reason=given.reason, today=timezone.localdate())
    return _whole(bill)


# --- runs -------------------------------------------------------------------------------------------------------------


class RunsOut(Out):
    """The newest fifty."""

    items: list[RunOut]


def _run(one: Run) -> dict[str, Any]:
    names = ("month", "region_code", "state", "made_on", "asked_at", "finished_at", "problem")
    return {"id": reference("run", one.pk), **{name: getattr(one, name) for name in names}}


@month_runs.get("/month-runs", RunsOut, title=N_("Penagihan yang pernah dijalankan"), needs=(Can.RUN_MONTH,))
def run_index(request: HttpRequest) -> Any:
    """The month's runs in sight, the newest first."""
    return {"items": [_run(one) for one in runs.runs()]}


@month_runs.post(
    "/month-runs", RunOut, status=202, title=N_("Mulai penagihan bulanan"), needs=(Can.RUN_MONTH,), problems=frozenset({409})
)
def run_start(request: HttpRequest, given: RunIn, response: HttpResponse) -> Any:
    """Asks for a month's billing of a region; a job works it off region by region."""
    try:
        made = start_run(month=given.month, region=given.region_code, today=timezone.localdate())
    except UnderWay as error:
        raise Problem(409, error.message, error.remedy) from None
    except InputError as error:
        if error.field != "region":
            raise
        raise wrong("region_code", error.message, error.remedy) from None
    located(response, f"/month-runs/{reference('run', made.pk)}")
    return _run(runs.run(made.pk))


@month_runs.get("/month-runs/{id}", RunWhole, title=N_("Satu penagihan"), needs=(Can.RUN_MONTH,), problems=NOT_FOUND)
def run_show(request: HttpRequest, id: Reference) -> Any:
    """How far a run is, region by region."""
    try:
        found = runs.run(row_of("run", id))
    except Refused:
        raise unknown() from None
    regions = [
        {"region_code": one.region_code, "state": one.state, "bills": one.bills, "lines": one.lines,
         "total_rupiah": int(one.total_rupiah), "problem": one.problem}
        for one in runs.run_regions(found.pk)
    ]  # fmt: skip
    return {**_run(found), "regions": regions}
