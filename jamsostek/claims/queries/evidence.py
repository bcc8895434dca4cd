"""A paper of a claim, or of a proof, shown again: who looked is remembered."""

from __future__ import annotations

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.claims.models import Document, Proof, ProofPaper
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import thumbnail


def content(document_id: int, *, small: bool = False) -> tuple[bytes, str]:
    """The bytes and media type of a paper in sight; `small` a JPEG for lists. Raises `Refused`, `FileGone`."""
    row = Document.objects.select_related("claim").filter(pk=document_id).exclude(state="removed").first()
    if row is None:
        raise _not_there()
    return _read(row, f"klaim {row.kind}", small)


def of_proof(proof: Proof) -> list[ProofPaper]:
    """The papers of a proof in sight, as they came."""
    return list(ProofPaper.objects.filter(proof=proof).order_by("id"))


def proof_content(proof_id: int, paper_id: int, *, small: bool = False) -> tuple[bytes, str]:
    """The same of a paper of a proof."""
    row = ProofPaper.objects.select_related("claim").filter(pk=paper_id, proof_id=proof_id).first()
    if row is None:
        raise _not_there()
    return _read(row, "bukti hak", small)


def _not_there() -> Exception:
    return not_yours(_("Berkas ini tidak ada, atau bukan wewenang Anda."))


def _read(row: Document | ProofPaper, reason: str, small: bool) -> tuple[bytes, str]:
    kept = files.read(row.digest)
    if small:
        return thumbnail(kept), "image/jpeg"
    audit.looked([row.claim.participant_id], ("claim_document",), reason)
    return kept, row.media
