"""The parts of an XLSX that stand beside its sheets: names of sheets, shared texts, which styles are dates.

Runs in the limited child, on a package that passed the guards (no entities, true sizes). Texts are kept as one Arrow
array: a million names as Python objects would take ten times the room.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lxml import etree

from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable

_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TEXTS_AT_ONCE = 65_536
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its name, where its XML is, whether it is hidden."""

    name: str
    path: str
    hidden: bool


def elements(part: IO[bytes], name: str) -> Iterator[Any]:
    """Every element of this local name when it is whole; what was read is dropped, so memory does not grow.

    Raises `FileUnreadable` where the XML is damaged.
    """
    try:
        for _event, element in etree.iterparse(part, events=("end",), tag="{*}" + name, resolve_entities=False, no_network=True):
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, EOFError) as error:
        raise damaged(str(error)) from None


def sheet_parts(package: zipfile.ZipFile) -> list[SheetPart]:
    """The worksheets in order."""
    names = set(package.namelist())
    targets = {}
    if "xl/_rels/workbook.xml.rels" in names:
        with package.open("xl/_rels/workbook.xml.rels") as part:
            targets = {one.get("Id"): one.get("Target") or "" for one in elements(part, "Relationship")}
    found = []
    with package.open("xl/workbook.xml") as part:
        for sheet in elements(part, "sheet"):
            ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
            target = targets.get(ids[0] if ids else "", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            if path in names and "worksheet" in path:
                found.append(SheetPart(sheet.get("name") or "", path, sheet.get("state", "visible") != "visible"))
    return found


def counts_from_1904(package: zipfile.ZipFile) -> bool:
    """Whether dates are counted from 1904 (old Excel on a Mac)."""
    with package.open("xl/workbook.xml") as part:
        return any(one.get("date1904") in ("1", "true") for one in elements(part, "workbookPr"))


def shared_texts(package: zipfile.ZipFile) -> pa.LargeStringArray:
    """The texts that cells point to, by number."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return pa.array([], pa.large_string())
    arrays, texts = [], []
    with package.open("xl/sharedStrings.xml") as part:
        for item in elements(part, "si"):
            texts.append(text_in(item))
            if len(texts) == _TEXTS_AT_ONCE:
                arrays.append(pa.array(texts, pa.large_string()))
                texts = []
    return pa.concat_arrays([*arrays, pa.array(texts, pa.large_string())])


def text_in(item: Any) -> str:
    """The text of a shared or inline string; of rich text all runs, without the reading aids of phonetic ones."""
    if len(item) == 1 and len(item[0]) == 0:
        return item[0].text or ""
    parts = []
    for child in item:
        tag = etree.QName(child).localname
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [one.text or "" for one in child if etree.QName(one).localname == "t"]
    return "".join(parts)


def date_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The styles (as cells name them) whose numbers are dates."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    own: dict[int, str] = {}
    with package.open("xl/styles.xml") as part:
        for one in elements(part, "numFmt"):
            own[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    with package.open("xl/styles.xml") as part:
        found = next((list(map(_format_id, styles)) for styles in elements(part, "cellXfs")), [])
    return frozenset(str(at) for at, number in enumerate(found) if _is_date(number, own.get(number)))


def _format_id(style: Any) -> int:
    return int(style.get("numFmtId", "0"))


def _is_date(number: int, code: str | None) -> bool:
    if code is None:
        return number in _DATE_FORMATS
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    return "y" in bare or ("d" in bare and "m" in bare)


_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
Spans = dict[int, npt.NDArray[np.int64]]
"""Column (A = 0) -> first and last row of each cell merged downwards."""
MOST_MERGES = 200_000


def merged_down(package: zipfile.ZipFile, path: str) -> Spans:
    """Cells merged over rows. They are told after the rows in the XML, so this goes through it once, in pieces."""
    found: dict[int, list[tuple[int, int]]] = {}
    count, left = 0, b""
    with package.open(path) as part:
        while piece := part.read(_CHUNK):
            whole = left + piece
            for first, top, last, bottom in _MERGE.findall(whole) if b"mergeCell " in whole else ():
                count += 1
                if bottom != top and count <= MOST_MERGES:
                    for column in range(position(first.decode()), min(position(last.decode()), 400) + 1):
                        found.setdefault(column, []).append((int(top), int(bottom)))
            left = whole[whole.rfind(b"<") :] if b"<" in whole[-200:] else b""
    return {column: np.array(sorted(spans), dtype=np.int64) for column, spans in found.items()}


def position(letters: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for mark in letters:
        number = 26 * number + ord(mark) - 64
    return number - 1


def damaged(detail: str) -> FileUnreadable:
    """The refusal of a workbook whose content cannot be read."""
    return FileUnreadable(
        _("Isi buku kerja ini rusak."),
        kind="damaged",
        remedy=_("Buka di Excel, simpan sebagai buku kerja baru (.xlsx), lalu kirim lagi."),
        detail=detail,
    )
