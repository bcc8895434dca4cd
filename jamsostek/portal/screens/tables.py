"""Tables that become cards on a phone, sorted by links, in pages of 25 rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

ROWS = 25
LAST_PAGE = 400
"""Nobody leafs further; whoever needs more searches or downloads."""
_GROUPS = re.compile(r"\d+(?: \d{3,4})+")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of rows and the ways to its neighbours; `total` only where it is cheap to count."""

    rows: Sequence[Row]
    number: int
    has_next: bool
    previous_url: str
    next_url: str
    total: int | None = None

    @property
    def first(self) -> int:
        """The number of the page's first row."""
        return (self.number - 1) * ROWS + 1

    @property
    def last(self) -> int:
        """The number of the page's last row."""
        return self.first + len(self.rows) - 1


def paged(request: HttpRequest, rows: Any, *, total: int | None = None) -> Paged[Any]:
    """The page asked for by `?hal=` of a QuerySet or sequence. One row more is read instead of counting them all."""
    number = page_number(request)
    start = (number - 1) * ROWS
    found = list(rows[start : start + ROWS + 1])
    more = len(found) > ROWS and number < LAST_PAGE
    return Paged(
        found[:ROWS], number, more,
        with_query(request, hal=None if number == 2 else number - 1) if number > 1 else "",
        with_query(request, hal=number + 1) if more else "",
        total,
    )  # fmt: skip


def page_number(request: HttpRequest) -> int:
    """`?hal=`, 1 where it is missing or nonsense."""
    asked = request.GET.get("hal", "")
    # isdecimal() alone would let through digits that int() reads from other scripts.
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def with_query(request: HttpRequest, **changed: Any) -> str:
    """This page's address with some parameters changed, from its question mark on; None leaves one out."""
    query = {name: values for name, values in request.GET.lists() if name not in changed}
    query.update({name: [str(value)] for name, value in changed.items() if value is not None})
    return f"?{urlencode(query, doseq=True)}"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what of a row it shows, and the name it is sorted by (none: it is not).

    `show` gives a text, a number shown by the caller, a `Link` or a `Tag`. `number` aligns right.
    """

    title: str
    show: Callable[[Any], Any]
    sort: str = ""
    number: bool = False


@dataclass(frozen=True)
class Heading:
    """A column's heading as drawn."""

    title: str
    number: bool
    url: str = ""
    order: str = ""
    """'ascending' or 'descending' where the table is sorted by it."""


@dataclass(frozen=True)
class Cell:
    """A cell as drawn; the first of a row is its heading."""

    label: str
    value: Any
    number: bool

    @property
    def whole(self) -> bool:
        """Whether it is a number in groups, such as KPJ, which stays on one line."""
        return isinstance(self.value, str) and _GROUPS.fullmatch(self.value) is not None


@dataclass(frozen=True)
class Table:
    """A table as drawn."""

    caption: str
    headings: Sequence[Heading]
    lines: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    request: HttpRequest | None = None,
    sorted_by: str = "",
    total: Sequence[Any] = (),
) -> Table:
    """A table of rows; with the request its headings sort. `sorted_by` is a column's `sort`, `-` before it for downwards.

    `total` has the cells of a last line, one for each column.
    """
    return Table(
        caption,
        [_heading(column, request, sorted_by) for column in columns],
        [[Cell(c.title, c.show(row), c.number) for c in columns] for row in rows],
        [Cell(c.title, value, c.number) for c, value in zip(columns, total, strict=True)] if total else (),
    )


def sorting(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    """The order asked for by `?urut=`, where a column allows it."""
    asked = request.GET.get("urut", "")
    return asked if asked.removeprefix("-") in {c.sort for c in columns if c.sort} else default


def _heading(column: Column, request: HttpRequest | None, sorted_by: str) -> Heading:
    if request is None or not column.sort:
        return Heading(column.title, column.number)
    order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(sorted_by, "")
    asked = f"-{column.sort}" if order == "ascending" else column.sort
    return Heading(column.title, column.number, with_query(request, urut=asked, hal=None), order)
