"""Takes in what somebody sent as evidence: checked by size and first bytes here, decoded and made anew in a limited child."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pyarrow as pa

from jamsostek.messages.evidence import child
from jamsostek.messages.evidence.kinds import kind_of, too_large
from jamsostek.messages.evidence.records import DEFAULT, Evidence, Limits, content_of, evidence_of
from jamsostek.messages.evidence.refusals import STOPPED, stopped
from jamsostek.messages.limited import FileUnreadable, run_limited

__all__ = ["clean", "thumbnail", "too_large"]


def clean(content: bytes, name: str, limits: Limits = DEFAULT) -> Evidence:
    """Makes a photo or PDF fit to be stored; `name` only tells which file an error means.

    A photo becomes an upright JPEG in sRGB of at most `limits.side` pixels a side, with no metadata and nothing after its
    end. A PDF keeps its pages (see `documents`). Raises `FileUnreadable`, its `value` the name, for everything else.
    """
    try:
        return evidence_of(_run(child.clean_one, content, limits, kind=kind_of(content, limits)))
    except FileUnreadable as error:
        error.value = name
        raise


def thumbnail(content: bytes, limits: Limits = DEFAULT) -> bytes:
    """A JPEG of at most 320 pixels a side of a stored JPEG, or of the first page of a stored PDF. Raises `FileUnreadable`."""
    return content_of(_run(child.draw_small, content, limits, kind=kind_of(content, limits)))


def _run(function: Any, content: bytes, limits: Limits, *, kind: str) -> pa.Table:
    options = {"kind": kind, "limits": asdict(limits)}
    try:
        return run_limited(function, content, options=options, seconds=limits.seconds, memory_bytes=limits.memory_bytes)
    except FileUnreadable as error:
        if error.kind in STOPPED:
            raise stopped(error) from error
        raise
