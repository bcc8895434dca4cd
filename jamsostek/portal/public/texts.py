"""Pages of text: rights over personal data, help, accessibility; and what robots may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, page, url_of

PRIVATE = (
    "akun",
    "peserta",
    "perusahaan",
    "sponsor",
    "desa",
    "wilayah",
    "kantor",
    "agen",
    "sosialisasi",
    "pantau",
    "api",
    "bahasa",
    "hitung",
)
"""First parts of addresses that search engines leave alone: people's pages, and calculators, whose addresses hold answers."""


def _text(request: HttpRequest, name: str, title: str) -> HttpResponse:
    return page(request, f"public/{name}.html", title=title, crumbs=[Link(_("Beranda"), url_of("public:home"))])


@door(PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, who looks, and what they can ask for."""
    return _text(request, "privacy", _("Data pribadi Anda"))


@door(PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers to what people ask first."""
    return _text(request, "help", _("Bantuan"))


@door(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What these pages promise to people who see, hear, move or read differently."""
    return _text(request, "accessibility", _("Aksesibilitas"))


@door(PUBLIC)
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """For search engines: the public pages, nothing else."""
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in PRIVATE), "Allow: /", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
