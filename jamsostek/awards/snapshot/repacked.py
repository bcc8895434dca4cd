"""A snapshot that somebody unpacked and packed again with an ordinary tool: no longer the file, but its members can be compared.

Only what is an ordinary ZIP of members with our names is opened, within the bounds that ours has; nothing is written anywhere.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from jamsostek.awards.snapshot.container import MOST_BYTES, MOST_MEMBERS, NAME
from jamsostek.awards.snapshot.schema import EDITION, SEAL

_END = struct.Struct("<4s4H2IH")
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def members_of(path: Path) -> dict[str, bytes] | None:
    """The members of a ZIP that has a snapshot's; None where it is none, or not whole as a ZIP."""
    content = path.read_bytes()
    if not content.startswith(b"PK\3\4") or not _ends_where_it_says(content):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.infolist()
            if not _ours(listed):
                return None
            return {one.filename: package.read(one) for one in listed}
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        return None


def _ends_where_it_says(content: bytes) -> bool:
    """Whether list and end lie where the end says, with nothing but a comment behind: no two files, nothing before or after."""
    at = content.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(content):
        return False
    length, place, comment = (int(one) for one in _END.unpack_from(content, at)[5:])
    return place + length == at and at + _END.size + comment == len(content)


def _ours(listed: list[zipfile.ZipInfo]) -> bool:
    names = [one.filename for one in listed]
    return (
        len(listed) <= MOST_MEMBERS and len(set(names)) == len(names) and {SEAL, EDITION} <= set(names)
        and all(NAME.fullmatch(one.encode()) for one in names) and all(one.compress_type in _WAYS for one in listed)
        and sum(one.file_size for one in listed) <= MOST_BYTES
    )  # fmt: skip
