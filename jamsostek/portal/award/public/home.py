"""Where the award begins: editions of this installation, the archive, checking a certificate."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards import archive
from jamsostek.awards.choices import EDITION_STATES
from jamsostek.awards.edition import told
from jamsostek.awards.queries.editions import Standing, open_to_all
from jamsostek.core.text import _
from jamsostek.portal.award.frame import screen
from jamsostek.portal.award.public.archive import title_words
from jamsostek.portal.screens import Column, Empty, Link, Tag, table
from jamsostek.portal.screens.words import date


@door(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """All editions that were opened, the newest first."""
    columns = [
        Column(_("Edisi"), lambda one: Link(told(one.says.title), reverse("award:edition", args=[one.code]))),
        Column(_("Tahun yang dinilai"), lambda one: str(one.says.assessment_year)),
        Column(_("Penyerahan"), ceremony),
        Column(_("Keadaan"), lambda one: Tag(_(EDITION_STATES[one.state]), "good" if one.state == "open" else "plain")),
        Column(_("Sifat"), lambda one: Tag(_("rekaan"), "warn") if one.says.invented else _("sungguhan")),
    ]
    context = {
        "table": table(_("Edisi di sini"), columns, open_to_all()),
        "empty": Empty(_("Belum ada edisi yang dibuka"), _("Edisi tampak di sini sesudah panitia nasional membukanya.")),
        "winners": len(archive.winners()), "archive_title": title_words(),
    }  # fmt: skip
    return screen(request, "public/home.html", context, title=_("Penghargaan Paritrana"), here="award:home")


def ceremony(one: Standing) -> str:
    """The day of the ceremony."""
    return date(one.says.ceremony_on) if one.says.ceremony_on else _("belum ditetapkan")
