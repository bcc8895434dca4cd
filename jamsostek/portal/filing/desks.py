"""Those who file for others: a firm, a hospital's desk, a village, an agent, an office's counter. Each finds the person as
its other pages do, and is offered what it may file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.claims.actions import intake
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import KIN, Channel, Kind
from jamsostek.claims.queries import filing
from jamsostek.claims.queries.filing import Mine
from jamsostek.claims.queries.outside import initials
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, language
from jamsostek.portal.agent.home import AGENTS
from jamsostek.portal.agent.people import crumbs as agent_crumbs
from jamsostek.portal.agent.people import mine as registered_by_me
from jamsostek.portal.employer.company import OWNERS as FIRMS
from jamsostek.portal.employer.company import company_of, workers_link
from jamsostek.portal.employer.company import crumbs as company_crumbs
from jamsostek.portal.employer.worker import job_of
from jamsostek.portal.filing.asking import capital
from jamsostek.portal.filing.channels import SELF, kin_of
from jamsostek.portal.filing.holder import url
from jamsostek.portal.filing.lists import claims_table
from jamsostek.portal.filing.start import kind_of, words_of
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.officer.frame import home as office_home
from jamsostek.portal.officer.person import crumbs as person_crumbs
from jamsostek.portal.officer.person import person_of
from jamsostek.portal.oversight.eligibility import AskForm
from jamsostek.portal.oversight.frame import DESKS
from jamsostek.portal.oversight.frame import crumbs as desk_crumbs
from jamsostek.portal.screens import Empty, Form, Link, done, page, today
from jamsostek.portal.village.person import _resident as resident
from jamsostek.portal.village.place import OWNERS as VILLAGES
from jamsostek.portal.village.place import crumbs as village_crumbs
from jamsostek.portal.village.place import village_of

AN_HOUR = "60/h/user"
"""As the question whether somebody is covered: a desk has so many patients, a guesser has more."""


@dataclass(frozen=True)
class Asked:
    """Whom a claim would be begun about, through which door; `given` goes to the action, `who` is a firm or a desk that files."""

    channel: Channel
    participant_id: int
    name: str
    crumbs: Sequence[Link]
    given: Mapping[str, Any] = field(default_factory=dict)
    who: Someone | None = None


class WhoForm(Form):
    """Who asks, where it may be the person or the family."""

    kin = forms.ChoiceField(label=N_("Siapa yang mengajukan?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=N_("Nama yang mengajukan, seperti di KTP"), max_length=120, required=False,
        help_text=N_("Kosongkan bila peserta sendiri."),
    )  # fmt: skip
    needed = ("name",)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = kin_of(kind)
        self.fields["kin"].choices = [(one, _(KIN[one])) for one in names]  # type: ignore[attr-defined]
        capital(self, "kin")
        if SELF not in names:
            self.fields["name"].required, self.fields["name"].help_text = True, ""
            self.fields["name"].error_messages["required"] = _("{label} belum diisi.").format(label=self.fields["name"].label)

    def clean(self) -> dict[str, Any]:
        """The family says who of it."""
        told = super().clean() or {}
        if told.get("kin") not in (None, SELF) and not told.get("name"):
            self.add_error("name", _("Tulis nama yang mengajukan."))
        return told


def kinds_page(request: HttpRequest, asked: Asked, name: str, *args: Any) -> HttpResponseBase:
    """What may be filed for somebody; `name` and `args` are the address that begins it, less the kind."""
    kinds = [(reverse(f"filing:{name}", args=[*args, one]), *words_of(one)) for one in filing.kinds_for(asked.channel)]
    context = {"kinds": kinds, "about": asked.name}
    return page(request, "filing/kinds.html", context, title=_("Apa yang terjadi?"), crumbs=asked.crumbs)


def begin_page(request: HttpRequest, asked: Asked, slug: str) -> HttpResponseBase:
    """Begins a claim for somebody."""
    kind = kind_of(slug, filing.kinds_for(asked.channel))
    posted = request.POST if request.method == "POST" else None
    alone = (asked.who is not None and kind not in filing.OF_DEATH) or kin_of(kind) == (SELF,)
    form = Form(posted) if alone else WhoForm(kind, posted)
    if form.is_bound and form.is_valid():
        try:
            made = intake.begin(
                kind=kind, participant_id=asked.participant_id, channel=asked.channel, claimant=_claimant(asked, alone, form),
                today=today(), language=language(), **asked.given,
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, url("show", made.claim), _("Klaim dibuat. Setiap jawaban langsung tersimpan."))
    title, line = words_of(kind)
    context = {"form": form, "line": line, "name": asked.name, "back": asked.crumbs[-1].url}
    return page(request, "filing/begin_for.html", context, title=title, crumbs=asked.crumbs)


def _claimant(asked: Asked, alone: bool, form: Form) -> Someone | None:
    """The firm or the desk, the family, or the person (whom we know)."""
    if alone:
        return asked.who
    told = form.cleaned_data
    return None if told["kin"] == SELF else Someone(told["name"], told["kin"])


def listing(
    request: HttpRequest, rows: Sequence[Mine], *, crumbs: Sequence[Link], how: str, way: Link, title: str = "",
    name: Callable[[str], str] = str,
) -> HttpResponseBase:  # fmt: skip
    """Claims that were filed through a door; `how` says how one is begun, `way` leads there, `name` how a name is said."""
    context = {
        "table": claims_table(_("Klaim yang diajukan"), rows, name=name) if rows else None,
        "empty": Empty(_("Belum ada klaim"), how),
        "how": how if rows else "",
        "way": way,
    }
    return page(request, "filing/list.html", context, title=title or _("Klaim yang diajukan"), crumbs=crumbs)


# --- a firm -------------------------------------------------------------------------------------------------------------


@door(*FIRMS)
@require_safe
def company(request: HttpRequest, npp: str) -> HttpResponseBase:
    """What a firm reported."""
    mine = company_of(request, npp)
    how = _("Buka halaman pekerjanya, lalu pilih Laporkan kecelakaan, kematian, atau PHK.")
    return listing(
        request, filing.of_employer(mine.pk), crumbs=company_crumbs(mine), how=how, way=workers_link(mine)
    )  # fmt: skip


def _of_firm(request: HttpRequest, npp: str, employment_id: int) -> Asked:
    mine, job = job_of(request, npp, employment_id)
    above = [
        *company_crumbs(mine, workers_link(mine)),
        Link(job.participant.name, reverse("employer:worker", args=[npp, employment_id])),
    ]
    who = Someone(mine.name, "employer")
    return Asked(Channel.EMPLOYER, job.participant_id, job.participant.name, above, {"employer_id": mine.pk}, who)


@door(*FIRMS)
@require_safe
def company_kinds(request: HttpRequest, npp: str, employment_id: int) -> HttpResponseBase:
    """What a firm may report of a worker."""
    return kinds_page(request, _of_firm(request, npp, employment_id), "begin_company", npp, employment_id)


@door(*FIRMS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_company(request: HttpRequest, npp: str, employment_id: int, kind: str) -> HttpResponseBase:
    """Begins a report of a worker's."""
    return begin_page(request, _of_firm(request, npp, employment_id), kind)


# --- a hospital's desk --------------------------------------------------------------------------------------------------


class PatientForm(AskForm):
    """Which desk reports, where somebody works at several."""

    office = forms.TypedChoiceField(label=N_("Loket"), coerce=int)

    def __init__(self, offices: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(one, filing.office_name(one)) for one in offices]  # type: ignore[attr-defined]
        if len(offices) < 2:
            del self.fields["office"]


@door(*DESKS)
@require_safe
def hospital(request: HttpRequest) -> HttpResponseBase:
    """What the desk reported."""
    rows = filing.of_office(request.scope.targets(GrantKind.OFFICE))  # type: ignore[attr-defined]
    way = Link(_("Laporkan kecelakaan kerja"), reverse("filing:begin_hospital"))
    how = _("Laporkan pasien yang celaka saat bekerja, dengan nomor peserta dan tanggal lahirnya.")
    return listing(request, rows, crumbs=desk_crumbs(request), how=how, way=way, name=initials)


@door(*DESKS)
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin_hospital(request: HttpRequest) -> HttpResponseBase:
    """Reports a patient by number and birth date; both wrong are told alike, and counted."""
    offices = sorted(request.scope.targets(GrantKind.OFFICE))  # type: ignore[attr-defined]
    form = PatientForm(offices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and offices:
        office = form.cleaned_data.get("office", offices[0])
        if not ratelimit.consume(request, app="portal", action="patient", config={"patient": AN_HOUR}, user=request.user):
            form.add_error(None, _("Terlalu banyak pertanyaan dalam satu jam. Tunggu sebentar, atau hubungi kantor cabang."))
        else:
            return _report(request, form, office)
    return _patient_page(request, form)


def _report(request: HttpRequest, form: PatientForm, office: int) -> HttpResponseBase:
    found = filing.patient(kpj=form.cleaned_data["kpj"], birth_date=form.cleaned_data["birth_date"])
    if found is None:
        form.add_error("kpj", _("Nomor dan tanggal lahir ini tidak cocok dengan peserta mana pun. Periksa kartu dan KTP-nya."))
        return _patient_page(request, form)
    made = intake.begin(
        kind=Kind.JKK, participant_id=found, channel=Channel.HOSPITAL, office_id=office, today=today(), language=language(),
        claimant=Someone(filing.office_name(office), "facility"),
    )  # fmt: skip
    return done(request, url("show", made.claim), _("Klaim dibuat. Setiap jawaban langsung tersimpan."))


def _patient_page(request: HttpRequest, form: PatientForm) -> HttpResponseBase:
    title, line = words_of(Kind.JKK)
    back = reverse("filing:hospital")
    context = {"form": form, "line": line, "name": "", "back": back}
    above = desk_crumbs(request, Link(_("Klaim yang diajukan"), back))
    return page(request, "filing/begin_for.html", context, title=title, crumbs=above)


# --- a village ----------------------------------------------------------------------------------------------------------


@door(*VILLAGES)
@require_safe
def village(request: HttpRequest, code: int) -> HttpResponseBase:
    """What the village filed for its people."""
    name = village_of(request, code)
    how = _("Buka halaman warganya, lalu pilih Ajukan klaim.")
    way = Link(_("Daftar warga"), reverse("village:village", args=[code]))
    return listing(request, filing.filed_by_me(Channel.VILLAGE), crumbs=village_crumbs(code, name), how=how, way=way)


def _of_village(request: HttpRequest, code: int, kpj: str) -> Asked:
    name, person = resident(request, code, kpj)
    above = [*village_crumbs(code, name), Link(person.name, reverse("village:person", args=[code, person.kpj]))]
    return Asked(Channel.VILLAGE, person.pk, person.name, above)


@door(*VILLAGES)
@require_safe
def village_kinds(request: HttpRequest, code: int, kpj: str) -> HttpResponseBase:
    """What may be filed for a resident."""
    return kinds_page(request, _of_village(request, code, kpj), "begin_village", code, kpj)


@door(*VILLAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_village(request: HttpRequest, code: int, kpj: str, kind: str) -> HttpResponseBase:
    """Begins a claim for a resident."""
    return begin_page(request, _of_village(request, code, kpj), kind)


# --- an agent -----------------------------------------------------------------------------------------------------------


@door(*AGENTS)
@require_safe
def agent(request: HttpRequest) -> HttpResponseBase:
    """What an agent filed."""
    how = _("Buka halaman orang yang Anda daftarkan, lalu pilih Ajukan klaim.")
    way = Link(_("Yang Anda daftarkan"), reverse("agent:home"))
    return listing(request, filing.filed_by_me(Channel.AGENT), crumbs=agent_crumbs(), how=how, way=way)


def _of_agent(kpj: str) -> Asked:
    person = registered_by_me(kpj)
    above = [*agent_crumbs(), Link(person.name, reverse("agent:person", args=[person.kpj]))]
    return Asked(Channel.AGENT, person.pk, person.name, above)


@door(*AGENTS)
@require_safe
def agent_kinds(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """What may be filed for somebody an agent registered."""
    return kinds_page(request, _of_agent(kpj), "begin_agent", kpj)


@door(*AGENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_agent(request: HttpRequest, kpj: str, kind: str) -> HttpResponseBase:
    """Begins a claim for them."""
    return begin_page(request, _of_agent(kpj), kind)


# --- an office's counter ------------------------------------------------------------------------------------------------


@door(*OFFICERS)
@require_safe
def counter(request: HttpRequest) -> HttpResponseBase:
    """What was begun at a counter and not sent yet, and what this officer filed."""
    mine = filing.filed_by_me(Channel.COUNTER)
    begun = [one for one in filing.at_counter() if one.claim.pk not in {own.claim.pk for own in mine}]
    how = _("Cari pesertanya, buka halamannya, lalu pilih Ajukan klaim.")
    way = Link(_("Cari peserta"), reverse("officer:search"))
    title = _("Klaim di loket")
    return listing(request, [*begun, *mine], crumbs=[office_home()], how=how, way=way, title=title)


def _of_counter(kpj: str) -> Asked:
    person = person_of(kpj)
    return Asked(Channel.COUNTER, person.pk, person.name, person_crumbs(person))


@door(*OFFICERS)
@require_safe
def counter_kinds(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """What may be filed for somebody at a counter."""
    return kinds_page(request, _of_counter(kpj), "begin_counter", kpj)


@door(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_counter(request: HttpRequest, kpj: str, kind: str) -> HttpResponseBase:
    """Begins a claim at a counter."""
    return begin_page(request, _of_counter(kpj), kind)
