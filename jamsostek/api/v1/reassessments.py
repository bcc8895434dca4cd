"""Months billed before, looked at again after law or facts changed backwards: asked by one, decided by another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest, page, wrong
from jamsostek.api.v1.shapes import In, MonthOut, Out, Page, Query, Reference, text
from jamsostek.api.v1.shapes import Month as MonthIn
from jamsostek.collection.actions import reassessment as actions
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import reassessments as queries
from jamsostek.core.months import months_between, span
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    from jamsostek.collection.models import Reassessment, ReassessmentItem

reassessments = Resource("reassessments", N_("Penetapan ulang"))
NEEDS = (Can.RUN_MONTH,)
NOT_FOUND = frozenset({404})
MOST_MONTHS = 24


class ReassessmentIn(In):
    """What is to be looked at again."""

    first_month: MonthIn
    last_month: MonthIn
    region_code: StrictInt = Field(examples=[3515], description=N_("Provinsi, kabupaten, atau kota."))
    reason: text(200, 1)  # type: ignore[valid-type]


class FundSumOut(Out):
    """What one fund gets more and gives back; whole rupiah, both positive."""

    fund: str = Field(examples=list(queries.FUNDS))
    more_rupiah: int
    back_rupiah: int


class ReassessmentOut(Out):
    """One reassessment."""

    id: str
    first_month: MonthOut
    last_month: MonthOut
    region_code: int
    reason: str
    state: str = Field(examples=["looking", "ready", "approved", "refused", "done"])
    problem: str = Field(description=N_("Mengapa berhenti, bila berhenti."))
    asked_at: dt.datetime
    looked_at: dt.datetime | None
    decided_at: dt.datetime | None
    done_at: dt.datetime | None


class ReassessmentWhole(ReassessmentOut):
    """One with its sums: of the preview, and of what was carried out."""

    payers: int = Field(description=N_("Pembayar dikali bulan."))
    people: int
    billed: int
    skipped: int = Field(description=N_("Berubah sejak dilihat; perlu diminta lagi."))
    funds: list[FundSumOut]


class ReassessmentItemOut(Out):
    """What one payer's month changes by; whole rupiah, negative where something is given back."""

    payer: str = Field(examples=["employer", "sponsor"])
    number: str
    name: str
    month: MonthOut
    people: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    total_rupiah: int
    payment_code: str | None = Field(description=N_("Kode bayar tagihan selisihnya."))
    skipped: bool


class ReassessmentAnswerIn(In):
    """Yes or no."""

    approved: StrictBool


TOLD = ("region_code", "reason", "state", "asked_at", "looked_at", "decided_at", "done_at")


@reassessments.get("/reassessments", Page[ReassessmentOut], title=N_("Penetapan ulang yang pernah diminta"), needs=NEEDS)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Those in sight, the newest first."""

    found, following = newest(request, query, queries.reassessments())
    return {"items": [_told(one) for one in found], "next": following}


@reassessments.post("/reassessments", ReassessmentOut, status=201, title=N_("Minta penetapan ulang"), needs=NEEDS)
def ask(request: HttpRequest, given: ReassessmentIn, response: HttpResponse) -> Any:
    """Asks; what would change is computed by a job. Another person decides."""
    if not 0 <= months_between(given.first_month, given.last_month) < MOST_MONTHS:
        told = _("Bulan terakhir sebelum bulan pertama, atau lebih dari {count} bulan.").format(count=MOST_MONTHS)
        raise wrong("last_month", told, _("Bagi permintaannya."))
    made = actions.ask(
        months=span(given.first_month, given.last_month), region_code=given.region_code, reason=given.reason
    )  # fmt: skip
    located(response, f"/reassessments/{reference('reassessment', made.pk)}")
    return _told(_found(reference("reassessment", made.pk)))


@reassessments.get("/reassessments/{id}", ReassessmentWhole, title=N_("Satu penetapan ulang"), needs=NEEDS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """How far it is, and what changes for each fund."""
    one = _found(id)
    whole = queries.sums(one)
    funds = [{"fund": fund.fund, "more_rupiah": fund.more_rupiah, "back_rupiah": fund.back_rupiah} for fund in whole.funds]
    names = ("payers", "people", "billed", "skipped")
    return {**_told(one), **{name: getattr(whole, name) for name in names}, "funds": funds}


@reassessments.get(
    "/reassessments/{id}/items", Page[ReassessmentItemOut], title=N_("Penetapan ulang menurut pembayar"), needs=NEEDS,
    problems=NOT_FOUND,
)  # fmt: skip
def items(request: HttpRequest, id: Reference, query: QueryParam[Query]) -> Any:
    """Payers' months, in the order they were computed."""
    whole = queries.items(_found(id)).order_by("pk")

    def rows(after: int, limit: int) -> list[ReassessmentItem]:
        return list(whole.filter(pk__gt=after)[:limit])

    found, following = page(request, query, rows, lambda one: one.pk)
    return {"items": [_item(one) for one in queries.named(found)], "next": following}


@reassessments.post(
    "/reassessments/{id}/answer", ReassessmentOut, title=N_("Setujui atau tolak penetapan ulang"), needs=NEEDS,
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: ReassessmentAnswerIn) -> Any:
    """Decides on what somebody else asked; the bills of what was approved are made by a job."""
    one = _found(id)
    actions.decide(reassessment_id=one.pk, approve=given.approved, now=timezone.now())
    return _told(_found(id))


def _found(id: str) -> Reassessment:
    try:
        return queries.reassessment(row_of("reassessment", id))
    except Refused:
        raise unknown() from None


def _told(one: Reassessment) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("reassessment", one.pk), "problem": queries.problem_of(one),
        "first_month": one.months[0], "last_month": one.months[-1],
    }  # fmt: skip


def _item(one: queries.Item) -> dict[str, Any]:
    names = ("month", "people", "jkk_rupiah", "jkm_rupiah", "jht_rupiah", "jp_rupiah")
    number = getattr(one.payer, "npp", None) or getattr(one.payer, "number", "")
    return {
        **{name: getattr(one.row, name) for name in names},
        "payer": "employer" if one.row.payer_kind == PayerKind.EMPLOYER else "sponsor",
        "number": number, "name": "" if one.payer is None else one.payer.name, "total_rupiah": one.total_rupiah,
        "payment_code": one.code or None, "skipped": bool(one.row.skipped),
    }  # fmt: skip
