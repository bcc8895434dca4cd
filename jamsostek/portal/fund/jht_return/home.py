"""The year so far: the result by source, what of it may be credited, what is kept, and the rate that bears; and the history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.accounts.actions.rates import MOST_PPM
from jamsostek.accounts.paper import rate_words
from jamsostek.accounts.queries.floors import floor_of
from jamsostek.accounts.queries.rates import Rate
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_decimal
from jamsostek.core.text import N_, _, language
from jamsostek.fund.jht_return import Published, Supported, effect, history, rule
from jamsostek.fund.queries.jht_return import YearSoFar, proposals, year_so_far
from jamsostek.portal.books.frame import account_link, title_of
from jamsostek.portal.fund.frame import READERS
from jamsostek.portal.fund.jht_return.frame import (
    GRADES,
    PROPOSERS,
    TITLE,
    accounts,
    cover,
    example,
    holds,
    rupiah,
    screen,
    share,
    span,
    state,
)
from jamsostek.portal.screens import (
    Chart,
    Column,
    Empty,
    Fact,
    Form,
    Link,
    Measure,
    MonthField,
    Table,
    Tile,
    chart,
    export,
    table,
    today,
)
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.screens.words import month as month_words

SHOWN = 5
"""So many proposals stand on the first page."""
ABOUT: dict[str, str] = {
    "distributable": N_("Yang boleh dibagi"), "reserve": N_("Cadangan"), "floor": N_("Batas bawah"), "basis": N_("Dasar"),
    "rounding": N_("Pembulatan"),
}  # fmt: skip


class UntilForm(Form):
    """Which books."""

    until = MonthField(label=N_("Buku sampai akhir bulan"))


def _until(request: HttpRequest) -> tuple[UntilForm, int]:
    last = add_months(month_of(today()), -1)
    asked = any(name.startswith("until-") for name in request.GET)
    form = UntilForm(request.GET if asked else None, initial={"until": last})
    return form, form.cleaned_data["until"] if asked and form.is_valid() else last


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The year of the books until a month."""
    form, until = _until(request)
    told = year_so_far(until)
    asked = proposals(limit=SHOWN)
    tables = [result_table(told), _base(told), _rule(), *([proposals_table(asked)] if asked else [])]
    context = {
        "about": _("Tingkat JHT setahun diusulkan dari hasil dana, dan ditetapkan orang lain; pengkreditan memakainya."),
        "notice": beyond(told.found),
        "tiles": _tiles(told),
        "look": form,
        "facts": facts(told),
        "tables": tables,
        "empty": None if asked else Empty(_("Belum ada usulan"), _("Aktuaris mengusulkan tingkat dari hasil dana.")),
        "ways": _ways(),
        "export_url": f"{reverse('jht_return:file')}?until-m={until % 100}&until-y={until // 100}",
    }
    return screen(request, context, title=_(TITLE), here="jht_return:home")


def _ways() -> list[Link]:
    return [Link(_("Usulkan tingkat"), reverse("jht_return:propose"))] if holds(*PROPOSERS) else []


def beyond(found: Supported) -> str:
    """What to say of a result that bears more than can be declared; empty of all others."""
    if found.rate_ppm is None or found.rate_ppm <= MOST_PPM:
        return ""
    return _("Hasil dana melebihi tingkat tertinggi yang dapat dicatat: dana memegang jauh lebih banyak daripada saldo peserta.")


def _tiles(told: YearSoFar) -> list[Tile]:
    floor, found = floor_of(told.until), told.found
    stands = effect(told.books, 0, told.found).coverage_before_ppm
    return [
        Tile(_("Tingkat yang didukung hasil"), share(found.rate_ppm), span(told.year * 100 + 1, told.until)),
        Tile(
            _("Rata-rata bunga deposito"), share(floor.rate_ppm if floor else None),
            (floor.source + example(floor.invented)) if floor else _("belum dicatat"), reverse("jht_return:floors"),
            "info" if floor else "warn",
        ),
        Tile(_("Aset bersih terhadap saldo peserta"), cover(stands), month_words(told.until)),
    ]  # fmt: skip


def facts(told: YearSoFar) -> list[Fact]:
    """What is kept, what is left, and what it is left for."""
    found, books, here = told.found, told.books, accounts()
    return [
        Fact(_("Hasil yang boleh dibagi"), rupiah(found.distributable_rupiah)),
        Fact(_("Disisihkan sebagai cadangan ({share})").format(share=share(told.by.reserve_ppm)), rupiah(found.reserve_rupiah)),
        Fact(_("Untuk peserta"), rupiah(found.for_members_rupiah)),
        Fact(_("Rata-rata saldo yang berkembang"), rupiah(found.average_rupiah)),
        Fact(
            _("Hari"), _("{days} dari {year} hari setahun").format(days=books.days, year=books.year_days)
        ),
        Fact(_("Sudah dikreditkan tahun ini"), rupiah(books.credited_rupiah), _change(here, "credited:jht")),
        Fact(_("Aset bersih sebelum kewajiban kepada peserta"), rupiah(books.net_assets_rupiah)),
        Fact(_("Saldo peserta"), rupiah(books.members_rupiah), _change(here, "members:jht")),
    ]  # fmt: skip


def _change(here: dict[str, Any], code: str) -> Link | None:
    return Link(_("Buka akun"), account_link(here[code]).url) if code in here else None


def result_table(told: YearSoFar) -> Table:
    """The accounts of the result, each with its statement, and whether it counts."""
    signs, here = dict(told.by.counted), accounts()
    rows = [(code, rupiah_of) for code, rupiah_of in told.books.moved.items()]
    return moved_table(rows, signs, here, told.found.distributable_rupiah, span(told.year * 100 + 1, told.until))


def moved_table(rows: Any, signs: dict[str, int], here: dict[str, Any], total: int, of: str) -> Table:
    """What each account of the result moved by, and what of it counts."""
    words = {1: _("ditambah"), -1: _("dikurangkan"), 0: _("tidak dihitung")}
    columns = [
        Column(_("Sumber hasil"), lambda row: account_link(here[row[0]]) if row[0] in here else row[0]),
        Column(_("Pergerakan"), lambda row: rupiah(row[1]), number=True),
        Column(_("Dalam hasil yang dibagi"), lambda row: words[signs.get(row[0], 0)]),
    ]
    return table(_("Hasil menurut sumber, {of}").format(of=of), columns, rows, total=[_("Boleh dibagi"), rupiah(total), ""])


def _base(told: YearSoFar) -> Table:
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Berkembang sejak awal bulan"), lambda one: rupiah(one.opening_rupiah), number=True),
        Column(_("Masuk dikurangi keluar"), lambda one: rupiah(one.moved_rupiah), number=True),
        Column(_("Rata-rata bulan itu"), lambda one: rupiah(one.rupiah_days // one.days), number=True),
    ]
    return table(_("Saldo peserta yang berkembang"), columns, told.base)


def _rule() -> Table:
    columns = [
        Column(_("Bagian aturan"), lambda one: _(ABOUT[one.about])),
        Column(_("Isi"), lambda one: one.note[language()]),
        Column(_("Pasal"), lambda one: one.article or NOTHING),
        Column(_("Bukti"), lambda one: _(GRADES[one.grade])),
    ]
    return table(_("Aturan yang dipakai"), columns, rule().grounds)


def proposals_table(rows: Any) -> Table:
    """Proposals, the newest first."""
    columns = [
        Column(_("Usulan"), lambda one: Link(one.reference, reverse("jht_return:proposal", args=[one.id]))),
        Column(_("Untuk"), lambda one: span(one.rate.from_month, one.rate.to_month)),
        Column(_("Tingkat setahun"), lambda one: rate_words(Rate(one.rate.rate_ppm, one.rate)), number=True),
        Column(_("Didukung hasil"), lambda one: share(one.figures["supported_ppm"]), number=True),
        Column(_("Batas bawah"), lambda one: share(one.figures["least_ppm"]), number=True),
        Column(_("Keadaan"), state),
    ]
    return table(_("Usulan, yang terbaru di atas"), columns, rows)


@door(*READERS)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """The year's figures as a file."""
    _form, until = _until(request)
    told, here = year_so_far(until), accounts()
    rows = [(account_title(here, code), amount) for code, amount in told.books.moved.items()]
    rows += [(one.label, amount) for one, amount in zip(facts(told), _amounts(told), strict=True) if amount is not None]
    return export(request, f"{_('hasil-jht')}-{until}", [_("Apa"), _("Rupiah")], rows)


def account_title(here: dict[str, Any], code: str) -> str:
    """What an account is called; its code where it was never opened."""
    return title_of(here[code]) if code in here else code


def _amounts(told: YearSoFar) -> list[int | None]:
    found, books = told.found, told.books
    return [
        found.distributable_rupiah, found.reserve_rupiah, found.for_members_rupiah, found.average_rupiah, None,
        books.credited_rupiah, books.net_assets_rupiah, books.members_rupiah,
    ]  # fmt: skip


# --- what was published -----------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def published(request: HttpRequest) -> HttpResponseBase:
    """The rates of past years beside the banks' deposit rates, as the pages printed them."""
    columns = [
        Column(_("Tahun"), lambda one: str(one.year)),
        Column(_("Tingkat JHT"), lambda one: share(one.rate_ppm), number=True),
        Column(_("Rata-rata bunga deposito"), lambda one: share(one.deposit_ppm), number=True),
        Column(_("Bukti"), lambda one: _(GRADES[one.grade])),
        Column(_("Sumber"), _source),
    ]
    context = {
        "about": _("Tingkat 2021 sampai 2024 dicari dan tidak ditemukan. Halaman yang mencetak angka berbeda disebut semua."),
        "chart": _chart(history()),
        "charts": True,
        "tables": [table(_("Tingkat yang pernah diumumkan"), columns, history())],
    }
    return screen(request, context, title=_("Tingkat yang pernah diumumkan"), here="jht_return:history")


def _source(one: Published) -> Link | str:
    return Link(one.source.split("/")[2], one.source) if one.source.startswith("https://") else one.source


def _chart(rows: tuple[Published, ...]) -> Chart:
    kinds = (_("Tingkat JHT"), "rate_ppm"), (_("Rata-rata bunga deposito"), "deposit_ppm")
    told: list[dict[str, Any]] = [
        {"year": str(one.year), "kind": kind, "percent": getattr(one, name) / 10_000, "source": one.source}
        for kind, name in kinds
        for one in rows
        if getattr(one, name) is not None
    ]
    spec = {
        "mark": {"type": "point", "filled": True, "size": 90},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None},
            "y": {"field": "percent", "type": "quantitative", "title": _("persen setahun")},
            "color": {"field": "kind", "type": "nominal", "sort": None},
            "shape": {"field": "kind", "type": "nominal", "sort": None},
        },
    }
    columns = [
        Measure(_("Tahun"), "year"), Measure(_("Apa"), "kind"),
        Measure(_("Persen setahun"), "percent", lambda value: format_decimal(value, 2), number=True),
    ]  # fmt: skip
    text = _("Setiap tingkat yang diumumkan berada di atas rata-rata bunga deposito tahun yang sama, sejauh keduanya ditemukan.")
    return chart(
        "hasil-jht", _("Tingkat JHT dan bunga deposito"), spec, columns, told, text=text,
        source=_("halaman berita, lihat tabel"), status="seed",
    )  # fmt: skip


__all__ = ["beyond", "facts", "file", "home", "moved_table", "proposals_table", "published", "result_table"]
