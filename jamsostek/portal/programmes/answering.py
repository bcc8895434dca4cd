"""What an office does with one candidate: answers, verifies, refuses, proposes again, ends the cover; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.actions import funding
from jamsostek.outreach.models import Candidate
from jamsostek.outreach.queries import candidates as people
from jamsostek.outreach.queries.programmes import STATES
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.candidate import LOOKED, SEEN, above
from jamsostek.portal.programmes.frame import PLANNERS
from jamsostek.portal.programmes.rules import YesForm, sent
from jamsostek.portal.screens import Fact, Form, MonthField, YesNoField, done, today


class TellForm(Form):
    """What somebody knows; what is left open stays as it is."""

    alive = YesNoField(label=N_("Masih hidup?"), required=False)
    resident = YesNoField(label=N_("Tinggal di daerah ini?"), required=False)
    works = YesNoField(label=N_("Bekerja?"), required=False)
    is_asn = YesNoField(label=N_("ASN, TNI, atau Polri?"), required=False)
    nik = forms.CharField(
        label=N_("NIK"), required=False, max_length=20, help_text=N_("Enam belas angka seperti di KTP-nya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=N_("Dari mana Anda tahu?"), max_length=200, help_text=N_("Misalnya: didatangi di rumahnya, KTP dilihat.")
    )

    def __init__(self, row: Candidate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: row.told.get(name) for name in people.ASKED.values()}, **kwargs)
        asked = [people.ASKED[key] for key in people.unknown_of(row) if key in people.ASKED]
        order = [*asked, *(name for name in self.fields if name not in asked and name != "reason"), "reason"]
        self.order_fields(order)
        if "nik" not in asked:
            del self.fields["nik"]


def told_of(form: Mapping[str, Any]) -> dict[str, bool | None]:
    """Answers that were given."""
    return {name: form[name] for name in ("alive", "resident", "works", "is_asn") if form.get(name) is not None}


def tell_it(row: Candidate, told: Mapping[str, Any]) -> Candidate:
    """Does it."""
    return actions.tell_about(
        candidate_id=row.pk, told=told_of(told), reason=told["reason"], nik=told.get("nik", ""), today=today()
    )  # fmt: skip


def answers_read(form: Form, told: Mapping[str, Any]) -> list[Fact]:
    """Answers as they are read back."""
    words = {True: _("Ya"), False: _("Tidak")}
    facts = [Fact(str(form.fields[name].label), words[bool(answer)]) for name, answer in told_of(told).items()]
    if told.get("nik"):
        facts.append(Fact(_("NIK"), _("Diisi")))
    return [*facts, Fact(_("Dari mana Anda tahu?"), told["reason"])]


@door(*PLANNERS)
def tell(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """What the office knows; judged anew at once."""
    row = people.one(candidate_id)
    people.looked([row], SEEN, LOOKED)
    form = TellForm(row, sent(request))
    return _asked(
        request, row, form, _("Jawab pertanyaan"), lambda told: tell_it(row, told), lambda told: answers_read(form, told),
        _("Orangnya langsung dinilai lagi dengan jawaban ini."),
    )  # fmt: skip


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Alasan ini disampaikan kepada orangnya."))


class LapseForm(Form):
    """The last month that is paid, and why."""

    last_month = MonthField(label=N_("Bulan terakhir yang dibayar"))
    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Alasan ini disampaikan kepada orangnya."))


def verified(row: Candidate, village: int | None = None) -> int:
    """Verifies one person. Raises `InputError` where something is still unknown."""
    count = actions.verify(programme_id=row.programme_id, candidate_ids=[row.pk], village=village, today=today())
    if not count:
        raise InputError(_("Orang ini belum memenuhi semua syarat."), remedy=_("Jawab dahulu yang belum diketahui."))
    return count


@door(*PLANNERS)
def verify(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """Somebody who meets every condition."""
    row = people.one(candidate_id)
    return _asked(request, row, YesForm(sent(request)), _("Sahkan"), lambda _told: verified(row), _nothing)


def _nothing(_told: Mapping[str, Any]) -> list[Fact]:
    return []


@door(*PLANNERS)
def refuse(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """For a reason they are told."""
    row = people.one(candidate_id)
    return _asked(
        request, row, WhyForm(sent(request)), _("Tolak"),
        lambda told: actions.refuse(candidate_id=row.pk, reason=told["reason"], today=today()), _why, danger=True,
    )  # fmt: skip


@door(*PLANNERS)
def propose(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """An objection upheld."""
    row = people.one(candidate_id)
    return _asked(
        request, row, WhyForm(sent(request)), _("Ajukan kembali"),
        lambda told: actions.propose_again(candidate_id=row.pk, reason=told["reason"], today=today()), _why,
    )  # fmt: skip


@door(*PLANNERS)
def lapse(request: HttpRequest, candidate_id: int) -> HttpResponseBase:
    """Left, moved, died: the money of the months after comes back."""
    row = people.one(candidate_id)
    form = LapseForm(sent(request), initial={"last_month": max(month_of(today()), row.from_month or 0)})
    return _asked(
        request, row, form, _("Hentikan perlindungan"),
        lambda told: funding.lapse(candidate_id=row.pk, last_month=told["last_month"], reason=told["reason"], today=today()),
        lambda told: [
            Fact(_("Bulan terakhir yang dibayar"), frame.months_words(told["last_month"], told["last_month"])), *_why(told)
        ],
        _("Dana bulan-bulan sesudahnya kembali dan dapat diberikan kepada yang menunggu. Ini tidak dapat dibatalkan."),
        danger=True,
    )  # fmt: skip


def _why(told: Mapping[str, Any]) -> list[Fact]:
    return [Fact(_("Alasan"), told["reason"])]


def _asked(
    request: HttpRequest, row: Candidate, form: Form, title: str, act: Any, facts: Any, text: str = "", *, danger: bool = False
) -> HttpResponseBase:  # fmt: skip
    told = people.about(row)

    def shown(answers: Mapping[str, Any]) -> Sequence[Fact]:
        return [Fact(_("Nama"), frame.name_of(row)), Fact(_("Keadaan"), frame.state_tag(row.state)), *facts(answers)]

    it: Ask[Any] = Ask(
        title=title, crumbs=above(told, row), yes=title, act=act, facts=shown, about=frame.name_of(row), text=text,
        danger=danger, base=frame.BASE,
        done=lambda _made, _told: done(request, reverse("programmes:candidate", args=[row.pk]), _said(row)),
    )  # fmt: skip
    return ask(request, form, it)


def _said(row: Candidate) -> str:
    return _("Tercatat: {state}.").format(state=_(STATES[people.one(row.pk).state]))
