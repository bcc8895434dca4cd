"""Names of a whole column taken apart at once: every different word is folded once, whatever the number of people.

`names.search_words` says what happens to one name; here the same is done to columns, with two differences that linking
wants: what follows "bin", "binti" or "alias" is left out, and words are numbers into one small vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.linkage.names import fold_word
from jamsostek.linkage.vocabulary import BEFORE, BEHIND, BETWEEN, CARRIERS, FIRST

Codes = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_ENDS = BETWEEN | {"alias", "als"}
_VOWELS = re.compile(r"(?<!^)[aeiouhyw]")


@dataclass(frozen=True)
class Words:
    """The folded words of each name: `codes[offsets[i]:offsets[i + 1]]` are places in `vocabulary`, which is sorted."""

    offsets: Places
    codes: Codes
    vocabulary: pa.Array

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def rows(self) -> Places:
        """Whose name each word is in."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def kept(self, wanted: Bools) -> Words:
        """Only the wanted words (one entry for each code)."""
        counts = np.bincount(self.rows[wanted], minlength=len(self))
        return Words(_ends(counts), self.codes[wanted], self.vocabulary)

    def core(self) -> Words:
        """Without the words so frequent that they say little, where another is left."""
        texts = self.vocabulary.to_pylist()
        says = np.array([text not in CARRIERS and len(text) > 1 for text in texts] or [True])[self.codes]
        return self.kept(says | ~_any(says, self))

    def sorted(self) -> Words:
        """Each name's words in alphabetical order."""
        return Words(self.offsets, self.codes[np.lexsort((self.codes, self.rows))], self.vocabulary)

    def skeletons(self) -> Words:
        """First letter and consonants of each word, sorted anew."""
        bare = [_VOWELS.sub("", text) for text in self.vocabulary.to_pylist()]
        return _coded(self.offsets, self.codes, bare).sorted()

    def joined(self, between: str = " ") -> pa.Array:
        """The words of each name as one text; null where there are none."""
        texts = self.vocabulary.take(pa.array(self.codes))
        whole = pc.binary_join(pa.ListArray.from_arrays(pa.array(self.offsets.astype(np.int32)), texts), between)
        return pc.if_else(pa.array(np.diff(self.offsets) > 0), whole, None)

    def first(self) -> pa.Array:
        """The first word of each name; null where there is none."""
        return self._one(self.offsets[:-1])

    def last(self) -> pa.Array:
        """The last word of each name; null where there is none."""
        return self._one(self.offsets[1:] - 1)

    def lists(self) -> pa.Array:
        """The words of each name as lists."""
        return pa.ListArray.from_arrays(pa.array(self.offsets.astype(np.int32)), self.vocabulary.take(pa.array(self.codes)))

    def _one(self, places: Places) -> pa.Array:
        none = np.diff(self.offsets) == 0
        codes = self.codes[np.where(none, 0, places)] if len(self.codes) else np.zeros(len(self), dtype=np.int32)
        return self.vocabulary.take(pa.array(codes, mask=none))


def words_of(names: pa.Array | pa.ChunkedArray) -> Words:
    """The folded words of each name, titles, degrees and names of fathers left out; no words for null."""
    return _folded(_named(_taken_apart(_plain(names))))


def _plain(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Lower case, a to z, digits and points, single spaces."""
    text = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    text = pc.utf8_lower(pc.fill_null(text.cast(pa.string()), ""))
    if not pc.all(pc.string_is_ascii(text)).as_py():
        text = pc.replace_substring_regex(pc.utf8_normalize(text, "NFKD"), r"[^\x00-\x7f]", "")
    for mark in "'`":
        text = pc.replace_substring(text, mark, "")
    return pc.replace_substring_regex(text, r"[^a-z0-9.]+", " ")


def _taken_apart(text: pa.Array) -> Words:
    """Words as typed; a part such as `moh.yusuf` is two, `s.pd.` one."""
    parts = pc.ascii_split_whitespace(pc.ascii_trim_whitespace(text))
    offsets = parts.offsets.to_numpy().astype(np.int64)
    flat = parts.values.slice(offsets[0], offsets[-1] - offsets[0]).dictionary_encode()
    codes, offsets = flat.indices.to_numpy(), offsets - offsets[0]
    pieces = [_pieces(part) for part in flat.dictionary.to_pylist()]
    if all(len(piece) == 1 for piece in pieces):
        return _coded(offsets, codes, [piece[0] for piece in pieces])
    counts = np.array([len(piece) for piece in pieces], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    of_each = counts[codes]
    ends = np.cumsum(of_each)
    within = np.arange(int(of_each.sum())) - np.repeat(ends - of_each, of_each)
    places = np.repeat(starts[codes], of_each) + within
    row_ends = np.concatenate(([0], ends))[offsets]
    return _coded(row_ends, places, [word for piece in pieces for word in piece])


def _pieces(part: str) -> list[str]:
    pieces = [piece for piece in part.split(".") if piece]
    joined = "".join(pieces)
    return [joined] if len(pieces) > 1 and (joined in BEFORE or joined in BEHIND) else pieces


def _coded(offsets: Places, codes: npt.NDArray[np.integer], texts: list[str]) -> Words:
    """Words over a vocabulary without doubles, sorted."""
    vocabulary = sorted(set(texts))
    place = {text: number for number, text in enumerate(vocabulary)}
    renumbered = np.array([place[text] for text in texts] or [0], dtype=np.int32)
    return Words(offsets, renumbered[codes], pa.array(vocabulary, pa.string()))


def _named(words: Words) -> Words:
    """Without titles before, degrees behind and what follows "bin"; never nothing of something."""
    texts = words.vocabulary.to_pylist()
    codes = words.codes
    before, behind, ends = (np.array([text in group for text in texts] or [False])[codes] for group in (BEFORE, BEHIND, _ENDS))
    named = _running(~before, words) > 0
    named &= _running(~(behind | before), words, backwards=True) > 0
    first = _running(named, words) == 1
    named &= _running(ends & named & ~first, words) == 0
    return words.kept(named | ~_any(named, words))


def _running(flags: Bools, words: Words, *, backwards: bool = False) -> Places:
    """How many flags are set in the name up to each word, itself too."""
    if not len(flags):
        return np.zeros(0, dtype=np.int64)
    total = np.concatenate(([0], np.cumsum(flags)))
    rows = words.rows
    if backwards:
        return np.asarray(total[words.offsets[1:]][rows] - total[:-1])
    return np.asarray(total[1:] - total[words.offsets[:-1]][rows])


def _any(flags: Bools, words: Words) -> Bools:
    """For each word, whether a flag is set anywhere in its name."""
    counts = np.bincount(words.rows[flags], minlength=len(words))
    return np.asarray((counts > 0)[words.rows])


def _folded(words: Words) -> Words:
    """Words in the spelling that spellings share; a first M. is Muhammad, a first St. is Siti, where more follows."""
    texts = words.vocabulary.to_pylist()
    codes = words.codes.copy()
    several = words.offsets[:-1][np.diff(words.offsets) > 1]
    wholes = list(FIRST.values())
    for short, whole in FIRST.items():
        if short in texts:
            codes[several[words.codes[several] == texts.index(short)]] = len(texts) + wholes.index(whole)
    return _coded(words.offsets, codes, [*(fold_word(text) for text in texts), *wholes])


def _ends(counts: npt.NDArray[np.integer]) -> Places:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
