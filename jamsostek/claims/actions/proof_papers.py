"""Letters and photos that show a proof: cleaned as all evidence is, kept with it, and judged with it."""

from __future__ import annotations

from collections.abc import Sequence

from jamsostek.access.errors import not_yours
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import held, need_holder
from jamsostek.claims.actions.intake import RETENTION
from jamsostek.claims.models import Proof, ProofPaper
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import Evidence

MOST = 6
"""Of one proof."""


def add(*, proof_id: int, content: bytes, file_name: str) -> ProofPaper:
    """One more for a proof that nobody has judged yet. The same file again is the same paper.

    Raises `InputError`, `FileUnreadable`, `Refused`.
    """
    proof = Proof.objects.select_for_update().filter(pk=proof_id).first()
    if proof is None:
        raise not_yours(_("Bukti ini tidak ada, atau bukan wewenang Anda."))
    need_holder(held(proof.claim_id), family=True, office=True)
    if proof.accepted is not None:
        raise InputError(_("Bukti ini sudah diperiksa."), field="proof", remedy=_("Kirim berkas bersama bukti berikutnya."))
    with everything_in_sight():
        return keep(proof, cleaned([(content, file_name)]))[0]


def cleaned(papers: Sequence[tuple[bytes, str]]) -> list[tuple[Evidence, str]]:
    """Files made fit to be stored, each with its name; raises `FileUnreadable` at the first that cannot be."""
    return [(clean(content, name), name) for content, name in papers]


def keep(proof: Proof, papers: Sequence[tuple[Evidence, str]]) -> list[ProofPaper]:
    """Papers as rows; one that was kept before is given back."""
    kept = {row.digest: row for row in ProofPaper.objects.filter(proof=proof)}
    sent = {files.store(got.content, retention=RETENTION): (got, name) for got, name in papers}
    if len({*kept, *sent}) > MOST:
        raise InputError(
            _("Sudah ada {most} berkas.").format(most=MOST), field="papers",
            remedy=_("Hapus yang tidak perlu, atau satukan dalam satu PDF."),
        )  # fmt: skip
    for digest, (got, name) in sent.items():
        if digest in kept:
            continue
        kept[digest] = ProofPaper.objects.create(
            proof=proof, claim_id=proof.claim_id, digest=digest, media=got.media_type, file_name=one_line(name)[-120:],
            bytes=len(got.content), pages=got.pages, notes=list(got.notes), given_by=current().user_id,
        )  # fmt: skip
    return [kept[digest] for digest in sent]
