"""People of the region who are covered, by segment and sex, by regency or village; with a file of the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.regions import REGENCIES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.officer.frame import region_names
from jamsostek.portal.officer.shown import SEGMENTS
from jamsostek.portal.region.frame import VIEWERS, crumbs, regencies_of, tabs
from jamsostek.portal.screens import Column, Empty, Link, Tile, export, page, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training import results as training
from jamsostek.registry.choices import TITLES, Sex
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.counts import Covered


@door(*VIEWERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The figures of this month; a region of several regencies by regency, a single one by village."""
    month, mine = month_of(today()), regencies_of(request)
    by_village = len(mine) == 1
    counted = counts.figures_here(month, by_village=by_village, now=timezone.now())
    found = counted.covered
    context = {
        "region": region_names(current()),
        "month": month,
        "tabs": tabs("home"),
        "tiles": _tiles(found, counted.ending, month),
        "counted": counted.at,
        "segments": _by_segment(found),
        "places": _by_place(request, found, mine, by_village),
        "empty": Empty(
            _("Belum ada yang terlindungi"), _("Angka tampak begitu ada orang di wilayah ini yang iurannya tercatat.")
        ),
        "file": reverse("region:figures"),
    }
    return page(request, "region/home.html", context, title=_("Wilayah"))


def _total(found: Sequence[Covered], keep: Callable[[Covered], bool]) -> int:
    return sum(one.persons for one in found if keep(one))


def _tiles(found: Sequence[Covered], ending: int, month: int) -> list[Tile]:
    everyone = _total(found, lambda one: one.segment is None)
    sponsored = _total(found, lambda one: one.segment == "bpu_sponsored")
    return [
        Tile(_("Orang terlindungi"), format_number(everyone), month_words(month), tone="good"),
        Tile(_("Perempuan"), format_number(_total(found, lambda one: one.segment is None and one.sex == Sex.FEMALE))),
        Tile(_("Iurannya dibayarkan"), format_number(sponsored), url=reverse("region:workers")),
        Tile(
            _("Segera berakhir"), format_number(ending), _("bulan ini atau bulan depan"), reverse("region:sponsors"),
            "warn" if ending else "good",
        ),
        training.tile(),
    ]  # fmt: skip


def _columns(first: str, show: Callable[[str], object]) -> list[Column]:
    """A place or a segment with men, women and both."""

    def figure(sex: str | None) -> Callable[[tuple[str, list[Covered]]], str]:
        return lambda row: format_number(sum(one.persons for one in row[1] if sex is None or one.sex == sex))

    return [
        Column(first, lambda row: show(row[0])),
        Column(_(TITLES[Sex][Sex.MALE]), figure(Sex.MALE), number=True),
        Column(_(TITLES[Sex][Sex.FEMALE]), figure(Sex.FEMALE), number=True),
        Column(_("Jumlah"), figure(None), number=True),
    ]


def _by_segment(found: Sequence[Covered]) -> Table | None:
    rows = [(name, [one for one in found if one.segment == name]) for name in SEGMENTS]
    rows = [row for row in rows if row[1]]
    return table(_("Menurut cara terlindungi"), _columns(_("Cara"), lambda name: _(SEGMENTS[name])), rows) if rows else None


def _by_place(request: HttpRequest, found: Sequence[Covered], mine: Sequence[int], by_village: bool) -> Table | None:
    whole = [one for one in found if one.segment is None]
    if by_village:
        rows = _villages(whole, mine[0])
        return table(_("Menurut desa"), _columns(_("Desa"), lambda name: name), rows) if rows else None
    rows = [(str(code), [one for one in whole if one.regency_code == code]) for code in mine]

    def link(code: str) -> Link:
        return Link(regions_name(int(code)), reverse("region:regency", args=[int(code)]))

    return table(_("Menurut kabupaten atau kota"), _columns(_("Kabupaten atau kota"), link), rows) if rows else None


def _villages(whole: Sequence[Covered], regency: int) -> list[tuple[str, list[Covered]]]:
    """All villages of the map, those without anybody too: an empty village is news."""
    names: dict[int | None, str] = dict(counts.villages(regency).items())
    by_code: dict[int | None, list[Covered]] = {code: [] for code in names}
    for one in whole:
        by_code.setdefault(one.village_code, []).append(one)
    told: dict[int | None, str] = {None: _("Desa tidak diketahui")}
    rows = [(names.get(code) or told.get(code) or str(code), ones) for code, ones in by_code.items()]
    return sorted(rows, key=lambda row: (-sum(one.persons for one in row[1]), row[0]))


@door(*VIEWERS)
@require_safe
def regency(request: HttpRequest, code: int) -> HttpResponse:
    """One regency of a province, by village."""
    if code not in regencies_of(request):
        raise Http404
    counted = counts.figures_here(month_of(today()), by_village=True, now=timezone.now())
    found = [one for one in counted.covered if one.regency_code == code]
    context = {
        "region": regions_name(code),
        "month": month_of(today()),
        "tiles": [],
        "counted": counted.at,
        "segments": _by_segment(found),
        "places": _by_place(request, found, [code], True),
        "empty": Empty(_("Belum ada yang terlindungi"), ""),
        "file": f"{reverse('region:figures')}?wilayah={code}",
    }
    return page(request, "region/home.html", context, title=REGENCIES[code].name, crumbs=crumbs())


@door(*VIEWERS)
@require_safe
def figures(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a file: place, segment, sex, persons. No person stands in it."""
    mine, month = regencies_of(request), month_of(today())
    asked = request.GET.get("wilayah", "")
    only = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    counted = counts.figures_here(month, by_village=only is not None or len(mine) == 1, now=timezone.now())
    found = [one for one in counted.covered if only in (None, one.regency_code)]
    names = counts.places(one.village_code for one in found if one.village_code)
    headings = [_("Bulan"), _("Kode wilayah"), _("Wilayah"), _("Kode desa"), _("Desa"), _("Cara"), _("Jenis kelamin"), _("Orang")]
    rows = (
        [
            month, one.regency_code, regions_name(one.regency_code), one.village_code, names.get(one.village_code or 0, ""),
            _(SEGMENTS[one.segment]) if one.segment else _("Semua"), _(TITLES[Sex][one.sex]), one.persons,
        ]
        for one in found
    )  # fmt: skip
    return export(request, f"{_('terlindungi')}-{month}", headings, rows)
