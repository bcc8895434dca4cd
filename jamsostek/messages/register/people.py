"""Who the people of a chunk are: name, NIK, KK, birth, sex, mother, telephone. Runs in the limited child."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import NO_DATE, civil_from_days
from jamsostek.core.nik import NikParts, decode
from jamsostek.core.regions import PROVINCES, known_regions
from jamsostek.core.rupiah import Int64Array
from jamsostek.messages.register import births, names, numbers, words
from jamsostek.messages.register.columns import NUMBER, TEXT, Column
from jamsostek.messages.register.frame import Bools, Frame, where
from jamsostek.messages.roster import contacts

_EPOCH = dt.date(1970, 1, 1).toordinal()
_REPEATED = 1_111_111_111_111_111
_BABY_DAYS = 366
_NEARLY_HUNDRED_DAYS = 98 * 365
_CUT_SHARE, _CUT_AT_LEAST = 0.8, 20
_SHIFTED_LETTERS = r"^[A-Za-z .,']{4,}$"
_PHONE = r"^08[0-9]{8,11}$"


class People:
    """Reads who everybody is; problems go to the frame. Arrays and lists have one entry for each row."""

    def __init__(self, frame: Frame, month: int, today: dt.date) -> None:
        self.frame = frame
        self.month = month
        self.today = today
        self.day = today.toordinal() - _EPOCH
        self.name: list[Any] = []
        self.death_hint: Bools = np.zeros(frame.size, dtype=np.bool_)
        self.number: Int64Array = np.full(frame.size, -1, dtype=np.int64)
        self.nik_state = np.full(frame.size, "missing", dtype=object)
        self.nik_written: list[Any] = []
        self.birth_day: Int64Array = np.full(frame.size, NO_DATE, dtype=np.int64)

    def read(self) -> None:
        """Everything."""
        self._read_names()
        self._read_niks()
        parts = self._check_niks()
        self._read_births(parts)
        self._compare_births(parts)
        self._read_sexes(parts)
        self._read_mothers()
        self._read_cards()
        self.phone = self._phones()

    # --- names ---

    def _read_names(self) -> None:
        frame = self.frame
        self.name, told = frame.read("name", names.name, names.PLAIN, names.UNLIKE)
        shifted = self._shifted()
        frame.note("columns_shifted", np.flatnonzero(shifted), "name")
        for kind, places in told.items():
            frame.note(kind, places[~shifted[places]], "name")
        self.death_hint[told.get("deceased", np.empty(0, dtype=np.int64))] = True
        missing = np.fromiter((not name for name in self.name), dtype=np.bool_, count=frame.size)
        for places in told.values():
            missing[places] = False
        frame.note("name_missing", np.flatnonzero(missing & ~shifted), "name")

    def _shifted(self) -> Bools:
        """A number of identity in the name's column and letters in the NIK's."""
        frame = self.frame
        if not frame.has("nik"):
            return np.zeros(frame.size, dtype=np.bool_)
        long = where(pc.match_substring_regex(frame.texts("name"), r"^'?[0-9]{12,}$"))
        return long & where(pc.match_substring_regex(frame.texts("nik"), _SHIFTED_LETTERS)) if long.any() else long

    # --- NIK ---

    def _read_niks(self) -> None:
        frame = self.frame
        column = frame.column("nik")
        plain = where(pc.match_substring_regex(column.text, numbers.PLAIN)) & column.is_kind(TEXT)
        found = pc.if_else(pa.array(plain), column.text, pa.scalar("-1"))
        self.number = found.cast(pa.int64()).to_numpy(zero_copy_only=False).copy()
        self.nik_state[plain] = "ok"
        self.nik_written, told = frame.read("nik", numbers.nik, numbers.PLAIN)
        shifted = frame.noted_at({"columns_shifted"})
        self._take_odd(column, plain)
        for kind, places in told.items():
            places = places[~shifted[places]]
            counted = kind in ("nik_short", "nik_long")
            details = [{"count": numbers.digits_in(self.nik_written[at])} for at in places] if counted else ()
            frame.note(kind, places, "nik", details=details)
            self._state(kind, places)
        self._note_missing(plain)

    def _take_odd(self, column: Column, plain: Bools) -> None:
        """Numbers that were not plain text and still are sixteen digits."""
        odd = np.flatnonzero(where(column.text.is_valid()) & ~plain).tolist()
        memo = self.frame.memo.get("nik", {})
        for place in odd:
            key = (column.text[place].as_py(), TEXT if column.kind is None else int(column.kind[place]))
            reading = memo[key]
            if reading.value and (not reading.problem or reading.problem in numbers.USABLE):
                self.number[place] = int(reading.value)
                self.nik_state[place] = "repaired" if reading.problem or key[1] == NUMBER else "ok"

    def _note_missing(self, plain: Bools) -> None:
        frame = self.frame
        if not frame.has("nik"):
            return
        empty = ~plain & where(frame.texts("nik").is_null())
        frame.note("nik_missing", np.flatnonzero(empty & ~frame.noted_at({"cell_error"})), "nik")

    def _state(self, kind: str, places: Any) -> None:
        if kind not in numbers.USABLE:
            self.nik_state[places] = kind.removeprefix("nik_").replace("lost_digits", "cut")

    def _drop(self, kind: str, dropped: Bools) -> None:
        """Notes numbers that cannot be a person's and counts on them no more."""
        places = np.flatnonzero(dropped)
        self.frame.note(kind, places, "nik")
        self._state(kind, places)
        self.number[dropped] = -1

    def _check_niks(self) -> NikParts:
        number = self.number
        self._drop("nik_repeated", (number > 0) & (number % _REPEATED == 0))
        self._drop("nik_filler", np.isin(number, list(numbers.FILLERS)) | (number == 0))
        province = number // 10**14
        self._drop("nik_province_unknown", (number >= 0) & ~np.isin(province, list(PROVINCES)))
        self._drop_cut()
        parts = decode(np.where(number < 0, 0, number), self.month)
        self._drop("nik_impossible", (number >= 0) & ~parts.valid)
        usable = number >= 0
        self.frame.note("nik_region_unknown", np.flatnonzero(usable & ~known_regions(parts.region_code)), "nik")
        return parts

    def _drop_cut(self) -> None:
        """A column whose numbers nearly all end in 0 has been through a spreadsheet; serial 0000 is nobody's and not counted."""
        given = (self.number >= 0) & (self.number % 10_000 != 0)
        ends = given & (self.number % 10 == 0)
        if given.sum() >= _CUT_AT_LEAST and ends.sum() >= _CUT_SHARE * given.sum():
            self._drop("nik_column_cut", ends)
            self.nik_state[ends] = "cut"

    # --- birth ---

    def _read_births(self, parts: NikParts) -> None:
        frame = self.frame
        dates, told = frame.read("birth_date", lambda cell: births.birth_date(cell, self.today))
        self.birth_day = np.fromiter(
            (NO_DATE if date is None else date.toordinal() - _EPOCH for date in dates), dtype=np.int64, count=frame.size
        )
        agrees = (self.number >= 0) & (self.birth_day == parts.birth_day)
        for kind, places in told.items():
            if kind == "birth_date_default":
                places = places[~agrees[places]]
                self.birth_day[places] = NO_DATE
            given = kind in ("birth_date_two_digits", "birth_date_month_first")
            details: list[dict[str, Any]] = [{"used": _iso(self.birth_day[at])} for at in places] if given else []
            if kind == "birth_date_future":
                details = [{"latest": self.today.isoformat()}] * len(places)
            frame.note(kind, places, "birth_date", details=details)

    def _compare_births(self, parts: NikParts) -> None:
        frame, own, usable = self.frame, self.birth_day, self.number >= 0
        agrees = usable & (own == parts.birth_day)
        age = self.day - parts.birth_day
        baby = usable & ~agrees & (age <= _BABY_DAYS)
        told = [{"from_nik": _iso(parts.birth_day[at])} for at in np.flatnonzero(baby)]
        frame.note("nik_baby", np.flatnonzero(baby), "nik", details=told)
        year = self.number // 10**4 % 100
        ahead = usable & ~agrees & (year == (self.today.year + 1) % 100) & (age > _NEARLY_HUNDRED_DAYS)
        frame.note(
            "nik_year_ahead", np.flatnonzero(ahead), "nik", details=[{"count": int(year[at])} for at in np.flatnonzero(ahead)]
        )
        places = np.flatnonzero(usable & (own != NO_DATE) & ~agrees & ~baby & ~ahead)
        if not places.size:
            return
        ours, theirs = civil_from_days(own[places]), civil_from_days(parts.birth_day[places])
        swapped = (ours.year == theirs.year) & (ours.month == theirs.day) & (ours.day == theirs.month)
        for kind, chosen in (("birth_day_month_swapped", places[swapped]), ("nik_birth_differs", places[~swapped])):
            details = [{"from_nik": _iso(parts.birth_day[at]), "from_column": _iso(own[at])} for at in chosen]
            frame.note(kind, chosen, "birth_date", details=details)

    # --- sex, mother, cards, telephone ---

    def _read_sexes(self, parts: NikParts) -> None:
        frame = self.frame
        self.sex = frame.values("sex", words.sex)
        said = np.fromiter((one == "female" for one in self.sex), dtype=np.bool_, count=frame.size)
        known = np.fromiter((one is not None for one in self.sex), dtype=np.bool_, count=frame.size)
        differs = np.flatnonzero(known & (self.number >= 0) & (said != parts.is_female))
        sexes = ("male", "female")
        details = [{"from_nik": sexes[int(parts.is_female[at])], "from_column": self.sex[at]} for at in differs]
        frame.note("nik_sex_differs", differs, "sex", details=details)

    def _read_mothers(self) -> None:
        frame = self.frame
        self.mother, told = frame.read("mother_name", names.name, names.PLAIN, names.UNLIKE)
        kept = ("name_long", "deceased")  # a mother may have died
        unclear = np.array(sorted(int(at) for kind, places in told.items() if kind not in kept for at in places), dtype=np.int64)
        for place in unclear:
            self.mother[place] = None
        frame.note("mother_unclear", unclear, "mother_name")
        same = [
            at for at, (one, other) in enumerate(zip(self.mother, self.name, strict=True)) if one and other and _same(one, other)
        ]
        for place in same:
            self.mother[place] = None
        frame.note("mother_same", same, "mother_name")

    def _read_cards(self) -> None:
        frame = self.frame
        self.card = frame.values("kk", numbers.kk, numbers.PLAIN)
        niks = self.nik()
        same = [at for at, (card, nik) in enumerate(zip(self.card, niks, strict=True)) if card is not None and card == nik]
        for place in same:
            self.card[place] = None
        frame.note("kk_same_as_nik", same, "kk")

    def _phones(self) -> list[Any]:
        found = self.frame.values("phone", contacts.phone, _PHONE)
        return [f"+62{one[1:]}" if one is not None and one[0] == "0" else one for one in found]

    def nik(self) -> list[str | None]:
        """The numbers that can be a person's, as text."""
        return [str(number) if number >= 0 else None for number in self.number.tolist()]

    def written(self) -> list[str | None]:
        """What stood in the NIK's column where the number does not count."""
        return [
            one if number < 0 and type(one) is str else None
            for one, number in zip(self.nik_written, self.number.tolist(), strict=True)
        ]


def _same(one: str, other: str) -> bool:
    return len(one) == len(other) and one.casefold() == other.casefold()


def _iso(day: Any) -> str:
    return dt.date.fromordinal(int(day) + _EPOCH).isoformat()
