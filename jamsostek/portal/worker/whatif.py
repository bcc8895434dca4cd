"""What would be paid if something happened, from one's own record: an estimate, each amount down to its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.roles import Role
from jamsostek.claims.queries import simulating
from jamsostek.claims.queries.simulating import Line, Scenario
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.law.entitlement import Met, Outcome
from jamsostek.portal.claims.counted import explained
from jamsostek.portal.filing.preview import Held, held
from jamsostek.portal.screens import Link, page, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.worker.who import about, crumbs
from jamsostek.registry.queries.own import Me


@dataclass(frozen=True)
class Amount:
    """A part of what would be paid."""

    title: str
    rupiah: str
    how: str


@dataclass(frozen=True)
class Card:
    """One event: what it would bring, or what stands in the way."""

    title: str
    on: str
    amounts: list[Amount]
    once: str
    """The sum of what is paid at once, where there are several amounts."""
    wrong: list[Held]
    notes: list[str]
    unclear: str
    url: str


@about(Role.WORKER)
@require_safe
def home(request: HttpRequest, me: Me) -> HttpResponseBase:
    """Every event."""
    found = simulating.scenarios(me.person.pk, today=today())
    context = {"cards": [_card(one) for one in found], "savings": reverse("worker:savings")}
    return page(request, "worker/whatif.html", context, title=_("Andai terjadi sesuatu"), crumbs=crumbs())


@about(Role.WORKER)
@require_safe
def event(request: HttpRequest, me: Me, event: str) -> HttpResponseBase:
    """One of them with every step."""
    found = simulating.scenario(me.person.pk, event, today=today())
    if found is None:
        raise Http404(event)
    context: dict[str, Any] = {"card": _card(found), "parts": [explained(one.part) for one in found.lines]}
    above = crumbs(Link(_("Andai terjadi sesuatu"), reverse("worker:whatif")))
    return page(request, "worker/whatif_event.html", context, title=found.title, crumbs=above)


def _card(found: Scenario) -> Card:
    several = sum(not one.monthly for one in found.lines) > 1
    return Card(
        title=found.title,
        on=date(found.on) if found.on > today() else "",
        amounts=[Amount(one.title, format_rupiah(one.rupiah), _how(one)) for one in found.lines],
        once=format_rupiah(found.once_rupiah) if several else "",
        wrong=[held(one, stranger=False) for one in found.wrong if one.met == Met.NOT_MET],
        notes=list(found.notes) if found.lines else [],
        unclear=_unclear(found),
        url=reverse("worker:whatif_event", args=[found.key]),
    )


def _unclear(found: Scenario) -> str:
    """What keeps it from being certain, where nothing stands in the way."""
    if found.wrong:
        return ""
    if not found.lines:
        return _("Belum ada yang dapat dihitung dari catatan hari ini.")
    if found.outcome == Outcome.UNSETTLED:
        return _("Hukumnya dapat dibaca berbeda; petugas memutuskan dengan melihat keduanya.")
    return _("Masih ada yang perlu dibuktikan dengan berkas.") if found.outcome == Outcome.UNKNOWN else ""


def _how(one: Line) -> str:
    """At once, by the month, or year by year of school."""
    terms = one.part.recurs
    if terms is None:
        return ""
    if terms.get("of") == "promise":
        return _("setahun sekali, dengan bukti sekolah")
    amounts = terms.get("amounts")
    if not amounts:
        return _("setiap bulan")
    told = ", ".join(dict.fromkeys(format_rupiah(int(rupiah)) for rupiah in amounts))
    return _("setiap bulan, paling lama {count} bulan: {amounts}").format(count=len(amounts), amounts=told)
