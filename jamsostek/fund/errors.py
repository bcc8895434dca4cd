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
    "fund_lot_used": (N_("Yang dijual lebih banyak daripada yang dimiliki."), N_("Periksa jumlah yang masih ada.")),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
