"""The form of codes: columns, lengths, and what stands in the file's metadata."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.linkage.hashed.fields import MORE, blocks_of, parts_of
from jamsostek.linkage.hashed.keys import fingerprint

VERSION = "1"
BITS = 1_024
FILTER = 2 * BITS
"""Bits before folding: halves are XORed, so that no bit belongs to one feature. It cost no accuracy where it was measured."""
CLK_BYTES, CODE_BYTES, BLOCK_BYTES = BITS // 8, 16, 8
NIK, PREFIX = "nik", "block_"
_META = "jamsostek_hashed_"


def checked_more(more: Iterable[str]) -> tuple[str, ...]:
    """The more fields agreed on, in one order. Raises InputError for one that is none."""
    named = set(more)
    for name in sorted(named - set(MORE)):
        raise unknown_name(_("Kolom kode"), name, MORE)
    return tuple(name for name in MORE if name in named)


def schema_of(key: bytes, agreement: str, more: tuple[str, ...]) -> pa.Schema:
    """The schema of codes under a key and an agreement."""
    told = {
        "version": VERSION,
        "agreement": agreement,
        "key": fingerprint(key),
        "more": ",".join(more),
        "fields": ",".join(part.name for part in parts_of(more)),
    }
    return columns_of(more).with_metadata({_META + name: text for name, text in told.items()})


def columns_of(more: tuple[str, ...]) -> pa.Schema:
    """The columns of codes where these more fields are agreed on."""
    return pa.schema([
        pa.field("code", pa.binary(CODE_BYTES), nullable=False),
        pa.field(NIK, pa.binary(CODE_BYTES)),
        pa.field("clk", pa.binary(CLK_BYTES), nullable=False),
        *(pa.field(PREFIX + name, pa.binary(BLOCK_BYTES)) for name in blocks_of(more)),
    ])  # fmt: skip


def told(schema: pa.Schema, name: str) -> str:
    """What the metadata says: version, agreement, key (its fingerprint), more, fields; empty where it says nothing."""
    return ((schema.metadata or {}).get((_META + name).encode()) or b"").decode("utf-8", "replace")


def block_names(schema: pa.Schema) -> tuple[str, ...]:
    """The block keys of codes, in their order."""
    return tuple(name.removeprefix(PREFIX) for name in schema.names if name.startswith(PREFIX))


def told_more(schema: pa.Schema) -> tuple[str, ...]:
    """The more fields that the metadata names. Raises InputError for one that is none."""
    return checked_more(name for name in told(schema, "more").split(",") if name)


def with_rows(schema: pa.Schema, rows: int) -> pa.Schema:
    """The schema with the number of rows in its metadata."""
    return schema.with_metadata({**(schema.metadata or {}), f"{_META}rows".encode(): str(rows).encode()})
