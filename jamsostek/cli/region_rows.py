"""A file of districts and villages, row by row."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

REQUIRED = ("code", "name")
Place = tuple[int, str, int | None]


def read_regions(source: Path) -> tuple[list[Place], list[int], list[InputError]]:
    """(code, name, BPS code) of each good row, the rows they stand in (1 = the first below the titles), and what is wrong."""
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            _("Berkas {path} tidak dapat dibuka.").format(path=source), remedy=_("Periksa nama dan foldernya.")
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            _("Berkas {path} bukan UTF-8.").format(path=source), remedy=_("Simpan ulang sebagai CSV UTF-8.")
        ) from error
    reader = csv.DictReader(text.splitlines(), delimiter=_delimiter(text))
    titles = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in REQUIRED if name not in titles]
    if missing:
        raise InputError(
            _("Kolom {names} tidak ada.").format(names=", ".join(missing)),
            remedy=_("Baris pertama: code,name, bila ada juga parent dan bps_code."),
        )
    return _read(reader, titles)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _read(reader: csv.DictReader[str], titles: list[str]) -> tuple[list[Place], list[int], list[InputError]]:
    places: list[Place] = []
    rows: list[int] = []
    wrong: list[InputError] = []
    for row, told in enumerate(reader, 1):
        cells = {title: (told.get(name or "") or "").strip() for title, name in zip(titles, reader.fieldnames or (), strict=True)}
        if not any(cells.values()):
            continue
        try:
            places.append(_place(cells))
            rows.append(row)
        except InputError as error:
            error.row = row
            wrong.append(error)
    return places, rows, wrong


def _place(cells: dict[str, str]) -> Place:
    code = _code(cells["code"], "code")
    if cells.get("parent"):
        parent = _code(cells["parent"], "parent")
        above = code // 100 if code < 1_000_000 else code // 10_000
        if parent != above:
            raise InputError(
                _("Wilayah induk {parent} tidak sesuai dengan kode {code}.").format(parent=parent, code=code),
                field="parent",
                value=parent,
                remedy=_("Menurut kodenya, induknya {above}.").format(above=above),
            )
    return code, cells["name"], _code(cells["bps_code"], "bps_code") if cells.get("bps_code") else None


def _code(text: str, field: str) -> int:
    """Kemendagri writes 35.15.01.2001; points and spaces say nothing."""
    digits = re.sub(r"[.\s]", "", text)
    if not re.fullmatch(r"[0-9]{2,10}", digits):
        raise InputError(
            _("Kode wilayah {value!r} tidak terbaca.").format(value=text[:20]),
            field=field,
            value=text[:20],
            remedy=_("Tulis angka saja, misalnya 3515012001."),
        )
    return int(digits)
