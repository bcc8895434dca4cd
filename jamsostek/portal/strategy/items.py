"""One item of a plan: what it is, its history, how far it is, with what proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.files.actions import FileGone
from jamsostek.messages.evidence.records import DEFAULT
from jamsostek.outreach.actions import plans as actions
from jamsostek.outreach.actions.plans import Item, Proof
from jamsostek.outreach.duties import PILLARS, duty, words
from jamsostek.outreach.models import PlanChange, PlanItem
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.queries.strategy import item_title
from jamsostek.outreach.strategy import ITEM_STATES, ItemState
from jamsostek.portal.screens import Column, Fact, Form, Link, table
from jamsostek.portal.screens import today as now_day
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date, moment
from jamsostek.portal.strategy import frame
from jamsostek.portal.strategy.frame import PLANNERS, SEERS, Deed, deed, sent
from jamsostek.portal.strategy.plans import ItemForm, basis_words, plan_link

FIELDS = {
    "pillar": N_("bagian"), "duty": N_("kewajiban"), "title": N_("nama"), "office": N_("kantor"),
    "officer": N_("penanggung jawab"), "due_on": N_("paling lambat"), "state": N_("keadaan"), "reason": N_("alasan"),
    "regulation_id": N_("bukti peraturan"), "programme_id": N_("bukti program"), "file_name": N_("berkas bukti"),
}  # fmt: skip
NEXT = {
    ItemState.PLANNED: (ItemState.UNDER_WAY, ItemState.DONE, ItemState.DROPPED),
    ItemState.UNDER_WAY: (ItemState.PLANNED, ItemState.DONE, ItemState.DROPPED),
    ItemState.DONE: (ItemState.UNDER_WAY,),
    ItemState.DROPPED: (ItemState.PLANNED,),
}


def _seen(item_id: int) -> PlanItem:
    row = queries.item(item_id)
    frame.seen(row.plan.region_code)
    return row


def _crumbs(request: HttpRequest, row: PlanItem, *more: Link) -> list[Link]:
    plan = row.plan
    return frame.above(request, plan.region_code, plan_link(plan.region_code, plan.year), *more)


@door(*SEERS)
@require_safe
def show(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """One item with its history."""
    row = _seen(item_id)
    may = frame.may(Can.PLAN_MOVEMENT, row.plan.region_code)
    ways = [
        Link(_("Ubah keadaan"), reverse("strategy:item_move", args=[row.pk])),
        Link(_("Ubah butir"), reverse("strategy:item_change", args=[row.pk])),
    ]
    context = {
        "tag": frame.item_tag(row), "facts": _facts(row), "ways": ways if may else [], "events": _events(row),
    }  # fmt: skip
    return frame.screen(request, "thing.html", context, title=item_title(row), crumbs=_crumbs(request, row))


def _facts(row: PlanItem) -> list[Fact]:
    found = duty(row.duty) if row.duty else None
    facts = [
        Fact(_("Bagian strategi"), _(PILLARS[row.pillar])),
        Fact(_("Dasar"), basis_words(row)),
        Fact(_("Kewajiban"), words(found.what) if found else ""),
        Fact(_("Kantor yang mengerjakan"), row.office or _("Belum ditentukan")),
        Fact(_("Penanggung jawab"), row.officer),
        Fact(_("Paling lambat"), date(row.due_on)),
        Fact(_("Keadaan"), _("{state}, sejak {day}").format(state=_(ITEM_STATES[ItemState(row.state)]), day=date(row.state_on))),
        Fact(_("Alasan"), row.reason),
    ]
    if row.regulation is not None:
        url = reverse("rules:show", args=[row.regulation.code])
        facts.append(Fact(_("Bukti: peraturan"), Link(frame.kind_words(row.regulation), url)))
    if row.programme is not None:
        rupiah = sum(one.rupiah for one in row.programme.sources.all())
        words_of = _("{title}, anggaran {rupiah}").format(title=row.programme.title, rupiah=format_rupiah(rupiah))
        facts.append(Fact(_("Bukti: program"), words_of))
    if row.file_digest:
        facts.append(Fact(_("Bukti: berkas"), Link(row.file_name, reverse("strategy:item_file", args=[row.pk]))))
    return [one for one in facts if one.value]


def _events(row: PlanItem) -> Table:
    rows = queries.changes(row)[::-1]
    names = queries.names([one.by for one in rows])
    columns = [
        Column(_("Kapan"), lambda one: moment(one.at)),
        Column(_("Oleh"), lambda one: names.get(one.by or 0, _("sistem"))),
        Column(_("Yang berubah"), _changed),
    ]
    return table(_("Perubahan, yang terbaru di atas"), columns, rows)


def _changed(one: PlanChange) -> str:
    if not one.was:
        return _("Butir ditambahkan")
    told = []
    for name, text in FIELDS.items():
        if name in one.became:
            before, after = _value(name, one.was.get(name)), _value(name, one.became[name])
            told.append(_("{what}: {before} menjadi {after}").format(what=_(text), before=before, after=after))
    return "; ".join(told)


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return _("kosong")
    if name in ("regulation_id", "programme_id"):
        return _("ada")
    known: Mapping[str, str] = {"state": ITEM_STATES, "pillar": PILLARS}.get(name, {})  # type: ignore[assignment]
    return _(known[value]) if value in known else str(value)


@door(*SEERS)
@require_safe
def file(request: HttpRequest, item_id: int) -> HttpResponse:
    """The file that proves it."""
    row = _seen(item_id)
    try:
        content = queries.proof_file(row)
    except FileGone as error:
        raise Http404(str(error)) from error
    ending = "pdf" if row.file_media == "application/pdf" else "jpg"
    headers = {"Content-Disposition": f'attachment; filename="bukti-{row.pk}.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, row.file_media, headers=headers)


@door(*PLANNERS)
def change(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """The item written anew."""
    row = _seen(item_id)
    form = ItemForm(sent(request), initial={name: getattr(row, name) for name in ItemForm.base_fields})
    return _deed(
        request, row, form, _("Ubah butir"), lambda told: actions.change(item_id=row.pk, item=Item(**told)), _("Tersimpan.")
    )


def _deed(request: HttpRequest, row: PlanItem, form: Form, title: str, act: Any, said: str) -> HttpResponseBase:
    here = reverse("strategy:item", args=[row.pk])
    crumbs = _crumbs(request, row, Link(item_title(row), here))
    return deed(request, form, Deed(title, crumbs, _("Simpan"), act, lambda _made: here, said, about=item_title(row)))


class MoveForm(Form):
    """How far it is, with the proof."""

    state = forms.ChoiceField(label=N_("Keadaan"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=N_("Alasan"), max_length=200, required=False, help_text=N_("Wajib bila dibatalkan."),
    )  # fmt: skip
    regulation = forms.TypedChoiceField(
        label=N_("Bukti: peraturan"), coerce=int, empty_value=None, required=False,
        help_text=N_("Yang selesai memerlukan satu bukti: peraturan, program, atau berkas."),
    )  # fmt: skip
    programme = forms.TypedChoiceField(label=N_("Bukti: program"), coerce=int, empty_value=None, required=False)
    file = forms.FileField(label=N_("Bukti: berkas"), required=False, help_text=N_("Foto atau PDF, paling besar 15 MB."))

    def __init__(self, row: PlanItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = ItemState(row.state)
        self.fields["state"].choices = [(one, _(ITEM_STATES[one])) for one in (state, *NEXT[state])]  # type: ignore[attr-defined]
        rules, programmes = queries.proofs_for(row.plan.region_code, row.plan.year)
        self.fields["regulation"].choices = [  # type: ignore[attr-defined]
            ("", _("Tidak ada")), *((one.code, f"{frame.kind_words(one)}: {one.title[:60]}") for one in rules)
        ]  # fmt: skip
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", _("Tidak ada")), *((one.number, f"{one.title}, {format_rupiah(rupiah)}") for one, rupiah in programmes)
        ]  # fmt: skip


@door(*PLANNERS)
def move(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """How far it is."""
    row = _seen(item_id)
    start = {
        "state": row.state, "reason": row.reason, "regulation": row.regulation.code if row.regulation else None,
        "programme": row.programme.number if row.programme else None,
    }  # fmt: skip
    form = MoveForm(row, request.POST, request.FILES) if request.method == "POST" else MoveForm(row, initial=start)

    def act(told: Mapping[str, Any]) -> PlanItem:
        sent_file = told["file"]
        content = sent_file.read(DEFAULT.file_bytes + 1) if sent_file else b""
        proof = Proof(told["regulation"], told["programme"], content, sent_file.name if sent_file else "")
        return actions.move(item_id=row.pk, state=told["state"], today=now_day(), reason=told["reason"], proof=proof)

    return _deed(request, row, form, _("Ubah keadaan"), act, _("Keadaan tersimpan."))
