"""Cards: of one person, issued and revoked; and those who wait for one, on A4 sheets."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.asking import Ask, ReasonForm, ask
from jamsostek.portal.officer.frame import OFFICERS, home, may, screen
from jamsostek.portal.officer.home import CARD_DAYS, DOORS_OF_OFFICE
from jamsostek.portal.officer.person import crumbs, person_of, tabs
from jamsostek.portal.officer.shown import kpj_words, months_words, person_link, programmes_words
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, done, table, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.uploads.printing import SHEETS_AT_ONCE
from jamsostek.portal.uploads.sheets import one_card, sheets_page
from jamsostek.registry.actions.cards import revoke_card
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.models import Card, Participant
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.cards import ACTIVE, LAPSED, REVOKED, UNKNOWN, card_status, cards_of
from jamsostek.registry.queries.timeline import standings

STATES: dict[str, tuple[str, Tone]] = {
    ACTIVE: (N_("Berlaku"), "good"), LAPSED: (N_("Lewat masanya"), "warn"), REVOKED: (N_("Dicabut"), "bad"),
    UNKNOWN: (N_("Tidak dikenal"), "plain"),
}  # fmt: skip


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """A person's cards, the newest first."""
    person, month = person_of(kpj), month_of(today())
    audit.looked([person.pk], ("card",), "kartu peserta")
    covered = person.pk in standings([person.pk], month)
    context = {
        "person": person,
        "tabs": tabs(person, "person_cards"),
        "table": table(_("Kartu yang pernah terbit"), _columns(person, month), cards_of(person.pk)),
        "empty": Empty(_("Belum pernah ada kartu"), _("Kartu terbit begitu iuran atau hubungan kerja tercatat untuk bulan ini.")),
        "covered": covered and person.died_on is None,
    }
    return screen(request, "officer/cards.html", context, title=person.name, above=crumbs(person)[1:])


def _columns(person: Participant, month: int) -> list[Column]:
    revokes = may(Can.REVOKE_CARD, place_of(person))

    def state(one: Card) -> Tag:
        text, tone = STATES[card_status(str(one.serial), month)]
        return Tag(_(text), tone)

    def revoke(one: Card) -> Link | str:
        if not revokes or one.revoked_at is not None:
            return ""
        return Link(_("Cabut"), reverse("officer:revoke_card", args=[person.kpj, one.serial]))

    return [
        Column(_("Nomor kartu"), lambda one: format_number("card", str(one.serial))),
        Column(_("Terbit"), lambda one: date(one.issued_at)),
        Column(_("Berlaku"), lambda one: months_words(one.from_month, one.to_month)),
        Column(_("Program"), lambda one: programmes_words(one.programmes)),
        Column(_("Keadaan"), state),
        Column(_("Alasan dicabut"), lambda one: one.revoked_reason),
        Column(_("Tindakan"), revoke),
    ]


@door(*OFFICERS)
@require_POST
def issue(request: HttpRequest, kpj: str) -> HttpResponseBase:
    """A new card as PDF."""
    person = person_of(kpj)
    return one_card(request, person, back=reverse("officer:person_cards", args=[person.kpj]), crumbs=crumbs(person))


@door(*OFFICERS)
def revoke(request: HttpRequest, kpj: str, serial: int) -> HttpResponseBase:
    """Revokes a card; whoever checks it with a network is told."""
    person = person_of(kpj)
    back = Link(_("Kartu"), reverse("officer:person_cards", args=[person.kpj]))
    card = next((one for one in cards_of(person.pk) if one.serial == serial), None)
    if card is None:
        raise not_yours(_("Kartu ini tidak ada, atau di luar wilayah kerja Anda."))
    found = card
    it = Ask(
        title=_("Cabut kartu"),
        crumbs=crumbs(person, back),
        yes=_("Cabut kartu"),
        about=person.name,
        text=_("Kartu yang dicabut tidak dapat dihidupkan lagi; kartu baru dapat diterbitkan. Perlindungan tidak berubah."),
        act=lambda told: revoke_card(card_id=found.pk, now=timezone.now(), reason=told["reason"]),
        facts=lambda told: [
            Fact(_("Nomor kartu"), format_number("card", str(found.serial))),
            Fact(_("Berlaku"), months_words(found.from_month, found.to_month)),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _card, _told: done(request, back.url, _("Kartu dicabut.")),
        danger=True,
    )
    return ask(request, ReasonForm(request.POST or None), it)


# --- those who wait for a card ----------------------------------------------------------------------------------------


def waiting(day: dt.date) -> list[Participant]:
    """People of this office without a card, the longest waiting first."""
    return counts.without_card(month_of(day), since=day - dt.timedelta(days=CARD_DAYS), via=DOORS_OF_OFFICE)


@door(*OFFICERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """Who waits."""
    people = waiting(today())
    shown = people[:SHOWN]
    audit.looked([one.pk for one in shown], ("name", "kpj"), "kartu untuk dicetak")
    columns = [
        Column(_("Nama"), person_link),
        Column(_("KPJ"), lambda one: kpj_words(one.kpj)),
        Column(_("Terdaftar"), lambda one: date(one.registered_on)),
    ]
    context = {
        "about": _("Yang mendaftar di loket atau sendiri, sudah terlindungi, dan belum punya kartu yang berlaku."),
        "table": table(_("Menunggu kartu"), columns, shown),
        "empty": Empty(_("Tidak ada kartu yang menunggu"), _("Semua yang terlindungi sudah punya kartu.")),
        "ways": [Link(_("Cetak semua dalam lembar A4"), reverse("officer:card_sheets"))] if people else [],
    }
    return screen(request, "officer/list.html", context, title=_("Kartu untuk dicetak"))


SHOWN = 200
"""Names on the page; the sheets hold all."""


@door(*OFFICERS)
def sheets(request: HttpRequest) -> HttpResponseBase:
    """Ten cards a page. Printing takes people off the list, so the next sheets begin at its head again."""
    ids = [one.pk for one in waiting(today())[:SHEETS_AT_ONCE]]
    above = [home(), Link(_("Kartu untuk dicetak"), reverse("officer:cards"))]
    return sheets_page(
        request, _("Menunggu kartu"), _("kartu-loket"), len(ids), lambda skip, take: ids[skip : skip + take], above
    )
