"""Photos and PDFs made on the fly, good and hostile, as families, scanners and attackers make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms, ImageDraw, ImageFont
from pillow_heif import register_heif_opener

register_heif_opener()

PLACE = {1: "S", 2: (7.0, 15.0, 27.0), 3: "E", 4: (112.0, 45.0, 9.0)}
"""GPS as a camera notes it: Surabaya."""
OWNER = "Siti Pemilik Ponsel"
"""A name that must not outlive cleaning."""
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (210, 200, 20)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Colours of a photo's corners when it is upright: above left, above right, below left, below right."""


def photo(width: int = 1400, height: int = 1000) -> Image.Image:
    """A page of writing on paper with a coloured corner at each end."""
    picture = Image.new("RGB", (width, height), (215, 212, 205))
    draw, size = ImageDraw.Draw(picture), max(12, width // 45)
    for top in range(size, height - size, size * 2):
        text = "SURAT KETERANGAN KEMATIAN 470/12/2026 " * 2
        draw.text((size, top), text, fill=(25, 25, 30), font=ImageFont.load_default(size))
    side = min(width, height) // 5
    for number, colour in enumerate(CORNERS):
        left, top = (number % 2) * (width - side), (number // 2) * (height - side)
        draw.rectangle((left, top, left + side, top + side), fill=colour)
    return picture


def encoded(picture: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    """A picture as the bytes of a file."""
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


@cache
def good(format: str, width: int = 1400, height: int = 1000) -> bytes:
    """A good file of a format."""
    return encoded(photo(width, height), format)


def noted(orientation: int = 1, *, place: bool = True) -> Image.Exif:
    """EXIF as a phone writes it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = orientation, OWNER, "Ponsel"
    if place:
        exif.get_ifd(0x8825).update(PLACE)
    return exif


TURNED = {
    1: lambda one: one,
    2: lambda one: one.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda one: one.transpose(Image.Transpose.ROTATE_180),
    4: lambda one: one.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda one: one.transpose(Image.Transpose.TRANSPOSE),
    6: lambda one: one.transpose(Image.Transpose.ROTATE_90),
    7: lambda one: one.transpose(Image.Transpose.TRANSVERSE),
    8: lambda one: one.transpose(Image.Transpose.ROTATE_270),
}
"""How an upright scene lies in the file, by the orientation noted with it."""


def corners(content: bytes) -> list[tuple[int, int, int]]:
    """Colours near the four corners of a JPEG."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = picture.size
    at = [(12, 12), (width - 13, 12), (12, height - 13), (width - 13, height - 13)]
    return [picture.getpixel(one) for one in at]  # type: ignore[misc]


def alike(seen: list[tuple[int, int, int]], wanted: tuple[tuple[int, int, int], ...] = CORNERS) -> bool:
    """Whether colours are the same but for what JPEG loses."""
    return all(abs(a - b) < 40 for one, other in zip(seen, wanted, strict=True) for a, b in zip(one, other, strict=True))


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few MB, all black, that takes 7.5 GB when it is decoded."""
    engine, size = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), (1 + 3 * width) * height
    block = engine.compress(b"\0" * (size // 1000)) + engine.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + block * 1000 + b"\x03\0" + struct.pack(">HH", size % 65521, 1)  # Adler-32 of so many zeros
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def archive(*names: str) -> bytes:
    """A zip with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "isi")
    return out.getvalue()


def moving(format: str) -> bytes:
    """Two pictures shown in turn."""
    return encoded(photo(200, 150), format, save_all=True, append_images=[Image.new("RGB", (200, 150), "red")], duration=200)


def deep(colour: int = 40_000) -> bytes:
    """A PNG of sixteen bits of grey."""
    return encoded(Image.fromarray(np.full((1000, 1400), colour, np.uint16)), "PNG")


def swapped_colours() -> bytes:
    """A JPEG whose profile says that its red is blue and its blue red: sRGB's, with the two entries exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)
    return encoded(photo(), "JPEG", icc_profile=swapped)


# --- PDF --------------------------------------------------------------------------------------------------------------

Change = Callable[[pikepdf.Pdf], object]


def pdf(change: Change | None = None, *, pages: int = 1, picture: bytes | None = None, **options: Any) -> bytes:
    """A PDF of scanned pages, changed before it is saved."""
    with pikepdf.new() as made:
        for _page in range(pages):
            scanned(made, picture or good("JPEG"))
        if change:
            change(made)
        out = io.BytesIO()
        made.save(out, **options)
        return out.getvalue()


def scanned(made: pikepdf.Pdf, picture: bytes) -> None:
    """Adds a page with one JPEG on it, as a scanning app does: the photo's bytes as they are."""
    width, height = Image.open(io.BytesIO(picture)).size
    image = pikepdf.Stream(made, b"")
    image.write(picture, filter=Name.DCTDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, width, height
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    page = made.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary(XObject=Dictionary(Im0=made.make_indirect(image)))
    page.Contents = made.make_stream(b"q 535 0 0 382 30 400 cm /Im0 Do Q")


def script(code: str = "app.alert(1)") -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS=code)


def acting(kind: str, **more: Any) -> Dictionary:
    """An action of a kind."""
    return Dictionary(Type=Name.Action, S=Name("/" + kind), **more)


def annotate(made: pikepdf.Pdf, **told: Any) -> None:
    """Adds an annotation to the first page."""
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 50, 50]), **told)
    made.pages[0].Annots = Array([made.make_indirect(note)])


def attach(made: pikepdf.Pdf) -> None:
    """Puts a file into the tree of names."""
    content = made.make_stream(b"MZ", Type=Name.EmbeddedFile)
    told = Dictionary(Type=Name.Filespec, F="surat.exe", EF=Dictionary(F=content))
    made.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["surat.exe", told])))


def at_root(**told: Any) -> Change:
    """A change that sets entries of the catalogue."""

    def change(made: pikepdf.Pdf) -> None:
        for key, value in told.items():
            made.Root[f"/{key}"] = value

    return change


def on_page(**told: Any) -> Change:
    """A change that sets entries of the first page."""

    def change(made: pikepdf.Pdf) -> None:
        for key, value in told.items():
            made.pages[0].obj[f"/{key}"] = value

    return change


def in_annotation(**told: Any) -> Change:
    """A change that adds an annotation."""
    return lambda made: annotate(made, **told)


def outside(made: pikepdf.Pdf) -> None:
    """A stream whose content lies in another file."""
    stream = made.make_stream(b"")
    stream.F = "/etc/passwd"
    made.Root.Elsewhere = stream


def unreached(made: pikepdf.Pdf) -> None:
    """A script behind a reference that no page leads to."""
    made.Root.Hidden = Array([made.make_indirect(Dictionary(Deep=Array([made.make_indirect(script())])))])


HOSTILE: dict[str, tuple[str, Change]] = {
    "opens with a script": ("script", at_root(OpenAction=script())),
    "a script in the tree of names": ("script", at_root(Names=Dictionary(JavaScript=Dictionary(Names=Array(["a", script()]))))),
    "a script when a page is opened": ("script", on_page(AA=Dictionary(O=script()))),
    "a script before printing": ("script", at_root(AA=Dictionary(WP=script()))),
    "a script in an annotation": ("script", in_annotation(Subtype=Name.Link, A=script())),
    "a script when a field is entered": ("script", in_annotation(Subtype=Name.Widget, FT=Name.Tx, AA=Dictionary(Fo=script()))),
    "a script after a harmless action": (
        "script",
        in_annotation(Subtype=Name.Link, A=acting("GoTo", D=Array([0, Name.Fit]), Next=Array([script()]))),
    ),
    "a script behind references": ("script", unreached),
    "PostScript": ("script", lambda made: made.Root.__setitem__("/X", made.make_stream(b"", Subtype=Name.PS))),
    "starts a program": ("action", at_root(OpenAction=acting("Launch", F="calc.exe"))),
    "sends a form": ("action", in_annotation(Subtype=Name.Widget, A=acting("SubmitForm", F="https://contoh.invalid"))),
    "imports data": ("action", in_annotation(Subtype=Name.Link, A=acting("ImportData", F="a.fdf"))),
    "goes to another file": ("action", in_annotation(Subtype=Name.Link, A=acting("GoToR", F="b.pdf"))),
    "goes into a file inside": ("action", in_annotation(Subtype=Name.Link, A=acting("GoToE"))),
    "a file inside": ("attachment", attach),
    "a file pinned to a page": ("attachment", in_annotation(Subtype=Name.FileAttachment)),
    "a portfolio": ("attachment", at_root(Collection=Dictionary())),
    "an XFA form": ("form", at_root(AcroForm=Dictionary(Fields=Array(), XFA=Array(["template", "x"])))),
    "rich media": ("media", in_annotation(Subtype=Name.RichMedia, RichMediaContent=Dictionary())),
    "a film": ("media", in_annotation(Subtype=Name.Screen, A=acting("Rendition"))),
    "sound": ("media", in_annotation(Subtype=Name.Sound)),
    "3D": ("media", in_annotation(Subtype=Name("/3D"))),
    "content from another file": ("external", outside),
}
"""PDFs that act, with the kind of their refusal."""
