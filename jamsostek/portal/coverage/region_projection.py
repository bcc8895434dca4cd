"""Where a region's members are heading: this registry's own flows where it knows enough people, and the nation's step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES, regencies_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.coverage import nation_history, region_outlook
from jamsostek.coverage.denominators import DEFINITIONS, denominator
from jamsostek.coverage.forecast import Told
from jamsostek.coverage.nation_history import GROWTH
from jamsostek.coverage.published import counted_with
from jamsostek.coverage.region_outlook import Course, Trial, by_flows, like_nation
from jamsostek.coverage.starts import WORKERS_MONTH
from jamsostek.outreach.goals import WHOLE, GoalState
from jamsostek.outreach.queries import goals as region_goals
from jamsostek.portal.coverage import flow_tables, frame, own, provinces, words
from jamsostek.portal.coverage.projection import chance
from jamsostek.portal.screens import Column, Link, Table, Tile, export, page, table, url_of, with_query
from jamsostek.portal.screens import words as said
from jamsostek.portal.templatetags.words import regions_name

LEAST_SHARE = 0.01
"""Of a place's workers that a registry must have to be held against the place's targets: else it is not the place's registry."""
SHOWN_YEARS = (2026, 2027, 2028, 2029, 2030, 2035, 2040, 2045)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, region: int) -> HttpResponseBase:
    """A province or a regency; with `?bentuk=csv` or `xlsx` all years of both ways as a file."""
    if region not in PROVINCES and region not in REGENCIES:
        raise Http404
    flows, no_flows = _tried(lambda: by_flows(region))
    nation, no_nation = _tried(lambda: like_nation(region))
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return _file(request, region, [one for one in (flows, nation) if one])
    context = {
        "where": regions_name(region),
        "flows": _course(flows, region) if flows else None,
        "no_flows": no_flows,
        "way": _(region_outlook.WAYS[flows.trials[0].way]) if flows else "",
        "naive": bool(flows and flows.trials[0].way == "last"),
        "tests": _trials(flows) if flows else None,
        "nation": _course(nation, region) if nation else None,
        "no_nation": no_nation,
        "papua": provinces.papua_words() if region in PROVINCES and len(counted_with(region)) > 1 else "",
        "spread": region in REGENCIES,
        "rates": flow_tables.tables(region),
        "cliff": flow_tables.cliff(region),
        "how": flow_tables.how_words(),
        "small": own.small_words(),
        "regencies": _regencies(region) if region in PROVINCES else [],
        "plan": f"{url_of('coverage:planner')}?wilayah={region}",
        "csv": with_query(request, bentuk="csv"),
        "xlsx": with_query(request, bentuk="xlsx"),
    }
    crumbs = frame.above(Link(_("Ke mana arahnya"), url_of("coverage:projection")))
    title = _("Ke mana arahnya: {name}").format(name=regions_name(region))
    return page(request, "coverage/region_projection.html", context, title=title, crumbs=crumbs)


def _tried(build: Callable[[], Course]) -> tuple[Course | None, str]:
    """A course, or why there is none."""
    try:
        return build(), ""
    except InputError as error:
        return None, error.message


def _regencies(province: int) -> list[tuple[str, str]]:
    above = url_of("coverage:projection")
    return [(one.name, f"{above}{one.code}/") for one in regencies_of(province)]


def _course(found: Course, region: int) -> dict[str, Any]:
    """The tiles, years and targets of a course, for the template."""
    last, comparable = found.at(SHOWN_YEARS[-1]), found.active / found.told[0].most >= LEAST_SHARE
    tiles = [
        Tile(_("Titik berangkat"), format_number(found.active), _moment(found.since)),
        *(_tile(found.at(year), year) for year in (2030, 2045)),
    ]
    if comparable:
        likely = chance(last.chance(0.995 * last.most))
        tiles.append(Tile(_("Peluang 99,5 % pada 2045"), likely, _("dari orang yang bekerja"), tone="warn"))
    return {"tiles": tiles, "years": _years(found), "goals": _goals(found, region) if comparable else None}


def _moment(time: float) -> str:
    year, month = int(time), round((time - int(time)) * 12)
    return said.month(year * 100 + month) if month else _("Akhir {year}").format(year=year - 1)


def _range(one: Told) -> str:
    return f"{persons(one.low_80)}–{persons(one.high_80)}"


def persons(value: float) -> str:
    """An estimate of people, to three digits: no more is known."""
    digits = len(str(max(1, round(value))))
    return format_number(round(round(value), min(0, 3 - digits)))


def _tile(one: Told, year: int) -> Tile:
    return Tile(_("Akhir {year}").format(year=year), persons(one.middle), _("80 dari 100: {range}").format(range=_range(one)))


def _years(found: Course) -> Table:
    columns = [
        Column(_("Akhir tahun"), str),
        Column(_("Peserta aktif"), lambda year: persons(found.at(year).middle), number=True),
        Column(_("80 dari 100"), lambda year: _range(found.at(year)), number=True),
        Column(_("Orang bekerja"), lambda year: persons(found.at(year).most), number=True),
        Column(_("Bagian"), lambda year: words.percent(100 * found.at(year).middle / found.at(year).most), number=True),
    ]
    rows = [year for year in SHOWN_YEARS if any(round(one.time) == year + 1 for one in found.told)]
    return table(_("Perkiraan peserta aktif"), columns, rows)


@dataclass(frozen=True)
class _Goal:
    """A goal as people of this place: who set it, for which year, how many, and of how many."""

    what: str
    year: int
    persons: float


def _goals(found: Course, region: int) -> Table:
    """The region's own goals of coverage, and the nation's held alike here."""
    whole = nation_history.outlook()
    aims = [
        _Goal(
            _("Sasaran nasional {goal}: bagian yang sama di sini").format(goal=words.aim(aim)),
            aim.year, aim.of(whole.at(aim.year).most) / whole.at(aim.year).most * found.at(aim.year).most,
        )
        for aim in (nation_history.members_aim(), nation_history.share_aim())
        if any(round(one.time) == aim.year + 1 for one in found.told)
    ]  # fmt: skip
    aims += [one for one in _own_goals(region) if any(round(told.time) == one.year + 1 for told in found.told)]
    columns = [
        Column(_("Sasaran"), lambda one: one.what),
        Column(_("Akhir tahun"), lambda one: str(one.year)),
        Column(_("Orang"), lambda one: persons(one.persons), number=True),
        Column(_("Perkiraan"), lambda one: persons(found.at(one.year).middle), number=True),
        Column(_("Kurang"), lambda one: persons(max(0.0, one.persons - found.at(one.year).middle)), number=True),
        Column(_("Peluang"), lambda one: chance(found.at(one.year).chance(one.persons)), number=True),
    ]
    return table(_("Dibanding sasaran"), columns, sorted(aims, key=lambda one: one.year))


def _own_goals(region: int) -> list[_Goal]:
    """Coverage goals that the region set itself and confirmed, their denominators growing as the workers do."""
    found = []
    for row in region_goals.public().filter(region_code=region, kind="coverage", state=GoalState.CONFIRMED):
        base = denominator(region, WORKERS_MONTH, row.denominator)
        if base is None or base.persons is None:
            continue
        of = base.persons * (1 + GROWTH) ** (row.year - WORKERS_MONTH // 100)
        what = _("Sasaran daerah: {share} dari {base}").format(
            share=words.percent(row.target / 100, 2), base=said.inside(_(DEFINITIONS[row.denominator].title))
        )
        found.append(_Goal(_("{what} (contoh)").format(what=what) if row.invented else what, row.year, row.target / WHOLE * of))
    return found


def _trials(found: Course) -> Table:
    def error(ahead: int) -> Callable[[Trial], str]:
        return lambda one: words.percent(100 * one.by_months[ahead])

    best = found.trials[0]
    columns = [
        Column(_("Cara"), lambda one: _(region_outlook.WAYS[one.way])),
        *(
            Column(_("{months} bulan ({tries} kali)").format(months=ahead, tries=best.tries[ahead]), error(ahead), number=True)
            for ahead in best.by_months
        ),
        Column(_("Rata-rata"), lambda one: words.percent(100 * one.mean), number=True),
    ]
    return table(_("Galat mutlak rata-rata di tempat ini, dari yang terbaik"), columns, found.trials)


def _file(request: HttpRequest, region: int, courses: list[Course]) -> HttpResponseBase:
    headings = [
        _("Cara"), _("Akhir tahun"), _("Peserta aktif"), _("Paling sedikit (80 %)"), _("Paling banyak (80 %)"),
        _("Paling sedikit (95 %)"), _("Paling banyak (95 %)"), _("Orang bekerja"), _("Status"),
    ]  # fmt: skip
    rows = (
        [
            _(region_outlook.WAYS[found.trials[0].way]) if found.trials else _("Langkah Indonesia"), round(one.time) - 1,
            *(round(value) for value in (one.middle, one.low_80, one.high_80, one.low_95, one.high_95, one.most)), _("perkiraan"),
        ]
        for found in courses
        for one in found.told
    )  # fmt: skip
    return export(request, f"proyeksi-{region}", headings, rows)
