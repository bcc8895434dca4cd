"""What came of it, in sums: for an office whole, for a region and those who watch over the system without small cells."""

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
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import LEAST, Result, Told
from jamsostek.claims.trainings import MONTHS, name_words
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.oversight.frame import CELL_READERS
from jamsostek.portal.oversight.frame import crumbs as watch_crumbs
from jamsostek.portal.region.frame import VIEWERS
from jamsostek.portal.region.frame import crumbs as region_crumbs
from jamsostek.portal.region.frame import tabs as region_tabs
from jamsostek.portal.screens import Column, Empty, Tab, Tile, export, page, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.training import frame
from jamsostek.portal.training.frame import OFFICERS

FIRST_YEAR = 2015
VIEWS = (
    ("jenis", "kind", N_("Jenis")), ("program", "programme", N_("Program")), ("wilayah", "regency", N_("Wilayah")),
    ("tahun", "year", N_("Tahun")), ("biaya", "sponsor", N_("Yang membiayai")),
)  # fmt: skip
SOME = N_("Bagian dari satu sampai empat orang tidak disebut dan tidak ikut dijumlahkan; jumlah yang memuatnya bertanda +.")


@dataclass(frozen=True)
class Asked:
    """By what, and of which year."""

    view: str
    year: int | None

    @property
    def by(self) -> str:
        """The same, as the query calls it."""
        return next(by for name, by, _title in VIEWS if name == self.view)

    @property
    def title(self) -> str:
        """The same, for the reader."""
        return _(next(title for name, _by, title in VIEWS if name == self.view))


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; nonsense is all years by kind."""
    view, year = request.GET.get("menurut", ""), request.GET.get("tahun", "")
    known = year.isascii() and year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today().year + 1
    return Asked(view if view in [name for name, _by, _title in VIEWS] else VIEWS[0][0], int(year) if known else None)


@door(*OFFICERS)
@require_safe
def office(request: HttpRequest) -> HttpResponseBase:
    """Of an office's own people, whole."""
    context = {
        **_context(request),
        "office": frame.tabs("results"),
        "file": f"{reverse('training:results_file')}{_query(request)}",
    }
    return frame.office_page(request, "training/results_office.html", context, title=_("Hasil pelatihan"), crumbs=frame.above())


@door(*VIEWERS)
@require_safe
def region(request: HttpRequest) -> HttpResponseBase:
    """Of a region's people, for its government: sums, nobody's name."""
    context = {
        **_context(request),
        "parts": region_tabs("training"),
        "file": f"{reverse('region:training_file')}{_query(request)}",
        "some": _(SOME),
    }
    return page(request, "training/results.html", context, title=_("Hasil pelatihan"), crumbs=region_crumbs())


@door(*CELL_READERS)
@require_safe
def watch(request: HttpRequest) -> HttpResponseBase:
    """Of the nation."""
    context = {**_context(request), "file": f"{reverse('oversight:training_file')}{_query(request)}", "some": _(SOME)}
    return page(request, "training/results.html", context, title=_("Hasil pelatihan"), crumbs=watch_crumbs(request))


def _query(request: HttpRequest) -> str:
    asked = asked_for(request)
    return f"?menurut={asked.view}" + (f"&tahun={asked.year}" if asked.year else "")


def _context(request: HttpRequest) -> dict[str, Any]:
    asked = asked_for(request)
    found = queries.results(asked.by, year=asked.year)
    whole = next(iter(queries.results("", year=asked.year)), None)
    return {
        "views": _views(asked),
        "view": asked.view,
        "years": [(str(year), year == asked.year) for year in range(today().year + 1, FIRST_YEAR - 1, -1)],
        "tiles": tiles(whole) if whole is not None else [],
        "table": _people(asked, found, whole) if found else None,
        "after": [one for month in MONTHS if (one := _after(asked, found, month)) is not None],
        "empty": Empty(_("Belum ada hasil"), _("Angka tampak begitu ada yang diundang ke sebuah pelatihan.")),
    }


def _views(asked: Asked) -> list[Tab]:
    year = f"&tahun={asked.year}" if asked.year else ""
    return [Tab(_(title), f"?menurut={name}{year}", name == asked.view) for name, _by, title in VIEWS]


def count_words(count: int, hidden: int) -> str:
    """A count as it may be told: hidden cells hold one to four people each."""
    if not hidden:
        return format_number(count)
    return f"{format_number(count)}+" if count else f"< {format_number((LEAST - 1) * hidden + 1)}"


def tiles(whole: Result) -> list[Tile]:
    """All of it in four figures."""
    year = whole.months.get(MONTHS[-1])
    return [
        Tile(_("Diundang"), count_words(whole.invited, whole.hidden)),
        Tile(_("Menyelesaikan"), count_words(whole.finished, whole.hidden), tone="good"),
        Tile(_("Punya usaha sesudah setahun"), _share(year, "business"), _told_words(year)),
        Tile(_("Biaya setiap yang selesai"), _each(whole)),
    ]


def tile() -> Tile:
    """The one figure of a region's first page."""
    whole = next(iter(queries.results()), None)
    figure = count_words(whole.finished, whole.hidden) if whole is not None else "0"
    return Tile(_("Selesai pelatihan"), figure, _("ahli waris dan pekerja sesudah klaim"), reverse("region:training"))


def _share(told: Told | None, what: str) -> str:
    if told is None or not told.told:
        return NOTHING
    return format_percent(round(getattr(told, f"{what}_ppm") / 10_000) * 10_000)


def _told_words(told: Told | None) -> str:
    return "" if told is None or not told.told else _("dari {count} yang ditanya").format(count=format_number(told.told))


def _each(one: Result) -> str:
    rupiah = one.per_finished_rupiah
    return NOTHING if rupiah is None else format_rupiah(rupiah)


def _people(asked: Asked, found: list[Result], whole: Result | None) -> Table:
    def figure(name: str) -> Callable[[Result], str]:
        return lambda one: count_words(getattr(one, name), one.hidden)

    columns = [
        Column(asked.title, lambda one: name_words(asked.by, one.name)),
        Column(_("Diundang"), figure("invited"), number=True),
        Column(_("Ikut"), figure("accepted"), number=True),
        Column(_("Menyelesaikan"), figure("finished"), number=True),
        Column(_("Berhenti"), figure("quit"), number=True),
        Column(_("Biaya"), lambda one: format_rupiah(one.cost_rupiah), number=True),
        Column(_("Setiap yang selesai"), _each, number=True),
    ]
    total = [_("Jumlah"), *(column.show(whole) for column in columns[1:])] if whole is not None and len(found) > 1 else []
    return table(_("Siapa yang ikut"), columns, found, total=total)


def _after(asked: Asked, found: list[Result], month: int) -> Table | None:
    rows = [(one.name, one.months[month]) for one in found if month in one.months]
    if not rows:
        return None

    def rupiah(value: int | None) -> str:
        return NOTHING if value is None else f"+{format_rupiah(value)}" if value > 0 else format_rupiah(value)

    columns = [
        Column(asked.title, lambda row: name_words(asked.by, row[0])),
        Column(_("Ditanya"), lambda row: count_words(row[1].told, row[1].hidden), number=True),
        Column(_("Bekerja"), lambda row: _share(row[1], "working"), number=True),
        Column(_("Punya usaha"), lambda row: _share(row[1], "business"), number=True),
        Column(_("Rata-rata perubahan penghasilan"), lambda row: rupiah(row[1].mean_rupiah), number=True),
        Column(_("Nilai tengahnya"), lambda row: rupiah(row[1].median_rupiah), number=True),
    ]
    return table(_("Sesudah {month} bulan").format(month=month), columns, rows)


# --- files ------------------------------------------------------------------------------------------------------------------


@door(*OFFICERS)
@require_safe
def office_file(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file."""
    return _file(request)


@door(*VIEWERS)
@require_safe
def region_file(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file."""
    return _file(request)


@door(*CELL_READERS)
@require_safe
def watch_file(request: HttpRequest) -> HttpResponseBase:
    """The figures as a file."""
    return _file(request)


def _file(request: HttpRequest) -> HttpResponseBase:
    asked = asked_for(request)
    audit.record("cells.read", "region", None, fields=("all",), reason=f"pelatihan {asked.year or ''}".strip())
    after = (_("ditanya"), _("bekerja"), _("punya usaha"), _("rata-rata perubahan penghasilan"), _("nilai tengahnya"))
    headings = [
        asked.title, _("Diundang"), _("Ikut"), _("Menyelesaikan"), _("Berhenti"), _("Biaya"), _("Setiap yang selesai"),
        _("Bagian yang tidak disebut"), *(f"{frame.months_words(month)}: {what}" for month in MONTHS for what in after),
    ]  # fmt: skip
    rows = (
        [
            name_words(asked.by, one.name), one.invited, one.accepted, one.finished, one.quit, one.cost_rupiah,
            one.per_finished_rupiah, one.hidden, *(value for month in MONTHS for value in _cells(one.months.get(month))),
        ]
        for one in queries.results(asked.by, year=asked.year)
    )  # fmt: skip
    return export(request, f"{_('hasil-pelatihan')}{f'-{asked.year}' if asked.year else ''}", headings, rows)


def _cells(told: Told | None) -> list[int | None]:
    if told is None:
        return [None] * 5
    return [told.told, told.working, told.business, told.mean_rupiah, told.median_rupiah]
