"""Who the people of a list are: NIK, KPJ, name, mother, birth, sex, age, ASN. Runs in the limited child.

What the NIK says is compared with the columns beside it; where they differ the sender is asked which is right.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np

from jamsostek.core.dates import NO_DATE, civil_from_days
from jamsostek.core.months import last_day
from jamsostek.core.nik import NikParts, decode, parse_niks
from jamsostek.core.regions import known_regions
from jamsostek.core.rupiah import Int64Array
from jamsostek.messages.roster import names
from jamsostek.messages.roster.choices import plain
from jamsostek.messages.roster.frame import Bools, Frame
from jamsostek.messages.roster.layouts import POSSIBLE_AGES, Ages
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

_EPOCH = dt.date(1970, 1, 1).toordinal()
_REPEATED = 1_111_111_111_111_111
_NOT_DIGITS = re.compile(r"\D")
_NIP = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d(?:0[1-9]|1[0-2])[12]\d{3}")
_OTHER_IDENTITY = re.compile(r"paspor|passport|kitas|kitap|sim\b|visa")
_COVERED_JOB = re.compile(
    r"\b(?:pns|asn|cpns|pppk|p3k|tni|polri|aparatur sipil negara|pegawai negeri(?: sipil)?|anggota polisi)\b"
    r"|^(?:polisi|tentara|prajurit)$"
)
_NOT_THE_JOB = re.compile(
    r"\b(?:non|bukan|eks|mantan|pensiunan|pensiun|purnawirawan|istri|isteri|suami|anak|honorer|kontrak|tenaga)\b"
)
"""Words that turn a job into another: `Non-ASN`, `pensiunan PNS`, `istri TNI`, `honorer di kantor Polri`."""


class People:
    """Reads who everybody is; problems go to the frame. Arrays have one entry for each person."""

    def __init__(self, frame: Frame, month: int, bpu_ages: Ages) -> None:
        self.frame = frame
        self.month = month
        self.bpu_ages = bpu_ages
        self.today = last_day(month)
        self.nik: list[str | None] = [None] * frame.size
        self.numbers: Int64Array = np.full(frame.size, -1, dtype=np.int64)
        self.kpj: list[str | None] = []
        self.name: list[str | None] = []
        self.mother: list[str | None] = []
        self.birth_day: Int64Array = np.full(frame.size, NO_DATE, dtype=np.int64)
        self.sex: list[str | None] = []

    def read(self, joining: Bools, numbered: Bools) -> None:
        """Everything; `joining`: rows that register somebody, `numbered`: rows about somebody already registered."""
        self._read_names()
        self._read_numbers(joining, numbered)
        parts = decode(np.where(self.numbers < 0, 0, self.numbers), self.month)
        self._check_numbers(parts)
        usable = (self.numbers >= 0) & parts.valid & ~self.frame.noted_at({"nik_repeated", "nik_two_people"})
        self._read_births(parts, usable, joining)
        self._read_sexes(parts, usable, joining)
        self._check_ages(joining)
        self._read_mothers(joining)
        self._check_asn()

    # --- numbers ---

    def _read_numbers(self, joining: Bools, numbered: Bools) -> None:
        foreign = self._foreigners()
        self._read_niks(foreign)
        self.kpj = self.frame.values("kpj", _kpj)
        unknown = np.fromiter((kpj is None for kpj in self.kpj), dtype=np.bool_, count=self.frame.size) & (self.numbers < 0)
        told = foreign | self.frame.noted_at({*_NIK_PROBLEMS, "cell_error", "kpj_letters", "kpj_length", "merged_cell"})
        self.frame.note("nik_missing", np.flatnonzero(unknown & joining & ~told), "nik")
        self.frame.note("person_unknown", np.flatnonzero(unknown & numbered & ~told), "nik")

    def _foreigners(self) -> Bools:
        """People whose identity document is no ID card."""
        found = np.zeros(self.frame.size, dtype=np.bool_)
        if self.frame.has("identity_type"):
            types = self.frame.cells("identity_type")
            other = {cell for cell in set(types) if _OTHER_IDENTITY.search(text_of(cell).lower())}
            found = np.fromiter((cell in other for cell in types), dtype=np.bool_, count=self.frame.size)
            self.frame.note("identity_not_nik", np.flatnonzero(found), "identity_type")
        return found

    def _read_niks(self, foreign: Bools) -> None:
        niks = self.frame.cells("nik")
        texts = [cell if type(cell) is str else "" for cell in niks]
        self.numbers = parse_niks(texts)
        odd: dict[str, list[int]] = {}
        self.nik = list(texts)
        for place in np.flatnonzero(self.numbers < 0).tolist():
            reading = _nik(niks[place])
            self.nik[place] = reading.value
            if reading.value:
                self.numbers[place] = int(reading.value)
            if reading.problem and not foreign[place]:
                odd.setdefault(reading.problem, []).append(place)
        for kind, places in odd.items():
            counted = [{"count": _digits(niks[place])} for place in places] if kind == "nik_length" else ()
            self.frame.note(kind, places, "nik", details=counted)

    def _check_numbers(self, parts: NikParts) -> None:
        given = self.numbers >= 0
        repeated = given & (self.numbers % _REPEATED == 0)
        self.frame.note("nik_repeated", np.flatnonzero(repeated), "nik")
        self.frame.note("nik_impossible", np.flatnonzero(given & ~parts.valid & ~repeated), "nik")
        usable = given & parts.valid & ~repeated
        self.frame.note("nik_region_unknown", np.flatnonzero(usable & ~known_regions(parts.region_code)), "nik")

    # --- names ---

    def _read_names(self) -> None:
        frame = self.frame
        self.name = frame.values("name", names.name)
        missing = np.fromiter((name is None for name in self.name), dtype=np.bool_, count=frame.size)
        frame.note("name_missing", np.flatnonzero(missing & ~frame.noted_at({"cell_error", "merged_cell"})), "name")

    def _read_mothers(self, joining: Bools) -> None:
        frame = self.frame
        mothers, odd = frame.readings("mother_name", names.name)
        unclear = sorted(place for places in odd.values() for place in places)
        for place in unclear:
            mothers[place] = None
        frame.note("mother_unclear", unclear, "mother_name")
        same = [at for at, (mother, name) in enumerate(zip(mothers, self.name, strict=True)) if mother and mother == name]
        for place in same:
            mothers[place] = None
        frame.note("mother_same", same, "mother_name")
        self.mother = mothers
        if not frame.layout.asks_mother or not joining.any():
            return
        if not frame.has("mother_name"):
            frame.note_sheet("mother_no_column")
            return
        left = {*unclear, *same}
        frame.note(
            "mother_missing",
            [place for place in np.flatnonzero(joining).tolist() if mothers[place] is None and place not in left],
            "mother_name",
        )

    # --- birth, sex, age ---

    def _read_births(self, parts: NikParts, usable: Bools, joining: Bools) -> None:
        frame = self.frame
        dates, odd = frame.readings("birth_date", lambda cell: cells.birth_date(cell, self.today))
        own = np.fromiter(
            (NO_DATE if date is None else date.toordinal() - _EPOCH for date in dates), dtype=np.int64, count=frame.size
        )
        self._note_births(odd, own, parts, usable)
        self.birth_day = np.where(own == NO_DATE, np.where(usable, parts.birth_day, NO_DATE), own)
        unknown = (self.birth_day == NO_DATE) & joining & ~frame.noted_at(_BIRTH_PROBLEMS | _NIK_PROBLEMS)
        frame.note("birth_date_missing", np.flatnonzero(unknown & (self.numbers < 0)), "birth_date")
        self._compare_births(own, parts, usable)

    def _note_births(self, odd: dict[str, list[int]], own: Int64Array, parts: NikParts, usable: Bools) -> None:
        """An unreadable date is an error, or with a NIK that tells it a warning."""
        for kind, places in odd.items():
            if kind == "birth_date_month_first":
                self.frame.note(kind, places, "birth_date", details=[{"used": _iso(own[place])} for place in places])
                continue
            known = [place for place in places if usable[place]]
            used = [{"used": _iso(parts.birth_day[place])} for place in known]
            self.frame.note("birth_date_from_nik", known, "birth_date", details=used)
            self.frame.note(kind, [place for place in places if not usable[place]], "birth_date")

    def _compare_births(self, own: Int64Array, parts: NikParts, usable: Bools) -> None:
        differs = usable & (own != NO_DATE) & (own != parts.birth_day)
        places = np.flatnonzero(differs)
        if not places.size:
            return
        ours, theirs = civil_from_days(own[places]), civil_from_days(parts.birth_day[places])
        swapped = (ours.year == theirs.year) & (ours.month == theirs.day) & (ours.day == theirs.month)
        for kind, chosen in (("birth_day_month_swapped", places[swapped]), ("nik_birth_differs", places[~swapped])):
            told = [{"from_nik": _iso(parts.birth_day[at]), "from_column": _iso(own[at])} for at in chosen]
            self.frame.note(kind, chosen, "birth_date", details=told)

    def _read_sexes(self, parts: NikParts, usable: Bools, joining: Bools) -> None:
        frame = self.frame
        sexes, odd = frame.readings("sex", cells.sex)
        from_nik = np.where(parts.is_female, "female", "male").tolist()
        unread = sorted(place for places in odd.values() for place in places)
        known = [place for place in unread if usable[place]]
        frame.note("sex_from_nik", known, "sex", details=[{"used": from_nik[place]} for place in known])
        frame.note("sex_unknown", [place for place in unread if not usable[place]], "sex")
        differs: list[int] = []
        missing: list[int] = []
        told = frame.noted_at(_NIK_PROBLEMS | {"sex_unknown"})
        for place, (sex, can_tell) in enumerate(zip(sexes, usable.tolist(), strict=True)):
            if sex is None and can_tell:
                sexes[place] = from_nik[place]
            elif sex is None and joining[place] and not told[place]:
                missing.append(place)
            elif can_tell and sex != from_nik[place]:
                differs.append(place)
        frame.note("sex_missing", missing, "sex")
        details = [{"from_nik": from_nik[place], "from_column": sexes[place]} for place in differs]
        frame.note("nik_sex_differs", differs, "sex", details=details)
        self.sex = sexes

    def _check_ages(self, joining: Bools) -> None:
        """Who cannot be at work, and in a list of BPU who is outside the law's ages; as of the month's last day."""
        known = self.birth_day != NO_DATE
        born = civil_from_days(np.where(known, self.birth_day, 0))
        had_birthday = born.month * 100 + born.day <= self.today.month * 100 + self.today.day
        age = self.today.year - born.year - ~had_birthday
        possible, bpu = POSSIBLE_AGES, self.bpu_ages
        # A birth date that contradicts the NIK is asked about first; its age says nothing.
        known &= joining & ~self.frame.noted_at({"nik_birth_differs", "birth_day_month_swapped"})
        self._note_age("age_below", known & (age < possible.at_least), age)
        self._note_age("age_above", known & (age >= possible.below), age)
        if self.frame.layout.for_bpu:
            known &= (age >= possible.at_least) & (age < possible.below)
            self._note_age("bpu_age_below", known & (age < bpu.at_least), age, bpu.at_least)
            self._note_age("bpu_age_above", known & (age >= bpu.below), age, bpu.below)

    def _note_age(self, kind: str, where: Bools, age: Int64Array, limit: int = 0) -> None:
        places = np.flatnonzero(where)
        field = "birth_date" if self.frame.has("birth_date") else "nik"
        details = [{"age": int(age[place]), "limit": limit} for place in places]
        self.frame.note(kind, places, field, details=details)

    # --- people of other schemes ---

    def _check_asn(self) -> None:
        frame = self.frame
        numbers = frame.cells("employee_number")
        nips = {cell for cell in set(numbers) if _is_nip(cell)}
        frame.note("asn_nip", [place for place, cell in enumerate(numbers) if cell in nips] if nips else (), "employee_number")
        for field in ("occupation", "segment"):
            jobs = frame.cells(field)
            covered = {cell for cell in set(jobs) if is_covered_job(cell)}
            frame.note("asn_job", [place for place, cell in enumerate(jobs) if cell in covered] if covered else (), field)


_NIK_PROBLEMS = frozenset({
    "nik_missing", "nik_lost_digits", "nik_length", "nik_letters", "nik_impossible", "nik_repeated", "nik_is_kpj",
    "nik_is_phone", "asn_nip", "identity_not_nik", "person_unknown",
})  # fmt: skip
_BIRTH_PROBLEMS = frozenset({"birth_date_unreadable", "birth_date_impossible", "cell_error", "merged_cell"})


def is_covered_job(cell: object) -> bool:
    """True for a job that names a civil servant, soldier or police officer and nothing that makes it another."""
    words = plain(cell)
    return bool(_COVERED_JOB.search(words)) and not _NOT_THE_JOB.search(words)


def _is_nip(cell: object) -> bool:
    return bool(_NIP.fullmatch(_NOT_DIGITS.sub("", text_of(cell))))


def _digits(cell: object) -> int:
    return len(_NOT_DIGITS.sub("", text_of(cell)))


def _nik(cell: Any) -> Reading:
    """A NIK that is not simply sixteen digits: understood, or with a word on what the number may be instead."""
    if cell in cells.ERROR_TEXTS:
        return Reading(None, "cell_error")
    reading = cells.nik(cell)
    if reading.problem != "nik_length":
        return reading
    digits = _NOT_DIGITS.sub("", text_of(cell))
    if len(digits) == 18 and _is_nip(digits):
        return Reading(None, "asn_nip")
    if 10 <= len(digits) <= 14 and digits.startswith(("08", "628")):
        return Reading(None, "nik_is_phone")
    return Reading(None, "nik_is_kpj" if len(digits) == 11 else "nik_length")


def _kpj(cell: object) -> Reading:
    """A participant number: eleven digits."""
    if is_blank(cell):
        return BLANK
    reading = cells.kpj(cell)
    if reading.value is None or not reading.value.isdigit():
        return Reading(None, "kpj_letters")
    return reading if len(reading.value) == 11 else Reading(None, "kpj_length")


def _iso(day: Any) -> str:
    return dt.date.fromordinal(int(day) + _EPOCH).isoformat()
