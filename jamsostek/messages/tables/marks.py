"""What a workbook's sheet says beside its cells, and calamine does not tell: formulas in error, hidden rows, macros.

Reads the sheet's XML in pieces, so that memory does not grow with the sheet. Runs in the limited child, on bytes that
passed the guards. A cell or row without its own address (allowed, never seen) is passed over.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = 1 << 20
_ATTRIBUTE = rb"\b%s\s*=\s*[\"']([^\"']*)[\"']"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<",
    re.DOTALL,
)
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*\br=[\"'](\d{1,7})[\"']",
)


@dataclass(frozen=True)
class Marks:
    """`errors`: (row, column) -> error text, counted from 0; `hidden_rows`: rows from 0; `macros`: the file holds some."""

    errors: dict[tuple[int, int], str]
    hidden_rows: tuple[int, ...]
    macros: bool


NO_MARKS = Marks({}, (), False)


def read_marks(content: bytes, sheet: str) -> Marks:
    """The marks of one sheet of an XLSX; `NO_MARKS` where the package does not say where the sheet is."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        macros = any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
        path = _path(package, sheet)
        if path not in package.namelist():
            return Marks({}, (), macros)
        errors: dict[tuple[int, int], str] = {}
        hidden: list[int] = []
        for piece in _pieces(package, path):
            # Nearly every piece has neither; looking for these few bytes first is a hundred times cheaper.
            if b't="e"' in piece or b"t='e'" in piece:
                for column, row, text in _ERROR_CELL.findall(piece):
                    errors[int(row) - 1, _position(column)] = text.decode("ascii", "replace")
            if b"hidden=" in piece:
                hidden += [int(row) - 1 for row in _HIDDEN_ROW.findall(piece)]
    return Marks(errors, tuple(hidden), macros)


def _path(package: zipfile.ZipFile, sheet: str) -> str:
    """Where a sheet's XML stands in the package, or ''."""
    book, relations = package.read("xl/workbook.xml"), _read(package, "xl/_rels/workbook.xml.rels")
    names = [_plain(_attribute(tag, b"name")) for tag in _SHEET.findall(book)]
    ids = [_attribute(tag, rb"(?:\w+:)?id") for tag in _SHEET.findall(book)]
    targets = {_attribute(tag, b"Id"): _attribute(tag, b"Target").decode() for tag in _RELATION.findall(relations)}
    target = targets.get(ids[names.index(sheet)], "") if sheet in names else ""
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target) if target else ""


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    return package.read(name) if name in package.namelist() else b""


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(_ATTRIBUTE % name, tag)
    return found[1] if found else b""


def _plain(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for entity, mark in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, mark)
    return text


def _pieces(package: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The XML in pieces that end where a cell or a row begins, so that neither is cut in two."""
    left = b""
    with package.open(path) as stream:
        while read := stream.read(_PIECE):
            whole = left + read
            cut = max(whole.rfind(b"<c "), whole.rfind(b"<row "), whole.rfind(b":c "), whole.rfind(b":row "))
            cut = whole.rfind(b"<", 0, cut + 1) if cut > 0 else -1
            if cut <= 0 and len(whole) < 8 * _PIECE:
                left = whole
                continue
            yield whole[:cut] if cut > 0 else whole
            left = whole[cut:] if cut > 0 else b""
    yield left


def _position(letters: bytes) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for mark in letters:
        number = 26 * number + mark - 64
    return number - 1
