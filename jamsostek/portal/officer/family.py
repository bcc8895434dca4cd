"""A person's family, and who would receive a benefit in the order of law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law import law_on
from jamsostek.law.labels import citation
from jamsostek.law.texts import TEXTS
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, may, screen
from jamsostek.portal.officer.person import crumbs, person_of, tabs
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Link, Tag, YesNoField, done, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import masked_nik
from jamsostek.registry import heirs
from jamsostek.registry.actions import family
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import TITLES, Kin, Sex
from jamsostek.registry.models import Participant, Relative
from jamsostek.registry.queries.registers import relatives

PROGRAMMES = ("jkm", "jht")


@dataclass(frozen=True)
class Order:
    """The order of one programme's heirs, with its article."""

    title: str
    article: str
    steps: list[tuple[str, Tag | str, str]]


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Family and order of heirs."""
    person = person_of(kpj)
    audit.looked([person.pk], ("relatives",), "keluarga peserta")
    rows = relatives(person.pk)
    edits = may(Can.EDIT_PERSON, place_of(person))
    on = person.died_on or today()
    context = {
        "person": person,
        "tabs": tabs(person, "person_family"),
        "table": table(_("Keluarga"), _columns(person, edits), rows),
        "empty": Empty(
            _("Belum ada keluarga tercatat"), _("Tambahkan menurut Kartu Keluarga: dari sini urutan ahli waris dibaca.")
        ),
        "add": reverse("officer:add_relative", args=[person.kpj]) if edits else "",
        "orders": [_order(rows, on, programme) for programme in PROGRAMMES],
        "on": date(on),
    }
    return screen(request, "officer/family.html", context, title=person.name, above=crumbs(person)[1:])


def _columns(person: Participant, edits: bool) -> list[Column]:
    def end(one: Relative) -> Link | str:
        open_ = one.died_on is None and one.to_date is None
        return Link(_("Akhiri"), reverse("officer:end_relative", args=[person.kpj, one.pk])) if edits and open_ else ""

    return [
        Column(_("Nama"), lambda one: one.name),
        Column(_("Hubungan"), lambda one: _(TITLES[Kin][one.kin])),
        Column(_("Jenis kelamin"), lambda one: _(TITLES[Sex][one.sex])),
        Column(_("Tanggal lahir"), lambda one: date(one.birth_date) if one.birth_date else NOTHING),
        Column(_("Keadaan"), _state),
        Column(_("Tindakan"), end),
    ]


def _state(one: Relative) -> Tag:
    if one.died_on:
        return Tag(_("Meninggal {day}").format(day=date(one.died_on)), "plain")
    if one.to_date:
        return Tag(_("Berakhir {day}").format(day=date(one.to_date)), "plain")
    return Tag(_("Tercatat"), "good")


def _order(rows: list[Relative], on: dt.date, programme: str) -> Order:
    in_force = law_on(on).in_force(f"{programme}.heirs")
    assert in_force.row is not None
    steps = []
    for step in heirs.order(rows, on=on, programme=programme):
        names = ", ".join(one.name for one in step.members)  # type: ignore[attr-defined]
        mark = Tag(_("Berhak"), "good") if step.entitled else ""
        text = _(TEXTS[step.name])
        steps.append((text[:1].upper() + text[1:], mark, names))
    title = _("Urutan ahli waris {programme}").format(programme=programme.upper())
    return Order(title, citation(f"{in_force.row.regulation} {in_force.row.article}"), steps)


class RelativeForm(ReasonForm):
    """Somebody of the family."""

    kin = forms.ChoiceField(label=N_("Hubungan"), choices=[("", N_("Pilih")), *TITLES[Kin].items()])
    name = forms.CharField(label=N_("Nama"), help_text=N_("Seperti di Kartu Keluarga."), max_length=120)
    sex = forms.ChoiceField(label=N_("Jenis kelamin"), choices=list(TITLES[Sex].items()), widget=forms.RadioSelect)
    birth_date = DateField(label=N_("Tanggal lahir"), earliest=dt.date(1900, 1, 1), required=False)
    nik = forms.CharField(
        label=N_("NIK"), help_text=N_("Bila diketahui."), max_length=25, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    from_date = DateField(label=N_("Sejak tanggal"), help_text=N_("Tanggal nikah bagi suami atau istri."), required=False)
    field_order = ("kin", "name", "sex", "birth_date", "nik", "from_date", "reason")

    def clean_nik(self) -> str:
        """Sixteen digits or nothing."""
        digits = "".join(sign for sign in self.cleaned_data["nik"] if sign not in " .-'")
        if digits and not (digits.isascii() and digits.isdecimal() and len(digits) == 16):
            raise forms.ValidationError(_("NIK terdiri dari 16 angka; kosongkan bila tidak diketahui."))
        return digits


@door(*OFFICERS)
def add(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Adds somebody."""
    person = person_of(kpj)
    back = _link(person)

    def act(told: dict[str, Any]) -> object:
        given = {name: value for name, value in told.items() if name != "reason"}
        return family.add_relative(
            participant_id=person.pk,
            kinsman=family.Kinsman(**given),
            today=today(),
            reason=str(told["reason"]),
        )

    it = Ask(
        title=_("Tambah keluarga"),
        crumbs=crumbs(person, back),
        yes=_("Tambahkan"),
        about=person.name,
        act=act,  # type: ignore[arg-type]
        facts=lambda told: [
            Fact(_("Hubungan"), _(TITLES[Kin][told["kin"]])),
            Fact(_("Nama"), told["name"]),
            Fact(_("Jenis kelamin"), _(TITLES[Sex][told["sex"]])),
            Fact(_("Tanggal lahir"), date(told["birth_date"]) if told["birth_date"] else NOTHING),
            Fact(_("NIK"), masked_nik(told["nik"])),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _one, told: done(request, back.url, _("{name} ditambahkan.").format(name=told["name"])),
    )
    return ask(request, RelativeForm(request.POST or None), it)


class EndForm(ReasonForm):
    """What happened, and when."""

    died = YesNoField(
        label=N_("Orang ini meninggal?"), help_text=N_("Tidak berarti hubungannya berakhir, misalnya karena cerai.")
    )
    on = DateField(label=N_("Pada tanggal"))
    field_order = ("died", "on", "reason")

    def clean_on(self) -> dt.date:
        """A day that has come."""
        day: dt.date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day


@door(*OFFICERS)
def end(request: HttpRequest, kpj: str, relative_id: int) -> HttpResponseBase:
    """A relation ended, or the relative died."""
    person = person_of(kpj)
    back = _link(person)
    one = next((row for row in relatives(person.pk) if row.pk == relative_id), None)
    if one is None:
        raise not_yours(_("Anggota keluarga ini tidak ada, atau di luar wilayah kerja Anda."))
    it = Ask(
        title=_("Akhiri hubungan keluarga"),
        crumbs=crumbs(person, back),
        yes=_("Catat"),
        about=one.name,
        act=lambda told: _end(one, told["on"], told["died"], told["reason"]),
        facts=lambda told: [
            Fact(_("Nama"), one.name),
            Fact(_("Hubungan"), _(TITLES[Kin][one.kin])),
            Fact(_("Yang terjadi"), _("Meninggal") if told["died"] else _("Hubungan berakhir")),
            Fact(_("Pada tanggal"), date(told["on"])),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _none, _told: done(request, back.url, _("Keluarga diperbarui.")),
        danger=True,
    )
    return ask(request, EndForm(request.POST or None), it)


def _end(one: Relative, on: dt.date, died: bool, reason: str) -> None:
    begun = one.from_date or one.birth_date
    if begun is not None and on < begun:
        raise InputError(_("Tanggal ini sebelum hubungan dimulai."), field="on", remedy=_("Periksa tahunnya."))
    family.end_relative(relative_id=one.pk, on=on, died=died, reason=reason)


def _link(person: Participant) -> Link:
    return Link(_("Keluarga"), reverse("officer:person_family", args=[person.kpj]))
