"""The NIK and the KK however they are typed: what can be mended, what the number may be instead."""

from __future__ import annotations

import re
from typing import Any

from jamsostek.messages.tables import cells
from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

PLAIN = r"^[0-9]{16}$"
_MARKS = re.compile(r"[\s.,\-–/'’`\"_:;\u00a0]|\.0$")
_PREFIX = re.compile(r"^(?:nik|ktp|no|nomor)[\s.:]*", re.IGNORECASE)
_FLOAT = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
_LOOKALIKES = str.maketrans("OoQDlI|i!", "000011111")
_MOST_LETTERS = 8
_NIP = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d(?:0[1-9]|1[0-2])[12]\d{3}")
FILLERS = frozenset({1234567890123456, 1234567812345678, 1122334455667788, 9876543210123456, 1234567890987654, 123456789012345})
USABLE = frozenset({"nik_repaired_letters", "nik_repaired_marks"})
"""Problems beside which the number counts."""


def nik(cell: Any) -> Reading:
    """The digits of a NIK that is not simply sixteen digits of text, and what is wrong with it.

    With the problems of `USABLE` the value is a NIK; with others it is what is left for a near comparison, or None:
    nik_scientific, nik_lost_digits, nik_short, nik_long, nik_letters, nik_is_phone, nik_is_kpj, asn_nip.
    """
    if is_blank(cell):
        return BLANK
    if type(cell) is float or type(cell) is int:
        return _numeric(cell)
    text = text_of(cell)
    if _FLOAT.fullmatch(text):
        return Reading(None, "nik_scientific")
    bare = _PREFIX.sub("", text).removesuffix(".0")
    digits = _MARKS.sub("", bare)
    if not digits.isascii() or not digits.isdigit():
        return _with_letters(digits)
    return Reading(digits, "" if digits == text else "nik_repaired_marks") if len(digits) == 16 else _wrong_length(digits)


def _with_letters(text: str) -> Reading:
    repaired = text.translate(_LOOKALIKES)
    letters = sum(one != other for one, other in zip(text, repaired, strict=True))
    if len(repaired) == 16 and repaired.isascii() and repaired.isdigit() and letters <= _MOST_LETTERS:
        return Reading(repaired, "nik_repaired_letters")
    return Reading(None, "nik_letters")


def _wrong_length(digits: str) -> Reading:
    if len(digits) == 18 and _NIP.fullmatch(digits):
        return Reading(None, "asn_nip")
    if 10 <= len(digits) <= 14 and digits.startswith(("08", "628")):
        return Reading(None, "nik_is_phone")
    if len(digits) == 11:
        return Reading(None, "nik_is_kpj")
    return Reading(digits[:20], "nik_short" if len(digits) < 16 else "nik_long")


def _numeric(number: float) -> Reading:
    reading = cells.nik(float(number))
    if reading.problem == "nik_lost_digits":
        return Reading(f"{int(number)}", "nik_lost_digits")
    return _wrong_length(f"{int(number)}") if reading.problem == "nik_length" else reading


def kk(cell: Any) -> Reading:
    """The sixteen digits of a family card; problem kk_form."""
    if is_blank(cell):
        return BLANK
    reading = nik(cell)
    good = not reading.problem or reading.problem in USABLE
    return Reading(reading.value) if good else Reading(None, "kk_form")


def digits_in(cell: Any) -> int:
    """How many digits a cell shows."""
    return sum(mark.isdigit() for mark in text_of(cell))
