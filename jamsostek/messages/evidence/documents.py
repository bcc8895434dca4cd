"""A PDF made anew: every object of it looked at, what acts refused, what tells about its maker dropped, the rest written again.

Refused are encryption, JavaScript, actions that open, send or fetch, files inside, XFA, sound, film and 3D, and streams
that lie elsewhere: wherever they stand, also in object streams and in what earlier versions of the file left behind.
Writing again keeps only what the pages reach, so nothing that another reader would find in the same bytes comes along.

Dropped are Info, XMP, previews, makers' private data, the targets of links, and EXIF, XMP and comments of JPEG pictures.
Not dropped: metadata inside other pictures (JPEG 2000 boxes, JPEG packed in ASCII85), the names of those who signed or wrote
annotations, titles of bookmarks, text that is on a page but not seen, and what a picture itself shows.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from jamsostek.messages.evidence.hints import hints
from jamsostek.messages.evidence.pictures import as_jpeg
from jamsostek.messages.evidence.records import MEDIA_TYPES, PDF, THUMBNAIL_SIDE, Evidence, Limits, in_order
from jamsostek.messages.evidence.refusals import (
    active,
    damaged,
    decoding,
    inflated,
    locked,
    too_many_objects,
    too_many_pages,
    too_many_pixels,
)  # fmt: skip
from jamsostek.messages.evidence.segments import bare_jpeg

_BROKEN = (pikepdf.PdfError, pypdfium2.PdfiumError)
_LOOKED_AT = 1_200
"""Pixels of the longest side of the first page, drawn to see that it can be drawn and read."""
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "action",
    "/SubmitForm": "action",
    "/ImportData": "action",
    "/GoToR": "action",
    "/GoToE": "action",
    "/GoToDp": "action",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
}
"""Actions (ISO 32000-2, table 201) that do more than move within the document, or open a link."""
_SUBTYPES = {
    "/FileAttachment": "attachment",
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
    "/PS": "script",
}
_KEYS = {
    "/JavaScript": "script",
    "/EmbeddedFiles": "attachment",
    "/EmbeddedFile": "attachment",
    "/Collection": "attachment",
    "/XFA": "form",
    "/RichMediaContent": "media",
}
_FILES = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
_DROPPED = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/SpiderInfo", "/URI")
_SHORT = {
    "/Fl": "/FlateDecode",
    "/DCT": "/DCTDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
}
_PACKED = {"/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode", "/RunLengthDecode"}
_TRAILER = {"/Root", "/Size"}


def clean_document(content: bytes, limits: Limits) -> Evidence:
    """A PDF fit to be stored. Raises `FileUnreadable`."""
    if b"%%EOF" not in content[-2048:]:
        raise damaged("no end, or something else after it")
    with decoding(*_BROKEN):
        stored, pages, notes = _written_again(content, limits)
        page, width, height = _first_page(stored, _LOOKED_AT)
    return Evidence(
        kind=PDF,
        content=stored,
        media_type=MEDIA_TYPES[PDF],
        pages=pages,
        width=width,
        height=height,
        original_bytes=len(content),
        notes=in_order(notes | hints(page)),
    )


def small_document(content: bytes) -> bytes:
    """The thumbnail of a PDF's first page, a JPEG. Raises `FileUnreadable`."""
    with decoding(*_BROKEN):
        return as_jpeg(_first_page(content, THUMBNAIL_SIDE)[0])


def _written_again(content: bytes, limits: Limits) -> tuple[bytes, int, set[str]]:
    """The harmless PDF, its pages counted, and what was done to it."""
    most = _most_bytes(limits)
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most, run_length_max_memory=most, max_stream_filters=5, doc_max_warnings=500
    )
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise locked() from error
    with pdf:
        _check_whole(pdf, limits)
        notes: set[str] = set()
        for one in chain([pdf.trailer], pdf.objects):
            for item in _dictionaries(one):
                _check(item)
                notes |= _strip(item)
            if isinstance(one, Stream):
                notes |= _check_stream(one, limits)
        for key in set(pdf.trailer.keys()) - _TRAILER:
            del pdf.trailer[key]
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue(), len(pdf.pages), notes


def _most_bytes(limits: Limits) -> int:
    """What one stream may unpack to: the largest picture, uncompressed, in four colours."""
    return 4 * limits.pixels


def _check_whole(pdf: pikepdf.Pdf, limits: Limits) -> None:
    if pdf.is_encrypted:
        raise locked()
    if len(pdf.objects) > limits.objects:
        raise too_many_objects(limits.objects)
    if len(pdf.pages) > limits.pages:
        raise too_many_pages(len(pdf.pages), limits.pages)
    if not len(pdf.pages):
        raise damaged("no pages")


# --- what acts --------------------------------------------------------------------------------------------------------


def _dictionaries(one: Any) -> Iterator[Any]:
    """An object's own dictionary and those written inside it; what it refers to is an object of its own."""
    waiting = [one]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Dictionary | Stream):
            yield item
            inside = [value for _key, value in item.items()]
        else:
            inside = list(item) if isinstance(item, Array) else []
        waiting += [value for value in inside if isinstance(value, Dictionary | Array) and not value.is_indirect]


def _check(item: Any) -> None:
    """Refuses a dictionary that acts, holds a file, or takes its content from one."""
    for key, named in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES), ("/Type", _KEYS)):
        value = item.get(key)
        if isinstance(value, Name) and str(value) in named:
            raise active(named[str(value)])
    for key, kind in _KEYS.items():
        if key in item:
            raise active(kind)
    if isinstance(item.get("/JS"), String | Stream):
        raise active("script")
    files = item.get("/EF")
    if isinstance(files, Dictionary) and _FILES & set(files.keys()):
        raise active("attachment")
    if isinstance(item, Stream) and "/F" in item:
        raise active("external")


# --- what tells too much ----------------------------------------------------------------------------------------------


def _strip(item: Any) -> set[str]:
    """Takes out what tells about the maker and where links lead; says what else will not outlive writing again."""
    notes = {"links_removed"} if item.get("/S") == Name.URI else set()
    if "/ByteRange" in item:
        notes.add("signature_lost")
    for key in _DROPPED:
        if key in item:
            del item[key]
    return notes


def _check_stream(stream: Any, limits: Limits) -> set[str]:
    """Refuses a picture or a part that unpacks to too much; takes the metadata out of a JPEG."""
    if stream.get("/Subtype") == Name.Image:
        _check_pixels(int(stream.get("/Width", 0)), int(stream.get("/Height", 0)), limits)
    content, filters = stream.read_raw_bytes(), _filters(stream)
    while filters[:1] == ["/FlateDecode"]:
        content, filters = _inflate(content, _most_bytes(limits)), filters[1:]
    if filters == ["/DCTDecode"]:
        return _bare(stream, content, limits)
    if filters and filters[0] in _PACKED:
        _unpack(stream, limits)
    return set()


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter", Array([]))
    names = [str(name) for name in (found if isinstance(found, Array) else [found])]
    return [_SHORT.get(name, name) for name in names]


def _inflate(content: bytes, most: int) -> bytes:
    """What a Flate stream unpacks to, up to where it is damaged; refused as soon as it is more than `most` bytes."""
    engine, found = zlib.decompressobj(), bytearray()
    while content and not engine.eof:
        try:
            found += engine.decompress(content, 1 << 20)
        except zlib.error:
            break
        if len(found) > most:
            raise inflated(most >> 20)
        content = engine.unconsumed_tail
    return bytes(found)


def _unpack(stream: Any, limits: Limits) -> None:
    """Lets qpdf, which knows the limit too, unpack what is seldom used."""
    try:
        stream.get_stream_buffer()
    except pikepdf.DataDecodingError as error:
        if "limit" in str(error):
            raise inflated(_most_bytes(limits) >> 20) from error
    except pikepdf.PdfError:
        pass  # a picture's own coding follows, which is not undone here


def _bare(stream: Any, content: bytes, limits: Limits) -> set[str]:
    bare = bare_jpeg(content)
    _check_pixels(bare.width, bare.height, limits)
    parms = stream.get("/DecodeParms")
    stream.write(bare.content, filter=Name.DCTDecode, decode_parms=parms[-1] if isinstance(parms, Array) else parms)
    return {"location_removed"} if bare.located else set()


def _check_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise too_many_pixels(width, height, limits.pixels)


def _first_page(content: bytes, side: int) -> tuple[Image.Image, int, int]:
    """The first page drawn, its longest side so many pixels, and its width and height in points."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        width, height = page.get_size()
        picture = page.render(scale=side / max(width, height)).to_pil().convert("RGB")
        page.close()
    return picture, round(width), round(height)
