"""Interviews, for the committee: planned without clashes, moved, cancelled, held; by day, for print, as a calendar file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.awards.actions import interviews as actions
from jamsostek.awards.choices import INTERVIEW_STEPS, EditionState
from jamsostek.awards.edition import JAKARTA
from jamsostek.awards.models import Entry
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.interviews import Meeting, interview, interviews
from jamsostek.awards.queries.juries import Contest
from jamsostek.awards.rights import runs
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.juries import above, my_contests
from jamsostek.portal.award.committee.told import state_tag, tabs, title_of
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.award.jury.home import seat_words
from jamsostek.portal.award.marked import contest_words
from jamsostek.portal.award.meetings import came_words, days, ics, time_words
from jamsostek.portal.award.meetings import state_tag as meeting_tag
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, Table, YesNoField, done, table
from jamsostek.portal.screens.words import date


def _link(of: Standing) -> Link:
    return Link(_("Wawancara"), reverse("award_committee:interviews", args=[of.code]))


def _mine(of: Standing) -> list[Meeting]:
    return [one for one in interviews(of.id) if runs(one.row.entry.level, one.row.entry.area)]


@door(*COMMITTEE)
@require_safe
def listing(request: HttpRequest, edition: str) -> HttpResponseBase:
    """All, by day."""
    of = edition_of(edition)
    found = _mine(of)
    plan = Link(_("Jadwalkan wawancara"), reverse("award_committee:schedule", args=[edition]))
    may = of.state == EditionState.OPEN
    ways = [
        Link(_("Unduh untuk kalender"), reverse("award_committee:interview_calendar", args=[edition])),
        Link(_("Cetak"), "?cetak=1"),
    ]
    context = {
        "tag": state_tag(of), "sample": sample_words(of), "parts": tabs(of, "interviews"),
        "sections": days(found, _link(of).url), "ways": [*([plan] if may else []), *ways] if found else [],
        **({} if found else {
            "table": table(_("Wawancara"), [], []),
            "empty": Empty(_("Belum ada wawancara"), _("Jadwal muncul di sini, menurut harinya."), plan if may else None),
        }),
    }  # fmt: skip
    title = _("Wawancara {name}").format(name=title_of(of))
    return screen(request, "committee/base.html", context, title=title, here="award_committee:home", above=above(of))


@door(*COMMITTEE)
@require_safe
def calendar(request: HttpRequest, edition: str) -> HttpResponseBase:
    """The same as a calendar file."""
    return ics(_mine(edition_of(edition)), _("Wawancara Paritrana"))


class PlanForm(Form):
    """When, where, who."""

    day = DateField(label=N_("Hari"))
    starts = forms.RegexField(
        r"^([01]?[0-9]|2[0-3])[.:][0-5][0-9]$", label=N_("Mulai, WIB"), max_length=5, help_text=N_("Misalnya 09.30."),
        error_messages={"invalid": N_("Tulis jam dan menit, misalnya 09.30.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    minutes = forms.IntegerField(label=N_("Lama, menit"), min_value=5, max_value=480)
    place = forms.CharField(label=N_("Tempat"), required=False, max_length=actions.MOST_TEXT)
    link = forms.CharField(
        label=N_("Tautan"), required=False, max_length=actions.MOST_TEXT,
        help_text=N_("Untuk wawancara jarak jauh, dimulai dengan https://. Isi tempat atau tautan.")
    )  # fmt: skip
    leader = forms.CharField(label=N_("Pimpinan yang datang sendiri"), max_length=actions.MOST_TEXT)
    officials = forms.CharField(label=N_("Dua pejabat pendamping"), required=False, max_length=actions.MOST_TEXT)
    jurors = forms.MultipleChoiceField(label=N_("Juri yang hadir"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].error_messages["invalid"] = _("Tulis jam dan menit, misalnya 09.30.")
        self.fields["jurors"].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> actions.Plan:
        """As the action takes it."""
        given = self.cleaned_data
        hour, minute = (int(part) for part in given["starts"].replace(".", ":").split(":"))
        starts = dt.datetime.combine(given["day"], dt.time(hour, minute), JAKARTA)
        return actions.Plan(
            starts, given["minutes"], tuple(given["jurors"]), given["leader"], given["officials"], given["place"], given["link"]
        )


class MoveForm(PlanForm):
    """And why it is moved."""

    reason = forms.CharField(label=N_("Alasan"), max_length=actions.MOST_TEXT)


def _sitting(of: Standing, entry: Entry) -> list[tuple[str, str]]:
    """Jurors who may judge a candidate."""
    contest = Contest(entry.category, entry.level, entry.area)
    found = [one.juror for one in queries.seated(of.id, contest)]
    return [
        (one.code, _("{name}, {seat}").format(name=one.name, seat=seat_words(of, one)))
        for one in found if entry.pk not in queries.conflicts(one.pk, [entry.pk])
    ]  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, edition: str) -> HttpResponseBase:
    """First whom, then when and with which jurors."""
    of = edition_of(edition)
    entries = [entry for one in my_contests(of) for entry in queries.competing(of.id, one)]
    chosen = next((one for one in entries if one.code == request.GET.get("calon", "")), None)
    if chosen is None:
        context: dict[str, Any] = {
            "sample": sample_words(of), "table": _choose(of, entries),
            "empty": Empty(_("Belum ada calon"), _("Yang diwawancarai adalah calon yang diterima.")),
        }  # fmt: skip
        return screen(
            request, "committee/base.html", context, title=_("Jadwalkan wawancara"), here="award_committee:home",
            above=[*above(of), _link(of)],
        )  # fmt: skip
    form = PlanForm(request.POST or None, choices=_sitting(of, chosen), initial={"minutes": 45})
    if form.did(lambda: actions.schedule(entry=chosen.code, plan=form.plan())):
        return done(request, _link(of).url, _("Wawancara dijadwalkan."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Jadwalkan"), "back": _link(of).url,
        "facts": [
            Fact(_("Nama calon"), chosen.name),
            Fact(_("Lomba"), contest_words(of, Contest(chosen.category, chosen.level, chosen.area))),
        ],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Jadwalkan wawancara"), here="award_committee:home",
        above=[*above(of), _link(of)],
    )  # fmt: skip


def _choose(of: Standing, entries: list[Entry]) -> Table:
    columns = [
        Column(_("Nama calon"), lambda one: Link(one.name, f"?calon={one.code}")),
        Column(_("Lomba"), lambda one: contest_words(of, Contest(one.category, one.level, one.area))),
    ]
    return table(_("Siapa yang diwawancarai?"), columns, entries)


def _meeting(of: Standing, code: str) -> Meeting:
    found = interview(code)
    if found is None or found.row.entry.edition_id != of.id or not runs(found.row.entry.level, found.row.entry.area):
        raise Http404
    return found


def _page(of: Standing, one: Meeting) -> Link:
    title = _("Wawancara {name}").format(name=one.row.entry.name)
    return Link(title, reverse("award_committee:interview", args=[of.code, one.row.code]))


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str, interview: str) -> HttpResponseBase:
    """One, with all that was said of it."""
    of = edition_of(edition)
    one = _meeting(of, interview)
    entry = one.row.entry
    facts = [
        Fact(_("Lomba"), contest_words(of, Contest(entry.category, entry.level, entry.area))),
        Fact(_("Hari"), date(one.row.starts_at)),
        Fact(_("Waktu"), time_words(one)),
        Fact(_("Tempat"), one.where),
        Fact(_("Pimpinan"), one.row.leader),
        Fact(_("Pendamping"), one.row.officials),
        Fact(_("Juri"), ", ".join(juror.name for juror in one.jurors)),
    ]
    if one.row.state == "held":
        facts.append(Fact(_("Yang hadir"), came_words(one)))
    ways = [(_("Catat kehadiran"), "hold_interview"), (_("Pindahkan"), "move_interview"), (_("Batalkan"), "cancel_interview")]
    columns = [
        Column(_("Apa"), lambda step: _(INTERVIEW_STEPS[step.step])),
        Column(_("Hari"), lambda step: date(step.starts_at)),
        Column(_("Alasan"), lambda step: step.reason),
        Column(_("Oleh"), lambda step: by(step.by_id, step.at)),
    ]
    context = {
        "sample": sample_words(of), "tag": meeting_tag(one), "facts": facts,
        "ways": [Link(text, reverse(f"award_committee:{name}", args=[edition, interview])) for text, name in ways]
        if one.row.state == "planned" and of.state == EditionState.OPEN else [],
        "sections": [(_("Riwayat"), "", [table(_("Apa yang terjadi"), columns, one.steps)])],
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=_page(of, one).text, here="award_committee:home",
        above=[*above(of), _link(of)],
    )  # fmt: skip


def _ask(
    request: HttpRequest, of: Standing, one: Meeting, form: Form, *, title: str, yes: str, text: str = "", danger: bool = False
) -> HttpResponseBase:  # fmt: skip
    context = {
        "sample": sample_words(of), "form": form, "yes": yes, "back": _page(of, one).url, "text": text, "danger": danger,
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=title, here="award_committee:home",
        above=[*above(of), _link(of), _page(of, one)],
    )  # fmt: skip


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, edition: str, interview: str) -> HttpResponseBase:
    """Another time, place, or jury, with a reason."""
    of = edition_of(edition)
    one = _meeting(of, interview)
    local = timezone.localtime(one.row.starts_at)
    initial = {
        "day": local.date(), "starts": f"{local:%H.%M}", "minutes": (one.row.ends_at - one.row.starts_at).seconds // 60,
        "place": one.row.place, "link": one.row.link, "leader": one.row.leader, "officials": one.row.officials,
        "jurors": [juror.code for juror in one.jurors],
    }  # fmt: skip
    form = MoveForm(request.POST or None, choices=_sitting(of, one.row.entry), initial=initial)
    if form.did(lambda: actions.move(interview=interview, plan=form.plan(), reason=form.cleaned_data["reason"])):
        return done(request, _page(of, one).url, _("Wawancara dipindahkan."))
    return _ask(request, of, one, form, title=_("Pindahkan wawancara"), yes=_("Pindahkan"))


class CancelForm(Form):
    """Why."""

    reason = forms.CharField(label=N_("Alasan"), max_length=actions.MOST_TEXT)


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, edition: str, interview: str) -> HttpResponseBase:
    """Does not take place."""
    of = edition_of(edition)
    one = _meeting(of, interview)
    form = CancelForm(request.POST or None)
    if form.did(lambda: actions.cancel(interview=interview, reason=form.cleaned_data["reason"])):
        return done(request, _page(of, one).url, _("Wawancara dibatalkan."))
    return _ask(request, of, one, form, title=_("Batalkan wawancara"), yes=_("Batalkan wawancara"), danger=True)


class CameForm(Form):
    """Who came."""

    jurors = forms.MultipleChoiceField(label=N_("Juri yang hadir"), widget=forms.CheckboxSelectMultiple, required=False)
    leader = YesNoField(label=N_("Apakah pimpinan datang sendiri?"))
    officials = forms.IntegerField(label=N_("Jumlah pendamping"), min_value=0, max_value=20)

    def __init__(self, *args: Any, one: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurors"].choices = [(juror.code, juror.name) for juror in one.jurors]  # type: ignore[attr-defined]


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, edition: str, interview: str) -> HttpResponseBase:
    """Took place, and who came."""
    of = edition_of(edition)
    one = _meeting(of, interview)
    form = CameForm(request.POST or None, one=one)

    def act() -> object:
        given = form.cleaned_data
        return actions.hold(
            interview=interview, jurors=given["jurors"], leader_came=bool(given["leader"]), officials_came=given["officials"]
        )

    if form.did(act):
        return done(request, _page(of, one).url, _("Kehadiran tercatat."))
    text = _("Pedoman: pimpinan sendiri, didampingi {count} pejabat.").format(count=format_number(2))
    return _ask(request, of, one, form, title=_("Catat kehadiran"), yes=_("Simpan kehadiran"), text=text)
