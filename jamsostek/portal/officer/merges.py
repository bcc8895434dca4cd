"""Numbers found to be one person, and taking that back."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, home, may, screen
from jamsostek.portal.officer.shown import kpj_words, person_link
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, done, paged, table
from jamsostek.portal.screens.words import moment
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.actions.merging import unmerge
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.questions import Joined, Merges, merge


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest first; undone ones stay."""
    found = paged(request, Merges())
    people = {one.pk for row in found.rows for one in (row.source, row.into) if one is not None}
    audit.looked(people, ("name", "kpj"), "daftar penggabungan")
    context = {
        "table": table(_("Penggabungan"), merge_columns(), found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada penggabungan"), _("Dua nomor digabungkan dari daftar orang yang mungkin ganda.")),
        "ways": [Link(_("Orang yang mungkin ganda"), reverse("officer:questions"))],
    }
    return screen(request, "officer/list.html", context, title=_("Penggabungan"))


def merge_columns() -> list[Column]:
    """A merge in a line, with the way to take it back."""

    def undo(one: Joined) -> Link | str:
        if one.undone_at is not None or one.into is None or not may(Can.MERGE, place_of(one.into)):
            return ""
        return Link(_("Batalkan"), reverse("officer:unmerge", args=[one.id]))

    return [
        Column(_("Nomor asal"), lambda one: _number(one.source)),
        Column(_("Menjadi"), lambda one: person_link(one.into) if one.into else _("orang di wilayah lain")),
        Column(_("Kapan"), lambda one: ", ".join(filter(None, (moment(one.at), one.by)))),
        Column(_("Alasan"), lambda one: one.reason),
        Column(_("Keadaan"), _state),
        Column(_("Tindakan"), undo),
    ]


def _number(one: Participant | None) -> str:
    return kpj_words(one.kpj) if one is not None else _("orang di wilayah lain")


def _state(one: Joined) -> Tag:
    if one.undone_at is None:
        return Tag(_("Digabungkan"), "good")
    return Tag(_("Dibatalkan {name}: {reason}").format(name=one.undone_by, reason=one.undone_reason), "plain")


@door(*OFFICERS)
def undo(request: HttpRequest, merge_id: int) -> HttpResponseBase:
    """Takes a merge back: as if it never was; the question is open again."""
    row = merge(merge_id)
    back = Link(_("Penggabungan"), reverse("officer:merges"))

    def act(told: dict[str, str]) -> object:
        if row.undone_at is not None:
            raise InputError(_("Penggabungan ini sudah dibatalkan."))
        return unmerge(merge_id=row.id, now=timezone.now(), reason=told["reason"])

    it = Ask(
        title=_("Batalkan penggabungan"),
        crumbs=[home(), back],
        yes=_("Batalkan penggabungan"),
        about=row.into.name if row.into else "",
        text=_("Kedua nomor kembali menjadi dua orang, dan pertanyaannya terbuka lagi."),
        act=act,  # type: ignore[arg-type]
        facts=lambda told: [
            Fact(_("Nomor asal"), _number(row.source)),
            Fact(_("Digabungkan ke"), _number(row.into)),
            Fact(_("Alasan penggabungan"), row.reason),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _row, _told: done(request, back.url, _("Penggabungan dibatalkan.")),
        danger=True,
    )
    return ask(request, ReasonForm(request.POST or None), it)
