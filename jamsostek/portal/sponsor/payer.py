"""Which sponsor a page is about, and what stands above every page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Kind, Role
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, Tab
from jamsostek.registry.queries.lists import sponsor_by_number

if TYPE_CHECKING:
    from jamsostek.registry.models import Sponsor

OWNERS = (Role.SPONSOR_CLERK, Role.SPONSOR_APPROVER)


def sponsor_of(request: HttpRequest, number: str) -> Sponsor:
    """The sponsor of an address, where this visitor acts for it; raises `Refused`, the same whether it is there or not."""
    found = sponsor_by_number(number)
    if found is None or found.pk not in request.scope.targets(Kind.SPONSOR):  # type: ignore[attr-defined]
        raise not_yours(_("Pembayar iuran ini tidak ada, atau bukan milik Anda."))
    return found


def tabs(sponsor: Sponsor, here: str) -> list[Tab]:
    """The parts of a sponsor's pages."""
    shown = [
        ("sponsor", _("Ringkasan")),
        ("people", _("Orang yang dilindungi")),
        ("upload", _("Unggah daftar")),
        ("bills", _("Daftar tagihan")),
        ("account", _("Rekening iuran")),
        ("cards", _("Cetak kartu")),
    ]
    return [Tab(text, reverse(f"sponsor:{name}", args=[sponsor.number]), name == here) for name, text in shown]


def crumbs(sponsor: Sponsor, *more: Link) -> list[Link]:
    """The pages above."""
    return [Link(sponsor.name, reverse("sponsor:sponsor", args=[sponsor.number])), *more]


def people_link(sponsor: Sponsor) -> Link:
    """The list of people."""
    return Link(_("Orang yang dilindungi"), reverse("sponsor:people", args=[sponsor.number]))
