"""The questions, each a form of one or two fields. What may be typed is checked by `identity.check`, as at every door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, regencies_of
from jamsostek.core.text import N_, _
from jamsostek.messages.roster.choices import bank_names
from jamsostek.portal.register.work import OTHER_WORK, WORKS, bands
from jamsostek.portal.screens import DateField, Form, YesNoField
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.actions.drafts import Answers, problems_of, read_nik
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex
from jamsostek.registry.queries.registers import regions

TEXT = forms.TextInput
CHOOSE = ("", N_("Pilih"))
PLACES = 1_000
"""More than any regency has districts, or any district villages."""


def places_below(code: int) -> list[tuple[str, str]]:
    """Districts of a regency or villages of a district, by name, where the installation knows them."""
    found = sorted(regions(after=0, limit=PLACES, parent_code=code), key=lambda one: one.name)
    return [(CHOOSE[0], _(CHOOSE[1])), *((str(one.code), one.name) for one in found)]


class Question(Form):
    """A question. `checked` are the fields whose checks may fail here, `opened` the answers that go when this one changes."""

    checked: ClassVar[frozenset[str]] = frozenset()
    opened: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any, *, answers: Answers, today: dt.date) -> None:
        self.answers, self.today = answers, today
        super().__init__(data, initial=self.before())
        self.prepare()

    def before(self) -> dict[str, Any]:
        """What the boxes hold when the page opens."""
        return {name: getattr(self.answers, name, None) for name in self.base_fields}

    def prepare(self) -> None:
        """Choices that depend on earlier answers."""

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Fills a list."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """The answers this question gives."""
        return {name: value if value is not None else "" for name, value in self.cleaned_data.items()}

    def clean(self) -> dict[str, Any]:
        """Checks the answer against those before it, at its own field."""
        told = super().clean() or {}
        if not self.errors and self.checked:
            self.cleaned_data = told
            after = Answers(**{**vars(self.answers), **dict.fromkeys(self.opened), **self.changes()})
            for error in self.problems(after):
                self.refuse(error)
        return told

    def problems(self, after: Answers) -> list[InputError]:
        """What is wrong with the answer."""
        return problems_of(after, self.checked, self.today)

    def kept(self) -> dict[str, Any]:
        """What goes into the draft: the answers, and the end of those that hung on another one before."""
        changes = self.changes()
        moved = any(getattr(self.answers, name, None) != value for name, value in changes.items())
        return {**(dict.fromkeys(self.opened) if moved else {}), **changes}


class NameQuestion(Question):
    """As on the identity card."""

    checked = frozenset({"name"})
    name = forms.CharField(
        label=N_("Nama lengkap"), help_text=N_("Seperti di KTP; satu kata pun boleh."), max_length=120,
        widget=TEXT(attrs={"autocomplete": "name"}),
    )  # fmt: skip


class NikQuestion(Question):
    """Sixteen digits; birth date, sex and first regency are read from them."""

    checked = frozenset({"nik"})
    opened = ("birth_date", "sex", "at_home")
    nik = forms.CharField(
        label=N_("NIK"), help_text=N_("16 angka di KTP atau Kartu Keluarga, di baris nama Anda."), max_length=25,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """The digits alone."""
        return {"nik": "".join(sign for sign in self.cleaned_data["nik"] if sign not in " .-'\t\u00a0")}


class BirthQuestion(Question):
    """Read from the NIK, for a look: nothing is typed where it is right."""

    checked = frozenset({"nik", "birth_date", "sex"})
    birth_date = DateField(label=N_("Tanggal lahir"), earliest=dt.date(1900, 1, 1))
    sex = forms.ChoiceField(label=N_("Jenis kelamin"), choices=list(TITLES[Sex].items()), widget=forms.RadioSelect)

    def before(self) -> dict[str, Any]:
        """What the NIK says, or what was confirmed already."""
        told = read_nik(self.answers.nik or "", self.today)
        born = dt.date.fromisoformat(self.answers.birth_date) if self.answers.birth_date else told and told.birth_date
        return {"birth_date": born, "sex": self.answers.sex or (told and told.sex)}

    def changes(self) -> dict[str, Any]:
        """The day as text."""
        return {"birth_date": self.cleaned_data["birth_date"].isoformat(), "sex": self.cleaned_data["sex"]}

    def problems(self, after: Answers) -> list[InputError]:
        """What does not agree with the NIK is told at the field that differs from it."""
        told, found = read_nik(after.nik or "", self.today), super().problems(after)
        differ = iter(["sex"] * bool(told and told.sex != after.sex) + ["birth_date"])
        for error in found:
            if error.field == "nik":
                error.field = next(differ)
        return found


class MotherQuestion(Question):
    """Tells people of one name and birth date apart."""

    mother_name = forms.CharField(
        label=N_("Nama ibu kandung"), help_text=N_("Membedakan orang yang nama dan tanggal lahirnya sama."), max_length=120,
        widget=TEXT(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class HomeQuestion(Question):
    """Most people live where their NIK was issued: one tap instead of two lists."""

    opened = ("province_code", "regency_code", "district_code", "village_code")
    at_home = YesNoField(label=N_("Apakah Anda tinggal di sana sekarang?"))

    def prepare(self) -> None:
        """Names the place."""
        told = read_nik(self.answers.nik or "", self.today)
        if told and told.regency_code:
            where = regions_name(told.regency_code), regions_name(told.regency_code // 100)
            self.fields["at_home"].label = _("Apakah Anda tinggal di {regency}, {province}?").format(
                regency=where[0], province=where[1]
            )

    def changes(self) -> dict[str, Any]:
        """At home is where the NIK was issued."""
        told = read_nik(self.answers.nik or "", self.today)
        if self.cleaned_data["at_home"] and told and told.regency_code:
            return {"at_home": True, "province_code": told.regency_code // 100, "regency_code": told.regency_code}
        return {"at_home": False}


class ProvinceQuestion(Question):
    """One of 38."""

    opened = ("regency_code", "district_code", "village_code")
    province_code = forms.TypedChoiceField(label=N_("Provinsi"), coerce=int)

    def prepare(self) -> None:
        """All of them, by name."""
        found = sorted(PROVINCES.values(), key=lambda one: one.name)
        self.offer("province_code", [(CHOOSE[0], _(CHOOSE[1])), *((str(one.code), one.name) for one in found)])


class RegencyQuestion(Question):
    """Those of the province."""

    opened = ("district_code", "village_code")
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), coerce=int)

    def prepare(self) -> None:
        """Those of the province."""
        found = regencies_of(self.answers.province_code) if self.answers.province_code else ()
        self.offer("regency_code", [(CHOOSE[0], _(CHOOSE[1])), *((str(one.code), one.name) for one in found)])


class DistrictQuestion(Question):
    """Those of the regency, where the installation knows them."""

    opened = ("village_code",)
    district_code = forms.TypedChoiceField(label=N_("Kecamatan"), coerce=int)

    def prepare(self) -> None:
        """Those of the regency."""
        self.offer("district_code", places_below(self.answers.regency_code or 0))


class VillageQuestion(Question):
    """Those of the district."""

    checked = frozenset({"village_code"})
    village_code = forms.TypedChoiceField(label=N_("Desa atau kelurahan"), coerce=int)

    def prepare(self) -> None:
        """Those of the district."""
        self.offer("village_code", places_below(self.answers.district_code or 0))


class AddressQuestion(Question):
    """So that letters arrive; may stay empty."""

    address = forms.CharField(
        label=N_("Alamat"), help_text=N_("Jalan, kampung, atau dusun, nomor, RT/RW."), max_length=200, required=False,
        widget=TEXT(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip


class WorkQuestion(Question):
    """The list covers most; another may be written."""

    work = forms.ChoiceField(
        label=N_("Pekerjaan utama"), choices=[(name, title) for name, (title, _sector) in WORKS.items()], widget=forms.RadioSelect
    )
    occupation = forms.CharField(
        label=N_("Bila pekerjaan lain, tulis di sini"), max_length=80, required=False, widget=TEXT(attrs={"autocomplete": "off"})
    )

    def before(self) -> dict[str, Any]:
        """The box is for other work alone."""
        work = self.answers.work
        return {"work": work, "occupation": self.answers.occupation if work == OTHER_WORK else ""}

    def clean(self) -> dict[str, Any]:
        """Other work is named."""
        told = super().clean()
        if told.get("work") == OTHER_WORK and len(told.get("occupation", "").strip()) < 3:
            self.add_error("occupation", _("Tulis pekerjaan Anda, misalnya penyadap karet."))
        return told

    def changes(self) -> dict[str, Any]:
        """The work in words, and its sector."""
        work = self.cleaned_data["work"]
        title, sector = WORKS[work]
        named = " ".join(self.cleaned_data["occupation"].split()) if work == OTHER_WORK else title
        return {"work": work, "occupation": named, "sector": sector}


class IncomeQuestion(Question):
    """A band: nobody has to say an exact amount."""

    income_rupiah = forms.TypedChoiceField(
        label=N_("Penghasilan rata-rata sebulan"),
        help_text=N_("Kira-kira saja, sesudah dikurangi modal. Iuran dan santunan mengikuti golongan ini."), coerce=int,
    )  # fmt: skip

    def prepare(self) -> None:
        """The bands of the law in force."""
        found = [(str(band.income_rupiah), band.text) for band in bands(self.today)]
        self.offer("income_rupiah", [(CHOOSE[0], _(CHOOSE[1])), *found])


class ProgrammeQuestion(Question):
    """Accident and death are one package; saving for old age may be added. The view says what each costs."""

    jht_member = forms.TypedChoiceField(
        label=N_("Program"), choices=[("tidak", ""), ("ya", "")], coerce=lambda answer: answer == "ya",
        widget=forms.RadioSelect,
    )  # fmt: skip

    def before(self) -> dict[str, Any]:
        """Nothing chosen beforehand."""
        return {"jht_member": {True: "ya", False: "tidak"}.get(self.answers.jht_member)}  # type: ignore[arg-type]


class PhoneQuestion(Question):
    """How an office reaches the person."""

    checked = frozenset({"phone"})
    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Milik Anda atau keluarga serumah, misalnya 0812 3456 7890."), max_length=25,
        widget=TEXT(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-20"}),
    )  # fmt: skip


class BankQuestion(Question):
    """Where a benefit would be paid; may stay empty."""

    checked = frozenset({"bank_code", "bank_account"})
    bank_code = forms.ChoiceField(label=N_("Bank"), required=False)
    bank_account = forms.CharField(
        label=N_("Nomor rekening"), help_text=N_("Atas nama Anda sendiri."), max_length=30, required=False,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip

    def prepare(self) -> None:
        """The banks by name."""
        self.offer("bank_code", [("", _("Tidak ada rekening")), *((name, name) for name in bank_names())])


class DisabilityQuestion(Question):
    """Why it is asked stands beside it; may be left out."""

    checked = frozenset({"disability_type", "disability_degree"})
    disabled = YesNoField(label=N_("Apakah Anda penyandang disabilitas?"), required=False)
    disability_type = forms.ChoiceField(
        label=N_("Bila ya, ragamnya"), choices=[CHOOSE, *TITLES[Disability].items()], required=False
    )
    disability_degree = forms.ChoiceField(
        label=N_("Bila ya, derajatnya"), choices=[CHOOSE, *TITLES[Degree].items()], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Yes needs its kind."""
        told = super().clean()
        if told.get("disabled") and not told.get("disability_type"):
            self.add_error("disability_type", _("Pilih ragamnya, atau jawab Tidak di atas."))
        return told

    def changes(self) -> dict[str, Any]:
        """Kind and degree only with a yes."""
        told = self.cleaned_data
        yes = bool(told.get("disabled"))
        return {
            "disabled": yes,
            "disability_type": told.get("disability_type", "") if yes else "",
            "disability_degree": told.get("disability_degree", "") if yes else "",
        }
