"""What a person decided about a file: which column holds what. Kept as JSON, known again by the titles."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _
from jamsostek.messages.register.fields import FIELDS, IGNORED, ONE_OF, PAIRS, SEVERAL, title_of
from jamsostek.messages.roster.titles import RETURNED
from jamsostek.messages.roster.titles import VOCABULARY as ROSTER
from jamsostek.messages.tables.problems import mask
from jamsostek.messages.tables.titles import letter, normal


@dataclass(frozen=True)
class MappedColumn:
    """A column: its position (A = 0), the title above it, the field it holds (or the two of a pair)."""

    position: int
    title: str
    fields: tuple[str, ...] = (IGNORED,)

    @property
    def letter(self) -> str:
        """As a spreadsheet names it."""
        return letter(self.position)


@dataclass(frozen=True)
class Mapping:
    """Every column of a file and what it holds. `check` says what keeps it from being used."""

    columns: tuple[MappedColumn, ...]
    header_row: int = 1
    """The last row of titles, 1 = first; 0 where the file has none."""
    sheet: str | None = None
    """None: the first sheet."""

    @property
    def fingerprint(self) -> str:
        """The same for every file with these titles, in whatever order they stand."""
        return fingerprint(column.title for column in self.columns)

    @property
    def titles(self) -> list[str]:
        """The titles in order."""
        return [column.title for column in self.columns]

    def positions(self, field: str) -> list[int]:
        """Where a field stands, left to right."""
        return [column.position for column in self.columns if field in column.fields]

    def has(self, *fields: str) -> bool:
        """True where any of the fields has a column."""
        return any(self.positions(field) for field in fields)

    def with_field(self, position: int, *fields: str) -> Mapping:
        """The mapping with another decision for one column."""
        columns = (replace(one, fields=fields) if one.position == position else one for one in self.columns)
        return replace(self, columns=tuple(columns))

    def for_titles(self, titles: Sequence[str], header_row: int, sheet: str | None) -> Mapping:
        """The same decisions for another file of the same titles, wherever its columns stand.

        Raises `InputError` where the titles are others.
        """
        if fingerprint(titles) != self.fingerprint:
            wanted = Counter(filter(None, map(normal, self.titles)))
            seen = Counter(filter(None, map(normal, titles)))
            shown = {normal(title): mask(title) for title in (*self.titles, *titles)}
            missing = ", ".join(f"“{shown[title]}”" for title in (wanted - seen)) or "-"
            more = ", ".join(f"“{shown[title]}”" for title in (seen - wanted)) or "-"
            raise InputError(
                _("Judul kolom berkas ini lain dari yang dipetakan: hilang {missing}; baru {more}.").format(
                    missing=missing, more=more
                ),
                field="mapping",
                remedy=_("Petakan kolom berkas ini dahulu."),
            )
        waiting: dict[str, list[tuple[str, ...]]] = {}
        for column in self.columns:
            waiting.setdefault(normal(column.title), []).append(column.fields)
        columns = [
            MappedColumn(at, title, waiting[normal(title)].pop(0) if waiting.get(normal(title)) else (IGNORED,))
            for at, title in enumerate(titles)
        ]
        return Mapping(tuple(columns), header_row, sheet)

    # --- check ---

    def check(self) -> None:
        """Raises `InputError` in the user's words when the file cannot be read with these decisions."""
        for column in self.columns:
            for field in column.fields:
                if field not in FIELDS:
                    raise unknown_name(_("Isian"), field, FIELDS)
            if len(column.fields) != 1 and column.fields not in PAIRS:
                raise _refused(
                    _("Kolom “{title}” tidak dapat memuat isian ini sekaligus.").format(title=column.title or column.letter),
                    _("Pilih satu isian, atau tempat dan tanggal lahir."),
                )
        for field in FIELDS:
            at = [one for one in self.columns if field in one.fields]
            if len(at) > 1 and field not in SEVERAL:
                titles = ", ".join(f"“{one.title or one.letter}”" for one in at)
                raise _refused(
                    _("{field} dipilih untuk lebih dari satu kolom: {titles}.").format(field=title_of(field), titles=titles),
                    _("Biarkan satu kolom; pilih Tidak dipakai untuk yang lain."),
                )
        if not self.has("name"):
            raise _refused(_("Kolom nama belum dipilih."), _("Pilih kolom yang berisi nama orang."))
        if not self.has(*ONE_OF):
            choices = ", ".join(title_of(field) for field in ONE_OF)
            raise _refused(
                _("Selain nama perlu sedikitnya satu dari: {choices}.").format(choices=choices),
                _("Pilih kolomnya; tanpa itu orang bernama sama tidak dapat dibedakan."),
            )

    # --- JSON ---

    def to_json(self) -> str:
        """The mapping as JSON, with its fingerprint."""
        columns = [[one.position, one.title, list(one.fields)] for one in self.columns]
        told = {"fingerprint": self.fingerprint, "header_row": self.header_row, "sheet": self.sheet, "columns": columns}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Mapping:
        """The inverse of `to_json`. Raises `InputError` for what is no mapping."""
        try:
            told: dict[str, Any] = json.loads(text)
            columns = tuple(MappedColumn(int(at), str(title), tuple(map(str, fields))) for at, title, fields in told["columns"])
            return cls(columns, int(told["header_row"]), told["sheet"])
        except (ValueError, KeyError, TypeError):
            raise InputError(_("Pemetaan kolom ini tidak terbaca."), remedy=_("Petakan kolom berkas ini dahulu.")) from None


def fingerprint(titles: Iterable[str]) -> str:
    """Sixteen letters that stand for a set of titles, in any order, capitals and signs aside.

    The columns we add to a file we give back do not count: mended, it is the same layout.
    """
    plain = sorted(normal(title) for title in titles if normal(title) and ROSTER.field_of(title) != RETURNED)
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:16]


def _refused(message: str, remedy: str) -> InputError:
    return InputError(message, field="mapping", remedy=remedy)
