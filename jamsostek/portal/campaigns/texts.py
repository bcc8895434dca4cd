"""Texts of reminders: what holds, what waits for a second person, a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import reminders as actions
from jamsostek.outreach.campaigning import BUILT_IN, REMINDERS, length_of
from jamsostek.outreach.models import Template
from jamsostek.outreach.queries import reminders as queries
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.consents import LANGUAGES
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Tag, done, paged, table, today
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training.offers import YesForm, sent


@door(*RUNNERS)
@require_safe
def templates(request: HttpRequest) -> HttpResponseBase:
    """All versions, the newest of each first."""
    found = paged(request, queries.templates())
    columns = [
        Column(_("Pengingat"), lambda one: Link(_(REMINDERS[one.kind].title), reverse("campaigns:template", args=[one.pk]))),
        Column(_("Bahasa"), lambda one: _(dict(LANGUAGES)[one.language])),
        Column(_("Versi"), lambda one: str(one.version), number=True),
        Column(_("Panjang"), lambda one: length_words(one.text)),
        Column(_("Keadaan"), state_tag),
    ]
    context = {
        "tabs": frame.tabs("templates"),
        "text": _("Teks dipakai sesudah orang kedua membaca dan menyetujuinya. Versi yang sudah disetujui tidak berubah lagi."),
        "table": table(_("Teks pengingat"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada teks"), _("Usulkan teks pertama; contoh bawaannya sudah terisi.")),
        "ways": [
            Link(f"{_('Usulkan')}: {_(one.title)} ({_(text)})", reverse("campaigns:propose", args=[kind, lang]))
            for kind, one in REMINDERS.items() for lang, text in LANGUAGES
        ],
    }  # fmt: skip
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Teks"), crumbs=frame.above())


def length_words(text: str) -> str:
    """How long it is as text messages."""
    told = length_of(text)
    return _("{places} huruf, {parts} SMS").format(places=told.places, parts=told.parts)


def state_tag(row: Template) -> Tag:
    """Whether it was approved."""
    return Tag(_("Disetujui"), "good") if row.approved_on else Tag(_("Menunggu orang kedua"), "warn")


@door(*RUNNERS)
def template(request: HttpRequest, template_id: int) -> HttpResponseBase:
    """One version; who did not write it approves it."""
    row = queries.template_of(template_id)
    facts = [
        Fact(_("Pengingat"), _(REMINDERS[row.kind].title)), Fact(_("Bahasa"), _(dict(LANGUAGES)[row.language])),
        Fact(_("Wilayah"), regions_name(row.region_code)), Fact(_("Versi"), str(row.version)), Fact(_("Teks"), row.text),
        Fact(_("Panjang tanpa isian"), length_words(row.text)),
    ]  # fmt: skip
    crumbs = frame.above(Link(_("Teks"), reverse("campaigns:templates")))
    if row.approved_on is not None or row.proposed_by == current().user_id or not frame.runs(row.region_code):
        context = {"facts": facts, "tag": state_tag(row)}
        return frame.outreach_page(request, "campaigns/show.html", context, title=_("Teks pengingat"), crumbs=crumbs)
    it: Ask[Template] = Ask(
        title=_("Teks pengingat"), crumbs=crumbs, yes=_("Setujui"), about=row.text,
        act=lambda _t: actions.approve(template_id=row.pk, today=today()), facts=lambda _t: facts,
        done=lambda _m, _t: done(request, "campaigns:templates", _("Teks disetujui.")), base=frame.BASE,
        text=_("Sesudah disetujui, teks ini dipakai dan tidak berubah lagi."),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)


class TextForm(Form):
    """A text with its holes."""

    region_code = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    text = forms.CharField(label=N_("Teks"), max_length=600, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = frame.region_choices()  # type: ignore[attr-defined]
        names = ", ".join(f"{{{one}}}" for one in REMINDERS[kind].holes)
        self.fields["text"].help_text = _("Yang boleh dipakai: {names}.").format(names=names)


@door(*RUNNERS)
def propose(request: HttpRequest, kind: str, language: str) -> HttpResponseBase:
    """A new version, begun with the newest, or with the text to begin with."""
    if (kind, language) not in BUILT_IN:
        raise Http404
    newest = queries.templates().filter(kind=kind, language=language).order_by("-version").first()
    text = BUILT_IN[kind, language] if newest is None else newest.text
    it: Ask[Template] = Ask(
        title=_("Usulkan teks"), crumbs=frame.above(Link(_("Teks"), reverse("campaigns:templates"))), yes=_("Usulkan"),
        about=f"{_(REMINDERS[kind].title)}, {_(dict(LANGUAGES)[language])}",
        act=lambda told: actions.propose(
            region_code=told["region_code"], kind=kind, language=language, text=told["text"], today=today()
        ),
        facts=lambda told: [Fact(_("Teks"), told["text"]), Fact(_("Panjang tanpa isian"), length_words(told["text"]))],
        done=lambda _m, _t: done(request, "campaigns:templates", _("Diusulkan. Orang kedua perlu menyetujuinya.")),
        base=frame.BASE,
    )  # fmt: skip
    first = frame.region_choices()
    return ask(request, TextForm(kind, sent(request), initial={"text": text, "region_code": first[0][0] if first else None}), it)
