"""How else a name is spelt: old and new spelling, Arabic words in Latin letters, letters doubled or left out.

Every rule rewrites a pattern of letters (RE2, lower case) and weighs as often as clerks are assumed to do so.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.synth.regency.draw import Draw

RULES: tuple[tuple[str, str, int], ...] = (
    # Spelling of before 1972 and before 1947, in both directions.
    ("oe", "u", 30), (r"\b(s|d|b|k)u", r"\1oe", 5), ("dj", "j", 30), (r"\bj", "dj", 4), ("tj", "c", 30), (r"\bc", "tj", 3),
    (r"\by", "j", 1), ("y", "i", 8), (r"i([aou])", r"y\1", 4), (r"i([aou])", r"iy\1", 5), ("iy", "i", 8), ("ij", "i", 4),
    # Letters that sound alike.
    ("v", "f", 10), ("v", "p", 4), ("f", "v", 3), ("f", "p", 4), ("z", "j", 6), ("z", "s", 6), ("j", "z", 1),
    (r"s([aiu])", r"z\1", 1),
    ("x", "ks", 6), ("ks", "x", 3), ("q", "k", 8), (r"k\b", "q", 1), (r"t\b", "d", 2), (r"d\b", "t", 5), (r"b\b", "p", 2),
    (r"ai([^aeiou])", r"ae\1", 3), ("ae", "ai", 5), ("ie", "i", 8), (r"i\b", "ie", 1), (r"i\b", "y", 2), ("e", "i", 2),
    ("i", "e", 2),
    (r"o\b", "a", 2), (r"a\b", "o", 2), ("o", "u", 3), (r"u([^aeiou ])", r"o\1", 2), (r"\b(r|m|s)a", r"\1o", 3),
    ("au", "aw", 2),
    # Arabic sounds.
    ("th", "t", 10), (r"t([aiou])", r"th\1", 2), ("sy", "s", 10), ("sh", "s", 8), (r"s([aou])", r"sh\1", 2),
    (r"s([aiu])", r"sy\1", 2),
    ("kh", "h", 6), ("kh", "k", 8), (r"h([aou])", r"kh\1", 1), ("ch", "h", 5), ("dz", "z", 6), ("dh", "d", 8),
    (r"d([aiou])", r"dh\1", 2),
    ("gh", "g", 6), (r"([aiu])h\b", r"\1", 9), (r"a\b", "ah", 3), (r"([a-z])h([aeiou])", r"\1\2", 2),
    (r"\bma(ruf|mun|sum)", r"ma'\1", 20),
    (r"fai?i\b", "fa'i", 8), ("uw", "u", 5), ("ua", "uwa", 2), ("lloh", "llah", 8), ("llah", "lloh", 6),
    ("uddin", "udin", 12), ("udin", "uddin", 12),
    # Letters doubled and not.
    ("nn", "n", 12), ("ll", "l", 10), ("ss", "s", 10), ("mm", "m", 10), ("tt", "t", 10), ("dd", "d", 8), ("bb", "b", 8),
    ("aa", "a", 10),
    (r"([aeiou])n([aiu])", r"\1nn\2", 2), (r"([aeiou])l([aiu])", r"\1ll\2", 2), (r"([aeiou])s([aiu])", r"\1ss\2", 2),
    (r"([aeiou])t([aiu])", r"\1tt\2", 1), ("ng", "nk", 1), ("ngs", "ns", 3), ("ng", "n", 1), ("ny", "n", 2), ("nd", "n", 1),
)  # fmt: skip
SLIP = 26
"""How often a slip of the fingers weighs against these; it is possible in every name."""
ALL_OF_THEM = 250
"""Permille: the rule rewrites every place it fits, not the first alone."""
_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_BATCH = 100_000


def misspelt(draw: Draw, names: pa.Array) -> pa.Array:
    """Names in lower case, each spelt otherwise by one rule that fits it, or with a slip."""
    parts = [_batch(draw, names.slice(start, _BATCH)) for start in range(0, len(names), _BATCH)]
    return pa.concat_arrays(parts) if parts else names


def _batch(draw: Draw, names: pa.Array) -> pa.Array:
    weights = np.empty((len(RULES) + 1, len(names)), dtype=np.int64)
    for number, (pattern, _, weight) in enumerate(RULES):
        fits = pc.match_substring_regex(names, pattern).to_numpy(zero_copy_only=False)
        weights[number] = fits * weight
    weights[-1] = SLIP
    ends = np.cumsum(weights, axis=0)
    rule = (ends <= draw.below(ends[-1])).sum(axis=0)
    parts, where = [], []
    for number in np.unique(rule).tolist():
        here = np.flatnonzero(rule == number)
        parts.append(_apply(draw, names.take(pa.array(here)), number))
        where.append(here)
    back = np.argsort(np.concatenate(where), kind="stable")
    return pa.concat_arrays(parts).take(pa.array(back))


def _apply(draw: Draw, names: pa.Array, number: int) -> pa.Array:
    if number == len(RULES):
        return pa.array([slip(name, bits) for name, bits in zip(names.to_pylist(), draw.bits(len(names)).tolist(), strict=True)])
    pattern, replacement, _ = RULES[number]
    first = pc.replace_substring_regex(names, pattern, replacement, max_replacements=1)
    every = pc.replace_substring_regex(names, pattern, replacement)
    return pc.if_else(pa.array(draw.chance(len(names), ALL_OF_THEM)), every, first)


def slip(text: str, bits: int) -> str:
    """The text after one slip of the fingers at a letter: left out, doubled, changed places, the key beside it."""
    letters = [place for place, letter in enumerate(text) if letter.lower() in _BESIDE]
    if len(letters) < 3:
        return text
    kind, bits = bits % 100, bits // 100
    place = letters[1 + bits % (len(letters) - 1)]
    before, letter, after = text[:place], text[place], text[place + 1 :]
    if kind < 32:
        return before + after
    if kind < 46:
        return before + letter + letter + after
    if kind < 68 and after[:1].isalpha() and after[0] != letter:
        return before + after[0] + letter + after[1:]
    keys = _BESIDE[letter.lower()]
    other = keys[bits // 64 % len(keys)]
    return before + other + after if kind < 90 else before + letter + other + after
