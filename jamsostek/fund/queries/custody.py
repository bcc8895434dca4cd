"""What a custodian says it keeps, beside what our books hold at that day: agree, differ, missing here, missing there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.fund.choices import AssetClass
from jamsostek.fund.facts import KEPT_BY_CUSTODIANS
from jamsostek.fund.models import Custody, CustodyLine, Explanation, Instrument
from jamsostek.fund.queries.positions import positions
from jamsostek.fund.queries.price_files import Known, problem_of
from jamsostek.messages.securities.problems import SecurityProblem
from jamsostek.messages.securities.reader import HoldingRow, SecurityTable, read_holdings

State = Literal["agree", "differ", "missing_here", "missing_there"]
MOST_UNITS = Decimal(10) ** 17


@dataclass(frozen=True)
class Matched:
    """One instrument in both places; units, and whole rupiah where known."""

    code: str
    name: str
    instrument_id: int | None
    units_here: Decimal
    units_there: Decimal
    rupiah_here: int | None
    rupiah_there: int | None
    listed_there: bool
    explanation: Explanation | None

    @property
    def state(self) -> State:
        """What comes of comparing."""
        if self.units_here == self.units_there:
            return "agree"
        if not self.listed_there:
            return "missing_there"
        return "differ" if self.units_here else "missing_here"

    @property
    def standing(self) -> Literal["agree", "open", "waiting", "explained"]:
        """How far a difference is: an explanation holds for the two figures it was given for, once another has confirmed it."""
        if self.state == "agree":
            return "agree"
        given = self.explanation
        if given is None or (given.units_here, given.units_there) != (self.units_here, self.units_there):
            return "open"
        answer = getattr(given, "answer", None)
        if answer is None:
            return "waiting"
        return "explained" if answer.confirmed else "open"


@dataclass(frozen=True)
class Reconciliation:
    """A statement compared."""

    custody: Custody
    lines: tuple[Matched, ...]

    def count(self, state: str) -> int:
        """Lines of a state or standing."""
        return sum(1 for one in self.lines if state in (one.state, one.standing))

    @property
    def open(self) -> tuple[Matched, ...]:
        """Differences that nobody has explained and another confirmed."""
        return tuple(one for one in self.lines if one.standing in ("open", "waiting"))


def statements() -> QuerySet[Custody]:
    """The newest day first."""
    return Custody.objects.all()


def statement(custody_id: int) -> Custody:
    """One; raises `Refused` where there is none."""
    found = Custody.objects.filter(pk=custody_id).first()
    if found is None:
        raise not_yours(_("Laporan kustodian ini tidak ada."))
    return found


def newest_statements() -> dict[str, Custody]:
    """By fund, the one of the newest day; the last recorded of a day holds."""
    found: dict[str, Custody] = {}
    for one in Custody.objects.order_by("fund", "-stated_on", "-id").distinct("fund"):
        found[one.fund] = one
    return found


def is_newest(custody: Custody) -> bool:
    """Whether no later statement of the same fund and day stands in its place."""
    return not Custody.objects.filter(fund=custody.fund, stated_on=custody.stated_on, pk__gt=custody.pk).exists()


def open_differences() -> dict[str, Reconciliation]:
    """By fund, the newest statement that has differences nobody has explained and another confirmed."""
    compared = {fund: reconciliation(one) for fund, one in newest_statements().items()}
    return {fund: one for fund, one in compared.items() if one.open}


def reconciliation(custody: Custody) -> Reconciliation:
    """The statement beside our positions at the end of its day."""
    there = _there(custody)
    here = {one.security.code: one for one in positions(on=custody.stated_on, fund=custody.fund)}
    said = _said(custody)
    lines = []
    for code in sorted({*there, *here}):
        line, ours = there.get(code), here.get(code)
        if line is None and ours is not None and AssetClass(ours.security.asset_class) not in KEPT_BY_CUSTODIANS:
            continue
        instrument = line.instrument if line is not None else None
        lines.append(
            Matched(
                code,
                ours.security.name if ours else (instrument.name if instrument else ""),
                ours.security.id if ours else (instrument.pk if instrument else None),
                Decimal(ours.quantity) if ours else Decimal(0),
                line.units if line else Decimal(0),
                None if ours is None else (ours.carrying_rupiah if ours.market_rupiah is None else ours.market_rupiah),
                line.value_rupiah if line else None,
                line is not None,
                said.get(code),
            )
        )
    return Reconciliation(custody, tuple(lines))


def _there(custody: Custody) -> dict[str, CustodyLine]:
    """By code; an instrument that was written down since is found now."""
    rows = list(custody.lines.select_related("instrument"))
    strange = [row.code for row in rows if row.instrument is None]
    late = {one.isin: one for one in Instrument.objects.filter(isin__in=strange)}
    late |= {one.code: one for one in Instrument.objects.filter(code__in=strange)}
    for row in rows:
        if row.instrument is None and row.code in late:
            row.instrument = late[row.code]
    return {row.instrument.code if row.instrument else row.code: row for row in rows}


def _said(custody: Custody) -> Mapping[str, Explanation]:
    """The newest explanation of each code."""
    return {one.code: one for one in custody.explanations.select_related("answer").order_by("id")}


# --- rows of a file ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A row of a statement that can stand: units of an instrument, or of a code nobody knows here."""

    code: str
    instrument_id: int | None
    units: Decimal
    value_rupiah: int | None


def kept(table: SecurityTable[HoldingRow], *, stated_on: dt.date) -> tuple[list[Kept], list[SecurityProblem]]:
    """The rows that stand, one for each instrument, and what is wrong with the others. What is not known here is kept."""
    known, problems = Known(table.rows), list(table.problems)
    found: dict[str, tuple[HoldingRow, Kept]] = {}
    for row in table.rows:
        instrument, kind = known.of(row)
        units, kind = (None, kind) if kind == "code_differs" else _units(instrument, row)
        if not kind and row.day is not None and row.day != stated_on:
            kind = "day_other"
        code = instrument.code if instrument else (row.code or row.isin)
        if not kind and code in found:
            kind = "units_twice"
        if kind or units is None:
            first = found[code][0].row if kind == "units_twice" else 0
            unit = instrument.unit_rupiah if instrument else 1
            problems.append(problem_of(table, row, kind or "units_missing", first_row=first, unit=unit))
            continue
        found[code] = (row, Kept(code, instrument.pk if instrument else None, units, row.value_rupiah))
    return [one for _row, one in found.values()], sorted(problems, key=lambda one: one.row or 0)


def problems_of(custody: Custody, *, today: dt.date) -> list[SecurityProblem]:
    """What is wrong with rows of a stored statement, as it is known now."""
    table = read_holdings(files.read(custody.file_digest), custody.file_name, today=today)
    return kept(table, stated_on=custody.stated_on)[1]


def _units(instrument: Instrument | None, row: HoldingRow) -> tuple[Decimal | None, str]:
    """Units of a row; a face value is divided by what one unit is worth at maturity."""
    if row.units is not None:
        units = row.units
    elif row.face is not None and instrument is not None:
        units = row.face / instrument.unit_rupiah
        if units != units.to_integral_value():
            return None, "face_divides"
    else:
        units = row.face or Decimal(0)
    if units >= MOST_UNITS or units != units.quantize(Decimal("0.0001")):
        return None, "units_decimals"
    return units, ""


def codes(lines: Iterable[Matched]) -> str:
    """Codes in a row of words."""
    return ", ".join(one.code for one in lines)
