"""Who competes for the award, and the evidence they send: receipts and manifests for everybody, contents for few."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StringConstraints

from jamsostek.access.errors import Refused
from jamsostek.access.roles import PUBLIC, Can
from jamsostek.access.scope import current
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.award_editions import EditionCode
from jamsostek.api.v1.common import ANY_FILE, as_file, conflicts, located, page
from jamsostek.api.v1.shapes import In, Out, Page, Query, text
from jamsostek.awards.actions import entries as actions
from jamsostek.awards.actions import evidence as proofs
from jamsostek.awards.choices import EntryState
from jamsostek.awards.models import Edition
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries import evidence
from jamsostek.awards.queries.editions import open_to_all, standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.awards.queries.evidence import EvidenceRow
from jamsostek.awards.queries.sight import need_open
from jamsostek.core.text import N_
from jamsostek.files.actions import FileGone

award_entries = Resource("award_entries", N_("Calon dan bukti Paritrana"))
NOT_FOUND = frozenset({404})
DECIDED = frozenset({404, 409})
EntryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{10}$")]
EvidenceCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{12}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
SubjectName = Literal["province", "regency", "village", "employer"]
LevelName = Literal["province", "nation"]
WORKERS = (Can.NOMINATE, Can.RUN_AWARD)
READERS = (Can.NOMINATE, Can.RUN_AWARD, Can.MARK_AWARD, Can.READ_AUDIT)


class AwardEntryQuery(Query):
    """Which entries: one's own, of a committee those of its area."""

    edition: EditionCode | None = None
    state: EntryState | None = None


class AwardEntryIn(In):
    """Who is nominated in which category. `code` of a region or village, `npp` of a firm."""

    edition: EditionCode
    category: Key
    subject: SubjectName
    code: Annotated[int, Field(ge=11, le=9_999_999_999)] | None = Field(
        None, description=N_("Kode Kemendagri; bukan perusahaan.")
    )
    npp: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")] | None = Field(None, description=N_("Hanya perusahaan."))
    province: Annotated[int, Field(ge=11, le=99)] | None = Field(
        None, description=N_("Provinsi tempat bersaing; perusahaan bersaing di provinsi kantor pusatnya.")
    )


class AwardReasonIn(In):
    """Why."""

    reason: text(300, 1)  # type: ignore[valid-type]


class AwardEntryOut(Out):
    """An entry and where it stands. `area`: a province's code, a zone's place in the edition, or 0 for the nation."""

    code: str
    edition: str
    category: str
    level: LevelName
    area: int
    subject: SubjectName
    name: str
    province_code: int
    regency_code: int | None
    state: EntryState
    reason: str
    invented: bool
    made_at: dt.datetime


class AwardFileIn(In):
    """What is said of a file, as texts of a form."""

    criterion: Key
    kind: Key
    title: text(160, 1)  # type: ignore[valid-type]
    summary: text(4000) = ""  # type: ignore[valid-type]
    budget_year: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}$")] | None = None
    budget_rupiah: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")] | None = None


class AwardRegulationIn(In):
    """A regulation of the public register, by its code there."""

    criterion: Key
    kind: Key
    regulation: Annotated[int, Field(ge=1, le=2_000_000_000)]


class AwardReceiptOut(Out):
    """What was received when: never what is in it."""

    code: str
    entry: str
    criterion: str
    kind: str
    title: str
    digest: str = Field(description=N_("SHA-256 berkas yang disimpan."))
    sent_digest: str = Field(description=N_("SHA-256 berkas yang dikirim."))
    size: int
    received_at: dt.datetime
    withdrawn_at: dt.datetime | None


class AwardEvidenceOut(Out):
    """A piece of evidence, for those who may read it."""

    code: str
    criterion: str
    kind: str
    title: str
    summary: str
    budget_year: int | None
    budget_rupiah: int | None
    regulation: int | None
    digest: str
    sent_digest: str
    size: int
    media: str
    received_at: dt.datetime
    state: str = Field(examples=["sent", "checked", "rejected", "withdrawn"])
    confirmed: bool
    reason: str


class AwardManifestOut(Out):
    """What everybody may know of a piece of evidence. `checked` says what two of the committee found, if they did."""

    code: str
    entry: str
    criterion: str
    kind: str
    title: str
    digest: str
    size: int
    received_at: dt.datetime
    checked: str = Field(examples=["", "checked", "rejected"])


class AwardCheckIn(In):
    """What one of the committee says of a file."""

    good: bool
    reason: text(300) = Field("", description=N_("Wajib bila ditolak."))  # type: ignore[valid-type]


# --- entries ----------------------------------------------------------------------------------------------------------------


@award_entries.get("/award/entries", Page[AwardEntryOut], title=N_("Daftar calon Paritrana"), needs=WORKERS)
def index(request: HttpRequest, query: QueryParam[AwardEntryQuery]) -> Any:
    """One's own, of a committee those of its area; the newest first."""
    of = None if query.edition is None else standing(query.edition)
    if query.edition is not None and of is None:
        return {"items": [], "next": None}
    found = {one.id: one for one in queries.own_entries(None if of is None else of.id)}
    if current().may(Can.RUN_AWARD):
        wanted = [of.id] if of is not None else list(Edition.objects.values_list("pk", flat=True))
        found |= {one.id: one for edition in wanted for one in queries.entries(edition) if queries.runs(one)}
    whole = sorted((one for one in found.values() if query.state in (None, one.state)), key=lambda one: -one.id)

    def rows(before: int | None, limit: int) -> list[EntryRow]:
        return [one for one in whole if before is None or one.id < before][:limit]

    shown, following = page(request, query, rows, lambda one: one.id, first=None)
    names = dict(Edition.objects.values_list("pk", "code"))
    return {"items": [_told(one, names[one.edition_id]) for one in shown], "next": following}


@award_entries.post("/award/entries", AwardEntryOut, status=201, title=N_("Calonkan untuk Paritrana"), needs=(Can.NOMINATE,))
def nominate(request: HttpRequest, response: HttpResponse, given: AwardEntryIn) -> Any:
    """Nominates; the same again is the same entry."""
    made = actions.nominate(
        edition=given.edition, category=given.category, subject=given.subject, subject_code=given.code or 0,
        npp=given.npp or "", province=given.province,
    )  # fmt: skip
    located(response, f"/award/entries/{made.code}")
    return _told(made, given.edition)


@award_entries.get("/award/entries/{code}", AwardEntryOut, title=N_("Satu calon Paritrana"), needs=WORKERS, problems=NOT_FOUND)
def show(request: HttpRequest, code: EntryCode) -> Any:
    """One of one's own, or of a committee's area."""
    return _whole(_found(code))


@award_entries.post(
    "/award/entries/{code}/acceptance",
    AwardEntryOut,
    title=N_("Terima calon Paritrana"),
    needs=(Can.RUN_AWARD,),
    problems=DECIDED,
)
def accept(request: HttpRequest, code: EntryCode) -> Any:
    """Lets somebody compete, by another than who nominated."""
    with conflicts():
        return _whole(actions.accept(code=_found(code).code))


@award_entries.post(
    "/award/entries/{code}/refusal",
    AwardEntryOut,
    title=N_("Tidak menerima calon Paritrana"),
    needs=(Can.RUN_AWARD,),
    problems=DECIDED,
)
def refuse(request: HttpRequest, code: EntryCode, given: AwardReasonIn) -> Any:
    """Does not let somebody compete."""
    with conflicts():
        return _whole(actions.refuse(code=_found(code).code, reason=given.reason))


@award_entries.post(
    "/award/entries/{code}/disqualification", AwardEntryOut, title=N_("Diskualifikasi calon Paritrana"), needs=(Can.RUN_AWARD,),
    problems=DECIDED,
)  # fmt: skip
def disqualify(request: HttpRequest, code: EntryCode, given: AwardReasonIn) -> Any:
    """Ends an accepted entry."""
    with conflicts():
        return _whole(actions.disqualify(code=_found(code).code, reason=given.reason))


@award_entries.post(
    "/award/entries/{code}/withdrawal",
    AwardEntryOut,
    title=N_("Undur diri dari Paritrana"),
    needs=(Can.NOMINATE,),
    problems=DECIDED,
)
def withdraw(request: HttpRequest, code: EntryCode, given: AwardReasonIn) -> Any:
    """Ends an entry by who competes, or by who nominated."""
    with conflicts():
        return _whole(actions.withdraw(code=_found(code).code, reason=given.reason))


# --- evidence ---------------------------------------------------------------------------------------------------------------


@award_entries.get(
    "/award/entries/{code}/evidence", list[AwardEvidenceOut], title=N_("Bukti seorang calon Paritrana"), needs=READERS,
    problems=NOT_FOUND,
)  # fmt: skip
def sent(request: HttpRequest, code: EntryCode) -> Any:
    """Evidence in sight; none where it is not for the caller."""
    row = queries.entry(code)
    if row is None:
        raise unknown()
    found = evidence.of_entry(row)
    if found:
        need_open(row)
    return [_evidence(one) for one in found]


@award_entries.post(
    "/award/entries/{code}/evidence", AwardReceiptOut, status=201, title=N_("Kirim bukti Paritrana"), needs=(Can.NOMINATE,),
    body="multipart/form-data", largest=(proofs.MOST_MEGABYTES + 1) << 20, problems=DECIDED,
)  # fmt: skip
def send(
    request: HttpRequest, response: HttpResponse, code: EntryCode, given: Form[AwardFileIn], file: File[UploadedFile]
) -> Any:
    """Sends a file; the same content for the same criterion and kind with the same data again is the same receipt."""
    with conflicts():
        made = proofs.send(
            entry=_found(code).code, criterion=given.criterion, kind=given.kind, content=file.read(), file_name=file.name or "",
            title=given.title, summary=given.summary, budget_year=int(given.budget_year) if given.budget_year else None,
            budget_rupiah=int(given.budget_rupiah) if given.budget_rupiah else None,
        )  # fmt: skip
    located(response, f"/award/receipts/{made.code}")
    return _receipt(made.code)


@award_entries.post(
    "/award/entries/{code}/regulations", AwardReceiptOut, status=201, title=N_("Tunjuk peraturan sebagai bukti Paritrana"),
    needs=(Can.NOMINATE,), problems=DECIDED,
)  # fmt: skip
def refer(request: HttpRequest, response: HttpResponse, code: EntryCode, given: AwardRegulationIn) -> Any:
    """Refers to a confirmed regulation of the region or its province."""
    with conflicts():
        made = proofs.refer(entry=_found(code).code, criterion=given.criterion, kind=given.kind, regulation=given.regulation)
    located(response, f"/award/receipts/{made.code}")
    return _receipt(made.code)


@award_entries.get(
    "/award/evidence/{code}", AwardEvidenceOut, title=N_("Satu bukti Paritrana"), needs=READERS, problems=NOT_FOUND
)
def one(request: HttpRequest, code: EvidenceCode) -> Any:
    """One in sight."""
    return _evidence(_seen(code))


@award_entries.get(
    "/award/evidence/{code}/file",
    None,
    title=N_("Berkas sebuah bukti Paritrana"),
    needs=READERS,
    gives=ANY_FILE,
    problems=NOT_FOUND,
)
def file(request: HttpRequest, code: EvidenceCode) -> Any:
    """What was kept; the trail remembers who read it."""
    _seen(code)
    try:
        content, _media, name = evidence.content(code)
    except FileGone as error:
        raise unknown(error.message) from None
    return as_file(content, name)


@award_entries.post(
    "/award/evidence/{code}/withdrawal",
    AwardReceiptOut,
    title=N_("Tarik bukti Paritrana"),
    needs=(Can.NOMINATE,),
    problems=DECIDED,
)
def take_back(request: HttpRequest, code: EvidenceCode) -> Any:
    """Takes evidence back before the deadline."""
    _seen(code)
    with conflicts():
        proofs.withdraw(code=code)
    return _receipt(code)


@award_entries.post(
    "/award/evidence/{code}/check",
    AwardEvidenceOut,
    title=N_("Periksa bukti Paritrana"),
    needs=(Can.RUN_AWARD,),
    problems=DECIDED,
)
def check(request: HttpRequest, code: EvidenceCode, given: AwardCheckIn) -> Any:
    """Says whether a file is what it says it is; another confirms it."""
    _seen(code)
    with conflicts():
        proofs.check(code=code, good=given.good, reason=given.reason)
    return _evidence(_seen(code))


@award_entries.post(
    "/award/evidence/{code}/confirmation", AwardEvidenceOut, title=N_("Sahkan pemeriksaan bukti Paritrana"),
    needs=(Can.RUN_AWARD,), problems=DECIDED,
)  # fmt: skip
def confirm(request: HttpRequest, code: EvidenceCode) -> Any:
    """Confirms what another of the committee found."""
    _seen(code)
    with conflicts():
        proofs.confirm(code=code)
    return _evidence(_seen(code))


@award_entries.post(
    "/award/evidence/{code}/return", AwardEvidenceOut, title=N_("Kembalikan pemeriksaan bukti Paritrana"), needs=(Can.RUN_AWARD,),
    problems=DECIDED,
)  # fmt: skip
def send_back(request: HttpRequest, code: EvidenceCode, given: AwardReasonIn) -> Any:
    """Has a file checked anew."""
    _seen(code)
    with conflicts():
        proofs.send_back(code=code, reason=given.reason)
    return _evidence(_seen(code))


# --- for everybody ------------------------------------------------------------------------------------------------------------


@award_entries.get(
    "/award/receipts/{code}", AwardReceiptOut, title=N_("Tanda terima bukti Paritrana"), needs=PUBLIC, problems=NOT_FOUND
)
def receipt(request: HttpRequest, code: EvidenceCode) -> Any:
    """A receipt by its code."""
    return _receipt(code)


@award_entries.get(
    "/award/editions/{edition}/manifest/{level}", list[AwardManifestOut], title=N_("Daftar sidik bukti sebuah edisi Paritrana"),
    needs=PUBLIC, problems=NOT_FOUND,
)  # fmt: skip
def manifest(request: HttpRequest, edition: EditionCode, level: LevelName) -> Any:
    """All evidence of a level by code: what it must be to the last bit, and since when."""
    found = next((one for one in open_to_all() if one.code == edition), None)
    if found is None:
        raise unknown()
    names = ("code", "criterion", "kind", "title", "digest", "size", "received_at", "checked")
    rows = evidence.manifest(found.id, level)
    return [{"entry": one.entry_code} | {name: getattr(one, name) for name in names} for one in rows]


def _found(code: str) -> EntryRow:
    row = queries.entry(code)
    if row is None or not (
        queries.own(row.subject, row.subject_code) or queries.runs(row) or (row.made_by and row.made_by == current().user_id)
    ):
        raise unknown()
    return row


def _seen(code: str) -> EvidenceRow:
    try:
        found = evidence.evidence(code)
    except Refused:
        raise unknown() from None
    need_open(queries.entry_of(found.row.entry_id))
    return found


def _whole(row: EntryRow) -> dict[str, Any]:
    return _told(row, Edition.objects.values_list("code", flat=True).get(pk=row.edition_id))


def _told(row: EntryRow, edition: str) -> dict[str, Any]:
    names = (
        "code", "category", "level", "area", "subject", "name", "province_code", "regency_code", "state", "reason", "invented",
        "made_at",
    )  # fmt: skip
    return {"edition": edition} | {name: getattr(row, name) for name in names}


def _evidence(found: EvidenceRow) -> dict[str, Any]:
    names = (
        "code", "criterion", "kind", "title", "summary", "budget_year", "budget_rupiah", "digest", "sent_digest", "size", "media",
        "received_at",
    )  # fmt: skip
    told = {name: getattr(found.row, name) for name in names}
    rule = found.row.regulation
    return told | {
        "regulation": None if rule is None else rule.code, "state": found.state, "confirmed": found.confirmed,
        "reason": found.reason,
    }  # fmt: skip


def _receipt(code: str) -> dict[str, Any]:
    found = evidence.receipt(code)
    if found is None:
        raise unknown()
    names = ("code", "criterion", "kind", "title", "digest", "sent_digest", "size", "received_at", "withdrawn_at")
    return {"entry": found.entry_code} | {name: getattr(found, name) for name in names}
