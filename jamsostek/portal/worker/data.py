"""One's own data: masked, shown whole to oneself, changed where no paper is needed, taken away, or asked to be mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from jamsostek.access.roles import Role
from jamsostek.accounts.queries.balances import lines
from jamsostek.core.errors import InputError
from jamsostek.core.months import FIRST_MONTH, month_of
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.roster.choices import bank_names
from jamsostek.portal.screens import Fact, Form, Link, done, page, today
from jamsostek.portal.screens.words import NOTHING, date, inside
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.actions import changes
from jamsostek.registry.choices import TITLES, Degree, Disability, Sex, Via
from jamsostek.registry.identity import Problems
from jamsostek.registry.queries import own, people
from jamsostek.registry.queries.own import Me
from jamsostek.registry.queries.registers import merged_numbers, region

TEXT = forms.TextInput
WHOLE = "utuh"
OWN_REASON = N_("Diubah sendiri")


class PhoneForm(Form):
    """How an office reaches the person."""

    phone = forms.CharField(
        label=N_("Nomor telepon"), help_text=N_("Milik Anda atau keluarga serumah, misalnya 0812 3456 7890."), max_length=25,
        widget=TEXT(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-20"}),
    )  # fmt: skip


class AddressForm(Form):
    """Within the regency; moving to another one is an office's work."""

    address = forms.CharField(
        label=N_("Alamat"), help_text=N_("Jalan, kampung, atau dusun, nomor, RT/RW."), max_length=200, required=False,
        widget=TEXT(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip


class BankForm(Form):
    """Where benefits are paid."""

    bank_code = forms.ChoiceField(label=N_("Bank"), required=False)
    bank_account = forms.CharField(
        label=N_("Nomor rekening"), help_text=N_("Atas nama Anda sendiri."), max_length=30, required=False,
        widget=TEXT(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, kept = list(bank_names()), str(self.initial.get("bank_code") or "")
        names = known if not kept or kept in known else [kept, *known]
        bank: Any = self.fields["bank_code"]
        bank.choices = [("", _("Tidak ada rekening")), *((name, name) for name in names)]


class DisabilityForm(Form):
    """So that services fit, and rights are counted."""

    disability_type = forms.ChoiceField(
        label=N_("Ragam disabilitas"), choices=[("", N_("Tidak ada")), *TITLES[Disability].items()], required=False
    )
    disability_degree = forms.ChoiceField(
        label=N_("Derajat disabilitas"), choices=[("", N_("Tidak ada")), *TITLES[Degree].items()], required=False
    )


@dataclass(frozen=True)
class Changeable:
    """Something a person changes alone: its title, what to know before, its form."""

    title: str
    form: type[Form]
    note: str = ""


CHANGEABLE = {
    "telepon": Changeable(N_("Ubah nomor telepon"), PhoneForm),
    "alamat": Changeable(
        N_("Ubah alamat"), AddressForm, N_("Pindah ke kabupaten atau kota lain? Minta kantor cabang memindahkan berkas Anda.")
    ),
    "rekening": Changeable(
        N_("Ubah rekening"), BankForm,
        N_("Santunan dibayarkan ke sini. Demi keamanan, perubahan diperiksa lagi sebelum pembayaran."),
    ),
    "disabilitas": Changeable(
        N_("Ubah keterangan disabilitas"), DisabilityForm,
        N_("Supaya layanan disesuaikan dan haknya terhitung (UU 8/2016). Tidak mengubah iuran."),
    ),
}  # fmt: skip


@about(Role.WORKER)
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, me: Me) -> HttpResponse:
    """What is known about the person; a press of a button shows it whole, to them alone."""
    whole = request.method == "POST" and request.POST.get("tampil") == WHOLE
    context = {"facts": _facts(me, _shown(me) if whole else _masked(me)), "whole": whole}
    return page(request, "worker/data.html", context, title=_("Data saya"), crumbs=crumbs())


def _masked(me: Me) -> dict[str, str]:
    found = people.masked([me.person.pk]).get(me.person.pk)
    if found is None:
        return dict.fromkeys(("nik", "phone", "mother_name", "bank"), NOTHING)
    return {"nik": found.nik, "phone": found.phone, "mother_name": found.mother_name, "bank": found.bank}


def _shown(me: Me) -> dict[str, str]:
    person = changes.as_person(me.person)
    nik = person.nik or ""
    return {
        "nik": " ".join(nik[at : at + 4] for at in range(0, len(nik), 4)) or NOTHING,
        "phone": person.phone or NOTHING,
        "mother_name": person.mother_name or NOTHING,
        "bank": f"{person.bank_code} {person.bank_account}".strip() or NOTHING,
    }


def _facts(me: Me, secret: dict[str, str]) -> list[Fact]:
    who, others = me.person, merged_numbers(me.person.pk)
    lines = [
        Fact(_("Nama"), who.name),
        Fact(_("Nomor peserta (KPJ)"), format_number("kpj", who.kpj)),
        Fact(_("NIK"), secret["nik"]),
        Fact(_("Tanggal lahir"), date(who.birth_date)),
        Fact(_("Jenis kelamin"), _(TITLES[Sex][who.sex])),
        Fact(_("Nama ibu kandung"), secret["mother_name"]),
        Fact(_("Tempat tinggal"), _place(me)),
        Fact(_("Alamat"), who.address or NOTHING, _change("alamat")),
        Fact(_("Nomor telepon"), secret["phone"], _change("telepon")),
        Fact(_("Rekening"), secret["bank"], _change("rekening")),
        Fact(_("Disabilitas"), _disability(me), _change("disabilitas")),
        Fact(_("Terdaftar"), f"{date(who.registered_on)}, {inside(_(TITLES[Via][who.registered_via]))}"),
    ]
    if others:
        numbers = ", ".join(format_number("kpj", one) for one in others)
        lines.insert(2, Fact(_("Nomor lain yang digabungkan"), numbers))
    return lines


def _change(what: str) -> Link:
    return Link(_("Ubah"), reverse("worker:change", args=[what]))


def _place(me: Me) -> str:
    village = region(me.person.village_code) if me.person.village_code else None
    regency = regions_name(me.person.regency_code)
    return f"{village.name}, {regency}" if village else regency


def _disability(me: Me) -> str:
    if not me.person.disability_type:
        return _("Tidak ada")
    kind = _(TITLES[Disability][me.person.disability_type])
    degree = me.person.disability_degree
    return f"{kind}, {inside(_(TITLES[Degree][degree]))}" if degree else kind


@about(Role.WORKER)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, me: Me, what: str) -> HttpResponse:
    """Changes one thing; who, when and what from is remembered."""
    chosen = CHANGEABLE.get(what)
    if chosen is None:
        raise Http404
    before = changes.as_person(me.person)
    initial = {name: getattr(before, name) for name in chosen.form.base_fields}
    form = chosen.form(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _kept(me, form):
        return done(request, "worker:data", _("Perubahan tersimpan."))
    context = {
        "form": form, "notes": [_(chosen.note)] if chosen.note else [], "button": _("Simpan"), "back": reverse("worker:data"),
    }  # fmt: skip
    return page(request, "worker/form.html", context, title=_(chosen.title), crumbs=_above())


def _kept(me: Me, form: Form) -> bool:
    given = {name: value or (None if name.startswith("disability") else "") for name, value in form.cleaned_data.items()}
    if given.get("disability_type", "") is None:
        given["disability_degree"] = None
    if given.get("bank_code") == "":
        given["bank_account"] = ""
    return refused(
        form,
        lambda: changes.change_person(
            participant_id=me.person.pk, changes=given, today=today(), now=timezone.now(), reason=_(OWN_REASON)
        ),
    )


def refused(form: Form, act: Callable[[], Any]) -> bool:
    """Does something; False where the form now says what is wrong."""
    try:
        act()
    except Problems as problems:
        for one in problems.found:
            form.refuse(one)
        return False
    except InputError as error:
        form.refuse(error)
        return False
    return True


def _above() -> list[Link]:
    return crumbs(Link(_("Data saya"), reverse("worker:data")))


@about(Role.WORKER)
@require_POST
def export(request: HttpRequest, me: Me) -> HttpResponse:
    """All that is kept about the person, to be taken away."""
    told = own.everything(me, month_of(today()))
    told["savings"] = [one.plain for one in lines(me.ids, FIRST_MONTH, month_of(today()))]
    answer = HttpResponse(
        json.dumps(told, default=str, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="jamsostek-{me.person.kpj}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
