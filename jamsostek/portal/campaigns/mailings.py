"""Reminders: prepared, shown as links that a person clicks or as a file for a gateway, and marked as sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.outreach.actions import reminders as actions
from jamsostek.outreach.actions.campaigns import need_in
from jamsostek.outreach.campaigning import REMINDERS, length_of
from jamsostek.outreach.models import Mailing
from jamsostek.outreach.queries import reminders as queries
from jamsostek.outreach.queries.campaigns import starred
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.officer.asking import Ask, ask, refuse
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, MonthField, done, export, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.training.offers import sent

CHANNELS = [("whatsapp", N_("WhatsApp")), ("sms", N_("SMS"))]


@door(*RUNNERS)
@require_safe
def mailings(request: HttpRequest) -> HttpResponseBase:
    """What was prepared, the newest first."""
    found = paged(request, queries.mailings())
    columns = [
        Column(_("Pengingat"), lambda one: Link(title_of(one.row), reverse("campaigns:mailing", args=[one.row.pk]))),
        Column(_("Disiapkan"), lambda one: date(one.row.prepared_on)),
        Column(_("Orang"), lambda one: format_number(one.people), number=True),
        Column(_("Terkirim"), lambda one: format_number(one.sent), number=True),
        Column(_("Izin ditarik"), lambda one: format_number(one.withdrawn), number=True),
    ]
    way = Link(_("Siapkan pengingat bulanan"), reverse("campaigns:prepare"))
    context = {
        "tabs": frame.tabs("mailings"),
        "text": _(
            "Sistem tidak mengirim apa pun. Anda membuka tautan WhatsApp satu per satu, atau memberi berkas SMS ke penyedianya."
        ),
        "table": table(_("Pengingat yang disiapkan"), columns, queries.counted(found.rows)),
        "paged": found,
        "empty": Empty(_("Belum ada pengingat"), _("Pengingat pertemuan disiapkan dari halaman pertemuannya."), way),
        "ways": [way] if found.rows else [],
    }
    return frame.outreach_page(request, "campaigns/list.html", context, title=_("Pengingat"), crumbs=frame.above())


def title_of(row: Mailing) -> str:
    """What it is about."""
    about = row.meeting.hall if row.meeting else month_words(row.month) if row.month else NOTHING
    return f"{_(REMINDERS[row.kind].title)}: {about}"


class PrepareForm(Form):
    """Of which month, about what."""

    region_code = forms.TypedChoiceField(label=N_("Wilayah"), coerce=int)
    kind = forms.ChoiceField(
        label=N_("Pengingat"), choices=[(kind, REMINDERS[kind].title) for kind in ("unpaid", "ending")], widget=forms.RadioSelect
    )
    month = MonthField(label=N_("Bulan"), help_text=N_("Bulan yang belum dibayar, atau bulan terakhir yang terlindungi."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = frame.region_choices()  # type: ignore[attr-defined]


@door(*RUNNERS)
def prepare(request: HttpRequest) -> HttpResponseBase:
    """Reminders about a month."""
    it: Ask[Mailing] = Ask(
        title=_("Siapkan pengingat bulanan"), crumbs=_crumbs(), yes=_("Siapkan"),
        act=lambda told: actions.prepare_month(**told, today=today()),
        facts=lambda told: [
            Fact(_("Pengingat"), _(REMINDERS[told["kind"]].title)), Fact(_("Bulan"), month_words(told["month"])),
        ],
        done=lambda made, _t: done(request, reverse("campaigns:mailing", args=[made.pk]), _("Pengingat siap.")), base=frame.BASE,
        text=_("Hanya yang mengizinkan pengingat iuran dan memang menyangkut bulan ini."),
    )  # fmt: skip
    first = frame.region_choices()
    initial = {"region_code": first[0][0] if first else None, "kind": "unpaid", "month": add_months(month_of(today()), -1)}
    return ask(request, PrepareForm(sent(request), initial=initial), it)


class SentForm(Form):
    """Which went out, and how."""

    sent = forms.TypedMultipleChoiceField(label=N_("Yang sudah dikirim"), coerce=int, widget=forms.CheckboxSelectMultiple)
    channel = forms.ChoiceField(label=N_("Lewat"), choices=CHANNELS, widget=forms.RadioSelect)

    def __init__(self, waiting: list[queries.Message], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(one.row.pk, f"{one.name or NOTHING}, {starred(one.phone)}") for one in waiting]
        self.fields["sent"].choices = words  # type: ignore[attr-defined]


@door(*RUNNERS)
def mailing(request: HttpRequest, mailing_id: int) -> HttpResponseBase:
    """Its messages as links; those that went out are marked here."""
    row = queries.mailing_of(mailing_id)
    found = queries.messages(row)
    waiting = [one for one in found if one.row.sent_on is None]
    form = SentForm(waiting, sent(request), initial={"channel": "whatsapp"})
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            count = actions.mark_sent(reminder_ids=told["sent"], channel=told["channel"], today=today())
            said = _("{count} ditandai terkirim.").format(count=format_number(count))
            return done(request, reverse("campaigns:mailing", args=[mailing_id]), said)
        except InputError as error:
            refuse(form, error)
    columns = [
        Column(_("Nama"), lambda one: one.name or NOTHING),
        Column(_("Telepon"), lambda one: starred(one.phone)),
        Column(_("Teks"), lambda one: one.text),
        Column(_("Kirim"), lambda one: Link(_("Buka WhatsApp"), one.link)),
    ]
    (told_of,) = queries.counted([row])
    context = {
        "facts": [
            Fact(_("Disiapkan"), date(row.prepared_on)), Fact(_("Orang"), format_number(told_of.people)),
            Fact(_("Terkirim"), format_number(told_of.sent)), Fact(_("Izin ditarik"), format_number(told_of.withdrawn)),
        ],
        "table": table(_("Belum dikirim"), columns, waiting),
        "form": form if waiting else None,
        "file": f"{reverse('campaigns:mailing_file', args=[mailing_id])}?" if waiting else "",
    }  # fmt: skip
    return frame.outreach_page(request, "campaigns/mailing.html", context, title=title_of(row), crumbs=_crumbs())


@door(*RUNNERS)
@require_safe
def mailing_file(request: HttpRequest, mailing_id: int) -> HttpResponseBase:
    """Numbers and texts for a gateway of text messages; whoever takes them away is remembered."""
    row = queries.mailing_of(mailing_id)
    need_in(row.region_code)
    audit.record("reminder.taken", "region", row.region_code, fields=("phone",), reason=str(row.pk))
    headings = [_("Telepon"), _("Teks"), _("SMS")]
    found = queries.messages(row, unsent=True)
    rows = ([one.phone.removeprefix("+"), one.text, length_of(one.text).parts] for one in found)
    return export(request, f"{_('pengingat')}-{row.pk}", headings, rows)


def _crumbs() -> list[Link]:
    return frame.above(Link(_("Pengingat"), reverse("campaigns:mailings")))
