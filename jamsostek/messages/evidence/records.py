"""A piece of evidence as it will be stored, what it may be at most, and how it travels from the child to its parent."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from jamsostek.core.text import N_

JPEG = "jpeg"
PDF = "pdf"
MEDIA_TYPES = {JPEG: "image/jpeg", PDF: "application/pdf"}
THUMBNAIL_SIDE = 320


@dataclass(frozen=True)
class Limits:
    """What a file may be at most: as sent (bytes, pixels, pages, objects), as stored (side), and in the child (time, memory).

    The memory is address space: the child's own libraries take 0.3 GiB of it before a pixel is read.
    """

    file_bytes: int = 15 << 20
    pixels: int = 60_000_000
    side: int = 2_200
    pages: int = 30
    objects: int = 50_000
    seconds: float = 60.0
    memory_bytes: int = 1536 << 20


DEFAULT = Limits()


@dataclass(frozen=True)
class Evidence:
    """What is stored of a file. `kind` is jpeg or pdf, `content` what was made anew, `notes` what was done and seen.

    `width` and `height` are pixels; of a PDF, points (1/72 inch) of its first page. `original_bytes` counts what was sent.
    """

    kind: str
    content: bytes = field(repr=False)
    media_type: str
    pages: int
    width: int
    height: int
    original_bytes: int
    notes: tuple[str, ...]


NOTES = {
    "converted_from_heic": N_("Foto HEIC diubah menjadi JPEG."),
    "converted_from_png": N_("Gambar PNG diubah menjadi JPEG."),
    "converted_from_webp": N_("Gambar WebP diubah menjadi JPEG."),
    "location_removed": N_("Tempat pengambilan foto dihapus dari berkas."),
    "rotated": N_("Foto ditegakkan."),
    "shrunk": N_("Foto diperkecil."),
    "links_removed": N_("Tautan di dalam PDF tidak dapat diklik lagi."),
    "signature_lost": N_("Tanda tangan elektronik PDF ini tidak ikut tersimpan; periksa aslinya lewat kode QR atau penerbitnya."),
    "small": N_("Gambar ini kecil: tulisannya mungkin tidak terbaca."),
    "dark": N_("Gambar ini gelap: foto lagi di tempat yang lebih terang."),
    "blurry": N_("Gambar ini kabur: foto lagi dari dekat dan tahan ponsel agar tidak goyang."),
}
"""What each note says to a person, in the order in which notes come."""
HINTS = frozenset({"small", "dark", "blurry"})
"""Notes about how well a paper can be read; never a reason to refuse it."""


def in_order(found: set[str]) -> tuple[str, ...]:
    """Notes in the order of `NOTES`."""
    return tuple(name for name in NOTES if name in found)


# --- between the child and its parent ---------------------------------------------------------------------------------


def to_table(content: bytes, told: Any = None) -> pa.Table:
    """One row of bytes, with what JSON can hold in its schema's metadata."""
    table = pa.table({"content": pa.array([content], pa.large_binary())})
    return table.replace_schema_metadata({"told": json.dumps(told)})


def evidence_to_table(evidence: Evidence) -> pa.Table:
    """As `to_table`, for a whole piece of evidence."""
    told = asdict(evidence)
    return to_table(told.pop("content"), told)


def content_of(table: pa.Table) -> bytes:
    """The bytes of a table that `to_table` made."""
    content: bytes = table["content"][0].as_py()
    return content


def evidence_of(table: pa.Table) -> Evidence:
    """The evidence of a table that `evidence_to_table` made."""
    told = json.loads(table.schema.metadata[b"told"])
    return Evidence(**told | {"content": content_of(table), "notes": tuple(told["notes"])})
