"""Where those who compete begin: their entries, editions that take nominations, and receipts."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.choices import EditionState
from jamsostek.awards.edition import told
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries.editions import Standing, standings
from jamsostek.core.text import _
from jamsostek.portal.award.entries import frame
from jamsostek.portal.award.frame import NOMINATORS
from jamsostek.portal.screens import Column, Empty, Link, Tag, table
from jamsostek.portal.screens.words import date


@door(*NOMINATORS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Entries of whoever looks, and what stands open."""
    now, mine = queries.database_now(), queries.own_entries()
    editions = {one.id: one for one in standings()}
    running = [one for one in editions.values() if one.state == EditionState.OPEN]
    runs = current().may(Can.RUN_AWARD)
    columns = [
        Column(_("Nama calon"), frame.entry_link),
        Column(_("Edisi"), lambda one: told(editions[one.edition_id].says.title)),
        Column(_("Kategori"), lambda one: frame.category_words(editions[one.edition_id], one.category)),
        Column(_("Tingkat"), frame.level_words),
        Column(_("Keadaan"), frame.state_tag),
    ]

    def ways(one: Standing) -> Tag | Link:
        if now < one.nominate_from:
            return Tag(_("Belum dibuka"), "plain")
        if now >= one.nominate_until:
            return Tag(_("Sudah ditutup"), "plain")
        return Link(_("Calonkan"), reverse("award_entries:nominate", args=[one.code]))

    open_columns = [
        Column(_("Edisi"), lambda one: told(one.says.title)),
        Column(_("Pencalonan dibuka"), lambda one: date(one.nominate_from)),
        Column(_("Batas pencalonan"), lambda one: frame.deadline_words(one.nominate_until, now)),
        Column(_("Batas bukti"), lambda one: frame.deadline_words(one.evidence_until, now)),
        Column(_("Pencalonan"), ways),
    ]
    if runs:
        open_columns.append(
            Column(_("Panitia"), lambda one: Link(_("Daftar calon"), reverse("award_committee:entries", args=[one.code])))
        )
    samples = [one for one in running if one.says.invented]
    context = {
        "about": _("Calonkan daerah, desa, atau perusahaan Anda, kirim buktinya, dan simpan tanda terimanya."),
        "sections": [
            (
                _("Pencalonan saya"), "", table(_("Pencalonan saya, yang terbaru di atas"), columns, mine),
                Empty(_("Belum ada pencalonan"), _("Pencalonan Anda tampak di sini, dengan bukti yang masih kurang.")),
            ),
            (
                _("Edisi yang berjalan"), "", table(_("Edisi dan batas waktunya, menurut jam server"), open_columns, running),
                Empty(_("Tidak ada edisi yang berjalan"), _("Edisi yang dibuka panitia tampak di sini.")),
            ),
        ],
        "ways": [Link(_("Periksa tanda terima"), reverse("award_entries:receipts"))],
    }  # fmt: skip
    return frame.shown(request, "page.html", context, title=_("Pencalonan Paritrana"), of=samples[0] if samples else None)
