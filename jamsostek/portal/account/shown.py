"""What several pages about other people's accounts show."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jamsostek.access.actions.codes import LIVES
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Fact, Link, page
from jamsostek.portal.screens.words import moment

_LANGUAGES = (("id", N_("Bahasa Indonesia")), ("en", N_("Bahasa Inggris")))


def languages() -> list[tuple[str, str]]:
    """The languages to choose from."""
    return [(code, _(name)) for code, name in _LANGUAGES]


def code_page(
    request: HttpRequest, name: str, username: str, code: str, crumbs: Sequence[Link], *, factor: bool = False
) -> HttpResponse:
    """The page with a one-time code, to print and hand over: the only time it is seen."""
    context = {
        "code": code,
        "factor": factor,
        "facts": [
            Fact(_("Nama"), name),
            Fact(_("Nama pengguna"), username),
            Fact(_("Berlaku sampai"), moment(timezone.now() + LIVES)),
        ],
    }
    return page(request, "account/code_made.html", context, title=_("Kode sekali pakai"), crumbs=crumbs)
