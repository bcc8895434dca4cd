"""Evidence: sent in time by those who compete, taken back in time, checked by one of the committee and confirmed by another.

Whether something came in time is decided by the database when its row is written, by the database's clock. A file is made anew
before it is kept (`messages.evidence`); the receipt names the digest of what was sent and of what is kept. The row comes first
and the bytes after it: what came late leaves nothing behind.

A piece is a content for a criterion and a kind of an entry. The same piece with the same data again is its receipt; with other
data it is refused, for what was sent never changes: it is taken back, then sent anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.actions.entries import MOST_REASON, edition_of, new_code
from jamsostek.awards.edition import Criterion, EvidenceKind, told
from jamsostek.awards.errors import LedgerRefused, refusals
from jamsostek.awards.models import Evidence, EvidenceStep
from jamsostek.awards.queries import evidence as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow, database_now, entry_of, need_entry, own, runs
from jamsostek.awards.words import moment_words
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.files import actions as files
from jamsostek.messages.evidence.kinds import kind_of
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import Evidence as Cleaned
from jamsostek.messages.evidence.records import Limits
from jamsostek.messages.limited import FileUnreadable
from jamsostek.outreach.models import Regulation

RETENTION = "award"
MOST_MEGABYTES = 50
"""Of a file, whatever an edition allows."""
MOST_PAGES = 300
MOST_TITLE, MOST_SUMMARY = 160, 4_000
MOST_BUDGET_RUPIAH = 10**15
"""Of a budget document; the largest budget of a province is below a tenth of it."""
CODE_LENGTH = 12
BUDGET, INNOVATION = "budget", "innovation"
"""Kinds that are asked for more than their file: a budget's year and rupiah, what an innovation is about."""


class AlreadySent(InputError):
    """The same content was received for this criterion and kind, with other data; `value` is the code of that piece."""


def most_bytes(kind: EvidenceKind) -> int:
    """What a file of a kind may weigh."""
    return min(kind.most_megabytes, MOST_MEGABYTES) << 20


def refer(*, entry: str, criterion: str, kind: str, regulation: int) -> Evidence:
    """Refers to a regulation of the public register, by its code there; the same again is the same receipt.

    Raises `InputError` for one that is not confirmed, not of the region or its province, or not in force in the assessment year.
    """
    row, here = _mine(entry)
    _asked_for(row, here, criterion, kind, "regulation")
    _check_open(here, None)
    found = Regulation.objects.filter(code=regulation).first()
    if found is None or found.pk not in {one.pk for one in queries.regulations_for(row, here.says.assessment_year)}:
        words = _("Peraturan {number} bukan peraturan daerah ini atau provinsinya yang disahkan dan berlaku pada {year}.")
        raise InputError(
            words.format(number=regulation, year=here.says.assessment_year), field="regulation", value=regulation,
            remedy=_("Pilih dari daftar; yang belum ada dicatat dahulu di daftar peraturan."),
        )  # fmt: skip
    return _kept(row, here, None, None, {
        "criterion": criterion, "kind": kind, "form": "regulation", "title": found.title[:MOST_TITLE], "regulation_id": found.pk,
        "digest": found.file_digest, "sent_digest": found.file_digest, "size": found.file_bytes, "media": "application/pdf",
        "file_name": found.file_name,
    })  # fmt: skip


def send(
    *,
    entry: str,
    criterion: str,
    kind: str,
    content: bytes,
    file_name: str,
    title: str,
    summary: str = "",
    budget_year: int | None = None,
    budget_rupiah: int | None = None,
    began_at: dt.datetime | None = None,
) -> Evidence:
    """Takes a file in; the same content for the same criterion and kind with the same data again is the same receipt.

    `began_at` is when the sending began by the database's clock, to be told where it ended too late. Raises `InputError` naming
    the field, `AlreadySent` for what is there with other data, `FileUnreadable` for what is no such file, `Refused`.
    """
    row, here = _mine(entry)
    wanted = _asked_for(row, here, criterion, kind, "file")
    _check_open(here, began_at)
    facts = _told(kind, title, summary, budget_year, budget_rupiah)
    sent_digest = files.content_digest(content)
    same = _there(row, criterion, kind, sent_digest)
    if same is not None:
        return _same(same, facts)
    got = _cleaned(wanted, content, file_name)
    return _kept(row, here, began_at, got.content, facts | {
        "criterion": criterion, "kind": kind, "form": "file", "digest": files.content_digest(got.content),
        "sent_digest": sent_digest, "size": len(got.content), "media": got.media_type, "file_name": one_line(file_name)[-120:],
    })  # fmt: skip


def withdraw(*, code: str) -> Evidence:
    """Takes evidence back before the deadline; it stays to be read by who could. Again it changes nothing."""
    current().need(Can.NOMINATE)
    one = queries.evidence(code)
    entry = entry_of(one.row.entry_id)
    if not own(entry.subject, entry.subject_code):
        raise not_yours(_("Ini bukan bukti Anda."))
    if one.state == "withdrawn":
        return one.row
    here = edition_of(entry)
    try:
        _write_step(one.row, "withdrawn", "")
    except LedgerRefused as error:
        if error.constraint != "awards_evidence_late":
            raise
        raise _late(here, None, database_now()) from error
    return one.row


def check(*, code: str, good: bool, reason: str = "") -> Evidence:
    """Says whether a file is what it says it is, by one of the committee; another confirms it. The same again changes nothing."""
    one = _run(code)
    step = "checked" if good else "rejected"
    if one.state == step and not one.confirmed and one.by_id == current().user_id:
        return one.row
    _write_step(one.row, step, reason)
    return one.row


def confirm(*, code: str) -> Evidence:
    """Confirms what another of the committee said of a file. Again it changes nothing."""
    one = _run(code)
    if one.confirmed:
        return one.row
    if one.by_id is not None and one.by_id == current().user_id:
        raise Refused(_("Anda sendiri yang memeriksa."), remedy=_("Minta anggota panitia yang lain mengesahkannya."))
    _write_step(one.row, "confirmed", "")
    return one.row


def send_back(*, code: str, reason: str) -> Evidence:
    """Has a file checked anew: another of the committee does not agree."""
    one = _run(code)
    if one.by_id is not None and one.by_id == current().user_id:
        raise Refused(_("Anda sendiri yang memeriksa."), remedy=_("Minta anggota panitia yang lain mengesahkannya."))
    _write_step(one.row, "returned", reason)
    return one.row


# --- what they share ------------------------------------------------------------------------------------------------------


def _mine(code: str) -> tuple[EntryRow, Standing]:
    current().need(Can.NOMINATE)
    row = need_entry(code)
    if not own(row.subject, row.subject_code):
        raise not_yours(_("Ini bukan pencalonan Anda."))
    return row, edition_of(row)


def _asked_for(row: EntryRow, here: Standing, criterion: str, kind: str, form: str) -> EvidenceKind:
    """The kind, where this category asks for it under that criterion; raises `InputError`."""
    found: dict[str, Criterion] = {one.key: one for one in queries.asked(here.says, here.says.category(row.category))}
    if criterion not in found:
        raise InputError(
            _("Kategori ini tidak meminta bukti untuk ukuran itu."),
            field="criterion",
            value=criterion,
            remedy=_("Pilih dari daftar."),
        )
    if kind not in found[criterion].evidence or here.says.evidence[kind].form != form:
        allowed = ", ".join(told(here.says.evidence[one].title) for one in found[criterion].evidence)
        raise InputError(
            _("Ukuran ini tidak meminta bukti jenis itu."),
            field="kind",
            value=kind,
            remedy=_("Pilihan: {names}.").format(names=allowed),
        )
    return here.says.evidence[kind]


def _check_open(here: Standing, began_at: dt.datetime | None) -> None:
    """Refuses early what the database would refuse in the end, by the same clock."""
    now = database_now()
    if now >= here.evidence_until:
        raise _late(here, began_at, now)


def _late(here: Standing, began_at: dt.datetime | None, ended_at: dt.datetime) -> InputError:
    until = moment_words(here.evidence_until)
    if began_at is not None and began_at < here.evidence_until:
        message = _("Pengiriman dimulai {began} dan selesai {ended}; batas waktunya {until}.").format(
            began=moment_words(began_at), ended=moment_words(ended_at), until=until
        )
        remedy = _("Yang dihitung adalah saat berkas diterima utuh. Tidak ada yang tersimpan.")
    else:
        message = _("Batas waktu bukti {until} sudah lewat.").format(until=until)
        remedy = _("Sekarang {moment} menurut jam server.").format(moment=moment_words(ended_at))
    return InputError(message, field="file", value=ended_at.isoformat(), remedy=remedy)


def _told(kind: str, title: str, summary: str, year: int | None, rupiah: int | None) -> dict[str, object]:
    name, text = one_line(title)[:MOST_TITLE], summary.replace("\0", "").strip()[:MOST_SUMMARY]
    if not name:
        raise InputError(_("Judul bukti belum diisi."), field="title", remedy=_("Tulis judulnya; semua orang dapat membacanya."))
    if kind == INNOVATION and not text:
        raise InputError(_("Uraian inovasi belum diisi."), field="summary", remedy=_("Tulis apa yang dikerjakan dan hasilnya."))
    if kind == BUDGET and (year is None or rupiah is None):
        field = "budget_year" if year is None else "budget_rupiah"
        raise InputError(
            _("Tahun dan jumlah anggaran belum diisi."), field=field, remedy=_("Salin tahun dan rupiahnya dari dokumen itu.")
        )
    if kind != BUDGET:
        year = rupiah = None
    if year is not None and not 2015 <= year <= 2100:
        raise InputError(
            _("Tahun anggaran ini tidak mungkin."), field="budget_year", value=year, remedy=_("Tulis tahun dari 2015.")
        )
    if rupiah is not None and not 0 < rupiah <= MOST_BUDGET_RUPIAH:
        raise InputError(
            _("Jumlah anggaran ini tidak mungkin."), field="budget_rupiah", value=rupiah,
            remedy=_("Tulis rupiah utuh, lebih dari nol."),
        )  # fmt: skip
    return {"title": name, "summary": text, "budget_year": year, "budget_rupiah": rupiah}


def _cleaned(kind: EvidenceKind, content: bytes, file_name: str) -> Cleaned:
    limits = Limits(file_bytes=most_bytes(kind), pages=MOST_PAGES)
    found = kind_of(content, limits)
    if found not in kind.media:
        allowed = ", ".join(one.upper() for one in kind.media)
        raise FileUnreadable(
            _("{kind} harus {allowed}.").format(kind=told(kind.title), allowed=allowed), kind="wrong_media", field="file",
            value=file_name, remedy=_("Simpan dalam bentuk itu, lalu kirim lagi."),
        )  # fmt: skip
    return clean(content, file_name, limits)


def _there(row: EntryRow, criterion: str, kind: str, sent_digest: str) -> Evidence | None:
    """What was sent already and not taken back."""
    rows = Evidence.objects.filter(entry_id=row.id, criterion=criterion, kind=kind, sent_digest=sent_digest)
    return rows.exclude(steps__step="withdrawn").first()


def _same(there: Evidence, facts: Mapping[str, object]) -> Evidence:
    """What is there, where all is said of it that is said now; else raises `AlreadySent` naming it and what differs."""
    if there.form == "regulation":
        return there
    words = {
        "title": _("judul"), "summary": _("uraian"), "budget_year": _("tahun anggaran"), "budget_rupiah": _("jumlah anggaran"),
    }  # fmt: skip
    other = [word for name, word in words.items() if getattr(there, name) != facts[name]]
    if other:
        message = _("Berkas ini sudah diterima sebagai {title}, nomor tanda terima {code}, dengan {what} yang lain.")
        raise AlreadySent(
            message.format(title=there.title, code=there.code, what=", ".join(other)), field="file", value=there.code,
            remedy=_("Yang sudah diterima tidak berubah. Tarik dahulu bukti itu, lalu kirim lagi dengan data yang benar."),
        )  # fmt: skip
    return there


def _kept(
    row: EntryRow, here: Standing, began_at: dt.datetime | None, content: bytes | None, facts: dict[str, object]
) -> Evidence:
    """Writes the row, then the bytes; of two who send the same at once one wins, and both get its receipt."""
    criterion, kind, sent_digest = (str(facts[name]) for name in ("criterion", "kind", "sent_digest"))
    same = _there(row, criterion, kind, sent_digest)
    if same is not None:
        return _same(same, facts)
    again = EvidenceStep.objects.filter(
        step="withdrawn", evidence__entry_id=row.id, evidence__criterion=criterion, evidence__sent_digest=sent_digest
    ).count()  # fmt: skip
    try:
        with refusals(), transaction.atomic():
            made = Evidence.objects.create(
                code=new_code(CODE_LENGTH), entry_id=row.id, again=again, by_id=current().user_id, **facts
            )
            if content is not None:
                files.store(content, retention=RETENTION)
    except LedgerRefused as error:
        if error.constraint == "awards_evidence_late":
            raise _late(here, began_at, database_now()) from error
        at_once = error.constraint in ("awards_evidence_once", "awards_evidence_again")
        same = _there(row, criterion, kind, sent_digest) if at_once else None
        if same is None:
            raise
        return _same(same, facts)
    made.refresh_from_db()
    audit.record("award.evidence_sent", "awards_evidence", made.pk, fields=("criterion", "kind", "file"))
    return made


def _run(code: str) -> queries.EvidenceRow:
    current().need(Can.RUN_AWARD)
    one = queries.evidence(code)
    if not runs(entry_of(one.row.entry_id)):
        raise Refused(_("Bukti ini diperiksa panitia lain."), remedy=_("Minta panitia yang berwenang."))
    return one


def _write_step(row: Evidence, step: str, reason: str) -> None:
    text = one_line(reason)[:MOST_REASON]
    if step in ("rejected", "returned") and not text:
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    with refusals(), transaction.atomic():
        EvidenceStep.objects.create(evidence=row, step=step, reason=text, by_id=current().user_id)
    audit.record(f"award.evidence_{step}", "awards_evidence", row.pk, reason=text)
