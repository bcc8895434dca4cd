"""Out of a register: the sender's own rows with what to mend, and everything that was put in."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.register.fields import title_of
from jamsostek.outreach.models import Register
from jamsostek.outreach.queries import exports, registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import MOVERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import Form, export_csv, export_xlsx
from jamsostek.portal.screens.export import SHEET_ROWS, XLSX

_TITLES = {
    "row_number": N_("Baris"),
    "nik_state": N_("Keadaan NIK"),
    "death_hint": N_("Mungkin meninggal"),
    "moved_hint": N_("Mungkin pindah"),
}
_CALLED = {"mother": "mother_name", "income_rupiah": "income", "is_asn": "asn"}
PARQUET = "application/vnd.apache.parquet"


class ExportForm(Form):
    """Why, and as what."""

    reason = forms.CharField(
        label=N_("Alasan"), max_length=200, help_text=N_("Siapa yang mengambil, kapan, dan alasannya tercatat di jejak.")
    )
    shape = forms.ChoiceField(
        label=N_("Bentuk berkas"), widget=forms.RadioSelect, initial="xlsx",
        choices=[("xlsx", N_("Excel (paling banyak satu juta baris)")), ("csv", "CSV"), ("parquet", "Parquet")],
    )  # fmt: skip


@door(*MOVERS)
@require_safe
def mendable(request: HttpRequest, number: int) -> HttpResponseBase:
    """The sender's own rows that are refused or doubted, in their own columns, with remedies."""
    register = _mine(number)
    if not register.profile.get("file_kind") or register.state not in ("ready", "failed"):
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    try:
        registers.write_mendable(register, file)
    except InputError as error:
        file.close()
        raise Http404(str(error)) from error
    audit.record("register.downloaded", "register", register.pk, fields=("file",))
    file.seek(0)
    return _sent(file, f"{_('perbaikan')}-{_stem(register)}.xlsx", XLSX)


@door(*MOVERS)
def export(request: HttpRequest, number: int) -> HttpResponseBase:
    """Everything that was put in, opened, for a reason."""
    register = _mine(number)
    if register.state != "ready" or register.deleted_reason:
        raise Http404
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if told["shape"] == "xlsx" and register.rows_kept > SHEET_ROWS:
            form.add_error("shape", _("Terlalu banyak baris untuk satu lembar. Pilih CSV atau Parquet."))
        else:
            audit.record("register.exported", "register", register.pk, fields=registers.EXPORTED, reason=told["reason"])
            return _exported(request, register, told["shape"])
    context = {"form": form, "register": register, "back": reverse("movement:register", args=[number])}
    return frame.screen(
        request, "movement/registers/export.html", context, title=_("Ambil isi daftar"), here="registers",
        crumbs=shown.crumbs(shown.link(register)),
    )  # fmt: skip


def _exported(request: HttpRequest, register: Register, shape: str) -> HttpResponseBase:
    name = f"{_stem(register)}-{register.number}"
    if shape == "parquet":
        file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
        exports.write_parquet(register, file)
        file.seek(0)
        return _sent(file, f"{name}.parquet", PARQUET)
    headings = [_(_TITLES[one]) if one in _TITLES else title_of(_CALLED.get(one, one)) for one in registers.EXPORTED]
    write = export_csv if shape == "csv" else export_xlsx
    return write(request, name, headings, _rows(register))


def _rows(register: Register) -> Iterator[list[Any]]:
    """As a spreadsheet holds them: a yes or no as a word."""
    for row in registers.people(register):
        yield [_YES[value]() if isinstance(value, bool) else value for value in row]


_YES = {True: lambda: _("Ya"), False: lambda: _("Tidak")}


def _mine(number: int) -> Register:
    register = registers.get(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    return register


def _stem(register: Register) -> str:
    return re.sub(r"[^\w.-]+", "-", register.file_name.rsplit(".", 1)[0]).strip("-.")[:60] or "daftar"


def _sent(file: Any, name: str, kind: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
