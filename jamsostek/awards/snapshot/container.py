"""The file around a snapshot: a ZIP that stores its members as they are, written in one way only.

Every header follows from a member's name and bytes. So the same members make the same file on any machine, a header that was
touched is seen, nothing inflates, and no name can lead out of a folder.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

MOST_BYTES = 1 << 30
MOST_MEMBERS = 40
NAME = re.compile(rb"[a-z]{2,20}(-[a-z]{2,20})?\.(parquet|txt|json|yaml)")
"""What a member may be called."""
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _DATE = 20, 0x21
"""What it takes to read a stored member, and the first day a ZIP knows."""


def packed(members: Mapping[str, bytes]) -> bytes:
    """A file of members, in their order."""
    parts, directory, at = [], [], 0
    for name, content in members.items():
        local, central = _headers(name.encode(), zlib.crc32(content), len(content), at)
        parts += [local, content]
        directory.append(central)
        at += len(local) + len(content)
    whole = b"".join(directory)
    return b"".join([*parts, whole, _end(len(members), len(whole), at)])


def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of a file, whatever is in them; raises `InputError` where it is not one of ours, or not whole.

    A member whose bytes are not those of its check sum comes back all the same: who verifies names what changed in it.
    """
    if len(content) < _END.size or not content.startswith(b"PK\3\4"):
        raise _damaged(_("isinya bukan potret"))
    end = content[-_END.size :]
    count, length, at = _END.unpack(end)[4:7]
    if count > MOST_MEMBERS or at + length + _END.size != len(content) or end != _end(count, length, at):
        raise _damaged(_("akhirnya hilang atau rusak"))
    found: dict[str, bytes] = {}
    place, here = at, 0
    for _number in range(count):
        name, size, place_after, here_after = _member(content, place, here)
        if name in found:
            raise _damaged(_("ada isi yang tertulis dua kali"))
        found[name] = content[here_after - size : here_after]
        place, here = place_after, here_after
    if (place, here) != (at + length, at):
        raise _damaged(_("daftar isinya rusak"))
    return found


def opened(path: Path) -> dict[str, bytes]:
    """The members of a file on the disk; raises `InputError`."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            _("Berkas {name} tidak dapat dibaca: {why}").format(name=path.name, why=error.strerror or str(error)), field="data",
            remedy=_("Periksa nama dan letak berkasnya."),
        ) from None  # fmt: skip
    if len(content) > MOST_BYTES:
        raise InputError(_("Berkas ini lebih besar dari {size} MB.").format(size=MOST_BYTES >> 20), field="data")
    return unpacked(content)


def _end(count: int, length: int, at: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, length, at, 0)


def _headers(name: bytes, check: int, size: int, at: int) -> tuple[bytes, bytes]:
    local = _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, check, size, size, len(name), 0) + name
    central = _CENTRAL.pack(
        b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, check, size, size, len(name), 0, 0, 0, 0, 0, at
    ) + name  # fmt: skip
    return local, central


def _member(content: bytes, place: int, here: int) -> tuple[str, int, int, int]:
    """Name and size of the member whose directory line is at `place` and whose header is at `here`, and where the next are."""
    if place + _CENTRAL.size > len(content):
        raise _damaged(_("daftar isinya rusak"))
    told = _CENTRAL.unpack_from(content, place)
    check, packed_size, size, length, at = told[7], told[8], told[9], told[10], told[16]
    name = content[place + _CENTRAL.size : place + _CENTRAL.size + length]
    if told[4] != 0 or told[3] != 0 or packed_size != size:
        raise _damaged(_("isinya dimampatkan, dikunci, atau berukuran lain dari yang tertulis"))
    if not NAME.fullmatch(name):
        raise _damaged(_("ada isi yang namanya tidak dikenal"))
    local, central = _headers(name, check, size, at)
    if at != here or content[place : place + len(central)] != central or content[here : here + len(local)] != local:
        raise _damaged(_("kepala {name} rusak").format(name=name.decode()))
    return name.decode(), size, place + len(central), here + len(local) + size


def _damaged(why: str) -> InputError:
    return InputError(
        _("Berkas ini bukan potret yang utuh: {why}.").format(why=why), field="data", remedy=_("Unduh ulang potretnya.")
    )
