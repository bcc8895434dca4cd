"""Stored numbers and what people read for them."""

from __future__ import annotations

from enum import IntEnum, StrEnum

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


class StatementState(StrEnum):
    """Where a bank statement stands: read, confirmed by another, booked."""

    RECEIVED = "received"
    READING = "reading"
    READY = "ready"
    BOOKING = "booking"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RowKind(StrEnum):
    """What became of a row of a statement that was not simply a new payment for somebody's bill."""

    AGAIN = "again"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    REFUND = "refund"
    RETURNED = "returned"
    OUT = "out"


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
STATEMENT_STATES = {
    StatementState.RECEIVED: N_("Diterima"),
    StatementState.READING: N_("Sedang dibaca"),
    StatementState.READY: N_("Menunggu penyetuju"),
    StatementState.BOOKING: N_("Sedang dibukukan"),
    StatementState.DONE: N_("Selesai"),
    StatementState.FAILED: N_("Gagal"),
    StatementState.CANCELLED: N_("Dibatalkan"),
}
ROW_KINDS = {
    RowKind.AGAIN: N_("Sudah tercatat sebelumnya"),
    RowKind.DIFFERS: N_("Berbeda dari yang tercatat"),
    RowKind.UNKNOWN: N_("Masuk tanpa kode bayar yang dikenal"),
    RowKind.REFUND: N_("Pengembalian yang sudah keluar"),
    RowKind.RETURNED: N_("Ditarik kembali oleh bank"),
    RowKind.OUT: N_("Uang keluar yang belum dikenal"),
}
