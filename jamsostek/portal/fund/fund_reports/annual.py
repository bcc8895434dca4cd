"""The yearly report to members, for everybody once it was signed: what came in, what was paid, what it earned, what was
declared."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.months import last_day
from jamsostek.core.text import _
from jamsostek.fund.queries import reports as queries
from jamsostek.fund.queries.reports import Whole
from jamsostek.fund.reports import blocks, building, drawing
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.fund.fund_reports import drawn
from jamsostek.portal.fund.fund_reports.reports import file_name, sent
from jamsostek.portal.fund.liquidity.words import percent, signed_rupiah
from jamsostek.portal.screens import Column, Empty, Link, Tile, page, table
from jamsostek.portal.screens.words import date


@door(PUBLIC)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Years that were signed, the newest first; of each the newest edition."""
    newest = {row.period: row for row in reversed(queries.published())}
    rows = [newest[year] for year in sorted(newest, reverse=True)]
    columns = [
        Column(_("Laporan"), lambda one: Link(blocks.title_of(one), reverse("annual_report:one", args=[one.period]))),
        Column(_("Edisi"), lambda one: str(one.edition)),
        Column(_("Ditandatangani"), lambda one: date(one.answer.at)),
    ]
    context = {
        "table": table(_("Laporan tahunan kepada peserta"), columns, rows), "rows": rows,
        "empty": Empty(_("Belum ada laporan tahunan"), _("Laporan muncul di sini sesudah ditandatangani pimpinan dana.")),
    }  # fmt: skip
    return page(request, "fund/fund_reports/annual_list.html", context, title=_("Laporan tahunan kepada peserta"))


def _found(report_year: int) -> Whole:
    found = queries.of_year(report_year)
    if found is None:
        raise Http404
    return found


@door(PUBLIC)
@require_safe
def one(request: HttpRequest, report_year: int) -> HttpResponseBase:
    """In plain words and drawings, fund by fund."""
    found = _found(report_year)
    row, until = found.row, building.last_month(found.row)
    context = {
        "of": blocks.subtitle_of(row),
        "whole": building.whole_year(row),
        "until": date(last_day(until)),
        "notes": drawing.notes(found),
        "ends": drawing.ends(found),
        "tiles": _tiles(found),
        "said": [_said(found.parts[fund]) for fund in PROGRAMMES if found.parts[fund]["assets"] or found.parts[fund]["paid"]],
        "declared": _declared(found),
        "drawings": drawn.charts(row, found.parts),
        "tables": drawn.tables(row, found.parts, linked=False),
        "pdf": reverse("annual_report:pdf", args=[report_year]),
    }
    crumbs = [Link(_("Laporan tahunan kepada peserta"), reverse("annual_report:home"))]
    return page(request, "fund/fund_reports/annual.html", context, title=blocks.title_of(row), crumbs=crumbs, charts=True)


def _tiles(found: Whole) -> list[Tile]:
    told = [found.parts[fund] for fund in PROGRAMMES]
    return [
        Tile(_("Iuran masuk"), signed_rupiah(sum(one["contributions"] for one in told))),
        Tile(_("Dibayarkan kepada peserta dan keluarga"), signed_rupiah(sum(one["paid"] for one in told))),
        Tile(_("Hasil investasi"), signed_rupiah(sum(one["earned"] for one in told))),
    ]


def _said(one: dict[str, int | str]) -> tuple[str, str]:
    """A fund's year in plain words."""
    text = _(
        "Masuk iuran {came}. Dibayarkan {paid}. Investasi menghasilkan {earned}. Pada akhir masa ini dananya memegang {assets}."
    )
    told = text.format(
        came=signed_rupiah(int(one["contributions"])), paid=signed_rupiah(int(one["paid"])),
        earned=signed_rupiah(int(one["earned"])), assets=signed_rupiah(int(one["assets"])),
    )  # fmt: skip
    if one["fund"] == "jht":
        told += " " + _("Saldo milik peserta {owed}; hasil yang dikreditkan kepada mereka {credited}.").format(
            owed=signed_rupiah(int(one["owed_members"])), credited=signed_rupiah(int(one["credited"]))
        )
    return fund_title(str(one["fund"])), told


def _declared(found: Whole) -> str:
    rates = {row["ppm"] for row in found.parts["declared"]["rows"] if row["ppm"] is not None}
    if not rates:
        return _("Hasil JHT untuk masa ini belum ditetapkan.")
    shown = ", ".join(percent(one, 2) for one in sorted(rates))
    return _("Hasil JHT ditetapkan {rates} setahun.").format(rates=shown)


@door(PUBLIC)
@require_safe
def pdf(request: HttpRequest, report_year: int) -> HttpResponseBase:
    """On paper."""
    found = _found(report_year)
    return sent(drawing.pdf(found), "application/pdf", f"{file_name(found.row)}.pdf")
