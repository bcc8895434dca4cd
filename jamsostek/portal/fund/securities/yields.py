"""What investments earned, by fund and class, beside what was published: drawn, in a table, as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_rupiah, separated
from jamsostek.core.text import N_, _
from jamsostek.fund.queries.yields import SPANS, Basis, Earned, Published, Span, earned, published
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.securities.words import class_words, share_words
from jamsostek.portal.screens import (
    Chart,
    Column,
    Empty,
    Form,
    Link,
    Measure,
    MonthField,
    chart,
    export,
    status_tag,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

SPAN_WORDS: dict[Span, str] = {
    "month": N_("Satu bulan"), "year_to_date": N_("Sejak awal tahun"), "year": N_("Dua belas bulan"),
}  # fmt: skip
BASES: dict[Basis, str] = {"books": N_("Nilai buku"), "market": N_("Nilai pasar")}


class AskForm(Form):
    """Of which month, how far back, and by which value."""

    bulan = MonthField(label=N_("Sampai akhir bulan"))
    rentang = forms.ChoiceField(label=N_("Rentang"), choices=list(SPAN_WORDS.items()), widget=forms.RadioSelect)
    dasar = forms.ChoiceField(label=N_("Dihitung dari"), choices=list(BASES.items()), widget=forms.RadioSelect)


def _asked(request: HttpRequest) -> tuple[AskForm, int, Span, Basis]:
    last = add_months(month_of(today()), -1)
    bound = any(name in request.GET for name in ("bulan-m", "rentang", "dasar"))
    form = AskForm(request.GET if bound else None, initial={"bulan": last, "rentang": "year_to_date", "dasar": "books"})
    if bound and form.is_valid():
        given = form.cleaned_data
        return form, min(given["bulan"], month_of(today())), given["rentang"], given["dasar"]
    return form, last, "year_to_date", "books"


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every fund, each class in it, and what was published."""
    form, month, span, basis = _asked(request)
    rows = earned(month=month, span=span, basis=basis)
    of = _("{span}, sampai {day}: {basis}.").format(
        span=_(SPAN_WORDS[span]), day=month_words(month), basis=_(BASES[basis]).lower()
    )  # fmt: skip
    funds = [one for one in rows if not one.asset_class]
    context: dict[str, Any] = {
        "form": form,
        "of": of,
        "chart": _chart(funds, of) if any(one.net is not None for one in funds) else None,
        "table": _table(_("Imbal hasil per dana"), funds),
        "classes": [_table(fund_title(fund), _classes(rows, fund)) for fund in FUNDS if _classes(rows, fund)],
        "linked": any(not one.exact for one in rows),
        "unclear": [_title(one) for one in rows if len(one.rates.found) != 1 and (one.came_rupiah or one.begin_rupiah)],
        "published": _published(),
        "empty": Empty(
            _("Belum ada yang dimiliki dalam rentang ini"), _("Pilih bulan lain, atau selesaikan pembelian dahulu."),
            Link(_("Transaksi dan efek"), reverse("securities:home")),
        ),
        "export_url": f"{reverse('securities:yields_file')}{with_query(request)}",
        "charts": True,
    }  # fmt: skip
    return screen(request, "securities/yields.html", context, title=_("Imbal hasil"), here="securities:yields")


def _classes(rows: list[Earned], fund: str) -> list[Earned]:
    return [one for one in rows if one.fund == fund and one.asset_class]


def _title(one: Earned) -> str:
    fund = fund_title(one.fund) if one.fund else _("Semua dana")
    return f"{fund}, {class_words(one.asset_class)}" if one.asset_class else fund


def _share(value: float | None) -> str:
    return NOTHING if value is None else share_words(value)


def _money(one: Earned) -> str:
    if len(one.rates.found) > 1:
        return _("{count} jawaban").format(count=len(one.rates.found))
    return _share(one.money)


def _table(title: str, rows: list[Earned]) -> Table:
    columns = [
        Column(
            _("Dana atau golongan"), lambda one: class_words(one.asset_class) if one.asset_class else _title(one)
        ),
        Column(_("Nilai awal"), lambda one: format_rupiah(one.begin_rupiah), number=True),
        Column(_("Nilai akhir"), lambda one: format_rupiah(one.end_rupiah), number=True),
        Column(_("Yang diperoleh"), lambda one: format_rupiah(one.gained_rupiah), number=True),
        Column(_("Biaya jual beli"), lambda one: format_rupiah(one.fee_rupiah), number=True),
        Column(_("Berbobot waktu, kotor"), lambda one: _share(one.gross), number=True),
        Column(_("Berbobot waktu, bersih"), lambda one: _share(one.net), number=True),
        Column(_("Berbobot uang, bersih"), _money, number=True),
        Column(_("Hasil atas rata-rata"), lambda one: _share(one.income), number=True),
    ]  # fmt: skip
    return table(title, columns, rows)


def _chart(funds: list[Earned], of: str) -> Chart:
    kinds = [(N_("berbobot waktu"), "net"), (N_("berbobot uang"), "money"), (N_("atas rata-rata"), "income")]
    rows = [
        {"fund": _title(one), "kind": _(words), "share": round(getattr(one, name) * 100, 4)}
        for one in funds
        for words, name in kinds
        if getattr(one, name) is not None
    ]
    colour = {"field": "kind", "type": "nominal", "sort": None, "title": None}
    spec = {
        "mark": "bar",
        "height": {"step": 14},
        "encoding": {
            "y": {"field": "fund", "type": "nominal", "sort": None, "title": None},
            "yOffset": {"field": "kind", "type": "nominal", "sort": None},
            "x": {"field": "share", "type": "quantitative", "title": _("persen"), "axis": {"tickCount": 5}},
            "color": colour,
        },
    }
    best = max((one for one in funds if one.net is not None), key=lambda one: one.net or 0.0)
    columns = [
        Measure(_("Dana"), "fund"), Measure(_("Ukuran"), "kind"),
        Measure(_("Persen"), "share", lambda share: separated(f"{share:,.2f}"), number=True),
    ]  # fmt: skip
    return chart(
        "imbal-hasil", _("Imbal hasil per dana"), spec, columns, rows,
        text=_("Tertinggi, berbobot waktu dan bersih: {fund}, {share}.").format(fund=_title(best), share=_share(best.net)),
        source=_("pembukuan pemasangan ini"), status="registry", as_of=date(best.ends), note=of,
    )  # fmt: skip


def _published() -> Table:
    columns = [
        Column(_("Tahun"), lambda one: str(one.year)),
        Column(_("Dana"), _published_fund),
        Column(_("Terbit"), lambda one: f"{separated(one.percent)} %", number=True),
        Column(_("Hasil atas rata-rata di sini"), _ours, number=True),
        Column(_("Keadaan"), lambda one: status_tag(one.status)),
        Column(_("Sumber"), lambda one: one.source),
    ]
    return table(_("Imbal hasil yang terbit"), columns, published())


def _published_fund(one: Published) -> str:
    return {"all": _("Semua dana"), "bpjs": _("Badan (BPJS)")}.get(one.fund) or fund_title(one.fund)


def _ours(one: Published) -> str:
    fund = "" if one.fund == "all" else one.fund
    rows = earned(month=one.year * 100 + 12, span="year")
    return _share(next((each.income for each in rows if (each.fund, each.asset_class) == (fund, "")), None))


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same figures for the three spans, as a file; shares as decimals."""
    _form, month, _span, basis = _asked(request)
    headings = [
        _("Rentang"), _("Dana"), _("Golongan"), _("Mulai"), _("Sampai"), _("Nilai awal"), _("Nilai akhir"), _("Masuk"),
        _("Keluar"), _("Biaya jual beli"), _("Yang diperoleh"), _("Berbobot waktu, kotor"), _("Berbobot waktu, bersih"),
        _("Berbobot uang, bersih"), _("Hasil atas rata-rata"), _("Nilai diketahui pada setiap arus"),
    ]  # fmt: skip
    rows = (
        [
            _(SPAN_WORDS[span]), fund_title(one.fund) if one.fund else _("Semua dana"),
            class_words(one.asset_class) if one.asset_class else "", one.begins, one.ends, one.begin_rupiah, one.end_rupiah,
            one.came_rupiah, one.went_rupiah, one.fee_rupiah, one.gained_rupiah, _plain(one.gross), _plain(one.net),
            _plain(one.money), _plain(one.income), _("Ya") if one.exact else _("Tidak"),
        ]
        for span in SPANS
        for one in earned(month=month, span=span, basis=basis)
    )  # fmt: skip
    return export(request, f"{_('imbal-hasil')}-{month}", headings, rows)


def _plain(value: float | None) -> str | None:
    return None if value is None else f"{value:.8f}"
