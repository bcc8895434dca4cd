"""Which company a page is about, and what stands above every page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Kind, Role
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, Tab
from jamsostek.registry.queries.lists import employer_by_npp

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer

OWNERS = (Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER)


def company_of(request: HttpRequest, npp: str) -> Employer:
    """The company of an address, where this visitor acts for it; raises `Refused`, the same whether it is there or not."""
    found = employer_by_npp(npp)
    if found is None or found.pk not in request.scope.targets(Kind.EMPLOYER):  # type: ignore[attr-defined]
        raise not_yours(_("Perusahaan ini tidak ada, atau bukan milik Anda."))
    return found


def tabs(company: Employer, here: str) -> list[Tab]:
    """The parts of a company's pages; projects only where it builds."""
    shown = [
        ("company", _("Ringkasan")),
        ("workers", _("Daftar pekerja")),
        ("reports", _("Laporan upah")),
        ("upload", _("Unggah daftar")),
        ("bills", _("Daftar tagihan")),
        ("account", _("Rekening iuran")),
        ("units", _("Cabang dan unit")),
        *([("projects", _("Proyek"))] if company.kind == "construction" else []),
        ("facts", _("Data perusahaan")),
    ]
    return [Tab(text, reverse(f"employer:{name}", args=[company.npp]), name == here) for name, text in shown]


def crumbs(company: Employer, *more: Link) -> list[Link]:
    """The pages above."""
    return [Link(company.name, reverse("employer:company", args=[company.npp])), *more]


def workers_link(company: Employer) -> Link:
    """The list of workers."""
    return Link(_("Daftar pekerja"), reverse("employer:workers", args=[company.npp]))
