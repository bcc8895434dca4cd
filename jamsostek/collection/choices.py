"""Stored numbers and what people read for them."""

from __future__ import annotations

from enum import IntEnum

from jamsostek.core.text import N_


class PayerKind(IntEnum):
    """Whom a bill asks."""

    EMPLOYER = 1
    SPONSOR = 2
    PERSON = 3
    PROJECT = 4
    PLACEMENT = 5
    STATE = 6


class BillKind(IntEnum):
    """What a bill is for."""

    REGULAR = 1
    DIFFERENCE = 2
    FINE = 3
    INSTALMENT = 4


class Channel(IntEnum):
    """How money was told."""

    WEBHOOK = 1
    STATEMENT = 2
    MANUAL = 3


PAYER_KINDS = {
    PayerKind.EMPLOYER: N_("Perusahaan"),
    PayerKind.SPONSOR: N_("Pembayar iuran"),
    PayerKind.PERSON: N_("Peserta sendiri"),
    PayerKind.PROJECT: N_("Proyek konstruksi"),
    PayerKind.PLACEMENT: N_("Pekerja migran"),
    PayerKind.STATE: N_("Pemerintah"),
}
BILL_KINDS = {
    BillKind.REGULAR: N_("Iuran bulanan"),
    BillKind.DIFFERENCE: N_("Selisih iuran"),
    BillKind.FINE: N_("Denda"),
    BillKind.INSTALMENT: N_("Angsuran tunggakan"),
}
CHANNELS = {
    Channel.WEBHOOK: N_("Pemberitahuan bank"),
    Channel.STATEMENT: N_("Rekening koran"),
    Channel.MANUAL: N_("Dicatat petugas"),
}
