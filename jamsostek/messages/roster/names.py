"""What a cell with a person's name means; single names are names."""

from __future__ import annotations

import re

from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

LONGEST = 100
"""Permendagri 73/2022 allows sixty letters; older documents have longer names."""
_PLAIN = re.compile(r"[A-Za-z][a-z]+(?: [A-Za-z][a-z]+){0,5}|[A-Z]+(?: [A-Z]+){0,5}")
"""What nearly every name looks like."""
_SIGNS = re.compile(r"[^\w\s.,'’‘`ʼ´\-/()]|_")
_BROKEN = re.compile("\ufffd|[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\\?\\?")
"""UTF-8 read as cp1252, or letters a program could not write."""
_DECEASED = re.compile(r"^\(?(?:almarhumah|almarhum|almh|alm)\b[.)]?\s*\S|\((?:almarhumah|almarhum|almh|alm)\.?\)", re.IGNORECASE)
_FILLERS = frozenset({
    "xxx", "xx", "x", "test", "tes", "testing", "coba", "nama", "n/a", "na", "none", "null", "nil", "kosong", "belum",
    "tidak", "ada", "anonim", "noname", "no-name", "fulan", "abc", "abcd", "asdf", "qwerty", "dummy", "contoh",
})  # fmt: skip


def name(cell: object) -> Reading:
    """A person's name; problems name_digits, name_signs, name_broken, name_short, name_long, name_filler, deceased."""
    if type(cell) is str and len(cell) <= LONGEST and _PLAIN.fullmatch(cell):
        return Reading(cell, "name_filler" if cell.lower() in _FILLERS else "")
    if is_blank(cell):
        return BLANK
    return _odd_name(text_of(cell))


def _odd_name(text: str) -> Reading:
    if _BROKEN.search(text):
        return Reading(text, "name_broken")
    if _SIGNS.search(text):
        return Reading(text, "name_signs")
    if any(mark.isdigit() for mark in text):
        return Reading(text, "name_digits")
    if _DECEASED.search(text):
        return Reading(text, "deceased")
    letters = sum(mark.isalpha() for mark in text)
    if letters < 2:
        return Reading(text, "name_short" if letters else "name_signs")
    if text.lower() in _FILLERS:
        return Reading(text, "name_filler")
    return Reading(text, "name_long" if len(text) > LONGEST else "")


def same_key(name: str) -> str:
    """A name without capitals, blanks and signs, to see whether two rows name the same person."""
    key = name.casefold().replace(" ", "")
    return key if key.isalnum() else "".join(filter(str.isalnum, key))
