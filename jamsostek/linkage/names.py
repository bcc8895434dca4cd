"""Indonesian names, folded so that spellings of one name meet: for search, for the duplicate question, later for linkage.

What is folded, and why it is safe (design notes of the project's linkage study): old spelling (oe u, dj j, tj c, sj sy, nj ny)
since 1972; Moh., Muh., Mochamad are one word; titles and honorifics are no part of a name. `j` to `y` is folded only in a
word that shows another sign of old spelling, or new names would collide. A name of one word is a name.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_CARRIERS = dict.fromkeys(
    ("moh", "mohd", "mohamad", "mohammad", "mohamed", "mohammed", "moch", "mochamad", "mochammad", "mochmad", "mokhamad", "mokhammad",
     "muh", "muhd", "muhamad", "muhammad", "muhamed", "muhammed", "mochamat", "muhamat", "mhd"),
    "muhammad",
)  # fmt: skip
_TITLES = frozenset(
    [
        "h",
        "hj",
        "kh",
        "ky",
        "kyai",
        "ust",
        "ustad",
        "ustadz",
        "ustadzah",
        "dr",
        "drg",
        "drs",
        "dra",
        "ir",
        "prof",
        "sh",
        "se",
        "sp",
        "si",
        "skom",
        "st",
        "ssi",
        "sag",
        "spd",
        "spdi",
        "shi",
        "mm",
        "mh",
        "msi",
        "mpd",
        "mkes",
        "mt",
        "ma",
        "mba",
        "amd",
        "amk",
        "skep",
        "ners",
        "phd",
        "sip",
        "ssos",
        "mkom",
        "rm",
        "ra",
        "rr",
        "r",
        "rd",
        "raden",
        "ny",
        "nn",
        "tn",
        "bpk",
        "bapak",
        "ibu",
        "sdr",
        "sdri",
        "alm",
        "almh",
        "almarhum",
        "almarhumah",
    ]
)
_SHORT = {
    "abd": "abdul",
    "abdl": "abdul",
    "st": "siti",
    "sitti": "siti",
    "nr": "nur",
    "noer": "nur",
    "akh": "ahmad",
    "achmad": "ahmad",
    "akhmad": "ahmad",
}
_OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("nj", "ny"), ("ch", "kh"))
_DOUBLED = re.compile(r"([a-z])\1+")


def _plain(text: str) -> str:
    """Lower-case ASCII letters and single spaces; a title after a comma is dropped with its dots ("S.Pd", "M.Si")."""
    text = text.split(",")[0]
    text = re.sub(r"\b[A-Za-z]{1,2}\.(?:[A-Za-z]{1,4}\.?)+(?=\s|$)", " ", text)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"['`’]", "", text)
    return " ".join(re.sub(r"[^a-z]+", " ", text).split())


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """One word in the spelling all its spellings share."""
    if word in _CARRIERS:
        return _CARRIERS[word]
    if word in _SHORT:
        return _SHORT[word]
    folded = word
    for old, new in _OLD:
        folded = folded.replace(old, new)
    if folded != word and "ny" not in folded and re.search(r"(?<![ds])j(?=[aeou])", word.replace("dj", "").replace("tj", "")):
        folded = re.sub(r"(?<=[aeiou])j(?=[aeou])", "y", folded)
    folded = folded.replace("kh", "h").replace("v", "f").replace("q", "k").replace("z", "s").replace("x", "ks")
    return _DOUBLED.sub(r"\1", folded)


def search_words(text: str) -> list[str]:
    """The folded words of a name in their order, titles left out unless nothing else is there."""
    words = _plain(text).split()
    named = [word for word in words if word not in _TITLES or (word in _SHORT and words[0] == word and len(words) > 1)]
    return [fold_word(word) for word in named or words]


@lru_cache(maxsize=100_000)
def search_key(name: str) -> str:
    """The folded words joined, in order: what is stored and searched."""
    return " ".join(search_words(name))


def person_key(name: str) -> str:
    """The folded words sorted: two orders of one name meet."""
    return " ".join(sorted(search_words(name)))


def same_name(first: str, second: str) -> float:
    """How alike two names are, 0 to 1, whatever the order of their words. Arguments are names or search keys; an estimate."""
    a, b = sorted(search_words(first)), sorted(search_words(second))
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    return SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()
