"""A stored paper drawn to be read on a screen: one page, no larger than a phone on a slow line can load."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from jamsostek.messages.evidence.kinds import kind_of
from jamsostek.messages.evidence.records import DEFAULT, PDF, Limits, content_of, to_table
from jamsostek.messages.evidence.refusals import STOPPED, stopped
from jamsostek.messages.limited import FileUnreadable, run_limited

SIDE = 1_100
MOST_BYTES = 90_000
_QUALITIES = (70, 55, 40, 28)


def sheet(content: bytes, number: int = 1, limits: Limits = DEFAULT) -> bytes:
    """A JPEG of one page (1 is the first) of a stored JPEG or PDF, about 90 kB at most. Raises `FileUnreadable`."""
    options: dict[str, Any] = {"kind": kind_of(content, limits), "number": number, "limits": asdict(limits)}
    try:
        return content_of(run_limited(draw, content, options=options, seconds=limits.seconds, memory_bytes=limits.memory_bytes))
    except FileUnreadable as error:
        if error.kind in STOPPED:
            raise stopped(error) from error
        raise


def draw(content: bytes, *, kind: str, number: int, limits: dict[str, Any]) -> pa.Table:
    """The page, in the child: decoders are imported here and nowhere else."""
    import pypdfium2
    from PIL import Image

    from jamsostek.messages.evidence.refusals import decoding

    Image.MAX_IMAGE_PIXELS = Limits(**limits).pixels
    with decoding(pypdfium2.PdfiumError, OSError):
        if kind == PDF:
            with pypdfium2.PdfDocument(content) as document:
                page = document[min(max(number, 1), len(document)) - 1]
                picture = page.render(scale=SIDE / max(page.get_size())).to_pil().convert("RGB")
                page.close()
        else:
            with Image.open(io.BytesIO(content)) as opened:
                picture = opened.convert("RGB")
        picture.thumbnail((SIDE, SIDE))
    for quality in _QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return to_table(out.getvalue())
