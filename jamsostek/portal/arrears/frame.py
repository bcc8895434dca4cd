"""What stands above every page of arrears, whose page it is, and words that several of them share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.collection.queries import arrears, compliance
from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_date
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.officer import frame, shown
from jamsostek.portal.officer.frame import DECIDERS, OFFICERS
from jamsostek.portal.officer.sponsors import sponsor_of
from jamsostek.portal.screens import Link, Tab, Tag, today
from jamsostek.portal.screens.words import NOTHING

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer, Sponsor

__all__ = [
    "DECIDERS",
    "OFFICERS",
    "above",
    "day_of",
    "employer_link",
    "fields_words",
    "months_words",
    "office_page",
    "sponsor_of",
    "tabs",
]

PROGRAMMES = {"jkk": "JKK", "jkm": "JKM", "jht": "JHT", "jp": "JP", "fine": N_("Denda")}
fields_words = shown.fields_words


def above(*more: Link) -> list[Link]:
    """The pages between the office's first one and this."""
    return [Link(_("Tunggakan"), reverse("arrears:home")), *more]


def office_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, crumbs: list[Link], status: int = 200
) -> HttpResponse:  # fmt: skip
    """A page of an office."""
    return frame.screen(request, template, context, title=title, above=crumbs, status=status)


def tabs(here: str) -> list[Tab]:
    """The parts, with how much waits on each."""
    waiting = sum(compliance.waiting().values())
    running = arrears.cases(open_only=True).count()
    lists = [
        ("home", _("Ringkasan"), 0), ("debtors", _("Penunggak"), 0), ("agreements", _("Angsuran"), 0),
        ("cases", _("Kasus"), running), ("findings", _("Kepatuhan"), waiting),
    ]  # fmt: skip
    return [
        Tab(f"{text} ({format_number(count)})" if count else text, reverse(f"arrears:{name}"), name == here)
        for name, text, count in lists
    ]


def day_of(request: HttpRequest) -> dt.date:
    """The day asked for by `?hari=`; today where it is missing or nonsense."""
    try:
        asked = parse_date(request.GET.get("hari", ""))
    except InputError:
        return today()
    return min(max(asked, dt.date(2015, 1, 1)), dt.date(2040, 1, 1))


def employer_link(employer: Employer) -> Link:
    """Its arrears."""
    return Link(employer.name, reverse("arrears:employer", args=[employer.npp]))


def payer_link(payer: Employer | Sponsor) -> Link:
    """The arrears of an employer or a sponsor."""
    number = getattr(payer, "npp", None)
    if number is not None:
        return Link(payer.name, reverse("arrears:employer", args=[number]))
    return Link(payer.name, reverse("arrears:sponsor", args=[payer.number]))  # type: ignore[union-attr]


def number_words(payer: Employer | Sponsor) -> str:
    """Its public number."""
    return format_public("npp", getattr(payer, "npp", None) or payer.number)  # type: ignore[union-attr]


def months_words(months: int) -> str:
    """How long something is overdue."""
    return NOTHING if months == 0 else _("{count} bulan").format(count=format_number(months))


STATES: dict[str, tuple[str, Any]] = {
    "proposed": (N_("Menunggu keputusan"), "warn"), "refused": (N_("Ditolak"), "plain"), "kept": (N_("Ditepati"), "good"),
    "broken": (N_("Dilanggar"), "bad"), "done": (N_("Lunas"), "good"), "ended": (N_("Diakhiri"), "plain"),
}  # fmt: skip
"""Where an agreement stands."""
ACTS: dict[str, tuple[str, Any]] = {
    "sign": (N_("Menunggu tanda tangan"), "warn"), "deliver": (N_("Menunggu penyampaian"), "warn"),
    "wait": (N_("Jangka waktu berjalan"), "info"), "decide": (N_("Langkah berikutnya menunggu keputusan"), "warn"),
    "mended": (N_("Sudah dipenuhi: tutup kasus"), "good"), "kept": (N_("Angsuran ditepati: sanksi berhenti"), "good"),
    "end": (N_("Semua langkah sudah ditempuh"), "bad"), "closed": (N_("Ditutup"), "plain"),
}  # fmt: skip
"""What a case waits for."""


def state_tag(state: str) -> Tag:
    """Where an agreement stands, in a word."""
    return Tag(_(STATES[state][0]), STATES[state][1])


def act_tag(act: str) -> Tag:
    """What a case waits for, in a word."""
    return Tag(_(ACTS[act][0]), ACTS[act][1])
