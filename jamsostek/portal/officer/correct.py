"""Correcting facts of a person, a group at a time: what papers say, how to reach them, a disability, where they live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.messages.roster.choices import bank_names
from jamsostek.portal.employer.person_form import DisabilityFields
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, may
from jamsostek.portal.officer.person import crumbs, person_of
from jamsostek.portal.officer.places import VillageFields
from jamsostek.portal.officer.shown import field_label
from jamsostek.portal.screens import DateField, Fact, Form, done, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import masked_nik, regions_name
from jamsostek.registry.actions.changes import change_person, place_of
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import counts

KEPT = N_("Kosongkan bila tetap.")
TEXT = forms.TextInput
SECRET = ("nik", "mother_name", "phone", "bank_account")
"""What the form does not show; left empty it stays as it is."""


class IdentityForm(ReasonForm):
    """As on the identity card."""

    name = forms.CharField(label=N_("Nama lengkap"), max_length=120)
    sex = forms.ChoiceField(label=N_("Jenis kelamin"), choices=list(TITLES[Sex].items()), widget=forms.RadioSelect)
    birth_date = DateField(label=N_("Tanggal lahir"), earliest=dt.date(1900, 1, 1))
    birth_place = forms.CharField(label=N_("Tempat lahir"), max_length=80, required=False)
    nik = forms.CharField(
        label=N_("NIK"), help_text=KEPT, max_length=25, required=False,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    mother_name = forms.CharField(label=N_("Nama ibu kandung"), help_text=KEPT, max_length=120, required=False)
    field_order = ("name", "sex", "birth_date", "birth_place", "nik", "mother_name", "reason")


class ContactForm(ReasonForm):
    """How to reach somebody, and where money goes."""

    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=KEPT, max_length=25, required=False,
        widget=TEXT(attrs={"inputmode": "tel", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    no_phone = forms.BooleanField(label=N_("Tidak punya telepon lagi"), required=False)
    bank_code = forms.ChoiceField(label=N_("Bank"), required=False)
    bank_account = forms.CharField(
        label=N_("Nomor rekening"), help_text=KEPT, max_length=30, required=False,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    field_order = ("phone", "no_phone", "bank_code", "bank_account", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_code"].choices = [("", _("Tetap")), *((name, name) for name in bank_names())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A bank goes with its account."""
        told = super().clean() or {}
        if bool(told.get("bank_code")) != bool(told.get("bank_account")):
            missing = "bank_account" if told.get("bank_code") else "bank_code"
            self.add_error(missing, _("Bank dan nomor rekening diubah bersama-sama."))
        return told


class DisabilityForm(DisabilityFields, ReasonForm):
    """A disability, by type and degree."""

    field_order = ("disability_type", "disability_degree", "reason")


class MoveForm(VillageFields, ReasonForm):
    """A new home; its village is asked once the regency is known. Without a day the place was wrong all along."""

    domicile_since = DateField(
        label=N_("Pindah sejak"), required=False, earliest=dt.date(1900, 1, 1),
        help_text=N_("Kosongkan bila tempat tinggalnya salah catat: bulan-bulan yang lalu ikut dibetulkan."),
    )  # fmt: skip
    address = forms.CharField(label=N_("Alamat"), help_text=N_("Jalan, nomor, RT/RW."), max_length=200, required=False)
    field_order = ("regency_code", "village_code", "address", "domicile_since", "reason")


@door(*OFFICERS)
def identity(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Name, sex, birth, NIK, mother."""
    person = person_of(kpj)
    initial = {name: getattr(person, name) for name in ("name", "sex", "birth_date", "birth_place")}
    form = IdentityForm(request.POST or None, initial=initial)
    return _ask(
        request, person, form, _("Perbaiki identitas"), _("Cocokkan dengan KTP atau akta. Yang lama tetap tersimpan di riwayat.")
    )


@door(*OFFICERS)
def contact(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Telephone and account."""
    text = _("Rekening yang diubah tampak pada pembayaran berikutnya; hari perubahannya dicatat.")
    return _ask(request, person_of(kpj), ContactForm(request.POST or None), _("Ubah telepon dan rekening"), text)


@door(*OFFICERS)
def disability(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Type and degree."""
    person = person_of(kpj)
    initial = {name: getattr(person, name) for name in ("disability_type", "disability_degree")}
    return _ask(request, person, DisabilityForm(request.POST or None, initial=initial), _("Ubah disabilitas"), "")


@door(*OFFICERS)
def move(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """A new domicile: from then on the office there looks after the person."""
    person = person_of(kpj)
    form = MoveForm(request.POST or None, initial={"regency_code": person.regency_code, "village_code": person.village_code})
    text = _("Bila pindah ke wilayah lain, kantor di sana yang melihat dan melayani orang ini sejak disimpan.")
    return _ask(request, person, form, _("Catat pindah"), text)


def _ask(request: HttpRequest, person: Participant, form: Form, title: str, text: str) -> HttpResponseBase:
    """The same flow for every group."""
    audit.looked([person.pk], tuple(name for name in form.fields if name != "reason"), "pembetulan data")
    it = Ask(
        title=title,
        crumbs=crumbs(person),
        yes=_("Simpan"),
        about=person.name,
        text=text,
        act=partial(_change, person),
        facts=partial(_facts, person),
        done=lambda changed, _told: _answer(request, changed),
    )
    return ask(request, form, it)


def changes_of(person: Participant, told: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from what is known; secrets that were left empty stay."""
    found: dict[str, Any] = {}
    for name, value in told.items():
        if name in SECRET or name in ("bank_code", "domicile_since"):
            found.update({name: value} if value else {})
        elif name not in ("reason", "no_phone") and (value or None) != (getattr(person, name) or None):
            found[name] = value if value != "" or name in ("birth_place", "address") else None
    return found | ({"phone": ""} if told.get("no_phone") else {})


def _change(person: Participant, told: Mapping[str, Any]) -> Participant:
    changes = changes_of(person, told)
    if not changes:
        raise InputError(_("Tidak ada yang diubah."), remedy=_("Ubah isiannya, atau pilih Batal."))
    moved_on = changes.pop("domicile_since", None)
    return change_person(
        participant_id=person.pk, changes=changes, today=today(), now=timezone.now(), reason=told["reason"], moved_on=moved_on
    )


def _answer(request: HttpRequest, changed: Participant) -> HttpResponseBase:
    """Back to the person, or, where they went out of sight, to the first page."""
    if may(Can.EDIT_PERSON, place_of(changed)):
        return done(request, reverse("officer:person", args=[changed.kpj]), _("Perubahan disimpan."))
    return done(request, "officer:home", _("Perubahan disimpan. Orang ini sekarang dilayani kantor di tempat tinggalnya."))


def _facts(person: Participant, told: Mapping[str, Any]) -> Sequence[Fact]:
    facts = []
    for name, value in changes_of(person, told).items():
        was = "" if name in SECRET or name == "bank_code" else _words(name, getattr(person, name))
        now = _words(name, value)
        facts.append(Fact(field_label(name), _("{was} menjadi {now}").format(was=was, now=now) if was else now))
    return [*facts, Fact(_("Alasan"), told["reason"])]


def _words(name: str, value: Any) -> str:
    """A value of a fact as people read it."""
    if value in (None, ""):
        return NOTHING
    if name == "nik":
        return masked_nik("".join(sign for sign in value if sign.isdecimal()))
    if name == "regency_code":
        return regions_name(value)
    if name == "village_code":
        return counts.places([value]).get(value, str(value))
    kinds = {"sex": Sex, "disability_type": Disability, "disability_degree": Degree}
    if name in kinds:
        return _(TITLES[kinds[name]][value])
    return date(value) if isinstance(value, dt.date) else str(value)
