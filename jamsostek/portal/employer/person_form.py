"""The form about one person, its check, and its answers shown before they are kept: for employers and villages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.http import HttpRequest

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import DateField, Fact, Form, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import masked_nik, regions_name
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex
from jamsostek.registry.identity import Person, Problems, check

TEXT = forms.TextInput
PERSON = ("nik", "name", "birth_place", "birth_date", "sex", "mother_name", "regency_code", "address", "phone")
"""What goes into `identity.Person` as it is."""


def regency_choices() -> list[tuple[str, Any]]:
    """All regencies and cities under their provinces, in the reader's language."""
    return [("", _("Pilih")), *_regencies()]


@lru_cache(maxsize=1)
def _regencies() -> list[tuple[str, Any]]:
    by_province: dict[int, list[tuple[str, str]]] = {}
    for one in sorted(REGENCIES.values(), key=lambda one: one.code):
        by_province.setdefault(one.province_code, []).append((str(one.code), one.name))
    return [(PROVINCES[code].name, places) for code, places in by_province.items()]


class PersonForm(Form):
    """Who somebody is, as on the identity card."""

    nik = forms.CharField(
        label=N_("NIK"), help_text=N_("16 angka di KTP."), max_length=25,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    name = forms.CharField(label=N_("Nama lengkap"), help_text=N_("Seperti di KTP; satu kata pun boleh."), max_length=120)
    birth_place = forms.CharField(label=N_("Tempat lahir"), max_length=80, required=False)
    birth_date = DateField(label=N_("Tanggal lahir"), earliest=dt.date(1900, 1, 1))
    sex = forms.ChoiceField(label=N_("Jenis kelamin"), choices=list(TITLES[Sex].items()), widget=forms.RadioSelect)
    mother_name = forms.CharField(
        label=N_("Nama ibu kandung"), help_text=N_("Membedakan orang yang nama dan tanggal lahirnya sama."), max_length=120
    )
    address = forms.CharField(label=N_("Alamat"), help_text=N_("Jalan, nomor, RT/RW."), max_length=200, required=False)
    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Nomor orangnya sendiri, misalnya 0812 3456 7890."), max_length=25,
        required=False, widget=TEXT(attrs={"inputmode": "tel", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip

    def person(self, **more: Any) -> Person | None:
        """The person, checked; None where the form now says what is wrong."""
        given = {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}
        try:
            return check(Person(**{**given, **more}), today=today())
        except Problems as problems:
            for one in problems.found:
                self.refuse(one)
        return None

    def answers(self) -> list[Fact]:
        """What was told, to be checked before it is kept; the NIK starred."""
        given = self.cleaned_data
        facts = [
            Fact(_("NIK"), masked_nik(given["nik"])),
            Fact(_("Nama"), given["name"]),
            Fact(_("Tanggal lahir"), date(given["birth_date"])),
            Fact(_("Jenis kelamin"), _(TITLES[Sex][given["sex"]])),
            Fact(_("Nama ibu kandung"), given["mother_name"] or NOTHING),
            Fact(_("Alamat"), given["address"] or NOTHING),
            Fact(_("Nomor telepon"), given["phone"] or NOTHING),
        ]
        if given.get("regency_code"):
            facts.insert(5, Fact(_("Kabupaten atau kota"), regions_name(int(given["regency_code"]))))
        return facts


class DisabilityFields(Form):
    """Asked where it helps a person get what is theirs; never needed."""

    disability_type = forms.ChoiceField(
        label=N_("Ragam disabilitas"), choices=[("", N_("Tidak ada")), *TITLES[Disability].items()], required=False
    )
    disability_degree = forms.ChoiceField(
        label=N_("Derajat disabilitas"), choices=[("", N_("Tidak ada")), *TITLES[Degree].items()], required=False
    )


def step_of(request: HttpRequest) -> str:
    """Which button was pressed: `periksa` looks, `ubah` goes back to the form, `simpan` keeps."""
    return str(request.POST.get("langkah", "periksa"))


def carried(request: HttpRequest, leave_out: Sequence[str] = ("langkah", "csrfmiddlewaretoken")) -> list[tuple[str, str]]:
    """What was sent, to be sent again from the page that asks to check it: posted, never in an address."""
    return [(name, value) for name, values in request.POST.lists() if name not in leave_out for value in values]
