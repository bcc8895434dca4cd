"""What a column holds by its cells alone: digits that are a NIK or a family card, dates, L/P, deciles, codes, telephones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from jamsostek.core.nik import decode, parse_niks
from jamsostek.core.regions import known_regions
from jamsostek.messages.register import births, words
from jamsostek.messages.register.titles import PLACE_AND_DATE
from jamsostek.messages.roster import contacts
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.cells import is_blank, text_of

_MOSTLY = 0.7
_LATEST_MONTH = 210001
_TODAY = dt.date(2100, 1, 1)
_FIRST_CARDS = 1996
"""Family cards with sixteen digits carry the day they were printed, not a birth date."""
_PLACE_DATE = re.compile(r"[A-Za-z .'()]{3,}\s*[,/.]\s*(\d{1,2}\W.+|\d{4}-.+)")
_NAME = re.compile(r"[A-Za-z][A-Za-z .,']{2,59}")
_VILLAGE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?[12]\d{3}")


def guess(values: Sequence[Any]) -> tuple[str, float]:
    """The field a column's cells look like, and the share of cells that do; ('', 0) where nothing does."""
    filled = [value for value in values if not is_blank(value)]
    if len(filled) < 2:
        return "", 0.0
    for field, test in _TESTS:
        share = sum(map(test, filled)) / len(filled)
        if share >= _MOSTLY:
            if field == "nik":
                return _nik_or_card(filled), share
            if field == "name" and len(set(map(text_of, filled))) < _MOSTLY * len(filled):
                continue
            if field == "decile" and (len(set(map(text_of, filled))) < 3 or _runs_on(filled)):
                continue
            return field, share
    return "", 0.0


def _nik_or_card(values: Sequence[Any]) -> str:
    """Women's days above forty and dates of birth before cards were printed make a NIK; families repeat their card."""
    numbers = parse_niks([re.sub(r"\D", "", text_of(value)) for value in values])
    parts = decode(np.where(numbers < 0, 0, numbers), _LATEST_MONTH)
    valid = parts.valid & (numbers >= 0)
    if not valid.any():
        return "nik"
    years = numbers[valid] // 10**4 % 100
    printed = (years <= 30) | (years >= _FIRST_CARDS % 100)
    repeats = len(np.unique(numbers)) < 0.9 * len(numbers)
    return "kk" if not parts.is_female.any() and (printed.mean() > 0.9 or repeats) else "nik"


def _is_nik(value: Any) -> bool:
    text = re.sub(r"[\s.'’-]", "", text_of(value).removesuffix(".0"))
    if len(text) != 16 or not text.isdigit():
        return False
    parts = decode(parse_niks([text]), _LATEST_MONTH)
    return bool(parts.valid[0] and known_regions(parts.region_code)[0])


def _runs_on(values: Sequence[Any]) -> bool:
    """True for 1, 2, 3, …: a running number."""
    texts = [text_of(value) for value in values]
    return all(one.isdigit() and other.isdigit() and int(other) == int(one) + 1 for one, other in pairwise(texts[:9]))


def _is_date(value: Any) -> bool:
    if type(value) in (int, float):
        return False
    reading = births.birth_date(value, _TODAY)
    return reading.value is not None or reading.problem == "birth_date_too_old"


def _is_decile(value: Any) -> bool:
    return words.decile(value).value is not None and len(text_of(value)) <= 8


def _is_phone(value: Any) -> bool:
    reading = contacts.phone(value)
    return reading.value is not None and reading.problem == ""


_TESTS = (
    ("nik", _is_nik),
    ("village_code", lambda value: bool(_VILLAGE.fullmatch(text_of(value)))),
    ("phone", _is_phone),
    (PLACE_AND_DATE, lambda value: bool(_PLACE_DATE.fullmatch(text_of(value)))),
    ("birth_date", _is_date),
    ("sex", lambda value: not text_of(value).isdigit() and cells.sex(value).value is not None),
    ("relation", lambda value: not text_of(value).isdigit() and words.choice("relation", value).value is not None),
    ("decile", _is_decile),
    ("name", lambda value: type(value) is str and bool(_NAME.fullmatch(text_of(value))) and " " in text_of(value)),
)
