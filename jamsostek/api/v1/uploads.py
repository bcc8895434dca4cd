"""Bulk files: sent, read beside the request, confirmed, written; what was wrong comes back row by row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import employer_of, located, page, sponsor_of, wrong
from jamsostek.api.v1.shapes import In, Month, MonthOut, Npp, Out, Page, Query, Reference, SponsorNumber
from jamsostek.core.text import N_, _
from jamsostek.files.actions import FileGone
from jamsostek.registry.actions import uploads as actions
from jamsostek.registry.choices import UploadState
from jamsostek.registry.models import Upload
from jamsostek.registry.queries import registers
from jamsostek.registry.queries import uploads as queries

uploads = Resource("uploads", N_("Berkas massal"))
NOT_FOUND = frozenset({404})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadIn(In):
    """Whose list it is (exactly one of `employer` and `sponsor`), and for which month."""

    month: Month
    employer: Npp | None = None
    sponsor: SponsorNumber | None = None
    to_month: Month | None = Field(None, description=N_("Bulan terakhir perlindungan, untuk daftar pembayar iuran."))
    overwrite: bool = Field(False, description=N_("Apakah data yang sudah ada boleh ditimpa."))


class GroupOut(Out):
    """Rows that are mended in one way."""

    kind: str
    severity: str = Field(examples=["error", "warning", "note"])
    title: str
    remedy: str
    count: int


class UploadOut(Out):
    """A bulk file and how far it is. `ready` waits for a confirmation."""

    id: str
    employer: str | None
    sponsor: str | None
    file_name: str
    month: MonthOut
    state: UploadState
    rows_total: int
    rows_good: int
    rows_wrong: int
    rows_done: int
    error: str
    created_at: dt.datetime
    finished_at: dt.datetime | None


class UploadWhole(UploadOut):
    """With what is wrong, and what the registry answered, by kind of repair."""

    problems: list[GroupOut]
    verdicts: list[GroupOut]


class UploadMade(Out):
    """The name of an upload and where it stands."""

    id: str
    state: UploadState


class ProblemQuery(Query):
    """The problems of one kind."""

    kind: str = Field(max_length=60, pattern=r"^[a-z0-9_]+$")


class RowOut(Out):
    """One thing to mend: where it is, what was seen (masked), what was expected."""

    row: int | None
    column: str
    title: str
    value: str
    problem: str
    expected: str
    remedy: str


def _upload(id: str) -> Upload:
    try:
        return queries.get(row_of("upload", id))
    except Refused:
        raise unknown() from None


def _told(one: Upload) -> dict[str, Any]:
    fields = (
        "file_name", "month", "state", "rows_total", "rows_good", "rows_wrong", "rows_done", "error", "created_at", "finished_at"
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in fields},
        "id": reference("upload", one.pk),
        "employer": one.employer.npp if one.employer else None,
        "sponsor": one.sponsor.number if one.sponsor else None,
    }


@uploads.post(
    "/uploads", UploadMade, status=202, title=N_("Kirim berkas"), needs=(Can.UPLOAD,), body="multipart/form-data",
    problems=frozenset({404}),
)  # fmt: skip
def create(request: HttpRequest, response: HttpResponse, given: Form[UploadIn], file: File[UploadedFile]) -> Any:
    """Takes a list in (XLSX, XLS, ODS, CSV) and has it read. The same file for the same month is one upload while it is open."""
    if (given.employer is None) == (given.sponsor is None):
        raise wrong("employer", _("Isi tepat satu dari employer dan sponsor."))
    made = actions.receive(
        content=file.read(),
        file_name=file.name or "",
        layout="employer" if given.employer else "sponsor",
        month=given.month,
        to_month=given.to_month,
        overwrite=given.overwrite,
        employer_id=employer_of(given.employer).pk if given.employer else None,
        sponsor_id=sponsor_of(given.sponsor).pk if given.sponsor else None,
    )
    return _made(made, response)


def _made(upload: Upload, response: HttpResponse | None = None) -> dict[str, Any]:
    name = reference("upload", upload.pk)
    if response is not None:
        located(response, f"/uploads/{name}")
    return {"id": name, "state": upload.state}


@uploads.get("/uploads", Page[UploadOut], title=N_("Daftar berkas"), needs=SIGNED_IN)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Bulk files in sight, the newest first."""

    def rows(after: int | None, limit: int) -> list[Upload]:
        return registers.uploads(after=after, limit=limit)

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@uploads.get("/uploads/{id}", UploadWhole, title=N_("Satu berkas"), needs=SIGNED_IN, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """How far a file is, and what has to be mended, by kind of repair."""
    found = _upload(id)
    return {**_told(found), "problems": queries.groups(found), "verdicts": queries.verdict_groups(found)}


@uploads.get("/uploads/{id}/problems", Page[RowOut], title=N_("Baris yang perlu diperbaiki"), needs=SIGNED_IN, problems=NOT_FOUND)
def problems(request: HttpRequest, id: Reference, query: QueryParam[ProblemQuery]) -> Any:
    """The problems of one kind, in the order of the sheet; values as they were seen, long numbers starred."""
    upload = _upload(id)
    _refuse_unread(upload)

    def rows(after: int, limit: int) -> list[tuple[int, Any]]:
        try:
            return list(enumerate(queries.problems(upload, query.kind, after, limit), after + 1))
        except FileGone as error:
            raise unknown(error.message) from None

    found, following = page(request, query, rows, lambda one: one[0])
    return {"items": [_row(one) for _place, one in found], "next": following}


def _refuse_unread(upload: Upload) -> None:
    if not upload.problems_digest:
        raise unknown(_("Berkas ini belum selesai dibaca, atau hasilnya sudah dihapus."))


def _row(one: Any) -> dict[str, Any]:
    return {
        "row": one.row, "column": one.column, "title": one.title, "value": one.value_seen, "problem": one.problem,
        "expected": one.expected, "remedy": one.remedy,
    }  # fmt: skip


@uploads.get(
    "/uploads/{id}/returned", None, title=N_("Berkas dengan kolom perbaikan"), needs=SIGNED_IN, gives=XLSX, problems=NOT_FOUND
)
def returned(request: HttpRequest, id: Reference) -> Any:
    """The same list with the rows to mend and a column of remedies, as a workbook."""
    upload = _upload(id)
    _refuse_unread(upload)
    try:
        content = queries.returned_file(upload)
    except FileGone as error:
        raise unknown(error.message) from None
    headers = {"Content-Disposition": f'attachment; filename="perbaikan-{upload.month}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@uploads.post(
    "/uploads/{id}/confirmation", UploadMade, title=N_("Konfirmasi berkas"), needs=(Can.UPLOAD, Can.APPROVE_UPLOAD),
    problems=NOT_FOUND,
)  # fmt: skip
def confirm(request: HttpRequest, id: Reference) -> Any:
    """Has the good rows written. A sponsor's list is confirmed by somebody else than its sender."""
    found = _upload(id)
    if found.state not in (UploadState.READY, UploadState.WRITING, UploadState.DONE):
        raise Problem(409, _("Berkas ini belum siap dikonfirmasi, atau sudah dibatalkan."), _("Lihat keadaannya: state."))
    return _made(actions.confirm(upload_id=found.pk, now=timezone.now()))


@uploads.post("/uploads/{id}/cancellation", UploadMade, title=N_("Batalkan berkas"), needs=(Can.UPLOAD,), problems=NOT_FOUND)
def cancel(request: HttpRequest, id: Reference) -> Any:
    """Stops a file; rows that are written stay written."""
    return _made(actions.cancel(upload_id=_upload(id).pk, now=timezone.now()))
