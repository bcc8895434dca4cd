"""A photo made anew: opened by its own format only, turned upright, shrunk, in sRGB on white, written as a plain JPEG.

Nothing of the file that was sent is copied; only pixels come through. So EXIF, GPS, XMP, IPTC, comments, colour profiles,
embedded thumbnails, further pictures (depth, motion) and whatever stands after the end are gone without being looked for.

A HEIC is turned by its own box (irot), as ISO 23008-12 says; what its EXIF notes about that is not followed and not told.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from jamsostek.messages.evidence.hints import SMALL_SIDE, hints
from jamsostek.messages.evidence.kinds import HEIC, PHOTO, PNG, WEBP
from jamsostek.messages.evidence.records import JPEG, MEDIA_TYPES, THUMBNAIL_SIDE, Evidence, Limits, in_order
from jamsostek.messages.evidence.refusals import BROKEN, decoding, moving, no_heic, too_many_pixels

_FORMATS = {PHOTO: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
_QUALITY = 85
_ORIENTATION = 0x0112
_GPS = 0x8825
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by the orientation that its camera noted."""
_SRGB = ImageCms.createProfile("sRGB")


def clean_picture(content: bytes, kind: str, limits: Limits) -> Evidence:
    """A JPEG of at most `limits.side` pixels a side; `kind` is what the bytes are. Raises `FileUnreadable`."""
    with decoding():
        picture = _open(content, kind, limits)
        width, height = picture.size
        orientation, located = _noted(picture)
        upright = _flat(picture, limits.side)
        if orientation in _TURNS:
            upright = upright.transpose(_TURNS[orientation])
    done = {
        f"converted_from_{kind}": kind != PHOTO,
        "location_removed": located,
        "rotated": orientation in _TURNS,
        "shrunk": max(width, height) > limits.side,
        "small": max(width, height) < SMALL_SIDE,
    }
    return Evidence(
        kind=JPEG,
        content=as_jpeg(upright),
        media_type=MEDIA_TYPES[JPEG],
        pages=1,
        width=upright.width,
        height=upright.height,
        original_bytes=len(content),
        notes=in_order({name for name, holds in done.items() if holds} | hints(upright)),
    )


def small_picture(content: bytes, kind: str, limits: Limits) -> bytes:
    """The thumbnail of a picture, a JPEG. Raises `FileUnreadable`."""
    with decoding():
        return as_jpeg(_flat(_open(content, kind, limits), THUMBNAIL_SIDE))


def as_jpeg(picture: Image.Image) -> bytes:
    """The picture as JPEG, and nothing else: it must carry no `info`, which Pillow would write."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return out.getvalue()


def is_located(exif: Image.Exif) -> bool:
    """Whether EXIF says where a picture was taken; damaged EXIF says nothing."""
    try:
        return bool(exif.get_ifd(_GPS))
    except BROKEN:
        return False


# --- from bytes to pixels ---------------------------------------------------------------------------------------------


def _open(content: bytes, kind: str, limits: Limits) -> Image.Image:
    """Reads the header, by the decoder of this kind alone; pixels are not decoded yet."""
    if kind == WEBP:  # whose decoder takes memory for the whole picture when it is opened
        _check_pixels(*_webp_size(content), limits)
    if kind == HEIC:
        _register_heic()
    Image.MAX_IMAGE_PIXELS = None  # Pillow would warn at another number than ours
    picture = Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])
    _check_pixels(*picture.size, limits)
    if kind in (PNG, WEBP) and getattr(picture, "is_animated", False):
        raise moving()
    return picture


def _check_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise too_many_pixels(width, height, limits.pixels)


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height from a WebP's first chunk (RFC 9649): extended, lossless or lossy."""
    chunk = content[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk != b"VP8 ":
        raise ValueError("no WebP chunk")
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _register_heic() -> None:
    """Teaches Pillow HEIC: the main picture alone, in one thread, for each further one reserves address space."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise no_heic() from error
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _noted(picture: Image.Image) -> tuple[Any, bool]:
    """The orientation that the camera noted, and whether it noted the place; damaged notes are none."""
    try:
        exif = picture.getexif()
        orientation = exif.get(_ORIENTATION)
    except BROKEN:
        return None, False
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    return orientation, is_located(exif) or "GPSLatitude" in str(xmp)


def _flat(picture: Image.Image, side: int) -> Image.Image:
    """Decodes and shrinks: eight bits of red, green and blue in sRGB, what is transparent as white paper."""
    profile = picture.info.get("icc_profile")
    shown = _in_eight_bits(picture)
    shown.thumbnail((side, side), Image.Resampling.LANCZOS)
    alpha = shown.getchannel("A") if "A" in shown.getbands() else None
    flat = Image.new("RGB", shown.size, "white")  # a new picture, so that nothing of `info` comes along
    flat.paste(_in_srgb(shown, profile), mask=alpha)
    return flat


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey; Pillow's own conversion would clip them
        return Image.fromarray((np.asarray(picture) >> 8).clip(0, 255).astype(np.uint8))
    if picture.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _in_srgb(picture: Image.Image, profile: Any) -> Image.Image:
    """Colours as every screen shows them; a profile that does not fit its picture is left aside."""
    plain = picture.convert("RGB") if picture.mode not in ("L", "CMYK") else picture
    if isinstance(profile, bytes):
        try:
            return ImageCms.profileToProfile(plain, io.BytesIO(profile), _SRGB, outputMode="RGB") or plain
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return plain.convert("RGB")
