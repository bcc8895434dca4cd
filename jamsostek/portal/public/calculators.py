"""Calculators: a rule of the law as a form. Inputs, bounds, choices and defaults are the rule's own; only words are added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from jamsostek import law
from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.law.engine import Choice, Choices, Date, Flag, Input, Money, Rule, Share, Whole
from jamsostek.law.explanation import output_text
from jamsostek.law.labels import choice, input_label, label
from jamsostek.portal.screens import (
    DateField,
    Form,
    Link,
    MoneyField,
    MonthField,
    ShareField,
    Tile,
    YesNoField,
    page,
    today,
    url_of,
    with_query,
)
from jamsostek.portal.screens.explanation import told
from jamsostek.portal.screens.words import date


@dataclass(frozen=True)
class Calculator:
    """A rule for people: its address, its title, which outputs answer the question, and a word of help at inputs."""

    slug: str
    rule: str
    title: str
    about: str
    answers: tuple[str, ...]
    hints: Mapping[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()


CALCULATORS = (
    Calculator(
        "iuran-pekerja", "contribution.pu", N_("Iuran pekerja penerima upah"),
        N_("Berapa iuran sebulan bagi pekerja yang menerima upah, dan siapa yang membayarnya."),
        ("total_rupiah", "employer_rupiah", "worker_rupiah"),
        {
            "wage_rupiah": N_("Upah pokok dan tunjangan tetap sebulan."),
            "risk_class": N_("Kantor biasanya sangat rendah; pabrik sedang; konstruksi dan tambang sangat tinggi."),
            "birth_date": N_("Iuran pensiun berhenti pada usia pensiun."),
            "labour_intensive": N_("Pabrik makanan, tekstil, sepatu, mainan, atau mebel."),
        },
        frozenset({"daily_wage_rupiah", "jkp_member"}),
    ),
    Calculator(
        "iuran-mandiri", "contribution.bpu", N_("Iuran pekerja mandiri"),
        N_("Berapa iuran sebulan bagi petani, nelayan, pengemudi, pedagang, dan pekerja lain tanpa majikan."),
        ("total_rupiah", "jkk_rupiah", "jkm_rupiah", "jht_rupiah"),
        {"income_rupiah": N_("Penghasilan rata-rata sebulan; iuran mengikuti golongannya.")},
    ),
    Calculator(
        "santunan-kematian", "benefit.jkm.death", N_("Santunan kematian"),
        N_("Yang diterima ahli waris bila peserta meninggal bukan karena kecelakaan kerja."),
        ("total_rupiah", "lump_sum_rupiah", "periodic_rupiah", "funeral_rupiah"),
        {"membership_months": N_("Dalam bulan."), "arrears_months": N_("Bulan berturut-turut yang belum dibayar.")},
    ),
    Calculator(
        "santunan-kecelakaan", "benefit.jkk.death", N_("Santunan kematian karena kecelakaan kerja"),
        N_("Yang diterima ahli waris bila peserta meninggal karena kecelakaan kerja. Perawatan ditanggung terpisah."),
        ("total_rupiah", "death_rupiah", "periodic_rupiah", "funeral_rupiah"),
        {"wage_rupiah": N_("Upah sebulan; bagi pekerja mandiri, dasar iurannya.")},
        frozenset({"daily_wage_rupiah"}),
    ),
    Calculator(
        "kehilangan-pekerjaan", "benefit.jkp", N_("Uang tunai bila kehilangan pekerjaan"),
        N_("Yang dibayar setiap bulan selama enam bulan setelah PHK, sambil mencari kerja dan berlatih."),
        ("total_rupiah",),
        {"wage_rupiah": N_("Upah terakhir yang dilaporkan.")},
        frozenset({"months_already_paid_before_2025_02_07"}),
    ),
    Calculator(
        "pensiun", "benefit.jp.pension", N_("Manfaat pensiun bulanan"),
        N_("Yang dibayar setiap bulan kepada peserta pada usia pensiun, kemudian kepada janda, duda, anak, atau orang tua."),
        ("monthly_rupiah", "lump_sum"),
        {
            "contribution_months": N_("Banyaknya bulan iuran pensiun dibayar; 15 tahun adalah 180 bulan."),
            "density": N_("Bulan yang diiur dibanding masa kepesertaan, dalam persen."),
            "mean_indexed_wage_rupiah": N_("Rata-rata upah selama diiur, disesuaikan dengan inflasi."),
        },
    ),
    Calculator(
        "usia-pensiun", "benefit.jp.pension_age", N_("Usia pensiun"),
        N_("Kapan seseorang mencapai usia pensiun. Usianya naik setahun setiap tiga tahun."),
        ("reached_on", "pension_age_years"),
    ),
)  # fmt: skip
_BY_SLUG = {one.slug: one for one in CALCULATORS}


@door(PUBLIC)
def choose(request: HttpRequest) -> HttpResponse:
    """All calculators."""
    return page(
        request, "public/calculators.html", {"calculators": [(one.slug, _(one.title), _(one.about)) for one in CALCULATORS]},
        title=_("Hitung iuran dan manfaat"), crumbs=[Link(_("Beranda"), url_of("public:home"))],
    )  # fmt: skip


@door(PUBLIC)
def calculate(request: HttpRequest, slug: str) -> HttpResponse:
    """One calculator: its form, and with answers in the address their result, explained. The address can be shared."""
    calculator = _BY_SLUG.get(slug)
    if calculator is None:
        raise Http404
    rule = law.get_rule(calculator.rule)
    form = form_of(calculator, rule, today(), request.GET)
    explanation = _explained(rule, form) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"form": form, "about": _(calculator.about), "clear": request.path}
    if explanation is not None:
        context |= {
            "told": told(explanation),
            "tiles": _tiles(calculator, rule, explanation.outputs),
            "when": explanation.when,
            "print_url": with_query(request, cetak=1),
        }
    return page(
        request, "public/calculator.html", context, title=_(calculator.title),
        crumbs=[Link(_("Beranda"), url_of("public:home")), Link(_("Hitung iuran dan manfaat"), url_of("public:calculators"))],
    )  # fmt: skip


def form_of(calculator: Calculator, rule: Rule, day: dt.date, data: Mapping[str, Any]) -> Form:
    """The form of a rule, filled in where any of its inputs is in the address."""
    declared: dict[str, forms.Field] = {}
    for one in rule.inputs:
        if one.name not in calculator.leave_out:
            declared[one.name] = _field(calculator, one)
    if rule.when == "month":
        declared["month"] = MonthField(label=_("Bulan iuran"), initial=month_of(day))
    else:
        declared["date"] = DateField(label=_("Tanggal kejadian"), initial=day)
    given = any(key.partition("-")[0] in declared for key in data)
    made: type[Form] = type("CalculatorForm", (Form,), declared)  # takes the fields out of `declared`
    return made(data if given else None)


def _field(calculator: Calculator, one: Input) -> forms.Field:
    """The field that fits an input, with its bounds, choices and default."""
    words = input_label(calculator.rule, one.name)
    hint = calculator.hints.get(one.name, "")
    given: dict[str, Any] = {
        "label": words[:1].upper() + words[1:],
        "help_text": hint,
        "required": one.required or one.default is not None,
        "initial": one.default,
    }
    if one.name in {name for names in law.get_rule(calculator.rule).one_of for name in names}:
        given["required"] = True
    if isinstance(one, Money):
        return MoneyField(least=one.least, most=one.most, **given)
    if isinstance(one, Whole):
        box = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6, "class": "w-10"})
        return forms.IntegerField(min_value=one.least, max_value=one.most, widget=box, **given)
    if isinstance(one, Share):
        box = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 6, "class": "w-4"})
        initial = None if one.default is None else Decimal(str(one.default)) * 100
        return ShareField(min_value=one.least, max_value=one.most, widget=box, **{**given, "initial": initial})
    if isinstance(one, Choices):
        options = [(name, choice(one.name, name)) for name in one.options]
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **{**given, "required": True})
    if isinstance(one, Choice):
        options = [(name, choice(one.name, name)) for name in one.options]
        return forms.ChoiceField(choices=[(n, t[:1].upper() + t[1:]) for n, t in options], widget=forms.RadioSelect, **given)
    if isinstance(one, Flag):
        return YesNoField(**given)
    assert isinstance(one, Date), f"no field for {one}"
    return DateField(**given)


def _explained(rule: Rule, form: Form) -> law.Explanation | None:
    """The explanation of what was filled in; what the law refuses is told at its field."""
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    when = given.pop(rule.when, None)
    try:
        return law.explain(rule.name, **{rule.when: when}, **given)
    except InputError as error:
        if error.field not in form.fields:
            error.field = rule.when
        form.refuse(error)
        return None


def _tiles(calculator: Calculator, rule: Rule, outputs: Mapping[str, Any]) -> list[Tile]:
    """The answers in large."""
    shown = [(rule.output(name), outputs[name]) for name in calculator.answers if name in outputs]
    words = [(label(o.name), date(value) if isinstance(value, dt.date) else output_text(o, value)) for o, value in shown]
    return [Tile(text[:1].upper() + text[1:], value) for text, value in words]
