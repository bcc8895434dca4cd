"""What stands above every page of the programmes, who comes in, and words that several pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import Place, current
from jamsostek.core.months import span
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.outreach import eligibility
from jamsostek.outreach.models import Candidate, Decree, Programme, Rule
from jamsostek.outreach.queries import programmes as queries
from jamsostek.outreach.queries.programmes import PROGRAMME_STATES, STATES
from jamsostek.portal.screens import Column, Empty, Event, Fact, Link, Tab, Tag, Tile, page, url_of
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries.places import names_within

PLANNERS = (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD)
"""Who plans."""
HEADS = (Role.REGIONAL_HEAD,)
"""Who decides what another planned."""
READERS = (*PLANNERS, Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
"""Who also looks on."""
BASE = "programmes/base.html"
PACKAGES = ("jkk,jkm", "jkk,jkm,jht")
_TONES: dict[str, Tone] = {
    "proposed": "info", "verified": "info", "waiting": "warn", "funded": "good", "enrolled": "good", "refused": "plain",
    "lapsed": "plain",
}  # fmt: skip
_PROGRAMME_TONES: dict[str, Tone] = {"draft": "warn", "open": "good", "closed": "plain"}


@dataclass(frozen=True)
class Section:
    """A piece of a page: any of its parts may be missing."""

    title: str = ""
    text: str = ""
    notice: str = ""
    tiles: Sequence[Tile] = ()
    facts: Sequence[Fact] = ()
    table: Table | None = None
    empty: Empty | None = None
    events: Sequence[Event] = ()
    links: Sequence[Link] = ()


def above(*more: Link) -> list[Link]:
    """The pages above one of the programmes."""
    movement = url_of("movement:home")
    first = [Link(_("Gerakan"), movement)] if movement else []
    return [*first, Link(_("Program perlindungan"), reverse("programmes:home")), *more]


def link(programme: Programme) -> Link:
    """A programme's page."""
    return Link(programme.title, at(programme))


def at(programme: Programme, name: str = "programme") -> str:
    """The address of a page of a programme."""
    return reverse(f"programmes:{name}", args=[programme.number])


def candidate_link(row: Candidate) -> Link:
    """The page of a candidate; who is on a register that is gone has no name any more."""
    return Link(name_of(row), reverse("programmes:candidate", args=[row.pk]))


def name_of(row: Candidate) -> str:
    """A candidate's name, as long as their register is there."""
    return row.person.name if row.person is not None else _("Calon {number}").format(number=row.pk)


def screen(
    request: HttpRequest,
    context: Mapping[str, Any],
    *,
    title: str,
    crumbs: Sequence[Link],
    template: str = "programmes/page.html",
    status: int = 200,
    live: bool = False,
) -> HttpResponse:
    """A page of the programmes."""
    return page(request, template, context, title=title, crumbs=crumbs, status=status, live=live)


def tabs(here: str) -> list[Tab]:
    """The parts of a region's first page."""
    shown = [("home", _("Program")), ("rules", _("Aturan prioritas"))]
    return [Tab(text, reverse(f"programmes:{name}"), name == here) for name, text in shown]


def programme_tabs(programme: Programme, here: str) -> list[Tab]:
    """The parts of a programme."""
    shown = [
        ("programme", _("Ringkasan")), ("candidates", _("Calon")), ("money", _("Dana dan antrean")), ("decrees", _("Lampiran")),
        ("checks", _("Pencocokan")), ("results", _("Hasil")),
    ]  # fmt: skip
    return [Tab(text, at(programme, name), name == here) for name, text in shown]


def plans(region_code: int) -> bool:
    """Whether whoever looks plans for a region."""
    return current().may(Can.PLAN_MOVEMENT, Place(regency=region_code))


def decides(region_code: int) -> bool:
    """Whether whoever looks adopts, opens and approves for a region."""
    return current().may(Can.APPROVE_MOVEMENT, Place(regency=region_code))


def verifies(row: Candidate) -> bool:
    """Whether whoever looks answers for a candidate."""
    return current().may(Can.VERIFY_CANDIDATE, Place(regency=row.region_code, village=row.village_code))


def regions() -> list[int]:
    """Regions whoever looks plans for."""
    return [one for one in sorted(current().movement_targets(Kind.REGION)) if plans(one)]


def programme_of(number: int) -> Programme:
    """A programme in sight. Raises `Refused`."""
    return queries.by_number(number)


def state_tag(state: str) -> Tag:
    """Where a candidate stands."""
    return Tag(_(STATES[state]), _TONES[state])


def programme_tag(programme: Programme) -> Tag:
    """Where a programme stands."""
    return Tag(_(PROGRAMME_STATES[programme.state]), _PROGRAMME_TONES[programme.state])


def rule_words(rule: Rule) -> str:
    """`Prioritas (versi 2)`."""
    return _("{name} (versi {version})").format(name=rule.name, version=rule.version)


def rule_link(rule: Rule) -> Link:
    """A rule's page."""
    return Link(rule_words(rule), reverse("programmes:rule", args=[rule.pk]))


def package_words(programmes: Sequence[str]) -> str:
    """`JKK, JKM`."""
    return ", ".join(one.upper() for one in programmes)


def months_words(first: int | None, last: int | None) -> str:
    """`Januari 2027 sampai Desember 2027 (12 bulan)`."""
    if first is None or last is None or last < first:
        return "–"
    if first == last:
        return month_words(first)
    words = _("{first} sampai {last} ({count} bulan)")
    return words.format(first=month_words(first), last=month_words(last), count=len(span(first, last)))


def village_names(region_code: int) -> dict[int, str]:
    """Names of a region's villages."""
    return names_within(region_code).villages


def village_words(code: int | None, names: Mapping[int, str]) -> str:
    """A village's name, or its code where the map does not have it."""
    return _("Desa tidak diketahui") if not code else names.get(code, "") or str(code)


def people_words(count: int) -> str:
    """`1.200 orang`."""
    return _("{count} orang").format(count=format_number(count))


def region_words(code: int) -> str:
    """A region's name."""
    return regions_name(code)


CONDITIONS = {one.key: one for one in eligibility.CONDITIONS}


def answer_tag(answer: int) -> Tag:
    """Whether a condition is met."""
    told: dict[int, tuple[str, Tone]] = {
        eligibility.MET: (_("Terpenuhi"), "good"), eligibility.NOT_MET: (_("Tidak terpenuhi"), "bad")
    }  # fmt: skip
    return Tag(*told.get(answer, (_("Belum diketahui"), "warn")))


def decree_tag(row: Decree) -> Tag:
    """Where a list stands."""
    told: dict[str, tuple[str, Tone]] = {
        "prepared": (_("Menunggu persetujuan"), "warn"), "approved": (_("Disetujui, menunggu pendaftaran"), "info"),
        "enrolling": (_("Sedang didaftarkan"), "info"), "enrolled": (_("Sudah didaftarkan"), "good"),
        "withdrawn": (_("Ditarik"), "plain"),
    }  # fmt: skip
    return Tag(*told[row.state])


def count_column(title: str, show: Any, sort: str = "") -> Column:
    """A column of numbers."""
    return Column(title, lambda row: format_number(show(row)), sort, number=True)
