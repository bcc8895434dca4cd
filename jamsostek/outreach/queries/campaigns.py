"""Campaigns and meetings in sight, who came to them, and how far people came afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.access.vault import unwrap
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.outreach.models import Attendee, Campaign, Code, Meeting
from jamsostek.registry.queries import counts

BY = ("", "year", "campaign", "meeting", "agent", "village", "sex", "disability")


def campaigns() -> QuerySet[Campaign]:
    """Campaigns in sight, the newest first."""
    return Campaign.objects.order_by("-from_on", "-pk")


def by_number(number: int) -> Campaign:
    """A campaign in sight; raises `Refused`."""
    row = Campaign.objects.filter(number=number).first()
    if row is None:
        raise not_yours(_("Kampanye ini tidak ada, atau bukan wewenang Anda."))
    return row


def meeting_by_number(number: int) -> Meeting:
    """A meeting in sight; raises `Refused`."""
    row = Meeting.objects.select_related("campaign", "code").filter(number=number).first()
    if row is None:
        raise not_yours(_("Pertemuan ini tidak ada, atau bukan wewenang Anda."))
    return row


@dataclass(frozen=True)
class Held:
    """A meeting and how many came: written down, or counted; None where nobody has told."""

    row: Meeting
    men: int | None
    women: int | None
    written: bool

    @property
    def people(self) -> int | None:
        """All."""
        return None if self.men is None or self.women is None else self.men + self.women


def held(rows: Sequence[Meeting]) -> list[Held]:
    """Meetings with who came."""
    told = {
        one["meeting_id"]: (one["men"], one["women"])
        for one in Attendee.objects.filter(meeting__in=[row.pk for row in rows]).order_by().values("meeting_id").annotate(
            men=Count("pk", filter=Q(sex="m")), women=Count("pk", filter=Q(sex="f"))
        )
    }  # fmt: skip
    return [Held(row, *told.get(row.pk, (row.counted_m, row.counted_f)), row.pk in told) for row in rows]


def meetings_of(campaign: Campaign) -> list[Held]:
    """Meetings of a campaign in sight, in order."""
    return held(list(Meeting.objects.filter(campaign=campaign).select_related("campaign", "code")))


@dataclass(frozen=True)
class Seen:
    """Somebody who came, opened: the name, and the telephone but for its end starred."""

    row: Attendee
    name: str
    phone: str


def attendees(meeting: Meeting) -> QuerySet[Attendee]:
    """Who was written down at a meeting in sight."""
    return Attendee.objects.filter(meeting=meeting).order_by("pk")


def opened(rows: Collection[Attendee]) -> list[Seen]:
    """Names and starred telephones."""
    return [Seen(row, *_open(row)) for row in rows]


def _open(row: Attendee) -> tuple[str, str]:
    if row.wrapped is None:
        return "", ""
    key = unwrap(f"attendee:{row.pk}", row.wrapped)
    name = key.open("name", row.name) if row.name is not None else ""
    return name, starred(key.open("phone", row.phone)) if row.phone is not None else ""


def starred(phone: str) -> str:
    """`+6281234567890` -> `+62•••890`."""
    return f"{phone[:3]}•••{phone[-3:]}" if phone else ""


# --- how far people came ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Came:
    """One line of the funnel. `hidden` cells of one to four people are left out of every figure."""

    name: str
    hidden: int
    attended: int
    registered: int
    first_paid: int
    third_paid: int


def funnel(by: str = "", *, year: int = 0, today: dt.date) -> list[Came]:
    """Came → registered → a first month paid → a third, by what `BY` names. Raises `Refused`."""
    if by not in BY:
        raise ValueError(by)
    if not current().may(Can.SEE_MOVEMENT):
        raise not_yours()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_funnel(%s, %s, %s, %s)", [by, year, month_of(today), today])
        return [Came(*row) for row in cursor.fetchall()]


def names_of(by: str, names: Collection[str]) -> dict[str, str]:
    """What the lines of a funnel are called: titles, agents, villages; other names stand for themselves."""
    ids = [int(one) for one in names if one.isdecimal()]
    if by == "campaign":
        return {str(pk): title for pk, title in Campaign.objects.filter(pk__in=ids).values_list("pk", "title")}
    if by == "meeting":
        rows = Meeting.objects.filter(pk__in=ids).values_list("pk", "hall", "number")
        return {str(pk): f"{hall} ({number})" for pk, hall, number in rows}
    if by == "agent":
        return {
            str(pk): f"{name} ({code})"
            for pk, name, code in Code.objects.filter(pk__in=ids).values_list("pk", "agent_name", "code")
        }
    if by == "village":
        return {str(code): name for code, name in counts.places(ids).items()}
    return {}
