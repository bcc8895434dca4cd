"""A programme's page: money, people, sources, villages, from who was proposed to who is covered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number, format_rupiah, format_share
from jamsostek.core.text import N_, _
from jamsostek.outreach.models import Programme
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.judging import programme_of
from jamsostek.outreach.queries.programmes import BY_HAND, Shown, VillageFigures
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import READERS, Section
from jamsostek.portal.programmes.home import waiting
from jamsostek.portal.programmes.making import asks_facts
from jamsostek.portal.programmes.rules import SAMPLE
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tile, export, paged, sorting, table
from jamsostek.portal.screens.words import date
from jamsostek.registry.queries.sponsors import sponsors_within

INVENTED = N_("Program ini contoh yang dikarang untuk peragaan.")


@door(*READERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """One programme."""
    programme = frame.programme_of(number)
    (figures,) = queries.shown([programme])
    waits = waiting(figures)
    context = {
        "about": _("{region}, tahun {year}").format(region=frame.region_words(programme.region_code), year=programme.year),
        "tag": frame.programme_tag(programme),
        "sample": _(INVENTED) if programme.invented else _(SAMPLE) if programme.rule.sample else "",
        "tabs": frame.programme_tabs(programme, "programme"),
        "ways": _ways(programme),
        "sections": [
            Section(tiles=tiles(figures), facts=money_facts(figures)),
            *([Section(_("Yang menunggu Anda"), links=waits)] if waits else []),
            _funnel(programme),
            _refused(programme),
            Section(
                table=_intakes(programme),
                empty=Empty(
                    _("Belum ada daftar yang diambil"), _("Ambil daftar yang sudah dipadankan; tiap orang lalu dinilai.")
                ),
            ),
            Section(_("Angka tiap desa"), links=[Link(_("Lihat angka tiap desa"), frame.at(programme, "villages"))]),
            Section(_("Tentang program"), facts=_facts(programme)),
        ],
    }
    return frame.screen(request, context, title=programme.title, crumbs=frame.above())


def tiles(one: Shown) -> list[Tile]:
    """People."""
    row, people = one.row, one.people
    waits = frame.at(row, "waiting")
    calon = frame.at(row, "candidates")
    return [
        Tile(_("Diusulkan"), format_number(people.get("proposed", 0)), url=f"{calon}?keadaan=proposed"),
        Tile(_("Didanai"), format_number(people.get("funded", 0)), _("belum terlindungi"), f"{calon}?keadaan=funded"),
        Tile(_("Menunggu dana"), format_number(people.get("waiting", 0)), url=waits, tone="warn"),
        Tile(_("Terlindungi"), format_number(people.get("enrolled", 0)), url=f"{calon}?keadaan=enrolled", tone="good"),
        Tile(_("Berhenti"), format_number(people.get("lapsed", 0)), url=f"{calon}?keadaan=lapsed"),
    ]


def money_facts(one: Shown) -> list[Fact]:
    """Money; amounts of many digits need a line of their own."""
    return [
        Fact(_("Seluruh dana"), Link(format_rupiah(one.rupiah), frame.at(one.row, "money"))),
        Fact(_("Terpakai"), format_rupiah(one.spent_rupiah)),
        Fact(_("Sisa dana"), format_rupiah(one.left_rupiah)),
    ]


def _ways(programme: Programme) -> list[Link]:
    """What may be done with it now."""
    region, found = programme.region_code, []
    if frame.plans(region) and programme.state != "closed":
        found += [
            Link(_("Ambil calon dari daftar"), frame.at(programme, "take")),
            Link(_("Sumber dana"), frame.at(programme, "sources")),
            Link(_("Kuota desa"), frame.at(programme, "quotas")),
            Link(_("Ganti aturan prioritas"), frame.at(programme, "use_rule")),
        ]  # fmt: skip
    if frame.decides(region) and programme.state == "draft":
        found.append(Link(_("Buka program"), frame.at(programme, "open")))
    if frame.decides(region) and programme.state == "open":
        found.append(Link(_("Tutup program"), frame.at(programme, "close")))
    return found


def _funnel(programme: Programme) -> Section:
    stages = queries.funnel(programme)
    words = {
        "": _("Dinilai dari daftar"), "proposed": _("Diusulkan"), "verified": _("Disahkan"), "funded": _("Didanai"),
        "enrolled": _("Terlindungi"),
    }  # fmt: skip
    whole = stages[0].people
    columns = [
        Column(_("Langkah"), lambda one: words[one.state]),
        frame.count_column(_("Orang yang pernah sampai"), lambda one: one.people),
        Column(_("Bagian"), lambda one: format_share(one.people, whole), number=True),
    ]
    return Section(_("Dari daftar sampai terlindungi"), table=table(_("Langkah demi langkah"), columns, stages))


def _refused(programme: Programme) -> Section:
    rows = queries.refusals(programme)
    if not rows:
        return Section()
    at = frame.at(programme, "candidates")

    def why(row: tuple[str, int]) -> Link:
        text = _("Alasan yang ditulis petugas") if row[0] == BY_HAND else _(frame.CONDITIONS[row[0]].refusal)
        return Link(text, f"{at}?keadaan=refused&sebab={row[0]}")

    columns = [Column(_("Alasan"), why), frame.count_column(_("Orang"), lambda row: row[1])]
    text = _("Seorang dapat ditolak karena beberapa syarat; ia dihitung pada masing-masing.")
    return Section(_("Mengapa ditolak"), text, table=table(_("Alasan penolakan"), columns, rows))


def _intakes(programme: Programme) -> Any:
    rows = queries.intakes(programme)
    columns = [
        Column(_("Daftar"), lambda one: Link(one.register.title, reverse("programmes:intake", args=[one.pk]))),
        Column(_("Data per"), lambda one: date(one.register.snapshot_on)),
        frame.count_column(_("Orang"), lambda one: one.people),
        frame.count_column(_("Diusulkan"), lambda one: one.counts.get("proposed", 0)),
        frame.count_column(_("Ditolak"), lambda one: one.counts.get("refused", 0)),
    ]
    return table(_("Daftar yang diambil"), columns, rows) if rows else None


def _facts(programme: Programme) -> list[Fact]:
    names = {one.id: one.name for one in sponsors_within(programme.region_code)}
    facts = [
        Fact(_("Pembayar iuran"), names.get(programme.sponsor_id, "–")),
        Fact(_("Aturan prioritas"), frame.rule_link(programme.rule)),
        Fact(_("Perlindungan"), frame.package_words(programme.programmes)),
        Fact(_("Penghasilan yang dianggap sebulan"), format_rupiah(programme.income_rupiah)),
        *asks_facts(programme_of(programme)),
        Fact(_("Dibuat"), f"{date(programme.made_at)}, {name_of(programme.made_by)}"),
    ]
    if programme.opened_on:
        facts.append(Fact(_("Dibuka"), f"{date(programme.opened_on)}, {name_of(programme.opened_by)}"))
    return facts


# --- villages ----------------------------------------------------------------------------------------------------------------


def _columns(programme: Programme) -> list[Column]:
    names = frame.village_names(programme.region_code)
    at = frame.at(programme, "candidates")

    def place(one: VillageFigures) -> Link:
        return Link(frame.village_words(one.code, names), f"{at}?desa={one.code}")

    def quota(one: VillageFigures) -> str:
        return "–" if one.quota is None else format_number(one.quota)

    return [
        Column(_("Desa"), place, "desa"),
        Column(_("Kuota"), quota, "kuota", number=True),
        frame.count_column(_("Diusulkan"), lambda one: one.count("proposed"), "diajukan"),
        frame.count_column(_("Disahkan"), lambda one: one.count("verified"), "disahkan"),
        frame.count_column(_("Menunggu dana"), lambda one: one.count("waiting"), "menunggu"),
        frame.count_column(_("Didanai"), lambda one: one.count("funded"), "didanai"),
        frame.count_column(_("Terlindungi"), lambda one: one.count("enrolled"), "terlindungi"),
        frame.count_column(_("Ditolak"), lambda one: one.count("refused"), "ditolak"),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), "rupiah", number=True),
    ]


_KEYS = {
    "kuota": lambda one: one.quota or 0, "diajukan": lambda one: one.count("proposed"),
    "disahkan": lambda one: one.count("verified"), "menunggu": lambda one: one.count("waiting"),
    "didanai": lambda one: one.count("funded"), "terlindungi": lambda one: one.count("enrolled"),
    "ditolak": lambda one: one.count("refused"), "rupiah": lambda one: one.rupiah,
}  # fmt: skip


def _sorted(rows: list[VillageFigures], order: str, programme: Programme) -> list[VillageFigures]:
    names = frame.village_names(programme.region_code)
    name = order.removeprefix("-")
    key: Any = _KEYS.get(name) or (lambda one: frame.village_words(one.code, names))
    return sorted(rows, key=key, reverse=order.startswith("-"))


@door(*READERS)
@require_safe
def villages(request: HttpRequest, number: int) -> HttpResponseBase:
    """Figures of each village."""
    programme = frame.programme_of(number)
    columns = _columns(programme)
    order = sorting(request, columns, "desa")
    found = paged(request, _sorted(queries.by_village(programme), order, programme))
    shown = table(_("Angka tiap desa"), columns, found.rows, request=request, sorted_by=order)
    context = {
        "tabs": frame.programme_tabs(programme, "programme"),
        "sections": [Section(table=shown, empty=Empty(_("Belum ada calon"), _("Ambil daftar lebih dahulu.")))],
        "paged": found,
        "export_url": f"{frame.at(programme, 'villages_file')}?urut={order}" if found.rows else "",
    }
    return frame.screen(request, context, title=_("Angka tiap desa"), crumbs=frame.above(frame.link(programme)))


@door(*READERS)
@require_safe
def villages_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The same as a file."""
    programme = frame.programme_of(number)
    names, states = frame.village_names(programme.region_code), list(queries.STATES)
    audit.record("export", "programme", programme.pk, fields=("count",), reason="angka tiap desa")
    headings = [_("Kode desa"), _("Desa"), _("Kuota"), *(_(queries.STATES[one]) for one in states), _("Rupiah")]
    rows = (
        [
            one.code or None, frame.village_words(one.code, names), one.quota, *(one.count(state) for state in states), one.rupiah
        ]
        for one in _sorted(queries.by_village(programme), sorting(request, _columns(programme), "desa"), programme)
    )  # fmt: skip
    return export(request, f"{_('desa')}-{programme.number}", headings, rows)
