"""The sheet of attendance: one session, its day, and who came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.claims.actions import trainees as actions
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import Person
from jamsostek.claims.trainings import COMING, title_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import DateField, Fact, Form, done, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.training import frame
from jamsostek.portal.training.frame import OFFICERS
from jamsostek.portal.training.offers import sent


class SheetForm(Form):
    """A day, and a mark for each who came."""

    on = DateField(label=N_("Hari pertemuan"))
    came = forms.TypedMultipleChoiceField(
        label=N_("Siapa yang hadir?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=N_("Yang tidak dicentang dicatat tidak hadir."),
    )  # fmt: skip
    needed = ("came",)

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today()  # type: ignore[attr-defined]
        self.fields["came"].choices = [(one.row.pk, one.name) for one in people]  # type: ignore[attr-defined]


@door(*OFFICERS)
def sheet(request: HttpRequest, number: int, session: int) -> HttpResponseBase:
    """One session; marked again, the newest holds."""
    training = frame.training_of(number)
    if not 1 <= session <= training.sessions:
        raise Http404
    people = [one for one in queries.people(training) if one.state in COMING and frame.may_work(one.row.claim)]
    audit.looked({one.row.claim.participant_id for one in people}, ("claim",), _(frame.LOOKED))
    here = reverse("training:training", args=[number])
    known = actions.newest_marks([one.row.pk for one in people], session)
    day = next((on for _came, on in known.values()), min(max(today(), training.starts_on), training.ends_on))
    form = SheetForm(people, sent(request), initial={"on": day, "came": [pk for pk, (came, _on) in known.items() if came]})
    it: Ask[int] = Ask(
        title=_("Kehadiran pertemuan {number}").format(number=session), crumbs=frame.above(frame.link(training)), yes=_("Simpan"),
        about=title_of(training),
        act=lambda told: actions.mark(
            training_id=training.pk, session=session, on=told["on"], today=today(),
            came={one.row.pk: one.row.pk in told["came"] for one in people},
        ),
        facts=lambda told: [
            Fact(_("Hari pertemuan"), date(told["on"])),
            Fact(_("Hadir"), ", ".join(one.name for one in people if one.row.pk in told["came"]) or _("Tidak ada")),
            Fact(_("Tidak hadir"), ", ".join(one.name for one in people if one.row.pk not in told["came"]) or _("Tidak ada")),
        ],
        done=lambda count, _told: done(request, here, _("{count} kehadiran dicatat.").format(count=format_number(count))),
        text="" if people else _("Belum ada peserta yang akan ikut."),
    )  # fmt: skip
    return ask(request, form, it)
