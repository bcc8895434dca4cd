"""How long a sign-in lasts, and which devices are signed in.

A session of staff ends after half an hour without a page, anybody else's after twelve hours; staff sign in again after
twelve hours in any case. When each page was asked for is kept in the session itself, at most once a minute.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import logout
from django.http import HttpRequest

from jamsostek.access.models import User

STAFF_IDLE = dt.timedelta(minutes=30)
STAFF_LONGEST = dt.timedelta(hours=12)
IDLE = dt.timedelta(hours=12)
NOTED_EVERY = dt.timedelta(minutes=1)
SEEN, BEGUN, SECOND_FACTOR, ENDED = "seen", "begun", "second_factor", "ended_by_idling"


def ended_by_idling(request: HttpRequest, *, staff: bool, now: dt.datetime) -> bool:
    """Signs a visitor out who was away for too long; notes the time of one who was not."""
    session, at = request.session, int(now.timestamp())
    seen, begun = session.get(SEEN, at), session.get(BEGUN, at)
    longest = (STAFF_IDLE if staff else IDLE).total_seconds()
    if at - seen > longest or (staff and at - begun > STAFF_LONGEST.total_seconds()):
        logout(request)
        request.session[ENDED] = True
        return True
    if SEEN not in session or at - seen >= NOTED_EVERY.total_seconds():
        session[SEEN], session[BEGUN] = at, begun
        _note(session.session_key, now)
    return False


def _note(session_key: str | None, now: dt.datetime) -> None:
    from allauth.usersessions.models import UserSession

    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


@dataclass(frozen=True)
class Device:
    """A place where a user is signed in."""

    id: int
    agent: str
    address: str
    since: dt.datetime
    seen: dt.datetime
    here: bool


def devices(user: User, session_key: str | None) -> list[Device]:
    """Where a user is signed in, this place first, then the latest seen."""
    from allauth.usersessions.models import UserSession

    found = [
        Device(one.pk, one.user_agent, one.ip, one.created_at, one.last_seen_at, one.session_key == session_key)
        for one in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda one: (not one.here, -one.seen.timestamp()))


def end(user: User, *, device_id: int | None = None, but: str | None = None) -> int:
    """Ends one device's session, or all of a user's but the one with the key `but`; returns how many."""
    from allauth.usersessions.models import UserSession

    rows = UserSession.objects.filter(user=user)
    rows = rows.exclude(session_key=but) if device_id is None else rows.filter(pk=device_id)
    ended = list(rows)
    for one in ended:
        one.end()
    return len(ended)


def moved(request: HttpRequest) -> None:
    """After a change of password this device goes on under a new session key."""
    from allauth.usersessions.models import UserSession

    UserSession.objects.create_from_request(request)
