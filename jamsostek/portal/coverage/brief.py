"""A province, or a regency, on two pages to print or send: what its page tells, without buttons."""

from __future__ import annotations

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.months import month_of
from jamsostek.core.regions import PROVINCES, REGENCIES, regencies_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _, language
from jamsostek.coverage.denominators import Denominator, denominators
from jamsostek.coverage.published import WHOLE, counted_with, everything, figures
from jamsostek.coverage.shares import WORKERS
from jamsostek.messages.brief.draw import Brief, Grid, Picture, draw_brief_pdf
from jamsostek.portal.coverage import charts, nation, own, province, provinces, words
from jamsostek.portal.coverage import denominators as of_how_many
from jamsostek.portal.screens import Chart, status_tag, today
from jamsostek.portal.screens import words as said
from jamsostek.portal.screens.charts import all_drawn

ROWS = 40
"""Regencies that fit; no province has more."""
MOST_PRINTED = 12
"""Published figures of a regency that fit."""


@door(PUBLIC)
@require_safe
def brief(request: HttpRequest, province: int) -> HttpResponse:
    """The PDF, in the reader's language."""
    if province not in PROVINCES:
        raise Http404
    return _pdf(told(province, request.build_absolute_uri(request.path.removesuffix("ringkasan.pdf"))), province)


@door(PUBLIC)
@require_safe
def regency_brief(request: HttpRequest, regency: int) -> HttpResponse:
    """The PDF of a regency that last night's count tells of."""
    at = own.now()
    if regency not in REGENCIES or at is None or not province.regency_counts(REGENCIES[regency].province_code)[regency]:
        raise Http404
    return _pdf(told_of_regency(regency, at, request.build_absolute_uri()), regency)


def _pdf(it: Brief, region: int) -> HttpResponse:
    name = f"jamsostek-{region}-{language()}.pdf"
    return HttpResponse(
        draw_brief_pdf(it), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def told(code: int, address: str) -> Brief:
    """What the two pages say of a province."""
    one, at, day = PROVINCES[code], own.now(), today()
    chart = charts.shown(f"provinsi-{one.parent_before_2022 or code}")
    flows = charts.shown(f"arus-{code}") if at else None
    return Brief(
        language=language(),
        title=_("Cakupan di {name}").format(name=one.name),
        subtitle=_("Ringkasan dua halaman, {day}").format(day=said.date(day)),
        made_on=day,
        tiles=[(tile.label, tile.figure, tile.note) for tile in province.tiles(code, WORKERS)],
        notes=[provinces.papua_words()] if len(counted_with(code)) > 1 else [],
        first=[*_pictures(chart), definitions(code), side_by_side(code), published(code)],
        second_title=_("Daftar pemasangan ini"),
        second=[_own_now(at, province=(code,)), _regencies(code), *_pictures(flows)],
        ends=[
            _("Rentang: terendah dan tertinggi dari peserta 2024 dan 2025, dibagi penduduk bekerja dan angkatan kerja."),
            _("Sumber") + ": " + nation.cited(["S06", "C09"]) + ".",
            _("Sel pemasangan ini bukan angka terbitan.") + " " + own.small_words(),
            _("Tautan tetap") + ": " + address,
        ],
    )


def told_of_regency(code: int, at: own.Now, address: str) -> Brief:
    """What the two pages say of a regency: nothing is published of most, so it is the registry's count over what is assumed."""
    one, day = REGENCIES[code], today()
    active = province.regency_counts(one.province_code)[code] or 0
    workers = of_how_many.assumed(code)
    moving = all_drawn([own.flows(at, f"arus-{code}", regency=(code,)), own.payers(at, f"pembayar-{code}", regency=(code,))])
    return Brief(
        language=language(),
        title=_("Cakupan di {name}").format(name=one.name),
        subtitle=_("Ringkasan dua halaman, {day}").format(day=said.date(day)),
        made_on=day,
        tiles=[
            (_("Peserta aktif"), format_number(active), said.month(at.month)),
            (_("Angkatan kerja (anggapan)"), format_number(workers), "S06"),
            (_("Bagian"), of_how_many.share_words(active, workers), _("daftar pemasangan ini")),
        ],
        notes=[province.assumed_words()],
        first=[side_by_side(code), *_printed(code), _own_now(at, regency=(code,))],
        second_title=_("Daftar pemasangan ini"),
        second=[found for chart in moving if chart.rows for found in _pictures(chart)],
        ends=[
            _("Sumber") + ": " + nation.cited(["S06"]) + ".",
            _("Sel pemasangan ini bukan angka terbitan.") + " " + own.small_words(),
            _("Tautan tetap") + ": " + address,
        ],
    )


def _pictures(chart: Chart | None) -> list[Picture]:
    return [Picture(chart.title, chart.wide_svg, chart.text, _source(chart))] if chart else []


def _source(chart: Chart) -> str:
    return f"{_('Sumber')}: {chart.source}. {chart.as_of}"


def definitions(code: int) -> Grid:
    """The province and the nation by every definition."""
    heads = [_(one) for one in province.BY_DEFINITION]
    return Grid(_("Menurut setiap pengertian"), heads, [[*line] for line in province.by_definition(code)])


def side_by_side(code: int) -> Grid:
    """Of how many: every denominator of a region, men and women beside all."""
    rows: dict[tuple[str, str], dict[str, Denominator]] = {}
    for one in denominators(code, month_of(today())):
        group = one.group if one.group in ("men", "women") else WHOLE
        key = _(one.title) if one.group in (WHOLE, "men", "women") else f"{_(one.title)}: {of_how_many.who(one)}"
        rows.setdefault((key, one.as_of), {})[group] = one
    lines = []
    for (title, as_of), found in rows.items():
        one = found.get(WHOLE) or next(iter(found.values()))
        counts = [of_how_many.persons(found[group]) if group in found else said.NOTHING for group in (WHOLE, "men", "women")]
        lines.append([title, *counts, words.moment(as_of), status_tag(one.status).text, one.source])
    heads = [_("Pembagi"), _("Semua"), _("Laki-laki"), _("Perempuan"), _("Kapan"), _("Status"), _("Sumber")]
    return Grid(_("Semua pembagi, berdampingan"), heads, lines)


def _printed(code: int) -> list[Grid]:
    """What was published of a regency, the newest first; nothing of most."""
    wanted = sorted((one for one in everything() if one.region == code and one.value is not None), key=lambda one: one.as_of)
    rows = [[words.measure(one), words.when(one), words.value(one), one.source] for one in reversed(wanted)]
    heads = [_("Apa"), _("Kapan"), _("Nilai"), _("Sumber")]
    return [Grid(_("Semua angka terbitan"), heads, rows[:MOST_PRINTED])] if rows else []


def published(code: int) -> Grid:
    """Work and wages of the province as printed."""
    wanted = [
        *(one for one in figures("labour", region=code) if one.as_of == "2025-08" and one.segment == "all"),
        *figures("wages", region=code),
    ]
    rows = [[words.measure(one), words.when(one), words.value(one), one.source] for one in wanted if one.value is not None]
    return Grid(_("Kerja dan upah"), [_("Apa"), _("Kapan"), _("Nilai"), _("Sumber")], rows)


def _own_now(at: own.Now | None, **where: Collection[int | str]) -> Grid:
    title = _("Orang yang tercatat")
    counts = own.counts(at, **where) if at else []
    if not at or not counts:
        return Grid(title, [_("Belum ada potret malam dari daftar ini.")], [])
    rows = [[text, said.month(at.month), persons] for text, persons in counts]
    return Grid(title, [_("Apa"), _("Kapan"), _("Orang")], rows)


def _regencies(code: int) -> Grid:
    counts = province.regency_counts(code)
    rows = [[one.name, own.count(counts[one.code])] for one in regencies_of(code)[:ROWS]]
    return Grid(
        _("Peserta aktif per kabupaten dan kota"), [_("Kabupaten atau kota"), _("Aktif di daftar ini")], rows, halves=True
    )
