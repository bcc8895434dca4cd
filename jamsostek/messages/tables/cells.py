"""What one cell means: amounts, dates, numbers of identity, sex, risk class, however people type them.

Each function takes a cell as calamine gives it (str, float, int, bool, date, datetime, time, timedelta) and returns a
`Reading`: the value, and the kind of problem ('' when there is none; with a value it is a warning). Kinds are those of
`problems.py`. Pure: the day to reckon two-digit years from is an argument.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH


class Reading(NamedTuple):
    """A cell understood. `daily` is true for an amount written per day."""

    value: Any
    problem: str = ""
    daily: bool = False


BLANK = Reading(None)
ERROR_TEXTS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"})
_AROUND = " \u00a0\t\r\n'’`\""
"""What is dropped around a value: blanks, and the quotes people type to keep a number as text."""
_DASHES = frozenset("-–—_.*=")
LOW_MONTHLY_RUPIAH = 100_000
"""Below this a monthly wage is probably written in thousands: a warning, never a refusal."""


def is_blank(cell: object) -> bool:
    """True for an empty cell, blanks and the dashes people type for nothing."""
    if type(cell) is str:
        text = cell.strip(_AROUND)
        return not text or set(text) <= _DASHES
    return cell is None


def text_of(cell: object) -> str:
    """A cell as the text a person sees: whole numbers without `.0`, dates as YYYY-MM-DD."""
    if type(cell) is str:
        return " ".join(cell.replace(" ", " ").split()).removeprefix("'")
    if type(cell) is float and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


# --- amounts ----------------------------------------------------------------------------------------------------------

_UNITS = {
    "jt": 1_000_000, "juta": 1_000_000, "rb": 1_000, "ribu": 1_000, "k": 1_000,
    "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12,
    "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12, "": 1,
}  # fmt: skip
# A bare M is left out: it is miliar to a bookkeeper and million to an English speaker. So is a T, which nobody agrees on.
_AMOUNT = re.compile(
    r"(?P<minus>-|\()?\s*(?:rp|idr)?\.?\s*(?P<minus2>-)?\s*(?P<number>\d[\d.,' ]*?)\s*"
    r"(?P<unit>juta|jt|ribu|rb|miliar|milyar|triliun|trilyun|thousand|million|billion|trillion|k)?\.?\s*"
    r"(?:,\s*-+|\.\s*-+|-)?\s*\)?\s*(?:rupiah|idr|rp)?\s*"
    r"(?P<per>(?:/|per|se)\s*(?:bulan|bln|month|hari|hr|day))?"
)


def amount(cell: Any, most: int = MAX_MONTHLY_RUPIAH) -> Reading:
    """Rupiah in a cell. Blank gives `BLANK`; a fraction is rounded half up with the warning wage_fraction.

    More than `most` is wage_too_large; the usual most is that of a month's wage.
    """
    kind = type(cell)
    if kind is float or kind is int:
        return _number(cell, most)
    if kind is str:
        return _written_amount(cell, most)
    if cell is None:
        return BLANK
    return Reading(None, "wage_text" if kind is bool else "wage_date")


def _number(number: float, most: int) -> Reading:
    if not math.isfinite(number):
        return Reading(None, "wage_text")
    if number < 0:
        return Reading(None, "wage_negative")
    if number > most:
        return Reading(None, "wage_too_large")
    whole = math.floor(number + 0.5)
    # A formula such as 0,1 × 45.000.000 leaves noise far below a rupiah; only a real fraction is worth a word.
    return Reading(whole, "wage_fraction" if abs(number - whole) > 1e-4 else "")


@lru_cache(maxsize=65536)
def _written_amount(text: str, most: int) -> Reading:
    if is_blank(text):
        return BLANK
    plain = " ".join(text.replace(" ", " ").strip().strip("'").lower().split())
    if plain.upper() in ERROR_TEXTS:
        return Reading(None, "wage_formula")
    found = _AMOUNT.fullmatch(plain) if len(plain) <= 60 else None
    if not found:
        return Reading(None, "wage_text")
    if found["minus"] or found["minus2"]:
        return Reading(None, "wage_negative")
    unit = found["unit"] or ""
    number = _digits(found["number"].replace(" ", "").replace("'", ""), unit)
    if number is None:
        return Reading(None, "wage_ambiguous")
    whole, fraction = number
    daily = bool(found["per"]) and found["per"].endswith(("hari", "hr", "day"))
    scaled = whole * _UNITS[unit] * 10 ** len(fraction) + int(fraction or 0) * _UNITS[unit]
    rupiah, rest = divmod(scaled, 10 ** len(fraction))
    if rupiah > most:
        return Reading(None, "wage_too_large")
    rounded = rupiah + (2 * rest >= 10 ** len(fraction))
    return Reading(rounded, "wage_fraction" if rest else "", daily)


def _digits(number: str, unit: str) -> tuple[int, str] | None:
    """Whole part and decimals of `4.500.000`, `4,500,000.00`, `4.500.000,00`, `4500000`, `4,5` (with a unit only).

    Three digits behind a single mark are a group (`4.500`, `4.500 ribu`), but decimals of millions (`4.500 juta`).
    """
    number = number.rstrip(".,")
    marks = [mark for mark in number if mark in ".,"]
    if not marks:
        return int(number), ""
    last = marks[-1]
    whole, _mark, decimals = number.rpartition(last)
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        grouped = marks.count(last) == 1 and re.fullmatch(rf"\d{{1,3}}(\{other}\d{{3}})+", whole)
        return (int(whole.replace(other, "")), decimals) if grouped and decimals.isdigit() else None
    if len(marks) == 1 and unit and (len(decimals) != 3 or _UNITS[unit] >= 1_000_000):
        return int(whole), decimals
    if re.fullmatch(rf"\d{{1,3}}(\{last}\d{{3}})+", number):
        return int(number.replace(last, "")), ""
    # `4500000.00` is a number typed with decimals; `4.5` could be anything, so it is asked for again.
    return (int(whole), decimals) if len(marks) == 1 and len(whole) > 3 and len(decimals) <= 2 else None


# --- dates ------------------------------------------------------------------------------------------------------------

_MONTH_WORDS = (
    "januari january jan", "februari february pebruari feb peb", "maret march mar mrt", "april apr", "mei may",
    "juni june jun", "juli july jul", "agustus august agust agus agu ags agt aug", "september sept sep",
    "oktober october okt oct", "november nopember nov nop", "desember december des dec",
)  # fmt: skip
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})(?:[t ]+00:00(?::00)?)?")
_WORDED = re.compile(r"(\d{1,2})[-/. ]*([a-z]{3,9})[-/., ]*(\d{4}|\d{2})")
_MONTH_WORD_FIRST = re.compile(r"([a-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})")
_EXCEL_EPOCH = dt.date(1899, 12, 30)


def birth_date(cell: object, today: dt.date) -> Reading:
    """A birth date in a cell: an Excel date, its bare serial number, or text; day before month, as Indonesia writes.

    A two-digit year is the latest that makes a person of at least ten on `today`. Problems: birth_date_unreadable,
    birth_date_impossible (31 February, the future, before 1900), birth_date_month_first (a warning).
    """
    return _named("birth_date", calendar_date(cell, FIRST_DATE, today, today.year - 10))


def work_date(cell: object, last: dt.date) -> Reading:
    """A day on which work begins or ends, typed like a birth date; a two-digit year is of the century that fits `last`.

    Problems: date_unreadable, date_impossible (31 February, before 1900, after `last`), date_month_first (a warning).
    """
    return _named("date", calendar_date(cell, FIRST_DATE, last, last.year))


def _named(prefix: str, reading: Reading) -> Reading:
    return Reading(reading.value, f"{prefix}_{reading.problem}") if reading.problem else reading


FIRST_DATE = dt.date(1900, 1, 1)


def calendar_date(cell: object, first: dt.date, last: dt.date, newest_year: int) -> Reading:
    """A day from `first` to `last` in a cell; two digits are the latest year not after `newest_year`.

    Problems: unreadable, impossible, month_first (a warning).
    """
    if isinstance(cell, dt.datetime):
        return _plausible(cell.date(), first, last)
    if isinstance(cell, dt.date):
        return _plausible(cell, first, last)
    if type(cell) is float or type(cell) is int:
        return _numeric_date(cell, first, last, newest_year)
    if type(cell) is str:
        return BLANK if is_blank(cell) else _written_date(cell, first, last, newest_year)
    return BLANK if cell is None else Reading(None, "unreadable")


def _numeric_date(number: float, first: dt.date, last: dt.date, newest_year: int) -> Reading:
    """A serial number of Excel, or the eight digits 17081990."""
    if 366 <= number <= 80_000:
        return _plausible(_EXCEL_EPOCH + dt.timedelta(days=int(number)), first, last)
    return _written_date(f"{number:08.0f}" if 10**6 <= number < 10**8 else "?", first, last, newest_year)


def _plausible(date: dt.date, first: dt.date, last: dt.date, warning: str = "") -> Reading:
    if date > last or date < first:
        return Reading(None, "impossible")
    return Reading(date, warning)


@lru_cache(maxsize=65536)
def _written_date(text: str, first: dt.date, last: dt.date, newest_year: int) -> Reading:
    plain = " ".join(text.replace(" ", " ").strip().strip("'").lower().split())
    parts = _date_parts(plain) or _date_parts(plain.rpartition(",")[2].strip())  # `Surabaya, 17 Agustus 1990`
    if parts is None:
        return Reading(None, "unreadable")
    day, month, year, year_digits = parts
    if year_digits == 2:
        year += 2000 if 2000 + year <= newest_year else 1900
    warning = ""
    if month > 12 >= day:
        day, month, warning = month, day, "month_first"
    try:
        return _plausible(dt.date(year, month, day), first, last, warning)
    except ValueError:
        return Reading(None, "impossible")


def _date_parts(text: str) -> tuple[int, int, int, int] | None:
    """Day, month, year and how many digits the year has."""
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3]), len(found[3])
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1]), 4
    if (found := _WORDED.fullmatch(text)) and found[2] in _MONTHS:
        return int(found[1]), _MONTHS[found[2]], int(found[3]), len(found[3])
    if (found := _MONTH_WORD_FIRST.fullmatch(text)) and found[1] in _MONTHS:
        return int(found[2]), _MONTHS[found[1]], int(found[3]), 4
    if re.fullmatch(r"\d{8}", text):  # 17081990, or 19900817 when the first cannot be
        day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
        return (day, month, year, 4) if year >= 1900 else (int(text[6:]), int(text[4:6]), int(text[:4]), 4)
    return None


# --- identity ---------------------------------------------------------------------------------------------------------

_FLOAT_TEXT = re.compile(r"\d[.,]\d+e\+?\d+")


def nik(cell: object) -> Reading:
    """The 16 digits of a NIK as text; problems nik_lost_digits, nik_length, nik_letters."""
    if type(cell) is str:
        text = cell.strip(_AROUND)
        if len(text) == 16 and text.isascii() and text.isdigit():
            return Reading(text)
        return _odd_nik(text)
    if type(cell) is float or type(cell) is int:
        return _numeric_nik(cell)
    return BLANK if cell is None else Reading(None, "nik_letters")


def _odd_nik(text: str) -> Reading:
    if is_blank(text):
        return BLANK
    if _FLOAT_TEXT.fullmatch(text.lower()):
        return Reading(None, "nik_lost_digits")
    digits = re.sub(r"[\s.\-  '/]", "", text.removesuffix(".0"))
    digits = re.sub(r"^(?i:nik|ktp|no)[:.]*", "", digits)
    if not (digits.isascii() and digits.isdigit()):
        return Reading(None, "nik_letters")
    return Reading(digits) if len(digits) == 16 else Reading(None, "nik_length")


def _numeric_nik(number: float) -> Reading:
    if not math.isfinite(number) or number != int(number) or number < 0:
        return Reading(None, "nik_letters")
    digits = str(int(number))
    if len(digits) != 16:
        return Reading(None, "nik_length")
    # Excel keeps 15 digits of a number and writes 0 for the 16th: a NIK that ends in 0 cannot be trusted here.
    return Reading(None, "nik_lost_digits") if digits.endswith("0") else Reading(digits)


def kpj(cell: object) -> Reading:
    """A participant number as text, blanks and dashes taken out; problem kpj_letters."""
    text = re.sub(r"[\s.\-  '/]", "", text_of(cell))
    if not text:
        return BLANK
    if not text.isascii() or not text.isalnum() or len(text) > 20 or not any(mark.isdigit() for mark in text):
        return Reading(None, "kpj_letters")
    return Reading(text.upper())


# --- choices ----------------------------------------------------------------------------------------------------------

_SEXES = {
    **dict.fromkeys(("l", "lk", "lki", "laki", "laki laki", "lakilaki", "pria", "cowok", "m", "male", "man"), "male"),
    **dict.fromkeys(("p", "pr", "prp", "perempuan", "wanita", "cewek", "w", "f", "female", "woman"), "female"),
}
_RISK_CLASSES = {
    **dict.fromkeys(("very low", "sangat rendah", "sr", "i", "1", "kelas i", "kelas 1", "0.24", "0.0024"), "very_low"),
    **dict.fromkeys(("low", "rendah", "r", "ii", "2", "kelas ii", "kelas 2", "0.54", "0.0054"), "low"),
    **dict.fromkeys(("medium", "sedang", "s", "iii", "3", "kelas iii", "kelas 3", "0.89", "0.0089"), "medium"),
    **dict.fromkeys(("high", "tinggi", "t", "iv", "4", "kelas iv", "kelas 4", "1.27", "0.0127"), "high"),
    **dict.fromkeys(("very high", "sangat tinggi", "st", "v", "5", "kelas v", "kelas 5", "1.74", "0.0174"), "very_high"),
}


def sex(cell: object) -> Reading:
    """'male' or 'female'; problem sex_unknown."""
    if is_blank(cell):
        return BLANK
    found = _SEXES.get(re.sub(r"[^a-z]+", " ", text_of(cell).lower()).strip())
    return Reading(found) if found else Reading(None, "sex_unknown")


def risk_class(cell: object) -> Reading:
    """One of the five classes by name, Roman or Arabic number, or its rate; problem risk_class_unknown."""
    if is_blank(cell):
        return BLANK
    text = re.sub(r"[\s_%\-]+", " ", text_of(cell).lower().replace(",", ".")).strip()
    found = _RISK_CLASSES.get(text)
    return Reading(found) if found else Reading(None, "risk_class_unknown")
