"""What the tables of the funds refuse, in words; the ledger's own refusals are in `ledger.errors`."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.ledger.errors import WORDS, LedgerRefused, refusals

__all__ = ["LedgerRefused", "refusals"]

OURS = {
    "fund_trade_hands": (
        N_("Satu orang tidak boleh memegang dua langkah dari satu transaksi."), N_("Minta orang lain yang berwenang."),
    ),
    "fund_trade_order": (
        N_("Langkah ini belum atau tidak lagi pada gilirannya."), N_("Lihat keadaan transaksi ini di halamannya."),
    ),
    "fund_trade_breach": (
        N_("Transaksi ini melampaui batas investasi dan pelampauannya belum disetujui."),
        N_("Minta persetujuan bernama dengan rencana perbaikan, atau batalkan transaksinya."),
    ),
    "fund_stress_hands": (
        N_("Anda sendiri yang membuat uji ini."), N_("Orang lain yang berwenang menyetujuinya."),
    ),
    "fund_report_order": (
        N_("Edisi sebelumnya belum diputuskan."), N_("Tandatangani atau tolak edisi itu dahulu."),
    ),
    "fund_report_parts": (N_("Laporan ini sudah diputuskan."), N_("Minta edisi baru bila ada yang diperbaiki.")),
    "fund_report_whole": (N_("Laporan ini belum selesai disusun."), N_("Tunggu sampai semua bagiannya jadi.")),
    "fund_report_hands": (
        N_("Anda sendiri yang meminta laporan ini."), N_("Orang lain yang berwenang menandatanganinya."),
    ),
    "fund_explanation_by_two": (
        N_("Anda sendiri yang menjelaskannya."), N_("Orang lain yang memeriksa penjelasan ini dan mengesahkannya."),
    ),
    "fund_explanation_once": (N_("Selisih ini baru saja dijelaskan."), N_("Lihat penjelasannya di halaman laporan itu.")),
    "fund_explanation_answered_once": (N_("Ini sudah diputuskan."), N_("Lihat keputusannya di halaman ini.")),
    "fund_explanation_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa ditolak.")),
    "fund_custody_once": (N_("Laporan ini sudah tercatat."), N_("Lihat hasilnya di daftar laporan kustodian.")),
    "fund_breach_plan": (N_("Rencana perbaikannya belum diisi."), N_("Tulis apa yang dilakukan agar batas dipatuhi lagi.")),
    "fund_breach_dates": (
        N_("Tanggal pulihnya harus sesudah hari ini."), N_("Pilih hari batas itu sudah dipatuhi lagi."),
    ),
    "fund_breach_answered_once": (N_("Ini sudah diputuskan."), N_("Lihat keputusannya di halaman ini.")),
    "fund_breach_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa ditolak.")),
    "fund_breach_by_two": (
        N_("Rencana ini tidak dapat disetujui oleh yang mengusulkannya."), N_("Minta pimpinan dana menilainya."),
    ),
    "fund_boardlimit_decree": (
        N_("Keputusannya belum lengkap."), N_("Isi nomor dan tanggalnya; tanggalnya tidak sesudah mulai berlaku."),
    ),
    "fund_boardlimit_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa batas ini ditetapkan.")),
    "fund_boardlimit_answered_once": (N_("Ini sudah diputuskan."), N_("Lihat keputusannya di halaman ini.")),
    "fund_boardlimit_why_not": (N_("Alasannya belum diisi."), N_("Tulis mengapa ditolak.")),
    "fund_boardlimit_by_two": (
        N_("Batas ini tidak dapat disahkan oleh yang mencatatnya."), N_("Minta pimpinan dana mengesahkannya."),
    ),
    "fund_tradestep_once": (
        N_("Langkah ini belum atau tidak lagi pada gilirannya."), N_("Lihat keadaan transaksi ini di halamannya."),
    ),
    "fund_event_once": (N_("Uang ini sudah dicatat."), N_("Lihat di daftar kejadiannya.")),
    "fund_monthend_order": (N_("Akhir bulan dana dibuat satu per satu."), N_("Buat akhir bulan yang berikutnya dahulu.")),
    "fund_monthend_pkey": (N_("Akhir bulan ini sudah dibuat."), N_("Lihat hasilnya di halaman akhir bulan.")),
    "fund_month_ended": (
        N_("Tanggal itu ada di bulan yang sudah berakhir bagi dana ini."), N_("Pakai tanggal di bulan yang belum berakhir."),
    ),
    "fund_projection_hands": (
        N_("Asumsi proyeksi disahkan orang lain daripada yang menyusunnya."), N_("Minta orang lain yang berwenang."),
    ),
    "fund_projection_unfinished": (
        N_("Proyeksi ini belum selesai dihitung."), N_("Tunggu sampai selesai, lalu lihat hasilnya sebelum memutuskan."),
    ),
    "fund_lot_used": (N_("Yang dijual lebih banyak daripada yang dimiliki."), N_("Periksa jumlah yang masih ada.")),
    "fund_jhtproposal_rate": (
        N_("Tingkat ini bukan usulan hasil JHT yang dapat ditetapkan."), N_("Ajukan usulannya lengkap dengan dampaknya."),
    ),
    "fund_jhtproposal_decree": (N_("Nomor keputusannya belum diisi."), N_("Isi nomor dan tanggal keputusan.")),
    "fund_jhtproposal_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa tingkat ini yang diusulkan.")),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
