"""Registers of people that a region brings in: sent, mapped, read, mended, deleted."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import located, newest, page, wrong
from jamsostek.api.v1.register_shapes import (
    ColumnsIn,
    ColumnsOut,
    DeletionIn,
    NewRegisterIn,
    RegisterNumber,
    RegisterOut,
    RegisterRowOut,
    RegisterRowQuery,
    RegisterWhole,
)
from jamsostek.api.v1.shapes import Page, Query
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.register.fields import FIELDS, IGNORED
from jamsostek.messages.register.kinds import KINDS as PROBLEMS
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.outreach.actions import registers as actions
from jamsostek.outreach.models import Register
from jamsostek.outreach.queries import registers as queries

registers = Resource("registers", N_("Daftar orang"))
BRINGS, READS = (Can.IMPORT_REGISTER,), (Can.SEE_MOVEMENT,)
NOT_FOUND = frozenset({404})
LARGEST = 2 << 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD = (
    "number", "region_code", "kind", "title", "state", "snapshot_on", "legal_basis", "purpose", "keep_until", "file_name",
    "rows_seen", "rows_kept", "rows_refused", "rows_passed", "invented", "error", "made_at", "finished_at",
)  # fmt: skip


def register_of(number: int) -> Register:
    """A register in sight; a 404 for all others."""
    try:
        return queries.get(number)
    except Refused:
        raise unknown() from None


def own_register(number: int) -> Register:
    """One that whoever asks may work on."""
    found = register_of(number)
    current().need(Can.IMPORT_REGISTER, Place(regency=found.region_code))
    return found


def _told(one: Register) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TOLD}


@registers.get("/registers", Page[RegisterOut], title=N_("Daftar-daftar orang"), needs=READS)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Registers in sight, the newest first."""
    found, following = newest(request, query, queries.listing())
    return {"items": [_told(one) for one in found], "next": following}


@registers.post(
    "/registers", RegisterOut, status=201, title=N_("Kirim daftar orang"), needs=BRINGS, body="multipart/form-data",
    largest=LARGEST,
)  # fmt: skip
def create(request: HttpRequest, response: HttpResponse, given: Form[NewRegisterIn], file: File[UploadedFile]) -> Any:
    """Takes a file in (XLSX, XLS, ODS, CSV, Parquet; any layout) and looks at it. What its columns hold is said next."""
    assert file.file is not None
    made = actions.begin(content=file.file, file_name=file.name or "", today=timezone.localdate(), **given.model_dump())
    located(response, f"/registers/{made.number}")
    return _told(queries.get(made.number))


@registers.get("/registers/{number}", RegisterWhole, title=N_("Satu daftar orang"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, number: RegisterNumber) -> Any:
    """How far it is, what has to be mended, and what is in it."""
    found = register_of(number)
    told = queries.profile(found)
    profile = json.loads(told.to_json()) if told else {}
    profile.pop("cards", None)
    return {**_told(found), "problems": queries.groups(found), "profile": profile}


@registers.get("/registers/{number}/columns", ColumnsOut, title=N_("Kolom daftar"), needs=BRINGS, problems=NOT_FOUND)
def columns(request: HttpRequest, number: RegisterNumber) -> Any:
    """The columns of a file that waits, with a suggestion for each; of others a 404."""
    seen = queries.looked(own_register(number))
    if seen is None:
        raise unknown(_("Kolom daftar ini sudah ditentukan."))
    told = [
        {
            "position": one.position, "letter": one.letter, "title": one.title, "samples": list(one.samples),
            "fields": list(one.fields), "confidence": one.confidence, "why": one.why,
        }
        for one in seen.columns
    ]  # fmt: skip
    return {"fingerprint": seen.fingerprint, "header_row": seen.header_row, "columns": told}


@registers.post("/registers/{number}/columns", RegisterOut, title=N_("Tentukan kolom"), needs=BRINGS, problems=NOT_FOUND)
def choose(request: HttpRequest, number: RegisterNumber, given: ColumnsIn) -> Any:
    """Says what the columns hold, and has the register read."""
    found = own_register(number)
    seen = queries.looked(found)
    if seen is None:
        raise unknown(_("Kolom daftar ini sudah ditentukan."))
    chosen = _chosen(seen.mapping, given)
    done = actions.choose(register_id=found.pk, columns=chosen)
    if given.keep:
        actions.keep_mapping(region_code=found.region_code, name=given.keep, columns=chosen, shared=given.shared)
    return _told(done)


def _chosen(mapping: Columns, given: ColumnsIn) -> Columns:
    known = {one.position for one in mapping.columns}
    for one in mapping.columns:
        mapping = mapping.with_field(one.position, IGNORED)
    for told in given.columns:
        if told.position not in known or any(name not in FIELDS for name in told.fields):
            raise wrong("columns", _("Kolom atau isian ini tidak dikenal."), _("Lihat GET columns."))
        mapping = mapping.with_field(told.position, *told.fields)
    return mapping


@registers.get(
    "/registers/{number}/problems", Page[RegisterRowOut], title=N_("Baris yang perlu diperbaiki"), needs=READS, problems=NOT_FOUND
)
def problems(request: HttpRequest, number: RegisterNumber, query: QueryParam[RegisterRowQuery]) -> Any:
    """The problems of one kind, in the order of the file; values as they were seen, long numbers starred."""
    found = register_of(number)
    if query.kind not in PROBLEMS:
        raise wrong("kind", _("Jenis masalah ini tidak dikenal."))

    def rows(after: int, limit: int) -> list[tuple[int, Any]]:
        return list(enumerate(queries.problems(found, query.kind, after, limit), after + 1))

    told, following = page(request, query, rows, lambda one: one[0])
    items = [
        {
            "row": one.row, "column": one.column, "title": one.title, "value": one.value_seen, "problem": one.problem,
            "expected": one.expected, "remedy": one.remedy,
        }
        for _place, one in told
    ]  # fmt: skip
    return {"items": items, "next": following}


@registers.get(
    "/registers/{number}/returned", None, title=N_("Berkas dengan kolom perbaikan"), needs=BRINGS, gives=XLSX, problems=NOT_FOUND
)
def returned(request: HttpRequest, number: RegisterNumber) -> Any:
    """The sender's own rows that are refused or doubted, with a column of remedies, as a workbook."""
    found = own_register(number)
    if found.state not in ("ready", "failed"):
        raise unknown(_("Daftar ini belum selesai dibaca, atau sudah dihapus."))
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    try:
        queries.write_mendable(found, file)
    except InputError as error:
        file.close()
        raise unknown(error.message) from None
    audit.record("register.downloaded", "register", found.pk, fields=("file",))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"perbaikan-{number}.xlsx", content_type=XLSX)


@registers.post("/registers/{number}/cancellation", RegisterOut, title=N_("Batalkan daftar"), needs=BRINGS, problems=NOT_FOUND)
def cancel(request: HttpRequest, number: RegisterNumber) -> Any:
    """Stops a register that waits or is read; what was read goes."""
    return _told(actions.cancel(register_id=own_register(number).pk, now=timezone.now()))


@registers.post("/registers/{number}/deletion", RegisterOut, title=N_("Hapus daftar orang"), needs=BRINGS, problems=NOT_FOUND)
def delete(request: HttpRequest, number: RegisterNumber, given: DeletionIn) -> Any:
    """Deletes everybody of it for good; counts and answers without names stay."""
    return _told(actions.delete(register_id=own_register(number).pk, reason=given.reason, now=timezone.now()))
