"""A programme's money: by source, who waits and why, what another budget would do, the months ahead."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number, format_percent, format_rupiah, format_share, separated
from jamsostek.core.text import N_, _
from jamsostek.outreach import families, plan
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries import previews
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.money import Purse, monthly, purses
from jamsostek.outreach.queries.previews import Answer, Question
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import READERS, Section
from jamsostek.portal.programmes.making import PACKAGES
from jamsostek.portal.programmes.words import reason_words
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, MoneyField, Tile, YesNoField, paged, table, today
from jamsostek.portal.screens.tables import page_number
from jamsostek.portal.screens.words import month as month_words


@door(*READERS)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """By source, and what a person costs by the law."""
    programme = frame.programme_of(number)
    (figures,) = queries.shown([programme])
    there = purses(programme)
    ways = [Link(_("Andai-andai"), frame.at(programme, "what_if")), Link(_("Bulan ke depan"), frame.at(programme, "ahead"))]
    if frame.plans(programme.region_code) and programme.state == "open":
        ways.insert(0, Link(_("Danai yang disahkan"), frame.at(programme, "fund")))
    context = {
        "tabs": frame.programme_tabs(programme, "money"),
        "ways": ways,
        "sections": [
            Section(
                facts=[
                    Fact(_("Seluruh dana"), format_rupiah(figures.rupiah)),
                    Fact(_("Terpakai"), format_rupiah(figures.spent_rupiah)),
                    Fact(_("Sisa dana"), format_rupiah(figures.left_rupiah)),
                    Fact(
                        _("Menunggu dana"),
                        Link(frame.people_words(figures.people.get("waiting", 0)), frame.at(programme, "waiting")),
                    ),
                ]
            ),
            Section(
                table=_sources(programme, there),
                empty=Empty(_("Belum ada sumber dana"), _("Tulis sumber dananya lebih dahulu.")),
            ),
            _cost(programme, there),
            _effect(programme),
        ],
    }  # fmt: skip
    return frame.screen(
        request, context, title=_("Dana: {title}").format(title=programme.title), crumbs=frame.above(frame.link(programme))
    )


def _sources(programme: Programme, there: list[Purse]) -> Any:
    columns = [
        Column(_("Sumber"), lambda one: one.title),
        Column(_("Jenis dana"), lambda one: _(plan.KINDS[one.source.kind])),
        Column(_("Bulan"), lambda one: frame.months_words(one.source.from_month, one.source.to_month)),
        frame.count_column(_("Orang"), lambda one: one.people),
        Column(_("Jumlah"), lambda one: format_rupiah(one.source.rupiah), number=True),
        Column(_("Terpakai"), lambda one: format_rupiah(one.spent_rupiah), number=True),
        Column(_("Sisa dana"), lambda one: format_rupiah(one.left_rupiah), number=True),
        Column(_("Dasar hukum"), lambda one: one.regulation or "–"),
    ]
    return table(_("Tiap sumber"), columns, there) if there else None


def explanation_url(programme: Programme, kind: str, month: int) -> str:
    """Where the contribution of a month is explained down to the article."""
    told = [("income_rupiah", programme.income_rupiah), *(("programmes", one) for one in programme.programmes)]
    told += [("sector", "other"), ("payer", plan.PAYER_OF[kind]), ("month-m", month % 100), ("month-y", month // 100)]
    return f"{reverse('public:calculator', args=['iuran-mandiri'])}?{urlencode(told)}"


def _cost(programme: Programme, there: list[Purse]) -> Section:
    rows: list[tuple[str, int, int, str]] = []
    for one in there:
        costs = monthly(one.source, programme.income_rupiah, programme.programmes)
        for month, rupiah in costs.items():
            if not rows or rows[-1][0] != one.title or rows[-1][2] != rupiah:
                rows.append((one.title, month, rupiah, one.source.kind))
    columns = [
        Column(_("Sumber"), lambda row: row[0]),
        Column(_("Mulai bulan"), lambda row: month_words(row[1])),
        Column(_("Iuran seorang sebulan"), lambda row: format_rupiah(row[2]), number=True),
        Column(_("Dasarnya"), lambda row: Link(_("Lihat perhitungan"), explanation_url(programme, row[3], row[1]))),
    ]
    text = _("Dihitung dari hukum yang berlaku pada bulan itu, bukan dari angka yang ditulis di sini.")
    return Section(_("Biaya seorang"), text, table=table(_("Iuran menurut hukum"), columns, rows)) if rows else Section()


def _effect(programme: Programme) -> Section:
    told = previews.covered(programme)
    if not told.found:
        return Section()
    share = format_share(told.enrolled, told.found)
    return Section(
        _("Akibatnya"),
        tiles=[
            Tile(_("Ditemukan belum terlindungi"), format_number(told.found), _("yang memenuhi syarat atau masih ditanyakan")),
            Tile(_("Terlindungi lewat program"), format_number(told.enrolled), share, tone="good"),
            Tile(_("Sudah didanai, belum terlindungi"), format_number(told.funded)),
        ],
    )


# --- who waits ---------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def waiting(request: HttpRequest, number: int) -> HttpResponseBase:
    """In order, with the place of each and why."""
    programme = frame.programme_of(number)
    found = paged(request, previews.waiting_line(programme))
    people.looked(found.rows, ("name", "state"), "daftar calon")
    names = frame.village_names(programme.region_code)
    first = (page_number(request) - 1) * 25 + 1
    rows = list(enumerate(found.rows, first))

    def whom(row: tuple[int, Candidate]) -> Link:
        return frame.candidate_link(row[1])

    columns = [
        Column(_("Nama"), whom),
        Column(_("Nomor antrean"), lambda row: format_number(row[0]), number=True),
        Column(_("Desa"), lambda row: frame.village_words(row[1].village_code, names)),
        frame.count_column(_("Skor"), lambda row: row[1].points),
        Column(_("Catatan"), lambda row: reason_words(row[1].reason)),
    ]
    context = {
        "tabs": frame.programme_tabs(programme, "money"),
        "sections": [
            Section(
                text=_("Dana yang kembali diberikan kepada yang pertama di antrean ini."),
                table=table(_("Daftar tunggu"), columns, rows),
                empty=Empty(_("Tidak ada yang menunggu"), _("Semua yang disahkan sudah didanai, atau belum ada yang didanai.")),
            )
        ],
        "paged": found,
        "export_url": f"{frame.at(programme, 'candidates_file')}?keadaan=waiting" if found.rows else "",
    }
    return frame.screen(request, context, title=_("Daftar tunggu"), crumbs=frame.above(frame.link(programme)))


# --- what if -----------------------------------------------------------------------------------------------------------------


class WhatIfForm(Form):
    """Own numbers."""

    persen = forms.IntegerField(
        label=N_("Dana, dalam persen dari sekarang"), min_value=0, max_value=1_000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "w-4"}),
        help_text=N_("100 berarti tetap; 120 berarti seperlima lebih banyak."),
    )  # fmt: skip
    bulan = forms.IntegerField(
        label=N_("Berapa bulan"), min_value=1, max_value=36, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2, "class": "w-4"}),
    )  # fmt: skip
    paket = forms.ChoiceField(label=N_("Perlindungan"), choices=PACKAGES, required=False, widget=forms.RadioSelect)
    garis = MoneyField(
        label=N_("Garis kemiskinan satu rumah tangga sebulan"), least=10_000, most=100_000_000, required=False,
        help_text=N_("Angka BPS untuk daerah Anda; kami tidak memilikinya."),
    )  # fmt: skip
    needed = ("persen", "bulan", "paket", "garis")


def questions(programme: Programme) -> list[Question]:
    """The usual ones."""
    words = _("Dana {percent} persen dari sekarang")
    return [
        Question(_("Seperti sekarang")), *(Question(words.format(percent=one), one) for one in (80, 120, 150)),
        Question(_("Dengan JHT"), package=("jkk", "jkm", "jht")), Question(_("Sembilan bulan"), months=9),
        Question(_("Dua belas bulan"), months=12),
    ]  # fmt: skip


@door(*READERS)
@require_safe
def what_if(request: HttpRequest, number: int) -> HttpResponseBase:
    """Persons funded side by side."""
    programme = frame.programme_of(number)
    form = WhatIfForm(request.GET if any(request.GET.get(name) for name in WhatIfForm.needed) else None)
    asked, line, known = questions(programme), None, families.basis(today())
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        package = told["paket"].split(",") if told["paket"] else None
        percent = 100 if told["persen"] is None else told["persen"]
        line = told["garis"]
        if package or percent != 100 or told["bulan"]:
            asked.append(Question(_("Pertanyaan Anda"), percent, package, told["bulan"]))
    found = previews.what_if(programme, asked, known)
    context = {
        "tabs": frame.programme_tabs(programme, "money"),
        "form": form,
        "button": _("Hitung"),
        "sections": [
            Section(
                text=_(
                    "Seluruh dana dibagikan lagi kepada semua yang mengantre atau sudah dibayari, juga yang belum disahkan."
                    " Tidak ada yang dicatat."
                ),
                table=table(_("Berdampingan"), _compared(found[0]), found),
            ),
            _families(known, line),
        ],
    }
    return frame.screen(
        request, context, title=_("Andai-andai"), crumbs=frame.above(frame.link(programme)), template="programmes/asking.html"
    )


def _families(known: families.Basis, line_rupiah: int | None) -> Section:
    rests_on = [
        Fact(known.deaths.title, format_number(known.deaths.value)),
        Fact(_("Dari mana angka itu"), known.deaths.source),
        Fact(_("Santunan kematian"), format_rupiah(known.benefit_rupiah)),
        Fact(_("Bulan pertama tanpa santunan penuh"), format_number(known.wait_months)),
    ]
    if line_rupiah:
        months = _("{count} bulan, bila keluarga tidak punya penghasilan lain").format(
            count=format_number(families.months_above(known, line_rupiah))
        )
        rests_on.append(Fact(_("Santunan menjaga keluarga di atas garis kemiskinan"), months))
    text = _(
        "Perkiraan keluarga yang kehilangan pencari nafkah dan menerima santunan penuh, sehingga tidak jatuh miskin seketika."
        " Semua orang dianggap peserta baru; kecelakaan kerja tidak dihitung. Daerah Anda bisa lain."
    )
    return Section(_("Keluarga yang terjaga dari kemiskinan"), text, facts=rests_on)


def _compared(now: Answer) -> list[Column]:
    def difference(one: Answer) -> str:
        if one.funded is None or now.funded is None:
            return "–"
        more = one.funded - now.funded
        return f"+{format_number(more)}" if more > 0 else format_number(more)

    def rupiah(name: str) -> Any:
        return lambda one: "–" if one.funded is None else format_rupiah(getattr(one, name))

    def kept(one: Answer) -> str:
        return "–" if one.funded is None else separated(f"{one.families_tenths / 10:,.1f}")

    return [
        Column(_("Andai"), lambda one: one.name),
        Column(_("Orang didanai"), lambda one: "–" if one.funded is None else format_number(one.funded), number=True),
        Column(_("Dibanding sekarang"), difference, number=True),
        Column(_("Menunggu"), lambda one: "–" if one.funded is None else format_number(one.waiting), number=True),
        Column(_("Terpakai"), rupiah("rupiah"), number=True),
        Column(_("Sisa dana"), rupiah("left_rupiah"), number=True),
        Column(_("Biaya seorang, sumber pertama"), rupiah("each_rupiah"), number=True),
        Column(_("Keluarga terjaga"), kept, number=True),
    ]


# --- ahead -------------------------------------------------------------------------------------------------------------------


class AheadForm(Form):
    """An estimate of how many leave."""

    keluar = forms.DecimalField(
        label=N_("Berapa persen berhenti tiap bulan?"), min_value=0, max_value=50, decimal_places=2, required=False,
        help_text=N_("Perkiraan Anda sendiri; kosong berarti tidak ada."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 5, "class": "w-4"}),
    )  # fmt: skip
    ganti = YesNoField(label=N_("Apakah tempatnya langsung diisi dari antrean?"), required=False)
    needed = ("keluar", "ganti")


@door(*READERS)
@require_safe
def ahead(request: HttpRequest, number: int) -> HttpResponseBase:
    """Month by month for each source."""
    programme = frame.programme_of(number)
    form = AheadForm(request.GET if any(name in request.GET for name in ("keluar", "ganti")) else None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    leaving, replaced = int((told.get("keluar") or 0) * 10_000), told.get("ganti") is not False
    sections = [_ahead(programme, one, leaving, replaced) for one in purses(programme)]
    context = {
        "tabs": frame.programme_tabs(programme, "money"),
        "notice": _("Ini perkiraan: {percent} berhenti tiap bulan menurut Anda, selebihnya tetap.").format(
            percent=format_percent(leaving)
        )
        if leaving
        else "",
        "about": _("Menurut yang sudah didanai, tiap orang pada bulannya sendiri."),
        "form": form,
        "button": _("Hitung"),
        "sections": sections or [Section(empty=Empty(_("Belum ada sumber dana"), _("Tulis sumber dananya lebih dahulu.")))],
    }
    return frame.screen(
        request, context, title=_("Bulan ke depan"), crumbs=frame.above(frame.link(programme)), template="programmes/asking.html"
    )


def _ahead(programme: Programme, purse: Purse, leaving_ppm: int, replaced: bool) -> Section:
    paid, rows = previews.forecast(programme, purse, leaving_ppm, replaced=replaced, since=month_of(today()))
    columns = [
        Column(_("Bulan"), lambda one: month_words(one.month)),
        frame.count_column(_("Orang"), lambda one: one.persons),
        Column(_("Biaya"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sisa sesudahnya"), lambda one: format_rupiah(one.left_rupiah), number=True),
    ]
    text = _("{count} orang dibayari dari sumber ini sekarang.").format(count=format_number(paid))
    paying = any(one.persons for one in rows)
    return Section(purse.title, text, table=table(_("Dari bulan pertama sumber ini"), columns, rows) if paying else None)
