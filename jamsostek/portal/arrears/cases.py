"""Sanctions: what waits, one case as a timeline, and its steps: deciding, signing, delivering, closing; the letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.actions.arrears.cases import HOW, OUTCOMES, STEPS
from jamsostek.collection.models import Case, Step
from jamsostek.collection.queries import arrears
from jamsostek.collection.queries.arrears import Standing
from jamsostek.core.text import N_, _
from jamsostek.portal.arrears import frame, letters
from jamsostek.portal.arrears.facts import facts_of
from jamsostek.portal.arrears.frame import DECIDERS, OFFICERS
from jamsostek.portal.arrears.payer import case_title
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.employers import employer_of
from jamsostek.portal.payments.frame import name_of
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, done, paged, table, today
from jamsostek.portal.screens.parts import Event
from jamsostek.portal.screens.words import date
from jamsostek.portal.uploads.downloads import sent
from jamsostek.registry.models import Employer

PDF = "application/pdf"


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Open cases, what can be done now first."""
    rows = arrears.waiting_cases(today())
    found = paged(request, rows, total=len(rows))
    employers = Employer.objects.in_bulk({one.case.employer_id for one in found.rows})
    columns = [
        Column(_("Kasus"), lambda one: Link(case_title(one.case), reverse("arrears:case", args=[one.case.pk]))),
        Column(_("Perusahaan"), lambda one: employers[one.case.employer_id].name if one.case.employer_id in employers else ""),
        Column(_("Langkah"), lambda one: _(STEPS[one.step]) if one.step else ""),
        Column(_("Yang ditunggu"), lambda one: frame.act_tag(one.act)),
        Column(_("Sampai"), lambda one: date(one.until) if one.until else ""),
    ]
    context = {
        "tabs": frame.tabs("cases"),
        "table": table(_("Kasus yang terbuka"), columns, found.rows),
        "paged": found,
        "empty": Empty(
            _("Tidak ada kasus yang terbuka"), _("Kasus dibuka dari halaman perusahaan yang menunggak, atau dari temuan.")
        ),
    }
    return frame.office_page(request, "officer/list.html", context, title=_("Kasus sanksi"), crumbs=frame.above())


def _there(case_id: int) -> tuple[Case, Employer]:
    case = Case.objects.filter(pk=case_id).first()
    employer = Employer.objects.filter(pk=case.employer_id).first() if case is not None else None
    if case is None or employer is None:
        raise not_yours(_("Kasus ini tidak ada, atau di luar wilayah kerja Anda."))
    return case, employer


def _above(case: Case, employer: Employer) -> list[Link]:
    return frame.above(frame.employer_link(employer), Link(case_title(case), reverse("arrears:case", args=[case.pk])))


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """One case."""
    case, employer = _there(case_id)
    told = arrears.standing(case, today())
    context = {
        "about": employer.name,
        "tag": frame.act_tag(told.act),
        "facts": facts_of(case.facts),
        "events": events(told),
        "letters": [
            Link(_("Surat: {title}").format(title=_(STEPS[one.step])), reverse("arrears:letter", args=[case.pk, one.pk]))
            for one in told.steps
            if one.signed
        ],
        "ways": _ways(told, employer),
        "closing": case.closing,
    }
    return frame.office_page(
        request, "arrears/case.html", context, title=case_title(case), crumbs=frame.above(frame.employer_link(employer))
    )  # fmt: skip


def events(told: Standing) -> list[Event]:
    """A case as a timeline: opened, each step with who and when, what is next, closed."""
    case = told.case
    found = [Event(_("Kasus dibuka"), date(case.opened_on), name_of(case.opened_by))]
    found += [_event(one) for one in told.steps]
    if case.closed_on is not None:
        words = f"{_(OUTCOMES[case.outcome or 'withdrawn'])}: {case.closing}"
        return [*found, Event(_("Kasus ditutup"), date(case.closed_on), words)]
    if told.act in ("decide", "wait", "kept", "mended"):
        title = _(STEPS[told.step]) if told.act == "decide" else _(frame.ACTS[told.act][0])
        when = _("sampai {day}").format(day=date(told.until)) if told.until else ""
        found.append(Event(title, when, state="now" if told.act != "wait" else "next"))
    return found


def _event(one: Step) -> Event:
    lines = [_("Diputuskan {day} oleh {name}.").format(day=date(one.decided_on), name=name_of(one.decided_by))]
    if one.signed is False:
        lines.append(_("Ditolak penyelia: {why}").format(why=one.refusal))
    elif one.signed_on is not None:
        lines.append(_("Ditandatangani {day} oleh {name}.").format(day=date(one.signed_on), name=name_of(one.signed_by)))
    if one.delivered_on is not None and one.due_on is not None:
        lines.append(
            _("Disampaikan {day} ({how}); jangka waktunya sampai {until}.").format(
                day=date(one.delivered_on), how=_(HOW[one.delivered_how or "hand"]), until=date(one.due_on)
            )
        )
    state = "done" if one.delivered_on is not None or one.signed is False else "now"
    return Event(_(STEPS[one.step]), date(one.decided_on), " ".join(lines), state)  # type: ignore[arg-type]


def _ways(told: Standing, employer: Employer) -> list[Link]:
    case = told.case
    place = Place(employer=employer.pk, regency=employer.regency_code)
    if case.closed_on is not None or not current().may(Can.CHASE_ARREARS, place):
        return []
    last = max((one for one in told.steps if one.signed is not False), key=lambda one: one.step, default=None)
    ways = []
    if told.act == "decide":
        ways.append(Link(_("Putuskan: {step}").format(step=_(STEPS[told.step])), reverse("arrears:decide_step", args=[case.pk])))
    signs = current().may(Can.SIGN_SANCTION, place)
    if told.act == "sign" and last is not None and signs and last.decided_by != current().user_id:
        ways.append(Link(_("Tanda tangani atau tolak"), reverse("arrears:sign", args=[case.pk, last.pk])))
    if told.act == "deliver" and last is not None:
        ways.append(Link(_("Catat penyampaian surat"), reverse("arrears:deliver", args=[case.pk, last.pk])))
    return [*ways, Link(_("Tutup kasus"), reverse("arrears:close", args=[case.pk]))]


# --- steps ----------------------------------------------------------------------------------------------------------------


@door(*OFFICERS)
def open_case(request: HttpRequest, npp: str) -> HttpResponseBase:
    """Over an employer's arrears."""
    one = employer_of(npp)
    it: Ask[Case] = Ask(
        title=_("Buka kasus sanksi"), crumbs=frame.above(frame.employer_link(one)), yes=_("Buka kasus"), about=one.name,
        act=lambda told: actions.open_case(employer_id=one.pk, today=today(), reason=told["reason"]),
        facts=lambda told: [Fact(_("Alasan"), told["reason"])],
        done=lambda case, _told: done(request, reverse("arrears:case", args=[case.pk]), _("Kasus dibuka.")),
        text=_("Langkahnya: dua teguran tertulis, denda administratif, lalu permintaan tidak diberi pelayanan publik tertentu."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Perusahaan dapat membaca alasan ini.")
    return ask(request, form, it)


@door(*OFFICERS)
def decide_step(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The step whose turn it is."""
    case, employer = _there(case_id)
    told = arrears.standing(case, today())
    it: Ask[Step] = Ask(
        title=_("Putuskan: {step}").format(step=_(STEPS[told.step or 1])), crumbs=_above(case, employer), yes=_("Putuskan"),
        about=employer.name,
        act=lambda given: actions.decide_step(case_id=case.pk, today=today(), reason=given["reason"]),
        facts=lambda given: [*facts_of(_facts_now(case)), Fact(_("Alasan"), given["reason"])],
        done=lambda _step, _given: done(
            request, reverse("arrears:case", args=[case.pk]), _("Diputuskan. Seorang penyelia menandatanganinya.")
        ),
    )  # fmt: skip
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Perusahaan dapat membaca alasan ini.")
    return ask(request, form, it)


def _facts_now(case: Case) -> dict[str, Any]:
    last = case.steps.order_by("-id").first()
    return dict(last.facts) if last is not None else dict(case.facts)


def _step(case_id: int, step_id: int) -> tuple[Case, Employer, Step]:
    case, employer = _there(case_id)
    step = case.steps.filter(pk=step_id).first()
    if step is None:
        raise not_yours(_("Langkah ini tidak ada, atau di luar wilayah kerja Anda."))
    return case, employer, step


class SignForm(Form):
    """Yes or no; a no says why."""

    answer = forms.ChoiceField(
        label=N_("Keputusan"), choices=[("ya", N_("Tanda tangani")), ("tidak", N_("Tolak"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=N_("Keterangan"), max_length=200, required=False, help_text=N_("Wajib bila ditolak."))


@door(*DECIDERS)
def sign(request: HttpRequest, case_id: int, step_id: int) -> HttpResponseBase:
    """By another person than the one who decided."""
    case, employer, step = _step(case_id, step_id)
    it: Ask[Step] = Ask(
        title=_("Tanda tangan: {step}").format(step=_(STEPS[step.step])), crumbs=_above(case, employer), yes=_("Simpan"),
        about=employer.name,
        act=lambda given: actions.sign(step_id=step.pk, today=today(), approve=given["answer"] == "ya", note=given["reason"]),
        facts=lambda given: [
            *facts_of(step.facts),
            Fact(_("Keputusan"), _("Tanda tangani") if given["answer"] == "ya" else _("Tolak")),
            Fact(_("Keterangan"), given["reason"]),
        ],
        done=lambda _step, _given: done(request, reverse("arrears:case", args=[case.pk]), _("Dicatat.")),
    )  # fmt: skip
    return ask(request, SignForm(request.POST or None), it)


class DeliverForm(Form):
    """When and how the letter reached the employer."""

    on = DateField(label=N_("Diterima perusahaan pada"))
    how = forms.ChoiceField(label=N_("Cara penyampaian"), choices=list(HOW.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today()  # type: ignore[attr-defined]


@door(*OFFICERS)
def deliver(request: HttpRequest, case_id: int, step_id: int) -> HttpResponseBase:
    """The day its term runs from."""
    case, employer, step = _step(case_id, step_id)
    it: Ask[Step] = Ask(
        title=_("Catat penyampaian"), crumbs=_above(case, employer), yes=_("Simpan"), about=_(STEPS[step.step]),
        act=lambda given: actions.deliver(step_id=step.pk, on=given["on"], how=given["how"], today=today()),
        facts=lambda given: [Fact(_("Diterima perusahaan pada"), date(given["on"])), Fact(_("Cara"), _(HOW[given["how"]]))],
        done=lambda made, _given: done(
            request, reverse("arrears:case", args=[case.pk]),
            _("Dicatat. Jangka waktunya sampai {day}.").format(day=date(made.due_on or today())),
        ),
    )  # fmt: skip
    return ask(request, DeliverForm(request.POST or None), it)


class CloseForm(Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=N_("Hasil"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label=N_("Keterangan"), max_length=200)


@door(*OFFICERS)
def close(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Mended, or withdrawn by a supervisor."""
    case, employer = _there(case_id)
    it: Ask[Case] = Ask(
        title=_("Tutup kasus"), crumbs=_above(case, employer), yes=_("Tutup kasus"), about=employer.name,
        act=lambda given: actions.close(case_id=case.pk, outcome=given["outcome"], closing=given["reason"], today=today()),
        facts=lambda given: [Fact(_("Hasil"), _(OUTCOMES[given["outcome"]])), Fact(_("Keterangan"), given["reason"])],
        done=lambda _case, _given: done(request, reverse("arrears:case", args=[case.pk]), _("Kasus ditutup.")),
    )  # fmt: skip
    return ask(request, CloseForm(request.POST or None), it)


@door(*OFFICERS)
@require_safe
def letter(request: HttpRequest, case_id: int, step_id: int) -> HttpResponseBase:
    """A signed step on paper, in both languages."""
    case, employer, step = _step(case_id, step_id)
    if not step.signed:
        raise not_yours(_("Surat ini belum ditandatangani."))
    return sent(letters.sanction(case, step, employer), f"{_('surat')}-{case.pk}-{step.step}.pdf", PDF)
