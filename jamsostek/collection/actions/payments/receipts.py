"""Money that no bank told of: an officer enters it with a proof, another approves, and only then it is a payment."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import reading
from jamsostek.collection.actions.payments.deciding import asker, decider, reason
from jamsostek.collection.actions.payments.notices import Notice, payment_id
from jamsostek.collection.actions.payments.taking import receive
from jamsostek.collection.choices import Channel
from jamsostek.collection.models import Payment, Receipt
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.files import actions as files

RETENTION = "receipt"
LARGEST_BYTES = 5 << 20
LARGEST_RUPIAH = 10**12
PROOFS = ((b"%PDF-", "pdf", "application/pdf"), (b"\x89PNG\r\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))
"""First bytes of what may be a proof, its ending, its media type."""
_REFERENCE = re.compile(r"[!-~]{1,64}")


def enter(
    *,
    bank: str,
    reference: str,
    code: str,
    amount_rupiah: int,
    paid_on: dt.date,
    proof: bytes,
    file_name: str,
    note: str,
    regency_code: int | None,
    today: dt.date,
) -> Receipt:
    """Keeps a receipt until another decides. Raises `InputError`, `Refused`."""
    user = asker()
    current().need(Can.TAKE_PAYMENT, Place(regency=regency_code))
    account = banks.ours(bank)
    plain = reference.strip()
    if not _REFERENCE.fullmatch(plain):
        raise InputError(
            _("Nomor referensi bank paling panjang 64 huruf dan angka, tanpa spasi."), field="reference",
            remedy=_("Salin dari bukti transfernya."),
        )  # fmt: skip
    if not 0 < amount_rupiah <= LARGEST_RUPIAH:
        raise InputError(_("Jumlahnya tidak mungkin."), field="amount_rupiah", value=amount_rupiah)
    if not today - dt.timedelta(days=400) <= paid_on <= today:
        raise InputError(
            _("Hari pembayaran harus dalam 400 hari terakhir."), field="paid_on", value=paid_on.isoformat(),
            remedy=_("Periksa tanggal di buktinya."),
        )  # fmt: skip
    digits = numbers.check("bill", code)
    with everything_in_sight():
        is_known = digits in reading.codes([digits])
    if not is_known:
        raise InputError(_("Kode bayar ini tidak dikenal."), field="code", value=digits, remedy=_("Salin dari tagihannya."))
    known = Payment.objects.filter(pk=payment_id(account.number, plain)).first()
    if known is not None:
        raise InputError(
            _("Referensi ini sudah tercatat: {rupiah}.").format(rupiah=format_rupiah(known.amount_rupiah)),
            field="reference", remedy=_("Tidak perlu dicatat lagi."),
        )  # fmt: skip
    kind_of(proof)
    made = Receipt(
        bank=account.number, reference=plain, code=digits, amount_rupiah=amount_rupiah, paid_on=paid_on, note=note.strip()[:200],
        file_name=file_name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "bukti",
        file_digest=files.store(proof, retention=RETENTION), regency_code=regency_code, entered_by=user,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise InputError(
            _("Nomor referensi ini sudah dicatat dan menunggu penyetuju."), field="reference", remedy=_("Lihat daftarnya.")
        ) from error
    audit.record("receipt.entered", "receipt", made.pk, fields=("amount_rupiah", "file"))
    return made


def kind_of(proof: bytes) -> tuple[str, str]:
    """The ending and media type of a proof; raises `InputError` for what is no picture and no PDF."""
    if len(proof) > LARGEST_BYTES:
        raise InputError(
            _("Bukti lebih besar dari {size} MB.").format(size=LARGEST_BYTES >> 20), field="proof",
            remedy=_("Potret lagi dengan ukuran lebih kecil."),
        )  # fmt: skip
    for magic, ending, media in PROOFS:
        if proof.startswith(magic):
            return ending, media
    raise InputError(
        _("Bukti harus berupa PDF, PNG, atau JPEG."), field="proof", remedy=_("Potret buktinya, atau simpan sebagai PDF.")
    )


def proof_of(row: Receipt) -> tuple[bytes, str, str]:
    """The proof, its ending and media type; the look is kept in the trail."""
    content = files.read(row.file_digest)
    audit.record("receipt.proof_seen", "receipt", row.pk, fields=("file",))
    return content, *kind_of(content)


def decide(*, receipt_id: int, approved: bool, decision: str, today: dt.date, now: dt.datetime) -> Receipt:
    """Approves, and the money is in, or refuses. Raises `InputError`, `PaidDifferently`, `Refused`."""
    row = Receipt.objects.filter(pk=receipt_id).first()
    if row is None:
        raise not_yours(_("Catatan ini tidak ada, atau bukan wewenang Anda."))
    user = decider(row, row.entered_by, Place(regency=row.regency_code))
    row.decided_by, row.decided_at, row.approved, row.decision = user, now, approved, decision.strip()
    if not approved:
        row.decision = reason(decision)
    with everything_in_sight():
        if approved:
            _take(row, today)
        else:
            row.save(update_fields=["decided_by", "decided_at", "approved", "decision"])
        audit.record("receipt.decided", "receipt", row.pk, fields=("amount_rupiah", "approved"), reason=row.decision)
    return row


def _take(row: Receipt, today: dt.date) -> None:
    """The receipt becomes a payment; one that the bank told meanwhile stays the only one."""
    paid_at = dt.datetime.combine(row.paid_on, dt.time(12), ZoneInfo(settings.TIME_ZONE))
    notice = Notice(row.bank, row.reference, row.code, row.amount_rupiah, paid_at, Channel.MANUAL, receipt_id=row.pk)
    row.payment_id = notice.payment_id
    row.save(update_fields=["decided_by", "decided_at", "approved", "decision", "payment"])
    told = receive(notice, today=today)
    if told.again:
        raise InputError(_("Bank sudah memberitahukan pembayaran ini."), remedy=_("Tolak catatan ini; uangnya sudah tercatat."))
