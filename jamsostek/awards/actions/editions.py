"""Editions: written, changed with a reason once they are open, opened by another than who wrote them, closed."""

from __future__ import annotations

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import current
from jamsostek.awards import edition as editions
from jamsostek.awards.choices import Step as EditionStep
from jamsostek.awards.errors import refusals
from jamsostek.awards.models import Edition, Step, Version
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


def write(*, content: str, reason: str = "") -> Version:
    """A new edition, or the next version of one that is there; the same content again is the same version.

    Raises `InputError` naming the place in the text, `Refused`.
    """
    need_nation()
    if len(content.encode()) > MOST_BYTES:
        raise InputError(_("Edisi ini terlalu panjang."), field="content", remedy=_("Paling banyak 400 kB."))
    read = editions.read(content)
    digest = editions.digest_of(content)
    with refusals(), transaction.atomic():
        edition, fresh = Edition.objects.get_or_create(code=read.code, defaults={"made_by": current().user_id})
        last = None if fresh else edition.versions.first()
        if last is not None and last.digest == digest:
            return last
        made = Version.objects.create(
            edition=edition, number=1 if last is None else last.number + 1, content=content, digest=digest,
            nominate_from=editions.start(read.days.nominate_from), nominate_until=editions.end(read.days.nominate_until),
            evidence_until=editions.end(read.days.evidence_until), marking=read.marking(), reason=reason.strip()[:500],
            made_by=current().user_id,
        )  # fmt: skip
    audit.record("award.edition_written", "awards_edition", edition.pk, reason=made.reason, fields=("edition",))
    return made


def step(*, code: str, step: EditionStep, reason: str = "") -> Edition:
    """Opens, closes or cancels an edition; whoever wrote its last version does not open it. Again it changes nothing."""
    need_nation()
    edition = Edition.objects.filter(code=code).first()
    if edition is None:
        raise not_yours(_("Edisi ini tidak ada."))
    if Step.objects.filter(edition=edition, step=step).exists():
        return edition
    last = edition.versions.first()
    user = current().user_id
    if step == EditionStep.OPENED and last is not None and user is not None and last.made_by == user:
        raise Refused(_("Anda sendiri yang menulis edisi ini."), remedy=_("Minta panitia nasional yang lain membukanya."))
    if step == EditionStep.CANCELLED and not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    with refusals():
        Step.objects.create(edition=edition, step=step, reason=reason.strip()[:500], by_id=user)
    audit.record(f"award.edition_{step}", "awards_edition", edition.pk, reason=reason.strip()[:500])
    return edition
