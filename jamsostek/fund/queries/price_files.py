"""A file of prices beside what is known: what would be new or change, what moved far, and what is to be mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.fund.choices import AssetClass
from jamsostek.fund.facts import CLASS_FACTS, QUOTED_IN_PERCENT
from jamsostek.fund.models import Instrument, PriceFile
from jamsostek.messages.securities.problems import SecurityProblem
from jamsostek.messages.securities.reader import HoldingRow, PriceRow, SecurityTable, read_prices

LARGE = Decimal("0.25")
"""A price that moved more than this since the one before is asked about: a slip of the pen moves it tenfold."""
Key = tuple[int, dt.date]
"""An instrument and a day."""
PERCENTS = (Decimal(1), Decimal(400))
"""Between these a price in per cent of the face is believable."""


@dataclass(frozen=True)
class PriceSeen:
    """A price of a row in rupiah of a unit, beside the one recorded for its day and the newest one before it."""

    row: int
    code: str
    name: str
    day: dt.date
    price: Decimal
    there: Decimal | None
    before: Decimal | None
    before_on: dt.date | None

    @property
    def state(self) -> str:
        """new, changed or same."""
        if self.there is None:
            return "new"
        return "same" if self.there == self.price else "changed"

    @property
    def moved(self) -> Decimal | None:
        """How far it moved since the one before, as a share; None for a first price."""
        return None if self.before is None else self.price / self.before - 1

    @property
    def large(self) -> bool:
        """Whether somebody has to say that it is right."""
        return self.state != "same" and self.moved is not None and abs(self.moved) > LARGE


@dataclass(frozen=True)
class Preview:
    """What a file would do."""

    rows: tuple[PriceSeen, ...]
    problems: tuple[SecurityProblem, ...]

    def count(self, state: str) -> int:
        """Rows of a state."""
        return sum(1 for one in self.rows if one.state == state)

    @property
    def unknown(self) -> int:
        """Rows whose instrument is not written down."""
        return sum(1 for one in self.problems if one.kind == "code_unknown")

    @property
    def left_out(self) -> int:
        """Rows that something keeps out."""
        return len({one.row for one in self.problems if one.severity == "error"})

    @property
    def large(self) -> tuple[PriceSeen, ...]:
        """Prices that moved far."""
        return tuple(one for one in self.rows if one.large)


def price_files() -> QuerySet[PriceFile]:
    """The newest first."""
    return PriceFile.objects.prefetch_related("takings")


def price_file(file_id: int) -> PriceFile:
    """One; raises `Refused` where there is none."""
    found = price_files().filter(pk=file_id).first()
    if found is None:
        raise not_yours(_("Berkas harga ini tidak ada."))
    return found


def preview(file: PriceFile, *, today: dt.date) -> Preview:
    """A stored file beside what is known now."""
    table = read_prices(files.read(file.file_digest), file.file_name, today=today)
    return look(table, default_day=file.default_day)


def look(table: SecurityTable[PriceRow], *, default_day: dt.date | None) -> Preview:
    """A table as read, beside what is known now."""
    known, problems = Known(table.rows), list(table.problems)
    taken: dict[Key, PriceRow] = {}
    prices: dict[Key, tuple[Instrument, Decimal]] = {}
    for row in table.rows:
        instrument, kind = known.of(row)
        price, day = None, row.day or default_day
        if instrument is not None:
            kind, price = _in_rupiah(instrument, row)
        kind = kind or ("" if day else "day_missing")
        if not kind and instrument is not None and day is not None and price is not None:
            key = (instrument.pk, day)
            if taken.setdefault(key, row) is row:
                prices[key] = (instrument, price)
            elif prices[key][1] != price:
                kind = "price_twice"
        if kind:
            first = taken[instrument.pk, day].row if kind == "price_twice" and instrument and day else 0
            problems.append(problem_of(table, row, kind, first_row=first))
    return Preview(tuple(_beside(taken, prices)), tuple(sorted(problems, key=lambda one: one.row or 0)))


def problem_of(
    table: SecurityTable[PriceRow] | SecurityTable[HoldingRow], row: PriceRow | HoldingRow, kind: str, **detail: object
) -> SecurityProblem:
    """A problem of a row that only shows beside what is known."""
    field = {"code": "code", "not": "code", "price": "price", "day": "day", "units": "units", "face": "face"}[kind.split("_")[0]]
    if field == "code" and not row.code:
        field = "isin"
    column, title = table.columns.get(field, ("", ""))
    shown = {"code": row.code, "isin": row.isin, "day": ""}.get(field, str(getattr(row, field, "") or ""))
    return SecurityProblem(
        kind=kind, sheet=table.sheet, row=row.row, column=column, title=title, value_seen=shown, value_whole=shown, detail=detail
    )


class Known:
    """The instruments that rows name, by code and by ISIN."""

    def __init__(self, rows: Iterable[PriceRow | HoldingRow]) -> None:
        given = list(rows)
        codes, isins = {one.code for one in given if one.code}, {one.isin for one in given if one.isin}
        self._codes = {one.code: one for one in Instrument.objects.filter(code__in=codes)}
        self._isins = {one.isin: one for one in Instrument.objects.filter(isin__in=isins)}

    def of(self, row: PriceRow | HoldingRow) -> tuple[Instrument | None, str]:
        """The instrument of a row, or the kind of problem. An ISIN may stand in the column of codes."""
        by_code = self._codes.get(row.code)
        by_isin = self._isins.get(row.isin)
        if by_code is not None and by_isin is not None and by_code.pk != by_isin.pk:
            return None, "code_differs"
        found = by_code or by_isin
        return (found, "") if found is not None else (None, "code_unknown")


def _in_rupiah(instrument: Instrument, row: PriceRow) -> tuple[str, Decimal | None]:
    """The kind of problem, and rupiah of a unit: bonds are told in per cent of their face, all else in rupiah."""
    kind = AssetClass(instrument.asset_class)
    if not CLASS_FACTS[kind].priced:
        return "not_priced", None
    quote = row.quote or ("percent" if kind in QUOTED_IN_PERCENT else "rupiah")
    if quote == "percent":
        if kind not in QUOTED_IN_PERCENT or not PERCENTS[0] <= row.price <= PERCENTS[1]:
            return "price_odd", None
        price = row.price * instrument.unit_rupiah / 100
    else:
        price = row.price
    if price >= Decimal(10) ** 13:
        return "price_odd", None
    exponent = price.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        return "price_decimals", None
    return "", price.quantize(Decimal(1).scaleb(min(exponent, 0))) if isinstance(exponent, int) else price


def _beside(taken: dict[Key, PriceRow], prices: dict[Key, tuple[Instrument, Decimal]]) -> Iterable[PriceSeen]:
    """In the order of the file, each beside the price before it: recorded, or of the file itself."""
    recorded = _recorded(list(prices))
    own: dict[int, list[dt.date]] = {}
    for instrument_id, day in sorted(prices):
        own.setdefault(instrument_id, []).append(day)
    for key, row in taken.items():
        instrument, price = prices[key]
        there, before, before_on = recorded.get(key, (None, None, None))
        earlier = max((day for day in own[instrument.pk] if day < key[1]), default=None)
        if earlier is not None and (before_on is None or earlier >= before_on):
            before, before_on = prices[instrument.pk, earlier][1], earlier
        yield PriceSeen(row.row, instrument.code, instrument.name, key[1], price, there, before, before_on)


def _recorded(
    keys: Sequence[Key],
) -> dict[Key, tuple[Decimal | None, Decimal | None, dt.date | None]]:
    """By instrument and day: the price that holds for the day, and the newest one before it with its day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.instrument_id, asked.priced_on, there.price, before.price, before.priced_on"
            " FROM unnest(%s::bigint[], %s::date[]) AS asked (instrument_id, priced_on)"
            " LEFT JOIN LATERAL (SELECT price FROM fund_price p WHERE p.instrument_id = asked.instrument_id"
            "   AND p.priced_on = asked.priced_on ORDER BY id DESC LIMIT 1) AS there ON true"
            " LEFT JOIN LATERAL (SELECT price, priced_on FROM fund_price p WHERE p.instrument_id = asked.instrument_id"
            "   AND p.priced_on < asked.priced_on ORDER BY priced_on DESC, id DESC LIMIT 1) AS before ON true",
            [[one for one, _day in keys], [day for _one, day in keys]],
        )
        return {(one, day): (there, before, on) for one, day, there, before, on in cursor.fetchall()}
