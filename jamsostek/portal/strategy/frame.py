"""Who comes in where, what stands above the pages, and words that several pages share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.outreach.models import HalfReport, PlanItem, Regulation
from jamsostek.outreach.queries.strategy import is_late
from jamsostek.outreach.strategy import (
    ITEM_STATES,
    KINDS,
    REGULATION_STATES,
    REPORT_STATES,
    SETTLES,
    ItemState,
    RegulationState,
    ReportState,
    may_there,
    need_there,
)
from jamsostek.portal.screens import Fact, Form, Link, Tab, Tag, done, page, today
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries.counts import places

PLANNERS = (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD)
HEADS = (Role.REGIONAL_HEAD,)
SEERS = (*PLANNERS, Role.HEAD_OFFICE)
WATCHERS = (Role.MINISTRY, Role.HEAD_OFFICE, Role.AUDITOR)
READERS = (*PLANNERS, *WATCHERS)
FIRST_YEAR, LAST_YEAR = 2015, 2100
_REGULATIONS: dict[str, Tone] = {"entered": "warn", "confirmed": "good", "withdrawn": "plain"}
_ITEMS: dict[str, Tone] = {"planned": "plain", "under_way": "info", "done": "good", "dropped": "plain"}
_REPORTS: dict[str, Tone] = {"draft": "warn", "signed": "info", "sent": "good"}


def mine() -> list[int]:
    """Regions whoever looks works for; of a province, its regencies as well."""
    held = {one.target for one in current().held if one.kind == Kind.REGION and one.role in PLANNERS}
    inside = [code for target in sorted(held) for code, one in REGENCIES.items() if one.province_code == target]
    return [*sorted(code for code in held if code in PROVINCES or code in REGENCIES), *inside]


def seen(region: int) -> int:
    """A region in sight; raises `Refused`."""
    need_there(Can.SEE_MOVEMENT, region)
    return region


def may(can: Can, region: int) -> bool:
    """Whether whoever looks may do this there: pages offer nothing that would be refused."""
    return may_there(can, region)


def year_of(year: int) -> int:
    """A year there may be a plan of; else there is no such page."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def above(request: HttpRequest, region: int | None = None, *more: Link) -> list[Link]:
    """The pages between the first one and this."""
    if request.scope.roles & set(PLANNERS):  # type: ignore[attr-defined]
        first = [Link(_("Gerakan"), reverse("movement:home")), Link(_("Strategi daerah"), reverse("strategy:home"))]
    else:
        first = [Link(_("Siapa sudah berbuat apa"), reverse("strategy:nation"))]
    here = [Link(regions_name(region), reverse("strategy:region", args=[region]))] if region is not None else []
    return [*first, *here, *more]


def tabs(region: int, here: str) -> list[Tab]:
    """The parts of a region's strategy."""
    shown = [
        ("region", _("Ringkasan"), [region]), ("month", _("Halaman bulanan"), [region]),
        ("goals", _("Sasaran daerah"), [region]), ("regulations", _("Peraturan"), [region]),
        ("plan", _("Rencana"), [region, today().year]), ("reports", _("Laporan semester"), [region]),
    ]  # fmt: skip
    return [Tab(text, reverse(f"strategy:{name}", args=args), name == here) for name, text, args in shown]


def screen(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: Sequence[Link], charts: bool = False
) -> HttpResponse:
    """A page of this room."""
    return page(request, f"strategy/{template}", context, title=title, crumbs=crumbs, charts=charts)


@dataclass(frozen=True)
class Deed:
    """A form, or a question, and what its button does; `act` gets the form's answers, `to` the result."""

    title: str
    crumbs: Sequence[Link]
    yes: str
    act: Callable[[Mapping[str, Any]], Any]
    to: Callable[[Any], str]
    said: str
    about: str = ""
    text: str = ""
    """What follows from it."""
    facts: Sequence[Fact] = ()
    danger: bool = False


class YesForm(Form):
    """Nothing to fill in."""


def deed(request: HttpRequest, form: Form, it: Deed) -> HttpResponseBase:
    """The form, or what came of it; what the domain refuses is told at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = it.act(form.cleaned_data)
            return done(request, it.to(made), it.said)
        except Refused:
            raise
        except InputError as error:
            error.field = "file" if error.field is None and "file" in form.fields else error.field
            form.refuse(error)
    context = {
        "form": form, "about": it.about, "text": it.text, "facts": it.facts, "yes": it.yes, "danger": it.danger,
        "back": it.crumbs[-1].url,
    }  # fmt: skip
    return screen(request, "form.html", context, title=it.title, crumbs=it.crumbs)


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form that may have nothing to fill in."""
    return request.POST if request.method == "POST" else None


# --- words ------------------------------------------------------------------------------------------------------------------


def kind_words(row: Regulation) -> str:
    """`Peraturan daerah 4/2025`."""
    return f"{_(KINDS[row.kind])} {row.number}/{row.year}"


def settles_words(names: Iterable[str]) -> str:
    """What it settles, in one line."""
    return ", ".join(_(SETTLES[name]) for name in names)


def force_words(row: Regulation) -> str:
    """From when to when it holds."""
    if row.in_force_until is None:
        return _("Sejak {day}").format(day=date(row.in_force_from))
    return _("{first} sampai {last}").format(first=date(row.in_force_from), last=date(row.in_force_until))


def ended(row: Regulation, day: dt.date) -> bool:
    """Whether it holds no more."""
    return row.in_force_until is not None and row.in_force_until < day


def where_words(row: Regulation) -> str:
    """The region, and the village of a village's regulation."""
    if row.village_code is None:
        return regions_name(row.region_code)
    return f"{places([row.village_code]).get(row.village_code, row.village_code)}, {regions_name(row.region_code)}"


def regulation_tag(row: Regulation) -> Tag:
    """Where a regulation stands."""
    if row.state == RegulationState.CONFIRMED and ended(row, today()):
        return Tag(_("Tidak berlaku lagi"), "plain")
    return Tag(_(REGULATION_STATES[RegulationState(row.state)]), _REGULATIONS[row.state])


def item_tag(row: PlanItem) -> Tag:
    """Where an item stands; one whose day is over says so."""
    if is_late(row, today()):
        return Tag(_("Terlambat"), "bad")
    return Tag(_(ITEM_STATES[ItemState(row.state)]), _ITEMS[row.state])


def report_tag(row: HalfReport) -> Tag:
    """Where a report stands."""
    return Tag(_(REPORT_STATES[ReportState(row.state)]), _REPORTS[row.state])


def half_words(year: int, half: int) -> str:
    """`Semester 1 tahun 2026`."""
    return _("Semester {half} tahun {year}").format(half=half, year=year)
