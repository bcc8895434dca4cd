"""Agents in sight: their codes, what they brought in, what they earn, how long they were idle, who died soon after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.models import Grant
from jamsostek.access.roles import Kind, Role
from jamsostek.access.scope import current
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.outreach.incentives import Incentive, idle, incentive, is_over
from jamsostek.outreach.models import Code, Referral
from jamsostek.registry.models import Office, Participant

EARLY_DAYS = 90
"""A death so soon after a registration is looked at by a human: a known pattern of fraud, and mostly none. Our own choice."""
MOST_DEATHS = 500


def known_code(code: str) -> int | None:
    """The row of a code in force, in sight or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM outreach_code_known(%s)", [code])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def office_of(user_id: int, today: dt.date) -> Office | None:
    """The place an agent works at; none where they are no agent now."""
    month = month_of(today)
    rows = Grant.objects.filter(user_id=user_id, role=Role.AGENT, kind=Kind.OFFICE, ended_at=None, from_month__lte=month)
    grant = next((one for one in rows.order_by("pk") if one.to_month is None or one.to_month >= month), None)
    return None if grant is None else Office.objects.filter(pk=grant.target).first()


def codes() -> QuerySet[Code]:
    """Agents' codes in sight."""
    return Code.objects.filter(meeting=None).order_by("ended_on", "agent_name", "pk")


def by_code(code: str) -> Code:
    """An agent's code in sight; raises `Refused`."""
    row = Code.objects.filter(code=code, meeting=None).first()
    if row is None:
        raise not_yours(_("Kode ini tidak ada, atau bukan wewenang Anda."))
    return row


def own_code() -> Code | None:
    """The code of whoever asks: the one in force, else the last."""
    return Code.objects.filter(user_id=current().user_id).order_by("ended_on", "-pk").last() if current().user_id else None


@dataclass(frozen=True)
class Working:
    """An agent and how long nobody was brought in: whole months, and whether that ends the agency."""

    row: Code
    last_on: dt.date | None
    idle_months: int
    over: bool


def working(rows: Sequence[Code], today: dt.date) -> list[Working]:
    """How long agents were idle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_id, last_on FROM outreach_agents_last(%s)", [today])
        last = dict(cursor.fetchall())
    found = []
    for row in rows:
        months = idle(last.get(row.pk), row.given_on, row.ended_on or today)
        found.append(Working(row, last.get(row.pk), months, row.ended_on is None and is_over(months, today)))
    return found


@dataclass(frozen=True)
class Earned:
    """An agent's month: registered through the code, paid for the first time, and what is earned."""

    month: int
    registered: int
    incentive: Incentive


def earned(code: Code, today: dt.date, months: int = 6) -> list[Earned]:
    """The last months of an agent, the newest first; nothing for who may not see its people one by one."""
    last = month_of(today)
    first = max(add_months(last, 1 - months), month_of(code.given_on))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_agent_months(%s, %s, %s, %s)", [code.pk, first, last, today])
        rows = cursor.fetchall()
    found = [Earned(month, registered, incentive(joined, rupiah, month)) for month, registered, joined, rupiah in rows]
    return sorted(found, key=lambda one: -one.month)


@dataclass(frozen=True)
class Early:
    """Somebody who died soon after they were brought in."""

    person: Participant
    code: Code
    days: int


def early_deaths(today: dt.date, days: int = EARLY_DAYS) -> list[Early]:
    """People in sight whom an agent brought in and who died within so many days, the newest first; for a human to look at."""
    since = today - dt.timedelta(days=730)
    dead = Participant.objects.filter(died_on__gte=since).exclude(died_on=None).order_by("-died_on", "pk")
    referrals = Referral.objects.filter(code__meeting=None, participant_id__in=dead.values("pk")).select_related("code")
    people = Participant.objects.in_bulk([one.participant_id for one in referrals])
    found = []
    for one in referrals:
        person = people[one.participant_id]
        gone = (person.died_on - person.registered_on).days if person.died_on is not None else -1
        if 0 <= gone <= days:
            found.append(Early(person, one.code, gone))
    return sorted(found, key=lambda one: (one.person.died_on or today, one.person.pk), reverse=True)[:MOST_DEATHS]
