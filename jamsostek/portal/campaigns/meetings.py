"""A meeting: where and when, its code, who came; a sheet to print; writing down, counting, cancelling, forgetting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.core.regions import REGENCIES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.card.qr import link_svg
from jamsostek.outreach.actions import campaigns as actions
from jamsostek.outreach.actions import reminders
from jamsostek.outreach.actions.campaigns import Gathering
from jamsostek.outreach.attendance import TITLES
from jamsostek.outreach.campaigning import AGE_GROUPS
from jamsostek.outreach.models import Attendee, Mailing, Meeting
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.outreach.queries.campaigns import Seen
from jamsostek.portal.campaigns import frame
from jamsostek.portal.campaigns.frame import RUNNERS
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.officer.places import village_choices
from jamsostek.portal.screens import Column, DateField, Fact, Form, Link, YesNoField, done, paged, table, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.training.offers import YesForm, sent
from jamsostek.registry.choices import TITLES as WORDS
from jamsostek.registry.choices import Sex

SEXES = {"m": Sex.MALE, "f": Sex.FEMALE}
SHEET_LINES = 20


class HourField(forms.CharField):
    """An hour as people write it: 19.30, 19:30, 9."""

    def clean(self, value: Any) -> dt.time | None:
        """The time of day."""
        text = super().clean(value)
        found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?", text.strip())
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise forms.ValidationError(_("Tulis jamnya, misalnya 19.30."))
        return dt.time(int(found[1]), int(found[2] or 0))


class MeetingForm(Form):
    """Where, when, who speaks, who can take part."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), coerce=int)
    village_code = forms.TypedChoiceField(label=N_("Desa atau kelurahan"), coerce=int)
    hall = forms.CharField(label=N_("Tempat"), max_length=120, help_text=N_("Misalnya balai desa atau pos nelayan."))
    on_date = DateField(label=N_("Hari pertemuan"))
    at_time = HourField(label=N_("Jam"), help_text=N_("Misalnya 19.30."), widget=forms.TextInput(attrs={"class": "w-4"}))
    speaker = forms.CharField(label=N_("Pembicara"), max_length=120)
    language = forms.CharField(label=N_("Bahasa yang dipakai"), max_length=60)
    wheelchair = YesNoField(label=N_("Kursi roda dapat masuk?"))
    sign = YesNoField(label=N_("Ada juru bahasa isyarat?"))

    def __init__(self, region: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regencies = frame.regency_choices(region)
        self.fields["regency_code"].choices = regencies  # type: ignore[attr-defined]
        told = str(self.data.get("regency_code", "")) if self.is_bound else regencies[0][0] if len(regencies) == 1 else ""
        if told not in dict(regencies):
            told = ""
        villages = village_choices(int(told)) if told else [("", _("Pilih"))]
        if told and len(villages) < 2:
            self.fields["village_code"] = forms.IntegerField(
                label=_("Kode desa"), help_text=_("Sepuluh angka; peta desa wilayah ini belum dimuat."),
                min_value=int(told) * 1_000_000, max_value=int(told) * 1_000_000 + 999_999,
            )  # fmt: skip
        else:
            self.fields["village_code"].choices = [("", _("Pilih")), *villages[1:]]  # type: ignore[attr-defined]
        self.order_fields(list(self.base_fields))


@door(*RUNNERS)
def add(request: HttpRequest, number: int) -> HttpResponseBase:
    """A new meeting of a campaign."""
    campaign = queries.by_number(number)
    first = frame.regency_choices(campaign.region_code)
    initial = {"regency_code": first[0][0] if len(first) == 1 else None, "on_date": max(today(), campaign.from_on)}
    it: Ask[Meeting] = Ask(
        title=_("Tambah pertemuan"), crumbs=frame.above(frame.campaign_link(campaign)), yes=_("Simpan"), about=campaign.title,
        act=lambda told: actions.add_meeting(campaign_id=campaign.pk, gathering=_gathering(told), today=today()),
        facts=lambda told: _facts(Meeting(campaign=campaign, **told)),
        done=lambda made, _t: done(request, _url("meeting", made), _("Tersimpan.")), base=frame.BASE,
    )  # fmt: skip
    return ask(request, MeetingForm(campaign.region_code, sent(request), initial=initial), it)


def _gathering(told: Mapping[str, Any]) -> Gathering:
    return Gathering(**{name: value for name, value in told.items() if name != "regency_code"})


def _facts(row: Meeting) -> list[Fact]:
    return [
        Fact(_("Desa"), f"{frame.village_name(row.village_code)}, {REGENCIES[row.regency_code].name}"),
        Fact(_("Tempat"), row.hall),
        Fact(_("Waktu"), f"{date(row.on_date)}, {row.at_time:%H.%M}"),
        Fact(_("Pembicara"), row.speaker),
        Fact(_("Bahasa yang dipakai"), row.language),
        Fact(_("Untuk semua"), frame.access_words(row)),
    ]


def _url(name: str, row: Meeting) -> str:
    return reverse(f"campaigns:{name}", args=[row.number])


def _crumbs(row: Meeting) -> list[Link]:
    return frame.above(frame.campaign_link(row.campaign), frame.meeting_link(row))


@door(*RUNNERS)
@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponseBase:
    """One with its code and who came."""
    row = queries.meeting_by_number(number)
    (held,) = queries.held([row])
    found = paged(request, queries.attendees(row))
    columns = [
        Column(_("Nama"), lambda one: one.name or NOTHING),
        Column(_("Jenis kelamin"), lambda one: _(WORDS[Sex][SEXES[one.row.sex]])),
        Column(_("Umur"), lambda one: _(AGE_GROUPS[one.row.age_group]) if one.row.age_group else NOTHING),
        Column(_("Pekerjaan"), lambda one: one.row.occupation or NOTHING),
        Column(_("Telepon"), lambda one: one.phone or NOTHING),
        Column(_("Hapus nama"), _forget),
    ]
    facts = _facts(row)
    if held.people is not None:
        words = _("{people} orang: {women} perempuan, {men} laki-laki")
        told = {"people": held.people, "women": held.women or 0, "men": held.men or 0}
        facts.append(Fact(_("Hadir"), words.format(**{name: format_number(value) for name, value in told.items()})))
    if row.cancelled_on is not None:
        facts.append(Fact(_("Alasan"), row.cancelled_reason))
    register = request.build_absolute_uri(f"{reverse('register:start')}?kode={row.code.code}")
    context = {
        "tag": frame.state_tag(row, today()),
        "facts": facts,
        "invented": row.campaign.invented,
        "ways": _ways(row),
        "code": row.code.code,
        "qr": link_svg(register, _("Kode QR untuk mendaftar")),
        "table": table(_("Yang hadir"), columns, queries.opened(found.rows)),
        "paged": found,
        "empty": None,
    }
    title = f"{row.hall}, {frame.village_name(row.village_code)}"
    return frame.outreach_page(
        request, "campaigns/show.html", context, title=title, crumbs=frame.above(frame.campaign_link(row.campaign))
    )


def _forget(one: Seen) -> object:
    if one.row.wrapped is None:
        return NOTHING
    return Link(_("Hapus"), reverse("campaigns:forget", args=[one.row.meeting.number, one.row.pk]))


def _ways(row: Meeting) -> list[Link]:
    if not frame.runs(row.regency_code) or row.cancelled_on is not None:
        return []
    ways = [Link(_("Lembar hadir untuk dicetak"), _url("sheet", row))]
    written = row.attendees.exists()
    if row.on_date <= today():
        ways = [*([Link(_("Catat yang hadir"), _url("enter", row))] if row.counted_on is None else []), *ways]
        ways += [] if written else [Link(_("Hitung saja"), _url("count", row))]
    if row.on_date == today() + dt.timedelta(days=1):
        ways.append(Link(_("Siapkan pengingat"), _url("remind", row)))
    if not written and row.counted_on is None:
        ways.append(Link(_("Batalkan pertemuan"), _url("cancel", row)))
    return ways


@door(*RUNNERS)
@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponseBase:
    """An empty sheet of attendance for A4, with the code and what is done with the names."""
    row = queries.meeting_by_number(number)
    register = request.build_absolute_uri(f"{reverse('register:start')}?kode={row.code.code}")
    context = {
        "facts": _facts(row), "code": row.code.code, "qr": link_svg(register, _("Kode QR untuk mendaftar")),
        "titles": [_(text) for text in TITLES.values()], "lines": range(1, SHEET_LINES + 1),
    }  # fmt: skip
    return frame.outreach_page(request, "campaigns/sheet.html", context, title=_("Lembar hadir"), crumbs=_crumbs(row))


class CountForm(Form):
    """How many came."""

    women = forms.IntegerField(label=N_("Perempuan"), min_value=0, max_value=5_000)
    men = forms.IntegerField(label=N_("Laki-laki"), min_value=0, max_value=5_000)


@door(*RUNNERS)
def count(request: HttpRequest, number: int) -> HttpResponseBase:
    """How many came, where nobody is written down."""
    row = queries.meeting_by_number(number)
    it: Ask[Meeting] = Ask(
        title=_("Hitung yang hadir"), crumbs=_crumbs(row), yes=_("Simpan"), about=row.hall,
        act=lambda told: actions.count(meeting_id=row.pk, today=today(), **told),
        facts=lambda told: [
            Fact(_("Perempuan"), format_number(told["women"])), Fact(_("Laki-laki"), format_number(told["men"])),
        ],
        done=lambda _m, _t: done(request, _url("meeting", row), _("Tersimpan.")), base=frame.BASE,
        text=_("Sesudah dihitung, nama tidak dapat dicatat lagi untuk pertemuan ini."),
    )  # fmt: skip
    return ask(request, CountForm(sent(request), initial={"women": row.counted_f, "men": row.counted_m}), it)


class ReasonForm(Form):
    """Why it does not take place."""

    reason = forms.CharField(label=N_("Alasan"), max_length=200)


@door(*RUNNERS)
def cancel(request: HttpRequest, number: int) -> HttpResponseBase:
    """It does not take place."""
    row = queries.meeting_by_number(number)
    it: Ask[Meeting] = Ask(
        title=_("Batalkan pertemuan"), crumbs=_crumbs(row), yes=_("Batalkan pertemuan"), danger=True, about=row.hall,
        act=lambda told: actions.cancel_meeting(meeting_id=row.pk, reason=told["reason"], today=today()),
        facts=lambda told: [*_facts(row), Fact(_("Alasan"), told["reason"])],
        done=lambda _m, _t: done(request, _url("meeting", row), _("Pertemuan dibatalkan.")), base=frame.BASE,
        text=_("Pertemuan yang dibatalkan tidak dapat dibuka lagi."),
    )  # fmt: skip
    return ask(request, ReasonForm(sent(request)), it)


@door(*RUNNERS)
def forget(request: HttpRequest, number: int, attendee_id: int) -> HttpResponseBase:
    """Forgets a name and a telephone."""
    row = queries.meeting_by_number(number)
    it: Ask[Attendee] = Ask(
        title=_("Hapus nama yang hadir"), crumbs=_crumbs(row), yes=_("Hapus nama"), danger=True,
        act=lambda _t: actions.forget(attendee_id=attendee_id, today=today()),
        facts=lambda _t: [Fact(_("Pertemuan desa"), row.hall)],
        done=lambda _m, _t: done(request, _url("meeting", row), _("Nama dan teleponnya dihapus.")), base=frame.BASE,
        text=_("Nama dan telepon hilang untuk selamanya; bahwa seseorang hadir tetap terhitung."),
    )  # fmt: skip
    if not queries.attendees(row).filter(pk=attendee_id).exists():
        raise not_yours(_("Orang ini tidak ada di daftar hadir, atau bukan wewenang Anda."))
    return ask(request, YesForm(sent(request)), it)


@door(*RUNNERS)
def remind(request: HttpRequest, number: int) -> HttpResponseBase:
    """Prepares invitations to tomorrow's meeting."""
    row = queries.meeting_by_number(number)
    it: Ask[Mailing] = Ask(
        title=_("Siapkan pengingat"), crumbs=_crumbs(row), yes=_("Siapkan"), about=row.hall,
        act=lambda _t: reminders.prepare_meeting(meeting_id=row.pk, today=today()), facts=lambda _t: _facts(row),
        done=lambda made, _t: done(request, reverse("campaigns:mailing", args=[made.pk]), _("Pengingat siap.")), base=frame.BASE,
        text=_("Hanya untuk warga desa ini yang mengizinkan undangan. Sistem tidak mengirim apa pun: Anda yang mengirimnya."),
    )  # fmt: skip
    return ask(request, YesForm(sent(request)), it)
