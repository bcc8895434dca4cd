"""Who is left behind: women, people with disabilities, ages, kinds of work and places, each beside its own denominator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube, inclusion
from jamsostek.coverage.denominators import latest, over_years
from jamsostek.coverage.inclusion import PARTS, Division, Group
from jamsostek.coverage.published import NATION, figures
from jamsostek.portal.coverage import charts, frame, goals, outlooks, own, words
from jamsostek.portal.screens import Column, Tab, Table, Tile, export, page, table
from jamsostek.portal.screens import words as said
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry import occupations

BY = {
    "jenis-kelamin": ("sex", N_("Jenis kelamin")),
    "disabilitas": ("disability", N_("Disabilitas")),
    "umur": ("age", N_("Umur")),
    "pekerjaan": ("occupation", N_("Pekerjaan")),
    "tempat": ("province", N_("Provinsi")),
}
GOAL_YEAR = 2029
DISABLED = ("disabled", "disabled (any difficulty)")
"""Two definitions of the survey, far apart."""
PART_TITLES = {
    "jobs": N_("Pekerjaan yang dilakukan"), "registering": N_("Pernah terlindungi"), "staying": N_("Tetap aktif"),
}  # fmt: skip


@door(PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Published gaps by sex and place, what is not published, and this registry's own; `?bentuk=csv` has the provinces."""
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return _file(request)
    asked = request.GET.get("menurut", "")
    view = asked if asked in BY else "jenis-kelamin"
    at = own.now()
    context = {
        "tiles": _tiles(),
        "sexes": sexes(),
        "disability": _disability(),
        "chart": charts.shown("celah-provinsi"),
        "provinces": provinces(),
        "goal_year": GOAL_YEAR,
        "goals": goals.shown(request),
        "tabs": [Tab(_(title), f"?menurut={name}#daftar-ini", name == view) for name, (_d, title) in BY.items()],
        "own": _own_table(at, view) if at else None,
        "own_parts": _own_parts(at, view) if at else None,
        "own_month": said.month(at.month) if at else "",
    }
    return page(request, "coverage/gaps.html", context, title=_("Siapa yang tertinggal"), crumbs=frame.above(), charts=True)


def parity() -> list[inclusion.Parity]:
    """Men and women: members of December 2023 beside people at work of August 2025."""
    return inclusion.parity([(name, latest("employed", name), _sex_members(name)) for name in ("men", "women")])


def _sex_members(name: str) -> int:
    return int(next(one.value for one in figures("members", "active", segment=name, region=NATION)) or 0)


def _tiles() -> list[Tile]:
    men, women = parity()
    return [
        Tile(_("Perempuan bekerja yang terlindungi"), words.percent(100 * women.coverage), tone="warn"),
        Tile(_("Laki-laki bekerja yang terlindungi"), words.percent(100 * men.coverage)),
        Tile(
            _("Perempuan yang perlu ditambah agar setara"), words.millions(women.missing),
            _("supaya cakupannya sama dengan laki-laki"), tone="warn",
        ),
    ]  # fmt: skip


def sexes() -> Table:
    """Who works, who is a member, and how far from equal that is."""
    columns = [
        Column(_("Jenis kelamin"), lambda one: _(words.SEGMENTS[one.name])),
        Column(_("Bekerja"), lambda one: format_number(one.workers), number=True),
        Column(_("Peserta aktif"), lambda one: format_number(one.active), number=True),
        Column(_("Cakupan"), lambda one: words.percent(100 * one.coverage), number=True),
        Column(_("Bagian dari yang bekerja"), lambda one: words.percent(100 * one.share_of_workers), number=True),
        Column(_("Bagian dari peserta"), lambda one: words.percent(100 * one.share_of_active), number=True),
        Column(_("Kurang untuk setara"), lambda one: format_number(one.missing), number=True),
    ]
    return table(_("Peserta Desember 2023, penduduk bekerja Agustus 2025"), columns, parity())


def _disability() -> Table:
    """How many people with disabilities work, by both definitions: of members nothing was published."""
    columns = [
        Column(_("Pengertian"), lambda one: _(words.SEGMENTS[one.group])),
        Column(_("Kapan"), lambda one: words.moment(one.as_of)),
        Column(_("Bekerja"), lambda one: format_number(one.persons), number=True),
        Column(_("Peserta aktif"), lambda _one: _("tidak ditemukan")),
        Column(_("Sumber"), lambda one: one.source),
    ]
    return table(_("Penyandang disabilitas yang bekerja"), columns, [over_years("employed", name)[-1] for name in DISABLED])


def _goal() -> float:
    found = [one.value for one in figures("targets", "coverage") if one.as_of == str(GOAL_YEAR)]
    return float(found[0] or 0) / 100


def provinces() -> Table:
    """The division of each province's gap, and the women it would need if the nation's goal held for women alike."""
    columns = [
        Column(_("Provinsi"), lambda one: outlooks.place_name(one[0])),
        Column(_("Cakupan"), lambda one: words.percent(100 * one[1].first), number=True),
        Column(_("Selisih"), lambda one: said.signed(100 * one[1].gap, 1), number=True),
        *(Column(_(title), _part(name), number=True) for name, title in outlooks.CAUSES.items()),
        Column(_("Perempuan bekerja"), lambda one: format_number(latest("employed", "women", one[0])), number=True),
        Column(_("Sasaran perempuan {year}").format(year=GOAL_YEAR), lambda one: format_number(_women(one[0])), number=True),
    ]
    return table(_("Provinsi, dari yang terjauh di bawah angka Indonesia"), columns, outlooks.provinces())


def _part(name: str) -> Callable[[tuple[int, Division]], str]:
    return lambda one: said.signed(100 * one[1].parts[name], 1)


def _women(region: int) -> int:
    return round(_goal() * latest("employed", "women", region))


def _file(request: HttpRequest) -> HttpResponseBase:
    headings = [
        _("Kode wilayah"), _("Provinsi"), _("Cakupan"), _("Selisih"), *(_(title) for title in outlooks.CAUSES.values()),
        _("Perempuan bekerja"), _("Sasaran perempuan {year}").format(year=GOAL_YEAR), _("Sumber"),
    ]  # fmt: skip
    rows = (
        [
            code, outlooks.place_name(code), round(one.first, 6), round(one.gap, 6),
            *(round(one.parts[name], 6) for name in outlooks.CAUSES), latest("employed", "women", code), _women(code), "S06 C20",
        ]
        for code, one in outlooks.provinces()
    )  # fmt: skip
    return export(request, "kesenjangan-provinsi", headings, rows)


def _title(dimension: str) -> Callable[[Any], str]:
    if dimension == "sex":
        return lambda value: _(own.SEXES[value])
    if dimension == "disability":
        return lambda value: _(own.DISABILITIES[value])
    if dimension == "occupation":
        return _occupation
    if dimension == "province":
        return lambda value: regions_name(value) if value else _("Tidak diketahui")
    return lambda value: _("{ages} tahun").format(ages=str(value).replace("-", "–"))


def _occupation(key: str) -> str:
    kinds = {kind.key: kind.title for kind in occupations.KINDS}
    if key in kinds:
        return _(kinds[key])
    if key == "none":
        return _("Belum pernah terlindungi")
    if key.startswith("kbli_"):
        return _("Lapangan usaha {section}").format(section=key.removeprefix("kbli_").upper())
    return _("Di luar negeri") if key == "abroad" else _("Pekerjaan lain")


def _own_table(at: own.Now, view: str) -> Table:
    dimension = BY[view][0]
    lines = own.told((at.month,), ("registered", "ever", "active"), (dimension,))
    shown = _title(dimension)

    def persons(name: str) -> Callable[[dict[str, Any]], str]:
        return lambda line: own.count(line[name])

    def staying(line: dict[str, Any]) -> str:
        ever, active = line["ever"], line["active"]
        return said.NOTHING if not ever or active is None else words.percent(100 * min(1.0, active / ever))

    columns = [
        Column(_(BY[view][1]), lambda line: shown(line[dimension])),
        Column(_("Terdaftar"), persons("registered"), number=True),
        Column(_("Pernah terlindungi"), persons("ever"), number=True),
        Column(_("Aktif"), persons("active"), number=True),
        Column(_("Aktif dari yang pernah"), staying, number=True),
    ]
    return table(_("Daftar pemasangan ini menurut {by}").format(by=said.inside(_(BY[view][1]))), columns, lines)


def _own_parts(at: own.Now, view: str) -> Table | None:
    """Women beside men, or people with a disability beside those without: why fewer of the registered are active."""
    values = {"jenis-kelamin": (("f",), ("m",)), "disabilitas": (cube.LISTS["disability"][1:], ("none",))}.get(view)
    if values is None:
        return None
    dimension = BY[view][0]
    groups = [_known(at, dimension, one) for one in values]
    if not all(one.workers.sum() and one.registered.sum() for one in groups):
        return None
    found = inclusion.divide_known(groups[0], groups[1])
    rows: list[tuple[str, float]] = [(_(PART_TITLES[name]), found.parts[name]) for name in PARTS]
    columns = [
        Column(_("Sebab"), lambda one: one[0]),
        Column(_("Poin persen"), lambda one: said.signed(100 * one[1], 1), number=True),
    ]
    caption = _("Perempuan dibanding laki-laki") if view == "jenis-kelamin" else _("Dengan dibanding tanpa disabilitas")
    return table(caption, columns, rows, total=(_("Selisih"), _total(found)))


def _total(found: Division) -> str:
    return f"{said.signed(100 * found.gap, 1)} ({words.percent(100 * found.first)} − {words.percent(100 * found.second)})"


def _known(at: own.Now, dimension: str, values: tuple[str, ...]) -> Group:
    """Protected lines of people by kind of work; lines that may not be told are left out."""
    whole = own.told((at.month,), ("registered",), (), **{dimension: values})
    lines = own.told((at.month,), ("ever", "active"), ("occupation",), **{dimension: values})
    kinds = {line["occupation"]: line for line in lines if line["ever"]}
    keys = [one for one in cube.LISTS["occupation"] if one != "none"]
    ever = [kinds[one]["ever"] if one in kinds else 0 for one in keys]
    active = [min(kinds[one]["active"] or 0, kinds[one]["ever"]) if one in kinds else 0 for one in keys]
    registered = max((whole[0]["registered"] or 0) if whole else 0, sum(ever))
    at_work = [float(registered)] + [0.0] * (len(keys) - 1)
    return Group("", *(np.asarray(one, dtype=float) for one in (at_work, ever, active)))
