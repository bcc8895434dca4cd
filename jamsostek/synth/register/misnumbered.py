"""Numbers as clerks and spreadsheets leave them: NIKs, family cards and phones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.register import numbers
from jamsostek.synth.register.errors import Errors

NIK_STATES = ("good", "missing", "typo", "head", "cut", "dummy", "reissued")
_GOOD, _MISSING, _TYPO, _HEAD, _CUT, _DUMMY, _REISSUED = range(len(NIK_STATES))
_INVENTED_FROM, _DISTRICT_AT = "5", 4
"""The fifth digit of an invented number is 5 or more, and stays so: the number stays nobody's."""
_NEW_SERIALS = (1, 90)


def wrong_niks(draw: Draw, people: pa.Table, errors: Errors) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """NIKs with at most one mistake each, and its place in `NIK_STATES`: `good` wherever the number is the true one."""
    true = people["nik"].combine_chunks()
    count = len(true)
    rest = 1_000 - sum(errors.nik_rates)
    state = (draw.weighted(count, [*errors.nik_rates, rest]) + 1) % len(NIK_STATES)
    rows = np.flatnonzero((state != _GOOD) & (state != _MISSING))
    texts = true.take(pa.array(rows)).to_pylist()
    heads = people["head_nik"].combine_chunks().take(pa.array(rows)).to_pylist()
    bits = draw.bits(len(rows)).tolist()
    kinds = state[rows].tolist()
    made = [text and _wrong(*row) for text, row in zip(texts, zip(kinds, texts, heads, bits, strict=True), strict=True)]
    new = _put(true, rows, pa.array(made, pa.string()))
    again = np.flatnonzero(state == _REISSUED)
    new = _put(new, again, _reissued(draw, true, again))
    state[pc.equal(new, true).fill_null(True).to_numpy(zero_copy_only=False) & (state != _MISSING)] = _GOOD
    return pc.if_else(pa.array(state == _MISSING), None, new), state.astype(np.int8)


def _put(values: pa.Array, rows: Int64Array, new: pa.Array) -> pa.Array:
    mask = np.zeros(len(values), dtype=np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(values, pa.array(mask), new)


def _reissued(draw: Draw, true: pa.Array, rows: Int64Array) -> pa.Array:
    """New numbers of districts that others have theirs from, the same date and a free serial."""
    known = true.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    made = np.zeros(len(rows), dtype=np.int64)
    todo = np.arange(len(rows))
    while len(todo):
        district = known[draw.whole(len(todo), 0, len(known) - 1)] // 10**10
        date = known[rows[todo]] // 10_000 % 1_000_000
        made[todo] = (district * 1_000_000 + date) * 10_000 + draw.whole(len(todo), *_NEW_SERIALS)
        first = np.zeros(len(rows), dtype=np.bool_)
        first[np.unique(made, return_index=True)[1]] = True
        todo = np.flatnonzero(np.isin(made, known) | ~first)
    return numbers.digits(made)


def _wrong(kind: int, text: str, head: str | None, bits: int) -> str:
    if kind == _TYPO:
        return typo(text, bits)
    if kind == _HEAD:
        return head or text
    if kind == _CUT:
        return text[:15] + "0"
    if kind == _DUMMY:
        return ("0" * 16, "9" * 16, text[:6] + "0" * 10)[(0, 0, 1, 2, 2)[bits % 5]]
    return text


def typo(text: str, bits: int) -> str:
    """A number with a slip: a digit wrong, two changed round, one doubled or left out. It stays in an invented district."""
    kind, place, digit = bits % 100, bits // 100 % len(text), str(bits // 1_600 % 10)
    after = text[place + 1 :]
    made = text
    if kind < 24 and after and after[0] != text[place]:
        made = text[:place] + after[0] + text[place] + after[1:]
    elif 24 <= kind < 34:
        made = (text[: place + 1] + text[place:])[: len(text) + (kind < 29)]
    elif 34 <= kind < 42:
        made = text[:place] + after
    if made == text or made[_DISTRICT_AT] < _INVENTED_FROM:
        place = place if place != _DISTRICT_AT else len(text) - 1
        digit = digit if digit != text[place] else str((int(digit) + 1) % 10)
        made = text[:place] + digit + text[place + 1 :]
    return made


def wrong_cards(draw: Draw, cards: pa.Array, errors: Errors) -> pa.Array:
    """Numbers of family cards: some missing, some with a slip, some of another card of the same district."""
    count = len(cards)
    slips = np.flatnonzero(draw.chance(count, errors.kk_typo))
    texts = cards.take(pa.array(slips)).to_pylist()
    made = [text and typo(text, bits) for text, bits in zip(texts, draw.bits(len(slips)).tolist(), strict=True)]
    cards = _put(cards, slips, pa.array(made, pa.string()))
    others = np.flatnonzero(draw.chance(count, errors.kk_other))
    cards = _put(cards, others, _other_cards(draw, cards.take(pa.array(others))))
    return _without(draw, cards, errors.kk_missing)


def _other_cards(draw: Draw, cards: pa.Array) -> pa.Array:
    district = pc.utf8_slice_codeunits(cards, 0, 6).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    made = numbers.family_cards(draw, np.maximum(district, 1))
    return pc.if_else(cards.is_valid(), numbers.digits(made), None)


def wrong_phones(draw: Draw, people: pa.Table, errors: Errors) -> pa.Array:
    """Phones: some the head's, some older or newer, some missing; written in several ways."""
    phone = people["phone"].combine_chunks()
    count = len(phone)
    shared = draw.chance(count, errors.phone_shared)
    phone = pc.if_else(pa.array(shared), pc.coalesce(_of_heads(people), phone), phone)
    other = pa.array(draw.chance(count, errors.phone_other))
    phone = pc.if_else(pc.and_(other, phone.is_valid()), numbers.other_phones(draw, count), phone)
    return _written(draw, _without(draw, phone, errors.phone_missing))


def heads_of(people: pa.Table) -> Int64Array:
    """The row of the head of everybody's household; -1 where the head is not among the people."""
    household = people["household"].to_numpy()
    heads = np.flatnonzero(people["is_head"].combine_chunks().to_numpy(zero_copy_only=False))
    if not len(heads):
        return np.full(len(household), -1)
    heads = heads[np.argsort(household[heads], kind="stable")]
    place = np.minimum(np.searchsorted(household[heads], household), len(heads) - 1)
    return np.where(household[heads][place] == household, heads[place], -1)


def _of_heads(people: pa.Table) -> pa.Array:
    head = heads_of(people)
    return people["phone"].combine_chunks().take(pa.array(head, mask=head < 0))


def _written(draw: Draw, phones: pa.Array) -> pa.Array:
    """+62 as 0, as 62, as nothing (a spreadsheet took the nought for a number), or in groups with dashes or spaces."""
    tail = pc.utf8_slice_codeunits(phones, 3)
    local = pc.binary_join_element_wise("0", tail, "")
    groups = [pc.utf8_slice_codeunits(local, start, stop) for start, stop in ((0, 4), (4, 8), (8, 16))]
    dashes, spaces = (pc.binary_join_element_wise(*groups, sign) for sign in ("-", " "))
    way = pa.array(draw.weighted(len(phones), (620, 140, 60, 90, 60, 30)))
    return pc.choose(way, local, phones, pc.binary_join_element_wise("62", tail, ""), tail, dashes, spaces)


def _without(draw: Draw, values: pa.Array, missing: int) -> pa.Array:
    return pc.if_else(pa.array(draw.chance(len(values), missing)), None, values)
