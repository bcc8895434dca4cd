"""Which regions a viewer looks at, and the parts of the pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import regencies_below
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, Tab

VIEWERS = (Role.REGIONAL_VIEWER,)


def regions_of(request: HttpRequest) -> list[int]:
    """Codes of the regions this viewer holds, provinces and regencies."""
    return sorted(request.scope.targets(Kind.REGION))  # type: ignore[attr-defined]


def regencies_of(request: HttpRequest) -> list[int]:
    """All regencies below them, of today."""
    return sorted({code for region in regions_of(request) for code in regencies_below(region) if code in REGENCIES})


def tabs(here: str) -> list[Tab]:
    """The parts."""
    shown = [
        ("home", _("Ringkasan")), ("workers", _("Pekerja yang dibayarkan")), ("employers", _("Perusahaan")),
        ("sponsors", _("Pembayar iuran")), ("arrears", _("Tunggakan")), ("training", _("Pelatihan")),
    ]  # fmt: skip
    return [Tab(text, reverse(f"region:{name}"), name == here) for name, text in shown]


def crumbs() -> list[Link]:
    """The first page."""
    return [Link(_("Wilayah"), reverse("region:home"))]
