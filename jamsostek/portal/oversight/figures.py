"""How many are covered, in cells that name nobody: fewer than five are told as "< 5", and sums leave them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, month_of, parse_month
from jamsostek.core.regions import PROVINCES, REGENCIES, successor
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.shown import SEGMENTS
from jamsostek.portal.oversight.frame import CELL_READERS
from jamsostek.portal.screens import Column, Empty, Link, Tab, Tile, export, page, table, today
from jamsostek.portal.screens.words import inside
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.choices import TITLES, Sex
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.counts import Cell, Sum, summed

LEAST = 5
MONTHS_BACK = 24
DISABLED = {True: N_("Penyandang disabilitas"), False: N_("Bukan penyandang disabilitas")}
VIEWS = (
    ("wilayah", N_("Wilayah")), ("segmen", N_("Cara terlindungi")), ("jenis-kelamin", N_("Jenis kelamin")),
    ("disabilitas", N_("Disabilitas")),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A month, a province or none, and what to break the figures down by."""

    month: int
    province: int | None
    view: str


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; nonsense is the present month and the whole nation."""
    try:
        month = parse_month(request.GET.get("bulan") or month_of(today()))
    except InputError:
        month = month_of(today())
    code = request.GET.get("provinsi", "")
    province = int(code) if code.isascii() and code.isdecimal() and len(code) == 2 and int(code) in PROVINCES else None
    view = request.GET.get("menurut", "")
    return Asked(month, province, view if view in dict(VIEWS) else VIEWS[0][0])


def province_of(regency_code: int) -> int:
    """The province of today, also of a regency's code from before 2022."""
    return REGENCIES[successor(regency_code)].province_code


def sum_words(found: Sum) -> str:
    """A sum as it may be told: hidden cells hold one to four persons each, so their number is a bound at most."""
    if not found.hidden:
        return format_number(found.told)
    if not found.told:
        return f"< {format_number((LEAST - 1) * found.hidden + 1)}"
    return f"{format_number(found.told)}+"


@door(*CELL_READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A table of cells summed the way that was asked."""
    asked = asked_for(request)
    found = [one for one in counts.cells(asked.month) if asked.province in (None, province_of(one.regency_code))]
    whole = sum_of(found)
    context: dict[str, Any] = {
        "where": regions_name(asked.province) if asked.province else _("Seluruh Indonesia"),
        "month": asked.month,
        "months": _months(asked.month),
        "provinces": [(code, one.name, code == asked.province) for code, one in PROVINCES.items()],
        "view": asked.view,
        "tabs": _tabs(asked),
        "tiles": [
            Tile(_("Tercatat"), sum_words(whole), month_words(asked.month)),
            Tile(_("Sel yang disembunyikan"), format_number(whole.hidden), _("masing-masing kurang dari lima orang")),
        ],
        "table": _table(asked, found) if found else None,
        "empty": Empty(_("Belum ada angka untuk bulan ini"), _("Pilih bulan lain.")),
        "file": f"{reverse('oversight:cells')}?bulan={format_month(asked.month)}",
        "trail": current().may(Can.READ_AUDIT),
        "books": current().may(Can.READ_BOOKS),
        "bills": Role.AUDITOR in current().roles,
        "strategy": bool(current().roles & {Role.MINISTRY, Role.AUDITOR}),
    }
    return page(request, "oversight/figures.html", context, title=_("Pemantauan"))


def sum_of(found: Sequence[Cell]) -> Sum:
    """All of them."""
    whole = Sum()
    for cell in found:
        whole = whole.plus(cell)
    return whole


def _months(chosen: int) -> list[tuple[str, str, bool]]:
    now = month_of(today())
    shown = {add_months(now, -step) for step in range(MONTHS_BACK)} | {chosen}
    return [(format_month(month), month_words(month), month == chosen) for month in sorted(shown, reverse=True)]


def _tabs(asked: Asked) -> list[Tab]:
    where = f"&provinsi={asked.province}" if asked.province else ""
    return [
        Tab(_(text), f"?bulan={format_month(asked.month)}{where}&menurut={name}", name == asked.view) for name, text in VIEWS
    ]  # fmt: skip


def _table(asked: Asked, found: Sequence[Cell]) -> Any:
    key, words = _ways(asked)
    rows = sorted(summed(found, key).items(), key=lambda row: str(words(row[0])))
    by_sex: dict[str, dict[Any, Sum]] = {sex: summed([c for c in found if c.sex == sex], key) for sex in Sex}

    def of_sex(sex: str) -> Callable[[Any], str]:
        return lambda row: sum_words(by_sex[sex].get(row[0], Sum()))

    columns = [
        Column(_(dict(VIEWS)[asked.view]), lambda row: words(row[0])),
        Column(_(TITLES[Sex][Sex.MALE]), of_sex(Sex.MALE), number=True),
        Column(_(TITLES[Sex][Sex.FEMALE]), of_sex(Sex.FEMALE), number=True),
        Column(_("Jumlah"), lambda row: sum_words(row[1]), number=True),
    ]
    if asked.view == "jenis-kelamin":
        columns = [columns[0], columns[3]]
    return table(_("Peserta menurut {view}").format(view=inside(_(dict(VIEWS)[asked.view]))), columns, rows)


def _ways(asked: Asked) -> tuple[Callable[[Cell], Any], Callable[[Any], Any]]:
    """What cells are summed by, and how that is said."""
    if asked.view == "segmen":
        return (lambda cell: cell.segment), (lambda name: _(SEGMENTS.get(name, name)))
    if asked.view == "jenis-kelamin":
        return (lambda cell: cell.sex), (lambda name: _(TITLES[Sex][name]))
    if asked.view == "disabilitas":
        return (lambda cell: cell.disabled), (lambda value: _(DISABLED[value]))
    if asked.province:
        return (lambda cell: successor(cell.regency_code)), regions_name
    month = format_month(asked.month)
    return (lambda cell: province_of(cell.regency_code)), lambda code: Link(regions_name(code), f"?bulan={month}&provinsi={code}")


@door(*CELL_READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """All cells of a month under an address that stays: `?bulan=2026-11&bentuk=csv`."""
    asked = asked_for(request)
    found = counts.cells(asked.month)
    audit.record("cells.read", "region", None, fields=("all",), reason=format_month(asked.month))
    headings = [
        _("Bulan"), _("Kode wilayah"), _("Wilayah"), _("Cara terlindungi"), _("Jenis kelamin"), _("Disabilitas"), _("Orang"),
    ]  # fmt: skip
    rows = (
        [
            format_month(asked.month), one.regency_code, regions_name(one.regency_code),
            _(SEGMENTS.get(one.segment, one.segment)), _(TITLES[Sex][one.sex]), _("Ya") if one.disabled else _("Tidak"),
            f"< {LEAST}" if one.persons is None else one.persons,
        ]
        for one in found
    )  # fmt: skip
    return export(request, f"{_('peserta')}-{format_month(asked.month)}", headings, rows)
