"""Forms that several resources share: numbers, months, days, texts, pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)

from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_date, parse_month
from jamsostek.core.text import N_, _

MONTH_PATTERN = r"^(20(09|[1-9][0-9])-(0[1-9]|1[0-2])|2100-(0[1-9]|1[0-2]))$"
PLAIN = r"^[^\x00-\x1f\x7f]*$"
"""A text of one line."""


def _month(value: Any) -> int:
    if not isinstance(value, str):
        raise InputError(_("Bulan harus berupa teks."), remedy=_("Tulis seperti 2025-03."))
    return parse_month(value)


def _date(value: Any) -> dt.date:
    if not isinstance(value, str):
        raise InputError(_("Tanggal harus berupa teks."), remedy=_("Tulis seperti 2025-03-01."))
    return parse_date(value)


Month = Annotated[
    int,
    BeforeValidator(_month),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN, "examples": ["2026-03"]}, mode="validation"),
]
"""YYYY-MM outside, YYYYMM inside."""
MonthOut = Annotated[
    int,
    PlainSerializer(format_month, return_type=str),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN}, mode="serialization"),
]
Day = Annotated[
    dt.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-01"]}, mode="validation"),
]


def _number(kind: str) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise InputError(
                _("{title} hanya berisi angka.").format(title=_(numbers.KINDS[kind].title)),
                remedy=_("Tulis sebagai teks, tanpa spasi: {example}.").format(example="0" * numbers.KINDS[kind].digits),
            )
        return numbers.check(kind, value)

    pattern = f"^[1-9][0-9]{{{numbers.KINDS[kind].digits - 1}}}$"
    return Annotated[str, BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": pattern}, mode="validation")]


Kpj = _number("kpj")
Npp = _number("npp")
SponsorNumber = Npp
CardNumber = _number("card")
BillCode = _number("bill")
ClaimNumber = _number("claim")
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{32}$")]


def text(most: int, least: int = 0) -> Any:
    """One line of text."""
    return Annotated[str, StringConstraints(strict=True, min_length=least, max_length=most, pattern=PLAIN)]


Name = text(120, 1)
Line = text(200)
Reason = text(200, 1)
Rupiah = Annotated[StrictInt, Field(ge=1, le=1_000_000_000_000)]
RegencyCode = Annotated[StrictInt, Field(ge=1101, le=9999, examples=[3515])]
VillageCode = Annotated[StrictInt, Field(ge=1101010001, le=9999999999)]
Limit = Annotated[int, Field(ge=1, le=200)]
Cursor = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,400}$")]


class In(Schema):
    """What is sent: a member that nobody knows is a mistake, and is told."""

    model_config = ConfigDict(extra="forbid")


class Out(Schema):
    """What is answered."""


Item = TypeVar("Item")


class Page(Out, Generic[Item]):
    """A part of a list; `next` is the cursor of the following part, or null at the end."""

    items: list[Item]
    next: str | None


class Query(In):
    """What every list takes."""

    limit: Limit = Field(50, description=N_("Paling banyak sekian baris."))
    cursor: Cursor | None = Field(None, description=N_("Penanda halaman berikut, dari next."))
