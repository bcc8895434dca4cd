"""Campaigns in sight, one of them, a new one, one written anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import campaigns as actions
from jamsostek.outreach.actions.campaigns import Plan
from jamsostek.outreach.campaigning import AUDIENCES
from jamsostek.outreach.models import Campaign
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, MoneyField, done, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.training.offers import sent


@door(*RUNNERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """All of them, the newest first."""
    found = paged(request, queries.campaigns())
    columns = [
        Column(_("Kampanye"), frame.campaign_link),
        Column(_("Sasaran"), frame.audience_words),
        Column(_("Wilayah"), lambda one: regions_name(one.region_code)),
        Column(_("Waktu"), frame.days_words),
    ]
    way = Link(_("Buat kampanye"), reverse("campaigns:make"))
    context = {
        "tabs": frame.tabs("home"),
        "table": table(_("Kampanye, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada kampanye"), _("Kampanye dan pertemuan desa di wilayah ini tampak di sini."), way),
        "ways": [way] if found.rows else [],
    }
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Sosialisasi"), crumbs=frame.first_crumbs())


@door(*RUNNERS)
@require_safe
def campaign(request: HttpRequest, number: int) -> HttpResponseBase:
    """One with its meetings."""
    row = queries.by_number(number)
    columns = [
        Column(_("Pertemuan desa"), lambda one: frame.meeting_link(one.row)),
        Column(_("Hari"), lambda one: date(one.row.on_date)),
        Column(_("Keadaan"), lambda one: frame.state_tag(one.row, today())),
        Column(_("Hadir"), frame.people_words, number=True),
    ]
    ways = []
    if frame.runs(row.region_code):
        ways.append(Link(_("Ubah kampanye"), reverse("campaigns:change", args=[number])))
    if any(code for code, _name in frame.regency_choices() if int(code) in (row.region_code, *_inside(row))):
        ways.insert(0, Link(_("Tambah pertemuan"), reverse("campaigns:add", args=[number])))
    context = {
        "facts": [Fact(_("Nomor"), str(row.number)), *frame.facts_of(row)],
        "invented": row.invented,
        "table": table(_("Pertemuan desa"), columns, queries.meetings_of(row)),
        "empty": Empty(_("Belum ada pertemuan"), _("Tambahkan pertemuan pertama di sebuah desa.")),
        "ways": ways,
    }
    return frame.outreach_page(request, "campaigns/show.html", context, title=row.title, crumbs=frame.above())


def _inside(row: Campaign) -> list[int]:
    return [int(code) for code, _name in frame.regency_choices(row.region_code)]


class CampaignForm(Form):
    """What a region means to do."""

    region_code = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    title = forms.CharField(label=N_("Nama kampanye"), max_length=120)
    goal = forms.CharField(label=N_("Tujuan"), max_length=200, help_text=N_("Misalnya: seratus nelayan terdaftar."))
    audience = forms.MultipleChoiceField(
        label=N_("Sasaran"), choices=list(AUDIENCES.items()), widget=forms.CheckboxSelectMultiple
    )
    from_on = DateField(label=N_("Hari pertama"))
    to_on = DateField(label=N_("Hari terakhir"))
    budget_rupiah = MoneyField(label=N_("Anggaran"))
    owner = forms.CharField(label=N_("Penanggung jawab"), max_length=120, help_text=N_("Dinas atau nama jabatan."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = frame.region_choices()  # type: ignore[attr-defined]


@door(*RUNNERS)
def make(request: HttpRequest) -> HttpResponseBase:
    """A new one."""
    it: Ask[Campaign] = Ask(
        title=_("Buat kampanye"), crumbs=frame.above(), yes=_("Simpan"), act=lambda told: actions.make(plan=_plan(told)),
        facts=_told, done=lambda made, _t: done(request, reverse("campaigns:campaign", args=[made.number]), _("Tersimpan.")),
        base=frame.BASE,
    )  # fmt: skip
    first = frame.region_choices()
    return ask(request, CampaignForm(sent(request), initial={"region_code": first[0][0] if first else None}), it)


@door(*RUNNERS)
def change(request: HttpRequest, number: int) -> HttpResponseBase:
    """One written anew; its region stays."""
    row = queries.by_number(number)
    actions.need_in(row.region_code)
    form = CampaignForm(sent(request), initial={name: getattr(row, name) for name in CampaignForm.base_fields})
    form.fields["region_code"].choices = [(str(row.region_code), regions_name(row.region_code))]  # type: ignore[attr-defined]
    it: Ask[Campaign] = Ask(
        title=_("Ubah kampanye"), crumbs=frame.above(frame.campaign_link(row)), yes=_("Simpan"),
        act=lambda told: actions.change(campaign_id=row.pk, plan=_plan(told)), facts=_told,
        done=lambda made, _t: done(request, reverse("campaigns:campaign", args=[made.number]), _("Tersimpan.")),
        base=frame.BASE,
    )  # fmt: skip
    return ask(request, form, it)


def _plan(told: Mapping[str, Any]) -> Plan:
    return Plan(**{**told, "audience": tuple(told["audience"])})


def _told(told: Mapping[str, Any]) -> list[Fact]:
    return [Fact(_("Nama kampanye"), told["title"]), *frame.facts_of(Campaign(**told))]
