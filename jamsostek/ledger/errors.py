"""What the ledger refuses, in words; the database names the constraint, this names the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _


class LedgerRefused(InputError):
    """Money that may not be written this way. `constraint` is the refusal's name in the database."""

    def __init__(self, constraint: str, detail: str) -> None:
        message, remedy = WORDS.get(constraint, (N_("Pembukuan menolak transaksi ini."), N_("Tidak ada yang tercatat.")))
        super().__init__(_(message), remedy=_(remedy), field=constraint, value=detail)
        self.constraint = constraint


WORDS = {
    "ledger_period_closed": (
        N_("Periode itu sudah ditutup."),
        N_("Bukukan di bulan yang masih terbuka; yang sudah tutup diperbaiki dengan pembukuan balik."),
    ),
    "ledger_period_open": (N_("Bulan itu belum dibuka."), N_("Buka bulannya dahulu: jamsostek ledger open BULAN.")),
    "ledger_period_order": (N_("Masih ada bulan sebelumnya yang terbuka."), N_("Tutup bulan-bulan sebelumnya dahulu.")),
    "ledger_period_behind": (
        N_("Bulan sesudahnya sudah ditutup; bulan ini tidak dapat dibuka lagi."),
        N_("Bukukan di bulan yang masih terbuka; tanggal asalnya tulis di rujukannya."),
    ),
    "ledger_period_ended": (N_("Bulan itu belum berakhir."), N_("Tutup bulan yang sudah lewat.")),
    "ledger_period_chain": (N_("Sidik bulan ini tidak menyambung ke bulan sebelumnya."), N_("Jalankan jamsostek ledger check.")),
    "ledger_recorded_now": (
        N_("Saat pencatatan diberikan oleh basis data."), N_("Kirim tanpa saat pencatatan; tanggal berlakunya yang dipilih."),
    ),
    "ledger_read_committed": (
        N_("Pembukuan ditulis dalam transaksi READ COMMITTED."), N_("Ubah tingkat isolasi transaksinya."),
    ),
    "ledger_amount_positive": (N_("Jumlah transfer harus lebih dari nol."), N_("Yang negatif dibukukan ke arah sebaliknya.")),
    "ledger_two_accounts": (N_("Debit dan kredit akun yang sama."), N_("Pilih dua akun yang berbeda.")),
    "ledger_account_known": (N_("Akunnya tidak ada."), N_("Buka akunnya dahulu.")),
    "ledger_one_fund": (
        N_("Transfer tidak boleh keluar dari dananya."), N_("Pindahkan lewat kas kedua dana, dalam satu kelompok."),
    ),
    "ledger_group_reversed_once": (N_("Kelompok ini sudah dibalik."), N_("Lihat kelompok yang membaliknya.")),
    "ledger_reversal_mirrors": (
        N_("Pembukuan balik tidak sama dengan asalnya."), N_("Balik seluruh kelompok, setiap transfer ke arah sebaliknya."),
    ),
    "ledger_only_by_group": (N_("Transfer hanya ditulis oleh kelompoknya."), N_("Tulis kelompoknya.")),
    "ledger_period_still": (N_("Periode berubah selagi dibaca."), N_("Jalankan lagi.")),
    "ledger_day_ended": (N_("Hari itu belum berakhir."), N_("Tutup hari yang sudah lewat.")),
    "ledger_day_closed": (N_("Hari pembukuan baru saja ditutup."), N_("Kirim ulang; akan dibukukan di hari ini.")),
    "ledger_not_overdrawn": (N_("Saldo akun tidak cukup."), N_("Periksa saldo akun itu; tidak ada yang tercatat.")),
    "ledger_reference_once": (
        N_("Nomor rujukan ini sudah dipakai untuk isi yang lain."),
        N_("Pakai nomor rujukan lain, atau kirim ulang isi yang sama."),
    ),
    "ledger_group_reference_key": (
        N_("Nomor rujukan ini sudah dipakai untuk isi yang lain."),
        N_("Pakai nomor rujukan lain, atau kirim ulang isi yang sama."),
    ),
    "accounts_month_credited": (
        N_("Hasil JHT bulan itu sudah dikreditkan."),
        N_("Bukukan di bulan yang masih terbuka."),
    ),
}  # fmt: skip
"""The database's names of refusals: what is said, and the way out. Rooms above add theirs."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a named refusal of the database into `LedgerRefused`; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        raise refused(error) or error from error


def refused(error: BaseException) -> LedgerRefused | None:
    """The refusal a database error is, if it is one of ours."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    if name is None or not name.startswith(("ledger_", "accounts_", "collection_", "fund_", "awards_")):
        return None
    return LedgerRefused(name, str(cause.diag.message_primary if isinstance(cause, psycopg.Error) else ""))
