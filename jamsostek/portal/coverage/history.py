"""The published past: every figure with its status and source, sums that hold and those that do not, conflicts as conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.text import N_, _
from jamsostek.coverage.denominators import Denominator
from jamsostek.coverage.published import NATION, Figure, Sum, conflicts, figures, sums
from jamsostek.portal.coverage import charts, frame, words
from jamsostek.portal.screens import Column, Link, Table, page, paged, status_tag, table
from jamsostek.portal.templatetags.words import regions_name

SERIES = {
    "peserta": ("members", N_("Peserta menurut tahun, segmen, dan provinsi")),
    "dana": ("funds", N_("Dana, iuran, dan hasil investasi")),
    "klaim": ("claims", N_("Klaim menurut program")),
    "sasaran": ("targets", N_("Sasaran")),
    "semesta": ("universal", N_("Cakupan semesta di daerah (UCJ)")),
    "kerja": ("labour", N_("Penduduk bekerja dan angkatan kerja")),
    "upah": ("wages", N_("Upah minimum provinsi")),
}
SAID = (
    ("members", "2023-10", "all", "active"),
    ("members", "2023-10", "BPU", "active"),
    ("members", "2023-10", "non-ASN", "active"),
    ("members", "2023-10", "vulnerable workers (subsidised)", "active"),
    ("targets", "2024", "RPJMN 2020-2024", "BPU (informal) members"),
    ("funds", "2023-10", "all", "managed_fund"),
    ("claims", "2023-10", "all", "paid"),
    ("claims", "2023-10", "all", "cases"),
    ("claims", "2023-10", "scholarship", "paid"),
    ("claims", "2023-10", "scholarship", "cases"),
    ("targets", "2026", "BPJS strategic plan", "active members"),
    ("targets", "2026", "BPJS strategic plan", "managed fund"),
    ("targets", "2045", "RPJPN 2025-2045", "coverage"),
)
"""What the press said in October 2023 and September 2024, with which this system's work began."""


@door(PUBLIC)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What was said, the series, sums and conflicts."""
    said = [found for key in SAID for found in figures(key[0], key[3], segment=key[2], region=NATION) if found.as_of == key[1]]
    context = {
        "said": _figures(_("Yang dikatakan pada Oktober 2023"), said),
        "reached": reached(),
        "series": [(f"{request.path}{key}/", _(title), len(figures(name))) for key, (name, title) in SERIES.items()],
        "drawings": charts.several("segmen", "dana", "klaim"),
        "sums": sums_table(),
        "conflicts": conflicts_table(),
    }
    return page(request, "coverage/history.html", context, title=_("Masa lalu terbitan"), crumbs=frame.above(), charts=True)


def reached() -> str:
    """How far the plan for nine million workers of their own account had come."""
    real = next(one.value for one in figures("members", "active", segment="BPU") if one.as_of == "2023-10")
    plan = next(one.value for one in figures("targets", "BPU (informal) members"))
    assert real is not None and plan is not None, "the press of October 2023"
    return _("{real} dari {plan}: {share} dari sasaran RPJMN 2020-2024 untuk pekerja mandiri.").format(
        real=words.millions(real), plan=words.millions(plan, 0), share=words.percent(100 * real / plan, 0)
    )


@door(PUBLIC)
@require_safe
def series(request: HttpRequest, series: str) -> HttpResponse:
    """One series, the newest figure first, in pages."""
    if series not in SERIES:
        raise Http404
    name, title = SERIES[series]
    shown = paged(request, figures(name)[::-1], total=len(figures(name)))
    context = {"table": _figures(_(title), shown.rows, place=True), "paged": shown}
    crumbs = frame.above(Link(_("Masa lalu terbitan"), reverse("coverage:history")))
    return page(request, "coverage/series.html", context, title=_(title), crumbs=crumbs, charts=True)


def _figures(caption: str, told: Sequence[Figure], *, place: bool = False) -> Table:
    columns = [
        Column(_("Apa"), what),
        *(
            [Column(_("Di mana"), lambda one: regions_name(one.region) if one.region != NATION else _("Indonesia"))]
            if place
            else []
        ),
        Column(_("Kapan"), words.when),
        Column(_("Nilai"), words.value, number=True),
        *([Column(_("Dasar"), lambda one: _(words.BASES[one.basis]) if one.basis else "")] if place else []),
        Column(_("Status"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: source_link(one)),
    ]
    return table(caption, columns, told)


def what(one: Figure) -> str:
    """A figure's measure, and whose it is."""
    return words.measure(one) if one.segment == "all" else f"{words.measure(one)}: {words.segment(one)}"


def source_link(one: Figure | Denominator) -> str | Link:
    """The source's short name, leading to its text."""
    first = one.source.split()[0] if one.source else ""
    return Link(one.source, f"{reverse('coverage:data')}#{first}") if first else "–"


def sums_table() -> Table:
    """Every whole beside the sum of its parts."""
    columns = [
        Column(_("Keseluruhan"), lambda one: f"{what(one.whole)}, {words.when(one.whole)}" + _place(one.whole)),
        Column(_("Bagian"), lambda one: " + ".join(words.segment(part) for part in one.parts)),
        Column(_("Tercetak"), lambda one: words.value(one.whole), number=True),
        Column(_("Selisih"), _difference, number=True),
        Column(_("Sumber"), lambda one: source_link(one.whole)),
    ]
    return table(_("Bagian yang dijumlahkan"), columns, sums())


def _place(one: Figure) -> str:
    return "" if one.region == NATION else f", {regions_name(one.region)}"


def _difference(one: Sum) -> str:
    if one.difference == 0:
        return _("tepat")
    digits = max(0, -int(one.difference.as_tuple().exponent))
    whole = one.whole.value or Decimal(1)
    sign = "+" if one.difference > 0 else "−"
    return f"{sign}{words.decimal(abs(one.difference), digits)} ({words.percent(100 * abs(one.difference) / whole, 2)})"


def conflicts_table() -> Table:
    """Figures about one thing that disagree, side by side."""
    columns = [
        Column(_("Apa"), lambda told: f"{what(told[0])}, {words.when(told[0])}{_place(told[0])}"),
        Column(_("Angka"), lambda told: _(" atau ").join(f"{words.value(one)} ({one.source})" for one in told)),
        Column(_("Catatan sumber"), lambda told: words.note("; ".join(one.note for one in told if one.note))),
    ]
    return table(_("Sumber yang berbeda"), columns, conflicts())
