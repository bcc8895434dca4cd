"""Where in a workbook the list is, what is said when it is not there, and merged cells and errors put right for reading.

Runs in the limited child.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jamsostek.core.text import N_, _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.roster.titles import VOCABULARY
from jamsostek.messages.tables.cells import is_blank
from jamsostek.messages.tables.marks import Marks
from jamsostek.messages.tables.problems import mask
from jamsostek.messages.tables.sheets import Search, Sheet, Tops, read_sheet
from jamsostek.messages.tables.titles import HEADER_ROWS, Header

FORM, GUIDE, EXAMPLE, CHOICES = N_("Formulir"), N_("Petunjuk"), N_("Contoh"), N_("Pilihan")
"""The sheets of our template; only the first is read."""
_PASSED_OVER = frozenset({
    "petunjuk", "contoh", "pilihan", "guide", "example", "examples", "choices", "instructions", "pengisian",
})  # fmt: skip
_SPREADING = frozenset({
    "activity", "start_date", "end_date", "leave_reason", "unit", "segment", "region_code", "regency", "province",
    "district", "village", "bank",
})  # fmt: skip
"""Fields whose merged cell holds for all its rows; nobody shares a NIK, a name or a wage."""
_UNREAD = frozenset({"", "number", "returned", "variable", "unclear", "net"})


def read_roster_sheet(content: bytes, kind: str, wanted: str | None) -> Sheet:
    """The sheet with the list (or the one `wanted`); raises `FileUnreadable` when there is none."""
    search = Search(VOCABULARY, _holds_list, _checked, _no_header, passed_over=_PASSED_OVER, hidden=_only_hidden)
    return read_sheet(content, kind, wanted, search)


def _holds_list(header: Header) -> bool:
    """True for a sheet that must not go unread without a word: names and numbers."""
    return header.has("name") and header.has("nik", "kpj")


def _checked(header: Header, sheet: str) -> Header:
    """The header, or the refusal that names the column missing and the nearest title seen."""
    if header.complete:
        return header
    has_name = header.has("name")
    missing = _("NIK (atau KPJ)") if has_name else _("nama")
    free = [title for title, field in zip(header.titles, header.fields, strict=True) if title and not field]
    near = VOCABULARY.nearest_title(("nik", "kpj") if has_name else ("name",), free)
    closest = _(" Judul terdekat: “{title}”.").format(title=near) if near else ""
    # A row of people taken for titles must not show their numbers.
    seen = mask(", ".join(f"“{title}”" for title in header.titles if title))
    raise FileUnreadable(
        _("Kolom {missing} tidak ditemukan di lembar “{sheet}”.").format(missing=missing, sheet=sheet) + closest,
        kind="no_column",
        remedy=_("Judul yang ada: {seen}. Ubah judulnya seperti di formulir kami: Nama, NIK, Tanggal lahir.").format(seen=seen),
    )


def _no_header(tops: Tops) -> FileUnreadable:
    words = [cell for _name, rows in tops for row in rows for cell in row if isinstance(cell, str) and len(cell) < 40]
    near = VOCABULARY.nearest_title(("name", "nik", "kpj"), words[:500])
    closest = _(" Tulisan terdekat: “{title}”.").format(title=near) if near else ""
    return FileUnreadable(
        _("Tidak ada baris judul (Nama, NIK, …) di {rows} baris pertama lembar mana pun.").format(rows=HEADER_ROWS) + closest,
        kind="no_header",
        remedy=_("Unduh formulir kami, atau beri satu baris judul di atas tabel: Nama, NIK, Tanggal lahir."),
    )


def _only_hidden(sheet: str) -> FileUnreadable:
    return FileUnreadable(
        _("Daftarnya ada di lembar tersembunyi “{sheet}”.").format(sheet=sheet),
        kind="hidden_sheet",
        remedy=_("Tampilkan lembarnya (klik kanan nama lembar, Tampilkan), periksa isinya, lalu kirim lagi."),
    )


def no_people(sheet: str) -> FileUnreadable:
    """The refusal of a list under whose titles nobody stands."""
    return FileUnreadable(
        _("Tidak ada orang di bawah baris judul lembar “{sheet}”.").format(sheet=sheet),
        kind="no_rows",
        remedy=_("Isi mulai dari baris tepat di bawah judul, lalu kirim lagi."),
    )


# --- cells that the sheet says more about --------------------------------------------------------------------------------


def put_errors(found: Sheet, marks: Marks) -> None:
    """Writes the text of a formula's error into its cell, which calamine gives as blank."""
    for (row, column), text in marks.errors.items():
        at, position = row - found.first_row, column - found.first_column
        if 0 <= at < len(found.rows) and 0 <= position < len(found.rows[at]):
            found.rows[at][position] = text


def spread_merged(found: Sheet, begins: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Copies merged cells over their rows where that makes sense.

    Returns the (body row, column) of the cells filled, and of those left blank because nobody shares such a value.
    """
    filled: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    for (top, first), (bottom, last) in found.merged:
        rows = range(max(top, begins), min(bottom, len(found.rows) - 1) + 1)
        for column in range(first, min(last, len(found.header.fields) - 1) + 1):
            field = found.header.fields[column]
            if field in _UNREAD or len(rows) < 2:
                continue
            value: Any = found.rows[rows[0]][column]
            for row in rows[1:]:
                if field in _SPREADING and not is_blank(value):
                    found.rows[row][column] = value
                    filled.append((row - begins, column))
                else:
                    left.append((row - begins, column))
    return filled, left


def places_of(cells: Sequence[tuple[int, int]], people: Sequence[int]) -> dict[int, list[int]]:
    """The (body row, column) of cells as column -> places of people."""
    place_of = {row: place for place, row in enumerate(people)}
    places: dict[int, list[int]] = {}
    for row, column in cells:
        if row in place_of:
            places.setdefault(column, []).append(place_of[row])
    return places
