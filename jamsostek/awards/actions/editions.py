"""Editions: written, changed with a reason once they are open, opened by another than who wrote them, closed."""

from __future__ import annotations

from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import current
from jamsostek.awards.choices import Step as EditionStep
from jamsostek.awards.deciding import deciding_digest, first_change
from jamsostek.awards.edition import Edition as Says
from jamsostek.awards.edition import end, start
from jamsostek.awards.errors import refusals
from jamsostek.awards.models import Edition, Reveal, Step, Version
from jamsostek.awards.queries.entries import database_now
from jamsostek.awards.reading import digest_of, read
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

MOST_BYTES = 400_000
"""Of an edition's text."""


def need_nation() -> None:
    """Raises `Refused` for whoever does not run the award for the whole nation."""
    current().need(Can.RUN_AWARD)
    scope = current()
    if not scope.system and not any(one.kind == Kind.NATION for one in scope.held if one.role == "award_committee"):
        raise Refused(_("Ini dikerjakan panitia nasional."), remedy=_("Minta panitia nasional melakukannya."))


def write(*, content: str, reason: str = "", code: str = "", after: int | None = None) -> Version:
    """A new edition, or the next version of one that is there; the same content again is the same version, and nothing is made.

    `code` is the edition that is meant to be changed, where one is, `after` the version it was written after. Raises `InputError`
    naming the place in the text, `Refused`.
    """
    need_nation()
    if len(content.encode()) > MOST_BYTES:
        raise InputError(_("Edisi ini terlalu panjang."), field="content", remedy=_("Paling banyak 400 kB."))
    says = read(content)
    if code and says.code != code:
        raise InputError(
            _("Kode edisi tidak dapat diganti."), field="code", value=says.code,
            remedy=_("Tulis {code}, atau buat edisi baru.").format(code=code),
        )  # fmt: skip
    digest = digest_of(content)
    with refusals(), transaction.atomic():
        edition, fresh = Edition.objects.get_or_create(code=says.code, defaults={"made_by": current().user_id})
        if not fresh:
            _one_at_a_time(edition.pk)
        last = edition.versions.first()
        if last is not None and last.digest == digest:
            return last
        if last is not None:
            before = read(last.content)
            _unchanged(last, after)
            _keeps(edition, before, says)
            _settled(edition, before, says)
            _in_time(edition, last, before, says)
        made = Version.objects.create(
            edition=edition, number=1 if last is None else last.number + 1, content=content, digest=digest,
            nominate_from=start(says.days.nominate_from), nominate_until=end(says.days.nominate_until),
            evidence_until=end(says.days.evidence_until), marking=says.marking(), reason=reason.strip()[:500],
            deciding=deciding_digest(says), invented=says.invented, made_by=current().user_id,
        )  # fmt: skip
    audit.record("award.edition_written", "awards_edition", edition.pk, reason=made.reason, fields=("edition",))
    return made


def _unchanged(last: Version, seen: int | None) -> None:
    """Raises `InputError` where another version was written since this one was read."""
    if seen is not None and last.number != seen:
        raise InputError(
            _("Edisi ini sudah ditulis ulang sejak Anda membacanya."), field="version", value=seen,
            remedy=_("Baca versi yang baru, lalu ulangi."),
        )  # fmt: skip


def _keeps(edition: Edition, before: Says, after: Says) -> None:
    """Raises `InputError` where somebody competes in what the new version no longer has."""
    contests = list(edition.entries.values_list("category", "level", "subject").distinct())
    for category, level, subject in contests:
        there = after.categories.get(category)
        if there is None or there.subject != subject or level not in [stage.level for stage in there.stages]:
            raise InputError(
                _("Kategori {name} sudah mempunyai calon.").format(name=before.category(category).name),
                field=f"categories.{category}", value=category,
                remedy=_("Pertahankan kategori, yang dinilai, dan tingkatnya; batalkan edisi ini bila memang keliru."),
            )  # fmt: skip
    zoned = any(before.category(category).stage(level).area == "zone" for category, level, _subject in contests)
    numbered = [(name, sorted(members)) for name, members in before.zones.items()]
    if zoned and numbered != [(name, sorted(members)) for name, members in after.zones.items()]:
        raise InputError(
            _("Zona sudah mempunyai calon."), field="zones",
            remedy=_("Pertahankan zona dan urutannya."),
        )  # fmt: skip


def _settled(edition: Edition, before: Says, after: Says) -> None:
    """Raises `InputError` where what decides who wins would change although marks are known."""
    changed = first_change(before, after)
    if changed and Reveal.objects.filter(edition=edition).exists():
        place, what = changed
        raise InputError(
            _("Nilai juri sudah dibuka, jadi yang menentukan pemenang tidak berubah lagi: {what}.").format(what=what),
            field=place, remedy=_("Yang masih dapat berubah: tanggal, penyerahan, judul, dan catatan."),
        )  # fmt: skip


def _in_time(edition: Edition, last: Version, before: Says, after: Says) -> None:
    """Raises `InputError` where a deadline to come would lie in the past, shutting people out; an invented edition may."""
    if (before.invented and after.invented) or not edition.steps.exists():
        return
    now = database_now()
    moved = [
        ("days.nominate_until", last.nominate_until, end(after.days.nominate_until)),
        ("days.evidence_until", last.evidence_until, end(after.days.evidence_until)),
        *((f"days.marks_until.{level}", end(before.days.marks_until[level]), end(day))
          for level, day in after.days.marks_until.items() if level in before.days.marks_until),
    ]  # fmt: skip
    for place, was, becomes in moved:
        if was > now >= becomes:
            raise InputError(
                _("{place}: batas waktu yang masih berjalan tidak dapat dimajukan ke hari yang sudah lewat.").format(place=place),
                field=place, remedy=_("Pilih hari ini atau sesudahnya."),
            )  # fmt: skip


def _one_at_a_time(edition_id: int) -> None:
    """Until the transaction ends nobody else writes this edition; its row cannot be locked, for nobody may change it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT awards_lock_edition(%s)", [edition_id])


def step(*, code: str, step: EditionStep, reason: str = "", version: int | None = None) -> Edition:
    """Opens, closes or cancels an edition; whoever wrote its last version does not open it. Again it changes nothing.

    `version` is the one that was read before deciding; raises `InputError` where another was written since, `Refused`.
    """
    need_nation()
    edition = Edition.objects.filter(code=code).first()
    if edition is None:
        raise not_yours(_("Edisi ini tidak ada."))
    if Step.objects.filter(edition=edition, step=step).exists():
        return edition
    user = current().user_id
    if step == EditionStep.CANCELLED and not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    with transaction.atomic():
        _one_at_a_time(edition.pk)
        _ready(edition, step, version)
        with refusals():
            Step.objects.create(edition=edition, step=step, reason=reason.strip()[:500], by_id=user)
    audit.record(f"award.edition_{step}", "awards_edition", edition.pk, reason=reason.strip()[:500])
    return edition


def _ready(edition: Edition, step: EditionStep, version: int | None) -> None:
    last, user = edition.versions.first(), current().user_id
    assert last is not None
    _unchanged(last, version)
    if step == EditionStep.OPENED and last.made_by == user:
        if user is None:
            raise Refused(
                _("Versi ini ditulis dari baris perintah, jadi tidak dibuka dari sana juga."),
                remedy=_("Seorang panitia nasional membukanya di halaman edisi atau lewat API."),
            )
        raise Refused(_("Anda sendiri yang menulis edisi ini."), remedy=_("Minta panitia nasional yang lain membukanya."))
