"""Checks of a file somebody sent, before anything interprets it: size, magic bytes, zip directory, true sizes.

Order and reason: each check is cheaper than what it protects. The directory of a zip is read and believed only where it
agrees with the bytes; then every entry is inflated in small pieces and dropped, so sizes that lie and damage show here,
with the parent's memory steady. What passes is parsed in a child process (`run_limited`).
"""

from __future__ import annotations

import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable, run_limited

__all__ = [
    "DEFAULT_LIMITS", "FileUnreadable", "Limits", "Upload", "check_package", "check_upload", "read_upload", "run_limited",
]  # fmt: skip
Bytes = bytes | mmap.mmap
"""A file's bytes, read or mapped: a large workbook is checked without being in memory as a whole."""


@dataclass(frozen=True)
class Limits:
    """What a file may be at most; bytes, counts, and uncompressed : compressed."""

    file_bytes: int = 50 << 20
    entries: int = 2_000
    directory_bytes: int = 1 << 20
    entry_bytes: int = 512 << 20
    total_bytes: int = 768 << 20
    ratio: int = 120
    ratio_applies_above_bytes: int = 8 << 20


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Upload:
    """A file that passed the checks. `kind` is what its bytes are (xlsx, xls, ods, csv), whatever its name says."""

    name: str
    kind: str
    content: bytes = field(repr=False)


def read_upload(path: Path, limits: Limits = DEFAULT_LIMITS) -> Upload:
    """Reads a file once and checks what was read, so that nothing can be exchanged between check and use.

    Raises `FileUnreadable`, or `OSError` where the file system refuses.
    """
    with path.open("rb") as file:
        content = file.read(limits.file_bytes + 1)
    return check_upload(content, path.name, limits)


def check_upload(content: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Upload:
    """Says what a file is, or refuses it with the reason and the way out (`FileUnreadable`)."""
    if not content:
        raise FileUnreadable(_("Berkas kosong (0 byte)."), kind="empty", remedy=_("Simpan ulang di Excel, lalu kirim lagi."))
    if len(content) > limits.file_bytes:
        raise FileUnreadable(
            _("Berkas lebih besar dari {size} MB.").format(size=limits.file_bytes >> 20),
            kind="too_large",
            remedy=_("Hapus gambar dan lembar lain, atau bagi menjadi beberapa berkas."),
        )
    return Upload(name, _kind(content, limits), content)


def check_package(content: Bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The checks of a zipped workbook (xlsx, ods) alone, on bytes that may be mapped; what kind it is."""
    if content[:4] != b"PK\x03\x04":
        raise _damaged()
    return _zip_kind(content, limits)


# --- what is it, by its first bytes -----------------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
_MARKUP = re.compile(rb"\s*(<\?xml|<!doctype|<html|<table|<head|<meta|<body|<div|mime-version:)", re.IGNORECASE)


def _kind(content: bytes, limits: Limits) -> str:
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content, limits)
    if content.startswith(_OLE):
        return _ole_kind(content)
    for magic, called in _FOREIGN:
        if content.startswith(magic):
            raise _not_a_workbook(called)
    text = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        raise FileUnreadable(
            _("Berkas ini halaman web atau XML yang diberi nama Excel."),
            kind="markup",
            remedy=_("Buka di Excel, pilih Simpan Sebagai, Buku Kerja Excel (.xlsx), lalu kirim lagi."),
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content[:65536]:
        return "csv"
    raise _not_a_workbook(_("berkas biner yang tidak dikenal"))


def _not_a_workbook(called: str) -> FileUnreadable:
    return FileUnreadable(
        _("Ini bukan buku kerja, melainkan {called}.").format(called=called),
        kind="not_a_workbook",
        remedy=_("Kirim daftarnya sebagai .xlsx, .xls, .ods, atau .csv."),
    )


def _password() -> FileUnreadable:
    return FileUnreadable(
        _("Buku kerja ini dikunci dengan kata sandi."),
        kind="password",
        remedy=_("Buka di Excel, hapus kata sandinya (File, Info, Lindungi Buku Kerja), simpan, lalu kirim lagi."),
    )


def _ole_kind(content: bytes) -> str:
    """An OLE container holds an old workbook, an encrypted new one, or something else; its stream names tell."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _password()
    if "Workbook".encode("utf-16-le") in content or b"B\0o\0o\0k\0\0" in content:
        return "xls"
    raise _not_a_workbook(_("dokumen Office lama (.doc, .ppt, .msg)"))


# --- the zip directory ------------------------------------------------------------------------------------------------

_END = struct.Struct("<4sHHHHIIH")
_END64_LOCATOR = struct.Struct("<4sIQI")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_NESTED = re.compile(r"\.(zip|xlsx|xlsm|xlsb|docx|pptx|ods|odt|jar|7z|rar|gz|bz2|xz|tar)$", re.IGNORECASE)
_UNSAFE = re.compile(r"(^|/)\.\.(/|$)|^/|\\|\0|^[A-Za-z]:")


@dataclass(frozen=True)
class _Entry:
    name: str
    method: int
    crc: int
    compressed: int
    size: int
    start: int
    """Where the entry's own bytes begin (after its local header)."""


def _zip_kind(content: Bytes, limits: Limits) -> str:
    entries = _entries(content, limits)
    _check_sizes(entries, len(content), limits)
    kind = _package_kind(content, {entry.name: entry for entry in entries})
    for entry in entries:
        _check_entry(content, entry)
    return kind


def _package_kind(content: Bytes, entries: dict[str, _Entry]) -> str:
    if "xl/workbook.xml" in entries:
        return "xlsx"
    if "xl/workbook.bin" in entries:
        raise FileUnreadable(
            _("Buku kerja biner (.xlsb) tidak diterima."),
            kind="xlsb",
            remedy=_("Buka di Excel, pilih Simpan Sebagai, Buku Kerja Excel (.xlsx), lalu kirim lagi."),
        )
    if "mimetype" in entries and "content.xml" in entries:
        if b"".join(_inflate(content, entries["mimetype"])) == b"application/vnd.oasis.opendocument.spreadsheet":
            # An encrypted ODS is an ordinary zip with this note in its manifest; its content.xml is noise.
            manifest = entries.get("META-INF/manifest.xml")
            if manifest and any(b"encryption-data" in piece for piece in _inflate(content, manifest)):
                raise _password()
            return "ods"
        raise _not_a_workbook("OpenDocument")
    if "word/document.xml" in entries:
        raise _not_a_workbook("Word")
    if "ppt/presentation.xml" in entries:
        raise _not_a_workbook("PowerPoint")
    raise FileUnreadable(
        _("Ini arsip zip, bukan buku kerja."),
        kind="archive",
        remedy=_("Buka arsipnya dan kirim buku kerja di dalamnya."),
    )


def _entries(content: Bytes, limits: Limits) -> list[_Entry]:
    """The central directory, believed only where it agrees with the bytes it describes."""
    count, size, offset = _directory(content)
    if count > limits.entries or size > limits.directory_bytes:
        raise _bomb(_("Buku kerja ini berisi lebih dari {count} bagian.").format(count=limits.entries))
    entries, at = [], offset
    for _index in range(count):
        entry, at = _entry(content, at, offset)
        entries.append(entry)
    if at != offset + size or len({entry.name for entry in entries}) != count:
        raise _damaged()
    in_order = sorted(entries, key=lambda entry: entry.start)
    for entry, following in pairwise(in_order):
        if entry.start + entry.compressed > following.start:
            raise _bomb(_("Bagian-bagian buku kerja ini saling tumpang tindih."))
    return entries


def _directory(content: Bytes) -> tuple[int, int, int]:
    """Entry count, size and offset of the directory; it must end the file, or two readers could see two workbooks."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - 65535))
    if end < 0 or end + _END.size > len(content):
        raise _damaged()
    _sig, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(content, end)
    directory_end = end
    locator = end - _END64_LOCATOR.size
    if locator >= 0 and content[locator : locator + 4] == b"PK\x06\x07":
        directory_end = _check_end64(content, locator, (count, size, offset))
    ends_file = end + _END.size + comment == len(content)
    if not ends_file or disk or first_disk or here != count or offset + size != directory_end:
        raise _damaged()
    return count, size, offset


def _check_end64(content: Bytes, locator: int, plain: tuple[int, int, int]) -> int:
    """A zip64 end record is allowed where it says the same as the plain one; returns where it stands."""
    end64 = _END64_LOCATOR.unpack_from(content, locator)[2]
    if end64 + _END64.size > locator or content[end64 : end64 + 4] != b"PK\x06\x06":
        raise _damaged()
    if _END64.unpack_from(content, end64)[-3:] != plain:
        raise _damaged()
    return int(end64)


def _entry(content: Bytes, at: int, directory: int) -> tuple[_Entry, int]:
    """One line of the directory and the position of the next, checked against the entry's own header."""
    try:
        fields = _CENTRAL.unpack_from(content, at)
    except struct.error:
        raise _damaged() from None
    signature, flags, method, crc, compressed, size = fields[0], fields[3], fields[4], *fields[7:10]
    name_length, extra_length, comment_length, offset = *fields[10:13], fields[16]
    name_at = at + _CENTRAL.size
    raw_name = content[name_at : name_at + name_length]
    extra = content[name_at + name_length : name_at + name_length + extra_length]
    size, compressed, offset = _wide(extra, size, compressed, offset)
    if signature != b"PK\x01\x02" or offset + _LOCAL.size > directory or method not in (0, 8):
        raise _damaged()
    if flags & 1:
        raise _password()
    local = _LOCAL.unpack_from(content, offset)
    start = offset + _LOCAL.size + local[9] + local[10]
    local_name = content[offset + _LOCAL.size : offset + _LOCAL.size + local[9]]
    if local[0] != b"PK\x03\x04" or local_name != raw_name or local[3] != method or start + compressed > directory:
        raise _damaged()
    name = raw_name.decode("utf-8", "replace")
    _check_name(name)
    after = name_at + name_length + extra_length + comment_length
    return _Entry(name, method, crc, compressed, size, start), after


def _wide(extra: bytes, *values: int) -> Iterator[int]:
    """The 64-bit values of the zip64 extra field, for those that are all ones in the directory line."""
    wide = b""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            wide = extra[at + 4 : at + 4 + length]
        at += 4 + length
    taken = 0
    for value in values:
        if value == 0xFFFFFFFF:
            if taken + 8 > len(wide):
                raise _damaged()
            value = struct.unpack_from("<Q", wide, taken)[0]
            taken += 8
        yield value


def _check_name(name: str) -> None:
    if _UNSAFE.search(name):
        raise FileUnreadable(_("Buku kerja ini berisi nama bagian yang menunjuk ke luar berkas."), kind="path", remedy=_resave())
    if _NESTED.search(name):
        raise _nested()


def _check_sizes(entries: list[_Entry], file_size: int, limits: Limits) -> None:
    total = sum(entry.size for entry in entries)
    largest = max((entry.size for entry in entries), default=0)
    if total > limits.total_bytes or largest > limits.entry_bytes:
        raise _bomb(_("Isi buku kerja ini lebih dari {size} MB setelah dibuka.").format(size=limits.entry_bytes >> 20))
    if total > limits.ratio_applies_above_bytes and total > limits.ratio * file_size:
        raise _bomb(_("Isi buku kerja ini mengembang lebih dari {ratio} kali.").format(ratio=limits.ratio))


def _check_entry(content: Bytes, entry: _Entry) -> None:
    """Inflates an entry piece by piece: true size, checksum, no archive inside, no entity declarations."""
    crc = size = 0
    tail = b""
    is_xml = entry.name.endswith((".xml", ".rels", ".vml"))
    for piece in _inflate(content, entry):
        if size == 0 and piece.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
            raise _nested()
        if is_xml and _declares(tail + piece):
            raise FileUnreadable(
                _("Buku kerja ini berisi deklarasi XML (DOCTYPE) yang tidak diizinkan."),
                kind="entity",
                remedy=_resave(),
            )
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        tail = piece[-32:]
    if size != entry.size or crc != entry.crc:
        raise _damaged()


def _declares(text: bytes) -> bool:
    return any(word in text for word in (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0O\0", b"\0<\0!\0D\0O", b"<\0!\0E\0N\0"))


def _inflate(content: Bytes, entry: _Entry, step: int = 1 << 18) -> Iterator[bytes]:
    """The entry's bytes in pieces of at most `step`; refuses as soon as more come out than the directory declares."""
    view = memoryview(content)[entry.start : entry.start + entry.compressed]
    left = entry.size
    if entry.method == 0:
        if entry.compressed != entry.size:
            raise _lying()
        for at in range(0, len(view), step):
            yield bytes(view[at : at + step])
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(view), step):
            waiting: bytes | memoryview = view[at : at + step]
            while True:
                piece = engine.decompress(waiting, step)
                left -= len(piece)
                if left < 0:
                    raise _lying()
                if piece:
                    yield piece
                waiting = engine.unconsumed_tail
                if not waiting and len(piece) < step:
                    break
    except zlib.error:
        raise _damaged() from None
    if not engine.eof or engine.unused_data:
        raise _damaged()


def _resave() -> str:
    return _("Buka di Excel, simpan sebagai buku kerja baru (.xlsx), lalu kirim lagi.")


def _damaged() -> FileUnreadable:
    return FileUnreadable(
        _("Berkas rusak atau terpotong."),
        kind="damaged",
        remedy=_("Kirim ulang salinan yang utuh; bila masih gagal, buka di Excel dan simpan sebagai buku kerja baru."),
    )


def _bomb(message: str) -> FileUnreadable:
    return FileUnreadable(
        message,
        kind="bomb",
        remedy=_("Salin hanya tabelnya ke buku kerja baru (tempel sebagai nilai), lalu kirim lagi."),
    )


def _lying() -> FileUnreadable:
    return FileUnreadable(
        _("Ukuran isi buku kerja ini tidak sesuai dengan yang tertulis di dalamnya."), kind="lying", remedy=_resave()
    )


def _nested() -> FileUnreadable:
    return FileUnreadable(
        _("Buku kerja ini berisi arsip atau buku kerja lain di dalamnya."),
        kind="nested",
        remedy=_("Salin tabelnya ke buku kerja baru tanpa lampiran, lalu kirim lagi."),
    )
