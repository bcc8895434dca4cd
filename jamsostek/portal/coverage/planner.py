"""What must be true: the cheapest mix of levers that brings the nation or a province to a share by a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.coverage.assumptions import ABOUT, Assumed, Start, start_of
from jamsostek.coverage.levers import LEVER_TITLES, LEVERS, Goal, Plan, Year, next_percent, plan, sensitivity
from jamsostek.coverage.published import NATION, old_map
from jamsostek.portal.coverage import frame, words
from jamsostek.portal.screens import (
    Column,
    Form,
    MoneyField,
    ShareField,
    Table,
    Tile,
    export,
    page,
    status_tag,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.words import short_rupiah
from jamsostek.portal.templatetags.words import regions_name

_PERCENT = {"inputmode": "decimal", "maxlength": 6, "class": "w-4"}
_YEAR = {"inputmode": "numeric", "maxlength": 4, "class": "w-4"}
FIELDS = {
    "biaya_pengawasan": "compliance_rupiah", "biaya_sosialisasi": "campaign_rupiah", "biaya_kembali": "renewal_rupiah",
    "bertahan_pengawasan": "compliance_keep", "bertahan_sosialisasi": "campaign_keep", "bertahan_kembali": "renewal_keep",
    "mampu_pengawasan": "compliance_most", "mampu_sosialisasi": "campaign_most", "mampu_kembali": "renewal_most",
    "rentan": "vulnerable_share", "pertumbuhan": "workers_growth", "alami": "natural_growth", "anggaran": "budget_rupiah",
}  # fmt: skip
"""Names in the address, and the assumption each sets."""
MOST_PER_PERSON = 10_000_000


def _field(name: str) -> forms.Field:
    told = ABOUT[name]
    given: dict[str, Any] = {"label": told.title, "help_text": told.why}
    if name == "budget_rupiah":
        return MoneyField(required=False, most=10**15, **given)
    if name.endswith("_rupiah"):
        return MoneyField(most=MOST_PER_PERSON, **given)
    least, most = (-0.05, 0.05) if name.endswith("_growth") else (0, 1)
    return ShareField(min_value=least, max_value=most, widget=forms.TextInput(attrs=_PERCENT), **given)


class GoalForm(Form):
    """Where to, and by when."""

    wilayah = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    sasaran = ShareField(
        label=N_("Sasaran, persen dari orang yang bekerja"), min_value=0.01, max_value=1, widget=forms.TextInput(attrs=_PERCENT)
    )
    tahun = forms.IntegerField(label=N_("Tercapai pada akhir tahun"), widget=forms.TextInput(attrs=_YEAR))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(NATION), _("Indonesia")), *((str(code), regions_name(code)) for code in old_map())]
        self.fields["wilayah"].choices = places  # type: ignore[attr-defined]


_made: dict[str, Any] = {name: _field(key) for name, key in FIELDS.items()}
AssumedForm: type[Form] = type("AssumedForm", (Form,), _made)


@door(PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The whole question stands in the address: `?wilayah=32&sasaran=50&tahun=2030&anggaran=100 miliar`."""
    first = today().year + 1
    given = request.GET.dict()
    goal_form = GoalForm({"wilayah": "0", "sasaran": "40", "tahun": str(first + 3)} | given)
    assumed_form = AssumedForm(_texts(Assumed()) | given)
    context: dict[str, Any] = {"goal_form": goal_form, "assumed_form": assumed_form}
    if goal_form.is_valid() and assumed_form.is_valid():
        asked = goal_form.cleaned_data
        start, assumed = start_of(asked["wilayah"], first), assumed_of(assumed_form.cleaned_data)
        try:
            found = plan(start, assumed, Goal(float(asked["sasaran"]), asked["tahun"], first))
        except InputError as error:
            error.field = {"year": "tahun", "share": "sasaran"}.get(error.field or "", "")
            goal_form.refuse(error)
        else:
            if request.GET.get("bentuk") in ("csv", "xlsx"):
                return _file(request, found)
            context |= _answer(request, start, assumed, found)
    return page(request, "coverage/planner.html", context, title=_("Apa yang harus terjadi"), crumbs=frame.above())


def _texts(assumed: Assumed) -> dict[str, str]:
    """The assumptions as somebody would type them."""
    return {name: _typed(key, getattr(assumed, key)) for name, key in FIELDS.items()}


def _typed(name: str, value: Any) -> str:
    if value is None:
        return ""
    return format_number(value) if name.endswith("_rupiah") else words.decimal(100 * value, 0 if 100 * value % 1 == 0 else 1)


def assumed_of(cleaned: dict[str, Any]) -> Assumed:
    """What a form said."""
    values = {key: cleaned[name] for name, key in FIELDS.items()}
    made: dict[str, Any] = {key: one if key.endswith("_rupiah") else float(one) for key, one in values.items()}
    return Assumed(**made)


def _answer(request: HttpRequest, start: Start, assumed: Assumed, found: Plan) -> dict[str, Any]:
    goal = found.goal
    more = next_percent(start, assumed, goal)
    return {
        "plan": found,
        "where": regions_name(start.region) if start.region else _("Indonesia"),
        "tiles": _tiles(start, found, more),
        "short": format_number(found.years[-1].short),
        "reached": words.percent(100 * found.share),
        "first_short": next((one for one in found.years if one.short), None),
        "limits": [_(LEVER_TITLES[one]) for one in found.at_limit()],
        "years": _years(found),
        "levers": _levers(found),
        "start": _start(start),
        "lapsed_estimated": start.lapsed_estimated,
        "assumptions": _assumptions(assumed),
        "sensitivity": _sensitivity(start, assumed, found) if found.reachable else None,
        "csv": with_query(request, bentuk="csv"),
        "xlsx": with_query(request, bentuk="xlsx"),
    }


def _tiles(start: Start, found: Plan, more: int | None) -> list[Tile]:
    last = found.years[-1]
    return [
        Tile(_("Sekarang"), words.percent(100 * start.active / start.workers), format_number(start.active)),
        Tile(
            _("Akhir {year}").format(year=last.year), words.percent(100 * found.share), format_number(last.had),
            tone="good" if found.reachable else "bad",
        ),
        Tile(_("Biaya seluruhnya"), short_rupiah(found.rupiah, 2), _("{years} tahun").format(years=len(found.years))),
        Tile(_("Satu persen berikutnya"), _("tidak terjangkau") if more is None else short_rupiah(more, 2)),
    ]  # fmt: skip


def _years(found: Plan) -> Table:
    columns = [
        Column(_("Akhir tahun"), lambda one: str(one.year)),
        Column(_("Harus ada"), lambda one: format_number(one.needed), number=True),
        Column(_("Akan ada"), lambda one: format_number(one.had), number=True),
        *(Column(_(LEVER_TITLES[lever]), _persons(at), number=True) for at, lever in enumerate(LEVERS)),
        Column(_("Biaya"), lambda one: format_rupiah(sum(one.rupiah)), number=True),
    ]
    return table(_("Yang harus dihasilkan tiap tahun"), columns, found.years)


def _persons(at: int) -> Callable[[Year], str]:
    return lambda one: format_number(one.persons[at])


def _levers(found: Plan) -> Table:
    cost = {name: sum(one.rupiah[at] for one in found.years) for at, name in enumerate(LEVERS)}
    columns = [
        Column(_("Pengungkit"), lambda one: _(LEVER_TITLES[one.name])),
        Column(_("Orang seluruhnya"), lambda one: format_number(found.persons(one.name)), number=True),
        Column(_("Biaya per orang"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Bertahan setahun"), lambda one: words.percent(100 * one.keep, 0), number=True),
        Column(_("Paling banyak setahun"), lambda one: format_number(one.yearly[0]), number=True),
        Column(_("Biaya"), lambda one: format_rupiah(cost[one.name]), number=True),
    ]
    total = (_("Jumlah"), "", "", "", "", format_rupiah(found.rupiah))
    return table(_("Pengungkit"), columns, found.levers, total=total)


def _start(start: Start) -> Table:
    rows = [
        (_("Bekerja formal"), start.formal), (_("Bekerja informal"), start.informal), (_("Peserta penerima upah"), start.pu),
        (_("Peserta mandiri dan yang dibayari"), start.bpu), (_("Peserta konstruksi dan migran"), start.others),
        (_("Pernah terdaftar, kini tidak aktif"), start.lapsed),
    ]  # fmt: skip
    columns = [
        Column(_("Titik berangkat"), lambda one: one[0]),
        Column(_("Orang"), lambda one: format_number(one[1]), number=True),
    ]
    return table(_("Keadaan terbitan, {sources}").format(sources=", ".join(start.sources)), columns, rows)


def _assumptions(assumed: Assumed) -> Table:
    def value(name: str) -> str:
        one = getattr(assumed, name)
        if one is None:
            return _("tanpa batas")
        return format_rupiah(one) if name.endswith("_rupiah") else words.percent(100 * one)

    columns = [
        Column(_("Anggapan"), lambda name: _(ABOUT[name].title)),
        Column(_("Nilai"), value, number=True),
        Column(_("Status"), lambda name: status_tag(ABOUT[name].status)),
        Column(_("Mengapa"), lambda name: _(ABOUT[name].why)),
    ]
    return table(_("Anggapan"), columns, FIELDS.values())


def _sensitivity(start: Start, assumed: Assumed, found: Plan) -> Table:
    def cost(rupiah: int | None) -> str:
        return _("tidak terjangkau") if rupiah is None else short_rupiah(rupiah, 2)

    columns = [
        Column(_("Anggapan"), lambda one: _(ABOUT[one.name].title)),
        Column(_("Seperlima lebih rendah"), lambda one: cost(one.lower), number=True),
        Column(_("Seperlima lebih tinggi"), lambda one: cost(one.higher), number=True),
    ]
    caption = _("Biaya bila satu anggapan meleset; sekarang {cost}").format(cost=short_rupiah(found.rupiah, 2))
    return table(caption, columns, sensitivity(start, assumed, found.goal))


def _file(request: HttpRequest, found: Plan) -> HttpResponseBase:
    titles = [_(LEVER_TITLES[name]) for name in LEVERS]
    headings = [
        _("Akhir tahun"), _("Orang bekerja"), _("Harus ada"), _("Akan ada"), _("Kurang"), *titles,
        *(_("{lever}, rupiah").format(lever=one) for one in titles), _("Biaya"),
    ]  # fmt: skip
    rows = (
        [one.year, one.workers, one.needed, one.had, one.short, *one.persons, *one.rupiah, sum(one.rupiah)] for one in found.years
    )  # fmt: skip
    return export(request, "rencana-cakupan", headings, rows)
