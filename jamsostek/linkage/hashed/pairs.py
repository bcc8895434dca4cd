"""Which codes to compare, and how alike they are: joins over block keys, Dice over bits. Rows are numbers from 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.linkage.hashed.layout import NIK, PREFIX, block_names

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]
Masks = npt.NDArray[np.uint32]
MOST_ALIKE = 1_000
"""A block key that more members have is not used: it tells nothing."""
MOST_PAIRS = 200
"""More pairs a record than this are refused: honest lists give fewer than 30, a forged one could ask for any number."""
_FEW = 10_000
_AT_ONCE = 100_000


@dataclass(frozen=True)
class Pairs:
    """Rows of the register with rows of the members, by row of the register."""

    left: Rows
    right: Rows
    agree: Masks
    """A bit for each column in which the codes are equal: the NIK first, then the block keys."""


def candidates(register: pa.Table, members: pa.Table) -> Pairs:
    """Every pair that shares a NIK code or a block key, once."""
    columns = (NIK, *(PREFIX + name for name in block_names(register.schema)))
    keys, masks = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint32)]
    for place, name in enumerate(columns):
        left, right = joined(register[name], members[name], name)
        keys.append(left * members.num_rows + right)
        masks.append(np.full(len(left), 1 << place, dtype=np.uint32))
    key, mask = np.concatenate(keys), np.concatenate(masks)
    order = np.argsort(key, kind="stable")
    key, mask = key[order], mask[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1) > 0)
    agree = np.bitwise_or.reduceat(mask, starts) if len(starts) else mask
    return Pairs(*np.divmod(key[starts], max(members.num_rows, 1)), agree)


def joined(left: pa.ChunkedArray, right: pa.ChunkedArray, name: str) -> tuple[Rows, Rows]:
    """Rows with equal codes. Raises InputError where they are more than honest lists give."""
    left_rows, left_keys = _present(left)
    right_rows, right_keys = _present(right)
    order = np.argsort(right_keys, kind="stable")
    right_rows, right_keys = right_rows[order], right_keys[order]
    first = np.searchsorted(right_keys, left_keys, "left")
    counts = np.searchsorted(right_keys, left_keys, "right") - first
    counts[counts > MOST_ALIKE] = 0
    total = int(counts.sum())
    if total > MOST_PAIRS * max(len(left), _FEW):
        raise InputError(
            _("Kolom {name} memberi {total} pasangan untuk {rows} baris; daftar yang wajar tidak sebanyak itu.").format(
                name=name, total=total, rows=len(left)
            ),
            field=name,
            remedy=_("Minta pemilik daftar membuat ulang berkas kodenya."),
        )
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(left_rows, counts), right_rows[np.repeat(first, counts) + within]


def _present(column: pa.ChunkedArray) -> tuple[Rows, Bits]:
    """The rows that have a code, and its first eight bytes as a number."""
    rows = pc.indices_nonzero(pc.is_valid(column)).to_numpy().astype(np.int64)
    return rows, numbers_of(column.drop_null())[:, 0]


def numbers_of(column: pa.ChunkedArray) -> Bits:
    """Codes without nulls as rows of 64-bit numbers."""
    array = column.combine_chunks()
    width = column.type.byte_width // 8
    if not len(array):
        return np.zeros((0, width), dtype=np.uint64)
    whole = np.frombuffer(array.buffers()[1], dtype=np.uint64).reshape(-1, width)
    return whole[array.offset : array.offset + len(array)]


def dice(left: Bits, right: Bits, left_rows: Rows, right_rows: Rows) -> Floats:
    """For each pair twice the shared bits over the bits of both: 1 for equal, about 0.3 to 0.6 for strangers."""
    of_left, of_right = (np.bitwise_count(bits).sum(axis=1, dtype=np.int64) for bits in (left, right))
    alike = np.zeros(len(left_rows))
    for at in range(0, len(alike), _AT_ONCE):
        one, other = left_rows[at : at + _AT_ONCE], right_rows[at : at + _AT_ONCE]
        shared = np.bitwise_count(left[one] & right[other]).sum(axis=1, dtype=np.int64)
        alike[at : at + _AT_ONCE] = 2 * shared / np.maximum(of_left[one] + of_right[other], 1)
    return alike
