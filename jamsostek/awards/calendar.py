"""Appointments as iCalendar text (RFC 5545): CRLF, lines of at most 75 bytes, escaped text. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

MOST_BYTES = 75
"""Of a line, without its end (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Appointment:
    """When, where and what; moments with their zone. `stamp` is when it was last written, `number` how often it was moved."""

    key: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    description: str
    location: str
    stamp: dt.datetime
    cancelled: bool = False
    number: int = 0
    url: str = ""


def icalendar(appointments: Iterable[Appointment], name: str) -> bytes:
    """The calendar as bytes of a `.ics` file; moments in UTC, so that every calendar agrees."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jamsostek//Paritrana//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for one in appointments:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def _event(one: Appointment) -> list[str]:
    found = [
        "BEGIN:VEVENT",
        f"UID:{one.key}@jamsostek.invalid",
        f"DTSTAMP:{_moment(one.stamp)}",
        f"DTSTART:{_moment(one.starts_at)}",
        f"DTEND:{_moment(one.ends_at)}",
        f"SEQUENCE:{one.number}",
        f"SUMMARY:{escaped(one.summary)}",
        f"DESCRIPTION:{escaped(one.description)}",
        f"LOCATION:{escaped(one.location)}",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
    ]
    return [*found, *([f"URL:{one.url}"] if one.url else []), "END:VEVENT"]


def escaped(text: str) -> str:
    """A text as a property holds it."""
    return text.translate(_ESCAPES)


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, never inside a letter; those after the first begin with a space, which is counted."""
    pieces, piece, size = [], "", 0
    for letter in line:
        bytes_ = len(letter.encode())
        if size + bytes_ > MOST_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += bytes_
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _moment(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
