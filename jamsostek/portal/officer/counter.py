"""Registering somebody who stands at the desk: who they are, where they live and what they do, a look, done.

The same for an office and for an agent (`Desk`). Answers travel from page to page in the forms themselves: nothing is
stored before the last button, and nothing stands in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.messages.roster.choices import bank_names
from jamsostek.outreach.actions import agents
from jamsostek.portal.employer.person_form import DisabilityFields, PersonForm, step_of
from jamsostek.portal.officer.asking import hidden_of, refuse, tried
from jamsostek.portal.officer.coverage import WorkFields
from jamsostek.portal.officer.frame import OFFICERS, home
from jamsostek.portal.officer.places import my_regency_choices, usual_regency, village_choices
from jamsostek.portal.officer.shown import kpj_words, standing_tag
from jamsostek.portal.screens import Fact, Link, YesNoField, done, page, today
from jamsostek.portal.screens.words import NOTHING
from jamsostek.registry.actions.people import KNOWN, NEW, Registered, register_person
from jamsostek.registry.actions.sponsors import cover_oneself
from jamsostek.registry.choices import TITLES, Disability, Via
from jamsostek.registry.identity import Person
from jamsostek.registry.queries import counts, lists, people, questions
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.timeline import spells_of, standings

NIK_AN_HOUR = "100/h/user"
"""Answers that a NIK is somebody's, as many as the API gives."""


@dataclass(frozen=True)
class Desk:
    """Where somebody registers people: the door it counts as, its first page, its pages' names and frame."""

    via: Via
    home: str
    pages: str
    base: str
    roles: tuple[str, ...]
    whole: bool
    """Whether bank and disability are asked too."""

    def url(self, name: str, *args: str) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.pages}:{name}", args=args)


OFFICE = Desk(Via.COUNTER, "officer:home", "officer", "officer/base.html", OFFICERS, whole=True)


class WhoForm(PersonForm):
    """The first page: as on the identity card."""

    nik = forms.CharField(
        label=N_("NIK"), help_text=N_("16 angka di KTP. Kosongkan hanya bila orangnya belum punya NIK."), max_length=25,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota tempat tinggal"), choices=my_regency_choices, coerce=int)
    field_order = ("nik", "name", "birth_place", "birth_date", "sex", "mother_name", "phone", "regency_code", "address")


class HomeForm(WorkFields):
    """The second page of an agent: where they live, and their work where they pay themselves."""

    village_code = forms.TypedChoiceField(label=N_("Desa atau kelurahan"), coerce=int, empty_value=None, required=False)
    own = YesNoField(
        label=N_("Membayar iuran sendiri?"),
        help_text=N_("Petani, pengemudi, pedagang, dan pekerja lain tanpa majikan. Bila tidak, isian di bawah ini boleh kosong."),
    )
    field_order: tuple[str, ...] = ("village_code", "own", "work", "occupation", "income_rupiah", "jht_member", "from_month")
    needed = ("work", "income_rupiah", "jht_member", "from_month")

    def __init__(self, regency_code: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village_code"].choices = village_choices(regency_code)  # type: ignore[attr-defined]
        if len(self.fields["village_code"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["village_code"]
        for name in self.needed:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Who pays themself says for what work."""
        told = super().clean()
        for name in self.needed:
            if told.get("own") and told.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, str(self.fields[name].error_messages["required"]))
        return told


class WholeHomeForm(DisabilityFields, HomeForm):
    """The second page of an office: a bank account, a disability and a referral code too."""

    bank_code = forms.ChoiceField(label=N_("Bank"), required=False)
    bank_account = forms.CharField(
        label=N_("Nomor rekening"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    referral_code = forms.CharField(
        label=N_("Kode rujukan"), max_length=12, required=False,
        help_text=N_("Dari agen atau pertemuan desa. Kosongkan bila tidak ada."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "w-10"}),
    )  # fmt: skip
    field_order = (
        "village_code", "disability_type", "disability_degree", "bank_code", "bank_account", "referral_code", "own", "work",
        "occupation", "income_rupiah", "jht_member", "from_month",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_code"].choices = [("", _("Tidak ada")), *((name, name) for name in bank_names())]  # type: ignore[attr-defined]


def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The two pages, the look, the deed; by the button that was pressed."""
    if request.method != "POST":
        return _who_page(request, desk, WhoForm(initial={"regency_code": usual_regency()}))
    who = WhoForm(request.POST)
    first = who.is_valid() and _person(who) is not None
    if not first or step_of(request) == "awal":
        return _who_page(request, desk, who)
    known = questions.known_nik(who.cleaned_data["nik"])
    if known is not None:
        return _known_page(request, desk, who, known)
    regency = who.cleaned_data["regency_code"]
    kind = WholeHomeForm if desk.whole else HomeForm
    if request.POST.get("halaman") != "2":
        return _home_page(request, desk, who, kind(regency, initial={"from_month": month_of(today()), "own": True}))
    there = kind(regency, request.POST)
    person = _person(who, there) if there.is_valid() else None
    if person is None or step_of(request) == "ubah":
        return _home_page(request, desk, who, there)
    keep = step_of(request) == "simpan"
    try:
        made = tried(lambda: _keep(desk, person, there), keep=keep)
    except Refused:
        raise
    except InputError as error:
        refuse(there, error)
        return _home_page(request, desk, who, there)
    return _finish(request, desk, made) if keep else _look(request, desk, who, there, made)


def _person(who: WhoForm, there: HomeForm | None = None) -> Person | None:
    """The person, checked; what is wrong is told at the page it was asked on."""
    given = there.cleaned_data if there is not None else {}
    names = ("village_code", "bank_code", "bank_account", "disability_type", "disability_degree")
    more = {name: given.get(name) or ("" if name.startswith("bank_") else None) for name in names}
    more["bank_account"] = "".join(sign for sign in more["bank_account"] or "" if sign.isdecimal())
    person = who.person(**more)
    if person is None and there is not None:
        for name, found in who.errors.items():
            for text in found:
                there.add_error(name if name in there.fields else None, text)
    return person


def _keep(desk: Desk, person: Person, there: HomeForm) -> Registered:
    """Registers, notes through whose code, and that the person will pay themself."""
    code = agents.check_code(there.cleaned_data.get("referral_code") or "")
    made = register_person(person, via=desk.via, today=today())
    if made.status == NEW:
        if desk.via == Via.AGENT:
            agents.refer_own(participant_id=made.participant_id, today=today())
        agents.refer(participant_id=made.participant_id, code=code, today=today())
    if there.cleaned_data["own"] and made.status != KNOWN:
        cover_oneself(there.covering(made.participant_id))
    return made


# --- pages ------------------------------------------------------------------------------------------------------------


def _crumbs(desk: Desk) -> list[Link]:
    return [home() if desk is OFFICE else Link(_("Keagenan"), reverse(desk.home))]


def _page(request: HttpRequest, desk: Desk, template: str, title: str, **context: Any) -> HttpResponse:
    return page(request, template, {"base": desk.base, "back": reverse(desk.home), **context}, title=title, crumbs=_crumbs(desk))


def _who_page(request: HttpRequest, desk: Desk, who: WhoForm) -> HttpResponse:
    kept = [(name, value) for name, value in _posted(request) if name.partition("-")[0] not in who.fields]
    told = _("Langkah {number} dari {whole}").format(number=1, whole=2)
    return _page(request, desk, "officer/counter.html", _("Daftarkan orang"), form=who, hidden=kept, step=told, number=1)


def _home_page(request: HttpRequest, desk: Desk, who: WhoForm, there: HomeForm) -> HttpResponse:
    told = _("Langkah {number} dari {whole}").format(number=2, whole=2)
    return _page(
        request, desk, "officer/counter.html", _("Daftarkan orang"), form=there, hidden=hidden_of(request, who), step=told,
        number=2, about=who.cleaned_data["name"],
    )  # fmt: skip


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """Answers of the second page while the first is open again."""
    names = ("csrfmiddlewaretoken", "langkah", "halaman")
    return [(name, value) for name, values in request.POST.lists() if name not in names for value in values]


def _look(request: HttpRequest, desk: Desk, who: WhoForm, there: HomeForm, made: Registered) -> HttpResponse:
    given = there.cleaned_data
    village = given.get("village_code")
    facts = [
        *who.answers(),
        Fact(_("Desa"), counts.places([village]).get(village, NOTHING) if village else NOTHING),
    ]
    if desk.whole:
        kind = given.get("disability_type")
        facts += [
            Fact(_("Disabilitas"), _(TITLES[Disability][kind]) if kind else NOTHING),
            Fact(_("Kode rujukan"), given.get("referral_code") or NOTHING),
            Fact(_("Rekening"), f"{given['bank_code']} …{given['bank_account'][-3:]}" if given["bank_account"] else NOTHING),
        ]
    facts += there.answers() if given["own"] else [Fact(_("Iuran"), _("Didaftarkan tanpa iuran sendiri"))]
    return _page(
        request, desk, "officer/counter_check.html", _("Periksa jawaban Anda"), facts=facts, asked=made.asked,
        hidden=[*hidden_of(request, who), *hidden_of(request, there), ("halaman", "2")],
    )  # fmt: skip


def _known_page(request: HttpRequest, desk: Desk, who: WhoForm, known: questions.Known) -> HttpResponse:
    """The NIK is somebody's: who, where that is in sight. Counted, for the answer tells of people out of sight."""
    person = known.person
    if not ratelimit.consume(request, app="portal", action="nik", config={"nik": NIK_AN_HOUR}, user=request.user):
        who.add_error("nik", _("Terlalu banyak NIK ditanyakan dalam satu jam. Tunggu, atau minta bantuan penyelia."))
        return _who_page(request, desk, who)
    same_name = lists.nik_answer(who.cleaned_data["nik"], who.cleaned_data["name"]) == "known"
    facts = []
    if person is not None:
        audit.looked([person.pk], ("name", "kpj"), "NIK sudah terdaftar")
        standing = standings([person.pk], month_of(today())).get(person.pk)
        facts = [Fact(_("KPJ"), kpj_words(person.kpj)), Fact(_("Keadaan"), standing_tag(person, standing))]
        facts.insert(0, Fact(_("Nama"), person.name))
    return _page(
        request, desk, "officer/counter_known.html", _("Sudah terdaftar"), facts=facts, person=person, died=known.died,
        same_name=same_name, url=desk.url("person", person.kpj) if person else "", hidden=_posted(request),
    )  # fmt: skip


def _finish(request: HttpRequest, desk: Desk, made: Registered) -> HttpResponse:
    return done(request, desk.url("registered", people.get(made.participant_id).kpj))


def registered(request: HttpRequest, desk: Desk, kpj: str) -> HttpResponse:
    """What came of it: the number, what is next, the card where somebody pays already."""
    person = people.by_kpj(kpj)
    audit.looked([person.pk], ("name", "kpj"), "selesai mendaftarkan")
    month = month_of(today())
    standing = standings([person.pk], month).get(person.pk)
    waits = any(not one.paid for found in spells_of(one_person(person.pk), month).values() for one in found)
    return _page(
        request, desk, "officer/counter_done.html", _("Terdaftar"), person=person, kpj=kpj_words(person.kpj),
        tag=standing_tag(person, standing), covered=standing is not None, waits=waits, again=desk.url("register"),
        url=desk.url("person", person.kpj), card_url=desk.url("issue_card", person.kpj), whole=desk.whole,
        pay_url=desk.url("pay", person.kpj),
        asked=questions.about(person.pk),
    )  # fmt: skip


@door(*OFFICERS)
def office_register(request: HttpRequest) -> HttpResponse:
    """At an office."""
    return register(request, OFFICE)


@door(*OFFICERS)
def office_registered(request: HttpRequest, kpj: str) -> HttpResponse:
    """At an office."""
    return registered(request, OFFICE, kpj)
