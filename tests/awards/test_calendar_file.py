"""The calendar file is well formed: ends of lines, folds, escapes."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from jamsostek.awards.calendar import MOST_BYTES, Appointment, escaped, folded, icalendar

AT = dt.datetime(2027, 3, 5, 2, 30, tzinfo=dt.UTC)


def one(summary: str = "Wawancara", **given: object) -> Appointment:
    facts = {"description": "", "location": "Ruang A", "stamp": AT} | given
    return Appointment("abc", AT, AT + dt.timedelta(minutes=45), summary, **facts)  # type: ignore[arg-type]


def test_an_appointment_as_a_calendar_reads_it() -> None:
    text = icalendar([one("Bupati; wali kota, dan\nlain\\nya")], "Paritrana")
    assert text.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert b"SUMMARY:Bupati\\; wali kota\\, dan\\nlain\\\\nya\r\n" in text
    assert b"DTSTART:20270305T023000Z\r\nDTEND:20270305T031500Z\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b"STATUS:CANCELLED\r\n" in icalendar([one(cancelled=True)], "Paritrana")


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=400))
def test_a_long_line_is_folded_within_its_bytes_and_unfolds_to_itself(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    lines = folded(line).encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(piece) <= MOST_BYTES for piece in lines)
    assert folded(line).replace("\r\n ", "").removesuffix("\r\n") == line
