"""A programme: made, its money written, its rule changed, opened by another, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.parameters import law_at
from jamsostek.outreach import eligibility
from jamsostek.outreach.actions import programmes as actions
from jamsostek.outreach.models import Programme, Source
from jamsostek.outreach.queries import programmes as queries
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.frame import HEADS, PLANNERS
from jamsostek.portal.programmes.rules import YesForm, sent
from jamsostek.portal.programmes.sourcing import SourcesForm, sourced_facts
from jamsostek.portal.screens import Fact, Form, Link, MoneyField, done, today
from jamsostek.registry.queries.sponsors import sponsors_within

DECILES = [(str(one), str(one)) for one in range(1, 11)]
PACKAGES = [
    (frame.PACKAGES[0], N_("JKK dan JKM: kecelakaan kerja dan kematian")),
    (frame.PACKAGES[1], N_("JKK, JKM, dan JHT: ditambah tabungan hari tua")),
]


class MakeForm(Form):
    """For whom, what, and who is billed."""

    region_code = forms.TypedChoiceField(label=N_("Daerah"), coerce=int)
    title = forms.CharField(label=N_("Nama program"), max_length=120)
    year = forms.IntegerField(label=N_("Tahun"), min_value=2016, max_value=2100)
    sponsor_id = forms.TypedChoiceField(label=N_("Pembayar iuran"), coerce=int, help_text=N_("Siapa yang ditagih setiap bulan."))
    rule_id = forms.TypedChoiceField(label=N_("Aturan prioritas"), coerce=int)
    regulation = forms.CharField(
        label=N_("Dasar hukum"), max_length=200, help_text=N_("Peraturan yang menetapkan syarat penerima di bawah ini.")
    )
    least_age = forms.IntegerField(label=N_("Umur paling muda"), min_value=15, max_value=99)
    below_age = forms.IntegerField(label=N_("Umur harus di bawah"), min_value=16, max_value=100)
    deciles = forms.MultipleChoiceField(
        label=N_("Desil"), choices=DECILES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=N_("Tanpa pilihan berarti semua desil, juga yang tidak diketahui."),
    )  # fmt: skip
    takes_over_own_cover = forms.BooleanField(
        label=N_("Yang membayar sendiri boleh diambil alih"), required=False,
        help_text=N_("Bila tidak, yang sudah membayar iurannya sendiri tidak diambil."),
    )  # fmt: skip
    package = forms.ChoiceField(label=N_("Perlindungan"), choices=PACKAGES, widget=forms.RadioSelect)
    income_rupiah = MoneyField(
        label=N_("Penghasilan yang dianggap sebulan"), least=1, help_text=N_("Iuran dan manfaat mengikuti golongan ini.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = frame.regions()
        self.sponsors = {one.id: one.name for code in regions for one in sponsors_within(code)}
        self.rules = {one.pk: frame.rule_words(one) for one in queries.rules().filter(region_code__in=regions)}
        for name, choices in (
            ("region_code", [(one, frame.region_words(one)) for one in regions]),
            ("sponsor_id", list(self.sponsors.items())), ("rule_id", list(self.rules.items())),
        ):  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["deciles"].choices = DECILES  # type: ignore[attr-defined]


def _asks(told: Mapping[str, Any]) -> eligibility.Programme:
    deciles = frozenset(int(one) for one in told["deciles"]) or None
    return eligibility.Programme(
        told["regulation"], told["least_age"], told["below_age"], deciles, told["takes_over_own_cover"]
    )  # fmt: skip


@door(*PLANNERS)
def make(request: HttpRequest) -> HttpResponseBase:
    """A draft."""
    month, usual = month_of(today()), eligibility.Programme("")
    income = int(law_at(month).table("bpu.bands")["base_rupiah"][0])
    regions = frame.regions()
    form = MakeForm(
        request.POST or None,
        initial={
            "region_code": regions[0] if regions else None, "year": today().year + 1, "least_age": usual.least_age,
            "below_age": usual.below_age, "package": frame.PACKAGES[0], "income_rupiah": income,
        },
    )  # fmt: skip
    it: Ask[Programme] = Ask(
        title=_("Buat program"), crumbs=frame.above(), yes=_("Buat program"), base=frame.BASE,
        text=_("Program mulai sebagai draf. Sesudah sumber dananya ditulis, pejabat lain membukanya."),
        act=lambda told: actions.make_programme(
            region_code=told["region_code"], title=told["title"], year=told["year"], sponsor_id=told["sponsor_id"],
            rule_id=told["rule_id"], asks=_asks(told), income_rupiah=told["income_rupiah"],
            programmes=told["package"].split(","),
        ),
        facts=lambda told: [
            Fact(_("Nama program"), told["title"]), Fact(_("Tahun"), str(told["year"])),
            Fact(_("Pembayar iuran"), form.sponsors[told["sponsor_id"]]),
            Fact(_("Aturan prioritas"), form.rules[told["rule_id"]]), *asks_facts(_asks(told)),
            Fact(_("Perlindungan"), frame.package_words(told["package"].split(","))),
            Fact(_("Penghasilan yang dianggap sebulan"), format_rupiah(told["income_rupiah"])),
        ],
        done=lambda row, _told: done(request, frame.at(row), _("Program dibuat. Tulis sumber dananya.")),
    )  # fmt: skip
    return ask(request, form, it)


def asks_facts(asks: eligibility.Programme) -> list[Fact]:
    """Whom a programme asks for, in words."""
    deciles = _("Semua") if asks.deciles is None else ", ".join(map(str, sorted(asks.deciles)))
    return [
        Fact(_("Umur"), _("{least} sampai di bawah {below} tahun").format(least=asks.least_age, below=asks.below_age)),
        Fact(_("Desil"), deciles),
        Fact(_("Yang membayar sendiri"), _("Boleh diambil alih") if asks.takes_over_own_cover else _("Tidak diambil")),
        Fact(_("Dasar hukum"), asks.regulation),
    ]


def planned(number: int) -> Programme:
    """A programme of a region whoever looks plans for. Raises `Refused`."""
    programme = frame.programme_of(number)
    if not frame.plans(programme.region_code):
        raise not_yours(_("Program di daerah ini bukan wewenang Anda."))
    return programme


def above(programme: Programme, *more: Link) -> list[Link]:
    """The pages above one of a programme."""
    return frame.above(frame.link(programme), *more)


@door(*PLANNERS)
def sources(request: HttpRequest, number: int) -> HttpResponseBase:
    """Its money, all of it at once; a row without a name is left out."""
    programme = planned(number)
    there: Sequence[Source] = queries.sources_of(programme)
    form = SourcesForm(there, programme.year, sent(request))
    it: Ask[None] = Ask(
        title=_("Sumber dana"), crumbs=above(programme), yes=_("Simpan sumber dana"), about=programme.title, base=frame.BASE,
        text=_("Sumber dipakai menurut urutan ini. Tulis lebih dahulu yang hanya boleh bagi sebagian orang."),
        act=lambda _told: actions.set_sources(programme_id=programme.pk, sources=form.sources()),
        facts=lambda _told: sourced_facts(form.sources(), programme),
        done=lambda _none, _told: done(request, frame.at(programme), _("Sumber dana disimpan.")),
    )  # fmt: skip
    return ask(request, form, it)


class UseRuleForm(Form):
    """Which of the region's rules."""

    rule_id = forms.TypedChoiceField(label=N_("Aturan prioritas"), coerce=int)


@door(*PLANNERS)
def rule(request: HttpRequest, number: int) -> HttpResponseBase:
    """Another rule: who stands in line is put in order anew."""
    programme = planned(number)
    form = UseRuleForm(sent(request), initial={"rule_id": programme.rule_id})
    rows = queries.rules().filter(region_code=programme.region_code)
    chosen = {one.pk: frame.rule_words(one) for one in (rows.exclude(adopted_on=None) if programme.state == "open" else rows)}
    form.fields["rule_id"].choices = list(chosen.items())  # type: ignore[attr-defined]
    it: Ask[None] = Ask(
        title=_("Ganti aturan prioritas"), crumbs=above(programme), yes=_("Pakai aturan ini"), about=programme.title,
        base=frame.BASE, text=_("Yang masih mengantre diurutkan lagi. Yang sudah didanai tidak berubah."),
        act=lambda told: actions.use_rule(programme_id=programme.pk, rule_id=told["rule_id"]),
        facts=lambda told: [Fact(_("Aturan prioritas"), chosen[told["rule_id"]])],
        done=lambda _none, _told: done(request, frame.at(programme), _("Aturan prioritas diganti.")),
    )  # fmt: skip
    return ask(request, form, it)


@door(*HEADS)
def open_it(request: HttpRequest, number: int) -> HttpResponseBase:
    """By another than who made it; from then on people are funded."""
    programme = frame.programme_of(number)
    (figures,) = queries.shown([programme])
    it: Ask[Programme] = Ask(
        title=_("Buka program"), crumbs=above(programme), yes=_("Buka program"), about=programme.title, base=frame.BASE,
        text=_("Sesudah dibuka, syarat dan perlindungannya tidak dapat diubah."),
        act=lambda _told: actions.open_programme(programme_id=programme.pk, today=today()),
        facts=lambda _told: [
            Fact(_("Tahun"), str(programme.year)), Fact(_("Seluruh dana"), format_rupiah(figures.rupiah)),
            Fact(_("Aturan prioritas"), frame.rule_words(programme.rule)),
        ],
        done=lambda row, _told: done(request, frame.at(row), _("Program dibuka.")),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*HEADS)
def close(request: HttpRequest, number: int) -> HttpResponseBase:
    """Nobody more is funded; who is enrolled stays covered."""
    programme = frame.programme_of(number)
    it: Ask[Programme] = Ask(
        title=_("Tutup program"), crumbs=above(programme), yes=_("Tutup program"), about=programme.title, base=frame.BASE,
        text=_("Tidak ada lagi yang didanai. Yang terlindungi tetap terlindungi sampai bulan terakhir yang dibayar."),
        danger=True, act=lambda told: actions.close_programme(programme_id=programme.pk, reason=told["reason"]),
        facts=lambda told: [Fact(_("Alasan"), told["reason"])],
        done=lambda row, _told: done(request, frame.at(row), _("Program ditutup.")),
    )  # fmt: skip
    return ask(request, WhyForm(sent(request)), it)
