"""Telephone numbers and bank accounts, however they are typed."""

from __future__ import annotations

import math
import re

from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

_LONGEST_EXACT = 10**15
"""Excel keeps 15 digits of a number; of a longer one the rest is lost."""
_SEPARATORS = re.compile(r"[\s.\-()/'’`\u00a0]")
_MOBILE = re.compile(r"8\d{8,11}")
_LANDLINE = re.compile(r"[2-7]\d{7,10}")
_ACCOUNT = re.compile(r"\d{6,20}")


def phone(cell: object) -> Reading:
    """A telephone number as `+62…`; problems (all warnings) phone_lost_digits, phone_unreadable, phone_length, phone_not_mobile.

    Understood: `0812-3456-7890`, `+62 812…`, `62812…`, `812…` (a number whose zero Excel dropped). Of several numbers in a
    cell the first counts. A fixed line is kept, with the warning.
    """
    if type(cell) is str and cell.startswith("08") and 10 <= len(cell) <= 13 and cell.isdecimal() and cell.isascii():
        return Reading(f"+62{cell[1:]}")
    if type(cell) is float and not (math.isfinite(cell) and cell.is_integer()):
        return Reading(None, "phone_unreadable")
    return BLANK if is_blank(cell) else _typed_phone(text_of(cell))


def _typed_phone(text: str) -> Reading:
    if re.fullmatch(r"\d[.,]\d+[eE]\+?\d+", text):
        return Reading(None, "phone_lost_digits")
    first = re.split(r"\s*(?:[,;/|]|\bdan\b|\batau\b)\s*", text)[0]
    digits = _SEPARATORS.sub("", first)
    international = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return Reading(None, "phone_unreadable")
    if international and not digits.startswith("62"):
        return Reading(f"+{digits}") if 8 <= len(digits) <= 15 else Reading(None, "phone_length")
    digits = digits.removeprefix("0062") if digits.startswith("0062") else digits.removeprefix("62")
    digits = digits.removeprefix("0")
    if _MOBILE.fullmatch(digits):
        return Reading(f"+62{digits}")
    if _LANDLINE.fullmatch(digits):
        return Reading(f"+62{digits}", "phone_not_mobile")
    return Reading(None, "phone_length")


def account(cell: object) -> Reading:
    """The digits of a bank account; problems (all warnings) account_lost_digits, account_unreadable, account_length.

    A number, unlike a text, may have lost the zeros before it: account_number says so and keeps what is left.
    """
    if type(cell) is str and 6 <= len(cell) <= 20 and cell.isdecimal() and cell.isascii():
        return Reading(cell)
    if type(cell) is float:
        return _numeric_account(cell)
    return BLANK if is_blank(cell) else _typed_account(text_of(cell))


def _numeric_account(number: float) -> Reading:
    if not (math.isfinite(number) and number.is_integer() and number > 0):
        return Reading(None, "account_unreadable")
    if number >= _LONGEST_EXACT:
        return Reading(None, "account_lost_digits")
    digits = str(int(number))
    return Reading(digits, "account_number") if _ACCOUNT.fullmatch(digits) else Reading(None, "account_length")


def _typed_account(text: str) -> Reading:
    if re.fullmatch(r"\d[.,]\d+[eE]\+?\d+", text):
        return Reading(None, "account_lost_digits")
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return Reading(None, "account_unreadable")
    return Reading(digits) if _ACCOUNT.fullmatch(digits) else Reading(None, "account_length")
