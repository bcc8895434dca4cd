"""One programme of a run: its fund with the fan, what comes and goes, its people, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.fund.projection import PROGRAMMES
from jamsostek.portal.fund.frame import READERS, fund_title
from jamsostek.portal.fund.projection import charts, frame
from jamsostek.portal.fund.projection.shown import years_headings, years_rows
from jamsostek.portal.screens import Chart, Column, Tab, Table, export, table

KINDS = {
    "old_age": N_("Hari tua"), "disability": N_("Cacat"), "widow": N_("Janda dan duda"), "parent": N_("Orang tua"),
    "child": N_("Anak"),
}  # fmt: skip
BANDS = (
    N_("Paling sedikit menurut hukum"), N_("Sampai dua kali yang paling sedikit"), N_("Sepertiga pertama"), N_("Sepertiga kedua"),
    N_("Sepertiga ketiga"), N_("Paling banyak menurut hukum"),
)  # fmt: skip
PARTS = {
    "age": N_("Mencapai usia 56"), "death": N_("Meninggal"), "disability": N_("Cacat total"), "left": N_("Berhenti bekerja"),
    "later": N_("Nonaktif, diambil kemudian"), "partial": N_("Pengambilan sebagian"), "medical": N_("Pengobatan dan angkutan"),
    "incapacity": N_("Santunan sementara tidak mampu bekerja"), "partial_disability": N_("Cacat sebagian"),
    "total": N_("Cacat total tetap"), "scholarship": N_("Beasiswa"), "cash": N_("Uang tunai"), "training": N_("Pelatihan"),
}  # fmt: skip
YEARS = (2024, 2025, 2026, 2027, 2028, 2029, 2030, 2035, 2040, 2045, 2050, 2055, 2060, 2065, 2070, 2075, 2080, 2090, 2100)
MILLION = 1_000_000


@door(*READERS)
@require_safe
def one(request: HttpRequest, id: int, programme: str) -> HttpResponseBase:
    """With `?bentuk=csv` or `xlsx` year by year as a file."""
    if programme not in PROGRAMMES:
        raise Http404
    run, told = frame.found(id), frame.told(id)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return export(request, f"proyeksi-{id}-{programme}", years_headings(), years_rows(told, programme))
    title = fund_title(programme)
    drawn = [
        charts.assets(f"aset-{programme}", _("Aset sampai 2100"), told, programme),
        charts.flows(f"arus-{programme}", _("Iuran, manfaat, hasil investasi sampai 2060"), told, programme, 2060),
        *_own_charts(told, programme),
    ]
    context = {
        "run": run,
        "parts": [Tab(fund_title(p), _address(id, p), p == programme) for p in PROGRAMMES],
        "charts": drawn,
        "table": _years(told, programme),
        "more": _more(told, programme),
        "estimate": _(frame.ESTIMATE),
        "population": _(frame.PUBLISHED),
    }
    return frame.screen(request, "programme.html", context, title=title, above=[frame.link(run)], charts=True)


def _address(id: int, programme: str) -> str:
    return reverse("projection:programme", args=[id, programme])


def _years(told: Mapping[str, Any], programme: str) -> Table:
    fund = told["funds"][programme]

    def of(key: str) -> Any:
        return lambda year: frame.money(fund[key][told["years"].index(year)])

    dry = fund["exhausted"]
    columns = [
        Column(_("Tahun"), str), Column(_("Iuran"), of("contributions"), number=True),
        Column(_("Manfaat"), of("benefits"), number=True), Column(_("Biaya"), of("costs"), number=True),
        Column(_("Hasil investasi"), lambda y: "–" if dry and y >= dry else of("returns")(y), number=True),
        Column(_("Aset akhir tahun"), lambda y: _("habis") if dry and y >= dry else of("assets")(y), number=True),
    ]  # fmt: skip
    return table(_("Tahun demi tahun"), columns, YEARS)


def _own_charts(told: Mapping[str, Any], programme: str) -> list[Chart]:
    if programme == "jp":
        jp = told["jp"]
        retired = [sum(of) for of in zip(*jp["persons"].values(), strict=True)]
        named = {_("Peserta aktif"): jp["members"], _("Berhenti, masih berhak"): jp["dormant"], _("Penerima pensiun"): retired}
        return [charts.series("orang-jp", _("Peserta dan penerima pensiun"), told, named, _("juta orang"), MILLION)]
    if programme == "jht":
        return []
    own = told[programme]
    return [charts.series(f"orang-{programme}", _("Peserta"), told, {_("Peserta"): own["members"]}, _("juta orang"), MILLION)]


def _more(told: Mapping[str, Any], programme: str) -> list[Table]:
    if programme == "jp":
        return [_kinds(told), _bands(told)]
    if programme == "jht":
        return [_parts(told, told["jht"]["paid"], _("Yang diambil, menurut sebab")), _cover(told)]
    parts = dict(told[programme]["parts"])
    if "partial" in parts:
        parts["partial_disability"] = parts.pop("partial")
    if programme == "jkp":
        parts_table = _parts(told, parts, _("Manfaat menurut jenis"))
        share = {"": told["jkp"]["government"]}
        column = Column(_("Dari pemerintah"), lambda y: frame.money(share[""][told["years"].index(y)]), number=True)
        return [parts_table, table(_("Iuran pemerintah"), [Column(_("Tahun"), str), column], YEARS)]
    return [_parts(told, parts, _("Manfaat menurut jenis"))]


def _parts(told: Mapping[str, Any], parts: Mapping[str, Any], title: str) -> Table:
    def of(name: str) -> Any:
        return lambda year: frame.money(parts[name][told["years"].index(year)])

    columns = [Column(_("Tahun"), str), *(Column(_(PARTS[name]), of(name), number=True) for name in parts)]
    return table(title, columns, YEARS)


def _kinds(told: Mapping[str, Any]) -> Table:
    jp = told["jp"]

    def of(kind: str) -> Any:
        return lambda year: format_number(jp["persons"][kind][told["years"].index(year)])

    columns = [Column(_("Tahun"), str), *(Column(_(words), of(kind), number=True) for kind, words in KINDS.items())]
    columns.append(Column(_("Dibayar sekaligus"), lambda y: frame.money(jp["lump_sums"][told["years"].index(y)]), number=True))
    return table(_("Penerima pensiun pada 1 Januari"), columns, YEARS)


def _bands(told: Mapping[str, Any]) -> Table:
    bands = told["jp"]["bands"]

    def of(band: int) -> Any:
        return lambda year: format_number(bands[band][told["years"].index(year)])

    columns = [Column(_("Tahun"), str), *(Column(_(words), of(band), number=True) for band, words in enumerate(BANDS))]
    return table(_("Penerima pensiun menurut besarnya, dari paling sedikit ke paling banyak"), columns, YEARS)


def _cover(told: Mapping[str, Any]) -> Table:
    jht, assets = told["jht"], told["funds"]["jht"]["assets"]

    def at(values: Any) -> Any:
        return lambda year: frame.money(values[told["years"].index(year)])

    columns = [
        Column(_("Tahun"), str), Column(_("Saldo peserta"), at(jht["balances"]), number=True),
        Column(_("Milik peserta nonaktif"), at(jht["inactive"]), number=True),
        Column(_("Tingkat dikreditkan"), lambda y: frame.percent(jht["rate"][told["years"].index(y)]), number=True),
        Column(
            _("Aset dibanding saldo"),
            lambda y: frame.percent(assets[told["years"].index(y)] / max(jht["balances"][told["years"].index(y)], 1), 1),
            number=True,
        ),
    ]  # fmt: skip
    return table(_("Saldo dan cadangan"), columns, YEARS)
