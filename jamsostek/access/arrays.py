"""PostgreSQL's binary form of an array of one column's values, made a column at a time: psycopg makes it a value at a time.

The form is that of `array_recv`: dimensions, whether there are nulls, the element's type, length and lower bound, then each
element as its length and bytes, a null as the length -1. Types not named here are left to psycopg.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = struct.Struct("!iiIii")
_NULL = b"\xff\xff\xff\xff"
_EPOCH = dt.date(2000, 1, 1).toordinal()
_LENGTHS = [struct.pack("!i", length) for length in range(1024)]


class Packed:
    """A whole array in binary form."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


class PackedDumper(Dumper):
    """Hands the bytes on; the statement says what they are (`%b::text[]`)."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> bytes:
        """The bytes."""
        return obj.content


psycopg.adapters.register_dumper(Packed, PackedDumper)


def packed(kind: str, values: Sequence[Any]) -> Packed | list[Any]:
    """A column as `Packed`, or as the list psycopg packs, for types that are not here."""
    known = _TYPES.get(kind)
    if known is None or not values:
        return list(values)
    oid, pack = known
    has_null = None in values
    head = _HEAD.pack(1, has_null, oid, len(values), 1)
    if values[0] is values[-1] and values.count(values[0]) == len(values):  # as most columns of a batch are
        return Packed(head + pack(values[:1], has_null) * len(values))
    return Packed(head + pack(values, has_null))


def _texts(values: Sequence[str | None], _has_null: bool) -> bytes:
    return _bytes([None if value is None else str(value).encode() for value in values], _has_null)


def _bytes(values: Sequence[bytes | None], _has_null: bool) -> bytes:
    parts: list[bytes] = []
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            length = len(value)
            parts.append(_LENGTHS[length] if length < 1024 else struct.pack("!i", length))
            parts.append(value)
    return b"".join(parts)


def _integers(size: int) -> Callable[[Sequence[int | None], bool], bytes]:
    row = np.dtype([("length", ">i4"), ("value", f">i{size}")])
    pack = struct.Struct(f"!i{'q' if size == 8 else 'i'}").pack

    def write(values: Sequence[int | None], has_null: bool) -> bytes:
        if has_null:
            return b"".join(_NULL if value is None else pack(size, value) for value in values)
        whole = np.empty(len(values), row)
        whole["length"], whole["value"] = size, values
        return whole.tobytes()

    return write


def _dates(values: Sequence[dt.date | None], has_null: bool) -> bytes:
    return _INT4([None if value is None else value.toordinal() - _EPOCH for value in values], has_null)


_INT4 = _integers(4)
_TYPES: dict[str, tuple[int, Callable[[Sequence[Any], bool], bytes]]] = {
    "bigint": (20, _integers(8)),
    "int": (23, _INT4),
    "text": (25, _texts),
    "bytea": (17, _bytes),
    "date": (1082, _dates),
}
"""Type -> its oid, fixed since PostgreSQL began, and how a column of it is written."""
