"""The first page: programmes by year, what waits for whom, and what comes first where there is none yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.programmes import Shown
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import READERS, Section
from jamsostek.portal.screens import Column, Empty, Fact, Link, Table, Tag, paged, table, url_of


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Programmes in sight."""
    found = paged(request, queries.programmes())
    shown = queries.shown(found.rows)
    plans = bool(frame.regions())
    waits = [link for one in shown for link in waiting(one)] + _rules_waiting()
    context = {
        "tabs": frame.tabs("home"),
        "ways": [Link(_("Buat program"), reverse("programmes:make"))] if plans and queries.rules().exists() else [],
        "sections": [
            Section(_("Yang menunggu Anda"), links=waits) if waits else Section(),
            Section(table=_table(shown), empty=Empty(_("Belum ada program"), _("Ikuti langkah-langkah di bawah ini."))),
            *([] if shown else [_first_steps()]),
        ],
        "paged": found,
    }
    return frame.screen(request, context, title=_("Program perlindungan pekerja rentan"), crumbs=frame.above()[:-1])


def waiting(one: Shown) -> list[Link]:
    """What of a programme waits for whoever looks."""
    region, row = one.row.region_code, one.row

    def link(text: str, count: int, name: str, query: str = "") -> Link:
        told = text.format(title=row.title, count=format_number(count))
        return Link(told, frame.at(row, name) + query)

    found = []
    if row.state == "draft" and frame.decides(region) and row.made_by != current().user_id and one.rupiah:
        found.append(link(_("{title}: buka program"), 0, "open"))
    if frame.plans(region) and row.state != "closed":
        if one.ready:
            found.append(link(_("{title}: sahkan {count} orang yang memenuhi semua syarat"), one.ready, "verify_all"))
        if one.people.get("verified") and row.state == "open":
            found.append(link(_("{title}: danai {count} orang yang disahkan"), one.people["verified"], "fund"))
        if one.unlisted and row.state == "open":
            found.append(link(_("{title}: siapkan lampiran bagi {count} orang"), one.unlisted, "decree_prepare"))
    if one.lists and frame.decides(region):
        found.append(link(_("{title}: setujui {count} lampiran"), one.lists, "decrees"))
    return found


def _rules_waiting() -> list[Link]:
    """Rules that whoever looks may adopt."""
    rows = queries.rules().filter(adopted_on=None)
    mine = [one for one in rows if frame.decides(one.region_code) and one.proposed_by != current().user_id]
    return [
        Link(_("Tetapkan aturan {name}").format(name=frame.rule_words(one)), reverse("programmes:rule", args=[one.pk]))
        for one in mine
    ]


def _table(shown: list[Shown]) -> Table:
    columns = [
        Column(_("Program"), lambda one: frame.link(one.row)),
        Column(_("Tahun"), lambda one: str(one.row.year), number=True),
        Column(_("Daerah"), lambda one: frame.region_words(one.row.region_code)),
        Column(_("Keadaan"), lambda one: frame.programme_tag(one.row)),
        Column(_("Seluruh dana"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sisa dana"), lambda one: format_rupiah(one.left_rupiah), number=True),
        frame.count_column(_("Diusulkan"), lambda one: one.people.get("proposed", 0)),
        frame.count_column(_("Menunggu dana"), lambda one: one.people.get("waiting", 0)),
        frame.count_column(_("Terlindungi"), lambda one: one.people.get("enrolled", 0)),
    ]
    return table(_("Program menurut tahun"), columns, shown)


def _first_steps() -> Section:
    """What comes before a programme, and which of it is done."""
    there, linked = queries.registers_there(frame.regions())
    adopted = queries.rules().exclude(adopted_on=None).exists()
    registers = url_of("movement:registers")

    def step(done: bool, text: str, url: str) -> tuple[Tag, Link | None]:
        return (Tag(_("Sudah"), "good") if done else Tag(_("Belum"), "warn"), Link(text, url) if url else None)

    steps = [
        (_("1. Masukkan daftar orang"), *step(there > 0, _("Buka daftar"), registers)),
        (_("2. Padankan daftar dengan peserta"), *step(linked > 0, _("Buka daftar"), registers)),
        (_("3. Tulis aturan prioritas"), *step(adopted, _("Tulis"), reverse("programmes:rules"))),
        (_("4. Buat program"), *step(False, _("Buat"), reverse("programmes:make"))),
    ]
    if not frame.regions():
        return Section(
            _("Yang lebih dahulu"), text=_("Pemerintah daerah memasukkan daftar, menulis aturan, dan membuat program.")
        )
    return Section(_("Yang lebih dahulu"), facts=[Fact(label, state, change) for label, state, change in steps])
