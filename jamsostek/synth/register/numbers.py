"""True numbers: NIKs and family cards with the serials of their district and date, phones of nobody."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.nik import compose
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.people import PHONE_START
from jamsostek.synth.register import assumptions as assumed

_PHONES = 5 * 10**7
"""Eight digits up to here are people's numbers; those above are their older and newer ones."""
_STEP = 7_548_777


def niks(draw: Draw, district: Int64Array, birth_day: Int64Array, is_female: Int64Array) -> Int64Array:
    """Numbers as assigned: 0001, 0002 … within district, date and sex, some of them to people on no list here; no two alike."""
    return _numbered(draw, compose(district, birth_day, is_female, 0))


def family_cards(draw: Draw, district: Int64Array) -> Int64Array:
    """A number for each household: its district, the day the card was issued, a serial."""
    return _numbered(draw, compose(district, draw.whole(len(district), *assumed.CARD_DAYS), 0, 0))


def _numbered(draw: Draw, without_serial: Int64Array) -> Int64Array:
    order = np.argsort(without_serial, kind="stable")
    ordered = without_serial[order]
    last = np.cumsum(draw.numbers(len(order), assumed.SERIAL_STEPS))
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    group = np.cumsum(is_first) - 1
    before = np.append(0, last)[np.flatnonzero(is_first)][group]
    serial = last - before
    assert (serial < 10_000).all(), "a district and date have no more serials"
    numbers = np.empty_like(ordered)
    numbers[order] = ordered + serial
    return numbers


def digits(numbers: Int64Array) -> pa.Array:
    """Numbers as text."""
    return pa.array(numbers).cast(pa.string())


def phones(draw: Draw, people: Int64Array) -> pa.Array:
    """Everybody's number; no two alike up to fifty million people."""
    return _phone_texts((people * _STEP + draw.whole(1, 0, _PHONES - 1)) % _PHONES)


def other_phones(draw: Draw, count: int) -> pa.Array:
    """Numbers nobody has at the moment."""
    return _phone_texts(draw.whole(count, _PHONES, 2 * _PHONES - 1))


def _phone_texts(numbers: Int64Array) -> pa.Array:
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 8, "0")
    return pc.binary_join_element_wise(PHONE_START, padded, "")
