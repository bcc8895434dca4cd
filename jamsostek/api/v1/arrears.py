"""Arrears and cover: is somebody protected on a day, who owes since when, the account of a payer, and fines billed now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access import audit
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.operations import Resource
from jamsostek.api.v1.common import employer_of, page, person_of, sponsor_of, wrong
from jamsostek.api.v1.shapes import Day, In, Kpj, MonthOut, Npp, Out, Page, Query, SponsorNumber
from jamsostek.collection.actions.arrears import assess
from jamsostek.collection.codes import code_of
from jamsostek.collection.queries import arrears as queries
from jamsostek.collection.queries import cover, statements
from jamsostek.collection.queries.arrears import AGES, Aged, Debtor
from jamsostek.core.text import N_, _

arrears = Resource("arrears", N_("Tunggakan dan perlindungan"))
NOT_FOUND = frozenset({404})


class OnQuery(In):
    """The day asked about; today when left out."""

    on: Day | None = None


class CoverOnDayOut(Out):
    """The answer for one day. `until` is the last day on which it holds if nothing more is paid; null where no end is known."""

    kpj: str
    on: dt.date
    covered: bool
    pays_first: str = Field(examples=["bpjs", "employer", "nobody"])
    why: str = Field(examples=list(cover.WORDS))
    reason: str
    payer: str
    last_paid_month: MonthOut | None
    overdue_months: int
    until: dt.date | None
    programmes: list[str]


class DebtorQuery(Query):
    """Which payers; today when no day is said."""

    on: Day | None = None


class DebtorOut(Out):
    """A payer with arrears; whole rupiah."""

    payer: str = Field(examples=["employer", "sponsor"])
    number: str
    name: str
    region_code: int
    bills: int
    months: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    fine_rupiah: int
    total_rupiah: int


class AgeOut(Out):
    """Months overdue, from and to; null where there is no end."""

    first_months: int
    last_months: int | None


class AgedOut(Out):
    """Arrears by age: whole rupiah, in the order of `ages`."""

    rupiah: list[int]
    total_rupiah: int
    payers: int


class ProgrammeAgedOut(AgedOut):
    """Of one programme, or of the fines."""

    programme: str = Field(examples=["jkk", "jkm", "jht", "jp", "fine"])


class RegencyAgedOut(AgedOut):
    """Of one regency or city."""

    region_code: int


class AgeingOut(Out):
    """Arrears in sight on a day, each programme by its own months; as they were at most five minutes ago."""

    on: dt.date
    ages: list[AgeOut]
    whole: AgedOut
    programmes: list[ProgrammeAgedOut]
    regions: list[RegencyAgedOut]


class FineMade(Out):
    """The bill of the fines; null where nothing new was paid late."""

    code: str | None
    total_rupiah: int
    due_on: dt.date | None


class PeriodQuery(In):
    """From a day to another, both in it; this year to today when left out."""

    first: Day | None = None
    last: Day | None = None


class EntryOut(Out):
    """A line of an account: what was asked is positive, what came in negative."""

    on: dt.date
    event: str = Field(examples=list(statements.EVENTS))
    reference: str
    month: MonthOut | None
    rupiah: int
    balance_rupiah: int
    due_on: dt.date | None


class AccountOut(Out):
    """A payer's account."""

    first: dt.date
    last: dt.date
    opening_rupiah: int
    entries: list[EntryOut]
    closing_rupiah: int


@arrears.get(
    "/participants/{kpj}/cover", CoverOnDayOut, title=N_("Perlindungan pada suatu hari"), needs=SIGNED_IN, problems=NOT_FOUND
)
def cover_on(request: HttpRequest, kpj: Kpj, query: QueryParam[OnQuery]) -> Any:
    """Whether somebody is protected on a day, from what was paid by then, and who pays a benefit first."""
    person = person_of(kpj)
    day = query.on or timezone.localdate()
    _refuse_day(day, "on")
    told = cover.cover_on([person.pk], day)[person.pk]
    audit.looked([person.pk], ("timeline",), "API")
    fields = ("covered", "pays_first", "why", "payer", "last_paid_month", "overdue_months", "until")
    return {
        **{name: getattr(told, name) for name in fields},
        "kpj": person.kpj,
        "on": day,
        "reason": _(cover.WORDS[told.why]),
        "programmes": list(told.programmes),
    }


@arrears.get("/arrears", Page[DebtorOut], title=N_("Pembayar yang menunggak"), needs=(Can.CHASE_ARREARS,))
def index(request: HttpRequest, query: QueryParam[DebtorQuery]) -> Any:
    """Payers in sight with something overdue on a day, by kind and number."""
    day = query.on or timezone.localdate()
    _refuse_day(day, "on")
    found = sorted(queries.debtors(day, named=False), key=_place)

    def rows(after: int, limit: int) -> list[Debtor]:
        return [one for one in found if _place(one) > after][:limit]

    shown, following = page(request, query, rows, _place)
    return {"items": [_told(one) for one in queries.with_names(shown)], "next": following}


def _place(one: Debtor) -> int:
    return one.payer_id * 2 + (one.kind == "sponsor")


def _told(one: Debtor) -> dict[str, Any]:
    parts = {f"{name}_rupiah": rupiah for name, rupiah in zip(queries.PROGRAMMES, one.programmes, strict=True)}
    return {
        "payer": one.kind, "number": one.number, "name": one.name, "region_code": one.regency_code, "bills": one.bills,
        "months": one.months, **parts, "fine_rupiah": one.fine_rupiah, "total_rupiah": one.rupiah,
    }  # fmt: skip


@arrears.get("/arrears/ageing", AgeingOut, title=N_("Tunggakan menurut umur"), needs=(Can.CHASE_ARREARS,))
def ageing(request: HttpRequest, query: QueryParam[OnQuery]) -> Any:
    """What is overdue on a day: all of it, by programme, by regency."""
    day = query.on or timezone.localdate()
    _refuse_day(day, "on")
    found = queries.ageing_kept(day)
    return {
        "on": found.day,
        "ages": [{"first_months": first, "last_months": last} for first, last, _title in AGES],
        "whole": _aged(found.whole),
        "programmes": [{"programme": one.key, **_aged(one)} for one in found.programmes],
        "regions": [{"region_code": one.key, **_aged(one)} for one in found.regencies],
    }


def _aged(one: Aged) -> dict[str, Any]:
    return {"rupiah": list(one.rupiah), "total_rupiah": one.total, "payers": one.payers}


@arrears.post(
    "/employers/{npp}/fines", FineMade, title=N_("Tagih denda yang terlambat dibayar"), needs=(Can.CHASE_ARREARS,),
    problems=NOT_FOUND,
)  # fmt: skip
def fine(request: HttpRequest, npp: Npp) -> Any:
    """Bills an employer the fines on what was paid late and not fined yet."""
    made = assess(employer_id=employer_of(npp).pk, today=timezone.localdate())
    if made is None:
        return {"code": None, "total_rupiah": 0, "due_on": None}
    return {"code": code_of(made.number), "total_rupiah": made.total_rupiah, "due_on": made.due_on}


@arrears.get("/employers/{npp}/statement", AccountOut, title=N_("Rekening iuran perusahaan"), needs=SIGNED_IN, problems=NOT_FOUND)
def of_employer(request: HttpRequest, npp: Npp, query: QueryParam[PeriodQuery]) -> Any:
    """Opening balance, bills, fines and payments, closing balance."""
    return statements.of_employer(employer_of(npp).pk, *_period(query))


@arrears.get("/sponsors/{number}/statement", AccountOut, title=N_("Rekening pembayar iuran"), needs=SIGNED_IN, problems=NOT_FOUND)
def of_sponsor(request: HttpRequest, number: SponsorNumber, query: QueryParam[PeriodQuery]) -> Any:
    """Opening balance, bills and payments, closing balance."""
    return statements.of_sponsor(sponsor_of(number).pk, *_period(query))


def _period(query: PeriodQuery) -> tuple[dt.date, dt.date]:
    last = query.last or timezone.localdate()
    first = query.first or dt.date(last.year, 1, 1)
    if first > last:
        raise wrong("first", _("Awal periode sesudah akhirnya."), _("Tukar kedua tanggalnya."))
    return first, last


def _refuse_day(day: dt.date, field: str) -> None:
    if not dt.date(2015, 1, 1) <= day <= dt.date(2039, 12, 31):
        raise wrong(field, _("Tanggal ini di luar kalender jatuh tempo."), _("Pilih hari dari 2015 sampai 2039."))
