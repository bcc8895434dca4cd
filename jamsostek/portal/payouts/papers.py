"""Letters and photos of proofs, shown to whoever may see the proof."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from jamsostek.claims.models import ProofPaper
from jamsostek.claims.queries import evidence
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.payouts.words import PROOFS


def name(row: ProofPaper) -> str:
    """What it is called as it was sent; never empty."""
    return row.file_name or _(PROOFS[row.proof.kind])


def whole(proof_id: int, paper_id: int) -> HttpResponse:
    """One as it is kept, to be saved; the look is remembered."""
    content, media = _content(proof_id, paper_id, small=False)
    ending = "pdf" if media == "application/pdf" else "jpg"
    headers = {"Content-Disposition": f'attachment; filename="bukti-{paper_id}.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, media, headers=headers)


def small(proof_id: int, paper_id: int) -> HttpResponse:
    """A picture of its first page, for a page."""
    content, media = _content(proof_id, paper_id, small=True)
    return HttpResponse(content, media, headers={"Cache-Control": "no-store"})


def _content(proof_id: int, paper_id: int, *, small: bool) -> tuple[bytes, str]:
    try:
        return evidence.proof_content(proof_id, paper_id, small=small)
    except InputError as error:
        raise Http404(str(error)) from error
