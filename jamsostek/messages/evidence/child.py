"""What the child process does. Decoders are imported inside: the parent, which holds people's data, loads none of them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from jamsostek.messages.evidence.records import PDF, Limits, evidence_to_table, to_table


def clean_one(content: bytes, *, kind: str, limits: dict[str, Any]) -> pa.Table:
    """The evidence made of a file of this kind, as a table of one row."""
    if kind == PDF:
        from jamsostek.messages.evidence.documents import clean_document

        return evidence_to_table(clean_document(content, Limits(**limits)))
    from jamsostek.messages.evidence.pictures import clean_picture

    return evidence_to_table(clean_picture(content, kind, Limits(**limits)))


def draw_small(content: bytes, *, kind: str, limits: dict[str, Any]) -> pa.Table:
    """The thumbnail of a stored file, as a table of one row."""
    if kind == PDF:
        from jamsostek.messages.evidence.documents import small_document

        return to_table(small_document(content))
    from jamsostek.messages.evidence.pictures import small_picture

    return to_table(small_picture(content, kind, Limits(**limits)))
