"""The public dashboard: who is protected of whom, against which target, where, and how that moves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES
from jamsostek.core.text import N_, _
from jamsostek.coverage.nation_history import members_aim, share_aim
from jamsostek.coverage.published import NATION, WHOLE
from jamsostek.coverage.shares import OFFICE, WAYS, WORKERS, Share, share, spread
from jamsostek.portal.coverage import charts, denominators, frame, grid, nation, own, provinces, words
from jamsostek.portal.screens import Column, Link, Tab, Table, Tile, page, sorting, table
from jamsostek.portal.screens import words as said

TREND, MOVING = ("peserta", "mandiri", "persen"), ("kesenjangan", "arus", "berhenti", "pembayar")
MORE = (
    ("coverage:history", N_("Masa lalu terbitan"), N_("Semua angka sejak 2016 dengan sumbernya, juga yang saling bertentangan.")),
    ("coverage:gaps", N_("Kesenjangan"), N_("Perempuan, penyandang disabilitas, umur, pekerjaan, tempat.")),
    ("coverage:projection", N_("Proyeksi"), N_("Ke mana arahnya sampai 2030 dan 2045, dengan rentang.")),
    ("coverage:planner", N_("Apa yang harus terjadi"), N_("Jalan termurah ke sebuah sasaran.")),
    ("coverage:lab", N_("Laboratorium kebijakan"), N_("Ubah satu ketentuan, lihat akibatnya.")),
    ("coverage:nation", N_("Negeri tiruan"), N_("Orang buatan yang dijumlahkan cocok dengan terbitan.")),
    ("coverage:data", N_("Data dan sumber"), N_("Unduh, kutip, sematkan.")),
)
"""Pages about coverage."""


@door(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Headline, trend, map and ranking by a definition, and the flows of this registry."""
    key = chosen(request)
    definition = WAYS[key]
    shares = {code: share(key, code) for code in PROVINCES}
    at = own.now()
    drawings = {one.name: one for one in charts.several(*TREND, f"peringkat-{key}", *MOVING)}
    context = {
        "lead": _lead(),
        "tiles": headline(),
        "own_tiles": own_tiles(at) if at else (),
        "own_day": at.as_of if at else None,
        "divisors": divisors(),
        "denominators": denominators.side_by_side(NATION),
        "trend": [drawings[name] for name in TREND],
        "tabs": [Tab(_(one.title), f"?dasar={one.key}#peta", one.key == key) for one in WAYS.values()],
        "definition": {"above": _(definition.above), "below": _(definition.below), "note": _(definition.note)},
        "map": grid.map_of(
            _("Cakupan per provinsi dalam persen"),
            {code: one.percent if one else None for code, one in shares.items()},
            f"?dasar={key}",
        ),
        "papua": provinces.papua_words(),
        "provinces": province_table(request, key),
        "ranking": drawings[f"peringkat-{key}"],
        "moving": [drawings[name] for name in MOVING if name in drawings],
        "more": [(reverse(name), _(title), _(text)) for name, title, text in MORE],
    }
    return page(
        request,
        "coverage/home.html",
        context,
        title=_("Seberapa dekat kita dengan setiap pekerja"),
        crumbs=frame.above()[:1],
        charts=True,
    )


def chosen(request: HttpRequest) -> str:
    """The definition asked for by `?dasar=`."""
    asked = request.GET.get("dasar", "")
    return asked if asked in WAYS else WORKERS


def _whole() -> Share:
    found = share(WORKERS)
    assert found is not None, "the published figures of the nation"
    return found


def _lead() -> str:
    one = _whole()
    return _(
        "Dari {eligible} orang yang bekerja, {active} terlindungi sebagai penerima upah atau pekerja mandiri: {share}."
    ).format(eligible=words.millions(one.eligible), active=words.millions(one.active), share=words.percent(one.percent))


def headline() -> list[Tile]:
    """The nation as it was published."""
    members = nation.known("members", "active", segment=WHOLE)[-1]
    universal, one = nation.known("universal", "coverage", segment=WHOLE)[-1], _whole()
    indicator = nation.known("targets", "UCJ coverage (regional indicator)")[-1]
    soon, late, reach = members_aim(), share_aim(), spread()
    assert reach is not None and members.value is not None and universal.value is not None, "the published figures of the nation"
    return [
        Tile(
            _("Peserta aktif, semua segmen"),
            words.millions(members.value),
            f"{words.moment(members.as_of)} · {members.source}",
            reverse("coverage:history"),
        ),
        Tile(
            _("Bagian dari penduduk bekerja"),
            words.percent(one.percent),
            _("{low} sampai {high} menurut tahun dan pembagi").format(low=words.percent(reach[0]), high=words.percent(reach[1])),
            "#pembagi",
        ),
        Tile(
            _("Indikator daerah (UCJ)"),
            words.percent(universal.value, 2),
            _("{moment}; sasaran {goal}").format(moment=words.moment(universal.as_of), goal=words.value(indicator)),
            "#persen",
            "warn",
        ),
        Tile(
            _("Sasaran {year}").format(year=soon.year),
            words.aim(soon),
            _("peserta aktif; {share} pekerja pada {year}").format(share=words.aim(late), year=late.year),
            "#peserta",
        ),
    ]


def own_tiles(at: own.Now) -> list[Tile]:
    """The registry of this installation, apart from the nation's."""
    return [Tile(title, persons, said.month(at.month)) for title, persons in own.counts(at)]


def divisors() -> Table:
    """The nation by every definition, side by side."""
    columns = [
        Column(_("Pengertian"), lambda one: _(one.title)),
        Column(_("Yang terlindungi"), lambda one: _(one.above)),
        Column(_("Dibagi"), lambda one: _(one.below)),
        Column(_("Cakupan"), lambda one: _nation(one.key), number=True),
    ]
    return table(_("Satu pertanyaan, lima pembagi"), columns, WAYS.values())


def _nation(key: str) -> str:
    found = share(key)
    return words.percent(found.percent) if found else _("tidak ada angka nasional")


def province_table(request: HttpRequest, key: str) -> Table:
    """The table under the map, sorted as asked."""
    columns = [
        Column(
            _("Provinsi"),
            lambda line: Link(line[0].name, f"{reverse('coverage:province', args=[line[0].code])}?dasar={key}"),
            sort="nama",
        ),
        Column(_("Peserta aktif"), lambda line: words.share(line[1])[0], sort="peserta", number=True),
        Column(_("Pembagi"), lambda line: words.share(line[1])[1], sort="pembagi", number=True),
        Column(_("Cakupan"), lambda line: words.share(line[1])[2], sort="cakupan", number=True),
    ]
    keys = {
        "nama": lambda line: line[0].name,
        "peserta": lambda line: line[1].active if line[1] else -1,
        "pembagi": lambda line: line[1].eligible if line[1] else -1,
        "cakupan": lambda line: line[1].percent if line[1] else -1,
    }
    order = sorting(request, columns, "-cakupan")
    lines = sorted(
        ((one, share(key, one.code)) for one in PROVINCES.values()),
        key=keys[order.removeprefix("-")],
        reverse=order.startswith("-"),
    )
    year = _("Desember 2023") if key == OFFICE else "2025"
    return table(_("Provinsi: peserta {year}").format(year=year), columns, lines, request=request, sorted_by=order)
