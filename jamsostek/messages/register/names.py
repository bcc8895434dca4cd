"""What a cell with a person's name means in a register; single names are names."""

from __future__ import annotations

import re

from jamsostek.messages.tables.cells import BLANK, Reading, is_blank, text_of

LONGEST = 60
"""Permendagri 73/2022 art. 4."""
PLAIN = r"^[A-Za-z][A-Za-z .,'\-]{0,58}[A-Za-z.]$"
"""What nearly every name looks like (RE2, for whole columns)."""
_FILLERS = frozenset({
    "xxx", "xx", "x", "test", "tes", "testing", "coba", "nama", "na", "none", "null", "nil", "kosong", "belum ada", "tidak ada",
    "anonim", "noname", "no name", "fulan", "abc", "abcd", "asdf", "qwerty", "dummy", "contoh", "belum", "tidak diketahui", "nn",
})  # fmt: skip
_TITLES = frozenset({
    "bapak", "bpk", "pak", "ibu", "bu", "ny", "nyonya", "tn", "tuan", "sdr", "sdri", "saudara", "saudari", "h", "hj", "haji",
    "hajjah", "kh", "ust", "ustadz", "dr", "drs", "dra", "ir", "prof", "mas", "mbak", "almarhum", "almarhumah", "alm", "almh",
})  # fmt: skip
_DECEASED = re.compile(
    r"^\(?(?:almarhumah|almarhum|almh|alm)\b[.)]?\s*|[\s,]*\(?\b(?:almarhumah|almarhum|almh|alm)\b\.?\)?\s*$", re.IGNORECASE
)
_SIGNS = re.compile(r"[^\w\s.,'’‘`ʼ´\-/()]|_")
_BROKEN = re.compile("\ufffd|[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\\?\\?")
UNLIKE = (
    r"(?i)\b(alm|almh|almarhum|almarhumah)\b|^[a-z][ .]*$|^("
    + "|".join(sorted(_FILLERS))
    + r")$|^(("
    + "|".join(sorted(_TITLES, key=len, reverse=True))
    + r")[ .]*)+$"
)
"""Of the plain ones those to look at again (RE2)."""


def name(cell: object) -> Reading:
    """A person's name; with a value the problem is a warning.

    Problems: name_digits, name_no_letters, name_short, name_filler, name_title_only (no value); name_with_digits,
    name_signs, name_broken, name_long, deceased (with the name that is left).
    """
    if is_blank(cell):
        return BLANK
    text = text_of(cell)
    letters = sum(mark.isalpha() for mark in text)
    if letters == 0:
        return Reading(None, "name_digits" if any(mark.isdigit() for mark in text) else "name_no_letters")
    words = re.findall(r"[^\W\d_]+", text.lower())
    if " ".join(words) in _FILLERS:
        return Reading(None, "name_filler")
    if all(word in _TITLES for word in words):
        return Reading(None, "name_title_only")
    if letters == 1:
        return Reading(None, "name_short")
    return _odd(text)


def _odd(text: str) -> Reading:
    if _BROKEN.search(text):
        return Reading(mended(text), "name_broken")
    if _DECEASED.search(text):
        return Reading(_DECEASED.sub("", text).strip(" ,.()"), "deceased")
    if any(mark.isdigit() for mark in text):
        return Reading(text, "name_with_digits")
    if _SIGNS.search(text):
        return Reading(text, "name_signs")
    return Reading(text, "name_long" if len(text) > LONGEST else "")


def mended(text: str) -> str:
    """UTF-8 that was read as Windows letters, put right where it can be."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
