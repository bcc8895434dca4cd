"""Who looked at my data: each person, when, what and why, in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.roles import Role
from jamsostek.core.text import _
from jamsostek.portal.screens import Column, page, paged, table
from jamsostek.portal.screens.trail import reason_words
from jamsostek.portal.screens.words import moment
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.portal.worker.words import actor_of, fields_of, what_of
from jamsostek.registry.queries import own
from jamsostek.registry.queries.own import Me, Seen


class _Trail:
    """The trail as something that can be cut into pages."""

    def __init__(self, me: Me) -> None:
        self.me = me

    def __getitem__(self, cut: slice) -> list[Seen]:
        return own.trail(self.me, limit=cut.stop - cut.start, offset=cut.start)


@about(Role.WORKER)
@require_safe
def trail(request: HttpRequest, me: Me) -> HttpResponse:
    """The newest first."""
    rows = paged(request, _Trail(me))
    columns = [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Siapa"), actor_of),
        Column(_("Apa"), what_of),
        Column(_("Data"), fields_of),
        Column(_("Alasan"), lambda one: reason_words(one.reason)),
    ]
    context = {"trail": table(_("Yang dilihat dan diubah"), columns, rows.rows), "paged": rows}
    return page(request, "worker/trail.html", context, title=_("Siapa yang melihat data saya"), crumbs=crumbs())
