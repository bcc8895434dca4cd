"""Districts and villages from a file: good rows are kept, wrong ones told by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.guards import DEFAULT_LIMITS, FileUnreadable, check_upload
from jamsostek.portal.officer.frame import HEAD_OFFICE, screen
from jamsostek.portal.screens import Column, Form, table
from jamsostek.registry.actions.regions import Place, import_regions

SHOWN = 100
"""Wrong rows on the page; all are counted."""
LONGEST_NAME = 120
"""Letters."""


class RegionsForm(Form):
    """A list of districts and villages."""

    file = forms.FileField(
        label=N_("Berkas wilayah"), help_text=N_("CSV: kode Kemendagri, nama, dan bila ada kode BPS; satu wilayah satu baris.")
    )


@dataclass(frozen=True)
class Read:
    """A file's places with the rows they stand in, and rows that are none."""

    places: Sequence[Place]
    rows: Sequence[int]
    wrong: Sequence[InputError]


def read(content: bytes, name: str) -> Read:
    """The places of a CSV file; raises `FileUnreadable`, `InputError`."""
    if check_upload(content, name).kind != "csv":
        raise InputError(_("Berkas ini bukan CSV."), field="file", remedy=_("Simpan daftarnya sebagai CSV, lalu kirim lagi."))
    wrong: list[InputError] = []
    first: dict[int, int] = {}
    places: list[Place] = []
    for row, cells in _lines(_text(content)):
        try:
            place = _place(cells)
            if place.code in first:
                raise InputError(
                    _("Kode ini sudah ada di baris {row}.").format(row=first[place.code]), value=cells[0],
                    remedy=_("Satu wilayah satu baris: hapus salah satunya."),
                )  # fmt: skip
        except InputError as error:
            error.row = row
            wrong.append(error)
        else:
            first[place.code] = row
            places.append(place)
    if not places and not wrong:
        raise InputError(_("Berkas ini kosong."), field="file", remedy=_("Isi sedikitnya satu kecamatan atau desa."))
    return Read(places, list(first.values()), wrong)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; empty ones and a first one of titles are left out. Raises `InputError`."""
    mark = max(";,\t", key=text[:4_000].count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        for row, cells in enumerate(rows, 1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and not (row == 1 and not any(sign.isdecimal() for sign in stripped[0])):
                yield row, stripped
    except csv.Error as error:
        raise InputError(
            _("Berkas ini bukan CSV."), field="file", remedy=_("Simpan daftarnya sebagai CSV, lalu kirim lagi.")
        ) from error


def _place(cells: Sequence[str]) -> Place:
    """The place of a row; raises `InputError`."""
    code = _code(cells[0])
    if code is None or len(cells) < 2:
        raise InputError(
            _("Kolom pertama bukan kode wilayah."), value=" | ".join(cells[:3])[:60],
            remedy=_("Tulis kode Kemendagri di kolom pertama dan nama di kolom kedua."),
        )  # fmt: skip
    if len(cells[1]) > LONGEST_NAME:
        raise InputError(
            _("Nama ini terlalu panjang."), value=cells[1][:60],
            remedy=_("Tulis paling banyak {count} huruf.").format(count=LONGEST_NAME),
        )  # fmt: skip
    bps = _code(cells[2]) if len(cells) > 2 and cells[2] else None
    if bps is None and len(cells) > 2 and cells[2]:
        raise InputError(
            _("Kolom ketiga bukan kode BPS."), value=cells[2][:60], remedy=_("Tulis angkanya, atau kosongkan.")
        )  # fmt: skip
    return Place(code, cells[1], bps)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _code(cell: str) -> int | None:
    """`35.15.01.2001` and `3515012001` are the same village."""
    digits = cell.replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 10 else None


@door(*HEAD_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The form, and what came of a file."""
    form = RegionsForm(request.POST, request.FILES) if request.method == "POST" else RegionsForm()
    came = _take_in(form) if request.method == "POST" and form.is_valid() else None
    context = {"form": form, **(came or {})}
    return screen(request, "officer/regions.html", context, title=_("Daftar kecamatan dan desa"))


def _take_in(form: RegionsForm) -> dict[str, Any] | None:
    given = form.cleaned_data["file"]
    try:
        found = read(given.read(DEFAULT_LIMITS.file_bytes + 1), given.name)
    except (FileUnreadable, InputError) as error:
        form.add_error("file", str(error))
        return None
    made = import_regions(places=found.places)
    for problem in made.wrong:
        problem.row = found.rows[(problem.row or 1) - 1]
    wrong = sorted([*found.wrong, *made.wrong], key=lambda error: error.row or 0)
    columns = [
        Column(_("Baris"), lambda error: format_number(error.row or 0)),
        Column(_("Yang keliru"), lambda error: error.message),
        Column(_("Terbaca"), lambda error: str(error.value or "")),
        Column(_("Cara memperbaiki"), lambda error: error.remedy or ""),
    ]
    return {
        "written": format_number(made.written),
        "wrong_count": len(wrong),
        "wrong_words": format_number(len(wrong)),
        "more": len(wrong) > SHOWN,
        "table": table(_("Baris yang tidak dimasukkan"), columns, wrong[:SHOWN]) if wrong else None,
    }
