"""The page a region's head reads once a month: where we are, what changed, where to go, money left, letters ready to sign."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.outreach.goals import GoalState
from jamsostek.outreach.queries import goals
from jamsostek.outreach.queries.course import course
from jamsostek.outreach.queries.goals import Progress
from jamsostek.outreach.queries.half_figures import one_told
from jamsostek.outreach.queries.monthly import VISITED_FIRMS, VISITED_VILLAGES, Monthly, monthly
from jamsostek.portal.screens import Chart, Column, Empty, Link, chart_csv, export, table, today
from jamsostek.portal.screens.charts import all_drawn
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.strategy import frame, goal_words, month_letters, month_paper
from jamsostek.portal.strategy import month_words as said
from jamsostek.portal.strategy.frame import PLANNERS, SEERS
from jamsostek.portal.strategy.month_charts import CHARTS
from jamsostek.portal.strategy.plans import as_pdf
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries.counts import places

FIRST = 201507
"""Nothing of before is told: the programmes as they are began in July 2015."""


@door(*PLANNERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The page of who has one region; a list for who has more."""
    mine = frame.mine()
    if len(mine) == 1:
        return _page(request, mine[0])
    columns = [Column(_("Daerah"), lambda code: Link(regions_name(code), reverse("strategy:month", args=[code])))]
    context = {"tables": [table(_("Daerah Anda"), columns, mine)] if mine else []}
    return frame.screen(request, "thing.html", context, title=_("Halaman bulanan"), crumbs=frame.above(request))


@door(*SEERS)
@require_safe
def show(request: HttpRequest, region: int) -> HttpResponseBase:
    """One region's month, this one or `?bulan=202610`."""
    return _page(request, frame.seen(region))


def month_asked(request: HttpRequest) -> int:
    """The month of the address; this one where it is missing, nonsense or to come."""
    now, asked = month_of(today()), request.GET.get("bulan", "")
    month = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 6 else now
    return month if FIRST <= month <= now and 1 <= month % 100 <= 12 else now


def told(request: HttpRequest, region: int) -> Monthly:
    """The figures the address asks for. Raises `Refused`."""
    return monthly(region, month_asked(request), today=today(), now=timezone.now())


def _page(request: HttpRequest, region: int) -> HttpResponse:
    found = told(request, region)
    now, here = month_of(today()), reverse("strategy:month", args=[region])
    names = places(one.code for one in found.places[:VISITED_VILLAGES])
    query, aims = f"?bulan={found.month}", _goals(region, found.month)
    drawings = {one.name: one for one in all_drawn(_charts(region, found.month))}
    before = add_months(found.month, -1)
    steps = [(before, "←")] if before >= FIRST else []
    steps += [(add_months(found.month, 1), "→")] if found.month < now else []
    context = {
        "region": regions_name(region),
        "found": found,
        "parts": frame.tabs(region, "month"),
        "steps": [(f"{here}?bulan={month}", month_words(month), arrow) for month, arrow in steps],
        "link": f"{here}{query}",
        "tiles": said.tiles(found),
        "of_whom": said.of_whom(region, found.month, found.count("now")),
        "segments": said.segments(found),
        "drawings": drawings,
        "changes": said.changes(found),
        "villages": said.villages(found, names, query),
        "firms": said.firms(found, query),
        "money": said.money(found),
        "goals": goal_words.of_region(_("Sasaran daerah"), aims),
        "goals_page": reverse("strategy:goals", args=[region]),
        "cliff": said.cliff(found),
        "past": found.money is None,
        "more_villages": max(len(found.places) - VISITED_VILLAGES, 0),
        "more_firms": max(len(found.firms) - VISITED_FIRMS, 0),
        "brief": reverse("strategy:month_paper", args=[region]) + query,
        "villages_file": reverse("strategy:month_villages", args=[region]) + query,
        "firms_file": reverse("strategy:month_firms", args=[region]) + query,
        "empty": Empty(
            _("Belum ada yang tercatat"),
            _("Halaman ini terisi begitu ada peserta, program, atau perusahaan di daerah ini."),
            Link(_("Buka program perlindungan"), reverse("programmes:home")),
        ) if found.empty and not aims else None,
    }  # fmt: skip
    return frame.screen(
        request, "month.html", context, title=_("Halaman bulanan"), crumbs=frame.above(request, region), charts=True
    )


def _charts(region: int, month: int) -> list[Chart]:
    """The page's charts, undrawn; none before a night was counted."""
    found = course(region, month)
    made = [build(region, month, found) for build in CHARTS.values()] if found else []
    return [one for one in made if one.rows]


@door(*SEERS)
@require_safe
def chart_file(request: HttpRequest, region: int, name: str) -> HttpResponseBase:
    """The figures of a chart as a file."""
    one = next((one for one in _charts(frame.seen(region), month_asked(request)) if one.name == name), None)
    if one is None:
        raise Http404
    return chart_csv(request, one)


def _goals(region: int, month: int) -> list[Progress]:
    """Goals of the region that hold and had begun by the month."""
    rows = goals.here(region).filter(state=GoalState.CONFIRMED, start_month__lte=month)
    return goals.progress(rows, month)


@door(*SEERS)
@require_safe
def villages_file(request: HttpRequest, region: int) -> HttpResponseBase:
    """The villages to visit as a file."""
    found = told(request, frame.seen(region))
    rows = found.places[:VISITED_VILLAGES]
    names = places(one.code for one in rows)
    headings = [
        _("Urutan"), _("Kode desa"), _("Desa"), _("Ditemukan belum terlindungi"), _("Segera berakhir"), _("Terlindungi"),
        _("Sebulan sebelumnya"), _("Alasan"),
    ]  # fmt: skip
    lines = (
        [
            at, one.code, names.get(one.code, str(one.code)), one_told(one.found), one_told(one.ending), one_told(one.now),
            one_told(one.before), said.village_reason(one),
        ]
        for at, one in enumerate(rows, 1)
    )  # fmt: skip
    return export(request, f"{_('desa-didatangi')}-{region}-{found.month}", headings, lines)


@door(*SEERS)
@require_safe
def firms_file(request: HttpRequest, region: int) -> HttpResponseBase:
    """The firms to visit as a file. Firms are no persons; that the list was taken is kept."""
    found = told(request, frame.seen(region))
    audit.record("export", "employer", None, fields=("name", "npp"), reason="daftar perusahaan yang didatangi kepala daerah")
    headings = [
        _("Urutan"), _("NPP"), _("Perusahaan"), _("Wilayah"), _("Pekerja terdaftar"), _("Bulan terlama"), _("Tagihan"),
        _("Pekerja belum terdaftar"), _("Alasan"),
    ]  # fmt: skip
    lines = (
        [
            at, one.npp, one.name, regions_name(one.regency_code), one.workers, one.months, one.bills, one.unregistered,
            said.firm_reason(one),
        ]
        for at, one in enumerate(found.firms[:VISITED_FIRMS], 1)
    )  # fmt: skip
    return export(request, f"{_('perusahaan-didatangi')}-{region}-{found.month}", headings, lines)


# --- paper ------------------------------------------------------------------------------------------------------------------


@door(*SEERS)
@require_safe
def paper(request: HttpRequest, region: int) -> HttpResponse:
    """The page on one sheet of A4."""
    found = told(request, frame.seen(region))
    names = places(one.code for one in found.places[:VISITED_VILLAGES])
    return as_pdf(month_paper.brief(found, names), f"bulanan-{region}-{found.month}.pdf")


@door(*SEERS)
@require_safe
def village_letter(request: HttpRequest, region: int, village: int) -> HttpResponse:
    """A letter to the head of a village on the list."""
    found = told(request, frame.seen(region))
    one = next((one for one in found.places if one.code == village), None)
    if one is None:
        raise Http404
    name = places([village]).get(village, str(village))
    return as_pdf(month_letters.to_village(found, one, name), f"surat-desa-{village}-{found.month}.pdf")


@door(*SEERS)
@require_safe
def firm_letter(request: HttpRequest, region: int, npp: str) -> HttpResponse:
    """A letter to a firm on the list; that it was made is kept."""
    found = told(request, frame.seen(region))
    one = next((one for one in found.firms if one.npp == npp), None)
    if one is None:
        raise Http404
    audit.record("export", "employer", None, fields=("name", "npp"), reason="surat kepala daerah kepada perusahaan")
    return as_pdf(month_letters.to_firm(found, one), f"surat-perusahaan-{npp}-{found.month}.pdf")
