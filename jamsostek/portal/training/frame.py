"""What stands above every page of training at an office, and words that several pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.claims.actions.training import may_run
from jamsostek.claims.models import Claim, Trainee, Training
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import Person, Seats
from jamsostek.claims.trainings import ATS, STANDINGS, At, Standing, kind_words, sponsor_words, title_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer import frame
from jamsostek.portal.officer.frame import DECIDERS, OFFICERS
from jamsostek.portal.screens import Fact, Link, Tab, Tag, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name

__all__ = [
    "DECIDERS", "OFFICERS", "above", "at_tag", "days_words", "facts_of", "link", "may_work", "months_words", "office_page",
    "person_link", "runs", "seats_words", "standing_tag", "tabs", "training_of",
]  # fmt: skip

LOOKED = N_("peserta pelatihan")
_STANDINGS: dict[Standing, Tone] = {
    Standing.DRAFT: "plain", Standing.OPEN: "good", Standing.CLOSED: "warn", Standing.DONE: "info"
}  # fmt: skip
_ATS: dict[At, Tone] = {
    At.INVITED: "warn", At.WAITING_LIST: "warn", At.ACCEPTED: "good", At.ATTENDING: "info", At.FINISHED: "good",
}  # fmt: skip


def above(*more: Link) -> list[Link]:
    """The pages between the office's first one and this."""
    return [Link(_("Pelatihan"), reverse("training:home")), *more]


def office_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: Sequence[Link]
) -> HttpResponse:
    """A page of an office."""
    return frame.screen(request, template, context, title=title, above=crumbs)


def tabs(here: str) -> list[Tab]:
    """The parts, with how much waits on each."""
    waits = queries.work(today())
    lists = [
        ("home", _("Pelatihan"), 0), ("unanswered", _("Belum dijawab"), waits.unanswered),
        ("due", _("Hasil ditanyakan"), waits.due), ("results", _("Hasil pelatihan"), 0),
    ]  # fmt: skip
    return [
        Tab(f"{text} ({format_number(count)})" if count else text, reverse(f"training:{name}"), name == here)
        for name, text, count in lists
    ]


def training_of(number: int) -> Training:
    """An offer in sight; raises `Refused`."""
    return queries.by_number(number)


def runs(training: Training) -> bool:
    """Whether whoever looks runs this offer."""
    return may_run(training.region_code)


def may_work(claim: Claim) -> bool:
    """Whether whoever looks works with the people of a claim."""
    mine = claim.participant_id not in current().selves
    return mine and current().may(Can.ASSESS_CLAIM, Place(regency=claim.regency_code))


def link(training: Training) -> Link:
    """An offer's page."""
    return Link(title_of(training), reverse("training:training", args=[training.number]))


def person_link(row: Trainee) -> Link:
    """The page of somebody at an offer."""
    return Link(row.party.name, reverse("training:person", args=[row.pk]))


def standing_tag(training: Training) -> Tag:
    """Where an offer stands."""
    state = Standing(training.state)
    return Tag(_(STANDINGS[state]), _STANDINGS[state])


def at_tag(state: str) -> Tag:
    """Where somebody stands."""
    return Tag(_(ATS[At(state)]), _ATS.get(At(state), "plain"))


def days_words(training: Training) -> str:
    """From when to when."""
    if training.starts_on == training.ends_on:
        return date(training.starts_on)
    return _("{first} sampai {last}").format(first=date(training.starts_on), last=date(training.ends_on))


def seats_words(seats: Seats) -> str:
    """How many seats are taken."""
    return _("{taken} dari {capacity}").format(
        taken=format_number(seats.taken), capacity=format_number(int(seats.training.capacity))
    )


def months_words(month: int) -> str:
    """`3` -> `Bulan ke-3`."""
    return _("Bulan ke-{month}").format(month=month)


def facts_of(training: Training) -> list[Fact]:
    """What is offered, as everybody may read it."""
    facts = [
        Fact(_("Jenis"), kind_words(training.kind)),
        Fact(_("Waktu"), days_words(training)),
        Fact(_("Pertemuan"), format_number(training.sessions)),
        Fact(_("Tempat"), training.place),
        Fact(_("Wilayah"), regions_name(training.region_code)),
        Fact(_("Pelaksana pelatihan"), training.provider),
        Fact(_("Dibiayai"), sponsor_words(training)),
    ]
    return [one for one in facts if one.value]


def cost_facts(seats: Seats) -> list[Fact]:
    """What it costs, of all of it and of one."""
    training = seats.training
    facts = [Fact(_("Rencana biaya"), format_rupiah(training.cost_rupiah))]
    if training.spent_rupiah is not None:
        facts.append(Fact(_("Biaya sesungguhnya"), format_rupiah(training.spent_rupiah)))
    each = _("Biaya setiap yang ikut") if seats.began else _("Biaya setiap tempat")
    return [*facts, Fact(each, format_rupiah(seats.per_head_rupiah))]


def came_words(one: Person) -> str:
    """How often somebody came."""
    return _("{came} dari {sessions}").format(came=one.came, sessions=one.row.training.sessions)
