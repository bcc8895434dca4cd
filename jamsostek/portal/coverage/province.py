"""A province: by every definition, as it was published, and its regencies as this registry knows them."""

from __future__ import annotations

from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES, REGENCIES, regencies_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage.published import Figure, counted_with, everything
from jamsostek.coverage.shares import WAYS, share, spread
from jamsostek.portal.coverage import charts, denominators, frame, goals, grid, home, own, provinces, words
from jamsostek.portal.screens import Column, Empty, Link, Table, Tile, page, status_tag, table
from jamsostek.portal.screens import words as said

BY_DEFINITION = (N_("Pengertian"), N_("Peserta aktif"), N_("Pembagi"), N_("Cakupan"), N_("Indonesia"))
OWN_CHARTS = ("arus", "berhenti", "pembayar", "kesenjangan")


@door(PUBLIC)
@require_safe
def province(request: HttpRequest, province: int) -> HttpResponse:
    """Everything about a province that may be told to everybody."""
    if province not in PROVINCES:
        raise Http404
    one, key = PROVINCES[province], home.chosen(request)
    counted_in = one.parent_before_2022 or province
    active = regency_counts(province)
    names = (f"provinsi-{counted_in}", *(f"{name}-{province}" for name in OWN_CHARTS))
    drawings = {one.name: one for one in charts.several(*names)}
    context = {
        "province": one,
        "tiles": tiles(province, key),
        "papua": provinces.papua_words() if len(counted_with(province)) > 1 else "",
        "definitions": definitions(province),
        "denominators": denominators.side_by_side(province),
        "chart": drawings.get(f"provinsi-{counted_in}"),
        "regencies": grid.regencies(
            _("Peserta aktif per kabupaten dan kota"), province, active, regency_shares(active), assumed_words()
        ),
        "regency_table": regency_table(province, active),
        "assumed": assumed_words(),
        "known": any(active.values()),
        "empty": Empty(
            _("Belum ada angka kabupaten dan kota"),
            _(
                "Tidak ada deret terbitan per kabupaten dan kota yang ditemukan, dan daftar pemasangan ini belum mencatat "
                "cukup orang di sini."
            ),
        ),
        "moving": [found for name in OWN_CHARTS if (found := drawings.get(f"{name}-{province}"))],
        "figures": published(province),
        "goals": goals.shown(request, province),
        "brief": f"{request.path}ringkasan.pdf",
    }
    return page(
        request,
        "coverage/province.html",
        context,
        title=_("Cakupan di {name}").format(name=one.name),
        crumbs=frame.above(),
        charts=True,
    )


def tiles(code: int, key: str) -> list[Tile]:
    """The province by the definition chosen, its rank, and the range."""
    found, reach = share(key, code), spread(code)
    if found is None or reach is None:
        return [Tile(_("Cakupan"), said.NOTHING, _("tidak ada angka menurut pengertian ini"))]
    better = sum(other.percent > found.percent for one in PROVINCES if (other := share(key, one)) and counted_with(one)[0] == one)
    ranked = sum(1 for one in PROVINCES if share(key, one) and counted_with(one)[0] == one)
    return [
        Tile(
            _("Cakupan: {definition}").format(definition=_(WAYS[key].title).lower()),
            words.percent(found.percent),
            "S06 · C09" if key == "kantor" else "S06",
        ),
        Tile(_("Peringkat"), _("{rank} dari {all}").format(rank=better + 1, all=ranked), _("wilayah yang dihitung")),
        Tile(_("Peserta aktif"), format_number(found.active), "2025" if key != "kantor" else _("Desember 2023")),
        Tile(
            _("Rentang"),
            f"{words.decimal(reach[0])}–{words.percent(reach[1])}",
            _("menurut tahun dan pembagi, bukan selang kepercayaan"),
        ),
    ]


def definitions(code: int) -> Table:
    """The province by every definition."""
    columns = [Column(_(head), itemgetter(at), number=at > 0) for at, head in enumerate(BY_DEFINITION)]
    return table(_("Menurut setiap pengertian"), columns, by_definition(code))


def by_definition(code: int) -> list[tuple[str, ...]]:
    """Lines of the province, each with the nation's share beside it."""
    return [(_(one.title), *words.share(share(key, code)), words.share(share(key))[2]) for key, one in WAYS.items()]


def regency_counts(code: int) -> dict[int, int | None]:
    """Active members of this registry by regency, None where none or too few to tell."""
    at = own.now()
    lines = own.told((at.month,), ("active",), ("regency",), province=(code,)) if at else []
    told = {one["regency"]: one["active"] for one in lines}
    return {one.code: told.get(one.code) for one in regencies_of(code)}


def regency_shares(active: dict[int, int | None]) -> dict[int, str]:
    """What the counts are of the labour force that we assume there."""
    return {code: denominators.share_words(count, denominators.assumed(code)) for code, count in active.items() if count}


def assumed_words() -> str:
    """Of what the shares of regencies are."""
    return _(
        "Persen: dari angkatan kerja. Angkatan kerja per kabupaten dan kota adalah anggapan kami: angka provinsi (Sakernas "
        "Agustus 2025) dibagi menurut penduduk 2024."
    )


def regency_table(code: int, active: dict[int, int | None]) -> Table:
    """The regencies with what this registry and the press tell of them."""
    printed = {
        one.region: one for one in everything() if one.region in active and one.measure == "coverage" and one.segment == "all"
    }
    shares = regency_shares(active)
    columns = [
        Column(_("Kabupaten atau kota"), lambda one: REGENCIES[one].name),
        Column(
            _("Aktif di daftar ini"),
            lambda one: format_number(count) if (count := active[one]) is not None else said.NOTHING,
            number=True,
        ),
        Column(_("Angkatan kerja (anggapan)"), lambda one: format_number(denominators.assumed(one)), number=True),
        Column(_("Bagian"), lambda one: shares.get(one, said.NOTHING), number=True),
        Column(_("Cakupan yang pernah dicetak"), lambda one: _printed(printed.get(one)) if one in printed else said.NOTHING),
        Column(_("Dua halaman"), lambda one: _brief(one) if active[one] else said.NOTHING),
    ]
    return table(_("Kabupaten dan kota"), columns, active)


def _brief(regency: int) -> Link:
    return Link(_("Ringkasan (PDF)"), reverse("coverage:regency_brief", args=[regency]))


def _printed(one: Figure | None) -> str:
    return f"{words.value(one)} ({words.when(one)}, {one.source})" if one else said.NOTHING


def published(code: int) -> Table:
    """Every published figure about the province, the newest first."""
    told = [one for one in everything() if one.region == code and one.value is not None]
    told.sort(key=lambda one: one.as_of, reverse=True)
    columns = [
        Column(
            _("Apa"), lambda one: f"{words.measure(one)}, {words.segment(one)}" if one.segment != "all" else words.measure(one)
        ),
        Column(_("Kapan"), words.when),
        Column(_("Nilai"), words.value, number=True),
        Column(_("Dasar"), lambda one: _(words.BASES[one.basis]) if one.basis else said.NOTHING),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: one.source),
    ]
    return table(_("Semua angka terbitan"), columns, told)
