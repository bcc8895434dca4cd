"""What must be true: the cheapest mix of levers that brings the nation or a region to a share by a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.coverage.assumptions import ABOUT, Assumed
from jamsostek.coverage.levers import LEVER_TITLES, LEVERS, Goal, Plan, Year, next_percent, plan, sensitivity
from jamsostek.coverage.starts import BASES, OWN, PUBLISHED, REGISTRY, Start, start_of
from jamsostek.portal.coverage import frame, own, provinces, words
from jamsostek.portal.coverage.planner_form import FIELDS, AssumedForm, GoalForm, MembersForm, assumed_of, typed
from jamsostek.portal.screens import (
    Column,
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


@door(PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The whole question stands in the address: `?wilayah=3273&sasaran=50&tahun=2030&anggaran=100 miliar`."""
    first = today().year + 1
    given = request.GET.dict()
    goal_form = GoalForm({"wilayah": "0", "sasaran": "40", "tahun": str(first + 3)} | given)
    members_form, assumed_form = MembersForm(given), AssumedForm(typed(Assumed()) | given)
    context: dict[str, Any] = {"goal_form": goal_form, "members_form": members_form, "assumed_form": assumed_form}
    if goal_form.is_valid() and members_form.is_valid() and assumed_form.is_valid():
        asked, given_members = goal_form.cleaned_data, members_form.members
        basis = "" if given_members else members_form.cleaned_data["dasar"]
        context["given"] = given_members is not None
        try:
            start = start_of(asked["wilayah"], first, basis=basis, own=given_members)
            assumed = assumed_of(assumed_form.cleaned_data)
            found = plan(start, assumed, Goal(float(asked["sasaran"]), asked["tahun"], first))
        except InputError as error:
            error.field = {"year": "tahun", "share": "sasaran", "region": "wilayah"}.get(error.field or "", "")
            goal_form.refuse(error)
            context["unknown"] = error.field == "wilayah"
        else:
            if request.GET.get("bentuk") in ("csv", "xlsx"):
                return _file(request, found)
            context |= _answer(request, start, assumed, found)
    return page(request, "coverage/planner.html", context, title=_("Apa yang harus terjadi"), crumbs=frame.above())


def _answer(request: HttpRequest, start: Start, assumed: Assumed, found: Plan) -> dict[str, Any]:
    goal = found.goal
    more = next_percent(start, assumed, goal)
    return {
        "plan": found,
        "where": _where(start),
        "known": _known(start),
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


def _where(start: Start) -> str:
    name = regions_name(start.region) if start.region else _("Indonesia")
    return _("{name} (lama)").format(name=name) if start.counted_with else name


def _known(start: Start) -> list[str]:
    """How members and workers of the place are known, where that is not plain."""
    told = []
    if start.basis == REGISTRY:
        told.append(
            _(
                "Peserta di sini dihitung dari daftar pemasangan ini, {month}, bukan angka terbitan. Bila tidak semua peserta "
                "tercatat di pemasangan ini, isi angka Anda sendiri."
            ).format(month=words.moment(start.as_of))
        )
        told.append(own.small_words())
    if start.basis == OWN:
        told.append(_("Peserta di sini adalah angka Anda sendiri; pemasangan ini tidak memeriksanya."))
    if start.workers_assumed:
        told.append(
            _("Orang bekerja di sini anggapan kami: angka provinsi (Sakernas Agustus 2025) dibagi menurut penduduk 2024.")
        )
    if start.counted_with:
        told.append(provinces.papua_words())
    return told


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
    how = _(BASES[start.basis])
    if start.basis == PUBLISHED:
        how = _("Keadaan terbitan, {sources}").format(sources=", ".join(start.sources))
    return table(how, columns, rows)


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
