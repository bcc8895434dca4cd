"""What a file is by its first bytes, whatever its name says: a photo, a PDF, or something else told by what it is."""

from __future__ import annotations

import re

from jamsostek.core.text import N_, _
from jamsostek.messages.evidence.records import DEFAULT, PDF, Limits
from jamsostek.messages.evidence.refusals import PHOTOGRAPH, empty, foreign, moving, over_size
from jamsostek.messages.limited import FileUnreadable

HEIC = "heic"
PNG = "png"
WEBP = "webp"
PHOTO = "jpeg"

_PRINT = N_("Simpan sebagai PDF (Cetak, Simpan sebagai PDF), atau foto kertasnya, lalu kirim lagi.")
_UNPACK = N_("Buka arsipnya, lalu kirim foto atau PDF di dalamnya satu per satu.")
_BEWARE = N_("Jangan dibuka: berkas seperti ini dapat mengambil data di ponsel. Foto kertasnya, lalu kirim fotonya.")
_REMEDIES = {
    "document": _PRINT,
    "text": _PRINT,
    "markup": _PRINT,
    "archive": _UNPACK,
    "program": _BEWARE,
    "picture": PHOTOGRAPH,
    "recording": PHOTOGRAPH,
    "unknown": PHOTOGRAPH,
}
"""The way out, by the kind of a refusal."""

_SIGNS = (
    (b"GIF8", "picture", N_("gambar GIF")),
    (b"BM", "picture", N_("gambar BMP")),
    (b"II*\0", "picture", N_("gambar TIFF")),
    (b"MM\0*", "picture", N_("gambar TIFF")),
    (b"\0\0\0\x0cjP  ", "picture", N_("gambar JPEG 2000")),
    (b"\0\0\0\x0cJXL ", "picture", N_("gambar JPEG XL")),
    (b"\xff\x0a", "picture", N_("gambar JPEG XL")),
    (b"8BPS", "picture", N_("gambar Photoshop")),
    (b"%!PS", "document", N_("dokumen PostScript")),
    (b"{\\rtf", "document", N_("dokumen RTF")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document", N_("dokumen Office lama (.doc, .xls, .ppt, .msg)")),
    (b"Rar!", "archive", N_("arsip RAR")),
    (b"7z\xbc\xaf", "archive", N_("arsip 7z")),
    (b"\x1f\x8b", "archive", N_("arsip gzip")),
    (b"MZ", "program", N_("program Windows")),
    (b"\x7fELF", "program", N_("program Linux")),
    (b"dex\n", "program", N_("program Android")),
    (b"#!", "program", N_("skrip")),
    (b"ID3", "recording", N_("rekaman suara")),
    (b"OggS", "recording", N_("rekaman suara")),
    (b"#!AMR", "recording", N_("rekaman suara")),
    (b"\x1aE\xdf\xa3", "recording", N_("video")),
)
_PACKAGES = (
    (b"AndroidManifest.xml", "program", N_("program Android (.apk)")),
    (b"META-INF/MANIFEST.MF", "program", N_("program Java")),
    (b"word/", "document", N_("dokumen Word")),
    (b"xl/", "document", N_("buku kerja Excel")),
    (b"ppt/", "document", N_("presentasi PowerPoint")),
    (b"mimetypeapplication/vnd.oasis.opendocument", "document", N_("dokumen OpenDocument")),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_SEQUENCES = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1", b"avis"}
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|!--|html|head|body|table|div|meta|script|svg|[a-z]+[ >])", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def too_large(size: int, limits: Limits = DEFAULT) -> FileUnreadable | None:
    """The refusal of a file of so many bytes, or None; to be raised before the rest of a body is read."""
    return over_size(limits.file_bytes >> 20) if size > limits.file_bytes else None


def kind_of(content: bytes, limits: Limits = DEFAULT) -> str:
    """jpeg, png, heic, webp or pdf; raises `FileUnreadable` for all else."""
    if not content:
        raise empty()
    if refusal := too_large(len(content), limits):
        raise refusal
    if content.startswith(b"\xff\xd8\xff"):
        return PHOTO
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:64].lstrip(_BOM + b" \t\r\n\0").startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"RIFF"):
        return _riff_kind(content)
    if content[4:8] == b"ftyp":
        return _box_kind(content)
    raise _other(content)


def _riff_kind(content: bytes) -> str:
    if content[8:12] == b"WEBP":
        return WEBP
    if content[8:12] == b"AVI ":
        raise _foreign("recording", N_("video"))
    raise _foreign("recording", N_("rekaman suara"))


def _box_kind(content: bytes) -> str:
    """The containers of HEIC, AVIF and of most video begin alike; the brands in the first box tell."""
    brands = content[8 : min(int.from_bytes(content[:4], "big"), 256)]
    if b"avif" in brands:
        raise _foreign("picture", N_("gambar AVIF"))
    if brands[:4] in _SEQUENCES:
        raise moving()
    if brands[:4] in _HEIF:
        return HEIC
    if brands[:4] == b"M4A ":
        raise _foreign("recording", N_("rekaman suara"))
    raise _foreign("recording", N_("video"))


def _other(content: bytes) -> FileUnreadable:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(content)
    # The longest sign first: "#!AMR" is a recording, "#!" a script.
    for magic, kind, called in sorted(_SIGNS, key=lambda sign: -len(sign[0])):
        if content.startswith(magic):
            return _foreign(kind, called)
    return _written(content)


def _zip(content: bytes) -> FileUnreadable:
    """A zip by the names inside: they stand uncompressed, and the zip itself is not opened."""
    for name, kind, called in _PACKAGES:
        if name in content:
            return _foreign(kind, called)
    return _foreign("archive", N_("arsip zip"))


def _written(content: bytes) -> FileUnreadable:
    head = content[:4096].removeprefix(_BOM)
    if _MARKUP.match(head):
        if b"<svg" in head.lower():
            return _foreign("markup", N_("gambar SVG"))
        return _foreign("markup", N_("halaman web atau XML"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content[:65536]:
        return _foreign("text", N_("berkas teks"))
    return _foreign("unknown", N_("berkas biner yang tidak dikenal"))


def _foreign(kind: str, called: str) -> FileUnreadable:
    return foreign(_(called), kind, _REMEDIES[kind])
