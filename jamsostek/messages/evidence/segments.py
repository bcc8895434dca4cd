"""A JPEG inside a PDF, segment by segment: what shows the picture is kept as it is, what tells about it is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image

from jamsostek.messages.evidence.pictures import is_located

_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""Where the coded pixels of one scan end: a marker that is neither a stuffed byte nor a restart."""
_END = 0xD9
_SCAN = 0xDA
_COMMENT = 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_KEPT = {0xE0, 0xEE}
"""APP0 (JFIF) and APP14 (Adobe) say how colours are coded."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass
class Bare:
    """A JPEG without its metadata; width and height are pixels, by its own header."""

    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    located: bool = False


def bare_jpeg(content: bytes) -> Bare:
    """Drops EXIF, XMP, IPTC, profiles, comments and all after the end; raises ValueError for what is no JPEG."""
    if not content.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    bare, parts, at = Bare(b""), [b"\xff\xd8"], 2
    while at + 4 <= len(content) and content[at + 1] != _END:
        marker, after = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at] != 0xFF or after < at + 4:
            raise ValueError("no segment where one must be")
        if marker == _SCAN:
            after = _scan_end(content, after)
        segment = content[at:after]
        if marker in _FRAMES and len(segment) >= 9:
            bare.height, bare.width = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big")
        if marker in _KEPT or (marker not in _APPLICATIONS and marker != _COMMENT):
            parts.append(segment)
        bare.located = bare.located or _is_located(segment)
        at = after
    bare.content = b"".join([*parts, b"\xff\xd9"])
    return bare


def _scan_end(content: bytes, start: int) -> int:
    found = _NEXT.search(content, start)
    return found.start() if found else len(content)


def _is_located(segment: bytes) -> bool:
    if segment[4:10] != b"Exif\0\0":
        return b"GPSLatitude" in segment[:65536] and segment[1] == 0xE1
    exif = Image.Exif()
    try:
        exif.load(segment[4:])
    except (SyntaxError, ValueError, KeyError, OSError):
        return False
    return is_located(exif)
