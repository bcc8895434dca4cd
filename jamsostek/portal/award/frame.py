"""Who comes in, what stands above every page, and how the award's words are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from jamsostek.access.roles import ROLES, Can, Role
from jamsostek.awards.edition import told
from jamsostek.awards.queries.editions import Standing, standing
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Link, Tab, page, url_of

COMMITTEE = (Role.AWARD_COMMITTEE,)
JURORS = (Role.JURY,)
NOMINATORS = tuple(role for role, facts in ROLES.items() if Can.NOMINATE in facts.can)
COMPETITORS = tuple(role for role in NOMINATORS if role not in COMMITTEE)
VIEWS: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("award:home", N_("Semua edisi"), frozenset(Role)),
    ("award_entries:home", N_("Pencalonan"), frozenset(NOMINATORS)),
    ("award_jury:home", N_("Penilaian"), frozenset(JURORS)),
    ("award_committee:home", N_("Panitia"), frozenset(COMMITTEE)),
    ("award_committee:interests", N_("Kepentingan juri"), frozenset({Role.AUDITOR})),
)
"""The parts of this room: where each begins, and who has work there. The first is open to everybody."""


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, here: str = "", above: Iterable[Link] = ()
) -> HttpResponse:
    """A page of the award, `template` beneath portal/award/; `here` is the part it stands in, `above` are pages between."""
    first = [] if here == "award:home" and template == "public/home.html" else [Link("Paritrana", url_of("award:home"))]
    return page(
        request, f"award/{template}", {"award_parts": _parts(request, here), **context}, title=title, crumbs=[*first, *above]
    )


def _parts(request: HttpRequest, here: str) -> list[Tab]:
    """Nothing where only the public part is open to whoever looks."""
    roles = request.scope.roles  # type: ignore[attr-defined]
    known = [(name, text, url_of(name)) for name, text, who in VIEWS if name == "award:home" or roles & who]
    found = [Tab(_(text), url, name == here) for name, text, url in known if url]
    return found if len(found) > 1 else []


def edition_of(code: str) -> Standing:
    """An edition by its address; a page that does not exist where there is none."""
    found = standing(code)
    if found is None:
        raise Http404
    return found


def sample_words(edition: Standing) -> str:
    """What is said on every page that an invented edition touches; empty where it is not."""
    return told(edition.says.note) if edition.says.invented else ""
