"""What stands above every page of outreach, who may come in, and words that several pages share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current, regencies_below
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.outreach.campaigning import AUDIENCES
from jamsostek.outreach.models import Campaign, Meeting
from jamsostek.outreach.queries.campaigns import Held
from jamsostek.portal.officer.frame import DECIDERS, OFFICERS
from jamsostek.portal.screens import Fact, Link, Tab, Tag, page
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.registry.queries import counts

RUNNERS = (Role.REGIONAL_OFFICER, Role.REGIONAL_HEAD)
WATCHES = (*RUNNERS, *OFFICERS)
"""Who reads of agents: the region, and the carrier's offices."""
BASE = "campaigns/base.html"

__all__ = ["BASE", "DECIDERS", "OFFICERS", "RUNNERS", "WATCHES", "above", "mine", "outreach_page", "tabs"]


def above(*more: Link) -> list[Link]:
    """The pages above this one."""
    return [*first_crumbs(), Link(_("Sosialisasi"), reverse("campaigns:home")), *more]


def first_crumbs() -> list[Link]:
    """The movement, for who plans in it."""
    return [Link(_("Gerakan"), reverse("movement:home"))] if current().roles & set(RUNNERS) else []


def outreach_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: Sequence[Link]
) -> HttpResponse:
    """A page of outreach."""
    return page(request, template, {"base": BASE, **context}, title=title, crumbs=crumbs)


def tabs(here: str) -> list[Tab]:
    """The parts."""
    shown = [
        ("home", _("Kampanye")), ("funnel", _("Hasil")), ("mailings", _("Pengingat")), ("consents", _("Izin dihubungi")),
        ("templates", _("Teks")), ("agents", _("Agen")),
    ]  # fmt: skip
    return [Tab(text, reverse(f"campaigns:{name}"), name == here) for name, text in shown]


def mine() -> list[int]:
    """Regions whoever looks runs campaigns in, provinces first."""
    return sorted(current().movement_targets(Kind.REGION))


def region_choices() -> list[tuple[str, str]]:
    """The same as choices, by name."""
    return [(str(code), regions_name(code)) for code in mine() if code in PROVINCES or code in REGENCIES]


def regency_choices(region: int | None = None) -> list[tuple[str, str]]:
    """Regencies of a region, or of all one's own."""
    inside = {code for one in ([region] if region else mine()) for code in regencies_below(one) if code in REGENCIES}
    return [(str(code), REGENCIES[code].name) for code in sorted(inside)]


def runs(region: int) -> bool:
    """Whether whoever looks runs campaigns there."""
    return current().may(Can.RUN_CAMPAIGN) and region in {*mine(), *(int(code) for code, _name in regency_choices())}


def campaign_link(row: Campaign) -> Link:
    """A campaign's page."""
    return Link(row.title, reverse("campaigns:campaign", args=[row.number]))


def meeting_link(row: Meeting) -> Link:
    """A meeting's page."""
    return Link(f"{row.hall}, {village_name(row.village_code)}", reverse("campaigns:meeting", args=[row.number]))


def village_name(code: int) -> str:
    """What a village is called, or its code where the map has none."""
    return counts.places([code]).get(code, str(code))


def audience_words(row: Campaign) -> str:
    """For whom it is."""
    return ", ".join(_(AUDIENCES[one]) for one in row.audience)


def days_words(row: Campaign) -> str:
    """From when to when."""
    return _("{first} sampai {last}").format(first=date(row.from_on), last=date(row.to_on))


def facts_of(row: Campaign) -> list[Fact]:
    """What a campaign is."""
    return [
        Fact(_("Tujuan"), row.goal),
        Fact(_("Sasaran"), audience_words(row)),
        Fact(_("Wilayah"), regions_name(row.region_code)),
        Fact(_("Waktu"), days_words(row)),
        Fact(_("Anggaran"), format_rupiah(row.budget_rupiah)),
        Fact(_("Penanggung jawab"), row.owner),
    ]


def state_tag(row: Meeting, day: dt.date) -> Tag:
    """Where a meeting stands."""
    if row.cancelled_on is not None:
        return Tag(_("Dibatalkan"), "bad")
    return Tag(_("Akan datang"), "info") if row.on_date > day else Tag(_("Hari ini"), "good") if row.on_date == day else Tag(
        _("Selesai"), "plain"
    )  # fmt: skip


def people_words(one: Held) -> str:
    """How many came."""
    return NOTHING if one.people is None else format_number(one.people)


def access_words(row: Meeting) -> str:
    """Who can take part."""
    told = [_("kursi roda dapat masuk")] if row.wheelchair else []
    told += [_("ada juru bahasa isyarat")] if row.sign else []
    return ", ".join(told) or _("Belum ada")
