"""Names as clerks write them: a whole column at a time, with what happened to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.register import words
from jamsostek.synth.register.errors import Errors
from jamsostek.synth.register.spelling import misspelt

STATES = ("same", "spelling", "title", "bin", "short", "joined", "dropped", "reversed", "nick")
"""From the weakest change to the strongest."""
_SAME, _SPELLING, _TITLE, _BIN, _SHORT, _JOINED, _DROPPED, _REVERSED, _NICK = range(len(STATES))
_FORM = r"^(?:[Hh][Jj]?\. )?(?:Mu?h|Moh|Moc|Muc|M\. |Ahmad|Achmad|Akhmad|Abdul |Abd\. |Sitt?i )"
_SHORT_FORM = 5
"""Letters: a form of Muhammad this long is an abbreviation."""
_TWICE = 120
"""Permille of misspelt names: by two rules."""


@dataclass(frozen=True)
class Bearers:
    """Who bears the names, for titles and fathers."""

    is_man: Bools
    age: Int64Array
    father: pa.Array
    """The first word of the father's name, in lower case; null where nobody knows."""

    def take(self, places: Int64Array) -> Bearers:
        """Those at `places`."""
        return Bearers(self.is_man[places], self.age[places], self.father.take(pa.array(places)))


@dataclass(frozen=True)
class Misnamed:
    """Names as written, in the case of the card, and the strongest thing that happened to each, as a place in `STATES`."""

    name: pa.Array
    state: npt.NDArray[np.int8]


@dataclass
class _Work:
    """The names that change, in lower case, while they do."""

    draw: Draw
    texts: list[str]
    state: npt.NDArray[np.int8]

    def change(self, which: Bools, kind: int, function: Callable[[int, str, int], str]) -> None:
        """`function` of place, name and random bits for each of `which`; who changes is of `kind`, if of none stronger."""
        rows = np.flatnonzero(which)
        for row, bits in zip(rows.tolist(), self.draw.bits(len(rows)).tolist(), strict=True):
            text = function(row, self.texts[row], bits)
            if text != self.texts[row]:
                self.texts[row] = text
                self.state[row] = max(self.state[row], kind)


def misnamed(draw: Draw, names: pa.Array, bearers: Bearers, errors: Errors) -> Misnamed:
    """The names with mistakes; nulls stay. Mistakes are drawn each for itself, so that a name may have several."""
    chosen = _chosen(draw, names, errors)
    rows = np.flatnonzero(np.logical_or.reduce(list(chosen.values())))
    wanted = {kind: which[rows] for kind, which in chosen.items()}
    before = pc.utf8_lower(names.take(pa.array(rows)))
    texts, state = _changed(draw, before, wanted, bearers.take(rows))
    state = np.where(_same(before, texts), _SAME, state).astype(np.int8)
    states = np.zeros(len(names), dtype=np.int8)
    states[rows] = state
    return Misnamed(_put(names, rows, pc.utf8_title(texts)), states)


def _chosen(draw: Draw, names: pa.Array, errors: Errors) -> dict[str, Bools]:
    """Which names each mistake is to happen to; untidiness is not a mistake but changes the text."""
    count = len(names)
    known = names.is_valid().to_numpy(zero_copy_only=False)
    kinds = ("spelling", "title", "bin", "initial", "joined", "dropped", "reversed", "nick", "untidy")
    chosen = {kind: known & draw.chance(count, getattr(errors, kind)) for kind in kinds}
    for kind, pattern in (("form", _FORM), ("title_lost", r"^Hj?\. |, ")):
        fits = pc.match_substring_regex(names, pattern).fill_null(False).to_numpy(zero_copy_only=False)
        chosen[kind] = fits & draw.chance(count, getattr(errors, kind))
    return chosen


def _changed(draw: Draw, before: pa.Array, wanted: dict[str, Bools], bearers: Bearers) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """Texts in lower case and what happened: letters first, then words, then titles, then untidiness."""
    spelt = _spelt(draw, before, wanted["spelling"])
    work = _Work(draw, spelt.to_pylist(), np.where(wanted["spelling"], _SPELLING, _SAME).astype(np.int8))
    is_man, age, father = bearers.is_man.tolist(), bearers.age.tolist(), bearers.father.to_pylist()
    forms = list(work.texts)
    work.change(wanted["form"], _SPELLING, lambda _, text, bits: words.another_form(text, bits))
    for row in np.flatnonzero(wanted["form"]).tolist():
        if work.texts[row] != forms[row] and len(words.parted(work.texts[row])[1].partition(" ")[0]) <= _SHORT_FORM:
            work.state[row] = _SHORT
    work.change(wanted["nick"], _NICK, lambda row, text, bits: words.nick(text, bits, is_man[row]))
    work.change(wanted["dropped"], _DROPPED, lambda _, text, bits: words.dropped(text, bits))
    work.change(wanted["initial"], _SHORT, lambda _, text, bits: words.initial(text, bits))
    work.change(wanted["joined"], _JOINED, lambda _, text, bits: words.joined(text, bits))
    work.change(wanted["reversed"], _REVERSED, lambda _, text, bits: words.reversed_words(text, bits))
    has_father = wanted["bin"] & bearers.father.is_valid().to_numpy(zero_copy_only=False)
    work.change(has_father, _BIN, lambda row, text, bits: words.patronymic(text, bits, is_man[row], father[row]))
    work.change(wanted["title_lost"], _TITLE, lambda _, text, bits: words.untitled(text, bits))
    work.change(wanted["title"], _TITLE, lambda row, text, bits: words.titled(text, bits, is_man[row], age[row]))
    work.change(wanted["untidy"], _SAME, lambda _, text, bits: words.untidy(text, bits))
    return pa.array(work.texts, pa.string()), work.state


def _spelt(draw: Draw, names: pa.Array, wanted: Bools) -> pa.Array:
    rows = np.flatnonzero(wanted)
    once = misspelt(draw, names.take(pa.array(rows)))
    again = np.flatnonzero(draw.chance(len(rows), _TWICE))
    return _put(names, rows, _put(once, again, misspelt(draw, once.take(pa.array(again)))))


def _put(values: pa.Array, rows: Int64Array, new: pa.Array) -> pa.Array:
    """`values` with `new` at `rows`, which are sorted."""
    mask = np.zeros(len(values), dtype=np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(values, pa.array(mask), new)


def _same(one: pa.Array, other: pa.Array) -> Bools:
    """Where two lists of names in lower case differ in spaces and punctuation at most."""
    return np.asarray(pc.equal(_tidy(one), _tidy(other)).to_numpy(zero_copy_only=False))


def _tidy(names: pa.Array) -> pa.Array:
    plain = pc.replace_substring_regex(names, r"[^a-z ]+", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, r" +", " "))
