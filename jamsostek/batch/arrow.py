"""NumPy arrays and Arrow arrays of the same memory.

`pa.array` and `to_numpy` import pandas wherever it is installed (Spark needs it), which costs every process half a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def from_numbers(values: Any, kind: pa.DataType) -> pa.Array:
    """An array of numbers of the same width as `kind`, borrowed."""
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def from_texts(values: Sequence[str]) -> pa.Array:
    """Texts."""
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)]).astype(np.int32)
    return pa.Array.from_buffers(pa.string(), len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


def to_numbers(array: pa.Array) -> Any:
    """A column of numbers without nulls, borrowed; read-only."""
    return np.from_dlpack(array)


def to_flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    """A column of flags without nulls."""
    if not len(array):
        return np.zeros(0, dtype=np.bool_)
    bits = np.unpackbits(np.frombuffer(array.buffers()[1], dtype=np.uint8), bitorder="little")
    return bits[array.offset : array.offset + len(array)].view(np.bool_)
