"""One person an agent registered, and registering one more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.agent.home import AGENTS
from jamsostek.portal.officer import counter
from jamsostek.portal.officer.counter import Desk
from jamsostek.portal.officer.shown import kpj_words, months_words, place_words, programmes_words, standing_tag
from jamsostek.portal.screens import Fact, Link, page, today
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.uploads.sheets import one_card
from jamsostek.registry.choices import TITLES, Sex, Via
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import people
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.timeline import Spell, spells_of, standing

DESK = Desk(Via.AGENT, "agent:home", "agent", "agent/base.html", AGENTS, whole=False)


@door(*AGENTS)
def register(request: HttpRequest) -> HttpResponse:
    """As at an office, shorter."""
    return counter.register(request, DESK)


@door(*AGENTS)
@require_safe
def registered(request: HttpRequest, kpj: str) -> HttpResponse:
    """What came of it."""
    return counter.registered(request, DESK, mine(kpj).kpj)


def mine(kpj: str) -> Participant:
    """Somebody this agent registered; raises `Refused`, the same for all others."""
    person = people.by_kpj(kpj)
    if person.created_by != current().user_id:
        raise not_yours(_("Peserta ini tidak ada, atau bukan Anda yang mendaftarkannya."))
    return person


def crumbs() -> list[Link]:
    return [Link(_("Keagenan"), reverse("agent:home"))]


@door(*AGENTS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponse:
    """Their facts, starred, and whether they are covered."""
    person, month = mine(kpj), month_of(today())
    audit.looked([person.pk], ("name", "birth_date", "address"), "halaman agen")
    spells = [one for found in spells_of(one_person(person.pk), month).values() for one in found]
    now, hidden = standing(spells, month), people.masked([person.pk]).get(person.pk)
    context = {
        "person": person,
        "kpj": kpj_words(person.kpj),
        "tag": standing_tag(person, now),
        "covered": now is not None and person.died_on is None,
        "facts": [
            Fact(_("NIK"), hidden.nik if hidden else NOTHING),
            Fact(_("Jenis kelamin"), _(TITLES[Sex][person.sex])),
            Fact(_("Tanggal lahir"), date(person.birth_date)),
            Fact(_("Nomor telepon"), hidden.phone if hidden else NOTHING),
            Fact(_("Tempat tinggal"), place_words(person)),
            Fact(_("Terdaftar"), date(person.registered_on)),
            *(Fact(_("Perlindungan"), _spell(one)) for one in spells),
        ],
    }
    return page(request, "agent/person.html", context, title=person.name, crumbs=crumbs())


def _spell(one: Spell) -> str:
    payer = one.payer or _("Peserta sendiri")
    told = [payer, months_words(one.from_month, one.to_month), programmes_words(one.programmes)]
    return " · ".join([*told, *([] if one.paid else [_("menunggu iuran")])])


@door(*AGENTS)
@require_POST
def issue_card(request: HttpRequest, kpj: str) -> HttpResponse:
    """A new card as PDF."""
    person = mine(kpj)
    return one_card(request, person, back=reverse("agent:person", args=[person.kpj]), crumbs=crumbs())
