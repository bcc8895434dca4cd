"""A paper of a claim shown again: who looked is remembered."""

from __future__ import annotations

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.claims.models import Document
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import thumbnail


def content(document_id: int, *, small: bool = False) -> tuple[bytes, str]:
    """The bytes and media type of a paper in sight; `small` a JPEG for lists. Raises `Refused`, `FileGone`."""
    row = Document.objects.select_related("claim").filter(pk=document_id).exclude(state="removed").first()
    if row is None:
        raise not_yours(_("Berkas ini tidak ada, atau bukan wewenang Anda."))
    kept = files.read(row.digest)
    if small:
        return thumbnail(kept), "image/jpeg"
    audit.looked([row.claim.participant_id], ("claim_document",), f"klaim {row.kind}")
    return kept, row.media
