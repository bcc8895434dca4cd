"""Who has done what: every province, then its regencies, in sums; nobody's data, and no group of fewer than five."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.queries.strategy import Told
from jamsostek.outreach.strategy import half_days
from jamsostek.portal.oversight.figures import sum_words
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, Tile, export, sorting, table, today, with_query
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.frame import FIRST_YEAR, WATCHERS
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries.counts import Sum

DEFAULT = "nama"


@dataclass(frozen=True)
class Asked:
    """A year, and a province or none."""

    year: int
    province: int | None


@dataclass(frozen=True)
class Line:
    """A province with all below it, or a single region; `sent` are its reports that hold, by half."""

    code: int
    told: Told
    single: bool
    sent: dict[int, int]


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; nonsense is this year and the whole nation."""
    year, code = request.GET.get("tahun", ""), request.GET.get("provinsi", "")
    known = year.isascii() and year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today().year + 1
    province = int(code) if code.isascii() and code.isdecimal() and len(code) == 2 and int(code) in PROVINCES else None
    return Asked(int(year) if known else today().year, province)


def _lines(asked: Asked) -> list[Line]:
    found = queries.told(asked.year, today())
    if asked.province is None:
        return [Line(code, queries.of_province(found, code), False, {}) for code in PROVINCES]
    inside = [asked.province, *(code for code, one in REGENCIES.items() if one.province_code == asked.province)]
    sent = queries.sent_in(asked.year, inside)
    return [Line(code, found[code], True, sent.get(code, {})) for code in inside]


def _columns(asked: Asked) -> list[Column]:
    return [
        Column(_("Daerah"), _name(asked), sort="nama"),
        Column(_("Peraturan"), _rules, sort="peraturan", number=True),
        Column(_("Anggaran"), lambda one: format_rupiah(one.told.budget_rupiah), sort="anggaran", number=True),
        Column(_("Orang didanai"), lambda one: sum_words(Sum(one.told.people, one.told.hidden)), sort="orang", number=True),
        Column(_("Rencana selesai"), lambda one: _share(one.told), sort="rencana", number=True),
        Column(_("Butir terlambat"), lambda one: format_number(one.told.items_late), sort="terlambat", number=True),
        Column(_("Laporan semester 1"), _report(asked, 1), sort="semester1"),
        Column(_("Laporan semester 2"), _report(asked, 2), sort="semester2"),
    ]


KEYS: dict[str, Callable[[Line], Any]] = {
    "nama": lambda one: regions_name(one.code),
    "peraturan": lambda one: one.told.regulations if one.single else one.told.regulated,
    "anggaran": lambda one: one.told.budget_rupiah,
    "orang": lambda one: one.told.people,
    "rencana": lambda one: one.told.items_done / one.told.items if one.told.items else -1,
    "terlambat": lambda one: one.told.items_late,
    "semester1": lambda one: one.told.first_sent,
    "semester2": lambda one: one.told.second_sent,
}


def _name(asked: Asked) -> Callable[[Line], Any]:
    def whole(code: int, words: str) -> Any:
        sees = Role.HEAD_OFFICE in current().roles
        return Link(words, reverse("strategy:region", args=[code])) if sees else words

    def name(one: Line) -> Any:
        if asked.province is None:
            return Link(regions_name(one.code), f"?tahun={asked.year}&provinsi={one.code}")
        if one.code == asked.province:
            return whole(one.code, _("Pemerintah provinsi {name}").format(name=regions_name(one.code)))
        return whole(one.code, regions_name(one.code))

    return name


def _rules(one: Line) -> Any:
    if one.told.regulations == 0:
        return _("Belum ada")
    words = (
        format_number(one.told.regulations) if one.single
        else _("{count} di {regulated} dari {regions} daerah").format(
            count=format_number(one.told.regulations), regulated=one.told.regulated, regions=one.told.regions
        )
    )  # fmt: skip
    return Link(words, f"{reverse('rules:list')}?daerah={one.code}")


def _share(told: Told) -> str:
    if not told.items:
        return _("Belum ada rencana")
    return _("{done} dari {items}").format(done=format_number(told.items_done), items=format_number(told.items))


def _report(asked: Asked, half: int) -> Callable[[Line], Any]:
    over = (today() - half_days(asked.year, half)[1]).days

    def report(one: Line) -> Any:
        count = one.told.first_sent if half == 1 else one.told.second_sent
        if not one.single:
            return _("{count} dari {regions} daerah").format(count=count, regions=one.told.regions)
        if half in one.sent:
            return Link(_("Masuk"), reverse("strategy:report", args=[one.sent[half]]))
        return Tag(_("Belum, {days} hari").format(days=format_number(over)), "warn") if over > 0 else NOTHING

    return report


@door(*WATCHERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Provinces, or the regencies of one."""
    asked = asked_for(request)
    columns, lines = _columns(asked), _lines(asked)
    order = sorting(request, columns, DEFAULT)
    lines.sort(key=lambda one: regions_name(one.code))
    lines.sort(key=KEYS[order.removeprefix("-")], reverse=order.startswith("-"))
    whole = Told()
    for one in lines:
        whole = whole.plus(one.told)
    where = regions_name(asked.province) if asked.province else _("Seluruh Indonesia")
    years = [(str(year), str(year), year == asked.year) for year in range(today().year + 1, FIRST_YEAR - 1, -1)]
    places = [("", _("Seluruh Indonesia"), False), *((str(c), one.name, c == asked.province) for c, one in PROVINCES.items())]
    context = {
        "about": f"{where}, {asked.year}",
        "selects": [
            {"name": "tahun", "label": _("Tahun"), "options": years},
            {"name": "provinsi", "label": _("Provinsi"), "options": places},
        ],
        "tiles": [
            Tile(_("Daerah dengan peraturan"), _of(whole.regulated, whole.regions)),
            Tile(_("Orang didanai"), sum_words(Sum(whole.people, whole.hidden))),
            Tile(_("Laporan semester 1"), _of(whole.first_sent, whole.regions)),
            Tile(_("Laporan semester 2"), _of(whole.second_sent, whole.regions)),
        ],
        "facts": [Fact(_("Anggaran"), format_rupiah(whole.budget_rupiah))],
        "table": table(_("Siapa sudah berbuat apa"), columns, lines, request=request, sorted_by=order),
        "empty": Empty(_("Belum ada angka")),
        "note": _(
            "Daerah adalah provinsi, kabupaten, dan kota. Di bawah lima orang tidak disebut. Laporan yang belum masuk menyebut"
            " hari sejak semester berakhir, sebab batas waktunya tidak ditemukan di sumber kami."
        ),
        "export_url": f"{reverse('strategy:nation_file')}{with_query(request, urut=None)}",
        "ways": [Link(_("Kewajiban dan sumbernya"), reverse("strategy:duties"))],
    }  # fmt: skip
    crumbs = [_first(request), *([Link(_("Seluruh Indonesia"), f"?tahun={asked.year}")] if asked.province else [])]
    return frame.screen(request, "list.html", context, title=_("Siapa sudah berbuat apa"), crumbs=crumbs)


def _first(request: HttpRequest) -> Link:
    if Role.HEAD_OFFICE in request.scope.roles:  # type: ignore[attr-defined]
        return Link(_("Kantor pusat"), reverse("officer:home"))
    return Link(_("Pemantauan"), reverse("oversight:home"))


def _of(count: int, whole: int) -> str:
    return _("{done} dari {items}").format(done=format_number(count), items=format_number(whole))


@door(*WATCHERS)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file: every region by itself, of the nation or one province."""
    asked = asked_for(request)
    found = queries.told(asked.year, today())
    audit.record("cells.read", "region", None, fields=("all",), reason=f"strategi {asked.year}")
    headings = [
        _("Kode wilayah"), _("Daerah"), _("Tahun"), _("Peraturan"), _("Anggaran"), _("Orang didanai"), _("Butir rencana"),
        _("Butir selesai"), _("Butir terlambat"), _("Laporan semester 1"), _("Laporan semester 2"),
    ]  # fmt: skip
    inside = [code for code in found if asked.province in (None, code, getattr(REGENCIES.get(code), "province_code", None))]
    rows = (
        [
            code, regions_name(code), asked.year, one.regulations, one.budget_rupiah, "< 5" if one.hidden else one.people,
            one.items, one.items_done, one.items_late, _yes(one.first_sent), _yes(one.second_sent),
        ]
        for code in sorted(inside) for one in (found[code],)
    )  # fmt: skip
    return export(request, f"{_('strategi-daerah')}-{asked.year}", headings, rows)


def _yes(count: int) -> str:
    return _("Ya") if count else _("Tidak")
