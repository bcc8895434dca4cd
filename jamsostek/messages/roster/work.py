"""What is reported of the people of a list: activity, dates, reason of leaving, wage, segment, occupation.

Runs in the limited child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from jamsostek.core.dates import NO_DATE, civil_from_days, days_from_civil
from jamsostek.core.months import add_months, first_day, last_day
from jamsostek.core.rupiah import Int64Array
from jamsostek.messages.roster import choices
from jamsostek.messages.roster.frame import Bools, Frame
from jamsostek.messages.roster.layouts import EXPECTED, JOINING, POSSIBLE_AGES
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of
from jamsostek.messages.tables.vocabulary import WAGE_FIELDS
from jamsostek.messages.tables.wages import WageReader, column_notes, wage_columns

MOST_LETTERS = 200
_EPOCH = dt.date(1970, 1, 1).toordinal()
_CODES: dict[str | None, int] = {activity: code for code, activity in enumerate(choices.ACTIVITIES, 1)}


class Work:
    """Reads what is reported of everybody; problems go to the frame. Arrays have one entry for each person."""

    def __init__(self, frame: Frame, month: int, register_days: int) -> None:
        self.frame = frame
        self.month = month
        self.register_days = register_days
        self.latest = last_day(add_months(month, 1))
        self.activity: list[str | None] = []
        self._codes = np.zeros(frame.size, dtype=np.int8)
        self.leave_reason: list[str | None] = []
        self.start: Int64Array = np.full(frame.size, NO_DATE, dtype=np.int64)
        self.end: Int64Array = np.full(frame.size, NO_DATE, dtype=np.int64)
        self.wage: list[int | None] = [None] * frame.size
        self.daily_wage: list[int | None] = [None] * frame.size
        self.income: list[int | None] = [None] * frame.size
        self.segment: list[str | None] = []
        self.texts: dict[str, list[str | None]] = {}

    def does(self, *activities: str) -> Bools:
        """The rows of these activities."""
        return np.isin(self._codes, [_CODES[activity] for activity in activities])

    # --- activity ---

    def read_activities(self) -> None:
        """What each row reports: read first, for what else must be there depends on it."""
        frame = self.frame
        activities, odd = frame.readings("activity", lambda cell: choices.choice("activity", cell))
        activity_cells = frame.cells("activity")
        for kind, places in odd.items():
            frame.note(kind, places, "activity", details=[choices.among("activity", activity_cells[place]) for place in places])
        unread = {place for places in odd.values() for place in places}
        leaves, known = self._mentions_leaving(), self._known()
        inferred: list[int] = []
        unclear: list[int] = []
        elsewhere: list[int] = []
        for place, activity in enumerate(activities):
            if activity is None and place not in unread:
                activities[place] = "leave" if leaves[place] else "wage" if known[place] else "join"
                if leaves[place]:
                    inferred.append(place)
            elif activity is not None and activity not in frame.layout.activities:
                elsewhere.append(place)
            elif activity not in (None, "leave") and leaves[place]:
                unclear.append(place)
        frame.note("activity_inferred", inferred, "activity")
        frame.note("activity_unclear", unclear, "activity")
        offered = choices.among("activity", values=frame.layout.activities)
        frame.note("activity_not_here", elsewhere, "activity", details=[offered] * len(elsewhere))
        self.activity = activities
        self._codes = np.fromiter((_CODES.get(one, 0) for one in activities), dtype=np.int8, count=frame.size)

    def _known(self) -> list[bool]:
        """Who works on where nothing is said: in a month's whole list everybody with a KPJ."""
        if not self.frame.layout.presumes_known:
            return [False] * self.frame.size
        return [not is_blank(kpj) for kpj in self.frame.cells("kpj")]

    def _mentions_leaving(self) -> list[bool]:
        ends, reasons = self.frame.cells("end_date"), self.frame.cells("leave_reason")
        filled = {cell: not is_blank(cell) for cell in {*ends, *reasons}}
        return [filled[end] or filled[reason] for end, reason in zip(ends, reasons, strict=True)]

    # --- everything else ---

    def read(self, birth_day: Int64Array) -> None:
        """Dates, reasons, wages, segments and texts."""
        self._read_starts(birth_day)
        self._read_ends()
        self._read_reasons()
        if self.frame.layout.has("wage"):
            self._read_wages()
        if self.frame.layout.has("income"):
            self.income = self._incomes()
        self.segment = self._chosen("segment")
        for field in ("birth_place", "address", "district", "village", "unit", "occupation"):
            self.texts[field] = self.frame.values(field, text)
        if not self.frame.has("birth_place"):
            self.texts["birth_place"] = [_place_before(cell) for cell in self.frame.cells("birth_date")]
        self._check_occupations()

    def _dates(self, field: str) -> Int64Array:
        values, odd = self.frame.readings(field, lambda cell: cells.work_date(cell, self.latest))
        for kind, places in odd.items():
            detail = [{"latest": self.latest.isoformat(), "used": _day(values[place])} for place in places]
            self.frame.note(kind, places, field, details=detail)
        days = (NO_DATE if value is None else value.toordinal() - _EPOCH for value in values)
        return np.fromiter(days, dtype=np.int64, count=self.frame.size)

    def _read_starts(self, birth_day: Int64Array) -> None:
        frame = self.frame
        joining = self.does("join")
        self.start = self._dates("start_date")
        field = frame.layout.field("start_date")
        if field is not None and field.need == JOINING:
            if frame.has("start_date"):
                unread = frame.noted_at({"date_unreadable", "date_impossible", "cell_error", "merged_cell"})
                frame.note("start_missing", np.flatnonzero(joining & (self.start == NO_DATE) & ~unread), "start_date")
                self._note_late(joining)
            elif joining.any():
                first = first_day(self.month)
                self.start = np.where(joining, first.toordinal() - _EPOCH, NO_DATE)
                frame.note_sheet("start_from_month", used=first.isoformat())
        self._note_too_young(joining, birth_day)

    def _note_late(self, joining: Bools) -> None:
        """One word for the sheet: when a firm's whole staff is sent for the first time, every row began long ago."""
        in_time = first_day(self.month).toordinal() - _EPOCH - self.register_days
        late = joining & (self.start != NO_DATE) & (self.start < in_time)
        if late.any():
            earliest = dt.date.fromordinal(int(self.start[late].min()) + _EPOCH).isoformat()
            told = {"count": int(late.sum()), "used": earliest, "limit": self.register_days}
            self.frame.note_sheet("start_long_ago", column=self.frame.column("start_date"), **told)

    def _note_too_young(self, joining: Bools, birth_day: Int64Array) -> None:
        known = joining & (self.start != NO_DATE) & (birth_day != NO_DATE)
        born = civil_from_days(np.where(known, birth_day, 0))
        # 29 February turns fifteen on 1 March of a common year; one day more does no harm here.
        fifteen = days_from_civil(born.year + POSSIBLE_AGES.at_least, born.month, born.day)
        told = self.frame.noted_at({"age_below"})
        places = np.flatnonzero(known & (self.start < fifteen) & ~told)
        used = [{"used": dt.date.fromordinal(int(fifteen[place]) + _EPOCH).isoformat()} for place in places]
        self.frame.note("start_too_young", places, "start_date", details=used)

    def _read_ends(self) -> None:
        frame = self.frame
        leaving = self.does("leave")
        self.end = self._dates("end_date")
        unread = frame.noted_at({"date_unreadable", "date_impossible", "cell_error", "merged_cell"})
        frame.note("end_missing", np.flatnonzero(leaving & (self.end == NO_DATE) & ~unread), "end_date")
        both = leaving & (self.start != NO_DATE) & (self.end != NO_DATE)
        places = np.flatnonzero(both & (self.end < self.start))
        used = [{"used": dt.date.fromordinal(int(self.start[place]) + _EPOCH).isoformat()} for place in places]
        frame.note("leave_before_join", places, "end_date", details=used)

    def _read_reasons(self) -> None:
        frame = self.frame
        self.leave_reason = self._chosen("leave_reason")
        leaving = self.does("leave").tolist()
        told = frame.noted_at({"leave_reason_unknown", "cell_error", "merged_cell"}).tolist()
        missing = [at for at, reason in enumerate(self.leave_reason) if leaving[at] and reason is None and not told[at]]
        frame.note("leave_reason_missing", missing, "leave_reason", details=[choices.among("leave_reason")] * len(missing))
        died = [at for at, reason in enumerate(self.leave_reason) if leaving[at] and reason == "died"]
        frame.note("leave_died", died, "leave_reason")

    def _chosen(self, field: str) -> list[str | None]:
        return chosen(self.frame, field)

    # --- money ---

    def _read_wages(self) -> None:
        frame = self.frame
        trainee = np.fromiter(
            (one.value == "trainee" for one in map(_segment, frame.cells("segment"))), dtype=np.bool_, count=frame.size
        )
        needed = self.does("join", "wage")
        if not frame.has(*WAGE_FIELDS):
            frame.note("wage_missing", np.flatnonzero(needed & ~trainee), None)
            return
        plan = wage_columns(frame.header)
        for column, kind, titles in column_notes(frame.header, plan):
            frame.note_sheet(kind, titles, column=column)
        # A trainee may have no wage; whatever is written is read.
        filled = np.zeros(frame.size, dtype=np.bool_)
        for column in plan.sources:
            filled |= np.fromiter((not is_blank(row[column]) for row in frame.rows), dtype=np.bool_, count=frame.size)
        also = self.does("leave") & filled if frame.layout.presumes_known else np.zeros(frame.size, dtype=np.bool_)
        people = np.flatnonzero(needed & (filled | ~trainee) | also).tolist()
        noted = _WageNotes()
        monthly, daily = WageReader(plan, frame.rows, people, noted).read()
        noted.tell(frame)
        for place, wage, by_day in zip(people, monthly, daily, strict=True):
            self.wage[place], self.daily_wage[place] = wage, by_day

    def _incomes(self) -> list[int | None]:
        values, odd = self.frame.readings("income", cells.amount)
        unclear = sorted(place for places in odd.values() for place in places if values[place] is None)
        self.frame.note("income_unclear", unclear, "income")
        return values

    def _check_occupations(self) -> None:
        frame = self.frame
        field = frame.layout.field("occupation")
        if field is None or field.need != EXPECTED or not frame.has("occupation"):
            return
        joining = self.does("join").tolist()
        missing = [at for at, job in enumerate(self.texts["occupation"]) if job is None and joining[at]]
        frame.note("occupation_missing", missing, "occupation")


class _WageNotes:
    """Problems of wages as the wage reader tells them, gathered by kind and column for the frame."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], list[tuple[int, Any, Mapping[str, Any]]]] = {}

    def __call__(self, place: int, column: int, kind: str, value: Any, **detail: Any) -> None:
        self.found.setdefault((kind, column), []).append((place, value, detail))

    def tell(self, frame: Frame) -> None:
        """Notes them all; a formula in error is told as such by every column."""
        for (kind, column), notes in self.found.items():
            called = "cell_error" if kind == "wage_formula" else kind
            details = [detail for _place, _value, detail in notes]
            frame.note(called, [place for place, _value, _detail in notes], None, column=column, details=details)


def chosen(frame: Frame, field: str) -> list[str | None]:
    """A field's choices; an unknown word is noted with the nearest one."""
    return frame.values(field, lambda cell: choices.choice(field, cell), lambda cell: choices.among(field, cell))


def text(cell: Any) -> Reading:
    """A text as it stands, without needless blanks; None for none; problem text_long, cut off."""
    if type(cell) is str and len(cell) <= MOST_LETTERS and cell[:1].isalnum() and cell.isprintable() and "  " not in cell:
        return Reading(cell.rstrip())
    if is_blank(cell):
        return BLANK
    whole = text_of(cell)
    return Reading(whole) if len(whole) <= MOST_LETTERS else Reading(whole[:MOST_LETTERS], "text_long")


def _place_before(cell: Any) -> str | None:
    """The place of `Sidoarjo, 17-08-1990`, which forms ask for in one cell."""
    place = cell.rpartition(",")[0].strip() if type(cell) is str and "," in cell else ""
    return text_of(place) if place and not any(mark.isdigit() for mark in place) else None


def _segment(cell: object) -> Reading:
    return choices.choice("segment", cell)


def _day(value: dt.date | None) -> str:
    return "" if value is None else value.isoformat()
