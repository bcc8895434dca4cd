"""Who pays for a person, month by month, with the gaps; ending work or cover, and beginning to pay oneself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, may, screen
from jamsostek.portal.officer.person import crumbs, person_of, tabs
from jamsostek.portal.officer.shown import SEGMENTS, months_words, programmes_words, standing_tag
from jamsostek.portal.register.work import OTHER_WORK, WORKS
from jamsostek.portal.screens import (
    Column,
    DateField,
    Empty,
    Fact,
    Form,
    Link,
    MoneyField,
    MonthField,
    Tag,
    YesNoField,
    done,
    table,
    today,
)
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions import employ, sponsors
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import TITLES, Leaving
from jamsostek.registry.models import Cover, Employment, Participant
from jamsostek.registry.queries import counts, lists
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.timeline import Gap, Spell, gaps, spells_of, standing


@dataclass(frozen=True)
class Line:
    """A row of the timeline: somebody pays, somebody means to, or nobody does."""

    from_month: int
    to_month: int | None
    spell: Spell | None = None


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """The timeline, the newest first."""
    person, month = person_of(kpj), month_of(today())
    audit.looked([person.pk], ("employer", "wage_rupiah", "timeline"), "perlindungan peserta")
    spells = [spell for found in spells_of(one_person(person.pk), month).values() for spell in found]
    lines = _lines(person, spells, month)
    jobs = {job.pk: job for job in lists.employments([s.employment_id for s in spells if s.employment_id], month)}
    columns = _columns(person, jobs, counts.regencies_of_employers(job.employer_id for job in jobs.values()), month)
    begin = may(Can.REGISTER_PERSON, place_of(person)) and person.died_on is None
    context = {
        "person": person,
        "tag": standing_tag(person, standing(spells, month)),
        "tabs": tabs(person, "person_cover"),
        "table": table(_("Siapa membayar, bulan demi bulan"), columns, lines),
        "holes": [months_words(line.from_month, line.to_month) for line in lines if line.spell is None],
        "empty": Empty(_("Belum pernah terlindungi"), _("Belum ada hubungan kerja atau iuran yang tercatat.")),
        "begin": reverse("officer:begin_cover", args=[person.kpj]) if begin else "",
    }
    return screen(request, "officer/coverage.html", context, title=person.name, above=crumbs(person)[1:])


def _lines(person: Participant, spells: Sequence[Spell], month: int) -> list[Line]:
    """Spells and the gaps between them, the newest first; months after a death are no gap."""
    upto = month if person.died_on is None else min(month, month_of(person.died_on))
    found = [Line(spell.from_month, spell.to_month, spell) for spell in spells]
    holes: list[Gap] = gaps(spells, upto)
    found += [Line(hole.from_month, hole.to_month) for hole in holes]
    return sorted(found, key=lambda line: (line.to_month or 999912, line.from_month), reverse=True)


def _columns(person: Participant, jobs: dict[int, Employment], places: dict[int, int], month: int) -> list[Column]:
    def payer(line: Line) -> str | Link:
        if line.spell is None:
            return _("Tidak ada yang membayar")
        return _payer(line.spell)

    def paid_for(line: Line) -> str:
        job = jobs.get(line.spell.employment_id or 0) if line.spell else None
        return format_rupiah(job.wage_rupiah) if job is not None and job.wage_rupiah else ""  # type: ignore[attr-defined]

    return [
        Column(_("Pembayar"), payer),
        Column(_("Jenis"), lambda line: _(SEGMENTS[line.spell.segment]) if line.spell else ""),
        Column(_("Bulan"), lambda line: months_words(line.from_month, line.to_month)),
        Column(_("Program"), lambda line: programmes_words(line.spell.programmes) if line.spell else ""),
        Column(_("Upah"), paid_for, number=True),
        Column(_("Keadaan"), lambda line: _state(line, month)),
        Column(_("Tindakan"), lambda line: _ways(person, line, jobs, places)),
    ]


def _payer(spell: Spell) -> str | Link:
    """Who pays."""
    if spell.kind == "placement":
        return _("Penempatan di luar negeri")
    if spell.kind == "cover" and spell.sponsor_id is None:
        return _("Peserta sendiri")
    return spell.payer


def _state(line: Line, month: int) -> Tag:
    if line.spell is None:
        return Tag(_("Tidak terlindungi"), "bad")
    if not line.spell.paid:
        return Tag(_("Menunggu iuran"), "warn") if line.spell.runs_in(month) else Tag(_("Tidak dibayar"), "plain")
    if line.from_month > month:
        return Tag(_("Belum mulai"), "info")
    return Tag(_("Berjalan"), "good") if line.spell.runs_in(month) else Tag(_("Berakhir"), "plain")


def _ways(person: Participant, line: Line, jobs: dict[int, Employment], places: dict[int, int]) -> Link | str:
    """What may be done with one spell; work for an employer of another region is that office's."""
    spell = line.spell
    if spell is None:
        return ""
    if spell.employment_id is not None and spell.employment_id in jobs:
        job = jobs[spell.employment_id]
        if job.employer_id in places and may(Can.EMPLOY, Place(employer=job.employer_id, regency=places[job.employer_id])):
            name, text = ("end_job", _("Akhiri")) if line.to_month is None else ("reopen_job", _("Buka lagi"))
            return Link(text, reverse(f"officer:{name}", args=[person.kpj, job.pk]))
    over = spell.to_month is not None and spell.to_month < month_of(today())
    if spell.cover_id is not None and not over and may(Can.SPONSOR, place_of(person)):
        return Link(_("Akhiri"), reverse("officer:end_cover", args=[person.kpj, spell.cover_id]))
    return ""


# --- work -------------------------------------------------------------------------------------------------------------


class EndJobForm(ReasonForm):
    """The last day and why."""

    left_on = DateField(label=N_("Hari terakhir bekerja"))
    leaving = forms.ChoiceField(
        label=N_("Sebab keluar"), choices=list(TITLES[Leaving].items()), widget=forms.RadioSelect,
        help_text=N_("Hak JHT dan JKP pekerja bergantung pada sebab ini."),
    )  # fmt: skip
    field_order = ("left_on", "leaving", "reason")


def _job(person: Participant, employment_id: int) -> Employment:
    job = lists.employment(employment_id)
    if job is None or job.participant_id not in one_person(person.pk):
        raise not_yours(_("Hubungan kerja ini tidak ada, atau di luar wilayah kerja Anda."))
    return job


def _cover_link(person: Participant) -> Link:
    return Link(_("Perlindungan"), reverse("officer:person_cover", args=[person.kpj]))


@door(*OFFICERS)
def end_job(request: HttpRequest, kpj: str, employment_id: int) -> HttpResponseBase:
    """Ends a spell of work."""
    person = person_of(kpj)
    job, back = _job(person, employment_id), _cover_link(person)
    it = Ask(
        title=_("Akhiri hubungan kerja"),
        crumbs=crumbs(person, back),
        yes=_("Akhiri hubungan kerja"),
        about=job.employer.name,
        act=lambda told: employ.leave(
            employment_id=job.pk, left_on=told["left_on"], leaving=Leaving(told["leaving"]), reason=told["reason"]
        ),
        facts=lambda told: [
            Fact(_("Peserta"), person.name),
            Fact(_("Hari terakhir bekerja"), date(told["left_on"])),
            Fact(_("Terlindungi sampai"), month_words(month_of(told["left_on"]))),
            Fact(_("Sebab keluar"), _(TITLES[Leaving][told["leaving"]])),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _none, _told: done(request, back.url, _("Hubungan kerja diakhiri.")),
        danger=True,
    )
    return ask(request, EndJobForm(request.POST or None), it)


@door(*OFFICERS)
def reopen_job(request: HttpRequest, kpj: str, employment_id: int) -> HttpResponseBase:
    """Takes back an end that was a mistake."""
    person = person_of(kpj)
    job, back = _job(person, employment_id), _cover_link(person)
    it = Ask(
        title=_("Buka lagi hubungan kerja"),
        crumbs=crumbs(person, back),
        yes=_("Buka lagi"),
        about=job.employer.name,
        act=lambda told: employ.reopen(employment_id=job.pk, reason=told["reason"]),
        facts=lambda told: [
            Fact(_("Peserta"), person.name),
            Fact(_("Tercatat berakhir"), month_words(job.to_month) if job.to_month else ""),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _none, _told: done(request, back.url, _("Hubungan kerja dibuka lagi.")),
    )
    return ask(request, ReasonForm(request.POST or None), it)


# --- cover ------------------------------------------------------------------------------------------------------------


class EndCoverForm(ReasonForm):
    """The last month and why."""

    to_month = MonthField(label=N_("Bulan terakhir"), help_text=N_("Sesudah akhir bulan ini orangnya tidak terlindungi lagi."))
    field_order = ("to_month", "reason")


def _cover(person: Participant, cover_id: int) -> Cover:
    cover = lists.cover(cover_id)
    if cover is None or cover.participant_id not in one_person(person.pk):
        raise not_yours(_("Perlindungan ini tidak ada, atau di luar wilayah kerja Anda."))
    return cover


@door(*OFFICERS)
def end_cover(request: HttpRequest, kpj: str, cover_id: int) -> HttpResponseBase:
    """Ends a spell of cover with a month."""
    person = person_of(kpj)
    cover, back = _cover(person, cover_id), _cover_link(person)
    payer = cover.sponsor.name if cover.sponsor else _("Peserta sendiri")
    it = Ask(
        title=_("Akhiri perlindungan"),
        crumbs=crumbs(person, back),
        yes=_("Akhiri perlindungan"),
        about=payer,
        act=lambda told: sponsors.end_cover(cover_id=cover.pk, **told),
        facts=lambda told: [
            Fact(_("Peserta"), person.name),
            Fact(_("Pembayar"), payer),
            Fact(_("Sekarang"), months_words(cover.from_month, cover.to_month)),
            Fact(_("Menjadi"), months_words(cover.from_month, told["to_month"])),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _none, _told: done(request, back.url, _("Perlindungan diakhiri.")),
        danger=True,
    )
    form = EndCoverForm(request.POST or None, initial={"to_month": cover.to_month or month_of(today())})
    return ask(request, form, it)


class WorkFields(Form):
    """The work of somebody who pays for themself."""

    work = forms.ChoiceField(label=N_("Pekerjaan"), choices=[("", N_("Pilih")), *((k, text) for k, (text, _s) in WORKS.items())])
    occupation = forms.CharField(
        label=N_("Sebutan pekerjaannya"), help_text=N_("Bila tidak ada di daftar."), max_length=80, required=False
    )
    income_rupiah = MoneyField(
        label=N_("Penghasilan sebulan"), help_text=N_("Rata-rata; iuran mengikuti golongannya."), least=1, most=MAX_MONTHLY_RUPIAH
    )
    jht_member = YesNoField(label=N_("Ikut JHT?"), help_text=N_("Tabungan hari tua, selain JKK dan JKM."))
    from_month = MonthField(label=N_("Mulai bulan"))

    def covering(self, participant_id: int) -> sponsors.Covering:
        """What was told, as the action takes it."""
        told = self.cleaned_data
        text, sector = WORKS[told["work"]]
        return sponsors.Covering(
            participant_id, told["from_month"], told["income_rupiah"], told["occupation"] or text, None,
            sector, told["jht_member"],
        )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Other work needs its name."""
        told = super().clean() or {}
        if told.get("work") == OTHER_WORK and not told.get("occupation"):
            self.add_error("occupation", _("{label} belum diisi.").format(label=self.fields["occupation"].label))
        return told

    def answers(self) -> list[Fact]:
        """For a look before they are kept."""
        told = self.cleaned_data
        return [
            Fact(_("Pekerjaan"), told["occupation"] or _(WORKS[told["work"]][0])),
            Fact(_("Penghasilan sebulan"), format_rupiah(told["income_rupiah"])),
            Fact(_("Program"), "JKK, JKM, JHT" if told["jht_member"] else "JKK, JKM"),
            Fact(_("Mulai bulan"), month_words(told["from_month"])),
        ]


class BeginForm(WorkFields, ReasonForm):
    """And why an office enters it."""

    field_order = ("work", "occupation", "income_rupiah", "jht_member", "from_month", "reason")


@door(*OFFICERS)
def begin_cover(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Cover that the person will pay themself."""
    person = person_of(kpj)
    back = _cover_link(person)
    form = BeginForm(request.POST or None, initial={"from_month": month_of(today())})
    it = Ask(
        title=_("Mulai perlindungan mandiri"),
        crumbs=crumbs(person, back),
        yes=_("Mulai"),
        about=person.name,
        text=_("Perlindungan berlaku sesudah iuran pertama masuk; sampai itu keadaannya “menunggu iuran”."),
        act=lambda told: _begin(person, form, told["reason"]),
        facts=lambda told: [*form.answers(), Fact(_("Alasan"), told["reason"])],
        done=lambda _status, _told: done(request, back.url, _("Perlindungan mandiri dicatat, menunggu iuran pertama.")),
    )
    return ask(request, form, it)


def _begin(person: Participant, form: BeginForm, reason: str) -> sponsors.Covered:
    if person.died_on is not None:
        raise InputError(_("Orang ini tercatat sudah meninggal."))
    made = sponsors.cover_oneself(form.covering(person.pk), reason=reason)
    if made.status == sponsors.ALREADY:
        raise InputError(
            _("Perlindungan mandiri untuk bulan itu sudah tercatat."),
            field="from_month",
            remedy=_("Akhiri yang lama dahulu, atau pilih bulan sesudahnya."),
        )
    return made
