"""The proof of the books: what is checked, what the last check found, and asking for another."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.ledger import checks
from jamsostek.ledger.checks import Checked, Finding
from jamsostek.ledger.jobs import check_books
from jamsostek.portal.books.frame import READERS, screen
from jamsostek.portal.screens import Column, Fact, Tag, done, table
from jamsostek.portal.screens.words import moment
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The newest check and its findings."""
    checked = checks.last_check()
    columns = [Column(_("Pemeriksaan"), lambda one: one.title), Column(_("Temuan"), _said)]
    context = {
        "facts": _facts(checked),
        "names": checks.names(),
        "table": table(_("Temuan"), columns, checked.findings) if checked and checked.findings else None,
    }
    return screen(request, "check.html", context, title=_("Pemeriksaan pembukuan"), here="check")


def _said(one: Finding) -> str:
    return one.said(month_words)


def _facts(checked: Checked | None) -> list[Fact]:
    if checked is None:
        return [Fact(_("Hasil"), Tag(_("Belum pernah diperiksa di sini"), "warn"))]
    count = _("{count} temuan").format(count=format_number(len(checked.findings)))
    return [
        Fact(_("Hasil"), Tag(count, "bad") if checked.findings else Tag(_("Semuanya cocok"), "good")),
        Fact(_("Kapan"), moment(checked.at)),
        Fact(_("Diminta oleh"), checked.by or _("Sistem")),
        Fact(_("Baris yang diperiksa"), format_number(checked.rows)),
    ]


@door(*READERS)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Has the whole books checked by a job: it may take minutes, and one at a time is enough."""
    try:
        with transaction.atomic():  # the refusal of a second one ends no more than this
            check_books.defer(asked_by=request.user.pk or 0)
    except AlreadyEnqueued:
        return done(request, "books:check", _("Pemeriksaan sudah diminta; hasilnya tampak di sini sesudah selesai."))
    return done(request, "books:check", _("Pemeriksaan berjalan. Muat ulang halaman ini sebentar lagi untuk melihat hasilnya."))
