"""Quotas of villages pasted or sent in a sheet -> the most people of each. All rows that are wrong are told.

Rows hold a village by code or name and a number of people, with a row of titles (as in the form we give) or without one: then the
first cell is the village and the last the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jamsostek.core.errors import InputError, nearest
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.titles import normal
from jamsostek.registry.identity import Problems

TITLES = (N_("Kode desa"), N_("Desa"), N_("Kuota orang"))
"""Columns of the form to fill in."""
_NAMES = {
    "code": "kode desa; kode; kode wilayah; kode kemendagri; village code; code",
    "name": "desa; nama desa; kelurahan; desa kelurahan; nama; village; village name; name",
    "people": "kuota orang; kuota; orang; jumlah orang; jumlah; jumlah kuota; people; quota; quota people",
}
_FIELDS = {normal(name): field for field, names in _NAMES.items() for name in names.split("; ")}
MOST_VILLAGES = 10_000
MOST_PEOPLE = 1_000_000
CELL = 80
"""Characters of a cell that are kept; a name of a village has fewer."""
FIELD = "quotas"
_CODE = re.compile(r"[0-9][0-9.]*")


@dataclass(frozen=True)
class Quotas:
    """The most people of each village, and how many villages stand in the form without a number."""

    people: dict[int, int]
    empty: int


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows of a file as they are pasted: a line for each, so that the lines are numbered as the rows are."""
    return "\n".join("\t".join(" ".join(cell.split())[:CELL] for cell in row).rstrip("\t") for row in rows)


def as_rows(text: str) -> list[list[str]]:
    """Lines as cells: divided by tabs where there are any, otherwise by semicolons, commas, or blanks."""
    tabs = "\t" in text
    return [line.split("\t") if tabs else _cells(line) for line in text.split("\n")]


def _cells(line: str) -> list[str]:
    mark = next((mark for mark in ";," if mark in line), "")
    if mark:
        return [cell.strip().strip('"').strip() for cell in line.split(mark)]
    words = line.split()
    if len(words) > 1 and _CODE.fullmatch(words[0]):
        return [words[0], " ".join(words[1:-1]), words[-1]]
    return [" ".join(words[:-1]), words[-1]] if len(words) > 1 and _CODE.fullmatch(words[-1]) else [line.strip()]


def quotas_in(rows: Sequence[Sequence[str]], region: int, villages: Mapping[int, str]) -> Quotas:
    """What the rows say of a region with these villages; raises `Problems` with every row that is wrong."""
    titles = _titles(rows)
    known = _Villages(region, villages)
    found: dict[int, int] = {}
    first: dict[int, int] = {}
    wrong: list[InputError] = []
    empty = 0
    for at, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row) or (titles and at <= titles[0]):
            continue
        told = _told(row, titles[1] if titles else ())
        if titles and not told["people"] and (told["code"] or told["name"]):
            empty += 1
            continue
        try:
            village = known.code(told, at)
            if village in first:
                raise _twice(at, told["code"] or told["name"], first[village])
            first[village] = at
            found[village] = _people(told["people"], at)
        except InputError as error:
            wrong.append(error)
    if len(found) > MOST_VILLAGES:
        wrong.append(InputError(_("Terlalu banyak desa untuk satu program."), field=FIELD, value=len(found)))
    if wrong:
        raise Problems(wrong)
    return Quotas(found, empty)


def _titles(rows: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]] | None:
    """The number of the row of titles and what its columns are; None where there is none."""
    for at, row in enumerate(rows[:20], 1):
        named = tuple(_FIELDS.get(normal(cell), "") for cell in row)
        if "people" in named and {"code", "name"} & set(named):
            return at, named
    return None


def _told(row: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    if titles:
        cells = {title: cell.strip() for title, cell in zip(titles, row, strict=False) if title}
        return {"code": cells.get("code", ""), "name": cells.get("name", ""), "people": cells.get("people", "")}
    cells_there = [cell.strip() for cell in row if cell.strip()]
    village, people = cells_there[0], cells_there[-1] if len(cells_there) > 1 else ""
    is_code = _CODE.fullmatch(village) is not None
    return {"code": village if is_code else "", "name": "" if is_code else village, "people": people}


class _Villages:
    """Villages of a region, found by code or by name."""

    def __init__(self, region: int, villages: Mapping[int, str]) -> None:
        self.region, self.names = region, villages
        self.by_name: dict[str, list[int]] = {}
        for code, name in villages.items():
            self.by_name.setdefault(normal(name), []).append(code)

    def code(self, told: Mapping[str, str], row: int) -> int:
        """A row's village; the code goes before the name."""
        if told["code"]:
            return self._of_code(told["code"], row)
        if told["name"]:
            return self._of_name(told["name"], row)
        raise _wrong(row, _("Desanya belum diisi."), _("Tulis kode desa sepuluh angka, atau nama desanya."))

    def _of_code(self, text: str, row: int) -> int:
        plain = text.replace(".", "")
        if len(plain) != 10 or not (plain.isascii() and plain.isdecimal()):
            raise _wrong(
                row, _("Kode desa {value} keliru.").format(value=text[:20]), _("Kode desa terdiri dari sepuluh angka."), text
            )
        if not plain.startswith(str(self.region)):
            raise _wrong(
                row, _("Desa {value} bukan di daerah program ini.").format(value=text),
                _("Kode desa di daerah ini mulai dengan {code}.").format(code=self.region), text,
            )  # fmt: skip
        return int(plain)

    def _of_name(self, text: str, row: int) -> int:
        found = self.by_name.get(normal(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(map(str, sorted(found)))
            raise _wrong(
                row, _("Ada {count} desa bernama {value} di daerah ini.").format(count=format_number(len(found)), value=text),
                _("Tulis kodenya: {codes}.").format(codes=codes), text,
            )  # fmt: skip
        close = nearest(text, self.names.values())
        remedy = _("Maksud Anda {name}?").format(name=close) if close else _("Tulis kode desa sepuluh angka.")
        raise _wrong(row, _("Desa {value} tidak ditemukan di daerah ini.").format(value=text[:CELL]), remedy, text)


def _people(text: str, row: int) -> int:
    if not text:
        raise _wrong(row, _("Jumlah orangnya belum diisi."), _("Tulis angka dari 0."))
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text, re.ASCII) else text
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > 7 or int(plain) > MOST_PEOPLE:
        raise _wrong(
            row, _("Jumlah orang {value} tidak dapat dipakai.").format(value=text[:20]),
            _("Tulis angka bulat dari 0 sampai {most}.").format(most=format_number(MOST_PEOPLE)), text,
        )  # fmt: skip
    return int(plain)


def _twice(row: int, text: str, first: int) -> InputError:
    message = _("Desa {value} sudah tertulis di baris {row}.").format(value=text[:CELL], row=first)
    return _wrong(row, message, _("Hapus salah satu barisnya."), text)


def _wrong(row: int, message: str, remedy: str, value: str = "") -> InputError:
    return InputError(message, field=FIELD, row=row, value=value[:CELL] or None, remedy=remedy)
