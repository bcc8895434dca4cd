"""Registering an employer: what it is, its line in the annex of risk classes, a look, done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.authority import gives
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.employer.facts import RISKS, SCALES, industries_on
from jamsostek.portal.employer.person_form import step_of
from jamsostek.portal.officer.asking import hidden_of, refuse, tried
from jamsostek.portal.officer.employers import risk_words, scale_words
from jamsostek.portal.officer.frame import OFFICERS, screen
from jamsostek.portal.officer.places import my_regency_choices, usual_regency
from jamsostek.portal.officer.shown import asked_in
from jamsostek.portal.screens import Fact, Form, Link, YesNoField, done, today
from jamsostek.portal.screens.words import NOTHING
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions.employers import Firm, npwp_form, register_employer
from jamsostek.registry.choices import TITLES, EmployerKind, Via
from jamsostek.registry.industries import Industry
from jamsostek.registry.models import Employer

OFFERED = 40
"""Lines of the annex shown at once."""


class FirmForm(Form):
    """What an employer is."""

    name = forms.CharField(label=N_("Nama perusahaan"), help_text=N_("Seperti di akta atau NIB."), max_length=160)
    kind = forms.ChoiceField(
        label=N_("Jenis pemberi kerja"), choices=list(TITLES[EmployerKind].items()), widget=forms.RadioSelect
    )
    npwp = forms.CharField(
        label=N_("NPWP"), help_text=N_("15 atau 16 angka; kosongkan bila belum punya."), max_length=25, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    scale = forms.ChoiceField(
        label=N_("Skala usaha"), help_text=N_("Menurut modal atau penjualan setahun; menentukan program yang wajib."),
        widget=forms.RadioSelect,
    )  # fmt: skip
    labour_intensive = YesNoField(
        label=N_("Padat karya?"), help_text=N_("Industri padat karya yang memenuhi syarat keringanan JKK.")
    )
    kbli = forms.CharField(
        label=N_("Kode KBLI"), help_text=N_("Lima angka, di NIB."), max_length=5, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
    )  # fmt: skip
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), choices=my_regency_choices, coerce=int)
    address = forms.CharField(label=N_("Alamat"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale"].choices = [(name, scale_words(name)) for name in SCALES]  # type: ignore[attr-defined]

    def clean_npwp(self) -> str:
        """Digits alone; said at once, before the industry is chosen."""
        try:
            return npwp_form(self.cleaned_data["npwp"])
        except InputError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_kbli(self) -> str:
        """Five digits or nothing."""
        typed: str = self.cleaned_data["kbli"].strip()
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) == 5):
            raise forms.ValidationError(_("Kode KBLI terdiri dari lima angka."))
        return typed


class IndustryForm(Form):
    """One line of the annex, out of those the words typed find."""

    words = forms.CharField(
        label=N_("Cari jenis usaha"),
        help_text=N_("Sebagian kata, misalnya roti, sawit, atau bengkel."),
        max_length=60,
        required=False,
    )
    industry = forms.ChoiceField(label=N_("Jenis usaha"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = find_industries(asked_in(str(self.data.get("words", ""))))
        chosen = str(self.data.get("industry", ""))
        shown = self.found[:OFFERED]
        shown += [one for one in self.found[OFFERED:] + find_industries("") if one.code == chosen and one not in shown]
        field = self.fields["industry"]
        field.choices = [(one.code, one.title) for one in shown]  # type: ignore[attr-defined]
        field.option_hints = {one.code: _("Kelas risiko: {risk}").format(risk=_(RISKS[one.risk_class])) for one in shown}  # type: ignore[attr-defined]


def find_industries(asked: str) -> list[Industry]:
    """Lines in force today whose title, or the name of whose class, has all words."""
    words = asked.casefold().split()
    return [
        one
        for one in industries_on(today())
        if all(word in f"{one.title} {_(RISKS[one.risk_class])}".casefold() for word in words)
    ]


@door(*OFFICERS)
def register(request: HttpRequest) -> HttpResponse:
    """The pages, by the button that was pressed."""
    if request.method != "POST":
        return _firm_page(request, FirmForm(initial={"labour_intensive": False, "regency_code": usual_regency()}))
    firm = FirmForm(request.POST)
    if not firm.is_valid() or step_of(request) == "awal":
        return _firm_page(request, firm)
    if request.POST.get("halaman") != "2":
        return _industry_page(request, firm, IndustryForm())
    if step_of(request) == "cari":
        return _industry_page(request, firm, _searched(request))
    chosen = IndustryForm(request.POST)
    if not chosen.is_valid() or step_of(request) == "ubah":
        return _industry_page(request, firm, chosen)
    keep = step_of(request) == "simpan"
    told = Firm(**firm.cleaned_data, industry=chosen.cleaned_data["industry"])
    try:
        made = tried(lambda: register_employer(told, via=Via.COUNTER, today=today()), keep=keep)
    except Refused:
        raise
    except InputError as error:
        refuse(firm, error)
        return _firm_page(request, firm)
    return _done(request, made) if keep else _look(request, firm, chosen, made)


def _searched(request: HttpRequest) -> IndustryForm:
    """The form with what the words find, without asking yet for a choice."""
    form = IndustryForm(request.POST)
    form.full_clean()
    form.errors.clear()
    return form


def _firm_page(request: HttpRequest, firm: FirmForm) -> HttpResponse:
    kept = [(name, request.POST[name]) for name in ("industry", "words") if name in request.POST]
    context = {"form": firm, "number": 1, "hidden": kept, "step": _("Langkah {number} dari {whole}").format(number=1, whole=2)}
    return _page(request, "officer/counter.html", _("Daftarkan perusahaan"), context)


def _industry_page(request: HttpRequest, firm: FirmForm, chosen: IndustryForm) -> HttpResponse:
    told = ""
    if len(chosen.found) > OFFERED:
        told = _("{count} jenis usaha; tampak {shown}. Ketik kata untuk menyaring.").format(
            count=len(chosen.found), shown=OFFERED
        )
    context = {
        "form": chosen,
        "hidden": hidden_of(request, firm),
        "about": firm.cleaned_data["name"],
        "step": _("Langkah {number} dari {whole}").format(number=2, whole=2),
        "told": told if chosen.found else _("Tidak ada jenis usaha dengan kata itu. Coba kata lain yang lebih umum."),
    }
    return _page(request, "officer/industry.html", _("Pilih jenis usaha"), context)


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    above = Link(_("Perusahaan"), reverse("officer:employers"))
    return screen(request, template, {"base": "officer/base.html", "back": above.url, **context}, title=title, above=[above])


def _look(request: HttpRequest, firm: FirmForm, chosen: IndustryForm, made: Employer) -> HttpResponse:
    told = firm.cleaned_data
    industry = next(one for one in find_industries("") if one.code == made.industry)
    facts = [
        Fact(_("Nama"), told["name"]),
        Fact(_("Jenis pemberi kerja"), _(TITLES[EmployerKind][told["kind"]])),
        Fact(_("NPWP"), f"…{told['npwp'][-3:]}" if told["npwp"] else NOTHING),
        Fact(_("Skala usaha"), scale_words(told["scale"])),
        Fact(_("Padat karya"), _("Ya") if told["labour_intensive"] else _("Tidak")),
        Fact(_("Kode KBLI"), told["kbli"] or NOTHING),
        Fact(_("Jenis usaha"), industry.title),
        Fact(_("Kelas risiko JKK"), risk_words(made.risk_class, industry)),
        Fact(_("Kabupaten atau kota"), regions_name(told["regency_code"])),
        Fact(_("Alamat"), told["address"] or NOTHING),
    ]
    hidden = [*hidden_of(request, firm), *hidden_of(request, chosen), ("halaman", "2")]
    return _page(request, "officer/counter_check.html", _("Periksa jawaban Anda"), {"facts": facts, "hidden": hidden})


def _done(request: HttpRequest, made: Employer) -> HttpResponse:
    told = (
        _("{name} terdaftar: NPP {npp}. Beri hak akses kepada orangnya dengan Undang pengguna di halaman ini.")
        if gives(current())
        else _("{name} terdaftar: NPP {npp}. Hak akses bagi orangnya diberikan oleh penyelia cabang.")
    )
    shown = told.format(name=made.name, npp=format_number("npp", made.npp))
    return done(request, reverse("officer:employer", args=[made.npp]), shown)
