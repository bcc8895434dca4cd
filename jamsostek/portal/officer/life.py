"""Recording a death, and taking back one recorded of the wrong person."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS
from jamsostek.portal.officer.person import crumbs, person_of
from jamsostek.portal.screens import DateField, Fact, done, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.registry.actions.changes import record_death, take_back_death
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.timeline import spells_of


class DeathForm(ReasonForm):
    """The day, and the paper that says so."""

    died_on = DateField(
        label=N_("Tanggal meninggal"), help_text=N_("Seperti di akta atau surat kematian."), earliest=dt.date(1950, 1, 1)
    )
    field_order = ("died_on", "reason")


@door(*OFFICERS)
def death(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """Ends open work and cover with its month."""
    person = person_of(kpj)
    audit.looked([person.pk], ("birth_date", "timeline"), "pencatatan kematian")
    it = Ask(
        title=_("Catat kematian"),
        crumbs=crumbs(person),
        yes=_("Catat kematian"),
        about=person.name,
        text=_(
            "Hubungan kerja dan perlindungan yang masih berjalan berakhir dengan bulan meninggalnya. Kartunya tidak berlaku lagi."
        ),
        act=lambda told: record_death(
            participant_id=person.pk, died_on=told["died_on"], today=today(), reason=told["reason"]
        ),
        facts=lambda told: [
            Fact(_("Peserta"), person.name),
            Fact(_("Tanggal lahir"), date(person.birth_date)),
            Fact(_("Tanggal meninggal"), date(told["died_on"])),
            _ending(person, told["died_on"]),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _person, _told: done(request, reverse("officer:person", args=[person.kpj]), _("Kematian dicatat.")),
        danger=True,
    )  # fmt: skip
    return ask(request, DeathForm(request.POST or None), it)


def _ending(person: Participant, died_on: dt.date) -> Fact:
    """Payers whose spell goes on past the month of death, under the name of that month."""
    month = month_of(died_on)
    title = _("Berakhir dengan {month}").format(month=month_words(month))
    spells = [one for found in spells_of(one_person(person.pk), month).values() for one in found]
    going = [one.payer or _("Peserta sendiri") for one in spells if one.to_month is None or one.to_month > month]
    none = _("Tidak ada yang berjalan sesudah {month}").format(month=month_words(month))
    return Fact(title, ", ".join(sorted(set(going))) or none)


@door(*OFFICERS)
def undo_death(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """The person lives; work is opened again by hand, knowingly, and cover is registered again."""
    person = person_of(kpj)
    it = Ask(
        title=_("Batalkan catatan kematian"),
        crumbs=crumbs(person),
        yes=_("Batalkan catatan"),
        about=person.name,
        text=_(
            "Hubungan kerja yang ikut berakhir dibuka lagi satu per satu di bagian Perlindungan. Perlindungan yang dibayar "
            "sendiri atau oleh pembayar iuran tidak dapat dibuka lagi: daftarkan lagi, mulai bulan sesudah bulan terakhirnya."
        ),
        act=lambda told: _take_back(person, told["reason"]),
        facts=lambda told: [
            Fact(_("Peserta"), person.name),
            Fact(_("Tercatat meninggal"), date(person.died_on) if person.died_on else ""),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _person, _told: done(
            request,
            reverse("officer:person_cover", args=[person.kpj]),
            _("Catatan kematian dibatalkan. Buka lagi hubungan kerjanya; perlindungan lain didaftarkan lagi."),
        ),
        danger=True,
    )
    return ask(request, ReasonForm(request.POST or None), it)


def _take_back(person: Participant, reason: str) -> Participant:
    if person.died_on is None:
        raise InputError(_("Tidak ada kematian yang tercatat."), remedy=_("Tidak ada yang perlu dilakukan."))
    return take_back_death(participant_id=person.pk, reason=reason)
