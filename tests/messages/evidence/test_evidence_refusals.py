"""What is no evidence is refused for what it is, before anything large happens, with a way out."""

from __future__ import annotations

import io
import time

import psutil
import pytest
from evidence_files import archive, encoded, good, moving, photo, png_bomb
from PIL import Image

from jamsostek.core.text import speaking
from jamsostek.messages.evidence.kinds import kind_of
from jamsostek.messages.evidence.reader import clean, thumbnail, too_large
from jamsostek.messages.evidence.records import Limits
from jamsostek.messages.limited import FileUnreadable

RIFF = b"RIFF\x24\0\0\0"
BOX = b"\0\0\0\x18ftyp"

OTHERS = {
    "GIF": (encoded(photo(100, 80), "GIF"), "picture", "GIF"),
    "BMP": (encoded(photo(100, 80), "BMP"), "picture", "BMP"),
    "TIFF": (encoded(photo(100, 80), "TIFF"), "picture", "TIFF"),
    "AVIF": (encoded(photo(100, 80), "AVIF"), "picture", "AVIF"),
    "JPEG 2000": (encoded(photo(100, 80), "JPEG2000"), "picture", "JPEG 2000"),
    "PSD": (b"8BPS\0\1" + b"\0" * 60, "picture", "Photoshop"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "markup", "SVG"),
    "SVG with a head": (b"<?xml version='1.0'?>\n<svg/>", "markup", "SVG"),
    "HTML": (b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Surat</body></html>", "markup", "web page"),
    "text": ("Dengan ini saya menerangkan…".encode(), "text", "text"),
    "text in UTF-16": ("Dengan ini".encode("utf-16"), "text", "text"),
    "Word": (archive("[Content_Types].xml", "word/document.xml"), "document", "Word"),
    "Excel": (archive("xl/workbook.xml"), "document", "Excel"),
    "PowerPoint": (archive("ppt/presentation.xml"), "document", "PowerPoint"),
    "OpenDocument": (b"PK\3\4" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "document", "OpenDocument"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "document", "old Office"),
    "RTF": (rb"{\rtf1 Surat}", "document", "RTF"),
    "PostScript": (b"%!PS-Adobe-3.0", "document", "PostScript"),
    "ZIP": (archive("foto.jpg"), "archive", "zip"),
    "an empty ZIP": (archive(), "archive", "zip"),
    "RAR": (b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "archive", "RAR"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "archive", "7z"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 40, "archive", "gzip"),
    "APK": (archive("AndroidManifest.xml", "classes.dex"), "program", "Android"),
    "EXE": (b"MZ\x90\0" + b"\0" * 100, "program", "Windows"),
    "ELF": (b"\x7fELF\2\1\1" + b"\0" * 100, "program", "Linux"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "program", "script"),
    "MP4": (BOX + b"mp42" + b"\0" * 60, "recording", "video"),
    "3GP": (BOX + b"3gp4" + b"\0" * 60, "recording", "video"),
    "Matroska": (b"\x1aE\xdf\xa3" + b"\0" * 60, "recording", "video"),
    "AVI": (RIFF + b"AVI " + b"\0" * 60, "recording", "video"),
    "a voice note": (b"OggS\0\2" + b"\0" * 60, "recording", "sound"),
    "WAV": (RIFF + b"WAVE" + b"\0" * 60, "recording", "sound"),
    "AMR": (b"#!AMR\n" + b"\0" * 60, "recording", "sound"),
    "noise": (b"\0\1\2\3" * 100, "unknown", "unknown"),
}


def refusal(content: bytes, limits: Limits | None = None, name: str = "foto.jpg") -> FileUnreadable:
    """The refusal of a file, which must name the file and a way out."""
    with pytest.raises(FileUnreadable) as caught:
        clean(content, name, limits or Limits())
    assert caught.value.remedy
    assert caught.value.field == "file"
    assert caught.value.value == name
    return caught.value


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_refused_for_what_it_is_whatever_its_name(name: str) -> None:
    content, kind, called = OTHERS[name]
    with speaking("en"):
        error = refusal(content)
    assert error.kind == kind
    assert called in error.message
    assert "Photograph" in str(error) or "photo" in str(error)


def test_an_app_that_pretends_to_be_an_invitation_comes_with_a_warning() -> None:
    error = refusal(OTHERS["APK"][0], name="surat undangan.jpg")
    assert "Jangan dibuka" in str(error)


def test_nothing_at_all_is_refused() -> None:
    assert refusal(b"").kind == "empty"


def test_a_file_is_refused_by_its_size_alone() -> None:
    refused = too_large(200 << 20)
    assert refused is not None
    assert refused.kind == "too_large"
    assert "15 MB" in refused.message
    assert refused.remedy
    assert too_large(15 << 20) is None
    begun = time.process_time()
    assert refusal(b"\xff\xd8\xff" + bytes(20 << 20)).kind == "too_large"
    assert time.process_time() - begun < 0.1


def test_a_png_bomb_is_refused_by_its_header_with_the_parents_memory_steady() -> None:
    content, process = png_bomb(), psutil.Process()
    assert len(content) < 15 << 20
    before, begun = process.memory_info().rss, time.perf_counter()
    error = refusal(content)
    assert error.kind == "bomb"
    assert "50000 x 50000" in error.message
    assert process.memory_info().rss - before < 64 << 20
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_more_pixels_than_allowed_are_refused_in_every_format(format: str) -> None:
    assert refusal(good(format), Limits(pixels=1_399_999)).kind == "bomb"
    assert clean(good(format), "a", Limits(pixels=1_400_000)).width == 1400


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}])
def test_a_webp_bomb_is_refused_before_its_decoder_sees_it(options: dict[str, object]) -> None:
    content = encoded(Image.new("RGB", (16_000, 9_000)), "WEBP", method=0, **options)
    assert refusal(content).kind == "bomb"


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_pictures_that_move_are_refused(format: str) -> None:
    assert refusal(moving(format)).kind == "animated"


@pytest.mark.parametrize("brand", [b"hevc", b"msf1"])
def test_a_heic_that_is_a_film_is_refused(brand: bytes) -> None:
    assert refusal(good("HEIF").replace(b"ftypheic", b"ftyp" + brand, 1)).kind == "animated"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("cut", [0.01, 0.4, 0.9])
def test_a_photo_cut_short_is_refused(format: str, cut: float) -> None:
    content = good(format)
    assert refusal(content[: max(16, int(len(content) * cut))]).kind in ("damaged", "crash")


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x24\0\0\0WEBP", b"\0\0\0\x18ftypheic", b"%PDF-1.7\n"]
)
def test_a_head_alone_is_no_picture(head: bytes) -> None:
    assert refusal(head + b"<script>alert(1)</script>").kind == "damaged"


def test_a_child_that_takes_too_long_or_too_much_is_told_in_the_words_of_photos() -> None:
    picture = encoded(Image.new("RGB", (8000, 7000)), "PNG")
    for kind, limits in {"time": Limits(seconds=0.05), "memory": Limits(memory_bytes=450 << 20)}.items():
        error = refusal(picture, limits)
        assert error.kind == kind
        assert "Excel" not in str(error)
        assert "buku kerja" not in str(error)


def test_a_phone_without_the_heic_decoder_here_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from jamsostek.messages.evidence.pictures import clean_picture

    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(FileUnreadable) as caught:
        clean_picture(good("HEIF"), "heic", Limits())
    assert caught.value.kind == "heic"
    assert "JPEG" in str(caught.value)


def test_the_parent_loads_no_decoder() -> None:
    import subprocess
    import sys

    code = (
        "import sys, jamsostek.messages.evidence.reader; print({'PIL', 'pikepdf', 'pypdfium2', 'pillow_heif'} & {*sys.modules})"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_a_good_file_is_known_by_its_bytes() -> None:
    kinds = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
    assert {format: kind_of(good(format)) for format in kinds} == kinds


def test_a_thumbnail_of_what_was_never_stored_is_refused_too() -> None:
    with pytest.raises(FileUnreadable):
        thumbnail(archive("a"))
    small = Image.open(io.BytesIO(thumbnail(good("PNG"))))
    assert max(small.size) == 320
