"""Somebody at an offer: written in, saying yes or no by telephone, coming, stopping, finishing, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.claims.actions import trainees as actions
from jamsostek.claims.models import Claim, Party, Trainee, TraineeOutcome
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.cases import claim_by_number
from jamsostek.claims.queries.training import Person
from jamsostek.claims.trainings import ATS, COMING, MONTHS, VIAS, At, Offered, due_on, title_of
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.screens import (
    Column,
    DateField,
    Event,
    Fact,
    Form,
    Link,
    MoneyField,
    Tag,
    YesNoField,
    done,
    table,
    today,
)
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.training import frame
from jamsostek.portal.training.frame import OFFICERS
from jamsostek.portal.training.offers import YesForm, sent


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """One person at one offer."""
    one = queries.one_of(trainee_id)
    row = one.row
    audit.looked([row.claim.participant_id], ("claim",), _(frame.LOOKED))
    facts = [
        Fact(_("Pelatihan"), frame.link(row.training)),
        Fact(_("Nomor klaim"), format_public("claim", row.claim.number)),
        Fact(_("Asal"), _(VIAS[row.via])),
        Fact(_("Hadir"), frame.came_words(one)),
        Fact(
            _("Penghasilan sebulan sebelum pelatihan"), NOTHING if row.before_rupiah is None else format_rupiah(row.before_rupiah)
        ),
    ]
    if row.training.kind == Offered.RETURN_TO_WORK:
        facts += _agreed(row)
    context = {
        "tag": frame.at_tag(row.state),
        "facts": facts,
        "ways": _ways(one),
        "events": [
            Event(
                _(ATS[At(step.state)]),
                f"{date(step.on_date)}, {name_of(step.by)}" if step.by else date(step.on_date),
                step.reason,
            )
            for step in queries.steps_of(row)
        ],
        "table": _outcomes(one) if row.state == At.FINISHED else None,
    }
    return frame.office_page(
        request, "training/person.html", context, title=one.name, crumbs=frame.above(frame.link(row.training))
    )  # fmt: skip


def _agreed(row: Trainee) -> list[Fact]:
    days = (
        (_("Anjuran dokter penasihat"), row.recommended_on), (_("Pekerja setuju tertulis"), row.agreed_on),
        (_("Perusahaan setuju tertulis"), row.employer_agreed_on),
    )  # fmt: skip
    facts = [Fact(label, Tag(_("Belum ada"), "warn") if day is None else date(day)) for label, day in days]
    if row.doctor:
        facts.append(Fact(_("Dokter penasihat"), row.doctor))
    return [*facts, Fact(_("Pendamping"), name_of(row.manager_id))] if row.manager_id else facts


def _outcomes(one: Person) -> Any:
    def told(month: int) -> TraineeOutcome | None:
        return one.outcomes.get(month)

    def yes(value: bool | None) -> str:
        return NOTHING if value is None else _("Ya") if value else _("Tidak")

    def state(month: int) -> Link | str:
        found, on = told(month), due_on(one.row.ended_on or today(), month)
        if found is not None:
            return date(found.told_on)
        if on > today():
            return _("Mulai {day}").format(day=date(on))
        return (
            Link(_("Catat"), reverse("training:outcome", args=[one.row.pk, month]))
            if frame.may_work(one.row.claim)
            else _("Belum")
        )

    def income(month: int) -> str:
        found = told(month)
        return NOTHING if found is None or found.income_rupiah is None else format_rupiah(found.income_rupiah)

    columns = [
        Column(_("Bulan"), frame.months_words),
        Column(_("Bekerja"), lambda month: yes(getattr(told(month), "working", None))),
        Column(_("Punya usaha"), lambda month: yes(getattr(told(month), "business", None))),
        Column(_("Penghasilan sebulan"), income, number=True),
        Column(_("Dicatat"), state),
    ]
    return table(_("Hasilnya"), columns, MONTHS)


def _ways(one: Person) -> list[Link]:
    row, state = one.row, one.state
    if not frame.may_work(row.claim) or row.training.state == "done":
        return []

    def way(text: str, name: str) -> Link:
        return Link(text, reverse(f"training:{name}", args=[row.pk]))

    ways = []
    if state == At.INVITED and row.training.starts_on >= today():
        ways.append(way(_("Catat: akan ikut"), "accept"))
    if state in (At.INVITED, At.WAITING_LIST, At.ACCEPTED):
        ways.append(way(_("Catat: tidak ikut"), "decline"))
    if row.training.kind == Offered.RETURN_TO_WORK and state in (At.INVITED, At.WAITING_LIST, *COMING):
        ways.append(way(_("Catat anjuran dan persetujuan"), "agree"))
    if state == At.ATTENDING and one.came:
        ways.append(way(_("Sudah menyelesaikan"), "finish"))
    if state in COMING:
        ways.append(way(_("Catat: berhenti"), "leave"))
    return [*ways, way(_("Catat penghasilan sebelumnya"), "before")] if row.before_rupiah is None else ways


# --- yes, no, stop, finish ------------------------------------------------------------------------------------------------


class WhyForm(Form):
    """Why, where somebody says."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200, required=False)


class StopForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*OFFICERS)
def accept(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """They said yes."""
    return _changed(
        request, trainee_id, YesForm, _("Catat: akan ikut"),
        lambda row, _told: actions.answer(trainee_id=row.pk, accept=True, today=today()),
    )  # fmt: skip


@door(*OFFICERS)
def decline(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """They said no."""
    return _changed(
        request, trainee_id, WhyForm, _("Catat: tidak ikut"),
        lambda row, told: actions.answer(trainee_id=row.pk, accept=False, reason=told["reason"], today=today()),
        _("Yang tidak ikut tidak diundang lagi untuk jenis ini dengan sendirinya."),
    )  # fmt: skip


@door(*OFFICERS)
def leave(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """They stop."""
    return _changed(
        request, trainee_id, StopForm, _("Catat: berhenti"),
        lambda row, told: actions.leave(trainee_id=row.pk, reason=told["reason"], today=today()),
        _("Yang berhenti tidak dapat masuk lagi ke pelatihan ini."),
    )  # fmt: skip


@door(*OFFICERS)
def finish(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """They have done all of it."""
    return _changed(
        request, trainee_id, YesForm, _("Sudah menyelesaikan"),
        lambda row, _told: actions.finish(trainee_id=row.pk, today=today()),
        _("Hasilnya ditanyakan 3, 6, dan 12 bulan sesudah ini."),
    )  # fmt: skip


class BeforeForm(Form):
    """A month's income before."""

    before_rupiah = MoneyField(label=N_("Penghasilan sebulan sebelum pelatihan"), most=actions.MOST_INCOME)


@door(*OFFICERS)
def before(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """What they earned before it; what comes after is held against it."""
    return _changed(
        request, trainee_id, BeforeForm, _("Penghasilan sebelumnya"),
        lambda row, told: actions.put_before(trainee_id=row.pk, before_rupiah=told["before_rupiah"]),
        _("Yang sudah dicatat tidak dapat diubah."),
    )  # fmt: skip


class AgreeForm(Form):
    """Whose word it rests on."""

    doctor = forms.CharField(label=N_("Dokter penasihat"), max_length=120)
    recommended_on = DateField(label=N_("Hari dokter menganjurkan"))
    agreed_on = DateField(label=N_("Hari pekerja menyetujui secara tertulis"))
    employer_agreed_on = DateField(label=N_("Hari perusahaan menyetujui secara tertulis"))


@door(*OFFICERS)
def agree(request: HttpRequest, trainee_id: int) -> HttpResponseBase:
    """What return to work rests on."""
    return _changed(
        request, trainee_id, AgreeForm, _("Catat anjuran dan persetujuan"),
        lambda row, told: actions.agree(trainee_id=row.pk, today=today(), **told),
        _("Syarat kembali bekerja: PP 44/2015 Pasal 49 dan Permenaker 10/2016. Anda tercatat sebagai pendampingnya."),
    )  # fmt: skip


def _changed(request: HttpRequest, trainee_id: int, form: type[Form], title: str, act: Any, text: str = "") -> HttpResponseBase:
    one = queries.one_of(trainee_id)
    if not frame.may_work(one.row.claim):
        raise not_yours()
    bound = form(sent(request))
    it: Ask[Trainee] = Ask(
        title=title, crumbs=_crumbs(one.row), yes=_("Simpan"), about=one.name, text=text,
        act=lambda told: act(one.row, told),
        facts=lambda told: [Fact(_("Pelatihan"), title_of(one.row.training)), *_told(bound, told)],
        done=lambda row, _told: done(request, reverse("training:person", args=[row.pk]), _said(row)),
    )  # fmt: skip
    return ask(request, bound, it)


def _said(row: Trainee) -> str:
    return _("Tercatat: {state}.").format(state=_(ATS[At(row.state)]))


def _told(form: Form, told: Mapping[str, Any]) -> list[Fact]:
    """Answers as they are read back."""
    return [Fact(str(form.fields[name].label), _words(value)) for name, value in told.items() if value not in (None, "")]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, int):
        return format_rupiah(value)
    return date(value) if hasattr(value, "month") else str(value)


def _crumbs(row: Trainee) -> list[Link]:
    return frame.above(frame.link(row.training), frame.person_link(row))


# --- what became of them --------------------------------------------------------------------------------------------------


class OutcomeForm(Form):
    """Work, a business, income."""

    working = YesNoField(label=N_("Apakah bekerja pada orang lain atau perusahaan?"))
    business = YesNoField(label=N_("Apakah punya usaha sendiri?"))
    income_rupiah = MoneyField(
        label=N_("Penghasilan sebulan sekarang"), most=actions.MOST_INCOME, required=False,
        help_text=N_("Kosongkan bila tidak disebut."),
    )  # fmt: skip
    before_rupiah = MoneyField(label=N_("Penghasilan sebulan sebelum pelatihan"), most=actions.MOST_INCOME, required=False)
    note = forms.CharField(label=N_("Catatan"), max_length=500, required=False, help_text=N_("Misalnya usahanya apa."))


@door(*OFFICERS)
def outcome(request: HttpRequest, trainee_id: int, outcome_month: int) -> HttpResponseBase:
    """What became of somebody so many months later."""
    one = queries.one_of(trainee_id)
    month = outcome_month
    if month not in MONTHS:
        raise Http404
    if not frame.may_work(one.row.claim):
        raise not_yours()
    form = OutcomeForm(sent(request))
    if one.row.before_rupiah is not None:
        del form.fields["before_rupiah"]
    it: Ask[TraineeOutcome] = Ask(
        title=_("Hasil {month}").format(month=frame.months_words(month).lower()), crumbs=_crumbs(one.row), yes=_("Simpan"),
        about=one.name, text=_("Dicatat sekali dan tidak dapat diubah."),
        act=lambda told: actions.record_outcome(trainee_id=one.row.pk, month=month, today=today(), **told),
        facts=lambda told: [Fact(_("Pelatihan"), title_of(one.row.training)), *_told(form, told)],
        done=lambda _made, _told: done(request, reverse("training:person", args=[one.row.pk]), _("Hasilnya tercatat.")),
    )  # fmt: skip
    return ask(request, form, it)


# --- written in -----------------------------------------------------------------------------------------------------------


class EnrolForm(Form):
    """Who of the claim, and what they earn now."""

    party = forms.TypedChoiceField(label=N_("Siapa yang ikut?"), coerce=int, widget=forms.RadioSelect)
    before_rupiah = MoneyField(
        label=N_("Penghasilan sebulan sebelum pelatihan"), most=actions.MOST_INCOME, required=False,
        help_text=N_("Untuk membandingkan hasilnya nanti."),
    )  # fmt: skip

    def __init__(self, people: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(one.pk, one.name) for one in people]  # type: ignore[attr-defined]


@door(*OFFICERS)
def enrol(request: HttpRequest, number: int) -> HttpResponseBase:
    """By the number of the paid claim, then who of it."""
    training = frame.training_of(number)
    asked = request.GET.get("klaim", "")[:20]
    claim, wrong = _claim_of(asked)
    people = queries.able(claim, today()) if claim is not None else []
    if claim is None or not people:
        wrong = wrong or (_("Tidak ada yang dapat ditawari dari klaim ini.") if claim is not None else "")
        context = {"asked": asked, "wrong": wrong, "back": reverse("training:training", args=[number])}
        title = _("Daftarkan ke pelatihan")
        return frame.office_page(request, "training/enrol.html", context, title=title, crumbs=frame.above(frame.link(training)))
    names = {one.pk: one.name for one in people}
    form = EnrolForm(people, sent(request), initial={"party": people[0].pk if len(people) == 1 else None})
    found = claim
    it: Ask[Trainee] = Ask(
        title=_("Daftarkan ke pelatihan"), crumbs=frame.above(frame.link(training)), yes=_("Daftarkan ke pelatihan"),
        about=title_of(training),
        act=lambda told: actions.enrol(
            training_id=training.pk, claim_id=found.pk, party_id=told["party"], before_rupiah=told["before_rupiah"], today=today()
        ),
        facts=lambda told: [
            Fact(_("Nomor klaim"), format_public("claim", found.number)), Fact(_("Nama"), names[told["party"]]),
        ],
        done=lambda row, _told: done(request, reverse("training:person", args=[row.pk]), _said(row)),
    )  # fmt: skip
    return ask(request, form, it)


def _claim_of(asked: str) -> tuple[Claim | None, str]:
    """The claim of a number that whoever looks works on, or what is wrong with it."""
    if not asked.strip():
        return None, ""
    try:
        claim = claim_by_number(numbers.check("claim", asked))
    except InputError as error:
        return None, str(error)
    return (claim, "") if frame.may_work(claim) else (None, _("Klaim ini bukan wewenang Anda."))
