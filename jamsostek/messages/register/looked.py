"""Looks at a file before it is read: what it is, its sheets and titles, and what each column seems to hold, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from jamsostek.core.text import _
from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, stream_limited
from jamsostek.messages.register.content import guess
from jamsostek.messages.register.fields import FIELDS, IGNORED, SEVERAL, title_of
from jamsostek.messages.register.files import Source, opened, table_of
from jamsostek.messages.register.layout import best_layout
from jamsostek.messages.register.mapping import MappedColumn, Mapping, fingerprint
from jamsostek.messages.register.titles import HEAD_NAME, PLACE_AND_DATE, VOCABULARY
from jamsostek.messages.tables.cells import is_blank, text_of
from jamsostek.messages.tables.problems import mask
from jamsostek.messages.tables.titles import letter, normal

SAMPLES = 5
_SAMPLE_LETTERS = 60
_FEW_DIGITS = 11
BY_BOTH, BY_TITLE, BY_SLIP, BY_CONTENT, AGAINST = 95, 80, 60, 55, 30
"""Confidence of a suggestion, in per cent: estimates to sort by, not measured."""
_CHECKABLE = frozenset({"nik", "kk", "birth_date", "phone", "sex", "village_code", PLACE_AND_DATE})


@dataclass(frozen=True)
class ColumnSeen:
    """A column, what it is suggested to hold (`fields`), how sure that is in per cent, and why."""

    position: int
    title: str
    samples: tuple[str, ...]
    """Some cells, long numbers starred."""
    fields: tuple[str, ...]
    confidence: int
    why: str

    @property
    def letter(self) -> str:
        """As a spreadsheet names it."""
        return letter(self.position)


@dataclass(frozen=True)
class Looked:
    """What is in a file. `mapping` is the suggestion as a whole, to be corrected by a person."""

    name: str
    kind: str
    sheets: tuple[str, ...]
    hidden_sheets: tuple[str, ...]
    sheet: str
    header_row: int
    """The last row of titles, 1 = first; 0: none found."""
    columns: tuple[ColumnSeen, ...]
    rows: int | None
    """How many, where that is known without reading all."""
    first: tuple[tuple[str, ...], ...] = ()
    """The cells of the first rows, as in the samples."""

    @property
    def mapping(self) -> Mapping:
        """The suggestion."""
        columns = tuple(MappedColumn(one.position, one.title, one.fields) for one in self.columns)
        return Mapping(columns, self.header_row, self.sheet)

    @property
    def fingerprint(self) -> str:
        """By which a mapping kept before is found."""
        return fingerprint(one.title for one in self.columns)


def look(source: Source, *, sheet: str | None = None, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Looked:
    """Looks at the first rows of a file in a limited child. Raises `FileUnreadable`, or `OSError` where it cannot be opened."""
    with opened(source) as (file, kind, name):
        options = {"kind": kind, "sheet": sheet}
        (told,) = stream_limited(look_inside, file, options=options, seconds=seconds, memory_bytes=memory_bytes)
    columns = tuple(
        ColumnSeen(at, title, tuple(samples), tuple(fields), confidence, why)
        for at, title, samples, fields, confidence, why in told["columns"]
    )
    return Looked(
        name, kind, tuple(told["sheets"]), tuple(told["hidden"]), told["sheet"], told["header_row"], columns, told["rows"],
        tuple(tuple(row) for row in told["first"]),
    )  # fmt: skip


def look_inside(file: IO[bytes], *, kind: str, sheet: str | None) -> Iterator[dict[str, Any]]:
    """The child's part: one answer."""
    table = table_of(file, kind)
    layout, rows = best_layout(table, sheet)
    body = rows[layout.header_row :]
    cells = [[row[at] if at < len(row) else "" for row in body] for at in range(len(layout.titles))]
    columns = [
        (at, mask(layout.titles[at]), _samples(cells[at]), *found)
        for at, found in enumerate(suggest(layout.titles, layout.fields, cells))
    ]
    yield {
        "sheets": table.sheets, "hidden": table.hidden, "sheet": layout.sheet, "header_row": layout.header_row,
        "columns": columns, "rows": table.rows,
        "first": [[_shown(cell[at]) for cell in cells] for at in range(len(body))[:SAMPLES]],
    }  # fmt: skip


def _samples(values: Sequence[Any]) -> list[str]:
    texts = dict.fromkeys(text_of(value) for value in values if not is_blank(value))
    return [_shown(text) for text in list(texts)[:SAMPLES]]


def _shown(value: Any) -> str:
    return mask("" if is_blank(value) else text_of(value), minimum_digits=_FEW_DIGITS)[:_SAMPLE_LETTERS]


def suggest(
    titles: Sequence[str], fields: Sequence[str], cells: Sequence[Sequence[Any]]
) -> list[tuple[tuple[str, ...], int, str]]:
    """Fields, confidence and reason for each column; the surest column of a field has it, the others are ignored."""
    found = [_suggest_one(*column) for column in zip(titles, fields, cells, strict=True)]
    names = [field for field, _confidence, _why in found]
    if HEAD_NAME in names:
        at = names.index(HEAD_NAME)
        own = any(field == "name" and confidence >= BY_TITLE for field, confidence, _why in found)
        found[at] = (IGNORED if own else "name", found[at][1], found[at][2])
    best: dict[str, int] = {}
    for at, (field, confidence, _why) in enumerate(found):
        for part in field.split("+"):
            if part not in best or confidence > found[best[part]][1]:
                best[part] = at
    return [_settled(at, one, best) for at, one in enumerate(found)]


def _settled(at: int, one: tuple[str, int, str], best: dict[str, int]) -> tuple[tuple[str, ...], int, str]:
    field, confidence, why = one
    parts = tuple(part for part in field.split("+") if best.get(part) == at or part in SEVERAL)
    if not parts:
        return (IGNORED,), confidence, _("kolom lain lebih mirip {field}").format(field=title_of(field.split("+")[0]))
    return parts, confidence, why


def _suggest_one(title: str, by_header: str, values: Sequence[Any]) -> tuple[str, int, str]:
    by_title = VOCABULARY.field_of(title)
    if not by_title and by_header:
        named = (by_header, BY_SLIP, _("judul “{title}” mirip {field}"))
    else:
        named = (by_title, BY_TITLE, _("judul “{title}” berarti {field}"))
    by_content, share = guess(values)
    field, confidence, why = named
    if field in ("number", IGNORED) or (field and field not in FIELDS and field not in (HEAD_NAME, PLACE_AND_DATE)):
        return IGNORED, confidence, _("nomor urut")
    shown = _called(field) if field else ""
    if field and by_content == field:
        return field, BY_BOTH, _("judul dan {share} % isinya cocok").format(share=round(100 * share))
    if field == "birth_date" and by_content == PLACE_AND_DATE:
        return PLACE_AND_DATE, BY_BOTH, _("isinya tempat dan tanggal lahir")
    if field == PLACE_AND_DATE and by_content == "birth_date":
        return "birth_date", BY_BOTH, _("isinya hanya tanggal lahir")
    if {field, by_content} == {"nik", "kk"} or (field in _CHECKABLE and by_content and by_content != field):
        return (
            field,
            AGAINST,
            _("judul “{title}”, tetapi isinya tampak seperti {field}").format(title=title, field=_called(by_content)),
        )
    if field:
        return field, confidence, why.format(title=title, field=shown)
    if by_content and not _means_nothing(title):
        told = _("isinya {field} ({share}%), judulnya tidak dikenal")
        return by_content, BY_CONTENT, told.format(field=_called(by_content), share=round(100 * share))
    return IGNORED, 0, _("tidak dikenal dari judul maupun isinya")


def _means_nothing(title: str) -> bool:
    """True for titles known to be of something else."""
    return VOCABULARY.is_excluded(normal(title))


def _called(field: str) -> str:
    if field == PLACE_AND_DATE:
        return _("tempat dan tanggal lahir")
    return title_of("name" if field == HEAD_NAME else field)
