"""A province on two pages to print or send: the page of the province, without its buttons."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES, regencies_of
from jamsostek.core.text import _, language
from jamsostek.coverage.published import counted_with, figures
from jamsostek.coverage.shares import WORKERS
from jamsostek.messages.brief.draw import Brief, Grid, Picture, draw_brief_pdf
from jamsostek.portal.coverage import charts, nation, own, province, provinces, words
from jamsostek.portal.screens import Chart, today
from jamsostek.portal.screens import words as said

ROWS = 40
"""Regencies that fit; no province has more."""


@door(PUBLIC)
@require_safe
def brief(request: HttpRequest, province: int) -> HttpResponse:
    """The PDF, in the reader's language."""
    if province not in PROVINCES:
        raise Http404
    content = draw_brief_pdf(told(province, request.build_absolute_uri(request.path.removesuffix("ringkasan.pdf"))))
    name = f"jamsostek-{province}-{language()}.pdf"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


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
        first=[*_pictures(chart), definitions(code), published(code)],
        second_title=_("Daftar pemasangan ini"),
        second=[_own_now(code, at), _regencies(code), *_pictures(flows)],
        ends=[
            _("Rentang: terendah dan tertinggi dari peserta 2024 dan 2025, dibagi penduduk bekerja dan angkatan kerja."),
            _("Sumber") + ": " + nation.cited(["S06", "C09"]) + ".",
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


def published(code: int) -> Grid:
    """Work and wages of the province as printed."""
    wanted = [
        *(one for one in figures("labour", region=code) if one.as_of == "2025-08" and one.segment == "all"),
        *figures("wages", region=code),
    ]
    rows = [[words.measure(one), words.when(one), words.value(one), one.source] for one in wanted if one.value is not None]
    return Grid(_("Kerja dan upah"), [_("Apa"), _("Kapan"), _("Nilai"), _("Sumber")], rows)


def _own_now(code: int, at: own.Now | None) -> Grid:
    title = _("Orang yang tercatat")
    if at is None:
        return Grid(title, [_("Belum ada potret malam dari daftar ini.")], [])
    rows = [[text, said.month(at.month), persons] for text, persons in own.counts(at, province=(code,))]
    return Grid(title, [_("Apa"), _("Kapan"), _("Orang")], rows)


def _regencies(code: int) -> Grid:
    counts = province.regency_counts(code)
    rows = [[one.name, own.count(counts[one.code])] for one in regencies_of(code)[:ROWS]]
    return Grid(
        _("Peserta aktif per kabupaten dan kota"), [_("Kabupaten atau kota"), _("Aktif di daftar ini")], rows, halves=True
    )
