"""The month's billing: started for a region or the nation, watched while it runs, what came of it. Survives closing the tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Role
from jamsostek.access.scope import current
from jamsostek.collection.actions.runs import UnderWay, my_regions, start_run
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import bills, runs
from jamsostek.collection.queries.runs import Unbilled, WithoutBill
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, last_day, month_of, parse_month
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.bills.paper import PDF, pdf
from jamsostek.portal.officer import frame
from jamsostek.portal.screens import (
    Column,
    Empty,
    Fact,
    Link,
    Progress,
    Tag,
    Tile,
    done,
    page,
    paged,
    part,
    table,
    today,
    wants_part,
    with_query,
)
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date, moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.uploads.downloads import sent

if TYPE_CHECKING:
    from jamsostek.collection.models import Run, RunRegion

CLOSERS = (Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
MONTHS_BACK, MONTHS_AHEAD = 11, 1
AT_ONCE = 1_000
"""Bills in one document."""
STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Menunggu giliran"), "info"), "running": (N_("Sedang berjalan"), "info"), "done": (N_("Selesai"), "good"),
    "failed": (N_("Berhenti"), "bad"),
}  # fmt: skip
REGION_STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Menunggu giliran"), "info"),
    "done": (N_("Ditagih"), "good"),
    "nothing": (N_("Tidak ada yang tersisa"), "plain"),
    "elsewhere": (N_("Sedang ditagih proses lain"), "warn"),
    "failed": (N_("Tidak ditagih"), "bad"),
}
WHYS = {
    "left": N_("Belum ditagih"), "nobody": N_("Tidak ada pekerja atau orang"), "closed": N_("Sudah ditutup"),
    "taken_back": N_("Tagihannya dibatalkan"),
}  # fmt: skip
KINDS = {PayerKind.EMPLOYER: N_("Perusahaan"), PayerKind.SPONSOR: N_("Pembayar iuran")}


def place(region: int | None) -> str:
    """A region by name; none is the nation."""
    return _("Seluruh Indonesia") if region is None else regions_name(region)


def home() -> Link:
    """The list of runs."""
    return Link(_("Penagihan bulanan"), reverse("month:home"))


@door(*CLOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponseBase:
    """The runs, and starting one."""
    now = month_of(today())
    month, region = _asked_month(request, now), _asked_region(request)
    problem: Any = ""
    if request.method == "POST":
        try:
            made = start_run(month=month, region=region, today=today())
        except UnderWay as error:
            problem = str(error)
        except Refused:
            raise
        except InputError as error:
            problem = str(error)
        else:
            told = _("Penagihan dimulai. Berjalan sendiri; halaman ini boleh ditutup.")
            return done(request, reverse("month:run", args=[made.pk]), told)
    columns = [
        Column(_("Bulan"), lambda one: Link(month_words(one.month), reverse("month:run", args=[one.pk]))),
        Column(_("Wilayah"), lambda one: place(one.region_code)),
        Column(_("Keadaan"), lambda one: _tag(STATES, one.state)),
        Column(_("Diminta"), lambda one: moment(one.asked_at)),
    ]
    months = [add_months(now, at) for at in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
    context: dict[str, Any] = {
        "problem": problem,
        "months": [(one, month_words(one), one == month) for one in months],
        "regions": _regions(region),
        "table": table(_("Penagihan yang pernah dijalankan"), columns, runs.runs()),
        "empty": Empty(_("Belum pernah dijalankan"), _("Pilih bulan dan wilayah di atas.")),
        "month": month,
        "reassess": Role.HEAD_OFFICE in current().roles,
    }
    return page(request, "month/home.html", context, title=_("Penagihan bulanan"), crumbs=[frame.home()])


def _asked_month(request: HttpRequest, now: int) -> int:
    known = {str(add_months(now, at)): add_months(now, at) for at in range(-MONTHS_BACK, MONTHS_AHEAD + 1)}
    return known.get(request.POST.get("bulan") or "", add_months(now, -1))


def _asked_region(request: HttpRequest) -> int | None:
    asked = request.POST.get("wilayah", "")
    known = {str(code) for code, _name, _chosen in _regions(None)}
    if asked and asked in known:
        return int(asked)
    return None if current().everyone else next(iter(my_regions()), None)


def _regions(chosen: int | None) -> list[tuple[Any, str, bool]]:
    """What this reader may bill: the nation and each province, or what their grants name and the regencies below."""
    if current().everyone:
        provinces = [(code, one.name, code == chosen) for code, one in sorted(PROVINCES.items())]
        return [("", _("Seluruh Indonesia"), chosen is None), *provinces]
    codes: list[int] = []
    for region in my_regions():
        codes.append(region)
        if region in PROVINCES:
            codes += sorted(code for code, one in REGENCIES.items() if one.province_code == region)
    return [(code, regions_name(code), code == chosen) for code in dict.fromkeys(codes)]


def _tag(states: dict[str, tuple[str, Tone]], state: str) -> Tag:
    text, tone = states[state]
    return Tag(_(text), tone)


# --- one run ----------------------------------------------------------------------------------------------------------


@door(*CLOSERS)
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """How far it is; when it has ended, what it made."""
    return _page(request, runs.run(run_id))


@door(*CLOSERS)
@require_safe
def state(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """How far it is, for a page that looks again by itself; a change of state loads the whole page."""
    one = runs.run(run_id)
    if not wants_part(request):
        return _page(request, one)
    response = part(request, "month/state.html", _state(one, runs.run_regions(one.pk)))
    if request.GET.get("dari") != one.state:
        response["HX-Refresh"] = "true"
    return response


def _page(request: HttpRequest, one: Run) -> HttpResponseBase:
    regions = runs.run_regions(one.pk)
    made = sum(row.bills for row in regions)
    context: dict[str, Any] = {
        **_state(one, regions),
        "facts": _facts(one),
        "tiles": [
            Tile(_("Tagihan dibuat"), format_number(made), tone="good"),
            Tile(_("Baris orang"), format_number(sum(row.lines for row in regions))),
            Tile(_("Jumlah"), format_rupiah(int(sum(row.total_rupiah for row in regions)))),
        ],
        "table": _regions_table(one, regions),
        "without": f"{reverse('month:without', args=[one.month])}?penagihan={one.pk}" if one.state == "done" else "",
    }
    live = one.state in ("waiting", "running")
    title = _("Penagihan {month}, {region}").format(month=month_words(one.month), region=place(one.region_code))
    return page(request, "month/run.html", context, title=title, crumbs=[frame.home(), home()], live=live)


def _state(one: Run, regions: list[RunRegion]) -> dict[str, Any]:
    ended = sum(row.state != "waiting" for row in regions)
    words = _("{done} dari {whole} wilayah selesai.")
    shown = words.format(done=format_number(ended), whole=format_number(len(regions)))
    running = one.state in ("waiting", "running")
    return {
        "run": one, "tag": _tag(STATES, one.state), "running": running,
        "progress": Progress(shown, ended, max(len(regions), 1)) if running else None,
    }  # fmt: skip


def _facts(one: Run) -> list[Fact]:
    found = [Fact(_("Tanggal tagihan"), date(one.made_on)), Fact(_("Diminta"), moment(one.asked_at))]
    if one.begun_at:
        found.append(Fact(_("Dimulai"), moment(one.begun_at)))
    if one.finished_at:
        found.append(Fact(_("Selesai"), moment(one.finished_at)))
    return found


def _regions_table(one: Run, regions: list[RunRegion]) -> Table:
    def paper(row: RunRegion) -> Link | str:
        return Link(_("PDF"), reverse("month:papers", args=[one.pk, row.region_code])) if row.bills else ""

    columns = [
        Column(_("Wilayah"), lambda row: regions_name(row.region_code)),
        Column(_("Keadaan"), lambda row: _tag(REGION_STATES, row.state)),
        Column(_("Tagihan"), lambda row: format_number(row.bills), number=True),
        Column(_("Orang"), lambda row: format_number(row.lines), number=True),
        Column(_("Jumlah"), lambda row: format_rupiah(int(row.total_rupiah)), number=True),
        Column(_("Catatan"), lambda row: row.problem),
        Column(_("Dicetak"), paper),
    ]
    return table(_("Menurut wilayah"), columns, regions)


# --- who has none -----------------------------------------------------------------------------------------------------


@door(*CLOSERS)
@require_safe
def without(request: HttpRequest, month: int) -> HttpResponseBase:
    """Employers and sponsors that no bill asks for the month, and why."""
    try:
        number = parse_month(month)
    except InputError as error:
        raise Http404 from error
    regions = sorted(PROVINCES) if current().everyone else my_regions()
    rows = WithoutBill(number, regions, last_day(number))
    found, counts = paged(request, rows), rows.counts()

    def link(one: Unbilled) -> Link:
        page_name = "officer:employer" if one.kind == PayerKind.EMPLOYER else "officer:sponsor"
        return Link(one.name, reverse(page_name, args=[one.number]))

    columns = [
        Column(_("Nama"), link),
        Column(_("Nomor"), lambda one: format_public("npp", one.number)),
        Column(_("Jenis"), lambda one: _(KINDS[one.kind])),
        Column(_("Wilayah"), lambda one: regions_name(one.regency_code)),
        Column(_("Sebabnya"), lambda one: Tag(_(WHYS[one.why]), "warn" if one.why in ("left", "taken_back") else "plain")),
    ]
    by_why = {name: sum(count for (_kind, why), count in counts.items() if why == name) for name in WHYS}
    tiles = [
        Tile(_(WHYS[name]), format_number(count), tone="warn" if name == "left" and count else "info")
        for name, count in by_why.items()
    ]  # fmt: skip
    context = {
        "tiles": tiles,
        "table": table(_("Tanpa tagihan"), columns, found.rows),
        "paged": found,
        "empty": Empty(
            _("Semua sudah ditagih"), _("Setiap perusahaan dan pembayar iuran di wilayah ini punya tagihan bulan itu.")
        ),
    }
    title = _("Tanpa tagihan {month}").format(month=month_words(number))
    return page(request, "month/without.html", context, title=title, crumbs=[frame.home(), home()])


# --- on paper ---------------------------------------------------------------------------------------------------------


@door(*CLOSERS)
@require_safe
def papers(request: HttpRequest, run_id: int, region: int) -> HttpResponseBase:
    """All bills of employers and sponsors of a region, a thousand in a document."""
    one = runs.run(run_id)
    rows = runs.bills_of_region(one.month, region)
    count = rows.count()
    if not count:
        raise Http404
    starts = list(range(1, count + 1, AT_ONCE))
    asked = request.GET.get("mulai", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 9 and int(asked) in starts:
        start = int(asked)
        shown = bills.shown(list(rows[start - 1 : start - 1 + AT_ONCE]), today())
        return sent(pdf(request, shown), f"{_('tagihan')}-{one.month}-{region}-{start}.pdf", PDF)
    parts = [
        Link(
            _("Tagihan {first} sampai {last} (PDF)").format(
                first=format_number(start), last=format_number(min(start + AT_ONCE - 1, count))
            ),
            with_query(request, mulai=start),
        )
        for start in starts
    ]
    title = _("Cetak tagihan {region}").format(region=regions_name(region))
    above = [frame.home(), home(), Link(month_words(one.month), reverse("month:run", args=[one.pk]))]
    return page(request, "month/papers.html", {"count": format_number(count), "parts": parts}, title=title, crumbs=above)
