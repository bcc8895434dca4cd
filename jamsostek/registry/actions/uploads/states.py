"""The ways between the states of an upload that people take: sending, confirming, cancelling."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages.guards import check_upload
from jamsostek.messages.roster.layouts import layout_of
from jamsostek.registry.actions.uploads.keeping import RETENTION
from jamsostek.registry.choices import UploadState
from jamsostek.registry.models import Employer, Sponsor, Upload

BATCH = 5_000
"""Rows written in one transaction."""
OPEN = (UploadState.RECEIVED, UploadState.READING, UploadState.READY, UploadState.WRITING)
WORKING = (UploadState.RECEIVED, UploadState.READING, UploadState.WRITING)
KEPT_DAYS = 90
"""How long the file and its problems stay after the end, so that wrong rows can still be mended."""
TRIES = 5
"""After so many unexpected failures an upload stops and says so."""
LOCK = 820_201
READ, WRITE = "uploads.read", "uploads.write"


def receive(
    *,
    content: bytes,
    file_name: str,
    layout: str,
    month: int,
    to_month: int | None = None,
    overwrite: bool = False,
    employer_id: int | None = None,
    sponsor_id: int | None = None,
) -> Upload:
    """Takes a file in and has it read; the same file for the same month is the same upload while it is open.

    Raises `FileUnreadable` for what is no list, `Refused`, `InputError`.
    """
    layout_of(layout)
    current().need(Can.UPLOAD, _place(employer_id, sponsor_id))
    if to_month is not None and to_month < month:
        raise InputError(_("Bulan terakhir sebelum bulan pertama."), field="to_month", remedy=_("Periksa kedua bulannya."))
    checked = check_upload(content, file_name)
    digest = hashlib.sha256(content).hexdigest()
    known = _open_twin(digest, month, employer_id, sponsor_id)
    if known is not None:
        return known
    files.store(content, retention=RETENTION)
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                layout=layout, employer_id=employer_id, sponsor_id=sponsor_id, file_name=_plain_name(file_name),
                file_digest=digest, month=month, to_month=to_month, overwrite=overwrite, counts={"kind": checked.kind},
                created_by=current().user_id,
            )  # fmt: skip
    except IntegrityError:
        known = _open_twin(digest, month, employer_id, sponsor_id)
        if known is None:
            raise
        return known
    audit.record("upload.received", "upload", upload.pk, fields=("file",))
    enqueue(READ, upload_id=upload.pk)
    return upload


def confirm(*, upload_id: int, now: dt.datetime) -> Upload:
    """A human has seen what will happen and says yes. A sponsor's list is confirmed by somebody else than its sender."""
    upload = _held(upload_id)
    place = _place(upload.employer_id, upload.sponsor_id)
    current().need(Can.UPLOAD if upload.layout == "employer" else Can.APPROVE_UPLOAD, place)
    if upload.layout == "sponsor" and upload.created_by == current().user_id:
        raise Refused(
            _("Anda sendiri yang mengirim daftar ini."),
            remedy=_("Penyetuju lain yang memeriksa dan mengonfirmasinya: iuran ini dibayar dengan uang banyak orang."),
        )
    if upload.state in (UploadState.WRITING, UploadState.DONE):
        return upload
    if upload.state != UploadState.READY:
        raise InputError(
            _("Berkas ini belum siap dikonfirmasi, atau sudah dibatalkan."), remedy=_("Lihat keadaannya di halaman berkas.")
        )
    upload.state, upload.confirmed_by, upload.confirmed_at = str(UploadState.WRITING), current().user_id or 0, now
    upload.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("upload.confirmed", "upload", upload.pk, fields=("state",))
    enqueue(WRITE, upload_id=upload.pk)
    return upload


def cancel(*, upload_id: int, now: dt.datetime) -> Upload:
    """Stops an upload; rows that are written stay written."""
    upload = _held(upload_id)
    current().need(Can.UPLOAD, _place(upload.employer_id, upload.sponsor_id))
    if upload.state == UploadState.CANCELLED:
        return upload
    if upload.state not in OPEN:
        raise InputError(_("Berkas ini sudah selesai, jadi tidak dapat dibatalkan."), remedy=_("Perbaiki lewat berkas baru."))
    upload.state, upload.finished_at = str(UploadState.CANCELLED), now
    upload.save(update_fields=["state", "finished_at"])
    audit.record("upload.cancelled", "upload", upload.pk, fields=("state",))
    return upload


def _held(upload_id: int) -> Upload:
    upload = Upload.objects.select_for_update(no_key=True).filter(pk=upload_id).first()
    if upload is None:
        raise not_yours(_("Berkas ini tidak ada, atau bukan milik Anda."))
    return upload


def _open_twin(digest: str, month: int, employer_id: int | None, sponsor_id: int | None) -> Upload | None:
    whose: dict[str, Any] = {"employer_id": employer_id, "sponsor_id": sponsor_id}
    return Upload.objects.filter(file_digest=digest, month=month, state__in=OPEN, **whose).first()


def _place(employer_id: int | None, sponsor_id: int | None) -> Place:
    """Where the right is asked for; raises `Refused` for what is out of sight."""
    if employer_id is not None:
        employer = Employer.objects.filter(pk=employer_id).first()
        if employer is None:
            raise not_yours(_("Perusahaan ini tidak ada, atau bukan milik Anda."))
        return Place(employer=employer.pk, regency=employer.regency_code)
    sponsor = Sponsor.objects.filter(pk=sponsor_id or 0).first()
    if sponsor is None:
        raise not_yours(_("Pembayar iuran ini tidak ada, atau bukan milik Anda."))
    is_village = sponsor.region_code > 10**9
    regency = sponsor.region_code // 1_000_000 if is_village else sponsor.region_code
    return Place(sponsor=sponsor.pk, regency=regency, village=sponsor.region_code if is_village else None)


def place_of(upload: Upload) -> Place:
    """Where rights over an upload are asked for."""
    return _place(upload.employer_id, upload.sponsor_id)


def _plain_name(name: str) -> str:
    """The file's own name without folders, short enough to keep."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "daftar"


# --- for the jobs -----------------------------------------------------------------------------------------------------


def open_uploads() -> list[tuple[str, int]]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    rows = Upload.objects.filter(state__in=WORKING).values_list("state", "pk")
    return [(WRITE if state == UploadState.WRITING else READ, pk) for state, pk in rows]


def stop(upload_id: int, error: str, *, now: dt.datetime) -> None:
    """What a person must mend first: rows written stay written."""
    with acting(system_scope(_("Berkas massal"))):
        rows = Upload.objects.filter(pk=upload_id, state__in=WORKING)
        rows.update(state=str(UploadState.FAILED), error=error, finished_at=now)


def note_failure(upload_id: int, *, now: dt.datetime) -> None:
    """Counts an unexpected failure, so that a list that cannot be worked on does not come round for ever."""
    with acting(system_scope(_("Berkas massal"))):
        upload = Upload.objects.select_for_update(no_key=True).get(pk=upload_id)
        tries = upload.counts.get("tries", 0) + 1
        upload.counts = {**upload.counts, "tries": tries}
        upload.save(update_fields=["counts"])
    if tries >= TRIES:
        stop(upload_id, _("Ada kesalahan pada sistem kami saat mencatat daftar ini. Petugas sudah diberi tahu."), now=now)


def forget_old(*, today: dt.date, now: dt.datetime) -> int:
    """Destroys files of uploads that ended long ago; those another upload still needs stay."""
    ended = Upload.objects.filter(finished_at__lt=now - dt.timedelta(days=KEPT_DAYS)).exclude(problems_digest="")
    for upload in ended:
        digests = [upload.file_digest, upload.good_digest, upload.problems_digest]
        upload.good_digest = upload.problems_digest = ""
        upload.save(update_fields=["good_digest", "problems_digest"])
        for digest in filter(None, digests):
            forget_unless_needed(digest, now=now)
    return len(ended)


def forget_unless_needed(digest: str, *, now: dt.datetime) -> None:
    """Forgets a file that no upload needs any more."""
    needed = Q(file_digest=digest) & ~Q(problems_digest="") | Q(good_digest=digest) | Q(problems_digest=digest)
    if not Upload.objects.filter(needed | Q(file_digest=digest, state__in=OPEN)).exists():
        files.forget(digest, now=now)
