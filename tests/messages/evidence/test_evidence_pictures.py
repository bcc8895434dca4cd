"""A photo is stored upright, small, in plain colours, and tells nothing but what it shows."""

from __future__ import annotations

import io

import numpy as np
import pytest
from evidence_files import (
    OWNER,
    TURNED,
    alike,
    archive,
    corners,
    deep,
    encoded,
    good,
    noted,
    photo,
    swapped_colours,
)  # fmt: skip
from PIL import Image, ImageFilter
from PIL.PngImagePlugin import PngInfo

from jamsostek.core.text import LANGUAGES, speaking, translate
from jamsostek.messages.evidence.reader import clean, thumbnail
from jamsostek.messages.evidence.records import HINTS, NOTES, Evidence, Limits


def opened(content: bytes) -> Image.Image:
    """A stored picture as any reader opens it."""
    return Image.open(io.BytesIO(content))


def is_bare(content: bytes) -> bool:
    """Whether a JPEG holds no segment but those that decode it, and ends where it ends."""
    markers, at = [], 2
    while content[at + 1] != 0xDA:
        markers.append(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return set(markers) <= {0xE0, 0xDB, 0xC2, 0xC4} and content.endswith(b"\xff\xd9")


def test_a_good_photo_is_stored_as_a_small_plain_jpeg() -> None:
    content = good("JPEG", 3000, 2000)
    evidence = clean(content, "akta.jpg")
    assert (evidence.kind, evidence.media_type, evidence.pages) == ("jpeg", "image/jpeg", 1)
    assert (evidence.width, evidence.height) == opened(evidence.content).size == (2200, 1467)
    assert evidence.original_bytes == len(content)
    assert evidence.notes == ("shrunk",)
    assert alike(corners(evidence.content))
    assert is_bare(evidence.content)


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert clean(good("JPEG"), "a.jpg") == clean(good("JPEG"), "b.jpg")


def test_a_photo_that_is_small_enough_keeps_its_size() -> None:
    evidence = clean(good("JPEG"), "akta.jpg")
    assert (evidence.width, evidence.height, evidence.notes) == (1400, 1000, ())


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_place_and_the_owner_are_gone_whatever_the_format(format: str) -> None:
    content = encoded(photo(), format, exif=noted())
    assert OWNER.encode() in content
    evidence = clean(content, "foto")
    assert "location_removed" in evidence.notes
    assert not opened(evidence.content).getexif()
    assert {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(opened(evidence.content).info) == set()
    assert OWNER.encode() not in evidence.content
    assert b"Exif" not in evidence.content
    assert is_bare(evidence.content)


def test_xmp_comments_and_text_chunks_are_gone() -> None:
    xmp = b"<x:xmpmeta><rdf:Description exif:GPSLatitude='7,15.4S'/></x:xmpmeta>"
    first = clean(encoded(photo(), "JPEG", xmp=xmp, comment=OWNER.encode()), "a.jpg")
    told = PngInfo()
    told.add_text("Author", OWNER)
    second = clean(encoded(photo(), "PNG", pnginfo=told), "a.png")
    assert "location_removed" in first.notes
    assert "location_removed" not in second.notes
    for evidence in (first, second):
        assert is_bare(evidence.content)
        assert OWNER.encode() not in evidence.content
        assert b"GPSLatitude" not in evidence.content


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    content = encoded(TURNED[orientation](photo()), "JPEG", exif=noted(orientation, place=False))
    evidence = clean(content, "foto.jpg")
    assert (evidence.width, evidence.height) == (1400, 1000)
    assert alike(corners(evidence.content))
    assert ("rotated" in evidence.notes) is (orientation != 1)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_photo_becomes_an_upright_jpeg(orientation: int) -> None:
    turned = noted(orientation, place=False).tobytes()  # as bytes, from which pillow-heif makes the box that turns
    content = encoded(TURNED[orientation](photo(700, 500)), "HEIF", exif=turned, quality=90)
    assert (b"irot" in content) is (orientation != 1)
    evidence = clean(content, "IMG_0001.HEIC")
    assert (evidence.width, evidence.height) == (700, 500)
    assert alike(corners(evidence.content))
    assert "converted_from_heic" in evidence.notes


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg_and_it_is_noted(format: str) -> None:
    evidence = clean(good(format), "tangkapan")
    assert f"converted_from_{format.lower()}" in evidence.notes
    assert alike(corners(evidence.content))


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "CMYK"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    evidence = clean(encoded(photo().convert(mode), "JPEG" if mode == "CMYK" else "PNG"), "a")
    assert opened(evidence.content).mode == "RGB"
    seen, wanted = opened(evidence.content), photo().convert(mode).convert("RGB")
    difference = np.subtract(seen.resize((28, 20)), wanted.resize((28, 20)), dtype=np.int16)
    assert np.abs(difference).max() < 30


def test_sixteen_bits_keep_their_grey() -> None:
    assert abs(corners(clean(deep(40_000), "pindaian.png").content)[0][0] - 40_000 // 256) <= 2


def test_what_is_transparent_is_white_paper() -> None:
    clear = Image.new("RGBA", (1400, 1000), (0, 0, 0, 0))
    assert corners(clean(encoded(clear, "PNG"), "a.png").content) == [(255, 255, 255)] * 4


def test_a_photo_in_other_colours_is_stored_in_the_colours_it_shows() -> None:
    evidence = clean(swapped_colours(), "a.jpg")
    seen = corners(evidence.content)
    assert seen[0][2] > 150 > seen[0][0]
    assert seen[2][0] > 150 > seen[2][2]
    assert is_bare(evidence.content)


def test_a_profile_that_is_none_is_left_aside() -> None:
    assert alike(corners(clean(encoded(photo(), "JPEG", icc_profile=b"not a profile" * 20), "a.jpg").content))


def test_damaged_exif_does_not_lose_the_photo() -> None:
    content = encoded(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xff" * 40)
    assert alike(corners(clean(content, "a.jpg").content))


@pytest.mark.parametrize("tail", [archive("setup.exe"), b"<script>alert(1)</script>", b"%PDF-1.7\n%%EOF"])
def test_what_stands_after_the_end_of_a_photo_is_gone(tail: bytes) -> None:
    evidence = clean(good("JPEG") + tail, "foto.jpg")
    assert tail[:8] not in evidence.content
    assert is_bare(evidence.content)


def test_a_photo_with_a_second_one_for_depth_is_taken_as_its_first() -> None:
    second = Image.new("RGB", (700, 500), "red")
    content = encoded(photo(), "MPO", save_all=True, append_images=[second])
    evidence = clean(content, "potret.jpg")
    assert alike(corners(evidence.content))
    assert evidence.notes == ()


def test_a_heic_with_several_photos_is_taken_as_its_main_one() -> None:
    content = encoded(photo(), "HEIF", save_all=True, append_images=[Image.new("RGB", (700, 500), "red")], quality=90)
    assert alike(corners(clean(content, "a.heic").content))


def test_blurry_dark_and_small_photos_are_hinted_at_and_stored() -> None:
    page = photo(2400, 1800)
    assert clean(encoded(page), "a").notes == ("shrunk",)
    assert clean(encoded(page.filter(ImageFilter.GaussianBlur(9))), "a").notes == ("shrunk", "blurry")
    assert clean(encoded(page.point(lambda value: value // 5)), "a").notes == ("shrunk", "dark")
    assert clean(encoded(photo(600, 400)), "a").notes == ("small",)


def test_a_small_card_on_a_large_dark_table_is_neither_dark_nor_blurry() -> None:
    table = Image.new("RGB", (2400, 1800), (70, 60, 50))
    table.paste(photo(1200, 760), (500, 500))
    assert clean(encoded(table), "ktp.jpg").notes == ("shrunk",)


def test_a_thumbnail_is_small_upright_and_bare() -> None:
    stored = clean(encoded(TURNED[6](photo()), "JPEG", exif=noted(6)), "a.jpg")
    small = thumbnail(stored.content)
    assert opened(small).size == (320, 229)
    assert alike(corners(small))
    assert is_bare(small)
    assert len(small) < 40_000


def test_a_picture_of_one_pixel_or_one_line_is_a_picture() -> None:
    assert clean(encoded(Image.new("L", (1, 1)), "PNG"), "a").width == 1
    thin = clean(encoded(Image.new("RGB", (30_000, 1)), "PNG"), "a")
    assert (thin.width, thin.height) == (2200, 1)


def test_a_camera_of_twelve_million_pixels_is_taken_within_its_limits() -> None:
    noise = np.random.default_rng(1).integers(-9, 10, (3000, 4000, 1))
    content = encoded(Image.fromarray((np.asarray(photo(4000, 3000)) + noise).clip(0, 255).astype(np.uint8)), quality=90)
    evidence = clean(content, "IMG_20260101.jpg", Limits(memory_bytes=768 << 20, seconds=20))
    assert (evidence.width, evidence.height) == (2200, 1650)
    assert len(evidence.content) < len(content) < Limits().file_bytes


def test_every_note_has_words_in_both_languages() -> None:
    assert set(NOTES) > HINTS
    for text in NOTES.values():
        assert len({translate(text, language) for language in LANGUAGES}) == 2
    with speaking("en"):
        assert isinstance(clean(good("JPEG"), "a.jpg"), Evidence)
