"""The register of regulations: entered by one, confirmed by another, then public; its end is known by two as well."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import PDF, Evidence, Limits
from jamsostek.messages.limited import FileUnreadable
from jamsostek.outreach.models import Regulation
from jamsostek.outreach.strategy import KINDS, PDF_BYTES, PDF_PAGES, SETTLES, RegulationState, need_region, need_there, refusals

RETENTION = "regulation"
FIRST_YEAR = 1992
_LIMITS = Limits(file_bytes=PDF_BYTES, pages=PDF_PAGES)


@dataclass(frozen=True)
class NewRegulation:
    """What is entered. `region_code` is a province's or regency's; `village_code` only for a village's regulation."""

    region_code: int
    kind: str
    number: str
    year: int
    signed_on: dt.date
    title: str
    settles: tuple[str, ...]
    in_force_from: dt.date
    in_force_until: dt.date | None = None
    village_code: int | None = None
    replaces: int | None = None
    """The code of the regulation that it replaces."""
    invented: bool = False


def enter(*, regulation: NewRegulation, content: bytes, file_name: str, today: dt.date) -> Regulation:
    """Enters a regulation with its paper as PDF; the same again is the same. Not public before another confirms it.

    Raises `InputError` naming the field, `FileUnreadable` for what is no PDF, `Refused`.
    """
    given = regulation
    need_there(Can.PLAN_MOVEMENT, given.region_code)
    _check(given, today)
    replaces = None if given.replaces is None else _found(given.replaces)
    got = _pdf(content, file_name)
    digest = files.store(got.content, retention=RETENTION)
    same = Regulation.objects.filter(
        region_code=given.region_code, kind=given.kind, number=one_line(given.number), year=given.year,
        village_code=given.village_code, file_digest=digest,
    ).exclude(state=RegulationState.WITHDRAWN).first()  # fmt: skip
    if same is not None:
        return same
    with refusals(), transaction.atomic():
        made = Regulation.objects.create(
            region_code=given.region_code, village_code=given.village_code, kind=given.kind, number=one_line(given.number),
            year=given.year, signed_on=given.signed_on, title=one_line(given.title), settles=_ordered(given.settles),
            in_force_from=given.in_force_from, in_force_until=given.in_force_until, replaces=replaces, file_digest=digest,
            file_name=one_line(file_name)[-120:], file_bytes=len(got.content), file_pages=got.pages, invented=given.invented,
            entered_by=current().user_id, entered_on=today,
        )  # fmt: skip
    made.refresh_from_db()
    audit.record("regulation.entered", "regulation", made.pk, fields=("file",))
    return made


def confirm(*, code: int, today: dt.date) -> Regulation:
    """Makes it public, by another than who entered it; what it replaces ends the day before. Again it changes nothing."""
    row = _found(code)
    need_there(Can.APPROVE_MOVEMENT, row.region_code)
    if row.state == RegulationState.CONFIRMED:
        return row
    with refusals(), transaction.atomic():
        row.state, row.confirmed_by, row.confirmed_on = RegulationState.CONFIRMED, current().user_id, today
        row.save(update_fields=["state", "confirmed_by", "confirmed_on"])
        old = row.replaces
        if old is not None and (old.in_force_until is None or old.in_force_until >= row.in_force_from):
            old.in_force_until = max(row.in_force_from - dt.timedelta(days=1), old.in_force_from)
            old.save(update_fields=["in_force_until"])
    audit.record("regulation.confirmed", "regulation", row.pk)
    return row


def withdraw(*, code: int, reason: str) -> Regulation:
    """Takes an entry off the register for good, with a reason: what was entered wrongly is entered anew."""
    row = _found(code)
    need_there(Can.APPROVE_MOVEMENT if row.state == RegulationState.CONFIRMED else Can.PLAN_MOVEMENT, row.region_code)
    if row.state == RegulationState.WITHDRAWN:
        return row
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    if row.state == RegulationState.CONFIRMED and row.replaces_id is not None:
        raise InputError(
            _("Peraturan ini mengganti peraturan lain, jadi tidak dapat ditarik."), field="reason",
            remedy=_("Catat akhir berlakunya."),
        )  # fmt: skip
    with refusals(), transaction.atomic():
        row.state, row.reason = RegulationState.WITHDRAWN, one_line(reason)[:300]
        row.save(update_fields=["state", "reason"])
    audit.record("regulation.withdrawn", "regulation", row.pk, reason=row.reason)
    return row


def say_end(*, code: int, until: dt.date, reason: str) -> Regulation:
    """Says since when it holds no more; another confirms it. `until` is the last day."""
    row = _found(code)
    need_there(Can.PLAN_MOVEMENT, row.region_code)
    if row.state != RegulationState.CONFIRMED or row.in_force_until is not None:
        raise InputError(_("Peraturan ini tidak lagi di tahap itu."), field="until", remedy=_("Muat ulang halamannya."))
    if until < row.in_force_from:
        raise InputError(_("Hari terakhirnya sebelum hari pertama."), field="until", value=until, remedy=_("Periksa tanggalnya."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    row.ending_on, row.ending_reason, row.ending_by = until, one_line(reason)[:300], current().user_id
    row.save(update_fields=["ending_on", "ending_reason", "ending_by"])
    audit.record("regulation.end_said", "regulation", row.pk, reason=row.ending_reason)
    return row


def confirm_end(*, code: int) -> Regulation:
    """Confirms the end that another said. Again it changes nothing."""
    row = _found(code)
    need_there(Can.APPROVE_MOVEMENT, row.region_code)
    if row.in_force_until is not None:
        return row
    if row.ending_on is None:
        raise InputError(_("Belum ada yang mencatat akhir berlakunya."), field="until", remedy=_("Catat akhir berlakunya."))
    with refusals(), transaction.atomic():
        row.in_force_until = row.ending_on
        row.save(update_fields=["in_force_until"])
    audit.record("regulation.ended", "regulation", row.pk, reason=row.ending_reason)
    return row


def _found(code: int) -> Regulation:
    row = Regulation.objects.select_related("replaces").filter(code=code).first()
    if row is None:
        raise not_yours(_("Peraturan ini tidak ada, atau bukan wewenang Anda."))
    return row


def _check(given: NewRegulation, today: dt.date) -> None:
    choose = _("Pilih dari daftar pilihan.")
    need_region(given.region_code)
    if given.kind not in KINDS:
        raise InputError(_("Jenis peraturan ini tidak dikenal."), field="kind", value=given.kind, remedy=choose)
    for name in ("number", "title"):
        if not one_line(getattr(given, name)):
            raise InputError(_("Isian ini belum diisi."), field=name, remedy=_("Tulis seperti di naskahnya."))
    if not given.settles or not set(given.settles) <= set(SETTLES):
        raise InputError(_("Pilih yang diaturnya."), field="settles", value=list(given.settles), remedy=choose)
    if not FIRST_YEAR <= given.year <= today.year or given.signed_on > today:
        raise InputError(_("Tanggal ini belum tiba."), field="signed_on", value=given.signed_on, remedy=_("Periksa tanggalnya."))
    if given.in_force_until is not None and given.in_force_until < given.in_force_from:
        raise InputError(
            _("Hari terakhirnya sebelum hari pertama."), field="in_force_until", value=given.in_force_until,
            remedy=_("Periksa tanggalnya."),
        )  # fmt: skip
    _check_village(given)


def _check_village(given: NewRegulation) -> None:
    village = given.village_code
    if given.kind == "perdes" and (village is None or village // 1_000_000 != given.region_code):
        raise InputError(
            _("Desa yang menerbitkannya belum diisi, atau bukan di kabupaten ini."), field="village_code", value=village or "",
            remedy=_("Tulis kode desa dengan sepuluh angka."),
        )  # fmt: skip
    if given.kind != "perdes" and village is not None:
        raise InputError(
            _("Kode desa hanya untuk peraturan desa."), field="village_code", value=village, remedy=_("Kosongkan kode desanya.")
        )


def _ordered(settles: tuple[str, ...]) -> list[str]:
    return [name for name in SETTLES if name in settles]


def _pdf(content: bytes, file_name: str) -> Evidence:
    got = clean(content, file_name, _LIMITS)
    if got.kind != PDF:
        raise FileUnreadable(
            _("Naskahnya harus PDF."), kind="not_pdf", field="file", value=file_name,
            remedy=_("Simpan naskahnya sebagai PDF, lalu unggah."),
        )  # fmt: skip
    return got
