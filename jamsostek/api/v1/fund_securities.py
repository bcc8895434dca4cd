"""Issuers, instruments and prices: written down by settlement or risk, never by who plans trades; prices also from files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt, StringConstraints

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest, page
from jamsostek.api.v1.shapes import Day, In, Out, Page, Query, Reference, text
from jamsostek.core.text import N_
from jamsostek.fund.actions.price_files import LARGEST_BYTES, ToldPrice, record_told, send_prices, take_prices
from jamsostek.fund.actions.securities import register_instrument, register_issuer
from jamsostek.fund.choices import AssetClass, IssuerKind, Measured
from jamsostek.fund.models import Instrument, Issuer, PriceFile
from jamsostek.fund.queries import catalogue
from jamsostek.fund.queries.price_files import preview, price_file, price_files
from jamsostek.messages.securities.problems import SecurityProblem

fund_securities = Resource("fund-securities", N_("Efek dan harganya"))
READS = (Can.READ_BOOKS,)
KEEPS = (Can.SETTLE_TRADE, Can.CHECK_TRADE)
NOT_FOUND = frozenset({404})
MOST_ROWS = 1_000
SecurityCode = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,19}$"), Field(examples=["FR0098"])
]
PriceText = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,13}(\.[0-9]{1,10})?$"), Field(examples=["101.25"])]
"""A decimal as text, with a point: no figure is changed by a float."""


class FundIssuerIn(In):
    """Who owes, issues or manages. `corporate_group`: the same for all under one control."""

    code: SecurityCode
    name: text(200, 1)  # type: ignore[valid-type]
    kind: IssuerKind
    corporate_group: text(200) = ""  # type: ignore[valid-type]
    invented: StrictBool = False


class FundIssuerOut(Out):
    """An issuer; `invented` marks an example."""

    code: str
    name: str
    kind: str
    corporate_group: str
    invented: bool


class FundInstrumentIn(In):
    """What can be bought; which facts are needed follows from the class."""

    code: SecurityCode
    name: text(200, 1)  # type: ignore[valid-type]
    asset_class: AssetClass
    issuer: SecurityCode
    measured: Measured | None = Field(None, description=N_("Kosong: seperti biasanya untuk golongan itu."))
    isin: text(12) = ""  # type: ignore[valid-type]
    unit_rupiah: Annotated[StrictInt, Field(ge=1, le=10**12)] = 1
    coupon_ppm: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None
    coupons_a_year: Annotated[StrictInt, Field(ge=0, le=12)] = 0
    day_count: text(10) = "act/365"  # type: ignore[valid-type]
    issued_on: Day | None = None
    matures_on: Day | None = None
    listed: StrictBool = False
    rating: text(20) = ""  # type: ignore[valid-type]
    invented: StrictBool = False


class FundInstrumentOut(Out):
    """An instrument with the newest price of a unit in rupiah, as text; null where it has none."""

    code: str
    isin: str
    name: str
    asset_class: str
    issuer: str
    measured: str
    unit_rupiah: int
    coupon_ppm: int | None
    coupons_a_year: int
    day_count: str
    issued_on: dt.date | None
    matures_on: dt.date | None
    listed: bool
    rating: str
    invented: bool
    newest_price: str | None
    newest_on: dt.date | None


class FundInstrumentQuery(Query):
    """Narrowed by words and class."""

    search: text(60) = ""  # type: ignore[valid-type]
    asset_class: AssetClass | None = None


class FundIssuerQuery(Query):
    """Narrowed by words."""

    search: text(60) = ""  # type: ignore[valid-type]


class FundPriceOut(Out):
    """What a unit was worth on a day, in rupiah as text."""

    day: dt.date
    price: str
    source: str
    invented: bool


class FundPricesOut(Out):
    """The price that holds for each day, the newest first."""

    items: list[FundPriceOut]


class FundPriceIn(In):
    """A price: bonds in per cent of the face unless `quote` says rupiah, all else in rupiah of a unit."""

    code: SecurityCode
    day: Day
    price: PriceText
    quote: Annotated[str, StringConstraints(strict=True, pattern="^(percent|rupiah|)$")] = ""


class FundPricesIn(In):
    """Prices from one source. `confirmed`: codes whose move of more than a quarter was compared with the source."""

    source: text(200, 1)  # type: ignore[valid-type]
    prices: Annotated[list[FundPriceIn], Field(min_length=1, max_length=MOST_ROWS)]
    confirmed: Annotated[list[SecurityCode], Field(max_length=MOST_ROWS, default_factory=list)]


class FundPricesTold(Out):
    """What became of prices."""

    new: int
    changed: int
    same: int


class FundPriceFileIn(In):
    """Where a file is from, and the day of rows that have none."""

    source: text(200, 1)  # type: ignore[valid-type]
    default_day: Day | None = None


class FundPriceFileOut(Out):
    """A file that was sent; `taken` tells how often prices were recorded from it."""

    id: str
    file_name: str
    source: str
    default_day: dt.date | None
    sent_at: dt.datetime
    taken: int


class FundFileProblemOut(Out):
    """A row to mend: where, what stands there, what should, and how."""

    row: int | None
    column: str
    severity: str = Field(examples=["error", "warning"])
    message: str
    value: str
    expected: str
    remedy: str


class FundPriceSeenOut(Out):
    """A price of a file beside what is recorded; `large` ones are to be confirmed by code."""

    row: int
    code: str
    day: dt.date
    price: str
    before: str | None
    state: str = Field(examples=["new", "changed", "same"])
    large: bool


class FundPriceFileWhole(FundPriceFileOut):
    """With what it would do now: counts, the first thousand prices, and every row to mend."""

    new: int
    changed: int
    same: int
    unknown: int
    left_out: int
    prices: list[FundPriceSeenOut]
    problems: list[FundFileProblemOut]


class FundPriceTakingIn(In):
    """Yes: record the good rows. `confirmed`: codes whose move of more than a quarter is right."""

    confirmed: Annotated[list[SecurityCode], Field(max_length=MOST_ROWS, default_factory=list)]


class FundPriceTakingOut(Out):
    """What was recorded from a file; `left_out` are rows with something to mend."""

    added: int
    changed: int
    same: int
    left_out: int
    confirmed: list[str]


# --- issuers and instruments ------------------------------------------------------------------------------------------


@fund_securities.get("/funds/issuers", Page[FundIssuerOut], title=N_("Daftar penerbit efek"), needs=READS)
def issuers(request: HttpRequest, query: QueryParam[FundIssuerQuery]) -> Any:
    """By code."""
    whole = catalogue.issuers(search=query.search)
    found, following = page(
        request, query, lambda after, limit: list(whole.filter(code__gt=after)[:limit]), lambda one: one.code, first=""
    )
    return {"items": found, "next": following}


@fund_securities.post("/funds/issuers", FundIssuerOut, title=N_("Catat penerbit efek"), needs=KEEPS)
def new_issuer(request: HttpRequest, given: FundIssuerIn) -> Any:
    """Writes an issuer down; the same one again is the same row, another one under its code is refused."""
    return register_issuer(**{**given.model_dump(), "kind": str(given.kind)})


@fund_securities.get("/funds/issuers/{code}", FundIssuerOut, title=N_("Satu penerbit efek"), needs=READS, problems=NOT_FOUND)
def issuer(request: HttpRequest, code: SecurityCode) -> Any:
    """One."""
    found = Issuer.objects.filter(code=code).first()
    if found is None:
        raise unknown()
    return found


@fund_securities.get("/funds/instruments", Page[FundInstrumentOut], title=N_("Daftar efek"), needs=READS)
def instruments(request: HttpRequest, query: QueryParam[FundInstrumentQuery]) -> Any:
    """By code, with the newest price of each."""
    whole = catalogue.instruments(search=query.search, asset_class=str(query.asset_class or ""))
    found, following = page(
        request, query, lambda after, limit: list(whole.filter(code__gt=after)[:limit]), lambda one: one.code, first=""
    )
    return {"items": [_told(one) for one in found], "next": following}


@fund_securities.post("/funds/instruments", FundInstrumentOut, title=N_("Catat efek"), needs=KEEPS)
def new_instrument(request: HttpRequest, given: FundInstrumentIn) -> Any:
    """Writes an instrument down; the same one again is the same row, another one under its code is refused."""
    facts = {**given.model_dump(), "asset_class": str(given.asset_class), "measured": str(given.measured or "")}
    return _told(_instrument(register_instrument(**facts).code))


@fund_securities.get("/funds/instruments/{code}", FundInstrumentOut, title=N_("Satu efek"), needs=READS, problems=NOT_FOUND)
def instrument(request: HttpRequest, code: SecurityCode) -> Any:
    """One, with its newest price."""
    return _told(_instrument(code))


@fund_securities.get(
    "/funds/instruments/{code}/prices", FundPricesOut, title=N_("Harga satu efek"), needs=READS, problems=NOT_FOUND
)
def prices(request: HttpRequest, code: SecurityCode) -> Any:
    """The price that holds for each day, the newest first; at most two thousand."""
    found = catalogue.prices(_instrument(code).pk)
    items = [
        {"day": one.priced_on, "price": _plain(one.price), "source": one.source, "invented": one.invented} for one in found
    ]  # fmt: skip
    return {"items": items}


# --- prices -----------------------------------------------------------------------------------------------------------


@fund_securities.post("/funds/prices", FundPricesTold, title=N_("Catat harga"), needs=KEEPS)
def record(request: HttpRequest, given: FundPricesIn) -> Any:
    """Records prices, all or none; a move of more than a quarter is confirmed by code."""
    rows = [ToldPrice(one.code, one.day, Decimal(one.price), one.quote) for one in given.prices]
    confirmed = [code.upper() for code in given.confirmed]
    return vars(record_told(rows=rows, source=given.source, today=timezone.localdate(), confirmed=confirmed))


@fund_securities.get("/funds/price-files", Page[FundPriceFileOut], title=N_("Berkas harga"), needs=READS)
def files(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """The newest first."""
    found, following = newest(request, query, price_files())
    return {"items": [_file(one) for one in found], "next": following}


@fund_securities.post(
    "/funds/price-files", FundPriceFileWhole, status=201, title=N_("Kirim berkas harga"), needs=KEEPS, body="multipart/form-data"
)
def send(request: HttpRequest, response: HttpResponse, given: Form[FundPriceFileIn], file: File[UploadedFile]) -> Any:
    """Keeps a file (CSV, Excel) and tells what it would do; nothing is recorded until it is taken."""
    made = send_prices(
        content=file.read(LARGEST_BYTES + 1), file_name=file.name or "", source=given.source, default_day=given.default_day,
        today=timezone.localdate(),
    )  # fmt: skip
    located(response, f"/funds/price-files/{reference('price_file', made.pk)}")
    return _whole(made)


@fund_securities.get(
    "/funds/price-files/{id}", FundPriceFileWhole, title=N_("Satu berkas harga"), needs=READS, problems=NOT_FOUND
)  # fmt: skip
def file(request: HttpRequest, id: Reference) -> Any:
    """What it would do now, beside what is recorded."""
    return _whole(_found(id))


@fund_securities.post(
    "/funds/price-files/{id}/taking", FundPriceTakingOut, title=N_("Catat harga dari berkas"), needs=KEEPS, problems=NOT_FOUND
)
def take(request: HttpRequest, id: Reference, given: FundPriceTakingIn) -> Any:
    """Records the good rows; the same again records nothing more."""
    confirmed = [code.upper() for code in given.confirmed]
    return take_prices(file_id=_found(id).pk, today=timezone.localdate(), confirmed=confirmed)


# --- inside -----------------------------------------------------------------------------------------------------------


def problem_told(one: SecurityProblem) -> dict[str, Any]:
    """A row to mend."""
    return {
        "row": one.row, "column": one.column, "severity": one.severity, "message": one.problem, "value": one.value_seen,
        "expected": one.expected, "remedy": one.remedy,
    }  # fmt: skip


def _instrument(code: str) -> Instrument:
    found = catalogue.instruments().filter(code=code).first()
    if found is None:
        raise unknown()
    return found


def _plain(price: Decimal | None) -> str | None:
    return None if price is None else format(price.normalize(), "f")


def _told(one: Any) -> dict[str, Any]:
    names = (
        "code", "isin", "name", "asset_class", "measured", "unit_rupiah", "coupon_ppm", "coupons_a_year", "day_count",
        "issued_on", "matures_on", "listed", "rating", "invented", "newest_on",
    )  # fmt: skip
    told = {name: getattr(one, name) for name in names}
    return {**told, "issuer": one.issuer.code, "newest_price": _plain(one.newest_price)}


def _found(id: str) -> PriceFile:
    try:
        return price_file(row_of("price_file", id))
    except Refused:
        raise unknown() from None


def _file(one: PriceFile) -> dict[str, Any]:
    names = ("file_name", "source", "default_day", "sent_at")
    told = {name: getattr(one, name) for name in names}
    return {**told, "id": reference("price_file", one.pk), "taken": len(one.takings.all())}


def _whole(one: PriceFile) -> dict[str, Any]:
    seen = preview(one, today=timezone.localdate())
    return {
        **_file(one),
        **{name: seen.count(name) for name in ("new", "changed", "same")},
        "unknown": seen.unknown,
        "left_out": seen.left_out,
        "prices": [
            {
                "row": each.row, "code": each.code, "day": each.day, "price": _plain(each.price), "before": _plain(each.before),
                "state": each.state, "large": each.large,
            }
            for each in seen.rows[:MOST_ROWS]
        ],
        "problems": [problem_told(each) for each in seen.problems],
    }  # fmt: skip
