"""Where in a workbook the payroll is, and what is said when it is not there. Runs in the limited child."""

from __future__ import annotations

from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payroll.titles import VOCABULARY
from jamsostek.messages.tables.sheets import Search, Sheet, Tops, read_sheet
from jamsostek.messages.tables.titles import HEADER_ROWS, Header
from jamsostek.messages.tables.vocabulary import WAGE_FIELDS


def read_payroll_sheet(content: bytes, kind: str, wanted: str | None) -> Sheet:
    """The sheet with the payroll table (or the one `wanted`); raises `FileUnreadable` when there is none."""
    return read_sheet(content, kind, wanted, Search(VOCABULARY, _holds_payroll, _checked, _no_header))


def _holds_payroll(header: Header) -> bool:
    """True for a sheet that must not go unread without a word: names and wages."""
    return header.has("name") and header.has(*(field for field in WAGE_FIELDS if field != "gross"))


def _checked(header: Header, sheet: str) -> Header:
    """The header, or the refusal that names the column missing and the nearest title seen."""
    if header.complete:
        return header
    wages = ("basic", "reported", "wage", "daily")
    missing = _("nama pekerja") if not header.has("name") else _("upah")
    free = [title for title, field in zip(header.titles, header.fields, strict=True) if title and field in ("", "net")]
    near = VOCABULARY.nearest_title(("name",) if not header.has("name") else wages, free)
    seen = ", ".join(f"“{title}”" for title in header.titles if title)
    closest = _(" Judul terdekat: “{title}”.").format(title=near) if near else ""
    raise FileUnreadable(
        _("Kolom {missing} tidak ditemukan di lembar “{sheet}”.").format(missing=missing, sheet=sheet) + closest,
        kind="no_column",
        remedy=_("Judul yang ada: {seen}. Ubah judulnya, misalnya menjadi Nama, NIK, Upah, Gaji Pokok, Tunjangan Tetap.").format(
            seen=seen
        ),
    )


def _no_header(tops: Tops) -> FileUnreadable:
    words = [cell for _name, rows in tops for row in rows for cell in row if isinstance(cell, str) and len(cell) < 40]
    near = VOCABULARY.nearest_title(("name", "nik", "wage", "basic"), words[:500])
    closest = _(" Tulisan terdekat: “{title}”.").format(title=near) if near else ""
    return FileUnreadable(
        _("Tidak ada baris judul (Nama, NIK, Upah, …) di {rows} baris pertama lembar mana pun.").format(rows=HEADER_ROWS)
        + closest,
        kind="no_header",
        remedy=_("Beri satu baris judul di atas tabel: Nama, NIK, Tanggal Lahir, Upah."),
    )
