"""All registers in sight."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.outreach.queries import registers
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import REVIEWERS
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import Column, Empty, Link, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date


@door(*REVIEWERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = paged(request, registers.listing())
    day = today()
    columns = [
        Column(_("Daftar"), shown.link),
        Column(_("Jenis"), shown.kind_words),
        Column(_("Wilayah"), lambda one: shown.region_words(one.region_code)),
        Column(_("Keadaan"), shown.state_tag),
        Column(_("Orang"), lambda one: format_number(one.rows_kept) if one.rows_seen else NOTHING, number=True),
        Column(_("Ditolak"), lambda one: format_number(one.rows_refused) if one.rows_seen else NOTHING, number=True),
        Column(_("Tanggal data"), lambda one: date(one.snapshot_on)),
        Column(_("Disimpan sampai"), lambda one: shown.kept_words(one, day)),
    ]
    may = current().may(Can.IMPORT_REGISTER)
    way = Link(_("Tambah daftar"), reverse("movement:register_add")) if may else None
    text = _("Masukkan daftar dari Dinas Sosial, kelompok nelayan, pasar, atau desa.") if may else ""
    context = {
        "table": table(_("Daftar yang pernah masuk"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada daftar"), text, way),
        "way": way,
    }
    return frame.screen(
        request, "movement/registers/listing.html", context, title=_("Daftar orang"), here="registers", crumbs=frame.above()
    )
