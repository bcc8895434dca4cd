"""Where members are going: the projection to 2030 and 2045, its bounds, and how well each way told the past."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cohorts, flows, forecast, nation_history
from jamsostek.coverage.forecast import WAY_TITLES, Score, Told
from jamsostek.coverage.nation_history import GROWTH, Outlook, outlook
from jamsostek.coverage.published import NATION, old_map
from jamsostek.coverage.region_outlook import Course, like_nation
from jamsostek.portal.coverage import flow_tables, frame, outlooks, provinces, words
from jamsostek.portal.screens import Column, Form, Link, ShareField, Table, Tile, export, page, table, url_of, with_query
from jamsostek.portal.screens import words as said
from jamsostek.portal.screens.charts import drawn

SHOWN_YEARS = (2025, 2026, 2027, 2028, 2029, 2030, 2035, 2040, 2045)
PART_YEARS = (2026, 2030)
AHEAD_MONTHS = 24


class ProjectionForm(Form):
    """What may be changed."""

    cara = forms.ChoiceField(
        label=N_("Cara memperkirakan"),
        choices=[("", N_("Yang paling tepat di masa lalu")), *WAY_TITLES.items()], required=False,
    )  # fmt: skip
    pertumbuhan = ShareField(
        label=N_("Pertumbuhan orang bekerja setahun (persen)"), help_text=N_("Anggapan; 2016 sampai 2025: 2,4 persen setahun."),
        min_value=-0.02, max_value=0.05, widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 5, "class": "w-4"}),
    )  # fmt: skip


@door(PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Answers stand in the address: `?cara=drift&pertumbuhan=1,5`; with `bentuk=csv` all years as a file."""
    form = ProjectionForm({"cara": "", "pertumbuhan": words.decimal(100 * GROWTH)} | request.GET.dict())
    good = form.is_valid()
    # Tenths of a per cent: what can be asked for, computed and drawn stays a few hundred things.
    told = outlook(way=form.cleaned_data["cara"], growth=round(float(form.cleaned_data["pertumbuhan"]), 3)) if good else outlook()
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return _file(request, told)
    context: dict[str, Any] = {
        "form": form,
        "tiles": _tiles(told),
        "way": _(WAY_TITLES[told.way]),
        "naive": told.way in forecast.NAIVE,
        "naive_best": outlook().best_is_naive,
        "chart": drawn(outlooks.projection(told)),
        "years": _years(told),
        "test": _test(told),
        "verdict": _verdict(told),
        "tries": _tries(told),
        "parts": _parts(told),
        "provinces": _provinces(),
        "papua": provinces.papua_words(),
        "own": _own_course(),
        "own_test": _own_test(),
        "rates": flow_tables.tables(NATION),
        "cliff": flow_tables.cliff(NATION),
        "how": flow_tables.how_words(),
        "csv": with_query(request, bentuk="csv"),
        "xlsx": with_query(request, bentuk="xlsx"),
    }
    return page(request, "coverage/projection.html", context, title=_("Ke mana arahnya"), crumbs=frame.above(), charts=True)


def _tiles(told: Outlook) -> list[Tile]:
    tiles = []
    for aim in (nation_history.members_aim(), nation_history.share_aim()):
        one = told.at(aim.year)
        tiles.append(
            Tile(
                _("Akhir {year}, sasaran {goal}").format(year=aim.year, goal=words.aim(aim)), words.millions(round(one.middle)),
                _("peluang tercapai {chance}").format(chance=chance(one.chance(aim.of(one.most)))), tone="warn",
            )
        )  # fmt: skip
    one = told.at(2030)
    note = _("{low} sampai {high}").format(low=words.millions(round(one.low_80)), high=words.millions(round(one.high_80)))
    tiles.insert(1, Tile(_("Akhir {year}").format(year=2030), words.millions(round(one.middle)), note))
    return tiles


def chance(value: float) -> str:
    """A chance in words: nothing is certain."""
    if value < 0.01:
        return _("kurang dari 1 %")
    return _("lebih dari 99 %") if value > 0.99 else words.percent(100 * value, 0)


def _range(low: float, high: float) -> str:
    return f"{words.decimal(low / words.MILLION)}–{words.decimal(high / words.MILLION)}"


def _year(one: Told) -> int:
    return round(one.time) - 1


def _years(told: Outlook) -> Table:
    aim = nation_history.members_aim()
    columns = [
        Column(_("Akhir tahun"), lambda one: str(_year(one))),
        Column(_("Juta peserta aktif"), lambda one: words.decimal(one.middle / words.MILLION), number=True),
        Column(_("80 dari 100"), lambda one: _range(one.low_80, one.high_80), number=True),
        Column(_("95 dari 100"), lambda one: _range(one.low_95, one.high_95), number=True),
        Column(_("Juta orang bekerja"), lambda one: words.decimal(one.most / words.MILLION), number=True),
        Column(_("Bagian"), lambda one: words.percent(100 * one.middle / one.most), number=True),
        Column(_("Peluang {goal}").format(goal=words.aim(aim)), lambda one: chance(one.chance(aim.of(one.most))), number=True),
    ]
    return table(_("Perkiraan peserta aktif"), columns, [one for one in told.told if _year(one) in SHOWN_YEARS])


def _test(told: Outlook) -> Table:
    def error(ahead: int) -> Callable[[Score], str]:
        return lambda one: words.percent(100 * one.by_years[ahead]) if ahead in one.by_years else said.NOTHING

    best = told.scores[0]
    columns = [
        Column(_("Cara"), lambda one: _(WAY_TITLES[one.way]) + (f" ({_('pembanding')})" if one.way in forecast.NAIVE else "")),
        *(
            Column(_("{years} tahun ({tries} kali)").format(years=ahead, tries=best.tries[ahead]), error(ahead), number=True)
            for ahead in best.by_years
        ),
        Column(_("Rata-rata"), lambda one: words.percent(100 * one.mean), number=True),
        Column(_("Di dalam rentang 80"), lambda one: words.percent(100 * one.inside_80, 0), number=True),
        Column(_("Di dalam rentang 95"), lambda one: words.percent(100 * one.inside_95, 0), number=True),
    ]
    return table(_("Galat mutlak rata-rata pada 2016 sampai 2024, dari yang terbaik"), columns, told.scores)


def _verdict(told: Outlook) -> str:
    """The error of the way used, in a sentence."""
    used, last = told.score(told.way), told.score("last")
    return _(
        "Cara yang dipakai meleset rata-rata {used}; membiarkan angka terakhir meleset {last}. Dari angka yang kemudian "
        "terhitung, {inside} jatuh di dalam rentang yang seharusnya memuat 80 dari 100."
    ).format(
        used=words.percent(100 * used.mean), last=words.percent(100 * last.mean), inside=words.percent(100 * used.inside_80, 0)
    )  # fmt: skip


def _tries(told: Outlook) -> Table:
    """From which count, to which, and how far off: of the way used."""
    columns = [
        Column(_("Dari"), lambda one: _when(one.origin)),
        Column(_("Untuk"), lambda one: _when(one.target)),
        Column(_("Diperkirakan, juta"), lambda one: words.decimal(one.told / words.MILLION), number=True),
        Column(_("Terhitung, juta"), lambda one: words.decimal(one.counted / words.MILLION), number=True),
        Column(_("Galat"), lambda one: ("+" if one.error > 0 else "−") + words.percent(abs(100 * one.error)), number=True),
    ]
    return table(_("Setiap percobaan"), columns, [one for one in told.tries if one.way == told.way])


def _when(time: float) -> str:
    month = round((time - int(time)) * 12)
    return said.month(int(time) * 100 + month) if month else said.month((int(time) - 1) * 100 + 12)


def _parts(told: Outlook) -> Table:
    rows = [one for year in PART_YEARS for one in nation_history.parts(year, growth=told.growth)]
    columns = [
        Column(_("Akhir tahun"), lambda one: str(one.year)),
        Column(_("Segmen"), lambda one: _(words.SEGMENTS[one.segment])),
        Column(_("Juta orang"), lambda one: words.decimal(one.middle / words.MILLION), number=True),
        Column(_("80 dari 100"), lambda one: _range(one.low_80, one.high_80), number=True),
        Column(_("Sendiri-sendiri"), lambda one: words.decimal(one.alone / words.MILLION), number=True),
    ]
    return table(_("Menurut segmen, disesuaikan dengan keseluruhan"), columns, rows)


def _provinces() -> Table:
    """The provinces as published, taking the nation's step: each with a page that also asks this registry."""
    found = {code: like_nation(code) for code in old_map()}
    above = url_of("coverage:projection")

    def place(code: int) -> str:
        return outlooks.place_name(code) if code in found else provinces.short_name(code)

    def told(show: Callable[[Course], str]) -> Callable[[int], str]:
        return lambda code: show(found[code]) if code in found else said.NOTHING

    def share(year: int) -> Callable[[Course], str]:
        return lambda one: words.percent(100 * one.at(year).middle / one.at(year).most)

    def bounds(year: int) -> Callable[[Course], str]:
        def shown(one: Course) -> str:
            low, high = (100 * value / one.at(year).most for value in (one.at(year).low_80, one.at(year).high_80))
            return f"{words.decimal(low, 0)}–{words.percent(high, 0)}"

        return shown

    columns = [
        Column(_("Provinsi"), lambda code: Link(place(code), f"{above}{code}/")),
        Column(_("Peserta aktif"), told(lambda one: format_number(one.active)), number=True),
        Column("2030", told(share(2030)), number=True),
        Column(_("80 dari 100"), told(bounds(2030)), number=True),
        Column("2045", told(share(2045)), number=True),
        Column(_("80 dari 100"), told(bounds(2045)), number=True),
    ]
    return table(_("Bagian dari orang bekerja, bila tiap provinsi melangkah seperti Indonesia"), columns, PROVINCES)


def _file(request: HttpRequest, told: Outlook) -> HttpResponseBase:
    headings = [
        _("Akhir tahun"), _("Peserta aktif"), _("Paling sedikit (80 %)"), _("Paling banyak (80 %)"), _("Paling sedikit (95 %)"),
        _("Paling banyak (95 %)"), _("Orang bekerja"), _("Cara"), _("Status"),
    ]  # fmt: skip
    rows = (
        [
            _year(one), *(round(value) for value in (one.middle, one.low_80, one.high_80, one.low_95, one.high_95, one.most)),
            _(WAY_TITLES[told.way]), _("perkiraan"),
        ]
        for one in told.told
    )  # fmt: skip
    return export(request, "proyeksi-peserta", headings, rows)


def _own_course() -> Table | None:
    known = past_here()
    if known is None:
        return None
    found = flows.course(known, AHEAD_MONTHS)
    rows = [at for at in range(len(found.months)) if at % 3 == 2 or found.months[at] % 100 == 1]

    def persons(values: Any) -> Callable[[int], str]:
        return lambda at: format_number(round(float(values[at]) / 10) * 10)

    columns = [
        Column(_("Bulan"), lambda at: said.month(found.months[at])),
        Column(_("Peserta aktif"), persons(found.middle), number=True),
        Column(_("Paling sedikit (80 %)"), persons(found.low), number=True),
        Column(_("Paling banyak (80 %)"), persons(found.high), number=True),
    ]
    return table(_("Daftar pemasangan ini bila arusnya tetap"), columns, rows)


def past_here() -> flows.Flows | None:
    """This registry's months as everybody may see them; None where they are too few people or too few months."""
    known = cohorts.as_flows(NATION).get(cohorts.WHOLE)
    return known if known and len(known.months) > flows.LEAST_MONTHS else None


def _own_test() -> Table | None:
    known = past_here()
    tries = flows.back_test(known) if known else []
    columns = [
        Column(_("Bulan ke depan"), lambda one: str(one.ahead)),
        Column(_("Kali dicoba"), lambda one: format_number(one.tries), number=True),
        Column(_("Galat arus"), lambda one: words.percent(100 * one.flows), number=True),
        Column(_("Galat angka terakhir"), lambda one: words.percent(100 * one.last), number=True),
    ]
    return table(_("Seberapa tepat arus bulanan di masa lalu"), columns, tries) if tries else None
