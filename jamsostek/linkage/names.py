"""Indonesian names, folded so that spellings of one name meet: for search, for the duplicate question, later for linkage.

What is folded: the spelling before 1972 (oe, dj, tj, sj, nj, ch), transcriptions of Arabic (sy, dh, th, kh, dz, q, z), sounds
that are heard alike (v f, ae ai, y after a consonant, a last h), doubled letters, the short forms of Muhammad, Abdul, Siti and
Ahmad. Titles, honorifics and degrees are no part of a name; "bin" and "binti" say whose child, not who. `j` is read as `y`
only in a word that shows another sign of the old spelling (Joesoef), or new names would collide (Jaya and Yaya).

A folded name folds to itself, and the beginning of a word mostly to the beginning of its fold, so that a search can be typed
unfinished. Folding finds candidates; whether two people are one is decided by people, never by this. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from jamsostek.linkage.vocabulary import BEFORE, BEHIND, BETWEEN, CARRIERS, FIRST, SHORT

__all__ = ["fold", "fold_word", "person_key", "same_name", "search_key", "search_keys", "search_words"]

_MUHAMMAD = re.compile(r"m[ou](?:ch|kh|h)(?:d|a?m{1,2}(?:[aeu][dt]?)?)?")
_MUHAMMAD_BEGUN = re.compile(r"m[ou](?:ch|kh|h)(?=am)")
_OLD_SIGNS = re.compile(r"oe|dj|tj|sj|nj|ch")
_OLD_J = re.compile(r"(?<![dtsn])j(?=[aeiou])")
_SPELLINGS = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("nj", "ny"), ("ch", "kh"), ("dz", "z"), ("ph", "f"), ("kh", "h"),
    ("dh", "d"), ("th", "t"), ("gh", "g"), ("bh", "b"), ("sh", "s"), ("sy", "s"), ("v", "f"), ("q", "k"), ("x", "ks"),
    ("z", "s"), ("ae", "ai"),
)  # fmt: skip
_Y_HEARD = (
    (re.compile(r"iy(?=[aeou])"), "i"),
    (re.compile(r"uw(?=[aeio])"), "u"),
    (re.compile(r"(?<=[bcdfghjklmnprstw])y"), "i"),
)
_DOUBLED = re.compile(r"([a-z])\1+")
_LAST_H = re.compile(r"(?<=[aeiou])h$")
_CARRIER_WEIGHT = 0.2
_LEAST_ALIKE = 0.8
"""Words less alike than this are different names: Budi and Rudi."""
_INITIAL_ALIKE = 0.9


# --- words ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 18)
def fold_word(word: str) -> str:
    """One word (a to z) in the spelling that its spellings share."""
    known = SHORT.get(word)
    if known:
        return known
    if _MUHAMMAD.fullmatch(word):
        return "muhammad"
    folded = _MUHAMMAD_BEGUN.sub("muh", word)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return SHORT.get(folded, folded)


def _fold_once(word: str) -> str:
    if _OLD_SIGNS.search(word):
        word = _OLD_J.sub("y", word)
    for old, new in _SPELLINGS:
        if old in word:
            word = word.replace(old, new)
    for heard, alike in _Y_HEARD:
        word = heard.sub(alike, word)
    word = _DOUBLED.sub(r"\1", word)
    return "muhammad" if word == "muhamad" else _LAST_H.sub("", word) or word


# --- names ------------------------------------------------------------------------------------------------------------


def search_words(text: str) -> list[str]:
    """The folded words of a name in their order, titles left out unless nothing else is there."""
    words = _plain_words(text)
    # A word may fold to what is a title, and the next to a short form; a name is folded when nothing changes any more.
    while (again := [fold_word(word) for word in _named(words)]) != words:
        words = again
    return words


def fold(name: str) -> str:
    """A name in the spelling that its spellings share: the folded words joined, in order; lower case, a to z and digits."""
    return _folded(name)


@lru_cache(maxsize=1 << 17)
def _folded(name: str) -> str:
    return " ".join(search_words(name))


def search_key(name: str) -> str:
    """What is stored of a name and searched: `fold`."""
    return _folded(name)


def search_keys(names: Iterable[str]) -> list[str]:
    """`search_key` of many names; a word is folded once, however many names have it."""
    return [" ".join(search_words(name)) for name in names]


def person_key(name: str) -> str:
    """The folded words sorted: two orders of one name meet. For blocking and for indexes of secret names."""
    return " ".join(sorted(search_words(name)))


def _plain_words(text: str) -> list[str]:
    """Words of lower-case ASCII letters and digits; dotted degrees are one word, dotted initials several."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.lower().split()  # nearly every name
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words: list[str] = []
    for part in re.split(r"[^a-z0-9.]+", re.sub(r"['`]", "", plain)):
        words += _undotted(part, is_behind=any(word not in BEFORE for word in words))
    return words


def _undotted(part: str, is_behind: bool) -> list[str]:
    """`k.h.` is a title, `s.pd.` behind a name a degree, `m.h.` before one initials, `moh.yusuf` two words."""
    pieces = [piece for piece in part.split(".") if piece]
    joined = "".join(pieces)
    return [joined] if len(pieces) > 1 and joined in (BEHIND if is_behind else BEFORE) else pieces


def _named(words: Sequence[str]) -> list[str]:
    """The words without titles, degrees, `bin`; a first M. is Muhammad, a first St. is Siti. Never nothing."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in BEFORE:
        first += 1
    while last > first + 1 and words[last - 1] in BEHIND:
        last -= 1
    named = [word for place, word in enumerate(words[first:last]) if place == 0 or word not in BETWEEN]
    if len(named) > 1 and named[0] in FIRST:
        named[0] = FIRST[named[0]]
    return named


# --- likeness ---------------------------------------------------------------------------------------------------------


def same_name(first: str, second: str) -> float:
    """How alike two names (or search keys) are, 0 to 1, whatever the order of their words; an estimate, no probability.

    1 only where the folded words are the same. Words are paired with the word most like them; an initial goes with a word
    that it begins; carriers such as Muhammad and Siti weigh a fifth. Names written in one word or in two are compared joined.
    """
    a, b = search_words(first), search_words(second)
    if sorted(a) == sorted(b):
        return 1.0 if a else 0.0
    if not a or not b:
        return 0.0
    alike = _paired(a, b)
    if len(a) != len(b):
        joined = _ratio("".join(a), "".join(b))
        alike = max(alike, joined if joined >= _INITIAL_ALIKE else 0.0)
    return min(alike, 0.99)


def _paired(a: Sequence[str], b: Sequence[str]) -> float:
    """Weights of the words that pair off, twice, by the weights of all."""
    pairs = sorted(((_word_alike(one, other), i, j) for i, one in enumerate(a) for j, other in enumerate(b)), reverse=True)
    free_a, free_b = set(range(len(a))), set(range(len(b)))
    shared = 0.0
    for alike, i, j in pairs:
        if alike and i in free_a and j in free_b:
            free_a.remove(i)
            free_b.remove(j)
            shared += alike * (_weight(a[i]) + _weight(b[j]))
    return shared / sum(map(_weight, (*a, *b)))


def _weight(word: str) -> float:
    return len(word) * (_CARRIER_WEIGHT if word in CARRIERS else 1.0)


def _word_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _INITIAL_ALIKE if one[0] == other[0] else 0.0
    ratio = _ratio(one, other)
    return ratio if ratio >= _LEAST_ALIKE else 0.0


@lru_cache(maxsize=1 << 16)
def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
