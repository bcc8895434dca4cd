"""Which rows under a header are people: totals, section titles, column numbers, repeated titles and signatures are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jamsostek.messages.tables.cells import is_blank, text_of
from jamsostek.messages.tables.titles import Header

_LABEL = re.compile(r"(sub[\s\-]*(total|jumlah)|grand[\s\-]*total|total|jumlah|jml|jlh)\b", re.IGNORECASE)


@dataclass
class Body:
    """The rows under the header, sorted into workers, totals and the rest; blank ones are in none."""

    workers: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)


class RowSorter:
    """Sorts the rows of one table. `is_somebody(row)` says whether a row without a NIK holds what only a person has."""

    def __init__(
        self,
        body: Sequence[Sequence[Any]],
        header: Header,
        *,
        money_fields: Collection[str],
        is_somebody: Callable[[Sequence[Any]], bool],
    ) -> None:
        self.body = body
        self.header = header
        self.money_fields = money_fields
        self.is_somebody = is_somebody
        self.nik_column = nik_column(body, header)
        self.kpj_column = header.column("kpj")

    def sort(self) -> Body:
        """Workers, total rows, and rows that are neither."""
        found = Body()
        nik = self.nik_column
        last_strong = -1
        weak: list[int] = []
        for at, row in enumerate(self.body):
            cell = row[nik] if nik is not None else ""
            kind = "strong" if _is_long_number(cell) else self._kind_of_row(row)
            if kind == "strong":
                found.workers.append(at)
                last_strong = at
            elif kind == "weak":
                found.workers.append(at)
                weak.append(at)
            elif kind == "total":
                found.totals.append(at)
            elif kind == "other":
                found.skipped.append(at)
        # Below the last worker stand dates, names and functions of those who sign, but no numbered names.
        below = {at for at in weak if at > last_strong and not self._is_numbered(self.body[at])}
        if below:
            found.workers = [at for at in found.workers if at not in below]
            found.skipped = sorted(found.skipped + list(below))
        return found

    def _kind_of_row(self, row: Sequence[Any]) -> str:
        if row.count("") == len(row):
            return "blank"
        filled = [(column, cell) for column, cell in enumerate(row) if cell != "" and not is_blank(cell)]
        if not filled:
            return "blank"
        texts = [text_of(cell) for _column, cell in filled]
        nik_digits = len(re.sub(r"\D", "", text_of(row[self.nik_column]))) if self.nik_column is not None else 0
        if nik_digits < 12 and self._is_total(row, filled):
            return "total"
        if len(filled) == 1 or self._repeats_titles(texts) or _numbers_columns(texts):
            return "other"
        return "strong" if nik_digits >= 8 or self._has_kpj(row) or self.is_somebody(row) else "weak"

    def _has_kpj(self, row: Sequence[Any]) -> bool:
        return self.kpj_column is not None and len(re.sub(r"\D", "", text_of(row[self.kpj_column]))) >= 8

    def _is_total(self, row: Sequence[Any], filled: list[tuple[int, Any]]) -> bool:
        """A row labelled `Jumlah`, or one of sums alone with nobody's name or number in it."""
        if self._has_kpj(row):
            return False
        first_text = next((cell for _column, cell in filled if type(cell) is str), "")
        if len(first_text) <= 60 and _LABEL.match(first_text.strip()):
            return True
        return len(filled) > 1 and all(
            type(cell) is float and self.header.fields[column] in self.money_fields for column, cell in filled
        )

    def _is_numbered(self, row: Sequence[Any]) -> bool:
        """True for a row with a number in the `No` column and a name: somebody, even with nothing else filled in."""
        number, name = self.header.column("number"), self.header.column("name")
        return number is not None and name is not None and text_of(row[number]).isdigit() and not is_blank(row[name])

    def _repeats_titles(self, texts: Sequence[str]) -> bool:
        titles = {title.casefold() for title in self.header.titles if title}
        titles |= {word for title in titles for word in title.split()}
        same = sum(text.casefold() in titles for text in texts)
        return same >= 2 and 2 * same > len(texts)


def nik_column(body: Sequence[Sequence[Any]], header: Header) -> int | None:
    """Of several NIK columns (employers also call their own number NIK), the one that holds 16 digits."""
    columns = header.columns("nik")
    sample = body[:200]

    def looks_like_nik(column: int) -> int:
        return sum(len(re.sub(r"\D", "", text_of(row[column]))) == 16 for row in sample)

    return max(columns, key=looks_like_nik) if columns else None


def _is_long_number(cell: Any) -> bool:
    """True for what nearly every NIK cell holds: many digits, as text or number."""
    if type(cell) is str:
        return len(cell) >= 12 and cell[-1].isdigit()
    return type(cell) is float and cell > 1e9


def _numbers_columns(texts: Sequence[str]) -> bool:
    """True for the row `1 2 3 4 …` (or `(1) (2) …`) that forms have under their titles."""
    numbers = [text.strip("() ") for text in texts]
    if len(numbers) < 3 or not all(number.isdigit() and len(number) <= 2 for number in numbers):
        return False
    return all(int(b) - int(a) == 1 for a, b in pairwise(numbers)) and int(numbers[0]) <= 2
