"""Rows of one list that are about the same person, number or account. Runs in the limited child."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from jamsostek.core.dates import NO_DATE
from jamsostek.messages.roster.frame import Frame
from jamsostek.messages.roster.names import same_key
from jamsostek.messages.roster.people import People
from jamsostek.messages.roster.titles import RETURNED


class Twins:
    """Finds rows that repeat each other; a problem names the row it is about by `first_row`, a place for now."""

    def __init__(self, frame: Frame, people: People, activity: Sequence[str | None]) -> None:
        self.frame = frame
        self.people = people
        self.activity = activity
        self.names = [same_key(name) if name else "" for name in people.name]

    def note(self, accounts: Sequence[str | None]) -> None:
        """Notes every kind of repetition; nearly all rows repeat nothing and cost one look."""
        told: set[int] = set()
        for places in self._repeated_numbers():
            told.update(self._note_number(places))
        for places in _repeated(self.people.kpj, self.activity):
            self._later("kpj_duplicate", [place for place in places if place not in told], "kpj")
        self._note_same_people()
        for places in _repeated(accounts):
            others = [place for place in places if self._number(place) != self._number(places[0])]
            self._note("account_shared", others, places[:1] * len(others), "account")

    def _number(self, place: int) -> tuple[int, str | None]:
        """What tells one person from another: rows of the same person may name the same account."""
        return int(self.people.numbers[place]), self.people.kpj[place]

    def _repeated_numbers(self) -> Iterator[list[int]]:
        """The places of each NIK that stands in more than one row."""
        numbers = self.people.numbers
        order = np.argsort(numbers, kind="stable")
        same = (numbers[order][1:] == numbers[order][:-1]) & (numbers[order][1:] >= 0)
        groups: dict[int, list[int]] = {}
        for place in sorted({*order[1:][same].tolist(), *order[:-1][same].tolist()}):
            groups.setdefault(int(numbers[place]), []).append(place)
        yield from groups.values()

    def _note_number(self, places: list[int]) -> Iterable[int]:
        """Two names under one NIK hold both rows back; one name's later rows of the same activity are too many."""
        if len({self.names[place] for place in places if self.names[place]}) > 1:
            others = [places[0 if place != places[0] else 1] for place in places]
            self._note("nik_two_people", places, others, "nik")
            return places
        first: dict[Any, int] = {}
        for place in places:
            before = first.setdefault(self.activity[place], place)
            if before != place:
                self._note("row_repeated" if self._same(before, place) else "nik_duplicate", [place], [before], "nik")
        return places

    def _same(self, one: int, other: int) -> bool:
        """True when two rows say the same; their running numbers differ anyway."""
        counted = [place for place, field in enumerate(self.frame.header.fields) if field not in ("", "number", RETURNED)]
        return all(self.frame.rows[one][place] == self.frame.rows[other][place] for place in counted)

    def _note_same_people(self) -> None:
        """One name and birth date under two NIKs: a slip of the pen, or two people; only a person can tell."""
        people = self.people
        days = people.birth_day.tolist()
        keys = [
            (name, day) if name and day != NO_DATE and number >= 0 else None
            for name, day, number in zip(self.names, days, people.numbers.tolist(), strict=True)
        ]
        for places in _repeated(keys):
            first = places[0]
            others = [place for place in places if people.numbers[place] != people.numbers[first]]
            self._note("same_person", others, [first] * len(others), "name")

    def _later(self, kind: str, places: list[int], field: str) -> None:
        self._note(kind, places[1:], places[:1] * (len(places) - 1), field)

    def _note(self, kind: str, places: Sequence[int], others: Sequence[int], field: str) -> None:
        self.frame.note(kind, places, field, details=[{"first_row": other} for other in others])


def _repeated(values: Sequence[Hashable | None], *more: Sequence[Hashable]) -> Iterator[list[int]]:
    """The places of each value (together with those of `more`) that stands in more than one row; None is no value."""
    first: dict[Hashable, int] = {}
    groups: dict[Hashable, list[int]] = {}
    keys: Iterable[Any] = zip(values, *more, strict=True) if more else values
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        if value is None:
            continue
        before = first.setdefault(key, place)
        if before != place:
            groups.setdefault(key, [before]).append(place)
    yield from groups.values()
