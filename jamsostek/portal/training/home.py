"""Offers of an office, invitations that nobody answered, outcomes that have to be asked for."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import Due, Seats
from jamsostek.claims.trainings import STANDINGS, Standing, kind_words
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import _
from jamsostek.portal.screens import Column, Empty, Link, Tag, paged, table, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training import frame
from jamsostek.portal.training.frame import OFFICERS


@door(*OFFICERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Offers in sight, the newest first; of one state by `?keadaan=`."""
    asked = request.GET.get("keadaan", "")
    state = asked if asked in list(Standing) else ""
    found = paged(request, queries.trainings(state=state))
    columns = [
        Column(_("Pelatihan"), lambda one: frame.link(one.training)),
        Column(_("Jenis"), lambda one: kind_words(one.training.kind)),
        Column(_("Wilayah"), lambda one: regions_name(one.training.region_code)),
        Column(_("Waktu"), lambda one: frame.days_words(one.training)),
        Column(_("Tempat terisi"), _taken, number=True),
        Column(_("Keadaan"), lambda one: frame.standing_tag(one.training)),
    ]
    way = Link(_("Buat pelatihan"), reverse("training:make")) if current().may(Can.RUN_TRAINING) else None
    context = {
        "tabs": frame.tabs("home"),
        "states": [
            (_("Semua"), with_query(request, keadaan=None, hal=None), not state),
            *((_(text), with_query(request, keadaan=str(one), hal=None), one == state) for one, text in STANDINGS.items()),
        ],
        "table": table(_("Pelatihan, yang terbaru di atas"), columns, queries.seats(found.rows)),
        "paged": found,
        "empty": Empty(
            _("Belum ada pelatihan"), _("Pelatihan ahli waris dan kembali bekerja di wilayah ini tampak di sini."), way
        ),
        "ways": [way] if way is not None and found.rows else [],
    }
    return frame.office_page(request, "training/home.html", context, title=_("Pelatihan"), crumbs=[])


def _taken(one: Seats) -> str:
    return frame.seats_words(one)


@door(*OFFICERS)
@require_safe
def unanswered(request: HttpRequest) -> HttpResponseBase:
    """Invitations without an answer for a week: somebody calls."""
    found = paged(request, queries.unanswered(today()))
    columns = [
        Column(_("Nama"), frame.person_link),
        Column(_("Nomor klaim"), lambda one: format_public("claim", one.claim.number)),
        Column(_("Pelatihan"), lambda one: frame.link(one.training)),
        Column(_("Diundang"), lambda one: date(one.invited_on)),
        Column(_("Mulai"), lambda one: date(one.training.starts_on)),
    ]
    context = {
        "tabs": frame.tabs("unanswered"),
        "table": table(_("Undangan yang belum dijawab"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Semua undangan sudah dijawab"), _("Yang seminggu tidak dijawab tampak di sini.")),
    }
    return frame.office_page(request, "officer/list.html", context, title=_("Belum dijawab"), crumbs=frame.above())


@door(*OFFICERS)
@require_safe
def due(request: HttpRequest) -> HttpResponseBase:
    """Outcomes whose day lies in this month or before."""
    rows = queries.outcomes_due(today())
    found = paged(request, rows, total=len(rows))

    def ask(one: Due) -> Link:
        return Link(frame.months_words(one.month), reverse("training:outcome", args=[one.row.pk, one.month]))

    columns = [
        Column(_("Nama"), lambda one: frame.person_link(one.row)),
        Column(_("Pelatihan"), lambda one: frame.link(one.row.training)),
        Column(_("Hasil"), ask),
        Column(_("Mulai ditanyakan"), lambda one: date(one.on)),
        Column(_("Keadaan"), lambda one: Tag(_("Terlambat"), "bad") if one.late else Tag(_("Bulan ini"), "warn")),
    ]
    context = {
        "tabs": frame.tabs("due"),
        "table": table(_("Hasil yang perlu ditanyakan"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang perlu ditanyakan"), _("Hasil ditanyakan 3, 6, dan 12 bulan sesudah pelatihan selesai.")),
    }
    return frame.office_page(request, "officer/list.html", context, title=_("Hasil ditanyakan"), crumbs=frame.above())
