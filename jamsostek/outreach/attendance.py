"""A sheet of attendance as texts -> who came. Titles may stand in any order; a row that is wrong is told, none is passed over."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.titles import normal
from jamsostek.outreach.campaigning import AGE_GROUPS
from jamsostek.registry.identity import Problems, phone_form

TITLES = {
    "name": N_("Nama"), "sex": N_("L/P"), "age": N_("Umur"), "occupation": N_("Pekerjaan"), "disability": N_("Disabilitas"),
    "phone": N_("Telepon"), "consent": N_("Boleh dihubungi"),
}  # fmt: skip
"""Columns of the printed sheet, in their order."""
_NAMES = {
    "name": "nama; nama lengkap; name", "sex": "l p; lp; l/p; jk; jenis kelamin; kelamin; sex; m f",
    "age": "umur; usia; age; kelompok umur; tahun lahir", "occupation": "pekerjaan; occupation; usaha",
    "disability": "disabilitas; difabel; disability", "phone": "telepon; no hp; hp; nomor hp; telp; no telepon; wa; phone",
    "consent": "boleh dihubungi; setuju; izin; may be contacted; consent",
}  # fmt: skip
_FIELDS = {normal(name): field for field, names in _NAMES.items() for name in names.split("; ")}
_YES = frozenset({"ya", "y", "v", "x", "ok", "setuju", "boleh", "yes", "ada", "1"})
_NO = frozenset({"tidak", "t", "no", "n", "0", "tdk"})
MOST_PEOPLE = 2_000


@dataclass(frozen=True)
class Came:
    """Somebody who came. `consent`: they may be written to at their telephone, which is kept only then."""

    sex: str
    name: str = ""
    phone: str = ""
    consent: bool = False
    age_group: str | None = None
    occupation: str = ""
    disability: bool | None = None


def pasted(text: str) -> list[list[str]]:
    """Rows of what was copied from a spreadsheet or typed with commas."""
    lines = text.replace("\r\n", "\n").strip("\n")
    mark = next((mark for mark in ("\t", ";", ",") if mark in lines.partition("\n")[0]), ",")
    return [list(row) for row in csv.reader(io.StringIO(lines), delimiter=mark)]


def people_in(rows: Sequence[Sequence[str]], today: dt.date) -> list[Came]:
    """Who stands in the rows under the row of titles; raises `Problems` with every row that is wrong."""
    head = next((at for at, row in enumerate(rows[:20]) if sum(normal(cell) in _FIELDS for cell in row) >= 2), None)
    if head is None or "sex" not in (titles := [_FIELDS.get(normal(cell), "") for cell in rows[head]]):
        raise InputError(
            _("Baris judulnya tidak ditemukan."), field="rows",
            remedy=_("Baris pertama memuat judul kolom, sekurang-kurangnya Nama dan L/P."),
        )  # fmt: skip
    found, wrong = [], []
    for at, row in enumerate(rows[head + 1 :], head + 2):
        told = {title: " ".join(cell.split()) for title, cell in zip(titles, row, strict=False) if title}
        if any(told.values()):
            try:
                found.append(_one(told, at, today))
            except InputError as error:
                wrong.append(error)
    if len(found) > MOST_PEOPLE:
        wrong.append(InputError(_("Terlalu banyak orang untuk satu pertemuan."), field="rows", value=len(found)))
    if wrong:
        raise Problems(wrong)
    if not found:
        raise InputError(_("Belum ada orang di daftar ini."), field="rows", remedy=_("Tempel juga baris di bawah judulnya."))
    return found


def _one(told: dict[str, str], row: int, today: dt.date) -> Came:
    sex = cells.sex(told.get("sex")).value
    if sex is None:
        raise _wrong(row, _("Jenis kelaminnya tidak terbaca."), _("Tulis L atau P."))
    consent = bool(_flag(told.get("consent", ""), row))
    try:
        phone = phone_form(told.get("phone", "")) if consent else ""
    except InputError as error:
        raise _wrong(row, error.message, error.remedy or "") from None
    if consent and not phone:
        raise _wrong(row, _("Boleh dihubungi, tetapi nomor teleponnya kosong."), _("Tulis nomornya, atau kosongkan izinnya."))
    return Came(
        sex=sex[0], name=told.get("name", "")[:120], phone=phone, consent=consent,
        age_group=_age(told.get("age", ""), row, today),
        occupation=told.get("occupation", "")[:80], disability=_flag(told.get("disability", ""), row),
    )  # fmt: skip


def _flag(text: str, row: int) -> bool | None:
    plain = text.lower().strip(" .-✓✔")
    if not plain:
        return True if re.search("[✓✔]", text) else None
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise _wrong(row, _("Jawaban {text} tidak terbaca.").format(text=repr(text[:20])), _("Tulis ya atau tidak."))


def _age(text: str, row: int, today: dt.date) -> str | None:
    if not text:
        return None
    if text in AGE_GROUPS:
        return text
    number = re.fullmatch(r"(\d{1,4})(?:\s*(?:th|thn|tahun))?\.?", text.lower())
    years = int(number[1]) if number else -1
    if years >= 1900:
        years = today.year - years
    if not 0 <= years <= 120:
        raise _wrong(row, _("Umurnya tidak terbaca."), _("Tulis umur dengan angka, misalnya 42."))
    return group_of(years)


def group_of(years: int) -> str:
    """The age group of whole years."""
    return next(name for below, name in zip((18, 30, 45, 60, 1000), AGE_GROUPS, strict=True) if years < below)


def _wrong(row: int, message: str, remedy: str) -> InputError:
    return InputError(message, field="rows", row=row, remedy=remedy)


def counts_of(people: Iterable[Came]) -> tuple[int, int]:
    """How many men and women."""
    sexes = [one.sex for one in people]
    return sexes.count("m"), sexes.count("f")
