"""What the tables of members' money refuse, in words; the ledger's own refusals are in `ledger.errors`."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.ledger.errors import WORDS, LedgerRefused, refusals

__all__ = ["LedgerRefused", "refusals"]

OURS = {
    "accounts_lines_sum": (
        N_("Jumlah baris peserta tidak sama dengan yang dibukukan."), N_("Tidak ada yang tercatat; periksa pembagiannya."),
    ),
    "accounts_not_overdrawn": (
        N_("Saldo JHT peserta tidak cukup."), N_("Periksa saldo peserta itu; tidak ada yang tercatat."),
    ),
    "accounts_month_over": (N_("Bulan itu belum berakhir."), N_("Kreditkan hasil JHT sesudah bulan itu berakhir.")),
    "accounts_crediting_order": (
        N_("Hasil JHT dikreditkan bulan demi bulan, dan bulan sebelumnya belum selesai."),
        N_("Kreditkan bulan sebelumnya dahulu."),
    ),
    "accounts_line_part": (
        N_("Baris ini bukan bagian dari pengkreditan yang sedang berjalan."), N_("Jalankan pengkreditan bulan itu."),
    ),
    "accounts_balance_sums": (
        N_("Saldo tidak sama dengan saldo bulan sebelumnya ditambah baris bulan itu."), N_("Jalankan pengkreditan lagi."),
    ),
    "accounts_crediting_parts": (
        N_("Bagian pengkreditan tidak memuat semua peserta."), N_("Mulai pengkreditan bulan itu lagi."),
    ),
    "accounts_rate_bounds": (N_("Tingkat setahun di luar batas."), N_("Tulis dalam persen setahun, misalnya 5,63.")),
    "accounts_rate_source": (N_("Sumbernya belum diisi."), N_("Tulis di mana tingkat ini diumumkan.")),
    "accounts_rate_decree": (N_("Nomor keputusan dan tanggalnya diisi bersama."), N_("Isi keduanya, atau kosongkan keduanya.")),
    "accounts_rate_credited": (
        N_("Hasil JHT bulan itu sudah dikreditkan."), N_("Catat tingkatnya mulai bulan yang belum dikreditkan."),
    ),
    "accounts_rate_by_two": (
        N_("Anda sendiri yang mencatatnya."), N_("Orang lain yang memeriksa sumbernya dan mengesahkannya."),
    ),
    "accounts_rate_answered_once": (N_("Ini sudah diputuskan."), N_("Lihat keputusannya di halaman ini.")),
    "accounts_rate_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa ditolak.")),
    "accounts_rate_floor": (
        N_("Tingkat ini di bawah rata-rata bunga deposito bank pemerintah."),
        N_("PP 46/2015 Pasal 27 ayat (3): paling sedikit sebesar itu."),
    ),
    "accounts_rate_floor_unknown": (
        N_("Rata-rata bunga deposito bank pemerintah tahun itu belum dicatat."),
        N_("Kantor pusat atau aktuaris mencatatnya dahulu di halaman Bunga deposito; orang lain mengesahkannya."),
    ),
    "accounts_rate_decree_once": (N_("Nomor keputusannya sudah dicatat."), N_("Kosongkan nomor dan tanggalnya.")),
    "accounts_rateanswer_decree": (
        N_("Nomor keputusan dan tanggalnya diisi bersama."), N_("Isi keduanya, atau kosongkan keduanya."),
    ),
    "accounts_floor_bounds": (N_("Tingkat setahun di luar batas."), N_("Tulis dalam persen setahun, misalnya 5,63.")),
    "accounts_floor_source": (N_("Sumbernya belum diisi."), N_("Tulis di mana bunga deposito ini diumumkan.")),
    "accounts_floor_by_two": (
        N_("Anda sendiri yang mencatatnya."), N_("Orang lain yang memeriksa sumbernya dan mengesahkannya."),
    ),
    "accounts_floor_answered_once": (N_("Ini sudah diputuskan."), N_("Lihat keputusannya di halaman ini.")),
    "accounts_floor_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa ditolak.")),
    "accounts_crediting_rate": (
        N_("Tingkat bulan itu baru saja diganti."), N_("Lihat tingkat yang baru, lalu mulai pengkreditannya lagi."),
    ),
    "accounts_crediting_ends": (
        N_("Pengkreditan selesai sekali, sesudah semua bagiannya ada."), N_("Jalankan pengkreditan bulan itu."),
    ),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
