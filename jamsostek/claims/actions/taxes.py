"""The tax withheld from JHT is paid over to the state: once a month of it, under the number of the state's receipt."""

from __future__ import annotations

import datetime as dt
import re

from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import words_wanted
from jamsostek.claims.actions.owing import post
from jamsostek.claims.queries import taxing
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.ledger.actions import Leg, Posting

_LOCK = 7_211
_REFERENCE = re.compile(r"[A-Za-z0-9./-]{4,40}")


def pay_over(*, month: int, reference: str, today: dt.date) -> Posting | None:
    """Books all of a month's tax out of the fund's cash; `reference` is the state's receipt (NTPN).

    The same reference again changes nothing and gives None; another one for a month that was paid over is refused.
    """
    current().need(Can.PAY_CLAIMS)
    told = words_wanted(reference, "reference").upper()
    if _REFERENCE.fullmatch(told) is None:
        raise InputError(
            _("Nomor bukti setor ini tidak terbaca."), field="reference", value=reference,
            remedy=_("Salin NTPN dari bukti penerimaan negara: huruf dan angka saja."),
        )  # fmt: skip
    if month >= month_of(today):
        raise InputError(_("Bulan ini belum selesai."), field="month", value=month, remedy=_("Setor sesudah bulannya lewat."))
    with transaction.atomic(), everything_in_sight():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, month])
        found = taxing.month(month)
        if found.reference == told:
            return None
        if found.reference:
            raise InputError(_("Pajak bulan ini sudah disetor dengan bukti lain."), field="reference", value=reference)
        if not found.tax_rupiah:
            raise InputError(_("Tidak ada pajak yang dipotong bulan itu."), field="month", value=month)
        leg = Leg("tax:jht", "cash:jht", found.tax_rupiah)
        made = post(f"{taxing.PAID_OVER}:{month}:{told}", taxing.PAID_OVER, [leg], today)
        audit.record("claim.tax_paid", "tax", month, fields=("rupiah", "reference"))
    return made
